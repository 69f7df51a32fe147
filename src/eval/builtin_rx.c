/* SPDX-License-Identifier: MIT */
/* Builtins on regular expressions and globs. */
#include "eval/builtin.h"

#include "base/utf8.h"

#include <string.h>

enum {
    MOST_SHOWN = 60 /* bytes of a pattern in a message */
};

/* rx_compile or rx_compile_whole. */
typedef const struct rx *compile_fn(struct rx_cache *c, struct str pattern,
                                    struct rx_error *err);

/* "/^x/" and "/x$/": no line begins after a '/', or ends before one. */
static bool has_slashes(struct str p)
{
    return p.len > 3 && p.ptr[0] == '/' && p.ptr[p.len - 1] == '/' &&
           (p.ptr[1] == '^' ||
            (p.ptr[p.len - 2] == '$' && p.ptr[p.len - 3] != '\\'));
}

/* The pattern in argument 1; NULL after an error. */
static const struct rx *pattern(struct builtin_call *c, compile_fn *compile)
{
    struct rx_error err;
    const struct rx *rx = compile(c->cx->rx, value_text(c->args[1]), &err);
    if (rx && has_slashes(value_text(c->args[1]))) {
        c->about = c->args[1];
        builtin_fail(
            c, DIAG_REGEX,
            "the '/' around this pattern are a part of it, so it never "
            "fits; leave them out");
        return NULL;
    }
    if (rx)
        return rx;
    c->about = c->args[1];
    struct str text = value_text(c->args[1]);
    bool glob = err.offset == 0 && text.len && strchr("*?", text.ptr[0]);
    builtin_fail(c, DIAG_REGEX, "%s at offset %zu of the pattern '%.*s'%s",
                 err.message, err.offset, STR_ARG(utf8_cut(text, MOST_SHOWN)),
                 glob ? "; any text is '.*', and the patterns of a shell are "
                        "for glob()"
                      : "");
    return NULL;
}

/* Matches from `from` on, or after an empty match there; false after an
 * error. */
static bool match(struct builtin_call *c, const struct rx *rx, size_t from,
                  bool again, bool *found)
{
    struct rx_error err;
    struct str s = value_text(c->args[0]);
    enum rx_status status = again ? rx_match_again(c->cx->rx, rx, s, from, &err)
                                  : rx_match(c->cx->rx, rx, s, from, &err);
    size_t start, end = s.len;
    *found = status == RX_MATCH;
    /* What was gone through: up to the match, or all. */
    if (*found)
        rx_group(c->cx->rx, 0, &start, &end);
    context_steps(c->cx, 1 + ((end - from) >> 4));
    if (status == RX_LIMIT)
        builtin_fail(c, DIAG_LIMIT,
                     "%s (--limit match=N or heap=N changes it); the pattern "
                     "backtracks too much",
                     err.message);
    else if (status != RX_MATCH && status != RX_NO_MATCH)
        builtin_fail(c, DIAG_REGEX, "%s", err.message);
    return status == RX_MATCH || status == RX_NO_MATCH;
}

/* Whether rx, NULL after an error, is found. */
static struct value is_found(struct builtin_call *c, const struct rx *rx)
{
    bool found;
    return rx && match(c, rx, 0, false, &found) ? value_bool(found)
                                                : value_bad();
}

struct value builtin_matches(struct builtin_call *c)
{
    return is_found(c, pattern(c, rx_compile));
}

struct value builtin_fullmatch(struct builtin_call *c)
{
    return is_found(c, pattern(c, rx_compile_whole));
}

struct value builtin_glob(struct builtin_call *c)
{
    struct rx_error err;
    const struct rx *rx =
        rx_compile_glob(c->cx->rx, c->arena, value_text(c->args[1]), &err);
    return rx ? is_found(c, rx)
              : builtin_fail(c, DIAG_REGEX, "%s", err.message);
}

/* Group i of the last match; *text is "" when it took no part. */
static bool group(struct builtin_call *c, unsigned i, struct str *text)
{
    size_t from, to;
    bool took_part = rx_group(c->cx->rx, i, &from, &to);
    *text = took_part ? str_slice(value_text(c->args[0]), from, to - from)
                      : STR("");
    return took_part;
}

struct value builtin_capture(struct builtin_call *c)
{
    struct str text;
    bool found;
    const struct rx *rx = pattern(c, rx_compile);
    if (!rx || !match(c, rx, 0, false, &found))
        return value_bad();
    if (!found)
        return value_null();
    struct value all = value_list_new(c->arena, rx_groups(rx));
    for (unsigned i = 0; i < rx_groups(rx); i++) {
        bool took_part = group(c, i, &text);
        all = value_list_add(c->arena, all,
                             took_part ? value_str(text) : value_null());
    }
    return all;
}

/* --- sub --- */

/* The number after a '$' at repl[*at]: "3" or "{12}"; false if there is none,
 * or no such group. *at moves on to what follows it. */
static bool group_number(struct str repl, size_t *at, unsigned groups,
                         unsigned *number)
{
    bool braces = *at < repl.len && repl.ptr[*at] == '{';
    size_t from = *at += braces;
    unsigned n = 0;
    while (*at < repl.len && ascii_is_digit(repl.ptr[*at]) &&
           *at - from < (braces ? 5 : 1))
        n = n * 10 + (unsigned)(repl.ptr[(*at)++] - '0');
    if (*at == from || n >= groups)
        return false;
    if (braces && (*at == repl.len || repl.ptr[(*at)++] != '}'))
        return false;
    *number = n;
    return true;
}

/* Appends the replacement of the last match. */
static bool add_replacement(struct builtin_call *c, const struct rx *rx)
{
    struct str repl = value_text(c->args[2]), text;
    struct buf *work = &c->cx->work;
    unsigned number;
    for (size_t at = 0;;) {
        text = str_part(repl, at, '$');
        buf_add(work, text);
        at += text.len + 1;
        if (at > repl.len)
            return true;
        if (at < repl.len && repl.ptr[at] == '$') {
            buf_add_char(work, '$');
            at++;
        } else if (group_number(repl, &at, rx_groups(rx), &number)) {
            group(c, number, &text);
            buf_add(work, text);
        } else {
            builtin_fail(c, DIAG_REGEX,
                         "no such group in 'repl': the pattern has $0 to $%u "
                         "(${n} is the same), and $$ is a '$'",
                         rx_groups(rx) - 1);
            return false;
        }
    }
}

/* Replaces all matches into cx->work. */
static bool replace_all(struct builtin_call *c, const struct rx *rx)
{
    struct str s = value_text(c->args[0]);
    struct buf *work = &c->cx->work;
    size_t done = 0, start, end;
    bool found;
    if (!match(c, rx, 0, false, &found))
        return false;
    while (found && rx_group(c->cx->rx, 0, &start, &end)) {
        /* \K in a lookbehind can begin before, and end where it ended. */
        bool again = end == start || (done && end <= done);
        if (start >= done) {
            buf_add(work, str_slice(s, done, start - done));
            if (!add_replacement(c, rx))
                return false;
            done = end;
        }
        if (!match(c, rx, end, again, &found))
            return false;
    }
    buf_add(work, str_from_off(s, done));
    return true;
}

struct value builtin_sub(struct builtin_call *c)
{
    const struct rx *rx = pattern(c, rx_compile);
    return rx && replace_all(c, rx) ? builtin_taken(c) : value_bad();
}
