/* SPDX-License-Identifier: MIT */
/* Directives with a body and an @end. One with a mistake is reported and still
 * opens its block, so that the @end further down finds its partner. */
#include "lang/parse.h"

/* Reads the rest of an "@end [label]" line, or says that it is missing. name:
 * another label that fits, or NAME_NONE. */
static void block_end(struct parser *p, enum keyword k, name_id name,
                      struct loc opener)
{
    struct source *source = p->report.source;
    if (p->stop == KEYWORD_END) {
        p->lex.pos = p->stop_loc.off + p->stop_loc.len;
        p->lex.brackets = 0;
        lexer_next(&p->lex);
        if (p->lex.token.kind == TOKEN_NAME) {
            if (keyword_of(p->lex.token.name) != k && p->lex.token.name != name)
                parse_error(p, DIAG_UNEXPECTED_END, p->lex.token.loc,
                            "'@end %.*s' stands where the @%s of line %u ends",
                            STR_ARG(p->lex.token.text), keyword_text(k),
                            source_line_of(source, opener.off));
            lexer_next(&p->lex);
        }
        parse_finish_line(p, "@end");
    } else {
        uint32_t end = (uint32_t)p->lex.text.len;
        parse_error(p, DIAG_UNCLOSED, loc_between(end, end),
                    "expected @end to close @%s at %.*s:%u", keyword_text(k),
                    STR_ARG(source->name), source_line_of(source, opener.off));
    }
    p->stop = KEYWORD_NONE;
}

static struct node *parse_named_body(struct parser *p, enum keyword k,
                                     name_id name, struct loc opener)
{
    enum keyword around = p->around;
    struct node *body = NULL;
    if (!parse_enter(p, opener))
        return NULL;
    p->inner++;
    p->around = k;
    for (;;) {
        struct node *more = parse_text(p);
        if (!body)
            body = more;
        if (p->stop != KEYWORD_ELSE && p->stop != KEYWORD_ELIF)
            break;
        parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                    "@%s belongs to an @if, but the innermost open block is "
                    "@%s",
                    keyword_text(p->stop), keyword_text(k));
        parse_skip_line(p);
    }
    p->around = around;
    p->inner--;
    parse_leave(p);
    block_end(p, k, name, opener);
    return body;
}

struct node *parse_body(struct parser *p, enum keyword k, struct loc opener)
{
    return parse_named_body(p, k, NAME_NONE, opener);
}

/* if = "@if" expr block {"@elif" expr block} ["@else" block] "@end" */
void parse_if(struct parser *p, struct nodes *out, enum keyword k,
              struct loc loc)
{
    struct node_if *n = parse_node(p, sizeof *n, NODE_IF, loc);
    struct arm **last = &n->arms;
    bool had_else = false;
    if (!parse_enter(p, loc))
        return;
    enum keyword around = p->around;
    p->conditional++;
    p->around = KEYWORD_IF;
    for (k = KEYWORD_IF;; k = p->stop) {
        struct arm *arm = arena_new(p->arena, struct arm);
        if (k != KEYWORD_IF) {
            p->lex.pos = p->stop_loc.off + p->stop_loc.len;
            p->lex.brackets = 0;
            lexer_next(&p->lex);
            if (had_else)
                parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                            "@%s after the @else of the same @if",
                            keyword_text(k));
        }
        if (k == KEYWORD_ELSE)
            had_else = true;
        else
            arm->cond = parse_expr(p, false, false);
        parse_finish_line(p, k == KEYWORD_ELSE ? "@else" : "the condition");
        arm->body = parse_text(p);
        *last = arm;
        last = &arm->next;
        if (p->stop != KEYWORD_ELIF && p->stop != KEYWORD_ELSE)
            break;
    }
    p->around = around;
    p->conditional--;
    parse_leave(p);
    block_end(p, KEYWORD_IF, NAME_NONE, loc);
    parse_nodes_add(out, n);
}

/* for = "@for" clause block "@end" */
void parse_for(struct parser *p, struct nodes *out, enum keyword k,
               struct loc loc)
{
    (void)k;
    struct node_for *n = parse_node(p, sizeof *n, NODE_FOR, loc);
    if (parse_for_clause(p, &n->clause, "'in' after the variable of @for"))
        parse_finish_line(p, "what @for walks");
    else
        parse_skip_line(p);
    n->body = parse_body(p, KEYWORD_FOR, loc);
    parse_nodes_add(out, n);
}

static void said_twice(struct parser *p, struct loc loc)
{
    struct str word = str_slice(p->lex.text, loc.off, loc.len);
    parse_error(p, DIAG_SYNTAX, loc, "'%.*s' stands twice after the path",
                STR_ARG(word));
}

/* {"mode" expr | "chomp"}, each once */
static void file_words(struct parser *p, struct node_block *n)
{
    for (;;) {
        struct loc loc = p->lex.token.loc;
        if (parse_accept_text(p, STR("mode"))) {
            if (n->mode)
                said_twice(p, loc);
            n->mode = parse_expr(p, false, false);
        } else if (parse_accept_text(p, STR("chomp"))) {
            if (n->n.flag)
                said_twice(p, loc);
            n->n.flag = 1;
        } else {
            break;
        }
    }
}

/* block = "@file" expr {"mode" expr | "chomp"} | "@join" expr | "@defer", its
 * body, "@end" */
void parse_block(struct parser *p, struct nodes *out, enum keyword k,
                 struct loc loc)
{
    enum node_kind kind = k == KEYWORD_FILE   ? NODE_FILE
                          : k == KEYWORD_JOIN ? NODE_JOIN
                                              : NODE_DEFER;
    struct node_block *n = parse_node(p, sizeof *n, kind, loc);
    if (k != KEYWORD_DEFER)
        n->expr = parse_expr(p, false, false);
    if (k == KEYWORD_FILE)
        file_words(p, n);
    parse_finish_line(p, n->mode             ? "the mode of @file"
                         : n->n.flag         ? "chomp"
                         : k == KEYWORD_FILE ? "the path of @file"
                         : k == KEYWORD_JOIN ? "the separator of @join"
                                             : "@defer");
    n->body = parse_body(p, k, loc);
    parse_nodes_add(out, n);
}

/* The keyword of the directive on the line that begins at `at`, and the offset
 * after it; KEYWORD_NONE if there is none. */
static enum keyword line_keyword(const struct parser *p, uint32_t at,
                                 uint32_t *end)
{
    uint32_t sign = parse_skip_blanks(p, at), word = sign + 1;
    if (sign >= p->lex.text.len || p->lex.text.ptr[sign] != '@')
        return KEYWORD_NONE;
    *end = parse_word_end(p, word);
    if (*end == word ||
        (!parse_at_line_end(p, *end) && !ascii_is_blank(p->lex.text.ptr[*end])))
        return KEYWORD_NONE;
    return keyword_of(
        name_find(p->lex.names, str_slice(p->lex.text, word, *end - word)));
}

/* True if the line at `at` is "@end" or "@end raw". */
static bool ends_raw(struct parser *p, uint32_t at)
{
    uint32_t end;
    if (line_keyword(p, at, &end) != KEYWORD_END)
        return false;
    struct str rest =
        str_trim(str_slice(p->lex.text, end, parse_line_end(p, end) - end));
    size_t comment = str_chr(rest, '#', 0);
    if (comment != STR_NONE)
        rest = str_trim(str_slice(rest, 0, comment));
    return rest.len == 0 || str_eq(rest, STR("raw"));
}

/* raw = "@raw", lines as they are, "@end" ["raw"] */
void parse_raw(struct parser *p, struct nodes *out, enum keyword k,
               struct loc loc)
{
    (void)k;
    parse_finish_line(p, "@raw");
    uint32_t from = p->lex.pos;
    while (p->lex.pos < p->lex.text.len && !ends_raw(p, p->lex.pos))
        parse_skip_line(p);
    if (p->lex.pos == p->lex.text.len) {
        uint32_t line = source_line_of(p->report.source, loc.off);
        parse_error(p, DIAG_UNCLOSED, loc_between(p->lex.pos, p->lex.pos),
                    "expected @end to close @raw at %.*s:%u",
                    STR_ARG(p->report.source->name), line);
    }
    struct node_text *n =
        parse_node(p, sizeof *n, NODE_RAW, loc_between(from, p->lex.pos));
    n->text = str_slice(p->lex.text, from, p->lex.pos - from);
    parse_nodes_add(out, n);
    parse_skip_line(p);
}

/* --- calls with a block --- */

/* callee args; NULL after an error */
static struct expr *parse_block_call(struct parser *p)
{
    struct expr_call *c =
        parse_callee(p, p->lex.token.loc.off, "the name of a macro");
    if (!c)
        return NULL;
    if (p->lex.token.kind != TOKEN_LPAREN) {
        parse_expected(p, "'(' after the macro's name");
        return NULL;
    }
    if (!parse_args(p, c, NULL))
        return NULL;
    return parse_done(p, c);
}

static bool is_blank(const struct node *n)
{
    return n->kind == NODE_TEXT &&
           str_trim(((const struct node_text *)n)->text).len == 0;
}

/* Notes whether there are blocks, and a body besides them. */
static void note_body(struct parser *p, struct node_insert *n)
{
    struct expr_call *c = (struct expr_call *)n->expr;
    for (const struct node *b = n->body; b; b = b->next) {
        n->has_body = n->has_body || (b->kind != NODE_BLOCK && !is_blank(b));
        if (c && b->kind == NODE_BLOCK && !c->number)
            c->number = ++p->file->named;
    }
}

/* argument = "@block" name block "@end" ["block" | name] */
void parse_block_argument(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    struct node_argument *n = parse_node(p, sizeof *n, NODE_BLOCK, loc);
    if (p->around != KEYWORD_CALL)
        parse_error(p, DIAG_MISPLACED, loc,
                    "@block stands directly in an @call, not in a block in it");
    n->name = parse_name(p, &n->name_loc, "parameter");
    parse_finish_line(p, "the name of the block");
    n->body = parse_named_body(p, k, n->name, loc);
    if (n->name != NAME_NONE)
        parse_nodes_add(out, n);
}

/* call = "@call" callee block "@end" */
void parse_call_block(struct parser *p, struct nodes *out, enum keyword k,
                      struct loc loc)
{
    (void)k;
    struct node_insert *n = parse_node(p, sizeof *n, NODE_INSERT, loc);
    uint32_t line = loc.off;
    n->n.flag = INSERT_CALL;
    while (line > 0 && ascii_is_blank(p->lex.text.ptr[line - 1]))
        line--;
    n->indent = loc.off - line;
    n->expr = parse_block_call(p);
    if (n->expr) {
        lexer_next(&p->lex);
        n->n.loc = loc_between(loc.off, n->expr->loc.off + n->expr->loc.len);
        parse_finish_line(p, "the call");
    } else {
        parse_skip_line(p);
    }
    n->body = parse_body(p, KEYWORD_CALL, loc);
    note_body(p, n);
    parse_insert_done(p, n);
    parse_nodes_add(out, n);
}
