/* SPDX-License-Identifier: MIT */
/* The tree of one template file. Nodes hold literal text as slices of the
 * source and do not change, so that a file is parsed once however often it is
 * expanded (loader.h has the exceptions, and in which arena a tree lies); only
 * where its imports and includes lead is found anew in each run. Lists are
 * linked through `next` in source order. Expressions are in expr.h, types in
 * type.h. */
#ifndef STAGEPP_LANG_AST_H
#define STAGEPP_LANG_AST_H

#include "base/vec.h"
#include "lang/expr.h"
#include "source/source.h"

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
    /* Everything of one kind in the file, in source order. */
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
    VEC(struct loc) plain; /* strings in '…' with "@{" in them */
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

/* True if a @let or @param at the level of the file binds name. */
static inline bool file_binds(const struct file *file, name_id name)
{
    for (uint32_t i = 0; i < file->variables.n; i++)
        if (file->variables.at[i].name == name && file->variables.at[i].of_file)
            return true;
    return false;
}

#endif
