/* SPDX-License-Identifier: MIT */
/* One instruction of a Dockerfile: what was read, where in the text it is, and
 * how to report on it. */
#ifndef STAGEPP_DOCKER_INSTRUCTION_H
#define STAGEPP_DOCKER_INSTRUCTION_H

#include "docker/finding.h"
#include "docker/heredoc.h"

enum instruction_id {
    INSTRUCTION_UNKNOWN,
#define X(id, name, words, heredoc) INSTRUCTION_##id,
#include "docker/instruction_list.h"
#undef X
    INSTRUCTION_COUNT
};

/* Bytes of a joined line from `at` on come from `off` of the text. */
struct piece {
    uint32_t at, off;
};

/* name=value, or the legacy "name value". */
struct pair {
    struct str name, value;
    bool legacy;
};

struct instruction {
    enum instruction_id id;
    struct str word; /* its name as written */
    struct str line; /* from word to the end, continuation lines joined */
    struct str rest; /* after name and flags */
    struct words flags, args;
    VEC(struct pair) pairs; /* of ENV and LABEL */
    bool refused;           /* it could not be read */
    bool is_trigger;        /* of an ONBUILD */
    bool exec_form;         /* args were a JSON array */
    VEC(struct heredoc) heredocs;
    struct instruction *trigger;           /* of ONBUILD; NULL without one */
    struct words comments;                 /* directly above */
    const struct finding_options *options; /* of "# check=" there; or NULL */
    const char *text;  /* of the Dockerfile; NULL in a trigger */
    uint32_t off, end; /* bytes of it i takes, heredocs included */
    uint32_t first_line, last_line;
    VEC(struct piece) pieces; /* of line, one at least */
};

const char *instruction_name(enum instruction_id id);
/* The one called word, in any case; INSTRUCTION_UNKNOWN when absent. */
enum instruction_id instruction_by_name(struct str word);
/* True if heredocs may follow an instruction of that name. */
bool instruction_has_heredocs(enum instruction_id id);
/* Reads one line, which is not empty, into i; the caller has set its place. A
 * mistake is reported, and sets i->refused. */
void instruction_read(struct instruction *i, struct str line, char escape,
                      struct findings *f);

/* --- what others ask --- */

/* The value of the flag --name, the last one; false when it is not there. */
bool instruction_flag(const struct instruction *i, const char *name,
                      struct str *value);
/* "--name=value" in its parts; value.ptr NULL without "=". */
void instruction_split_flag(struct str flag, struct str *name,
                            struct str *value);
/* True, and *k moved past it, if one of the flags from *k on is a --mount. */
bool instruction_mount(const struct instruction *i, uint32_t *k,
                       struct str *flag, struct str *value);
/* Sources and destination of ADD and COPY; heredocs are not among them. */
struct words instruction_sources(struct arena *a, const struct instruction *i);
struct str instruction_target(const struct instruction *i);
/* The name a FROM gives to its stage, as written; ptr NULL without one. */
struct str instruction_stage_name(const struct instruction *from);
/* What a comment "# name text" above i says of that name; ptr NULL if nothing.
 */
struct str instruction_description(const struct instruction *i,
                                   struct str name);

/* --- reports --- */

/* Where in the text `part` of i->line or of its heredocs is. If part is not a
 * slice of them (an unquoted or decoded word), where the name of i is. */
void instruction_place(const struct instruction *i, struct str part,
                       uint32_t *off, uint32_t *len);
/* Reports at a part of i, see instruction_place; NULL if it is not wanted. */
struct finding *instruction_report(struct findings *f,
                                   const struct instruction *i, struct str part,
                                   enum diag_id id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The same at the part itself, in whichever line it is. */
struct finding *instruction_point(struct findings *f,
                                  const struct instruction *i, struct str part,
                                  enum diag_id id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Adds a note at a part of i to found, which may be NULL: then nothing happens.
 */
void instruction_note(struct findings *f, struct finding *found,
                      const struct instruction *i, struct str part,
                      const char *message);
/* Reports something that the builder refuses, as DIAG_DOCKERFILE; always false.
 */
#define instruction_refuse(f, i, part, ...) \
    (instruction_report((f), (i), (part), DIAG_DOCKERFILE, __VA_ARGS__), false)

#endif
