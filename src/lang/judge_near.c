/* SPDX-License-Identifier: MIT */
/* In: an unknown word, and what the names of a unit stand for. Out: the nearest
 * name that would have been right there. The one idea: candidates are offered
 * one by one, and the nearest wins. */
#include "lang/judge_near.h"

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

struct str judge_near_macro(struct judge_near *n, const struct judge_table *t,
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
