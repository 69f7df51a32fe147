/* SPDX-License-Identifier: MIT */
/* Where expanded text goes. An output (main, or of one @file) is a buffer; so
 * is a text that is caught to become a value. Both are written through a sink,
 * which knows the head rule: until the first text of an output, blank lines
 * that follow a directive vanish. @defer leaves a marker in the buffer, and
 * outputs_assemble puts the deferred texts there at the end. */
#ifndef STAGEPP_EVAL_OUTPUT_H
#define STAGEPP_EVAL_OUTPUT_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "eval/origin.h"
#include "source/source.h"

/* A place where the text of a @defer will stand. */
struct marker {
    size_t at;              /* offset in the buffer */
    uint32_t defer;         /* which */
    struct str indent;      /* of the insertion lines around it */
    struct origin indented; /* the innermost of them */
};

/* A buffer with markers. */
struct pad {
    struct buf text;
    struct origins origins; /* of a run that records, see struct sink */
    VEC(struct marker) markers;
    struct arena *arena; /* of the markers */
};

struct output {
    struct str path; /* "" is the main output */
    struct span span;
    struct pad pad;
};

struct outputs {
    struct arena *arena;
    struct fault *fault;
    VEC(struct output *) list; /* [0] is the main output */
    size_t total;              /* bytes of the finished ones: LIMIT_OUTPUT */
    struct map paths;          /* of list[1…] */
    bool no_main;              /* @file blocks and nothing else but blanks */
};

struct sink {
    struct buf *buf;
    struct pad *pad; /* NULL: caught text; @defer and @file are refused */
    struct origins *origins; /* of buf; NULL: nothing is recorded */
    bool head;               /* nothing but a BOM was written yet */
    bool after_directive;
    bool exempt; /* in a macro body: blank lines stay */
    bool lends;  /* the text being written has a NUL behind its file's end */
};

void outputs_init(struct outputs *o, struct arena *a, struct fault *fault);
/* A new output; NULL if path is taken (*first is then who has it). */
struct output *outputs_add(struct outputs *o, struct str path, struct span span,
                           struct output **first);
/* Frees the buffers. */
void outputs_free(struct outputs *o);
void pad_init(struct pad *p, struct arena *a, struct fault *fault,
              enum limit limit);
void pad_free(struct pad *p);

/* sink_text and sink_written while the head lasts. */
void sink_head_text(struct sink *s, struct str text, bool ends_file);
void sink_head_written(struct sink *s, size_t from);

/* To be called when bytes went into the buffer directly from offset `from`. */
static inline void sink_written(struct sink *s, size_t from)
{
    if (s->head)
        sink_head_written(s, from);
}

/* Writes what an expansion gave: no head rule, but it ends the head. */
static inline void sink_value(struct sink *s, struct str text)
{
    size_t from = s->buf->len;
    buf_add(s->buf, text);
    s->after_directive = false;
    sink_written(s, from);
}

/* Writes text of the template at the sink; `ends_file` says that it ends with
 * its source, so that a blank rest without line end is a line too. */
static inline void sink_text(struct sink *s, struct str text, bool ends_file)
{
    if (s->head)
        sink_head_text(s, text, ends_file);
    else
        sink_value(s, text);
}

/* A directive line, or an insertion that gave nothing. */
static inline void sink_directive(struct sink *s)
{
    s->after_directive = true;
}

/* Forgets what was written from offset `from` on. */
static inline void sink_truncate(struct sink *s, size_t from)
{
    buf_truncate(s->buf, from);
    if (s->origins)
        origins_truncate(s->origins, from);
}

/* These write a stretch of lines anew, through `work`, which is empty before
 * and afterwards; work->origins.made is where what they put in comes from. */
/* Re-indents what a sink holds from offset `from` and marker `marker` on:
 * every non-empty line gets indent. */
void sink_indent(struct sink *s, size_t from, uint32_t marker,
                 struct str indent, struct pad *work);
/* @join: sep at the end of every command line from `from` on but the last. */
void sink_join(struct sink *s, size_t from, struct str sep, struct pad *work);
/* Text without `indent` at the start of the lines that begin with it. */
struct str output_dedent(struct arena *a, struct str text, struct str indent);
/* True for "" and a lone "\r". */
bool output_line_is_empty(struct str line);

#endif
