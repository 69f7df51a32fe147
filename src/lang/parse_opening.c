/* SPDX-License-Identifier: MIT */
/* In: a line that begins with '@'. Out: what it is, by syntax alone. The one
 * idea: a line that was meant as a directive must not become text without a
 * word, so the ways in which people miss one are told from text. */
#include "lang/parse.h"

#include "base/utf8.h"
#include "lang/where.h"

/* --- keywords that are wrongly written --- */

/* True if this file has so far a macro or a library of that name. */
static bool is_defined(const struct parser *p, struct str word)
{
    name_id name = name_find(p->lex.names, word);
    if (where_defines(p->file, name))
        return true;
    for (uint32_t i = 0; i < p->file->imports.n; i++)
        if (p->file->imports.at[i]->name == name)
            return name != NAME_NONE;
    return false;
}

/* How to write a keyword that `sign` follows; NULL: it may be text. */
static const char *wrong_sign(char sign)
{
    switch (sign) {
    case ':':
        return " without the ':'";
    case ';':
        return " without the ';'";
    case '.':
        return " without the '.'";
    case ',':
        return " without the ','";
    case '{':
        return " and a blank, without the '{'";
    case '#':
        return " and a blank before the '#'";
    default:
        return NULL;
    }
}

static void misshape(struct opened *o, enum keyword k, uint32_t shown,
                     const char *advice)
{
    o->kind = OPENING_MISSHAPED;
    o->keyword = k;
    o->shown = shown;
    o->advice = advice;
}

/* "@else:", "@END;", and an odd space. */
static bool is_wrong_sign(const struct parser *p, struct opened *o,
                          struct str word)
{
    struct str rest = str_from_off(p->lex.text, o->end);
    uint32_t odd = (uint32_t)utf8_odd_space(rest);
    const char *wrong = rest.len ? wrong_sign(rest.ptr[0]) : NULL;
    enum keyword k = odd || wrong ? keyword_any_case(word) : KEYWORD_NONE;
    if (k == KEYWORD_NONE || (keyword_is_name(k) && is_defined(p, word)))
        return false;
    misshape(o, k, o->end + (odd ? odd : 1),
             odd ? " and a plain blank after it, not a no-break space (U+00A0) "
                   "or its like"
                 : wrong);
    return true;
}

/* --- "@ if" --- */

enum after {
    AFTER_NOTHING,
    AFTER_WORD,   /* a word, and perhaps more */
    AFTER_STRING, /* a string, or one word */
    AFTER_VALUE   /* an expression that does not look like a sentence */
};

/* What follows each keyword, and what it holds. */
static const struct shape_after {
    uint8_t what; /* enum after */
    const char *holds;
} afters[KEYWORD_NONE] = {
    [KEYWORD_IF] = {AFTER_VALUE, NULL},
    [KEYWORD_ELIF] = {AFTER_VALUE, NULL},
    [KEYWORD_ELSE] = {AFTER_NOTHING, NULL},
    [KEYWORD_END] = {AFTER_NOTHING, NULL},
    [KEYWORD_FOR] = {AFTER_WORD, " in "},
    [KEYWORD_LET] = {AFTER_WORD, "="},
    [KEYWORD_SET] = {AFTER_WORD, "="},
    [KEYWORD_DEFINE] = {AFTER_WORD, "("},
    [KEYWORD_CALL] = {AFTER_WORD, "("},
    [KEYWORD_INCLUDE] = {AFTER_STRING, NULL},
    [KEYWORD_SINCLUDE] = {AFTER_STRING, NULL},
    [KEYWORD_IMPORT] = {AFTER_STRING, NULL},
    [KEYWORD_LIBRARY] = {AFTER_STRING, NULL},
    [KEYWORD_FILE] = {AFTER_STRING, NULL},
    [KEYWORD_JOIN] = {AFTER_STRING, NULL},
    [KEYWORD_PARAM] = {AFTER_VALUE, NULL},
    [KEYWORD_DEFER] = {AFTER_NOTHING, NULL},
    [KEYWORD_RAW] = {AFTER_NOTHING, NULL},
    [KEYWORD_ERROR] = {AFTER_STRING, NULL},
    [KEYWORD_WARN] = {AFTER_STRING, NULL},
    [KEYWORD_TYPE] = {AFTER_WORD, "="},
    [KEYWORD_FUNCTION] = {AFTER_WORD, "("},
    [KEYWORD_RETURN] = {AFTER_VALUE, NULL},
    [KEYWORD_BLOCK] = {AFTER_NOTHING, NULL},
};

static bool holds(struct str text, const char *part)
{
    return str_find(text, str_from(part), 0) != STR_NONE;
}

static bool is_one_word(struct str text)
{
    return text.len && str_until(text, 0, ASCII_BLANK) == text.len &&
           ascii_is_name_start(text.ptr[0]);
}

/* True if the shell that a makefile holds may have written it. */
static bool is_shell(struct str rest)
{
    return rest.len && (str_ends(rest, STR("\\")) || str_ends(rest, STR(";")) ||
                        holds(rest, "; do") || holds(rest, "; then") ||
                        holds(rest, "$(") || rest.ptr[0] == '[');
}

/* True if rest, which follows "@ k", may belong to the directive. */
static bool may_follow(enum keyword k, struct str rest)
{
    const struct shape_after *a = &afters[k];
    bool quoted = rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\'');
    if (is_shell(rest) || (a->holds && !holds(rest, a->holds)))
        return false;
    switch ((enum after)a->what) {
    case AFTER_NOTHING:
        return rest.len == 0 || rest.ptr[0] == '#' || is_one_word(rest);
    case AFTER_WORD:
        return rest.len && ascii_is_name_start(rest.ptr[0]);
    case AFTER_STRING:
        return quoted || is_one_word(rest);
    default:
        return quoted || is_one_word(rest) ||
               (rest.len &&
                (holds(rest, "=") || holds(rest, "<") || holds(rest, ">") ||
                 holds(rest, "(") || holds(rest, " and ") ||
                 holds(rest, " or ") || str_starts(rest, STR("not "))));
    }
}

/* "@ if x" */
static void after_blank(struct parser *p, struct opened *o)
{
    uint32_t from = parse_skip_blanks(p, o->from);
    uint32_t end = parse_word_end(p, from);
    struct str word = str_slice(p->lex.text, from, end - from);
    enum keyword k = end > from ? keyword_any_case(word) : KEYWORD_NONE;
    if (k == KEYWORD_NONE ||
        (!parse_at_line_end(p, end) && !ascii_is_blank(p->lex.text.ptr[end])))
        return;
    struct str rest =
        str_trim(str_slice(p->lex.text, end, parse_line_end(p, end) - end));
    if (!may_follow(k, rest) || (keyword_is_name(k) && is_defined(p, word)))
        return;
    o->end = end;
    misshape(o, k, end, " without the blank");
}

/* --- words --- */

/* The end of the word at `from`, in which '-' may stand. */
static uint32_t dashed_end(const struct parser *p, uint32_t from)
{
    uint32_t end = parse_word_end(p, from);
    while (end > from && end < p->lex.text.len && p->lex.text.ptr[end] == '-' &&
           parse_word_end(p, end + 1) > end + 1)
        end = parse_word_end(p, end + 1);
    return end;
}

/* "@endif" and "@endif;", but not "@endif.x". */
static bool is_foreign(const struct parser *p, struct opened *o)
{
    uint32_t end = dashed_end(p, o->from);
    char after = end < p->lex.text.len ? p->lex.text.ptr[end] : '\n';
    if (!parse_at_line_end(p, end) && !ascii_is_blank(after) && after != ';' &&
        after != ':' && after != '#')
        return false;
    struct str word = str_slice(p->lex.text, o->from, end - o->from);
    o->foreign = foreign_find(word);
    if (o->foreign && is_defined(p, word))
        o->foreign = NULL;
    if (!o->foreign)
        return false;
    o->kind = OPENING_FOREIGN;
    o->shown = o->end = end;
    return true;
}

static const struct foreign assignment = {
    "", FOREIGN_DO, KEYWORD_NONE, "to change a variable write @set x = …"};

/* True if "= …" or "+= …" follows a variable of this file. */
static bool is_assignment(const struct parser *p, uint32_t end, struct str word)
{
    struct str rest = str_from_off(p->lex.text, parse_skip_blanks(p, end));
    name_id name = name_find(p->lex.names, word);
    if (!str_starts(rest, STR("=")) && !str_starts(rest, STR("+=")) &&
        !str_starts(rest, STR("-=")))
        return false;
    for (uint32_t i = 0; i < p->file->variables.n; i++)
        if (p->file->variables.at[i].name == name)
            return true;
    return false;
}

/* A word that a blank or the line's end follows. */
static void opening_word(struct parser *p, struct opened *o, struct str word)
{
    o->kind = OPENING_KEYWORD;
    o->keyword = keyword_of(name_find(p->lex.names, word));
    if (o->keyword != KEYWORD_NONE)
        return;
    o->keyword = keyword_any_case(word);
    if (o->keyword != KEYWORD_NONE && !keyword_is_name(o->keyword)) {
        misshape(o, o->keyword, o->end, " in lower case");
        return;
    }
    o->keyword = keyword_near(word);
    o->kind = OPENING_TEXT;
    bool foreign = is_foreign(p, o);
    if (o->keyword != KEYWORD_NONE && !keyword_is_name(o->keyword))
        o->kind = OPENING_NEAR;
    else if (o->keyword != KEYWORD_NONE && !foreign)
        o->kind = OPENING_ALMOST;
    o->macro = o->kind == OPENING_NEAR && is_defined(p, word);
    if (o->kind == OPENING_NEAR && is_assignment(p, o->end, word))
        o->foreign = &assignment;
}

/* "name(" and keywords before '('. */
static void opening_paren(struct parser *p, struct opened *o, struct str word)
{
    /* Calls of one macro come in rows. */
    if (p->callee == NAME_NONE ||
        !str_eq(word, name_text(p->lex.names, p->callee)))
        p->callee = name_intern(p->lex.names, word);
    o->name = p->callee;
    o->keyword = keyword_of(o->name);
    o->kind = o->keyword == KEYWORD_NONE || keyword_is_name(o->keyword)
                  ? OPENING_CALL
                  : OPENING_PAREN;
}

/* "mod.name(" */
static bool is_dotted_call(const struct parser *p, struct opened *o,
                           struct str word)
{
    uint32_t end = parse_word_end(p, o->end + 1);
    if (end == o->end + 1 || end >= p->lex.text.len ||
        p->lex.text.ptr[end] != '(')
        return false;
    name_id name = name_find(p->lex.names, word);
    if (name < WORD_COUNT && name_is_word(name))
        return false;
    o->kind = OPENING_CALL;
    o->module_end = o->end;
    o->end = end;
    return true;
}

struct opened parse_opening(struct parser *p, uint32_t at)
{
    uint32_t end = parse_word_end(p, at);
    struct opened o = {OPENING_TEXT, KEYWORD_NONE, at,   end,  end, 0,
                       NAME_NONE,    NULL,         NULL, false};
    char first = at < p->lex.text.len ? p->lex.text.ptr[at] : '\n';
    if (o.end == at) {
        if (first == '#')
            o.kind = OPENING_COMMENT;
        else if (ascii_is_blank(first))
            after_blank(p, &o);
        return o;
    }
    struct str word = str_slice(p->lex.text, at, o.end - at);
    char after = o.end < p->lex.text.len ? p->lex.text.ptr[o.end] : '\n';
    if (after == '(')
        opening_paren(p, &o, word);
    else if (after == '.' && is_dotted_call(p, &o, word))
        return o;
    else if (ascii_is_blank(after) || parse_at_line_end(p, o.end))
        opening_word(p, &o, word);
    else if (!is_wrong_sign(p, &o, word))
        is_foreign(p, &o);
    return o;
}

/* Before what would be a directive or a call, and before what is reported as
 * almost one: its message offers just that. */
bool parse_line_collapses(struct parser *p, uint32_t at)
{
    return parse_opening(p, at + 2).kind != OPENING_TEXT;
}
