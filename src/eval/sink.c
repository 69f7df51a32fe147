/* SPDX-License-Identifier: MIT */
/* Whatever works on whole lines (indenting, @join) works on a finished stretch
 * at the end of a buffer, so that nothing is caught and copied when there is
 * nothing to do. */
#include "eval/sink.h"

#include "base/utf8.h"

#include <string.h>

/* --- the head rule --- */

/* How many bytes of text are blank lines at its start. */
static size_t blank_lines(struct str text, bool ends_file)
{
    size_t from = 0;
    for (;;) {
        size_t at = str_span(text, from, ASCII_BLANK);
        if (at + 1 < text.len && text.ptr[at] == '\r')
            at += text.ptr[at + 1] == '\n';
        if (at == text.len)
            return ends_file ? at : from;
        if (text.ptr[at] != '\n')
            return from;
        from = at + 1;
    }
}

static bool only_bom(const struct buf *b)
{
    return b->len == 3 && utf8_bom_len((struct str){b->ptr, b->len}) == 3;
}

void sink_head_written(struct sink *s, size_t from)
{
    if (s->buf->len > from && !only_bom(s->buf))
        s->head = false;
}

/* Where one run of text is the whole output, as of a file without directives,
 * the output is the input; if there is to be more behind it, it is copied. */
enum {
    LENT = 64 << 10
};

void sink_head_text(struct sink *s, struct str text, bool ends_file)
{
    if (s->after_directive && !s->exempt) {
        text = str_from_off(text, blank_lines(text, ends_file));
        if (text.len == 0)
            return;
    }
    if (ends_file && s->lends && text.len >= LENT && s->buf->cap == 0 &&
        s->buf->len == 0) {
        buf_lend(s->buf, text);
        text.len = 0;
        s->head = false;
    }
    sink_value(s, text);
}

/* --- whole lines --- */

bool sink_line_is_empty(struct str line)
{
    return line.len == 0 || (line.len == 1 && line.ptr[0] == '\r');
}

/* Moves the markers from *next on that stand before offset `until` of the old
 * text by `by` bytes; *next is then the first that was not moved. */
static void shift_markers(struct pad *pad, uint32_t *next, size_t until,
                          size_t by)
{
    while (*next < pad->markers.n && pad->markers.at[*next].at < until)
        pad->markers.at[(*next)++].at += by;
}

static void indent_markers(struct sink *s, uint32_t marker, struct str indent,
                           const struct pad *work)
{
    struct pad *pad = s->pad;
    for (uint32_t i = marker; i < pad->markers.n; i++) {
        struct marker *m = &pad->markers.at[i];
        if (m->indent.len == 0)
            m->indented = work->origins.made;
        m->indent = ARENA_CONCAT(pad->arena, indent, m->indent);
    }
}

/* What a sink holds from some offset on is written anew, with a working pad in
 * between: each of the old bytes is kept, and others are put among them. */
struct rewrite {
    struct sink *sink;
    size_t from;
    struct str text; /* the old bytes */
    struct pad *work;
    bool records;
};

static inline struct rewrite rewrite_begin(struct sink *s, size_t from,
                                           struct pad *work)
{
    return (struct rewrite){s, from, buf_from(s->buf, from), work, s->origins};
}

static inline void rewrite_keep(struct rewrite r, size_t at, size_t len)
{
    buf_add(&r.work->text, str_slice(r.text, at, len));
    if (r.records)
        origins_copy(&r.work->origins, r.sink->origins, r.from + at, len);
}

static inline void rewrite_put(struct rewrite r, struct str text)
{
    struct origins *o = &r.work->origins;
    buf_add(&r.work->text, text);
    if (r.records)
        origins_reach(o, r.work->text.len, o->made);
}

static inline void rewrite_end(struct rewrite r)
{
    sink_truncate(r.sink, r.from);
    buf_add(r.sink->buf, buf_from(&r.work->text, 0));
    buf_truncate(&r.work->text, 0);
    if (r.records)
        origins_move(r.sink->origins, &r.work->origins);
}

void sink_indent(struct sink *s, size_t from, uint32_t marker,
                 struct str indent, struct pad *work)
{
    if (indent.len == 0)
        return;
    const struct rewrite r = rewrite_begin(s, from, work);
    size_t added = 0;
    uint32_t next = marker;
    for (size_t at = 0; at < r.text.len;) {
        struct str line = str_part(r.text, at, '\n');
        if (s->pad)
            shift_markers(s->pad, &next, from + at + 1, added);
        if (!sink_line_is_empty(line)) {
            rewrite_put(r, indent);
            added += indent.len;
        }
        bool ended = at + line.len < r.text.len;
        rewrite_keep(r, at, line.len + ended);
        at += line.len + ended;
    }
    if (s->pad) {
        shift_markers(s->pad, &next, SIZE_MAX, added);
        indent_markers(s, marker, indent, work);
    }
    rewrite_end(r);
}

/* What @join does with a line. One that already ends like SEP is a command, so
 * the command before it gets a separator, but it gets none itself. */
enum join_line {
    JOIN_SKIP,    /* blank, or a comment */
    JOIN_HAS_SEP, /* a command line that already ends like SEP */
    JOIN_COMMAND
};

static enum join_line join_line(struct str line, struct str sep)
{
    struct str body = str_trim(line);
    if (body.len == 0 || body.ptr[0] == '#')
        return JOIN_SKIP;
    if (sep.len && body.ptr[body.len - 1] == sep.ptr[sep.len - 1])
        return JOIN_HAS_SEP;
    return JOIN_COMMAND;
}

/* Offset of the last command line of text; STR_NONE when there is none. */
static size_t last_command(struct str text, struct str sep)
{
    size_t last = STR_NONE;
    for (size_t at = 0; at < text.len;) {
        struct str line = str_part(text, at, '\n');
        if (join_line(line, sep) != JOIN_SKIP)
            last = at;
        at += line.len + 1;
    }
    return last;
}

void sink_join(struct sink *s, size_t from, struct str sep, struct pad *work)
{
    const struct rewrite r = rewrite_begin(s, from, work);
    size_t last = last_command(r.text, sep);
    for (size_t at = 0; at < r.text.len;) {
        struct str line = str_part(r.text, at, '\n');
        size_t end = at + line.len, ended = end < r.text.len;
        size_t cr = ended && str_ends(line, STR("\r"));
        if (at != last && join_line(line, sep) == JOIN_COMMAND) {
            rewrite_keep(r, at, line.len - cr);
            rewrite_put(r, sep);
            rewrite_keep(r, end - cr, cr + ended);
        } else {
            rewrite_keep(r, at, line.len + ended);
        }
        at = end + ended;
    }
    rewrite_end(r);
}

struct str sink_dedent(struct arena *a, struct str text, struct str indent)
{
    if (indent.len == 0)
        return text;
    char *to = arena_alloc(a, text.len);
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        struct str line = str_part(text, at, '\n');
        size_t next = at + line.len + 1;
        at += str_starts(line, indent) ? indent.len : 0;
        struct str kept = str_slice(text, at, next - at);
        memcpy(to + n, kept.ptr, kept.len);
        n += kept.len;
        at = next;
    }
    return (struct str){to, n};
}
