/* SPDX-License-Identifier: MIT */
/* Calls: from a call in the tree to a macro or a builtin with one value for
 * each parameter. Arguments are evaluated where the call stands, defaults
 * where the macro was defined. */
#include "base/near.h"
#include "eval/eval.h"
#include "eval/value_json.h"

#include <string.h>

/* --- what is called --- */

static bool module_callee(struct eval *ev, const struct expr_call *call,
                          struct callee *out)
{
    const struct binding *library =
        scope_find(ev->cx.scope, call->module, BOUND_IMPORT);
    if (!library)
        return eval_refuse_call(ev, call);
    const struct binding *b = scope_own(library->u.module->scope, call->name);
    if (!b || b->kind != BOUND_MACRO ||
        name_text(ev->cx.names, call->name).ptr[0] == '_') {
        struct sight sight = eval_sight(ev);
        rules_not_member(&sight, call->module, call->name, call->name_loc,
                         BOUND_MACRO, b ? b->kind : 0);
        return false;
    }
    out->macro = b->u.macro;
    return true;
}

bool eval_callee(struct eval *ev, const struct expr_call *call,
                 struct callee *out)
{
    *out = (struct callee){NULL, NULL};
    if (call->module != NAME_NONE)
        return module_callee(ev, call, out);
    const struct binding *b = scope_find(ev->cx.scope, call->name, BOUND_MACRO);
    if (b) {
        out->macro = b->u.macro;
        return true;
    }
    out->builtin = builtin_find(ev->cx.builtins, call->name);
    return out->builtin || eval_refuse_call(ev, call);
}

/* --- binding arguments to parameters --- */

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
    struct loc loc = {arg->off, arg->expr->loc.off + arg->expr->loc.len};
    loc.len -= loc.off;
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

/* Says what is wrong with the arguments, now that the lengths of spliced lists
 * are known. */
static bool wrong_arguments(struct eval *ev, const struct binder *b)
{
    signature_check(b->sig, ev->cx.names, ev->cx.diags, ev->cx.source,
                    ev->cx.chain, b->call, b->blocks, b->spliced);
    return false;
}

/* An entry of a **map that cannot go where its key says. */
static bool bad_entry(struct eval *ev, struct binder *b, const struct arg *arg,
                      struct str key, bool twice)
{
    struct near near = near_start(key);
    for (uint32_t i = 0; !twice && i < b->sig->n; i++)
        near_offer(&near, name_text(ev->cx.names, b->sig->params[i].name));
    struct str text =
        arena_printf(ev->cx.run, "%s '%.*s'%s%.*s%s",
                     twice ? "two values for the parameter" : "no parameter",
                     STR_ARG(key), near.best.ptr ? "; did you mean '" : "",
                     STR_ARG(near.best), near.best.ptr ? "'?" : "");
    return eval_blame_entry(ev, b->call, arg, name_find(ev->cx.names, key),
                            text);
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
    if (arg->name == NAME_MAP)
        return put_map(ev, b, arg);
    if (arg->name == NAME_SPLICE)
        return eval_expr(ev, arg->expr, &list) && put_splice(ev, b, arg, list);
    if (arg->name == NAME_NONE)
        slot = next_slot(b);
    else
        slot = named_slot(ev, b, arg->name);
    if (!slot || (arg->name != NAME_NONE && slot->type != VALUE_BAD))
        return wrong_arguments(ev, b);
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
        return wrong_arguments(ev, b);
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
    if ((slot && slot != &b->item) || b->blocks->has_body)
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
        return wrong_arguments(ev, b);
    struct str name = name_text(ev->cx.names, p->name);
    return eval_blame_entry(
        ev, b->call, map, p->name,
        arena_printf(ev->cx.run, "missing argument '%.*s'", STR_ARG(name)));
}

/* Evaluates the arguments of call into slots, one a parameter of sig, and then
 * the blocks. */
static bool bind_args(struct eval *ev, const struct signature *sig,
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

/* --- macros --- */

/* Enough to know a value again; a @call body may be a whole Dockerfile. */
#define TRACED_VALUE 120

static void add_traced(struct buf *out, struct value v)
{
    size_t start = out->len;
    if (!value_json(out, v)) {
        buf_add_cstr(out, "(bytes)");
        return;
    }
    size_t end = start + TRACED_VALUE;
    if (out->len <= end)
        return;
    while ((out->ptr[end] & 0xc0) == 0x80)
        end--;
    buf_truncate(out, end);
    buf_add_cstr(out, "...");
}

static void trace_call(struct eval *ev, const struct expr_call *call,
                       const struct signature *sig, const struct value *slots)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    buf_add(work, source_span_text(eval_span(ev, call->name_loc)));
    buf_add_char(work, '(');
    for (uint32_t i = 0, n = 0; i < sig->n; i++) {
        if (slots[i].type == VALUE_BAD)
            continue;
        buf_add_cstr(work, n++ ? ", " : "");
        buf_add(work, name_text(ev->cx.names, sig->params[i].name));
        buf_add_char(work, '=');
        add_traced(work, slots[i]);
    }
    buf_add_cstr(work, ")");
    struct str what = arena_str(ev->cx.scratch, buf_from(work, mark));
    buf_truncate(work, mark);
    eval_trace(ev, call->name_loc, what);
}

/* Binds the parameters in the macro's new scope, which has room for them,
 * defaults included. */
static bool bind_params(struct eval *ev, const struct macro *m,
                        const struct value *slots)
{
    const struct param *params = m->define->signature.params;
    struct scope *scope = ev->cx.scope;
    bool good = true;
    for (uint32_t i = 0; i < m->define->signature.n; i++) {
        struct value v = slots[i];
        if (v.type == VALUE_BAD && params[i].value) {
            ev->cx.at = params[i].value->loc;
            good = eval_expr(ev, params[i].value, &v) && good;
        }
        if (params[i].type)
            good = eval_typed_param(ev, m, &params[i], v,
                                    slots[i].type != VALUE_BAD) &&
                   good;
        scope_bind_value(ev->cx.scratch, scope, params[i].name, v,
                         params[i].loc);
    }
    return good;
}

/* The values for m's parameters, of which VALUE_BAD stands for the default;
 * NULL after an error. */
static struct value *macro_args(struct eval *ev, const struct macro *m,
                                const struct expr_call *call,
                                const struct node_insert *blocks)
{
    const struct signature *sig = &m->define->signature;
    struct value *slots = arena_array(ev->cx.scratch, sig->n, sizeof *slots);
    if (!bind_args(ev, sig, call, blocks, slots))
        return NULL;
    if (ev->tracer)
        trace_call(ev, call, sig, slots);
    return slots;
}

static struct frame enter_macro(struct eval *ev, const struct macro *m,
                                const struct expr_call *call, bool blocks,
                                struct call_frame *f)
{
    *f = (struct call_frame){ev->call,     m,     call, ev->cx.source,
                             ev->cx.chain, blocks};
    ev->call = f;
    struct scope *scope = scope_new(ev->cx.scratch, m->scope, m->source,
                                    ev->region, m->define->signature.n);
    struct str name = source_span_text(eval_span(ev, call->name_loc));
    struct frame caller =
        eval_descend(ev, TRACE_MACRO, name, call->e.loc, m->source, scope);
    eval_steps(ev, 1);
    return caller;
}

static void leave_macro(struct eval *ev, struct frame caller)
{
    ev->call = ev->call->up;
    eval_ascend(ev, caller);
}

bool eval_call_text(struct eval *ev, const struct macro *m,
                    const struct expr_call *call,
                    const struct node_insert *blocks)
{
    bool exempt = ev->sink->exempt;
    struct call_frame f;
    const struct value *slots = macro_args(ev, m, call, blocks);
    if (!slots)
        return false;
    struct frame caller = enter_macro(ev, m, call, blocks != NULL, &f);
    ev->sink->exempt = true;
    bool good = bind_params(ev, m, slots) && eval_nodes(ev, m->define->body);
    ev->sink->exempt = exempt;
    leave_macro(ev, caller);
    return good;
}

/* --- functions --- */

bool eval_return(struct eval *ev, const struct node_return *n)
{
    bool wanted = true;
    if (n->guard && !eval_condition(ev, n->guard, &wanted))
        return false;
    if (!wanted)
        return true;
    bool good = eval_expr(ev, n->expr, &ev->result);
    ev->returned = true;
    /* What it is made of may lie in the regions of loops. */
    if (good && ev->result.type >= VALUE_STR)
        for (struct region *r = ev->region; r && r->id >= ev->function;
             r = r->up)
            r->escaped = true;
    return good;
}

/* Runs the body of m, whose parameters are bound, in its own region. */
static bool run_function(struct eval *ev, const struct macro *m,
                         struct value *out)
{
    struct sink nothing = {.buf = &ev->cx.work, .exempt = true};
    struct sink *sink = ev->sink;
    struct value outer = ev->result;
    uint64_t function = ev->function;
    ev->sink = &nothing;
    if (!function)
        ev->function = ev->region->id;
    ev->result = value_null();
    bool good = eval_nodes(ev, m->define->body);
    *out = ev->result;
    ev->returned = false;
    ev->result = outer;
    ev->function = function;
    ev->sink = sink;
    return good;
}

static bool call_value(struct eval *ev, const struct macro *m,
                       const struct expr_call *call, struct value *out)
{
    struct region region;
    eval_region_begin(ev, &region);
    const struct value *slots = macro_args(ev, m, call, NULL);
    bool good = slots != NULL;
    if (good) {
        struct call_frame f;
        struct frame caller = enter_macro(ev, m, call, false, &f);
        good = bind_params(ev, m, slots);
        if (m->define->n.flag == DEFINE_FUNCTION) {
            good = good && run_function(ev, m, out);
        } else {
            ev->cx.at = m->define->expr->loc;
            good = good && eval_expr(ev, m->define->expr, out);
        }
        leave_macro(ev, caller);
    }
    /* A string, list or map may lie in the region. */
    if (good && out->type != VALUE_INT && out->type != VALUE_BOOL &&
        out->type != VALUE_NULL)
        region.escaped = true;
    eval_region_end(ev, &region);
    return good;
}

/* The text of a macro as a string. */
static bool call_caught(struct eval *ev, const struct macro *m,
                        const struct expr_call *call, struct value *out)
{
    struct catch text;
    struct region region;
    eval_catch(ev, &text);
    eval_region_begin(ev, &region);
    bool good = eval_call_text(ev, m, call, NULL);
    eval_region_end(ev, &region);
    *out = eval_caught(ev, &text);
    return good;
}

bool eval_call(struct eval *ev, const struct expr_call *call, struct value *out)
{
    struct callee callee;
    if (!eval_callee(ev, call, &callee))
        return false;
    if (callee.macro)
        return callee.macro->define->n.flag != DEFINE_TEXT
                   ? call_value(ev, callee.macro, call, out)
                   : call_caught(ev, callee.macro, call, out);
    const struct signature *sig =
        builtin_signature(ev->cx.builtins, call->name);
    struct value *slots = arena_array(ev->cx.scratch, sig->n, sizeof *slots);
    if (!bind_args(ev, sig, call, NULL, slots))
        return false;
    for (uint32_t i = 0; i < sig->n; i++)
        if (slots[i].type == VALUE_BAD)
            slots[i] = value_null();
    eval_steps(ev, 1);
    if (!eval_typed_builtin(ev, sig, call, slots))
        return false;
    return builtin_run(&ev->cx, callee.builtin, call, slots, out);
}

/* --- definitions --- */

bool eval_bind_macro(struct eval *ev, struct scope *scope,
                     const struct node_define *d)
{
    struct binding *first = scope_own(scope, d->name);
    if (first)
        return eval_refuse_twice(ev, scope, first, d->name_loc, "");
    struct macro *m = arena_new(ev->cx.scratch, struct macro);
    m->define = d;
    m->source = ev->cx.source;
    m->scope = scope;
    scope_bind(ev->cx.scratch, scope, d->name, BOUND_MACRO, d->name_loc)
        ->u.macro = m;
    return true;
}

bool eval_bind_defines(struct eval *ev, const struct file *file,
                       struct scope *scope)
{
    bool good = true;
    for (uint32_t i = 0; i < file->defines.n; i++)
        if (!file->defines.at[i]->conditional)
            good = eval_bind_macro(ev, scope, file->defines.at[i]) && good;
    return good;
}
