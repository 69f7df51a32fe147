/* SPDX-License-Identifier: MIT */
/* Where the bytes of a text came from. The text lies in a buffer; beside it
 * lies a list of stretches, each of which says which place of which template
 * gave its bytes, through which calls and includes. Whatever moves bytes moves
 * the stretches along. Lists are kept only in runs that record. */
#ifndef STAGEPP_EVAL_ORIGIN_H
#define STAGEPP_EVAL_ORIGIN_H

#include "base/fault.h"
#include "source/trace.h"

enum origin_kind {
    ORIGIN_TEXT,  /* they are the bytes of the span */
    ORIGIN_VALUE, /* the span, an insertion, gave them */
    ORIGIN_MADE   /* what the line of the span adds: an indentation to further
                     lines, a separator, a line end */
};

struct origin {
    enum origin_kind kind;
    struct span span;
    const struct trace *chain; /* NULL: the root template itself */
};

/* A stretch ends where the next begins, or the text ends. */
struct stretch {
    size_t at; /* offset of its first byte */
    struct origin from;
};

struct origins {
    struct fault *fault;
    size_t len;         /* bytes that are accounted for */
    struct stretch *at; /* on the heap */
    uint32_t n, cap;
    struct origin made; /* of a working list: what comes in besides copies */
};

void origins_init(struct origins *o, struct fault *fault);
void origins_free(struct origins *o);
/* The bytes up to offset `len` of the text, as far as none was named for them,
 * are the last ones that came from `from`. */
void origins_reach(struct origins *o, size_t len, struct origin from);
/* n more bytes were made by the place of the last ones. */
void origins_more(struct origins *o, size_t n);
/* The text was cut to len bytes. */
void origins_truncate(struct origins *o, size_t len);
/* Offset of the byte after the last of stretch i. */
size_t origins_end(const struct origins *o, uint32_t i);
/* Index of the stretch that holds the byte at offset `at`, which exists. */
uint32_t origins_find(const struct origins *o, size_t at);
/* `len` bytes at offset `at` of the text of `from` were added to that of `to`.
 */
void origins_copy(struct origins *to, const struct origins *from, size_t at,
                  size_t len);
/* All of `from` goes to the end of `to`, and leaves `from` empty. */
void origins_move(struct origins *to, struct origins *from);

#endif
