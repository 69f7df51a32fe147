/* SPDX-License-Identifier: MIT */
/* In: an output and its map; out: the same for other tools, as a source map
 * (ECMA-426). A mapping holds up to the next one in its line, so there is one
 * at the start of each line and of each stretch. Each number is written as the
 * difference to the one before; lines are counted from 0, and columns in UTF-16
 * code units. */
#include "driver/linemap.h"
#include "driver/results.h"

#include "base/json.h"
#include "base/utf8.h"

/* A place in a text, as source maps count. */
struct cursor {
    struct str text;
    size_t off;
    int64_t line, col;
};

/* What a mapping says, besides its generated line. */
struct mapping {
    int64_t col, source, line, source_col, name;
};

struct place {
    struct source *source;
    struct cursor at;
};

enum {
    PLACES = 16
};

struct writer {
    stagepp_session *s;
    struct buf *out;
    struct cursor to;
    /* To count on from there; one line often has text of several others. */
    struct place places[PLACES], *from;
    struct mapping last;
    int64_t written; /* generated line of the last mapping; -1: none yet */
    VEC(struct source *) sources;
    uint32_t *numbers; /* by source->order: 1 + index in sources */
    struct map names;
};

/* --- numbers --- */

/* Base64 VLQ: the sign is the lowest bit, then five bits a digit. */
static void add_vlq(struct buf *out, int64_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789+/";
    uint64_t rest = n < 0 ? ((uint64_t)-n << 1) | 1 : (uint64_t)n << 1;
    do {
        unsigned digit = rest & 31;
        rest >>= 5;
        buf_add_char(out, digits[digit | (rest ? 32 : 0)]);
    } while (rest);
}

/* Moves c forward to offset off. A character that goes beyond is not counted
 * yet; a byte that is not UTF-8 counts as one U+FFFD. */
static void advance(struct cursor *c, size_t off)
{
    while (c->off < off) {
        size_t next = c->off;
        uint32_t cp = utf8_next(c->text, &next);
        if (next > off)
            return;
        bool bom = c->off == 0 && cp == 0xfeff;
        c->off = next;
        c->col += bom ? 0 : cp != UTF8_INVALID && cp > 0xffff ? 2 : 1;
        if (cp == '\n') {
            c->line++;
            c->col = 0;
        }
    }
}

/* --- the lists --- */

static int64_t source_index(struct writer *w, struct source *source)
{
    uint32_t *number = &w->numbers[source->order];
    if (*number == 0) {
        vec_push(&w->s->run, &w->sources, source);
        *number = w->sources.n;
    }
    return *number - 1;
}

/* Of the innermost macro of the chain; -1 without one. */
static int64_t name_index(struct writer *w, const struct trace *chain)
{
    while (chain && chain->kind != TRACE_MACRO)
        chain = chain->up;
    return chain ? (int64_t)map_put(&w->names, &w->s->run, chain->name, NULL)
                 : -1;
}

/* Moves w->from to the place, from where it was last in that line, if possible.
 */
static void go_to(struct writer *w, struct source *source, uint32_t off)
{
    uint32_t line = source_line_of(source, off);
    struct place *p = &w->places[(source->order + line) % PLACES];
    if (p->source != source || p->at.line != line - 1 || p->at.off > off)
        *p = (struct place){
            source,
            {source->text, source_line_start(source, line), line - 1, 0}};
    w->from = p;
    advance(&p->at, off);
}

/* --- mappings --- */

static void add_mapping(struct writer *w, struct mapping m)
{
    const struct mapping *last = &w->last;
    struct buf *out = w->out;
    bool first = w->written != w->to.line;
    if (!first && m.col == last->col)
        return; /* what is before it has no width */
    for (int64_t i = w->written < 0 ? 0 : w->written; i < w->to.line; i++)
        buf_add_char(out, ';');
    if (!first)
        buf_add_char(out, ',');
    add_vlq(out, first ? m.col : m.col - last->col);
    add_vlq(out, m.source - last->source);
    add_vlq(out, m.line - last->line);
    add_vlq(out, m.source_col - last->source_col);
    if (m.name >= 0)
        add_vlq(out, m.name - last->name);
    else
        m.name = last->name;
    w->written = w->to.line;
    w->last = m;
}

/* The end of a line that has something in it is not worth a mapping. */
static bool is_line_end(const struct cursor *c)
{
    struct str rest = str_from_off(c->text, c->off);
    return c->col > 0 &&
           (str_starts(rest, STR("\n")) || str_starts(rest, STR("\r\n")));
}

/* The byte at w->to came from o. */
static void map_byte(struct writer *w, const struct origin *o)
{
    if (is_line_end(&w->to))
        return;
    go_to(w, o->span.source, o->span.off);
    add_mapping(w, (struct mapping){.col = w->to.col,
                                    .source = source_index(w, w->from->source),
                                    .line = w->from->at.line,
                                    .source_col = w->from->at.col,
                                    .name = name_index(w, o->chain)});
}

static void add_mappings(struct writer *w, const struct linemap *m)
{
    struct origin o;
    size_t line = 0; /* a line end at `at` or later */
    for (size_t at = 0; linemap_at(m, at, &o);) {
        size_t end = linemap_end(m, at);
        if (at == 0 || line < at)
            line = str_chr(w->to.text, '\n', at);
        if (line < end)
            end = line + 1;
        advance(&w->to, at);
        map_byte(w, &o);
        at = end;
    }
}

/* --- the document --- */

static void add_sources(struct json_writer *j, const struct writer *w)
{
    bool texts = false;
    json_line(j, 1);
    json_open(j, "sources", "[");
    for (uint32_t i = 0; i < w->sources.n; i++) {
        json_str(j, NULL, w->sources.at[i]->name);
        texts = texts || w->sources.at[i]->kind != SOURCE_FILE;
    }
    json_close(j, "]");
    if (!texts)
        return;
    json_line(j, 1);
    json_open(j, "sourcesContent", "[");
    for (uint32_t i = 0; i < w->sources.n; i++) {
        const struct source *source = w->sources.at[i];
        if (source->kind == SOURCE_FILE)
            json_null(j, NULL); /* it can be opened */
        else
            json_str(j, NULL, source->text);
    }
    json_close(j, "]");
}

static void add_names(struct json_writer *j, const struct writer *w)
{
    json_line(j, 1);
    json_open(j, "names", "[");
    for (uint32_t i = 0; i < w->names.n; i++)
        json_str(j, NULL, w->names.keys[i]);
    json_close(j, "]");
}

/* The mappings come first, since they fill the lists. */
static void add_document(stagepp_session *s, const struct candidate *c,
                         const struct linemap *m)
{
    struct writer w = {.s = s, .out = &s->text, .written = -1};
    struct json_writer j = {.out = &s->text};
    w.to.text = s->expansion.files[c->index].bytes;
    w.numbers = arena_zalloc(&s->run, s->sources.entries.n * sizeof *w.numbers);
    add_mappings(&w, m);
    struct str mappings = arena_str(&s->run, buf_str(&s->text));
    buf_truncate(&s->text, 0);
    json_open(&j, NULL, "{");
    json_int(&j, "version", 3);
    if (!str_eq(c->name, STR("-"))) {
        json_line(&j, 1);
        json_str(&j, "file", c->name);
    }
    add_sources(&j, &w);
    add_names(&j, &w);
    json_line(&j, 1);
    json_str(&j, "mappings", mappings);
    json_close(&j, "}\n");
}

bool sourcemap_text(stagepp_session *s, struct run *r)
{
    candidates list = {0};
    if (!results_candidates(s, &r->job->target, &list))
        return false;
    if (list.n != 1)
        return diag_refuse(&s->diags, DIAG_USAGE,
                           "a source map covers one output; choose it with "
                           "--only: %s",
                           results_names(s, &list));
    const struct linemap *m = linemap_get(s, list.at[0].index);
    if (!m)
        return linemap_unknown(s);
    add_document(s, &list.at[0], m);
    return true;
}
