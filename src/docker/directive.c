/* SPDX-License-Identifier: MIT */
/* The form is that of BuildKit's regular expression: white space in it is
 * [ \t\n\f\r], and a value that consists of blanks is the last of them. */
#include "docker/directive.h"

#include "docker/text.h"

#define SPACE " \t\n\f\r"

bool directive_split(struct str line, struct str *name, struct str *value)
{
    if (!str_starts(line, STR("#")))
        return false;
    line = text_skip(str_from_off(line, 1), SPACE);
    *name = str_slice(line, 0, text_span(line, TEXT_ALNUM));
    if (!name->len || ascii_is_digit(name->ptr[0]))
        return false;
    line = text_skip(str_from_off(line, name->len), SPACE);
    if (!str_starts(line, STR("=")))
        return false;
    line = str_from_off(line, 1);
    *value = text_skip(line, SPACE);
    if (value->len == 0 && line.len)
        *value = str_from_off(line, line.len - 1);
    while (value->len > 1 && strchr(SPACE, value->ptr[value->len - 1]))
        value->len--;
    return value->len > 0;
}

enum directive_status directive_add(struct str values[DIRECTIVE_COUNT],
                                    struct str name, struct str value)
{
    static const struct str names[DIRECTIVE_COUNT] = {
        {"syntax", 6}, {"escape", 6}, {"check", 5}};
    for (int i = 0; i < DIRECTIVE_COUNT; i++) {
        if (!text_same(name, names[i]))
            continue;
        if (values[i].ptr)
            return DIRECTIVE_TWICE;
        values[i] = value;
        return DIRECTIVE_NEW;
    }
    return DIRECTIVE_UNKNOWN;
}
