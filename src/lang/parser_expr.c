/* SPDX-License-Identifier: MIT */
/* Expressions: one function a precedence level, loosest first. A level reads
 * its operands in a loop and makes one node of them, so that a chain of ten
 * thousand terms is no deeper than one. `right` says that what is being read
 * is the right operand of something: a '|' there would be ambiguous. */
#include "lang/parser.h"

#include <string.h>

static struct expr *parse_cond(struct parser *p, bool bare_if, bool right);
static struct expr *parse_or(struct parser *p, bool right);
static struct expr *parse_coalesce(struct parser *p, bool right);

/* --- nodes and tokens --- */

static void *expr_new(struct parser *p, size_t size, enum expr_kind kind,
                      uint32_t from)
{
    struct expr *e = arena_zalloc(p->arena, size);
    e->kind = (uint8_t)kind;
    e->loc = loc_between(from, from);
    return e;
}

/* Ends e behind the last token that was read. */
static struct expr *done(struct parser *p, void *node)
{
    struct expr *e = node;
    e->loc.len = p->prev_end > e->loc.off ? p->prev_end - e->loc.off : 0;
    return e;
}

static struct expr *bad(struct parser *p)
{
    return expr_new(p, sizeof(struct expr), EXPR_BAD, p->token.loc.off);
}

static bool accept(struct parser *p, enum token_kind kind)
{
    if (p->token.kind != kind)
        return false;
    lexer_next(p);
    return true;
}

static bool accept_word(struct parser *p, const char *word)
{
    if (!lexer_at_word(p, word))
        return false;
    lexer_next(p);
    return true;
}

static void unexpected(struct parser *p, const char *wanted)
{
    if (p->token.kind != TOKEN_BAD)
        parser_error(p, DIAG_SYNTAX, p->token.loc, "expected %s, not %s",
                     wanted, token_name(p->token.kind));
}

/* The current token closes what `open` opened; it stays current. */
static bool at_close(struct parser *p, enum token_kind close, struct loc open)
{
    uint32_t line, col;
    if (p->token.kind == close)
        return true;
    if (p->token.kind == TOKEN_BAD)
        return false;
    source_locate(p->source, open.off, &line, &col);
    parser_error(p, p->token.kind == TOKEN_EOF ? DIAG_UNCLOSED : DIAG_SYNTAX,
                 p->token.loc,
                 "expected ',' or %s to close '%.*s' at %.*s:%u, "
                 "not %s",
                 token_name(close), (int)open.len, p->text.ptr + open.off,
                 STR_ARG(p->source->name), line, token_name(p->token.kind));
    return false;
}

static bool close_with(struct parser *p, enum token_kind close, struct loc open)
{
    if (!at_close(p, close, open))
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
    return l->chain ? done(p, l->chain) : l->first;
}

/* --- primaries --- */

static struct expr *parse_int(struct parser *p, bool minus)
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
    return done(p, e);
}

static struct expr *parse_str(struct parser *p)
{
    struct expr_str *e = expr_new(p, sizeof *e, EXPR_STR, p->token.loc.off);
    e->ptr = p->token.text.ptr;
    e->len = (uint32_t)p->token.text.len;
    lexer_next(p);
    return done(p, e);
}

static struct expr *parse_interp(struct parser *p)
{
    struct expr_interp *e =
        expr_new(p, sizeof *e, EXPR_INTERP, p->token.loc.off);
    e->parts = p->token.parts;
    lexer_next(p);
    return done(p, e);
}

/* A variable of a comprehension. */
static name_id parse_var(struct parser *p, struct loc *loc)
{
    *loc = p->token.loc;
    if (p->token.kind != TOKEN_NAME || name_is_reserved(p->token.text)) {
        if (p->token.kind == TOKEN_NAME)
            parser_error(p, DIAG_RESERVED_NAME, *loc,
                         "'%.*s' is a word of the language and cannot name a "
                         "variable",
                         STR_ARG(p->token.text));
        else
            unexpected(p, "the name of a variable");
        return NAME_NONE;
    }
    struct str text = p->token.text;
    lexer_next(p);
    return name_intern(p->names, text);
}

/* for = "for" name ["," name] "in" or ["if" or], "for" not yet read */
static bool parse_for(struct parser *p, struct expr_for *e)
{
    lexer_next(p);
    e->var = parse_var(p, &e->var_loc);
    e->var2 = NAME_NONE;
    if (e->var == NAME_NONE)
        return false;
    if (accept(p, TOKEN_COMMA)) {
        e->var2 = parse_var(p, &e->var2_loc);
        if (e->var2 == NAME_NONE)
            return false;
    }
    if (!accept_word(p, "in")) {
        unexpected(p, "'in'");
        return false;
    }
    e->in = parse_or(p, false);
    if (accept_word(p, "if"))
        e->cond = parse_or(p, false);
    return true;
}

/* item = "*" or | or ["if" or ["else" expr]] */
static struct item *parse_item(struct parser *p)
{
    struct item *i = arena_new(p->arena, struct item);
    i->splice = accept(p, TOKEN_STAR);
    struct expr *e =
        i->splice ? parse_or(p, false) : parse_cond(p, true, false);
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
    while (p->token.kind != TOKEN_RBRACKET) {
        *last = parse_item(p);
        if (e->n == 0 && lexer_at_word(p, "for")) {
            struct expr_for *f =
                expr_new(p, sizeof *f, EXPR_LIST_FOR, open.off);
            f->value = e->items->expr;
            if (!parse_for(p, f) || !close_with(p, TOKEN_RBRACKET, open))
                return bad(p);
            return done(p, f);
        }
        e->n++;
        last = &(*last)->next;
        if (!accept(p, TOKEN_COMMA))
            break;
    }
    return close_with(p, TOKEN_RBRACKET, open) ? done(p, e) : bad(p);
}

static struct expr *word_as_str(struct parser *p, struct loc loc)
{
    struct expr_str *s = expr_new(p, sizeof *s, EXPR_STR, loc.off);
    s->e.loc = loc;
    s->ptr = p->text.ptr + loc.off;
    s->len = loc.len;
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
static bool colon_follows(const struct parser *p)
{
    size_t at = p->pos;
    while (at < p->text.len && strchr(" \t\r\n", p->text.ptr[at]))
        at++;
    return at < p->text.len && p->text.ptr[at] == ':';
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
        return bad(p);
    }
    return parse_or(p, false);
}

static void check_key(struct parser *p, const struct expr_map *e,
                      const struct entry *now)
{
    if (now->key->kind != EXPR_STR)
        return;
    struct str key = expr_str_value(now->key);
    for (const struct entry *i = e->entries; i != now; i = i->next)
        if (i->key->kind == EXPR_STR && str_eq(expr_str_value(i->key), key)) {
            parser_error(p, DIAG_DUPLICATE_KEY, now->key->loc,
                         "the key '%.*s' stands twice in this map",
                         STR_ARG(key));
            return;
        }
}

static struct expr *parse_map_for(struct parser *p, struct loc open,
                                  const struct entry *entry, bool bare)
{
    struct expr_for *f = expr_new(p, sizeof *f, EXPR_MAP_FOR, open.off);
    f->key = bare ? word_as_name(p, entry->key->loc) : entry->key;
    f->value = entry->value;
    if (!parse_for(p, f) || !close_with(p, TOKEN_RBRACE, open))
        return bad(p);
    return done(p, f);
}

/* map = "{" [key ":" expr {"," key ":" expr} [","]] "}"
 *     | "{" expr ":" expr for "}" */
static struct expr *parse_map(struct parser *p)
{
    struct loc open = p->token.loc;
    struct expr_map *e = expr_new(p, sizeof *e, EXPR_MAP, open.off);
    struct entry **last = &e->entries;
    bool bare;
    lexer_next(p);
    while (p->token.kind != TOKEN_RBRACE) {
        struct entry *now = arena_new(p->arena, struct entry);
        now->key = parse_key(p, &bare);
        if (!accept(p, TOKEN_COLON)) {
            unexpected(p, "':' behind the key");
            return bad(p);
        }
        now->value = parse_cond(p, false, false);
        if (e->n == 0 && lexer_at_word(p, "for"))
            return parse_map_for(p, open, now, bare);
        *last = now;
        last = &now->next;
        check_key(p, e, now);
        e->n++;
        if (!accept(p, TOKEN_COMMA))
            break;
    }
    return close_with(p, TOKEN_RBRACE, open) ? done(p, e) : bad(p);
}

/* --- calls --- */

/* If a name and '=' stand here, reads them. */
static name_id parse_arg_name(struct parser *p)
{
    struct parser before = *p;
    struct str word = p->token.text;
    bool trial = p->trial;
    if (p->token.kind != TOKEN_NAME)
        return NAME_NONE;
    p->trial = true; /* the token behind it may be read twice */
    lexer_next(p);
    if (p->token.kind != TOKEN_ASSIGN) {
        *p = before;
        return NAME_NONE;
    }
    p->trial = trial;
    lexer_next(p);
    return name_intern(p->names, word);
}

/* arg = "*" or | name "=" expr | expr */
static struct arg parse_arg(struct parser *p)
{
    struct arg a = {NULL, NAME_NONE, p->token.loc.off};
    if (accept(p, TOKEN_STAR)) {
        a.name = NAME_SPLICE;
        a.expr = parse_or(p, false);
        return a;
    }
    if (p->token.kind == TOKEN_NAME)
        a.name = parse_arg_name(p);
    a.expr = parse_cond(p, false, false);
    if (p->token.kind == TOKEN_COLON)
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "an argument is named with '=': name=value");
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
    while (p->token.kind != TOKEN_RPAREN) {
        struct arg now = parse_arg(p);
        vec_push(p->arena, &p->args, now);
        if (named && (now.name == NAME_NONE || now.name == NAME_SPLICE))
            parser_error(p, DIAG_ARGUMENTS, now.expr->loc,
                         "an argument without a name behind one with a name");
        named = named || (now.name != NAME_NONE && now.name != NAME_SPLICE);
        if (!accept(p, TOKEN_COMMA))
            break;
    }
    take_args(p, c, from);
    parser_leave(p);
    bool good = at_close(p, TOKEN_RPAREN, open);
    if (good)
        p->prev_end = p->token.loc.off + p->token.loc.len;
    return good;
}

/* A call of what stands at `from`; `subject` is the left side of a pipe. The
 * current token is "(", or with a subject perhaps something else. */
static struct expr *parse_call(struct parser *p, uint32_t from,
                               struct expr *subject, name_id module,
                               name_id name, struct loc name_loc)
{
    struct expr_call *c = expr_new(p, sizeof *c, EXPR_CALL, from);
    c->module = module;
    c->name = name;
    c->name_loc = name_loc;
    if (p->token.kind == TOKEN_LPAREN) {
        if (!parser_args(p, c, subject))
            return bad(p);
        lexer_next(p);
    } else if (subject) {
        add_subject(p, subject);
        take_args(p, c, p->args.n - 1);
    }
    return done(p, c);
}

/* pipe = "|" name ["." name] [args] */
static struct expr *parse_pipe(struct parser *p, struct expr *left, bool right)
{
    name_id module = NAME_NONE, name;
    p->pipe_at = p->token.loc.off;
    p->pipe_brackets = p->brackets;
    if (right)
        parser_error(p, DIAG_PIPE_AMBIGUOUS, p->token.loc,
                     "ambiguous: '|' could take only what stands directly "
                     "before it, or all of the left side; put brackets around "
                     "one of them");
    lexer_next(p);
    struct loc loc = p->token.loc;
    if (p->token.kind != TOKEN_NAME) {
        unexpected(p, "the name of a function behind '|'");
        return bad(p);
    }
    name = name_intern(p->names, p->token.text);
    lexer_next(p);
    if (p->token.kind == TOKEN_DOT) {
        lexer_next(p);
        if (p->token.kind != TOKEN_NAME) {
            unexpected(p, "the name of a macro");
            return bad(p);
        }
        module = name;
        name = name_intern(p->names, p->token.text);
        loc = loc_between(loc.off, p->token.loc.off + p->token.loc.len);
        lexer_next(p);
    }
    return parse_call(p, left->loc.off, left, module, name, loc);
}

/* --- postfix --- */

static bool is_operator_word(struct str w)
{
    static const char *const words[] = {"if",  "else", "for", "in",
                                        "and", "or",   "not"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(w, str_from(words[i])))
            return true;
    return false;
}

static struct expr *parse_word(struct parser *p)
{
    struct str word = p->token.text;
    struct loc loc = p->token.loc;
    bool truth = str_eq(word, STR("true"));
    if (truth || str_eq(word, STR("false"))) {
        struct expr *e = expr_new(p, sizeof *e, EXPR_BOOL, loc.off);
        e->flag = truth;
        lexer_next(p);
        return done(p, e);
    }
    if (str_eq(word, STR("null"))) {
        struct expr *e = expr_new(p, sizeof *e, EXPR_NULL, loc.off);
        lexer_next(p);
        return done(p, e);
    }
    if (is_operator_word(word)) {
        parser_error(p, DIAG_SYNTAX, loc, "expected a value, not '%.*s'",
                     STR_ARG(word));
        return bad(p);
    }
    lexer_next(p);
    if (p->token.kind == TOKEN_LPAREN)
        return parse_call(p, loc.off, NULL, NAME_NONE,
                          name_intern(p->names, word), loc);
    if (keyword_find(word) != KEYWORD_NONE) {
        parser_error(p, DIAG_RESERVED_NAME, loc,
                     "'%.*s' is a word of the language and no variable",
                     STR_ARG(word));
        return bad(p);
    }
    return word_as_name(p, loc);
}

/* primary = literal | name | name args | "(" expr ")" | list | map */
static struct expr *parse_primary(struct parser *p)
{
    struct loc open = p->token.loc;
    struct expr *e;
    switch (p->token.kind) {
    case TOKEN_INT:
        return parse_int(p, false);
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
        e = parse_cond(p, false, false);
        return close_with(p, TOKEN_RPAREN, open) ? e : bad(p);
    default:
        unexpected(p, "a value");
        return bad(p);
    }
}

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
    if (accept(p, TOKEN_DOT)) {
        s->kind = STEP_KEY;
        s->key = p->token.text;
        if (p->token.kind != TOKEN_NAME) {
            unexpected(p, "a key behind '.'");
            return false;
        }
        lexer_next(p);
    } else {
        s->kind = STEP_INDEX;
        lexer_next(p);
        s->index = parse_cond(p, false, false);
        if (!close_with(p, TOKEN_RBRACKET, open))
            return false;
    }
    s->loc = loc_between(open.off, p->prev_end);
    return true;
}

static bool forgive(struct parser *p, struct expr *e)
{
    if (e->kind != EXPR_ACCESS) {
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "'?' needs a key or an index before it");
        return false;
    }
    struct expr_access *a = (struct expr_access *)e;
    for (struct step *s = a->steps; s; s = s->next)
        s->forgiving = true;
    a->e.flag = 1;
    lexer_next(p);
    done(p, a);
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
        return bad(p);
    }
    struct expr_name *module = (struct expr_name *)a->base;
    return parse_call(p, e->loc.off, NULL, module->name,
                      name_intern(p->names, a->steps->key),
                      loc_between(e->loc.off, p->prev_end));
}

/* postfix = primary {"." word | "[" expr "]" | "?" | args | pipe} */
static struct expr *parse_postfix(struct parser *p, bool right)
{
    bool fresh =
        p->token.kind == TOKEN_LPAREN; /* (a.b).c: a chain of its own */
    struct expr *e = parse_primary(p);
    struct step **last = NULL;
    for (;;) {
        if (e->kind == EXPR_BAD)
            return e;
        if (p->token.kind == TOKEN_DOT || p->token.kind == TOKEN_LBRACKET) {
            struct expr_access *a = chain_of(p, &e, &last, fresh);
            struct step *s = arena_new(p->arena, struct step);
            fresh = false;
            if (!parse_step(p, s))
                return bad(p);
            *last = s;
            last = &s->next;
            a->e.flag = 0;
            done(p, a);
        } else if (p->token.kind == TOKEN_QUESTION) {
            if (!forgive(p, e))
                return bad(p);
        } else if (p->token.kind == TOKEN_LPAREN) {
            e = parse_member_call(p, e, fresh);
        } else if (p->token.kind == TOKEN_PIPE) {
            e = parse_pipe(p, e, right);
            fresh = false;
        } else {
            return e;
        }
    }
}

/* --- operators, tightest first --- */

/* unary = "-" unary | postfix */
static struct expr *parse_unary(struct parser *p, bool right)
{
    struct loc loc = p->token.loc;
    if (p->token.kind != TOKEN_MINUS)
        return parse_postfix(p, right);
    if (!parser_enter(p, loc))
        return bad(p);
    lexer_next(p);
    struct expr *e;
    if (p->token.kind == TOKEN_INT) {
        e = parse_int(p, true);
        e->loc = loc_between(loc.off, p->prev_end);
        if (p->token.kind == TOKEN_PIPE)
            e = parse_pipe(p, e, true);
    } else {
        struct expr_unary *u = expr_new(p, sizeof *u, EXPR_NEG, loc.off);
        u->operand = parse_unary(p, true);
        e = done(p, u);
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
        if (accept(p, table[i].kind)) {
            *op = table[i].op;
            return true;
        }
    if (accept_word(p, "in")) {
        *op = OP_IN;
        return true;
    }
    if (!lexer_at_word(p, "not"))
        return false;
    lexer_next(p);
    *op = OP_NOT_IN;
    if (!accept_word(p, "in"))
        unexpected(p, "'in' behind 'not'");
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
        return bad(p);
    lexer_next(p);
    struct expr_unary *u = expr_new(p, sizeof *u, EXPR_NOT, loc.off);
    u->operand = parse_not(p, true);
    parser_leave(p);
    return done(p, u);
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
static struct expr *parse_or(struct parser *p, bool right)
{
    struct level l;
    if (!parser_enter(p, p->token.loc))
        return bad(p);
    l = (struct level){NULL, parse_and(p, right), NULL};
    while (lexer_at_word(p, "or")) {
        struct loc loc = p->token.loc;
        lexer_next(p);
        add_operand(p, &l, EXPR_OR, OP_ADD, loc, parse_and(p, true));
    }
    parser_leave(p);
    return level_done(p, &l);
}

/* In "x if c | f" it is not clear what '|' takes. */
static void check_bare_if(struct parser *p, struct expr *cond, bool bare_if)
{
    if (!bare_if)
        parser_error(p, DIAG_CONDITIONAL_ELSE, p->token.loc,
                     "expected 'else': only directly in @{…} and in a list may "
                     "it be left out");
    else if (p->pipe_at >= cond->loc.off && p->pipe_brackets == p->brackets &&
             p->pipe_at < p->prev_end && cond->kind == EXPR_CALL)
        parser_error(p, DIAG_PIPE_AMBIGUOUS,
                     loc_between(p->pipe_at, p->pipe_at + 1),
                     "ambiguous: '|' could take the condition or all of it; "
                     "put brackets around one of them");
}

/* expr = or ["if" or ["else" expr]] */
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

static struct expr *parse_cond(struct parser *p, bool bare_if, bool right)
{
    if (stands_alone(p))
        return parse_primary(p);
    struct expr *e = parse_or(p, right);
    if (!lexer_at_word(p, "if"))
        return e;
    if (!parser_enter(p, p->token.loc))
        return bad(p);
    struct expr_cond *c = expr_new(p, sizeof *c, EXPR_COND, e->loc.off);
    lexer_next(p);
    c->then = e;
    c->cond = parse_or(p, false);
    if (accept_word(p, "else"))
        c->otherwise = parse_cond(p, false, true);
    else
        check_bare_if(p, c->cond, bare_if);
    parser_leave(p);
    return done(p, c);
}

/* --- entries --- */

struct expr *parser_expr(struct parser *p, bool allow_bare_if)
{
    return parse_cond(p, allow_bare_if, false);
}

struct expr *parser_expr_default(struct parser *p)
{
    return parse_coalesce(p, false);
}

struct expr *parser_expr_or(struct parser *p)
{
    return parse_or(p, false);
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

/* The expression of "@{", up to its "}", which stays current. */
static struct expr *value_body(struct parser *p, uint32_t at)
{
    static const char hint[] = "for a literal '@{' write '@@{'";
    if (p->token.kind == TOKEN_RBRACE) {
        parser_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->pos),
                     "'@{}' has no expression; %s", hint);
        return NULL;
    }
    struct expr *e = parse_cond(p, true, false);
    if (e->kind == EXPR_BAD ||
        !at_close(p, TOKEN_RBRACE, loc_between(at, at + 2)))
        return NULL;
    if (is_literal(e)) {
        parser_error(p, DIAG_LITERAL_VALUE, loc_between(at, p->pos),
                     "'%.*s' holds only a literal; %s",
                     STR_ARG(str_slice(p->text, at, p->pos - at)), hint);
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

struct expr *parser_parse_expr(struct arena *arena, struct names *names,
                               struct diags *diags, struct source *source)
{
    struct parser p;
    uint32_t errors = diags->errors;
    memset(&p, 0, sizeof p);
    p.arena = arena;
    p.names = names;
    p.diags = diags;
    p.source = source;
    p.text = source->text;
    p.brackets = 1; /* line ends are nothing special */
    lexer_next(&p);
    struct expr *e = parse_cond(&p, false, false);
    if (e->kind != EXPR_BAD && p.token.kind != TOKEN_EOF)
        unexpected(&p, "the end of the expression");
    return diags->errors == errors && e->kind != EXPR_BAD ? e : NULL;
}
