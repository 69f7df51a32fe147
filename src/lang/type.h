/* SPDX-License-Identifier: MIT */
/* What a value may be, as it is written: `list[string]`, `"a" | "b"`,
 * `{name: string, uid?: int}`, `int where it > 0`. The parser makes the tree
 * and library/program links its names; eval/type holds values against it. A
 * type is shown to people as it was written. */
#ifndef STAGEPP_LANG_TYPE_H
#define STAGEPP_LANG_TYPE_H

#include "lang/ast.h"

enum type_kind {
    TYPE_ANY,
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_INT,
    TYPE_STRING,
    TYPE_VERSION,
    TYPE_BLOCK,   /* text of an @block: a string */
    TYPE_LIST,    /* list, list[T] */
    TYPE_MAP,     /* map, map[T], map[K, T] */
    TYPE_RECORD,  /* {key: T, key?: T} */
    TYPE_LITERAL, /* "text", 3, -3, true, false */
    TYPE_NAME,    /* port, types.port */
    TYPE_IN,      /* T in LIST */
    TYPE_UNION,   /* T | T, T? */
    TYPE_WHERE,   /* T where C "D" */
    TYPE_BAD      /* could not be parsed; reported */
};

struct type {
    uint8_t kind; /* enum type_kind */
    struct loc loc;
    struct type *next; /* the next member of a union */
};

/* TYPE_LIST, TYPE_MAP. */
struct type_of {
    struct type t;
    struct type *key, *item; /* NULL: any */
};

struct field {
    struct field *next;
    struct str key;
    struct loc loc;
    struct type *type;
    bool optional;
};

struct type_record {
    struct type t;
    struct field *fields;
    uint32_t n;
};

struct type_literal {
    struct type t;
    struct expr *value; /* EXPR_STR, EXPR_INT, EXPR_BOOL */
};

struct type_name {
    struct type t;
    name_id module; /* NAME_NONE: of this file */
    name_id name;
    bool after_is;
    /* Of this run, once linked; NULL: there is no such type. */
    const struct node_type *target;
    const struct file *file; /* which has it */
};

struct type_in {
    struct type t;
    struct type *of;
    struct expr *list;
};

struct type_union {
    struct type t;
    struct type *members;
};

struct type_where {
    struct type t;
    struct type *of;
    struct expr *condition; /* sees `it`; NULL: only a description */
    struct str description; /* completes "X is …"; ptr NULL: none */
};

/* Types that name each other without a list, map or record between them: bounds
 * the recursion of those who follow the names. */
enum {
    MOST_NAMED_TYPES = 200
};

/* The @type of that name in file; NULL: none. */
const struct node_type *type_of_name(const struct names *names,
                                     const struct file *file, name_id name);
void type_add(struct arena *a, const struct names *names, struct file *file,
              struct node_type *n);

enum {
    MOST_TYPES_LOOKED_AT = 10000, /* for one question about types */
    DEEPEST_LOOK = 8
};

/* Types that name each other can open more ways than there is time for. */
struct type_look {
    unsigned *left; /* types that may still be looked at */
    int depth;
};

/* One type more, and deeper; false: it is not looked at. */
static inline bool type_look_goes_on(struct type_look *q)
{
    *q->left -= *q->left > 0;
    return *q->left > 0 && ++q->depth <= DEEPEST_LOOK;
}

/* True if x surely accepts each value of y; left: as in a type_look. */
bool type_covers(const struct type *x, const struct type *y, unsigned *left);

/* As it was written, in one line. */
struct str type_text(struct arena *a, const struct source *source,
                     const struct type *t);

#endif
