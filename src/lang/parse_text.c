/* SPDX-License-Identifier: MIT */
/* Which bytes are text. In: a source, at a line start. Out: nodes. The one
 * idea: everything special begins with '@', so memchr runs from one '@' to the
 * next and all between is one slice. An '@' matters before '{' (a value) and
 * as the first non-blank of a line (a directive or a call). */
#include "lang/parse.h"

#include "base/utf8.h"

#include <string.h>

void parse_nodes_init(struct nodes *list)
{
    list->first = NULL;
    list->last = &list->first;
}

void parse_nodes_add(struct nodes *list, void *node)
{
    struct node *n = node;
    *list->last = n;
    list->last = &n->next;
}

void *parse_node(struct parser *p, size_t size, enum node_kind kind,
                 struct loc loc)
{
    struct node *n = arena_zalloc(p->arena, size);
    n->kind = (uint8_t)kind;
    n->loc = loc;
    return n;
}

void parse_add_text(struct parser *p, struct nodes *out, uint32_t from,
                    uint32_t to)
{
    if (from == to)
        return;
    struct node_text *t =
        parse_node(p, sizeof *t, NODE_TEXT, loc_between(from, to));
    t->text = str_slice(p->lex.text, from, to - from);
    parse_nodes_add(out, t);
}

/* If only blanks stand before `at` in its line: *start is the line's start. */
static bool first_in_line(const struct parser *p, uint32_t at, uint32_t *start)
{
    while (at > 0 && ascii_is_blank(p->lex.text.ptr[at - 1]))
        at--;
    *start = at;
    return at == 0 || p->lex.text.ptr[at - 1] == '\n' ||
           at == utf8_bom_len(p->lex.text);
}

/* The bytes of the character before `at` if nobody sees it; else 0. */
static uint32_t unseen_before(struct str text, uint32_t at)
{
    if (ascii_is_blank(text.ptr[at - 1]))
        return 1;
    for (uint32_t n = 2; n <= 3 && n <= at; n++)
        if (utf8_odd_space(str_slice(text, at - n, n)) == n)
            return n;
    return 0;
}

/* If only such characters stand before `at` in its line: *start is the line's
 * start. A long line with many signs is not looked through for each. */
static bool hidden_before(const struct parser *p, uint32_t at, uint32_t *start)
{
    struct str text = p->lex.text;
    for (uint32_t n; at > 0 && text.ptr[at - 1] != '\n'; at -= n) {
        n = unseen_before(text, at);
        if (n == 0)
            return false;
    }
    *start = at;
    return true;
}

/* --- values --- */

static bool is_literal(const struct expr *e)
{
    return e->kind == EXPR_STR || e->kind == EXPR_INT || e->kind == EXPR_BOOL ||
           e->kind == EXPR_NULL;
}

/* The parameter of the macro around e, a number, that m4 calls so; or "". */
static struct str argument(const struct parser *p, const struct expr *e)
{
    const struct signature *s = p->define ? &p->define->signature : NULL;
    int64_t n = e->kind == EXPR_INT ? ((const struct expr_int *)e)->value : 0;
    return s && n > 0 && n <= s->n
               ? name_text(p->lex.names, s->params[n - 1].name)
               : STR("");
}

/* Longer ones are underlined, but not repeated in the message. */
enum {
    LONG_TEXT = 40
};

/* True if the value of the "@{" at `at` was read, and no '}' is in sight, so
 * that the mistake is there and not in what follows. */
static bool lacks_brace(const struct parser *p, uint32_t at)
{
    uint32_t end = parse_line_end(p, p->lex.prev_end);
    struct str rest = str_slice(p->lex.text, at, end - at);
    return p->lex.token.kind != TOKEN_RBRACE &&
           p->lex.token.kind != TOKEN_BAD && str_chr(rest, '}', 0) == STR_NONE;
}

/* True for "@{#x}", with nothing else in it. */
static bool is_length(const struct parser *p, uint32_t at)
{
    struct str text = str_from_off(p->lex.text, at);
    size_t end = str_span(text, 3, ASCII_NAME_START | ASCII_DIGIT);
    return str_starts(text, STR("@{#")) && end > 3 &&
           str_starts(str_from_off(text, end), STR("}"));
}

/* The expression of "@{", up to its "}", which stays current. mistakes: as many
 * as there were before. */
static struct expr *value_body(struct parser *p, uint32_t at, uint32_t mistakes)
{
    static const char hint[] = "for a literal '@{' write '@@{'";
    if (p->lex.token.kind == TOKEN_RBRACE) {
        parse_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->lex.pos),
                    "'@{}' has no expression; %s", hint);
        return NULL;
    }
    if (is_length(p, at)) {
        p->report.hinted = true;
        parse_error(p, DIAG_SYNTAX, loc_between(at, at + 3),
                    "'#' begins a comment, so this value goes on in the next "
                    "line; a length is len(x)");
        return NULL;
    }
    if (p->lex.token.kind == TOKEN_EOF) {
        parse_error(p, DIAG_UNCLOSED, loc_between(at, at + 2),
                    "nothing follows this '@{'; %s", hint);
        return NULL;
    }
    struct expr *e = parse_expr(p, true, false);
    if (e->kind == EXPR_BAD)
        return NULL;
    if (lacks_brace(p, at)) {
        parse_error(p, DIAG_UNCLOSED, loc_between(at, p->lex.prev_end),
                    "this '@{' is not closed: expected '}' after the value; "
                    "for a literal '@{' write '@@{'");
        return NULL;
    }
    if (!parse_at_close(p, TOKEN_RBRACE, loc_between(at, at + 2), false))
        return NULL;
    if (is_literal(e) && p->report.mistakes == mistakes) {
        struct str text = str_slice(p->lex.text, at, p->lex.pos - at);
        if (text.len > LONG_TEXT)
            text = STR("@{…}");
        struct str name = argument(p, e);
        if (name.len)
            parse_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->lex.pos),
                        "'%.*s' holds only a literal; the argument is @{%.*s}, "
                        "and for a literal '@{' write '@@{'",
                        STR_ARG(text), STR_ARG(name));
        else
            parse_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->lex.pos),
                        "'%.*s' holds only a literal; %s", STR_ARG(text), hint);
        return NULL;
    }
    return e;
}

struct expr *parse_at_value(struct parser *p, uint32_t at)
{
    uint32_t brackets = p->lex.brackets, from = p->lex.pos;
    uint32_t outer = p->lex.value;
    struct expr *e = NULL;
    p->lex.brackets = 1;
    p->lex.value = at;
    if (parse_enter(p, loc_between(at, from))) {
        uint32_t mistakes = p->report.mistakes;
        p->values++;
        lexer_next(&p->lex);
        e = value_body(p, at, mistakes);
        p->values--;
        parse_leave(p);
    }
    if (!e && p->report.trial && p->report.text.ptr) {
        /* Nothing more counts. */
        p->lex.pos = (uint32_t)p->lex.text.len;
    } else if (!e && !p->values) {
        /* On this line, whatever the expression swallowed. */
        struct str line = str_part(p->lex.text, from, '\n');
        size_t close = str_chr(line, '}', 0);
        p->lex.pos =
            from + (uint32_t)(close == STR_NONE ? line.len : close + 1);
    }
    p->lex.brackets = brackets;
    p->lex.value = outer;
    return e;
}

/* "@@{name}": a text node that remembers the name, for the warning. */
static void add_escape(struct parser *p, struct nodes *out, uint32_t at)
{
    uint32_t name = at + 3, end = parse_word_end(p, name);
    bool named =
        end > name && end < p->lex.text.len && p->lex.text.ptr[end] == '}';
    struct node_text *t = parse_node(p, sizeof *t, NODE_TEXT,
                                     loc_between(at, named ? end + 1 : at + 2));
    t->n.flag = named;
    t->text = str_slice(p->lex.text, at, 1);
    parse_nodes_add(out, t);
}

void parse_insert_done(const struct parser *p, struct node_insert *n)
{
    n->len = p->lex.pos - (n->n.loc.off - n->indent);
}

/* A run of '@' before '{' at `at`. Text from *start is flushed; *start and
 * p->lex.pos move past what was read. */
static void parse_run(struct parser *p, struct nodes *out, uint32_t *start,
                      uint32_t at, uint32_t run, bool whole_lines)
{
    uint32_t line;
    if (run == 2) {
        parse_add_text(p, out, *start, at);
        add_escape(p, out, at);
        *start = p->lex.pos = at + run;
        return;
    }
    if (run % 2 == 0) {
        parse_add_text(p, out, *start, at + run / 2);
        *start = p->lex.pos = at + run;
        return;
    }
    uint32_t sign = at + run - 1;
    bool first = whole_lines && run == 1 && first_in_line(p, at, &line);
    p->lex.pos = sign + 2;
    p->report.opener = loc_between(sign + 1, sign + 2);
    struct expr *e = parse_at_value(p, sign);
    uint32_t end = p->lex.pos, after = parse_skip_blanks(p, end);
    if (first && parse_at_line_end(p, after)) {
        parse_add_text(p, out, *start, line);
        struct node_insert *n =
            parse_node(p, sizeof *n, NODE_INSERT, loc_between(sign, end));
        n->expr = e;
        n->indent = at - line;
        p->lex.pos = parse_line_next(p, after);
        parse_insert_done(p, n);
        parse_nodes_add(out, n);
    } else {
        parse_add_text(p, out, *start, at + run / 2);
        struct node_value *n =
            parse_node(p, sizeof *n, NODE_VALUE, loc_between(sign, end));
        n->expr = e;
        parse_nodes_add(out, n);
    }
    *start = p->lex.pos;
}

static uint32_t run_length(const struct parser *p, uint32_t at)
{
    uint32_t n = at;
    while (n < p->lex.text.len && p->lex.text.ptr[n] == '@')
        n++;
    return n - at;
}

/* --- lines --- */

/* The lines [from, to) as text whose values expand. */
struct node *parse_plain_lines(struct parser *p, uint32_t from, uint32_t to)
{
    struct nodes out;
    struct str all = p->lex.text;
    uint32_t start = from, end = p->lex.pos;
    parse_nodes_init(&out);
    p->lex.text.len = to;
    p->lex.pos = from;
    for (;;) {
        size_t at = str_chr(p->lex.text, '@', p->lex.pos);
        if (at == STR_NONE)
            break;
        uint32_t run = run_length(p, (uint32_t)at);
        p->lex.pos = (uint32_t)at + run;
        if (p->lex.pos < to && p->lex.text.ptr[p->lex.pos] == '{')
            parse_run(p, &out, &start, (uint32_t)at, run, false);
    }
    parse_add_text(p, &out, start, to);
    p->lex.text = all;
    p->lex.pos = end;
    return out.first;
}

struct node *parse_text(struct parser *p)
{
    struct nodes out;
    uint32_t start = p->lex.pos, line;
    parse_nodes_init(&out);
    p->stop = KEYWORD_NONE;
    while (p->stop == KEYWORD_NONE) {
        size_t found = str_chr(p->lex.text, '@', p->lex.pos);
        if (found == STR_NONE) {
            p->lex.pos = (uint32_t)p->lex.text.len;
            break;
        }
        uint32_t at = (uint32_t)found, run = run_length(p, at);
        p->lex.pos = at + run;
        if (p->lex.pos < p->lex.text.len &&
            p->lex.text.ptr[p->lex.pos] == '{') {
            parse_run(p, &out, &start, at, run, true);
        } else if (run <= 2 && first_in_line(p, at, &line)) {
            if (run == 2 && parse_line_collapses(p, at)) {
                parse_add_text(p, &out, start, at + 1);
                start = p->lex.pos;
            } else if (run == 1) {
                parse_line(p, &out, &start, line, at);
            }
        } else if (run == 1 && hidden_before(p, at, &line)) {
            parse_hidden_line(p, &out, &start, line, at);
        }
    }
    if (p->stop == KEYWORD_NONE)
        parse_add_text(p, &out, start, p->lex.pos);
    return out.first;
}
