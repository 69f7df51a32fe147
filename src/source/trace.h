/* SPDX-License-Identifier: MIT */
/* The expansion chain: this text came from macro M, called at span S, inside
 * the include of file F at span T, … Links live in an arena, so the chain
 * outlives the C stack when a limit makes us jump. */
#ifndef STAGEPP_SOURCE_TRACE_H
#define STAGEPP_SOURCE_TRACE_H

#include "source/source.h"

enum trace_kind {
    TRACE_MACRO,    /* "in macro NAME called at" */
    TRACE_FUNCTION, /* "in function NAME called at" */
    TRACE_INCLUDE,  /* "in file NAME included at" */
    TRACE_IMPORT,   /* "in library NAME imported at" */
    TRACE_TYPE,     /* "in the type T, asked at" */
    TRACE_DEFER,    /* "in the @defer block at" */
    TRACE_BLOCK     /* "made from this text in a block" */
};

struct trace {
    const struct trace *up; /* NULL at the root */
    enum trace_kind kind;
    struct str name;
    struct span at;
    uint32_t depth; /* 1 for a link without up */
};

static inline bool trace_is_call(const struct trace *t)
{
    return t->kind == TRACE_MACRO || t->kind == TRACE_FUNCTION;
}

#endif
