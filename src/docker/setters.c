/* SPDX-License-Identifier: MIT */
/* Word by word, without regard for quotes: what stands in them may be a script
 * as well. */
#include "docker/setters.h"

#include "docker/text.h"

/* Commands whose words are names, and "param" of PowerShell. */
#define BINDERS                                                              \
    "for foreach read select getopts local declare typeset export readonly " \
    "mapfile readarray printf let param"

/* What is known of the command that is read. */
struct command {
    bool begun; /* its first word was read */
    bool binds; /* it has one of the BINDERS */
    bool tests; /* it compares */
};

static bool is_word(char c)
{
    return c == '_' || (c && strchr(TEXT_ALNUM, c));
}

/* True if the name that ends at `at` is given a value: name=, name+=, name[…]=;
 * as `variable`, "$name" of PowerShell, also after blanks. */
static bool is_assigned(struct str text, size_t at, bool variable)
{
    struct str rest = str_from_off(text, at);
    if (variable)
        rest = text_skip(rest, " \t");
    else if (str_starts(rest, STR("[")))
        rest = str_from_off(rest, str_part(rest, 0, ']').len + 1);
    rest = str_from_off(rest, text_span(str_slice(rest, 0, 1), "+:"));
    return str_starts(rest, STR("=")) && !str_starts(rest, STR("=="));
}

/* True if a "${name" that ends at `at` says what holds without a value: who
 * writes ${name:-x} or ${name?} knows that nothing may set it. */
static bool has_default(struct str text, size_t at)
{
    struct str rest = str_from_off(text, at);
    rest = str_from_off(rest, str_starts(rest, STR(":")));
    return text_span(str_slice(rest, 0, 1), "-=+?") > 0;
}

static void read_word(struct setters *s, struct command *now, struct str text,
                      size_t at, size_t len)
{
    struct str word = str_slice(text, at, len);
    char before = at ? text.ptr[at - 1] : ' ';
    bool braced = before == '{' && at > 1 && text.ptr[at - 2] == '$';
    bool variable = before == '$' || braced;
    bool set = braced ? has_default(text, at + len)
                      : is_assigned(text, at + len, variable) &&
                            !(before && strchr("-.%/", before)) &&
                            !(variable && now->tests);
    if (set || (now->binds && !braced))
        map_put(&s->names, s->arena, word, NULL);
    s->all = s->all || text_is_one_of(word, "eval source");
    now->tests = now->tests || str_eq(word, STR("test"));
    now->binds = now->binds || text_is_one_of(word, BINDERS);
    now->begun = !text_is_one_of(word, "then do else if while until time");
}

void setters_read(struct setters *s, struct str text)
{
    struct command now = {false, false, false};
    for (size_t at = 0, len; at < text.len; at += len) {
        char c = text.ptr[at];
        for (len = 1; is_word(c) && at + len < text.len; len++)
            if (!is_word(text.ptr[at + len]))
                break;
        if (is_word(c)) {
            read_word(s, &now, text, at, len);
            continue;
        }
        if (c && strchr("&|;\n(", c)) /* "foreach ($x in …" binds */
            now = (struct command){false, now.binds && c == '(', false};
        /* ". file" reads a script. */
        if (c == '.' && !now.begun && at + 1 < text.len &&
            text_is_gap(text.ptr[at + 1]))
            s->all = true;
        now.tests = now.tests || c == '[';
        now.begun =
            now.begun || !(text_is_gap(c) || (c && strchr("&|;\n({!'\"", c)));
    }
}
