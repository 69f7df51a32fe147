/* SPDX-License-Identifier: MIT */
/* Lines that begin with '@': what each is by syntax alone, before anybody knows
 * what is defined. */
#include "lang/parse.h"

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

/* True if a block of the keyword is open. */
static bool is_open(const struct parser *p, enum keyword k)
{
    const struct open_block *b = p->open;
    while (b && b->keyword != k)
        b = b->around;
    return b != NULL;
}

/* The word, with the '@' and what is wrong after it. */
static struct str shown(const struct parser *p, uint32_t at,
                        const struct opened *o)
{
    return str_slice(p->lex.text, at, o->shown - at);
}

/* A function has no text. */
static bool in_function(const struct parser *p)
{
    return p->define && p->define->n.flag == DEFINE_FUNCTION;
}

static void refuse_near(struct parser *p, uint32_t at, const struct opened *o)
{
    struct str word = shown(p, at, o);
    struct loc loc = loc_between(at, o->shown);
    if (o->macro)
        parse_error(p, DIAG_NEAR_KEYWORD, loc,
                    "'%.*s' is not a directive, but a macro has that name: a "
                    "call has brackets, %.*s(…); for text that begins so, "
                    "write '@%.*s'",
                    STR_ARG(word), STR_ARG(word), STR_ARG(word));
    else if (o->advice)
        parse_error(p, DIAG_NEAR_KEYWORD, loc,
                    "'%.*s' is not a directive: write '@%s'%s; for text that "
                    "begins so, write '@%.*s'",
                    STR_ARG(word), keyword_text(o->keyword), o->advice,
                    STR_ARG(word));
    else if (o->foreign)
        parse_error(p, DIAG_NEAR_KEYWORD, loc,
                    "'%.*s' is not a directive; %s (for text that begins so, "
                    "write '@%.*s')",
                    STR_ARG(word), o->foreign->ours, STR_ARG(word));
    else if (in_function(p))
        parse_error(p, DIAG_NEAR_KEYWORD, loc,
                    "'%.*s' looks like the directive '@%s'", STR_ARG(word),
                    keyword_text(o->keyword));
    else
        parse_error(p, DIAG_NEAR_KEYWORD, loc,
                    "'%.*s' looks like the directive '@%s'; for text that "
                    "begins so, write '@%.*s'",
                    STR_ARG(word), keyword_text(o->keyword), STR_ARG(word));
}

static void refuse_paren(struct parser *p, uint32_t at, const struct opened *o)
{
    const char *word = keyword_text(o->keyword);
    if (o->keyword == KEYWORD_DEFINE) /* as in m4 */
        parse_error(p, DIAG_KEYWORD_PAREN, loc_between(at, o->end + 1),
                    "'@define(' is neither a directive nor a call: a value has "
                    "a name by @let name = …, a macro by @define name(a, b) "
                    "… @end; for text write '@@define('");
    else
        parse_error(p, DIAG_KEYWORD_PAREN, loc_between(at, o->end + 1),
                    "'@%s(' is neither a directive nor a call: put a blank "
                    "after '@%s', or write '@@%s(' for text",
                    word, word, word);
}

/* A line that is text, as a heredoc may hold any language; but it may have been
 * meant for us. */
static void warn_foreign(struct parser *p, const struct foreign_line *f)
{
    struct source *source = p->report.source;
    struct str word = str_slice(p->lex.text, f->loc.off, f->loc.len);
    struct str end = str_slice(p->lex.text, f->end.off, f->end.len);
    p->report.said = true;
    report_doubt(&p->report, ((struct loc){f->loc.off + f->loc.len, 0}),
                 f->loc);
    struct diag *d =
        diag_report(p->report.diags, DIAG_FOREIGN_DIRECTIVE,
                    (struct span){source, f->loc.off, f->loc.len}, NULL,
                    "'%.*s' is not a directive, so this line is text; %s",
                    STR_ARG(word), f->foreign->ours);
    if (end.len)
        diag_note(
            p->report.diags, d, (struct span){source, f->end.off, f->end.len},
            "'%.*s' is not a directive either; every block ends with @end",
            STR_ARG(end));
}

/* The block that a word would end or go on with: it says so for both. */
static struct foreign_line *foreign_block(struct parser *p)
{
    for (uint32_t i = p->foreign.n; i > 0; i--)
        if (!p->foreign.at[i - 1].ended && !p->foreign.at[i - 1].said)
            return &p->foreign.at[i - 1];
    return NULL;
}

static void parse_foreign(struct parser *p, uint32_t line, uint32_t at,
                          const struct opened *o)
{
    enum foreign_effect effect = o->foreign->effect;
    struct foreign_line f = {
        o->foreign, loc_between(at, o->shown), {0, 0}, false, false};
    shape_at(&p->report.shape, p->lex.text, line);
    f.said = p->report.shape.kind != SHAPE_PLAIN;
    struct foreign_line *block =
        effect >= FOREIGN_ON && !f.said ? foreign_block(p) : NULL;
    if (effect == FOREIGN_OPEN) {
        vec_push(p->arena, &p->foreign, f);
    } else if (block && effect == FOREIGN_CLOSE) {
        block->ended = true;
        block->end = f.loc;
    } else if (!block && !f.said) {
        warn_foreign(p, &f);
    }
}

void parse_foreign_lines(struct parser *p)
{
    for (uint32_t i = 0; i < p->foreign.n; i++)
        if (!p->foreign.at[i].said)
            warn_foreign(p, &p->foreign.at[i]);
}

static void warn_almost(struct parser *p, uint32_t at, const struct opened *o)
{
    struct str word = shown(p, at, o);
    p->report.said = true;
    diag_report(p->report.diags, DIAG_FOREIGN_DIRECTIVE,
                (struct span){p->report.source, at, o->shown - at}, NULL,
                "'%.*s' is not a directive, so this line is text; the closest "
                "directive is @%s",
                STR_ARG(word), keyword_text(o->keyword));
}

/* --- what a wrong line was meant to be --- */

/* Where a line is taken for a directive after a mistake was reported, nothing
 * more is said about it. */
static void read_on(struct parser *p, uint32_t at, const struct opened *o)
{
    p->report.quiet_to = parse_line_end(p, at) + 1;
    p->lex.pos = o->shown;
}

/* True if the word would end a block that is open, or go on with it. */
static bool is_meant(const struct parser *p, const struct foreign *f)
{
    return f->effect >= FOREIGN_ON && f->keyword != KEYWORD_NONE &&
           is_open(p, f->keyword);
}

/* What the word of another language does to the block that is open. */
static enum keyword effect(const struct parser *p, const struct foreign *f)
{
    if (!is_meant(p, f))
        return KEYWORD_NONE;
    if (f->effect == FOREIGN_CLOSE)
        return KEYWORD_END;
    return f->keyword == KEYWORD_IF && p->open->keyword == KEYWORD_IF
               ? str_starts(str_from(f->word), STR("el")) ? KEYWORD_ELIF
                                                          : KEYWORD_ELSE
               : KEYWORD_NONE;
}

/* A near miss of a keyword that begins a block is taken for it, as an @end will
 * follow. */
static bool begins_block(enum keyword k)
{
    return k == KEYWORD_IF || k == KEYWORD_FOR || k == KEYWORD_DEFINE ||
           k == KEYWORD_CALL || k == KEYWORD_FILE || k == KEYWORD_JOIN ||
           k == KEYWORD_DEFER || k == KEYWORD_RAW;
}

/* One that binds a name is taken for it as well, as the name will be used. */
static bool binds(enum keyword k)
{
    return k == KEYWORD_LET || k == KEYWORD_PARAM || k == KEYWORD_IMPORT;
}

/* The directive that a near miss is taken for; NONE: for none. */
static enum keyword taken_for(struct parser *p, const struct opened *o)
{
    enum keyword k = o->foreign ? effect(p, o->foreign) : o->keyword;
    bool ends = k == KEYWORD_END || k == KEYWORD_ELIF || k == KEYWORD_ELSE;
    if (ends)
        return p->open ? k : KEYWORD_NONE;
    if (k == KEYWORD_NONE || o->macro || (!begins_block(k) && !binds(k)))
        return KEYWORD_NONE;
    p->guessed = p->guessed || begins_block(k);
    return k;
}

/* --- all of them --- */

/* True if the directive at loc is k alone or, of an @call, with no more than a
 * name, where a block of k is open: it was to end that. */
static bool is_closing(const struct parser *p, enum keyword k, struct loc loc)
{
    uint32_t at = parse_skip_blanks(p, loc.off + loc.len);
    if (!p->open || p->open->keyword != k)
        return false;
    if (k == KEYWORD_CALL)
        at = parse_skip_blanks(p, parse_word_end(p, at));
    return parse_at_line_end(p, at) && k != KEYWORD_DEFER && k != KEYWORD_RAW;
}

static void refuse_closing(struct parser *p, enum keyword k, struct loc loc)
{
    parse_error(p, DIAG_UNEXPECTED_END, loc,
                "this begins an @%s, and does not end the one of line %u; a "
                "block ends with @end",
                keyword_text(k),
                source_line_of(p->report.source, p->open->loc.off));
    p->report.quiet_to = parse_line_end(p, loc.off) + 1;
    p->stop = KEYWORD_END;
}

static void parse_keyword(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    p->stop = k;
    p->stop_loc = loc;
    p->report.opener = loc_between(loc.off + 1, loc.off + loc.len);
    if (k == KEYWORD_END || k == KEYWORD_ELIF || k == KEYWORD_ELSE)
        return;
    if (is_closing(p, k, loc)) {
        refuse_closing(p, k, loc);
        return;
    }
    parse_directive(p, out, k, loc);
    p->stop = KEYWORD_NONE;
}

/* A mistake: it is reported, and the line read as what it was meant to be. */
static void parse_mistake(struct parser *p, struct nodes *out, uint32_t at,
                          const struct opened *o)
{
    enum keyword k = o->keyword;
    if (o->kind == OPENING_PAREN) {
        refuse_paren(p, at, o);
    } else {
        refuse_near(p, at, o);
        if (o->kind != OPENING_MISSHAPED)
            k = taken_for(p, o);
    }
    read_on(p, at, o);
    if (k == KEYWORD_NONE)
        parse_skip_line(p);
    else
        parse_keyword(p, out, k, loc_between(at, o->shown));
}

/* The same where a character that nobody sees stands before the '@'. */
void parse_hidden_line(struct parser *p, struct nodes *out, uint32_t *start,
                       uint32_t line, uint32_t at)
{
    struct opened o = parse_opening(p, at + 1);
    if (o.kind != OPENING_KEYWORD)
        return;
    parse_add_text(p, out, *start, line);
    parse_error(p, DIAG_NEAR_KEYWORD, loc_between(line, o.end),
                "before '@%s' stands a character that is not seen, such as a "
                "byte order mark (U+FEFF) or a no-break space; remove it",
                keyword_text(o.keyword));
    p->lex.pos = o.end;
    parse_keyword(p, out, o.keyword, loc_between(at, o.end));
    *start = p->lex.pos;
}

static void note_caller(struct parser *p, uint32_t at, const struct opened *o)
{
    uint32_t end = o->end, more;
    if (o->kind == OPENING_TEXT && end < p->lex.text.len &&
        p->lex.text.ptr[end] == '.' &&
        (more = parse_word_end(p, end + 1)) > end + 1)
        end = more;
    if (end > at + 1)
        p->callers[p->ncallers++ % MOST_CALLERS] =
            (struct caller){loc_between(at, end), o->kind == OPENING_TEXT};
}

/* An '@' at `at`, the first of the line that begins at `line`; text from
 * *start is pending. False if it is text after all. */
bool parse_line(struct parser *p, struct nodes *out, uint32_t *start,
                uint32_t line, uint32_t at)
{
    struct opened o = parse_opening(p, at + 1);
    if (o.kind == OPENING_TEXT || o.kind == OPENING_CALL)
        note_caller(p, at, &o);
    if (o.kind == OPENING_ALMOST && !in_function(p))
        warn_almost(p, at, &o);
    else if (o.kind == OPENING_FOREIGN && !is_meant(p, o.foreign) &&
             !(in_function(p) && o.foreign->effect == FOREIGN_DO))
        parse_foreign(p, line, at, &o);
    else if (o.kind != OPENING_TEXT) {
        parse_add_text(p, out, *start, line);
        p->lex.pos = o.end;
        if (o.kind == OPENING_COMMENT)
            parse_comment(p, line);
        else if (o.kind == OPENING_CALL)
            parse_call_line(p, out, line, at, &o);
        else if (o.kind == OPENING_KEYWORD)
            parse_keyword(p, out, o.keyword, loc_between(at, o.end));
        else
            parse_mistake(p, out, at, &o);
        *start = p->lex.pos;
        return true;
    }
    return false;
}
