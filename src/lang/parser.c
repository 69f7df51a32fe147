/* SPDX-License-Identifier: MIT */
/* Directives: one function for each, its grammar as the first comment. A
 * directive with a mistake is reported and still opens its block, so that the
 * @end further down finds its partner. */
#include "lang/parser.h"

#include "base/utf8.h"
#include "lang/parser_expr.h"
#include "lang/parser_text.h"

#include <string.h>

/* --- lines and words --- */

void line_finish(struct parser *p, const char *what)
{
    if (p->token.kind != TOKEN_EOL && p->token.kind != TOKEN_EOF) {
        if (p->token.kind != TOKEN_BAD)
            parser_error(p, DIAG_SYNTAX, p->token.loc,
                         "unexpected %.*s behind %s", STR_ARG(token_seen(p)),
                         what);
        parser_skip_line(p);
    }
    p->brackets = 0;
    line_skip(p);
}

bool directive_expect(struct parser *p, enum token_kind kind, const char *where)
{
    if (expr_accept(p, kind))
        return true;
    if (p->token.kind != TOKEN_BAD)
        parser_error(p, DIAG_SYNTAX, p->token.loc, "expected %s %s, not %.*s",
                     token_name(kind), where, STR_ARG(token_seen(p)));
    return false;
}

name_id directive_name(struct parser *p, struct loc *loc, const char *what)
{
    *loc = p->token.loc;
    if (p->token.kind != TOKEN_NAME) {
        if (p->token.kind != TOKEN_BAD)
            parser_error(p, DIAG_SYNTAX, p->token.loc,
                         "expected the name of a %s, not %s", what,
                         token_name(p->token.kind));
        return NAME_NONE;
    }
    name_id name = p->token.name;
    if (name_is_reserved(p->names, name)) {
        parser_error(p, DIAG_RESERVED_NAME, *loc,
                     "'%.*s' is a word of the language and cannot name a %s",
                     STR_ARG(p->token.text), what);
        lexer_next(p);
        return NAME_NONE;
    }
    lexer_next(p);
    return name;
}

/* Nothing more is said about this line. */
static void skip_rest(struct parser *p)
{
    if (p->token.kind != TOKEN_EOL && p->token.kind != TOKEN_EOF)
        parser_skip_line(p);
}

/* A plain string literal; ptr NULL after an error. */
static struct str plain_string(struct parser *p, struct loc *loc,
                               const char *what)
{
    struct str text = {NULL, 0};
    *loc = p->token.loc;
    if (p->token.kind == TOKEN_STR) {
        text = p->token.text;
        lexer_next(p);
    } else if (p->token.kind != TOKEN_BAD) {
        parser_error(p, DIAG_SYNTAX, p->token.loc,
                     "expected %s as a plain string in quotes, not %.*s", what,
                     STR_ARG(token_seen(p)));
        skip_rest(p);
    }
    return text;
}

void directive_misplaced(struct parser *p, struct loc loc, const char *what)
{
    if (p->inner)
        parser_error(p, DIAG_MISPLACED, loc,
                     "%s stands only at the level of the file (an @if around "
                     "it is fine)",
                     what);
}

struct str directive_doc(const struct parser *p, uint32_t at)
{
    struct str none = {NULL, 0};
    while (at > 0 && ascii_is_blank(p->text.ptr[at - 1]))
        at--;
    if (p->doc_to != at || p->doc_from == p->doc_to)
        return none;
    return str_slice(p->text, p->doc_from, p->doc_to - p->doc_from);
}

/* --- blocks --- */

static void where(struct parser *p, struct loc loc, uint32_t *line)
{
    uint32_t col;
    source_locate(p->source, loc.off, line, &col);
}

/* Reads the rest of an "@end [label]" line, or says that it is missing. */
static void block_end(struct parser *p, enum keyword k, struct loc opener)
{
    uint32_t line;
    if (p->stop == KEYWORD_END) {
        p->pos = p->stop_loc.off + p->stop_loc.len;
        p->brackets = 0;
        lexer_next(p);
        if (p->token.kind == TOKEN_NAME) {
            if (keyword_of(p->token.name) != k) {
                where(p, opener, &line);
                parser_error(p, DIAG_UNEXPECTED_END, p->token.loc,
                             "'@end %.*s' stands where the @%s of line %u ends",
                             STR_ARG(p->token.text), keyword_text(k), line);
            }
            lexer_next(p);
        }
        line_finish(p, "@end");
    } else {
        where(p, opener, &line);
        parser_error(
            p, DIAG_UNCLOSED,
            p->stop == KEYWORD_NONE
                ? loc_between((uint32_t)p->text.len, (uint32_t)p->text.len)
                : p->stop_loc,
            "expected @end to close @%s at %.*s:%u", keyword_text(k),
            STR_ARG(p->source->name), line);
        if (p->stop != KEYWORD_NONE)
            line_skip(p);
    }
    p->stop = KEYWORD_NONE;
}

struct node *directive_body(struct parser *p, enum keyword k, struct loc opener)
{
    struct node *body = NULL;
    if (!parser_enter(p, opener)) {
        p->pos = (uint32_t)p->text.len;
        return NULL;
    }
    p->inner++;
    for (;;) {
        struct node *more = text_block(p);
        if (!body)
            body = more;
        if (p->stop != KEYWORD_ELSE && p->stop != KEYWORD_ELIF)
            break;
        parser_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                     "@%s belongs to an @if, but the innermost open block is "
                     "@%s",
                     keyword_text(p->stop), keyword_text(k));
        line_skip(p);
    }
    p->inner--;
    parser_leave(p);
    block_end(p, k, opener);
    return body;
}

/* if = "@if" expr block {"@elif" expr block} ["@else" block] "@end" */
static void parse_if(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_if *n = node_new(p, sizeof *n, NODE_IF, loc);
    struct arm **last = &n->arms;
    bool had_else = false;
    if (!parser_enter(p, loc)) {
        p->pos = (uint32_t)p->text.len;
        return;
    }
    p->conditional++;
    for (enum keyword k = KEYWORD_IF;; k = p->stop) {
        struct arm *arm = arena_new(p->arena, struct arm);
        if (k != KEYWORD_IF) {
            p->pos = p->stop_loc.off + p->stop_loc.len;
            p->brackets = 0;
            lexer_next(p);
            if (had_else)
                parser_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                             "@%s behind the @else of the same @if",
                             keyword_text(k));
        }
        if (k == KEYWORD_ELSE)
            had_else = true;
        else
            arm->cond = parser_expr(p, false);
        line_finish(p, k == KEYWORD_ELSE ? "@else" : "the condition");
        arm->body = text_block(p);
        *last = arm;
        last = &arm->next;
        if (p->stop != KEYWORD_ELIF && p->stop != KEYWORD_ELSE)
            break;
    }
    p->conditional--;
    parser_leave(p);
    block_end(p, KEYWORD_IF, loc);
    nodes_add(out, n);
}

/* for = "@for" name ["," name] "in" expr block "@end" */
static void parse_for(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_for *n = node_new(p, sizeof *n, NODE_FOR, loc);
    n->var = directive_name(p, &n->var_loc, "variable");
    n->var2 = NAME_NONE;
    if (expr_accept(p, TOKEN_COMMA))
        n->var2 = directive_name(p, &n->var2_loc, "variable");
    if (expr_accept_word(p, WORD_IN)) {
        n->in = parser_expr_or(p);
        line_finish(p, "what @for walks");
    } else {
        if (n->var != NAME_NONE)
            parser_error(p, DIAG_SYNTAX, p->token.loc,
                         "expected 'in' behind the variable of @for, not %.*s",
                         STR_ARG(token_seen(p)));
        parser_skip_line(p);
        line_skip(p);
    }
    n->body = directive_body(p, KEYWORD_FOR, loc);
    nodes_add(out, n);
}

/* block = "@file" expr | "@join" expr | "@defer", its body, "@end" */
static void parse_block(struct parser *p, struct nodes *out, enum keyword k,
                        enum node_kind kind, struct loc loc)
{
    struct node_block *n = node_new(p, sizeof *n, kind, loc);
    if (k != KEYWORD_DEFER)
        n->expr = parser_expr(p, false);
    line_finish(p, k == KEYWORD_FILE   ? "the path of @file"
                   : k == KEYWORD_JOIN ? "the separator of @join"
                                       : "@defer");
    n->body = directive_body(p, k, loc);
    nodes_add(out, n);
}

/* True if the line at `at` is "@end" or "@end raw". */
static bool ends_raw(struct parser *p, uint32_t at)
{
    uint32_t end;
    if (line_keyword(p, at, &end) != KEYWORD_END)
        return false;
    struct str rest = str_trim(str_slice(p->text, end, line_end(p, end) - end));
    size_t comment = str_chr(rest, '#', 0);
    if (comment != STR_NONE)
        rest = str_trim(str_slice(rest, 0, comment));
    return rest.len == 0 || str_eq(rest, STR("raw"));
}

/* raw = "@raw", lines as they are, "@end" ["raw"] */
static void parse_raw(struct parser *p, struct nodes *out, struct loc loc)
{
    line_finish(p, "@raw");
    uint32_t from = p->pos, line;
    while (p->pos < p->text.len && !ends_raw(p, p->pos))
        line_skip(p);
    if (p->pos == p->text.len) {
        where(p, loc, &line);
        parser_error(p, DIAG_UNCLOSED, loc_between(p->pos, p->pos),
                     "expected @end to close @raw at %.*s:%u",
                     STR_ARG(p->source->name), line);
    }
    struct node_text *n =
        node_new(p, sizeof *n, NODE_RAW, loc_between(from, p->pos));
    n->text = str_slice(p->text, from, p->pos - from);
    nodes_add(out, n);
    line_skip(p);
}

/* --- bindings --- */

/* let = ("@let" | "@set") name "=" expr */
static void parse_let(struct parser *p, struct nodes *out, enum keyword k,
                      struct loc loc)
{
    bool is_let = k == KEYWORD_LET;
    struct node_let *n =
        node_new(p, sizeof *n, is_let ? NODE_LET : NODE_SET, loc);
    n->name = directive_name(p, &n->name_loc, "variable");
    if (n->name != NAME_NONE &&
        directive_expect(p, TOKEN_ASSIGN, "behind the name")) {
        n->expr = parser_expr(p, false);
        line_finish(p, "the value");
        nodes_add(out, n);
    } else {
        parser_skip_line(p);
        line_skip(p);
    }
}

/* param = "@param" name ["=" coalesce] ["in" expr] */
static void parse_param(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_param *n = node_new(p, sizeof *n, NODE_PARAM, loc);
    directive_misplaced(p, loc, "@param");
    n->doc = directive_doc(p, loc.off);
    n->name = directive_name(p, &n->name_loc, "parameter");
    if (n->name != NAME_NONE) {
        if (expr_accept(p, TOKEN_ASSIGN))
            n->value = parser_expr_default(p);
        if (expr_accept_word(p, WORD_IN))
            n->choices = parser_expr(p, false);
        line_finish(p, "the parameter");
        vec_push(p->arena, &p->file->params, n);
        nodes_add(out, n);
    } else {
        parser_skip_line(p);
        line_skip(p);
    }
}

/* --- calls with a block --- */

/* callee = name ["." name] args */
static struct expr *parse_callee(struct parser *p)
{
    struct expr_call *c = arena_new(p->arena, struct expr_call);
    uint32_t from = p->token.loc.off;
    c->e.kind = EXPR_CALL;
    c->module = NAME_NONE;
    for (int part = 0; part < 2; part++) {
        if (p->token.kind != TOKEN_NAME) {
            directive_expect(p, TOKEN_NAME, "of a macro");
            return NULL;
        }
        c->module = part ? c->name : NAME_NONE;
        c->name = p->token.name;
        c->name_loc = loc_between(from, p->token.loc.off + p->token.loc.len);
        lexer_next(p);
        if (part || !expr_accept(p, TOKEN_DOT))
            break;
    }
    if (p->token.kind != TOKEN_LPAREN) {
        directive_expect(p, TOKEN_LPAREN, "behind the macro's name");
        return NULL;
    }
    if (!parser_args(p, c, NULL))
        return NULL;
    c->e.loc = loc_between(from, p->prev_end);
    return &c->e;
}

/* call = "@call" callee block "@end" */
static void parse_call(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_insert *n = node_new(p, sizeof *n, NODE_INSERT, loc);
    uint32_t line = loc.off;
    n->n.flag = INSERT_CALL;
    while (line > 0 && ascii_is_blank(p->text.ptr[line - 1]))
        line--;
    n->indent = loc.off - line;
    n->expr = parse_callee(p);
    if (n->expr) {
        lexer_next(p);
        n->n.loc = loc_between(loc.off, n->expr->loc.off + n->expr->loc.len);
        line_finish(p, "the call");
    } else {
        parser_skip_line(p);
        line_skip(p);
    }
    n->body = directive_body(p, KEYWORD_CALL, loc);
    insert_done(p, n);
    nodes_add(out, n);
}

/* --- files --- */

/* include = ("@include" | "@sinclude") expr */
static void parse_include(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    struct node_include *n = node_new(p, sizeof *n, NODE_INCLUDE, loc);
    n->n.flag = k == KEYWORD_SINCLUDE;
    n->path = parser_expr(p, false);
    line_finish(p, "the path");
    vec_push(p->arena, &p->file->includes, n);
    nodes_add(out, n);
}

/* The name that an import without "as" binds: the last part of the path. */
static void name_of_import(struct parser *p, struct node_import *n)
{
    if (n->path.len == 0 || str_has_nul(n->path)) {
        parser_error(p, DIAG_BAD_PATH, n->path_loc,
                     n->path.len ? "a path cannot hold a NUL byte"
                                 : "the path is empty");
        return;
    }
    size_t slash = str_rchr(n->path, '/');
    struct str last =
        slash == STR_NONE ? n->path : str_from_off(n->path, slash + 1);
    if (str_ends(last, STR(".spp")))
        last.len -= 4;
    bool good = last.len > 0 && ascii_is_name_start(last.ptr[0]);
    for (size_t i = 0; i < last.len; i++)
        good = good && ascii_is_name(last.ptr[i]);
    name_id name = good ? name_intern(p->names, last) : NAME_NONE;
    if (good && !name_is_reserved(p->names, name)) {
        n->name = name;
        n->name_loc = n->path_loc;
        return;
    }
    parser_error(p, DIAG_SYNTAX, n->path_loc,
                 "'%.*s' is %s; say which one to use: @import \"%.*s\" as NAME",
                 STR_ARG(last), good ? "a word of the language" : "no name",
                 STR_ARG(n->path));
}

/* Words that mean something here only. */
static bool accept_text(struct parser *p, struct str word)
{
    if (p->token.kind != TOKEN_NAME || !str_eq(p->token.text, word))
        return false;
    lexer_next(p);
    return true;
}

/* import = "@import" string {"version" string | "as" name} */
static void parse_import(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_import *n = node_new(p, sizeof *n, NODE_IMPORT, loc);
    n->name = NAME_NONE;
    n->path = plain_string(p, &n->path_loc, "the library's path");
    if (!n->path.ptr) {
        parser_skip_line(p);
        line_skip(p);
        return;
    }
    bool named = false;
    for (;;) {
        if (accept_text(p, STR("version"))) {
            n->version = plain_string(p, &n->version_loc, "the version");
        } else if (accept_text(p, STR("as"))) {
            n->name = directive_name(p, &n->name_loc, "library");
            if (n->name == NAME_NONE)
                skip_rest(p);
            named = true;
        } else {
            break;
        }
    }
    if (!named && (p->token.kind == TOKEN_EOL || p->token.kind == TOKEN_EOF))
        name_of_import(p, n);
    line_finish(p, "the library's path, which is a plain string");
    vec_push(p->arena, &p->file->imports, n);
    nodes_add(out, n);
}

/* library = "@library" string ["version" string] */
static void parse_library(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_library *n = node_new(p, sizeof *n, NODE_LIBRARY, loc);
    struct loc name_loc;
    if (p->any_directive || p->inner || p->conditional)
        parser_error(p, DIAG_MISPLACED, loc,
                     "@library must be the first directive of the file");
    n->name = plain_string(p, &name_loc, "the library's name");
    if (n->name.ptr && accept_text(p, STR("version")))
        n->version = plain_string(p, &n->version_loc, "the version");
    line_finish(p, "@library");
    if (!p->file->library)
        p->file->library = n;
    nodes_add(out, n);
}

/* message = ("@error" | "@warn") expr */
static void parse_message(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    struct node_message *n = node_new(p, sizeof *n, NODE_MESSAGE, loc);
    n->n.flag = k == KEYWORD_ERROR;
    n->expr = parser_expr(p, false);
    line_finish(p, "the message");
    nodes_add(out, n);
}

void directive_parse(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc)
{
    p->brackets = 0;
    lexer_next(p);
    if (k == KEYWORD_LET || k == KEYWORD_SET)
        parse_let(p, out, k, loc);
    else if (k == KEYWORD_IF)
        parse_if(p, out, loc);
    else if (k == KEYWORD_FOR)
        parse_for(p, out, loc);
    else if (k == KEYWORD_DEFINE)
        define_parse(p, out, loc);
    else if (k == KEYWORD_CALL)
        parse_call(p, out, loc);
    else if (k == KEYWORD_INCLUDE || k == KEYWORD_SINCLUDE)
        parse_include(p, out, k, loc);
    else if (k == KEYWORD_IMPORT)
        parse_import(p, out, loc);
    else if (k == KEYWORD_LIBRARY)
        parse_library(p, out, loc);
    else if (k == KEYWORD_FILE)
        parse_block(p, out, k, NODE_FILE, loc);
    else if (k == KEYWORD_JOIN)
        parse_block(p, out, k, NODE_JOIN, loc);
    else if (k == KEYWORD_DEFER)
        parse_block(p, out, k, NODE_DEFER, loc);
    else if (k == KEYWORD_PARAM)
        parse_param(p, out, loc);
    else if (k == KEYWORD_RAW)
        parse_raw(p, out, loc);
    else
        parse_message(p, out, k, loc);
    p->any_directive = true;
}

/* --- files as a whole --- */

/* The comment block at the top, unless it documents what follows directly. */
static struct str doc_of_file(struct str text)
{
    struct str none = {NULL, 0};
    size_t at = utf8_bom_len(text), from = at;
    while (str_starts(str_from_off(text, at), STR("@#"))) {
        size_t next = str_chr(text, '\n', at);
        at = next == STR_NONE ? text.len : next + 1;
    }
    struct str rest = str_from_off(text, at);
    if (at == from || str_starts(rest, STR("@define")) ||
        str_starts(rest, STR("@param")))
        return none;
    return str_slice(text, from, at - from);
}

void parser_init(struct parser *p, struct arena *arena, struct names *names,
                 struct diags *diags, struct source *source)
{
    memset(p, 0, sizeof *p);
    p->arena = arena;
    p->names = names;
    p->diags = diags;
    p->source = source;
    p->text = source->text;
    p->doc_to = UINT32_MAX;
    p->callee = NAME_NONE;
}

struct file *parser_parse(struct arena *arena, struct names *names,
                          struct diags *diags, struct source *source)
{
    struct parser p;
    uint32_t errors = diags->errors;
    parser_init(&p, arena, names, diags, source);
    p.file = arena_new(arena, struct file);
    p.file->source = source;
    p.file->body = text_block(&p);
    while (p.stop != KEYWORD_NONE) {
        parser_error(&p, DIAG_UNEXPECTED_END, p.stop_loc,
                     "@%s without a block that is open; for text, write '@@%s'",
                     keyword_text(p.stop), keyword_text(p.stop));
        line_skip(&p);
        text_block(&p);
    }
    p.file->doc = doc_of_file(source->text);
    p.file->failed = diags->errors != errors;
    return p.file;
}
