/* SPDX-License-Identifier: MIT */
/* Words that begin directives in other languages, and what is written here. */
#ifndef STAGEPP_LANG_FOREIGN_H
#define STAGEPP_LANG_FOREIGN_H

#include "lang/keyword.h"

enum foreign_effect {
    FOREIGN_DO,   /* a line by itself */
    FOREIGN_OPEN, /* a block begins */
    FOREIGN_ON,   /* an open block of `keyword` goes on */
    FOREIGN_CLOSE /* … or ends */
};

struct foreign {
    const char *word;
    enum foreign_effect effect;
    enum keyword keyword; /* or KEYWORD_NONE */
    const char *ours;     /* what to write */
};

/* The entry of word, in any case and with or without '-' and '_'; or NULL. */
const struct foreign *foreign_find(struct str word);

#endif
