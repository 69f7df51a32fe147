/* SPDX-License-Identifier: MIT */
/* Arguments against parameters, without values: what the names pass can say
 * before expansion, and what a failed binding says during it. */
#include "lang/signature.h"

#include "base/near.h"
#include "lang/takers.h"
#include "lang/type.h"
#include "lang/written.h"

#include <string.h>

struct str signature_text(struct arena *a, const struct signature *sig)
{
    return ARENA_CONCAT(a, written_line(a, sig->written),
                        sig->n ? STR(")") : STR("()"));
}

struct str signature_starless(struct arena *a, const struct names *names,
                              const struct arg *arg)
{
    const struct expr *e = arg->expr;
    if (signature_is_several(arg) || e->kind != EXPR_NAME || !e->flag)
        return STR("");
    struct str name = name_text(names, ((const struct expr_name *)e)->name);
    return ARENA_CONCAT(a, STR("; to pass on what it holds write "),
                        e->flag == REST_MAP ? STR("**") : STR("*"), name);
}

/* --- the check --- */

struct check {
    const struct signature *sig;
    const struct names *names;
    struct diags *diags; /* NULL: only the verdict */
    struct source *source;
    const struct trace *chain;
    const struct expr_call *call;
    const struct node_insert *blocks; /* the @call; or NULL */
    int64_t spliced;                  /* items that are still to be given */
    const struct file *library;       /* whose macro is called; or NULL */
};

/* "name" or "library.name" */
static struct str callee_text(const struct check *c)
{
    return str_slice(c->source->text, c->call->name_loc.off,
                     c->call->name_loc.len);
}

bool signature_is_block(const struct param *p)
{
    return p->type && p->type->kind == TYPE_BLOCK;
}

static bool wrong(const struct check *c, struct loc loc, const char *what,
                  name_id name, const char *after, struct str more)
{
    struct span at = {c->source, loc.off, loc.len};
    struct str text = name == NAME_NONE ? STR("") : name_text(c->names, name);
    struct str callee = c->library ? callee_text(c) : STR("");
    if (!c->diags)
        return false;
    struct diag *d = diag_report(
        c->diags, DIAG_ARGUMENTS, at, c->chain, "%.*s%s%s%s%.*s%s%s%.*s",
        STR_ARG(callee), callee.len ? ": " : "", what, text.len ? " '" : "",
        STR_ARG(text), text.len ? "'" : "", after, STR_ARG(more));
    struct str signature = signature_text(c->diags->arena, c->sig);
    diag_note(c->diags, d, source_nowhere, "the signature is %.*s",
              STR_ARG(signature));
    return false;
}

static uint32_t index_of(const struct signature *sig, name_id name)
{
    uint32_t i = 0;
    while (i < sig->n && (sig->params[i].name != name || sig->params[i].rest))
        i++;
    return i;
}

/* Parameters that have their argument, in order of the signature. */
struct given {
    bool at[MOST_PARAMS + 1]; /* and an end that has none */
    uint32_t n;               /* parameters looked at */
    uint32_t next;            /* the next positional one */
    bool splice;              /* a *list stands for any number */
    bool map;                 /* a **map stands for any names */
};

/* An argument of the call has that name. */
static bool is_named(const struct check *c, name_id name)
{
    const struct arg *a = signature_named(c->call, name);
    return a && a->name == name;
}

bool signature_offers(const struct param *p, const struct names *names,
                      struct str name)
{
    bool private = name_text(names, p->name).ptr[0] == '_';
    return !private || str_starts(name, STR("_"));
}

/* What else may have been meant by a name that no parameter, or no block, has:
 * "; did you mean 'x'?", or who has it; or "". */
static struct str meant(const struct check *c, const struct given *g,
                        name_id name, bool block)
{
    struct str text = name_text(c->names, name);
    struct near near = near_start(text);
    if (!c->diags)
        return STR("");
    for (uint32_t i = 0; i < c->sig->n; i++)
        if (!g->at[i] && !is_named(c, c->sig->params[i].name) &&
            signature_offers(&c->sig->params[i], c->names, text) &&
            (!block || signature_is_block(&c->sig->params[i])))
            near_offer(&near, name_text(c->names, c->sig->params[i].name));
    if (near.best.ptr)
        return arena_printf(c->diags->arena, NEAR_FORMAT, NEAR_ARG(near.best));
    struct str callee = callee_text(c);
    return c->library ? takers_text(c->diags->arena, c->names, c->library,
                                    str_part(callee, 0, '.'), text, block)
                      : STR("");
}

/* Of a's name, or of the whole of it if it has none. */
static struct loc arg_loc(const struct check *c, const struct arg *a)
{
    if (a->name == NAME_NONE || a->name >= NAME_MAP)
        return a->expr->loc;
    return (struct loc){a->off, (uint32_t)name_text(c->names, a->name).len};
}

static struct str starless(const struct check *c, const struct arg *a)
{
    return c->diags ? signature_starless(c->diags->arena, c->names, a)
                    : STR("");
}

static bool unknown(const struct check *c, const struct given *g,
                    const struct arg *a)
{
    uint32_t rest = signature_rest(c->sig, REST_LIST);
    if (rest < c->sig->n && c->sig->params[rest].name == a->name)
        return wrong(c, arg_loc(c, a), "the parameter", a->name,
                     " takes what is left of the arguments without a name",
                     STR(""));
    struct str more = starless(c, a), callee = callee_text(c);
    if (more.len == 0)
        more = meant(c, g, a->name, false);
    if (c->diags && !c->library)
        more = ARENA_CONCAT(c->diags->arena, STR(" of "), callee, more);
    return wrong(c, arg_loc(c, a), "no parameter", a->name, "", more);
}

/* Of a call without a block whose macro needs one: how it is given. */
static struct str blockless(const struct check *c)
{
    uint32_t i = 0;
    while (i < c->sig->n && (c->sig->params[i].optional ||
                             !signature_is_block(&c->sig->params[i])))
        i++;
    struct str callee = callee_text(c);
    return c->diags && !c->blocks && i < c->sig->n
               ? ARENA_CONCAT(c->diags->arena,
                              STR("; a block is given by @call "), callee,
                              STR("(…), its lines, and @end"))
               : STR("");
}

static bool check_names(const struct check *c, const bool *given, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!given[i] && !c->sig->params[i].optional && !c->sig->params[i].rest)
            return wrong(c, c->call->e.loc, "missing argument",
                         c->sig->params[i].name, "", blockless(c));
    return true;
}

static bool give_block(const struct check *c, struct given *g,
                       const struct node_argument *b)
{
    uint32_t i = index_of(c->sig, b->name);
    if (i >= g->n && signature_rest(c->sig, REST_MAP) < g->n)
        return true;
    if (i >= g->n)
        return wrong(c, b->name_loc, "no block", b->name, "",
                     meant(c, g, b->name, true));
    if (!signature_is_block(&c->sig->params[i]))
        return wrong(c, b->name_loc, "the parameter", b->name,
                     " is not a block: give it in the brackets",
                     meant(c, g, b->name, true));
    if (g->at[i])
        return wrong(c, b->name_loc, "two values for the parameter", b->name,
                     "", STR(""));
    g->at[i] = true;
    return true;
}

static bool give_body(const struct check *c, struct given *g)
{
    uint32_t i = index_of(c->sig, (name_id)WORD_BODY);
    if (i >= g->n)
        return !c->blocks->has_body ||
               signature_rest(c->sig, REST_MAP) < g->n ||
               wrong(c, c->call->e.loc,
                     "@call passes a block as the argument 'body', which "
                     "the macro does not declare",
                     NAME_NONE, "", STR(""));
    if (g->at[i] && c->blocks->has_body)
        return wrong(c, c->call->e.loc, "two values for the parameter",
                     (name_id)WORD_BODY, "", STR(""));
    g->at[i] = true;
    return true;
}

static bool give_blocks(const struct check *c, struct given *g)
{
    bool good = true;
    for (const struct node *n = c->blocks->body; n; n = n->next)
        if (n->kind == NODE_BLOCK)
            good = give_block(c, g, (const struct node_argument *)n) && good;
    return give_body(c, g) && good;
}

/* In @call, positions leave blocks out, and **rest everywhere. */
static bool passes_over(const struct check *c, const struct given *g)
{
    if (g->next == g->n)
        return false;
    const struct param *p = &c->sig->params[g->next];
    return p->rest == REST_MAP || (c->blocks && signature_is_block(p));
}

static bool give_positional(const struct check *c, struct given *g,
                            const struct arg *a)
{
    while (g->at[g->next] || passes_over(c, g))
        g->next++;
    if (g->next == g->n)
        return wrong(c, arg_loc(c, a), "one argument too many", NAME_NONE, "",
                     starless(c, a));
    g->at[g->next] = !c->sig->params[g->next].rest;
    return true;
}

static bool give_named(const struct check *c, struct given *g,
                       const struct arg *a)
{
    uint32_t i = index_of(c->sig, a->name);
    bool twice = i < g->n && g->at[i];
    if (i == g->n && signature_rest(c->sig, REST_MAP) == g->n)
        return unknown(c, g, a);
    for (const struct arg *b = c->call->args; i == g->n && b < a; b++)
        twice = twice || b->name == a->name;
    if (twice)
        return wrong(c, arg_loc(c, a), "two values for the parameter", a->name,
                     "", STR(""));
    if (i < g->n)
        g->at[i] = true;
    return true;
}

/* All items of all lists are given with the first. */
static bool give_splice(struct check *c, struct given *g, const struct arg *a)
{
    g->splice = g->splice || c->spliced == SPLICE_ANY;
    bool good = true;
    for (; good && c->spliced > 0; c->spliced--)
        good = give_positional(c, g, a);
    return good;
}

static bool give(struct check *c, struct given *g, const struct arg *a)
{
    if (a->name == NAME_SPLICE)
        return give_splice(c, g, a);
    if (a->name == NAME_MAP) {
        g->map = true;
        return true;
    }
    return a->name == NAME_NONE ? give_positional(c, g, a)
                                : give_named(c, g, a);
}

/* True if argument i of the call is a string without a name. */
static bool is_string(const struct expr_call *call, uint32_t i)
{
    return i < call->nargs && call->args[i].name == NAME_NONE &&
           call->args[i].expr->kind == EXPR_STR;
}

/* True if argument i of the call is such a string, and goes to a parameter of
 * that kind of type. */
static bool meets(const struct check *c, uint32_t i, unsigned kinds)
{
    const struct param *p =
        is_string(c->call, i)
            ? signature_param(c->sig, c->call, c->blocks != NULL, i)
            : NULL;
    return p && p->type && !p->rest && 1U << p->type->kind & kinds;
}

/* The items of a list, given one by one: the first of them takes the place of
 * the list, and the next one that of something else. */
static bool gives_items(const struct check *c)
{
    static const unsigned list = 1U << TYPE_LIST, others = 1U << TYPE_MAP |
                                                           1U << TYPE_BOOL |
                                                           1U << TYPE_INT;
    const struct expr_call *call = c->call;
    uint32_t i = 0, end;
    while (i < call->nargs && !meets(c, i, list))
        i++;
    for (end = i; is_string(call, end); end++)
        ;
    if (end < i + 2 ||
        !(meets(c, i + 1, others) ||
          !signature_param(c->sig, call, c->blocks != NULL, i + 1)))
        return false;
    struct loc first = call->args[i].expr->loc;
    struct loc last = call->args[end - 1].expr->loc;
    struct loc all = {first.off, last.off + last.len - first.off};
    struct str items = str_slice(c->source->text, all.off, all.len);
    return !wrong(c, all, "the parameter",
                  signature_param(c->sig, call, c->blocks != NULL, i)->name,
                  " takes one list: write [",
                  c->diags ? ARENA_CONCAT(c->diags->arena, items, STR("]"))
                           : STR(""));
}

/* Without names and lists the number of arguments decides. */
static bool fits_by_number(const struct signature *sig,
                           const struct expr_call *call)
{
    uint32_t i = 0;
    if (call->nargs > sig->n)
        return false;
    for (; i < call->nargs; i++)
        if (call->args[i].name != NAME_NONE || sig->params[i].rest == REST_MAP)
            return false;
    while (i < sig->n && sig->params[i].optional)
        i++;
    return i == sig->n;
}

bool signature_check(const struct signature *sig, const struct names *names,
                     struct diags *diags, struct source *source,
                     const struct trace *chain, const struct expr_call *call,
                     const struct node_insert *blocks, int64_t spliced,
                     const struct file *library)
{
    struct check c = {sig,  names,  diags,   source, chain,
                      call, blocks, spliced, library};
    struct given g;
    if (call->nargs > 1 && gives_items(&c))
        return false;
    if (!blocks && fits_by_number(sig, call))
        return true;
    g.n = sig->n;
    g.next = 0;
    g.splice = g.map = false;
    memset(g.at, 0, (g.n + 1) * sizeof *g.at);
    bool good = true;
    for (uint32_t i = 0; i < call->nargs; i++)
        if (!give(&c, &g, &call->args[i])) {
            good = false;
            if (call->args[i].name >= NAME_MAP)
                break; /* so are those after it */
        }
    if ((blocks && !give_blocks(&c, &g)) || !good)
        return false;
    return g.splice || g.map || check_names(&c, g.at, g.n);
}

/* The index of the positional parameter number `at`. */
static uint32_t position(const struct signature *sig, uint32_t at, bool blocks)
{
    uint32_t i = 0;
    for (; i < sig->n; i++) {
        if (blocks && signature_is_block(&sig->params[i]))
            continue;
        if (at-- == 0 || sig->params[i].rest)
            break;
    }
    return i;
}

const struct param *signature_param(const struct signature *sig,
                                    const struct expr_call *call, bool blocks,
                                    uint32_t i)
{
    name_id name = call->args[i].name;
    uint32_t at = 0;
    if (name != NAME_NONE) {
        at = name >= NAME_MAP ? sig->n : index_of(sig, name);
        if (at == sig->n && name < NAME_MAP)
            at = signature_rest(sig, REST_MAP);
        return at < sig->n ? &sig->params[at] : NULL;
    }
    /* Beyond the parameters there is only *rest, wherever the items come from.
     */
    for (; at < i && at < sig->n; at++)
        if (call->args[at].name == NAME_SPLICE)
            return NULL;
    at = position(sig, i, blocks);
    return at < sig->n ? &sig->params[at] : NULL;
}

const struct arg *signature_named(const struct expr_call *call, name_id name)
{
    const struct arg *map = NULL;
    for (uint32_t i = 0; i < call->nargs; i++) {
        const struct arg *a = &call->args[i];
        if (a->name == name)
            return a;
        if (a->name == NAME_MAP)
            map = a;
    }
    return map;
}

/* The argument without a name number `at`. */
static const struct arg *positional(const struct expr_call *call, uint32_t at)
{
    const struct arg *splice = NULL;
    for (uint32_t i = 0; i < call->nargs; i++) {
        const struct arg *a = &call->args[i];
        if (a->name == NAME_SPLICE || (a->name == NAME_NONE && splice)) {
            if (splice)
                return NULL; /* how many items are before it? */
            splice = a;
        } else if (a->name == NAME_NONE && i == at) {
            return a;
        }
    }
    return splice;
}

const struct arg *signature_argument(const struct signature *sig,
                                     const struct expr_call *call, bool blocks,
                                     const struct param *param, uint32_t item)
{
    uint32_t index = (uint32_t)(param - sig->params), at = index + item;
    const struct arg *named =
        param->rest ? NULL : signature_named(call, param->name);
    if (named && named->name != NAME_MAP)
        return named;
    for (uint32_t i = 0; blocks && i < index; i++)
        at -= signature_is_block(&sig->params[i]);
    const struct arg *a = positional(call, at);
    return a ? a : named;
}
