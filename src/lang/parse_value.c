/* SPDX-License-Identifier: MIT */
/* Primary expressions: what stands between operators. Numbers, strings, names,
 * brackets, and the lists, maps and comprehensions in them. */
#include "lang/parse.h"

/* --- primaries --- */

struct expr *parse_int(struct parser *p, bool minus)
{
    uint32_t from = p->lex.token.loc.off;
    struct expr_int *e = parse_new(p, sizeof *e, EXPR_INT, from);
    e->value = p->lex.token.number;
    if (!minus && e->value == INT64_MIN)
        parse_error(p, DIAG_NUMBER, p->lex.token.loc,
                    "%.*s does not fit into 64 bits",
                    STR_ARG(p->lex.token.text));
    else if (!minus)
        e->value = -e->value;
    lexer_next(&p->lex);
    return parse_done(p, e);
}

static struct expr *parse_str(struct parser *p)
{
    struct expr_str *s =
        parse_new(p, sizeof *s, EXPR_STR, p->lex.token.loc.off);
    s->ptr = p->lex.token.text.ptr;
    s->len = (uint32_t)p->lex.token.text.len;
    if (p->lex.text.ptr[p->lex.token.loc.off] == '\'' &&
        str_find(p->lex.token.text, STR("@{"), 0) != STR_NONE)
        vec_push(p->arena, &p->file->plain, p->lex.token.loc);
    lexer_next(&p->lex);
    return parse_done(p, s);
}

static struct part *add_part(struct parser *p, struct part ***last)
{
    struct part *part = arena_new(p->arena, struct part);
    **last = part;
    *last = &part->next;
    return part;
}

/* interp = piece {"@{" expr "}" piece}, the current token its first piece */
static struct expr *parse_interp(struct parser *p)
{
    uint32_t open = p->lex.token.loc.off;
    struct expr_interp *e = parse_new(p, sizeof *e, EXPR_INTERP, open);
    struct part **last = &e->parts;
    for (;;) {
        if (p->lex.token.text.len)
            add_part(p, &last)->text = p->lex.token.text;
        if (p->lex.token.kind != TOKEN_PIECE)
            break;
        struct expr *value = parse_at_value(p, p->lex.pos - 2);
        /* To read on in each string around a mistake would take twice the time
         * for each of them; and without a '}' there is no end to be found. */
        if (!value && (p->values || parse_at_line_end(p, p->lex.pos)))
            return parse_bad(p);
        if (!value) {
            value = arena_new(p->arena, struct expr);
            value->kind = EXPR_BAD;
        }
        add_part(p, &last)->expr = value;
        lexer_next_piece(&p->lex, open);
    }
    if (p->lex.token.kind == TOKEN_BAD)
        return parse_bad(p);
    lexer_next(&p->lex);
    return parse_done(p, e);
}

/* --- walks --- */

/* Of ["if" or]: after it an "else" would belong to what is walked. */
static bool parse_for_cond(struct parser *p, struct for_clause *c)
{
    if (!parse_accept_word(p, WORD_IF))
        return true;
    c->cond = parse_expr_or(p, false);
    if (!lexer_at_word(&p->lex, WORD_ELSE))
        return true;
    parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                "unexpected 'else': here 'if' chooses what is walked; a "
                "conditional needs brackets: in (a if c else b)");
    return false;
}

/* clause = name ["," name] "in" or ["if" or] */
bool parse_for_clause(struct parser *p, struct for_clause *c,
                      const char *wanted)
{
    c->var = parse_name(p, &c->var_loc, "variable");
    c->var2 = NAME_NONE;
    if (c->var == NAME_NONE)
        return false;
    if (parse_accept(p, TOKEN_COMMA)) {
        c->var2 = parse_name(p, &c->var2_loc, "variable");
        if (c->var2 == NAME_NONE)
            return false;
    }
    parse_bind(p, c->var, c->var_loc);
    parse_bind(p, c->var2, c->var2_loc);
    if (!parse_accept_word(p, WORD_IN)) {
        parse_unexpected(p, hint_token(&p->lex, HINT_FOR, STR("")), wanted);
        return false;
    }
    c->in = parse_expr_or(p, false);
    return parse_for_cond(p, c);
}

/* for = "for" clause {"for" clause} */
static bool parse_for_clauses(struct parser *p, struct expr_for *e)
{
    struct for_clause *c = &e->clause;
    uint32_t depth = p->depth;
    bool good;
    for (;;) {
        lexer_next(&p->lex);
        good = parse_for_clause(p, c, "'in'");
        /* Each one walks inside of those before it. */
        if (!good || !lexer_at_word(&p->lex, WORD_FOR) ||
            !parse_enter(p, p->lex.token.loc))
            break;
        c->next = arena_new(p->arena, struct for_clause);
        c = c->next;
    }
    p->depth = depth;
    return good;
}

/* --- lists --- */

/* splice = "*" or ["if" or] */
static void parse_splice(struct parser *p, struct item *i)
{
    i->splice = true;
    i->expr = parse_expr_or(p, false);
    if (!parse_accept_word(p, WORD_IF))
        return;
    i->cond = parse_expr_or(p, false);
    parse_check_pipe(p, i->cond);
    if (!lexer_at_word(&p->lex, WORD_ELSE))
        return;
    parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                "after '*' a conditional with 'else' needs brackets: "
                "*(a if c else b)");
    p->lex.token.kind = TOKEN_BAD;
}

/* item = splice | or ["if" or ["else" expr]] */
static struct item *parse_item(struct parser *p)
{
    struct item *i = arena_new(p->arena, struct item);
    if (parse_accept(p, TOKEN_STAR)) {
        parse_splice(p, i);
        return i;
    }
    i->expr = parse_expr(p, true, false);
    if (i->expr->kind == EXPR_COND) {
        struct expr_cond *c = (struct expr_cond *)i->expr;
        if (!c->otherwise) {
            i->expr = c->then;
            i->cond = c->cond;
        }
    }
    return i;
}

/* The value of a comprehension is one item, always. */
static void check_value(struct parser *p, const struct item *i)
{
    if (i->splice)
        parse_error(p, DIAG_SYNTAX, i->expr->loc,
                    "a comprehension has no '*'; walk the inner list with a "
                    "second 'for': [x for l in lists for x in l]");
    else if (i->cond)
        parse_error(p, DIAG_CONDITIONAL_ELSE, i->cond->loc,
                    "in a comprehension the condition goes at the end, "
                    "[x for x in l if c], or has an 'else'");
}

/* comprehension = "[" expr for "]", the first item read */
static struct expr *parse_list_for(struct parser *p, struct loc open,
                                   const struct item *i)
{
    struct expr_for *f = parse_new(p, sizeof *f, EXPR_LIST_FOR, open.off);
    check_value(p, i);
    f->value = i->expr;
    return parse_for_clauses(p, f) &&
                   parse_close(p, TOKEN_RBRACKET, open, false)
               ? parse_done(p, f)
               : parse_bad(p);
}

/* list = "[" [item {"," item} [","]] "]" | comprehension */
static struct expr *parse_list(struct parser *p)
{
    struct loc open = p->lex.token.loc;
    struct expr_list *e = parse_new(p, sizeof *e, EXPR_LIST, open.off);
    struct item **last = &e->items;
    lexer_next(&p->lex);
    while (!parse_items_end(p, TOKEN_RBRACKET)) {
        *last = parse_item(p);
        if (e->n == 0 && lexer_at_word(&p->lex, WORD_FOR))
            return parse_list_for(p, open, e->items);
        e->n++;
        last = &(*last)->next;
        if (!parse_accept(p, TOKEN_COMMA))
            break;
    }
    return parse_close(p, TOKEN_RBRACKET, open, true) ? parse_done(p, e)
                                                      : parse_bad(p);
}

/* --- maps --- */

static struct expr *word_as_str(struct parser *p, struct loc loc)
{
    struct expr_str *s = parse_new(p, sizeof *s, EXPR_STR, loc.off);
    s->e.loc = loc;
    s->ptr = p->lex.text.ptr + loc.off;
    s->len = loc.len;
    return &s->e;
}

static struct expr *word_as_name(struct parser *p, struct loc loc)
{
    struct expr_name *n = parse_new(p, sizeof *n, EXPR_NAME, loc.off);
    n->e.loc = loc;
    n->name =
        name_intern(p->lex.names, str_slice(p->lex.text, loc.off, loc.len));
    return &n->e;
}

/* True if the token after the current one is ':'. */
static bool colon_follows(struct parser *p)
{
    return str_starts(lexer_ahead(&p->lex), STR(":"));
}

/* key = word | string | "(" expr ")"; of a map comprehension, any
 * expression. *bare: it was a word. */
static struct expr *parse_key(struct parser *p, bool *bare)
{
    struct loc loc = p->lex.token.loc;
    *bare = p->lex.token.kind == TOKEN_NAME && colon_follows(p);
    if (*bare) {
        lexer_next(&p->lex);
        return word_as_str(p, loc);
    }
    if (p->lex.token.kind == TOKEN_INT) {
        if (str_starts(str_from_off(p->lex.text, p->lex.pos), STR("..")))
            parse_error(p, DIAG_SYNTAX, loc,
                        "a map begins here; from a up to b is range(a, b + 1)");
        else
            parse_error(p, DIAG_SYNTAX, loc,
                        "keys are strings; quote it: \"%.*s\"",
                        STR_ARG(p->lex.token.text));
        lexer_next(&p->lex);
        return parse_bad(p);
    }
    return parse_expr_or(p, false);
}

/* `seen` has the literal keys in front of now. */
static void check_key(struct parser *p, struct map *seen,
                      const struct entry *now)
{
    bool added;
    if (now->key->kind != EXPR_STR)
        return;
    struct str key = expr_str_value(now->key);
    map_put(seen, p->arena, key, &added);
    if (!added)
        parse_error(p, DIAG_DUPLICATE_KEY, now->key->loc,
                    "the key '%.*s' occurs twice in this map", STR_ARG(key));
}

static struct expr *parse_map_for(struct parser *p, struct loc open,
                                  const struct entry *entry, bool bare)
{
    struct expr_for *f = parse_new(p, sizeof *f, EXPR_MAP_FOR, open.off);
    f->key = bare ? word_as_name(p, entry->key->loc) : entry->key;
    f->value = entry->value;
    if (!parse_for_clauses(p, f) || !parse_close(p, TOKEN_RBRACE, open, false))
        return parse_bad(p);
    return parse_done(p, f);
}

/* "{a = 1}", "{{ x }}" and the like. */
static void missing_colon(struct parser *p)
{
    enum token_kind k = p->lex.token.kind;
    bool known = k == TOKEN_ASSIGN || k == TOKEN_RBRACE || k == TOKEN_COMMA;
    parse_unexpected(
        p, hint_token(&p->lex, known ? HINT_IN : HINT_AFTER, STR("{")),
        "':' after the key");
}

/* map = "{" [key ":" expr {"," key ":" expr} [","]] "}"
 *     | "{" expr ":" expr for "}" */
static struct expr *parse_map(struct parser *p)
{
    struct loc open = p->lex.token.loc;
    struct expr_map *e = parse_new(p, sizeof *e, EXPR_MAP, open.off);
    struct entry **last = &e->entries;
    struct map seen = {0};
    bool bare;
    lexer_next(&p->lex);
    while (!parse_items_end(p, TOKEN_RBRACE)) {
        struct entry *now = arena_new(p->arena, struct entry);
        now->key = parse_key(p, &bare);
        if (!parse_accept(p, TOKEN_COLON)) {
            missing_colon(p);
            return parse_bad(p);
        }
        now->value = parse_expr(p, false, false);
        if (!e->entries && lexer_at_word(&p->lex, WORD_FOR))
            return parse_map_for(p, open, now, bare);
        *last = now;
        last = &now->next;
        check_key(p, &seen, now);
        if (!parse_accept(p, TOKEN_COMMA))
            break;
    }
    return parse_close(p, TOKEN_RBRACE, open, true) ? parse_done(p, e)
                                                    : parse_bad(p);
}

/* --- words and brackets --- */

/* Of a word that is not "loop". */
static bool is_operator_word(name_id name)
{
    return name == WORD_IF || name == WORD_ELSE || name == WORD_FOR ||
           name >= WORD_AND;
}

/* A word of the language. */
static struct expr *parse_reserved(struct parser *p)
{
    struct loc loc = p->lex.token.loc;
    name_id name = p->lex.token.name;
    if (name == WORD_TRUE || name == WORD_FALSE || name == WORD_NULL) {
        struct expr *e = parse_new(
            p, sizeof *e, name == WORD_NULL ? EXPR_NULL : EXPR_BOOL, loc.off);
        e->flag = name == WORD_TRUE;
        lexer_next(&p->lex);
        return parse_done(p, e);
    }
    struct str word = p->lex.token.text;
    struct str hint =
        name == WORD_FOR ? hint_token(&p->lex, HINT_START, STR("")) : STR("");
    if (hint.len == 0)
        hint = hint_word(p->arena, word, HINT_VALUE, STR(""));
    p->report.hinted = hint.len > 0 && name < WORD_AND;
    if (is_operator_word(name))
        parse_error(p, DIAG_SYNTAX, loc, "expected a value, not '%.*s'%.*s",
                    STR_ARG(word), STR_ARG(hint));
    else
        parse_error(p, DIAG_RESERVED_NAME, loc,
                    "'%.*s' is a word of the language and no variable%.*s",
                    STR_ARG(word), STR_ARG(hint));
    /* "@{if c}a@{end}" is one mistake. */
    if (hint.len && p->values)
        p->report.quiet_to = parse_line_end(p, loc.off) + 1;
    return parse_bad(p);
}

/* join() and error() have the names of directives. */
static bool is_function(struct parser *p)
{
    return keyword_of(p->lex.token.name) != KEYWORD_NONE &&
           !is_operator_word(p->lex.token.name) &&
           str_starts(lexer_ahead(&p->lex), STR("("));
}

static struct expr *parse_word(struct parser *p)
{
    struct loc loc = p->lex.token.loc;
    name_id name = p->lex.token.name;
    if (name_is_word(name) && name != WORD_LOOP && !is_function(p))
        return parse_reserved(p);
    lexer_next(&p->lex);
    if (p->lex.token.kind == TOKEN_LPAREN)
        return parse_call(p, parse_call_new(p, loc.off, NAME_NONE, name, loc),
                          NULL);
    struct expr_name *n = parse_new(p, sizeof *n, EXPR_NAME, loc.off);
    n->name = name;
    return parse_done(p, n);
}

/* "@{x}" where x would do. */
static void value_in_value(struct parser *p)
{
    uint32_t after = p->lex.token.loc.off + 1;
    if (after < p->lex.text.len && p->lex.text.ptr[after] == '{')
        parse_error(p, DIAG_SYNTAX, loc_between(after - 1, after + 1),
                    "'@{' is for text and \"…\"; in an expression write "
                    "what is in it: x, not @{x}");
    else
        parse_no_value(p);
}

/* primary = literal | name | name args | "(" expr ")" | list | map */
struct expr *parse_value(struct parser *p)
{
    struct loc open = p->lex.token.loc;
    struct expr *e;
    switch (p->lex.token.kind) {
    case TOKEN_INT:
        return parse_int(p, false);
    case TOKEN_STR:
        return parse_str(p);
    case TOKEN_PIECE:
        return parse_interp(p);
    case TOKEN_NAME:
        return parse_word(p);
    case TOKEN_LBRACKET:
        return parse_list(p);
    case TOKEN_LBRACE:
        return parse_map(p);
    case TOKEN_LPAREN:
        lexer_next(&p->lex);
        e = parse_expr(p, false, false);
        if (e->kind == EXPR_CALL)
            e->flag = 0;
        return parse_close(p, TOKEN_RPAREN, open, false) ? e : parse_bad(p);
    case TOKEN_AT:
        value_in_value(p);
        return parse_bad(p);
    default:
        parse_no_value(p);
        return parse_bad(p);
    }
}
