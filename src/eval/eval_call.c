/* SPDX-License-Identifier: MIT */
/* Calls: what is called, and its run. Arguments are evaluated where the call
 * stands (eval_bind), defaults where the macro was defined. */
#include "eval/eval_sight.h"

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

/* --- macros --- */

/* Enough to know a value again; a @call body may be a whole Dockerfile. */
#define TRACED_VALUE 120

static void add_traced(struct buf *out, struct value v)
{
    bool all;
    if (!value_json_start(out, v, TRACED_VALUE, &all))
        buf_add_cstr(out, "(bytes)");
    else if (!all)
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
        if (params[i].type && !eval_typed_param(ev, m, &params[i], v,
                                                slots[i].type != VALUE_BAD)) {
            good = false;
            v = value_bad(); /* so that no default hands it on */
        }
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
    if (ev->cx.program->broken &&
        program_is_broken(ev->cx.program, m->source, m->define->name_loc))
        return NULL;
    if (!eval_bind_args(ev, sig, call, blocks, slots)) {
        if (call->number)
            watch_failed(&ev->cx, call);
        return NULL;
    }
    if (ev->tracer)
        trace_call(ev, call, sig, slots);
    return slots;
}

static struct frame enter_macro(struct eval *ev, const struct macro *m,
                                const struct expr_call *call,
                                const struct node_insert *blocks,
                                struct call_frame *f)
{
    *f = (struct call_frame){
        ev->call, m, call, ev->cx.source, ev->cx.chain, ev->cx.scope, blocks};
    ev->call = f;
    struct scope *scope = scope_new(ev->cx.scratch, m->scope, m->source,
                                    ev->region, m->define->signature.n);
    struct str name = source_span_text(eval_span(ev, call->name_loc));
    struct frame caller = eval_descend(
        ev, m->define->n.flag == DEFINE_FUNCTION ? TRACE_FUNCTION : TRACE_MACRO,
        name, call->e.loc, m->source, scope);
    eval_steps(ev, 1);
    return caller;
}

static void leave_macro(struct eval *ev, struct frame caller, bool good)
{
    const struct expr_call *call = ev->call->call;
    ev->call = ev->call->up;
    eval_ascend(ev, caller);
    if (!good && call->number)
        watch_failed(&ev->cx, call);
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
    struct frame caller = enter_macro(ev, m, call, blocks, &f);
    if (!watch_ended(&ev->cx.watches, f.source, call))
        watch_round(&ev->cx, f.source, call, blocks, m, slots, ev->cx.scope);
    ev->sink->exempt = true;
    bool good = bind_params(ev, m, slots) && eval_nodes(ev, m->define->body);
    ev->returned = false;
    ev->sink->exempt = exempt;
    leave_macro(ev, caller, good);
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
    struct value v = value_null();
    bool good = eval_expr(ev, n->expr, &v); /* which may call functions */
    ev->result = v;
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
        struct frame caller = enter_macro(ev, m, call, NULL, &f);
        if (!watch_ended(&ev->cx.watches, f.source, call))
            watch_round(&ev->cx, f.source, call, NULL, m, slots, ev->cx.scope);
        good = bind_params(ev, m, slots);
        if (m->define->n.flag == DEFINE_FUNCTION) {
            good = good && run_function(ev, m, out);
        } else {
            ev->cx.at = m->define->expr->loc;
            good = good && eval_expr(ev, m->define->expr, out);
        }
        leave_macro(ev, caller, good);
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
    if (!eval_bind_args(ev, sig, call, NULL, slots))
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

/* --- macros that nobody calls --- */

/* Nothing is known of a parameter. */
static struct scope *unknown_params(struct eval *ev, const struct macro *m)
{
    const struct signature *sig = &m->define->signature;
    struct scope *s =
        scope_new(ev->cx.scratch, m->scope, m->source, ev->region, sig->n);
    for (uint32_t i = 0; i < sig->n; i++)
        scope_bind_value(ev->cx.scratch, s, sig->params[i].name, value_bad(),
                         sig->params[i].loc);
    return s;
}

static bool rehearse(struct eval *ev, const struct macro *m)
{
    const struct node_define *d = m->define;
    struct region region;
    struct catch text;
    struct value v;
    bool good;
    eval_catch(ev, &text);
    eval_region_begin(ev, &region);
    struct scope *file = ev->cx.scope;
    ev->cx.scope = unknown_params(ev, m);
    if (d->n.flag == DEFINE_FUNCTION)
        good = run_function(ev, m, &v);
    else if (d->n.flag == DEFINE_TEXT)
        good = eval_nodes(ev, d->body);
    else
        good = eval_expr(ev, d->expr, &v);
    ev->returned = false;
    ev->cx.scope = file;
    eval_region_end(ev, &region);
    eval_caught(ev, &text);
    return good;
}

void eval_rehearse(struct eval *ev, const struct file *file)
{
    ev->rehearsing = true;
    for (uint32_t i = 0; i < file->defines.n; i++) {
        struct macro m = {.define = file->defines.at[i],
                          .source = file->source,
                          .scope = ev->cx.scope};
        if (!file_is_broken(file, m.define->name_loc.off))
            rehearse(ev, &m);
    }
    ev->rehearsing = false;
}
