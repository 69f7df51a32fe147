/* SPDX-License-Identifier: MIT */
/* What an unknown name may have meant, for "did you mean". */
#ifndef STAGEPP_LANG_JUDGE_NEAR_H
#define STAGEPP_LANG_JUDGE_NEAR_H

#include "lang/judge_table.h"

/* The answers of judge_refuse_near(); begins as {0}. */
struct judge_near {
    struct map words;       /* calls that nothing defines … */
    VEC(struct str) macros; /* … and the macro each may have meant */
};

/* As what name is bound, enum bound or-ed; 0: as nothing. */
unsigned judge_bound(const struct judge_table *t, name_id name);
/* Offers near each name that is bound as one of `wanted`: of the library
 * imported as `library`, or (NAME_NONE) in sight itself. */
void judge_offer(const struct judge_table *t, name_id library, unsigned wanted,
                 struct near *near);
/* All that t has, in sight. */
struct sight judge_sight(struct judge_table *t);
/* False if e uses a name that nothing binds as other languages allow it, which
 * was reported; the rest of e is visited. */
bool judge_unbound(const struct judge_table *t, const struct file *file,
                   struct visitor *v, const struct expr *e);
/* What to write for an unknown name of n; NULL: see rules_not_value. */
const char *judge_place(const struct node *n);
/* The same of an index of a; why, if that is not unknown. */
const char *judge_index(const struct judge_table *t,
                        const struct expr_access *a, const char *why);
/* These report the word of a line "@word(" that nothing defines, at span, if it
 * is a keyword that is wrongly written, or like a macro in sight. */
bool judge_refuse_keyword(const struct judge_table *t, struct span span);
bool judge_refuse_near(struct judge_near *n, const struct judge_table *t,
                       struct span span, bool dotted);
/* Other names are in sight. */
void judge_near_clear(struct judge_near *n);

#endif
