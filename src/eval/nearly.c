/* SPDX-License-Identifier: MIT */
#include "eval/nearly.h"

#include "eval/type_describe.h"

enum {
    MOST_ITEMS = 1000
};

static bool is_told(const struct context *cx)
{
    return diag_enabled(cx->diags, DIAG_ALMOST_EQUAL) && !cx->diags->muted &&
           cx->source->kind != SOURCE_COMPILED;
}

static struct str shown(struct context *cx, struct value v)
{
    size_t mark = cx->work.len;
    type_add_value(&cx->work, v);
    return context_take(cx, mark);
}

/* Other bytes, but the same between white space; not if nothing is there. */
static bool differ_in_space(struct str x, struct str y)
{
    struct str a = str_trim(x);
    return a.len && x.len != y.len && str_eq(a, str_trim(y));
}

/* The same text as values of different types. */
static bool differ_in_type(struct context *cx, struct value x, struct value y)
{
    size_t mark = cx->work.len, half;
    bool same;
    if (x.type == y.type)
        return false;
    same = value_print(&cx->work, x);
    half = cx->work.len;
    same = same && value_print(&cx->work, y) &&
           str_eq(str_slice(buf_from(&cx->work, mark), 0, half - mark),
                  buf_from(&cx->work, half));
    buf_truncate(&cx->work, mark);
    return same;
}

static void warn_space(struct context *cx, struct loc loc, struct value x,
                       struct value y)
{
    struct str a = shown(cx, x), b = shown(cx, y);
    struct diag *d = diag_report(
        cx->diags, DIAG_ALMOST_EQUAL, context_span(cx, loc), cx->chain,
        "%.*s is not %.*s, since only one of them has white space at its end "
        "or start; trim(…) takes it off",
        STR_ARG(a), STR_ARG(b));
    if (str_ends(value_text(x), STR("\n")) !=
        str_ends(value_text(y), STR("\n")))
        diag_note(cx->diags, d, source_nowhere,
                  "the text of a macro or a file ends with a line end");
}

/* x is one line with its end, and y one without. */
static bool differ_in_end(struct value x, struct value y)
{
    struct str a = value_text(x), b = value_text(y);
    return a.len && str_chr(a, '\n', 0) == a.len - 1 && b.len &&
           str_chr(b, '\n', 0) == STR_NONE;
}

static void warn_end(struct context *cx, struct loc loc, struct value x)
{
    struct str a = shown(cx, x);
    diag_report(cx->diags, DIAG_ALMOST_EQUAL, context_span(cx, loc), cx->chain,
                "%.*s ends with a line end, as the text of a macro or a file "
                "does, and what it is compared with does not; trim(…) takes it "
                "off",
                STR_ARG(a));
}

void nearly_fits(struct context *cx, struct loc loc, struct value v)
{
    if (is_told(cx))
        warn_end(cx, loc, v);
}

void nearly_same(struct context *cx, struct loc loc, struct value x,
                 struct value y, bool called)
{
    if (!is_told(cx))
        return;
    if (differ_in_space(value_text(x), value_text(y)))
        warn_space(cx, loc, x, y);
    else if (called && differ_in_end(x, y))
        warn_end(cx, loc, x);
    else if (called && differ_in_end(y, x))
        warn_end(cx, loc, y);
}

/* --- in --- */

static void in_list(struct context *cx, struct loc loc, struct value x,
                    struct value list, bool called)
{
    bool ends = called && x.type == VALUE_STR && list.len;
    for (uint32_t i = 0; i < list.len && i < MOST_ITEMS; i++) {
        struct value y = value_item(list, i);
        ends = ends && y.type == VALUE_STR && differ_in_end(x, y);
        if (x.type == VALUE_STR && y.type == VALUE_STR) {
            if (!differ_in_space(value_text(x), value_text(y)))
                continue;
            warn_space(cx, loc, x, y);
            return;
        }
        if (!differ_in_type(cx, x, y))
            continue;
        struct str a = shown(cx, x), b = shown(cx, y);
        diag_report(
            cx->diags, DIAG_ALMOST_EQUAL, context_span(cx, loc), cx->chain,
            "the list has %.*s, but not %.*s: %s is never %s; convert one "
            "(str(), int(), ver())",
            STR_ARG(b), STR_ARG(a), value_type_a(y.type), value_type_a(x.type));
        return;
    }
    if (ends)
        warn_end(cx, loc, x);
}

void nearly_held(struct context *cx, struct loc loc, struct value x,
                 struct value in, bool called)
{
    if (!is_told(cx))
        return;
    if (in.type == VALUE_LIST) {
        in_list(cx, loc, x, in, called);
        return;
    }
    /* A blank may be a part of what is looked for in a string. */
    struct str text = value_text(x);
    struct str bare = in.type == VALUE_STR ? str_chomp(text) : str_trim(text);
    if (bare.len == 0 || bare.len == x.len)
        return;
    if (in.type == VALUE_STR ? str_find(value_text(in), bare, 0) != STR_NONE
                             : value_map_get(in, bare) != NULL)
        warn_space(cx, loc, x, value_str(bare));
}
