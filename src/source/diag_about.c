/* SPDX-License-Identifier: MIT */
/* A table by diagnostic. */
#include "source/diag_about.h"

static const struct diag_about about[DIAG_COUNT] = {
#define X(id, text, more, page) [DIAG_##id] = {text, more, page},
#include "source/diag_about_list.h"
#undef X
};

enum {
#define X(id, text, more, page) ABOUT_##id,
#include "source/diag_about_list.h"
#undef X
    ABOUT_COUNT
};

_Static_assert((int)ABOUT_COUNT == (int)DIAG_COUNT,
               "each entry of diag_list.h needs one in diag_about_list.h");

const struct diag_about *diag_about(enum diag_id id)
{
    return &about[id];
}
