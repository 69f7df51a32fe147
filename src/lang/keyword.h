/* SPDX-License-Identifier: MIT */
/* The words that begin directives. */
#ifndef STAGEPP_LANG_KEYWORD_H
#define STAGEPP_LANG_KEYWORD_H

#include "lang/name.h"

/* The same numbers as in enum word. */
enum keyword {
#define X(id, text) KEYWORD_##id,
#include "lang/keyword_list.h"
#undef X
    KEYWORD_NONE
};

/* KEYWORD_NONE if the name is not a keyword; NAME_NONE is not one. */
static inline enum keyword keyword_of(name_id name)
{
    return name < KEYWORD_NONE ? (enum keyword)name : KEYWORD_NONE;
}

/* True if the word is a keyword only after an '@' that begins a line. */
static inline bool keyword_is_name(enum keyword k)
{
    return k >= KEYWORD_TYPE && k < KEYWORD_NONE;
}

static inline const char *keyword_text(enum keyword k)
{
    return name_of_word((enum word)k).ptr;
}

/* The keyword in any case; KEYWORD_NONE if the word is not one. */
enum keyword keyword_any_case(struct str word);
/* The keyword at most one edit (case-insensitive) away from word, which is not
 * one; KEYWORD_NONE if there is none. */
enum keyword keyword_near(struct str word);

#endif
