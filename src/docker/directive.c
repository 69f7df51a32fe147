/* SPDX-License-Identifier: MIT */
/* The form is that of BuildKit's regular expression: white space in it is
 * [ \t\n\f\r], and a value that consists of blanks is the last of them. */
#include "docker/directive.h"

#include "base/utf8.h"
#include "docker/text.h"

#define SPACE " \t\n\f\r"

bool directive_split_comment(struct str line, struct str *name,
                             struct str *value)
{
    line = text_skip(line, SPACE);
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
    for (const char *end = value->ptr + value->len;
         value->len > 1 && end[-1] && strchr(SPACE, end[-1]); end--)
        value->len--;
    return value->len > 0;
}

bool directive_split(struct str line, struct str *name, struct str *value)
{
    return str_starts(line, STR("#")) &&
           directive_split_comment(str_from_off(line, 1), name, value);
}

enum directive_status directive_add(struct str values[DIRECTIVE_COUNT],
                                    struct str name, struct str value)
{
    static const struct str names[DIRECTIVE_COUNT] = {
        STR_INIT("syntax"), STR_INIT("escape"), STR_INIT("check")};
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

void directive_read_top(struct str text, struct str values[DIRECTIVE_COUNT])
{
    memset(values, 0, DIRECTIVE_COUNT * sizeof *values);
    text = utf8_skip_bom(text);
    if (str_starts(text, STR("#!")))
        text_cut(&text, '\n');
    while (text.len) {
        struct str line = text_cut(&text, '\n');
        struct str name, value;
        if (str_ends(line, STR("\r")))
            line.len--;
        if (!directive_split(line, &name, &value) ||
            directive_add(values, name, value) != DIRECTIVE_NEW)
            break;
    }
}
