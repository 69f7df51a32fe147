/* SPDX-License-Identifier: MIT */
/* The tree of one template file. Nodes hold literal text as slices of the
 * source and do not change, so that a file is parsed once however often it is
 * expanded (loader.h has the exceptions, and in which arena a tree lies); only
 * where its imports and includes lead is found anew in each run. Lists are
 * linked through `next` in source order. Positions are {offset, length} in the
 * file's source. */
#ifndef STAGEPP_LANG_AST_H
#define STAGEPP_LANG_AST_H

#include "base/vec.h"
#include "lang/name.h"
#include "source/source.h"

struct loc {
    uint32_t off, len;
};

/* --- expressions --- */

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
                    EXPR_CALL: a pipe without brackets around it */
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
    uint32_t n;
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

/* --- text and directives --- */

enum node_kind {
    NODE_TEXT,   /* bytes as they are */
    NODE_RAW,    /* the same, out of @raw: the head rule does not apply */
    NODE_VALUE,  /* @{e} inside a line */
    NODE_INSERT, /* a line that holds only @{e}, @name(…) or @call */
    NODE_LET,
    NODE_SET,
    NODE_UNPACK, /* @let a, b = list */
    NODE_IF,
    NODE_FOR,
    NODE_DEFINE,
    NODE_INCLUDE, /* @include, @sinclude */
    NODE_IMPORT,
    NODE_LIBRARY,
    NODE_FILE,
    NODE_JOIN,
    NODE_PARAM,
    NODE_DEFER,
    NODE_TYPE,
    NODE_RETURN,
    NODE_BLOCK,
    NODE_MESSAGE /* @error, @warn */
};

struct node {
    struct node *next;
    uint8_t kind; /* enum node_kind */
    uint8_t flag; /* see the kinds */
    struct loc loc;
};

struct node_text {
    struct node n;
    struct str text;
};

struct node_value {
    struct node n; /* loc: "@{…}" */
    struct expr *expr;
};

/* flag: */
enum insert_flag {
    INSERT_VALUE, /* @{e}: always a value */
    INSERT_LINE,  /* @name(…): a call if name is a macro, else text */
    INSERT_CALL   /* @call name(…) … @end */
};

/* Such a line takes the place of `len` bytes, whole lines: see insert_lines. */
struct node_insert {
    struct node n;             /* loc: the call or "@{…}" */
    struct expr *expr;         /* EXPR_CALL for a call; NULL: did not parse */
    struct line_text *if_text; /* INSERT_LINE; NULL: nothing to say */
    struct node *body;         /* INSERT_CALL: with its NODE_BLOCKs */
    bool has_body;             /* … and more than blank lines beside them */
    uint32_t indent;           /* blanks in front of it */
    uint32_t len;              /* with them and the line end */
};

/* The lines that n takes the place of, out of its source's text. */
static inline struct str insert_lines(const struct node_insert *n,
                                      struct str text)
{
    return (struct str){text.ptr + (n->n.loc.off - n->indent), n->len};
}

/* What is known of an INSERT_LINE besides its call: the nodes of the same
 * lines read as text, if there is a "@{" in them; and the mistake in its
 * brackets, said only if it turns out to be a call. */
struct line_text {
    struct node *nodes;
    bool has_values;  /* there is a "@{" */
    bool failed;      /* it does not parse */
    uint8_t error_id; /* enum diag_id */
    struct loc error_loc;
    struct str error; /* ptr NULL: none */
};

/* A place that binds a variable: @let, @param, @for, a comprehension, or a
 * parameter of a macro. */
struct variable {
    name_id name;
    struct loc loc;
    bool of_file; /* @let, @param at the level of the file */
};

/* @let, @set */
struct node_let {
    struct node n;
    name_id name;
    struct loc name_loc;
    struct type *type; /* of @let; NULL: any */
    struct expr *expr;
    struct str doc; /* the comment above; ptr NULL: none */
};

/* @let a, b = list. A "_" has NAME_NONE, and binds nothing. */
struct node_unpack {
    struct node n;
    struct variable *names;
    uint32_t nnames;
    struct expr *expr;
};

struct arm {
    struct arm *next;
    struct expr *cond; /* NULL: else */
    struct node *body;
};

struct node_if {
    struct node n;
    struct arm *arms;
};

struct node_for {
    struct node n;
    struct for_clause clause;
    struct node *body;
};

enum rest {
    REST_NONE,
    REST_LIST, /* *rest: the arguments without a name that are left */
    REST_MAP   /* **rest: those with a name */
};

struct param {
    name_id name;
    struct loc loc;
    struct type *type;  /* NULL: any */
    struct expr *value; /* the default of a macro's parameter; or NULL */
    bool optional;      /* there is a default */
    uint8_t rest;       /* enum rest */
};

/* What the arguments of a call are held against. */
struct signature {
    const struct param *params;
    uint32_t n;
    struct str written; /* "name(a, b=1", as it was written: see
                           signature_text */
};

enum define_kind {
    DEFINE_TEXT,    /* @define f(a) … @end */
    DEFINE_VALUE,   /* @define f(a) = e */
    DEFINE_FUNCTION /* @function f(a) … @end */
};

/* flag: enum define_kind */
struct node_define {
    struct node n;
    name_id name;
    struct loc name_loc;
    struct signature signature;
    bool conditional;  /* inside an @if: bound when executed */
    struct expr *expr; /* DEFINE_VALUE */
    struct node *body;
    struct str doc;        /* the @# lines above, as they are written */
    struct str deprecated; /* after "Deprecated:" in them; or ptr NULL */
};

/* flag: 1 for @sinclude */
struct node_include {
    struct node n;
    struct expr *path;
    struct file *target; /* of this run: a literal path, once it is linked */
};

struct node_import {
    struct node n;
    struct str path;
    struct loc path_loc;
    name_id name; /* bound name */
    struct loc name_loc;
    struct str version; /* wanted, or ptr NULL */
    struct loc version_loc;
    struct file *target; /* of this run, once it is linked; or NULL: */
    struct file *unfit;  /* found, but its version is not what is wanted */
};

struct node_library {
    struct node n;
    struct str name, version;
    struct loc version_loc;
};

/* @file: expr is the path, flag 1 for chomp; @join: the separator; @defer: NULL
 */
struct node_block {
    struct node n;
    struct expr *expr;
    struct expr *mode; /* @file … mode e; or NULL */
    struct node *body;
};

struct node_param {
    struct node n;
    name_id name;
    struct loc name_loc;
    struct type *type;    /* NULL: that of the default */
    struct expr *value;   /* default, or NULL */
    struct expr *choices; /* or NULL */
    struct str doc;
};

/* @type */
struct node_type {
    struct node n;
    name_id name; /* NAME_NONE is not in the tree */
    struct loc name_loc;
    struct type *type;
    struct str doc;
};

/* flag: 1 for @error, 0 for @warn */
struct node_message {
    struct node n;
    struct expr *expr;
    struct expr *guard;        /* "if …"; or NULL */
    const struct param *param; /* "at NAME"; or NULL */
};

/* @block, an argument of the @call around it */
struct node_argument {
    struct node n;
    name_id name;
    struct loc name_loc;
    struct node *body;
};

struct node_return {
    struct node n;
    struct expr *expr;
    struct expr *guard; /* "if …"; or NULL */
};

/* One parsed file. */
struct file {
    struct source *source;
    struct node *body;
    struct node_library *library; /* its @library, or NULL */
    struct str doc;               /* documentation above the first line */
    bool failed;                  /* syntax errors were reported … */
    VEC(struct loc) broken;       /* … in these lines: see judge_table.c */
    bool tangled; /* where its blocks begin and end is not known */
    bool said;    /* something was reported or kept: parsed again in each run */
    uint32_t nesting; /* how deep blocks and brackets go */
    uint32_t named;   /* calls with a number */
    /* Everything of one kind in the file, in source order, for those who ask
     * without walking the tree. */
    VEC(struct node_define *) defines;
    VEC(struct node_import *) imports;
    VEC(struct node_include *) includes;
    VEC(struct node_param *) params;
    VEC(struct node_type *) types;
    struct map type_names;               /* see type_of_name */
    VEC(struct node_type *) named_types; /* the first of each name */
    VEC(struct type_name *) type_uses;   /* to be linked */
    VEC(struct variable) variables;
    VEC(name_id) sets;     /* @set name */
    VEC(name_id) mentions; /* defined("name") */
    bool judged;           /* its names were judged when it was compiled in */
};

/* True if there is a syntax error in the line at that offset. */
static inline bool file_is_broken(const struct file *file, uint32_t off)
{
    for (uint32_t i = 0; i < file->broken.n; i++)
        if (off - file->broken.at[i].off < file->broken.at[i].len)
            return true;
    return false;
}

#endif
