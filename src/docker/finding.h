/* SPDX-License-Identifier: MIT */
/* What was found in a Dockerfile. This layer knows neither templates nor the
 * command line: it collects findings with places in the text it was given, and
 * the driver carries them back to the template and reports them. */
#ifndef STAGEPP_DOCKER_FINDING_H
#define STAGEPP_DOCKER_FINDING_H

#include "docker/words.h"
#include "source/diag.h"

struct finding_note {
    uint32_t off, len;
    struct str message;
};

struct finding {
    enum diag_id id;
    uint32_t off, len; /* in the text */
    struct str message;
    struct str advice; /* goes after it, with its "; "; but a call that is
                          blamed is told something else */
    VEC(struct finding_note) notes;
};

/* What "# check=" asks for, at the top of a Dockerfile or above an instruction.
 */
struct finding_options {
    bool skip_all, experimental_all;
    bool error; /* warnings of BuildKit's checks fail the build; only at the top
                 */
    struct words skip, experimental;
};

struct findings {
    struct arena *arena;
    VEC(struct finding *) list;
    uint32_t errors; /* how many of them the builder refuses */
    struct finding_options options;
    /* Of the instruction that is looked at; NULL if it has none. */
    const struct finding_options *above;
};

/* True for the checks that BuildKit has, too. */
bool finding_is_buildkit(enum diag_id id);
/* True for a check that the comment above an instruction can turn off; the
 * others are about the Dockerfile as a whole. */
bool finding_is_local(enum diag_id id);
/* True if o, which may be NULL, turns the check off. */
bool finding_skips(const struct finding_options *o, enum diag_id id);
/* True if a finding of that kind is kept: an error always, a warning as long as
 * there are no errors and the options ask for it. A leftover does not depend on
 * what the builder makes of the rest. */
bool finding_wants(const struct findings *f, enum diag_id id);
/* The new finding; NULL if it is not wanted. */
struct finding *finding_add(struct findings *f, enum diag_id id, uint32_t off,
                            uint32_t len, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
struct finding *finding_vadd(struct findings *f, enum diag_id id, uint32_t off,
                             uint32_t len, const char *fmt, va_list ap)
    __attribute__((format(printf, 5, 0)));
/* Takes back what was found of that kind at the offset: something else says
 * it. */
void finding_drop(struct findings *f, enum diag_id id, uint32_t off);
/* Adds a note to f, which may be NULL: then nothing happens. */
void finding_note(struct findings *all, struct finding *f, uint32_t off,
                  uint32_t len, const char *message);
/* Adds "did you mean" to the message of f, with the name that was probably
 * meant and a mark in front of it, such as "--". f may be NULL, and near.ptr
 * too: then nothing happens. */
void finding_suggest(struct findings *all, struct finding *f, const char *mark,
                     struct str near);

#endif
