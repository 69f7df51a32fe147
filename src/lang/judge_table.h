/* SPDX-License-Identifier: MIT */
/* What the names of one unit stand for: a root file with the files it includes
 * by literal paths. First they are gathered here, then judge.c judges them. */
#ifndef STAGEPP_LANG_JUDGE_TABLE_H
#define STAGEPP_LANG_JUDGE_TABLE_H

#include "lang/judge.h"
#include "lang/rules.h"
#include "lang/visit.h"

/* One @define; those of one name are linked, the newest first. */
struct macro_def {
    struct macro_def *next;
    const struct node_define *define;
    struct source *source;
};

struct member {
    name_id name;
    unsigned bound; /* enum bound, or-ed */
    struct macro_def *macros;
};

/* What a library offers. */
struct library {
    const struct file *file;
    struct map map; /* by the bytes of the name_id */
    VEC(struct member) members;
};

/* One @import; those of one name are linked. */
struct import_def {
    struct import_def *next;
    struct library *library; /* NULL: not found, or with syntax errors */
};

struct known {
    unsigned bound; /* enum bound, or-ed */
    bool
        doubtful; /* in a line with a syntax error: what it is cannot be said */
    bool mentioned; /* the file being judged says defined("name"), … */
    const struct variable *variable; /* … and has it at its level; or NULL */
    struct macro_def *macros;
    struct import_def *imports;
};

enum unit_part {
    UNIT_TEMPLATE,
    UNIT_INCLUDED,
    UNIT_FOREIGN /* not part of the unit: the includer's names */
};

struct unit_file {
    const struct file *file;
    enum unit_part part;
};

struct judge_table {
    struct judge *judge;
    struct known *at; /* by name_id */
    uint32_t n;
    name_id defined; /* "defined", "loop", if anybody wrote them */
    name_id loop;
    VEC(struct unit_file) files;
    VEC(name_id) bound;              /* all that is bound, … */
    VEC(name_id) callable;           /* … and what is a macro or an import */
    VEC(struct library *) libraries; /* by source->order, of all units */
    VEC(bool) seen;                  /* by source->order, of this unit */
    bool good;                       /* nothing was reported */
};

/* Once for all units. */
void judge_table_init(struct judge_table *t, struct judge *judge);
/* Forgets the unit before. */
void judge_table_clear(struct judge_table *t);
/* Adds the names of file and of its literal includes; reports duplicates unless
 * they are foreign. */
void judge_table_add(struct judge_table *t, const struct file *file,
                     enum unit_part part);
/* What name stands for. */
const struct known *judge_table_get(const struct judge_table *t, name_id name);
/* Takes name for bound: that it is not was reported. */
void judge_table_bind(struct judge_table *t, name_id name);
/* Marks what file says defined("name") of, and the variables at its level; or
 * takes the marks away. */
void judge_table_mark(struct judge_table *t, const struct file *file, bool on);
/* True if one of the definitions is visible in all of file, so that a call
 * there cannot be one of a builtin. */
bool judge_table_hides(const struct judge_table *t, const struct macro_def *m,
                       const struct file *file);
/* NULL when the library has no such name. */
struct member *judge_table_member(const struct library *library, name_id name);
/* The member `name` of what is imported as alias, or NULL when it cannot be
 * judged: then *known is false. Several imports under one name (in the arms of
 * an @if) are judged together: one that has it is enough. */
struct member *judge_table_imported(const struct judge_table *t, name_id alias,
                                    name_id name, bool *known);
/* The tree of a library that is imported; NULL: source is none. */
const struct file *judge_table_library(const struct judge_table *t,
                                       const struct source *source);

#endif
