/* SPDX-License-Identifier: MIT */
/* Where expanded text goes: an output, or a text that is caught to become a
 * value. A sink knows the head rule: until the first text of an output, blank
 * lines that follow a directive vanish. */
#ifndef STAGEPP_EVAL_SINK_H
#define STAGEPP_EVAL_SINK_H

#include "eval/pad.h"

struct sink {
    struct buf *buf;
    struct pad *pad; /* NULL: caught text; @defer and @file are refused */
    struct origins *origins; /* of buf; NULL: nothing is recorded */
    bool head;               /* nothing but a BOM was written yet */
    bool after_directive;
    bool exempt; /* in a macro body: blank lines stay */
    bool lends;  /* the text being written has a NUL behind its file's end */
};

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

/* A directive line, or one that inserts something: if it gave nothing, the head
 * goes on. */
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
struct str sink_dedent(struct arena *a, struct str text, struct str indent);
/* True for "" and a lone "\r". */
bool sink_line_is_empty(struct str line);

#endif
