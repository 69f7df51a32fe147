/* SPDX-License-Identifier: MIT */
/* Which bytes are text. In: a source, at a line start. Out: nodes. The one
 * idea: everything special begins with '@', so memchr runs from one '@' to the
 * next and all between is one slice. An '@' matters before '{' (a value) and
 * as the first non-blank of a line (a directive or a call). */
#include "lang/parser_text.h"

#include "base/utf8.h"

#include <string.h>

void nodes_init(struct nodes *list)
{
    list->first = NULL;
    list->last = &list->first;
}

void nodes_add(struct nodes *list, void *node)
{
    struct node *n = node;
    *list->last = n;
    list->last = &n->next;
}

void *node_new(struct parser *p, size_t size, enum node_kind kind,
               struct loc loc)
{
    struct node *n = arena_zalloc(p->arena, size);
    n->kind = (uint8_t)kind;
    n->loc = loc;
    return n;
}

static void add_text(struct parser *p, struct nodes *out, uint32_t from,
                     uint32_t to)
{
    if (from == to)
        return;
    struct node_text *t =
        node_new(p, sizeof *t, NODE_TEXT, loc_between(from, to));
    t->text = str_slice(p->text, from, to - from);
    nodes_add(out, t);
}

uint32_t line_end(const struct parser *p, uint32_t from)
{
    size_t at = str_chr(p->text, '\n', from);
    if (at == STR_NONE)
        return (uint32_t)p->text.len;
    return (uint32_t)(at > from && p->text.ptr[at - 1] == '\r' ? at - 1 : at);
}

uint32_t line_next(const struct parser *p, uint32_t from)
{
    size_t at = str_chr(p->text, '\n', from);
    return (uint32_t)(at == STR_NONE ? p->text.len : at + 1);
}

void line_skip(struct parser *p)
{
    p->pos = line_next(p, p->pos);
}

static uint32_t skip_blanks(const struct parser *p, uint32_t at)
{
    return (uint32_t)str_span(p->text, at, ASCII_BLANK);
}

/* True at "\n", "\r\n" and the end of the file (a lone '\r' before it too). */
static bool at_line_end(const struct parser *p, uint32_t at)
{
    if (at < p->text.len && p->text.ptr[at] == '\r')
        at++;
    return at == p->text.len || p->text.ptr[at] == '\n';
}

/* If only blanks stand before `at` in its line: *start is the line's start. */
static bool first_in_line(const struct parser *p, uint32_t at, uint32_t *start)
{
    while (at > 0 && ascii_is_blank(p->text.ptr[at - 1]))
        at--;
    *start = at;
    return at == 0 || p->text.ptr[at - 1] == '\n' ||
           at == utf8_bom_len(p->text);
}

static uint32_t word_end(const struct parser *p, uint32_t at)
{
    if (at >= p->text.len || !ascii_is_name_start(p->text.ptr[at]))
        return at;
    return (uint32_t)str_span(p->text, at, ASCII_NAME_START | ASCII_DIGIT);
}

enum keyword line_keyword(const struct parser *p, uint32_t at, uint32_t *end)
{
    uint32_t sign = skip_blanks(p, at), word = sign + 1;
    if (sign >= p->text.len || p->text.ptr[sign] != '@')
        return KEYWORD_NONE;
    *end = word_end(p, word);
    if (*end == word ||
        (!at_line_end(p, *end) && !ascii_is_blank(p->text.ptr[*end])))
        return KEYWORD_NONE;
    return keyword_of(
        name_find(p->names, str_slice(p->text, word, *end - word)));
}

/* What the bytes behind an '@' at a line start are, by syntax alone. */
enum opening {
    OPENING_TEXT,
    OPENING_COMMENT,
    OPENING_KEYWORD,
    OPENING_NEAR,  /* one edit from a keyword */
    OPENING_PAREN, /* keyword( */
    OPENING_CALL   /* name( or mod.name( */
};

struct opened {
    enum opening kind;
    enum keyword keyword;
    uint32_t end;        /* behind the word; of a call, its '(' */
    uint32_t module_end; /* of mod.name(; else 0 */
    name_id name;        /* of name( */
};

static struct opened opening_at(struct parser *p, uint32_t at)
{
    struct opened o = {OPENING_TEXT, KEYWORD_NONE, word_end(p, at), 0,
                       NAME_NONE};
    if (o.end == at) {
        if (at < p->text.len && p->text.ptr[at] == '#')
            o.kind = OPENING_COMMENT;
        return o;
    }
    struct str word = str_slice(p->text, at, o.end - at);
    char after = o.end < p->text.len ? p->text.ptr[o.end] : '\n';
    if (after == '(') {
        /* Calls come in rows. */
        if (p->callee == NAME_NONE ||
            !str_eq(word, name_text(p->names, p->callee)))
            p->callee = name_intern(p->names, word);
        o.name = p->callee;
        o.keyword = keyword_of(o.name);
        o.kind = o.keyword == KEYWORD_NONE ? OPENING_CALL : OPENING_PAREN;
    } else if (after == '.') {
        uint32_t end = word_end(p, o.end + 1);
        if (end > o.end + 1 && end < p->text.len && p->text.ptr[end] == '(') {
            o.kind = OPENING_CALL;
            o.module_end = o.end;
            o.end = end;
        }
    } else if (ascii_is_blank(after) || at_line_end(p, o.end)) {
        o.keyword = keyword_of(name_find(p->names, word));
        o.kind = OPENING_KEYWORD;
        if (o.keyword == KEYWORD_NONE) {
            o.keyword = keyword_near(word);
            o.kind = o.keyword == KEYWORD_NONE ? OPENING_TEXT : OPENING_NEAR;
        }
    }
    return o;
}

/* --- values --- */

/* "@@{name}": a text node that remembers the name, for the warning. */
static void add_escape(struct parser *p, struct nodes *out, uint32_t at)
{
    uint32_t name = at + 3, end = word_end(p, name);
    bool named = end > name && end < p->text.len && p->text.ptr[end] == '}';
    struct node_text *t = node_new(p, sizeof *t, NODE_TEXT,
                                   loc_between(at, named ? end + 1 : at + 2));
    t->n.flag = named;
    t->text = str_slice(p->text, at, 1);
    nodes_add(out, t);
}

void insert_done(const struct parser *p, struct node_insert *n)
{
    n->len = p->pos - (n->n.loc.off - n->indent);
}

/* A run of '@' before '{' at `at`. Text from *start is flushed; *start and
 * p->pos move behind what was read. */
static void parse_run(struct parser *p, struct nodes *out, uint32_t *start,
                      uint32_t at, uint32_t run, bool whole_lines)
{
    uint32_t line;
    if (run == 2) {
        add_text(p, out, *start, at);
        add_escape(p, out, at);
        *start = p->pos = at + run;
        return;
    }
    if (run % 2 == 0) {
        add_text(p, out, *start, at + run / 2);
        *start = p->pos = at + run;
        return;
    }
    uint32_t sign = at + run - 1;
    bool first = whole_lines && run == 1 && first_in_line(p, at, &line) &&
                 line >= *start;
    p->pos = sign + 2;
    p->opener = loc_between(sign + 1, sign + 2);
    struct expr *e = parser_value(p, sign);
    uint32_t end = p->pos, behind = skip_blanks(p, end);
    if (first && at_line_end(p, behind)) {
        add_text(p, out, *start, line);
        struct node_insert *n =
            node_new(p, sizeof *n, NODE_INSERT, loc_between(sign, end));
        n->expr = e;
        n->indent = at - line;
        p->pos = line_next(p, behind);
        insert_done(p, n);
        nodes_add(out, n);
    } else {
        add_text(p, out, *start, at + run / 2);
        struct node_value *n =
            node_new(p, sizeof *n, NODE_VALUE, loc_between(sign, end));
        n->expr = e;
        nodes_add(out, n);
    }
    *start = p->pos;
}

static uint32_t run_length(const struct parser *p, uint32_t at)
{
    uint32_t n = at;
    while (n < p->text.len && p->text.ptr[n] == '@')
        n++;
    return n - at;
}

/* --- "@name(" lines --- */

/* The lines [from, to) as text whose values expand. */
static struct node *lines_as_text(struct parser *p, uint32_t from, uint32_t to)
{
    struct nodes out;
    struct str all = p->text;
    uint32_t start = from, end = p->pos;
    nodes_init(&out);
    p->text.len = to;
    p->pos = from;
    for (;;) {
        size_t at = str_chr(p->text, '@', p->pos);
        if (at == STR_NONE)
            break;
        uint32_t run = run_length(p, (uint32_t)at);
        p->pos = (uint32_t)at + run;
        if (p->pos < to && p->text.ptr[p->pos] == '{')
            parse_run(p, &out, &start, (uint32_t)at, run, false);
    }
    add_text(p, &out, start, to);
    p->text = all;
    p->pos = end;
    return out.first;
}

/* Runs lines_as_text as a trial of its own: its errors count only if the line
 * turns out to be text. */
static void read_as_text(struct parser *p, struct line_text *t, uint32_t from)
{
    p->trial = true;
    p->error.ptr = NULL;
    t->has_values = true;
    t->nodes = lines_as_text(p, from, p->pos);
    t->failed = p->error.ptr != NULL;
    p->trial = false;
    p->error.ptr = NULL;
}

/* Notes what is to be known of n besides its call, if anything: the mistake
 * that the trial left in p, and its values when it is read as text. */
static void note_text(struct parser *p, struct node_insert *n)
{
    struct str lines = insert_lines(n, p->text);
    size_t sign = str_chr(lines, '@', n->indent + 1);
    bool values =
        sign != STR_NONE && str_find(lines, STR("@{"), sign) != STR_NONE;
    if (!values && !p->error.ptr)
        return;
    n->if_text = arena_new(p->arena, struct line_text);
    n->if_text->error = p->error;
    n->if_text->error_loc = p->error_loc;
    n->if_text->error_id = (uint8_t)p->error_id;
    if (values)
        read_as_text(p, n->if_text, n->n.loc.off - n->indent);
}

/* What may stand behind the ")" of a call line. */
static void check_call_tail(struct parser *p, struct str name)
{
    uint32_t at = skip_blanks(p, p->pos);
    if (at_line_end(p, at) || p->text.ptr[at] == '#')
        return;
    parser_error(p, DIAG_CALL_TAIL, loc_between(at, line_end(p, at)),
                 "text behind the call of %.*s; a call inside a line is "
                 "written @{%.*s(…)}",
                 STR_ARG(name), STR_ARG(name));
}

static name_id intern_at(struct parser *p, uint32_t from, uint32_t to)
{
    return name_intern(p->names, str_slice(p->text, from, to - from));
}

/* The call of "@name(" at `at`, its arguments not yet read. */
static struct expr_call *call_new(struct parser *p, uint32_t at,
                                  const struct opened *o)
{
    struct expr_call *c = arena_new(p->arena, struct expr_call);
    c->e.kind = EXPR_CALL;
    c->module = o->module_end ? intern_at(p, at + 1, o->module_end) : NAME_NONE;
    c->name = o->module_end ? intern_at(p, o->module_end + 1, o->end) : o->name;
    c->name_loc = loc_between(at + 1, o->end);
    return c;
}

/* Reads the brackets of c on trial; true with p->pos behind them. */
static bool try_args(struct parser *p, struct expr_call *c,
                     const struct opened *o)
{
    p->trial = true;
    p->error.ptr = NULL;
    p->pos = o->end;
    p->brackets = 0;
    lexer_next(p);
    if (parser_args(p, c, NULL)) {
        p->pos = p->prev_end;
        check_call_tail(p,
                        str_slice(p->text, c->name_loc.off, c->name_loc.len));
    }
    p->trial = false;
    return !p->error.ptr;
}

/* "@name(" at `at`, the first of its line: perhaps a call. The brackets are
 * parsed on trial; whether it is a call is decided at expansion. */
static void parse_call_line(struct parser *p, struct nodes *out, uint32_t line,
                            uint32_t at, const struct opened *o)
{
    struct node_insert *n =
        node_new(p, sizeof *n, NODE_INSERT, loc_between(at, o->end));
    struct expr_call *c = call_new(p, at, o);
    n->n.flag = INSERT_LINE;
    n->expr = &c->e;
    n->indent = at - line;
    if (!try_args(p, c, o))
        p->pos = o->end;
    c->e.loc = loc_between(at + 1, p->pos);
    n->n.loc = loc_between(at, p->pos);
    p->pos = line_next(p, p->pos);
    insert_done(p, n);
    note_text(p, n);
    p->error.ptr = NULL;
    nodes_add(out, n);
}

/* --- lines that begin with '@' --- */

static void parse_comment(struct parser *p, uint32_t line)
{
    if (p->doc_to != line)
        p->doc_from = line;
    line_skip(p);
    p->doc_to = p->pos;
}

static void refuse_near(struct parser *p, uint32_t at, const struct opened *o)
{
    struct str word = str_slice(p->text, at + 1, o->end - at - 1);
    parser_error(p, DIAG_NEAR_KEYWORD, loc_between(at, o->end),
                 "'@%.*s' looks like the directive '@%s'; for text that begins "
                 "so, write '@@%.*s'",
                 STR_ARG(word), keyword_text(o->keyword), STR_ARG(word));
    line_skip(p);
}

static void refuse_paren(struct parser *p, uint32_t at, const struct opened *o)
{
    const char *word = keyword_text(o->keyword);
    parser_error(p, DIAG_KEYWORD_PAREN, loc_between(at, o->end + 1),
                 "'@%s(' is neither a directive nor a call: put a blank after "
                 "'@%s', or write '@@%s(' for text",
                 word, word, word);
    line_skip(p);
}

/* Directives of other languages, whose authors come from there, and ours. */
static const char *counterpart(struct str word)
{
    static const char *const pairs[][2] = {
        {"endif", "@end"},       {"endfor", "@end"},  {"enddefine", "@end"},
        {"endmacro", "@end"},    {"endcall", "@end"}, {"elseif", "@elif"},
        {"elsif", "@elif"},      {"ifdef", "@if"},    {"ifndef", "@if not"},
        {"foreach", "@for"},     {"while", "@for"},   {"macro", "@define"},
        {"function", "@define"}, {"dnl", "@#"},       {"var", "@let"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_eq(word, str_from(pairs[i][0])))
            return pairs[i][1];
    return NULL;
}

/* "@endif" is text, as a heredoc may hold any language; but it may have been
 * meant for us. */
static void warn_foreign(struct parser *p, uint32_t at, uint32_t end)
{
    struct str word = str_slice(p->text, at + 1, end - at - 1);
    const char *ours = counterpart(word);
    if (!ours || (!at_line_end(p, end) && !ascii_is_blank(p->text.ptr[end])))
        return;
    diag_report(p->diags, DIAG_FOREIGN_DIRECTIVE,
                (struct span){p->source, at, end - at}, NULL,
                "'@%.*s' is no directive, so this line is text; what "
                "comes closest is %s",
                STR_ARG(word), ours);
}

/* An '@' at `at`, the first of the line that begins at `line`; text from
 * *start is pending. False if it is text after all. */
static bool parse_line(struct parser *p, struct nodes *out, uint32_t *start,
                       uint32_t line, uint32_t at)
{
    struct opened o = opening_at(p, at + 1);
    if (o.kind == OPENING_TEXT) {
        warn_foreign(p, at, o.end);
        return false;
    }
    add_text(p, out, *start, line);
    p->pos = o.end;
    switch (o.kind) {
    case OPENING_COMMENT:
        parse_comment(p, line);
        break;
    case OPENING_NEAR:
        refuse_near(p, at, &o);
        break;
    case OPENING_PAREN:
        refuse_paren(p, at, &o);
        break;
    case OPENING_CALL:
        parse_call_line(p, out, line, at, &o);
        break;
    default:
        p->stop = o.keyword;
        p->stop_loc = loc_between(at, o.end);
        p->opener = loc_between(at + 1, o.end);
        if (o.keyword == KEYWORD_END || o.keyword == KEYWORD_ELIF ||
            o.keyword == KEYWORD_ELSE)
            break;
        directive_parse(p, out, o.keyword, p->stop_loc);
        p->stop = KEYWORD_NONE;
    }
    *start = p->pos;
    return true;
}

/* "@@" at a line start before what would be a directive: one '@'. */
static bool collapses(struct parser *p, uint32_t at)
{
    return opening_at(p, at + 2).kind != OPENING_TEXT;
}

struct node *text_block(struct parser *p)
{
    struct nodes out;
    uint32_t start = p->pos, line;
    nodes_init(&out);
    p->stop = KEYWORD_NONE;
    while (p->stop == KEYWORD_NONE) {
        size_t found = str_chr(p->text, '@', p->pos);
        if (found == STR_NONE) {
            p->pos = (uint32_t)p->text.len;
            break;
        }
        uint32_t at = (uint32_t)found, run = run_length(p, at);
        p->pos = at + run;
        if (p->pos < p->text.len && p->text.ptr[p->pos] == '{') {
            parse_run(p, &out, &start, at, run, true);
        } else if (run <= 2 && first_in_line(p, at, &line) && line >= start) {
            if (run == 2 && collapses(p, at)) {
                add_text(p, &out, start, at + 1);
                start = p->pos;
            } else if (run == 1) {
                parse_line(p, &out, &start, line, at);
            }
        }
    }
    if (p->stop == KEYWORD_NONE)
        add_text(p, &out, start, p->pos);
    return out.first;
}
