/* Nothing that is done with a private key depends on its secret, but for what is declared. The secret is marked as undefined
   for valgrind, which then reports each branch and each address that follows from it; undefined.supp declares what may.

   Marked is what is secret in the numbers of a key, in its DER or in the base64 of its PEM: not the headers of DER values,
   and not the first two octets of an INTEGER, which are a part of its length. */
#include "check.h"
#include "der.h"

#include <valgrind/memcheck.h>

static void hide(const void *data, size_t len)
{
    (void)VALGRIND_MAKE_MEM_UNDEFINED(data, len);
}

static void show(const void *data, size_t len)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(data, len);
}

/* But for the first two octets of an INTEGER: where they are zero is a part of its length. */
static size_t secrets_but_signs(const uint8_t *der, range *into)
{
    size_t count = secrets_of(der, into);
    for (size_t number = 0; count > 1 && number < count; number++)
        into[number].start += 2;
    return count;
}

static void hide_base64(const uint8_t *pem, range secret)
{
    range characters = characters_of(secret);
    for (size_t at = characters.start; at < characters.end; at++)
        hide(character(pem, at), 1);
}

static const char *kind;

static file load_key(const char *extension)
{
    char path[64];
    snprintf(path, sizeof path, "keys/%s.%s", kind, extension);
    return load(path);
}

static size_t find_secrets(range *into)
{
    file der = load_key("der");
    size_t count = secrets_but_signs(der.data, into);
    free(der.data);
    return count;
}

static file hidden_der(void)
{
    range ranges[MOST_NUMBERS];
    size_t count = find_secrets(ranges);
    file der = load_key("der");
    for (size_t number = 0; number < count; number++)
        hide(der.data + ranges[number].start, ranges[number].end - ranges[number].start);
    return der;
}

static file hidden_pem(void)
{
    range ranges[MOST_NUMBERS];
    size_t count = find_secrets(ranges);
    file pem = load_key("pem");
    for (size_t number = 0; number < count; number++)
        hide_base64(pem.data, ranges[number]);
    return pem;
}

static void written(const samlcert_private_key *key)
{
    samlcert_secret *der = NULL, *pem = NULL;
    OK(samlcert_private_key_secret_pkcs8_der, key, &der);
    OK(samlcert_private_key_secret_write, key, SAMLCERT_FORM_PEM, &pem);
    samlcert_secret_free(der);
    samlcert_secret_free(pem);
}

static void from_der(void)
{
    file der = hidden_der();
    samlcert_private_key *key = NULL;
    OK(samlcert_private_key_from_der, CONTENT(der), &key);
    written(key);
    samlcert_private_key_free(key);
    show(der.data, der.len);
    free(der.data);
}

static void from_pem(void)
{
    file pem = hidden_pem();
    samlcert_private_key *key = NULL;
    OK(samlcert_private_key_from_pem, CONTENT(pem), &key);
    written(key);
    samlcert_private_key_free(key);
    show(pem.data, pem.len);
    free(pem.data);
}

static void of_pair(void)
{
    char path[64];
    snprintf(path, sizeof path, "certificates/%s.pem", kind);
    file certificate = load(path), pem = hidden_pem();
    samlcert_pair *pair = NULL;
    OK(samlcert_pair_from_pastes, CONTENT(certificate), CONTENT(pem), &pair);
    samlcert_pair_free(pair);
    show(pem.data, pem.len);
    free(pem.data);
    free(certificate.data);
}

/* A branch that follows from a secret is reported: else the silence would prove nothing. It is declared, too. */
static void control(void)
{
    static volatile uint8_t sink;
    range ranges[MOST_NUMBERS];
    find_secrets(ranges);
    file der = hidden_der();
    if (der.data[ranges[0].start + 9] == 7)
        sink = 1;
    free(der.data);
    (void)sink;
}

int main(int count, char **arguments)
{
    static const char *const kinds[] = {"rsa-2048", "rsa-3072", "rsa-4096", "p256", "p384", "p521", "ed25519"};
    begin(count, arguments);
    for (size_t number = 0; number < sizeof kinds / sizeof *kinds; number++) {
        kind = kinds[number];
        control();
        from_der();
        from_pem();
        of_pair();
    }
    return 0;
}
