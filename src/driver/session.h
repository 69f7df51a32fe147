/* SPDX-License-Identifier: MIT */
/* What a session owns. Memory comes in three arenas: `kept` lives as long as
 * the session (files, their trees, names), `run` as long as the results of an
 * expansion (values, diagnostics, texts that were expanded or given out), and
 * `scratch` only while it is under way. */
#ifndef STAGEPP_DRIVER_SESSION_H
#define STAGEPP_DRIVER_SESSION_H

#include "driver/outputs.h"
#include "eval/eval.h"

/* What a program gave. */
struct expansion {
    struct eval eval;
    bool live;       /* eval holds buffers to be freed */
    bool whole;      /* the run itself found no error … */
    uint32_t errors; /* … and this is how many there were after it */
    bool good; /* there are outputs; else there is what errors left of them: */
    struct output_file *files; /* the main one first, if there is one */
    size_t n;
};

/* The last expansion once more, for the positions: see linemap.c. */
struct replay {
    struct expansion again;
    struct arena scratch;
    bool tried, good;
};

struct stagepp_session {
    struct fault fault;
    struct arena kept, run, scratch;
    struct names names;
    struct diags diags;
    struct sources sources;
    struct resolver resolver;
    struct loader loader;
    struct judge judge;
    struct rx_cache *rx;
    struct builtins *builtins;
    VEC(struct setting) settings; /* each run reads their values anew */
    stagepp_tracer tracer;
    void *tracer_ctx;
    bool record;  /* each expansion records positions */
    bool unknown; /* a parameter without a value is not a mistake; macros are
                   * run once with unknown parameters */
    /* Of the last run: */
    struct source *input; /* its template; NULL if that cannot be read */
    struct program program;
    enum severity worst; /* of what it reported */
    struct expansion expansion;
    struct replay replay;
    struct expansion judging; /* of literals, before and in the run */
    struct source *checked;   /* being checked as a Dockerfile */
    int out_dir;              /* see struct output_job */
    struct buf text;          /* what is being built to be given out */
};

/* At the start of each function that may jump: remembers where to come back. */
#define SESSION_TRY(s) (setjmp((s)->fault.env) == 0)
/* After a jump: reports what was reached, once. */
stagepp_status session_fault(stagepp_session *s);
/* STAGEPP_OK, or what the worst report of this call says. */
stagepp_status session_status(const stagepp_session *s);
/* A new run begins: the results of the last one are gone. */
void session_reset(stagepp_session *s);
/* No template and no library is in use. */
void session_drop_program(stagepp_session *s);
/* Gives back what is not in an arena. */
void session_end_expansion(struct expansion *x);
/* What was built in s->text, as a copy that lives as long as the results. */
struct str session_take(stagepp_session *s);

#endif
