/* SPDX-License-Identifier: MIT */
/* Expressions: one function a precedence level, loosest first. A level reads
 * its operands in a loop and makes one node of them, so that a chain of ten
 * thousand terms is no deeper than one. `right` says that what is being read
 * is the right operand of something: a '|' there would be ambiguous. */
#include "lang/parser_expr.h"

/* --- nodes and tokens --- */

void *expr_new(struct parser *p, size_t size, enum expr_kind kind,
               uint32_t from)
{
    struct expr *e = arena_zalloc(p->arena, size);
    e->kind = (uint8_t)kind;
    e->loc = loc_between(from, from);
    return e;
}

struct expr *expr_done(struct parser *p, void *node)
{
    struct expr *e = node;
    e->loc.len = p->prev_end > e->loc.off ? p->prev_end - e->loc.off : 0;
    return e;
}

struct expr *expr_bad(struct parser *p)
{
    /* Nobody else shall complain of the same token. */
    p->token.kind = TOKEN_BAD;
    return expr_new(p, sizeof(struct expr), EXPR_BAD, p->token.loc.off);
}

bool expr_accept(struct parser *p, enum token_kind kind)
{
    if (p->token.kind != kind)
        return false;
    lexer_next(p);
    return true;
}

bool expr_accept_word(struct parser *p, const char *word)
{
    if (!lexer_at_word(p, word))
        return false;
    lexer_next(p);
    return true;
}

void expr_expected(struct parser *p, const char *wanted)
{
    if (p->token.kind != TOKEN_BAD)
        parser_error(p, DIAG_SYNTAX, p->token.loc, "expected %s, not %.*s",
                     wanted, STR_ARG(token_seen(p)));
}

bool expr_items_end(const struct parser *p, enum token_kind close)
{
    return p->token.kind == close || p->token.kind == TOKEN_EOF ||
           (p->token.kind == TOKEN_AT && p->pos <= p->token.loc.off);
}

bool expr_at_close(struct parser *p, enum token_kind close, struct loc open,
                   bool items)
{
    uint32_t line, col;
    if (p->token.kind == close)
        return true;
    if (p->token.kind == TOKEN_BAD)
        return false;
    source_locate(p->source, open.off, &line, &col);
    parser_error(p, p->token.kind == TOKEN_EOF ? DIAG_UNCLOSED : DIAG_SYNTAX,
                 p->token.loc,
                 "expected %s%s to close '%.*s' at %.*s:%u, not %.*s",
                 items ? "',' or " : "", token_name(close), (int)open.len,
                 p->text.ptr + open.off, STR_ARG(p->source->name), line,
                 STR_ARG(token_seen(p)));
    return false;
}

bool expr_close(struct parser *p, enum token_kind close, struct loc open,
                bool items)
{
    if (!expr_at_close(p, close, open, items))
        return false;
    lexer_next(p);
    return true;
}

/* --- chains of one level --- */

struct level {
    struct expr_chain *chain; /* NULL while there is one operand */
    struct expr *first;
    struct operand **last;
};

static struct operand *operand_new(struct parser *p, struct expr *e)
{
    struct operand *o = arena_new(p->arena, struct operand);
    o->expr = e;
    return o;
}

static void add_operand(struct parser *p, struct level *l, enum expr_kind kind,
                        enum op op, struct loc op_loc, struct expr *e)
{
    if (!l->chain) {
        l->chain = expr_new(p, sizeof *l->chain, kind, l->first->loc.off);
        l->chain->operands = operand_new(p, l->first);
        l->last = &l->chain->operands->next;
    }
    struct operand *o = operand_new(p, e);
    o->op = (uint8_t)op;
    o->op_loc = op_loc;
    *l->last = o;
    l->last = &o->next;
}

static struct expr *level_done(struct parser *p, struct level *l)
{
    return l->chain ? expr_done(p, l->chain) : l->first;
}

/* --- operators, tightest first --- */

/* unary = "-" unary | postfix */
static struct expr *parse_unary(struct parser *p, bool right)
{
    struct loc loc = p->token.loc;
    if (p->token.kind != TOKEN_MINUS)
        return expr_parse_postfix(p, right);
    if (!parser_enter(p, loc))
        return expr_bad(p);
    lexer_next(p);
    struct expr *e;
    if (p->token.kind == TOKEN_INT) {
        e = expr_parse_int(p, true);
        e->loc = loc_between(loc.off, p->prev_end);
        if (p->token.kind == TOKEN_PIPE)
            e = expr_parse_pipe(p, e, true);
    } else {
        struct expr_unary *u = expr_new(p, sizeof *u, EXPR_NEG, loc.off);
        u->operand = parse_unary(p, true);
        e = expr_done(p, u);
    }
    parser_leave(p);
    return e;
}

static bool product_op(const struct parser *p, enum op *op)
{
    *op = p->token.kind == TOKEN_STAR    ? OP_MUL
          : p->token.kind == TOKEN_SLASH ? OP_DIV
                                         : OP_MOD;
    return p->token.kind == TOKEN_STAR || p->token.kind == TOKEN_SLASH ||
           p->token.kind == TOKEN_PERCENT;
}

/* product = unary {("*" | "/" | "%") unary} */
static struct expr *parse_product(struct parser *p, bool right)
{
    struct level l = {NULL, parse_unary(p, right), NULL};
    enum op op;
    while (product_op(p, &op)) {
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_ARITH, op, loc, parse_unary(p, true));
    }
    return level_done(p, &l);
}

/* sum = product {("+" | "-") product} */
static struct expr *parse_sum(struct parser *p, bool right)
{
    struct level l = {NULL, parse_product(p, right), NULL};
    while (p->token.kind == TOKEN_PLUS || p->token.kind == TOKEN_MINUS) {
        enum op op = p->token.kind == TOKEN_PLUS ? OP_ADD : OP_SUB;
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_ARITH, op, loc, parse_product(p, true));
    }
    return level_done(p, &l);
}

/* coalesce = sum {"?\?" sum} */
static struct expr *parse_coalesce(struct parser *p, bool right)
{
    struct level l = {NULL, parse_sum(p, right), NULL};
    while (p->token.kind == TOKEN_COALESCE) {
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_COALESCE, OP_ADD, loc, parse_sum(p, true));
    }
    return level_done(p, &l);
}

/* The comparison operator at the current token, which is read. */
static bool accept_comparison(struct parser *p, enum op *op, struct loc *loc)
{
    static const struct {
        enum token_kind kind;
        enum op op;
    } table[] = {{TOKEN_EQ, OP_EQ}, {TOKEN_NE, OP_NE}, {TOKEN_LT, OP_LT},
                 {TOKEN_LE, OP_LE}, {TOKEN_GT, OP_GT}, {TOKEN_GE, OP_GE}};
    *loc = p->token.loc;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (expr_accept(p, table[i].kind)) {
            *op = table[i].op;
            return true;
        }
    if (expr_accept_word(p, "in")) {
        *op = OP_IN;
        return true;
    }
    if (!lexer_at_word(p, "not"))
        return false;
    lexer_next(p);
    *op = OP_NOT_IN;
    if (!expr_accept_word(p, "in")) {
        expr_expected(p, "'in' behind 'not'");
        p->token.kind = TOKEN_BAD;
    }
    *loc = loc_between(loc->off, p->prev_end);
    return true;
}

/* comparison = coalesce [op coalesce] */
static struct expr *parse_comparison(struct parser *p, bool right)
{
    struct level l = {NULL, parse_coalesce(p, right), NULL};
    struct loc loc;
    enum op op;
    if (!accept_comparison(p, &op, &loc))
        return l.first;
    add_operand(p, &l, EXPR_COMPARE, op, loc, parse_coalesce(p, true));
    if (accept_comparison(p, &op, &loc)) {
        parser_error(p, DIAG_CHAINED_COMPARISON, loc,
                     "comparisons do not chain; write a < b and b < c");
        parse_coalesce(p, true);
    }
    return level_done(p, &l);
}

/* not = "not" not | comparison */
static struct expr *parse_not(struct parser *p, bool right)
{
    struct loc loc = p->token.loc;
    if (!lexer_at_word(p, "not"))
        return parse_comparison(p, right);
    if (!parser_enter(p, loc))
        return expr_bad(p);
    lexer_next(p);
    struct expr_unary *u = expr_new(p, sizeof *u, EXPR_NOT, loc.off);
    u->operand = parse_not(p, true);
    parser_leave(p);
    return expr_done(p, u);
}

/* and = not {"and" not} */
static struct expr *parse_and(struct parser *p, bool right)
{
    struct level l = {NULL, parse_not(p, right), NULL};
    while (lexer_at_word(p, "and")) {
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_AND, OP_ADD, loc, parse_not(p, true));
    }
    return level_done(p, &l);
}

/* or = and {"or" and} */
struct expr *expr_parse_or(struct parser *p, bool right)
{
    struct level l;
    if (!parser_enter(p, p->token.loc))
        return expr_bad(p);
    l = (struct level){NULL, parse_and(p, right), NULL};
    while (lexer_at_word(p, "or")) {
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_OR, OP_ADD, loc, parse_and(p, true));
    }
    parser_leave(p);
    return level_done(p, &l);
}

static void missing_else(struct parser *p)
{
    if (p->token.kind != TOKEN_BAD)
        parser_error(p, DIAG_CONDITIONAL_ELSE, p->token.loc,
                     "expected 'else': only directly in @{…} and in a list may "
                     "it be left out");
    p->token.kind = TOKEN_BAD;
}

/* In "x if c | f" it is not clear what '|' takes. */
static void check_bare_if(struct parser *p, struct expr *cond, bool bare_if)
{
    if (!bare_if)
        missing_else(p);
    else if (cond->kind == EXPR_CALL && cond->flag)
        parser_error(p, DIAG_PIPE_AMBIGUOUS, cond->loc,
                     "ambiguous: '|' could take the condition or all of it; "
                     "put brackets around one of them");
}

/* True if the current token is a whole expression by itself, as most
 * arguments are: a literal or a name with a closing sign directly behind it.
 * Saves the way through all levels. */
static bool stands_alone(const struct parser *p)
{
    char c = p->pos < p->text.len ? p->text.ptr[p->pos] : '\0';
    if (c != ',' && c != ')' && c != '}' && c != ']')
        return false;
    if (p->token.kind == TOKEN_NAME)
        return !lexer_at_word(p, "not");
    return p->token.kind == TOKEN_STR || p->token.kind == TOKEN_INT ||
           p->token.kind == TOKEN_INTERP;
}

/* expr = or ["if" or ["else" expr]] */
struct expr *expr_parse(struct parser *p, bool bare_if, bool right)
{
    if (stands_alone(p))
        return expr_parse_primary(p);
    struct expr *e = expr_parse_or(p, right);
    if (!lexer_at_word(p, "if"))
        return e;
    if (!parser_enter(p, p->token.loc))
        return expr_bad(p);
    struct expr_cond *c = expr_new(p, sizeof *c, EXPR_COND, e->loc.off);
    lexer_next(p);
    c->then = e;
    c->cond = expr_parse_or(p, false);
    if (expr_accept_word(p, "else"))
        c->otherwise = expr_parse(p, false, true);
    else
        check_bare_if(p, c->cond, bare_if);
    parser_leave(p);
    return expr_done(p, c);
}

/* --- entries --- */

struct expr *parser_expr(struct parser *p, bool allow_bare_if)
{
    return expr_parse(p, allow_bare_if, false);
}

struct expr *parser_expr_default(struct parser *p)
{
    return parse_coalesce(p, false);
}

struct expr *parser_expr_or(struct parser *p)
{
    return expr_parse_or(p, false);
}

void parser_skip_line(struct parser *p)
{
    size_t end = str_chr(p->text, '\n', p->pos);
    p->pos = (uint32_t)(end == STR_NONE ? p->text.len : end);
    p->brackets = 0;
    p->token.kind = TOKEN_EOL;
}

static bool is_literal(const struct expr *e)
{
    return e->kind == EXPR_STR || e->kind == EXPR_INT || e->kind == EXPR_BOOL ||
           e->kind == EXPR_NULL;
}

/* Longer ones are underlined, but not repeated in the message. */
enum {
    LONG_TEXT = 40
};

/* The expression of "@{", up to its "}", which stays current. */
static struct expr *value_body(struct parser *p, uint32_t at)
{
    static const char hint[] = "for a literal '@{' write '@@{'";
    if (p->token.kind == TOKEN_RBRACE) {
        parser_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->pos),
                     "'@{}' has no expression; %s", hint);
        return NULL;
    }
    if (p->token.kind == TOKEN_EOF) {
        parser_error(p, DIAG_UNCLOSED, loc_between(at, at + 2),
                     "nothing follows this '@{'; %s", hint);
        return NULL;
    }
    struct expr *e = expr_parse(p, true, false);
    if (e->kind == EXPR_BAD ||
        !expr_at_close(p, TOKEN_RBRACE, loc_between(at, at + 2), false))
        return NULL;
    if (is_literal(e)) {
        struct str text = str_slice(p->text, at, p->pos - at);
        if (text.len > LONG_TEXT)
            text = STR("@{…}");
        parser_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->pos),
                     "'%.*s' holds only a literal; %s", STR_ARG(text), hint);
        return NULL;
    }
    return e;
}

struct expr *parser_value(struct parser *p, uint32_t at)
{
    struct token token = p->token;
    uint32_t brackets = p->brackets, prev_end = p->prev_end, from = p->pos;
    struct expr *e = NULL;
    p->brackets = 1;
    if (parser_enter(p, loc_between(at, from))) {
        lexer_next(p);
        e = value_body(p, at);
        parser_leave(p);
    }
    if (!e) {
        /* On this line, whatever the expression swallowed. */
        size_t end = str_chr(p->text, '\n', from);
        size_t close = str_chr(p->text, '}', from);
        end = end == STR_NONE ? p->text.len : end;
        p->pos = (uint32_t)(close < end ? close + 1 : end);
    }
    p->token = token;
    p->brackets = brackets;
    p->prev_end = prev_end;
    return e;
}
