/* SPDX-License-Identifier: MIT */
/* What stands behind a primary expression: keys and indices, '?', arguments
 * and pipes. A chain of keys and indices is one node. */
#include "lang/parse.h"

#include <string.h>

/* --- calls --- */

/* If a name and '=' stand here, reads them. */
static name_id parse_arg_name(struct parser *p)
{
    name_id name = p->lex.token.name;
    struct str ahead = lexer_ahead(&p->lex);
    if (!str_starts(ahead, STR("=")) || str_starts(ahead, STR("==")))
        return NAME_NONE;
    lexer_next(&p->lex);
    lexer_next(&p->lex);
    return name;
}

/* arg = "*" or | name "=" expr | expr */
static struct arg parse_arg(struct parser *p)
{
    struct arg a = {NULL, NAME_NONE, p->lex.token.loc.off};
    if (parse_accept(p, TOKEN_STAR)) {
        a.name = NAME_SPLICE;
        a.expr = parse_expr_or(p, false);
        return a;
    }
    if (p->lex.token.kind == TOKEN_NAME)
        a.name = parse_arg_name(p);
    a.expr = parse_expr(p, false, false);
    if (p->lex.token.kind == TOKEN_COLON) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "an argument is named with '=': name=value");
        p->lex.token.kind = TOKEN_BAD;
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

/* defined("name") makes it possible that name is not bound. */
static void note_mention(struct parser *p, const struct expr_call *c)
{
    const struct arg *a = c->args;
    if (c->module == NAME_NONE && c->name == p->defined && c->nargs == 1 &&
        a->name != NAME_SPLICE && a->expr->kind == EXPR_STR)
        vec_push(p->arena, &p->file->mentions,
                 name_intern(p->lex.names, expr_str_value(a->expr)));
}

bool parse_args(struct parser *p, struct expr_call *c, struct expr *subject)
{
    struct loc open = p->lex.token.loc;
    uint32_t from = p->args.n;
    bool named = false;
    if (subject)
        add_subject(p, subject);
    lexer_next(&p->lex);
    while (!parse_items_end(p, TOKEN_RPAREN)) {
        struct arg now = parse_arg(p);
        vec_push(p->arena, &p->args, now);
        if (named && (now.name == NAME_NONE || now.name == NAME_SPLICE))
            parse_error(p, DIAG_ARGUMENTS, now.expr->loc,
                        "an argument without a name after one with a name");
        named = named || (now.name != NAME_NONE && now.name != NAME_SPLICE);
        if (!parse_accept(p, TOKEN_COMMA))
            break;
    }
    take_args(p, c, from);
    note_mention(p, c);
    bool good = parse_at_close(p, TOKEN_RPAREN, open, true);
    if (good)
        p->lex.prev_end = p->lex.token.loc.off + p->lex.token.loc.len;
    return good;
}

/* A call of what stands at `from`; `subject` is the left side of a pipe. The
 * current token is "(", or with a subject perhaps something else. */
struct expr *parse_call(struct parser *p, uint32_t from, struct expr *subject,
                        name_id module, name_id name, struct loc name_loc)
{
    struct expr_call *c = parse_new(p, sizeof *c, EXPR_CALL, from);
    c->module = module;
    c->name = name;
    c->name_loc = name_loc;
    if (p->lex.token.kind == TOKEN_LPAREN) {
        if (!parse_args(p, c, subject))
            return parse_bad(p);
        lexer_next(&p->lex);
    } else if (subject) {
        add_subject(p, subject);
        take_args(p, c, p->args.n - 1);
    }
    return parse_done(p, c);
}

/* pipe = "|" name ["." name] [args] */
struct expr *parse_pipe(struct parser *p, struct expr *left, bool right)
{
    name_id module = NAME_NONE, name;
    if (right)
        parse_error(p, DIAG_PIPE_AMBIGUOUS, p->lex.token.loc,
                    "ambiguous: '|' could take only what stands directly "
                    "before it, or all of the left side; put brackets around "
                    "one of them");
    lexer_next(&p->lex);
    struct loc loc = p->lex.token.loc;
    if (p->lex.token.kind != TOKEN_NAME) {
        parse_expected(p, "the name of a function after '|'");
        return parse_bad(p);
    }
    name = p->lex.token.name;
    lexer_next(&p->lex);
    if (p->lex.token.kind == TOKEN_DOT) {
        lexer_next(&p->lex);
        if (p->lex.token.kind != TOKEN_NAME) {
            parse_expected(p, "the name of a macro");
            return parse_bad(p);
        }
        module = name;
        name = p->lex.token.name;
        loc = loc_between(loc.off, p->lex.token.loc.off + p->lex.token.loc.len);
        lexer_next(&p->lex);
    }
    struct expr *call = parse_call(p, left->loc.off, left, module, name, loc);
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
        a = parse_new(p, sizeof *a, EXPR_ACCESS, (*e)->loc.off);
        a->base = *e;
        *e = &a->e;
        *last = &a->steps;
    }
    return a;
}

/* ".key" or "[index]" */
static bool parse_one_step(struct parser *p, struct step *s)
{
    struct loc open = p->lex.token.loc;
    s->loc = open;
    if (parse_accept(p, TOKEN_DOT)) {
        s->kind = STEP_KEY;
        s->key = p->lex.token.text;
        if (p->lex.token.kind != TOKEN_NAME) {
            parse_expected(p, "a key after '.'");
            return false;
        }
        lexer_next(&p->lex);
    } else {
        s->kind = STEP_INDEX;
        lexer_next(&p->lex);
        s->index = parse_expr(p, false, false);
        if (!parse_close(p, TOKEN_RBRACKET, open, false))
            return false;
    }
    s->loc = loc_between(open.off, p->lex.prev_end);
    return true;
}

static bool forgive(struct parser *p, struct expr *e)
{
    if (e->kind != EXPR_ACCESS) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "'?' needs a key or an index before it, as in x.key?; to "
                    "choose between two values write a if c else b");
        return false;
    }
    struct expr_access *a = (struct expr_access *)e;
    for (struct step *s = a->steps; s; s = s->next)
        s->forgiving = true;
    a->e.flag = 1;
    lexer_next(&p->lex);
    parse_done(p, a);
    return true;
}

/* "(" behind an access: a call of a library's macro, name.name(…). */
static struct expr *parse_member_call(struct parser *p, struct expr *e,
                                      bool fresh)
{
    struct expr_access *a = (struct expr_access *)e;
    if (fresh || e->kind != EXPR_ACCESS || a->base->kind != EXPR_NAME ||
        !a->steps || a->steps->next || a->steps->kind != STEP_KEY) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "only a macro or a function can be called");
        return parse_bad(p);
    }
    struct expr_name *module = (struct expr_name *)a->base;
    return parse_call(p, e->loc.off, NULL, module->name,
                      name_intern(p->lex.names, a->steps->key),
                      loc_between(e->loc.off, p->lex.prev_end));
}

/* What was read so far, and where the next key or index goes. */
struct behind {
    struct expr *e;
    struct step **last;
    bool fresh; /* brackets around e: what follows is a chain of its own */
};

static struct expr *parse_chain_step(struct parser *p, struct behind *b)
{
    struct expr_access *a = chain_of(p, &b->e, &b->last, b->fresh);
    struct step *s = arena_new(p->arena, struct step);
    b->fresh = false;
    if (!parse_one_step(p, s))
        return parse_bad(p);
    *b->last = s;
    b->last = &s->next;
    a->e.flag = 0;
    return parse_done(p, a);
}

/* What goes around the expression so far makes the tree deeper. */
static bool goes_around(const struct parser *p)
{
    return p->lex.token.kind == TOKEN_QUESTION ||
           p->lex.token.kind == TOKEN_LPAREN || p->lex.token.kind == TOKEN_PIPE;
}

/* Reads one thing that stands behind b->e; false if there is none. */
static bool parse_behind(struct parser *p, struct behind *b, bool right)
{
    if (goes_around(p) && !parse_enter(p, p->lex.token.loc)) {
        b->e = parse_bad(p);
        return true;
    }
    switch (p->lex.token.kind) {
    case TOKEN_DOT:
    case TOKEN_LBRACKET:
        b->e = parse_chain_step(p, b);
        return true;
    case TOKEN_QUESTION:
        if (!forgive(p, b->e))
            b->e = parse_bad(p);
        return true;
    case TOKEN_LPAREN:
        b->e = parse_member_call(p, b->e, b->fresh);
        return true;
    case TOKEN_PIPE:
        b->e = parse_pipe(p, b->e, right);
        b->fresh = false;
        return true;
    default:
        return false;
    }
}

/* postfix = primary {"." word | "[" expr "]" | "?" | args | pipe} */
struct expr *parse_access(struct parser *p, bool right)
{
    uint32_t depth = p->depth;
    struct behind b = {.fresh = p->lex.token.kind == TOKEN_LPAREN};
    b.e = parse_value(p);
    while (b.e->kind != EXPR_BAD && parse_behind(p, &b, right))
        continue;
    p->depth = depth;
    return b.e;
}
