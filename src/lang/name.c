/* SPDX-License-Identifier: MIT */
/* Interned identifiers: a name's number is its index in the map. */
#include "lang/name.h"

static const struct str words[] = {
#define X(id, text) STR_INIT(text),
#include "lang/keyword_list.h"
#include "lang/word_list.h"
#include "lang/word_soft_list.h"
#undef X
};

struct str name_of_word(enum word word)
{
    return words[word];
}

void name_init(struct names *n, struct arena *arena)
{
    *n = (struct names){.arena = arena};
    for (size_t i = 0; i < WORD_ALL; i++)
        map_put(&n->map, arena, words[i], NULL);
}

name_id name_intern(struct names *n, struct str text)
{
    bool added;
    name_id id = map_put(&n->map, n->arena, text, &added);
    if (added)
        n->map.keys[id] = arena_str(n->arena, text);
    return id;
}

name_id name_find(const struct names *n, struct str text)
{
    return map_find(&n->map, text);
}

struct str name_text(const struct names *n, name_id id)
{
    return n->map.keys[id];
}

bool name_is_reserved(const struct names *names, name_id name)
{
    struct str word = name_text(names, name);
    /* __file__ and the like, and those that may come. */
    return name_is_word(name) || (word.len > 4 && str_starts(word, STR("__")) &&
                                  str_ends(word, STR("__")));
}
