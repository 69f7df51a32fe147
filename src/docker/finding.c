/* SPDX-License-Identifier: MIT */
/* A list that grows. */
#include "docker/finding.h"

#include <stdarg.h>

struct finding *finding_add(struct findings *f, enum diag_id id, uint32_t off,
                            uint32_t len, const char *fmt, ...)
{
    va_list ap;
    struct finding *new = arena_new(f->arena, struct finding);
    new->id = id;
    new->off = off;
    new->len = len;
    va_start(ap, fmt);
    new->message = arena_vprintf(f->arena, fmt, ap);
    va_end(ap);
    f->errors += diag_is_error(id);
    vec_push(f->arena, &f->list, new);
    return new;
}

void finding_note(struct findings *all, struct finding *f, uint32_t off,
                  uint32_t len, const char *fmt, ...)
{
    va_list ap;
    struct finding_note note = {off, len, {NULL, 0}};
    va_start(ap, fmt);
    note.message = arena_vprintf(all->arena, fmt, ap);
    va_end(ap);
    vec_push(all->arena, &f->notes, note);
}
