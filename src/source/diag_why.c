/* SPDX-License-Identifier: MIT */
/* The chapters on diagnostics and checks, as the build has cut them up: an
 * entry is a form feed, the name, and the text in lines of their own. Bytes,
 * because a string literal may be too long for a compiler. */
#include "source/diag_why.h"

static const unsigned char chapters[] = {
#include "source/diag_why_data.inc"
};

struct str diag_why(enum diag_id id)
{
    struct str all = {(const char *)chapters, sizeof chapters};
    struct str name = str_from(diag_name(id));
    for (size_t at = 0; at < all.len; at++) {
        size_t from = at + 1, end = str_chr(all, '\f', from);
        at = (end == STR_NONE ? all.len : end) - 1;
        struct str entry = str_slice(all, from, at + 1 - from);
        if (str_eq(str_part(entry, 0, '\n'), name))
            return str_from_off(entry, name.len + 1);
    }
    return STR("");
}
