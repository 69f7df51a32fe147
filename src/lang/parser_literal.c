/* SPDX-License-Identifier: MIT */
/* Primary expressions: what stands between operators. Numbers, strings, names,
 * brackets, and the lists, maps and comprehensions in them. */
#include "lang/parser_expr.h"

/* --- primaries --- */

struct expr *expr_parse_int(struct parser *p, bool minus)
{
    uint32_t from = p->token.loc.off;
    struct expr_int *e = expr_new(p, sizeof *e, EXPR_INT, from);
    e->value = p->token.number;
    if (!minus && e->value == INT64_MIN)
        parser_error(p, DIAG_NUMBER, p->token.loc,
                     "%.*s does not fit into 64 bits", STR_ARG(p->token.text));
    else if (!minus)
        e->value = -e->value;
    lexer_next(p);
    return expr_done(p, e);
}

static struct expr *parse_str(struct parser *p)
{
    struct expr_str *s = expr_new(p, sizeof *s, EXPR_STR, p->token.loc.off);
    s->value = p->token.text;
    lexer_next(p);
    return expr_done(p, s);
}

static struct expr *parse_interp(struct parser *p)
{
    struct expr_interp *e =
        expr_new(p, sizeof *e, EXPR_INTERP, p->token.loc.off);
    e->parts = p->token.parts;
    lexer_next(p);
    return expr_done(p, e);
}

/* A variable of a comprehension. */
static name_id parse_var(struct parser *p, struct loc *loc)
{
    *loc = p->token.loc;
    name_id name = p->token.name;
    if (p->token.kind != TOKEN_NAME || name_is_reserved(p->names, name)) {
        if (p->token.kind == TOKEN_NAME)
            parser_error(p, DIAG_RESERVED_NAME, *loc,
                         "'%.*s' is a word of the language and cannot name a "
                         "variable",
                         STR_ARG(p->token.text));
        else
            expr_expected(p, "the name of a variable");
        return NAME_NONE;
    }
    lexer_next(p);
    return name;
}

/* for = "for" name ["," name] "in" or ["if" or], "for" not yet read */
static bool parse_for(struct parser *p, struct expr_for *e)
{
    lexer_next(p);
    e->var = parse_var(p, &e->var_loc);
    e->var2 = NAME_NONE;
    if (e->var == NAME_NONE)
        return false;
    if (expr_accept(p, TOKEN_COMMA)) {
        e->var2 = parse_var(p, &e->var2_loc);
        if (e->var2 == NAME_NONE)
            return false;
    }
    if (!expr_accept_word(p, WORD_IN)) {
        expr_expected(p, "'in'");
        return false;
    }
    e->in = expr_parse_or(p, false);
    if (expr_accept_word(p, WORD_IF))
        e->cond = expr_parse_or(p, false);
    return true;
}

/* item = "*" or | or ["if" or ["else" expr]] */
static struct item *parse_item(struct parser *p)
{
    struct item *i = arena_new(p->arena, struct item);
    i->splice = expr_accept(p, TOKEN_STAR);
    struct expr *e =
        i->splice ? expr_parse_or(p, false) : expr_parse(p, true, false);
    i->expr = e;
    if (e->kind == EXPR_COND) {
        struct expr_cond *c = (struct expr_cond *)e;
        if (!c->otherwise) {
            i->expr = c->then;
            i->cond = c->cond;
        }
    }
    return i;
}

/* list = "[" [item {"," item} [","]] "]" | "[" expr for "]" */
static struct expr *parse_list(struct parser *p)
{
    struct loc open = p->token.loc;
    struct expr_list *e = expr_new(p, sizeof *e, EXPR_LIST, open.off);
    struct item **last = &e->items;
    lexer_next(p);
    while (!expr_items_end(p, TOKEN_RBRACKET)) {
        *last = parse_item(p);
        if (e->n == 0 && lexer_at_word(p, WORD_FOR)) {
            struct expr_for *f =
                expr_new(p, sizeof *f, EXPR_LIST_FOR, open.off);
            f->value = e->items->expr;
            if (!parse_for(p, f) || !expr_close(p, TOKEN_RBRACKET, open, false))
                return expr_bad(p);
            return expr_done(p, f);
        }
        e->n++;
        last = &(*last)->next;
        if (!expr_accept(p, TOKEN_COMMA))
            break;
    }
    return expr_close(p, TOKEN_RBRACKET, open, true) ? expr_done(p, e)
                                                     : expr_bad(p);
}

static struct expr *word_as_str(struct parser *p, struct loc loc)
{
    struct expr_str *s = expr_new(p, sizeof *s, EXPR_STR, loc.off);
    s->e.loc = loc;
    s->value = str_slice(p->text, loc.off, loc.len);
    return &s->e;
}

static struct expr *word_as_name(struct parser *p, struct loc loc)
{
    struct expr_name *n = expr_new(p, sizeof *n, EXPR_NAME, loc.off);
    n->e.loc = loc;
    n->name = name_intern(p->names, str_slice(p->text, loc.off, loc.len));
    return &n->e;
}

/* True if the token behind the current one is ':'. */
static bool colon_follows(struct parser *p)
{
    return str_starts(lexer_ahead(p), STR(":"));
}

/* key = word | string | "(" expr ")"; of a map comprehension, any
 * expression. *bare: it was a word. */
static struct expr *parse_key(struct parser *p, bool *bare)
{
    struct loc loc = p->token.loc;
    *bare = p->token.kind == TOKEN_NAME && colon_follows(p);
    if (*bare) {
        lexer_next(p);
        return word_as_str(p, loc);
    }
    if (p->token.kind == TOKEN_INT) {
        parser_error(p, DIAG_SYNTAX, loc,
                     "keys are strings; quote it: \"%.*s\"",
                     STR_ARG(p->token.text));
        lexer_next(p);
        return expr_bad(p);
    }
    return expr_parse_or(p, false);
}

/* `seen` has the literal keys in front of now. */
static void check_key(struct parser *p, struct map *seen,
                      const struct entry *now)
{
    bool added;
    if (now->key->kind != EXPR_STR)
        return;
    map_put(seen, p->arena, expr_str_value(now->key), &added);
    if (!added)
        parser_error(p, DIAG_DUPLICATE_KEY, now->key->loc,
                     "the key '%.*s' stands twice in this map",
                     STR_ARG(expr_str_value(now->key)));
}

static struct expr *parse_map_for(struct parser *p, struct loc open,
                                  const struct entry *entry, bool bare)
{
    struct expr_for *f = expr_new(p, sizeof *f, EXPR_MAP_FOR, open.off);
    f->key = bare ? word_as_name(p, entry->key->loc) : entry->key;
    f->value = entry->value;
    if (!parse_for(p, f) || !expr_close(p, TOKEN_RBRACE, open, false))
        return expr_bad(p);
    return expr_done(p, f);
}

/* map = "{" [key ":" expr {"," key ":" expr} [","]] "}"
 *     | "{" expr ":" expr for "}" */
static struct expr *parse_map(struct parser *p)
{
    struct loc open = p->token.loc;
    struct expr_map *e = expr_new(p, sizeof *e, EXPR_MAP, open.off);
    struct entry **last = &e->entries;
    struct map seen = {0};
    bool bare;
    lexer_next(p);
    while (!expr_items_end(p, TOKEN_RBRACE)) {
        struct entry *now = arena_new(p->arena, struct entry);
        now->key = parse_key(p, &bare);
        if (!expr_accept(p, TOKEN_COLON)) {
            expr_expected(p, "':' behind the key");
            return expr_bad(p);
        }
        now->value = expr_parse(p, false, false);
        if (e->n == 0 && lexer_at_word(p, WORD_FOR))
            return parse_map_for(p, open, now, bare);
        *last = now;
        last = &now->next;
        check_key(p, &seen, now);
        e->n++;
        if (!expr_accept(p, TOKEN_COMMA))
            break;
    }
    return expr_close(p, TOKEN_RBRACE, open, true) ? expr_done(p, e)
                                                   : expr_bad(p);
}

/* --- words and brackets --- */

static bool is_operator_word(name_id name)
{
    return name == WORD_IF || name == WORD_ELSE || name == WORD_FOR ||
           (name >= WORD_AND && name <= WORD_IN);
}

/* A word of the language. */
static struct expr *parse_reserved(struct parser *p)
{
    struct loc loc = p->token.loc;
    name_id name = p->token.name;
    if (name == WORD_TRUE || name == WORD_FALSE || name == WORD_NULL) {
        struct expr *e = expr_new(
            p, sizeof *e, name == WORD_NULL ? EXPR_NULL : EXPR_BOOL, loc.off);
        e->flag = name == WORD_TRUE;
        lexer_next(p);
        return expr_done(p, e);
    }
    if (is_operator_word(name))
        parser_error(p, DIAG_SYNTAX, loc, "expected a value, not '%.*s'",
                     STR_ARG(p->token.text));
    else
        parser_error(p, DIAG_RESERVED_NAME, loc,
                     "'%.*s' is a word of the language and no variable",
                     STR_ARG(p->token.text));
    return expr_bad(p);
}

/* join() and error() have the names of directives. */
static bool is_function(struct parser *p)
{
    return keyword_of(p->token.name) != KEYWORD_NONE &&
           !is_operator_word(p->token.name) &&
           str_starts(lexer_ahead(p), STR("("));
}

static struct expr *parse_word(struct parser *p)
{
    struct loc loc = p->token.loc;
    name_id name = p->token.name;
    if (name < WORD_COUNT && name != WORD_LOOP && !is_function(p))
        return parse_reserved(p);
    lexer_next(p);
    if (p->token.kind == TOKEN_LPAREN)
        return expr_parse_call(p, loc.off, NULL, NAME_NONE, name, loc);
    struct expr_name *n = expr_new(p, sizeof *n, EXPR_NAME, loc.off);
    n->name = name;
    return expr_done(p, n);
}

/* "@{x}" where x would do. */
static void value_in_value(struct parser *p)
{
    uint32_t behind = p->token.loc.off + 1;
    if (behind < p->text.len && p->text.ptr[behind] == '{')
        parser_error(p, DIAG_SYNTAX, loc_between(behind - 1, behind + 1),
                     "'@{' stands in text and in \"…\"; in an expression write "
                     "what is in it: x, not @{x}");
    else
        expr_expected(p, "a value");
}

/* primary = literal | name | name args | "(" expr ")" | list | map */
struct expr *expr_parse_primary(struct parser *p)
{
    struct loc open = p->token.loc;
    struct expr *e;
    switch (p->token.kind) {
    case TOKEN_INT:
        return expr_parse_int(p, false);
    case TOKEN_STR:
        return parse_str(p);
    case TOKEN_INTERP:
        return parse_interp(p);
    case TOKEN_NAME:
        return parse_word(p);
    case TOKEN_LBRACKET:
        return parse_list(p);
    case TOKEN_LBRACE:
        return parse_map(p);
    case TOKEN_LPAREN:
        lexer_next(p);
        e = expr_parse(p, false, false);
        if (e->kind == EXPR_CALL)
            e->flag = 0;
        return expr_close(p, TOKEN_RPAREN, open, false) ? e : expr_bad(p);
    case TOKEN_AT:
        value_in_value(p);
        return expr_bad(p);
    default:
        expr_expected(p, "a value");
        return expr_bad(p);
    }
}
