/* SPDX-License-Identifier: MIT */
#include "eval/context.h"
#include "lang/unused.h"

enum seen {
    NOT_GIVEN, /* or null, in all rounds so far */
    GIVEN,     /* and not read yet */
    SETTLED    /* read */
};

/* An argument with a name, or an @block. */
struct given {
    name_id name;
    struct loc loc; /* of the name */
    enum seen seen;
};

struct watch {
    const struct expr_call *call;
    struct source *source;
    /* Of the macro that was called last; it may be gone. */
    const struct node_define *define;
    const struct source *defined_in;
    uint32_t open; /* how many are not settled */
    uint32_t n;
    struct given at[];
};

/* --- calls --- */

static void add_given(struct watch *w, name_id name, struct loc loc)
{
    w->at[w->n++] = (struct given){name, loc, NOT_GIVEN};
}

static void add_arguments(struct context *cx, struct watch *w,
                          const struct node *n)
{
    for (uint32_t i = 0; i < w->call->nargs; i++) {
        const struct arg *a = &w->call->args[i];
        if (a->name != NAME_NONE && a->name < NAME_MAP)
            add_given(w, a->name,
                      (struct loc){
                          a->off, (uint32_t)name_text(cx->names, a->name).len});
    }
    for (; n; n = n->next) {
        const struct node_argument *b = (const struct node_argument *)n;
        if (n->kind == NODE_BLOCK)
            add_given(w, b->name, b->name_loc);
    }
}

/* Calls in libraries are not watched: they have nothing in them. */
static struct watch *watch_new(struct context *cx, struct source *source,
                               const struct expr_call *call,
                               const struct node_insert *blocks)
{
    uint32_t most = call->nargs;
    for (const struct node *n = blocks ? blocks->body : NULL; n; n = n->next)
        most += n->kind == NODE_BLOCK;
    struct watch *w =
        arena_alloc(cx->run, sizeof *w + most * sizeof(struct given));
    *w = (struct watch){.call = call, .source = source};
    if (diag_enabled(cx->diags, DIAG_UNUSED_ARGUMENT) &&
        !program_is_library(cx->program, source))
        add_arguments(cx, w, blocks ? blocks->body : NULL);
    w->open = w->n;
    return w;
}

/* The place for the index of a call. */
static uint32_t *place_of(struct context *cx, const struct source *source,
                          const struct expr_call *call)
{
    struct watches *all = &cx->watches;
    while (all->files.n <= source->order)
        vec_push(cx->run, &all->files, (struct watch_numbers){0});
    struct watch_numbers *f = &all->files.at[source->order];
    while (f->n <= call->number)
        vec_push(cx->run, f, 0);
    return &f->at[call->number];
}

/* --- rounds --- */

/* The parameter of d that gets what is given by that name. */
static const struct param *taker_of(const struct node_define *d, name_id name)
{
    const struct signature *sig = &d->signature;
    uint32_t i = 0;
    while (i < sig->n && (sig->params[i].name != name || sig->params[i].rest))
        i++;
    return &sig->params[i < sig->n ? i : signature_rest(sig, REST_MAP)];
}

/* In this round g gets a value of slots, or of the **rest among them. */
static void give(struct context *cx, const struct node_define *d,
                 struct given *g, const struct value *slots)
{
    const struct param *p = taker_of(d, g->name);
    const struct value *v = &slots[p - d->signature.params];
    if (p->rest)
        v = value_map_get(*v, name_text(cx->names, g->name));
    if (v && v->type != VALUE_NULL)
        g->seen = GIVEN;
}

void watch_round(struct context *cx, struct source *source,
                 const struct expr_call *call, const struct node_insert *blocks,
                 const struct macro *m, const struct value *slots,
                 struct scope *scope)
{
    uint32_t *place = place_of(cx, source, call);
    if (*place == WATCH_ENDED)
        return;
    if (!*place) {
        vec_push(cx->run, &cx->watches.list,
                 watch_new(cx, source, call, blocks));
        *place = cx->watches.list.n;
    }
    struct watch *w = cx->watches.list.at[*place - 1];
    w->define = m->define;
    w->defined_in = m->source;
    for (uint32_t i = 0; w->open && i < w->n; i++)
        if (w->at[i].seen != SETTLED)
            give(cx, m->define, &w->at[i], slots);
    if (w->open)
        scope->heed = *place;
    else
        *place = WATCH_ENDED;
}

static void settle(struct watch *w, struct given *g)
{
    w->open -= g->seen != SETTLED;
    g->seen = SETTLED;
}

void watch_read(struct watches *all, struct binding *b)
{
    if (!b->watch)
        return;
    struct watch *w = all->list.at[b->watch - 1];
    const struct signature *sig = &w->define->signature;
    uint32_t rest = signature_rest(sig, REST_MAP);
    bool is_rest = rest < sig->n && sig->params[rest].name == b->name;
    b->watch = 0;
    for (uint32_t i = 0; i < w->n; i++)
        if ((is_rest || w->at[i].name == b->name) &&
            taker_of(w->define, w->at[i].name)->name == b->name)
            settle(w, &w->at[i]);
}

void watch_failed(struct context *cx, const struct expr_call *call)
{
    uint32_t *place = place_of(cx, cx->source, call);
    if (*place - 1 < cx->watches.list.n)
        cx->watches.list.at[*place - 1]->n = 0;
    *place = WATCH_ENDED;
}

/* --- the end of the run --- */

/* True if the definition was warned of, so that calls say nothing new. */
static bool is_known(const struct context *cx, const struct watch *w,
                     name_id name)
{
    return diag_enabled(cx->diags, DIAG_UNUSED_PARAMETER) &&
           unused_parameter(cx->names, program_file(cx->program, w->defined_in),
                            w->define, taker_of(w->define, name));
}

static void report(struct context *cx, const struct watch *w,
                   const struct given *g)
{
    struct loc callee = w->call->name_loc;
    struct str macro = str_slice(w->source->text, callee.off, callee.len);
    struct str name = name_text(cx->names, g->name);
    if (g->seen == GIVEN && !is_known(cx, w, g->name))
        diag_report(cx->diags, DIAG_UNUSED_ARGUMENT,
                    (struct span){w->source, g->loc.off, g->loc.len}, NULL,
                    "%.*s never read '%.*s', so it has no effect here",
                    STR_ARG(macro), STR_ARG(name));
}

void watch_report(struct context *cx)
{
    for (uint32_t k = 0; k < cx->watches.list.n; k++) {
        const struct watch *w = cx->watches.list.at[k];
        for (uint32_t i = 0; i < w->n; i++)
            report(cx, w, &w->at[i]);
    }
}
