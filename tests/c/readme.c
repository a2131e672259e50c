#include <samlcert.h>
#include <stdio.h>

/* What somebody pasted into a file; nothing if it cannot be read. */
static size_t read_file(const char *path, uint8_t *text, size_t cap)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    size_t len = file ? fread(text, 1, cap, file) : 0;
    if (file)
        fclose(file);
    return len;
}

int main(int count, char **arguments)
{
    static uint8_t certificate[65536], key[65536]; /* `key` is yours: wipe it in a program that goes on. */
    size_t certificate_len = read_file(count > 1 ? arguments[1] : NULL, certificate, sizeof certificate);
    size_t key_len = read_file(count > 2 ? arguments[2] : NULL, key, sizeof key);
    samlcert_pair *pair = NULL;
    samlcert_certificate *proven = NULL;
    samlcert_fingerprint fingerprint;
    samlcert_error *error = NULL;

    samlcert_status status = samlcert_pair_from_pastes(certificate, certificate_len, key, key_len, &pair, &error);
    if (!status)
        status = samlcert_pair_certificate(pair, &proven, &error);
    if (!status)
        status = samlcert_certificate_fingerprint(proven, SAMLCERT_HASH_SHA256, &fingerprint, &error);
    if (status) {
        samlcert_slice name = samlcert_status_name(status), message = samlcert_error_message(error);
        samlcert_span span;
        fprintf(stderr, "%.*s: %.*s", (int)name.len, name.data, (int)message.len, message.data);
        if (samlcert_error_span(error, &span))
            fprintf(stderr, " (bytes %zu to %zu)", span.start, span.end);
        fprintf(stderr, "\n");
    } else {
        for (size_t at = 0; at < fingerprint.digest_len; at++)
            printf("%02X", fingerprint.digest[at]);
        printf(" ends at %lld\n", (long long)samlcert_certificate_not_after(proven));
    }
    samlcert_error_free(error);
    samlcert_certificate_free(proven);
    samlcert_pair_free(pair);
    return status ? 1 : 0;
}
