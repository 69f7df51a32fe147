/* SPDX-License-Identifier: MIT */
/* Files as a whole. */
#include "lang/parser.h"

#include "base/utf8.h"
#include "lang/parse.h"

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
        str_starts(rest, STR("@param")) || str_starts(rest, STR("@type")) ||
        str_starts(rest, STR("@function")))
        return none;
    return str_slice(text, from, at - from);
}

struct file *parser_parse(struct arena *arena, struct names *names,
                          struct diags *diags, struct source *source)
{
    struct parser p;
    uint32_t errors = diags->errors;
    parse_init(&p, arena, names, diags, source);
    p.file = arena_new(arena, struct file);
    p.file->source = source;
    p.file->body = parse_text(&p);
    while (p.stop != KEYWORD_NONE) {
        parse_error(&p, DIAG_UNEXPECTED_END, p.stop_loc,
                    "@%s without a block that is open; for text, write '@@%s'",
                    keyword_text(p.stop), keyword_text(p.stop));
        parse_skip_line(&p);
        parse_text(&p);
    }
    p.file->doc = doc_of_file(source->text);
    /* Muted diagnostics are not counted; -W makes errors of warnings. */
    p.file->failed = p.report.failed || diags->errors != errors;
    p.file->said = p.report.said;
    p.file->broken.at = p.report.broken.at;
    p.file->broken.n = p.report.broken.n;
    p.file->nesting = p.deepest;
    return p.file;
}

struct signature parser_signature(struct arena *arena, struct names *names,
                                  struct diags *diags, struct source *source,
                                  uint32_t at)
{
    struct parser p;
    struct node_define d = {.name = NAME_NONE};
    parse_init(&p, arena, names, diags, source);
    p.file = arena_new(arena, struct file);
    p.file->source = source;
    p.lex.pos = at;
    p.ours = true;
    lexer_next(&p.lex);
    d.name_loc = p.lex.token.loc;
    lexer_next(&p.lex);
    parse_define_params(&p, &d);
    return d.signature;
}
