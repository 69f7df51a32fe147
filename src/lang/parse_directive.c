/* SPDX-License-Identifier: MIT */
/* Directives on one line: one function for each, its grammar as the first
 * comment. */
#include "lang/parse.h"

#include <string.h>

/* --- lines and words --- */

void parse_finish_line(struct parser *p, const char *what)
{
    parse_finish_line_at(p, what, HINT_AFTER);
}

void parse_finish_line_at(struct parser *p, const char *what,
                          enum hint_place place)
{
    enum token_kind kind = p->lex.token.kind;
    if (kind != TOKEN_EOL && kind != TOKEN_EOF && kind != TOKEN_BAD) {
        struct str seen = lexer_seen(&p->lex);
        if (str_starts(seen, STR("a ")))
            seen = str_from_off(seen, 2);
        struct str hint =
            place == HINT_AFTER ? STR("") : hint_token(&p->lex, place, STR(""));
        bool known = false;
        if (hint.len == 0)
            hint = hint_end(&p->lex, what, &known);
        /* As prose has them. */
        bool word = hint.len && kind == TOKEN_NAME && !known;
        struct str between = str_slice(p->lex.text, p->lex.prev_end,
                                       p->lex.token.loc.off - p->lex.prev_end);
        if (str_chr(between, '\r', 0) != STR_NONE)
            hint = STR("; a CR alone ends no line: save the file with LF or "
                       "CRLF");
        if (hint.len == 0)
            hint = hint_token(&p->lex, HINT_AFTER, STR(""));
        p->report.hinted = hint.len > 0 && !word;
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "unexpected %.*s after %s%.*s", STR_ARG(seen), what,
                    STR_ARG(hint));
    }
    parse_skip_line(p);
}

bool parse_expect(struct parser *p, enum token_kind kind, enum hint_place place,
                  const char *where)
{
    if (parse_accept(p, kind))
        return true;
    const char *token = lexer_token_name(kind);
    struct str hint = hint_token(&p->lex, place, STR(""));
    struct str wanted = ARENA_CONCAT(p->arena, str_from(token), STR(" "),
                                     str_from(where), STR("\0"));
    parse_unexpected(p, hint, wanted.ptr);
    return false;
}

name_id parse_name(struct parser *p, struct loc *loc, const char *what)
{
    *loc = p->lex.token.loc;
    if (p->lex.token.kind != TOKEN_NAME) {
        struct str hint = hint_token(&p->lex, HINT_NAME, STR(""));
        p->report.hinted = hint.len > 0;
        if (p->lex.token.kind != TOKEN_BAD)
            parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                        "expected the name of a %s, not %s%.*s", what,
                        lexer_token_name(p->lex.token.kind), STR_ARG(hint));
        return NAME_NONE;
    }
    name_id name = p->lex.token.name;
    if (!p->ours && name_is_reserved(p->lex.names, name)) {
        parse_error(p, DIAG_RESERVED_NAME, *loc,
                    "'%.*s' is a word of the language and cannot name a %s",
                    STR_ARG(p->lex.token.text), what);
        lexer_next(&p->lex);
        return NAME_NONE;
    }
    lexer_next(&p->lex);
    return name;
}

/* Nothing more is said about this line. */
static void skip_rest(struct parser *p)
{
    if (p->lex.token.kind != TOKEN_EOF)
        p->lex.token.kind = TOKEN_BAD;
}

/* "std.apt" as a path. */
static struct str with_slashes(struct arena *a, struct str word)
{
    char *to = arena_alloc(a, word.len + 1);
    bool named = str_ends(word, STR(".spp")) || str_ends(word, STR(".in"));
    for (size_t i = 0; i < word.len; i++)
        to[i] = word.ptr[i] == '.' && !named ? '/' : word.ptr[i];
    return (struct str){to, word.len};
}

/* A plain string literal; ptr NULL after an error. */
static struct str plain_string(struct parser *p, struct loc *loc,
                               const char *what)
{
    struct str text = {NULL, 0};
    *loc = p->lex.token.loc;
    if (p->lex.token.kind == TOKEN_STR) {
        text = p->lex.token.text;
        lexer_next(&p->lex);
    } else if (p->lex.token.kind != TOKEN_BAD) {
        struct str seen = lexer_seen(&p->lex);
        uint32_t from = p->lex.token.loc.off;
        struct str word =
            str_slice(p->lex.text, from, parse_line_end(p, from) - from);
        word.len = str_until(word, 0, ASCII_BLANK);
        bool named = p->lex.token.kind == TOKEN_NAME;
        if (named && str_chr(word, '/', 0) == STR_NONE)
            word = with_slashes(p->arena, word);
        p->report.hinted = named;
        parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                    "expected %s as a plain string in quotes, not %.*s%s%.*s%s",
                    what, STR_ARG(seen), named ? "; write \"" : "",
                    named ? (int)word.len : 0, word.ptr, named ? "\"" : "");
        skip_rest(p);
    }
    return text;
}

void parse_file_level(struct parser *p, struct loc loc, const char *what)
{
    struct open_block *b = p->open;
    while (b && b->keyword == KEYWORD_IF)
        b = b->around;
    if (!p->inner || !b || p->guessed)
        return;
    parse_error(
        p, DIAG_MISPLACED, loc,
        "%s is only allowed at the level of the file (an @if around it is "
        "fine); is the @%s of line %u not closed?",
        what, keyword_text(b->keyword),
        source_line_of(p->report.source, b->loc.off));
    b->said = true;
}

struct str parse_doc(const struct parser *p, uint32_t at)
{
    struct str none = {NULL, 0};
    while (at > 0 && ascii_is_blank(p->lex.text.ptr[at - 1]))
        at--;
    if (p->doc_to != at || p->doc_from == p->doc_to)
        return none;
    return str_slice(p->lex.text, p->doc_from, p->doc_to - p->doc_from);
}

/* --- bindings --- */

typedef VEC(struct variable) variable_list;

/* A name of "@let a, b = list", of which "_" binds nothing; false after an
 * error. */
static bool add_unpacked(struct parser *p, variable_list *list)
{
    struct variable v = {0};
    bool unused = str_eq(p->lex.token.text, STR("_"));
    v.name = parse_name(p, &v.loc, "variable");
    if (v.name == NAME_NONE)
        return false;
    if (unused)
        v.name = NAME_NONE;
    parse_bind_here(p, v.name, v.loc);
    vec_push(p->arena, list, v);
    return true;
}

/* unpack = "@let" name {"," name} "=" expr */
static void parse_unpack(struct parser *p, struct nodes *out, struct loc loc)
{
    struct node_unpack *n = parse_node(p, sizeof *n, NODE_UNPACK, loc);
    variable_list names = {NULL, 0, 0};
    bool good = add_unpacked(p, &names);
    while (good && parse_accept(p, TOKEN_COMMA))
        good = add_unpacked(p, &names);
    if (!good || !parse_expect(p, TOKEN_ASSIGN, HINT_LET, "after the names")) {
        parse_skip_line(p);
        return;
    }
    n->names = names.at;
    n->nnames = names.n;
    n->expr = parse_expr(p, false, false);
    parse_finish_line(p, "the value");
    parse_nodes_add(out, n);
}

/* [":" type] after a name; in: see parse_type. */
static struct type *parse_type_of(struct parser *p, bool in)
{
    struct loc loc = p->lex.token.loc;
    if (!parse_accept(p, TOKEN_COLON))
        return NULL;
    if (p->lex.token.kind != TOKEN_ASSIGN)
        return parse_type(p, in);
    parse_error(p, DIAG_SYNTAX, loc_between(loc.off, p->lex.token.loc.off + 1),
                "a name is bound by '=', not ':='");
    return NULL;
}

/* Of "@set library.x": true if it was reported. */
static bool sets_library(struct parser *p, name_id name, struct loc loc)
{
    uint32_t i = 0;
    while (i < p->file->imports.n && p->file->imports.at[i]->name != name)
        i++;
    if (p->lex.token.kind != TOKEN_DOT || i == p->file->imports.n)
        return false;
    lexer_next(&p->lex);
    loc.len = p->lex.token.loc.off + p->lex.token.loc.len - loc.off;
    struct str text = str_slice(p->lex.text, loc.off, loc.len);
    parse_error(p, DIAG_IMMUTABLE, loc,
                "'%.*s' belongs to its library, which alone can set it; bind a "
                "variable of your own: @let %.*s = …",
                STR_ARG(text), STR_ARG(p->lex.token.text));
    return true;
}

/* let = "@let" name [":" type] "=" expr | "@set" name "=" expr | unpack */
static void parse_let(struct parser *p, struct nodes *out, enum keyword k,
                      struct loc loc)
{
    bool is_let = k == KEYWORD_LET;
    if (is_let && p->lex.token.kind == TOKEN_NAME &&
        str_starts(lexer_ahead(&p->lex), STR(","))) {
        parse_unpack(p, out, loc);
        return;
    }
    struct node_let *n =
        parse_node(p, sizeof *n, is_let ? NODE_LET : NODE_SET, loc);
    n->doc = parse_doc(p, loc.off);
    n->name = parse_name(p, &n->name_loc, "variable");
    if (n->name != NAME_NONE && is_let)
        n->type = parse_type_of(p, true);
    if (n->name != NAME_NONE && !sets_library(p, n->name, n->name_loc) &&
        parse_expect(p, TOKEN_ASSIGN,
                     n->type  ? HINT_TYPED
                     : is_let ? HINT_LET
                              : HINT_SET,
                     n->type ? "after the type" : "after the name")) {
        if (is_let)
            parse_bind_here(p, n->name, n->name_loc);
        else
            vec_push(p->arena, &p->file->sets, n->name);
        n->expr = parse_expr(p, false, false);
        parse_finish_line(p, "the value");
        parse_nodes_add(out, n);
    } else {
        parse_skip_line(p);
    }
}

/* param = "@param" name [":" type] ["=" coalesce] ["in" expr] */
static void parse_param(struct parser *p, struct nodes *out, enum keyword k,
                        struct loc loc)
{
    (void)k;
    struct node_param *n = parse_node(p, sizeof *n, NODE_PARAM, loc);
    parse_file_level(p, loc, "@param");
    n->doc = parse_doc(p, loc.off);
    n->name = parse_name(p, &n->name_loc, "parameter");
    if (n->name != NAME_NONE) {
        n->type = parse_type_of(p, false);
        if (parse_accept(p, TOKEN_ASSIGN))
            n->value = parse_expr_coalesce(p);
        if (!n->value && (p->lex.token.kind == TOKEN_STR ||
                          p->lex.token.kind == TOKEN_INT)) {
            parse_unexpected(p, STR("; a default is written @param x = …"),
                             "'='");
            skip_rest(p);
        }
        if (parse_accept_word(p, WORD_IN))
            n->choices = parse_expr(p, false, false);
        parse_finish_line_at(p, "the parameter",
                             n->choices && !n->value ? HINT_CHOICES
                                                     : HINT_AFTER);
        parse_bind_here(p, n->name, n->name_loc);
        vec_push(p->arena, &p->file->params, n);
        parse_nodes_add(out, n);
    } else {
        parse_skip_line(p);
    }
}

/* --- files --- */

/* include = ("@include" | "@sinclude") expr */
static void parse_include(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    struct node_include *n = parse_node(p, sizeof *n, NODE_INCLUDE, loc);
    n->n.flag = k == KEYWORD_SINCLUDE;
    n->path = parse_expr(p, false, false);
    parse_finish_line(p, "the path");
    vec_push(p->arena, &p->file->includes, n);
    parse_nodes_add(out, n);
}

/* A name that is like text, or "NAME". */
static struct str like_name(struct parser *p, struct str text)
{
    char *to = arena_alloc(p->arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        to[i] = text.ptr[i];
    for (size_t i = 0; i < text.len; i++)
        if (strchr("-. ", to[i]))
            to[i] = '_';
    struct str name = {to, text.len};
    bool good =
        str_span(name, 0, ASCII_NAME_START | ASCII_DIGIT) == name.len &&
        name.len && !ascii_is_digit(to[0]) &&
        !name_is_reserved(p->lex.names, name_intern(p->lex.names, name));
    return good ? name : STR("NAME");
}

/* The name that an import without "as" binds: the last part of the path. */
static void name_of_import(struct parser *p, struct node_import *n)
{
    if (n->path.len == 0 || str_has_nul(n->path)) {
        parse_error(p, DIAG_BAD_PATH, n->path_loc,
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
    name_id name = good ? name_intern(p->lex.names, last) : NAME_NONE;
    if (good && !name_is_reserved(p->lex.names, name)) {
        n->name = name;
        n->name_loc = n->path_loc;
        return;
    }
    struct str like = like_name(p, last);
    if (str_ends(last, STR(".in"))) { /* so it is not read as a library */
        parse_error(p, DIAG_LIBRARY, n->path_loc,
                    "'%.*s' is a template by its name, not a library; for its "
                    "text write @include \"%.*s\"",
                    STR_ARG(last), STR_ARG(n->path));
        n->path.ptr = NULL;
        return;
    }
    parse_error(p, DIAG_SYNTAX, n->path_loc,
                "'%.*s' is %s; say which one to use: @import \"%.*s\" as %.*s",
                STR_ARG(last), good ? "a word of the language" : "not a name",
                STR_ARG(n->path), STR_ARG(like));
}

/* import = "@import" string {"version" string | "as" name} */
static void parse_import(struct parser *p, struct nodes *out, enum keyword k,
                         struct loc loc)
{
    (void)k;
    struct node_import *n = parse_node(p, sizeof *n, NODE_IMPORT, loc);
    n->name = NAME_NONE;
    n->path = plain_string(p, &n->path_loc, "the library's path");
    if (!n->path.ptr) {
        parse_skip_line(p);
        return;
    }
    bool named = false;
    for (;;) {
        if (parse_accept_text(p, STR("version"))) {
            n->version = plain_string(p, &n->version_loc, "the version");
        } else if (parse_accept_text(p, STR("as"))) {
            n->name = parse_name(p, &n->name_loc, "library");
            if (n->name == NAME_NONE)
                skip_rest(p);
            named = true;
        } else {
            break;
        }
    }
    if (!named &&
        (p->lex.token.kind == TOKEN_EOL || p->lex.token.kind == TOKEN_EOF))
        name_of_import(p, n);
    parse_finish_line(p, "the library's path, which is a plain string");
    if (n->path.ptr)
        vec_push(p->arena, &p->file->imports, n);
    if (n->name != NAME_NONE)
        parse_nodes_add(out, n);
}

/* library = "@library" string ["version" string] */
static void parse_library(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc)
{
    (void)k;
    struct node_library *n = parse_node(p, sizeof *n, NODE_LIBRARY, loc);
    struct loc name_loc;
    if (p->any_directive || p->inner || p->conditional)
        parse_error(p, DIAG_MISPLACED, loc,
                    "@library must be the first directive of the file");
    n->name = plain_string(p, &name_loc, "the library's name");
    if (n->name.ptr && parse_accept_text(p, STR("version")))
        n->version = plain_string(p, &n->version_loc, "the version");
    parse_finish_line(p, "@library");
    if (!p->file->library)
        p->file->library = n;
    parse_nodes_add(out, n);
}

typedef void directive_fn(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc);

/* @elif, @else and @end belong to the blocks that they end. */
static directive_fn *const directives[KEYWORD_NONE] = {
    [KEYWORD_IF] = parse_if,
    [KEYWORD_FOR] = parse_for,
    [KEYWORD_LET] = parse_let,
    [KEYWORD_SET] = parse_let,
    [KEYWORD_DEFINE] = parse_define,
    [KEYWORD_CALL] = parse_call_block,
    [KEYWORD_INCLUDE] = parse_include,
    [KEYWORD_SINCLUDE] = parse_include,
    [KEYWORD_IMPORT] = parse_import,
    [KEYWORD_LIBRARY] = parse_library,
    [KEYWORD_FILE] = parse_block,
    [KEYWORD_JOIN] = parse_block,
    [KEYWORD_DEFER] = parse_block,
    [KEYWORD_PARAM] = parse_param,
    [KEYWORD_RAW] = parse_raw,
    [KEYWORD_ERROR] = parse_message,
    [KEYWORD_WARN] = parse_message,
    [KEYWORD_TYPE] = parse_type_line,
    [KEYWORD_FUNCTION] = parse_function,
    [KEYWORD_RETURN] = parse_return,
    [KEYWORD_BLOCK] = parse_block_argument,
};

void parse_directive(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc)
{
    p->lex.brackets = 0;
    lexer_next(&p->lex);
    directives[k](p, out, k, loc);
    p->any_directive = true;
}
