/* check_pair CERTIFICATE_FILE KEY_FILE: whether what people pasted or uploaded is a pair, what had to be repaired, and what
   is wrong. Exit status: 0 a pair, 1 no pair, 2 unusable. */
#include <inttypes.h>
#include <samlcert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GOOD = 0, NO = 1, UNUSABLE = 2 };

#define TEXT(slice) (int)(slice).len, (const char *)(slice).data

/* Whole files only: one byte more than the library takes tells that there is more. */
static uint8_t text[(1 << 20) + 1];

static int complain(samlcert_error *error)
{
    samlcert_slice message = samlcert_error_message(error);
    fprintf(stderr, "%.*s\n", TEXT(message));
    samlcert_error_free(error);
    return UNUSABLE;
}

/* What the file holds; NULL if it cannot be read. The text may be a key: it is not kept. */
static samlcert_normalized *read_paste(const char *path)
{
    samlcert_normalized *paste = NULL;
    samlcert_error *error = NULL;
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return NULL;
    }
    setvbuf(file, NULL, _IONBF, 0);
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    if (samlcert_normalize(text, len, &paste, &error))
        complain(error);
    memset(text, 0, sizeof text);
    return paste;
}

static void tell(const char *path, const samlcert_normalized *paste)
{
    samlcert_slice name, message;
    samlcert_status code;
    samlcert_span at;
    for (size_t item = 0; item < samlcert_normalized_item_count(paste); item++)
        for (size_t i = 0; i < samlcert_normalized_item_repair_count(paste, item); i++)
            if (samlcert_normalized_item_repair(paste, item, i, &name, &message, &at, NULL) == SAMLCERT_OK)
                printf("%s: repaired: %.*s (bytes %zu to %zu)\n", path, TEXT(message), at.start, at.end);
    for (size_t i = 0; i < samlcert_normalized_refusal_count(paste); i++)
        if (samlcert_normalized_refusal(paste, i, &code, &message, &at, NULL) == SAMLCERT_OK)
            printf("%s: refused, %" PRIu32 ": %.*s (bytes %zu to %zu)\n", path, code, TEXT(message), at.start, at.end);
}

/* The first item of a kind; its index is the number of items if there is none. */
static size_t first(const samlcert_normalized *paste, samlcert_item_kind kind)
{
    size_t item = 0;
    while (item < samlcert_normalized_item_count(paste) && samlcert_normalized_item_kind(paste, item) != kind)
        item++;
    return item;
}

static int show(const samlcert_certificate *certificate)
{
    samlcert_fingerprint fingerprint;
    samlcert_error *error = NULL;
    uint8_t written[191];
    size_t len = 0;
    if (samlcert_certificate_fingerprint(certificate, SAMLCERT_HASH_SHA256, &fingerprint, &error) ||
        samlcert_fingerprint_format(&fingerprint, SAMLCERT_FINGERPRINT_NOTATION_COLONS, written, sizeof written, &len, &error))
        return complain(error);
    printf("SHA-256 %.*s\n", (int)len, (const char *)written);
    printf("last moment %" PRId64 "\n", samlcert_certificate_not_after(certificate));
    return GOOD;
}

static int judge(const samlcert_certificate *certificate, const samlcert_private_key *key)
{
    samlcert_verdict verdict;
    samlcert_error *error = NULL;
    if (samlcert_pair_verdict(certificate, key, &verdict, &error))
        return complain(error);
    int shown = show(certificate);
    printf("%s\n", verdict == SAMLCERT_VERDICT_MATCH ? "a pair"
                   : verdict == SAMLCERT_VERDICT_RESTRICTED_TO_PSS ? "no pair: the key is restricted to PSS"
                   : "no pair: the key belongs to another certificate");
    return shown ? shown : verdict == SAMLCERT_VERDICT_MATCH ? GOOD : NO;
}

static int check(const samlcert_normalized *of_certificate, const samlcert_normalized *of_key)
{
    samlcert_certificate *certificate = NULL;
    samlcert_private_key *key = NULL;
    samlcert_error *error = NULL;
    int status;
    if (samlcert_normalized_certificate(of_certificate, first(of_certificate, SAMLCERT_ITEM_KIND_CERTIFICATE), &certificate, NULL)) {
        fprintf(stderr, "the first file has no certificate\n");
        status = UNUSABLE;
    } else if (first(of_key, SAMLCERT_ITEM_KIND_ENCRYPTED_KEY) < samlcert_normalized_item_count(of_key)) {
        fprintf(stderr, "the private key is encrypted; open it with its password first\n");
        status = UNUSABLE;
    } else if (samlcert_normalized_private_key(of_key, first(of_key, SAMLCERT_ITEM_KIND_PRIVATE_KEY), &key, &error)) {
        samlcert_error_free(error);
        fprintf(stderr, "the second file has no private key\n");
        status = UNUSABLE;
    } else {
        status = judge(certificate, key);
    }
    samlcert_private_key_free(key);
    samlcert_certificate_free(certificate);
    return status;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: check_pair CERTIFICATE_FILE KEY_FILE\n");
        return UNUSABLE;
    }
    samlcert_normalized *of_certificate = read_paste(arguments[1]);
    samlcert_normalized *of_key = read_paste(arguments[2]);
    int status = UNUSABLE;
    if (of_certificate && of_key) {
        tell(arguments[1], of_certificate);
        tell(arguments[2], of_key);
        status = check(of_certificate, of_key);
    }
    samlcert_normalized_free(of_key);
    samlcert_normalized_free(of_certificate);
    return status;
}
