/* SPDX-License-Identifier: MIT */
/* @param: the includer's binding, else what the user set, else the default.
 * Text from the command line takes the type of the default. */
#include "eval/eval.h"
#include "eval/value_json.h"
#include "eval/version.h"

/* Where the type of a parameter comes from. */
static void note_param(struct eval *ev, struct diag *d,
                       const struct node_param *n)
{
    struct span at = eval_span(ev, n->name_loc);
    if (n->value && n->value->kind != EXPR_NULL)
        diag_note(ev->cx.diags, d, at,
                  "it is declared here, and its default gives it the type");
    else
        diag_note(ev->cx.diags, d, at,
                  "it is declared here, and is a string without a default");
}

static bool bad_param(struct eval *ev, const struct node_param *n,
                      const struct setting *s, const char *wanted)
{
    struct str name = name_text(ev->cx.names, s->name);
    struct diag *d = diag_report(ev->cx.diags, DIAG_BAD_PARAM, s->span, NULL,
                                 "the parameter '%.*s' takes %s, not '%.*s'",
                                 STR_ARG(name), wanted, STR_ARG(s->text));
    note_param(ev, d, n);
    return false;
}

/* "-D x" for what is no bool. */
static bool no_value(struct eval *ev, const struct node_param *n,
                     const struct setting *s)
{
    struct str name = name_text(ev->cx.names, s->name);
    struct diag *d = diag_report(ev->cx.diags, DIAG_BAD_PARAM, s->span, NULL,
                                 "the parameter '%.*s' needs a value: -D "
                                 "%.*s=… (only a bool can do without)",
                                 STR_ARG(name), STR_ARG(name));
    note_param(ev, d, n);
    return false;
}

static bool to_bool(struct eval *ev, const struct node_param *n,
                    const struct setting *s, struct value *out)
{
    static const struct str yes[] = {STR("true"), STR("1"), STR("yes"),
                                     STR("on")};
    static const struct str no[] = {STR("false"), STR("0"), STR("no"),
                                    STR("off")};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        bool is_yes = str_distance(s->text, yes[i], 0) == 0;
        if (is_yes || str_distance(s->text, no[i], 0) == 0) {
            *out = value_bool(is_yes);
            return true;
        }
    }
    return bad_param(ev, n, s, "true or false (also 1/0, yes/no, on/off)");
}

static bool to_int(struct eval *ev, const struct node_param *n,
                   const struct setting *s, struct value *out)
{
    int64_t number;
    if (!str_to_int(s->text, &number))
        return bad_param(ev, n, s,
                         "a whole number of 64 bits without leading zeros");
    *out = value_int(number);
    return true;
}

static bool from_json(struct eval *ev, const struct node_param *n,
                      const struct setting *s, enum value_type type,
                      struct value *out)
{
    struct json_error err;
    const char *wanted = type == VALUE_MAP ? "a JSON map" : "a JSON list";
    if (value_json_read(ev->cx.run, s->text, out, &err))
        return out->type == type || bad_param(ev, n, s, wanted);
    struct str name = name_text(ev->cx.names, s->name);
    struct diag *d = diag_report(ev->cx.diags, DIAG_JSON, s->span, NULL,
                                 "the parameter '%.*s' takes %s: %s",
                                 STR_ARG(name), wanted, err.message);
    note_param(ev, d, n);
    return false;
}

/* The value of a JSON file has a type already. */
static bool check_type(struct eval *ev, const struct node_param *n,
                       const struct setting *s, enum value_type type,
                       struct value *out)
{
    size_t rest;
    *out = s->value;
    if (type == VALUE_NULL || out->type == type)
        return true;
    if (type == VALUE_VERSION && out->type == VALUE_STR &&
        version_valid(value_text(*out), &rest)) {
        *out = value_version(value_text(*out));
        return true;
    }
    struct str name = name_text(ev->cx.names, s->name);
    struct diag *d =
        diag_report(ev->cx.diags, DIAG_BAD_PARAM, s->name_span, NULL,
                    "the parameter '%.*s' takes %s, and this is %s",
                    STR_ARG(name), value_type_a(type), value_type_a(out->type));
    note_param(ev, d, n);
    return false;
}

/* A JSON list, or words between commas. */
static bool to_list(struct eval *ev, const struct node_param *n,
                    const struct setting *s, struct value *out)
{
    struct str rest = s->text;
    if (rest.len && rest.ptr[0] == '[')
        return from_json(ev, n, s, VALUE_LIST, out);
    *out = value_list_new(ev->cx.run, 0);
    while (rest.len) {
        size_t comma = str_chr(rest, ',', 0);
        struct str word =
            str_slice(rest, 0, comma == STR_NONE ? rest.len : comma);
        *out = value_list_add(ev->cx.run, *out, value_str(str_trim(word)));
        if (comma == STR_NONE)
            break;
        rest = str_from_off(rest, comma + 1);
        if (rest.len == 0)
            *out = value_list_add(ev->cx.run, *out, value_str(rest));
    }
    return true;
}

static bool convert(struct eval *ev, const struct node_param *n,
                    const struct setting *s, enum value_type type,
                    struct value *out)
{
    size_t rest;
    if (s->is_value)
        return check_type(ev, n, s, type, out);
    if (s->bare) {
        *out = value_bool(true);
        return type == VALUE_BOOL || no_value(ev, n, s);
    }
    switch (type) {
    case VALUE_BOOL:
        return to_bool(ev, n, s, out);
    case VALUE_INT:
        return to_int(ev, n, s, out);
    case VALUE_LIST:
        return to_list(ev, n, s, out);
    case VALUE_MAP:
        return from_json(ev, n, s, VALUE_MAP, out);
    case VALUE_VERSION:
        *out = value_version(s->text);
        return version_valid(s->text, &rest) ||
               bad_param(ev, n, s, "a version, such as 3.12 or 3.13rc1");
    default:
        *out = value_str(s->text);
        return true;
    }
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
    for (uint32_t i = 0; i < choices.len; i++) {
        buf_add_cstr(&ev->cx.work, i ? ", " : "");
        value_json(&ev->cx.work, value_item(choices, i));
    }
    size_t middle = ev->cx.work.len;
    value_json(&ev->cx.work, v);
    struct str list = str_slice(buf_str(&ev->cx.work), mark, middle - mark);
    struct str choice = buf_from(&ev->cx.work, middle);
    struct str name = name_text(ev->cx.names, n->name);
    struct diag *d =
        diag_report(ev->cx.diags, DIAG_BAD_CHOICE, at, ev->cx.chain,
                    "%.*s is not a choice for '%.*s'; it is one of %.*s",
                    STR_ARG(choice), STR_ARG(name), STR_ARG(list));
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

/* The value, and the position that choices blame. */
static bool param_value(struct eval *ev, const struct node_param *n,
                        struct value *v, struct span *at)
{
    const struct setting *s = find_setting(ev, n->name);
    const struct binding *b = scope_find(ev->cx.scope->up, n->name, SCOPE_ANY);
    *at = eval_span(ev, n->name_loc);
    if (b && b->kind == BOUND_VALUE) {
        *v = b->u.value;
        return v->type != VALUE_BAD;
    }
    *v = value_null();
    if (n->value && !eval_expr(ev, n->value, v))
        return false;
    if (s) {
        *at = s->span;
        return convert(ev, n, s, v->type, v);
    }
    struct str name = name_text(ev->cx.names, n->name);
    if (!n->value)
        return eval_error(ev, DIAG_MISSING_PARAM, n->name_loc,
                          "the parameter '%.*s' has no value and no default; "
                          "give it with -D %.*s=…",
                          STR_ARG(name), STR_ARG(name));
    if (n->value->kind != EXPR_BAD)
        *at = eval_span(ev, n->value->loc);
    return true;
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
