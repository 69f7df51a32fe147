/* SPDX-License-Identifier: MIT */
/* The nodes of expressions: see ast.h. */
#ifndef STAGEPP_LANG_EXPR_H
#define STAGEPP_LANG_EXPR_H

#include "base/str.h"
#include "lang/name.h"

/* A position in the source of the file that a node is of. */
struct loc {
    uint32_t off, len;
};

enum expr_kind {
    EXPR_NULL,
    EXPR_BOOL,
    EXPR_INT,
    EXPR_STR,      /* a literal without interpolation */
    EXPR_INTERP,   /* "a@{b}c": parts */
    EXPR_NAME,     /* a variable */
    EXPR_ACCESS,   /* base .key [index] ? … : a chain of steps */
    EXPR_CALL,     /* f(…), mod.f(…), x | f(…) */
    EXPR_LIST,     /* [a, b if c, *d, *e if c] */
    EXPR_MAP,      /* {k: v} */
    EXPR_LIST_FOR, /* [e for x in xs if c for y in ys] */
    EXPR_MAP_FOR,  /* {k: v for a, b in m if c} */
    EXPR_NEG,      /* -e */
    EXPR_NOT,      /* not e */
    EXPR_ARITH,    /* a + b - c …: one precedence level, left to right */
    EXPR_COMPARE,  /* a < b, a in b: exactly two operands */
    EXPR_AND,      /* a and b and c */
    EXPR_OR,
    EXPR_COALESCE, /* a ?? b ?? c */
    EXPR_COND,     /* a if c else b; b NULL where it may be left out */
    EXPR_TYPE,     /* the right side of `is` */
    EXPR_BAD       /* could not be parsed; reported */
};

struct expr {
    uint8_t kind; /* enum expr_kind */
    uint8_t flag; /* EXPR_BOOL: the value; EXPR_ACCESS: ends in '?';
                    EXPR_CALL: a pipe without brackets around it; EXPR_NAME as
                    an argument: enum rest of the parameter that it names */
    struct loc loc;
};

enum op {
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_MOD,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_NOT_IN,
    OP_IS,
    OP_IS_NOT
};

struct expr_int {
    struct expr e;
    int64_t value;
};

struct expr_str {
    struct expr e;
    uint32_t len; /* of the decoded value */
    const char *ptr;
};

static inline struct str expr_str_value(const struct expr *e)
{
    const struct expr_str *s = (const struct expr_str *)e;
    return (struct str){s->ptr, s->len};
}

/* A piece of an interpolated string: text, or the value of expr. */
struct part {
    struct part *next;
    struct expr *expr; /* NULL: text */
    struct str text;
};

struct expr_interp {
    struct expr e;
    struct part *parts;
};

struct expr_name {
    struct expr e;
    name_id name;
};

enum step_kind {
    STEP_KEY,  /* .key */
    STEP_INDEX /* [expr] */
};

/* One link of an access chain. `forgiving`: a '?' stands somewhere to its
 * right in the chain, so that a missing key or a null here makes the value
 * null. */
struct step {
    struct step *next;
    uint8_t kind;
    bool forgiving;
    struct loc loc; /* of ".key" or "[index]" */
    struct str key; /* STEP_KEY */
    struct expr *index;
};

struct expr_access {
    struct expr e;
    struct expr *base;
    struct step *steps;
};

/* Instead of a name: NAME_NONE for a positional argument, and for *list and
 * **map: */
#define NAME_SPLICE (UINT32_MAX - 1)
#define NAME_MAP (UINT32_MAX - 2)

struct arg {
    struct expr *expr;
    name_id name;
    uint32_t off; /* of the name or the '*' in front of expr, or of expr */
};

/* A call. A pipe's left side is its first argument. */
struct expr_call {
    struct expr e;
    name_id module; /* NAME_NONE: none */
    name_id name;
    struct loc name_loc; /* "mod.name" or "name" */
    uint32_t nargs;
    uint32_t number; /* among those of its file that give something by name,
                        from 1; 0: it gives nothing by name */
    struct arg *args;
};

struct item {
    struct item *next;
    struct expr *expr;
    struct expr *cond; /* "expr if cond", "*expr if cond"; or NULL */
    bool splice;
};

struct expr_list {
    struct expr e;
    struct item *items;
    uint32_t n;
};

struct entry {
    struct entry *next;
    struct expr *key; /* EXPR_STR for a bare or quoted key */
    struct expr *value;
};

struct expr_map {
    struct expr e;
    struct entry *entries;
};

/* "x in xs if c", of @for and of comprehensions. */
struct for_clause {
    struct for_clause *next; /* of a comprehension: the one inside of it */
    name_id var, var2;       /* var2: NAME_NONE with one variable */
    struct loc var_loc, var2_loc;
    struct expr *in;
    struct expr *cond; /* or NULL */
};

/* EXPR_LIST_FOR and EXPR_MAP_FOR. */
struct expr_for {
    struct expr e;
    struct expr *key; /* EXPR_MAP_FOR */
    struct expr *value;
    struct for_clause clause; /* the outermost */
};

struct expr_unary {
    struct expr e;
    struct expr *operand;
};

struct operand {
    struct operand *next;
    uint8_t op; /* before this operand; unused for the first */
    struct loc op_loc;
    struct expr *expr;
};

/* EXPR_ARITH, EXPR_COMPARE, EXPR_AND, EXPR_OR, EXPR_COALESCE. */
struct expr_chain {
    struct expr e;
    struct operand *operands;
};

struct expr_cond {
    struct expr e;
    struct expr *then, *cond, *otherwise; /* otherwise NULL: "" if not */
};

struct type; /* see type.h */

struct expr_type {
    struct expr e;
    struct type *type;
};

#endif
