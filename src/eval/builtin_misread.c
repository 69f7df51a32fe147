/* SPDX-License-Identifier: MIT */
/* Searches that found nothing, but would have, had the arguments stood the
 * other way round, or had the text been read as a pattern: nobody sees in a
 * result that nothing was done. Asked only where a literal stands. */
#include "eval/builtin.h"
#include "eval/nearly.h"

#include "base/utf8.h"

#include <string.h>

enum how {
    HOLDS,
    STARTS,
    ENDS,
    REGEX,
    WHOLE,
    GLOB
};

enum {
    MOST_SHOWN = 60 /* bytes of an argument in a message */
};

/* A function that looks for argument 1 in argument 0; others do not put the
 * text first. */
struct search {
    builtin_fn *fn;
    enum how how;
    bool replaces;       /* its last argument is the new text */
    const char *instead; /* takes a regular expression */
};

static const struct search searches[] = {
    {builtin_contains, HOLDS, false, "matches(s, re)"},
    {builtin_startswith, STARTS, false, "matches(s, re)"},
    {builtin_endswith, ENDS, false, "matches(s, re)"},
    {builtin_trimprefix, STARTS, false, "sub(s, re, repl)"},
    {builtin_trimsuffix, ENDS, false, "sub(s, re, repl)"},
    {builtin_replace, HOLDS, true, "sub(s, re, repl)"},
    {builtin_split, HOLDS, false, "capture(s, re) and sub(s, re, repl)"},
    {builtin_glob, GLOB, false, "fullmatch(s, re)"},
    {builtin_matches, REGEX, false, NULL},
    {builtin_fullmatch, WHOLE, false, NULL},
    {builtin_capture, REGEX, false, NULL},
    {builtin_sub, REGEX, true, NULL},
};

static const struct search *search_of(builtin_fn *fn)
{
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++)
        if (searches[i].fn == fn)
            return &searches[i];
    return NULL;
}

/* True if rx, NULL if it is not a pattern, matches more than nothing. */
static bool fits(struct builtin_call *c, const struct rx *rx, struct str s)
{
    struct rx_error err;
    size_t start, end;
    context_steps(c->cx, 1 + (s.len >> 4));
    return rx && rx_match(c->cx->rx, rx, s, 0, &err) == RX_MATCH &&
           rx_group(c->cx->rx, 0, &start, &end) && end > start;
}

static bool finds(struct builtin_call *c, enum how how, struct str s,
                  struct str what)
{
    struct rx_cache *rx = c->cx->rx;
    struct rx_error err;
    switch (how) {
    case HOLDS:
        return str_find(s, what, 0) != STR_NONE;
    case STARTS:
        return str_starts(s, what);
    case ENDS:
        return str_ends(s, what);
    case REGEX:
        return fits(c, rx_compile(rx, what, &err), s);
    case WHOLE:
        return fits(c, rx_compile_whole(rx, what, &err), s);
    default:
        return fits(c, rx_compile_glob(rx, c->arena, what, &err), s);
    }
}

static struct str written(const struct builtin_call *c, uint32_t i)
{
    return utf8_cut(
        source_span_text(context_span(c->cx, c->call->args[i].expr->loc)),
        MOST_SHOWN);
}

/* The argument is written in its place, and so are those before it. */
static bool is_in_place(const struct builtin_call *c, uint32_t i)
{
    for (uint32_t k = 0; k <= i; k++)
        if (k >= c->call->nargs || c->call->args[k].name != NAME_NONE)
            return false;
    return c->args[i].type == VALUE_STR && c->args[i].len > 0;
}

static bool is_literal(const struct builtin_call *c, uint32_t i)
{
    return is_in_place(c, i) && c->call->args[i].expr->kind == EXPR_STR;
}

/* --- the order of arguments --- */

static void warn_order(struct builtin_call *c, struct str name, uint32_t s,
                       uint32_t rest)
{
    struct str a = written(c, s), b = written(c, 0);
    struct str r = rest ? written(c, rest) : STR("");
    diag_report(c->cx->diags, DIAG_SWAPPED_ARGUMENTS,
                context_span(c->cx, c->call->args[0].expr->loc), c->cx->chain,
                "%.*s looks in its first argument for its second, and does not "
                "find it; it does in %.*s(%.*s, %.*s%s%.*s)",
                STR_ARG(name), STR_ARG(name), STR_ARG(a), STR_ARG(b),
                rest ? ", " : "", STR_ARG(r));
}

/* True if it is reported. */
static bool is_swapped(struct builtin_call *c, const struct search *f,
                       struct str name)
{
    struct str text = value_text(c->args[0]);
    uint32_t n = f->replaces ? 3 : 2;
    if (!is_literal(c, 0) || c->call->nargs != n)
        return false;
    /* Others have the text last: replace(from, to, s). */
    for (uint32_t i = n - 1; i > 0; i--) {
        if (!is_in_place(c, i) ||
            !finds(c, f->how, value_text(c->args[i]), text))
            continue;
        warn_order(c, name, i, n == 2 ? 0 : 3 - i);
        return true;
    }
    return false;
}

/* --- patterns as text --- */

/* What hardly anybody writes but in a regular expression; not the classes that
 * the patterns of a shell have, too. */
static bool is_regex(struct str s, bool classes)
{
    if (s.len > 1 && (s.ptr[0] == '^' || s.ptr[s.len - 1] == '$'))
        return true;
    for (size_t i = 0; i + 1 < s.len; i++) {
        char next = s.ptr[i + 1];
        if ((s.ptr[i] == '\\' && strchr("dDsSwWb.", next)) ||
            (s.ptr[i] == '.' && (next == '*' || next == '+')) ||
            (classes && s.ptr[i] == '[' && str_chr(s, ']', i + 2) != STR_NONE &&
             str_chr(s, '-', i) != STR_NONE))
            return true;
    }
    return false;
}

static void warn_pattern(struct builtin_call *c, const struct search *f,
                         struct str name)
{
    struct str s = value_text(c->args[0]), what = value_text(c->args[1]);
    const char *instead = NULL;
    if (!is_literal(c, 1) || !f->instead)
        return;
    if (is_regex(what, f->how != GLOB) && finds(c, REGEX, s, what))
        instead = f->instead;
    else if (f->how != GLOB && !f->replaces && what.len > 1 &&
             str_chr(what, '*', 0) != STR_NONE && finds(c, GLOB, s, what))
        instead = "glob(s, pattern)";
    if (!instead)
        return;
    struct str text = written(c, 1);
    diag_report(
        c->cx->diags, DIAG_PLAIN_PATTERN,
        context_span(c->cx, c->call->args[1].expr->loc), c->cx->chain,
        f->how == GLOB
            ? "%.*s takes %.*s as a pattern of the shell, in which it does "
              "not fit; a regular expression is for %s"
            : "%.*s takes %.*s as it is written, and does not find it; "
              "a pattern is for %s",
        STR_ARG(name), STR_ARG(text), instead);
}

/* --- the end of a line --- */

/* True if it is reported. */
static bool is_ended(struct builtin_call *c, const struct search *f)
{
    struct str s = value_text(c->args[0]), what = value_text(c->args[1]);
    if (is_literal(c, 0) || !is_in_place(c, 1) || !str_ends(s, STR("\n")) ||
        (f->how != ENDS && f->how != WHOLE && f->how != GLOB) ||
        !finds(c, f->how, str_chomp(s), what))
        return false;
    nearly_fits(c->cx, c->call->name_loc, c->args[0]);
    return true;
}

/* True if the call has found nothing in s. */
static bool is_fruitless(struct value result, struct str s)
{
    switch (result.type) {
    case VALUE_BOOL:
        return !result.u.b;
    case VALUE_STR:
        return str_eq(value_text(result), s);
    case VALUE_LIST: /* of split(); capture() gives null */
        return result.len == 1 && value_item(result, 0).len == s.len;
    default:
        return result.type == VALUE_NULL;
    }
}

void builtin_misread(struct builtin_call *c, builtin_fn *fn, struct str name,
                     struct value result)
{
    const struct search *f;
    if ((!is_literal(c, 0) && !is_literal(c, 1)) || c->cx->diags->muted ||
        !(f = search_of(fn)) || c->args[0].type != VALUE_STR ||
        c->args[1].type != VALUE_STR ||
        !is_fruitless(result, value_text(c->args[0])))
        return;
    if (!is_swapped(c, f, name) && !is_ended(c, f))
        warn_pattern(c, f, name);
}
