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
    struct text_cursor *last;
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

static bool ends_line(struct str text, uint32_t at)
{
    return str_trim(str_part(text, at, '\n')).len == 0;
}

/* --- places --- */

/* Moves to the line of `at`. A line may be very long, and have very much in it
 * that is looked at, so nothing goes back to its start. */
static void move_to(const struct looking *l, uint32_t at)
{
    struct text_cursor *k = l->last;
    uint32_t line = k->line;
    for (; k->at < at; k->at++)
        if (l->text.ptr[k->at] == '\n')
            k->line = k->at + 1;
    if (k->begun && k->line == line)
        return;
    k->begun = true;
    k->first = (uint32_t)str_span(l->text, k->line, ASCII_BLANK);
    k->quote_at = k->line;
    k->spoken = false;
}

/* What the line of the place is. */
static const struct shape *shape_of(const struct looking *l)
{
    shape_at(&l->last->shape, l->text, l->last->line);
    return &l->last->shape;
}

static bool in_heredoc(const struct looking *l)
{
    return shape_of(l)->kind == SHAPE_HEREDOC;
}

/* True if `at`, in that line, stands in quotes. */
static bool is_quoted(const struct looking *l, uint32_t at)
{
    struct text_cursor *k = l->last;
    const struct shape *s = shape_of(l);
    if (k->quote_at == k->line)
        k->quote = s->quote;
    struct str between = str_slice(l->text, k->quote_at, at - k->quote_at);
    k->quote = shape_quote(k->quote, between);
    k->quote_at = at;
    return k->quote != 0;
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
    if ((!blank && !ends_line(l->text, end)) ||
        !is_macro(l, at + 1, dot, end) || file_is_broken(l->file, at))
        return;
    if (in_heredoc(l))
        return;
    SAY(l, DIAG_ALMOST_CALL, at, end,
        "this line is text; '%.*s' is a macro, and a call has brackets: "
        "@%.*s(%s)",
        STR_ARG(word), STR_ARG(word), ends_line(l->text, end) ? "" : "…");
}

/* The name that an import of a library called word binds; "" without one. */
static struct str alias_of(const struct looking *l, struct str word)
{
    for (uint32_t i = 0; i < l->file->imports.n; i++) {
        const struct node_import *n = l->file->imports.at[i];
        size_t slash = n->path.ptr ? str_rchr(n->path, '/') : STR_NONE;
        struct str last =
            slash == STR_NONE ? n->path : str_from_off(n->path, slash + 1);
        if (str_ends(last, STR(".spp")))
            last.len -= 4;
        if (n->name != NAME_NONE && str_eq(last, word))
            return name_text(l->t->judge->names, n->name);
    }
    return STR("");
}

/* "@my-lib.hello(…)" and "@my-macro(…)" at `at`, with a '-'. */
static void look_at_dashes(const struct looking *l, uint32_t at)
{
    uint32_t end = at + 1, dot = 0;
    while (end < l->text.len && (ascii_is_name(l->text.ptr[end]) ||
                                 strchr("-.", l->text.ptr[end]))) {
        dot = l->text.ptr[end] == '.' && !dot ? end : dot;
        end++;
    }
    struct str word = str_slice(l->text, at + 1, end - at - 1);
    struct str first = str_part(word, 0, '.');
    if (end == l->text.len || l->text.ptr[end] != '(' ||
        str_chr(first, '-', 0) == STR_NONE || in_heredoc(l))
        return;
    char *to = arena_alloc(l->t->judge->diags->arena, word.len);
    for (size_t i = 0; i < word.len; i++)
        to[i] = word.ptr[i] == '-' && i < first.len ? '_' : word.ptr[i];
    struct str name = {to, first.len}, alias = alias_of(l, first);
    struct str rest = str_from_off(word, first.len);
    name_id id = name_find(l->t->judge->names, name);
    if (alias.len == 0 && id != NAME_NONE &&
        judge_table_get(l->t, id)->bound & (dot ? BOUND_IMPORT : BOUND_MACRO))
        alias = name;
    if (alias.len)
        SAY(l, DIAG_ALMOST_CALL, at, end,
            "this line is text: no name has a '-'; write @%.*s%.*s(…)",
            STR_ARG(alias), STR_ARG(rest));
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
    bool sets = (rest.len > 1 && rest.ptr[0] == '=' && rest.ptr[1] != '=') ||
                str_starts(rest, STR(":=")) || str_starts(rest, STR("?="));
    if (name == NAME_NONE || (!counts && !changes && !sets) ||
        !(judge_table_get(l->t, name)->bound & BOUND_VALUE))
        return;
    if (in_heredoc(l))
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
    uint32_t from = l->last->first, dot;
    if (from == at || callee_end(l->text, from, &dot) != at)
        return;
    struct str rest = str_trim(str_part(l->text, at, '\n'));
    if (rest.ptr[rest.len - 1] != ')' || !is_macro(l, from, dot, at) ||
        in_heredoc(l) || shape_of(l)->quote)
        return;
    struct str word = str_slice(l->text, from, at - from);
    SAY(l, DIAG_ALMOST_CALL, from, at,
        "this line is text; a call begins with '@': @%.*s(%s", STR_ARG(word),
        rest.len == 2 ? ")" : "…)");
}

/* --- inside of lines --- */

static bool in_comment(const struct looking *l)
{
    return l->text.ptr[l->last->first] == '#';
}

/* "@f(…)" at `at`, after a blank. */
static void look_at_call(const struct looking *l, uint32_t at)
{
    uint32_t dot, end = callee_end(l->text, at + 1, &dot);
    struct str word = str_slice(l->text, at + 1, end - at - 1);
    if (end >= l->text.len || l->text.ptr[end] != '(' || in_comment(l) ||
        !is_macro(l, at + 1, dot, end))
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
    bool binds = is_binding(l, k, end), block = blank && is_block_word(k);
    /* What goes on with it was spoken of. */
    bool spoken = l->last->spoken;
    l->last->spoken =
        spoken || (blank && (k == KEYWORD_IF || k == KEYWORD_FOR));
    if ((!binds && (!block || spoken)) || in_heredoc(l) || in_comment(l) ||
        is_quoted(l, at))
        return;
    l->last->spoken = true;
    SAY(l, DIAG_INLINE_DIRECTIVE, at, end,
        "'@%s' is text here: directives go on lines of their own%s",
        keyword_text(k),
        binds ? ""
              : "; inside of a line write @{\"a\" if CONDITION else \"b\"}");
}

/* An '@' at `at`. */
static void look_at_sign(const struct looking *l, uint32_t at)
{
    if (at == l->last->first) {
        look_at_line(l, at);
        look_at_assignment(l, at);
        look_at_dashes(l, at);
    } else {
        if (ascii_is_blank(l->text.ptr[at - 1]))
            look_at_call(l, at);
        look_at_directive(l, at);
    }
}

/* An '@' or '(' at `at`. */
static void look_at(const struct looking *l, uint32_t at)
{
    struct str text = l->text;
    char before = at ? text.ptr[at - 1] : '\n';
    bool sign = text.ptr[at] == '@';
    if (sign ? before == '@' || at + 1 == text.len ||
                   !ascii_is_name_start(text.ptr[at + 1])
             : !ascii_is_name(before))
        return;
    move_to(l, at);
    if (sign)
        look_at_sign(l, at);
    else
        look_at_bracket(l, at);
}

void judge_text(const struct judge_table *t, const struct file *file,
                struct text_cursor *last, const struct node_text *n)
{
    struct looking l = {t, file, file->source->text, last};
    const char *begin = file->source->text.ptr;
    if (n->text.len == 0 || n->text.ptr < begin ||
        n->text.ptr >= begin + l.text.len)
        return;
    size_t from = (size_t)(n->text.ptr - begin);
    struct str upto = {begin, from + n->text.len};
    size_t sign = str_chr(upto, '@', from);
    size_t bracket = t->callable.n ? str_chr(upto, '(', from) : STR_NONE;
    while (sign != bracket) /* both are STR_NONE at the end */
        if (sign < bracket) {
            look_at(&l, (uint32_t)sign);
            sign = str_chr(upto, '@', sign + 1);
        } else {
            look_at(&l, (uint32_t)bracket);
            bracket = str_chr(upto, '(', bracket + 1);
        }
}
