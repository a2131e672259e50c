/* Every function but those of an application (application.c), each with what it is to answer. */
#include "check.h"

enum { DAY = 86400 };

static void versions(void)
{
    CHECK(samlcert_abi_version() == SAMLCERT_ABI_VERSION);
    CHECK(starts(samlcert_version(), "0."));
    CHECK(is(samlcert_status_name(SAMLCERT_OK), "ok"));
    CHECK(is(samlcert_status_name(SAMLCERT_ERROR_MISMATCH), "mismatch"));
    CHECK(is_none(samlcert_status_name(9999)));
}

static void errors(void)
{
    samlcert_fingerprint fingerprint;
    samlcert_error *error = NULL;
    samlcert_span span = {7, 7};
    CHECK(samlcert_fingerprint_parse(TEXT("2A:02:41:2D:4D:26:70:A0:A9:32:30:06:DF:4F:A7:11:4D:03:84:Xx"), &fingerprint, &error) == SAMLCERT_ERROR_FINGERPRINT_CHARACTER);
    CHECK(samlcert_error_code(error) == SAMLCERT_ERROR_FINGERPRINT_CHARACTER);
    CHECK(samlcert_error_message(error).len > 10);
    CHECK(samlcert_error_span(error, &span) && span.start == 57 && span.end == 58);
    samlcert_error_free(error);

    samlcert_schedule *schedule = NULL;
    CHECK(samlcert_schedule_new(NULL, 0, &schedule, &error) == SAMLCERT_ERROR_NO_THRESHOLDS);
    span.start = 42;
    CHECK(!samlcert_error_span(error, &span) && span.start == 42);
    samlcert_error_free(error);
}

static void certificates(void)
{
    file der = load("certificates/rsa-2048.der");
    samlcert_certificate *certificate = NULL, *leaf = certificate_of("certificates/chain-leaf.pem");
    samlcert_bytes *bytes = NULL;
    OK(samlcert_certificate_from_der, CONTENT(der), &certificate);
    CHECK(same(samlcert_certificate_der(certificate), (samlcert_slice){der.data, der.len}));
    CHECK(samlcert_certificate_version(certificate) == 3);
    CHECK(is_hex(samlcert_certificate_serial(certificate), "112ed1ad924cbd18dbb400a9f4cf284c2442b029"));
    OK(samlcert_certificate_subject, certificate, &bytes);
    CHECK(bytes_are(bytes, "CN=idp.example.org,O=Example,C=DE"));
    OK(samlcert_certificate_issuer, leaf, &bytes);
    CHECK(bytes_are(bytes, "CN=Intermediate,O=Example"));
    CHECK(samlcert_certificate_not_before(certificate) == 1795515401);
    CHECK(samlcert_certificate_not_after(certificate) == 2110875401);
    CHECK(samlcert_certificate_spki_der(certificate).len == 294);
    CHECK(is(samlcert_certificate_key_algorithm(certificate), "rsa"));
    CHECK(samlcert_certificate_key_bits(certificate) == 2048);
    OK(samlcert_certificate_signature_algorithm, certificate, &bytes);
    CHECK(bytes_are(bytes, "sha256WithRSAEncryption"));
    CHECK(samlcert_certificate_is_self_issued(certificate) && !samlcert_certificate_is_self_issued(leaf));
    CHECK(samlcert_certificate_self_signature(certificate) == SAMLCERT_SELF_SIGNATURE_VALID);
    CHECK(samlcert_certificate_self_signature(leaf) == SAMLCERT_SELF_SIGNATURE_NOT_SELF_SIGNED);
    CHECK(is_hex(samlcert_certificate_subject_key_identifier(certificate), "249e92157e14331d50370602e043235a66d29893"));
    CHECK(samlcert_certificate_is_ca(certificate) && !samlcert_certificate_is_ca(leaf));
    CHECK(samlcert_certificate_key_usage(certificate) == UINT32_MAX);
    OK(samlcert_certificate_extensions_json, leaf, &bytes);
    CHECK(bytes_are(bytes, "{\"extensions\":[{\"oid\":\"2.5.29.14\",\"name\":\"subjectKeyIdentifier\",\"critical\":false,"
                           "\"kind\":\"subject-key-identifier\","
                           "\"key_identifier\":\"bd4c2d04b538ce27d7fbcce15d7035ce0949ffbd\"},"
                           "{\"oid\":\"2.5.29.35\",\"name\":\"authorityKeyIdentifier\",\"critical\":false,"
                           "\"kind\":\"authority-key-identifier\","
                           "\"key_identifier\":\"d07acf8305f2037c0083d6dce09fe7b2ff8c5a73\","
                           "\"issuer\":[],\"serial\":null},"
                           "{\"oid\":\"2.5.29.19\",\"name\":\"basicConstraints\",\"critical\":false,"
                           "\"kind\":\"basic-constraints\",\"ca\":false,\"path_length\":null}]}"));
    CHECK(samlcert_certificate_note_count(certificate) == 1);
    CHECK(is(samlcert_certificate_note(certificate, 0), "ca"));
    CHECK(is_none(samlcert_certificate_note(certificate, 1)));
    samlcert_certificate_free(leaf);
    samlcert_certificate_free(certificate);
    free(der.data);

    certificate = certificate_of("certificates/version-1.pem");
    CHECK(samlcert_certificate_version(certificate) == 1);
    CHECK(is_none(samlcert_certificate_subject_key_identifier(certificate)));
    CHECK(samlcert_certificate_note_count(certificate) == 1);
    CHECK(is(samlcert_certificate_note(certificate, 0), "version-1"));
    samlcert_certificate_free(certificate);
    certificate = certificate_of("certificates/chain-root.pem");
    CHECK(samlcert_certificate_key_usage(certificate) == 0x60);
    samlcert_certificate_free(certificate);
}

static void written_forms(void)
{
    static const struct {
        uint32_t form;
        const char *start;
    } rows[] = {
        {SAMLCERT_FORM_PEM, "-----BEGIN CERTIFICATE-----\nMIIBxzCCAW2gAwIBAgIUN/bZr4KwqN+qv+ON"},
        {SAMLCERT_FORM_PEM_CRLF, "-----BEGIN CERTIFICATE-----\r\nMIIBxz"},
        {SAMLCERT_FORM_BASE64, "MIIBxzCCAW2gAwIBAgIUN/bZr4KwqN+qv+ONOndIwH3vNh8wCgYIKoZIzj0E"},
        {SAMLCERT_FORM_ESCAPED, "-----BEGIN CERTIFICATE-----\\nMIIBxz"},
        {SAMLCERT_FORM_BASE64_PEM, "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"},
        {SAMLCERT_FORM_DER, "\x30\x82\x01\xc7\x30\x82\x01\x6d"},
        {SAMLCERT_FORM_ELEMENT, "MIIBxzCCAW2gAwIBAgIUN/bZr4KwqN+qv+ON"},
    };
    samlcert_certificate *certificate = certificate_of("certificates/p256.pem");
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        samlcert_bytes *bytes = NULL;
        samlcert_certificate *again = NULL;
        OK(samlcert_certificate_write, certificate, rows[row].form, &bytes);
        samlcert_slice written = samlcert_bytes_slice(bytes);
        CHECK(starts(written, rows[row].start));
        OK(samlcert_certificate_from_pem, written.data, written.len, &again);
        CHECK(same(samlcert_certificate_der(again), samlcert_certificate_der(certificate)));
        samlcert_certificate_free(again);
        samlcert_bytes_free(bytes);
    }
    samlcert_certificate_free(certificate);
}

static void comparisons(void)
{
    samlcert_certificate *old = certificate_of("certificates/rsa-2048.pem");
    samlcert_certificate *renewed = certificate_of("certificates/rsa-2048-renewed.pem");
    samlcert_certificate *other = certificate_of("certificates/rsa-2048-new.pem");
    samlcert_comparison found;
    OK(samlcert_compare, old, old, &found);
    CHECK(found.relation == SAMLCERT_RELATION_IDENTICAL && found.newer == SAMLCERT_NEWER_NEITHER);
    CHECK(found.first_difference == -1);
    OK(samlcert_compare, old, renewed, &found);
    CHECK(found.relation == SAMLCERT_RELATION_SAME_KEY && found.newer == SAMLCERT_NEWER_SECOND);
    CHECK(found.first_difference == 4);
    OK(samlcert_compare, other, old, &found);
    CHECK(found.relation == SAMLCERT_RELATION_SAME_SUBJECT && found.newer == SAMLCERT_NEWER_FIRST);
    samlcert_certificate_free(other);
    samlcert_certificate_free(renewed);
    samlcert_certificate_free(old);
}

static void fingerprints(void)
{
    static const char colons[] = "42:24:0F:56:A9:32:7C:80:9B:77:1F:65:26:93:E4:72:B0:16:32:CD:0B:82:50:41:0C:CA:E6:E5:1D:62:A5:5C";
    static const char spki[] = "45d4229549101ad8dda99f79c5d0e1bc0b35f3d8df29a3eb80741ff34b94d278";
    samlcert_certificate *certificate = certificate_of("certificates/rsa-2048.pem");
    samlcert_fingerprint first, second;
    uint8_t text[191];
    size_t needed = 0;
    OK(samlcert_certificate_fingerprint, certificate, SAMLCERT_HASH_SHA256, &first);
    CHECK(first.algorithm == SAMLCERT_HASH_SHA256 && first.target == SAMLCERT_FINGERPRINT_TARGET_CERTIFICATE);
    CHECK(first.digest_len == 32 && first.digest[0] == 0x42 && first.digest[31] == 0x5c && first.digest[32] == 0);
    OK(samlcert_fingerprint_parse, TEXT(colons), &second);
    CHECK(memcmp(&first, &second, sizeof first) == 0 && samlcert_fingerprint_equal(&first, &second));
    CHECK(samlcert_certificate_has_fingerprint(certificate, &second));
    OK(samlcert_fingerprint_format, &first, SAMLCERT_FINGERPRINT_NOTATION_COLONS, text, sizeof text, &needed);
    CHECK(is((samlcert_slice){text, needed}, colons));

    OK(samlcert_certificate_spki_fingerprint, certificate, SAMLCERT_HASH_SHA256, &second);
    CHECK(second.target == SAMLCERT_FINGERPRINT_TARGET_SPKI && !samlcert_fingerprint_equal(&first, &second));
    CHECK(samlcert_certificate_has_fingerprint(certificate, &second));
    OK(samlcert_fingerprint_format, &second, SAMLCERT_FINGERPRINT_NOTATION_HEX, text, sizeof text, &needed);
    CHECK(is((samlcert_slice){text, needed}, spki));
    samlcert_slice der = samlcert_certificate_spki_der(certificate);
    OK(samlcert_fingerprint_of, SAMLCERT_HASH_SHA256, SAMLCERT_FINGERPRINT_TARGET_SPKI, der.data, der.len, &first);
    CHECK(samlcert_fingerprint_equal(&first, &second));
    first.digest[3] ^= 1;
    CHECK(!samlcert_certificate_has_fingerprint(certificate, &first));
    samlcert_certificate_free(certificate);

    /* Of nothing, by SHA-512: the longest, and its text just fits. */
    OK(samlcert_fingerprint_of, SAMLCERT_HASH_SHA512, SAMLCERT_FINGERPRINT_TARGET_SPKI, NULL, 0, &first);
    CHECK(first.digest_len == 64 && first.digest[0] == 0xcf && first.digest[63] == 0x3e);
    OK(samlcert_fingerprint_format, &first, SAMLCERT_FINGERPRINT_NOTATION_COLONS, text, sizeof text, &needed);
    CHECK(needed == sizeof text);
}

static void private_keys(void)
{
    file der = load("keys/p256.der");
    samlcert_private_key *private_key = NULL, *again = NULL, *bare = private_key_of("keys/p256-no-public.pem");
    samlcert_secret *secret = NULL;
    samlcert_fingerprint fingerprint;
    OK(samlcert_private_key_from_der, CONTENT(der), &private_key);
    CHECK(is(samlcert_private_key_algorithm(private_key), "ec-p256"));
    CHECK(samlcert_private_key_bits(private_key) == 256);
    CHECK(is(samlcert_private_key_label(private_key), "PRIVATE KEY"));
    CHECK(samlcert_private_key_spki_der(private_key).len == 91);
    OK(samlcert_private_key_fingerprint, private_key, SAMLCERT_HASH_SHA256, &fingerprint);
    CHECK(fingerprint.target == SAMLCERT_FINGERPRINT_TARGET_SPKI && fingerprint.digest[0] == 0x38);
    CHECK(samlcert_private_key_embeds_public_half(private_key) && !samlcert_private_key_embeds_public_half(bare));
    CHECK(samlcert_private_key_proves_itself(private_key) && !samlcert_private_key_proves_itself(bare));
    OK(samlcert_private_key_secret_write, private_key, SAMLCERT_FORM_PEM, &secret);
    samlcert_slice written = samlcert_secret_slice(secret);
    CHECK(starts(written, "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49"));
    OK(samlcert_private_key_from_pem, written.data, written.len, &again);
    samlcert_secret_free(secret);
    OK(samlcert_private_key_secret_pkcs8_der, again, &secret);
    CHECK(same(samlcert_secret_slice(secret), (samlcert_slice){der.data, der.len}));
    samlcert_secret_free(secret);
    REFUSED(SAMLCERT_ERROR_NO_SUCH_FORM, samlcert_private_key_secret_write, again, SAMLCERT_FORM_ELEMENT, &secret);
    samlcert_private_key_free(bare);
    samlcert_private_key_free(again);
    samlcert_private_key_free(private_key);
    free(der.data);

    OK(samlcert_private_key_generate, SAMLCERT_KEY_KIND_ED25519, &private_key);
    CHECK(is(samlcert_private_key_algorithm(private_key), "ed25519"));
    samlcert_private_key_free(private_key);
}

static void encrypted_keys(void)
{
    samlcert_private_key *plain = private_key_of("keys/p256.pem"), *opened = NULL;
    samlcert_encrypted_key *encrypted = NULL, *again = NULL;
    samlcert_bytes *der = NULL;
    OK(samlcert_private_key_encrypt, plain, TEXT("correct horse"), &encrypted);
    CHECK(is(samlcert_encrypted_key_label(encrypted), "ENCRYPTED PRIVATE KEY"));
    OK(samlcert_encrypted_key_write, encrypted, SAMLCERT_FORM_DER, &der);
    samlcert_slice written = samlcert_bytes_slice(der);
    OK(samlcert_encrypted_key_from_der, written.data, written.len, &again);
    REFUSED(SAMLCERT_ERROR_DECRYPT_FAILED, samlcert_encrypted_key_decrypt, again, TEXT("wrong horse"), &opened);
    OK(samlcert_encrypted_key_decrypt, again, TEXT("correct horse"), &opened);
    CHECK(same(samlcert_private_key_spki_der(opened), samlcert_private_key_spki_der(plain)));
    samlcert_private_key_free(opened);
    samlcert_bytes_free(der);
    samlcert_encrypted_key_free(again);
    samlcert_encrypted_key_free(encrypted);
    samlcert_private_key_free(plain);
}

static void a_pair(const samlcert_pair *pair, samlcert_scheme usual, const char *spki)
{
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    samlcert_pair *joined = NULL, *renewed = NULL;
    samlcert_bytes *signature = NULL, *request = NULL;
    OK(samlcert_pair_certificate, pair, &certificate);
    OK(samlcert_pair_private_key, pair, &private_key);
    CHECK(same(samlcert_certificate_spki_der(certificate), samlcert_private_key_spki_der(private_key)));
    CHECK(is(samlcert_certificate_key_algorithm(certificate), spki));
    samlcert_verdict verdict;
    OK(samlcert_pair_verdict, certificate, private_key, &verdict);
    CHECK(verdict == SAMLCERT_VERDICT_MATCH);
    OK(samlcert_pair_new, certificate, private_key, &joined);
    CHECK(samlcert_pair_usual_scheme(joined) == usual);
    OK(samlcert_pair_sign, joined, usual, TEXT("<Response/>"), &signature);
    CHECK(samlcert_bytes_slice(signature).len >= 64);
    OK(samlcert_pair_trial_signature, joined);
    OK(samlcert_pair_renew, joined, SAMLCERT_LIFETIME_UNIT_YEARS, 2, 60, 1800000000, &renewed);
    OK(samlcert_pair_csr, renewed, SAMLCERT_FORM_PEM, &request);
    CHECK(bytes_have(request, "-----BEGIN CERTIFICATE REQUEST-----\n"));
    samlcert_certificate_free(certificate);
    OK(samlcert_pair_certificate, renewed, &certificate);
    CHECK(samlcert_certificate_not_before(certificate) == 1800000000 - 60);
    CHECK(samlcert_certificate_not_after(certificate) == 1863158400);
    samlcert_bytes_free(signature);
    samlcert_pair_free(renewed);
    samlcert_pair_free(joined);
    samlcert_private_key_free(private_key);
    samlcert_certificate_free(certificate);
}

static void pairs(void)
{
    file certificate = load("certificates/p256.der"), key = load("keys/p256.der");
    file certificate_text = load("certificates/ed25519.pem"), key_text = load("keys/ed25519.pem");
    samlcert_pair *pair = NULL;
    OK(samlcert_pair_from_der, CONTENT(certificate), CONTENT(key), &pair);
    a_pair(pair, SAMLCERT_SCHEME_ECDSA_SHA256, "ec-p256");
    samlcert_pair_free(pair);
    OK(samlcert_pair_from_pastes, CONTENT(certificate_text), CONTENT(key_text), &pair);
    a_pair(pair, SAMLCERT_SCHEME_ED25519, "ed25519");
    samlcert_pair_free(pair);
    pair = pair_of("texts/pair.pem");
    CHECK(samlcert_pair_usual_scheme(pair) == SAMLCERT_SCHEME_RSA_PKCS1_SHA256);
    samlcert_pair_free(pair);
    free(key_text.data);
    free(certificate_text.data);
    free(key.data);
    free(certificate.data);

    samlcert_certificate *of_p256 = certificate_of("certificates/p256.pem");
    samlcert_private_key *of_ed25519 = private_key_of("keys/ed25519.pem");
    samlcert_verdict verdict;
    OK(samlcert_pair_verdict, of_p256, of_ed25519, &verdict);
    CHECK(verdict == SAMLCERT_VERDICT_ANOTHER_KEY);
    REFUSED(SAMLCERT_ERROR_MISMATCH, samlcert_pair_new, of_p256, of_ed25519, &pair);
    samlcert_private_key_free(of_ed25519);
    samlcert_certificate_free(of_p256);
}

static void issued(void)
{
    samlcert_issue_request *request = NULL;
    samlcert_pair *pair = NULL;
    samlcert_certificate *certificate = NULL;
    samlcert_bytes *subject = NULL;
    OK(samlcert_issue_request_new, TEXT("idp.example.org"), &request);
    OK(samlcert_issue_request_set_organization, request, TEXT("Example"));
    OK(samlcert_issue_request_set_organizational_unit, request, TEXT("Single Sign-On"));
    OK(samlcert_issue_request_set_country, request, TEXT("DE"));
    OK(samlcert_issue_request_set_key_kind, request, SAMLCERT_KEY_KIND_EC_P384);
    OK(samlcert_issue_request_set_lifetime, request, SAMLCERT_LIFETIME_UNIT_DAYS, 10, 0);
    OK(samlcert_issue_request_issue, request, 1800000000, &pair);
    OK(samlcert_pair_certificate, pair, &certificate);
    OK(samlcert_certificate_subject, certificate, &subject);
    CHECK(bytes_are(subject, "CN=idp.example.org,OU=Single Sign-On,O=Example,C=DE"));
    CHECK(is(samlcert_certificate_key_algorithm(certificate), "ec-p384"));
    CHECK(samlcert_certificate_not_before(certificate) == 1800000000);
    CHECK(samlcert_certificate_not_after(certificate) == 1800000000 + 10 * DAY);
    CHECK(samlcert_certificate_self_signature(certificate) == SAMLCERT_SELF_SIGNATURE_VALID);
    samlcert_certificate_free(certificate);
    samlcert_pair_free(pair);
    samlcert_issue_request_free(request);
}

static void normalized(void)
{
    file text = load("texts/mail-quoted.txt"), chain = load("texts/full-chain-with-key.pem");
    file cut = load("certificates/rsa-2048.pem");
    samlcert_normalized *found = NULL;
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    samlcert_encrypted_key *encrypted_key = NULL;
    samlcert_slice name, message;
    samlcert_span span;
    samlcert_bytes *json = NULL;
    OK(samlcert_normalize, CONTENT(text), &found);
    CHECK(samlcert_normalized_item_count(found) == 1 && samlcert_normalized_refusal_count(found) == 0);
    CHECK(samlcert_normalized_item_kind(found, 0) == SAMLCERT_ITEM_KIND_CERTIFICATE);
    CHECK(samlcert_normalized_item_kind(found, 1) == SAMLCERT_ITEM_KIND_NONE);
    OK(samlcert_normalized_item_span, found, 0, &span);
    CHECK(span.start == 115 && span.end == 1364);
    CHECK(is(samlcert_normalized_item_label(found, 0), "CERTIFICATE"));
    CHECK(samlcert_normalized_item_repair_count(found, 0) >= 1);
    OK(samlcert_normalized_item_repair, found, 0, 0, &name, &message, &span);
    CHECK(is(name, "mail-quotes") && is(message, "the quote marks of a mail reply were removed"));
    CHECK(span.start == 115 && span.end == 1339);
    CHECK(samlcert_normalized_item_note_count(found, 0) == 1);
    OK(samlcert_normalized_item_note, found, 0, 0, &name, &message);
    CHECK(is(name, "ca") && message.len > 10);
    OK(samlcert_normalized_certificate, found, 0, &certificate);
    OK(samlcert_normalized_json, found, &json);
    CHECK(bytes_have(json, "\"kind\":\"certificate\""));
    samlcert_normalized_free(found);
    CHECK(samlcert_certificate_version(certificate) == 3);
    samlcert_certificate_free(certificate);

    OK(samlcert_normalize, CONTENT(chain), &found);
    CHECK(samlcert_normalized_item_count(found) == 4);
    CHECK(samlcert_normalized_item_kind(found, 0) == SAMLCERT_ITEM_KIND_PRIVATE_KEY);
    OK(samlcert_normalized_private_key, found, 0, &private_key);
    CHECK(samlcert_normalized_item_note_count(found, 1) == 1);
    OK(samlcert_normalized_item_note, found, 1, 0, &name, &message);
    CHECK(is(name, "unproven-content") && message.len > 10);
    REFUSED(SAMLCERT_ERROR_WRONG_KIND, samlcert_normalized_certificate, found, 0, &certificate);
    REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_private_key, found, 4, &private_key);
    REFUSED(SAMLCERT_ERROR_WRONG_KIND, samlcert_normalized_encrypted_key, found, 0, &encrypted_key);
    samlcert_normalized_free(found);
    samlcert_private_key_free(private_key);

    encrypted_key = encrypted_key_of("keys/encrypted/pbkdf2-SHA256-aes-256-cbc.pem");
    OK(samlcert_encrypted_key_decrypt, encrypted_key, TEXT("correct horse"), &private_key);
    samlcert_private_key_free(private_key);
    samlcert_encrypted_key_free(encrypted_key);

    samlcert_status code;
    OK(samlcert_normalize, cut.data, 700, &found);
    CHECK(samlcert_normalized_item_count(found) == 0 && samlcert_normalized_refusal_count(found) == 1);
    OK(samlcert_normalized_refusal, found, 0, &code, &message, &span);
    CHECK(code == SAMLCERT_ERROR_TRUNCATED && has(message, "359 of its 855 bytes are missing"));
    samlcert_normalized_free(found);
    free(cut.data);
    free(chain.data);
    free(text.data);
}

static void schedules(void)
{
    enum { FIRST = 1700000000, LAST = 1800000000 };
    static const uint32_t thresholds[] = {DAY, 90 * DAY, 14 * DAY};
    samlcert_schedule *schedule = NULL;
    samlcert_reminder reminders[4], one;
    uint32_t sorted[4];
    size_t needed;
    bool found;
    OK(samlcert_schedule_usual, &schedule);
    OK(samlcert_schedule_thresholds, schedule, sorted, 4, &needed);
    CHECK(needed == 4 && sorted[0] == 60 * DAY && sorted[1] == 30 * DAY && sorted[2] == 7 * DAY && sorted[3] == DAY);
    samlcert_schedule_free(schedule);
    OK(samlcert_schedule_new, thresholds, 3, &schedule);
    OK(samlcert_schedule_reminders, schedule, FIRST, LAST, reminders, 4, &needed);
    CHECK(needed == 3 && reminders[0].at == LAST - 90 * DAY && reminders[2].threshold_s == DAY);
    OK(samlcert_schedule_due, schedule, FIRST, LAST, 1790000000, 1799000000, reminders, 4, &needed);
    CHECK(needed == 2 && reminders[0].threshold_s == 90 * DAY && reminders[1].threshold_s == 14 * DAY);
    OK(samlcert_schedule_catch_up, schedule, FIRST, LAST, 1790000000, 1799000000, &one, &found);
    CHECK(found && one.threshold_s == 14 * DAY && one.at == LAST - 14 * DAY);
    OK(samlcert_schedule_next_after, schedule, FIRST, LAST, 1799000000, &one, &found);
    CHECK(found && one.at == LAST - DAY);
    one.at = 42;
    OK(samlcert_schedule_next_after, schedule, FIRST, LAST, LAST, &one, &found);
    CHECK(!found && one.at == 42);
    OK(samlcert_schedule_catch_up, schedule, FIRST, LAST, LAST, LAST - 1, &one, &found);
    CHECK(!found && one.at == 42);
    samlcert_schedule_free(schedule);
}

static void entity_ids(void)
{
    samlcert_entity_ids *list = NULL;
    OK(samlcert_entity_ids_new, &list);
    CHECK(samlcert_entity_ids_count(list) == 0 && is_none(samlcert_entity_ids_get(list, 0)));
    OK(samlcert_entity_ids_add, list, TEXT("https://wiki.example.org"));
    OK(samlcert_entity_ids_add, list, TEXT("https://mail.example.org"));
    CHECK(samlcert_entity_ids_count(list) == 2 && is(samlcert_entity_ids_get(list, 1), "https://mail.example.org"));
    samlcert_entity_ids_free(list);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    versions();
    errors();
    certificates();
    written_forms();
    comparisons();
    fingerprints();
    private_keys();
    encrypted_keys();
    pairs();
    issued();
    normalized();
    schedules();
    entity_ids();
    puts("functions: all is well");
    return 0;
}
