/* SPDX-License-Identifier: MIT */
/* What libyaml says of a mistake, and what we say: libyaml names the rule of
 * its grammar, we name what people meant to write. */
#ifndef STAGEPP_BASE_YAML_WORDS_H
#define STAGEPP_BASE_YAML_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct yaml_words {
    const char *problem; /* in libyaml's words */
    const char *message;
    bool at_context;  /* it stands where what libyaml was reading begins */
    const char *note; /* of that place; NULL: none */
};

/* NULL if we have no words of our own. */
const struct yaml_words *yaml_words(const char *problem);

#endif
