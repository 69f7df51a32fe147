/* SPDX-License-Identifier: MIT */
/* Builtins on strings. Bytes are bytes; only ASCII letters have a case. */
#include "eval/builtin.h"
#include "eval/nearly.h"
#include "eval/sink.h"

#include <string.h>

static struct str text_of(const struct builtin_call *c, int i)
{
    return value_text(c->args[i]);
}

struct value builtin_len(struct builtin_call *c)
{
    return value_int(c->args[0].len);
}

static struct value map_bytes(struct builtin_call *c, char (*fn)(char))
{
    struct str s = text_of(c, 0);
    char *to = builtin_bytes(c, s.len);
    for (size_t i = 0; i < s.len; i++)
        to[i] = fn(s.ptr[i]);
    return value_str((struct str){to, s.len});
}

struct value builtin_upper(struct builtin_call *c)
{
    return map_bytes(c, ascii_upper);
}

struct value builtin_lower(struct builtin_call *c)
{
    return map_bytes(c, ascii_lower);
}

struct value builtin_trim(struct builtin_call *c)
{
    return value_str(str_trim(text_of(c, 0)));
}

struct value builtin_trimprefix(struct builtin_call *c)
{
    struct str s = text_of(c, 0), p = text_of(c, 1);
    return value_str(str_from_off(s, str_starts(s, p) ? p.len : 0));
}

struct value builtin_trimsuffix(struct builtin_call *c)
{
    struct str s = text_of(c, 0), p = text_of(c, 1);
    return value_str(str_slice(s, 0, s.len - (str_ends(s, p) ? p.len : 0)));
}

struct value builtin_startswith(struct builtin_call *c)
{
    return value_bool(str_starts(text_of(c, 0), text_of(c, 1)));
}

struct value builtin_endswith(struct builtin_call *c)
{
    return value_bool(str_ends(text_of(c, 0), text_of(c, 1)));
}

struct value builtin_contains(struct builtin_call *c)
{
    struct value x = c->args[0], y = c->args[1];
    if (x.type != VALUE_LIST && y.type != VALUE_STR)
        return builtin_fail(c, DIAG_TYPE,
                            "%s contains strings, so 'y' cannot be %s",
                            value_type_a(x.type), value_type_a(y.type));
    bool found = value_contains(c->arena, x, y);
    if (!found)
        nearly_held(c->cx, c->call->name_loc, y, x, false);
    return value_bool(found);
}

struct value builtin_replace(struct builtin_call *c)
{
    struct str s = text_of(c, 0), from = text_of(c, 1), to = text_of(c, 2);
    struct buf *work = &c->cx->work;
    size_t at = 0, hit;
    if (from.len == 0)
        return builtin_fail(
            c, DIAG_VALUE,
            "'from' is empty; the order is replace(s, from, to)");
    for (uint64_t hits = 0; (hit = str_find(s, from, at)) != STR_NONE;
         at = hit + from.len)
        builtin_foresee(c, ++hits * to.len);
    at = 0;
    while ((hit = str_find(s, from, at)) != STR_NONE) {
        buf_add(work, str_slice(s, at, hit - at));
        buf_add(work, to);
        at = hit + from.len;
    }
    buf_add(work, str_from_off(s, at));
    return builtin_taken(c);
}

struct value builtin_split(struct builtin_call *c)
{
    struct str s = text_of(c, 0), sep = text_of(c, 1);
    int64_t limit = c->args[2].type == VALUE_NULL ? INT64_MAX : c->args[2].u.i;
    struct value out = value_list_new(c->arena, 0);
    size_t at = 0, hit;
    if (sep.len == 0)
        return builtin_fail(c, DIAG_VALUE, "'sep' is empty");
    if (limit < 1)
        return builtin_fail(c, DIAG_VALUE, "'limit' is less than 1");
    while (out.len < limit - 1 && (hit = str_find(s, sep, at)) != STR_NONE) {
        struct str part = str_slice(s, at, hit - at);
        out = value_list_add(c->arena, out, value_str(part));
        at = hit + sep.len;
    }
    out = value_list_add(c->arena, out, value_str(str_from_off(s, at)));
    context_steps(c->cx, out.len);
    return out;
}

/* The line at `at` with its end; at the end of s it is empty. */
static struct str whole_line(struct str s, size_t at)
{
    size_t end = str_chr(s, '\n', at);
    return str_slice(s, at, (end == STR_NONE ? s.len : end + 1) - at);
}

struct value builtin_lines(struct builtin_call *c)
{
    struct str s = text_of(c, 0), line;
    struct value out = value_list_new(c->arena, 0);
    for (size_t at = 0; at < s.len; at += line.len) {
        line = whole_line(s, at);
        out = value_list_add(c->arena, out, value_str(str_chomp(line)));
    }
    context_steps(c->cx, out.len);
    return out;
}

/* The first line stands where the call does, and an empty one stays empty. */
static bool is_indented(struct str line, size_t at)
{
    size_t len = line.len - str_ends(line, STR("\n"));
    return at > 0 && !sink_line_is_empty(str_slice(line, 0, len));
}

struct value builtin_indent(struct builtin_call *c)
{
    struct str s = text_of(c, 0), prefix = text_of(c, 1), line;
    uint64_t least = 0;
    for (size_t at = 0; at < s.len; at += line.len) {
        line = whole_line(s, at);
        if (is_indented(line, at))
            builtin_foresee(c, least += prefix.len);
    }
    for (size_t at = 0; at < s.len; at += line.len) {
        line = whole_line(s, at);
        if (is_indented(line, at))
            buf_add(&c->cx->work, prefix);
        buf_add(&c->cx->work, line);
    }
    return builtin_taken(c);
}

struct value builtin_repeat(struct builtin_call *c)
{
    struct str s = text_of(c, 0);
    int64_t n = c->args[1].u.i;
    uint64_t total;
    if (n < 0)
        return builtin_fail(c, DIAG_VALUE, "'n' is negative");
    if (__builtin_mul_overflow((uint64_t)s.len, (uint64_t)n, &total))
        fault_raise(c->cx->fault, LIMIT_VALUE);
    char *to = builtin_bytes(c, total);
    for (size_t at = 0; at < total; at += s.len)
        memcpy(to + at, s.ptr, s.len);
    return value_str((struct str){to, total});
}

struct value builtin_substr(struct builtin_call *c)
{
    int64_t start = c->args[1].u.i;
    int64_t len = c->args[2].type == VALUE_NULL ? INT64_MAX : c->args[2].u.i;
    int64_t most = (int64_t)c->args[0].len; /* a size_t holds that */
    if (start < 0 || len < 0)
        return builtin_fail(c, DIAG_VALUE, "'%s' is negative",
                            start < 0 ? "start" : "len");
    return value_str(str_slice(text_of(c, 0),
                               (size_t)(start < most ? start : most),
                               (size_t)(len < most ? len : most)));
}

struct value builtin_str(struct builtin_call *c)
{
    struct value x = c->args[0];
    if (x.type == VALUE_STR || x.type == VALUE_VERSION)
        return value_str(value_text(x));
    value_print(&c->cx->work, x);
    return builtin_taken(c);
}

struct value builtin_int(struct builtin_call *c)
{
    int64_t n;
    if (c->args[0].type == VALUE_INT)
        return c->args[0];
    struct str text = text_of(c, 0);
    c->about = c->args[0];
    if (!str_to_int(text, &n))
        return builtin_fail(c, DIAG_VALUE, "'%.*s' is not a whole number",
                            STR_ARG(text));
    return value_int(n);
}
