/* SPDX-License-Identifier: MIT */
/* Expressions: operators by precedence climbing, since most expressions have
 * none. What one level joins becomes one node, so that a chain of ten thousand
 * terms is no deeper than one. `right` says that what is being read
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

bool expr_accept_word(struct parser *p, enum word word)
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

/* --- operators --- */

/* How tightly an operator binds, loosest first. */
enum level {
    LEVEL_NONE, /* no operator */
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT, /* which stands before its operand */
    LEVEL_COMPARISON,
    LEVEL_COALESCE,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_UNARY
};

/* A token that may be an operator between two operands. */
struct operator
{
    uint8_t level; /* enum level */
    uint8_t op;    /* enum op */
};

static struct operator operator_word(const struct parser *p)
{
    if (lexer_at_word(p, WORD_OR))
        return (struct operator){LEVEL_OR, OP_ADD};
    if (lexer_at_word(p, WORD_AND))
        return (struct operator){LEVEL_AND, OP_ADD};
    if (lexer_at_word(p, WORD_IN))
        return (struct operator){LEVEL_COMPARISON, OP_IN};
    if (lexer_at_word(p, WORD_NOT))
        return (struct operator){LEVEL_COMPARISON, OP_NOT_IN};
    return (struct operator){LEVEL_NONE, OP_ADD};
}

static struct operator operator_at(const struct parser *p)
{
    static const struct operator signs[TOKEN_COUNT] = {
        [TOKEN_COALESCE] = {LEVEL_COALESCE, OP_ADD},
        [TOKEN_EQ] = {LEVEL_COMPARISON, OP_EQ},
        [TOKEN_NE] = {LEVEL_COMPARISON, OP_NE},
        [TOKEN_LT] = {LEVEL_COMPARISON, OP_LT},
        [TOKEN_LE] = {LEVEL_COMPARISON, OP_LE},
        [TOKEN_GT] = {LEVEL_COMPARISON, OP_GT},
        [TOKEN_GE] = {LEVEL_COMPARISON, OP_GE},
        [TOKEN_PLUS] = {LEVEL_SUM, OP_ADD},
        [TOKEN_MINUS] = {LEVEL_SUM, OP_SUB},
        [TOKEN_STAR] = {LEVEL_PRODUCT, OP_MUL},
        [TOKEN_SLASH] = {LEVEL_PRODUCT, OP_DIV},
        [TOKEN_PERCENT] = {LEVEL_PRODUCT, OP_MOD},
    };
    return p->token.kind == TOKEN_NAME ? operator_word(p)
                                       : signs[p->token.kind];
}

/* Reads the operator, which is the current token; *loc is its place. */
static void read_operator(struct parser *p, struct operator o, struct loc *loc)
{
    *loc = p->token.loc;
    lexer_next(p);
    if (o.op != OP_NOT_IN)
        return;
    if (!expr_accept_word(p, WORD_IN)) {
        expr_expected(p, "'in' behind 'not'");
        p->token.kind = TOKEN_BAD;
    }
    *loc = loc_between(loc->off, p->prev_end);
}

static struct operand *operand_new(struct parser *p, struct expr *e)
{
    struct operand *o = arena_new(p->arena, struct operand);
    o->expr = e;
    return o;
}

static struct expr *parse_level(struct parser *p, enum level loosest,
                                bool right);

/* "first op operand op operand …" of one level: one node. */
static struct expr *parse_chain(struct parser *p, struct expr *first,
                                struct operator o)
{
    static const uint8_t kinds[] = {
        [LEVEL_OR] = EXPR_OR,
        [LEVEL_AND] = EXPR_AND,
        [LEVEL_COMPARISON] = EXPR_COMPARE,
        [LEVEL_COALESCE] = EXPR_COALESCE,
        [LEVEL_SUM] = EXPR_ARITH,
        [LEVEL_PRODUCT] = EXPR_ARITH,
    };
    enum level level = (enum level)o.level;
    struct expr_chain *chain = expr_new(
        p, sizeof *chain, (enum expr_kind)kinds[level], first->loc.off);
    chain->operands = operand_new(p, first);
    struct operand **last = &chain->operands->next;
    for (uint32_t n = 1; o.level == level; n++) {
        struct operand *next = operand_new(p, NULL);
        next->op = o.op;
        read_operator(p, o, &next->op_loc);
        if (n == 2 && level == LEVEL_COMPARISON)
            parser_error(p, DIAG_CHAINED_COMPARISON, next->op_loc,
                         "comparisons do not chain; write a < b and b < c");
        next->expr = parse_level(p, (enum level)(level + 1), true);
        *last = next;
        last = &next->next;
        o = operator_at(p);
    }
    return expr_done(p, chain);
}

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

/* not = "not" not | comparison */
static struct expr *parse_not(struct parser *p)
{
    struct loc loc = p->token.loc;
    if (!parser_enter(p, loc))
        return expr_bad(p);
    lexer_next(p);
    struct expr_unary *u = expr_new(p, sizeof *u, EXPR_NOT, loc.off);
    u->operand = parse_level(p, LEVEL_NOT, true);
    parser_leave(p);
    return expr_done(p, u);
}

/* An operand, and all operators behind it that bind as tightly as `loosest` or
 * more. */
static struct expr *parse_level(struct parser *p, enum level loosest,
                                bool right)
{
    struct expr *e = loosest <= LEVEL_NOT && lexer_at_word(p, WORD_NOT)
                         ? parse_not(p)
                         : parse_unary(p, right);
    for (;;) {
        struct operator o = operator_at(p);
        if (o.level == LEVEL_NONE || o.level < loosest)
            return e;
        e = parse_chain(p, e, o);
    }
}

/* or = and {"or" and}, and = not {"and" not} … down to unary */
struct expr *expr_parse_or(struct parser *p, bool right)
{
    if (!parser_enter(p, p->token.loc))
        return expr_bad(p);
    struct expr *e = parse_level(p, LEVEL_OR, right);
    parser_leave(p);
    return e;
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
        return !lexer_at_word(p, WORD_NOT);
    return p->token.kind == TOKEN_STR || p->token.kind == TOKEN_INT ||
           p->token.kind == TOKEN_INTERP;
}

/* expr = or ["if" or ["else" expr]] */
struct expr *expr_parse(struct parser *p, bool bare_if, bool right)
{
    if (stands_alone(p))
        return expr_parse_primary(p);
    struct expr *e = expr_parse_or(p, right);
    if (!lexer_at_word(p, WORD_IF))
        return e;
    if (!parser_enter(p, p->token.loc))
        return expr_bad(p);
    struct expr_cond *c = expr_new(p, sizeof *c, EXPR_COND, e->loc.off);
    lexer_next(p);
    c->then = e;
    c->cond = expr_parse_or(p, false);
    if (expr_accept_word(p, WORD_ELSE))
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
    return parse_level(p, LEVEL_COALESCE, false);
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
        p->values++;
        lexer_next(p);
        e = value_body(p, at);
        p->values--;
        parser_leave(p);
    }
    if (!e && p->trial && p->error.ptr) {
        /* Nothing more counts. */
        p->pos = (uint32_t)p->text.len;
    } else if (!e && !p->values) {
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
