/* SPDX-License-Identifier: MIT */
/* In: a text and an offset; out: the line and column a person would name.
 * The lines are looked up in a table of their starts that is built by the
 * first question, since most sources are never asked about. A line ends at
 * "\n" and nowhere else: a lone "\r" is a byte like others, as it is for
 * Docker and for editors that count the same lines. */
#include "source/source.h"

#include "base/utf8.h"
#include "base/vec.h"

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
    VEC(uint32_t) lines = {0};
    struct str text = reachable(s);
    size_t end = 0;
    vec_push(s->arena, &lines, 0);
    while ((end = str_chr(text, '\n', end)) != STR_NONE)
        vec_push(s->arena, &lines, (uint32_t)++end);
    s->lines = lines.at;
    s->nlines = lines.n;
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
        /* Lines of megabytes are mostly ASCII: eight bytes at a time. */
        uint64_t eight = UINT64_MAX;
        if (off - at >= sizeof eight)
            memcpy(&eight, text.ptr + at, sizeof eight);
        if ((eight & 0x8080808080808080) == 0) {
            at += sizeof eight;
            n += sizeof eight;
            continue;
        }
        utf8_next(text, &at);
        if (at <= off)
            n++;
    }
    return n;
}

static size_t line_start(const struct source *s, uint32_t index)
{
    size_t start = s->lines[index];
    return start == 0 ? utf8_bom_len(reachable(s)) : start;
}

void source_locate(struct source *s, uint32_t off, uint32_t *line,
                   uint32_t *col)
{
    build_lines(s);
    struct str text = reachable(s);
    if (off > text.len)
        off = (uint32_t)text.len;
    uint32_t index = find_line(s, off);
    *line = index + 1;
    *col = 1 + count_columns(text, line_start(s, index), off);
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

struct str source_span_text(struct span s)
{
    return s.source ? str_slice(s.source->text, s.off, s.len) : STR("");
}

uint32_t source_span_end(struct span s)
{
    uint32_t room = UINT32_MAX - s.off;
    return s.off + (s.len < room ? s.len : room);
}
