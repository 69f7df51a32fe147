/* SPDX-License-Identifier: MIT */
#include "lang/report.h"

#include <string.h>

void report_doubt(struct report *r, struct loc first, struct loc last)
{
    size_t end = str_chr(r->source->text, '\n', last.off);
    end = end == STR_NONE ? r->source->text.len : end;
    vec_push(r->arena, &r->broken,
             ((struct loc){first.off, (uint32_t)end - first.off}));
}

/* A block without an end is whole otherwise, but what belongs to it is not
 * known. */
static void note_broken(struct report *r, enum diag_id id, struct loc loc)
{
    struct str at = str_from_off(r->source->text, loc.off);
    bool block = id == DIAG_UNCLOSED && str_starts(at, STR("@")) &&
                 !str_starts(at, STR("@{"));
    r->tangled = r->tangled || block || id == DIAG_UNEXPECTED_END ||
                 id == DIAG_MISPLACED || id == DIAG_MERGE_CONFLICT;
    if (!block)
        report_doubt(r, loc.off < r->opener.off ? loc : r->opener, loc);
}

/* --- is it text? --- */

static bool in_text(struct report *r, uint32_t at)
{
    struct str text = r->source->text;
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    shape_at(&r->shape, text, at);
    return r->shape.kind != SHAPE_PLAIN;
}

/* Words that join expressions. */
static bool joins(struct str word)
{
    static const struct str words[] = {
        STR("if"), STR("else"), STR("for"),  STR("in"),      STR("and"),
        STR("or"), STR("not"),  STR("is"),   STR("version"), STR("as"),
        STR("at"), STR("mode"), STR("where")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

/* True if two words stand side by side, as in a sentence. */
static bool is_prose(struct str rest)
{
    bool after_word = false;
    char quote = 0;
    for (size_t at = 0; at < rest.len;) {
        char c = rest.ptr[at];
        size_t end = str_span(rest, at, ASCII_NAME_START | ASCII_DIGIT);
        bool word = !quote && end > at && !joins(str_slice(rest, at, end - at));
        if (word && after_word)
            return true;
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        after_word = word || (after_word && ascii_is_blank(c));
        at = end > at ? end : at + 1;
    }
    return false;
}

/* The same of a value, "@{…}", in a string of the shell or of PowerShell. */
static bool is_quoted(struct str text, uint32_t sign)
{
    char before = sign > 0 ? text.ptr[sign - 1] : ' ';
    return before == '\'' || before == '"' || before == '$';
}

/* True if the line of the directive, or the value, that is being read may be
 * text of another language. hinted: it looks like what was meant. */
static bool may_be_text(struct report *r, bool hinted)
{
    struct str text = r->source->text;
    uint32_t from = r->opener.off + r->opener.len;
    if (r->opener.len == 0)
        return false;
    if (in_text(r, r->opener.off))
        return true;
    if (text.ptr[r->opener.off] == '{')
        return !hinted || is_quoted(text, r->opener.off - 1);
    struct str rest = str_trim(str_part(text, from, '\n'));
    if (rest.len == 0)
        return false;
    char first = rest.ptr[0], last = rest.ptr[rest.len - 1];
    if (hinted)
        return str_chr(rest, ';', 0) != STR_NONE;
    return (!ascii_is_name(first) && !strchr("\"'([{", first)) || last == ';' ||
           last == '\\' || last == '{' || is_prose(rest);
}

void report_error(struct report *r, enum diag_id id, struct loc loc,
                  const char *fmt, ...)
{
    va_list ap;
    bool hinted = r->hinted;
    r->hinted = false;
    if (r->gave_up || (r->trial && r->text.ptr))
        return;
    r->said = true;
    r->mistakes++;
    if (!r->trial && loc.off < r->quiet_to) {
        r->failed = true;
        note_broken(r, id, loc);
        return;
    }
    va_start(ap, fmt);
    struct str text = arena_vprintf(r->arena, fmt, ap);
    va_end(ap);
    if (r->trial) {
        r->id = id;
        r->loc = loc;
        r->text = text;
        return;
    }
    r->failed = true;
    note_broken(r, id, loc);
    struct span at = {r->source, loc.off, loc.len};
    struct diag *d = diag_report(r->diags, id, at, NULL, "%.*s", STR_ARG(text));
    struct str opener =
        str_slice(r->source->text, r->opener.off, r->opener.len);
    if (id == DIAG_SYNTAX && may_be_text(r, hinted))
        diag_note(r->diags, d, source_nowhere,
                  "if this is text, write '@@%.*s'", STR_ARG(opener));
}

void report_try(struct report *r)
{
    r->trial = true;
    r->text.ptr = NULL;
}
