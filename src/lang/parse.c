/* SPDX-License-Identifier: MIT */
/* What all rules of the grammar share. */
#include "lang/parse.h"

void parse_init(struct parser *p, struct arena *arena, struct names *names,
                struct diags *diags, struct source *source)
{
    *p = (struct parser){
        .lex = {.arena = arena,
                .names = names,
                .report = &p->report,
                .text = source->text},
        .report = {.arena = arena, .diags = diags, .source = source},
        .arena = arena,
        .defined = name_intern(names, STR("defined")),
        .callee = NAME_NONE,
        .doc_to = UINT32_MAX,
    };
}

bool parse_enter(struct parser *p, struct loc loc)
{
    uint64_t max = p->report.diags->fault->limits.max[LIMIT_NESTING];
    if (++p->depth > p->deepest)
        p->deepest = p->depth;
    if (p->depth <= max || p->ours)
        return true;
    p->depth--;
    struct str what = limit_what(LIMIT_NESTING);
    parse_error(p, DIAG_LIMIT, loc,
                "the limit 'nesting' of %llu is reached: %.*s (--limit "
                "nesting=N changes it)",
                (unsigned long long)max, STR_ARG(what));
    if (!p->report.trial) {
        p->report.gave_up = true;
        p->lex.pos = (uint32_t)p->lex.text.len;
    }
    return false;
}

void parse_leave(struct parser *p)
{
    p->depth--;
}

static void bind(struct parser *p, name_id name, struct loc loc, bool of_file)
{
    struct variable v = {name, loc, of_file};
    if (name != NAME_NONE)
        vec_push(p->arena, &p->file->variables, v);
}

void parse_bind(struct parser *p, name_id name, struct loc loc)
{
    bind(p, name, loc, false);
}

void parse_bind_here(struct parser *p, name_id name, struct loc loc)
{
    bind(p, name, loc, p->inner == 0);
}

/* --- lines --- */

uint32_t parse_line_end(const struct parser *p, uint32_t from)
{
    size_t at = str_chr(p->lex.text, '\n', from);
    if (at == STR_NONE)
        return (uint32_t)p->lex.text.len;
    return (uint32_t)(at > from && p->lex.text.ptr[at - 1] == '\r' ? at - 1
                                                                   : at);
}

uint32_t parse_line_next(const struct parser *p, uint32_t from)
{
    size_t at = str_chr(p->lex.text, '\n', from);
    return (uint32_t)(at == STR_NONE ? p->lex.text.len : at + 1);
}

void parse_skip_line(struct parser *p)
{
    p->lex.pos = parse_line_next(p, p->lex.pos);
}

uint32_t parse_skip_blanks(const struct parser *p, uint32_t at)
{
    return (uint32_t)str_span(p->lex.text, at, ASCII_BLANK);
}

bool parse_at_line_end(const struct parser *p, uint32_t at)
{
    if (at < p->lex.text.len && p->lex.text.ptr[at] == '\r')
        at++;
    return at == p->lex.text.len || p->lex.text.ptr[at] == '\n';
}

uint32_t parse_word_end(const struct parser *p, uint32_t at)
{
    if (at >= p->lex.text.len || !ascii_is_name_start(p->lex.text.ptr[at]))
        return at;
    return (uint32_t)str_span(p->lex.text, at, ASCII_NAME_START | ASCII_DIGIT);
}

/* --- nodes and tokens --- */

void *parse_new(struct parser *p, size_t size, enum expr_kind kind,
                uint32_t from)
{
    struct expr *e = arena_zalloc(p->arena, size);
    e->kind = (uint8_t)kind;
    e->loc = loc_between(from, from);
    return e;
}

struct expr *parse_bad(struct parser *p)
{
    /* Nobody else shall complain of the same token. */
    p->lex.token.kind = TOKEN_BAD;
    return parse_new(p, sizeof(struct expr), EXPR_BAD, p->lex.token.loc.off);
}

bool parse_accept_word(struct parser *p, enum word word)
{
    if (!lexer_at_word(&p->lex, word))
        return false;
    lexer_next(&p->lex);
    return true;
}

bool parse_accept_text(struct parser *p, struct str word)
{
    if (p->lex.token.kind != TOKEN_NAME || !str_eq(p->lex.token.text, word))
        return false;
    lexer_next(&p->lex);
    return true;
}

void parse_unexpected(struct parser *p, struct str hint, const char *wanted)
{
    struct str seen = lexer_seen(&p->lex);
    if (p->lex.token.kind == TOKEN_BAD)
        return;
    p->report.hinted = hint.len > 0;
    parse_error(p, DIAG_SYNTAX, p->lex.token.loc, "expected %s, not %.*s%.*s",
                wanted, STR_ARG(seen), STR_ARG(hint));
}

void parse_expected(struct parser *p, const char *wanted)
{
    parse_unexpected(p, hint_token(&p->lex, HINT_AFTER, STR("")), wanted);
}

void parse_no_value(struct parser *p)
{
    parse_unexpected(p, hint_token(&p->lex, HINT_START, STR("")), "a value");
}

/* True if the line of the current token, which is not that of `open`, begins
 * with a word in capitals. */
static bool in_instruction(const struct parser *p, struct loc open)
{
    uint32_t line = (uint32_t)str_line_start(p->lex.text, p->lex.token.loc.off);
    uint32_t end = parse_word_end(p, line);
    for (uint32_t i = line; i < end; i++)
        if (p->lex.text.ptr[i] < 'A' || p->lex.text.ptr[i] > 'Z')
            return false;
    return line > open.off && end > line + 2 && end < p->lex.text.len &&
           ascii_is_blank(p->lex.text.ptr[end]);
}

bool parse_at_close(struct parser *p, enum token_kind close, struct loc open,
                    bool items)
{
    uint32_t line, col;
    if (p->lex.token.kind == close)
        return true;
    if (p->lex.token.kind == TOKEN_BAD)
        return false;
    struct str seen = lexer_seen(&p->lex);
    struct str bracket = str_slice(p->lex.text, open.off, open.len);
    const char * or = items ? "',' or " : "";
    if (parse_items_end(p, close) || in_instruction(p, open)) {
        struct str first_line = str_part(p->lex.text, open.off, '\n');
        bool comment = open.len == 2 && str_chr(first_line, '#', 0) != STR_NONE;
        parse_error(p, DIAG_UNCLOSED, open,
                    "this '%.*s' is not closed: expected %s%s before %s%s",
                    STR_ARG(bracket), or, lexer_token_name(close),
                    p->lex.token.kind == TOKEN_EOF  ? "the end of the file"
                    : p->lex.token.kind == TOKEN_AT ? "the next directive"
                                                    : "the next instruction",
                    comment ? "; the '#' begins a comment" : "");
        return false;
    }
    struct str hint = hint_token(&p->lex, items ? HINT_ITEM : HINT_IN, bracket);
    p->report.hinted = hint.len > 0;
    source_locate(p->report.source, open.off, &line, &col);
    parse_error(p, DIAG_SYNTAX, p->lex.token.loc,
                "expected %s%s to close '%.*s' at %.*s:%u, not %.*s%.*s", or,
                lexer_token_name(close), STR_ARG(bracket),
                STR_ARG(p->report.source->name), line, STR_ARG(seen),
                STR_ARG(hint));
    return false;
}

bool parse_close(struct parser *p, enum token_kind close, struct loc open,
                 bool items)
{
    if (!parse_at_close(p, close, open, items))
        return false;
    lexer_next(&p->lex);
    return true;
}
