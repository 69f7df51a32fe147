/* SPDX-License-Identifier: MIT */
/* $NAME, ${NAME}, ${NAME:-word} and the like in the words of a Dockerfile, with
 * quotes and escapes as BuildKit's lexer reads them. It also cuts lines into
 * words, which is how heredocs are found. */
#ifndef STAGEPP_DOCKER_EXPAND_H
#define STAGEPP_DOCKER_EXPAND_H

#include "docker/env.h"
#include "docker/words.h"

/* Values are cut at this length: what we ask of them (is it a path, a port,
 * empty) needs no more, and a value that doubles in every line stays small. */
#define EXPAND_MAX 4096

/* The variables that words used. */
struct word_names {
    struct words set, unset;
};

struct expander {
    struct arena *arena;
    char escape;
    bool raw_quotes;        /* quotes stay */
    bool raw_escapes;       /* escapes stay */
    bool no_quotes;         /* quotes are text */
    bool keep;              /* variables stay as they are written */
    const struct env *env;  /* NULL: no variable is set */
    struct word_names used; /* names looked up so far, those without a value
                               once for each word */
    struct map unset;       /* those of the word that is read */
    bool open;              /* the word depends on a variable without a value */
    const char *error;      /* why it failed */
    bool mendable;          /* with other values it would not */
    struct str error_part;  /* the variable it is about; may be empty */
};

/* The word with its variables replaced; false (and x->error) if it is wrong. */
bool expand_word(struct expander *x, struct str word, struct str *out);
/* The words it gives, cut at white space that is not quoted. */
bool expand_words(struct expander *x, struct str line, struct words *out);

#endif
