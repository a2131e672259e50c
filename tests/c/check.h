/* What the test programs share. Each takes one argument: the folder of the fixtures, tests/data. */
#ifndef CHECK_H
#define CHECK_H

#include <samlcert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) ((condition) ? (void)0 : failed(__FILE__, __LINE__, #condition))

static inline void failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    exit(1);
}

/* A text as pointer and length. */
#define TEXT(literal) (const uint8_t *)(literal), sizeof(literal) - 1

/* OK(function, arguments without err): it must succeed, and set no error. */
#define OK(function, ...)                                                                  \
    do {                                                                                   \
        samlcert_error *err_ = NULL;                                                       \
        samlcert_status status_ = function(__VA_ARGS__, &err_);                            \
        succeeded(__FILE__, __LINE__, #function, status_, err_);                           \
    } while (0)

/* REFUSED(code, function, arguments without err): it must fail so, with an error and without one. */
#define REFUSED(code, function, ...)                                                       \
    do {                                                                                   \
        samlcert_error *err_ = NULL;                                                       \
        samlcert_status status_ = function(__VA_ARGS__, &err_);                            \
        refused(__FILE__, __LINE__, #function, status_, err_, code);                       \
        CHECK(function(__VA_ARGS__, NULL) == (code));                                      \
    } while (0)

static inline void tell(const char *file, int line, const char *function, samlcert_status status, samlcert_error *err)
{
    samlcert_slice name = samlcert_status_name(status), message = samlcert_error_message(err);
    fprintf(stderr, "%s:%d: %s gives %u (%.*s): %.*s\n", file, line, function, (unsigned)status, (int)name.len,
            name.data ? (const char *)name.data : "", (int)message.len, message.data ? (const char *)message.data : "");
}

static inline void succeeded(const char *file, int line, const char *function, samlcert_status status, samlcert_error *err)
{
    if (status == SAMLCERT_OK && err == NULL)
        return;
    tell(file, line, function, status, err);
    exit(1);
}

static inline void refused(const char *file, int line, const char *function, samlcert_status status, samlcert_error *err,
                           samlcert_status code)
{
    if (status != code || samlcert_error_code(err) != code || samlcert_error_message(err).len == 0) {
        tell(file, line, function, status, err);
        fprintf(stderr, "and %u was expected\n", (unsigned)code);
        exit(1);
    }
    samlcert_error_free(err);
}

static inline bool is(samlcert_slice slice, const char *text)
{
    return slice.len == strlen(text) && (slice.len == 0 || memcmp(slice.data, text, slice.len) == 0);
}

static inline bool starts(samlcert_slice slice, const char *text)
{
    return slice.len >= strlen(text) && memcmp(slice.data, text, strlen(text)) == 0;
}

static inline bool has(samlcert_slice slice, const char *text)
{
    size_t len = strlen(text);
    for (size_t at = 0; at + len <= slice.len; at++)
        if (memcmp(slice.data + at, text, len) == 0)
            return true;
    return false;
}

static inline bool same(samlcert_slice first, samlcert_slice second)
{
    return first.len == second.len && (first.len == 0 || memcmp(first.data, second.data, first.len) == 0);
}

static inline bool is_none(samlcert_slice slice)
{
    return slice.data == NULL && slice.len == 0;
}

/* Owned bytes whose content is this text, or has it, or is that of a slice; they are freed. */
static inline bool bytes_are(samlcert_bytes *bytes, const char *text)
{
    bool are = is(samlcert_bytes_slice(bytes), text);
    samlcert_bytes_free(bytes);
    return are;
}

static inline bool bytes_have(samlcert_bytes *bytes, const char *text)
{
    bool have = has(samlcert_bytes_slice(bytes), text);
    samlcert_bytes_free(bytes);
    return have;
}

/* A slice in lower-case hexadecimal is this text. */
static inline bool is_hex(samlcert_slice slice, const char *text)
{
    char digits[3];
    for (size_t at = 0; at < slice.len; at++) {
        snprintf(digits, sizeof digits, "%02x", slice.data[at]);
        if (strncmp(text + 2 * at, digits, 2) != 0)
            return false;
    }
    return strlen(text) == 2 * slice.len;
}

/* Fixtures. */

static const char *fixtures;

typedef struct {
    uint8_t *data;
    size_t len;
} file;

#define CONTENT(file) (file).data, (file).len

static inline file load(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", fixtures, name);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        failed(path, 0, "cannot be opened");
    file read = {malloc(1 << 21), 0};
    CHECK(read.data != NULL);
    read.len = fread(read.data, 1, 1 << 21, stream);
    fclose(stream);
    return read;
}

static inline samlcert_certificate *certificate_of(const char *name)
{
    file text = load(name);
    samlcert_certificate *certificate = NULL;
    OK(samlcert_certificate_from_pem, CONTENT(text), &certificate);
    free(text.data);
    return certificate;
}

static inline samlcert_private_key *private_key_of(const char *name)
{
    file text = load(name);
    samlcert_private_key *private_key = NULL;
    OK(samlcert_private_key_from_pem, CONTENT(text), &private_key);
    free(text.data);
    return private_key;
}

static inline samlcert_encrypted_key *encrypted_key_of(const char *name)
{
    file text = load(name);
    samlcert_normalized *normalized = NULL;
    samlcert_encrypted_key *encrypted_key = NULL;
    OK(samlcert_normalize, CONTENT(text), &normalized);
    OK(samlcert_normalized_encrypted_key, normalized, 0, &encrypted_key);
    samlcert_normalized_free(normalized);
    free(text.data);
    return encrypted_key;
}

static inline samlcert_pair *pair_of(const char *name)
{
    file text = load(name);
    samlcert_pair *pair = NULL;
    OK(samlcert_pair_from_paste, CONTENT(text), &pair);
    free(text.data);
    return pair;
}

static inline samlcert_fingerprint fingerprint_of_pair(const samlcert_pair *pair)
{
    samlcert_certificate *certificate = NULL;
    samlcert_fingerprint fingerprint;
    OK(samlcert_pair_certificate, pair, &certificate);
    OK(samlcert_certificate_fingerprint, certificate, SAMLCERT_HASH_SHA256, &fingerprint);
    samlcert_certificate_free(certificate);
    return fingerprint;
}

static inline void begin(int count, char **arguments)
{
    CHECK(count == 2);
    fixtures = arguments[1];
}

#endif
