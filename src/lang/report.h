/* SPDX-License-Identifier: MIT */
/* Where lexer and parser say what is wrong with a file. What may be text after
 * all ("@name(" at the start of a line) is read on trial: then the first
 * mistake is kept instead, for whoever decides what the line is. */
#ifndef STAGEPP_LANG_REPORT_H
#define STAGEPP_LANG_REPORT_H

#include "lang/ast.h"
#include "lang/shape.h"
#include "source/diag.h"

struct report {
    struct arena *arena; /* of the kept text */
    struct diags *diags;
    struct source *source;
    /* What follows the '@' that began the directive or value being read, "if"
     * or "{": a mistake may mean that it was text. */
    struct loc opener;
    uint32_t quiet_to;  /* before it, nothing is said: a mistake was named */
    struct shape shape; /* where lines of the source stand */
    bool hinted;  /* what is reported next says what to write, so that it is
                     hardly text */
    bool gave_up; /* nested too deep: nothing more is said */
    bool said;    /* something was reported or kept */
    bool failed;  /* a mistake was reported, though nobody may listen */
    bool tangled; /* where blocks begin and end is not known */
    VEC(struct loc) broken; /* lines with a mistake, from their directive on */
    bool trial;
    uint32_t mistakes; /* so far, kept or reported */
    enum diag_id id;   /* of the kept mistake */
    struct loc loc;
    struct str text; /* ptr NULL: none so far */
};

/* Reports a mistake at loc, or keeps it if this is a trial. */
void report_error(struct report *r, enum diag_id id, struct loc loc,
                  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* What the lines from the one of `first` to the one of `last` bind or use is
 * not known. */
void report_doubt(struct report *r, struct loc first, struct loc last);
/* A trial begins, with nothing kept. */
void report_try(struct report *r);

#endif
