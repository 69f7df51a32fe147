/* SPDX-License-Identifier: MIT */
/* One pass over the code points with two results, the text and its words.
 * Nested "${a:-${b}}" recurse. Modifiers that match patterns are in pattern.c.
 */
#include "docker/expand.h"

#include "base/utf8.h"
#include "docker/pattern.h"
#include "docker/text.h"

/* Of "${a:-${b:-…}}": nobody nests this deeply by hand. */
#define MAX_NESTING 100

#define END UINT32_MAX

struct lexer {
    struct expander *x;
    struct str text;
    size_t at;
    bool raw_escapes;
    bool cuts; /* the words are wanted */
    unsigned depth;
    uint32_t unset; /* how often a variable had no value, or an open one */
    /* The word being read; one for all levels, as in BuildKit. */
    struct text_buf word;
};

/* What one level puts together. */
struct level {
    struct text_buf result;
    struct words words;
};

static bool fail(struct lexer *l, const char *why, struct str part)
{
    l->x->error = why;
    l->x->error_part = part;
    l->x->mendable = false;
    return false;
}

static uint32_t peek(const struct lexer *l)
{
    size_t at = l->at;
    return at < l->text.len ? text_next(l->text, &at) : END;
}

static uint32_t next(struct lexer *l)
{
    return l->at < l->text.len ? text_next(l->text, &l->at) : END;
}

/* What was read since `from`. */
static struct str since(const struct lexer *l, size_t from)
{
    return str_slice(l->text, from, l->at - from);
}

/* --- results --- */

static void add_capped(struct text_buf *b, struct str s)
{
    size_t room = b->len < EXPAND_MAX ? EXPAND_MAX - b->len : 0;
    text_add(b, str_slice(s, 0, room));
}

static void end_word(struct lexer *l, struct level *v)
{
    struct arena *a = l->x->arena;
    if (l->word.len)
        vec_push(a, &v->words, text_of(&l->word));
    l->word = (struct text_buf){.arena = a};
}

/* Adds s. If splits, white space in it ends a word. */
static void add(struct lexer *l, struct level *v, struct str s, bool splits)
{
    add_capped(&v->result, s);
    for (size_t at = 0; l->cuts && at < s.len;) {
        size_t from = at;
        bool space = text_is_space(text_next(s, &at));
        if (splits && space)
            end_word(l, v);
        else
            add_capped(&l->word, str_slice(s, from, at - from));
    }
}

/* --- names and values --- */

/* Go asks Unicode; we take every code point beyond ASCII for a letter, apart
 * from ranges of punctuation and white space. */
static bool is_name(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_name((char)c);
    return c != END && c < 0xFE00 && !text_is_space(c) &&
           (c > 0xBF || c == 0xAA || c == 0xB5 || c == 0xBA) && c != 0xD7 &&
           c != 0xF7 && !(c >= 0x2000 && c < 0x2C00);
}

static struct str read_name(struct lexer *l)
{
    size_t from = l->at;
    struct str rest = str_from_off(l->text, from);
    size_t n = text_span(rest, TEXT_DIGITS);
    if (n == 0)
        n = text_span(str_slice(rest, 0, 1), "@*#?-$!");
    l->at += n;
    while (n == 0 && is_name(peek(l)))
        next(l);
    return since(l, from);
}

static bool look_up(struct lexer *l, struct str name, struct str *value)
{
    struct expander *x = l->x;
    *value = STR_ABSENT;
    bool open, added;
    if (x->env && env_look(x->env, name, value, &open)) {
        vec_push(x->arena, &x->used.set, name);
        l->unset += open;
        return true;
    }
    l->unset++;
    map_put(&x->unset, x->arena, name, &added);
    if (added)
        vec_push(x->arena, &x->used.unset, name);
    return false;
}

/* --- ${…} --- */

static bool read_until(struct lexer *l, uint32_t stop, bool raw_escapes,
                       struct str *out);

/* A "${NAME…}" that is being read. */
struct braces {
    struct str name;
    bool colon;
    uint32_t modifier; /* 0 if it is not known */
    bool all;          /* "//" */
    bool open;         /* they depend on a variable without a value */
    struct str word;   /* after the modifier, */
    struct str with;   /* after the second "/" */
};

static bool read_part(struct lexer *l, const struct braces *b, char stop,
                      bool raw, struct str *out)
{
    if (read_until(l, (uint32_t)stop, raw, out))
        return true;
    if (l->at < l->text.len)
        return false;
    return fail(l, stop == '/' ? "the second '/' is missing" : "'}' is missing",
                b->name);
}

static bool fail_modifier(struct lexer *l, const struct braces *b)
{
    return fail(l, "a Dockerfile has no such modifier", b->name);
}

/* Reads the modifier and what follows it. */
static bool read_modifier(struct lexer *l, struct braces *b)
{
    if (b->modifier == ':') {
        b->colon = true;
        b->modifier = next(l);
    }
    bool trims = b->modifier == '#' || b->modifier == '%';
    if (b->modifier == '/' && !b->colon) {
        b->all = peek(l) == '/';
        l->at += b->all;
        return read_part(l, b, '/', true, &b->word) &&
               read_part(l, b, '}', true, &b->with);
    }
    bool known =
        trims || b->modifier == '-' || b->modifier == '+' || b->modifier == '?';
    /* After a colon BuildKit reads on before it looks at the modifier. */
    if (b->colon ? trims : !known)
        return fail_modifier(l, b);
    if (!known)
        b->modifier = 0;
    return read_part(l, b, '}', trims, &b->word);
}

static bool refuse_unset(struct lexer *l, const struct braces *b, bool set)
{
    struct arena *a = l->x->arena;
    const char *why = set ? "it must not be empty" : "it must be set";
    if (b->word.len)
        why = arena_cstr(a, arena_printf(a, "%.*s: %.*s", STR_ARG(b->name),
                                         STR_ARG(b->word)));
    fail(l, why, b->name);
    l->x->mendable = true;
    return false;
}

static bool refuse_pattern(struct lexer *l, const struct braces *b)
{
    fail(l, "the pattern has an escape that means nothing", b->name);
    l->x->mendable = b->open;
    return false;
}

static bool apply_modifier(struct lexer *l, const struct braces *b,
                           struct str *out)
{
    struct arena *a = l->x->arena;
    bool set = look_up(l, b->name, out);
    bool usable = set && !(b->colon && out->len == 0);
    bool good = true, longest = false;
    switch (l->x->keep ? '}' : b->modifier) {
    case '}':
        break;
    case '-':
        *out = usable ? *out : b->word;
        break;
    case '+':
        *out = usable ? b->word : STR_ABSENT;
        break;
    case '?':
        return usable || refuse_unset(l, b, set);
    case '#':
    case '%':
        /* The second # or % may also come from a variable. */
        longest = b->word.len && (uint32_t)b->word.ptr[0] == b->modifier;
        good = pattern_trim(a, str_from_off(b->word, longest), *out,
                            b->modifier == '%', longest, out);
        break;
    case '/':
        good = pattern_replace(a, b->word, *out, b->with, b->all, out);
        break;
    default:
        return fail_modifier(l, b);
    }
    return good || refuse_pattern(l, b);
}

static bool read_braces(struct lexer *l, size_t from, struct str *out)
{
    struct braces b = {0};
    uint32_t c = peek(l);
    if (c == END)
        return fail(l, "'}' is missing", str_from_off(l->text, from));
    if (c == '{' || c == '}' || c == ':')
        return fail(l, "this is not a substitution",
                    str_from_off(l->text, from));
    b.name = read_name(l);
    b.modifier = next(l);
    uint32_t before = l->unset;
    if (b.modifier != '}' && !read_modifier(l, &b))
        return false;
    b.open = l->unset > before;
    return apply_modifier(l, &b, out);
}

static bool read_dollar(struct lexer *l, struct str *out)
{
    size_t from = l->at++;
    if (peek(l) == '{') {
        l->at++;
        if (!read_braces(l, from, out))
            return false;
    } else {
        struct str name = read_name(l);
        if (name.len)
            look_up(l, name, out);
        else
            *out = since(l, from);
    }
    if (l->x->keep)
        *out = since(l, from);
    return true;
}

/* --- quotes --- */

static bool read_single(struct lexer *l, struct str *out)
{
    size_t from = l->at;
    size_t end = str_chr(l->text, '\'', from + 1);
    if (end == STR_NONE) {
        l->at = l->text.len;
        return fail(l, "a single quote is not closed", STR_ABSENT);
    }
    l->at = end + 1;
    *out = l->x->raw_quotes ? since(l, from)
                            : str_slice(l->text, from + 1, end - from - 1);
    return true;
}

/* An escape in double quotes: it only counts before " $ and itself. */
static void read_double_escape(struct lexer *l, struct text_buf *out)
{
    struct str escape = {&l->x->escape, 1};
    uint32_t c = peek(l);
    bool takes = c == '"' || c == '$' || c == (unsigned char)l->x->escape;
    if (l->raw_escapes)
        add_capped(out, escape);
    if (takes)
        add_capped(out, str_slice(l->text, l->at++, 1));
    else if (c != END)
        add_capped(out, escape);
}

static bool read_double(struct lexer *l, struct str *out)
{
    struct text_buf b = {.arena = l->x->arena};
    struct str quote = str_slice(l->text, l->at++, l->x->raw_quotes);
    add_capped(&b, quote);
    for (;;) {
        struct str value;
        size_t from = l->at;
        uint32_t c = peek(l);
        if (c == END)
            return fail(l, "a double quote is not closed", STR_ABSENT);
        if (c == '$') {
            if (!read_dollar(l, &value))
                return false;
            add_capped(&b, value);
            continue;
        }
        next(l);
        if (c == '"')
            break;
        if (c == (unsigned char)l->x->escape)
            read_double_escape(l, &b);
        else
            add_capped(&b, since(l, from));
    }
    add_capped(&b, quote);
    *out = text_of(&b);
    return true;
}

/* --- the walk --- */

/* "<" or "<<" with the blanks after it, which belong to the word. */
static void read_less(struct lexer *l, struct level *v)
{
    size_t from = l->at++;
    if (peek(l) == '<') {
        l->at++;
        l->at += text_span(str_from_off(l->text, l->at), " \t\r");
    }
    add(l, v, since(l, from), false);
}

static void read_plain(struct lexer *l, struct level *v)
{
    size_t from = l->at;
    bool escapes = next(l) == (unsigned char)l->x->escape;
    if (escapes) {
        if (l->raw_escapes)
            add(l, v, since(l, from), false);
        from = l->at;
        next(l);
    }
    add(l, v, since(l, from), !escapes);
}

/* One character, or what begins with it. */
static bool read_one(struct lexer *l, struct level *v, uint32_t c)
{
    struct str part;
    bool quotes = !l->x->no_quotes;
    if (c == '$') {
        if (!read_dollar(l, &part))
            return false;
        add(l, v, part, true);
    } else if (quotes && (c == '\'' || c == '"')) {
        if (c == '"' ? !read_double(l, &part) : !read_single(l, &part))
            return false;
        add(l, v, part, false);
    } else if (c == '<') {
        read_less(l, v);
    } else {
        read_plain(l, v);
    }
    return true;
}

/* Reads to the end of the text, or past `stop`. */
static bool read_level(struct lexer *l, uint32_t stop, struct level *v)
{
    uint32_t c;
    *v = (struct level){.result.arena = l->x->arena};
    l->word = (struct text_buf){.arena = l->x->arena};
    while ((c = peek(l)) != END && c != stop)
        if (!read_one(l, v, c))
            return false;
    end_word(l, v);
    next(l);
    return c == stop || fail(l, "the end is missing", STR_ABSENT);
}

static bool read_until(struct lexer *l, uint32_t stop, bool raw_escapes,
                       struct str *out)
{
    struct level v;
    bool before = l->raw_escapes;
    if (++l->depth > MAX_NESTING)
        return fail(l, "substitutions are nested too deeply", STR_ABSENT);
    l->raw_escapes = raw_escapes;
    bool good = read_level(l, stop, &v);
    l->raw_escapes = before;
    l->depth--;
    *out = text_of(&v.result);
    return good;
}

static bool read_all(struct expander *x, struct str text, bool cuts,
                     struct level *v)
{
    struct lexer l = {
        .x = x, .text = text, .raw_escapes = x->raw_escapes, .cuts = cuts};
    x->error = NULL;
    x->unset = (struct map){0};
    bool good = read_level(&l, END, v);
    x->open = l.unset > 0;
    return good;
}

/* True if nothing in word means more than itself. */
static bool is_plain(const struct expander *x, struct str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '$' || c == x->escape ||
            (!x->no_quotes && (c == '\'' || c == '"')))
            return false;
    }
    return true;
}

bool expand_word(struct expander *x, struct str word, struct str *out)
{
    struct level v;
    *out = utf8_skip_bom(word); /* which Go's scanner does not see */
    /* Such a word stays a slice of the line, so its place is known. */
    x->open = false;
    if (is_plain(x, *out))
        return true;
    bool good = read_all(x, *out, false, &v);
    *out = text_of(&v.result);
    return good;
}

bool expand_words(struct expander *x, struct str line, struct words *out)
{
    struct level v;
    bool good = read_all(x, line, true, &v);
    *out = v.words;
    return good;
}
