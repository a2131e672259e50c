/* What is left of secrets in the memory of the process once the objects that held them are freed: after each operation with
   each kind of key, "operation, kind of key: what, where", a line each. SECURITY.md lists the same, and why it cannot be wiped. */
#define _XOPEN_SOURCE 700
#include "check.h"
#include "der.h"
#include "scan.h"

#include <sys/types.h>
#include <sys/wait.h>

enum { LARGEST = 1 << 15 };

static void wipe(void *data, size_t len)
{
    volatile uint8_t *bytes = data;
    while (len > 0)
        bytes[--len] = 0;
}

/* A text, and another one that is made of it; both are wiped before the search. */
static uint8_t text[LARGEST], shaped[LARGEST];
static size_t text_len;

/* Reads a fixture; stdio would keep a copy. */
static void read_text(const char *folder, const char *name, const char *extension)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s%s", fixtures, folder, name, extension);
    int stream = open(path, O_RDONLY);
    CHECK(stream >= 0);
    ssize_t len = read(stream, text, sizeof text - 1);
    close(stream);
    CHECK(len > 0);
    text_len = (size_t)len;
    text[text_len] = '\0';
}

/* A kind of key, the fixtures of it, and those in which it is encrypted with the password of the fixtures. */
static const struct kind {
    const char *name, *fixture, *encrypted[2];
    uint32_t made;
} kinds[] = {
    {"RSA-2048", "rsa-2048", {"encrypted/rsa-2048", "encrypted/proc-type-rsa-2048-aes256"}, SAMLCERT_KEY_KIND_RSA_2048},
    {"P-256", "p256", {"encrypted/scrypt", "encrypted/proc-type-p256-aes256"}, SAMLCERT_KEY_KIND_EC_P256},
    {"P-384", "p384", {"encrypted/p384", "encrypted/proc-type-p384-aes256"}, SAMLCERT_KEY_KIND_EC_P384},
    {"P-521", "p521", {"encrypted/p521", "encrypted/proc-type-p521-aes256"}, 0},
    {"Ed25519", "ed25519", {"encrypted/ed25519", NULL}, SAMLCERT_KEY_KIND_ED25519},
};

static const struct kind *kind;

static bool is_rsa(void)
{
    return kind == &kinds[0];
}

static void look_for_der(const uint8_t *der)
{
    static const char *const of_rsa[] = {"d", "p", "q", "dP", "dQ", "qInv"};
    range secrets[MOST_NUMBERS];
    size_t count = secrets_of(der, secrets);
    const char *only = kind == &kinds[4] ? "seed" : "scalar";
    for (size_t number = 0; number < count; number++)
        look_for_number(count > 1 ? of_rsa[number] : only, der + secrets[number].start,
                        secrets[number].end - secrets[number].start);
    look_for("DER", der + secrets[0].start, secrets[count - 1].end - secrets[0].start);
}

/* The base64 of the secrets, in lines and in one piece. */
static void look_for_base64(const uint8_t *pem, range secret)
{
    range characters = characters_of(secret);
    const uint8_t *first = character(pem, characters.start), *last = character(pem, characters.end - 1);
    look_for("base64", first, (size_t)(last + 1 - first));
    size_t len = characters.end - characters.start;
    for (size_t at = 0; at < len; at++)
        shaped[at] = *character(pem, characters.start + at);
    look_for("base64", shaped, len);
    wipe(shaped, len);
}

/* Looks for the key of the fixtures, and leaves its PEM as the text. */
static void load_key(void)
{
    range secrets[MOST_NUMBERS];
    read_text("keys", kind->fixture, ".der");
    size_t count = secrets_of(text, secrets);
    look_for_der(text);
    read_text("keys", kind->fixture, ".pem");
    look_for_base64(text, (range){secrets[0].start, secrets[count - 1].end});
}

/* While a secret is held it is found: else the search would prove nothing. */
static void must_be_found(void)
{
    wipe(text, sizeof text);
    wipe(shaped, sizeof shaped);
    CHECK(scan_all() > 0);
}

static samlcert_private_key *read_key(void)
{
    samlcert_private_key *key = NULL;
    load_key();
    OK(samlcert_private_key_from_pem, text, text_len, &key);
    must_be_found();
    return key;
}

static samlcert_pair *read_pair(void)
{
    char path[64];
    samlcert_pair *pair = NULL;
    load_key();
    snprintf(path, sizeof path, "certificates/%s.pem", kind->fixture);
    file certificate = load(path);
    OK(samlcert_pair_from_pastes, CONTENT(certificate), text, text_len, &pair);
    free(certificate.data);
    must_be_found();
    return pair;
}

static void from_pem(void)
{
    samlcert_private_key_free(read_key());
}

static void from_der(void)
{
    samlcert_private_key *key = NULL;
    load_key();
    read_text("keys", kind->fixture, ".der");
    OK(samlcert_private_key_from_der, text, text_len, &key);
    must_be_found();
    samlcert_private_key_free(key);
}

/* The ways in which a text is pasted: each makes the shaped one of the text, and gives its length. */

static size_t replace_line_breaks(const char *by)
{
    size_t len = 0;
    for (size_t at = 0; at < text_len; at++) {
        if (text[at] != '\n') {
            shaped[len++] = text[at];
            continue;
        }
        for (const char *next = by; *next != '\0'; next++)
            shaped[len++] = (uint8_t)*next;
    }
    return len;
}

static size_t with_crlf(void)
{
    return replace_line_breaks("\r\n");
}

static size_t escaped(void)
{
    return replace_line_breaks("\\n");
}

static size_t indented(void)
{
    return replace_line_breaks("\n    ");
}

static size_t quoted(void)
{
    return replace_line_breaks("\n> ");
}

static size_t on_one_line(void)
{
    return replace_line_breaks(" ");
}

static size_t in_utf_16(void)
{
    for (size_t at = 0; at < text_len; at++) {
        shaped[2 * at] = text[at];
        shaped[2 * at + 1] = 0;
    }
    return 2 * text_len;
}

static size_t in_base64(void)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t len = 0;
    for (size_t at = 0; at + 3 <= text_len; at += 3)
        for (int shift = 18; shift >= 0; shift -= 6) {
            uint32_t bits = (uint32_t)text[at] << 16 | (uint32_t)text[at + 1] << 8 | text[at + 2];
            shaped[len++] = (uint8_t)alphabet[bits >> shift & 63];
        }
    return len;
}

static size_t in_hexadecimal(void)
{
    static const char digits[] = "0123456789abcdef";
    read_text("keys", kind->fixture, ".der");
    for (size_t at = 0; at < text_len; at++) {
        shaped[2 * at] = (uint8_t)digits[text[at] >> 4];
        shaped[2 * at + 1] = (uint8_t)digits[text[at] & 15];
    }
    return 2 * text_len;
}

/* A character that is no base64, in the middle of the secret. */
static size_t damaged(void)
{
    size_t len = replace_line_breaks("\n");
    shaped[len * 2 / 3] = '!';
    return len;
}

static size_t cut_off(void)
{
    return replace_line_breaks("\n") * 3 / 4;
}

/* Another number: what contradicts itself. Of a bare Ed25519 seed it is a key like any other. */
static size_t another_number(void)
{
    range secrets[MOST_NUMBERS];
    read_text("keys", kind->fixture, ".der");
    size_t count = secrets_of(text, secrets);
    text[secrets[count / 3].end - 1] ^= 6;
    memcpy(shaped, text, text_len);
    return text_len;
}

static void normalized(size_t (*shape)(void))
{
    samlcert_normalized *all = NULL;
    load_key();
    size_t len = shape();
    OK(samlcert_normalize, shaped, len, &all);
    wipe(text, sizeof text);
    wipe(shaped, sizeof shaped);
    samlcert_normalized_free(all);
}

#define NORMALIZED(shape)          \
    static void paste_##shape(void) \
    {                              \
        normalized(shape);         \
    }

NORMALIZED(with_crlf)
NORMALIZED(escaped)
NORMALIZED(indented)
NORMALIZED(quoted)
NORMALIZED(on_one_line)
NORMALIZED(in_utf_16)
NORMALIZED(in_base64)
NORMALIZED(in_hexadecimal)
NORMALIZED(damaged)
NORMALIZED(cut_off)
NORMALIZED(another_number)

static void written(void)
{
    samlcert_private_key *key = read_key();
    for (uint32_t form = SAMLCERT_FORM_PEM; form < SAMLCERT_FORM_ELEMENT; form++) {
        samlcert_secret *secret = NULL;
        OK(samlcert_private_key_secret_write, key, form, &secret);
        samlcert_secret_free(secret);
    }
    samlcert_private_key_free(key);
}

static void sign(uint32_t scheme)
{
    samlcert_pair *pair = read_pair();
    samlcert_bytes *signature = NULL;
    OK(samlcert_pair_sign, pair, scheme, TEXT("a message"), &signature);
    samlcert_bytes_free(signature);
    samlcert_pair_free(pair);
}

static void signed_as_usual(void)
{
    samlcert_pair *pair = read_pair();
    uint32_t scheme = samlcert_pair_usual_scheme(pair);
    samlcert_pair_free(pair);
    sign(scheme);
}

static void signed_with_pss(void)
{
    if (is_rsa())
        sign(SAMLCERT_SCHEME_RSA_PSS_SHA256);
}

static void activated(void)
{
    samlcert_pair *pair = read_pair();
    samlcert_application *application = NULL;
    samlcert_bytes *record = NULL;
    OK(samlcert_application_new, (int64_t)1800000000, TEXT("me"), TEXT("app"), SAMLCERT_POLICY_ON_SAVE, &application, NULL);
    OK(samlcert_application_activate, application, (int64_t)1800000000, TEXT("me"), pair, NULL);
    OK(samlcert_application_record_json, application, &record);
    samlcert_pair_free(pair);
    samlcert_bytes_free(record);
    samlcert_application_free(application);
}

/* Opens a key of the fixtures, with its password and with another one. */
static void decrypted_from(const char *name)
{
    samlcert_normalized *all = NULL;
    samlcert_encrypted_key *closed = NULL;
    samlcert_private_key *key = NULL;
    load_key();
    read_text("keys", name, ".pem");
    OK(samlcert_normalize, text, text_len, &all);
    OK(samlcert_normalized_encrypted_key, all, 0, &closed);
    samlcert_normalized_free(all);
    OK(samlcert_encrypted_key_decrypt, closed, TEXT("correct horse"), &key);
    must_be_found();
    samlcert_private_key_free(key);
    REFUSED(SAMLCERT_ERROR_DECRYPT_FAILED, samlcert_encrypted_key_decrypt, closed, TEXT("another horse"), &key);
    samlcert_encrypted_key_free(closed);
}

static void decrypted(void)
{
    decrypted_from(kind->encrypted[0]);
}

static void decrypted_by_headers(void)
{
    if (kind->encrypted[1] != NULL)
        decrypted_from(kind->encrypted[1]);
}

/* And opens again, with a password that is made from what is none as it stands here. */
static void encrypted(void)
{
    static uint8_t password[32];
    samlcert_private_key *key = read_key(), *opened = NULL;
    samlcert_encrypted_key *closed = NULL;
    for (size_t at = 0; at < sizeof password; at++)
        password[at] = (uint8_t)('a' + (at * 7 + 3) % 26);
    look_for("password", password, sizeof password);
    OK(samlcert_private_key_encrypt, key, password, sizeof password, &closed);
    samlcert_private_key_free(key);
    OK(samlcert_encrypted_key_decrypt, closed, password, sizeof password, &opened);
    samlcert_private_key_free(opened);
    password[3] ^= 1;
    REFUSED(SAMLCERT_ERROR_DECRYPT_FAILED, samlcert_encrypted_key_decrypt, closed, password, sizeof password, &opened);
    wipe(password, sizeof password);
    samlcert_encrypted_key_free(closed);
}

static void generated(void)
{
    samlcert_issue_request *request = NULL;
    samlcert_pair *pair = NULL;
    samlcert_private_key *key = NULL;
    samlcert_secret *secret = NULL;
    if (kind->made == 0)
        return;
    OK(samlcert_issue_request_new, TEXT("idp.example"), &request);
    OK(samlcert_issue_request_set_key_kind, request, kind->made);
    OK(samlcert_issue_request_issue, request, (int64_t)1800000000, &pair);
    OK(samlcert_pair_private_key, pair, &key);
    OK(samlcert_private_key_secret_pkcs8_der, key, &secret);
    look_for_der(samlcert_secret_slice(secret).data);
    samlcert_secret_free(secret);
    samlcert_private_key_free(key);
    must_be_found();
    samlcert_pair_free(pair);
    samlcert_issue_request_free(request);
}

/* Frees a copy of the key, and does not wipe it: it is found. */
static void not_wiped(void)
{
    load_key();
    static uint8_t *volatile copy;
    copy = malloc(text_len);
    CHECK(copy != NULL);
    memcpy(copy, text, text_len);
    wipe(text, sizeof text);
    free(copy);
}

static const struct {
    const char *name;
    void (*run)(void);
} operations[] = {
    {"control", not_wiped},
    {"read", from_der},
    {"read", from_pem},
    {"read", paste_with_crlf},
    {"read", paste_escaped},
    {"read", paste_indented},
    {"read", paste_quoted},
    {"read", paste_on_one_line},
    {"read", paste_in_utf_16},
    {"read", paste_in_base64},
    {"read", paste_in_hexadecimal},
    {"refuse", paste_damaged},
    {"refuse", paste_cut_off},
    {"refuse", paste_another_number},
    {"write", written},
    {"sign", signed_as_usual},
    {"sign with PSS", signed_with_pss},
    {"activate", activated},
    {"decrypt", decrypted},
    {"decrypt", decrypted_by_headers},
    {"encrypt", encrypted},
    {"make", generated},
};

static void tell_found(const char *operation)
{
    for (size_t place = 0; place < PLACES; place++)
        for (size_t name = 0; name < name_count; name++)
            if (found[place][name] > 0)
                printf("%s, %s: %s, %s\n", operation, kind->name, names[name], places[place]);
    fflush(stdout);
}

/* Far down on the stack: what follows, the search above all, does not write over what was left there. */
static void run_deep(void (*operation)(void))
{
    volatile uint8_t room[1 << 16];
    room[0] = room[sizeof room - 1] = 0;
    operation();
    room[0] = room[sizeof room - 1] = 1;
}

/* Each in a process of its own: none finds what another one left. */
static void run(size_t number)
{
    int status;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        run_deep(operations[number].run);
        scan_all();
        tell_found(operations[number].name);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    for (kind = kinds; kind < kinds + sizeof kinds / sizeof *kinds; kind++)
        for (size_t number = 0; number < sizeof operations / sizeof *operations; number++)
            run(number);
    return 0;
}
