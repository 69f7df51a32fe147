/* SPDX-License-Identifier: MIT */
/* Builtins that give a value another form: for a Dockerfile's exec form, for a
 * shell, as a version; and the odd ones. */
#include "eval/builtin.h"

#include "base/version.h"
#include "eval/value_json.h"

struct value builtin_json(struct builtin_call *c)
{
    if (value_json(&c->cx->work, c->args[0]))
        return builtin_taken(c);
    return builtin_fail(c, DIAG_VALUE,
                        "a string in the value is not UTF-8, and JSON has no "
                        "other bytes");
}

/* --- shell words --- */

/* Adds s as a part of a single-quoted word. */
static void add_escaped(struct buf *out, struct str s)
{
    struct str part;
    for (size_t at = 0; at <= s.len; at += part.len + 1) {
        part = str_part(s, at, '\'');
        buf_add_cstr(out, at ? "'\\''" : "");
        buf_add(out, part);
    }
}

struct value builtin_sh(struct builtin_call *c)
{
    struct value all = c->args[0];
    struct buf *work = &c->cx->work;
    bool is_list = all.type == VALUE_LIST;
    for (uint32_t i = 0; i < (is_list ? all.len : 1); i++) {
        struct value v = is_list ? value_item(all, i) : all;
        bool is_text = v.type == VALUE_STR || v.type == VALUE_VERSION;
        c->about = v;
        c->within = all;
        if (is_text && str_has_nul(value_text(v)))
            return builtin_fail(c, DIAG_VALUE,
                                "a word of a shell has no NUL byte");
        buf_add_cstr(work, i ? " '" : "'");
        if (is_text)
            add_escaped(work, value_text(v));
        else if (!value_print(work, v))
            return builtin_fail(c, DIAG_NOT_PRINTABLE,
                                "%s is not a word of a shell",
                                value_type_a(v.type));
        buf_add_cstr(work, "'");
    }
    return builtin_taken(c);
}

/* --- versions --- */

/* s as a version; VALUE_BAD if it is not one (reported). */
static struct value version_of(struct builtin_call *c, struct str s)
{
    size_t rest;
    if (version_valid(s, &rest))
        return value_version(s);
    c->about = value_str(s);
    if (rest == 0)
        return builtin_fail(c, DIAG_VERSION, "'%.*s' is not a version",
                            STR_ARG(s));
    struct str suffix = str_from_off(s, rest);
    return builtin_fail(c, DIAG_VERSION,
                        "'%.*s' is not a version because of '%.*s'; cut that "
                        "off first: trimsuffix(…, \"%.*s\")",
                        STR_ARG(s), STR_ARG(suffix), STR_ARG(suffix));
}

struct value builtin_ver(struct builtin_call *c)
{
    return version_of(c, value_text(c->args[0]));
}

struct value builtin_vermatch(struct builtin_call *c)
{
    struct value v = version_of(c, value_text(c->args[0]));
    struct str bad;
    if (v.type == VALUE_BAD)
        return v;
    enum version_match m =
        version_in(value_text(v), value_text(c->args[1]), &bad);
    if (m != VERSION_BAD_RANGE)
        return value_bool(m == VERSION_YES);
    return builtin_fail(c, DIAG_VERSION,
                        "'%.*s' is not a term of a range (>= > <= < == != and "
                        "a version)",
                        STR_ARG(bad));
}

/* --- others --- */

struct value builtin_type(struct builtin_call *c)
{
    return value_str(str_from(value_type_name(c->args[0].type)));
}

struct value builtin_error(struct builtin_call *c)
{
    struct str text = value_text(c->args[0]);
    c->cx->fail(c->cx, c->call->e.loc, text);
    return value_bad();
}

struct value builtin_defined(struct builtin_call *c)
{
    struct context *cx = c->cx;
    struct str text = value_text(c->args[0]), head = str_part(text, 0, '.');
    struct str member = str_from_off(text, head.len + 1);
    struct binding *b =
        scope_find(cx->scope, name_find(cx->names, head), SCOPE_ANY);
    if (b)
        watch_read(&cx->watches, b);
    if (b && head.len < text.len)
        b = b->kind == BOUND_IMPORT && !str_starts(member, STR("_"))
                ? scope_own(b->u.module->scope, name_find(cx->names, member))
                : NULL;
    return value_bool(b != NULL);
}
