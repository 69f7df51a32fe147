/* SPDX-License-Identifier: MIT */
/* The rules about names in words. */
#include "lang/rules.h"

#include "lang/hint.h"

static const struct str special_names[] = {STR("__template__"), STR("__file__"),
                                           STR("__line__"), STR("__version__"),
                                           STR("__output__")};

enum special_name rules_special(struct str name)
{
    int i = 0;
    while (i < SPECIAL_NONE && !str_eq(name, special_names[i]))
        i++;
    return (enum special_name)i;
}

enum loop_key rules_loop_key(const struct step *s)
{
    static const struct str keys[] = {STR("index"), STR("first"), STR("last"),
                                      STR("length")};
    int i = 0;
    if (s->kind != STEP_KEY)
        return LOOP_NONE;
    while (i < LOOP_NONE && !str_eq(s->key, keys[i]))
        i++;
    return (enum loop_key)i;
}

static struct span span_at(const struct sight *s, struct loc loc)
{
    return (struct span){s->source, loc.off, loc.len};
}

/* Reports fmt, whose two "%.*s" are the word at loc. */
#define SAY_TWICE(s, id, loc, word, fmt)                                \
    diag_report((s)->diags, (id), span_at((s), (loc)), (s)->chain, fmt, \
                STR_ARG(word), STR_ARG(word))

/* "WHAT 'word'", and what may have been meant. */
static struct diag *say_near(const struct sight *s, enum diag_id id,
                             struct loc loc, const char *what,
                             const struct near *near)
{
    return diag_report(s->diags, id, span_at(s, loc), s->chain,
                       "%s'%.*s'" NEAR_FORMAT, what, STR_ARG(near->word),
                       NEAR_ARG(near->best));
}

/* Nothing is offered where the name is known elsewhere. */
static void offer(const struct sight *s, name_id library, unsigned wanted,
                  struct near *near)
{
    if (s->offer)
        s->offer(s->ctx, library, wanted, near);
}

static struct str hint_of(const struct sight *s, struct str word,
                          enum hint_use use)
{
    return s->offer ? hint_word(s->diags->arena, word, use, STR("")) : STR("");
}

/* True if the text has an ARG or ENV of that name. */
static bool is_argument(const struct sight *s, struct str name)
{
    static const struct str words[] = {STR("ARG "), STR("ENV ")};
    struct str text = s->source ? s->source->text : STR("");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        for (size_t at = 0; (at = str_find(text, words[k], at)) != STR_NONE;) {
            struct str rest = str_from_off(text, at + words[k].len);
            bool line = at == 0 || text.ptr[at - 1] == '\n';
            at += words[k].len;
            if (line && str_starts(rest, name) &&
                (rest.len == name.len || !ascii_is_name(rest.ptr[name.len])))
                return true;
        }
    return false;
}

/* "base-image" or "m.base-image" when loc is its last word, and nothing stands
 * between; else "". */
static struct str dashed(const struct sight *s, struct loc loc)
{
    struct str text = s->source->text;
    uint32_t from = loc.off;
    while (from > 1 && text.ptr[from - 1] == '-' &&
           ascii_is_name(text.ptr[from - 2])) {
        from--;
        while (from > 0 &&
               (ascii_is_name(text.ptr[from - 1]) || text.ptr[from - 1] == '.'))
            from--;
    }
    return from < loc.off ? str_slice(text, from, loc.off + loc.len - from)
                          : STR("");
}

/* True if nothing is known of the name that word begins with. */
static bool is_unknown_before(const struct sight *s, struct str word)
{
    struct str first =
        str_slice(word, 0, str_span(word, 0, ASCII_NAME_START | ASCII_DIGIT));
    name_id name = name_find(s->names, first);
    return name != NAME_NONE && !name_is_reserved(s->names, name) &&
           s->bound(s->ctx, name) == 0;
}

/* True if loc ends a name with a '-', of whose first part that was said. */
static bool ends_dashed(const struct sight *s, struct loc loc)
{
    struct str word = s->source ? dashed(s, loc) : STR("");
    return word.len && is_unknown_before(s, word);
}

/* A name of another language: its parts were read as a difference. */
static struct diag *not_dashed(const struct sight *s, struct str text,
                               struct loc loc, struct str word)
{
    size_t dot = str_rchr(word, '.');
    if (dot == STR_NONE || dot == 0)
        return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc),
                           s->chain,
                           "'%.*s'; no name has a '-': '%.*s' is a difference",
                           STR_ARG(text), STR_ARG(word));
    return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc), s->chain,
                       "'%.*s'; a key with '-' is written %.*s[\"%.*s\"]",
                       STR_ARG(text), (int)dot, word.ptr,
                       (int)(word.len - dot - 1), word.ptr + dot + 1);
}

/* "my-var" when loc is its first word, and nothing stands between; else "". */
static struct str dashed_on(const struct sight *s, struct loc loc)
{
    struct str text = s->source ? s->source->text : STR("");
    size_t end = loc.off + loc.len;
    while (end + 1 < text.len && text.ptr[end] == '-' &&
           ascii_is_name_start(text.ptr[end + 1]))
        end = str_span(text, end + 1, ASCII_NAME_START | ASCII_DIGIT);
    return end > loc.off + loc.len ? str_slice(text, loc.off, end - loc.off)
                                   : STR("");
}

/* The same with '_' for each '-'. */
static struct str undashed(const struct sight *s, struct str word)
{
    char *to = arena_alloc(s->diags->arena, word.len);
    for (size_t i = 0; i < word.len; i++)
        to[i] = word.ptr[i] == '-' ? '_' : word.ptr[i];
    return (struct str){to, word.len};
}

/* True if a part of word but the first is the name of a value. */
static bool subtracts(const struct sight *s, struct str word)
{
    for (size_t at = 0; at <= word.len;) {
        struct str part = str_part(word, at, '-');
        name_id name = at ? name_find(s->names, part) : NAME_NONE;
        if (name != NAME_NONE && s->bound(s->ctx, name) & BOUND_VALUE)
            return true;
        at += part.len + 1;
    }
    return false;
}

/* A name of another language that begins at loc; NULL and nothing reported if
 * it is likelier a difference. */
static struct diag *not_dashed_on(const struct sight *s, struct loc loc,
                                  bool alone)
{
    struct str word = dashed_on(s, loc);
    struct str name = word.len ? undashed(s, word) : STR("");
    name_id id = word.len ? name_find(s->names, name) : NAME_NONE;
    bool bound = id != NAME_NONE && s->bound(s->ctx, id);
    if (word.len == 0 || (!bound && (!alone || subtracts(s, word))))
        return NULL;
    loc.len = (uint32_t)word.len;
    if (bound)
        return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc),
                           s->chain,
                           "'%.*s'; no name has a '-': did you mean '%.*s'?",
                           STR_ARG(word), STR_ARG(name));
    return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc), s->chain,
                       "'%.*s'; no name has a '-': for text write \"%.*s\", or "
                       "bind %.*s by @let or @param",
                       STR_ARG(word), STR_ARG(word), STR_ARG(name));
}

struct diag *rules_not_value(const struct sight *s, name_id name,
                             struct loc loc, const char *why)
{
    struct str text = name_text(s->names, name);
    struct str word = s->source ? dashed(s, loc) : STR("");
    unsigned bound = s->bound(s->ctx, name);
    struct near near = near_start(text);
    if (ends_dashed(s, loc))
        return NULL;
    if (word.len && !(bound & (BOUND_MACRO | BOUND_IMPORT)))
        return not_dashed(s, text, loc, word);
    if (bound & BOUND_MACRO)
        return SAY_TWICE(s, DIAG_NOT_A_VALUE, loc, text,
                         "'%.*s' is a macro, not a value; call it: %.*s(…)");
    if (bound & BOUND_IMPORT)
        return SAY_TWICE(s, DIAG_NOT_A_VALUE, loc, text,
                         "'%.*s' is a library, not a value; use one of its "
                         "names: %.*s.NAME");
    if (bound & BOUND_BUILTIN)
        return SAY_TWICE(s, DIAG_UNKNOWN_NAME, loc, text,
                         "'%.*s'; it is a function: write %.*s(…)");
    struct diag *d = not_dashed_on(s, loc, false);
    if (d)
        return d;
    offer(s, NAME_NONE, BOUND_VALUE, &near);
    for (int i = 0; i < SPECIAL_NONE; i++)
        near_offer(&near, special_names[i]);
    struct str hint = hint_of(s, text, HINT_VALUE);
    if (!near.best.ptr && hint.len == 0)
        offer(s, NAME_NONE, BOUND_MACRO | BOUND_IMPORT, &near);
    if (near.best.ptr)
        return say_near(s, DIAG_UNKNOWN_NAME, loc, "", &near);
    d = not_dashed_on(s, loc, true);
    if (d)
        return d;
    if (hint.len == 0 && is_argument(s, text))
        return SAY_TWICE(s, DIAG_UNKNOWN_NAME, loc, text,
                         "'%.*s'; the build argument or variable is $%.*s, and "
                         "@{…} takes names of the template");
    if (hint.len || (why && !*why) || name_is_reserved(s->names, name))
        return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc),
                           s->chain, "'%.*s'%.*s", STR_ARG(text),
                           STR_ARG(hint));
    if (why)
        return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc),
                           s->chain, "'%.*s'; %s", STR_ARG(text), why);
    return SAY_TWICE(s, DIAG_UNKNOWN_NAME, loc, text,
                     "'%.*s'; for text write \"%.*s\", or bind the name by "
                     "@let or @param");
}

struct diag *rules_not_callable(const struct sight *s, name_id name,
                                struct loc loc)
{
    struct str text = name_text(s->names, name);
    unsigned bound = s->bound(s->ctx, name);
    struct near near = near_start(text);
    if (ends_dashed(s, loc))
        return NULL;
    if (bound & BOUND_VALUE)
        return diag_report(
            s->diags, DIAG_UNKNOWN_CALL, span_at(s, loc), s->chain,
            "'%.*s' is a variable, not a macro or function; its value is "
            "written without brackets",
            STR_ARG(text));
    if (bound & BOUND_IMPORT)
        return SAY_TWICE(s, DIAG_UNKNOWN_CALL, loc, text,
                         "'%.*s' is a library; call one of its macros: "
                         "%.*s.NAME(…)");
    offer(s, NAME_NONE, BOUND_MACRO, &near);
    struct str hint = hint_of(s, text, HINT_CALL);
    if (hint.len)
        return diag_report(
            s->diags, DIAG_UNKNOWN_CALL, span_at(s, loc), s->chain,
            "unknown macro or function '%.*s'%.*s%s%.*s%s", STR_ARG(text),
            STR_ARG(hint), near.best.ptr ? "; or did you mean '" : "",
            STR_ARG(near.best), near.best.ptr ? "'?" : "");
    offer(s, NAME_NONE, BOUND_BUILTIN, &near);
    return say_near(s, DIAG_UNKNOWN_CALL, loc, "unknown macro or function ",
                    &near);
}

/* x.lower(), of a variable x. */
static struct diag *not_a_method(const struct sight *s, struct str text,
                                 struct loc loc)
{
    struct str call = source_span_text(span_at(s, loc));
    size_t dot = str_rchr(call, '.');
    struct str word = str_from_off(call, dot == STR_NONE ? 0 : dot + 1);
    struct str hint = hint_word(s->diags->arena, word, HINT_METHOD, text);
    if (hint.len == 0)
        hint = ARENA_CONCAT(s->diags->arena,
                            STR("; a function is called with its value: f("),
                            text, STR(")"));
    return diag_report(s->diags, DIAG_UNKNOWN_CALL, span_at(s, loc), s->chain,
                       "'%.*s' is not an imported library, so '%.*s' "
                       "cannot be called%.*s",
                       STR_ARG(text), STR_ARG(call), STR_ARG(hint));
}

struct diag *rules_not_library(const struct sight *s, name_id library,
                               struct loc loc)
{
    struct str text = name_text(s->names, library);
    struct near near = near_start(text);
    if (ends_dashed(s, loc))
        return NULL;
    if (s->bound(s->ctx, library) & ~(unsigned)BOUND_BUILTIN)
        return not_a_method(s, text, loc);
    offer(s, NAME_NONE, BOUND_IMPORT, &near);
    if (near.best.ptr)
        return say_near(s, DIAG_UNKNOWN_CALL, loc, "unknown library ", &near);
    return diag_report(s->diags, DIAG_UNKNOWN_CALL, span_at(s, loc), s->chain,
                       "unknown library '%.*s'; @import binds one, as in "
                       "@import \"std/apt\"",
                       STR_ARG(text));
}

/* It is bound, but as something else. */
static struct diag *wrong_member(const struct sight *s, struct loc loc,
                                 unsigned wanted, unsigned bound)
{
    struct str text = source_span_text(span_at(s, loc));
    if (wanted == BOUND_MACRO)
        return diag_report(
            s->diags, DIAG_UNKNOWN_CALL, span_at(s, loc), s->chain,
            "'%.*s' is not a macro and cannot be called", STR_ARG(text));
    if (bound & BOUND_MACRO)
        return SAY_TWICE(s, DIAG_NOT_A_VALUE, loc, text,
                         "'%.*s' is a macro, not a value; call it: %.*s(…)");
    return diag_report(s->diags, DIAG_NOT_A_VALUE, span_at(s, loc), s->chain,
                       "'%.*s' is a library, not a value; to use its names, "
                       "import it here too",
                       STR_ARG(text));
}

struct diag *rules_not_member(const struct sight *s, name_id library,
                              name_id name, struct loc loc, unsigned wanted,
                              unsigned bound)
{
    struct str text = name_text(s->names, name);
    struct str of = name_text(s->names, library);
    struct near near = near_start(text);
    if (text.ptr[0] == '_')
        return diag_report(s->diags, DIAG_UNKNOWN_MEMBER, span_at(s, loc),
                           s->chain, "'%.*s' is private to the library %.*s",
                           STR_ARG(text), STR_ARG(of));
    if (bound)
        return wrong_member(s, loc, wanted, bound);
    offer(s, library, wanted | BOUND_MACRO, &near);
    return diag_report(s->diags, DIAG_UNKNOWN_MEMBER, span_at(s, loc), s->chain,
                       "library %.*s has no %s '%.*s'" NEAR_FORMAT, STR_ARG(of),
                       wanted == BOUND_MACRO ? "macro" : "value", STR_ARG(text),
                       NEAR_ARG(near.best));
}

struct diag *rules_loop_in_condition(const struct sight *s, struct loc loc)
{
    return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc), s->chain,
                       "'loop': the condition of @for chooses before the first "
                       "iteration");
}

struct diag *rules_no_loop(const struct sight *s, struct loc loc)
{
    return diag_report(s->diags, DIAG_UNKNOWN_NAME, span_at(s, loc), s->chain,
                       "'loop': it is known inside @for only");
}

struct diag *rules_bare_loop(const struct sight *s, struct loc loc)
{
    return diag_report(s->diags, DIAG_NOT_A_VALUE, span_at(s, loc), s->chain,
                       "'loop' is not a value; it has loop.index, loop.first, "
                       "loop.last and loop.length");
}

struct diag *rules_bad_loop_key(const struct sight *s, struct loc loc)
{
    static const struct {
        struct str key;
        const char *write;
    } others[] = {
        {STR(".index0"), "loop.index - 1"},
        {STR(".counter"), "loop.index"},
        {STR(".counter0"), "loop.index - 1"},
        {STR(".revindex"), "loop.length - loop.index + 1"},
        {STR(".revindex0"), "loop.length - loop.index"},
        {STR(".odd"), "loop.index % 2 == 1"},
        {STR(".even"), "loop.index % 2 == 0"},
        {STR(".size"), "loop.length"},
        {STR(".count"), "loop.length"},
        {STR(".total"), "loop.length"},
    };
    struct str key = source_span_text(span_at(s, loc));
    const char *write = NULL;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(key, others[i].key))
            write = others[i].write;
    return diag_report(s->diags, DIAG_MISSING_KEY, span_at(s, loc), s->chain,
                       "'loop' has index, first, last and length; index "
                       "counts from 1%s%s",
                       write ? ": write " : "", write ? write : "");
}
