/* SPDX-License-Identifier: MIT */
/* @define: parameters, and the body. The definitions of the compiled-in library
 * are passed over, and read when they are called: a template uses a handful of
 * its hundreds of macros, and the tests have seen them all. How they are passed
 * over relies on how they are written: no comments between the parameters, no
 * values in strings there, no line of an expression that begins with '@'. */
#include "lang/parser_expr.h"
#include "lang/parser_text.h"
#include "lang/signature.h"

#include <string.h>

/* --- parameters --- */

/* parameter = name ["=" expr] | "*" name */
static bool parse_define_param(struct parser *p, struct param *out)
{
    memset(out, 0, sizeof *out);
    out->rest = expr_accept(p, TOKEN_STAR);
    out->name = directive_name(p, &out->loc, "parameter");
    if (out->name == NAME_NONE)
        return false;
    if (!out->rest && expr_accept(p, TOKEN_ASSIGN))
        out->value = parser_expr(p, false);
    return true;
}

static void add_define_param(struct parser *p, struct node_define *n,
                             uint32_t *cap, const struct param *param)
{
    for (uint32_t i = 0; i < n->nparams; i++)
        if (n->params[i].name == param->name)
            parser_error(p, DIAG_DUPLICATE_PARAMETER, param->loc,
                         "two parameters have the name '%.*s'",
                         STR_ARG(name_text(p->names, param->name)));
    if (n->nparams && n->params[n->nparams - 1].rest)
        parser_error(p, DIAG_MISPLACED, param->loc,
                     "the *rest parameter must be the last");
    if (n->nparams == MOST_PARAMS) {
        parser_error(p, DIAG_LIMIT, param->loc,
                     "a macro has at most %d parameters", MOST_PARAMS);
        return;
    }
    if (n->nparams == *cap)
        n->params = vec_grow(p->arena, n->params, cap, sizeof *n->params);
    n->params[n->nparams++] = *param;
}

/* parameters = "(" [parameter {"," parameter} [","]] ")" */
static bool parse_define_params(struct parser *p, struct node_define *n)
{
    struct param param;
    uint32_t cap = 0;
    if (!directive_expect(p, TOKEN_LPAREN, "behind the macro's name"))
        return false;
    while (p->token.kind != TOKEN_RPAREN) {
        if (!parse_define_param(p, &param))
            return false;
        add_define_param(p, n, &cap, &param);
        if (p->token.kind != TOKEN_COMMA)
            break;
        lexer_next(p);
    }
    return directive_expect(p, TOKEN_RPAREN, "or ',' in the parameters");
}

/* After a mistake in a definition: true if it seems to be "… ) = …", which has
 * no @end. */
static bool value_follows(const struct parser *p)
{
    uint32_t end = line_end(p, p->pos);
    for (uint32_t at = p->token.loc.off; at < end; at++) {
        if (p->text.ptr[at] != ')')
            continue;
        while (++at < end && ascii_is_blank(p->text.ptr[at]))
            continue;
        if (at < end && p->text.ptr[at] == '=')
            return true;
    }
    return false;
}

/* --- bodies --- */

/* What stands behind the parameters, the current token: "=" expr, or a block
 * and its "@end". */
static void parse_body(struct parser *p, struct node_define *n)
{
    if (expr_accept(p, TOKEN_ASSIGN)) {
        n->is_value = true;
        n->expr = parser_expr(p, false);
        line_finish(p, "the macro's value");
    } else {
        line_finish(p, "the parameters");
        n->body = directive_body(p, KEYWORD_DEFINE, n->n.loc);
    }
}

/* Moves behind the "@end" of the block whose first line is the next one. */
static void skip_block(struct parser *p)
{
    uint32_t end;
    for (uint32_t open = 1; open > 0 && p->pos < p->text.len; line_skip(p)) {
        enum keyword k = line_keyword(p, p->pos, &end);
        if (k == KEYWORD_END)
            open--;
        else if (k == KEYWORD_IF || k == KEYWORD_FOR || k == KEYWORD_CALL ||
                 k == KEYWORD_JOIN || k == KEYWORD_DEFER || k == KEYWORD_RAW)
            open++;
    }
}

/* Moves behind the lines of an expression. */
static void skip_value(struct parser *p)
{
    while (p->pos < p->text.len && p->text.ptr[p->pos] != '@' &&
           p->text.ptr[p->pos] != '\n')
        line_skip(p);
}

/* Moves behind the ")" of parameters, from behind their "(". */
static void skip_params(struct parser *p)
{
    for (uint32_t open = 1; open > 0 && p->pos < p->text.len; p->pos++) {
        char c = p->text.ptr[p->pos];
        if (c == '(' || c == '[' || c == '{')
            open++;
        else if (c == ')' || c == ']' || c == '}')
            open--;
        else if (c == '"' || c == '\'')
            for (p->pos++; p->text.ptr[p->pos] != c; p->pos++)
                p->pos += p->text.ptr[p->pos] == '\\' && c == '"';
    }
}

/* The current token is the "(". */
static void skip_define(struct parser *p, struct node_define *n)
{
    n->unread = p->token.loc.off;
    skip_params(p);
    n->is_value = str_starts(
        str_trim(str_slice(p->text, p->pos, line_end(p, p->pos) - p->pos)),
        STR("="));
    line_skip(p);
    if (n->is_value)
        skip_value(p);
    else
        skip_block(p);
}

bool parser_read_define(struct arena *arena, struct names *names,
                        struct diags *diags, struct source *source,
                        struct node_define *n)
{
    struct parser p;
    struct file file = {.source = source};
    uint32_t errors = diags->errors;
    if (!n->unread)
        return true;
    parser_init(&p, arena, names, diags, source);
    p.file = &file;
    p.pos = n->unread;
    n->nparams = 0;
    lexer_next(&p);
    if (parse_define_params(&p, n))
        parse_body(&p, n);
    if (diags->errors != errors)
        return false;
    n->unread = 0;
    return true;
}

/* define = "@define" name parameters ("=" expr | block "@end") */
void define_parse(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_define *n = node_new(p, sizeof *n, NODE_DEFINE, loc);
    directive_misplaced(p, loc, "@define");
    n->doc = directive_doc(p, loc.off);
    n->conditional = p->conditional > 0;
    n->name = directive_name(p, &n->name_loc, "macro");
    if (p->source->kind == SOURCE_COMPILED) {
        skip_define(p, n);
    } else if (parse_define_params(p, n)) {
        parse_body(p, n);
    } else {
        bool is_value = value_follows(p);
        parser_skip_line(p);
        line_skip(p);
        if (is_value)
            return;
        n->body = directive_body(p, KEYWORD_DEFINE, loc);
    }
    if (n->name == NAME_NONE)
        return;
    vec_push(p->arena, &p->file->defines, n);
    nodes_add(out, n);
}
