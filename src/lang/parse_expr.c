/* SPDX-License-Identifier: MIT */
/* Expressions: operators by precedence climbing, since most expressions have
 * none. What one level joins becomes one node, so that a chain of ten thousand
 * terms is no deeper than one. `right` says that what is being read
 * is the right operand of something: a '|' there would be ambiguous. */
#include "lang/parse.h"

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
    if (lexer_at_word(&p->lex, WORD_OR))
        return (struct operator){LEVEL_OR, OP_ADD};
    if (lexer_at_word(&p->lex, WORD_AND))
        return (struct operator){LEVEL_AND, OP_ADD};
    if (lexer_at_word(&p->lex, WORD_IN))
        return (struct operator){LEVEL_COMPARISON, OP_IN};
    if (lexer_at_word(&p->lex, WORD_NOT))
        return (struct operator){LEVEL_COMPARISON, OP_NOT_IN};
    if (lexer_at_word(&p->lex, WORD_IS))
        return (struct operator){LEVEL_COMPARISON, OP_IS};
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
    return p->lex.token.kind == TOKEN_NAME ? operator_word(p)
                                           : signs[p->lex.token.kind];
}

static struct operand *operand_new(struct parser *p, struct expr *e)
{
    struct operand *o = arena_new(p->arena, struct operand);
    o->expr = e;
    return o;
}

/* Reads the operator, which is the current token, into to. */
static void read_operator(struct parser *p, struct operator o,
                          struct operand *to)
{
    to->op = o.op;
    to->op_loc = p->lex.token.loc;
    lexer_next(&p->lex);
    if (o.op == OP_NOT_IN && !parse_accept_word(p, WORD_IN)) {
        parse_expected(p, "'in' after 'not'");
        p->lex.token.kind = TOKEN_BAD;
    }
    if (o.op == OP_IS && parse_accept_word(p, WORD_NOT))
        to->op = OP_IS_NOT;
    to->op_loc = loc_between(to->op_loc.off, p->lex.prev_end);
}

/* What stands after `is`. */
static struct expr *parse_is(struct parser *p)
{
    struct expr_type *e =
        parse_new(p, sizeof *e, EXPR_TYPE, p->lex.token.loc.off);
    e->type = parse_type_after_is(p);
    return parse_done(p, e);
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
    struct expr_chain *chain = parse_new(
        p, sizeof *chain, (enum expr_kind)kinds[level], first->loc.off);
    chain->operands = operand_new(p, first);
    struct operand **last = &chain->operands->next;
    for (uint32_t n = 1; o.level == level; n++) {
        struct operand *next = operand_new(p, NULL);
        read_operator(p, o, next);
        if (n == 2 && level == LEVEL_COMPARISON)
            parse_error(p, DIAG_CHAINED_COMPARISON, next->op_loc,
                        "comparisons do not chain; write a < b and b < c");
        next->expr = o.op == OP_IS
                         ? parse_is(p)
                         : parse_level(p, (enum level)(level + 1), true);
        *last = next;
        last = &next->next;
        o = operator_at(p);
    }
    return parse_done(p, chain);
}

/* unary = "-" unary | postfix */
static struct expr *parse_unary(struct parser *p, bool right)
{
    struct loc loc = p->lex.token.loc;
    if (p->lex.token.kind != TOKEN_MINUS)
        return parse_access(p, right);
    if (!parse_enter(p, loc))
        return parse_bad(p);
    lexer_next(&p->lex);
    struct expr *e;
    if (p->lex.token.kind == TOKEN_INT) {
        e = parse_int(p, true);
        e->loc = loc_between(loc.off, p->lex.prev_end);
        if (p->lex.token.kind == TOKEN_PIPE)
            e = parse_pipe(p, e, true);
    } else {
        struct expr_unary *u = parse_new(p, sizeof *u, EXPR_NEG, loc.off);
        u->operand = parse_unary(p, true);
        e = parse_done(p, u);
    }
    parse_leave(p);
    return e;
}

/* not = "not" not | comparison */
static struct expr *parse_not(struct parser *p)
{
    struct loc loc = p->lex.token.loc;
    if (!parse_enter(p, loc))
        return parse_bad(p);
    lexer_next(&p->lex);
    struct expr_unary *u = parse_new(p, sizeof *u, EXPR_NOT, loc.off);
    u->operand = parse_level(p, LEVEL_NOT, true);
    parse_leave(p);
    return parse_done(p, u);
}

/* An operand, and all operators after it that bind as tightly as `loosest` or
 * more. */
static struct expr *parse_level(struct parser *p, enum level loosest,
                                bool right)
{
    struct expr *e = loosest <= LEVEL_NOT && lexer_at_word(&p->lex, WORD_NOT)
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
struct expr *parse_expr_or(struct parser *p, bool right)
{
    if (!parse_enter(p, p->lex.token.loc))
        return parse_bad(p);
    struct expr *e = parse_level(p, LEVEL_OR, right);
    parse_leave(p);
    return e;
}

static void missing_else(struct parser *p)
{
    if (p->lex.token.kind != TOKEN_BAD)
        parse_error(p, DIAG_CONDITIONAL_ELSE, p->lex.token.loc,
                    "expected 'else': only directly in @{…} and in a list may "
                    "it be left out");
    p->lex.token.kind = TOKEN_BAD;
}

void parse_check_pipe(struct parser *p, const struct expr *cond)
{
    if (cond->kind == EXPR_CALL && cond->flag)
        parse_error(p, DIAG_PIPE_AMBIGUOUS, cond->loc,
                    "ambiguous: '|' could take the condition or all of it; "
                    "put brackets around one of them");
}

/* True if the current token is an expression by itself, as most arguments are:
 * a literal or a name with a closing sign directly after it. It saves the way
 * through all levels of operators. */
static bool stands_alone(const struct lexer *l)
{
    char c = l->pos < l->text.len ? l->text.ptr[l->pos] : '\0';
    if (c != ',' && c != ')' && c != '}' && c != ']')
        return false;
    return l->token.kind == TOKEN_STR || l->token.kind == TOKEN_INT ||
           (l->token.kind == TOKEN_NAME && l->token.name != WORD_NOT);
}

/* expr = or ["if" or ["else" expr]] */
struct expr *parse_expr(struct parser *p, bool bare_if, bool right)
{
    if (stands_alone(&p->lex))
        return parse_value(p);
    struct expr *e = parse_expr_or(p, right);
    if (!lexer_at_word(&p->lex, WORD_IF))
        return e;
    if (!parse_enter(p, p->lex.token.loc))
        return parse_bad(p);
    struct expr_cond *c = parse_new(p, sizeof *c, EXPR_COND, e->loc.off);
    lexer_next(&p->lex);
    c->then = e;
    c->cond = parse_expr_or(p, false);
    if (parse_accept_word(p, WORD_ELSE))
        c->otherwise = parse_expr(p, false, true);
    else if (bare_if)
        parse_check_pipe(p, c->cond);
    else
        missing_else(p);
    parse_leave(p);
    return parse_done(p, c);
}

struct expr *parse_expr_coalesce(struct parser *p)
{
    return parse_level(p, LEVEL_COALESCE, false);
}
