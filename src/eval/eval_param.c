/* SPDX-License-Identifier: MIT */
/* @param: the includer's binding, else what the user set, else the default.
 * Text from the command line takes the declared type, else that of the default.
 */
#include "eval/type_describe.h"
#include "eval/value_json.h"

#include <string.h>

/* The type of a parameter, with the scope of its file. */
struct wanted {
    const struct node_param *n;
    const struct type *type;
    struct scope *file;
};

/* The declared one, else that of the default. */
static struct wanted wanted_of(struct eval *ev, const struct node_param *n,
                               enum value_type of_default)
{
    static const struct type plain[] = {
        [VALUE_NULL] = {.kind = TYPE_ANY},
        [VALUE_BOOL] = {.kind = TYPE_BOOL},
        [VALUE_INT] = {.kind = TYPE_INT},
        [VALUE_STR] = {.kind = TYPE_STRING},
        [VALUE_VERSION] = {.kind = TYPE_VERSION},
    };
    static const struct type_of list = {.t.kind = TYPE_LIST};
    static const struct type_of map = {.t.kind = TYPE_MAP};
    const struct type *type = n->type                    ? n->type
                              : of_default == VALUE_LIST ? &list.t
                              : of_default == VALUE_MAP  ? &map.t
                                                         : &plain[of_default];
    return (struct wanted){n, type, eval_file_scope(ev)};
}

static bool note_param(struct eval *ev, struct diag *d, const struct wanted *w)
{
    struct span at = eval_span(ev, w->n->name_loc);
    const char *more = w->n->type ? ""
                       : w->n->value && w->n->value->kind != EXPR_NULL
                           ? ", and its default gives it the type"
                           : ", and is a string without a default";
    diag_note(ev->cx.diags, d, at, "it is declared here%s", more);
    return false;
}

/* What can be written for it on a command line. */
static struct str takes(struct eval *ev, const struct wanted *w)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    switch (w->type->kind) {
    case TYPE_BOOL:
        return STR("true or false (also 1/0, yes/no, on/off)");
    case TYPE_INT:
        return STR("a whole number of 64 bits without leading zeros");
    case TYPE_VERSION:
        return STR("a version, such as 3.12 or 3.13rc1");
    default:
        type_describe(ev, w->file, w->type, work);
        if (type_takes(w->type, VALUE_MAP))
            buf_add_cstr(work, " in JSON");
    }
    return context_take(&ev->cx, mark);
}

static bool bad_param(struct eval *ev, const struct wanted *w,
                      const struct setting *s)
{
    struct str name = name_text(ev->cx.names, s->name);
    struct str wanted = takes(ev, w);
    struct str near = type_nearest(ev, w->file, w->type, s->text);
    return note_param(
        ev,
        diag_report(ev->cx.diags, DIAG_BAD_PARAM, s->span, NULL,
                    "the parameter '%.*s' takes %.*s, not '%.*s'" NEAR_FORMAT,
                    STR_ARG(name), STR_ARG(wanted), STR_ARG(s->text),
                    NEAR_ARG(near)),
        w);
}

/* "-D x" for what does not take true. */
static bool no_value(struct eval *ev, const struct wanted *w,
                     const struct setting *s)
{
    struct str name = name_text(ev->cx.names, s->name);
    return note_param(
        ev,
        diag_report(ev->cx.diags, DIAG_BAD_PARAM, s->span, NULL,
                    "the parameter '%.*s' needs a value: -D %.*s=… (only a "
                    "bool can do without)",
                    STR_ARG(name), STR_ARG(name)),
        w);
}

/* All that is wrong with v; at: where it was given, if it does not know its
 * own place. */
static bool bad_value(struct eval *ev, const struct wanted *w, struct value v,
                      const type_originals *originals, struct span given)
{
    struct str name = name_text(ev->cx.names, w->n->name), path;
    for (uint32_t i = 0; i < MOST_MISFITS; i++) {
        struct span at = given;
        struct misfit why = type_explain_data(ev, w->file, w->type, v, name, i);
        if (!why.message.ptr)
            break;
        struct value within = type_original(originals, why.within);
        bool unknown = value_is(why.value, why.within); /* a key of it */
        if (why.within.type != VALUE_BAD &&
            (unknown ||
             !data_place(&ev->cx, type_original(originals, why.value), &at,
                         &path)) &&
            !data_place_key(&ev->cx, within, why.key, &at, &path))
            data_place(&ev->cx, within, &at, &path);
        note_param(ev,
                   diag_report(ev->cx.diags, DIAG_BAD_PARAM, at, NULL, "%.*s",
                               STR_ARG(why.message)),
                   w);
    }
    return false;
}

/* The value of a data file has a type already; only a version is a string
 * there. */
static bool from_data(struct eval *ev, const struct wanted *w,
                      const struct setting *s, struct value *out)
{
    type_originals originals = {NULL, 0, 0};
    *out = type_from_data(ev, w->file, w->type, s->value, &originals);
    enum fit fit = type_fits(ev, w->file, w->type, *out);
    if (fit != FIT_NO)
        return fit == FIT_YES;
    return bad_value(ev, w, *out, &originals, s->name_span);
}

/* Text that begins as a list or a map in JSON, and is none. */
static bool bad_json(struct eval *ev, const struct wanted *w,
                     const struct setting *s, const struct data_error *err)
{
    struct str name = name_text(ev->cx.names, s->name);
    struct str wanted = takes(ev, w);
    bool file =
        str_starts(s->text, STR("@")) || str_ends(s->text, STR(".json")) ||
        str_ends(s->text, STR(".yaml")) || str_ends(s->text, STR(".yml"));
    return note_param(ev,
                      diag_report(ev->cx.diags, DIAG_JSON, s->span, NULL,
                                  "the parameter '%.*s' takes %.*s: %s%s",
                                  STR_ARG(name), STR_ARG(wanted), err->message,
                                  file ? "; a file is given with --data "
                                         "NAME=FILE"
                                       : ""),
                      w);
}

/* Whether text was meant to be v, a list or a map: then a part of it is wrong.
 */
static bool is_nested(const struct wanted *w, struct str text, struct value v)
{
    if (v.type == VALUE_BAD)
        return false;
    return str_starts(text, STR("[")) || str_starts(text, STR("{")) ||
           v.len > 1 ||
           !(type_takes(w->type, VALUE_STR) || type_takes(w->type, VALUE_INT) ||
             type_takes(w->type, VALUE_BOOL) ||
             type_takes(w->type, VALUE_VERSION));
}

static bool from_text(struct eval *ev, const struct wanted *w,
                      const struct setting *s, struct value *out)
{
    struct data_error err = {0};
    enum fit fit = type_from_text(ev, w->file, w->type, s->text, out, &err);
    if (fit != FIT_NO)
        return fit == FIT_YES;
    if (err.message[0])
        return bad_json(ev, w, s, &err);
    type_originals none = {NULL, 0, 0};
    return is_nested(w, s->text, *out) ? bad_value(ev, w, *out, &none, s->span)
                                       : bad_param(ev, w, s);
}

static bool convert(struct eval *ev, const struct wanted *w,
                    const struct setting *s, struct value *out)
{
    if (s->is_value)
        return from_data(ev, w, s, out);
    if (!s->bare)
        return from_text(ev, w, s, out);
    *out = value_bool(true);
    enum fit fit = !w->n->type && w->type->kind == TYPE_ANY
                       ? FIT_NO
                       : type_fits(ev, w->file, w->type, *out);
    return fit == FIT_YES || (fit == FIT_NO && no_value(ev, w, s));
}

/* --- choices --- */

static bool is_choice(struct eval *ev, struct value v, struct value choices)
{
    for (uint32_t i = 0; i < choices.len; i++)
        if (value_same(ev->cx.scratch, v, value_item(choices, i)))
            return true;
    return false;
}

static bool bad_choice(struct eval *ev, const struct node_param *n,
                       struct value v, struct value choices, struct span at)
{
    size_t mark = ev->cx.work.len;
    type_add_choices(&ev->cx.work, choices);
    size_t middle = ev->cx.work.len;
    value_json(&ev->cx.work, v);
    struct str list = str_slice(buf_str(&ev->cx.work), mark, middle - mark);
    struct str choice = buf_from(&ev->cx.work, middle);
    struct str name = name_text(ev->cx.names, n->name);
    struct diag *d =
        diag_report(ev->cx.diags, DIAG_BAD_CHOICE, at, ev->cx.chain,
                    "%.*s is not a choice for '%.*s'; it is one of %.*s",
                    STR_ARG(choice), STR_ARG(name), STR_ARG(list));
    struct str text = v.type == VALUE_STR ? value_text(v) : STR("");
    if (at.source != ev->cx.source && text.len > 1 &&
        strchr("\"'", text.ptr[0]) && text.ptr[0] == text.ptr[text.len - 1])
        diag_note(ev->cx.diags, d, source_nowhere,
                  "the value of -D has no quotes of its own");
    if (at.source != ev->cx.source)
        diag_note(ev->cx.diags, d, eval_span(ev, n->choices->loc),
                  "the choices are here");
    buf_truncate(&ev->cx.work, mark);
    return false;
}

/* The choices apply to each item of a list. */
static bool check_choices(struct eval *ev, const struct node_param *n,
                          struct value v, struct span at)
{
    struct value choices;
    if (!n->choices)
        return true;
    if (!eval_expr(ev, n->choices, &choices))
        return false;
    if (choices.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, n->choices->loc,
                          "the choices are a list, not %s",
                          value_type_a(choices.type));
    if (v.type != VALUE_LIST)
        return is_choice(ev, v, choices) || bad_choice(ev, n, v, choices, at);
    for (uint32_t i = 0; i < v.len; i++)
        if (!is_choice(ev, value_item(v, i), choices))
            return bad_choice(ev, n, value_item(v, i), choices, at);
    return true;
}

/* --- the directive --- */

static const struct setting *find_setting(const struct eval *ev, name_id name)
{
    for (uint32_t i = ev->settings.n; i-- > 0;)
        if (ev->settings.at[i].name == name)
            return &ev->settings.at[i];
    return NULL;
}

/* What was set: the default tells the type, if nobody declared one. */
static bool set_value(struct eval *ev, const struct node_param *n,
                      const struct setting *s, struct value *v)
{
    *v = value_null();
    if (n->value && !n->type && !eval_expr(ev, n->value, v))
        return false;
    struct wanted w = wanted_of(ev, n, (enum value_type)v->type);
    return convert(ev, &w, s, v);
}

static bool report_missing(const struct eval *ev, const struct node_param *n,
                           struct span at)
{
    struct str name = name_text(ev->cx.names, n->name);
    diag_report(ev->cx.diags, DIAG_MISSING_PARAM, at, ev->cx.chain,
                "the parameter '%.*s' has no value and no default; give it "
                "with -D %.*s=…",
                STR_ARG(name), STR_ARG(name));
    return false;
}

void eval_missing_params(const struct eval *ev, const struct file *file)
{
    for (const struct node *n = file->body; n; n = n->next) {
        const struct node_param *p = (const struct node_param *)n;
        if (n->kind == NODE_PARAM && !p->value && !find_setting(ev, p->name) &&
            !file_is_broken(file, p->name_loc.off))
            report_missing(
                ev, p,
                (struct span){file->source, p->name_loc.off, p->name_loc.len});
    }
}

static bool default_value(struct eval *ev, const struct node_param *n,
                          struct value *v)
{
    if (!n->value && ev->unknown)
        return false;
    if (!n->value)
        return report_missing(ev, n, eval_span(ev, n->name_loc));
    return eval_expr(ev, n->value, v) &&
           (!n->type ||
            eval_typed_value(ev, n->type, *v, n->value, n->name_loc));
}

/* The value, and the position that choices blame. */
static bool param_value(struct eval *ev, const struct node_param *n,
                        struct value *v, struct span *at)
{
    const struct setting *s = find_setting(ev, n->name);
    struct binding *b = scope_find(ev->cx.scope->up, n->name, SCOPE_ANY);
    *at = eval_span(ev, n->name_loc);
    if (b && b->kind == BOUND_VALUE) {
        *v = b->u.value;
        return v->type != VALUE_BAD && eval_heed(ev, b, n->name_loc) &&
               (!n->type ||
                eval_typed_value(ev, n->type, *v, NULL, n->name_loc));
    }
    if (s) {
        *at = s->span;
        return set_value(ev, n, s, v);
    }
    if (n->value && n->value->kind != EXPR_BAD)
        *at = eval_span(ev, n->value->loc);
    return default_value(ev, n, v);
}

bool eval_param(struct eval *ev, const struct node_param *n)
{
    struct value v;
    struct span at;
    bool good = param_value(ev, n, &v, &at) && check_choices(ev, n, v, at);
    if (!good)
        v.type = VALUE_BAD;
    return eval_bind_value(ev, n->name, v, n->name_loc) && good;
}
