/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a YAML document. It is accepted, or refused with
 * a place and a reason. Its events have places in it, and its value nests no
 * deeper than the limit. Read twice, it is the same; written as JSON and read
 * again, as JSON or (if libyaml takes it) as YAML, too. */
#include "places.h"
#include "world.h"

#include "base/utf8.h"
#include "eval/value_data.h"
#include "eval/value_json.h"

#include <stdlib.h>

struct document {
    struct world *w;
    struct buf *out;
    struct str text;
};

/* --- events --- */

struct watcher {
    struct str text;
    uint64_t depth, most;
    bool done; /* the document is complete */
};

static bool watch(void *ctx, const struct data_event *e)
{
    struct watcher *w = ctx;
    promise(e->off <= e->end && e->end <= w->text.len,
            "an event has a place in the document");
    promise(utf8_valid(e->text), "texts are UTF-8");
    promise(!w->done, "nothing comes after the document");
    if (e->kind == DATA_LIST || e->kind == DATA_MAP)
        w->depth++;
    if (e->kind == DATA_END) {
        promise(w->depth > 0, "what ends has begun");
        w->depth--;
    }
    promise(w->depth <= w->most, "it nests no deeper than the limit");
    w->done = w->depth == 0 && e->kind != DATA_ANCHOR;
    return true;
}

static bool check_events(struct document *d)
{
    struct watcher w = {.text = d->text,
                        .most = d->w->fault.limits.max[LIMIT_JSON]};
    struct data_error err = {.offset = SIZE_MAX, .note_offset = SIZE_MAX};
    bool good =
        value_data_events(&d->w->arena, DATA_YAML, d->text, watch, &w, &err);
    promise(!good || w.done, "what is accepted is complete");
    promise(good || (err.offset <= d->text.len && err.message[0]),
            "what is refused is explained");
    promise(good || !err.note[0] || err.note_offset <= d->text.len,
            "a note has a place, too");
    return good;
}

/* --- values --- */

static bool parse(struct document *d, enum data_format format, struct str text,
                  struct value *out)
{
    struct data_error err = {.offset = SIZE_MAX, .note_offset = SIZE_MAX};
    bool good = value_data_read(&d->w->arena, format, text, out, &err);
    promise(good || (err.offset <= text.len && err.message[0]),
            "what is refused is explained");
    promise(good || !err.note[0] || err.note_offset <= text.len,
            "a note has a place, too");
    return good;
}

/* Characters that are line ends for libyaml, but not in JSON. */
static bool has_line_ends(struct str text)
{
    return str_find(text, STR("\xC2\x85"), 0) != STR_NONE ||
           str_find(text, STR("\xE2\x80\xA8"), 0) != STR_NONE ||
           str_find(text, STR("\xE2\x80\xA9"), 0) != STR_NONE;
}

static void check(struct document *d)
{
    struct arena *a = &d->w->arena;
    struct value v, again;
    bool events = check_events(d);
    bool good = parse(d, DATA_YAML, d->text, &v);
    promise(events || !good, "a document of wrong events has no value");
    if (!good)
        return;
    promise(parse(d, DATA_YAML, d->text, &again) && value_same(a, v, again),
            "it is the same each time");
    promise(value_json(d->out, v), "all strings of it are UTF-8");
    promise(parse(d, DATA_JSON, buf_str(d->out), &again) &&
                value_same(a, v, again),
            "written as JSON and read it is equal");
    if (parse(d, DATA_YAML, buf_str(d->out), &again))
        promise(value_same(a, v, again) || has_line_ends(buf_str(d->out)),
                "as YAML it is equal, too");
    places_check(d->w, DATA_YAML, d->text, v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world w;
    struct buf out;
    char *copy = fuzz_copy((struct str){(const char *)data, size});
    struct document d = {&w, &out, {copy, size}};
    world_init(&w);
    buf_init(&out, &w.fault, LIMIT_COUNT);
    if (WORLD_TRY(&w))
        check(&d);
    else
        promise(w.fault.which == LIMIT_STEPS || w.fault.which == LIMIT_MEMORY,
                "only aliases are too many");
    promise(!w.fault.release, "nothing is held");
    buf_free(&out);
    world_free(&w);
    free(copy);
    return 0;
}
