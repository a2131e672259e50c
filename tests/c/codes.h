/* What the programs about errors share. */
#ifndef CODES_H
#define CODES_H

#include "check.h"

static inline void reached(samlcert_status code)
{
    printf("reached %u\n", (unsigned)code);
}

/* REACH(code, function, arguments without err): it fails so, and that is printed. */
#define REACH(code, ...)                                                                   \
    do {                                                                                   \
        REFUSED(code, __VA_ARGS__);                                                        \
        reached(code);                                                                     \
    } while (0)

#endif
