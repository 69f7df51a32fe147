/* SPDX-License-Identifier: MIT */
/* Directives with a body and an @end. One with a mistake is reported and still
 * opens its block, so that the @end further down finds its partner. */
#include "lang/parse.h"

/* --- blocks that are open --- */

void parse_open_block(struct parser *p, struct open_block *b, enum keyword k,
                      struct loc loc)
{
    *b = (struct open_block){.around = p->open, .keyword = k, .loc = loc};
    p->open = b;
}

void parse_close_block(struct parser *p, const struct open_block *b)
{
    p->open = b->around;
    if (p->open) {
        p->open->inner = b->loc;
        p->open->inner_keyword = b->keyword;
        p->open->inner_end = p->stop_loc;
    }
}

/* True if the line of `at` is in a heredoc. */
static bool in_text(struct parser *p, uint32_t at)
{
    uint32_t line = (uint32_t)str_line_start(p->lex.text, at);
    shape_at(&p->report.shape, p->lex.text, line);
    return p->report.shape.kind == SHAPE_HEREDOC;
}

void parse_unclosed(struct parser *p, struct open_block *b)
{
    struct source *source = p->report.source;
    if (b->said || p->guessed)
        return;
    b->said = true;
    const char *word = keyword_text(b->keyword);
    if (b->inner_end.len)
        parse_error(p, DIAG_UNCLOSED, b->loc,
                    "this @%s has no @end: the file ends first, and the @end "
                    "of line %u closes the @%s of line %u",
                    word, source_line_of(source, b->inner_end.off),
                    keyword_text(b->inner_keyword),
                    source_line_of(source, b->inner.off));
    else if (b->keyword == KEYWORD_CALL)
        parse_error(p, DIAG_UNCLOSED, b->loc,
                    "this @call has no @end: the file ends first; a call "
                    "without a block is written without @call: @name(…)");
    else if (in_text(p, b->loc.off))
        parse_error(p, DIAG_UNCLOSED, b->loc,
                    "this @%s has no @end: the file ends first; if it is text "
                    "of the heredoc, write '@@%s'",
                    word, word);
    else
        parse_error(p, DIAG_UNCLOSED, b->loc,
                    "this @%s has no @end: the file ends first; write @end in "
                    "a line of its own where the block is to end",
                    word);
}

/* Reads the rest of an "@end [label]" line, or says that it is missing. name:
 * another label that fits, or NAME_NONE. */
static void block_end(struct parser *p, struct open_block *b, name_id name)
{
    if (p->stop == KEYWORD_END) {
        p->lex.pos = p->stop_loc.off + p->stop_loc.len;
        p->lex.brackets = 0;
        lexer_next(&p->lex);
        if (p->lex.token.kind == TOKEN_NAME) {
            if (keyword_of(p->lex.token.name) != b->keyword &&
                p->lex.token.name != name)
                parse_error(p, DIAG_UNEXPECTED_END, p->lex.token.loc,
                            "'@end %.*s' comes where the @%s of line %u "
                            "ends; write @end, or @end %s",
                            STR_ARG(p->lex.token.text),
                            keyword_text(b->keyword),
                            source_line_of(p->report.source, b->loc.off),
                            keyword_text(b->keyword));
            lexer_next(&p->lex);
        }
        parse_finish_line(p, "@end");
    } else {
        parse_unclosed(p, b);
    }
    p->stop = KEYWORD_NONE;
}

/* name: another label of the @end, or NAME_NONE; *said: nothing is to be said
 * of a missing @end, and then, that something was. */
static struct node *parse_named_body(struct parser *p, enum keyword k,
                                     name_id name, struct loc opener,
                                     bool *said)
{
    struct open_block block;
    struct node *body = NULL;
    if (!parse_enter(p, opener))
        return NULL;
    p->inner++;
    parse_open_block(p, &block, k, opener);
    block.said = *said;
    for (;;) {
        struct node *more = parse_text(p);
        if (!body)
            body = more;
        if (p->stop != KEYWORD_ELSE && p->stop != KEYWORD_ELIF)
            break;
        parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                    "@%s belongs to an @if, but the innermost open block is "
                    "the @%s of line %u%s",
                    keyword_text(p->stop), keyword_text(k),
                    source_line_of(p->report.source, opener.off),
                    k == KEYWORD_FOR
                        ? ": a loop has no @else; for an empty list put an @if "
                          "around it"
                        : "");
        parse_skip_line(p);
    }
    parse_close_block(p, &block);
    p->inner--;
    parse_leave(p);
    block_end(p, &block, name);
    *said = block.said;
    return body;
}

struct node *parse_body(struct parser *p, enum keyword k, struct loc opener)
{
    bool said = false;
    return parse_named_body(p, k, NAME_NONE, opener, &said);
}

/* --- @if --- */

/* The current token is what follows an @else: "if" makes an @elif of it. */
static bool is_else_if(struct parser *p)
{
    if (!lexer_at_word(&p->lex, WORD_IF))
        return false;
    struct loc loc = p->stop_loc;
    loc.len = p->lex.pos - loc.off;
    parse_error(p, DIAG_NEAR_KEYWORD, loc,
                "'@else if' is not a directive; write @elif CONDITION");
    p->report.quiet_to = parse_line_end(p, loc.off) + 1;
    lexer_next(&p->lex);
    return true;
}

/* The line of an @elif or @else, whose keyword was read; KEYWORD_ELIF if it has
 * a condition. */
static enum keyword next_arm(struct parser *p, enum keyword k, bool had_else)
{
    p->lex.pos = p->stop_loc.off + p->stop_loc.len;
    p->lex.brackets = 0;
    lexer_next(&p->lex);
    if (had_else)
        parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                    "@%s after the @else of the same @if", keyword_text(k));
    return k == KEYWORD_ELSE && is_else_if(p) ? KEYWORD_ELIF : k;
}

/* if = "@if" expr block {"@elif" expr block} ["@else" block] "@end" */
void parse_if(struct parser *p, struct nodes *out, enum keyword k,
              struct loc loc)
{
    struct node_if *n = parse_node(p, sizeof *n, NODE_IF, loc);
    struct arm **last = &n->arms;
    struct open_block block;
    bool had_else = false;
    if (!parse_enter(p, loc))
        return;
    p->conditional++;
    parse_open_block(p, &block, KEYWORD_IF, loc);
    for (k = KEYWORD_IF;; k = p->stop) {
        struct arm *arm = arena_new(p->arena, struct arm);
        if (k != KEYWORD_IF)
            k = next_arm(p, k, had_else);
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
    parse_close_block(p, &block);
    p->conditional--;
    parse_leave(p);
    block_end(p, &block, NAME_NONE);
    parse_nodes_add(out, n);
}

/* --- other blocks --- */

/* It walks nothing. */
static void skip_clause(struct parser *p, struct for_clause *c)
{
    c->in = parse_bad(p);
    parse_skip_line(p);
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
        skip_clause(p, &n->clause);
    n->body = parse_body(p, KEYWORD_FOR, loc);
    parse_nodes_add(out, n);
}

static void said_twice(struct parser *p, struct loc loc)
{
    struct str word = str_slice(p->lex.text, loc.off, loc.len);
    parse_error(p, DIAG_SYNTAX, loc, "'%.*s' occurs twice after the path",
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

/* Says so of the @raw at loc, and which line from `from` on may be meant as its
 * @end. */
static void raw_unclosed(struct parser *p, uint32_t from, struct loc loc)
{
    for (uint32_t at = from; at < p->lex.text.len;
         at = parse_line_next(p, at)) {
        uint32_t sign = parse_skip_blanks(p, at);
        struct str line =
            str_slice(p->lex.text, sign, parse_line_end(p, sign) - sign);
        if (line.len < 4 || str_distance(str_slice(line, 0, 4), STR("@end"), 0))
            continue;
        parse_error(p, DIAG_UNCLOSED, loc,
                    "this @raw has no @end: '%.*s' in line %u is not one; the "
                    "line holds only '@end' or '@end raw'",
                    STR_ARG(line), source_line_of(p->report.source, at));
        return;
    }
    parse_error(p, DIAG_UNCLOSED, loc,
                "this @raw has no @end: the file ends first");
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
    if (p->lex.pos == p->lex.text.len && p->guessed) {
        p->lex.pos = from;
        return;
    }
    if (p->lex.pos == p->lex.text.len)
        raw_unclosed(p, from, loc);
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
        parse_unexpected(p, STR("; a call has brackets: @call f()"),
                         "'(' after the macro's name");
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
    bool misplaced = !p->open || p->open->keyword != KEYWORD_CALL;
    if (!p->open)
        p->orphans++; /* the @end of what should have been an @call */
    if (misplaced) {
        parse_error(p, DIAG_MISPLACED, loc,
                    p->open ? "@block goes directly inside an @call, not "
                              "inside another block"
                            : "@block goes inside an @call, and gives text to "
                              "its macro: @call f() … @end");
        p->report.quiet_to = parse_line_end(p, loc.off) + 1;
    }
    n->name = parse_name(p, &n->name_loc, "parameter");
    if (n->name == NAME_NONE)
        parse_skip_line(p);
    else
        parse_finish_line(p, "the name of the block");
    n->body = parse_named_body(p, k, n->name, loc, &misplaced);
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
    bool unclosed = false;
    n->body = parse_named_body(p, KEYWORD_CALL, NAME_NONE, loc, &unclosed);
    note_body(p, n);
    if (unclosed) /* what belongs to it is not known */
        n->has_body = false;
    parse_insert_done(p, n);
    parse_nodes_add(out, n);
}
