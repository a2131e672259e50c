/* Every function of an application, on the way from its first pair to the end of its predecessor and beyond. */
#include "check.h"

enum { NOW = 1798761600, HOUR = 3600, DAY = 86400 }; /* 2027-01-01T00:00:00Z */

#define AT(time) (time), TEXT("alice")
#define MAIL "https://mail.example.org"
#define WIKI "https://wiki.example.org"

static samlcert_pair *pair_a, *pair_b, *pair_c;

/* What comes back of a step: its event, of this kind. */
#define STEP(kind, function, ...)                                                          \
    do {                                                                                   \
        samlcert_bytes *event_ = NULL;                                                     \
        OK(function, __VA_ARGS__, &event_);                                                \
        CHECK(bytes_have(event_, "\"change\":{\"kind\":\"" kind "\""));                    \
    } while (0)

static bool signs(const samlcert_application *application, const samlcert_pair *expected)
{
    samlcert_pair *pair = NULL;
    OK(samlcert_application_signing_pair, application, &pair);
    samlcert_fingerprint first = fingerprint_of_pair(pair), second = fingerprint_of_pair(expected);
    samlcert_pair_free(pair);
    return samlcert_fingerprint_equal(&first, &second);
}

/* Whose pair stands in a place: its certificate and pair are there, or neither. */
static bool stands(const samlcert_application *application, uint32_t place, const samlcert_pair *expected)
{
    samlcert_certificate *certificate = NULL;
    samlcert_pair *pair = NULL;
    OK(samlcert_application_certificate, application, place, &certificate);
    OK(samlcert_application_pair, application, place, &pair);
    CHECK((certificate == NULL) == (pair == NULL));
    samlcert_fingerprint fingerprint = expected ? fingerprint_of_pair(expected) : (samlcert_fingerprint){0};
    bool right = expected ? samlcert_certificate_has_fingerprint(certificate, &fingerprint) : certificate == NULL;
    samlcert_certificate_free(certificate);
    samlcert_pair_free(pair);
    return right;
}

static samlcert_entity_ids *only(const char *entity_id)
{
    samlcert_entity_ids *list = NULL;
    OK(samlcert_entity_ids_new, &list);
    OK(samlcert_entity_ids_add, list, (const uint8_t *)entity_id, strlen(entity_id));
    return list;
}

/* Those whom a step breaks: one, or nobody. */
static bool breaks(const samlcert_application *application, uint32_t step, int64_t now, const char *entity_id)
{
    samlcert_entity_ids *list = NULL;
    OK(samlcert_application_to_accept, application, step, now, &list);
    bool right = entity_id == NULL ? samlcert_entity_ids_count(list) == 0
                                   : samlcert_entity_ids_count(list) == 1 && is(samlcert_entity_ids_get(list, 0), entity_id);
    samlcert_entity_ids_free(list);
    return right;
}

static samlcert_application *made(uint32_t policy)
{
    samlcert_application *application = NULL;
    samlcert_bytes *event = NULL;
    OK(samlcert_application_new, AT(NOW), TEXT("portal"), policy, &application, &event);
    CHECK(bytes_have(event, "\"change\":{\"kind\":\"created\""));
    CHECK(is(samlcert_application_id(application), "portal") && samlcert_application_revision(application) == 1);
    return application;
}

static void before_the_first_pair(void)
{
    samlcert_application *application = made(SAMLCERT_POLICY_STAGED);
    samlcert_pair *pair = pair_a;
    samlcert_bytes *notice = (samlcert_bytes *)pair_a;
    CHECK(!samlcert_application_is_activated(application) && !samlcert_application_is_unsaved(application));
    CHECK(samlcert_application_certificate_light(application) == SAMLCERT_LIGHT_GREY);
    CHECK(samlcert_application_key_light(application) == SAMLCERT_LIGHT_GREY);
    CHECK(samlcert_application_condition(application, NOW) == SAMLCERT_CONDITION_NOTHING_SIGNS);
    CHECK(samlcert_application_key_count(application) == 0);
    OK(samlcert_application_signing_pair, application, &pair);
    OK(samlcert_application_notice_json, application, NOW, NULL, 0, &notice);
    CHECK(pair == NULL && notice == NULL && stands(application, SAMLCERT_PLACE_ACTIVE, NULL));
    REFUSED(SAMLCERT_ERROR_NOT_ACTIVATED, samlcert_application_stage, application, AT(NOW), pair_b, NULL);
    samlcert_application_free(application);
}

static void add_providers(samlcert_application *application)
{
    samlcert_fingerprint old = fingerprint_of_pair(pair_a), foreign = fingerprint_of_pair(pair_c);
    STEP("provider-added", samlcert_application_add_provider, application, AT(NOW), TEXT(WIKI), TEXT("Wiki"),
         SAMLCERT_CAPABILITY_ONE_CERTIFICATE, 0, SAMLCERT_PASTE_FORMAT_ONE_LINE, SAMLCERT_PROFILE_ACTIVE_ONLY);
    STEP("provider-added", samlcert_application_add_provider, application, AT(NOW), TEXT(MAIL), NULL, 0,
         SAMLCERT_CAPABILITY_METADATA, DAY, 0, 0);
    STEP("provider-confirmed", samlcert_application_confirm, application, AT(NOW), TEXT(WIKI), &foreign);
    STEP("provider-confirmed", samlcert_application_confirm, application, AT(NOW), TEXT(WIKI), &old);
    STEP("provider-exported", samlcert_application_record_export, application, AT(NOW), TEXT(MAIL));
}

static void files(const samlcert_application *application)
{
    samlcert_downloads *downloads = NULL;
    OK(samlcert_application_downloads_for, application, TEXT(WIKI), &downloads);
    CHECK(samlcert_downloads_count(downloads) == 1);
    CHECK(is(samlcert_downloads_suggested_name(downloads, 0), "portal-2026-01-01-21570ec8.txt"));
    CHECK(starts(samlcert_downloads_bytes(downloads, 0), "MII"));
    CHECK(is_none(samlcert_downloads_bytes(downloads, 1)) && is_none(samlcert_downloads_suggested_name(downloads, 1)));
    samlcert_downloads_free(downloads);
    OK(samlcert_application_next_downloads_for, application, TEXT(WIKI), &downloads);
    CHECK(samlcert_downloads_count(downloads) == 1 && has(samlcert_downloads_suggested_name(downloads, 0), "3d42dcca"));
    samlcert_downloads_free(downloads);
}

static void forms(const samlcert_application *application)
{
    static const struct {
        samlcert_status (*form)(const samlcert_application *, samlcert_bytes **, samlcert_error **);
        const char *has;
    } rows[] = {
        {samlcert_application_record_json, "\"id\":\"portal\""},
        {samlcert_application_settings_json, "\"policy\":\"staged\""},
        {samlcert_application_events_json, "{\"events\":[{\"version\":1,\"sequence\":1,"},
        {samlcert_application_certificates_json, "\"role\":\"next\",\"stage\":\"published\""},
        {samlcert_application_providers_json, "{\"providers\":[{\"entity_id\":\"" MAIL "\""},
    };
    static const struct {
        samlcert_status (*form)(const samlcert_application *, int64_t, samlcert_bytes **, samlcert_error **);
        const char *has;
    } at[] = {
        {samlcert_application_status_json, "\"waits\":{\"sha256\":\"3d42dcca"},
        {samlcert_application_plan_json, "\"action\":\"wait-for-pull\""},
        {samlcert_application_logins_json, "{\"logins\":[{\"entity_id\":\"" MAIL "\",\"login\":\"unknown\""},
        {samlcert_application_exports_json, "\"suggested_name\":\"portal-2026-06-01-3d42dcca.txt\""},
    };
    samlcert_bytes *json = NULL;
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        OK(rows[row].form, application, &json);
        CHECK(bytes_have(json, rows[row].has));
    }
    for (size_t row = 0; row < sizeof at / sizeof *at; row++) {
        OK(at[row].form, application, NOW, &json);
        CHECK(bytes_have(json, at[row].has));
    }
    OK(samlcert_application_identify_json, application, TEXT("2157 0ec8"), &json);
    CHECK(bytes_have(json, "{\"verdict\":\"known\",\"found\":[{\"sha256\":\"21570ec8"));
    OK(samlcert_application_impact_json, application, SAMLCERT_STEP_CUT_OVER, NOW + 2 * DAY, &json);
    CHECK(bytes_have(json, "{\"step\":\"cut-over\",\"logins\":["));
    OK(samlcert_application_notice_json, application, NOW, TEXT("https://sso.example.org/{id}"), &json);
    CHECK(bytes_have(json, "\"html\":") && samlcert_application_revision(application) > 1);
}

static void reminders(const samlcert_application *application)
{
    enum { END = 1830297600 }; /* 2028-01-01T00:00:00Z */
    samlcert_schedule *schedule = NULL;
    samlcert_reminder found[4], one;
    size_t needed;
    bool is_one;
    OK(samlcert_schedule_usual, &schedule);
    OK(samlcert_application_reminders, application, schedule, END - 40 * DAY, END, found, 4, &needed);
    CHECK(needed == 3 && found[0].at == END - 30 * DAY && found[2].threshold_s == DAY);
    OK(samlcert_application_catch_up, application, schedule, END - 40 * DAY, END - 2 * DAY, &one, &is_one);
    CHECK(is_one && one.threshold_s == 7 * DAY);
    OK(samlcert_application_next_reminder, application, schedule, END - 2 * DAY, &one, &is_one);
    CHECK(is_one && one.at == END - DAY);
    OK(samlcert_application_next_reminder, application, schedule, END, &one, &is_one);
    CHECK(!is_one && one.at == END - DAY);
    samlcert_schedule_free(schedule);
}

/* The keys of an application, as they are to be stored beside its record: two at most here. */
static size_t keys_of(const samlcert_application *application, samlcert_private_key **keys)
{
    size_t count = samlcert_application_key_count(application);
    CHECK(count <= 2);
    for (size_t index = 0; index < count; index++)
        OK(samlcert_application_key, application, index, &keys[index]);
    REFUSED(SAMLCERT_ERROR_OUT_OF_RANGE, samlcert_application_key, application, count, &keys[0]);
    return count;
}

static void stored_and_read(const samlcert_application *application)
{
    samlcert_private_key *keys[2] = {NULL, NULL};
    size_t count = keys_of(application, keys);
    const samlcert_private_key *const *shared = (const samlcert_private_key *const *)keys;
    samlcert_bytes *record = NULL, *events = NULL, *again = NULL;
    samlcert_application *read = NULL, *replayed = NULL;
    OK(samlcert_application_record_json, application, &record);
    OK(samlcert_application_events_json, application, &events);
    samlcert_slice text = samlcert_bytes_slice(record), log = samlcert_bytes_slice(events);
    OK(samlcert_application_from_record, text.data, text.len, shared, count, &read);
    OK(samlcert_application_from_events, log.data, log.len, shared, count, &replayed);
    OK(samlcert_application_record_json, read, &again);
    CHECK(same(samlcert_bytes_slice(again), text));
    samlcert_bytes_free(again);
    OK(samlcert_application_record_json, replayed, &again);
    CHECK(same(samlcert_bytes_slice(again), text));
    samlcert_bytes_free(again);
    REFUSED(SAMLCERT_ERROR_RECORD_KEY_MISSING, samlcert_application_from_record, text.data, text.len, shared, 1, &read);
    samlcert_application_free(replayed);
    samlcert_application_free(read);
    samlcert_bytes_free(events);
    samlcert_bytes_free(record);
    for (size_t index = 0; index < count; index++)
        samlcert_private_key_free(keys[index]);
}

static void rotation(void)
{
    samlcert_application *application = made(SAMLCERT_POLICY_STAGED);
    samlcert_entity_ids *wiki = only(WIKI), *blockers = NULL;
    samlcert_fingerprint fingerprint = fingerprint_of_pair(pair_b);
    int64_t at;
    bool found;
    STEP("activated", samlcert_application_activate, application, AT(NOW), pair_a);
    CHECK(samlcert_application_is_activated(application) && signs(application, pair_a));
    CHECK(samlcert_application_certificate_light(application) == SAMLCERT_LIGHT_GREEN);
    CHECK(samlcert_application_key_light(application) == SAMLCERT_LIGHT_GREEN);
    CHECK(samlcert_application_condition(application, NOW) == SAMLCERT_CONDITION_ACTIVE);
    add_providers(application);
    at = 42;
    OK(samlcert_application_earliest_cut_over, application, NOW, &at, &blockers, &found);
    CHECK(!found && at == 42 && blockers == NULL);

    STEP("staged", samlcert_application_stage, application, AT(NOW), pair_b);
    CHECK(samlcert_application_waits(application) == SAMLCERT_STAGE_DRAFT && samlcert_application_is_unsaved(application));
    STEP("saved", samlcert_application_save, application, AT(NOW), NULL, NULL, 0);
    CHECK(samlcert_application_waits(application) == SAMLCERT_STAGE_SAVED);
    STEP("published", samlcert_application_publish, application, AT(NOW));
    CHECK(samlcert_application_waits(application) == SAMLCERT_STAGE_PUBLISHED);
    CHECK(stands(application, SAMLCERT_PLACE_NEXT, pair_b) && stands(application, SAMLCERT_PLACE_PREVIOUS, NULL));
    OK(samlcert_application_earliest_cut_over, application, NOW, &at, &blockers, &found);
    CHECK(found && at == NOW + DAY + 300 && samlcert_entity_ids_count(blockers) == 1);
    samlcert_entity_ids_free(blockers);
    files(application);
    forms(application);
    reminders(application);
    stored_and_read(application);

    int64_t later = NOW + 2 * DAY;
    CHECK(breaks(application, SAMLCERT_STEP_CUT_OVER, later, WIKI));
    REFUSED(SAMLCERT_ERROR_LOGINS_WOULD_BREAK, samlcert_application_cut_over, application, AT(later), NULL, NULL, 0, NULL);
    STEP("cut-over", samlcert_application_cut_over, application, AT(later), wiki, TEXT("maintenance on Sunday"));
    CHECK(signs(application, pair_b) && stands(application, SAMLCERT_PLACE_PREVIOUS, pair_a));
    STEP("rolled-back", samlcert_application_roll_back, application, AT(later + 1), NULL, NULL, 0);
    CHECK(signs(application, pair_a) && stands(application, SAMLCERT_PLACE_NEXT, pair_b));
    STEP("cut-over", samlcert_application_cut_over, application, AT(later + 2), wiki, TEXT("once more"));
    STEP("provider-confirmed", samlcert_application_confirm, application, AT(later + 3), TEXT(WIKI), &fingerprint);
    CHECK(breaks(application, SAMLCERT_STEP_RETIRE, later + 3, NULL));
    STEP("retired", samlcert_application_retire, application, AT(later + 3), NULL, NULL, 0);
    CHECK(stands(application, SAMLCERT_PLACE_PREVIOUS, NULL) && samlcert_application_key_count(application) == 1);
    STEP("revoked", samlcert_application_revoke, application, AT(later + 4), &fingerprint,
         SAMLCERT_REVOCATION_REASON_COMPROMISED, pair_c);
    CHECK(signs(application, pair_c));
    STEP("provider-removed", samlcert_application_remove_provider, application, AT(later + 5), TEXT(MAIL));
    samlcert_entity_ids_free(wiki);
    samlcert_application_free(application);
}

static void halves_and_settings(void)
{
    samlcert_application *application = made(SAMLCERT_POLICY_ON_SAVE);
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *private_key = NULL;
    samlcert_bytes *settings = NULL;
    OK(samlcert_pair_certificate, pair_b, &certificate);
    OK(samlcert_pair_private_key, pair_b, &private_key);
    STEP("activated", samlcert_application_activate, application, AT(NOW), pair_a);
    STEP("private-key-uploaded", samlcert_application_upload_private_key, application, AT(NOW), private_key);
    CHECK(samlcert_application_pending(application) == SAMLCERT_HALF_PRIVATE_KEY);
    STEP("half-discarded", samlcert_application_discard, application, AT(NOW));
    CHECK(samlcert_application_pending(application) == SAMLCERT_HALF_NONE);
    STEP("certificate-uploaded", samlcert_application_upload_certificate, application, AT(NOW), certificate);
    CHECK(samlcert_application_pending(application) == SAMLCERT_HALF_CERTIFICATE);
    samlcert_certificate *pending = NULL;
    samlcert_pair *none = pair_a;
    OK(samlcert_application_certificate, application, SAMLCERT_PLACE_PENDING, &pending);
    OK(samlcert_application_pair, application, SAMLCERT_PLACE_PENDING, &none);
    CHECK(same(samlcert_certificate_der(pending), samlcert_certificate_der(certificate)) && none == NULL);
    STEP("staged", samlcert_application_upload_private_key, application, AT(NOW), private_key);
    STEP("saved-and-switched", samlcert_application_save, application, AT(NOW), NULL, NULL, 0);
    CHECK(signs(application, pair_b));
    OK(samlcert_application_settings_json, application, &settings);
    samlcert_slice text = samlcert_bytes_slice(settings);
    STEP("settings-changed", samlcert_application_set, application, AT(NOW), text.data, text.len);
    samlcert_bytes_free(settings);
    samlcert_certificate_free(pending);
    samlcert_private_key_free(private_key);
    samlcert_certificate_free(certificate);
    samlcert_application_free(application);
}

int main(int count, char **arguments)
{
    begin(count, arguments);
    pair_a = pair_of("pool/a.pem");
    pair_b = pair_of("pool/b.pem");
    pair_c = pair_of("pool/c.pem");
    before_the_first_pair();
    rotation();
    halves_and_settings();
    samlcert_pair_free(pair_c);
    samlcert_pair_free(pair_b);
    samlcert_pair_free(pair_a);
    puts("application: all is well");
    return 0;
}
