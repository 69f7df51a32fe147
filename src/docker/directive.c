/* SPDX-License-Identifier: MIT */
/* The form is that of a regular expression of BuildKit, in which white space
 * is [ \t\n\f\r] and a value of blanks alone is its last blank. */
#include "docker/directive.h"

#include "docker/text.h"

static bool is_space(char c)
{
    return text_is_gap(c) ? c != '\v' : c == '\n';
}

static struct str skip_space(struct str s)
{
    while (s.len && is_space(s.ptr[0]))
        s = str_from_off(s, 1);
    return s;
}

static bool is_letter(char c)
{
    return c != '_' && ascii_is_name_start(c);
}

bool directive_split(struct str line, struct str *name, struct str *value)
{
    if (!line.len || line.ptr[0] != '#')
        return false;
    line = skip_space(str_from_off(line, 1));
    if (!line.len || !is_letter(line.ptr[0]))
        return false;
    size_t n = 0;
    while (n < line.len &&
           (is_letter(line.ptr[n]) || ascii_is_digit(line.ptr[n])))
        n++;
    *name = str_slice(line, 0, n);
    line = skip_space(str_from_off(line, n));
    if (!line.len || line.ptr[0] != '=')
        return false;
    line = str_from_off(line, 1);
    *value = skip_space(line);
    if (value->len == 0 && line.len)
        *value = str_from_off(line, line.len - 1);
    while (value->len > 1 && is_space(value->ptr[value->len - 1]))
        value->len--;
    return value->len > 0;
}

enum directive_status directive_add(struct directives *d, struct str name,
                                    struct str value)
{
    static const struct str names[DIRECTIVE_COUNT] = {
        {"syntax", 6}, {"escape", 6}, {"check", 5}};
    for (int i = 0; i < DIRECTIVE_COUNT; i++) {
        if (!text_same(name, names[i]))
            continue;
        if (d->value[i].ptr)
            return DIRECTIVE_TWICE;
        d->value[i] = value;
        return DIRECTIVE_NEW;
    }
    return DIRECTIVE_UNKNOWN;
}
