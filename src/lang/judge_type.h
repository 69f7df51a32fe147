/* SPDX-License-Identifier: MIT */
/* Types before the run: names that no @type has, types that contain
 * themselves, and members that another one hides. */
#ifndef STAGEPP_LANG_JUDGE_TYPE_H
#define STAGEPP_LANG_JUDGE_TYPE_H

#include "lang/judge_table.h"
#include "lang/type.h"

struct judge_types {
    const struct judge_table *table;
    const struct sight *sight;
    const struct file *file; /* being judged */
    struct map seen;         /* @type nodes … */
    VEC(uint8_t) states;     /* … and the height of each, see judge_type.c */
    const struct type_name *circle; /* one that is made of itself */
    bool endless; /* there is a circle, or a type of too many others */
};

/* One node of a type, its children aside; false if it was reported. */
bool judge_type(struct judge_types *j, const struct type *t);
/* Whether the types that n is made of come to an end; reported if not. */
bool judge_height(struct judge_types *j, const struct node_type *n);
/* An @type line, its type aside; and literals that have a type beside them. */
bool judge_type_node(struct judge_types *j, const struct node *n);
/* Of n's values, e: false if it is a type, which was reported. */
bool judge_type_value(const struct judge_types *j, const struct node *n,
                      const struct expr *e);
/* Whether t's condition asks about the value; reported if not. */
bool judge_type_where(const struct judge_types *j, const struct type_where *t);
/* Literal arguments of c against the types of sig, which are written in
 * `declared`. callee: see struct judge_binding. */
bool judge_type_arguments(struct judge_types *j, const struct signature *sig,
                          const struct expr_call *c, bool blocks,
                          struct source *declared, struct str callee,
                          bool report);

#endif
