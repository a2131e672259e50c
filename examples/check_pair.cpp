// check_pair CERTIFICATE_FILE KEY_FILE: as check_pair.c, with objects that free themselves and errors that are thrown.
// Exit status: 0 a pair, 1 no pair, 2 unusable.
#include <samlcert.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace saml {

inline std::string_view view(samlcert_slice slice) { return {reinterpret_cast<const char *>(slice.data), slice.len}; }
inline const uint8_t *bytes(const std::string &text) { return reinterpret_cast<const uint8_t *>(text.data()); }

template <auto free> struct Free {
    template <class T> void operator()(T *object) const { free(object); }
};
template <class T, auto free> using Handle = std::unique_ptr<T, Free<free>>;
using Normalized = Handle<samlcert_normalized, samlcert_normalized_free>;
using Certificate = Handle<samlcert_certificate, samlcert_certificate_free>;
using PrivateKey = Handle<samlcert_private_key, samlcert_private_key_free>;
using ErrorHandle = Handle<samlcert_error, samlcert_error_free>;

struct Error : std::runtime_error {
    samlcert_status code;
    explicit Error(const samlcert_error *error)
        : std::runtime_error(std::string(view(samlcert_error_message(error)))), code(samlcert_error_code(error)) {}
};

// Calls a function that can fail, whose last argument is the error.
template <class F, class... A> void call(F function, A... arguments) {
    samlcert_error *error = nullptr;
    if (function(arguments..., &error) != SAMLCERT_OK) throw Error(ErrorHandle(error).get());
}

// The same for one that gives an object out, as the argument before.
template <class H, class F, class... A> H make(F function, A... arguments) {
    typename H::pointer object = nullptr;
    call(function, arguments..., &object);
    return H(object);
}

} // namespace saml

static saml::Normalized read_paste(const char *path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(std::string(path) + " cannot be read");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    auto paste = saml::make<saml::Normalized>(samlcert_normalize, saml::bytes(text), text.size());
    text.assign(text.size(), '\0'); // It may be a key.
    return paste;
}

static void tell(const char *path, const samlcert_normalized *paste) {
    samlcert_slice name, message;
    samlcert_status code;
    samlcert_span at;
    for (size_t item = 0; item < samlcert_normalized_item_count(paste); item++)
        for (size_t i = 0; i < samlcert_normalized_item_repair_count(paste, item); i++) {
            saml::call(samlcert_normalized_item_repair, paste, item, i, &name, &message, &at);
            std::cout << path << ": repaired: " << saml::view(message) << " (bytes " << at.start << " to " << at.end << ")\n";
        }
    for (size_t i = 0; i < samlcert_normalized_refusal_count(paste); i++) {
        saml::call(samlcert_normalized_refusal, paste, i, &code, &message, &at);
        std::cout << path << ": refused, " << code << ": " << saml::view(message) << " (bytes " << at.start << " to "
                  << at.end << ")\n";
    }
}

static size_t first(const samlcert_normalized *paste, samlcert_item_kind kind, const char *missing) {
    for (size_t item = 0; item < samlcert_normalized_item_count(paste); item++)
        if (samlcert_normalized_item_kind(paste, item) == kind) return item;
    throw std::runtime_error(missing);
}

static std::string fingerprint(const samlcert_certificate *certificate) {
    samlcert_fingerprint fingerprint;
    uint8_t text[191];
    size_t len = 0;
    saml::call(samlcert_certificate_fingerprint, certificate, SAMLCERT_HASH_SHA256, &fingerprint);
    saml::call(samlcert_fingerprint_format, &fingerprint, SAMLCERT_FINGERPRINT_NOTATION_COLONS, text, sizeof text, &len);
    return {reinterpret_cast<const char *>(text), len};
}

static bool check(const char *certificate_file, const char *key_file) {
    auto of_certificate = read_paste(certificate_file), of_key = read_paste(key_file);
    tell(certificate_file, of_certificate.get());
    tell(key_file, of_key.get());
    auto item = first(of_certificate.get(), SAMLCERT_ITEM_KIND_CERTIFICATE, "the first file has no certificate");
    auto certificate = saml::make<saml::Certificate>(samlcert_normalized_certificate, of_certificate.get(), item);
    item = first(of_key.get(), SAMLCERT_ITEM_KIND_PRIVATE_KEY, "the second file has no private key that is not encrypted");
    auto key = saml::make<saml::PrivateKey>(samlcert_normalized_private_key, of_key.get(), item);
    samlcert_verdict verdict;
    saml::call(samlcert_pair_verdict, certificate.get(), key.get(), &verdict);
    std::cout << "SHA-256 " << fingerprint(certificate.get()) << "\nlast moment "
              << samlcert_certificate_not_after(certificate.get()) << "\n";
    bool is_pair = verdict == SAMLCERT_VERDICT_MATCH;
    std::cout << (is_pair ? "a pair\n"
                  : verdict == SAMLCERT_VERDICT_RESTRICTED_TO_PSS ? "no pair: the key is restricted to PSS\n"
                  : "no pair: the key belongs to another certificate\n");
    return is_pair;
}

int main(int count, char **arguments) {
    try {
        if (count != 3) throw std::runtime_error("usage: check_pair CERTIFICATE_FILE KEY_FILE");
        return check(arguments[1], arguments[2]) ? 0 : 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << "\n";
        return 2;
    }
}
