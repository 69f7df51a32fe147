/* SPDX-License-Identifier: MIT */
/* In: text of a file, and what its names stand for. Out: warnings. The one
 * idea: a line is only spoken of if it names a macro of the template, or cannot
 * be text of a Dockerfile. */
#include "lang/judge_text.h"

#include "lang/keyword.h"

/* One text being looked at. */
struct looking {
    const struct judge_table *t;
    const struct file *file;
    struct str text; /* of the whole file */
    struct shape *shape;
};

/* --- words --- */

static uint32_t word_end(struct str text, uint32_t at)
{
    if (at >= text.len || !ascii_is_name_start(text.ptr[at]))
        return at;
    return (uint32_t)str_span(text, at, ASCII_NAME_START | ASCII_DIGIT);
}

/* The end of "name" or "mod.name" at `at`; *dot: of the '.', or 0. */
static uint32_t callee_end(struct str text, uint32_t at, uint32_t *dot)
{
    uint32_t end = word_end(text, at);
    *dot = 0;
    if (end > at && end < text.len && text.ptr[end] == '.' &&
        word_end(text, end + 1) > end + 1) {
        *dot = end;
        end = word_end(text, end + 1);
    }
    return end;
}

static name_id name_at(const struct looking *l, uint32_t from, uint32_t to)
{
    return name_find(l->t->judge->names, str_slice(l->text, from, to - from));
}

static bool has_macro(const struct import_def *d, name_id name)
{
    for (; d; d = d->next) {
        struct member *m =
            d->library ? judge_table_member(d->library, name) : NULL;
        if (m && m->macros)
            return true;
    }
    return false;
}

/* True if the callee at [at, end) is a macro. */
static bool is_macro(const struct looking *l, uint32_t at, uint32_t dot,
                     uint32_t end)
{
    name_id name = name_at(l, at, dot ? dot : end);
    if (name == NAME_NONE || end == at)
        return false;
    const struct known *k = judge_table_get(l->t, name);
    if (!dot)
        return k->macros != NULL;
    name = name_at(l, dot + 1, end);
    return name != NAME_NONE && has_macro(k->imports, name);
}

static uint32_t line_start(struct str text, uint32_t at)
{
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

static bool ends_line(struct str text, uint32_t at)
{
    return str_trim(str_part(text, at, '\n')).len == 0;
}

/* Goes to the line of `at`; its start. */
static uint32_t go_to(const struct looking *l, uint32_t at)
{
    uint32_t line = line_start(l->text, at);
    shape_at(l->shape, l->text, line);
    return line;
}

#define SAY(l, id, from, to, ...)                                              \
    diag_report((l)->t->judge->diags, (id),                                    \
                (struct span){(l)->file->source, (from), (to) - (from)}, NULL, \
                __VA_ARGS__)

/* --- lines --- */

/* "@known" and "@known arg" at `at`, the first of its line. */
static void look_at_line(const struct looking *l, uint32_t at)
{
    uint32_t dot, end = callee_end(l->text, at + 1, &dot);
    struct str word = str_slice(l->text, at + 1, end - at - 1);
    bool blank = end < l->text.len && ascii_is_blank(l->text.ptr[end]);
    if ((!blank && !ends_line(l->text, end)) || !is_macro(l, at + 1, dot, end))
        return;
    go_to(l, at);
    if (l->shape->kind == SHAPE_HEREDOC)
        return;
    SAY(l, DIAG_ALMOST_CALL, at, end,
        "this line is text; '%.*s' is a macro, and a call has brackets: "
        "@%.*s(%s)",
        STR_ARG(word), STR_ARG(word), ends_line(l->text, end) ? "" : "…");
}

/* "@x = 1", "@x += 1" and "@x++", of a variable x. */
static void look_at_assignment(const struct looking *l, uint32_t at)
{
    uint32_t end = word_end(l->text, at + 1);
    struct str word = str_slice(l->text, at + 1, end - at - 1);
    struct str rest = str_trim(str_part(l->text, end, '\n'));
    name_id name = name_at(l, at + 1, end);
    bool counts = str_eq(rest, STR("++")) || str_eq(rest, STR("--"));
    bool changes =
        rest.len > 2 && strchr("+-*/.", rest.ptr[0]) && rest.ptr[1] == '=';
    bool sets = rest.len > 1 && rest.ptr[0] == '=' && rest.ptr[1] != '=';
    if (name == NAME_NONE || (!counts && !changes && !sets) ||
        !(judge_table_get(l->t, name)->bound & BOUND_VALUE))
        return;
    go_to(l, at);
    if (l->shape->kind == SHAPE_HEREDOC)
        return;
    if (sets)
        SAY(l, DIAG_ALMOST_CALL, at, end,
            "this line is text; to change the variable write @set %.*s = …",
            STR_ARG(word));
    else
        SAY(l, DIAG_ALMOST_CALL, at, end,
            "this line is text; to change the variable write @set %.*s = %.*s "
            "%c %s",
            STR_ARG(word), STR_ARG(word),
            rest.ptr[0] == '.' ? '+' : rest.ptr[0], counts ? "1" : "…");
}

/* "known()" alone on a line, the '(' at `at`. */
static void look_at_bracket(const struct looking *l, uint32_t at)
{
    uint32_t line = line_start(l->text, at);
    uint32_t from = (uint32_t)str_span(l->text, line, ASCII_BLANK), dot;
    struct str rest = str_trim(str_part(l->text, at, '\n'));
    if (callee_end(l->text, from, &dot) != at || from == at ||
        rest.ptr[rest.len - 1] != ')' || !is_macro(l, from, dot, at))
        return;
    go_to(l, at);
    if (l->shape->kind == SHAPE_HEREDOC || l->shape->quote)
        return;
    struct str word = str_slice(l->text, from, at - from);
    SAY(l, DIAG_ALMOST_CALL, from, at,
        "this line is text; a call begins with '@': @%.*s(%s", STR_ARG(word),
        rest.len == 2 ? ")" : "…)");
}

/* --- inside of lines --- */

static bool is_comment(const struct looking *l, uint32_t line)
{
    size_t at = str_span(l->text, line, ASCII_BLANK);
    return at < l->text.len && l->text.ptr[at] == '#';
}

/* "@f(…)" at `at`, after a blank. */
static void look_at_call(const struct looking *l, uint32_t at)
{
    uint32_t dot, end = callee_end(l->text, at + 1, &dot);
    struct str word = str_slice(l->text, at + 1, end - at - 1);
    if (end >= l->text.len || l->text.ptr[end] != '(' ||
        !is_macro(l, at + 1, dot, end) ||
        is_comment(l, line_start(l->text, at)))
        return;
    SAY(l, DIAG_ALMOST_CALL, at, end,
        "this is text; inside of a line a call is written @{%.*s(…)}",
        STR_ARG(word));
}

/* True for the words that a line of text is not likely to hold after '@'. */
static bool is_block_word(enum keyword k)
{
    return k == KEYWORD_IF || k == KEYWORD_ELIF || k == KEYWORD_ELSE ||
           k == KEYWORD_FOR || k == KEYWORD_END;
}

/* True if the line has an '@if' or '@for' before `at`, which was spoken of. */
static bool goes_on(const struct looking *l, uint32_t at)
{
    uint32_t line = line_start(l->text, at);
    struct str before = str_slice(l->text, line, at - line);
    return str_find(before, STR(" @if "), 0) != STR_NONE ||
           str_find(before, STR(" @for "), 0) != STR_NONE;
}

/* "x @let a = 1" with the word's end at `end`. */
static bool is_binding(const struct looking *l, enum keyword k, uint32_t end)
{
    size_t name = str_span(l->text, end, ASCII_BLANK);
    size_t after = word_end(l->text, (uint32_t)name);
    size_t sign = str_span(l->text, after, ASCII_BLANK);
    return k == KEYWORD_LET && name > end && after > name &&
           sign < l->text.len && l->text.ptr[sign] == '=';
}

/* "a @if b" at `at`, within a line. */
static void look_at_directive(const struct looking *l, uint32_t at)
{
    uint32_t end = word_end(l->text, at + 1);
    enum keyword k = keyword_of(name_at(l, at + 1, end));
    bool blank = ascii_is_blank(l->text.ptr[at - 1]) &&
                 (end == l->text.len || strchr(" \t\r\n", l->text.ptr[end]));
    bool binds = is_binding(l, k, end);
    if (!binds && (!blank || !is_block_word(k) || goes_on(l, at)))
        return;
    uint32_t line = go_to(l, at);
    if (l->shape->kind == SHAPE_HEREDOC || is_comment(l, line) ||
        shape_quote(l->shape, l->text, line, at))
        return;
    SAY(l, DIAG_INLINE_DIRECTIVE, at, end,
        "'@%s' is text here: directives go on lines of their own%s",
        keyword_text(k),
        binds ? ""
              : "; inside of a line write @{\"a\" if CONDITION else \"b\"}");
}

/* An '@' at `at`. */
static void look_at_sign(const struct looking *l, uint32_t at)
{
    uint32_t before = at;
    while (before > 0 && ascii_is_blank(l->text.ptr[before - 1]))
        before--;
    if (before == 0 || l->text.ptr[before - 1] == '\n') {
        look_at_line(l, at);
        look_at_assignment(l, at);
    } else {
        if (before < at)
            look_at_call(l, at);
        look_at_directive(l, at);
    }
}

void judge_text(const struct judge_table *t, const struct file *file,
                struct shape *shape, const struct node_text *n)
{
    struct looking l = {t, file, file->source->text, shape};
    const char *begin = file->source->text.ptr;
    if (n->text.len == 0 || n->text.ptr < begin ||
        n->text.ptr >= begin + l.text.len)
        return;
    uint32_t from = (uint32_t)(n->text.ptr - begin);
    struct str upto = {begin, from + n->text.len};
    for (size_t at = from; (at = str_chr(upto, '@', at)) != STR_NONE; at++) {
        bool alone = at == 0 || begin[at - 1] != '@';
        if (alone && at + 1 < upto.len && ascii_is_name_start(begin[at + 1]))
            look_at_sign(&l, (uint32_t)at);
    }
    if (t->callable.n == 0)
        return;
    for (size_t at = from; (at = str_chr(upto, '(', at)) != STR_NONE; at++)
        if (at > 0 && ascii_is_name(begin[at - 1]))
            look_at_bracket(&l, (uint32_t)at);
}
