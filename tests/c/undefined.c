/* Nothing that is done with a private key depends on its secret, but for what is declared. The secret is marked as undefined
   for valgrind, which then reports each branch and each address that follows from it; undefined.supp declares what may.

   Marked is what is secret in the numbers of a key in its DER: not the headers of DER values, and not the first two octets of
   an INTEGER, which are a part of its length. The base64 of a key is not marked: the END line is looked for in all of it, and
   every length would follow from what is marked. */
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

static void of_pair(void)
{
    char path[64];
    snprintf(path, sizeof path, "certificates/%s.pem", kind);
    samlcert_certificate *certificate = certificate_of(path);
    file der = hidden_der();
    samlcert_private_key *key = NULL;
    samlcert_pair *pair = NULL;
    OK(samlcert_private_key_from_der, CONTENT(der), &key);
    OK(samlcert_pair_new, certificate, key, &pair);
    samlcert_pair_free(pair);
    samlcert_private_key_free(key);
    samlcert_certificate_free(certificate);
    show(der.data, der.len);
    free(der.data);
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
        of_pair();
    }
    return 0;
}
