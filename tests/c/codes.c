/*
 * Every error that C can reach, but those of applications (codes_application.c), and why others are out of reach. It prints the
 * numbers of both.
 */
#include "codes.h"
#include <ctype.h>

enum { NOW = 1798761600 };

/* What a paste is refused for: the code must be among its refusals. */
static void paste_is_refused(samlcert_status expected, const char *name, file text)
{
    samlcert_normalized *normalized = NULL;
    samlcert_status code = 0;
    samlcert_slice message;
    samlcert_span span;
    OK(samlcert_normalize, CONTENT(text), &normalized);
    for (size_t at = 0; code != expected && at < samlcert_normalized_refusal_count(normalized); at++)
        OK(samlcert_normalized_refusal, normalized, at, &code, &message, &span);
    if (code != expected)
        fprintf(stderr, "%s is refused with %u, and not %u\n", name, (unsigned)code, (unsigned)expected);
    CHECK(code == expected && message.len > 0 && span.start <= span.end && span.end <= text.len);
    reached(code);
    samlcert_normalized_free(normalized);
    free(text.data);
}

static void files_are_refused(void)
{
    static const struct {
        samlcert_status code;
        const char *name;
    } rows[] = {
        {SAMLCERT_ERROR_UNKNOWN_CONTENT, "others/ocsp-request.der"},
        {SAMLCERT_ERROR_PUBLIC_KEY, "others/public-key-p256.pem"},
        {SAMLCERT_ERROR_CERTIFICATE_REQUEST, "others/request-p256.pem"},
        {SAMLCERT_ERROR_CRL, "others/crl.pem"},
        {SAMLCERT_ERROR_PKCS12, "others/pkcs12.der"},
        {SAMLCERT_ERROR_OPENSSH_KEY, "others/openssh-p256.pem"},
        {SAMLCERT_ERROR_JKS, "others/store.jks"},
        {SAMLCERT_ERROR_SSH_KEY, "others/openssh-public.txt"},
        {SAMLCERT_ERROR_PGP, "others/pgp.pem"},
        {SAMLCERT_ERROR_PARAMETERS, "others/ec-parameters.pem"},
        {SAMLCERT_ERROR_UNSUPPORTED_KEY, "keys/unsupported/secp256k1.pem"},
        {SAMLCERT_ERROR_MULTI_PRIME_RSA, "keys/unsupported/rsa-multi-prime.pem"},
        {SAMLCERT_ERROR_RSA_SIZE, "keys/unsupported/rsa-512.pem"},
        {SAMLCERT_ERROR_ENCRYPTED_KEY_MALFORMED, "keys/encrypted/cost-pbkdf2-0.pem"},
        {SAMLCERT_ERROR_PBES1, "keys/encrypted/pbes1-sha1-3des.pem"},
        {SAMLCERT_ERROR_UNSUPPORTED_ENCRYPTION, "keys/encrypted/aes-256-gcm.pem"},
        {SAMLCERT_ERROR_KDF_COST, "keys/encrypted/cost-pbkdf2-20000000.pem"},
        {SAMLCERT_ERROR_SELF_SIGNATURE_INVALID, "certificates/refused/signature-damaged.der"},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
        paste_is_refused(rows[row].code, rows[row].name, load(rows[row].name));
}

/* The ways in which a PEM is spoiled. Lines are numbered from 0, the BEGIN line. */

static size_t line(file pem, size_t number)
{
    size_t at = 0;
    for (; number > 0; at++)
        number -= pem.data[at] == '\n';
    return at;
}

static void splice(file *text, size_t at, size_t removed, const void *data, size_t len)
{
    memmove(text->data + at + len, text->data + at + removed, text->len - at - removed);
    memcpy(text->data + at, data, len);
    text->len += len - removed;
}

static void emptied(file *pem) { pem->len = 0; }
static void without_items(file *pem) { memcpy(pem->data, "Hello", 5), pem->len = 5; }
static void far_too_long(file *pem) { memset(pem->data, 'x', pem->len = (1 << 20) + 1); }
static void wrong_character(file *pem) { pem->data[line(*pem, 4) + 9] = '!'; }
static void cut(file *pem) { pem->len = 700; }
static void line_removed(file *pem) { splice(pem, line(*pem, 9), 65, "", 0); }
static void line_repeated(file *pem) { splice(pem, line(*pem, 5), 0, pem->data + line(*pem, 5), 65); }
static void character_removed(file *pem) { splice(pem, line(*pem, 4) + 9, 1, "", 0); }
static void character_added(file *pem) { splice(pem, line(*pem, 4) + 9, 0, "A", 1); }
static void characters_replaced(file *pem) { memcpy(pem->data + line(*pem, 2), "////", 4); }
static void more_behind(file *pem) { splice(pem, line(*pem, 19), 0, "AAAA\n", 5); }
static void padding_inside(file *pem) { splice(pem, line(*pem, 4) + 9, 1, "=", 1); }
static void not_begun(file *pem) { memcpy(pem->data + line(*pem, 1), "BwcH", 4); }
static void masked(file *pem) { splice(pem, line(*pem, 4) + 9, 9, "...", 3); }
static void in_cyrillic(file *pem) { splice(pem, line(*pem, 4) + 9, 1, "\xd0\x90", 2); }
static void nothing_inside(file *pem) { splice(pem, line(*pem, 1), line(*pem, 19) - line(*pem, 1), "", 0); }

/* Blanks, all but one of which were plus signs. */
static void plus_signs_lost(file *pem)
{
    for (size_t at = 0; at < pem->len; at++)
        if (pem->data[at] == '+')
            pem->data[at] = ' ';
    splice(pem, line(*pem, 4) + 9, 0, " ", 1);
}

static void lines_exchanged(file *pem)
{
    splice(pem, line(*pem, 4), 0, pem->data + line(*pem, 2), 65);
    splice(pem, line(*pem, 2), 65, "", 0);
}

static void in_capitals(file *pem)
{
    for (size_t at = 0; at < pem->len; at++)
        pem->data[at] = (uint8_t)toupper(pem->data[at]);
}

static void with_bars(file *pem)
{
    for (size_t at = 0; at < pem->len; at++)
        if (pem->data[at] == 'l')
            pem->data[at] = '|';
}

/* The second one is not the same. */
static void twice_inside(file *pem)
{
    size_t start = line(*pem, 1), end = line(*pem, 19);
    splice(pem, end, 0, pem->data + start, end - start);
    pem->data[end + 640] ^= 1;
}

static void repeated(file *pem)
{
    for (size_t len = pem->len, copy = 1; copy <= 100; copy++) {
        memcpy(pem->data + pem->len, pem->data, len);
        pem->data[pem->len + line(*pem, 9)] = '!'; /* Otherwise it is the same item again. */
        pem->len += len;
    }
}

/* Base64 in base64 in base64 ... */
static void wrapped(file *pem)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int layer = 0; layer < 9; layer++) {
        uint8_t *out = malloc(1 << 21);
        size_t len = 0;
        CHECK(out != NULL);
        while (pem->len % 3 != 0)
            pem->data[pem->len++] = '\n';
        for (size_t at = 0; at < pem->len; at += 3) {
            uint32_t bits = (uint32_t)pem->data[at] << 16 | (uint32_t)pem->data[at + 1] << 8 | pem->data[at + 2];
            for (int shift = 18; shift >= 0; shift -= 6)
                out[len++] = (uint8_t)digits[bits >> shift & 63];
        }
        free(pem->data);
        pem->data = out;
        pem->len = len;
    }
}

/* A block that says it has 66 KB, and has. */
static void huge(file *pem)
{
    nothing_inside(pem);
    size_t at = line(*pem, 1);
    splice(pem, at, 0, "MIMBAAAwgv8A\n", 13);
    for (int count = 0; count < 22000; count++)
        splice(pem, at + 13, 0, "AAAA", 4);
}

static void spoiled_texts_are_refused(void)
{
    static const struct {
        samlcert_status code;
        const char *name;
        void (*spoil)(file *);
    } rows[] = {
        {SAMLCERT_ERROR_EMPTY, "nothing", emptied},
        {SAMLCERT_ERROR_NOTHING_FOUND, "prose", without_items},
        {SAMLCERT_ERROR_PASTE_TOO_LARGE, "1 MiB and more", far_too_long},
        {SAMLCERT_ERROR_TOO_MANY_BLOCKS, "101 blocks", repeated},
        {SAMLCERT_ERROR_TOO_MANY_LAYERS, "nine layers of base64", wrapped},
        {SAMLCERT_ERROR_INVALID_CHARACTER, "a wrong character", wrong_character},
        {SAMLCERT_ERROR_TRUNCATED, "a text that was cut off", cut},
        {SAMLCERT_ERROR_LINE_MISSING, "a line less", line_removed},
        {SAMLCERT_ERROR_LINE_DOUBLED, "a line twice", line_repeated},
        {SAMLCERT_ERROR_LINES_SWAPPED, "two lines exchanged", lines_exchanged},
        {SAMLCERT_ERROR_CHARACTER_LOST, "a character less", character_removed},
        {SAMLCERT_ERROR_CHARACTER_INSERTED, "a character more", character_added},
        {SAMLCERT_ERROR_DAMAGED, "other characters", characters_replaced},
        {SAMLCERT_ERROR_TRAILING_DATA, "more behind the end", more_behind},
        {SAMLCERT_ERROR_TWO_IN_ONE_BLOCK, "two in one block", twice_inside},
        {SAMLCERT_ERROR_INVALID_BASE64, "padding inside", padding_inside},
        {SAMLCERT_ERROR_ITEM_TOO_LARGE, "66 KB in a block", huge},
        {SAMLCERT_ERROR_NOT_DER, "another beginning", not_begun},
        {SAMLCERT_ERROR_EMPTY_BLOCK, "nothing in the block", nothing_inside},
        {SAMLCERT_ERROR_AMBIGUOUS, "blanks that were plus signs", plus_signs_lost},
        {SAMLCERT_ERROR_MASKED, "dots inside", masked},
        {SAMLCERT_ERROR_CASE_FOLDED, "capitals", in_capitals},
        {SAMLCERT_ERROR_HOMOGLYPH, "a Cyrillic letter", in_cyrillic},
        {SAMLCERT_ERROR_CONFUSED_CHARACTERS, "bars for a letter", with_bars},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        file text = load("certificates/rsa-2048.pem");
        CHECK(line(text, 20) == text.len);
        rows[row].spoil(&text);
        paste_is_refused(rows[row].code, rows[row].name, text);
    }
}

/* What is something else as a whole. */
static void other_texts_are_refused(void)
{
    static const struct {
        samlcert_status code;
        const uint8_t *text;
        size_t len;
    } rows[] = {
        {SAMLCERT_ERROR_MANGLED_BINARY, TEXT("0?\3S0?\2;?\3\2\1\2\2\x14")},
        {SAMLCERT_ERROR_PKCS7, TEXT("MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwEAAKCA")},
        {SAMLCERT_ERROR_PKCS7_EMPTY, TEXT("MCMGCSqGSIb3DQEHAqAWMBQCAQExADALBgkqhkiG9w0BBwExAA==")},
        {SAMLCERT_ERROR_JWT, TEXT("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")},
        {SAMLCERT_ERROR_ARCHIVE, TEXT("\x1f\x8b\x08\0\0\0\0\0")},
        {SAMLCERT_ERROR_DOCUMENT, TEXT("%PDF-1.7\n")},
        {SAMLCERT_ERROR_HTML_PAGE, TEXT("<!DOCTYPE html><title>404</title>")},
        {SAMLCERT_ERROR_URL, TEXT("https://idp.example.org/certificate")},
        {SAMLCERT_ERROR_PATH, TEXT("/etc/ssl/certs/idp.pem")},
        {SAMLCERT_ERROR_FINGERPRINT, TEXT("2A:02:41:2D:4D:26:70:A0:A9:32:30:06:DF:4F:A7:11:4D:03:84:A1")},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        file text = {malloc(rows[row].len), rows[row].len};
        CHECK(text.data != NULL);
        memcpy(text.data, rows[row].text, rows[row].len);
        paste_is_refused(rows[row].code, "another text", text);
    }
}

static void der_is_refused(void)
{
    static const struct {
        samlcert_status code;
        const char *name;
    } certificates[] = {
        {SAMLCERT_ERROR_CERTIFICATE_MALFORMED, "certificates/refused/date-month-13.der"},
        {SAMLCERT_ERROR_ALGORITHM_MISMATCH, "certificates/refused/algorithms-differ.der"},
        {SAMLCERT_ERROR_VALIDITY_INVERTED, "certificates/refused/validity-inverted.der"},
        {SAMLCERT_ERROR_CERTIFICATE_VERSION, "certificates/refused/version-4.der"},
        {SAMLCERT_ERROR_DUPLICATE_EXTENSION, "certificates/refused/extension-twice.der"},
        {SAMLCERT_ERROR_PUBLIC_KEY_MALFORMED, "certificates/refused/point-not-on-curve.der"},
    },
      keys[] = {
        {SAMLCERT_ERROR_KEY_MALFORMED, "tampered/rsa-d-negative.der"},
        {SAMLCERT_ERROR_RSA_EXPONENT, "tampered/rsa-e-2.der"},
        {SAMLCERT_ERROR_KEY_CONTRADICTION, "tampered/rsa-d-plus-2.der"},
    };
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    for (size_t row = 0; row < sizeof certificates / sizeof *certificates; row++) {
        file der = load(certificates[row].name);
        REACH(certificates[row].code, samlcert_certificate_from_der, CONTENT(der), &certificate);
        free(der.data);
    }
    for (size_t row = 0; row < sizeof keys / sizeof *keys; row++) {
        file der = load(keys[row].name);
        REACH(keys[row].code, samlcert_private_key_from_der, CONTENT(der), &private_key);
        free(der.data);
    }
    uint8_t nested[80];
    for (uint8_t at = 0; at < 80; at += 2) {
        nested[at] = 0x30;
        nested[at + 1] = (uint8_t)(78 - at);
    }
    REACH(SAMLCERT_ERROR_DER_TOO_DEEP, samlcert_certificate_from_der, nested, sizeof nested, &certificate);
}

static void items_are_not_what_is_wanted(void)
{
    file certificate = load("certificates/p256.pem"), key = load("keys/p256.pem");
    file chain = load("texts/chain-reversed.pem"), encrypted = load("keys/encrypted/scrypt.pem");
    samlcert_certificate *none = NULL;
    samlcert_private_key *no_key = NULL;
    samlcert_encrypted_key *locked = NULL, *fresh = NULL;
    samlcert_private_key *opened = private_key_of("keys/p256.pem");
    samlcert_secret *secret = NULL;
    samlcert_normalized *normalized = NULL;
    REACH(SAMLCERT_ERROR_NO_CERTIFICATE, samlcert_certificate_from_pem, CONTENT(key), &none);
    REACH(SAMLCERT_ERROR_NO_PRIVATE_KEY, samlcert_private_key_from_pem, CONTENT(certificate), &no_key);
    REACH(SAMLCERT_ERROR_SEVERAL_ITEMS, samlcert_certificate_from_pem, CONTENT(chain), &none);
    REACH(SAMLCERT_ERROR_PASSWORD_REQUIRED, samlcert_private_key_from_pem, CONTENT(encrypted), &no_key);
    OK(samlcert_normalize, CONTENT(encrypted), &normalized);
    OK(samlcert_normalized_encrypted_key, normalized, 0, &locked);
    REACH(SAMLCERT_ERROR_WRONG_KIND, samlcert_normalized_certificate, normalized, 0, &none);
    REACH(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_certificate, normalized, 1, &none);
    REACH(SAMLCERT_ERROR_DECRYPT_FAILED, samlcert_encrypted_key_decrypt, locked, TEXT("wrong horse"), &no_key);
    REACH(SAMLCERT_ERROR_EMPTY_PASSWORD, samlcert_private_key_encrypt, opened, NULL, 0, &fresh);
    REACH(SAMLCERT_ERROR_NO_SUCH_FORM, samlcert_private_key_secret_write, opened, SAMLCERT_FORM_ELEMENT, &secret);
    REACH(SAMLCERT_ERROR_NULL_ARGUMENT, samlcert_certificate_from_pem, NULL, 1, &none);
    REACH(SAMLCERT_ERROR_ARGUMENT_LENGTH, samlcert_certificate_from_pem, key.data, SIZE_MAX, &none);
    REACH(SAMLCERT_ERROR_UNKNOWN_SELECTOR, samlcert_private_key_generate, 0, &no_key);
    samlcert_normalized_free(normalized);
    samlcert_private_key_free(opened);
    samlcert_encrypted_key_free(locked);
    free(encrypted.data);
    free(chain.data);
    free(key.data);
    free(certificate.data);
}

static samlcert_pair *pair_of_two(const char *certificate_name, const char *key_name)
{
    samlcert_certificate *certificate = certificate_of(certificate_name);
    samlcert_private_key *private_key = private_key_of(key_name);
    samlcert_pair *pair = NULL;
    OK(samlcert_pair_new, certificate, private_key, &pair);
    samlcert_private_key_free(private_key);
    samlcert_certificate_free(certificate);
    return pair;
}

static void pairs_are_refused(void)
{
    samlcert_certificate *dsa = certificate_of("certificates/dsa.pem"), *p256 = certificate_of("certificates/p256.pem");
    samlcert_private_key *ed25519 = private_key_of("keys/ed25519.pem");
    samlcert_pair *crafted = pair_of_two("tampered/composite-certificate.pem", "tampered/rsa-composite-p.der");
    samlcert_pair *by_ca = pair_of_two("certificates/chain-leaf.pem", "keys/chain-leaf.pem");
    samlcert_pair *names_serial = pair_of_two("../c/names-serial.pem", "keys/ed25519.pem");
    samlcert_pair *good = pair_of("pool/a.pem"), *none = NULL;
    samlcert_bytes *signature = NULL;
    REACH(SAMLCERT_ERROR_MISMATCH, samlcert_pair_new, p256, ed25519, &none);
    REACH(SAMLCERT_ERROR_UNSUPPORTED_CERTIFICATE_KEY, samlcert_pair_new, dsa, ed25519, &none);
    REACH(SAMLCERT_ERROR_TRIAL_SIGNATURE, samlcert_pair_trial_signature, crafted);
    REACH(SAMLCERT_ERROR_SIGNING_FAILED, samlcert_pair_sign, crafted, SAMLCERT_SCHEME_RSA_PKCS1_SHA256, TEXT("a"), &signature);
    REACH(SAMLCERT_ERROR_UNSUITABLE_SCHEME, samlcert_pair_sign, by_ca, SAMLCERT_SCHEME_ED25519, TEXT("a"), &signature);
    REACH(SAMLCERT_ERROR_SIGNED_BY_CA, samlcert_pair_renew, by_ca, SAMLCERT_LIFETIME_UNIT_YEARS, 1, 0, NOW, &none);
    REACH(SAMLCERT_ERROR_NAMES_SERIAL, samlcert_pair_renew, names_serial, SAMLCERT_LIFETIME_UNIT_YEARS, 1, 0, NOW, &none);
    REACH(SAMLCERT_ERROR_ISSUE_DATE, samlcert_pair_renew, good, SAMLCERT_LIFETIME_UNIT_YEARS, 9000, 0, NOW, &none);
    REACH(SAMLCERT_ERROR_NO_LIFETIME, samlcert_pair_renew, good, SAMLCERT_LIFETIME_UNIT_YEARS, 0, 0, NOW, &none);
    samlcert_pair_free(good);
    samlcert_pair_free(names_serial);
    samlcert_pair_free(by_ca);
    samlcert_pair_free(crafted);
    samlcert_private_key_free(ed25519);
    samlcert_certificate_free(p256);
    samlcert_certificate_free(dsa);
}

#define SHA1 "2A:02:41:2D:4D:26:70:A0:A9:32:30:06:DF:4F:A7:11:4D:03:84:A1"

static void values_are_refused(void)
{
    static const char long_name[] = "0123456789012345678901234567890123456789012345678901234567890123x";
    static const uint32_t thresholds[33] = {4000000000U, 60, 60};
    samlcert_fingerprint fingerprint;
    samlcert_schedule *schedule = NULL;
    samlcert_issue_request *request = NULL;
    uint32_t small;
    size_t needed;
    REACH(SAMLCERT_ERROR_FINGERPRINT_EMPTY, samlcert_fingerprint_parse, TEXT("  "), &fingerprint);
    REACH(SAMLCERT_ERROR_FINGERPRINT_LENGTH, samlcert_fingerprint_parse, TEXT("AB:CD"), &fingerprint);
    REACH(SAMLCERT_ERROR_FINGERPRINT_CHARACTER, samlcert_fingerprint_parse, TEXT(SHA1 "x"), &fingerprint);
    REACH(SAMLCERT_ERROR_FINGERPRINT_LABEL, samlcert_fingerprint_parse, TEXT("SHA256 Fingerprint=" SHA1), &fingerprint);
    REACH(SAMLCERT_ERROR_FINGERPRINT_SEVERAL, samlcert_fingerprint_parse, TEXT(SHA1 "\n" SHA1), &fingerprint);
    REACH(SAMLCERT_ERROR_NO_THRESHOLDS, samlcert_schedule_new, thresholds, 0, &schedule);
    REACH(SAMLCERT_ERROR_TOO_MANY_THRESHOLDS, samlcert_schedule_new, thresholds, 33, &schedule);
    REACH(SAMLCERT_ERROR_THRESHOLD_ZERO, samlcert_schedule_new, thresholds + 3, 1, &schedule);
    REACH(SAMLCERT_ERROR_THRESHOLD_TOO_LONG, samlcert_schedule_new, thresholds, 1, &schedule);
    REACH(SAMLCERT_ERROR_THRESHOLD_REPEATED, samlcert_schedule_new, thresholds + 1, 2, &schedule);
    OK(samlcert_schedule_usual, &schedule);
    REACH(SAMLCERT_ERROR_BUFFER_TOO_SMALL, samlcert_schedule_thresholds, schedule, &small, 1, &needed);
    samlcert_schedule_free(schedule);
    REACH(SAMLCERT_ERROR_ATTRIBUTE_EMPTY, samlcert_issue_request_new, TEXT(""), &request);
    REACH(SAMLCERT_ERROR_ATTRIBUTE_TOO_LONG, samlcert_issue_request_new, TEXT(long_name), &request);
    REACH(SAMLCERT_ERROR_ATTRIBUTE_CHARACTER, samlcert_issue_request_new, TEXT("a\x01"), &request);
    REACH(SAMLCERT_ERROR_NOT_UTF8, samlcert_issue_request_new, TEXT("a\xff"), &request);
    OK(samlcert_issue_request_new, TEXT("idp"), &request);
    REACH(SAMLCERT_ERROR_COUNTRY, samlcert_issue_request_set_country, request, TEXT("Germany"));
    samlcert_issue_request_free(request);
}

/* What no call from C can bring about, and why. */
static void out_of_reach(void)
{
    static const struct {
        samlcert_status first, last;
        const char *reason;
    } rows[] = {
        {SAMLCERT_ERROR_ENTROPY_FAILED, SAMLCERT_ERROR_ENTROPY_FAILED, "the randomness is the system's, and does not fail"},
        {SAMLCERT_ERROR_ISSUED_UNVERIFIED, SAMLCERT_ERROR_ISSUED_UNVERIFIED, "a defect of the library or of the machine"},
        {SAMLCERT_ERROR_INTERNAL, SAMLCERT_ERROR_INTERNAL, "a defect of the library: a test in Rust causes one"},
        {SAMLCERT_ERROR_USAGE, SAMLCERT_ERROR_FILE, "of the program's command line"},
        {SAMLCERT_ERROR_FILE_EXISTS, SAMLCERT_ERROR_FILE_EXISTS, "of the program's files"},
        {SAMLCERT_ERROR_NO_SUCH_APPLICATION, SAMLCERT_ERROR_STORE_PASSWORD_WRONG, "of the program's store"},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
        for (samlcert_status code = rows[row].first; code <= rows[row].last; code++)
            if (samlcert_status_name(code).len > 0)
                printf("out of reach %u: %s\n", (unsigned)code, rows[row].reason);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    files_are_refused();
    spoiled_texts_are_refused();
    other_texts_are_refused();
    der_is_refused();
    items_are_not_what_is_wanted();
    pairs_are_refused();
    values_are_refused();
    out_of_reach();
    return 0;
}
