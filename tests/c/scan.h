/* Looks for parts of secrets in the memory of the process. What is looked for is kept masked, so that it is found only where
   somebody left it, and memory is read where it is, so that the search leaves no copy. */
#ifndef SCAN_H
#define SCAN_H

#include "check.h"

#include <fcntl.h>
#include <unistd.h>

enum { MASK = 0xa5, PART = 16, PARTS = 1 << 14, SLOTS = 1 << 16, NAMES = 16 };

enum { HEAP, STACK, ELSEWHERE, PLACES };

static const char *const places[PLACES] = {"heap", "stack", "elsewhere"};

/* Each byte masked. */
static struct part {
    uint8_t bytes[PART];
    uint8_t name;
} parts[PARTS];

static size_t part_count;

/* The parts by the hash of their bytes; 0 for none, else a number of a part and 1. */
static uint16_t slots[SLOTS];

/* The first two bytes of some part. */
static uint8_t begins[SLOTS];

static const char *names[NAMES];
static size_t name_count;

/* How many parts of which secret stand where. */
static size_t found[PLACES][NAMES];

/* Not of the secret's bytes themselves, which would then stand in a register as they are. */
static inline uint16_t hash(const uint8_t *bytes, uint8_t mask)
{
    uint32_t sum = 2166136261U;
    for (size_t at = 0; at < PART; at++)
        sum = (sum ^ (uint8_t)(bytes[at] ^ mask)) * 16777619U;
    return (uint16_t)(sum ^ sum >> 16);
}

static inline uint16_t beginning(const uint8_t *bytes, uint8_t mask)
{
    return (uint16_t)((bytes[0] ^ mask) << 8 | (uint8_t)(bytes[1] ^ mask));
}

/* The part that these bytes are, where the mask is all that they differ by. */
static inline const struct part *part_of(const uint8_t *bytes, uint8_t mask)
{
    if (!begins[beginning(bytes, mask)])
        return NULL;
    for (uint16_t slot = hash(bytes, mask); slots[slot] != 0; slot++) {
        const struct part *part = &parts[slots[slot] - 1];
        size_t at = 0;
        while (at < PART && (uint8_t)(bytes[at] ^ mask) == part->bytes[at])
            at++;
        if (at == PART)
            return part;
    }
    return NULL;
}

/* One part, from bytes that stand apart by a step. Those of one byte again and again tell nothing. */
static inline void look_for_part(size_t name, const uint8_t *first, ptrdiff_t step)
{
    struct part *part = &parts[part_count];
    size_t same = 0;
    for (ptrdiff_t at = 0; at < PART; at++) {
        part->bytes[at] = (uint8_t)(first[at * step] ^ MASK);
        same += part->bytes[at] == part->bytes[0];
    }
    if (same == PART || part_of(part->bytes, 0) != NULL)
        return;
    CHECK(part_count + 1 < PARTS);
    uint16_t slot = hash(part->bytes, 0);
    while (slots[slot] != 0)
        slot++;
    part->name = (uint8_t)name;
    slots[slot] = (uint16_t)(++part_count);
    begins[beginning(part->bytes, 0)] = 1;
}

/* The number of a name of a secret. */
static inline size_t name_of(const char *name)
{
    size_t number = 0;
    while (number < name_count && strcmp(names[number], name) != 0)
        number++;
    CHECK(number < NAMES);
    if (number == name_count)
        names[name_count++] = name;
    return number;
}

/* Each part of it, as it is; and for numbers from its end, as a processor keeps them. */
static inline void look_for(const char *name, const uint8_t *secret, size_t len)
{
    size_t number = name_of(name);
    for (size_t at = 0; at + PART <= len; at++)
        look_for_part(number, secret + at, 1);
}

static inline void look_for_number(const char *name, const uint8_t *secret, size_t len)
{
    size_t number = name_of(name);
    look_for(name, secret, len);
    for (size_t at = PART - 1; at < len; at++)
        look_for_part(number, secret + at, -1);
}

static inline void scan(size_t place, const uint8_t *start, const uint8_t *end)
{
    for (const uint8_t *at = start; at + PART <= end; at++) {
        const struct part *part = part_of(at, MASK);
        if (part != NULL)
            found[place][part->name]++;
    }
}

/* Goes through the memory that can be written; how many parts stand there. */
static inline size_t scan_all(void)
{
    static char maps[1 << 16];
    size_t len = 0, sum = 0;
    ssize_t got;
    int stream = open("/proc/self/maps", O_RDONLY);
    while ((got = read(stream, maps + len, sizeof maps - 1 - len)) > 0)
        len += (size_t)got;
    close(stream);
    maps[len] = '\0';
    memset(found, 0, sizeof found);
    for (char *line = strtok(maps, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        unsigned long start, end;
        char rights[5];
        CHECK(sscanf(line, "%lx-%lx %4s", &start, &end, rights) == 3);
        size_t place = strstr(line, "[heap]") ? HEAP : strstr(line, "[stack]") ? STACK : ELSEWHERE;
        if (rights[0] == 'r' && rights[1] == 'w')
            scan(place, (const uint8_t *)start, (const uint8_t *)end);
    }
    for (size_t place = 0; place < PLACES; place++)
        for (size_t name = 0; name < name_count; name++)
            sum += found[place][name];
    return sum;
}

#endif
