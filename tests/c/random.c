/* Random calls in random order, by a seed: on live objects of every type and on NULL, with selectors and indices that are right
   or wrong, on fixtures that are whole or damaged. After each call: an error is there if and only if the call failed, and a
   call that failed wrote no output. Arguments: the folder of the fixtures, how often (100,000), the seed. */
#include "check.h"

enum { SLOTS = 4, TEXTS = 14, KINDS = 14 };

enum kind {
    BYTES, SECRET, ERROR, CERTIFICATE, KEY, ENCRYPTED, PAIR, REQUEST, NORMALIZED, SCHEDULE, IDS, APPLICATION, DOWNLOADS, NOTHING
};

static void *pool[KINDS][SLOTS];
static file texts[TEXTS];
static uint64_t state;
static samlcert_error *error;

static uint32_t below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % limit;
}

static void release(enum kind kind, void *object)
{
    switch (kind) {
    case BYTES: samlcert_bytes_free(object); break;
    case SECRET: samlcert_secret_free(object); break;
    case ERROR: samlcert_error_free(object); break;
    case CERTIFICATE: samlcert_certificate_free(object); break;
    case KEY: samlcert_private_key_free(object); break;
    case ENCRYPTED: samlcert_encrypted_key_free(object); break;
    case PAIR: samlcert_pair_free(object); break;
    case REQUEST: samlcert_issue_request_free(object); break;
    case NORMALIZED: samlcert_normalized_free(object); break;
    case SCHEDULE: samlcert_schedule_free(object); break;
    case IDS: samlcert_entity_ids_free(object); break;
    case APPLICATION: samlcert_application_free(object); break;
    case DOWNLOADS: samlcert_downloads_free(object); break;
    case NOTHING: break;
    }
}

/* An object of the pool; NULL where there is none, and sometimes else. */
static void *any(enum kind kind)
{
    return below(12) == 0 ? NULL : pool[kind][below(SLOTS)];
}

/* Puts an object in the place of another one, which is freed. */
static void keep(enum kind kind, void *object)
{
    void **slot = &pool[kind][below(SLOTS)];
    release(kind, *slot);
    *slot = object;
}

/* A call has returned: `*out` is still the canary if and only if it failed, and the new object joins the pool. */
static char canary;
static void *out;
static long made_of[KINDS];

static void settle(samlcert_status status, enum kind kind)
{
    CHECK((status == SAMLCERT_OK) == (error == NULL));
    CHECK(error == NULL || samlcert_error_code(error) == status);
    CHECK(samlcert_status_name(status).len > 0);
    if (kind != NOTHING && status == SAMLCERT_OK) {
        CHECK(out != &canary);
        keep(kind, out);
        made_of[kind]++;
    } else {
        CHECK(out == &canary);
    }
    if (error != NULL) {
        keep(ERROR, error);
        made_of[ERROR]++;
    }
    error = NULL;
    out = &canary;
}

/* MAKE(kind, function, arguments before out): each type of object has its own pointer, and none is read through another's. */
#define MAKE(kind, type, function, ...)                           \
    do {                                                          \
        type *made_ = (type *)(void *)&canary;                    \
        samlcert_status status_ = function(__VA_ARGS__, &made_, &error); \
        out = made_;                                              \
        settle(status_, kind);                                    \
    } while (0)

#define DO(function, ...) settle(function(__VA_ARGS__, &error), NOTHING)

/* A selector, mostly one that is known. */
static uint32_t selector(uint32_t last)
{
    return below(10) == 0 ? (uint32_t)below(3) - 1 : below(last) + 1;
}

static size_t index_(void)
{
    return below(20) == 0 ? SIZE_MAX : below(3);
}

static int64_t moment(void)
{
    static const int64_t moments[] = {INT64_MIN, INT64_MAX, -1, 0, 1795515401, 1800000000, 2110875401};
    return below(8) == 0 ? moments[below(7)] : 1800000000 + (int64_t)below(40000000);
}

/* Text: a fixture, whole or damaged, or random bytes. It stays valid until the next call of this function. */
static file text(void)
{
    static uint8_t buffer[16384];
    file from = texts[below(TEXTS)], made = {buffer, from.len};
    if (below(20) == 0)
        return (file){NULL, below(3) == 0};
    if (below(3) != 0)
        return from;
    memcpy(buffer, from.data, from.len);
    for (uint32_t damage = below(4); damage > 0 && made.len > 0; damage--)
        buffer[below((uint32_t)made.len)] = (uint8_t)below(256);
    if (below(2) == 0)
        made.len = below((uint32_t)made.len + 1);
    if (below(8) == 0)
        for (made.len = 0; made.len < 40; made.len++)
            buffer[made.len] = (uint8_t)below(256);
    return made;
}

static void touch(samlcert_slice slice)
{
    unsigned sum = 0;
    for (size_t at = 0; at < slice.len; at++)
        sum += slice.data[at];
    CHECK(slice.data != NULL || slice.len == 0);
    CHECK(sum <= 255 * slice.len);
}

static samlcert_fingerprint fingerprint;

static void flat_calls(uint32_t call)
{
    samlcert_fingerprint made = fingerprint;
    samlcert_comparison comparison;
    samlcert_verdict verdict;
    uint8_t notation[191];
    size_t needed;
    long failures = made_of[ERROR];
    file given = text();
    switch (call) {
    case 0: DO(samlcert_fingerprint_of, selector(4), selector(2), CONTENT(given), &made); break;
    case 1: DO(samlcert_fingerprint_parse, CONTENT(given), &made); break;
    case 2: DO(samlcert_fingerprint_format, &fingerprint, selector(2), notation, below(192), &needed); break;
    case 3: DO(samlcert_certificate_fingerprint, any(CERTIFICATE), selector(4), &made); break;
    case 4: DO(samlcert_private_key_fingerprint, any(KEY), selector(4), &made); break;
    case 5: DO(samlcert_compare, any(CERTIFICATE), any(CERTIFICATE), &comparison); break;
    case 6: DO(samlcert_pair_verdict, any(CERTIFICATE), any(KEY), &verdict); break;
    case 7: (void)samlcert_fingerprint_equal(&made, below(9) ? &fingerprint : NULL); break;
    }
    CHECK(made_of[ERROR] == failures || memcmp(&made, &fingerprint, sizeof made) == 0);
    fingerprint = made;
}

static void readers(uint32_t call)
{
    file given = text(), second = texts[below(TEXTS)];
    switch (call) {
    case 0: MAKE(CERTIFICATE, samlcert_certificate, samlcert_certificate_from_pem, CONTENT(given)); break;
    case 1: MAKE(CERTIFICATE, samlcert_certificate, samlcert_certificate_from_der, CONTENT(given)); break;
    case 2: MAKE(KEY, samlcert_private_key, samlcert_private_key_from_pem, CONTENT(given)); break;
    case 3: MAKE(KEY, samlcert_private_key, samlcert_private_key_from_der, CONTENT(given)); break;
    case 4: MAKE(ENCRYPTED, samlcert_encrypted_key, samlcert_encrypted_key_from_der, CONTENT(given)); break;
    case 5: MAKE(PAIR, samlcert_pair, samlcert_pair_from_paste, CONTENT(given)); break;
    case 6: MAKE(PAIR, samlcert_pair, samlcert_pair_from_pastes, CONTENT(given), CONTENT(second)); break;
    case 7: MAKE(NORMALIZED, samlcert_normalized, samlcert_normalize, CONTENT(given)); break;
    }
}

static void writers(uint32_t call)
{
    switch (call) {
    case 0: MAKE(BYTES, samlcert_bytes, samlcert_certificate_write, any(CERTIFICATE), selector(7)); break;
    case 1:
        MAKE(BYTES, samlcert_bytes, samlcert_certificate_subject, any(CERTIFICATE));
        MAKE(BYTES, samlcert_bytes, samlcert_certificate_extensions_json, any(CERTIFICATE));
        break;
    case 2: MAKE(BYTES, samlcert_bytes, samlcert_encrypted_key_write, any(ENCRYPTED), selector(7)); break;
    case 3: MAKE(SECRET, samlcert_secret, samlcert_private_key_secret_write, any(KEY), selector(7)); break;
    case 4: MAKE(SECRET, samlcert_secret, samlcert_private_key_secret_pkcs8_der, any(KEY)); break;
    case 5: MAKE(BYTES, samlcert_bytes, samlcert_normalized_json, any(NORMALIZED)); break;
    case 6: MAKE(BYTES, samlcert_bytes, samlcert_certificate_signature_algorithm, any(CERTIFICATE)); break;
    case 7: MAKE(BYTES, samlcert_bytes, samlcert_certificate_issuer, any(CERTIFICATE)); break;
    }
}

static void pairs(uint32_t call)
{
    file given = text();
    switch (call) {
    case 0: MAKE(PAIR, samlcert_pair, samlcert_pair_new, any(CERTIFICATE), any(KEY)); break;
    case 1: MAKE(CERTIFICATE, samlcert_certificate, samlcert_pair_certificate, any(PAIR)); break;
    case 2: MAKE(KEY, samlcert_private_key, samlcert_pair_private_key, any(PAIR)); break;
    case 3: MAKE(CERTIFICATE, samlcert_certificate, samlcert_normalized_certificate, any(NORMALIZED), index_()); break;
    case 4: MAKE(KEY, samlcert_private_key, samlcert_normalized_private_key, any(NORMALIZED), index_()); break;
    case 5: MAKE(ENCRYPTED, samlcert_encrypted_key, samlcert_normalized_encrypted_key, any(NORMALIZED), index_()); break;
    case 6: MAKE(REQUEST, samlcert_issue_request, samlcert_issue_request_new, given.data, given.len % 70); break;
    case 7: DO(samlcert_issue_request_set_key_kind, any(REQUEST), below(3) ? SAMLCERT_KEY_KIND_EC_P256 : 0); break;
    }
}

/* What computes with a key: some of it, for it is slow where each instruction is watched. */
static void computations(uint32_t call)
{
    static const uint8_t password[] = "correct horse";
    if (below(16) != 0)
        return;
    switch (call) {
    case 0:
    case 1: MAKE(BYTES, samlcert_bytes, samlcert_pair_sign, any(PAIR), selector(10), password, 13); break;
    case 2: MAKE(BYTES, samlcert_bytes, samlcert_pair_csr, any(PAIR), selector(7)); break;
    case 3: MAKE(PAIR, samlcert_pair, samlcert_pair_renew, any(PAIR), selector(2), below(12), 0, moment()); break;
    case 4: DO(samlcert_pair_trial_signature, any(PAIR)); break;
    case 5: (void)samlcert_certificate_self_signature(any(CERTIFICATE)); break;
    case 6: MAKE(KEY, samlcert_private_key, samlcert_private_key_generate, below(2) ? 4 : 0); break;
    case 7: MAKE(KEY, samlcert_private_key, samlcert_encrypted_key_decrypt, any(ENCRYPTED), password, below(2) ? 13 : 9); break;
    }
}

static void getters(uint32_t call)
{
    samlcert_certificate *certificate = any(CERTIFICATE);
    samlcert_private_key *key = any(KEY);
    samlcert_normalized *normalized = any(NORMALIZED);
    samlcert_slice name, message;
    samlcert_span span;
    samlcert_status code;
    switch (call) {
    case 0: touch(samlcert_bytes_slice(any(BYTES))); touch(samlcert_secret_slice(any(SECRET))); break;
    case 1: touch(samlcert_error_message(any(ERROR))); (void)samlcert_error_span(any(ERROR), &span); break;
    case 2: touch(samlcert_certificate_der(certificate)); touch(samlcert_certificate_serial(certificate)); break;
    case 3: touch(samlcert_certificate_note(certificate, index_())); touch(samlcert_certificate_key_algorithm(certificate)); break;
    case 4: touch(samlcert_private_key_spki_der(key)); touch(samlcert_private_key_label(key)); break;
    case 5: DO(samlcert_normalized_item_repair, normalized, index_(), index_(), &name, &message, &span); break;
    case 6: DO(samlcert_normalized_refusal, normalized, index_(), &code, &message, &span); break;
    case 7: touch(samlcert_normalized_item_label(normalized, index_())); touch(samlcert_encrypted_key_label(any(ENCRYPTED))); break;
    }
}

static void schedules(uint32_t call)
{
    uint32_t thresholds[3] = {below(3) * 3600, below(90) * 86400, below(UINT32_MAX)};
    samlcert_reminder reminders[4];
    bool found;
    size_t needed;
    samlcert_schedule *schedule = any(SCHEDULE);
    int64_t begin_ = moment(), end = moment(), after = moment();
    switch (call) {
    case 0: MAKE(SCHEDULE, samlcert_schedule, samlcert_schedule_new, thresholds, below(4)); break;
    case 1: DO(samlcert_schedule_thresholds, schedule, thresholds, below(4), &needed); break;
    case 2: DO(samlcert_schedule_reminders, schedule, begin_, end, reminders, below(5), &needed); break;
    case 3: DO(samlcert_schedule_due, schedule, begin_, end, after, moment(), reminders, below(5), &needed); break;
    case 4: DO(samlcert_schedule_next_after, schedule, begin_, end, after, reminders, &found); break;
    case 5: DO(samlcert_application_reminders, any(APPLICATION), schedule, begin_, end, reminders, below(5), &needed); break;
    case 6: DO(samlcert_entity_ids_add, any(IDS), TEXT("https://sp.example")); break;
    case 7: touch(samlcert_entity_ids_get(any(IDS), index_())); break;
    }
}

#define STEP any(APPLICATION), moment(), TEXT("somebody")
#define EVENT(function, ...) MAKE(BYTES, samlcert_bytes, function, __VA_ARGS__)

static void steps(uint32_t call)
{
    file given = text();
    switch (call) {
    case 0: EVENT(samlcert_application_activate, STEP, any(PAIR)); break;
    case 1: EVENT(samlcert_application_stage, STEP, any(PAIR)); break;
    case 2: EVENT(samlcert_application_save, STEP, any(IDS), TEXT("a reason")); break;
    case 3: EVENT(samlcert_application_cut_over, STEP, any(IDS), TEXT("")); break;
    case 4: EVENT(samlcert_application_publish, STEP); break;
    case 5: EVENT(samlcert_application_upload_private_key, STEP, any(KEY)); break;
    case 6: EVENT(samlcert_application_retire, STEP, any(IDS), TEXT("")); break;
    case 7: EVENT(samlcert_application_set, STEP, CONTENT(given)); break;
    }
}

/* The one function with two outputs: both are written, or none. */
static void new_application(void)
{
    samlcert_application *made = (samlcert_application *)(void *)&canary;
    samlcert_bytes *event = NULL;
    samlcert_status status =
        samlcert_application_new(moment(), TEXT("me"), TEXT("app"), selector(2), &made, below(2) ? &event : NULL, &error);
    CHECK(status == SAMLCERT_OK || event == NULL);
    out = made;
    settle(status, APPLICATION);
    if (event != NULL)
        keep(BYTES, event);
}

static void applications(uint32_t call)
{
    const samlcert_private_key *keys[2] = {any(KEY), any(KEY)};
    samlcert_application *application = any(APPLICATION);
    samlcert_slice record = samlcert_bytes_slice(any(BYTES));
    switch (call) {
    case 0: new_application(); break;
    case 1: MAKE(APPLICATION, samlcert_application, samlcert_application_from_record, record.data, record.len, keys, below(3)); break;
    case 2: EVENT(samlcert_application_record_json, application); break;
    case 3: EVENT(samlcert_application_status_json, application, moment()); break;
    case 4: EVENT(samlcert_application_plan_json, application, moment()); break;
    case 5: EVENT(samlcert_application_add_provider, STEP, TEXT("https://sp.example"), TEXT("SP"), selector(4), 60, selector(6), selector(3)); break;
    case 6: MAKE(DOWNLOADS, samlcert_downloads, samlcert_application_downloads_for, application, TEXT("https://sp.example")); break;
    case 7: touch(samlcert_downloads_bytes(any(DOWNLOADS), index_())); (void)samlcert_application_condition(application, moment()); break;
    }
}

static void (*const groups[])(uint32_t) = {flat_calls, readers, writers, pairs, computations, getters, schedules, steps, applications};

static void make(void)
{
    static const char *const names[TEXTS] = {
        "certificates/p256.pem", "certificates/p256.der", "keys/p256.pem", "keys/p256.der", "keys/p256.sec1.pem",
        "certificates/p256-sha384.pem", "texts/quoted.yaml", "texts/pair.pem", "keys/encrypted/proc-type-p256-aes128.pem",
        "pool/expired.pem", "others/pkcs12.der", "others/public-key-p256.pem", "others/table.tsv", "keys/p256-no-public.pem"};
    for (size_t at = 0; at < TEXTS; at++) {
        texts[at] = load(names[at]);
        CHECK(texts[at].len <= 16384);
    }
    samlcert_schedule *usual = NULL;
    samlcert_entity_ids *ids = NULL;
    OK(samlcert_schedule_usual, &usual);
    OK(samlcert_entity_ids_new, &ids);
    pool[SCHEDULE][0] = usual;
    pool[IDS][0] = ids;
}

static void drop(void)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t slot = 0; slot < SLOTS; slot++)
            release((enum kind)kind, pool[kind][slot]);
    for (size_t at = 0; at < TEXTS; at++)
        free(texts[at].data);
}

int main(int count, char **arguments)
{
    CHECK(count >= 2 && count <= 4);
    fixtures = arguments[1];
    long calls = count > 2 ? atol(arguments[2]) : 100000;
    state = count > 3 ? strtoull(arguments[3], NULL, 10) : 6;
    CHECK(calls > 0 && state > 0);
    out = &canary;
    make();
    for (long call = 0; call < calls; call++)
        groups[below(sizeof groups / sizeof *groups)](below(8));
    /* A run that made none of a type has tried too little. The list of entity IDs was there before. */
    for (int kind = 0; kind < NOTHING && calls >= 100000; kind++)
        CHECK(made_of[kind] > 0 || kind == IDS);
    drop();
    return 0;
}
