/* SPDX-License-Identifier: MIT */
/* In: a pattern of the user. Out: the string that bake gets. Bake reads "${"
 * and
 * "%{" in its strings as expressions: in paths and names they are doubled, in
 * the pattern itself they stay, so that variables of bake work there. */
#include "driver/bake_pattern.h"

#include "docker/text.h"

/* "${" and "%{" begin an expression of bake; `at` is the offset of the "{". */
static bool is_expression(struct str s, size_t at)
{
    return at && (s.ptr[at - 1] == '$' || s.ptr[at - 1] == '%');
}

bool bake_pattern_has_expression(struct str s)
{
    for (size_t i = 1; i < s.len; i++)
        if (s.ptr[i] == '{' && is_expression(s, i))
            return true;
    return false;
}

/* Adds a text in which nothing is an expression. */
static void add_escaped(struct text_buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        struct str c = str_slice(s, i, 1);
        text_add(out, c);
        if (i + 1 < s.len && s.ptr[i + 1] == '{' && is_expression(s, i + 1))
            text_add(out, c);
    }
}

struct str bake_pattern_escape(struct arena *a, struct str s)
{
    struct text_buf out = {a, NULL, 0, 0};
    add_escaped(&out, s);
    return text_of(&out);
}

/* The length of a "{word}" that s begins with; 0 if it does not. */
static size_t placeholder_len(struct str s)
{
    size_t n = 1;
    while (n < s.len && ascii_is_name(s.ptr[n]))
        n++;
    return s.len && s.ptr[0] == '{' && n > 1 && n < s.len && s.ptr[n] == '}'
               ? n + 1
               : 0;
}

/* The value of a placeholder; ptr NULL if the name is not one. */
static struct str placeholder(const struct bake_target *t, struct str word)
{
    if (str_eq(word, STR("{path}")))
        return t->path;
    if (str_eq(word, STR("{dir}")))
        return t->dir;
    return str_eq(word, STR("{name}")) ? t->name : STR_ABSENT;
}

struct str bake_pattern_fill(struct arena *a, const char *pattern,
                             const struct bake_target *t)
{
    struct text_buf out = {a, NULL, 0, 0};
    struct str s = str_from(pattern);
    for (size_t i = 0; i < s.len;) {
        size_t n =
            is_expression(s, i) ? 0 : placeholder_len(str_from_off(s, i));
        if (n)
            add_escaped(&out, placeholder(t, str_slice(s, i, n)));
        else
            text_add(&out, str_slice(s, i, n = 1));
        i += n;
    }
    return text_of(&out);
}

struct str bake_pattern_unknown(struct str pattern)
{
    static const struct bake_target any = {STR_INIT("x"), STR_INIT("x"),
                                           STR_INIT("x")};
    for (size_t i = 0; i < pattern.len; i++) {
        size_t n = placeholder_len(str_from_off(pattern, i));
        struct str word = str_slice(pattern, i, n);
        if (n && !is_expression(pattern, i) && !placeholder(&any, word).ptr)
            return word;
    }
    return STR_ABSENT;
}

void bake_pattern_variables(struct arena *a, struct map *names,
                            const char *pattern)
{
    struct str s = str_from(pattern);
    for (size_t i = 1; i < s.len; i++) {
        size_t n = placeholder_len(str_from_off(s, i));
        bool doubled = i > 1 && s.ptr[i - 2] == '$';
        struct str name = n ? str_slice(s, i + 1, n - 2) : STR("");
        if (n && s.ptr[i - 1] == '$' && !doubled &&
            ascii_is_name_start(name.ptr[0]) && !str_starts(name, STR("BAKE_")))
            map_put(names, a, name, NULL);
    }
}
