/* SPDX-License-Identifier: MIT */
/* A list that grows; warnings that are not wanted never get into it. */
#include "docker/finding.h"

#include <stdarg.h>

/* Rules that BuildKit only has on request. */
static bool is_experimental(enum diag_id id)
{
    return id == DIAG_COPY_IGNORED || id == DIAG_DESCRIPTION;
}

static bool lists(const struct words *w, enum diag_id id)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (str_eq(w->at[i], str_from(diag_name(id))))
            return true;
    return false;
}

bool finding_wants(const struct findings *f, enum diag_id id)
{
    const struct finding_options *o = &f->options;
    if (diag_is_error(id))
        return true;
    if (f->errors && id != DIAG_LEFTOVER && id != DIAG_TRAILING_COMMENT)
        return false;
    if (is_experimental(id))
        return o->experimental_all || lists(&o->experimental, id);
    return !o->skip_all && !lists(&o->skip, id);
}

struct finding *finding_vadd(struct findings *f, enum diag_id id, uint32_t off,
                             uint32_t len, const char *fmt, va_list ap)
{
    if (!finding_wants(f, id))
        return NULL;
    struct finding *new = arena_new(f->arena, struct finding);
    new->id = id;
    new->off = off;
    new->len = len;
    new->message = arena_vprintf(f->arena, fmt, ap);
    f->errors += diag_is_error(id);
    vec_push(f->arena, &f->list, new);
    return new;
}

struct finding *finding_add(struct findings *f, enum diag_id id, uint32_t off,
                            uint32_t len, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct finding *new = finding_vadd(f, id, off, len, fmt, ap);
    va_end(ap);
    return new;
}

void finding_drop(struct findings *f, enum diag_id id, uint32_t off)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->list.n; i++)
        if (f->list.at[i]->id != id || f->list.at[i]->off != off)
            f->list.at[n++] = f->list.at[i];
    f->list.n = n;
}

void finding_note(struct findings *all, struct finding *f, uint32_t off,
                  uint32_t len, const char *message)
{
    struct finding_note note = {off, len, str_from(message)};
    if (f)
        vec_push(all->arena, &f->notes, note);
}

void finding_suggest(struct findings *all, struct finding *f, const char *mark,
                     struct str near)
{
    if (f && near.ptr)
        f->message = arena_printf(all->arena, "%.*s; did you mean '%s%.*s'?",
                                  STR_ARG(f->message), mark, STR_ARG(near));
}
