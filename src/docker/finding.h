/* SPDX-License-Identifier: MIT */
/* What was found in a Dockerfile. This layer knows neither templates nor
 * options: it collects findings with places in the text it was given, and the
 * driver carries them back to the template and reports them. */
#ifndef STAGEPP_DOCKER_FINDING_H
#define STAGEPP_DOCKER_FINDING_H

#include "base/vec.h"
#include "source/diag.h"

struct finding_note {
    uint32_t off, len;
    struct str message;
};

struct finding {
    enum diag_id id;
    uint32_t off, len; /* in the text */
    struct str message;
    VEC(struct finding_note) notes;
};

struct findings {
    struct arena *arena;
    VEC(struct finding *) list;
    uint32_t errors; /* of them, what the builder refuses */
};

struct finding *finding_add(struct findings *f, enum diag_id id, uint32_t off,
                            uint32_t len, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void finding_note(struct findings *all, struct finding *f, uint32_t off,
                  uint32_t len, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

#endif
