/* Every error of applications that C can reach, and of their records. It prints their numbers. */
#include "codes.h"

enum { NOW = 1798761600 };

#define AT NOW, TEXT("alice")
#define WIKI TEXT("https://wiki.example.org")

/* The pairs that steps take: three that are good, one that has expired, and one that is not valid yet. */
enum { A, B, C, EXPIRED, TO_COME, PAIRS };
static samlcert_pair *pairs[PAIRS];

/* A step by its letter. Its outcome is the status. */
static samlcert_status take(samlcert_application *application, char letter, samlcert_entity_ids *wiki, samlcert_error **err)
{
    samlcert_fingerprint first = fingerprint_of_pair(pairs[A]), other = fingerprint_of_pair(pairs[C]);
    switch (letter) {
    case 'A': return samlcert_application_activate(application, AT, pairs[A], NULL, err);
    case 'a': return samlcert_application_stage(application, AT, pairs[A], NULL, err);
    case 'b': return samlcert_application_stage(application, AT, pairs[B], NULL, err);
    case 'c': return samlcert_application_stage(application, AT, pairs[C], NULL, err);
    case 'e': return samlcert_application_stage(application, AT, pairs[EXPIRED], NULL, err);
    case 'f': return samlcert_application_stage(application, AT, pairs[TO_COME], NULL, err);
    case 's': return samlcert_application_save(application, AT, NULL, NULL, 0, NULL, err);
    case 'S': return samlcert_application_save(application, AT, wiki, NULL, 0, NULL, err);
    case 'T': return samlcert_application_save(application, AT, wiki, TEXT("agreed"), NULL, err);
    case 'd': return samlcert_application_discard(application, AT, NULL, err);
    case 'p': return samlcert_application_publish(application, AT, NULL, err);
    case 'x': return samlcert_application_cut_over(application, AT, NULL, NULL, 0, NULL, err);
    case 'r': return samlcert_application_roll_back(application, AT, NULL, NULL, 0, NULL, err);
    case 't': return samlcert_application_retire(application, AT, NULL, NULL, 0, NULL, err);
    case 'v': return samlcert_application_revoke(application, AT, &first, SAMLCERT_REVOCATION_REASON_LOST, NULL, NULL, err);
    case 'V': return samlcert_application_revoke(application, AT, &other, SAMLCERT_REVOCATION_REASON_LOST, pairs[B], NULL, err);
    case 'w':
        return samlcert_application_add_provider(application, AT, WIKI, NULL, 0, SAMLCERT_CAPABILITY_ONE_CERTIFICATE, 0, 0, 0, NULL, err);
    case 'k': return samlcert_application_confirm(application, AT, WIKI, &first, NULL, err);
    case 'u': return samlcert_application_revoke(application, AT, &other, SAMLCERT_REVOCATION_REASON_LOST, NULL, NULL, err);
    case 'm': return samlcert_application_remove_provider(application, AT, WIKI, NULL, err);
    default: failed("a step", letter, "is unknown"); return 0;
    }
}

/* All steps but the last must be taken, and that one refused. */
static void steps_are_refused(samlcert_status code, uint32_t policy, const char *steps)
{
    samlcert_application *application = NULL;
    samlcert_entity_ids *wiki = NULL;
    OK(samlcert_entity_ids_new, &wiki);
    OK(samlcert_entity_ids_add, wiki, WIKI);
    OK(samlcert_application_new, AT, TEXT("portal"), policy, &application, NULL);
    for (; steps[1] != '\0'; steps++)
        OK(take, application, *steps, wiki);
    uint64_t revision = samlcert_application_revision(application);
    REACH(code, take, application, *steps, wiki);
    CHECK(samlcert_application_revision(application) == revision);
    samlcert_application_free(application);
    samlcert_entity_ids_free(wiki);
}

static void steps(void)
{
    enum { STAGED = SAMLCERT_POLICY_STAGED, ON_SAVE = SAMLCERT_POLICY_ON_SAVE };
    static const struct {
        samlcert_status code;
        uint32_t policy;
        const char *steps;
    } rows[] = {
        {SAMLCERT_ERROR_NOT_ACTIVATED, STAGED, "b"},
        {SAMLCERT_ERROR_ALREADY_ACTIVATED, STAGED, "AA"},
        {SAMLCERT_ERROR_PUBLISHED_NEXT, STAGED, "Abspc"},
        {SAMLCERT_ERROR_ALREADY_PRESENT, STAGED, "Aa"},
        {SAMLCERT_ERROR_REVOKED_KEY, STAGED, "Ava"},
        {SAMLCERT_ERROR_NOTHING_TO_SAVE, STAGED, "As"},
        {SAMLCERT_ERROR_NOTHING_TO_DISCARD, STAGED, "Ad"},
        {SAMLCERT_ERROR_NOTHING_TO_PUBLISH, STAGED, "Ap"},
        {SAMLCERT_ERROR_UNSAVED, STAGED, "Abp"},
        {SAMLCERT_ERROR_ALREADY_PUBLISHED, STAGED, "Abspp"},
        {SAMLCERT_ERROR_NOTHING_TO_CUT_OVER, STAGED, "Ax"},
        {SAMLCERT_ERROR_NOT_PUBLISHED, STAGED, "Absx"},
        {SAMLCERT_ERROR_PREVIOUS_STILL_PUBLISHED, STAGED, "Abspxcspx"},
        {SAMLCERT_ERROR_NOTHING_TO_ROLL_BACK, STAGED, "Ar"},
        {SAMLCERT_ERROR_NEXT_IN_THE_WAY, STAGED, "Abspxcr"},
        {SAMLCERT_ERROR_NOTHING_TO_RETIRE, STAGED, "At"},
        {SAMLCERT_ERROR_UNKNOWN_KEY, STAGED, "Au"},
        {SAMLCERT_ERROR_LOGINS_WOULD_BREAK, ON_SAVE, "Awkbs"},
        {SAMLCERT_ERROR_NOT_AFFECTED, STAGED, "AwkbT"},
        {SAMLCERT_ERROR_REASON_REQUIRED, ON_SAVE, "AwkbS"},
        {SAMLCERT_ERROR_CERTIFICATE_EXPIRED, ON_SAVE, "Aes"},
        {SAMLCERT_ERROR_CERTIFICATE_NOT_YET_VALID, ON_SAVE, "Afs"},
        {SAMLCERT_ERROR_DUPLICATE_PROVIDER, STAGED, "ww"},
        {SAMLCERT_ERROR_UNKNOWN_PROVIDER, STAGED, "m"},
        {SAMLCERT_ERROR_REPLACEMENT_NOT_NEEDED, STAGED, "AcV"},
    };
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
        steps_are_refused(rows[row].code, rows[row].policy, rows[row].steps);
}

static void texts(void)
{
    samlcert_application *application = NULL;
    samlcert_bytes *notice = NULL;
    REACH(SAMLCERT_ERROR_INVALID_TEXT, samlcert_application_new, AT, TEXT("No ID"), SAMLCERT_POLICY_STAGED, &application, NULL);
    OK(samlcert_application_new, AT, TEXT("portal"), SAMLCERT_POLICY_STAGED, &application, NULL);
    REACH(SAMLCERT_ERROR_INVALID_LINK, samlcert_application_notice_json, application, NOW, TEXT("ftp://{id}"), &notice);
    samlcert_application_free(application);
}

/* The record of an application, with its one provider as often as there may be providers. */
static char *crowded(samlcert_slice record, size_t *len)
{
    enum { MAX_PROVIDERS = 10000 };
    char *text = malloc(record.len + 1), *many = malloc(record.len + (size_t)MAX_PROVIDERS * 400), *start, *end;
    CHECK(text != NULL && many != NULL);
    memcpy(text, record.data, record.len);
    text[record.len] = '\0';
    start = strstr(text, "{\"entity_id\":\"https://wiki");
    end = strrchr(text, ']');
    CHECK(start != NULL && end != NULL);
    char *rest = strchr(start + 15, '"');
    *len = (size_t)sprintf(many, "%.*s", (int)(start - text), text);
    for (int count = 0; count < MAX_PROVIDERS; count++)
        *len += (size_t)sprintf(many + *len, "%s{\"entity_id\":\"https://%05d.example.org%.*s", count ? "," : "", count,
                                (int)(end - rest), rest);
    *len += (size_t)sprintf(many + *len, "%s", end);
    free(text);
    return many;
}

/* One provider more than there may be. */
static void too_many(void)
{
    samlcert_application *application = NULL, *full = NULL;
    samlcert_bytes *record = NULL;
    size_t len = 0;
    OK(samlcert_application_new, AT, TEXT("portal"), SAMLCERT_POLICY_STAGED, &application, NULL);
    OK(take, application, 'w', NULL);
    OK(samlcert_application_record_json, application, &record);
    char *many = crowded(samlcert_bytes_slice(record), &len);
    OK(samlcert_application_from_record, (const uint8_t *)many, len, NULL, 0, &full);
    REACH(SAMLCERT_ERROR_TOO_MANY, take, full, 'w', NULL);
    free(many);
    samlcert_bytes_free(record);
    samlcert_application_free(full);
    samlcert_application_free(application);
}

/* The first event of an application as it is stored. */
#define CREATED \
    "{\"version\":1,\"sequence\":1,\"at\":1,\"actor\":\"alice\",\"reason\":null,\"change\":{\"kind\":\"created\",\"id\":\"portal\"," \
    "\"settings\":{\"entity_id\":null,\"sso\":[],\"slo\":[],\"name_id_formats\":[],\"organization\":null,\"contact\":null," \
    "\"skew_s\":300,\"policy\":\"staged\"}}}"
#define SAVED(sequence) \
    "{\"version\":1,\"sequence\":" sequence ",\"at\":2,\"actor\":\"alice\",\"reason\":null,\"change\":{\"kind\":\"saved\"," \
    "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}"

static void records(void)
{
    samlcert_application *application = NULL, *read = NULL;
    samlcert_bytes *record = NULL;
    samlcert_private_key *keys[2] = {NULL, NULL};
    const samlcert_private_key *const *shared = (const samlcert_private_key *const *)keys;
    OK(samlcert_application_from_events, TEXT("{\"events\":[" CREATED "]}"), NULL, 0, &read);
    samlcert_application_free(read);
    REACH(SAMLCERT_ERROR_RECORD_VERSION, samlcert_application_from_record, TEXT("{\"version\":2}"), NULL, 0, &read);
    REACH(SAMLCERT_ERROR_RECORD_MALFORMED, samlcert_application_from_record, TEXT("{\"version\":1}"), NULL, 0, &read);
    REACH(SAMLCERT_ERROR_RECORD_SEQUENCE, samlcert_application_from_events, TEXT("{\"events\":[" CREATED "," SAVED("3") "]}"),
          NULL, 0, &read);
    REACH(SAMLCERT_ERROR_RECORD_EVENT, samlcert_application_from_events, TEXT("{\"events\":[" CREATED "," SAVED("2") "]}"),
          NULL, 0, &read);

    OK(samlcert_application_new, AT, TEXT("portal"), SAMLCERT_POLICY_STAGED, &application, NULL);
    OK(samlcert_application_activate, application, AT, pairs[A], NULL);
    OK(samlcert_application_key, application, 0, &keys[0]);
    OK(samlcert_pair_private_key, pairs[B], &keys[1]);
    OK(samlcert_application_record_json, application, &record);
    samlcert_slice text = samlcert_bytes_slice(record);
    REACH(SAMLCERT_ERROR_RECORD_KEY_MISSING, samlcert_application_from_record, text.data, text.len, shared, 0, &read);
    REACH(SAMLCERT_ERROR_RECORD_KEY_UNNEEDED, samlcert_application_from_record, text.data, text.len, shared, 2, &read);
    char *changed = malloc(text.len + 1), *moment;
    CHECK(changed != NULL);
    memcpy(changed, text.data, text.len);
    changed[text.len] = '\0';
    moment = strstr(changed, "\"activated_at\":1798761600");
    CHECK(moment != NULL);
    memcpy(moment, "\"activated_at\":null      ", 25);
    REACH(SAMLCERT_ERROR_RECORD_CONTRADICTION, samlcert_application_from_record, (uint8_t *)changed, text.len, shared, 1, &read);
    free(changed);
    samlcert_bytes_free(record);
    samlcert_private_key_free(keys[1]);
    samlcert_private_key_free(keys[0]);
    samlcert_application_free(application);
}

int main(int count, char **arguments)
{
    static const char *const names[PAIRS] = {"pool/a.pem", "pool/b.pem", "pool/c.pem", "pool/expired.pem", "pool/not-yet-valid.pem"};
    begin(count, arguments);
    for (int at = 0; at < PAIRS; at++)
        pairs[at] = pair_of(names[at]);
    steps();
    texts();
    too_many();
    records();
    for (int at = 0; at < PAIRS; at++)
        samlcert_pair_free(pairs[at]);
    return 0;
}
