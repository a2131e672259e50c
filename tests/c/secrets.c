/* Nothing of a secret is left in the memory of the process once the objects that held it are freed. What is looked for is kept
   masked: so that it is found only where the library left it.

   Only keys with which the crates below leave nothing behind are here: RSA that is read, written and encrypted, P-384 also where
   it signs or is made. What ring and rsa leave of other keys (of P-256 and Ed25519 on the stack, of RSA that signs in the heap)
   is not within reach of this library; it is listed in SECURITY.md. */
#define _XOPEN_SOURCE 700
#include "check.h"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MASK = 0xa5, PART = 16, PARTS = 256, LARGEST = 8192 };

/* Parts of secrets, each byte masked. */
static uint8_t parts[PARTS][PART];
static size_t part_count;

static void wipe(void *data, size_t len)
{
    volatile uint8_t *bytes = data;
    while (len > 0)
        bytes[--len] = 0;
}

static void look_for(const uint8_t *secret, size_t len)
{
    for (size_t at = 0; at + PART <= len; at += PART) {
        CHECK(part_count < PARTS);
        for (size_t byte = 0; byte < PART; byte++)
            parts[part_count][byte] = secret[at + byte] ^ MASK;
        part_count++;
    }
}

/* Reads a fixture into a buffer of the caller, who wipes it; stdio would keep a copy. */
static size_t read_into(const char *name, uint8_t *into)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", fixtures, name);
    int stream = open(path, O_RDONLY);
    CHECK(stream >= 0);
    ssize_t len = read(stream, into, LARGEST);
    close(stream);
    CHECK(len > 0);
    return (size_t)len;
}

static bool is_part(const uint8_t *bytes)
{
    for (size_t part = 0; part < part_count; part++) {
        size_t byte = 0;
        while (byte < PART && (bytes[byte] ^ MASK) == parts[part][byte])
            byte++;
        if (byte == PART)
            return true;
    }
    return false;
}

/* The first byte of some part, masked. */
static bool begins[256];

static size_t found_between(const uint8_t *start, const uint8_t *end)
{
    size_t found = 0;
    for (const uint8_t *at = start; at + PART <= end; at++)
        found += begins[*at ^ MASK] && is_part(at);
    return found;
}

/* How many parts stand in the memory that can be written: it is read where it is, so that the search leaves no copy. */
static size_t found(const char *when)
{
    static char maps[1 << 16];
    size_t len = 0, found = 0;
    ssize_t got;
    int stream = open("/proc/self/maps", O_RDONLY);
    while ((got = read(stream, maps + len, sizeof maps - 1 - len)) > 0)
        len += (size_t)got;
    close(stream);
    maps[len] = '\0';
    for (size_t part = 0; part < part_count; part++)
        begins[parts[part][0]] = true;
    for (char *line = strtok(maps, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        unsigned long start, end;
        char rights[5];
        CHECK(sscanf(line, "%lx-%lx %4s", &start, &end, rights) == 3);
        if (rights[0] != 'r' || rights[1] != 'w')
            continue;
        size_t here = found_between((const uint8_t *)start, (const uint8_t *)end);
        if (here > 0 && when != NULL)
            fprintf(stderr, "%s: %zu parts in %s\n", when, here, line);
        found += here;
    }
    return found;
}

/* A key of the fixtures and where its secret numbers stand: of the DER, and of the base64 between BEGIN and END. Lines have 64
   characters, so that no part goes over a line break. */
static uint8_t text[LARGEST];
static size_t text_len;

static void load_key(const char *name, size_t start, size_t end)
{
    char path[256];
    snprintf(path, sizeof path, "keys/%s.der", name);
    text_len = read_into(path, text);
    look_for(text + start, end - start);
    snprintf(path, sizeof path, "keys/%s.pem", name);
    text_len = read_into(path, text);
    const uint8_t *body = (const uint8_t *)memchr(text, '\n', text_len) + 1;
    for (size_t at = (start * 4 / 3 + PART) / PART * PART; at + PART <= end * 4 / 3; at += PART)
        look_for(body + at / 64 * 65 + at % 64, PART);
}

static void load_rsa(void)
{
    load_key("rsa-2048", 320, 1180);
}

static samlcert_private_key *read_rsa(void)
{
    samlcert_private_key *key = NULL;
    load_rsa();
    OK(samlcert_private_key_from_pem, text, text_len, &key);
    wipe(text, sizeof text);
    return key;
}

/* While a secret is held it is found: else the search would prove nothing. */
static void must_be_found(void)
{
    CHECK(found(NULL) > 0);
}

static void from_pem(void)
{
    samlcert_private_key *key = read_rsa();
    must_be_found();
    samlcert_private_key_free(key);
}

static void from_der(void)
{
    samlcert_private_key *key = NULL;
    load_rsa();
    text_len = read_into("keys/rsa-2048.der", text);
    OK(samlcert_private_key_from_der, text, text_len, &key);
    wipe(text, sizeof text);
    must_be_found();
    samlcert_private_key_free(key);
}

static void normalized(void)
{
    samlcert_normalized *all = NULL;
    samlcert_private_key *key = NULL;
    load_rsa();
    OK(samlcert_normalize, text, text_len, &all);
    wipe(text, sizeof text);
    OK(samlcert_normalized_private_key, all, 0, &key);
    samlcert_private_key_free(key);
    must_be_found();
    samlcert_normalized_free(all);
}

static void refused_key(void)
{
    samlcert_private_key *key = NULL;
    samlcert_error *error = NULL;
    load_rsa();
    text[900] = '!';
    CHECK(samlcert_private_key_from_pem(text, text_len, &key, &error) != SAMLCERT_OK);
    must_be_found();
    wipe(text, sizeof text);
    samlcert_error_free(error);
}

static void written(void)
{
    samlcert_private_key *key = read_rsa();
    samlcert_secret *pem = NULL, *pkcs8 = NULL;
    OK(samlcert_private_key_secret_write, key, SAMLCERT_FORM_PEM, &pem);
    OK(samlcert_private_key_secret_pkcs8_der, key, &pkcs8);
    samlcert_private_key_free(key);
    must_be_found();
    samlcert_secret_free(pem);
    must_be_found();
    samlcert_secret_free(pkcs8);
}

static samlcert_pair *read_p384(void)
{
    samlcert_pair *pair = NULL;
    file certificate = load("certificates/p384.pem");
    load_key("p384", 35, 83);
    OK(samlcert_pair_from_pastes, CONTENT(certificate), text, text_len, &pair);
    wipe(text, sizeof text);
    free(certificate.data);
    return pair;
}

static void signed_message(void)
{
    samlcert_pair *pair = read_p384();
    samlcert_bytes *signature = NULL;
    OK(samlcert_pair_sign, pair, SAMLCERT_SCHEME_ECDSA_SHA384, TEXT("a message"), &signature);
    must_be_found();
    samlcert_bytes_free(signature);
    samlcert_pair_free(pair);
}

static void application(void)
{
    samlcert_pair *pair = read_p384();
    samlcert_application *application = NULL;
    samlcert_bytes *record = NULL;
    OK(samlcert_application_new, (int64_t)1800000000, TEXT("me"), TEXT("app"), SAMLCERT_POLICY_ON_SAVE, &application, NULL);
    OK(samlcert_application_activate, application, (int64_t)1800000000, TEXT("me"), pair, NULL);
    OK(samlcert_application_record_json, application, &record);
    samlcert_pair_free(pair);
    must_be_found();
    samlcert_bytes_free(record);
    samlcert_application_free(application);
}

/* Made from what is no password as it stands here. */
static void encrypted(void)
{
    static uint8_t password[32];
    samlcert_private_key *key = read_rsa(), *opened = NULL;
    samlcert_encrypted_key *closed = NULL;
    for (size_t at = 0; at < sizeof password; at++)
        password[at] = (uint8_t)('a' + (at * 7 + 3) % 26);
    look_for(password, sizeof password);
    OK(samlcert_private_key_encrypt, key, password, sizeof password, &closed);
    samlcert_private_key_free(key);
    OK(samlcert_encrypted_key_decrypt, closed, password, sizeof password, &opened);
    size_t with_password = found(NULL);
    wipe(password, sizeof password);
    CHECK(found(NULL) + 2 == with_password);
    samlcert_private_key_free(opened);
    samlcert_encrypted_key_free(closed);
}

static void generated(void)
{
    samlcert_issue_request *request = NULL;
    samlcert_pair *pair = NULL;
    samlcert_private_key *key = NULL;
    samlcert_secret *secret = NULL;
    OK(samlcert_issue_request_new, TEXT("idp.example"), &request);
    OK(samlcert_issue_request_set_key_kind, request, SAMLCERT_KEY_KIND_EC_P384);
    OK(samlcert_issue_request_issue, request, (int64_t)1800000000, &pair);
    OK(samlcert_pair_private_key, pair, &key);
    OK(samlcert_private_key_secret_pkcs8_der, key, &secret);
    look_for(samlcert_secret_slice(secret).data + 35, 48);
    samlcert_secret_free(secret);
    samlcert_private_key_free(key);
    must_be_found();
    samlcert_pair_free(pair);
    samlcert_issue_request_free(request);
}

static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    {"a key from PEM", from_pem},      {"a key from DER", from_der},        {"normalize", normalized},
    {"a refused key", refused_key},        {"a key that is written", written},  {"a pair that signs", signed_message},
    {"an application", application},   {"encrypt and decrypt", encrypted},  {"a key that is made", generated},
};

/* Each case in a process of its own: none finds what another one left. */
static bool passes(size_t number)
{
    int status;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        cases[number].run();
        _exit(found(cases[number].name) > 0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int count, char **arguments)
{
    bool all = true;
    begin(count, arguments);
    for (size_t number = 0; number < sizeof cases / sizeof *cases; number++) {
        bool passed = passes(number);
        if (!passed)
            fprintf(stderr, "%s: failed\n", cases[number].name);
        all = all && passed;
    }
    return all ? 0 : 1;
}
