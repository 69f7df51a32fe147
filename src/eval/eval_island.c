/* SPDX-License-Identifier: MIT */
/* Each @file block is an island: at its @end everything is as it was before, so
 * that an output does not depend on which others are written. Names that are
 * bound in it go with its scope, and what it has imported goes with its memory.
 * So a journal of variables that are older than the block is enough: the first
 * @set of each notes the value to put back.
 *
 * A @set that can only be a mistake is refused: one that no macro does. What a
 * macro does in a block is its own business (a library remembers stages), but
 * the template must not go on with a variable as if nothing had been undone. */
#include "eval/eval_sight.h"

#include <string.h>

/* --- @set --- */

/* True if scope was there before the open island. */
static bool is_older(const struct eval *ev, const struct scope *scope)
{
    return ev->island && scope->region < ev->island->region.id;
}

static bool macro_runs(const struct eval *ev)
{
    const struct trace *t = ev->cx.chain;
    while (t && !trace_is_call(t))
        t = t->up;
    return t != NULL;
}

static void refuse_outer(struct eval *ev, const struct node_let *n,
                         const struct scope *scope)
{
    struct str name = name_text(ev->cx.names, n->name);
    struct loc loc = scope_own(scope, n->name)->loc;
    struct diag *d = diag_report(
        ev->cx.diags, DIAG_OUTER_SET, eval_span(ev, n->name_loc), ev->cx.chain,
        "'%.*s' is bound outside of the @file block, and what happens in one "
        "is undone at its @end; bind a variable of the block with @let, or "
        "collect in a loop of its own beside the @file",
        STR_ARG(name));
    diag_note(ev->cx.diags, d, (struct span){scope->source, loc.off, loc.len},
              "it is bound here");
}

/* The scope that has the variable; NULL (reported) if it cannot be set. */
static struct scope *find_settable(struct eval *ev, const struct node_let *n)
{
    struct scope *scope = ev->cx.scope;
    struct str name = name_text(ev->cx.names, n->name);
    while (scope && !scope_own(scope, n->name))
        scope = scope->up;
    if (!scope && eval_has_failed(ev, ev->cx.scope, n->name))
        return NULL;
    if (!scope)
        eval_error(ev, DIAG_UNKNOWN_NAME, n->name_loc,
                   "'%.*s'; @set needs a binding made by @let", STR_ARG(name));
    else if (scope_own(scope, n->name)->kind != BOUND_VALUE)
        eval_error(ev, DIAG_IMMUTABLE, n->name_loc,
                   "'%.*s' is a macro or a library and cannot be set",
                   STR_ARG(name));
    else if (scope->region < ev->function)
        eval_error(ev, DIAG_IMMUTABLE, n->name_loc,
                   "a function cannot set '%.*s', which was bound outside of "
                   "it; it gives a value and changes nothing",
                   STR_ARG(name));
    else if (is_older(ev, scope) && !macro_runs(ev))
        refuse_outer(ev, n, scope);
    else
        return scope;
    return NULL;
}

static void save(struct eval *ev, struct scope *scope, struct binding *b,
                 struct span set)
{
    struct saved s = {scope, b->name, b->u.value, set};
    if (b->saved)
        return;
    b->saved = true;
    vec_push(&ev->undone, &ev->island->saved, s);
}

bool eval_set(struct eval *ev, const struct node_let *n)
{
    struct value v;
    struct scope *scope = find_settable(ev, n);
    if (!scope)
        return false;
    bool good = eval_expr(ev, n->expr, &v);
    if (!good)
        v.type = VALUE_BAD;
    struct binding *b = scope_own(scope, n->name);
    if (is_older(ev, scope))
        save(ev, scope, b, eval_span(ev, n->name_loc));
    else
        b->lost = 0;
    b->changed = b->changed || !value_is(b->u.value, v);
    b->u.value = eval_keep(ev, scope, v);
    return good;
}

/* --- what is undone --- */

void eval_island_begin(struct eval *ev, struct island *i, struct output *output)
{
    memset(i, 0, sizeof *i);
    eval_region_begin(ev, &i->region);
    ev->output = output;
    output->pad.arena = &ev->undone;
    i->modules = ev->modules.n;
    i->defers = ev->defers.n;
    i->type_lists = ev->type_lists.n;
    ev->island = i;
}

/* What stands for the line of a @set among ev->lost. */
static uint32_t lost_number(struct eval *ev, struct span set)
{
    uint64_t words[2] = {(uint64_t)(uintptr_t)set.source, set.off};
    struct str key = {(const char *)words, sizeof words};
    uint32_t i = map_find(&ev->lost_keys, key);
    if (i == MAP_NONE) {
        key = arena_str(ev->cx.run, key);
        i = map_put(&ev->lost_keys, ev->cx.run, key, NULL);
        vec_push(ev->cx.run, &ev->lost, set);
    }
    return i + 1;
}

/* The variables of a library are read by its macros only, for the output that
 * is being written. */
static bool is_of_library(const struct eval *ev, const struct scope *scope)
{
    return !scope->up && scope->source != ev->cx.program->root->source;
}

static void put_back(struct eval *ev, const struct saved *s)
{
    struct binding *b = scope_own(s->scope, s->name);
    b->u.value = s->value;
    b->saved = false;
    if (!is_of_library(ev, s->scope))
        b->lost = lost_number(ev, s->set);
}

void eval_island_end(struct eval *ev)
{
    struct island *i = ev->island;
    for (uint32_t n = 0; n < i->saved.n; n++)
        put_back(ev, &i->saved.at[n]);
    ev->modules.n = i->modules;
    ev->type_lists.n = i->type_lists;
    memset(&ev->output->pad.markers, 0, sizeof ev->output->pad.markers);
    ev->output->pad.arena = ev->outputs.arena;
    ev->output = NULL;
    ev->island = NULL;
    i->region.escaped = false;
    eval_region_end(ev, &i->region);
    arena_rewind(&ev->undone, (struct arena_mark){NULL, NULL});
}

bool eval_take_heed(struct eval *ev, struct binding *b, struct loc loc)
{
    watch_read(&ev->cx.watches, b);
    if (!b->lost || ev->island)
        return true;
    struct str name = name_text(ev->cx.names, b->name);
    struct diag *d = diag_report(
        ev->cx.diags, DIAG_LOST_SET, eval_span(ev, loc), ev->cx.chain,
        "'%.*s' was set inside of an @file block, and what happens there is "
        "undone at its @end; collect in a loop of its own beside the @file",
        STR_ARG(name));
    diag_note(ev->cx.diags, d, ev->lost.at[b->lost - 1], "it was set here");
    return false;
}
