/* SPDX-License-Identifier: MIT */
/* Lines that begin with '@': what each is by syntax alone, before anybody knows
 * what is defined. */
#include "lang/parse.h"

/* What the bytes after an '@' at a line start are, by syntax alone. */
enum opening {
    OPENING_TEXT,
    OPENING_COMMENT,
    OPENING_KEYWORD,
    OPENING_NEAR,   /* one edit from a keyword */
    OPENING_ALMOST, /* one edit from a keyword that is a name as well: text */
    OPENING_PAREN,  /* keyword( */
    OPENING_CALL    /* name( or mod.name( */
};

struct opened {
    enum opening kind;
    enum keyword keyword;
    uint32_t end;        /* after the word; of a call, its '(' */
    uint32_t module_end; /* of mod.name(; else 0 */
    name_id name;        /* of name( */
};

static struct opened opening_at(struct parser *p, uint32_t at)
{
    struct opened o = {OPENING_TEXT, KEYWORD_NONE, parse_word_end(p, at), 0,
                       NAME_NONE};
    if (o.end == at) {
        if (at < p->lex.text.len && p->lex.text.ptr[at] == '#')
            o.kind = OPENING_COMMENT;
        return o;
    }
    struct str word = str_slice(p->lex.text, at, o.end - at);
    char after = o.end < p->lex.text.len ? p->lex.text.ptr[o.end] : '\n';
    if (after == '(') {
        /* Calls of one macro come in rows. */
        if (p->callee == NAME_NONE ||
            !str_eq(word, name_text(p->lex.names, p->callee)))
            p->callee = name_intern(p->lex.names, word);
        o.name = p->callee;
        o.keyword = keyword_of(o.name);
        o.kind = o.keyword == KEYWORD_NONE || keyword_is_name(o.keyword)
                     ? OPENING_CALL
                     : OPENING_PAREN;
    } else if (after == '.') {
        uint32_t end = parse_word_end(p, o.end + 1);
        if (end > o.end + 1 && end < p->lex.text.len &&
            p->lex.text.ptr[end] == '(') {
            o.kind = OPENING_CALL;
            o.module_end = o.end;
            o.end = end;
        }
    } else if (ascii_is_blank(after) || parse_at_line_end(p, o.end)) {
        o.keyword = keyword_of(name_find(p->lex.names, word));
        o.kind = OPENING_KEYWORD;
        if (o.keyword == KEYWORD_NONE) {
            o.keyword = keyword_near(word);
            o.kind = o.keyword == KEYWORD_NONE    ? OPENING_TEXT
                     : keyword_is_name(o.keyword) ? OPENING_ALMOST
                                                  : OPENING_NEAR;
        }
    }
    return o;
}

/* --- "@name(" lines --- */

/* Runs parse_plain_lines as a trial of its own: its errors count only if the
 * line turns out to be text. */
static void read_as_text(struct parser *p, struct line_text *t, uint32_t from)
{
    report_try(&p->report);
    t->has_values = true;
    t->nodes = parse_plain_lines(p, from, p->lex.pos);
    t->failed = p->report.text.ptr != NULL;
    p->report.trial = false;
}

/* Notes what is to be known of n besides its call, if anything: the mistake
 * that the trial left in p, and its values when it is read as text. */
static void note_text(struct parser *p, struct node_insert *n)
{
    struct str lines = insert_lines(n, p->lex.text);
    bool values = str_find(lines, STR("@{"), n->indent + 1) != STR_NONE;
    if (!values && !p->report.text.ptr)
        return;
    n->if_text = arena_new(p->arena, struct line_text);
    n->if_text->error = p->report.text;
    n->if_text->error_loc = p->report.loc;
    n->if_text->error_id = (uint8_t)p->report.id;
    if (values)
        read_as_text(p, n->if_text, n->n.loc.off - n->indent);
}

/* What may follow the ")" of a call line. */
static void check_call_tail(struct parser *p, struct str name)
{
    uint32_t at = parse_skip_blanks(p, p->lex.pos);
    if (parse_at_line_end(p, at) || p->lex.text.ptr[at] == '#')
        return;
    parse_error(p, DIAG_CALL_TAIL, loc_between(at, parse_line_end(p, at)),
                "text after the call of %.*s; a call inside a line is "
                "written @{%.*s(…)}",
                STR_ARG(name), STR_ARG(name));
}

static name_id intern_at(struct parser *p, uint32_t from, uint32_t to)
{
    return name_intern(p->lex.names, str_slice(p->lex.text, from, to - from));
}

/* The call of "@name(" at `at`, its arguments not yet read. */
static struct expr_call *call_new(struct parser *p, uint32_t at,
                                  const struct opened *o)
{
    struct loc loc = loc_between(at + 1, o->end);
    if (!o->module_end)
        return parse_call_new(p, at + 1, NAME_NONE, o->name, loc);
    return parse_call_new(p, at + 1, intern_at(p, at + 1, o->module_end),
                          intern_at(p, o->module_end + 1, o->end), loc);
}

/* Reads the brackets of c on trial; true with the cursor after them. */
static bool try_args(struct parser *p, struct expr_call *c,
                     const struct opened *o)
{
    report_try(&p->report);
    p->lex.pos = o->end;
    p->lex.brackets = 0;
    lexer_next(&p->lex);
    if (parse_args(p, c, NULL)) {
        p->lex.pos = p->lex.prev_end;
        check_call_tail(
            p, str_slice(p->lex.text, c->name_loc.off, c->name_loc.len));
    }
    p->report.trial = false;
    return !p->report.text.ptr;
}

/* "@name(" at `at`, the first of its line: perhaps a call. The brackets are
 * parsed on trial; whether it is a call is decided at expansion. */
static void parse_call_line(struct parser *p, struct nodes *out, uint32_t line,
                            uint32_t at, const struct opened *o)
{
    struct node_insert *n =
        parse_node(p, sizeof *n, NODE_INSERT, loc_between(at, o->end));
    struct expr_call *c = call_new(p, at, o);
    n->n.flag = INSERT_LINE;
    n->expr = &c->e;
    n->indent = at - line;
    if (!try_args(p, c, o))
        p->lex.pos = o->end;
    c->e.loc = loc_between(at + 1, p->lex.pos);
    n->n.loc = loc_between(at, p->lex.pos);
    p->lex.pos = parse_line_next(p, p->lex.pos);
    parse_insert_done(p, n);
    note_text(p, n);
    parse_nodes_add(out, n);
}

/* --- lines that begin with '@' --- */

static void parse_comment(struct parser *p, uint32_t line)
{
    if (p->doc_to != line)
        p->doc_from = line;
    parse_skip_line(p);
    p->doc_to = p->lex.pos;
}

static void refuse_near(struct parser *p, uint32_t at, const struct opened *o)
{
    struct str word = str_slice(p->lex.text, at + 1, o->end - at - 1);
    parse_error(p, DIAG_NEAR_KEYWORD, loc_between(at, o->end),
                "'@%.*s' looks like the directive '@%s'; for text that begins "
                "so, write '@@%.*s'",
                STR_ARG(word), keyword_text(o->keyword), STR_ARG(word));
    parse_skip_line(p);
}

static void refuse_paren(struct parser *p, uint32_t at, const struct opened *o)
{
    const char *word = keyword_text(o->keyword);
    parse_error(p, DIAG_KEYWORD_PAREN, loc_between(at, o->end + 1),
                "'@%s(' is neither a directive nor a call: put a blank after "
                "'@%s', or write '@@%s(' for text",
                word, word, word);
    parse_skip_line(p);
}

/* Directives of other languages, whose authors come from there, and ours. */
static const char *counterpart(struct str word)
{
    static const char *const pairs[][2] = {
        {"endif", "@end"},    {"endfor", "@end"},    {"enddefine", "@end"},
        {"endmacro", "@end"}, {"endcall", "@end"},   {"elseif", "@elif"},
        {"ifdef", "@if"},     {"ifndef", "@if not"}, {"foreach", "@for"},
        {"while", "@for"},    {"macro", "@define"},  {"dnl", "@#"},
        {"var", "@let"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_eq(word, str_from(pairs[i][0])))
            return pairs[i][1];
    return NULL;
}

/* "@endif" is text, as a heredoc may hold any language; but it may have been
 * meant for us. */
static void warn_foreign(struct parser *p, uint32_t at, const struct opened *o)
{
    struct str word = str_slice(p->lex.text, at + 1, o->end - at - 1);
    bool almost = o->kind == OPENING_ALMOST;
    const char *ours = almost ? keyword_text(o->keyword) : counterpart(word);
    if (!ours || (!parse_at_line_end(p, o->end) &&
                  !ascii_is_blank(p->lex.text.ptr[o->end])))
        return;
    p->report.said = true;
    diag_report(p->report.diags, DIAG_FOREIGN_DIRECTIVE,
                (struct span){p->report.source, at, o->end - at}, NULL,
                "'@%.*s' is not a directive, so this line is text; the closest "
                "directive is %s%s",
                STR_ARG(word), almost ? "@" : "", ours);
}

/* An '@' at `at`, the first of the line that begins at `line`; text from
 * *start is pending. False if it is text after all. */
bool parse_line(struct parser *p, struct nodes *out, uint32_t *start,
                uint32_t line, uint32_t at)
{
    struct opened o = opening_at(p, at + 1);
    if (o.kind == OPENING_TEXT || o.kind == OPENING_ALMOST) {
        warn_foreign(p, at, &o);
        return false;
    }
    parse_add_text(p, out, *start, line);
    p->lex.pos = o.end;
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
        p->report.opener = loc_between(at + 1, o.end);
        if (o.keyword == KEYWORD_END || o.keyword == KEYWORD_ELIF ||
            o.keyword == KEYWORD_ELSE)
            break;
        parse_directive(p, out, o.keyword, p->stop_loc);
        p->stop = KEYWORD_NONE;
    }
    *start = p->lex.pos;
    return true;
}

/* Before what would be a directive or a call, and before a near miss of a
 * keyword, whose message offers just that. */
bool parse_line_collapses(struct parser *p, uint32_t at)
{
    return opening_at(p, at + 2).kind != OPENING_TEXT;
}
