/* SPDX-License-Identifier: MIT */
/* A Dockerfile as BuildKit's parser sees it: parser directives, then
 * instructions with their flags, words and heredocs. In: bytes, which are never
 * changed; out: what they mean, with the place of everything. It agrees with
 * BuildKit on what is an instruction, on which lines it takes, and on what is
 * refused, quirks included. */
#ifndef STAGEPP_DOCKER_DOCKERFILE_H
#define STAGEPP_DOCKER_DOCKERFILE_H

#include "docker/directive.h"
#include "docker/finding.h"

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

struct heredoc {
    struct str name;    /* the word that ends it, quotes removed */
    struct str content; /* as it stands there, with line ends */
    bool expand;        /* the word was not quoted */
    bool chomp;         /* <<-: leading tabs do not count */
};

struct words {
    struct str *at;
    uint32_t n;
};

struct instruction {
    enum instruction_id id;
    struct str word; /* its name as written */
    struct str line; /* from word to the end, continuation lines joined */
    struct str rest; /* behind name and flags */
    struct words flags, args;
    struct pair *pairs; /* of ENV and LABEL */
    uint32_t npairs;
    bool refused;    /* it could not be read */
    bool is_trigger; /* of an ONBUILD */
    bool exec_form;  /* args were a JSON array */
    struct heredoc *heredocs;
    uint32_t nheredocs;
    struct instruction *trigger; /* of ONBUILD; NULL without one */
    struct words comments;       /* directly above */
    const char *text;            /* of the Dockerfile, */
    uint32_t off, end;           /* bytes of it i takes, heredocs included */
    uint32_t first_line, last_line;
    const struct piece *pieces; /* of line, if it was joined */
    uint32_t npieces;
};

struct dockerfile {
    struct str text;
    char escape;
    struct directives directives;
    VEC(struct instruction *) list;
    bool parsed; /* no error: the list is what BuildKit would have */
};

/* Parses text (shorter than 4 GiB) into d; what is wrong goes to f. After a
 * mistake the rest is parsed as well as it can be, to find more. */
void dockerfile_parse(struct dockerfile *d, struct str text,
                      struct findings *f);

/* The instruction that text begins with; no more of it is read. */
enum instruction_id dockerfile_begins(struct str text);

const char *instruction_name(enum instruction_id id);
/* The one called word, in any case; INSTRUCTION_UNKNOWN when absent. */
enum instruction_id instruction_by_name(struct str word);
/* Reads one line (that is not empty) into i, whose place the caller knows;
 * for triggers, too. False after a mistake. */
bool instruction_read(struct instruction *i, struct str line, char escape,
                      struct findings *f);
/* Where in the text `part` of i->line or of its heredocs is; the name of i when
 * part is no slice of them (an unquoted or decoded word). */
void instruction_place(const struct instruction *i, struct str part,
                       uint32_t *off, uint32_t *len);
/* What a comment "# name text" above i says of that name; ptr NULL if nothing.
 */
struct str instruction_description(const struct instruction *i,
                                   struct str name);
/* Reports at a part of i; see instruction_place. */
struct finding *instruction_report(struct findings *f,
                                   const struct instruction *i, struct str part,
                                   enum diag_id id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

#endif
