/* Where the secret numbers of a private key stand in its DER. */
#ifndef DER_H
#define DER_H

#include "check.h"

enum { MOST_NUMBERS = 9, LINE = 64 };

/* A part of a DER value, or of a text. */
typedef struct {
    size_t start, end;
} range;

/* The content of the value at this place. */
static inline range content(const uint8_t *der, size_t at)
{
    size_t len = der[at + 1], start = at + 2;
    if (len >= 0x80) {
        size_t octets = len & 0x7f;
        for (len = 0; octets > 0; octets--)
            len = len << 8 | der[start++];
    }
    return (range){start, start + len};
}

/* The contents of the values one after the other inside the one at this place; how many there are. */
static inline size_t children(const uint8_t *der, size_t at, range *into)
{
    range outer = content(der, at);
    size_t count = 0;
    for (at = outer.start; at < outer.end; at = into[count++].end) {
        CHECK(count < MOST_NUMBERS);
        into[count] = content(der, at);
    }
    return count;
}

/* The secret numbers of a PKCS#8 key: of RSA d, p, q, dP, dQ and qInv; on a curve the scalar; of Ed25519 the seed. */
static inline size_t secrets_of(const uint8_t *der, range *into)
{
    range values[MOST_NUMBERS];
    CHECK(children(der, 0, values) == 3);
    size_t inner = values[2].start;
    if (der[inner] != 0x30) {
        into[0] = content(der, inner);
        return 1;
    }
    if (children(der, inner, values) < 9) {
        into[0] = values[1];
        return 1;
    }
    memcpy(into, values + 3, 6 * sizeof *into);
    return 6;
}

/* The characters of base64 that tell of this part of the DER alone. */
static inline range characters_of(range part)
{
    return (range){(part.start * 8 + 5) / 6, part.end * 8 / 6};
}

/* Where a character of the base64 stands in the text of a PEM block. */
static inline const uint8_t *character(const uint8_t *pem, size_t number)
{
    const uint8_t *body = (const uint8_t *)strchr((const char *)pem, '\n') + 1;
    return body + number / LINE * (LINE + 1) + number % LINE;
}

#endif
