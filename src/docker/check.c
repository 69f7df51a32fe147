/* SPDX-License-Identifier: MIT */
/* The phases, one screen. A phase runs if the one before found nothing that
 * the builder refuses. */
#include "docker/check.h"

#include "docker/own.h"

#include <stdarg.h>

/* Rules that BuildKit only has on request. */
static bool is_experimental(enum diag_id id)
{
    return id == DIAG_COPY_IGNORED || id == DIAG_DESCRIPTION;
}

bool check_wants(const struct check *c, enum diag_id id)
{
    return c->f.errors == 0 &&
           check_options_wants(&c->options, str_from(diag_name(id)),
                               is_experimental(id));
}

struct finding *check_warn(struct check *c, const struct instruction *i,
                           struct str part, enum diag_id id, const char *fmt,
                           ...)
{
    va_list ap;
    if (!check_wants(c, id))
        return NULL;
    va_start(ap, fmt);
    struct str message = arena_vprintf(c->f.arena, fmt, ap);
    va_end(ap);
    return instruction_report(&c->f, i, part, id, "%.*s", STR_ARG(message));
}

/* More reports than anybody reads. */
#define MOST_SUGGESTIONS 200

bool check_suggests(const struct check *c)
{
    return c->f.list.n < MOST_SUGGESTIONS;
}

void check_note(struct check *c, struct finding *found,
                const struct instruction *i, struct str part,
                const char *message)
{
    uint32_t off, len;
    if (!found)
        return;
    instruction_place(i, part, &off, &len);
    finding_note(&c->f, found, off, len, "%s", message);
}

/* The parser warns before anybody knows whether to listen. */
static void drop_unwanted(struct check *c)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->f.list.n; i++) {
        struct finding *found = c->f.list.at[i];
        if (diag_is_error(found->id) || check_wants(c, found->id))
            c->f.list.at[n++] = found;
    }
    c->f.list.n = n;
}

void check_run(struct check *c, struct arena *a, struct str text)
{
    c->f = (struct findings){.arena = a};
    check_options_read(&c->options, text, &c->f);
    dockerfile_parse(&c->d, text, &c->f);
    drop_unwanted(c);
    check_commands(c);
    if (c->f.errors || !stage_split(&c->m, &c->d, &c->f))
        return;
    if (!check_stages(c) || !stage_uses(&c->m, &c->f))
        return;
    stage_reach(&c->m);
    check_walk(c);
    if (!c->f.errors)
        own_run(c);
}
