/* SPDX-License-Identifier: MIT */
/* Keys in a row with their hashes beside them; above eight of them, open
 * addressing over their indices. The hash mixes eight bytes at a time with a
 * 128-bit product, started from the map's seed. The author of
 * the keys knows neither factor, since the seed is in both and no result shows
 * it. So no difference of two keys makes them collide more often than chance
 * does, whatever the seed (the unit test looks for one). */
#include "base/map.h"

#include <string.h>

enum {
    FEW = 8
};

/* Both halves of the product, folded. */
static inline uint64_t mix(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 p = (unsigned __int128)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
#else
    uint64_t low = (uint32_t)a * (b & UINT32_MAX);
    uint64_t mid = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
    uint64_t mid2 = (uint32_t)a * (b >> 32) + (mid & UINT32_MAX);
    uint64_t high = (a >> 32) * (b >> 32) + (mid >> 32) + (mid2 >> 32);
    return (mid2 << 32 | (uint32_t)low) ^ high;
#endif
}

static inline uint64_t load(const char *p, size_t n)
{
    uint64_t word = 0;
    memcpy(&word, p, n);
    return word;
}

/* Up to sixteen bytes as two words that may overlap. Both factors have the
 * seed in them, so that nobody can choose one that is 0. */
static inline uint64_t hash_short(uint64_t h, uint64_t seed, struct str s)
{
    if (s.len >= 8)
        return mix(h ^ load(s.ptr, 8), load(s.ptr + s.len - 8, 8) ^ seed);
    if (s.len >= 4)
        return mix(h ^ load(s.ptr, 4), load(s.ptr + s.len - 4, 4) ^ seed);
    if (s.len == 0)
        return h;
    uint64_t word = (uint64_t)(unsigned char)s.ptr[0] << 16 |
                    (uint64_t)(unsigned char)s.ptr[s.len / 2] << 8 |
                    (unsigned char)s.ptr[s.len - 1];
    return mix(h ^ word, 0x8EBC6AF09C88C6E3u);
}

static inline uint32_t hash(uint64_t seed, struct str s)
{
    uint64_t h = mix(seed ^ 0xA0761D6478BD642Fu, s.len ^ 0xE7037ED1A0B428DBu);
    struct str rest = s;
    for (; rest.len > 16; rest.ptr += 8, rest.len -= 8)
        h = mix(h ^ load(rest.ptr, 8), 0x589965CC75374CC3u ^ seed);
    h = hash_short(h, seed, rest);
    return (uint32_t)(h ^ (h >> 32));
}

static inline uint32_t search(const struct map *m, struct str key, uint32_t h)
{
    if (!m->slots) {
        for (uint32_t i = 0; i < m->n; i++)
            if (m->hashes[i] == h && str_eq(m->keys[i], key))
                return i;
        return MAP_NONE;
    }
    for (uint32_t s = h & (m->nslots - 1); m->slots[s];
         s = (s + 1) & (m->nslots - 1)) {
        uint32_t i = m->slots[s] - 1;
        if (m->hashes[i] == h && str_eq(m->keys[i], key))
            return i;
    }
    return MAP_NONE;
}

uint32_t map_find(const struct map *m, struct str key)
{
    return m->n ? search(m, key, hash(m->seed, key)) : MAP_NONE;
}

static void fill_slot(struct map *m, uint32_t i)
{
    uint32_t s = m->hashes[i] & (m->nslots - 1);
    while (m->slots[s])
        s = (s + 1) & (m->nslots - 1);
    m->slots[s] = i + 1;
}

static void grow(struct map *m, struct arena *a)
{
    uint32_t cap = m->cap ? m->cap * 2 : FEW;
    if (cap > UINT32_MAX / 4)
        fault_raise(a->fault, LIMIT_MEMORY);
    m->keys = arena_resize(a, m->keys, m->cap * sizeof *m->keys,
                           cap * sizeof *m->keys);
    m->hashes = arena_resize(a, m->hashes, m->cap * sizeof *m->hashes,
                             cap * sizeof *m->hashes);
    if (cap > FEW) {
        /* A jump leaves the map as it was: it may live longer than the run. */
        m->slots = arena_zalloc(a, 2 * cap * sizeof *m->slots);
        m->nslots = 2 * cap;
    }
    m->cap = cap;
    for (uint32_t i = 0; i < m->n && m->slots; i++)
        fill_slot(m, i);
}

uint32_t map_put(struct map *m, struct arena *a, struct str key, bool *added)
{
    if (!m->cap)
        m->seed = a->fault->seed;
    uint32_t h = hash(m->seed, key), i = m->n ? search(m, key, h) : MAP_NONE;
    if (added)
        *added = i == MAP_NONE;
    if (i != MAP_NONE)
        return i;
    if (m->n == m->cap)
        grow(m, a);
    i = m->n++;
    m->keys[i] = key;
    m->hashes[i] = h;
    if (m->slots)
        fill_slot(m, i);
    return i;
}
