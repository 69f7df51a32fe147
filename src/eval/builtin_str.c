/* SPDX-License-Identifier: MIT */
/* Builtins on strings. Bytes are bytes; only ASCII letters have a case. */
#include "eval/builtin.h"
#include "eval/sink.h"

#include <string.h>

static struct str text_of(const struct builtin_call *c, int i)
{
    return value_text(c->args[i]);
}

static bool give(struct value *result, struct value v)
{
    *result = v;
    return true;
}

bool builtin_len(struct builtin_call *c, struct value *result)
{
    return give(result, value_int(c->args[0].len));
}

static bool map_bytes(struct builtin_call *c, struct value *result,
                      char (*fn)(char))
{
    struct str s = text_of(c, 0);
    char *to = builtin_bytes(c, s.len);
    for (size_t i = 0; i < s.len; i++)
        to[i] = fn(s.ptr[i]);
    return give(result, value_str((struct str){to, s.len}));
}

bool builtin_upper(struct builtin_call *c, struct value *result)
{
    return map_bytes(c, result, ascii_upper);
}

bool builtin_lower(struct builtin_call *c, struct value *result)
{
    return map_bytes(c, result, ascii_lower);
}

bool builtin_trim(struct builtin_call *c, struct value *result)
{
    return give(result, value_str(str_trim(text_of(c, 0))));
}

bool builtin_trimprefix(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), p = text_of(c, 1);
    return give(result,
                value_str(str_from_off(s, str_starts(s, p) ? p.len : 0)));
}

bool builtin_trimsuffix(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), p = text_of(c, 1);
    return give(result, value_str(str_slice(
                            s, 0, s.len - (str_ends(s, p) ? p.len : 0))));
}

bool builtin_startswith(struct builtin_call *c, struct value *result)
{
    return give(result, value_bool(str_starts(text_of(c, 0), text_of(c, 1))));
}

bool builtin_endswith(struct builtin_call *c, struct value *result)
{
    return give(result, value_bool(str_ends(text_of(c, 0), text_of(c, 1))));
}

bool builtin_contains(struct builtin_call *c, struct value *result)
{
    struct value x = c->args[0], y = c->args[1];
    bool found = false;
    if (x.type == VALUE_LIST) {
        context_steps(c->cx, x.len);
        for (uint32_t i = 0; i < x.len && !found; i++)
            found = value_same(c->arena, value_item(x, i), y);
    } else if (y.type != VALUE_STR) {
        return builtin_fail(c, DIAG_TYPE,
                            "%s contains strings, so 'y' cannot be %s",
                            value_type_a(x.type), value_type_a(y.type));
    } else if (x.type == VALUE_MAP) {
        found = value_map_get(x, value_text(y)) != NULL;
    } else {
        found = str_find(value_text(x), value_text(y), 0) != STR_NONE;
    }
    return give(result, value_bool(found));
}

bool builtin_replace(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), from = text_of(c, 1), to = text_of(c, 2);
    struct buf *work = &c->cx->work;
    size_t mark = work->len, at = 0, hit;
    if (from.len == 0)
        return builtin_fail(c, DIAG_VALUE, "'from' is empty");
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
    return give(result, builtin_taken(c, mark));
}

bool builtin_split(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), sep = text_of(c, 1);
    size_t at = 0, hit;
    if (sep.len == 0)
        return builtin_fail(c, DIAG_VALUE, "'sep' is empty");
    *result = value_list_new(c->arena, 0);
    while ((hit = str_find(s, sep, at)) != STR_NONE) {
        *result = value_list_add(c->arena, *result,
                                 value_str(str_slice(s, at, hit - at)));
        at = hit + sep.len;
    }
    *result = value_list_add(c->arena, *result, value_str(str_from_off(s, at)));
    context_steps(c->cx, result->len);
    return true;
}

/* The line at `at` with its end; at the end of s it is empty. */
static struct str whole_line(struct str s, size_t at)
{
    size_t end = str_chr(s, '\n', at);
    return str_slice(s, at, (end == STR_NONE ? s.len : end + 1) - at);
}

bool builtin_lines(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), line;
    *result = value_list_new(c->arena, 0);
    for (size_t at = 0; at < s.len; at += line.len) {
        line = whole_line(s, at);
        *result = value_list_add(c->arena, *result, value_str(str_chomp(line)));
    }
    context_steps(c->cx, result->len);
    return true;
}

/* The first line stands where the call does, and an empty one stays empty. */
static bool is_indented(struct str line, size_t at)
{
    size_t len = line.len - str_ends(line, STR("\n"));
    return at > 0 && !sink_line_is_empty(str_slice(line, 0, len));
}

bool builtin_indent(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0), prefix = text_of(c, 1), line;
    size_t mark = c->cx->work.len;
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
    return give(result, builtin_taken(c, mark));
}

bool builtin_repeat(struct builtin_call *c, struct value *result)
{
    struct str s = text_of(c, 0);
    int64_t n = c->args[1].u.i;
    uint64_t total;
    if (n < 0)
        return builtin_fail(c, DIAG_VALUE, "'n' is negative");
    if (__builtin_mul_overflow((uint64_t)s.len, (uint64_t)n, &total))
        fault_raise(c->cx->fault, LIMIT_VALUE);
    builtin_foresee(c, total);
    char *to = builtin_bytes(c, (size_t)total);
    for (size_t at = 0; at < total; at += s.len)
        memcpy(to + at, s.ptr, s.len);
    return give(result, value_str((struct str){to, total}));
}

bool builtin_substr(struct builtin_call *c, struct value *result)
{
    int64_t start = c->args[1].u.i;
    int64_t len = c->args[2].type == VALUE_NULL ? INT64_MAX : c->args[2].u.i;
    int64_t most = (int64_t)c->args[0].len; /* a size_t holds that */
    if (start < 0 || len < 0)
        return builtin_fail(c, DIAG_VALUE, "'%s' is negative",
                            start < 0 ? "start" : "len");
    return give(result,
                value_str(str_slice(text_of(c, 0),
                                    (size_t)(start < most ? start : most),
                                    (size_t)(len < most ? len : most))));
}

bool builtin_str(struct builtin_call *c, struct value *result)
{
    struct str s = STR("");
    value_to_str(c->arena, c->args[0], &s);
    return give(result, value_str(s));
}

bool builtin_int(struct builtin_call *c, struct value *result)
{
    int64_t n;
    if (c->args[0].type == VALUE_INT)
        return give(result, c->args[0]);
    struct str text = text_of(c, 0);
    if (!str_to_int(text, &n))
        return builtin_fail(c, DIAG_VALUE, "'%.*s' is not a whole number",
                            STR_ARG(text));
    return give(result, value_int(n));
}
