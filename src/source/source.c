/* SPDX-License-Identifier: MIT */
/* In: a text and an offset; out: the line and column a person would name.
 * The lines are looked up in a table of their starts that is built by the
 * first question, since most sources are never asked about. A line ends at
 * "\n" and nowhere else: a lone "\r" is a byte like others, as it is for
 * Docker and for editors that count the same lines. */
#include "source/source.h"

#include "base/utf8.h"

const struct span source_nowhere = {NULL, 0, 0};

struct source *source_new(struct arena *a, enum source_kind kind,
                          struct str name, struct str text, uint32_t order)
{
    struct source *s = arena_new(a, struct source);
    s->kind = kind;
    s->arena = a;
    s->name = arena_str(a, name);
    s->text = text;
    s->order = order;
    return s;
}

/* What offsets can reach: expanded text may be longer than they count. */
static struct str reachable(const struct source *s)
{
    return str_slice(s->text, 0, UINT32_MAX - 1);
}

static void build_lines(struct source *s)
{
    if (s->lines != NULL)
        return;
    struct str text = reachable(s);
    size_t count = 1;
    size_t at = 0;
    while ((at = str_chr(text, '\n', at)) != STR_NONE) {
        count++;
        at++;
    }
    uint32_t *lines = arena_array(s->arena, count, sizeof *lines);
    uint32_t n = 0;
    lines[n++] = 0;
    for (at = 0; n < count; at++) {
        at = str_chr(text, '\n', at);
        lines[n++] = (uint32_t)at + 1;
    }
    s->lines = lines;
    s->nlines = n;
}

/* Index of the last line that starts at or before off. */
static uint32_t find_line(const struct source *s, uint32_t off)
{
    uint32_t low = 0;
    uint32_t high = s->nlines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->lines[middle] <= off)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Characters of text from `at` that end at or before off. An offset inside a
 * character belongs to that character. */
static uint32_t count_columns(struct str text, size_t at, size_t off)
{
    uint32_t n = 0;
    while (at < off) {
        /* Lines of megabytes are mostly ASCII: no decoding for it. */
        if ((unsigned char)text.ptr[at] < 0x80)
            at++;
        else
            utf8_next(text, &at);
        if (at <= off)
            n++;
    }
    return n;
}

enum {
    STEP = 4096 /* bytes from one entry of `columns` to the next */
};

static size_t line_start(const struct source *s, uint32_t index)
{
    size_t start = s->lines[index];
    return start == 0 ? utf8_bom_len(reachable(s)) : start;
}

/* Entry k: where counting in the line of byte k * STEP can go on. */
static void build_columns(struct source *s)
{
    struct str text = reachable(s);
    size_t n = text.len / STEP + 1;
    uint32_t index = UINT32_MAX;
    struct column now = {0, 0};
    struct column *columns = arena_array(s->arena, n, sizeof *columns);
    for (size_t k = 0; k < n; k++) {
        uint32_t off = (uint32_t)(k * STEP), line = find_line(s, off);
        if (line != index)
            now = (struct column){(uint32_t)line_start(s, line), 0};
        index = line;
        /* To the beginning of the character that off is in. */
        for (size_t at = now.off; at < off;) {
            utf8_next(text, &at);
            if (at <= off)
                now = (struct column){(uint32_t)at, now.n + 1};
        }
        columns[k] = now;
    }
    s->columns = columns;
}

/* Where to begin to count in the line that starts at `start`. */
static struct column column_before(struct source *s, size_t start, size_t off)
{
    struct column from = {(uint32_t)start, 0};
    if (off < start || off - start < STEP)
        return from;
    if (!s->columns)
        build_columns(s);
    struct column near = s->columns[off / STEP];
    return near.off > start ? near : from;
}

void source_locate(struct source *s, uint32_t off, uint32_t *line,
                   uint32_t *col)
{
    build_lines(s);
    struct str text = reachable(s);
    if (off > text.len)
        off = (uint32_t)text.len;
    uint32_t index = find_line(s, off);
    struct column from = column_before(s, line_start(s, index), off);
    *line = index + 1;
    *col = 1 + from.n + count_columns(text, from.off, off);
}

uint32_t source_line_of(struct source *s, uint32_t off)
{
    build_lines(s);
    return find_line(s, off) + 1;
}

uint32_t source_line_start(struct source *s, uint32_t line)
{
    build_lines(s);
    if (line == 0 || line > s->nlines)
        return (uint32_t)reachable(s).len;
    return s->lines[line - 1];
}

struct str source_line(struct source *s, uint32_t line)
{
    uint32_t start = source_line_start(s, line);
    uint32_t next = source_line_start(s, line == 0 ? 0 : line + 1);
    return str_chomp(str_slice(reachable(s), start, next - start));
}

struct str span_text(struct span s)
{
    return s.source ? str_slice(s.source->text, s.off, s.len) : STR("");
}

uint32_t span_end(struct span s)
{
    uint32_t room = UINT32_MAX - s.off;
    return s.off + (s.len < room ? s.len : room);
}
