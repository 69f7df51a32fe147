/* SPDX-License-Identifier: MIT */
/* Interned identifiers: a name's number is its index in the map. */
#include "lang/ast.h"

name_id name_intern(struct names *n, struct str text)
{
    uint32_t id = map_find(&n->map, text);
    if (id != MAP_NONE)
        return id;
    return map_put(&n->map, n->arena, arena_str(n->arena, text), NULL);
}

name_id name_find(const struct names *n, struct str text)
{
    return map_find(&n->map, text);
}

struct str name_text(const struct names *n, name_id id)
{
    return n->map.keys[id];
}
