/* SPDX-License-Identifier: MIT */
/* What to write here instead of what other languages have: for the messages of
 * those who come from there. */
#ifndef STAGEPP_LANG_HINT_H
#define STAGEPP_LANG_HINT_H

#include "lang/lexer.h"

/* How a word is used; or-ed. */
enum hint_use {
    HINT_VALUE = 1,
    HINT_CALL = 2,
    HINT_METHOD = 4,
    HINT_KEY = 8
};

/* Where a token does not fit. */
enum hint_place {
    HINT_START, /* a value is wanted */
    HINT_AFTER, /* something after a value */
    HINT_IN,    /* the same between brackets … */
    HINT_ITEM,  /* … where a comma would do too */
    HINT_NAME,  /* a name */
    HINT_FOR,   /* "in", after the names of @for */
    HINT_LET,   /* what follows the name in @let, @set or @define */
    HINT_SET,
    HINT_DEFINE,
    HINT_RESULT,  /* what follows the parameters of a macro … */
    HINT_DEFAULT, /* … and the default of one of them … */
    HINT_CHOICES, /* … and the choices of @param … */
    HINT_TYPED,   /* … and the type in @let */
    HINT_TYPE     /* what follows the name in @type */
};

/* Each gives "; " and what to write, or "". */

/* For a word that is nothing here. subject: the text of the value whose method
 * or key it is. */
struct str hint_word(struct arena *a, struct str word, enum hint_use use,
                     struct str subject);
/* For the current token. open: of HINT_IN and HINT_ITEM, the bracket. */
struct str hint_token(const struct lexer *l, enum hint_place place,
                      struct str open);
/* For the current token, after the whole of `what`; *known: it is a word that
 * is hardly text. */
struct str hint_end(const struct lexer *l, const char *what, bool *known);
/* For what is at the cursor and is not a token. */
struct str hint_sign(const struct lexer *l);

#endif
