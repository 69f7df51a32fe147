/* SPDX-License-Identifier: MIT */
/* The table of options, and the texts that are made from it. */
#ifndef STAGEPP_CLI_OPTION_H
#define STAGEPP_CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define OPTION_NAME_SIZE 32 /* holds each option with its dashes */

enum option_id {
#define X(id, group, short_name, long_name, kind, argument, help) OPTION_##id,
#include "cli/option_list.h"
#undef X
    OPTION_COUNT
};

enum option_kind {
    ARGUMENT_NONE,
    ARGUMENT_NEEDED,
    ARGUMENT_JOINED,
    ARGUMENT_EQUALS
};

enum option_group {
    GROUP_FILES,
    GROUP_PARAMETERS,
    GROUP_DEPENDENCIES,
    GROUP_MODES,
    GROUP_DIAGNOSTICS,
    GROUP_COUNT
};

struct option {
    enum option_id id;
    enum option_group group;
    const char *short_name; /* without "-"; may be NULL */
    const char *long_name;  /* without "--"; may be NULL */
    enum option_kind kind;
    const char *argument; /* how --help calls it */
    const char *help;
};

/* The option that a word like "-MFfile" means, and its joined argument (NULL
 * when nothing is joined); NULL when there is no such option. */
const struct option *option_short(const char *word, const char **joined);
/* The same for "--root=dir". */
const struct option *option_long(const char *word, const char **joined);
/* "--root" or "-o": how messages call it. */
const char *option_name(const struct option *o, char buf[OPTION_NAME_SIZE]);
/* False if the argument of o is one of a few words, and value is not. */
bool option_takes(const struct option *o, const char *value);
/* What to write for an option of other programs; NULL if word is none. */
const char *option_synonym(const char *word);
/* True if a word with one dash, such as "-only", is a long option's name. */
bool option_lacks_dash(const char *word);
/* The option that word is most like, written out; NULL when no option is near.
 */
const char *option_nearest(const char *word, char buf[OPTION_NAME_SIZE]);
void option_print_help(FILE *out);
/* The OPTIONS section of the man page, in roff. */
void option_print_man(FILE *out);

#endif
