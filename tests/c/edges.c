/* What is just too small, empty, past the end, contradictory, or no text. */
#include "check.h"

enum { DAY = 86400, END = 1830297600 /* of pool/a.pem: 2028-01-01T00:00:00Z */ };

#define AT 1798761600, TEXT("alice")

/* A buffer that just fits, with a guard behind it that nobody may touch. */
static uint8_t buffer[256];

static void fill(void)
{
    memset(buffer, 0xa5, sizeof buffer);
}

static bool untouched_from(size_t start)
{
    for (size_t at = start; at < sizeof buffer; at++)
        if (buffer[at] != 0xa5)
            return false;
    return true;
}

/* BUFFER(count, type, function, arguments before the buffer): room for `count` of the type is just enough. */
#define BUFFER(count, type, function, ...)                                                              \
    do {                                                                                                \
        size_t needed_ = 99;                                                                            \
        fill();                                                                                         \
        REFUSED(SAMLCERT_ERROR_BUFFER_TOO_SMALL, function, __VA_ARGS__, NULL, 0, &needed_);             \
        CHECK(needed_ == (count));                                                                      \
        needed_ = 99;                                                                                   \
        REFUSED(SAMLCERT_ERROR_BUFFER_TOO_SMALL, function, __VA_ARGS__, (type *)buffer, (count) - 1, &needed_); \
        CHECK(needed_ == (count) && untouched_from(0));                                                 \
        needed_ = 99;                                                                                   \
        OK(function, __VA_ARGS__, (type *)buffer, (count), &needed_);                                   \
        CHECK(needed_ == (count) && !untouched_from((count) * sizeof(type) - 1));                       \
        CHECK(untouched_from((count) * sizeof(type)));                                                  \
    } while (0)

static void buffers(const samlcert_application *application)
{
    samlcert_schedule *schedule = NULL;
    samlcert_fingerprint fingerprint;
    size_t needed = 99;
    OK(samlcert_schedule_usual, &schedule);
    BUFFER(4, uint32_t, samlcert_schedule_thresholds, schedule);
    BUFFER(4, samlcert_reminder, samlcert_schedule_reminders, schedule, 0, END);
    BUFFER(3, samlcert_reminder, samlcert_schedule_due, schedule, 0, END, END - 40 * DAY, END);
    BUFFER(3, samlcert_reminder, samlcert_application_reminders, application, schedule, END - 40 * DAY, END);
    OK(samlcert_fingerprint_of, SAMLCERT_HASH_SHA1, SAMLCERT_FINGERPRINT_TARGET_SPKI, NULL, 0, &fingerprint);
    BUFFER(40, uint8_t, samlcert_fingerprint_format, &fingerprint, SAMLCERT_FINGERPRINT_NOTATION_HEX);
    BUFFER(59, uint8_t, samlcert_fingerprint_format, &fingerprint, SAMLCERT_FINGERPRINT_NOTATION_COLONS);
    OK(samlcert_schedule_due, schedule, 0, END, END, END, NULL, 0, &needed);
    CHECK(needed == 0);
    samlcert_schedule_free(schedule);
}

/* {NULL, 0} is empty, which is refused for what it means, if at all. */
static void empty(samlcert_application *application, const samlcert_pair *pair)
{
    samlcert_normalized *normalized = NULL;
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    samlcert_encrypted_key *encrypted_key = NULL;
    samlcert_issue_request *request = NULL;
    samlcert_schedule *schedule = NULL;
    samlcert_fingerprint fingerprint;
    samlcert_application *read = NULL;
    samlcert_bytes *bytes = NULL;
    samlcert_slice message;
    samlcert_span span;
    samlcert_status code = 0;
    OK(samlcert_normalize, NULL, 0, &normalized);
    OK(samlcert_normalized_refusal, normalized, 0, &code, &message, &span);
    CHECK(code == SAMLCERT_ERROR_EMPTY && span.start == 0 && span.end == 0);
    samlcert_normalized_free(normalized);
    REFUSED(SAMLCERT_ERROR_TRUNCATED, samlcert_certificate_from_der, NULL, 0, &certificate);
    REFUSED(SAMLCERT_ERROR_EMPTY, samlcert_certificate_from_pem, NULL, 0, &certificate);
    REFUSED(SAMLCERT_ERROR_FINGERPRINT_EMPTY, samlcert_fingerprint_parse, NULL, 0, &fingerprint);
    REFUSED(SAMLCERT_ERROR_ATTRIBUTE_EMPTY, samlcert_issue_request_new, NULL, 0, &request);
    REFUSED(SAMLCERT_ERROR_NO_THRESHOLDS, samlcert_schedule_new, NULL, 0, &schedule);
    REFUSED(SAMLCERT_ERROR_INVALID_TEXT, samlcert_application_publish, application, 0, NULL, 0, NULL);
    REFUSED(SAMLCERT_ERROR_RECORD_MALFORMED, samlcert_application_from_record, NULL, 0, NULL, 0, &read);
    OK(samlcert_pair_private_key, pair, &private_key);
    REFUSED(SAMLCERT_ERROR_EMPTY_PASSWORD, samlcert_private_key_encrypt, private_key, NULL, 0, &encrypted_key);
    samlcert_private_key_free(private_key);
    OK(samlcert_pair_sign, pair, SAMLCERT_SCHEME_ED25519, NULL, 0, &bytes);
    CHECK(samlcert_bytes_slice(bytes).len == 64);
    samlcert_bytes_free(bytes);
    OK(samlcert_application_notice_json, application, 0, NULL, 0, &bytes);
    samlcert_bytes_free(bytes);
}

static void past_the_end(const samlcert_application *application)
{
    file text = load("texts/mail-quoted.txt");
    samlcert_normalized *normalized = NULL;
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    samlcert_encrypted_key *encrypted_key = NULL;
    samlcert_slice name = {NULL, 42}, message = {NULL, 42};
    samlcert_span span = {42, 42};
    samlcert_status code = 42;
    OK(samlcert_normalize, CONTENT(text), &normalized);
    const size_t repairs = samlcert_normalized_item_repair_count(normalized, 0);
    static const size_t indices[] = {1, SIZE_MAX};
    for (size_t at = 0; at < 2; at++) {
        size_t index = indices[at], beyond = repairs - 1 + index;
        if (index == SIZE_MAX)
            beyond = index;
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_item_span, normalized, index, &span);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_item_repair, normalized, index, 0, &name, &message, &span);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_item_repair, normalized, 0, beyond, &name, &message, &span);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_item_note, normalized, index, 0, &name, &message);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_item_note, normalized, 0, index, &name, &message);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_certificate, normalized, index, &certificate);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_private_key, normalized, index, &private_key);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_encrypted_key, normalized, index, &encrypted_key);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_normalized_refusal, normalized, index, &code, &message, &span);
        REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_application_key, application, index, &private_key);
    }
    CHECK(span.start == 42 && span.end == 42 && name.len == 42 && message.len == 42 && code == 42);
    CHECK(certificate == NULL && private_key == NULL && encrypted_key == NULL);
    samlcert_normalized_free(normalized);
    free(text.data);
}

static void too_large_numbers(samlcert_application *application)
{
    static const uint32_t one = DAY;
    static const samlcert_private_key *const none[1] = {NULL};
    samlcert_issue_request *request = NULL;
    samlcert_schedule *schedule = NULL;
    samlcert_application *read = NULL;
    OK(samlcert_issue_request_new, TEXT("idp.example.org"), &request);
    REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_issue_request_set_lifetime, request, SAMLCERT_LIFETIME_UNIT_YEARS, 65536, 0);
    REFUSED(SAMLCERT_ERROR_NO_LIFETIME, samlcert_issue_request_set_lifetime, request, SAMLCERT_LIFETIME_UNIT_YEARS, 0, 0);
    samlcert_issue_request_free(request);
    REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_application_add_provider, application, AT, TEXT("https://wiki.example.org"),
            NULL, 0, SAMLCERT_CAPABILITY_METADATA, 0, 0, 0, NULL);
    REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_application_add_provider, application, AT, TEXT("https://wiki.example.org"),
            NULL, 0, SAMLCERT_CAPABILITY_ONE_CERTIFICATE, 1, 0, 0, NULL);
    REFUSED(SAMLCERT_ERROR_UNKNOWN_SELECTOR, samlcert_application_add_provider, application, AT,
            TEXT("https://wiki.example.org"), NULL, 0, SAMLCERT_CAPABILITY_FINGERPRINT, 5, 0, 0, NULL);
    /* The length counts values: so many of them are more bytes than any object has. */
    REFUSED(SAMLCERT_ERROR_ARGUMENT_LENGTH, samlcert_schedule_new, &one, PTRDIFF_MAX / sizeof one + 1, &schedule);
    REFUSED(SAMLCERT_ERROR_ARGUMENT_LENGTH, samlcert_application_from_record, TEXT("{}"), none,
            PTRDIFF_MAX / sizeof *none + 1, &read);
    REFUSED(SAMLCERT_ERROR_NULL_ARGUMENT, samlcert_application_from_record, TEXT("{}"), none, 1, &read);
    REFUSED(SAMLCERT_ERROR_NULL_ARGUMENT, samlcert_application_from_events, TEXT("{}"), none, 1, &read);
}

static void contradictory_fingerprints(samlcert_application *application)
{
    samlcert_fingerprint right, wrong[7];
    uint8_t text[191];
    size_t needed = 99;
    OK(samlcert_fingerprint_of, SAMLCERT_HASH_SHA256, SAMLCERT_FINGERPRINT_TARGET_SPKI, NULL, 0, &right);
    for (size_t at = 0; at < 7; at++)
        wrong[at] = right;
    wrong[0].algorithm = 0;
    wrong[1].algorithm = SAMLCERT_HASH_SHA384;
    wrong[2].target = 3;
    wrong[3].digest_len = 31;
    wrong[4].digest_len = UINT32_MAX;
    wrong[5].digest[32] = 1;
    wrong[6].digest[63] = 1;
    for (size_t at = 0; at < 7; at++) {
        REFUSED(SAMLCERT_ERROR_UNKNOWN_SELECTOR, samlcert_fingerprint_format, &wrong[at], SAMLCERT_FINGERPRINT_NOTATION_HEX,
                text, sizeof text, &needed);
        REFUSED(SAMLCERT_ERROR_UNKNOWN_SELECTOR, samlcert_application_revoke, application, AT, &wrong[at],
                SAMLCERT_REVOCATION_REASON_LOST, NULL, NULL);
        REFUSED(SAMLCERT_ERROR_UNKNOWN_SELECTOR, samlcert_application_confirm, application, AT,
                TEXT("https://wiki.example.org"), &wrong[at], NULL);
        CHECK(!samlcert_fingerprint_equal(&wrong[at], &wrong[at]) && !samlcert_fingerprint_equal(&right, &wrong[at]));
    }
    CHECK(needed == 99 && samlcert_fingerprint_equal(&right, &right));
}

/* The place of the first byte that is no UTF-8. */
static void no_text(samlcert_application *application)
{
    samlcert_error *error = NULL;
    samlcert_span span = {42, 42};
    CHECK(samlcert_application_publish(application, 0, TEXT("ali\xff" "ce"), NULL, &error) == SAMLCERT_ERROR_NOT_UTF8);
    CHECK(!samlcert_error_span(error, NULL));
    CHECK(samlcert_error_span(error, &span) && span.start == 3 && span.end == 4);
    samlcert_error_free(error);
    CHECK(samlcert_application_publish(application, 0, TEXT("ali\xe2\x82"), NULL, &error) == SAMLCERT_ERROR_NOT_UTF8);
    CHECK(samlcert_error_span(error, &span) && span.start == 3 && span.end == 5);
    samlcert_error_free(error);
}

/* The place of what is wrong with a DER: inside of it, or at its end. */
static void damaged_der(const samlcert_pair *pair)
{
    samlcert_certificate *certificate = NULL, *out = NULL;
    samlcert_private_key *key = NULL;
    samlcert_error *error = NULL;
    samlcert_span span = {42, 42};
    OK(samlcert_pair_certificate, pair, &certificate);
    samlcert_slice der = samlcert_certificate_der(certificate);
    uint8_t *longer = malloc(der.len + 1);
    CHECK(longer != NULL);
    memcpy(longer, der.data, der.len);
    longer[der.len] = 0;
    CHECK(samlcert_certificate_from_der(longer, der.len + 1, &out, &error) == SAMLCERT_ERROR_TRAILING_DATA && !out);
    CHECK(samlcert_error_span(error, &span) && span.start == der.len && span.end == der.len + 1);
    samlcert_error_free(error);
    CHECK(samlcert_private_key_from_der(longer, der.len, &key, &error) == SAMLCERT_ERROR_KEY_MALFORMED && !key);
    CHECK(samlcert_error_span(error, &span) && span.end == span.start + 1 && span.end <= der.len);
    samlcert_error_free(error);
    free(longer);
    samlcert_certificate_free(certificate);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    samlcert_pair *pair = pair_of("pool/a.pem");
    samlcert_application *application = NULL;
    OK(samlcert_application_new, AT, TEXT("portal"), SAMLCERT_POLICY_STAGED, &application, NULL);
    OK(samlcert_application_activate, application, AT, pair, NULL);
    buffers(application);
    empty(application, pair);
    past_the_end(application);
    too_large_numbers(application);
    contradictory_fingerprints(application);
    no_text(application);
    damaged_der(pair);
    CHECK(samlcert_application_revision(application) == 2);
    samlcert_application_free(application);
    samlcert_pair_free(pair);
    puts("edges: all is well");
    return 0;
}
