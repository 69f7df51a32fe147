/* SPDX-License-Identifier: MIT */
/* In: a word or a token that does not fit. Out: what to write. The one idea:
 * what people bring from other languages is data, in the lists. */
#include "lang/hint.h"

#include "base/utf8.h"

#include <string.h>

static struct str say(struct arena *a, struct str text)
{
    return text.len ? ARENA_CONCAT(a, STR("; "), text) : STR("");
}

/* --- words --- */

struct word_hint {
    const char *word;
    unsigned uses; /* enum hint_use, or-ed */
    const char *text;
};

static const struct word_hint words[] = {
#define VALUE HINT_VALUE
#define CALL HINT_CALL
#define METHOD HINT_METHOD
#define KEY HINT_KEY
#define X(word, uses, text) {word, uses, text},
#include "lang/hint_word_list.h"
#undef X
#undef VALUE
#undef CALL
#undef METHOD
#undef KEY
};

/* Longer ones are not repeated in the message. */
enum {
    LONG_SUBJECT = 30
};

/* The text with the subject in place of each '$'. */
static struct str fill(struct arena *a, struct str text, struct str subject)
{
    struct str out = STR("");
    if (subject.len == 0 || subject.len > LONG_SUBJECT ||
        str_chr(subject, '\n', 0) != STR_NONE)
        subject = STR("x");
    for (size_t at = 0; at <= text.len;) {
        struct str part = str_part(text, at, '$');
        at += part.len + 1;
        /* "$(…)" is the shell's. */
        bool shell =
            str_starts(str_from_off(text, at), STR("(")) && at <= text.len;
        out = ARENA_CONCAT(a, out, part,
                           at > text.len ? STR("")
                           : shell       ? STR("$")
                                         : subject);
    }
    return out;
}

struct str hint_word(struct arena *a, struct str word, enum hint_use use,
                     struct str subject)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].uses & use && str_eq(word, str_from(words[i].word)))
            return say(a, fill(a, str_from(words[i].text), subject));
    return STR("");
}

/* --- tokens --- */

static const struct form {
    enum hint_place place;
    const char *before, *here, *text;
} forms[] = {
#define X(place, before, here, text) {HINT_##place, before, here, text},
#include "lang/hint_form_list.h"
#undef X
};

static const struct next {
    const char *before, *here, *text;
} nexts[] = {
#define X(before, here, text) {before, here, text},
#include "lang/hint_next_list.h"
#undef X
};

/* The word that ends at `end`. */
static struct str word_before(struct str text, uint32_t end)
{
    uint32_t from = end;
    while (from > 0 && ascii_is_name(text.ptr[from - 1]))
        from--;
    return str_slice(text, from, end - from);
}

static struct str form_hint(const struct lexer *l, enum hint_place place,
                            struct str open)
{
    struct str before = str_slice(l->text, 0, l->token.loc.off);
    while (before.len && ascii_is_blank(before.ptr[before.len - 1]))
        before.len--;
    struct str here = str_from_off(l->text, l->token.loc.off);
    if (l->token.kind == TOKEN_EOL || l->token.kind == TOKEN_EOF)
        here = STR("\n");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct form *f = &forms[i];
        struct str wanted = str_from(f->before);
        bool fits =
            place == HINT_IN ? str_eq(open, wanted) : str_ends(before, wanted);
        if (f->place == place && fits && str_starts(here, str_from(f->here)))
            return say(l->arena, fill(l->arena, str_from(f->text),
                                      word_before(l->text, l->prev_end)));
    }
    return STR("");
}

static bool is_value(enum token_kind k)
{
    return k == TOKEN_NAME || k == TOKEN_INT || k == TOKEN_STR ||
           k == TOKEN_PIECE;
}

static struct str next_hint(const struct lexer *l)
{
    struct str before = word_before(l->text, l->prev_end);
    uint32_t from = (uint32_t)(before.ptr - l->text.ptr);
    if (before.len && from > 1 && l->text.ptr[from - 1] == '.' &&
        l->text.ptr[from - 2] == ' ') /* as in "eq .x 1" */
        before = word_before(l->text, from - 2);
    if (!is_value(l->token.kind))
        return STR("");
    for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
        struct str b = str_from(nexts[i].before), h = str_from(nexts[i].here);
        if ((b.len == 0 || str_eq(b, before)) &&
            (h.len == 0 ||
             (l->token.kind == TOKEN_NAME && str_eq(h, l->token.text))))
            return say(l->arena, str_from(nexts[i].text));
    }
    return STR("");
}

/* f"…" */
static bool is_prefixed(const struct lexer *l)
{
    uint32_t at = l->token.loc.off;
    struct str word = word_before(l->text, at);
    return (l->token.kind == TOKEN_STR || l->token.kind == TOKEN_PIECE) &&
           l->prev_end == at && word.len > 0 && word.len <= 2 &&
           (at == word.len || l->text.ptr[at - word.len - 1] != '.');
}

/* A ':' at the end of its line. */
static bool is_last_colon(const struct lexer *l)
{
    if (l->token.kind != TOKEN_COLON)
        return false;
    struct str rest = str_part(l->text, l->pos, '\n');
    rest = str_trim(rest);
    return rest.len == 0 || rest.ptr[0] == '#';
}

/* Of "x | f: a" */
static bool is_piped(const struct lexer *l)
{
    struct str word = word_before(l->text, l->prev_end);
    size_t at = (size_t)(word.ptr - l->text.ptr);
    while (at > 0 && ascii_is_blank(l->text.ptr[at - 1]))
        at--;
    return word.len && at > 0 && l->text.ptr[at - 1] == '|';
}

/* Of "a = 1, b = 2" */
static bool binds_next(const struct lexer *l)
{
    struct str rest = str_part(l->text, l->pos, '\n');
    rest = str_trim(rest);
    size_t end = str_span(rest, 0, ASCII_NAME_START | ASCII_DIGIT);
    return end && str_starts(str_trim(str_from_off(rest, end)), STR("="));
}

/* What no table can say. */
static struct str general_hint(const struct lexer *l, enum hint_place place)
{
    if (l->token.kind == TOKEN_EOL && place == HINT_START)
        return STR("; an expression goes on in the next line only in brackets: "
                   "put ( ) around it");
    if (is_prefixed(l))
        return STR("; a string has no letter before it, and \"…@{x}…\" takes "
                   "values as it is");
    if (place == HINT_AFTER && l->token.kind == TOKEN_STR && l->prev_end > 0 &&
        (ascii_is_name(l->text.ptr[l->prev_end - 1]) ||
         l->text.ptr[l->prev_end - 1] == '"'))
        return STR("; strings are joined by a + b, or \"@{a}@{b}\"");
    if ((l->token.kind == TOKEN_COLON || is_value(l->token.kind)) &&
        is_piped(l))
        return STR("; arguments go in brackets: x | f(a)");
    if (place < HINT_NAME && is_last_colon(l))
        return STR("; the line ends without a ':'");
    if (place == HINT_AFTER && l->token.kind == TOKEN_INT && l->prev_end > 0 &&
        l->text.ptr[l->prev_end - 1] == '.')
        return STR("; an item is list[0]");
    if (place == HINT_AFTER && l->token.kind == TOKEN_COMMA)
        return binds_next(l) ? STR("; each name has a line of its own")
                             : STR("; a list goes in brackets: [a, b]");
    return STR("");
}

/* Of a value between brackets: another one stands directly before it. */
static bool lacks_comma(const struct lexer *l)
{
    struct str between =
        str_slice(l->text, l->prev_end, l->token.loc.off - l->prev_end);
    struct str rest = str_from_off(l->text, l->pos);
    bool keyed = l->token.kind == TOKEN_NAME && rest.len &&
                 (rest.ptr[0] == ':' || rest.ptr[0] == '?');
    return l->token.kind == TOKEN_STR || keyed ||
           (is_value(l->token.kind) && str_chr(between, '\n', 0) == STR_NONE);
}

/* Of ["a, "b"]: a word directly behind a string. */
static bool touches_string(const struct lexer *l)
{
    return l->prev_end == l->token.loc.off && l->prev_end > 0 &&
           strchr("\"'", l->text.ptr[l->prev_end - 1]);
}

struct str hint_token(const struct lexer *l, enum hint_place place,
                      struct str open)
{
    if (place >= HINT_RESULT) {
        struct str own = is_last_colon(l) ? STR("") : form_hint(l, place, open);
        return own.len ? own : hint_token(l, HINT_AFTER, open);
    }
    bool in = place == HINT_IN || place == HINT_ITEM;
    bool after = place == HINT_AFTER || in;
    struct str hint = after && !is_piped(l) ? next_hint(l) : STR("");
    if (hint.len == 0)
        hint = general_hint(l, place);
    bool items = place == HINT_ITEM && l->token.kind == TOKEN_STR;
    if (hint.len == 0 && !items)
        hint = form_hint(l, in ? HINT_IN : place, open);
    if (hint.len == 0 && place == HINT_ITEM && lacks_comma(l))
        hint = touches_string(l)
                   ? STR("; a quote or a comma is missing before it")
                   : STR("; a comma is missing before it");
    if (hint.len == 0 && open.len == 2 && is_value(l->token.kind))
        hint = STR("; values are joined by a + b");
    return hint.len || !in ? hint : form_hint(l, HINT_AFTER, open);
}

static const struct end {
    const char *what;
    int kind; /* enum token_kind, or ANY_TOKEN */
    const char *here, *text;
} ends[] = {
#define ANY_TOKEN (-1)
#define TOKEN_ANY ANY_TOKEN
#define X(what, kind, here, text) {what, TOKEN_##kind, here, text},
#include "lang/hint_end_list.h"
#undef X
#undef TOKEN_ANY
};

/* True if the text of the token begins with `here`, of a word all of it. */
static bool begins(const struct lexer *l, struct str here)
{
    struct str text = str_from_off(l->text, l->token.loc.off);
    return here.len == 0 ||
           (l->token.kind == TOKEN_NAME ? str_eq(l->token.text, here)
                                        : str_starts(text, here));
}

struct str hint_end(const struct lexer *l, const char *what, bool *known)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_eq(str_from(what), str_from(ends[i].what)) &&
            (ends[i].kind == ANY_TOKEN || ends[i].kind == (int)l->token.kind) &&
            begins(l, str_from(ends[i].here))) {
            *known = ends[i].here[0] != '\0';
            return say(l->arena, str_from(ends[i].text));
        }
    return STR("");
}

/* --- what is not a token --- */

static const struct {
    const char *sign, *text;
} signs[] = {
    {"&& \"", "a text that may be missing is \"…\" if CONDITION"},
    {"&&", "write 'and'"},
    {"||", "write 'or'"},
    {"!in ", "write 'not in'"},
    {"!", "write 'not'"},
    {"~=", "of a regular expression write matches(s, 'REGEX')"},
    {"~", "strings are joined by '+', or \"@{a}@{b}\""},
    {"&", "strings are joined by '+'; a condition has 'and'"},
    {";", "a line ends without ';'"},
    {"`", "strings go in \"…\" or '…', and no command is run"},
    {"\\", "an expression goes on in the next line only in brackets: put ( ) "
           "around it"},
    {"\xE2\x80\x9C", "use the plain quotes \" or '"},
    {"\xE2\x80\x9D", "use the plain quotes \" or '"},
    {"\xE2\x80\x9E", "use the plain quotes \" or '"},
    {"\xE2\x80\x98", "use the plain quotes \" or '"},
    {"\xE2\x80\x99", "use the plain quotes \" or '"},
    {"\xC2\xAB", "use the plain quotes \" or '"},
    {"\xE2\x80\x93", "write '-'"},
    {"\xE2\x88\x92", "write '-'"},
    {"\xE2\x89\xA0", "write '!='"},
    {"\xE2\x89\xA4", "write '<='"},
    {"\xE2\x89\xA5", "write '>='"},
    {"\xE2\x80\xA6", "name what is there"},
};

/* "$V", "${V}" and "$(…)" */
static struct str dollar_hint(const struct lexer *l, struct str rest)
{
    uint32_t from = str_starts(rest, STR("${")) ? 2 : 1;
    size_t end = str_span(rest, from, ASCII_NAME_START | ASCII_DIGIT);
    struct str name = str_slice(rest, from, end - from);
    if (str_starts(rest, STR("$(")))
        return STR("; no command is run: declare @param x, and give -D "
                   "x=\"$(…)\"");
    if (name.len == 0 || ascii_is_digit(name.ptr[0]))
        return STR("; values are read by their names alone: x, not $x");
    return ARENA_CONCAT(l->arena, STR("; write "), name);
}

struct str hint_sign(const struct lexer *l)
{
    struct str rest = str_from_off(l->text, l->pos);
    if (str_starts(rest, STR(";")) && l->brackets)
        return STR("; items are separated by ','");
    if (str_ends(str_trim(str_slice(l->text, 0, l->pos)), STR("@join")))
        return STR("; the separator goes in quotes: @join \" && \\\\\"");
    if (str_starts(rest, STR("$")))
        return dollar_hint(l, rest);
    if (utf8_odd_space(rest))
        return STR("; it is a no-break space (U+00A0) or its like: write a "
                   "plain blank");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(rest, str_from(signs[i].sign)))
            return say(l->arena, str_from(signs[i].text));
    return STR("");
}
