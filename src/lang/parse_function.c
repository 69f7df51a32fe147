/* SPDX-License-Identifier: MIT */
/* @function, whose body is made of directives alone, and the lines that may
 * have a guard: @return, @error, @warn. */
#include "lang/parse.h"

/* --- guards --- */

/* guarded = expr ["if" or]; before a guard a conditional needs brackets. */
static struct expr *parse_guarded(struct parser *p, struct expr **guard)
{
    struct expr *e = parse_expr(p, true, false);
    struct expr_cond *c = (struct expr_cond *)e;
    if (e->kind != EXPR_COND || c->otherwise)
        return e;
    *guard = c->cond;
    return c->then;
}

/* return = "@return" guarded */
void parse_return(struct parser *p, struct nodes *out, enum keyword k,
                  struct loc loc)
{
    (void)k;
    struct node_return *n = parse_node(p, sizeof *n, NODE_RETURN, loc);
    bool misplaced = !p->define || p->define->n.flag != DEFINE_FUNCTION;
    if (misplaced)
        parse_error(p, DIAG_MISPLACED, loc,
                    p->define ? "@return is only allowed in an @function; an "
                                "@define gives its text: write it without "
                                "@return, or begin it with @function"
                              : "@return is only allowed in an @function");
    n->expr = parse_guarded(p, &n->guard);
    parse_finish_line(p, "the value");
    if (!misplaced)
        parse_nodes_add(out, n);
}

/* The parameter that is named after "at", the current token. */
static const struct param *parse_blamed(struct parser *p)
{
    const struct signature *s = p->define ? &p->define->signature : NULL;
    struct loc loc;
    name_id name = parse_name(p, &loc, "parameter");
    if (name == NAME_NONE)
        return NULL;
    for (uint32_t i = 0; s && i < s->n; i++)
        if (s->params[i].name == name)
            return &s->params[i];
    parse_error(p, DIAG_SYNTAX, loc,
                s ? "'at' takes a parameter of this macro"
                  : "'at' takes a parameter, so it is only allowed in a macro");
    return NULL;
}

/* message = ("@error" | "@warn") (guarded | expr "at" name ["if" or]) */
void parse_message(struct parser *p, struct nodes *out, enum keyword k,
                   struct loc loc)
{
    struct node_message *n = parse_node(p, sizeof *n, NODE_MESSAGE, loc);
    n->n.flag = k == KEYWORD_ERROR;
    if (lexer_at_word(&p->lex, WORD_IF)) {
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "the message comes first: @%s \"…\" if CONDITION",
                    keyword_text(k));
        parse_skip_line(p);
        return;
    }
    n->expr = parse_guarded(p, &n->guard);
    if (!n->guard && parse_accept_word(p, (enum word)WORD_AT)) {
        n->param = parse_blamed(p);
        if (parse_accept_word(p, WORD_IF))
            n->guard = parse_expr_or(p, false);
    }
    parse_finish_line(p, "the message");
    parse_nodes_add(out, n);
}

/* --- functions --- */

static bool is_blank(struct str text)
{
    return str_trim(text).len == 0;
}

enum {
    LONG_LINE = 60 /* is not repeated in a message */
};

/* What to write for a line of text: "@return …". */
static struct str as_return(struct parser *p, struct str line)
{
    size_t word = str_span(line, 0, ASCII_NAME_START | ASCII_DIGIT);
    struct str first = str_slice(line, 0, word);
    struct str rest = str_trim(str_from_off(line, word));
    bool binds = rest.len > 1 && rest.ptr[0] == '=' && rest.ptr[1] != '=';
    if (str_starts(line, STR("#")))
        return STR("comments with @#");
    if (line.len > LONG_LINE)
        return STR("@return \"…\"");
    if (word && rest.len &&
        keyword_of(name_find(p->lex.names, first)) != KEYWORD_NONE)
        return ARENA_CONCAT(p->arena, STR("@"), line);
    if (word && binds)
        return ARENA_CONCAT(p->arena, STR("@let "), line, STR(", or @set "),
                            line);
    if (str_starts(line, STR("@{")) && str_chr(line, '}', 0) == line.len - 1)
        return ARENA_CONCAT(p->arena, STR("@return "),
                            str_slice(line, 2, line.len - 3));
    if (str_starts(line, STR("\"")))
        return ARENA_CONCAT(p->arena, STR("@return "), line);
    if (str_chr(line, '"', 0) != STR_NONE || str_chr(line, '\\', 0) != STR_NONE)
        return STR("@return \"…\"");
    return ARENA_CONCAT(p->arena, STR("@return \""), line, STR("\""));
}

/* True for what would be output: text, and values in it. */
static bool is_output(const struct node *n)
{
    return n->kind == NODE_TEXT || n->kind == NODE_VALUE ||
           (n->kind == NODE_INSERT && n->flag == INSERT_VALUE);
}

static void refuse_text(struct parser *p, const struct node *n)
{
    struct str text = p->lex.text;
    uint32_t at = n->loc.off;
    while (ascii_is_blank(text.ptr[at]) || text.ptr[at] == '\r' ||
           text.ptr[at] == '\n')
        at++;
    size_t from = str_line_start(text, at);
    struct str line = str_trim(str_part(text, from, '\n'));
    struct str write = as_return(p, line);
    at = (uint32_t)(line.ptr - text.ptr);
    parse_error(p, DIAG_MISPLACED, loc_between(at, at + (uint32_t)line.len),
                "a function works out a value, and has no text: write %.*s, or "
                "make it an @define",
                STR_ARG(write));
}

static struct node *only_directives(struct parser *p, struct node *body);

/* False if n is to be left out. */
static bool check_node(struct parser *p, struct node *n)
{
    switch (n->kind) {
    case NODE_IF: {
        struct arm *a = ((struct node_if *)n)->arms;
        for (; a; a = a->next)
            a->body = only_directives(p, a->body);
        return true;
    }
    case NODE_FOR:
        ((struct node_for *)n)->body =
            only_directives(p, ((struct node_for *)n)->body);
        return true;
    case NODE_LET:
    case NODE_UNPACK:
    case NODE_SET:
    case NODE_RETURN:
    case NODE_MESSAGE:
        return true;
    case NODE_DEFINE: /* reported */
    case NODE_PARAM:
    case NODE_TYPE:
        return false;
    default:
        parse_error(p, DIAG_MISPLACED, n->loc,
                    "a function holds only @let, @set, @if, @for, @return, "
                    "@error and @warn");
        return false;
    }
}

/* The body without its blank lines. */
static struct node *only_directives(struct parser *p, struct node *body)
{
    struct nodes out;
    bool said = false; /* of the text that n goes on with */
    parse_nodes_init(&out);
    while (body) {
        struct node *n = body;
        body = n->next;
        n->next = NULL;
        if (n->kind == NODE_TEXT && is_blank(((struct node_text *)n)->text))
            continue;
        if (is_output(n) && !said)
            refuse_text(p, n);
        said = is_output(n);
        if (!said && check_node(p, n))
            parse_nodes_add(&out, n);
    }
    return out.first;
}

/* function = "@function" name parameters block "@end" */
void parse_function(struct parser *p, struct nodes *out, enum keyword k,
                    struct loc loc)
{
    struct node_define *n = parse_definition(p, out, k, loc);
    if (n && n->n.flag == DEFINE_FUNCTION)
        n->body = only_directives(p, n->body);
}
