/* SPDX-License-Identifier: MIT */
/* Values: sixteen bytes, passed by value, never changed once made. Strings are
 * slices (of a source, or of the arena); lists and maps are shared. A list is
 * the first `len` items of a store, which may hold more, and the same is true
 * of maps and of strings that `+` has made: so appending to the newest one is
 * amortised O(1) although no value ever changes. */
#ifndef STAGEPP_EVAL_VALUE_H
#define STAGEPP_EVAL_VALUE_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum value_type {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_STR,
    VALUE_VERSION, /* a string that ver() has accepted */
    VALUE_LIST,
    VALUE_MAP,
    VALUE_BAD /* what a failed binding holds: using it fails silently */
};

struct value_list;
struct value_map;

struct value {
    uint8_t type; /* enum value_type */
    bool grown;   /* STR: made by value_str_join, and can grow in place */
    uint32_t len; /* bytes of a STR or VERSION, items of a LIST or MAP */
    union {
        bool b;
        int64_t i;
        const char *s;
        struct value_list *list;
        struct value_map *map;
    } u;
};

/* `used` items are taken, by whoever appended last. Without items (at is NULL)
 * it stands for the numbers from `first` on: a loop over a range, which is what
 * most ranges are for, then touches no memory. */
struct value_list {
    struct value *at;
    uint32_t used, cap;
    int64_t first;
};

/* Keys in order of insertion; values beside them. */
struct value_map {
    struct map keys;
    struct value *at;
    uint32_t cap;
    struct arena *arena; /* of all of it */
};

static inline struct value value_null(void)
{
    return (struct value){.type = VALUE_NULL};
}

static inline struct value value_bad(void)
{
    return (struct value){.type = VALUE_BAD};
}

static inline struct value value_bool(bool b)
{
    return (struct value){.type = VALUE_BOOL, .u.b = b};
}

static inline struct value value_int(int64_t i)
{
    return (struct value){.type = VALUE_INT, .u.i = i};
}

/* A slice; the caller sees to it that s lives long enough, and that its length
 * is within LIMIT_VALUE. */
static inline struct value value_str(struct str s)
{
    return (struct value){
        .type = VALUE_STR, .len = (uint32_t)s.len, .u.s = s.ptr};
}

static inline struct value value_version(struct str s)
{
    return (struct value){
        .type = VALUE_VERSION, .len = (uint32_t)s.len, .u.s = s.ptr};
}

/* x + y, in place where nobody else has appended to x. The caller has checked
 * the sum of the lengths. */
struct value value_str_join(struct arena *a, struct value x, struct value y);
/* A copy in a of a STR or VERSION, which may grow if v may. */
struct value value_str_copy(struct arena *a, struct value v);
/* The text of a STR or VERSION. */
static inline struct str value_text(struct value v)
{
    return (struct str){v.u.s, v.len};
}

/* An empty list with room for cap items. */
struct value value_list_new(struct arena *a, uint64_t cap);
/* The n numbers from `first` on. */
struct value value_list_range(struct arena *a, int64_t first, uint64_t n);
/* The list with item appended; in place where nobody else has appended. */
struct value value_list_add(struct arena *a, struct value list,
                            struct value item);
/* The items of x, then those of y; the same holds. */
struct value value_list_join(struct arena *a, struct value x, struct value y);
/* A copy in a, which may grow if list may. */
struct value value_list_copy(struct arena *a, struct value list);
static inline struct value value_item(struct value list, uint32_t i)
{
    const struct value_list *l = list.u.list;
    return l->at ? l->at[i] : value_int(l->first + i);
}

/* True if x and y are one and the same, and not only equal. */
static inline bool value_is(struct value x, struct value y)
{
    if (x.type != y.type || x.len != y.len)
        return false;
    return x.type == VALUE_NULL || (x.type == VALUE_BOOL  ? x.u.b == y.u.b
                                    : x.type == VALUE_INT ? x.u.i == y.u.i
                                                          : x.u.s == y.u.s);
}

/* True if v holds other values. */
static inline bool value_nests(struct value v)
{
    return v.type == VALUE_LIST || v.type == VALUE_MAP;
}

/* Maps are built with value_map_set by whoever made them, before anybody else
 * sees them; others only ever get more keys behind those they know. Keys are
 * not copied. */
struct value value_map_new(struct arena *a);
void value_map_set(struct value *map, struct str key, struct value item);
void value_map_set_all(struct value *map, struct value from);
/* True if y may go behind x in its store: nobody else has, and it changes
 * nothing. */
bool value_map_appends(struct value x, struct value y);
/* x with all of y, whose values win: in place if it appends, else in a. */
struct value value_map_join(struct arena *a, struct value x, struct value y);
/* Pointer to the value of key; NULL when absent. */
const struct value *value_map_get(struct value map, struct str key);
struct str value_map_key(struct value map, uint32_t i);
struct value value_map_at(struct value map, uint32_t i);

/* One level deeper into a value, and one step: jumps at their limits. */
void value_descend(struct fault *f, int depth);
/* "string", "list", …: the name of the type. */
const char *value_type_name(enum value_type type);
/* The same for a sentence: "a string", "an int", "null". */
const char *value_type_a(enum value_type type);
/* Same type and same content, recursively; versions that mean the same are
 * the same (LIMIT_NESTING bounds the depth of
 * any value). Different types are different. */
bool value_same(const struct arena *a, struct value x, struct value y);
/* True if x is an item of the list `in`, or (x is a STR) a key of the map or a
 * part of the STR. Each item of a list is a step. */
bool value_contains(const struct arena *a, struct value in, struct value x);
/* Appends what @{v} prints: STR, INT, BOOL, VERSION; false for the others. */
bool value_print(struct buf *b, struct value v);

#endif
