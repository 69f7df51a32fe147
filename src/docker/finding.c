/* SPDX-License-Identifier: MIT */
/* A list that grows; warnings that are not wanted never get into it. */
#include "docker/finding.h"

#include <stdarg.h>

static bool lists(const struct words *w, enum diag_id id)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (str_eq(w->at[i], str_from(diag_name(id))))
            return true;
    return false;
}

/* True if o, which may be NULL, asks for a check that only runs on request. */
static bool asks(const struct finding_options *o, enum diag_id id)
{
    return o && (o->experimental_all || lists(&o->experimental, id));
}

bool finding_skips(const struct finding_options *o, enum diag_id id)
{
    return o && (o->skip_all || lists(&o->skip, id));
}

/* The catalogue has them in one row. */
bool finding_is_buildkit(enum diag_id id)
{
    return id >= DIAG_STAGE_NAME_CASING && id <= DIAG_EXPOSE_FORMAT;
}

bool finding_is_local(enum diag_id id)
{
    switch (id) {
    case DIAG_NO_EMPTY_CONTINUATION:
    case DIAG_INSTRUCTION_CASING:
    case DIAG_DUPLICATE_STAGE_NAME:
    case DIAG_RESERVED_STAGE_NAME:
    case DIAG_INVALID_DEFAULT_ARG:
    case DIAG_LATE_DIRECTIVE:
        return false;
    default:
        return true;
    }
}

bool finding_wants(const struct findings *f, enum diag_id id)
{
    const struct finding_options *above =
        finding_is_local(id) ? f->above : NULL;
    if (diag_is_error(id))
        return true;
    if (f->errors && id != DIAG_LEFTOVER && id != DIAG_TRAILING_COMMENT)
        return false;
    if (id == DIAG_DESCRIPTION) /* only on request */
        return asks(&f->options, id) || asks(above, id);
    return !finding_skips(&f->options, id) && !finding_skips(above, id);
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
