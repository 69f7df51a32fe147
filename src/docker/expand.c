/* SPDX-License-Identifier: MIT */
/* One pass by code points with two results, the text and its words; nested
 * "${a:-${b}}" recurse. Modifiers that match patterns are in pattern.c. */
#include "docker/expand.h"

#include "base/utf8.h"
#include "docker/pattern.h"
#include "docker/text.h"

/* Of "${a:-${b:-…}}": nobody nests so deep by hand. */
#define MAX_NESTING 100

#define END UINT32_MAX

struct lexer {
    struct expander *x;
    struct str text;
    size_t at;
    bool raw_escapes;
    bool cuts; /* the words are wanted */
    unsigned depth;
    /* The words, on the way; one for all levels, as in BuildKit. */
    struct text_buf word;
};

/* What one level puts together. */
struct level {
    struct text_buf result;
    VEC(struct str) words;
    bool in_word;
};

static bool fail(struct lexer *l, const char *why, struct str part)
{
    l->x->error = why;
    l->x->error_part = part;
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

/* --- results --- */

static void cap(struct text_buf *b, struct str s)
{
    size_t room = b->len < EXPAND_MAX ? EXPAND_MAX - b->len : 0;
    text_add(b, str_slice(s, 0, room));
}

static void end_word(struct lexer *l, struct level *v)
{
    struct arena *a = l->x->arena;
    if (l->word.len) {
        vec_push(a, &v->words, text_of(&l->word));
        l->word = (struct text_buf){a, NULL, 0, 0};
    }
    v->in_word = false;
}

static void add_raw(struct lexer *l, struct level *v, struct str s)
{
    cap(&v->result, s);
    if (!l->cuts)
        return;
    cap(&l->word, s);
    v->in_word = true;
}

static void add_char(struct lexer *l, struct level *v, struct str c,
                     uint32_t cp)
{
    cap(&v->result, c);
    if (!l->cuts)
        return;
    if (!text_is_space(cp)) {
        cap(&l->word, c);
        v->in_word = true;
    } else if (v->in_word && l->word.len) {
        end_word(l, v);
    }
}

/* The value of a variable: cut into words where it is white. */
static void add_value(struct lexer *l, struct level *v, struct str s)
{
    if (!l->cuts)
        cap(&v->result, s);
    for (size_t at = 0; l->cuts && at < s.len;) {
        size_t from = at;
        uint32_t cp = text_next(s, &at);
        add_char(l, v, str_slice(s, from, at - from), cp);
    }
}

/* --- names and values --- */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Go asks Unicode; beyond ASCII every code point but the punctuation and
 * white space of the Latin-1 block may do as a letter. */
static bool is_name(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_name((char)c);
    return c != END && c < 0xFE00 && !text_is_space(c) &&
           (c > 0xBF || c == 0xAA || c == 0xB5 || c == 0xBA) && c != 0xD7 &&
           c != 0xF7 && !(c >= 0x2000 && c < 0x2C00);
}

static bool is_special(uint32_t c)
{
    return c == '@' || c == '*' || c == '#' || c == '?' || c == '-' ||
           c == '$' || c == '!' || c == '0';
}

static struct str read_name(struct lexer *l)
{
    size_t from = l->at;
    uint32_t c = peek(l);
    if (is_digit(c)) {
        while (is_digit(peek(l)))
            l->at++;
    } else if (is_special(c)) {
        l->at++;
    } else {
        while (is_name(peek(l)))
            next(l);
    }
    return str_slice(l->text, from, l->at - from);
}

static bool look_up(struct lexer *l, struct str name, struct str *value)
{
    struct expander *x = l->x;
    *value = (struct str){NULL, 0};
    bool set = x->get && x->get(x->ctx, name, value);
    if (x->used && set)
        vec_push(x->arena, &x->used->set, name);
    else if (x->used)
        vec_push(x->arena, &x->used->unset, name);
    return set;
}

/* --- ${…} --- */

static bool read_until(struct lexer *l, uint32_t stop, bool raw_escapes,
                       struct str *out);

/* A "${NAME…}" on its way. */
struct braces {
    struct str name;
    size_t from; /* of the "$" */
    bool colon;
    uint32_t modifier;
};

static struct str as_written(const struct lexer *l, const struct braces *b)
{
    return str_slice(l->text, b->from, l->at - b->from);
}

static bool refuse_unset(struct lexer *l, const struct braces *b,
                         struct str word, bool set)
{
    if (word.len)
        return fail(l,
                    arena_printf(l->x->arena, "%.*s: %.*s%c", STR_ARG(b->name),
                                 STR_ARG(word), '\0')
                        .ptr,
                    b->name);
    return fail(l, set ? "it must not be empty" : "it must be set", b->name);
}

/* ${NAME:-word} and the like; word is read already. */
static bool use_default(struct lexer *l, const struct braces *b,
                        struct str word, struct str *out)
{
    struct str value;
    bool set = look_up(l, b->name, &value);
    bool usable = set && !(b->colon && value.len == 0);
    *out = value;
    if (l->x->keep_unset && !set)
        *out = as_written(l, b);
    else if (b->modifier == '-')
        *out = usable ? value : word;
    else if (b->modifier == '+')
        *out = usable ? word : (struct str){NULL, 0};
    else if (b->modifier == '?' && !usable)
        return refuse_unset(l, b, word, set);
    return true;
}

/* ${NAME#pattern}, ##, %, %%. */
static bool use_trim(struct lexer *l, const struct braces *b, struct str word,
                     struct str *out)
{
    bool longest = word.len && (uint32_t)word.ptr[0] == b->modifier;
    bool set = look_up(l, b->name, out);
    if (l->x->keep_unset && !set) {
        *out = as_written(l, b);
        return true;
    }
    if (!pattern_trim(l->x->arena, str_from_off(word, longest), *out,
                      b->modifier == '%', longest, out))
        return fail(l, "the pattern holds an escape that means nothing",
                    b->name);
    return true;
}

static bool read_word(struct lexer *l, const struct braces *b, bool raw,
                      struct str *word)
{
    if (read_until(l, '}', raw, word))
        return true;
    return l->at < l->text.len ? false : fail(l, "'}' is missing", b->name);
}

/* ${NAME/pattern/replacement}, ${NAME//…}. */
static bool use_replace(struct lexer *l, const struct braces *b,
                        struct str *out)
{
    struct str pattern, with;
    bool all = peek(l) == '/';
    l->at += all;
    if (!read_until(l, '/', true, &pattern))
        return l->at < l->text.len
                   ? false
                   : fail(l, "the second '/' is missing", b->name);
    if (!read_word(l, b, true, &with))
        return false;
    bool set = look_up(l, b->name, out);
    if (l->x->keep_unset && !set) {
        *out = as_written(l, b);
        return true;
    }
    if (!pattern_replace(l->x->arena, pattern, *out, with, all, out))
        return fail(l, "the pattern holds an escape that means nothing",
                    b->name);
    return true;
}

static bool use_modifier(struct lexer *l, struct braces *b, struct str *out)
{
    struct str word;
    if (b->modifier == ':') {
        b->colon = true;
        b->modifier = next(l);
    }
    bool trims = b->modifier == '#' || b->modifier == '%';
    if (!b->colon && b->modifier == '/')
        return use_replace(l, b, out);
    bool known =
        trims ? !b->colon
              : b->modifier == '-' || b->modifier == '+' || b->modifier == '?';
    /* Behind a colon BuildKit reads on before it looks what stands there. */
    if (!known && (!b->colon || trims))
        return fail(l, "this modifier is not known in a Dockerfile", b->name);
    if (!read_word(l, b, trims, &word))
        return false;
    if (!known && (look_up(l, b->name, out) || !l->x->keep_unset))
        return fail(l, "this modifier is not known in a Dockerfile", b->name);
    return trims ? use_trim(l, b, word, out) : use_default(l, b, word, out);
}

static bool read_braces(struct lexer *l, size_t from, struct str *out)
{
    struct braces b = {{NULL, 0}, from, false, 0};
    uint32_t c = peek(l);
    if (c == END)
        return fail(l, "'}' is missing", str_from_off(l->text, from));
    if (c == '{' || c == '}' || c == ':')
        return fail(l, "this is no substitution", str_from_off(l->text, from));
    b.name = read_name(l);
    b.modifier = next(l);
    if (b.modifier != '}')
        return use_modifier(l, &b, out);
    if (!look_up(l, b.name, out) && l->x->keep_unset)
        *out = as_written(l, &b);
    return true;
}

static bool read_dollar(struct lexer *l, struct str *out)
{
    size_t from = l->at++;
    if (peek(l) == '{') {
        l->at++;
        return read_braces(l, from, out);
    }
    struct str name = read_name(l);
    if (name.len == 0 || (!look_up(l, name, out) && l->x->keep_unset))
        *out = str_slice(l->text, from, l->at - from);
    return true;
}

/* --- quotes --- */

static bool read_single(struct lexer *l, struct str *out)
{
    size_t from = l->at;
    size_t end = str_chr(l->text, '\'', from + 1);
    bool raw = l->x->raw_quotes;
    if (end == STR_NONE) {
        l->at = l->text.len;
        return fail(l, "a single quote has no end", (struct str){NULL, 0});
    }
    l->at = end + 1;
    *out = raw ? str_slice(l->text, from, end + 1 - from)
               : str_slice(l->text, from + 1, end - from - 1);
    return true;
}

/* An escape in double quotes: only " $ and the escape itself are taken. */
static void read_double_escape(struct lexer *l, struct text_buf *out)
{
    struct str escape = {&l->x->escape, 1};
    uint32_t c = peek(l);
    bool takes = c == '"' || c == '$' || c == (unsigned char)l->x->escape;
    if (l->raw_escapes)
        cap(out, escape);
    if (c == END)
        return;
    if (takes)
        cap(out, str_slice(l->text, l->at++, 1));
    else
        cap(out, escape);
}

static bool read_double(struct lexer *l, struct str *out)
{
    struct text_buf b = {l->x->arena, NULL, 0, 0};
    if (l->x->raw_quotes)
        cap(&b, STR("\""));
    for (l->at++; peek(l) != '"';) {
        struct str value;
        size_t from = l->at;
        uint32_t c = peek(l);
        if (c == END)
            return fail(l, "a double quote has no end", (struct str){NULL, 0});
        if (c == '$') {
            if (!read_dollar(l, &value))
                return false;
            cap(&b, value);
            continue;
        }
        next(l);
        if (c == (unsigned char)l->x->escape)
            read_double_escape(l, &b);
        else
            cap(&b, str_slice(l->text, from, l->at - from));
    }
    l->at++;
    if (l->x->raw_quotes)
        cap(&b, STR("\""));
    *out = text_of(&b);
    return true;
}

/* --- the walk --- */

/* "<" or "<<" with the blanks behind it, which belong to the word. */
static struct str read_less(struct lexer *l)
{
    size_t from = l->at++;
    if (peek(l) == '<') {
        l->at++;
        while (l->at < l->text.len && (ascii_is_blank(l->text.ptr[l->at]) ||
                                       l->text.ptr[l->at] == '\r'))
            l->at++;
    }
    return str_slice(l->text, from, l->at - from);
}

static void read_plain(struct lexer *l, struct level *v)
{
    size_t from = l->at;
    uint32_t c = next(l);
    if (c != (unsigned char)l->x->escape) {
        add_char(l, v, str_slice(l->text, from, l->at - from), c);
        return;
    }
    if (l->raw_escapes)
        add_raw(l, v, str_slice(l->text, from, 1));
    from = l->at;
    if (next(l) != END)
        add_raw(l, v, str_slice(l->text, from, l->at - from));
}

/* One character, or what begins with it. */
static bool read_one(struct lexer *l, struct level *v, uint32_t c)
{
    struct str part;
    bool quotes = !l->x->no_quotes;
    if (c == '$') {
        if (!read_dollar(l, &part))
            return false;
        add_value(l, v, part);
    } else if (c == '<') {
        add_raw(l, v, read_less(l));
    } else if (c == '\'' && quotes) {
        if (!read_single(l, &part))
            return false;
        add_raw(l, v, part);
    } else if (c == '"' && quotes) {
        if (!read_double(l, &part))
            return false;
        add_raw(l, v, part);
    } else {
        read_plain(l, v);
    }
    return true;
}

/* Reads to the end of the text, or behind `stop`. */
static bool read_level(struct lexer *l, uint32_t stop, struct level *v)
{
    struct arena *a = l->x->arena;
    *v = (struct level){{a, NULL, 0, 0}, {0}, false};
    l->word = (struct text_buf){a, NULL, 0, 0};
    for (uint32_t c; (c = peek(l)) != END;) {
        if (c == stop) {
            l->at++;
            end_word(l, v);
            return true;
        }
        if (!read_one(l, v, c))
            return false;
    }
    end_word(l, v);
    return stop == END || fail(l, "the end is missing", (struct str){NULL, 0});
}

static bool read_until(struct lexer *l, uint32_t stop, bool raw_escapes,
                       struct str *out)
{
    struct level v;
    bool before = l->raw_escapes;
    if (++l->depth > MAX_NESTING)
        return fail(l, "substitutions are nested too deep",
                    (struct str){NULL, 0});
    l->raw_escapes = raw_escapes;
    bool good = read_level(l, stop, &v);
    l->raw_escapes = before;
    l->depth--;
    *out = text_of(&v.result);
    return good;
}

static struct lexer lexer_for(struct expander *x, struct str text, bool cuts)
{
    x->error = NULL;
    return (struct lexer){
        x, text, 0, x->raw_escapes, cuts, 0, {x->arena, NULL, 0, 0}};
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
    word = utf8_skip_bom(word); /* which Go's scanner does not see */
    struct lexer l = lexer_for(x, word, false);
    *out = word;
    if (is_plain(x, word))
        return true;
    bool good = read_level(&l, END, &v);
    *out = text_of(&v.result);
    return good;
}

bool expand_words(struct expander *x, struct str line, struct words *out)
{
    struct lexer l = lexer_for(x, line, true);
    struct level v;
    bool good = read_level(&l, END, &v);
    *out = (struct words){v.words.at, v.words.n};
    return good;
}
