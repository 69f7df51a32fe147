/* SPDX-License-Identifier: MIT */
/* Builtins that give a value another form: for a Dockerfile's exec form, for a
 * shell, as a version; and the odd ones. */
#include "eval/builtin.h"

#include "eval/value_json.h"
#include "eval/version.h"

bool builtin_json(struct builtin_call *c, struct value *result)
{
    size_t mark = c->cx->work.len;
    if (!value_json(&c->cx->work, c->args[0]))
        return builtin_fail(c, DIAG_VALUE,
                            "a string in the value is not UTF-8, and JSON has "
                            "no other bytes");
    *result = builtin_taken(c, mark);
    return true;
}

/* --- shell words --- */

static bool add_word(struct builtin_call *c, struct value v)
{
    struct buf *work = &c->cx->work;
    struct str s;
    if (!value_to_str(c->arena, v, &s))
        return builtin_fail(c, DIAG_NOT_PRINTABLE,
                            "%s is not a word of a shell",
                            value_type_a(v.type));
    if (str_has_nul(s))
        return builtin_fail(c, DIAG_VALUE, "a word of a shell has no NUL byte");
    buf_add_char(work, '\'');
    for (size_t at = 0; at <= s.len;) {
        size_t quote = str_chr(s, '\'', at);
        size_t end = quote == STR_NONE ? s.len : quote;
        buf_add(work, str_slice(s, at, end - at));
        if (quote != STR_NONE)
            buf_add_cstr(work, "'\\''");
        at = end + 1;
    }
    buf_add_char(work, '\'');
    return true;
}

bool builtin_sh(struct builtin_call *c, struct value *result)
{
    struct value v = c->args[0];
    size_t mark = c->cx->work.len;
    bool good = true;
    if (v.type != VALUE_LIST)
        good = add_word(c, v);
    for (uint32_t i = 0; v.type == VALUE_LIST && good && i < v.len; i++) {
        if (i)
            buf_add_char(&c->cx->work, ' ');
        good = add_word(c, value_item(v, i));
    }
    if (good)
        *result = builtin_taken(c, mark);
    else
        buf_truncate(&c->cx->work, mark);
    return good;
}

/* --- versions --- */

static bool check_version(struct builtin_call *c, struct str s)
{
    size_t rest;
    if (version_valid(s, &rest))
        return true;
    if (rest == 0)
        return builtin_fail(c, DIAG_VERSION, "'%.*s' is not a version",
                            STR_ARG(s));
    struct str suffix = str_from_off(s, rest);
    return builtin_fail(c, DIAG_VERSION,
                        "'%.*s' is not a version because of '%.*s'; cut that "
                        "off first: trimsuffix(…, \"%.*s\")",
                        STR_ARG(s), STR_ARG(suffix), STR_ARG(suffix));
}

bool builtin_ver(struct builtin_call *c, struct value *result)
{
    struct str s = value_text(c->args[0]);
    *result = value_version(s);
    return check_version(c, s);
}

bool builtin_vermatch(struct builtin_call *c, struct value *result)
{
    struct str s = value_text(c->args[0]), bad;
    if (!check_version(c, s))
        return false;
    enum version_match m = version_in(s, value_text(c->args[1]), &bad);
    if (m == VERSION_BAD_RANGE)
        return builtin_fail(
            c, DIAG_VERSION,
            "'%.*s' is not a term of a range (>= > <= < == != and "
            "a version)",
            STR_ARG(bad));
    *result = value_bool(m == VERSION_YES);
    return true;
}

/* --- others --- */

bool builtin_type(struct builtin_call *c, struct value *result)
{
    *result = value_str(str_from(value_type_name(c->args[0].type)));
    return true;
}

bool builtin_error(struct builtin_call *c, struct value *result)
{
    struct str text = value_text(c->args[0]);
    (void)result;
    return context_error(c->cx, DIAG_USER_ERROR, c->call->e.loc, "%.*s",
                         STR_ARG(text));
}

bool builtin_defined(struct builtin_call *c, struct value *result)
{
    struct context *cx = c->cx;
    struct str text = value_text(c->args[0]);
    size_t dot = str_chr(text, '.', 0);
    name_id name =
        name_find(cx->names, dot == STR_NONE ? text : str_slice(text, 0, dot));
    struct binding *b =
        name == NAME_NONE ? NULL : scope_find(cx->scope, name, NULL);
    if (b && dot != STR_NONE) {
        const struct scope *library =
            b->kind == BINDING_MODULE ? b->u.module->scope : NULL;
        text = str_from_off(text, dot + 1);
        name =
            str_starts(text, STR("_")) ? NAME_NONE : name_find(cx->names, text);
        b = library && name != NAME_NONE ? scope_own(library, name) : NULL;
    }
    *result = value_bool(b != NULL);
    return true;
}
