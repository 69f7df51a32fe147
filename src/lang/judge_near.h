/* SPDX-License-Identifier: MIT */
/* What an unknown name may have meant, for "did you mean". */
#ifndef STAGEPP_LANG_JUDGE_NEAR_H
#define STAGEPP_LANG_JUDGE_NEAR_H

#include "lang/judge_table.h"

/* The answers of judge_near_macro(); begins as {0}. */
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
/* The macro in sight that an unknown "@word(" may have meant; ptr NULL: none.
 */
struct str judge_near_macro(struct judge_near *n, const struct judge_table *t,
                            struct str word, bool dotted);
/* Other names are in sight. */
void judge_near_clear(struct judge_near *n);

#endif
