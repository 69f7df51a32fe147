/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a template, which is parsed and whose names are
 * checked, without a session and without files. All places and texts of the
 * tree are in the source, in its order; a text without '@' is one node; a
 * refusal has a diagnostic; parsing again gives the same tree and the same
 * diagnostics. */
#include "grammar.h"
#include "world.h"

#include "lang/judge.h"
#include "lang/parser.h"
#include "lang/visit.h"

#include <stdlib.h>

struct run {
    struct world w;
    struct file *file;
    uint64_t hash; /* of the tree and the diagnostics */
};

/* --- the tree --- */

static void add(struct run *r, uint64_t n)
{
    r->hash = (r->hash ^ n) * 0x100000001b3u;
}

static void look_at_loc(struct run *r, struct loc loc, const char *what)
{
    size_t len = r->w.source->text.len;
    promise(loc.off <= len && loc.len <= len - loc.off, what);
    add(r, ((uint64_t)loc.off << 32) | loc.len);
}

static void look_at_slice(struct run *r, struct str slice, const char *what)
{
    struct str text = r->w.source->text;
    promise(slice.len == 0 || (slice.ptr >= text.ptr &&
                               slice.ptr + slice.len <= text.ptr + text.len),
            what);
    add(r, slice.len);
}

static bool look_at_expr(void *ctx, const struct expr *e)
{
    struct run *r = ctx;
    look_at_loc(r, e->loc, "the place of an expression is in the source");
    add(r, e->kind * 64u);
    return true;
}

static bool look_at_node(void *ctx, const struct node *n)
{
    struct run *r = ctx;
    look_at_loc(r, n->loc, "the place of a node is in the source");
    promise(!n->next || n->next->loc.off >= n->loc.off,
            "nodes come in the order of the source");
    add(r, n->kind * 64u + n->flag);
    if (n->kind == NODE_TEXT || n->kind == NODE_RAW)
        look_at_slice(r, ((const struct node_text *)n)->text,
                      "literal text is a slice of the source");
    if (n->kind == NODE_INSERT)
        look_at_slice(
            r, insert_lines((const struct node_insert *)n, r->w.source->text),
            "the lines of an insertion are in the source");
    if (n->kind == NODE_DEFINE)
        look_at_slice(r, ((const struct node_define *)n)->doc,
                      "documentation is a slice of the source");
    return true;
}

/* Only text after an '@' is special. */
static void check_plain(const struct run *r)
{
    struct str text = r->w.source->text;
    const struct node *n = r->file->body;
    if (text.len == 0 || str_chr(text, '@', 0) != STR_NONE)
        return;
    promise(n && n->kind == NODE_TEXT && !n->next &&
                str_eq(((const struct node_text *)n)->text, text),
            "text without an '@' is text");
    promise(r->w.diags.list.n == 0, "nothing is said of it");
}

/* --- a run --- */

static void parse(struct run *r, struct str text)
{
    struct world *w = &r->w;
    struct visitor visitor = {
        .ctx = r, .expr = look_at_expr, .node = look_at_node};
    world_open(w, text);
    r->file = parser_parse(&w->arena, &w->names, &w->diags, w->source);
    promise(r->file->failed == (w->diags.errors > 0),
            "what is refused is reported");
    visit_nodes(&visitor, r->file->body);
    check_plain(r);
    struct judge judge = {.arena = &w->work,
                          .names = &w->names,
                          .diags = &w->diags,
                          .builtin = builtin_signature,
                          .builtin_ctx = w->builtins,
                          .builtins_end = w->names.map.n};
    struct judged judged = {.arena = &w->arena};
    if (r->file->failed)
        return;
    bool good = judge_root(&judge, &judged, r->file);
    promise(good == (w->diags.errors == 0), "a wrong name is reported");
}

/* False after a jump. */
static bool parse_tried(struct run *r, struct str text)
{
    if (!WORLD_TRY(&r->w))
        return false;
    parse(r, text);
    return true;
}

static uint64_t run(struct str text)
{
    struct run r = {.hash = FUZZ_HASH};
    world_init(&r.w);
    if (!parse_tried(&r, text))
        add(&r, r.w.fault.which);
    add(&r, world_diagnostics(&r.w));
    world_free(&r.w);
    return r.hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    char *copy = fuzz_copy(text);
    text.ptr = copy;
    uint64_t hash = run(text);
    if (fuzz_one_in(text, 4))
        promise(run(text) == hash, "parsed again it is the same");
    free(copy);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed)
{
    return grammar_mutate(data, size, max, seed, false);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                 const uint8_t *data2, size_t size2,
                                 uint8_t *out, size_t max, unsigned int seed)
{
    return grammar_cross((struct str){(const char *)data1, size1},
                         (struct str){(const char *)data2, size2}, out, max,
                         seed);
}
