/* SPDX-License-Identifier: MIT */
/* A pattern as a row of items, which pattern.c and ignore.c read from their
 * texts, and how it is matched: the set of items that may come next is kept
 * while the text is taken byte by byte, so no pattern takes long. */
#ifndef STAGEPP_DOCKER_GLOB_H
#define STAGEPP_DOCKER_GLOB_H

#include "base/vec.h"

enum glob_item {
    GLOB_BYTE = 0,  /* up to 255: the byte itself */
    GLOB_ANY = 256, /* any byte */
    GLOB_ALL,       /* any number of them */
    GLOB_ONE,       /* any byte but "/" */
    GLOB_SOME,      /* any number of those */
    GLOB_DIRS,      /* nothing, or … */
    GLOB_INSIDE,    /* … anything that ends in "/"; follows GLOB_DIRS */
    GLOB_CLASS      /* a byte of the class of that number, and so on */
};

struct glob_class {
    unsigned char bits[32];
};

struct glob {
    VEC(uint16_t) items;
    VEC(struct glob_class) classes;
    bool from_end; /* the items, and the text, are taken from the end */
};

/* The length of the longest or shortest match at the start (the end) of s;
 * STR_NONE if there is none. */
size_t glob_match(struct arena *a, const struct glob *g, struct str s,
                  bool longest);

#endif
