/* SPDX-License-Identifier: MIT */
/* Values against types. A type is read in the file that it is written in:
 * `file` is the scope of that file, which conditions and lists see. */
#ifndef STAGEPP_EVAL_TYPE_H
#define STAGEPP_EVAL_TYPE_H

#include "base/data.h"
#include "eval/eval.h"
#include "lang/type.h"

enum fit {
    FIT_NO,
    FIT_YES,
    FIT_FAILED /* a condition or a list has a mistake (reported) */
};

enum fit type_fits_inside(struct eval *ev, struct scope *file,
                          const struct type *t, struct value v);

/* Whether v is one of t. Before the run, what is not known of a value fits. */
static inline enum fit type_fits(struct eval *ev, struct scope *file,
                                 const struct type *t, struct value v)
{
    switch (t->kind) {
    case TYPE_ANY:
        return FIT_YES;
    case TYPE_BOOL:
        if (v.type == VALUE_BOOL)
            return FIT_YES;
        break;
    case TYPE_INT:
        if (v.type == VALUE_INT)
            return FIT_YES;
        break;
    case TYPE_STRING:
    case TYPE_BLOCK:
        if (v.type == VALUE_STR)
            return FIT_YES;
        break;
    default:
        break;
    }
    return type_fits_inside(ev, file, t, v);
}

/* The scope of the file that has t's @type; NULL if it is not in sight
 * (reported). */
struct scope *type_scope(struct eval *ev, struct scope *file,
                         const struct type_name *t);
/* The items of a `T in LIST`, worked out once. */
enum fit type_choices(struct eval *ev, struct scope *file,
                      const struct type_in *t, struct value *list);

/* True if a value of that type could be a t. */
bool type_takes(const struct type *t, enum value_type type);

/* --- what is not known, before the run --- */

/* True if part of v is not known. */
bool type_is_unknown(struct value v);
/* True if only the kind of v, a string, is known. */
bool type_unknown_text(struct value v);

/* --- text from the command line --- */

/* What text means where a t is wanted: the first member that it can be
 * converted to and that takes it. FIT_NO: none; *err is what is wrong with it
 * as JSON, if it was meant to be that, and *out the list or map that it is
 * (VALUE_BAD: none). */
enum fit type_from_text(struct eval *ev, struct scope *file,
                        const struct type *t, struct str text,
                        struct value *out, struct data_error *err);

/* --- values of data files --- */

/* Lists and maps that were made anew, and what they were read as. */
struct type_original {
    struct value made, read;
};

typedef VEC(struct type_original) type_originals;

/* v with versions for the strings in it where t has a version. */
struct value type_from_data(struct eval *ev, struct scope *file,
                            const struct type *t, struct value v,
                            type_originals *originals);
/* What v, a part of such a value, was read as. */
struct value type_original(const type_originals *originals, struct value v);

/* --- messages --- */

/* Why a value does not fit, and where in it. */
struct misfit {
    struct str message; /* "port is a number, not \"x\"" */
    struct loc loc;     /* in the expression that the value came from */
    struct value
        value; /* what does not fit, and what holds it (BAD: nothing) */
    struct value within;
    struct str key; /* under which, in a map; ptr NULL: nowhere */
};

/* The choice of t that text is nearest to; ptr NULL: none is near. */
struct str type_nearest(struct eval *ev, struct scope *file,
                        const struct type *t, struct str text);
/* v, the value of e (NULL: where it came from is not known), is not a t.
 * subject: what the message is about. */
struct misfit type_explain(struct eval *ev, struct scope *file,
                           const struct type *t, struct value v,
                           const struct expr *e, struct str subject);
enum {
    MOST_MISFITS = 10 /* that are reported of one value */
};
/* The same of mistake number n in v; message.ptr NULL: there are fewer. */
struct misfit type_explain_nth(struct eval *ev, struct scope *file,
                               const struct type *t, struct value v,
                               const struct expr *e, struct str subject,
                               uint32_t n);
/* The same of a v that --data or -D gave. */
struct misfit type_explain_data(struct eval *ev, struct scope *file,
                                const struct type *t, struct value v,
                                struct str subject, uint32_t n);
/* Adds to a report, which may be NULL, where such a value was read, if it comes
 * from a data file. */
void type_note(struct eval *ev, struct diag *d, const struct misfit *why);
/* Adds where the name at loc of source has its type. */
void type_note_declared(struct eval *ev, struct diag *d, struct source *source,
                        struct loc loc);

#endif
