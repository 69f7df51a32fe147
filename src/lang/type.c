/* SPDX-License-Identifier: MIT */
/* Types as people read them: the text that was written. */
#include "lang/type.h"

#include "lang/written.h"

struct str type_text(struct arena *a, const struct source *source,
                     const struct type *t)
{
    return written_line(a, str_slice(source->text, t->loc.off, t->loc.len));
}
