/* SPDX-License-Identifier: MIT */
/* Files as a whole. */
#include "lang/parser.h"

#include "base/conflict.h"
#include "base/utf8.h"
#include "lang/parse.h"
#include "lang/signature.h"

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

/* Nothing in a file with a conflict is judged: it has two versions of that. */
static bool refuse_conflict(struct parser *p)
{
    struct str text = p->lex.text, line = conflict_find(text, true);
    if (!line.ptr)
        return false;
    uint32_t at = (uint32_t)(line.ptr - text.ptr);
    parse_error(
        p, DIAG_MERGE_CONFLICT, loc_between(at, at + (uint32_t)line.len),
        "a merge conflict is not resolved here; keep what is right, and "
        "remove the lines '<<<<<<<', '=======' and '>>>>>>>' (for text, "
        "put them between @raw and @end raw)");
    return true;
}

/* Such a file would be text from end to end, whatever its directives say. One
 * without an '@' has none. */
static bool refuse_utf16(struct parser *p)
{
    struct str text = p->lex.text;
    bool little = str_starts(text, STR("\xFF\xFE"));
    bool big = str_starts(text, STR("\xFE\xFF"));
    if (!(little && str_find(text, STR("@\0"), 0) != STR_NONE) &&
        !(big && str_find(text, STR("\0@"), 0) != STR_NONE))
        return false;
    parse_error(p, DIAG_ENCODING, loc_between(0, 2),
                "this file is UTF-16, which the builder does not read; save it "
                "as UTF-8");
    return true;
}

/* True if the macro called word, "name" or "mod.name", is known and may take a
 * block; *sure: it does. */
static bool may_take_block(struct parser *p, struct str word, bool *sure)
{
    struct str first = str_part(word, 0, '.');
    name_id name = name_find(p->lex.names, first);
    *sure = first.len == word.len;
    for (uint32_t i = 0; !*sure && i < p->file->imports.n; i++)
        if (p->file->imports.at[i]->name == name)
            return name != NAME_NONE;
    for (uint32_t i = 0; *sure && i < p->file->defines.n; i++) {
        const struct node_define *d = p->file->defines.at[i];
        for (uint32_t k = 0; d->name == name && k < d->signature.n; k++)
            if (signature_is_block(&d->signature.params[k]))
                return true;
    }
    return false;
}

/* The @end at p->stop_loc was written for a call without @call, c: nothing else
 * is said of that, such as that an argument is missing. */
static void refuse_caller(struct parser *p, const struct caller *c, bool sure)
{
    struct source *source = p->report.source;
    struct str word = str_slice(p->lex.text, c->loc.off + 1, c->loc.len - 1);
    if (sure || c->text)
        parse_error(p, DIAG_UNEXPECTED_END, c->loc,
                    "the @end of line %u has no block to end, since this "
                    "begins none; to give %.*s the lines between, write @call "
                    "%.*s(…)",
                    source_line_of(source, p->stop_loc.off), STR_ARG(word),
                    STR_ARG(word));
    else
        parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                    "@end without a block that is open; if it ends lines that "
                    "%.*s is to have, write @call %.*s(…) in line %u",
                    STR_ARG(word), STR_ARG(word),
                    source_line_of(source, c->loc.off));
    report_doubt(&p->report, c->loc, c->loc);
}

/* Whether the @end at p->stop_loc seems to belong to a call; reported if so. */
static bool ends_caller(struct parser *p)
{
    uint32_t n = p->ncallers < MOST_CALLERS ? p->ncallers : MOST_CALLERS;
    for (uint32_t i = 1; p->stop == KEYWORD_END && i <= n; i++) {
        const struct caller *c = &p->callers[(p->ncallers - i) % MOST_CALLERS];
        struct str word =
            str_slice(p->lex.text, c->loc.off + 1, c->loc.len - 1);
        bool sure;
        if (!may_take_block(p, word, &sure))
            continue;
        refuse_caller(p, c, sure);
        p->ncallers = 0;
        return true;
    }
    return false;
}

/* An @end, @elif or @else that belongs to nothing. */
static void without_block(struct parser *p)
{
    const char *word = keyword_text(p->stop);
    if (p->guessed || (p->stop == KEYWORD_END && p->orphans)) {
        p->orphans -= p->orphans > 0;
        return;
    }
    struct foreign_line *f = NULL;
    for (uint32_t i = p->foreign.n; i > 0 && !f; i--)
        if (!p->foreign.at[i - 1].ended)
            f = &p->foreign.at[i - 1];
    if (f) {
        f->ended = f->said = true;
        parse_error(p, DIAG_UNEXPECTED_END, f->loc,
                    "'%.*s' is not a directive, so the @%s of line %u has no "
                    "block to end; %s",
                    (int)f->loc.len, p->lex.text.ptr + f->loc.off, word,
                    source_line_of(p->report.source, p->stop_loc.off),
                    f->foreign->ours);
    } else if (!ends_caller(p)) {
        p->orphans += p->stop == KEYWORD_ELIF;
        parse_error(p, DIAG_UNEXPECTED_END, p->stop_loc,
                    "@%s without a block that is open; for text, write '@@%s'",
                    word, word);
    }
}

static void parse_file(struct parser *p)
{
    p->file->body = parse_text(p);
    while (p->stop != KEYWORD_NONE) {
        without_block(p);
        parse_skip_line(p);
        parse_text(p);
    }
    parse_foreign_lines(p);
}

struct file *parser_parse(struct arena *arena, struct names *names,
                          struct diags *diags, struct source *source)
{
    struct parser p;
    uint32_t errors = diags->errors;
    parse_init(&p, arena, names, diags, source);
    p.file = arena_new(arena, struct file);
    p.file->source = source;
    if (!refuse_utf16(&p) && !refuse_conflict(&p))
        parse_file(&p);
    p.file->doc = doc_of_file(source->text);
    /* Muted diagnostics are not counted; -W makes errors of warnings. */
    p.file->failed = p.report.failed || diags->errors != errors;
    p.file->said = p.report.said;
    p.file->tangled = p.report.tangled || p.report.gave_up || p.guessed;
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
