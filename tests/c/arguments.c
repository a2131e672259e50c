/* Wrong arguments: each pointer NULL, each length beyond any object, each selector unknown. The outputs stay as they were. */
#include "check.h"

/* All outputs, filled with a pattern that no call may change. */
static struct {
    samlcert_normalized *normalized;
    samlcert_certificate *certificate;
    samlcert_private_key *private_key;
    samlcert_encrypted_key *encrypted_key;
    samlcert_pair *pair;
    samlcert_bytes *bytes, *event;
    samlcert_secret *secret;
    samlcert_issue_request *request;
    samlcert_schedule *schedule;
    samlcert_entity_ids *entity_ids;
    samlcert_application *application;
    samlcert_downloads *downloads;
    samlcert_fingerprint fingerprint;
    samlcert_comparison comparison;
    samlcert_reminder reminders[4];
    uint32_t thresholds[4];
    uint8_t text[191];
    samlcert_span span;
    samlcert_slice name, message;
    samlcert_status status;
    samlcert_verdict verdict;
    int64_t at;
    size_t needed;
    bool found;
} out;

static void untouched(const char *function)
{
    for (size_t at = 0; at < sizeof out; at++)
        if (((const uint8_t *)&out)[at] != 0xa5)
            failed(function, (int)at, "an output was written");
}

/* Valid objects to go with what is wrong. */
static samlcert_normalized *normalized;
static samlcert_certificate *certificate;
static samlcert_private_key *private_key;
static samlcert_encrypted_key *encrypted_key;
static samlcert_pair *pair;
static samlcert_issue_request *request;
static samlcert_schedule *schedule;
static samlcert_entity_ids *entity_ids;
static samlcert_application *application;
static samlcert_fingerprint fingerprint;
static const samlcert_private_key *keys[1];
static uint32_t threshold = 86400;

/* What is wrong in this turn. */
static int wrong_at;
static size_t wrong_length;
static uint32_t wrong_selector, beyond;
static samlcert_status expected;

/*
 * A pattern has a letter for each argument: p a pointer, o one that may be NULL, d data and n its length, b a buffer and c its
 * room, s a selector, z one that may be 0, v any value. A turn is a letter and a way in which its argument can be wrong.
 */
static int turn;

static bool is_turn(const char *pattern, int position, int way)
{
    static const size_t lengths[] = {SIZE_MAX, (size_t)PTRDIFF_MAX + 1};
    static const uint32_t selectors[] = {UINT32_MAX, 0};
    wrong_at = position;
    beyond = 0;
    switch (pattern[position]) {
    case 'p':
    case 'd':
    case 'b':
        expected = SAMLCERT_ERROR_NULL_ARGUMENT;
        return way == 0;
    case 'n':
        expected = SAMLCERT_ERROR_ARGUMENT_LENGTH;
        wrong_length = lengths[way % 2];
        return way < 2;
    case 's':
    case 'z':
        expected = SAMLCERT_ERROR_UNKNOWN_SELECTOR;
        if (way == 2) { /* The last one and one: each valid argument here is the last of its enumeration. */
            beyond = 1;
            wrong_at = -1;
            return true;
        }
        wrong_selector = selectors[way % 2];
        return way == 0 || (way == 1 && pattern[position] == 's');
    default:
        return false;
    }
}

static bool next(const char *pattern)
{
    for (turn++; turn < 3 * (int)strlen(pattern); turn++)
        if (is_turn(pattern, turn / 3, turn % 3))
            return true;
    beyond = 0;
    return false;
}

#define S(last) ((uint32_t)(last) + beyond)
#define ARGUMENT(index, value) \
    (wrong_at == (index) ? __extension__ _Generic((value), size_t: wrong_length, uint32_t: wrong_selector, default: 0) : (value))

#define MAP1(a) ARGUMENT(0, a)
#define MAP2(a, b) MAP1(a), ARGUMENT(1, b)
#define MAP3(a, b, c) MAP2(a, b), ARGUMENT(2, c)
#define MAP4(a, b, c, d) MAP3(a, b, c), ARGUMENT(3, d)
#define MAP5(a, b, c, d, e) MAP4(a, b, c, d), ARGUMENT(4, e)
#define MAP6(a, b, c, d, e, f) MAP5(a, b, c, d, e), ARGUMENT(5, f)
#define MAP7(a, b, c, d, e, f, g) MAP6(a, b, c, d, e, f), ARGUMENT(6, g)
#define MAP8(a, b, c, d, e, f, g, h) MAP7(a, b, c, d, e, f, g), ARGUMENT(7, h)
#define MAP9(a, b, c, d, e, f, g, h, i) MAP8(a, b, c, d, e, f, g, h), ARGUMENT(8, i)
#define MAP13(a, b, c, d, e, f, g, h, i, j, k, l, m) \
    MAP9(a, b, c, d, e, f, g, h, i), ARGUMENT(9, j), ARGUMENT(10, k), ARGUMENT(11, l), ARGUMENT(12, m)
#define PICK(a, b, c, d, e, f, g, h, i, j, k, l, m, map, ...) map
#define MAP(...) \
    PICK(__VA_ARGS__, MAP13, MAP12, MAP11, MAP10, MAP9, MAP8, MAP7, MAP6, MAP5, MAP4, MAP3, MAP2, MAP1, 0)(__VA_ARGS__)

/* REFUSES("pattern", function, valid arguments without err): every turn of the pattern must be refused. */
#define REFUSES(pattern, function, ...)                                                    \
    for (turn = -1; next(pattern);) {                                                      \
        REFUSED(expected, function, MAP(__VA_ARGS__));                                     \
        untouched(#function);                                                              \
    }

static void objects_refuse(void)
{
    REFUSES("dnp", samlcert_normalize, TEXT("paste"), &out.normalized);
    REFUSES("pp", samlcert_normalized_json, normalized, &out.bytes);
    REFUSES("pvp", samlcert_normalized_item_span, normalized, (size_t)0, &out.span);
    REFUSES("pvvppp", samlcert_normalized_item_repair, normalized, (size_t)0, (size_t)0, &out.name, &out.message, &out.span);
    REFUSES("pvvpp", samlcert_normalized_item_note, normalized, (size_t)0, (size_t)0, &out.name, &out.message);
    REFUSES("pvp", samlcert_normalized_certificate, normalized, (size_t)0, &out.certificate);
    REFUSES("pvp", samlcert_normalized_private_key, normalized, (size_t)1, &out.private_key);
    REFUSES("pvp", samlcert_normalized_encrypted_key, normalized, (size_t)2, &out.encrypted_key);
    REFUSES("pvppp", samlcert_normalized_refusal, normalized, (size_t)0, &out.status, &out.message, &out.span);
    REFUSES("dnp", samlcert_certificate_from_der, TEXT("der"), &out.certificate);
    REFUSES("dnp", samlcert_certificate_from_pem, TEXT("text"), &out.certificate);
    REFUSES("psp", samlcert_certificate_write, certificate, S(SAMLCERT_FORM_ELEMENT), &out.bytes);
    REFUSES("pp", samlcert_certificate_subject, certificate, &out.bytes);
    REFUSES("pp", samlcert_certificate_issuer, certificate, &out.bytes);
    REFUSES("pp", samlcert_certificate_signature_algorithm, certificate, &out.bytes);
    REFUSES("pp", samlcert_certificate_extensions_json, certificate, &out.bytes);
    REFUSES("psp", samlcert_certificate_fingerprint, certificate, S(SAMLCERT_HASH_SHA512), &out.fingerprint);
    REFUSES("psp", samlcert_certificate_spki_fingerprint, certificate, S(SAMLCERT_HASH_SHA512), &out.fingerprint);
    REFUSES("ppp", samlcert_compare, certificate, certificate, &out.comparison);
    REFUSES("ssdnp", samlcert_fingerprint_of, S(SAMLCERT_HASH_SHA512), S(SAMLCERT_FINGERPRINT_TARGET_SPKI), TEXT("der"),
            &out.fingerprint);
    REFUSES("dnp", samlcert_fingerprint_parse, TEXT("text"), &out.fingerprint);
    REFUSES("psbcp", samlcert_fingerprint_format, &fingerprint, S(SAMLCERT_FINGERPRINT_NOTATION_HEX), out.text,
            sizeof out.text, &out.needed);
    REFUSES("dnp", samlcert_private_key_from_der, TEXT("der"), &out.private_key);
    REFUSES("dnp", samlcert_private_key_from_pem, TEXT("text"), &out.private_key);
    REFUSES("sp", samlcert_private_key_generate, S(SAMLCERT_KEY_KIND_ED25519), &out.private_key);
    REFUSES("psp", samlcert_private_key_fingerprint, private_key, S(SAMLCERT_HASH_SHA512), &out.fingerprint);
    REFUSES("psp", samlcert_private_key_secret_write, private_key, S(SAMLCERT_FORM_ELEMENT), &out.secret);
    REFUSES("pp", samlcert_private_key_secret_pkcs8_der, private_key, &out.secret);
    REFUSES("pdnp", samlcert_private_key_encrypt, private_key, TEXT("password"), &out.encrypted_key);
    REFUSES("dnp", samlcert_encrypted_key_from_der, TEXT("der"), &out.encrypted_key);
    REFUSES("psp", samlcert_encrypted_key_write, encrypted_key, S(SAMLCERT_FORM_ELEMENT), &out.bytes);
    REFUSES("pdnp", samlcert_encrypted_key_decrypt, encrypted_key, TEXT("password"), &out.private_key);
}

static void pairs_refuse(void)
{
    REFUSES("ppp", samlcert_pair_new, certificate, private_key, &out.pair);
    REFUSES("dndnp", samlcert_pair_from_der, TEXT("der"), TEXT("der"), &out.pair);
    REFUSES("dnp", samlcert_pair_from_paste, TEXT("paste"), &out.pair);
    REFUSES("dndnp", samlcert_pair_from_pastes, TEXT("paste"), TEXT("paste"), &out.pair);
    REFUSES("ppp", samlcert_pair_verdict, certificate, private_key, &out.verdict);
    REFUSES("pp", samlcert_pair_certificate, pair, &out.certificate);
    REFUSES("pp", samlcert_pair_private_key, pair, &out.private_key);
    REFUSES("psdnp", samlcert_pair_sign, pair, S(SAMLCERT_SCHEME_ED25519), TEXT("message"), &out.bytes);
    REFUSES("p", samlcert_pair_trial_signature, pair);
    REFUSES("psvvvp", samlcert_pair_renew, pair, S(SAMLCERT_LIFETIME_UNIT_YEARS), 1U, 0U, 0, &out.pair);
    REFUSES("psp", samlcert_pair_csr, pair, S(SAMLCERT_FORM_ELEMENT), &out.bytes);
    REFUSES("dnp", samlcert_issue_request_new, TEXT("name"), &out.request);
    REFUSES("pdn", samlcert_issue_request_set_organization, request, TEXT("text"));
    REFUSES("pdn", samlcert_issue_request_set_organizational_unit, request, TEXT("text"));
    REFUSES("pdn", samlcert_issue_request_set_country, request, TEXT("DE"));
    REFUSES("ps", samlcert_issue_request_set_key_kind, request, S(SAMLCERT_KEY_KIND_ED25519));
    REFUSES("psvv", samlcert_issue_request_set_lifetime, request, S(SAMLCERT_LIFETIME_UNIT_YEARS), 1U, 0U);
    REFUSES("pvp", samlcert_issue_request_issue, request, 0, &out.pair);
    REFUSES("p", samlcert_schedule_usual, &out.schedule);
    REFUSES("dnp", samlcert_schedule_new, &threshold, (size_t)1, &out.schedule);
    REFUSES("pbcp", samlcert_schedule_thresholds, schedule, out.thresholds, (size_t)4, &out.needed);
    REFUSES("pvvbcp", samlcert_schedule_reminders, schedule, 0, 1, out.reminders, (size_t)4, &out.needed);
    REFUSES("pvvvvbcp", samlcert_schedule_due, schedule, 0, 1, 0, 1, out.reminders, (size_t)4, &out.needed);
    REFUSES("pvvvpp", samlcert_schedule_next_after, schedule, 0, 1, 0, out.reminders, &out.found);
    REFUSES("pvvvvpp", samlcert_schedule_catch_up, schedule, 0, 1, 0, 1, out.reminders, &out.found);
    REFUSES("p", samlcert_entity_ids_new, &out.entity_ids);
    REFUSES("pdn", samlcert_entity_ids_add, entity_ids, TEXT("https://wiki.example.org"));
}

#define AT 0, TEXT("alice")
#define ENTITY TEXT("https://wiki.example.org")
#define ACCEPTED entity_ids, TEXT("reason")

static void steps_refuse(void)
{
    REFUSES("vdndnspo", samlcert_application_new, AT, TEXT("id"), S(SAMLCERT_POLICY_STAGED), &out.application, &out.event);
    REFUSES("dndnp", samlcert_application_from_record, TEXT("{}"), keys, (size_t)1, &out.application);
    REFUSES("dndnp", samlcert_application_from_events, TEXT("{}"), keys, (size_t)1, &out.application);
    REFUSES("pvdnpo", samlcert_application_activate, application, AT, pair, &out.event);
    REFUSES("pvdnpo", samlcert_application_upload_certificate, application, AT, certificate, &out.event);
    REFUSES("pvdnpo", samlcert_application_upload_private_key, application, AT, private_key, &out.event);
    REFUSES("pvdnpo", samlcert_application_stage, application, AT, pair, &out.event);
    REFUSES("pvdnodno", samlcert_application_save, application, AT, ACCEPTED, &out.event);
    REFUSES("pvdno", samlcert_application_discard, application, AT, &out.event);
    REFUSES("pvdno", samlcert_application_publish, application, AT, &out.event);
    REFUSES("pvdnodno", samlcert_application_cut_over, application, AT, ACCEPTED, &out.event);
    REFUSES("pvdnodno", samlcert_application_roll_back, application, AT, ACCEPTED, &out.event);
    REFUSES("pvdnodno", samlcert_application_retire, application, AT, ACCEPTED, &out.event);
    REFUSES("pvdnpsoo", samlcert_application_revoke, application, AT, &fingerprint, S(SAMLCERT_REVOCATION_REASON_COMPROMISED),
            pair, &out.event);
    REFUSES("pvdndno", samlcert_application_set, application, AT, TEXT("{}"), &out.event);
    REFUSES("pvdndndnsvzzo", samlcert_application_add_provider, application, AT, ENTITY, TEXT("Wiki"),
            S(SAMLCERT_CAPABILITY_FINGERPRINT), (uint32_t)SAMLCERT_HASH_SHA1, S(SAMLCERT_PASTE_FORMAT_FINGERPRINT),
            S(SAMLCERT_PROFILE_NEXT_ACTIVE), &out.event);
    REFUSES("pvdndnpo", samlcert_application_confirm, application, AT, ENTITY, &fingerprint, &out.event);
    REFUSES("pvdndno", samlcert_application_record_export, application, AT, ENTITY, &out.event);
    REFUSES("pvdndno", samlcert_application_remove_provider, application, AT, ENTITY, &out.event);
}

static void facts_refuse(void)
{
    REFUSES("pvp", samlcert_application_key, application, (size_t)0, &out.private_key);
    REFUSES("pp", samlcert_application_signing_pair, application, &out.pair);
    REFUSES("psp", samlcert_application_certificate, application, S(SAMLCERT_PLACE_PENDING), &out.certificate);
    REFUSES("psp", samlcert_application_pair, application, S(SAMLCERT_PLACE_PENDING), &out.pair);
    REFUSES("psvp", samlcert_application_to_accept, application, S(SAMLCERT_STEP_RETIRE), 0, &out.entity_ids);
    REFUSES("pvppp", samlcert_application_earliest_cut_over, application, 0, &out.at, &out.entity_ids, &out.found);
    REFUSES("ppvvbcp", samlcert_application_reminders, application, schedule, 0, 1, out.reminders, (size_t)4, &out.needed);
    REFUSES("ppvvpp", samlcert_application_catch_up, application, schedule, 0, 1, out.reminders, &out.found);
    REFUSES("ppvpp", samlcert_application_next_reminder, application, schedule, 0, out.reminders, &out.found);
    REFUSES("pdnp", samlcert_application_downloads_for, application, ENTITY, &out.downloads);
    REFUSES("pdnp", samlcert_application_next_downloads_for, application, ENTITY, &out.downloads);
    REFUSES("pp", samlcert_application_record_json, application, &out.bytes);
    REFUSES("pp", samlcert_application_settings_json, application, &out.bytes);
    REFUSES("pp", samlcert_application_events_json, application, &out.bytes);
    REFUSES("pvp", samlcert_application_status_json, application, 0, &out.bytes);
    REFUSES("pvp", samlcert_application_plan_json, application, 0, &out.bytes);
    REFUSES("pdnp", samlcert_application_identify_json, application, TEXT("text"), &out.bytes);
    REFUSES("pvdnp", samlcert_application_notice_json, application, 0, TEXT("link"), &out.bytes);
    REFUSES("pp", samlcert_application_certificates_json, application, &out.bytes);
    REFUSES("pp", samlcert_application_providers_json, application, &out.bytes);
    REFUSES("pvp", samlcert_application_logins_json, application, 0, &out.bytes);
    REFUSES("psvp", samlcert_application_impact_json, application, S(SAMLCERT_STEP_RETIRE), 0, &out.bytes);
    REFUSES("pvp", samlcert_application_exports_json, application, 0, &out.bytes);
}

/* A getter of NULL, or of an index past the end, gives nothing. */
#define EMPTY(call) CHECK(is_none(call))
#define ZERO(call) CHECK((call) == 0)
#define PAST SIZE_MAX

static void getters_give_nothing(void)
{
    ZERO(samlcert_error_code(NULL));
    EMPTY(samlcert_error_message(NULL));
    ZERO(samlcert_error_span(NULL, &out.span));
    EMPTY(samlcert_bytes_slice(NULL));
    EMPTY(samlcert_secret_slice(NULL));
    ZERO(samlcert_normalized_item_count(NULL));
    ZERO(samlcert_normalized_item_kind(NULL, 0));
    ZERO(samlcert_normalized_item_kind(normalized, PAST));
    EMPTY(samlcert_normalized_item_label(NULL, 0));
    EMPTY(samlcert_normalized_item_label(normalized, PAST));
    ZERO(samlcert_normalized_item_repair_count(NULL, 0));
    ZERO(samlcert_normalized_item_repair_count(normalized, PAST));
    ZERO(samlcert_normalized_item_note_count(NULL, 0));
    ZERO(samlcert_normalized_item_note_count(normalized, PAST));
    ZERO(samlcert_normalized_refusal_count(NULL));
    EMPTY(samlcert_certificate_der(NULL));
    ZERO(samlcert_certificate_version(NULL));
    EMPTY(samlcert_certificate_serial(NULL));
    ZERO(samlcert_certificate_not_before(NULL));
    ZERO(samlcert_certificate_not_after(NULL));
    EMPTY(samlcert_certificate_spki_der(NULL));
    EMPTY(samlcert_certificate_key_algorithm(NULL));
    ZERO(samlcert_certificate_key_bits(NULL));
    ZERO(samlcert_certificate_is_self_issued(NULL));
    ZERO(samlcert_certificate_is_ca(NULL));
    ZERO(samlcert_certificate_key_usage(NULL));
    ZERO(samlcert_certificate_self_signature(NULL));
    EMPTY(samlcert_certificate_subject_key_identifier(NULL));
    ZERO(samlcert_certificate_has_fingerprint(NULL, &fingerprint));
    ZERO(samlcert_certificate_has_fingerprint(certificate, NULL));
    ZERO(samlcert_certificate_note_count(NULL));
    EMPTY(samlcert_certificate_note(NULL, 0));
    EMPTY(samlcert_certificate_note(certificate, PAST));
    ZERO(samlcert_fingerprint_equal(NULL, &fingerprint));
    ZERO(samlcert_fingerprint_equal(&fingerprint, NULL));
    ZERO(samlcert_fingerprint_equal(NULL, NULL));
    EMPTY(samlcert_private_key_algorithm(NULL));
    ZERO(samlcert_private_key_bits(NULL));
    EMPTY(samlcert_private_key_label(NULL));
    EMPTY(samlcert_private_key_spki_der(NULL));
    ZERO(samlcert_private_key_embeds_public_half(NULL));
    ZERO(samlcert_private_key_proves_itself(NULL));
    EMPTY(samlcert_encrypted_key_label(NULL));
    ZERO(samlcert_pair_usual_scheme(NULL));
    ZERO(samlcert_entity_ids_count(NULL));
    EMPTY(samlcert_entity_ids_get(NULL, 0));
    EMPTY(samlcert_entity_ids_get(entity_ids, PAST));
    EMPTY(samlcert_application_id(NULL));
    ZERO(samlcert_application_revision(NULL));
    ZERO(samlcert_application_key_count(NULL));
    ZERO(samlcert_application_waits(NULL));
    ZERO(samlcert_application_pending(NULL));
    ZERO(samlcert_application_certificate_light(NULL));
    ZERO(samlcert_application_key_light(NULL));
    ZERO(samlcert_application_is_activated(NULL));
    ZERO(samlcert_application_is_unsaved(NULL));
    ZERO(samlcert_application_condition(NULL, 0));
    ZERO(samlcert_downloads_count(NULL));
    EMPTY(samlcert_downloads_suggested_name(NULL, 0));
    EMPTY(samlcert_downloads_bytes(NULL, 0));
    untouched("getters");
}

static void null_is_freed(void)
{
    samlcert_error_free(NULL);
    samlcert_bytes_free(NULL);
    samlcert_secret_free(NULL);
    samlcert_normalized_free(NULL);
    samlcert_certificate_free(NULL);
    samlcert_private_key_free(NULL);
    samlcert_encrypted_key_free(NULL);
    samlcert_pair_free(NULL);
    samlcert_issue_request_free(NULL);
    samlcert_schedule_free(NULL);
    samlcert_entity_ids_free(NULL);
    samlcert_application_free(NULL);
    samlcert_downloads_free(NULL);
}

static void make_objects(void)
{
    file text = load("texts/pair.pem");
    OK(samlcert_normalize, CONTENT(text), &normalized);
    free(text.data);
    pair = pair_of("pool/a.pem");
    OK(samlcert_pair_certificate, pair, &certificate);
    OK(samlcert_pair_private_key, pair, &private_key);
    keys[0] = private_key;
    encrypted_key = encrypted_key_of("keys/encrypted/pbkdf2-SHA256-aes-256-cbc.pem");
    OK(samlcert_certificate_fingerprint, certificate, SAMLCERT_HASH_SHA256, &fingerprint);
    OK(samlcert_issue_request_new, TEXT("idp.example.org"), &request);
    OK(samlcert_schedule_usual, &schedule);
    OK(samlcert_entity_ids_new, &entity_ids);
    OK(samlcert_application_new, AT, TEXT("portal"), SAMLCERT_POLICY_STAGED, &application, NULL);
}

static void free_objects(void)
{
    samlcert_application_free(application);
    samlcert_entity_ids_free(entity_ids);
    samlcert_schedule_free(schedule);
    samlcert_issue_request_free(request);
    samlcert_encrypted_key_free(encrypted_key);
    samlcert_private_key_free(private_key);
    samlcert_certificate_free(certificate);
    samlcert_pair_free(pair);
    samlcert_normalized_free(normalized);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    make_objects();
    memset(&out, 0xa5, sizeof out);
    objects_refuse();
    pairs_refuse();
    steps_refuse();
    facts_refuse();
    getters_give_nothing();
    null_is_freed();
    CHECK(samlcert_application_revision(application) == 1);
    free_objects();
    puts("arguments: all is well");
    return 0;
}
