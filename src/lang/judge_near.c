/* SPDX-License-Identifier: MIT */
/* In: an unknown word, and what the names of a unit stand for. Out: the nearest
 * name that would have been right there. The one idea: candidates are offered
 * one by one, and the nearest wins. */
#include "lang/judge_near.h"

#include "lang/keyword.h"

#include <string.h>

static bool is_builtin(const struct judge_table *t, name_id name)
{
    return t->judge->builtin(t->judge->builtin_ctx, name);
}

unsigned judge_bound(const struct judge_table *t, name_id name)
{
    return judge_table_get(t, name)->bound |
           (is_builtin(t, name) ? BOUND_BUILTIN : 0);
}

static void offer_members(const struct judge_table *t, name_id import,
                          unsigned wanted, struct near *near)
{
    const struct import_def *d = judge_table_get(t, import)->imports;
    for (; d; d = d->next) {
        uint32_t n = d->library ? d->library->members.n : 0;
        fault_steps(t->judge->diags->fault, n);
        for (uint32_t i = 0; i < n; i++) {
            const struct member *m = &d->library->members.at[i];
            struct str name = name_text(t->judge->names, m->name);
            if (m->bound & wanted && name.ptr[0] != '_')
                near_offer(near, name);
        }
    }
}

/* There are few macros and imports, and a text may ask for them often. Of the
 * rest there may be many: after 200 errors they are not searched any more
 * (--limit errors=N may ask for more than that). The order is that of the
 * program: what this session has met before does not decide between two names.
 */
void judge_offer(const struct judge_table *t, name_id library, unsigned wanted,
                 struct near *near)
{
    bool few = !(wanted & (BOUND_VALUE | BOUND_BUILTIN));
    uint32_t n = few ? t->callable.n : t->bound.n;
    if (library != NAME_NONE)
        offer_members(t, library, wanted, near);
    if (library != NAME_NONE || (!few && t->judge->diags->errors >= 200))
        return;
    fault_steps(t->judge->diags->fault, n);
    if (wanted & BOUND_BUILTIN)
        for (name_id name = 0; name < t->judge->builtins_end; name++)
            if (is_builtin(t, name))
                near_offer(near, name_text(t->judge->names, name));
    for (uint32_t i = 0; i < n; i++) {
        name_id name = few ? t->callable.at[i] : t->bound.at[i];
        if (judge_bound(t, name) & wanted)
            near_offer(near, name_text(t->judge->names, name));
    }
}

static unsigned bound_as(void *ctx, name_id name)
{
    return judge_bound(ctx, name);
}

static void offer(void *ctx, name_id library, unsigned wanted,
                  struct near *near)
{
    judge_offer(ctx, library, wanted, near);
}

struct sight judge_sight(struct judge_table *t)
{
    return (struct sight){.ctx = t,
                          .bound = bound_as,
                          .offer = offer,
                          .names = t->judge->names,
                          .diags = t->judge->diags};
}

/* Offers near "alias.macro" for each public macro of the library. */
static void offer_dotted(const struct judge_table *t, struct str alias,
                         const struct library *library, struct near *near)
{
    struct arena *a = t->judge->arena;
    fault_steps(t->judge->diags->fault, library->members.n);
    for (uint32_t i = 0; i < library->members.n; i++) {
        const struct member *m = &library->members.at[i];
        struct str name = name_text(t->judge->names, m->name);
        struct arena_mark mark = arena_mark(a);
        if (m->bound & BOUND_MACRO && name.ptr[0] != '_' &&
            !near_offer(near, ARENA_CONCAT(a, alias, STR("."), name)))
            arena_rewind(a, mark);
    }
}

static void offer_all_dotted(const struct judge_table *t, struct near *near)
{
    for (uint32_t i = 0; i < t->callable.n; i++) {
        name_id import = t->callable.at[i];
        struct str alias = name_text(t->judge->names, import);
        const struct import_def *d = judge_table_get(t, import)->imports;
        for (; d; d = d->next)
            if (d->library)
                offer_dotted(t, alias, d->library, near);
    }
}

/* The macro in sight that an unknown "@word(" may have meant; ptr NULL: none.
 */
static struct str near_macro(struct judge_near *n, const struct judge_table *t,
                             struct str word, bool dotted)
{
    bool added;
    uint32_t i = map_put(&n->words, t->judge->arena, word, &added);
    if (added) {
        struct near near = near_start(word);
        if (dotted)
            offer_all_dotted(t, &near);
        else
            judge_offer(t, NAME_NONE, BOUND_MACRO, &near);
        vec_push(t->judge->arena, &n->macros, near.best);
    }
    return n->macros.at[i];
}

void judge_near_clear(struct judge_near *n)
{
    memset(&n->words, 0, sizeof n->words);
    n->macros.n = 0;
}

/* --- what to write --- */

static const char path[] = "a path is a string: write it in quotes";

const char *judge_place(const struct node *n)
{
    if (n->kind == NODE_INCLUDE || n->kind == NODE_FILE)
        return path;
    const struct expr *e = NULL;
    if (n->kind == NODE_VALUE)
        e = ((const struct node_value *)n)->expr;
    else if (n->kind == NODE_INSERT && n->flag == INSERT_VALUE)
        e = ((const struct node_insert *)n)->expr;
    if (e && e->kind == EXPR_NAME)
        return "@let or @param binds a name; for a literal '@{' write '@@{'";
    return NULL;
}

/* Of "x.key" without an x. */
static const char *alone(const struct judge_table *t, struct str base,
                         struct str key)
{
    name_id name = name_find(t->judge->names, key);
    if (str_eq(base, STR("count")) || str_eq(base, STR("each")))
        return "the variables of a loop have names, as in @for key, value in "
               "map, and its index is loop.index";
    if (name == NAME_NONE || !(judge_table_get(t, name)->bound & BOUND_VALUE))
        return "a map of that name is bound by @let or @param, a library by "
               "@import";
    return ARENA_CONCAT(t->judge->diags->arena,
                        STR("names of the template stand alone: write "), key,
                        STR("\0"))
        .ptr;
}

/* m[a] for a key "a" of m, and var.a for a variable a. */
const char *judge_index(const struct judge_table *t,
                        const struct expr_access *a, const char *why)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    const struct expr *index =
        a->steps->kind == STEP_INDEX ? a->steps->index : NULL;
    if (!index && !judge_table_get(t, base->name)->bound && why != path)
        return alone(t, name_text(t->judge->names, base->name), a->steps->key);
    if (!index || index->kind != EXPR_NAME ||
        !(judge_table_get(t, base->name)->bound & BOUND_VALUE) ||
        judge_table_get(t, ((const struct expr_name *)index)->name)->bound)
        return why;
    return "a key is written m.key or m[\"key\"]";
}

bool judge_refuse_keyword(const struct judge_table *t, struct span span)
{
    struct str word = source_span_text(span);
    enum keyword k = keyword_any_case(str_part(word, 0, '.'));
    if (k == KEYWORD_NONE)
        return false;
    span.off--;
    span.len = (uint32_t)str_part(word, 0, '.').len + 2;
    struct str shown = source_span_text(span);
    diag_report(t->judge->diags, DIAG_NEAR_KEYWORD, span, NULL,
                "'%.*s' is neither a directive nor a call: write '@%s' and a "
                "blank after it; for text that begins so, write '@%.*s'",
                STR_ARG(shown), keyword_text(k), STR_ARG(shown));
    return true;
}

bool judge_refuse_near(struct judge_near *n, const struct judge_table *t,
                       struct span span, bool dotted)
{
    struct str word = source_span_text(span);
    struct str near = near_macro(n, t, word, dotted);
    if (!near.ptr)
        return false;
    diag_report(t->judge->diags, DIAG_UNKNOWN_CALL, span, NULL,
                "unknown macro '%.*s'; did you mean '%.*s'? (for text, write "
                "'@@%.*s')",
                STR_ARG(word), STR_ARG(near), STR_ARG(word));
    return true;
}
