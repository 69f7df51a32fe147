/* SPDX-License-Identifier: MIT */
#include "lang/keyword.h"

enum keyword keyword_near(struct str word)
{
    for (int k = 0; k < KEYWORD_NONE; k++)
        if (str_distance(word, name_of_word((enum word)k), 1) <= 1)
            return (enum keyword)k;
    return KEYWORD_NONE;
}

enum keyword keyword_any_case(struct str word)
{
    for (int k = 0; k < KEYWORD_NONE; k++)
        if (str_distance(word, name_of_word((enum word)k), 0) == 0)
            return (enum keyword)k;
    return KEYWORD_NONE;
}
