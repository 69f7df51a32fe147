/* SPDX-License-Identifier: MIT */
/* Interned identifiers: the lexer turns each word into a number once, and
 * everybody after it compares numbers. */
#ifndef STAGEPP_LANG_NAME_H
#define STAGEPP_LANG_NAME_H

#include "base/map.h"

/* An interned identifier: equal names are equal numbers. */
typedef uint32_t name_id;
#define NAME_NONE UINT32_MAX

/* The words of the language are interned first: their numbers are these. */
enum word {
#define X(id, text) WORD_##id,
#include "lang/keyword_list.h"
#include "lang/word_list.h"
    WORD_COUNT,
    WORD_LAST = WORD_COUNT - 1,
#include "lang/word_soft_list.h"
#undef X
    WORD_ALL
};

/* The interned identifiers of a session. */
struct names {
    struct arena *arena;
    struct map map;
};
void name_init(struct names *n, struct arena *arena);
struct str name_of_word(enum word word);
name_id name_intern(struct names *n, struct str text);
/* NAME_NONE if text was never interned. */
name_id name_find(const struct names *n, struct str text);
/* True for keywords, literals, operator words and "loop"; but not for keywords
 * that are names outside of their place, nor for "file", which everybody wants
 * to call a parameter. */
static inline bool name_is_word(name_id name)
{
    return name < WORD_COUNT && name != WORD_FILE &&
           !(name >= (name_id)WORD_TYPE && name < (name_id)WORD_TRUE);
}

/* True for these and for __names__. */
bool name_is_reserved(const struct names *names, name_id name);
struct str name_text(const struct names *n, name_id id);

#endif
