/* SPDX-License-Identifier: MIT */
/* What a session owns. Memory comes in three arenas: `kept` lives as long as
 * the session (sources, trees, names), `run` as long as the results of an
 * expansion (values, diagnostics, texts that were given out), and `scratch`
 * only while it is under way. */
#ifndef STAGEPP_DRIVER_SESSION_H
#define STAGEPP_DRIVER_SESSION_H

#include "driver/settings.h"
#include "eval/eval.h"
#include "library/resolve.h"

/* The last expansion once more, for the positions: see linemap.c. */
struct replay {
    struct eval eval;
    struct arena scratch;
    bool eval_live; /* as in the session */
    bool tried, good;
};

struct stagepp_session {
    struct fault fault;
    struct arena kept, run, scratch;
    struct names names;
    struct diags diags;
    struct resolver resolver;
    struct loader loader;
    struct judge judge;
    struct program program; /* of the last expansion */
    struct rx_cache *rx;
    struct builtins *builtins;
    settings_list settings;
    stagepp_tracer tracer;
    void *tracer_ctx;
    struct eval eval;
    bool eval_live;         /* eval holds buffers to be freed */
    bool expanded;          /* outputs can be read */
    struct source *root;    /* of the last expansion */
    struct source *checked; /* as a Dockerfile just now */
    bool record;            /* each expansion records positions */
    struct replay replay;
    int out_dir;     /* see struct output_job */
    struct buf text; /* what was given out last */
};

/* The start of each function that may jump: remembers where to come back. */
#define SESSION_TRY(s) (setjmp((s)->fault.env) == 0)
/* After a jump: reports what was reached, once. */
stagepp_status session_fault(stagepp_session *s);
/* STAGEPP_OK, or what the diagnostics say. */
stagepp_status session_status(const stagepp_session *s);
/* A new expansion begins: the results of the last one are gone. */
void session_reset(stagepp_session *s);
/* A buffer of the caller's as a source; NULL (reported) beyond LIMIT_INPUT. */
struct source *session_add_buffer(stagepp_session *s, const char *name,
                                  struct str bytes);
/* Hands out what was built in s->text, as a copy in the run's arena. */
void session_give(stagepp_session *s, const char **text, size_t *len);

#endif
