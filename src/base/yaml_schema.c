/* SPDX-License-Identifier: MIT */
#include "base/yaml_schema.h"

const char *const yaml_tag_names[YAML_TAGS] = {"",     "str",  "int", "float",
                                               "bool", "null", "seq", "map"};

static bool is_one_of(struct str text, const char *const *words)
{
    while (*words && !str_eq(text, str_from(*words)))
        words++;
    return *words;
}

static bool is_null(struct str text)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_one_of(text, words);
}

static bool is_true(struct str text)
{
    static const char *const words[] = {"true", "True", "TRUE", NULL};
    return is_one_of(text, words);
}

static bool is_false(struct str text)
{
    static const char *const words[] = {"false", "False", "FALSE", NULL};
    return is_one_of(text, words);
}

/* int = ["-"] ("0" | "1"…"9" {"0"…"9"}) */
static bool is_int(struct str text)
{
    size_t at = str_starts(text, STR("-"));
    size_t end = str_span(text, at, ASCII_DIGIT);
    return end == text.len && end > at &&
           (text.ptr[at] != '0' || end == at + 1);
}

/* float = ["-" | "+"] ("." digits | digits ["." [digits]]) [exponent] | "."
 * and a word */
static bool is_float(struct str text)
{
    static const char *const infinite[] = {".inf", ".Inf", ".INF", NULL};
    static const char *const nan[] = {".nan", ".NaN", ".NAN", NULL};
    size_t sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    if (is_one_of(str_from_off(text, sign), infinite) || is_one_of(text, nan))
        return true;
    size_t end = str_span(text, sign, ASCII_DIGIT), digits = end - sign;
    if (end < text.len && text.ptr[end] == '.') {
        size_t more = str_span(text, end + 1, ASCII_DIGIT);
        digits += more - end - 1;
        end = more;
    }
    if (digits && end < text.len && ascii_lower(text.ptr[end]) == 'e') {
        end++;
        if (end < text.len && (text.ptr[end] == '-' || text.ptr[end] == '+'))
            end++;
        digits = str_span(text, end, ASCII_DIGIT) - end;
        end += digits;
    }
    return digits && end == text.len;
}

enum yaml_tag yaml_resolve(struct str text)
{
    char c = text.len ? text.ptr[0] : '~';
    if (c == '-' || ascii_is_digit(c))
        return is_int(text) ? YAML_TAG_INT : YAML_TAG_STR;
    if (!strchr("~nNtTfF", c) || text.len > 5)
        return YAML_TAG_STR;
    if (is_null(text))
        return YAML_TAG_NULL;
    return is_true(text) || is_false(text) ? YAML_TAG_BOOL : YAML_TAG_STR;
}

bool yaml_fits(enum yaml_tag tag, struct str text)
{
    switch (tag) {
    case YAML_TAG_STR:
        return true;
    case YAML_TAG_INT:
        return is_int(text);
    case YAML_TAG_FLOAT:
        return is_float(text);
    case YAML_TAG_BOOL:
        return is_true(text) || is_false(text);
    case YAML_TAG_NULL:
        return is_null(text);
    default:
        return false;
    }
}

enum data_kind yaml_kind(enum yaml_tag tag, struct str text)
{
    if (tag == YAML_TAG_INT)
        return DATA_NUMBER;
    if (tag == YAML_TAG_BOOL)
        return is_true(text) ? DATA_TRUE : DATA_FALSE;
    return tag == YAML_TAG_NULL ? DATA_NULL : DATA_STRING;
}
