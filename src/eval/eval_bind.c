/* SPDX-License-Identifier: MIT */
/* In: the arguments of a call, and the blocks of an @call. Out: one value for
 * each parameter. */
#include "base/near.h"
#include "eval/eval.h"
#include "lang/takers.h"

/* Values under way to their parameters; VALUE_BAD marks the ones not given. */
struct binder {
    const struct signature *sig;
    const struct expr_call *call;
    const struct node_insert *blocks; /* the @call; or NULL */
    struct value *slots;
    uint32_t next;                /* next positional parameter */
    uint32_t rest_list, rest_map; /* their indices */
    struct value list, map;       /* of *rest and **rest … */
    struct value item;            /* … and what is being added to them */
    int64_t spliced;              /* items of the lists after '*' */
    bool lost; /* an argument had no place, so that others cannot be told */
};

/* Where the next argument without a name goes; NULL when there are too many. */
static struct value *next_slot(struct binder *b)
{
    const struct param *params = b->sig->params;
    while (b->next < b->sig->n &&
           (b->slots[b->next].type != VALUE_BAD ||
            params[b->next].rest == REST_MAP ||
            (b->blocks && signature_is_block(&params[b->next]))))
        b->next++;
    if (b->next == b->sig->n)
        return NULL;
    return params[b->next].rest ? &b->item : &b->slots[b->next];
}

/* What slot has got belongs to *rest or, under its name, to **rest. */
static void settle(struct eval *ev, struct binder *b, const struct value *slot,
                   name_id name)
{
    if (slot != &b->item)
        return;
    if (name == NAME_NONE)
        b->list = value_list_add(ev->cx.scratch, b->list, b->item);
    else
        value_map_set(&b->map, name_text(ev->cx.names, name), b->item);
}

static bool put_splice(struct eval *ev, struct binder *b, const struct arg *arg,
                       struct value list)
{
    struct loc loc = signature_given(arg);
    if (list.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, loc, "'*' splices a list, not %s",
                          value_type_a(list.type));
    b->spliced += list.len;
    for (uint32_t i = 0; i < list.len; i++) {
        struct value *slot = next_slot(b);
        if (!slot) {
            struct str takes = signature_text(ev->cx.run, b->sig);
            return eval_error(ev, DIAG_ARGUMENTS, loc,
                              "the list has more items than %.*s takes",
                              STR_ARG(takes));
        }
        *slot = value_item(list, i);
        settle(ev, b, slot, NAME_NONE);
    }
    return true;
}

/* Where an argument with that name goes; NULL: nowhere. */
static struct value *named_slot(struct eval *ev, struct binder *b, name_id name)
{
    for (uint32_t i = 0; i < b->sig->n; i++)
        if (b->sig->params[i].name == name && !b->sig->params[i].rest)
            return &b->slots[i];
    if (b->rest_map == b->sig->n)
        return NULL;
    const struct value *had =
        value_map_get(b->map, name_text(ev->cx.names, name));
    b->item = had ? *had : value_bad();
    return &b->item;
}

/* The library that call names; NULL: none. */
static const struct file *library_of(const struct eval *ev,
                                     const struct expr_call *call)
{
    const struct binding *b =
        call->module == NAME_NONE
            ? NULL
            : scope_find(ev->cx.scope, call->module, BOUND_IMPORT);
    return b ? b->u.module->file : NULL;
}

/* Says what is wrong with the arguments, now that the lengths of spliced lists
 * are known; of what only the run knows, that `name` has two values. */
static bool wrong_arguments(struct eval *ev, const struct binder *b,
                            name_id name)
{
    if (!signature_check(b->sig, ev->cx.names, ev->cx.diags, ev->cx.source,
                         ev->cx.chain, b->call, b->blocks, b->spliced,
                         library_of(ev, b->call)))
        return false;
    struct str text =
        name == NAME_NONE ? STR("") : name_text(ev->cx.names, name);
    return eval_error(ev, DIAG_ARGUMENTS, b->call->e.loc,
                      name == NAME_NONE ? "the arguments do not fit%.*s"
                                        : "two values for the parameter '%.*s'",
                      STR_ARG(text));
}

/* Offers the parameters of sig; slots: those that have a value are left out. */
static void offer_params(const struct eval *ev, const struct signature *sig,
                         const struct value *slots, bool block,
                         struct near *near)
{
    for (uint32_t i = 0; i < sig->n; i++) {
        const struct param *p = &sig->params[i];
        if ((!slots || slots[i].type == VALUE_BAD) &&
            signature_offers(p, ev->cx.names, near->word) &&
            (!block || signature_is_block(p)))
            near_offer(near, name_text(ev->cx.names, p->name));
    }
}

/* An entry of a **map that cannot go where its key says. */
static bool bad_entry(struct eval *ev, struct binder *b, const struct arg *arg,
                      struct str key, bool twice)
{
    struct near near = near_start(key);
    name_id name = name_find(ev->cx.names, key);
    bool block = eval_entry_is_block(ev, arg, name);
    const struct signature *outer = eval_entry_outer(ev, arg);
    if (!twice)
        offer_params(ev, b->sig, b->slots, block, &near);
    if (!twice && outer)
        offer_params(ev, outer, NULL, block, &near);
    const struct file *library = library_of(ev, b->call);
    struct str more = STR("");
    if (!near.best.ptr && library && !twice)
        more =
            takers_text(ev->cx.run, ev->cx.names, library,
                        name_text(ev->cx.names, b->call->module), key, block);
    struct str text =
        arena_printf(ev->cx.run, "%s '%.*s'" NEAR_FORMAT "%.*s",
                     twice   ? "two values for the parameter"
                     : block ? "no block"
                             : "no parameter",
                     STR_ARG(key), NEAR_ARG(near.best), STR_ARG(more));
    return eval_blame_entry(ev, b->call, arg, name, text);
}

static bool put_map(struct eval *ev, struct binder *b, const struct arg *arg)
{
    struct value map;
    if (!eval_expr(ev, arg->expr, &map))
        return false;
    if (map.type != VALUE_MAP)
        return eval_error(ev, DIAG_TYPE, arg->expr->loc,
                          "'**' gives the entries of a map, not of %s",
                          value_type_a((enum value_type)map.type));
    eval_steps(ev, map.len);
    for (uint32_t i = 0; i < map.len; i++) {
        struct str key = value_map_key(map, i);
        name_id name = name_intern(ev->cx.names, key);
        struct value *slot = named_slot(ev, b, name);
        if (!slot || slot->type != VALUE_BAD)
            return bad_entry(ev, b, arg, key, slot != NULL);
        *slot = value_map_at(map, i);
        settle(ev, b, slot, name);
    }
    return true;
}

static bool put_arg(struct eval *ev, struct binder *b, const struct arg *arg)
{
    struct value list, *slot;
    if (b->lost) /* it may have mistakes of its own */
        return eval_expr(ev, arg->expr, &list) && false;
    if (arg->name == NAME_MAP)
        return put_map(ev, b, arg);
    if (arg->name == NAME_SPLICE) {
        b->lost =
            !eval_expr(ev, arg->expr, &list) || !put_splice(ev, b, arg, list);
        return !b->lost;
    }
    if (arg->name == NAME_NONE)
        slot = next_slot(b);
    else
        slot = named_slot(ev, b, arg->name);
    b->lost = !slot || (arg->name != NAME_NONE && slot->type != VALUE_BAD);
    if (b->lost)
        return wrong_arguments(ev, b, arg->name);
    if (!eval_expr(ev, arg->expr, slot)) {
        *slot = value_null(); /* so that it is not taken for missing */
        return false;
    }
    settle(ev, b, slot, arg->name);
    return true;
}

/* The block or the body of the @call. */
static bool put_block(struct eval *ev, struct binder *b, name_id name,
                      struct value text)
{
    struct value *slot = named_slot(ev, b, name);
    if (!slot || slot->type != VALUE_BAD)
        return wrong_arguments(ev, b, name);
    *slot = text;
    settle(ev, b, slot, name);
    return true;
}

static bool put_blocks(struct eval *ev, struct binder *b)
{
    struct value body;
    struct block_list list = {NULL, 0, 0};
    bool good = eval_call_blocks(ev, b->blocks, &list, &body);
    for (uint32_t i = 0; i < list.n; i++)
        good = put_block(ev, b, list.at[i].name, list.at[i].text) && good;
    const struct value *slot = named_slot(ev, b, (name_id)WORD_BODY);
    bool free = slot && slot != &b->item && slot->type == VALUE_BAD;
    if (free || b->blocks->has_body)
        good = put_block(ev, b, (name_id)WORD_BODY, body) && good;
    return good;
}

/* The first parameter that needs a value and has none; NULL: all have one. */
static const struct param *lacking(const struct binder *b)
{
    for (uint32_t i = 0; i < b->sig->n; i++) {
        const struct param *p = &b->sig->params[i];
        if (b->slots[i].type == VALUE_BAD && !p->optional && !p->rest)
            return p;
    }
    return NULL;
}

/* The **map of the call; NULL: it has none. */
static const struct arg *map_of(const struct expr_call *call)
{
    for (uint32_t i = call->nargs; i-- > 0;)
        if (call->args[i].name == NAME_MAP)
            return &call->args[i];
    return NULL;
}

static bool missing(struct eval *ev, const struct binder *b,
                    const struct param *p)
{
    const struct arg *map = map_of(b->call);
    if (!map)
        return wrong_arguments(ev, b, p->name);
    struct str name = name_text(ev->cx.names, p->name);
    return eval_blame_entry(
        ev, b->call, map, p->name,
        arena_printf(ev->cx.run, "missing argument '%.*s'", STR_ARG(name)));
}

bool eval_bind_args(struct eval *ev, const struct signature *sig,
                    const struct expr_call *call,
                    const struct node_insert *blocks, struct value *slots)
{
    struct binder b = {.sig = sig,
                       .call = call,
                       .blocks = blocks,
                       .slots = slots,
                       .rest_list = signature_rest(sig, REST_LIST),
                       .rest_map = signature_rest(sig, REST_MAP)};
    bool good = true;
    for (uint32_t i = 0; i < sig->n; i++)
        slots[i].type = VALUE_BAD;
    if (b.rest_list < sig->n)
        b.list = value_list_new(ev->cx.scratch, 0);
    if (b.rest_map < sig->n)
        b.map = value_map_new(ev->cx.scratch);
    for (uint32_t i = 0; i < call->nargs; i++)
        good = put_arg(ev, &b, &call->args[i]) && good;
    if (good && blocks)
        good = put_blocks(ev, &b);
    if (!good)
        return false;
    const struct param *lack = lacking(&b);
    if (lack)
        return missing(ev, &b, lack);
    if (b.rest_list < sig->n)
        slots[b.rest_list] = b.list;
    if (b.rest_map < sig->n)
        slots[b.rest_map] = b.map;
    return true;
}
