/* SPDX-License-Identifier: MIT */
/* Types: what follows a ':' after a name, `is` in an expression, and @type. */
#include "lang/parse.h"

#include "lang/type.h"

static void *type_new(struct parser *p, size_t size, enum type_kind kind,
                      uint32_t from)
{
    struct type *t = arena_zalloc(p->arena, size);
    t->kind = (uint8_t)kind;
    t->loc = loc_between(from, from);
    return t;
}

/* Ends the type after the last token that was read. */
static struct type *type_done(const struct parser *p, void *type)
{
    struct type *t = type;
    uint32_t end = p->lex.prev_end;
    t->loc.len = end > t->loc.off ? end - t->loc.off : 0;
    return t;
}

static struct type *type_bad(struct parser *p)
{
    p->lex.token.kind = TOKEN_BAD;
    return type_new(p, sizeof(struct type), TYPE_BAD, p->lex.token.loc.off);
}

/* --- words --- */

/* list = "list" ["[" type "]"]; map = "map" ["[" [type ","] type "]"] */
static struct type *parse_of(struct parser *p, enum type_kind kind,
                             uint32_t from)
{
    struct type_of *t = type_new(p, sizeof *t, kind, from);
    struct loc open = p->lex.token.loc;
    if (!parse_accept(p, TOKEN_LBRACKET))
        return type_done(p, t);
    t->item = parse_type(p, true);
    if (kind == TYPE_MAP && parse_accept(p, TOKEN_COMMA)) {
        t->key = t->item;
        t->item = parse_type(p, true);
    }
    return parse_close(p, TOKEN_RBRACKET, open, false) ? type_done(p, t)
                                                       : type_bad(p);
}

/* name = word ["." word] */
static struct type *parse_type_name(struct parser *p, struct token first)
{
    struct type_name *t = type_new(p, sizeof *t, TYPE_NAME, first.loc.off);
    t->module = NAME_NONE;
    t->name = first.name;
    if (parse_accept(p, TOKEN_DOT)) {
        t->module = first.name;
        t->name = p->lex.token.name;
        if (p->lex.token.kind != TOKEN_NAME) {
            parse_expected(p, "the name of a type after '.'");
            return type_bad(p);
        }
        lexer_next(&p->lex);
    }
    vec_push(p->arena, &p->file->type_uses, t);
    return type_done(p, t);
}

static struct type *parse_literal(struct parser *p)
{
    struct type_literal *t =
        type_new(p, sizeof *t, TYPE_LITERAL, p->lex.token.loc.off);
    if (parse_accept(p, TOKEN_MINUS)) {
        if (p->lex.token.kind != TOKEN_INT) {
            parse_expected(p, "a number after '-'");
            return type_bad(p);
        }
        t->value = parse_int(p, true);
    } else {
        t->value = parse_value(p);
    }
    return t->value->kind == EXPR_BAD ? type_bad(p) : type_done(p, t);
}

static struct type *parse_type_word(struct parser *p)
{
    static const uint8_t simple[] = {
        [WORD_ANY - WORD_ANY] = TYPE_ANY,
        [WORD_BOOL - WORD_ANY] = TYPE_BOOL,
        [WORD_INT - WORD_ANY] = TYPE_INT,
        [WORD_STRING - WORD_ANY] = TYPE_STRING,
        [WORD_VERSION - WORD_ANY] = TYPE_VERSION,
        [WORD_LIST - WORD_ANY] = TYPE_LIST,
        [WORD_MAP - WORD_ANY] = TYPE_MAP,
    };
    struct token first = p->lex.token;
    if (first.name == WORD_TRUE || first.name == WORD_FALSE)
        return parse_literal(p);
    if (first.name != WORD_NULL && name_is_word(first.name)) {
        parse_unexpected(p, hint_token(&p->lex, HINT_START, STR("")), "a type");
        return type_bad(p);
    }
    lexer_next(&p->lex);
    if (first.name == WORD_NULL)
        return type_done(
            p, type_new(p, sizeof(struct type), TYPE_NULL, first.loc.off));
    if (first.name == WORD_BLOCK) {
        parse_error(p, DIAG_MISPLACED, first.loc,
                    "'block' is only allowed alone, as the type of a macro's "
                    "parameter");
        return type_bad(p);
    }
    if (first.name < WORD_ANY || first.name > WORD_MAP)
        return parse_type_name(p, first);
    enum type_kind kind = (enum type_kind)simple[first.name - WORD_ANY];
    if (kind == TYPE_LIST || kind == TYPE_MAP)
        return parse_of(p, kind, first.loc.off);
    return type_done(p, type_new(p, sizeof(struct type), kind, first.loc.off));
}

/* --- records --- */

static bool add_field(struct parser *p, struct type_record *t,
                      struct field ***last, struct field *f)
{
    for (const struct field *o = t->fields; o; o = o->next)
        if (str_eq(o->key, f->key)) {
            parse_error(p, DIAG_DUPLICATE_KEY, f->loc,
                        "the key '%.*s' occurs twice in this record",
                        STR_ARG(f->key));
            return false;
        }
    **last = f;
    *last = &f->next;
    t->n++;
    return true;
}

/* field = (word | string) ["?"] ":" type */
static struct field *parse_field(struct parser *p)
{
    struct field *f = arena_new(p->arena, struct field);
    f->loc = p->lex.token.loc;
    f->key = p->lex.token.text;
    if (p->lex.token.kind != TOKEN_NAME && p->lex.token.kind != TOKEN_STR) {
        parse_expected(p, "a key (a word or a plain string)");
        return NULL;
    }
    lexer_next(&p->lex);
    f->optional = parse_accept(p, TOKEN_QUESTION);
    if (!parse_accept(p, TOKEN_COLON)) {
        parse_unexpected(p,
                         f->loc.len > f->key.len
                             ? STR("; one of several strings is \"a\" | \"b\", "
                                   "a key of a record is written name: string")
                             : STR("; a key is written name: string"),
                         "':' and a type after the key");
        return NULL;
    }
    f->type = parse_type(p, true);
    return f;
}

enum {
    MOST_FIELDS = 256
};

/* record = "{" [field {"," field} [","]] "}" */
static struct type *parse_record(struct parser *p)
{
    struct loc open = p->lex.token.loc;
    struct type_record *t = type_new(p, sizeof *t, TYPE_RECORD, open.off);
    struct field **last = &t->fields;
    lexer_next(&p->lex);
    while (!parse_items_end(p, TOKEN_RBRACE)) {
        struct field *f = parse_field(p);
        if (!f)
            return type_bad(p);
        add_field(p, t, &last, f);
        if (t->n > MOST_FIELDS) {
            parse_error(p, DIAG_LIMIT, f->loc, "a record has at most %d keys",
                        MOST_FIELDS);
            return type_bad(p);
        }
        if (!parse_accept(p, TOKEN_COMMA))
            break;
    }
    return parse_close(p, TOKEN_RBRACE, open, true) ? type_done(p, t)
                                                    : type_bad(p);
}

/* --- members --- */

/* group = "(" type ["where" or] [string] ")" */
static struct type *parse_group(struct parser *p)
{
    struct loc open = p->lex.token.loc;
    lexer_next(&p->lex);
    struct type *t = parse_type_where(p);
    if (!parse_close(p, TOKEN_RPAREN, open, false))
        return type_bad(p);
    t->loc = loc_between(open.off, p->lex.prev_end);
    return t;
}

/* atom = word | literal | record | group */
static struct type *parse_atom(struct parser *p)
{
    struct type *t;
    if (!parse_enter(p, p->lex.token.loc))
        return type_bad(p);
    switch (p->lex.token.kind) {
    case TOKEN_NAME:
        t = parse_type_word(p);
        break;
    case TOKEN_STR:
    case TOKEN_INT:
    case TOKEN_MINUS:
        t = parse_literal(p);
        break;
    case TOKEN_LBRACE:
        t = parse_record(p);
        break;
    case TOKEN_LPAREN:
        t = parse_group(p);
        break;
    case TOKEN_PIECE:
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "a string in a type is plain, without @{…}");
        t = type_bad(p);
        break;
    default:
        parse_unexpected(p, hint_token(&p->lex, HINT_START, STR("")), "a type");
        t = type_bad(p);
    }
    parse_leave(p);
    return t;
}

/* "List[str]", "string[]", "list<int>", "enum("a")": what to write for each. */
static const char *generic(struct str word)
{
    static const struct {
        const char *word, *write;
    } known[] = {
        {"List", "list[T]"},
        {"Array", "list[T]"},
        {"array", "list[T]"},
        {"Sequence", "list[T]"},
        {"set", "list[T]"},
        {"Set", "list[T]"},
        {"Dict", "map[T]"},
        {"dict", "map[T]"},
        {"Map", "map[T]"},
        {"object", "map[T]"},
        {"Optional", "T?"},
        {"optional", "T?"},
        {"Maybe", "T?"},
        {"Union", "A | B"},
        {"union", "A | B"},
        {"Literal", "\"a\" | \"b\""},
        {"enum", "\"a\" | \"b\""},
        {"Enum", "\"a\" | \"b\""},
        {"choice", "\"a\" | \"b\""},
        {"oneof", "\"a\" | \"b\""},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(word, str_from(known[i].word)))
            return known[i].write;
    return NULL;
}

/* What stands directly after the type t, and cannot. */
static struct type *refuse_suffix(struct parser *p, const struct type *t)
{
    struct str word = str_slice(p->lex.text, t->loc.off, t->loc.len);
    const char *write = generic(word);
    p->report.hinted = true;
    if (t->kind == TYPE_NAME && p->file->type_uses.n)
        p->file->type_uses.n--;
    if (write)
        parse_error(p, DIAG_UNKNOWN_TYPE, t->loc,
                    "unknown type '%.*s'; write %s", STR_ARG(word), write);
    else if (t->kind == TYPE_LIST || t->kind == TYPE_MAP)
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "what is in a list or a map goes in [ ]: %.*s[T]",
                    STR_ARG(word));
    else
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "a list of these is written list[%.*s]", STR_ARG(word));
    return type_bad(p);
}

/* True if a bracket stands directly after t, without a blank. */
static bool has_suffix(const struct parser *p, const struct type *t)
{
    enum token_kind k = p->lex.token.kind;
    bool word = t->kind != TYPE_BAD && t->loc.len &&
                ascii_is_name_start(p->lex.text.ptr[t->loc.off]);
    return word && p->lex.prev_end == p->lex.token.loc.off &&
           (k == TOKEN_LBRACKET || k == TOKEN_LT ||
            (k == TOKEN_LPAREN && t->kind == TYPE_NAME));
}

/* T? is T | null. */
static struct type *or_null(struct parser *p, struct type *t)
{
    struct type_union *u = type_new(p, sizeof *u, TYPE_UNION, t->loc.off);
    u->members = t;
    t->next = type_new(p, sizeof(struct type), TYPE_NULL, p->lex.token.loc.off);
    t->next->loc = p->lex.token.loc;
    lexer_next(&p->lex);
    return type_done(p, u);
}

/* member = atom ["in" list] ["?"]; in: "in" belongs to the type. The list is a
 * name, an access, a call or a list: '|' and '?' after it are the type's. */
static struct type *parse_member(struct parser *p, bool in)
{
    struct type *t = parse_atom(p);
    if (has_suffix(p, t))
        return refuse_suffix(p, t);
    if (in && lexer_at_word(&p->lex, WORD_IN)) {
        struct type_in *i = type_new(p, sizeof *i, TYPE_IN, t->loc.off);
        lexer_next(&p->lex);
        i->of = t;
        i->list = parse_access_plain(p);
        t = type_done(p, i);
    }
    if (p->lex.token.kind == TOKEN_QUESTION && t->kind != TYPE_BAD)
        t = or_null(p, t);
    return t;
}

static bool is_doubled(const struct parser *p)
{
    return p->lex.token.kind == TOKEN_QUESTION ||
           p->lex.token.kind == TOKEN_COALESCE;
}

enum {
    MOST_MEMBERS = 1000
};

/* type = member {"|" member} */
static struct type *parse_union(struct parser *p, bool in)
{
    struct type *first = parse_member(p, in), **last = &first->next;
    uint32_t n = 1;
    if (p->lex.token.kind != TOKEN_PIPE)
        return first;
    struct type_union *u = type_new(p, sizeof *u, TYPE_UNION, first->loc.off);
    u->members = first;
    while (parse_accept(p, TOKEN_PIPE)) {
        if (++n > MOST_MEMBERS) {
            parse_error(p, DIAG_LIMIT, p->lex.token.loc,
                        "a type has at most %d members", MOST_MEMBERS);
            return type_bad(p);
        }
        *last = parse_member(p, in);
        last = &(*last)->next;
    }
    return type_done(p, u);
}

/* A type; what cannot follow one is reported. */
static struct type *parse_whole(struct parser *p, bool in, bool where)
{
    struct type *t = parse_union(p, in);
    if (is_doubled(p)) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "a type has at most one '?', which allows null");
        return type_bad(p);
    }
    if (!where && lexer_at_word(&p->lex, WORD_WHERE)) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "here a type with 'where' goes in round brackets: "
                    "(int where it > 0)");
        return type_bad(p);
    }
    return t;
}

/* "block", the current token, or what a parameter called "body" is without
 * saying so. */
struct type *parse_type_block(struct parser *p, struct loc loc)
{
    struct type *t = type_new(p, sizeof *t, TYPE_BLOCK, loc.off);
    t->loc = loc;
    if (lexer_at_word(&p->lex, (enum word)WORD_BLOCK))
        lexer_next(&p->lex);
    return t;
}

struct type *parse_type(struct parser *p, bool in)
{
    return parse_whole(p, in, false);
}

struct type *parse_type_after_is(struct parser *p)
{
    struct type *t = parse_member(p, false);
    if (t->kind == TYPE_NAME)
        ((struct type_name *)t)->after_is = true;
    if (p->lex.token.kind != TOKEN_PIPE && !is_doubled(p))
        return t;
    parse_error(p, DIAG_PIPE_AMBIGUOUS, p->lex.token.loc,
                "ambiguous after 'is': put brackets around the type, or around "
                "all of '… is …'");
    return type_bad(p);
}

/* --- conditions and descriptions --- */

static bool ends_in_string(const struct type *t)
{
    if (t->kind == TYPE_UNION)
        for (t = ((const struct type_union *)t)->members; t->next; t = t->next)
            continue;
    return t->kind == TYPE_LITERAL &&
           ((const struct type_literal *)t)->value->kind == EXPR_STR;
}

/* What was read last ends in a ')'. */
static bool is_in_brackets(const struct parser *p)
{
    uint32_t end = p->lex.prev_end;
    return end > 0 && p->lex.text.ptr[end - 1] == ')';
}

/* where = type ["where" or] [string] */
struct type *parse_type_where(struct parser *p)
{
    struct type *of = parse_whole(p, true, true);
    struct type_where *w = type_new(p, sizeof *w, TYPE_WHERE, of->loc.off);
    w->of = of;
    if (parse_accept_word(p, WORD_WHERE))
        w->condition = parse_expr_or(p, false);
    if (p->lex.token.kind == TOKEN_STR) {
        if (!w->condition && ends_in_string(of) && !is_in_brackets(p)) {
            parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                        "a string after a string: write '|' between them if "
                        "this is one more value");
            return type_bad(p);
        }
        w->description = p->lex.token.text;
        lexer_next(&p->lex);
    } else if (p->lex.token.kind == TOKEN_PIECE) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "a description is plain, without @{…}");
        return type_bad(p);
    }
    return w->condition || w->description.ptr ? type_done(p, w) : of;
}

/* type = "@type" name "=" where */
void parse_type_line(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc)
{
    (void)k;
    struct node_type *n = parse_node(p, sizeof *n, NODE_TYPE, loc);
    if (p->inner || p->conditional)
        parse_error(
            p, DIAG_MISPLACED, loc,
            "@type is only allowed at the level of the file, not in an @if "
            "either");
    n->doc = parse_doc(p, loc.off);
    n->name = parse_name(p, &n->name_loc, "type");
    if ((n->name >= WORD_ANY && n->name <= WORD_MAP) || n->name == WORD_BLOCK) {
        parse_error(p, DIAG_RESERVED_NAME, n->name_loc,
                    "'%s' is a type of the language",
                    name_of_word((enum word)n->name).ptr);
        n->name = NAME_NONE;
    }
    if (n->name == NAME_NONE ||
        !parse_expect(p, TOKEN_ASSIGN, HINT_TYPE, "after the name")) {
        parse_skip_line(p);
        return;
    }
    n->type = parse_type_where(p);
    parse_finish_line(p, "the type");
    type_add(p->arena, p->lex.names, p->file, n);
    parse_nodes_add(out, n);
}
