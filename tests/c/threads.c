/* Eight threads use the same immutable objects at once, and each an application of its own. */
#include "check.h"

#include <pthread.h>

enum { THREADS = 8, ROUNDS = 4, NOW = 1800000000 };

static struct {
    samlcert_certificate *certificate;
    samlcert_private_key *private_key;
    samlcert_encrypted_key *encrypted_key;
    samlcert_pair *pair;
    samlcert_schedule *schedule;
    samlcert_normalized *normalized;
    samlcert_error *error;
    samlcert_bytes *bytes;
    samlcert_secret *secret;
    file password;
} shared;

static void use_certificate(void)
{
    samlcert_fingerprint first, second;
    samlcert_bytes *text = NULL;
    samlcert_comparison comparison;
    OK(samlcert_certificate_fingerprint, shared.certificate, SAMLCERT_HASH_SHA256, &first);
    OK(samlcert_fingerprint_of, SAMLCERT_HASH_SHA256, SAMLCERT_FINGERPRINT_TARGET_CERTIFICATE,
       samlcert_certificate_der(shared.certificate).data, samlcert_certificate_der(shared.certificate).len, &second);
    CHECK(samlcert_fingerprint_equal(&first, &second));
    OK(samlcert_certificate_subject, shared.certificate, &text);
    CHECK(samlcert_bytes_slice(text).len > 0);
    samlcert_bytes_free(text);
    OK(samlcert_certificate_write, shared.certificate, SAMLCERT_FORM_PEM, &text);
    CHECK(same(samlcert_bytes_slice(text), samlcert_bytes_slice(shared.bytes)));
    samlcert_bytes_free(text);
    OK(samlcert_compare, shared.certificate, shared.certificate, &comparison);
    CHECK(comparison.relation == SAMLCERT_RELATION_IDENTICAL);
    CHECK(samlcert_certificate_self_signature(shared.certificate) == SAMLCERT_SELF_SIGNATURE_VALID);
}

static void use_keys(void)
{
    samlcert_verdict verdict;
    samlcert_private_key *key = NULL;
    samlcert_secret *secret = NULL;
    samlcert_bytes *signature = NULL;
    OK(samlcert_pair_verdict, shared.certificate, shared.private_key, &verdict);
    CHECK(verdict == SAMLCERT_VERDICT_MATCH);
    OK(samlcert_pair_private_key, shared.pair, &key);
    OK(samlcert_private_key_secret_pkcs8_der, key, &secret);
    CHECK(same(samlcert_secret_slice(secret), samlcert_secret_slice(shared.secret)));
    OK(samlcert_pair_sign, shared.pair, samlcert_pair_usual_scheme(shared.pair), TEXT("a message"), &signature);
    CHECK(samlcert_bytes_slice(signature).len > 60);
    samlcert_bytes_free(signature);
    samlcert_secret_free(secret);
    samlcert_private_key_free(key);
}

/* Objects that come out of a shared one are counted together: each thread frees its own. */
static void use_the_rest(void)
{
    samlcert_certificate *certificate = NULL;
    samlcert_reminder reminders[4];
    samlcert_span span;
    size_t needed = 0;
    OK(samlcert_normalized_certificate, shared.normalized, 0, &certificate);
    CHECK(same(samlcert_certificate_der(certificate), samlcert_certificate_der(shared.certificate)));
    samlcert_certificate_free(certificate);
    OK(samlcert_schedule_reminders, shared.schedule, (int64_t)NOW, (int64_t)NOW * 2, reminders, 4, &needed);
    CHECK(needed == 4);
    CHECK(samlcert_error_code(shared.error) == SAMLCERT_ERROR_FINGERPRINT_CHARACTER);
    CHECK(samlcert_error_message(shared.error).len > 0 && samlcert_error_span(shared.error, &span));
}

static void decrypt(void)
{
    samlcert_private_key *key = NULL;
    samlcert_fingerprint fingerprint;
    OK(samlcert_encrypted_key_decrypt, shared.encrypted_key, shared.password.data, shared.password.len, &key);
    OK(samlcert_private_key_fingerprint, key, SAMLCERT_HASH_SHA256, &fingerprint);
    samlcert_private_key_free(key);
}

static void application(void)
{
    samlcert_application *application = NULL;
    samlcert_bytes *record = NULL;
    OK(samlcert_application_new, (int64_t)NOW, TEXT("somebody"), TEXT("app"), SAMLCERT_POLICY_ON_SAVE, &application, NULL);
    OK(samlcert_application_activate, application, (int64_t)NOW, TEXT("somebody"), shared.pair, NULL);
    CHECK(samlcert_application_key_light(application) == SAMLCERT_LIGHT_GREEN);
    OK(samlcert_application_record_json, application, &record);
    CHECK(samlcert_bytes_slice(record).len > 0);
    samlcert_bytes_free(record);
    samlcert_application_free(application);
}

static void *work(void *number)
{
    for (int round = 0; round < ROUNDS; round++) {
        use_certificate();
        use_keys();
        use_the_rest();
        application();
    }
    if (*(const int *)number < 2)
        decrypt();
    return NULL;
}

static void make(void)
{
    file paste = load("certificates/p256.pem");
    samlcert_fingerprint none;
    shared.certificate = certificate_of("certificates/p256.pem");
    shared.private_key = private_key_of("keys/p256.pem");
    shared.encrypted_key = encrypted_key_of("keys/encrypted/proc-type-p256-aes128.pem");
    shared.password = load("keys/password");
    while (shared.password.len > 0 && shared.password.data[shared.password.len - 1] == '\n')
        shared.password.len--;
    OK(samlcert_pair_new, shared.certificate, shared.private_key, &shared.pair);
    OK(samlcert_schedule_usual, &shared.schedule);
    OK(samlcert_normalize, CONTENT(paste), &shared.normalized);
    OK(samlcert_certificate_write, shared.certificate, SAMLCERT_FORM_PEM, &shared.bytes);
    OK(samlcert_private_key_secret_pkcs8_der, shared.private_key, &shared.secret);
    CHECK(samlcert_fingerprint_parse(TEXT("2A:02:41:2D:4D:26:70:A0:A9:32:30:06:DF:4F:A7:11:4D:03:84:Xx"), &none,
                                     &shared.error) == SAMLCERT_ERROR_FINGERPRINT_CHARACTER);
    free(paste.data);
}

/* aes keeps in an atomic byte, without a lock, what the processor can do. The read is inlined into a function of the library,
   where helgrind would have to be told to overlook every race: so the byte is written before there are threads. */
static void warm_up(void)
{
    decrypt();
}

static void drop(void)
{
    free(shared.password.data);
    samlcert_secret_free(shared.secret);
    samlcert_bytes_free(shared.bytes);
    samlcert_error_free(shared.error);
    samlcert_normalized_free(shared.normalized);
    samlcert_schedule_free(shared.schedule);
    samlcert_pair_free(shared.pair);
    samlcert_encrypted_key_free(shared.encrypted_key);
    samlcert_private_key_free(shared.private_key);
    samlcert_certificate_free(shared.certificate);
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    begin(count, arguments);
    make();
    warm_up();
    for (int number = 0; number < THREADS; number++) {
        numbers[number] = number;
        CHECK(pthread_create(&threads[number], NULL, work, &numbers[number]) == 0);
    }
    for (int number = 0; number < THREADS; number++)
        CHECK(pthread_join(threads[number], NULL) == 0);
    drop();
    return 0;
}
