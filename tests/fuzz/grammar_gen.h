/* SPDX-License-Identifier: MIT */
/* What grammar.c makes: texts from random numbers. */
#ifndef STAGEPP_FUZZ_GRAMMAR_GEN_H
#define STAGEPP_FUZZ_GRAMMAR_GEN_H

#include "base/str.h"

#include <string.h>

enum {
    MOST = 1 << 12, /* bytes that are inserted at once */
    DEEPEST = 4
};

struct gen {
    uint32_t random;
    char bytes[MOST];
    size_t len;
    unsigned depth;
};

/* A random number below n. */
static inline uint32_t next(struct gen *g, uint32_t n)
{
    g->random = g->random * 1664525u + 1013904223u;
    return (g->random >> 8) % n;
}

static inline void put(struct gen *g, const char *text)
{
    size_t len = strlen(text);
    if (len > MOST - g->len)
        return;
    memcpy(g->bytes + g->len, text, len);
    g->len += len;
}

static inline const char *pick(struct gen *g, const char *const *words,
                               size_t n)
{
    return words[next(g, (uint32_t)n)];
}

#define PICK(g, words) pick(g, words, sizeof(words) / sizeof *(words))
#define PUT_ONE(g, words) put(g, PICK(g, words))

void put_name(struct gen *g);
void put_expr(struct gen *g);
void put_block(struct gen *g);
/* One line. */
void put_directive(struct gen *g);
/* A type; after a name, ": " and a type, or nothing. */
void put_type(struct gen *g);
void put_type_after(struct gen *g);
void put_type_line(struct gen *g);
/* Of a definition, with the brackets. */
void put_params(struct gen *g);
/* After a message (at: it may have a place) or a @return. */
void put_guard(struct gen *g, bool at);
void put_return(struct gen *g);
/* Some whole lines. */
void put_function(struct gen *g);
void put_call_block(struct gen *g);
/* The first line of a block, without its line end; true if it is a value macro,
 * which has no block. */
bool put_opener(struct gen *g);
/* A block that may hold others. */
void put_nested(struct gen *g);
/* "--- file …" or "--- param …", as fuzz_session.c reads them. */
void put_part(struct gen *g);

#endif
