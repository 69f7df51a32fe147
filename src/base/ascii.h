/* SPDX-License-Identifier: MIT */
/* Classes of ASCII characters, which no locale changes; inline, because parsers
 * ask for them at each byte. */
#ifndef STAGEPP_BASE_ASCII_H
#define STAGEPP_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum ascii_class {
    ASCII_NAME_START = 1, /* letters and '_' */
    ASCII_DIGIT = 2,
    ASCII_BLANK = 8, /* space, tab */
    ASCII_STRING = 4 /* what ends the plain bytes of "…": " \\ @ and "\n" */
};
extern const uint8_t ascii_classes[256];

static inline bool ascii_is(char c, unsigned classes)
{
    return (ascii_classes[(unsigned char)c] & classes) != 0;
}

static inline bool ascii_is_name_start(char c)
{
    return ascii_is(c, ASCII_NAME_START);
}

static inline bool ascii_is_name(char c)
{
    return ascii_is(c, ASCII_NAME_START | ASCII_DIGIT);
}

char ascii_lower(char c);
char ascii_upper(char c);

#endif
