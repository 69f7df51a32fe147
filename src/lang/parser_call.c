/* SPDX-License-Identifier: MIT */
/* What stands behind a primary expression: keys and indices, '?', arguments
 * and pipes. A chain of keys and indices is one node. */
#include "lang/parser_expr.h"

#include <string.h>

/* --- calls --- */

/* If a name and '=' stand here, reads them. */
static name_id parse_arg_name(struct parser *p)
{
    name_id name = p->token.name;
    struct str ahead = lexer_ahead(p);
    if (!str_starts(ahead, STR("=")) || str_starts(ahead, STR("==")))
        return NAME_NONE;
    lexer_next(p);
    lexer_next(p);
    return name;
}

/* arg = "*" or | name "=" expr | expr */
static struct arg parse_arg(struct parser *p)
{
    struct arg a = {NULL, NAME_NONE, p->token.loc.off};
    if (expr_accept(p, TOKEN_STAR)) {
        a.name = NAME_SPLICE;
        a.expr = expr_parse_or(p, false);
        return a;
    }
    if (p->token.kind == TOKEN_NAME)
        a.name = parse_arg_name(p);
    a.expr = expr_parse(p, false, false);
    if (p->token.kind == TOKEN_COLON) {
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "an argument is named with '=': name=value");
        p->token.kind = TOKEN_BAD;
    }
    return a;
}

/* Moves the arguments from p->args.at[from] on into c. */
static void take_args(struct parser *p, struct expr_call *c, uint32_t from)
{
    c->nargs = p->args.n - from;
    if (c->nargs == 0)
        return;
    c->args = arena_array(p->arena, c->nargs, sizeof *c->args);
    memcpy(c->args, p->args.at + from, c->nargs * sizeof *c->args);
    p->args.n = from;
}

static void add_subject(struct parser *p, struct expr *subject)
{
    struct arg a = {subject, NAME_NONE, subject->loc.off};
    vec_push(p->arena, &p->args, a);
}

bool parser_args(struct parser *p, struct expr_call *c, struct expr *subject)
{
    struct loc open = p->token.loc;
    uint32_t from = p->args.n;
    bool named = false;
    if (!parser_enter(p, open))
        return false;
    if (subject)
        add_subject(p, subject);
    lexer_next(p);
    while (!expr_items_end(p, TOKEN_RPAREN)) {
        struct arg now = parse_arg(p);
        vec_push(p->arena, &p->args, now);
        if (named && (now.name == NAME_NONE || now.name == NAME_SPLICE))
            parser_error(p, DIAG_ARGUMENTS, now.expr->loc,
                         "an argument without a name behind one with a name");
        named = named || (now.name != NAME_NONE && now.name != NAME_SPLICE);
        if (!expr_accept(p, TOKEN_COMMA))
            break;
    }
    take_args(p, c, from);
    parser_leave(p);
    bool good = expr_at_close(p, TOKEN_RPAREN, open, true);
    if (good)
        p->prev_end = p->token.loc.off + p->token.loc.len;
    return good;
}

/* A call of what stands at `from`; `subject` is the left side of a pipe. The
 * current token is "(", or with a subject perhaps something else. */
struct expr *expr_parse_call(struct parser *p, uint32_t from,
                             struct expr *subject, name_id module, name_id name,
                             struct loc name_loc)
{
    struct expr_call *c = expr_new(p, sizeof *c, EXPR_CALL, from);
    c->module = module;
    c->name = name;
    c->name_loc = name_loc;
    if (p->token.kind == TOKEN_LPAREN) {
        if (!parser_args(p, c, subject))
            return expr_bad(p);
        lexer_next(p);
    } else if (subject) {
        add_subject(p, subject);
        take_args(p, c, p->args.n - 1);
    }
    return expr_done(p, c);
}

/* pipe = "|" name ["." name] [args] */
struct expr *expr_parse_pipe(struct parser *p, struct expr *left, bool right)
{
    name_id module = NAME_NONE, name;
    if (right)
        parser_error(p, DIAG_PIPE_AMBIGUOUS, p->token.loc,
                     "ambiguous: '|' could take only what stands directly "
                     "before it, or all of the left side; put brackets around "
                     "one of them");
    lexer_next(p);
    struct loc loc = p->token.loc;
    if (p->token.kind != TOKEN_NAME) {
        expr_expected(p, "the name of a function behind '|'");
        return expr_bad(p);
    }
    name = p->token.name;
    lexer_next(p);
    if (p->token.kind == TOKEN_DOT) {
        lexer_next(p);
        if (p->token.kind != TOKEN_NAME) {
            expr_expected(p, "the name of a macro");
            return expr_bad(p);
        }
        module = name;
        name = p->token.name;
        loc = loc_between(loc.off, p->token.loc.off + p->token.loc.len);
        lexer_next(p);
    }
    struct expr *call =
        expr_parse_call(p, left->loc.off, left, module, name, loc);
    call->flag = 1;
    return call;
}

/* --- keys and indices --- */

/* The chain that the next step joins: e itself, or a new one on top of it. */
static struct expr_access *chain_of(struct parser *p, struct expr **e,
                                    struct step ***last, bool fresh)
{
    struct expr_access *a = (struct expr_access *)*e;
    if (fresh || (*e)->kind != EXPR_ACCESS) {
        a = expr_new(p, sizeof *a, EXPR_ACCESS, (*e)->loc.off);
        a->base = *e;
        *e = &a->e;
        *last = &a->steps;
    }
    return a;
}

/* ".key" or "[index]" */
static bool parse_step(struct parser *p, struct step *s)
{
    struct loc open = p->token.loc;
    s->loc = open;
    if (expr_accept(p, TOKEN_DOT)) {
        s->kind = STEP_KEY;
        s->key = p->token.text;
        if (p->token.kind != TOKEN_NAME) {
            expr_expected(p, "a key behind '.'");
            return false;
        }
        lexer_next(p);
    } else {
        s->kind = STEP_INDEX;
        lexer_next(p);
        s->index = expr_parse(p, false, false);
        if (!expr_close(p, TOKEN_RBRACKET, open, false))
            return false;
    }
    s->loc = loc_between(open.off, p->prev_end);
    return true;
}

static bool forgive(struct parser *p, struct expr *e)
{
    if (e->kind != EXPR_ACCESS) {
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "'?' needs a key or an index before it, as in x.key?; to "
                     "choose between two values write a if c else b");
        return false;
    }
    struct expr_access *a = (struct expr_access *)e;
    for (struct step *s = a->steps; s; s = s->next)
        s->forgiving = true;
    a->e.flag = 1;
    lexer_next(p);
    expr_done(p, a);
    return true;
}

/* "(" behind an access: a call of a library's macro, name.name(…). */
static struct expr *parse_member_call(struct parser *p, struct expr *e,
                                      bool fresh)
{
    struct expr_access *a = (struct expr_access *)e;
    if (fresh || e->kind != EXPR_ACCESS || a->base->kind != EXPR_NAME ||
        !a->steps || a->steps->next || a->steps->kind != STEP_KEY) {
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "only a macro or a function can be called");
        return expr_bad(p);
    }
    struct expr_name *module = (struct expr_name *)a->base;
    return expr_parse_call(p, e->loc.off, NULL, module->name,
                           name_intern(p->names, a->steps->key),
                           loc_between(e->loc.off, p->prev_end));
}

/* What was read so far, and where the next key or index goes. */
struct behind {
    struct expr *e;
    struct step **last;
    bool fresh; /* brackets around e: what follows is a chain of its own */
};

static struct expr *parse_access(struct parser *p, struct behind *b)
{
    struct expr_access *a = chain_of(p, &b->e, &b->last, b->fresh);
    struct step *s = arena_new(p->arena, struct step);
    b->fresh = false;
    if (!parse_step(p, s))
        return expr_bad(p);
    *b->last = s;
    b->last = &s->next;
    a->e.flag = 0;
    return expr_done(p, a);
}

/* What goes around the expression so far makes the tree deeper. */
static bool goes_around(const struct parser *p)
{
    return p->token.kind == TOKEN_QUESTION || p->token.kind == TOKEN_LPAREN ||
           p->token.kind == TOKEN_PIPE;
}

/* Reads one thing that stands behind b->e; false if there is none. */
static bool parse_behind(struct parser *p, struct behind *b, bool right)
{
    if (goes_around(p) && !parser_enter(p, p->token.loc)) {
        b->e = expr_bad(p);
        return true;
    }
    switch (p->token.kind) {
    case TOKEN_DOT:
    case TOKEN_LBRACKET:
        b->e = parse_access(p, b);
        return true;
    case TOKEN_QUESTION:
        if (!forgive(p, b->e))
            b->e = expr_bad(p);
        return true;
    case TOKEN_LPAREN:
        b->e = parse_member_call(p, b->e, b->fresh);
        return true;
    case TOKEN_PIPE:
        b->e = expr_parse_pipe(p, b->e, right);
        b->fresh = false;
        return true;
    default:
        return false;
    }
}

/* postfix = primary {"." word | "[" expr "]" | "?" | args | pipe} */
struct expr *expr_parse_postfix(struct parser *p, bool right)
{
    uint32_t depth = p->depth;
    struct behind b = {.fresh = p->token.kind == TOKEN_LPAREN};
    b.e = expr_parse_primary(p);
    while (b.e->kind != EXPR_BAD && parse_behind(p, &b, right))
        continue;
    p->depth = depth;
    return b.e;
}
