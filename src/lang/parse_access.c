/* SPDX-License-Identifier: MIT */
/* What follows a primary expression: keys and indices, '?', arguments
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

/* The parameter that e names, of the macro around it, holds arguments. */
static void note_rest(const struct parser *p, struct expr *e)
{
    const struct signature *s = p->define ? &p->define->signature : NULL;
    for (uint32_t i = 0; s && e->kind == EXPR_NAME && i < s->n; i++)
        if (s->params[i].name == ((const struct expr_name *)e)->name)
            e->flag = s->params[i].rest;
}

/* arg = ["*"] "*" or | name "=" expr | expr */
static struct arg parse_arg(struct parser *p)
{
    struct arg a = {NULL, NAME_NONE, p->lex.token.loc.off};
    if (parse_accept(p, TOKEN_STAR)) {
        a.name = parse_accept(p, TOKEN_STAR) ? NAME_MAP : NAME_SPLICE;
        a.expr = parse_expr_or(p, false);
        return a;
    }
    if (p->lex.token.kind == TOKEN_NAME)
        a.name = parse_arg_name(p);
    a.expr = parse_expr(p, false, false);
    note_rest(p, a.expr);
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
    name_id last = c->args[c->nargs - 1].name; /* names come last */
    if (last != NAME_NONE && last != NAME_SPLICE)
        c->number = ++p->file->named;
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
            parse_error(
                p, DIAG_ARGUMENTS, now.expr->loc,
                "an argument without a name after one with a name; those "
                "without go first");
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

struct expr_call *parse_call_new(struct parser *p, uint32_t from,
                                 name_id module, name_id name,
                                 struct loc name_loc)
{
    struct expr_call *c = parse_new(p, sizeof *c, EXPR_CALL, from);
    c->module = module;
    c->name = name;
    c->name_loc = name_loc;
    return c;
}

struct expr_call *parse_callee(struct parser *p, uint32_t from,
                               const char *wanted)
{
    name_id module = NAME_NONE, name = p->lex.token.name;
    struct loc loc = p->lex.token.loc;
    if (p->lex.token.kind == TOKEN_NAME) {
        lexer_next(&p->lex);
        if (!parse_accept(p, TOKEN_DOT))
            return parse_call_new(p, from, module, name, loc);
        module = name;
        name = p->lex.token.name;
        loc = loc_between(loc.off, p->lex.token.loc.off + p->lex.token.loc.len);
        wanted = "the name of a macro";
        if (p->lex.token.kind == TOKEN_NAME) {
            lexer_next(&p->lex);
            return parse_call_new(p, from, module, name, loc);
        }
    }
    parse_expected(p, wanted);
    return NULL;
}

struct expr *parse_call(struct parser *p, struct expr_call *c,
                        struct expr *subject)
{
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

/* pipe = "|" callee [args] */
struct expr *parse_pipe(struct parser *p, struct expr *left, bool right)
{
    if (right)
        parse_error(p, DIAG_PIPE_AMBIGUOUS, p->lex.token.loc,
                    "ambiguous: '|' could take only what is directly before "
                    "it, or all of the left side; put brackets around "
                    "one of them");
    lexer_next(&p->lex);
    struct expr_call *c =
        parse_callee(p, left->loc.off, "the name of a function after '|'");
    if (!c)
        return parse_bad(p);
    struct expr *call = parse_call(p, c, left);
    call->flag = 1;
    return call;
}

/* --- keys and indices --- */

/* step = "." word | "[" expr "]"; NULL after an error */
static struct step *parse_step(struct parser *p)
{
    struct step *s = arena_new(p->arena, struct step);
    struct loc open = p->lex.token.loc;
    if (parse_accept(p, TOKEN_DOT)) {
        s->kind = STEP_KEY;
        s->key = p->lex.token.text;
        if (p->lex.token.kind != TOKEN_NAME) {
            parse_expected(p, "a key after '.'");
            return NULL;
        }
        lexer_next(&p->lex);
    } else {
        s->kind = STEP_INDEX;
        lexer_next(&p->lex);
        s->index = parse_expr(p, false, false);
        if (!parse_close(p, TOKEN_RBRACKET, open, false))
            return NULL;
    }
    s->loc = loc_between(open.off, p->lex.prev_end);
    return s;
}

/* "?" after e */
static struct expr *forgive(struct parser *p, struct expr *e)
{
    if (e->kind != EXPR_ACCESS) {
        p->report.hinted = true;
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "'?' needs a key or an index before it, as in x.key?; to "
                    "choose between two values write a if c else b");
        return parse_bad(p);
    }
    struct expr_access *a = (struct expr_access *)e;
    for (struct step *s = a->steps; s; s = s->next)
        s->forgiving = true;
    a->e.flag = 1;
    lexer_next(&p->lex);
    return parse_done(p, a);
}

/* "x".lower(), or brackets after something else. */
static struct expr *not_a_call(struct parser *p, const struct expr_access *a)
{
    const struct step *s = a ? a->steps : NULL;
    struct loc loc = p->lex.token.loc;
    struct str hint = STR("");
    while (s && s->next)
        s = s->next;
    if (s && s->kind == STEP_KEY) {
        uint32_t from = a->e.loc.off;
        loc = s->loc;
        hint = hint_word(p->arena, s->key, HINT_METHOD,
                         str_slice(p->lex.text, from, loc.off - from));
    }
    if (hint.len == 0)
        hint = STR("; a function is written f(x), or x | f()");
    p->report.hinted = true;
    parse_error(p, DIAG_SYNTAX, loc,
                "only a macro or a function can be called%.*s", STR_ARG(hint));
    return parse_bad(p);
}

/* "(" after a chain, or after something else (NULL): a call of a library's
 * macro, name.name(…). */
static struct expr *parse_member_call(struct parser *p,
                                      const struct expr_access *a)
{
    if (!a || a->base->kind != EXPR_NAME || a->steps->next ||
        a->steps->kind != STEP_KEY)
        return not_a_call(p, a);
    const struct expr_name *module = (const struct expr_name *)a->base;
    name_id name = name_intern(p->lex.names, a->steps->key);
    return parse_call(
        p,
        parse_call_new(p, a->e.loc.off, module->name, name,
                       loc_between(a->e.loc.off, p->lex.prev_end)),
        NULL);
}

/* The keys and indices after a value, as many as there are in a row. */
struct chain {
    struct expr_access *access; /* NULL: the next one begins a chain */
    struct step **last;
};

static struct expr *parse_key_or_index(struct parser *p, struct chain *c,
                                       struct expr *e)
{
    if (!c->access) {
        c->access = parse_new(p, sizeof *c->access, EXPR_ACCESS, e->loc.off);
        c->access->base = e;
        c->last = &c->access->steps;
    }
    struct step *s = parse_step(p);
    if (!s)
        return parse_bad(p);
    *c->last = s;
    c->last = &s->next;
    c->access->e.flag = 0;
    return parse_done(p, c->access);
}

/* plain: up to a '|' or '?' */
static struct expr *parse_steps(struct parser *p, bool right, bool plain)
{
    uint32_t depth = p->depth;
    struct chain c = {NULL, NULL};
    struct expr *e = parse_value(p);
    while (e->kind != EXPR_BAD) {
        enum token_kind kind = p->lex.token.kind;
        if (kind == TOKEN_DOT || kind == TOKEN_LBRACKET) {
            e = parse_key_or_index(p, &c, e);
            continue;
        }
        if (kind != TOKEN_LPAREN &&
            (plain || (kind != TOKEN_QUESTION && kind != TOKEN_PIPE)))
            break;
        /* These go around what was read so far: the tree becomes deeper. */
        if (!parse_enter(p, p->lex.token.loc))
            e = parse_bad(p);
        else if (kind == TOKEN_QUESTION)
            e = forgive(p, e);
        else
            e = kind == TOKEN_PIPE ? parse_pipe(p, e, right)
                                   : parse_member_call(p, c.access);
        if (kind != TOKEN_QUESTION)
            c.access = NULL;
    }
    p->depth = depth;
    return e;
}

/* access = value {"." word | "[" expr "]" | "?" | args | pipe} */
struct expr *parse_access(struct parser *p, bool right)
{
    return parse_steps(p, right, false);
}

struct expr *parse_access_plain(struct parser *p)
{
    return parse_steps(p, false, true);
}
