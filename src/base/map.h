/* SPDX-License-Identifier: MIT */
/* An insertion-ordered map from strings to their index 0, 1, 2, …: its
 * user keeps the values in an array beside it. The hash is seeded, so keys
 * cannot be chosen to collide; up to eight keys are searched in a row. Keys
 * are not copied: they must live as long as the map. */
#ifndef STAGEPP_BASE_MAP_H
#define STAGEPP_BASE_MAP_H

#include "base/arena.h"

#define MAP_NONE UINT32_MAX

struct map {
    struct str *keys; /* in order of insertion */
    uint32_t n, cap;
    uint32_t *hashes; /* beside keys */
    uint32_t *slots;  /* index + 1, 0 is free; NULL while small */
    uint32_t nslots;
    uint64_t seed; /* of the hashes: that of the session at the first key */
};

/* {0} is an empty map. */
/* Index of key; MAP_NONE when absent. */
uint32_t map_find(const struct map *m, struct str key);
/* Index of key, inserting it if absent; *added tells which (may be NULL). */
uint32_t map_put(struct map *m, struct arena *a, struct str key, bool *added);

#endif
