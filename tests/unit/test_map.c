/* SPDX-License-Identifier: MIT */
/* Keys keep their order and their index, whether few or many; and one who does
 * not know the seed cannot choose keys that collide. */
#include "base/map.h"
#include "base/seed.h"
#include "driver/session.h"

#include "fixture.h"

#include <stdio.h>

static struct str key_of(struct fixture *f, int i)
{
    return arena_printf(&f->arena, "key-%d", i);
}

static void keys_are_numbered_in_order(void **state)
{
    struct fixture *f = *state;
    struct map m = {0};
    bool added;
    assert_int_equal(map_find(&m, STR("a")), MAP_NONE);
    for (uint32_t i = 0; i < 10000; i++) {
        struct str key = key_of(f, (int)i);
        assert_int_equal(map_put(&m, &f->arena, key, &added), i);
        assert_true(added);
        /* Beyond the bounds from rows to slots, and from slots to more. */
        assert_int_equal(map_find(&m, key_of(f, 0)), 0);
        assert_int_equal(map_find(&m, key), i);
    }
    for (uint32_t i = 0; i < 10000; i += 7) {
        assert_int_equal(map_put(&m, &f->arena, key_of(f, (int)i), &added), i);
        assert_false(added);
    }
    assert_int_equal(m.n, 10000);
    assert_int_equal(map_find(&m, STR("key-10000")), MAP_NONE);
}

static void keys_are_bytes(void **state)
{
    struct fixture *f = *state;
    struct map m = {0};
    assert_int_equal(map_put(&m, &f->arena, (struct str){"a\0b", 3}, NULL), 0);
    assert_int_equal(map_put(&m, &f->arena, (struct str){"a\0c", 3}, NULL), 1);
    assert_int_equal(map_put(&m, &f->arena, STR("a"), NULL), 2);
    assert_int_equal(map_put(&m, &f->arena, STR(""), NULL), 3);
    assert_int_equal(map_find(&m, (struct str){"a\0c", 3}), 1);
    assert_int_equal(map_find(&m, (struct str){NULL, 0}), 3);
}

static void a_map_is_found_from_another_arena(void **state)
{
    struct fixture *f = *state;
    struct arena other;
    struct map m = {0};
    arena_init(&other, &f->fault);
    for (int i = 0; i < 100; i++)
        map_put(&m, i % 2 ? &other : &f->arena, key_of(f, i), NULL);
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(map_find(&m, key_of(f, (int)i)), i);
    arena_free(&other);
}

/* The hash of key in a map with that seed; m is reused. */
static uint32_t hash_of(struct fixture *f, struct map *m, uint64_t seed,
                        struct str key)
{
    m->n = 0;
    m->seed = seed;
    map_put(m, &f->arena, key, NULL);
    return m->hashes[0];
}

enum {
    SLOTS = 1024,
    FLOOD = 500
};

/* The largest number of keys that want the same slot. */
static uint32_t fullest(struct fixture *f, struct map *m, uint64_t seed,
                        const struct str *keys)
{
    uint32_t counts[SLOTS] = {0}, most = 0;
    for (int i = 0; i < FLOOD; i++) {
        uint32_t *count = &counts[hash_of(f, m, seed, keys[i]) % SLOTS];
        most = ++*count > most ? *count : most;
    }
    return most;
}

/* Keys that collide in one session do not collide in another. */
static void a_flood_is_one_for_one_seed(void **state)
{
    struct fixture *f = *state;
    struct str keys[FLOOD];
    struct map m = {0};
    for (int i = 0, n = 0; n < FLOOD; i++) {
        char text[16];
        struct str key = {text, (size_t)snprintf(text, sizeof text, "k%d", i)};
        if (hash_of(f, &m, 1, key) % SLOTS == 0)
            keys[n++] = arena_str(&f->arena, key);
    }
    assert_int_equal(fullest(f, &m, 1, keys), FLOOD);
    for (uint64_t seed = 2; seed < 66; seed++)
        assert_in_range(fullest(f, &m, seed, keys), 1, 16);
}

/* Any change of two bits changes the hash, whatever the seed. */
static void no_difference_collides(void **state)
{
    struct fixture *f = *state;
    struct map m = {0};
    int collisions = 0;
    /* On both sides of each length that is read in another way. */
    static const size_t lengths[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 26};
    for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++)
        for (uint64_t seed = 1; seed <= 16; seed++) {
            char text[40] = "0123456789abcdefghijklmnopqrstuvwxyz";
            size_t len = lengths[n];
            struct str key = {text, len};
            uint32_t h = hash_of(f, &m, seed * 0x9E3779B97F4A7C15u, key);
            for (size_t i = 0; i < 8 * len; i++)
                for (size_t j = i; j < 8 * len; j++) {
                    text[i / 8] ^= (char)(1 << i % 8);
                    text[j / 8] ^= (char)(j > i ? 1 << j % 8 : 0);
                    collisions += hash_of(f, &m, m.seed, key) == h;
                    text[i / 8] ^= (char)(1 << i % 8);
                    text[j / 8] ^= (char)(j > i ? 1 << j % 8 : 0);
                }
        }
    /* A million and a half pairs: hardly one would collide by chance. */
    assert_in_range(collisions, 0, 2);
}

/* Words that would make a product 0, or small, if a factor were known. */
static void no_word_takes_the_seed_away(void **state)
{
    static const uint64_t words[] = {
        0,
        1,
        UINT64_MAX,
        (uint64_t)1 << 63,
        0xA0761D6478BD642Fu,
        0xE7037ED1A0B428DBu,
        0x8EBC6AF09C88C6E3u,
        0x589965CC75374CC3u,
    };
    enum {
        KEYS = 8 * 8 * 8
    };
    struct fixture *f = *state;
    struct map m = {0};
    uint32_t hashes[KEYS];
    int collisions = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        for (int i = 0; i < KEYS; i++) {
            uint64_t w[] = {words[i / 64], words[i / 8 % 8], words[i % 8]};
            struct str key = {(const char *)w, sizeof w};
            hashes[i] = hash_of(f, &m, seed * 0x9E3779B97F4A7C15u, key);
            for (int j = 0; j < i; j++)
                collisions += hashes[i] == hashes[j];
        }
    }
    assert_in_range(collisions, 0, 2);
}

static void each_session_has_its_seed(void **state)
{
    (void)state;
    stagepp_session *one = stagepp_new(), *other = stagepp_new();
    assert_true(one->fault.seed != other->fault.seed);
    stagepp_free(one);
    stagepp_free(other);
    assert_true(seed_random(0) != seed_random(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_are_numbered_in_order),
        TEST(keys_are_bytes),
        TEST(a_map_is_found_from_another_arena),
        TEST(a_flood_is_one_for_one_seed),
        TEST(no_difference_collides),
        TEST(no_word_takes_the_seed_away),
        TEST(each_session_has_its_seed),
    };
    return tap_run(tests, NULL, NULL);
}
