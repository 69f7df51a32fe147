/* SPDX-License-Identifier: MIT */
/* What is bound to a typed name, in the run: whether it fits. */
#include "eval/type.h"

/* --- parameters of macros --- */

static bool bad_at(struct eval *ev, const struct macro *m,
                   const struct param *param, struct blame p, struct value v)
{
    bool whole = p.arg && !signature_is_several(p.arg);
    for (uint32_t i = 0; i < MOST_MISFITS; i++) {
        struct misfit why = type_explain_nth(
            ev, m->scope, param->type, v, whole ? p.arg->expr : NULL,
            name_text(ev->cx.names, p.name), i);
        if (!why.message.ptr)
            break;
        struct diag *d = eval_report_blame(
            ev, DIAG_TYPE, &p, whole ? why.loc : p.loc, why.message, false);
        type_note(ev, d, &why);
        type_note_declared(ev, d, m->source, param->loc);
    }
    return false;
}

static bool bad_argument(struct eval *ev, const struct macro *m,
                         const struct param *param, uint32_t item, name_id name,
                         struct value v)
{
    return bad_at(ev, m, param, eval_blame(ev, param, item, name), v);
}

/* A library's default that is another parameter hands on what that was given.
 */
static bool bad_default(struct eval *ev, const struct macro *m,
                        const struct param *param, struct value v)
{
    struct blame p = eval_blame_default(ev, param);
    if (p.frame)
        return bad_at(ev, m, param, p, v);
    struct misfit why = type_explain(ev, m->scope, param->type, v, param->value,
                                     name_text(ev->cx.names, param->name));
    return eval_error(ev, DIAG_TYPE, why.loc, "%.*s", STR_ARG(why.message));
}

bool eval_typed_param(struct eval *ev, const struct macro *m,
                      const struct param *param, struct value v, bool given)
{
    bool good = true;
    ev->cx.at = param->loc;
    if (!param->rest) {
        enum fit fit = type_fits(ev, m->scope, param->type, v);
        if (fit != FIT_NO)
            return fit == FIT_YES;
        return given ? bad_argument(ev, m, param, 0, NAME_NONE, v)
                     : bad_default(ev, m, param, v);
    }
    for (uint32_t i = 0; i < v.len && good; i++) {
        struct value item =
            param->rest == REST_LIST ? value_item(v, i) : value_map_at(v, i);
        enum fit fit = type_fits(ev, m->scope, param->type, item);
        good = fit == FIT_YES;
        if (fit != FIT_NO)
            continue;
        name_id name = param->rest == REST_MAP
                           ? name_find(ev->cx.names, value_map_key(v, i))
                           : NAME_NONE;
        bad_argument(ev, m, param, i, name, item);
    }
    return good;
}

/* --- other names, and `is` --- */

struct scope *eval_file_scope(const struct eval *ev)
{
    struct scope *s = ev->cx.scope;
    while (s->up && s->up->source == s->source)
        s = s->up;
    return s;
}

bool eval_typed_value(struct eval *ev, const struct type *t, struct value v,
                      const struct expr *e, struct loc name)
{
    struct scope *file = eval_file_scope(ev);
    enum fit fit = type_fits(ev, file, t, v);
    if (fit != FIT_NO)
        return fit == FIT_YES;
    for (uint32_t i = 0; i < MOST_MISFITS; i++) {
        struct misfit why = type_explain_nth(
            ev, file, t, v, e, source_span_text(eval_span(ev, name)), i);
        if (!why.message.ptr)
            break;
        type_note(ev,
                  diag_report(ev->cx.diags, DIAG_TYPE,
                              eval_span(ev, e ? why.loc : name), ev->cx.chain,
                              "%.*s", STR_ARG(why.message)),
                  &why);
    }
    return false;
}

bool eval_is(struct eval *ev, const struct expr_type *e, struct value v,
             bool *is)
{
    enum fit fit = type_fits(ev, eval_file_scope(ev), e->type, v);
    *is = fit == FIT_YES;
    return fit != FIT_FAILED;
}

/* --- builtins --- */

bool eval_typed_builtin(struct eval *ev, const struct signature *sig,
                        const struct expr_call *call, const struct value *slots)
{
    for (uint32_t i = 0; i < sig->n; i++) {
        const struct param *param = &sig->params[i];
        if (type_fits(ev, NULL, param->type, slots[i]) == FIT_YES)
            continue;
        const struct arg *a = signature_argument(sig, call, false, param, 0);
        bool given = a && !signature_is_several(a);
        struct scope written = {.source = builtin_source(ev->cx.builtins)};
        struct misfit why = type_explain(ev, &written, param->type, slots[i],
                                         given ? a->expr : NULL,
                                         name_text(ev->cx.names, param->name));
        struct str callee = source_span_text(eval_span(ev, call->name_loc));
        struct loc loc = given ? why.loc : a ? signature_given(a) : call->e.loc;
        struct diag *d = diag_report(
            ev->cx.diags, DIAG_TYPE, eval_span(ev, loc), ev->cx.chain,
            "%.*s: %.*s", STR_ARG(callee), STR_ARG(why.message));
        if (str_eq(callee, STR("defined")) && given &&
            a->expr->kind == EXPR_NAME)
            diag_note(ev->cx.diags, d, source_nowhere,
                      "whether a name is bound says defined(\"x\"), with the "
                      "name in quotes");
        type_note(ev, d, &why);
        return false;
    }
    return true;
}
