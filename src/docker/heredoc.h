/* SPDX-License-Identifier: MIT */
/* Which heredocs a line announces: "<<EOF", "3<<-'END'". */
#ifndef STAGEPP_DOCKER_HEREDOC_H
#define STAGEPP_DOCKER_HEREDOC_H

#include "docker/words.h"

struct heredoc {
    struct str name;    /* the word that ends it, quotes removed */
    struct str content; /* as written, with line ends */
    bool expand;        /* the word was not quoted */
    bool chomp;         /* <<-: leading tabs do not count */
};

/* The words of a line, any of which may announce one; none if the line cannot
 * be cut. */
struct words heredoc_split(struct arena *a, struct str line);
/* True if a whole word announces one, whose content is still to be read. */
bool heredoc_word(struct arena *a, struct str word, struct heredoc *out);

#endif
