/* SPDX-License-Identifier: MIT */
/* Types and values in words, for sentences about them. */
#ifndef STAGEPP_EVAL_TYPE_DESCRIBE_H
#define STAGEPP_EVAL_TYPE_DESCRIBE_H

#include "eval/type.h"

/* A type with the scope of its file. */
struct type_member {
    struct scope *file;
    const struct type *t;
};

struct type_members {
    struct type_member *at;
    uint32_t n, cap;
};

/* The members of t and of the unions in it, names followed. */
struct type_members type_members(struct eval *ev, struct scope *file,
                                 const struct type *t);
/* Those that a value of that type could be; of VALUE_BAD, all but null. */
struct type_members type_members_taking(struct eval *ev,
                                        const struct type_members *all,
                                        enum value_type type);
/* Appends "a, b or c"; of several literals alone, "one of a, b, c". */
void type_describe_members(struct eval *ev, const struct type_members *list,
                           struct buf *out);
/* Appends "a, b and c": the keys of a record. */
void type_describe_keys(const struct type_record *t, struct buf *out);
/* Appends what t is: "a string", "a TCP port". */
void type_describe(struct eval *ev, struct scope *file, const struct type *t,
                   struct buf *out);
/* Appends "a, b, c" of a list; of a long one, the first items and how many
 * there are. */
void type_add_choices(struct buf *out, struct value list);
/* Appends v as it was given, cut if it is long. */
void type_add_value(struct buf *out, struct value v);

/* Appends what to write instead of v, the value of e (NULL: not known). m: all
 * that may stand there; list: the members that are spoken of; data: v is of a
 * data file or the command line, where nothing can be called. */
void type_add_hint(struct eval *ev, const struct type_member *m,
                   const struct type_members *list, struct value v,
                   const struct expr *e, bool data, struct buf *out);

#endif
