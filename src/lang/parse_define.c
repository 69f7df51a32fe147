/* SPDX-License-Identifier: MIT */
/* @define: the parameters, and the body. */
#include "lang/parse.h"
#include "lang/signature.h"
#include "lang/type.h"

/* --- parameters --- */

/* [":" ("block" | type)]; a parameter called "body" is a block. */
static void parse_param_type(struct parser *p, struct param *out)
{
    struct loc loc = p->lex.token.loc;
    bool is_body = out->name == (name_id)WORD_BODY && !out->rest;
    if (parse_accept(p, TOKEN_COLON)) {
        loc = p->lex.token.loc;
        if (lexer_at_word(&p->lex, (enum word)WORD_BLOCK) && !out->rest)
            out->type = parse_type_block(p, loc);
        else
            out->type = parse_type(p, true);
        if (is_body && out->type->kind != TYPE_BLOCK)
            parse_error(p, DIAG_SYNTAX, loc,
                        "the parameter 'body' is the block of @call, and has "
                        "no other type than 'block'");
    } else if (is_body) {
        out->type = parse_type_block(p, out->loc);
    }
}

/* parameter = ["*" ["*"]] name [":" type] ["=" expr] */
static bool parse_define_param(struct parser *p, struct param *out)
{
    *out = (struct param){0};
    if (parse_accept(p, TOKEN_STAR))
        out->rest = parse_accept(p, TOKEN_STAR) ? REST_MAP : REST_LIST;
    out->name = parse_name(p, &out->loc, "parameter");
    if (out->name == NAME_NONE)
        return false;
    parse_bind(p, out->name, out->loc);
    parse_param_type(p, out);
    if (!out->rest && parse_accept(p, TOKEN_ASSIGN))
        out->value = parse_expr(p, false, false);
    out->optional = out->value != NULL;
    return true;
}

typedef VEC(struct param) param_list;

static void add_define_param(struct parser *p, param_list *list,
                             const struct param *param)
{
    struct str name = name_text(p->lex.names, param->name);
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i].name == param->name)
            parse_error(p, DIAG_DUPLICATE_PARAMETER, param->loc,
                        "two parameters have the name '%.*s'", STR_ARG(name));
    enum rest last =
        list->n ? (enum rest)list->at[list->n - 1].rest : REST_NONE;
    if (last == REST_MAP || (last == REST_LIST && param->rest != REST_MAP))
        parse_error(p, DIAG_MISPLACED, param->loc,
                    last == REST_MAP
                        ? "the **rest parameter must be the last: write it "
                          "after this one"
                        : "the *rest parameter must be the last, but for a "
                          "**rest");
    if (list->n == MOST_PARAMS)
        parse_error(p, DIAG_LIMIT, param->loc,
                    "a macro has at most %d parameters", MOST_PARAMS);
    else
        vec_push(p->arena, list, *param);
}

/* parameters = "(" [parameter {"," parameter} [","]] ")" */
bool parse_define_params(struct parser *p, struct node_define *n)
{
    struct param param;
    param_list list = {NULL, 0, 0};
    enum hint_place place = HINT_AFTER;
    uint32_t from = n->name_loc.off, end = from + n->name_loc.len;
    if (!parse_expect(p, TOKEN_LPAREN, HINT_DEFINE, "after the name"))
        return false;
    while (p->lex.token.kind != TOKEN_RPAREN) {
        if (!parse_define_param(p, &param))
            return false;
        place = param.value ? HINT_DEFAULT : HINT_AFTER;
        add_define_param(p, &list, &param);
        end = p->lex.prev_end;
        if (p->lex.token.kind != TOKEN_COMMA)
            break;
        lexer_next(&p->lex);
    }
    n->signature = (struct signature){list.at, list.n,
                                      str_slice(p->lex.text, from, end - from)};
    if (p->lex.token.kind == TOKEN_NAME)
        parse_unexpected(p,
                         STR("; a type comes after the name, as in x: int, "
                             "and a comma between parameters"),
                         "')' or ',' in the parameters");
    return p->lex.token.kind != TOKEN_NAME &&
           parse_expect(p, TOKEN_RPAREN, place, "or ',' in the parameters");
}

/* After a mistake in a definition: true if it seems to be "… ) = …" or
 * "@define x 1", which have no @end. */
static bool value_follows(const struct parser *p, const struct node_define *n)
{
    uint32_t from = p->lex.token.loc.off;
    uint32_t end = parse_line_end(p, p->lex.pos);
    bool after_name = p->lex.prev_end == n->name_loc.off + n->name_loc.len;
    if (after_name &&
        (p->lex.token.kind == TOKEN_STR || p->lex.token.kind == TOKEN_INT ||
         p->lex.token.kind == TOKEN_ASSIGN))
        return true;
    struct str line = str_slice(p->lex.text, from, end - from);
    for (size_t at = 0; (at = str_chr(line, ')', at)) != STR_NONE;) {
        at = str_span(line, at + 1, ASCII_BLANK);
        if (str_starts(str_from_off(line, at), STR("=")))
            return true;
    }
    return false;
}

/* --- bodies --- */

static struct node *body_of(struct parser *p, struct node_define *n,
                            enum keyword k)
{
    struct node_define *outer = p->define;
    p->define = n;
    struct node *body = parse_body(p, k, n->n.loc);
    p->define = outer;
    return body;
}

static struct expr *value_of(struct parser *p, struct node_define *n)
{
    struct node_define *outer = p->define;
    p->define = n;
    struct expr *e = parse_expr(p, false, false);
    p->define = outer;
    return e;
}

/* What follows the parameters, the current token: "=" expr, or a block
 * and its "@end". */
static void parse_rest(struct parser *p, struct node_define *n, enum keyword k)
{
    if (k == KEYWORD_FUNCTION && p->lex.token.kind == TOKEN_ASSIGN)
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "a function in one line is written @define %.*s) = …",
                    STR_ARG(n->signature.written));
    if (parse_accept(p, TOKEN_ASSIGN)) {
        n->n.flag = DEFINE_VALUE;
        n->expr = value_of(p, n);
        parse_finish_line(p, "the macro's value");
    } else {
        parse_finish_line_at(p, "the parameters", HINT_RESULT);
        n->body = body_of(p, n, k);
    }
}

/* What follows "Deprecated:" at the start of a line of doc; or ptr NULL. */
static struct str deprecation(struct str doc)
{
    struct str line, word = STR("Deprecated:");
    for (size_t at = 0; at < doc.len; at += line.len + 1) {
        line = str_part(doc, at, '\n');
        struct str text = str_trim(str_from_off(str_trim(line), 2));
        if (str_starts(text, word))
            return str_trim(str_from_off(text, word.len));
    }
    return STR_ABSENT;
}

struct node_define *parse_definition(struct parser *p, struct nodes *out,
                                     enum keyword k, struct loc loc)
{
    struct node_define *n = parse_node(p, sizeof *n, NODE_DEFINE, loc);
    bool is_define = k == KEYWORD_DEFINE;
    parse_file_level(p, loc, is_define ? "@define" : "@function");
    n->n.flag = is_define ? DEFINE_TEXT : DEFINE_FUNCTION;
    n->doc = parse_doc(p, loc.off);
    n->deprecated = deprecation(n->doc);
    n->conditional = p->conditional > 0;
    n->name = parse_name(p, &n->name_loc, is_define ? "macro" : "function");
    bool nameless = n->name == NAME_NONE && p->lex.token.kind != TOKEN_LPAREN;
    if (!nameless && parse_define_params(p, n)) {
        parse_rest(p, n, k);
    } else {
        bool is_value = is_define && value_follows(p, n);
        parse_skip_line(p);
        if (is_value)
            return NULL;
        n->body = body_of(p, n, k);
    }
    if (n->name == NAME_NONE)
        return NULL;
    vec_push(p->arena, &p->file->defines, n);
    parse_nodes_add(out, n);
    return n;
}

/* define = "@define" name parameters ("=" expr | block "@end") */
void parse_define(struct parser *p, struct nodes *out, enum keyword k,
                  struct loc loc)
{
    parse_definition(p, out, k, loc);
}
