/* SPDX-License-Identifier: MIT */
/* For tests of what reads data: sinks that write down what they are given, and
 * a copy of the text that ends where memory does. */
#ifndef STAGEPP_UNIT_DATA_EVENTS_H
#define STAGEPP_UNIT_DATA_EVENTS_H

#include "../fence.h"
#include "base/json.h"
#include "fixture.h"

#define S(literal)                      \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

static char *fence;

static int raise_fence(void **state)
{
    (void)state;
    fence = fence_new(32768);
    return fence ? 0 : -1;
}

static struct str fenced(struct str text)
{
    return (struct str){fence_put(fence, text.ptr, text.len), text.len};
}

/* What a sink was given, each followed by a blank: 1 is a number, "1" a string,
 * "1": a key, "." ends a list or map; "<<", "&NAME" and "*NAME" are YAML's. */
static bool dump_event(void *ctx, const struct data_event *e)
{
    static const char *const words[] = {
        "null", "false", "true", "", "", "[", "{", "", ".", "<<", "&", "*"};
    struct buf *out = ctx;
    buf_add_cstr(out, words[e->kind]);
    if (e->kind == DATA_NUMBER || e->kind == DATA_ANCHOR ||
        e->kind == DATA_ALIAS)
        buf_add(out, e->text);
    if (e->kind == DATA_STRING || e->kind == DATA_KEY)
        json_quote(out, e->text);
    buf_add_cstr(out, e->kind == DATA_KEY ? ": " : " ");
    return true;
}

/* Where each of them stands. */
static bool dump_place(void *ctx, const struct data_event *e)
{
    struct buf *out = ctx;
    buf_add_int(out, (int64_t)e->off);
    buf_add_cstr(out, "-");
    buf_add_int(out, (int64_t)e->end);
    buf_add_cstr(out, " ");
    return true;
}

#endif
