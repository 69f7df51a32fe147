/* SPDX-License-Identifier: MIT */
/* In: diagnostics with spans; out: text for people, or JSON for programs. The
 * one idea: a source line is a row of cells, each a character with the columns
 * it takes on a terminal (a tab up to the next stop, a wide character two, a
 * byte that could steer the terminal its "\x1b"). Measuring, cutting and
 * printing all walk the same cells, so the underline cannot slip. */
#include "source/diag_print.h"

#include "base/json.h"
#include "base/utf8.h"

#define TAB_STOP 8
/* Longer lines are cut to a window that begins a little before the span. */
#define MAX_COLUMNS 160
#define LEAD_COLUMNS 40
#define FAR_BYTES 2048

enum style {
    BOLD,
    RED,
    MAGENTA,
    CYAN,
    GREEN
};

struct printer {
    struct buf *out;
    bool colour;
};

static void begin_style(struct printer *p, enum style style)
{
    static const char *const codes[] = {"1", "1;31", "1;35", "1;36", "32"};
    if (p->colour)
        buf_printf(p->out, "\x1b[%sm", codes[style]);
}

static void end_style(struct printer *p)
{
    if (p->colour)
        buf_add_cstr(p->out, "\x1b[0m");
}

static void add_styled(struct printer *p, enum style style, const char *text)
{
    begin_style(p, style);
    buf_add_cstr(p->out, text);
    end_style(p);
}

/* --- the source line and its underline --- */

/* Columns of the cell at *off, when it begins at column col; *off moves past
 * it. */
static size_t next_cell(struct str line, size_t *off, size_t col)
{
    size_t begin = *off;
    if (utf8_is_plain(line.ptr[begin])) {
        ++*off;
        return 1;
    }
    if (line.ptr[begin] == '\t') {
        ++*off;
        return TAB_STOP - col % TAB_STOP;
    }
    uint32_t cp = utf8_next(line, off);
    if (cp == UTF8_INVALID || utf8_steers(cp))
        return 4 * (*off - begin);
    return utf8_width(cp);
}

/* Columns of a line: what is underlined, and what is shown of it. */
struct view {
    size_t from, to;    /* underlined */
    size_t start, end;  /* shown */
    bool before, after; /* something is cut off there */
};

/* The view of a line whose bytes [begin, end) are to be underlined. Columns
 * far right of the span are not even looked at. */
static struct view measure(struct str line, size_t begin, size_t end)
{
    struct view v = {0};
    size_t col = 0;
    size_t off = 0;
    while (off < line.len && col <= v.from + MAX_COLUMNS) {
        size_t cell = off;
        col += next_cell(line, &off, col);
        if (off <= begin)
            v.from = col;
        if (cell < end)
            v.to = col;
    }
    if (v.to <= v.from)
        v.to = v.from + 1;
    if (col > MAX_COLUMNS && v.to > MAX_COLUMNS && v.from > LEAD_COLUMNS)
        v.start = v.from - LEAD_COLUMNS;
    v.end = v.start + MAX_COLUMNS;
    v.before = v.start > 0;
    v.after = col > v.end;
    return v;
}

/* Prints the cells that lie wholly inside the view, and narrows it to them. */
static void add_cells(struct printer *p, struct str line, struct view *v)
{
    size_t col = 0;
    size_t off = 0;
    while (off < line.len && col < v->start)
        col += next_cell(line, &off, col);
    v->start = col;
    while (off < line.len) {
        size_t begin = off;
        size_t width = next_cell(line, &off, col);
        if (col + width > v->end)
            break;
        if (line.ptr[begin] == '\t')
            buf_printf(p->out, "%*s", (int)width, "");
        else
            utf8_add_safe(p->out, str_slice(line, begin, off - begin));
        col += width;
    }
    if (v->after && v->to > col)
        v->to = col;
}

static void add_underline(struct printer *p, const struct view *v)
{
    buf_add_cstr(p->out, "      | ");
    size_t blanks = (v->before ? 3 : 0) + v->from - v->start;
    buf_printf(p->out, "%*s", (int)blanks, "");
    begin_style(p, GREEN);
    buf_add_char(p->out, '^');
    for (size_t i = v->from + 1; i < v->to; i++)
        buf_add_char(p->out, '~');
    end_style(p);
    buf_add_char(p->out, '\n');
}

/* The visible part of a line, after its number. */
static void add_line(struct printer *p, struct str line, uint32_t number,
                     struct view *v)
{
    buf_printf(p->out, "%5u |%s", number, line.len > 0 ? " " : "");
    if (v->before)
        buf_add_cstr(p->out, "...");
    add_cells(p, line, v);
    if (v->after)
        buf_add_cstr(p->out, "...");
    buf_add_char(p->out, '\n');
}

/* Bytes of a line that are too far before offset `begin` to be looked at: a
 * line may have megabytes, and many spans. */
static size_t far_before(struct str line, size_t begin)
{
    size_t cut = begin > FAR_BYTES ? begin - FAR_BYTES : 0;
    while (cut > 0 && cut < begin &&
           ((unsigned char)line.ptr[cut] & 0xC0) == 0x80)
        cut++;
    return cut < line.len ? cut : line.len;
}

/* The first line of a span, underlined. */
static void add_excerpt(struct printer *p, struct span span, uint32_t number)
{
    struct str line = source_line(span.source, number);
    size_t start = source_line_start(span.source, number);
    if (start == 0) {
        start = utf8_bom_len(line);
        line = utf8_skip_bom(line);
    }
    size_t last = (size_t)span.off + span.len;
    size_t cut = far_before(line, span.off > start ? span.off - start : 0);
    line = str_from_off(line, cut);
    start += cut;
    struct view v = measure(line, span.off > start ? span.off - start : 0,
                            last > start ? last - start : 0);
    v.before = v.before || cut > 0;
    add_line(p, line, number, &v);
    add_underline(p, &v);
}

/* --- text --- */

/* "FILE:L:C: "; the line. */
static uint32_t add_location(struct printer *p, struct span span)
{
    uint32_t line, col;
    source_locate(span.source, span.off, &line, &col);
    begin_style(p, BOLD);
    utf8_add_safe(p->out, span.source->name);
    buf_printf(p->out, ":%u:%u:", line, col);
    end_style(p);
    buf_add_char(p->out, ' ');
    return line;
}

/* A message of several lines (@error's) stays one diagnostic to the eye: its
 * further lines are indented. */
static void add_message(struct printer *p, struct str message)
{
    for (size_t at = 0;;) {
        size_t end = at;
        while (end < message.len && message.ptr[end] != '\n' &&
               message.ptr[end] != '\t')
            end++;
        utf8_add_safe(p->out, str_slice(message, at, end - at));
        if (end == message.len)
            return;
        buf_add_cstr(p->out, message.ptr[end] == '\n' ? "\n    " : "\t");
        at = end + 1;
    }
}

static void add_note(struct printer *p, const struct diag_note *note,
                     bool excerpt)
{
    uint32_t line = 0;
    if (note->span.source != NULL)
        line = add_location(p, note->span);
    else
        buf_add_cstr(p->out, "  ");
    add_styled(p, CYAN, "note:");
    buf_add_char(p->out, ' ');
    add_message(p, note->message);
    buf_add_char(p->out, '\n');
    if (excerpt && line > 0)
        add_excerpt(p, note->span, line);
}

static void add_diag(struct printer *p, const struct diag *d)
{
    uint32_t line = 0;
    if (d->span.source != NULL) {
        line = add_location(p, d->span);
    } else {
        add_styled(p, BOLD, "stagepp:");
        buf_add_char(p->out, ' ');
    }
    begin_style(p, d->severity == SEVERITY_WARNING ? MAGENTA : RED);
    buf_printf(p->out, "%s:", diag_word(d));
    end_style(p);
    buf_add_char(p->out, ' ');
    add_message(p, d->message);
    buf_printf(p->out, " [%s]\n", diag_name(d->id));
    if (line > 0)
        add_excerpt(p, d->span, line);
    for (uint32_t i = 0; i < d->notes.n; i++)
        add_note(p, &d->notes.at[i], i < d->own);
}

void diag_print_text(struct buf *out, struct diags *d, bool colour)
{
    struct printer p = {out, colour};
    for (uint32_t i = 0; i < d->list.n; i++)
        add_diag(&p, d->list.at[i]);
}

void diag_print_place(struct buf *out, struct span span, struct str text,
                      bool excerpt)
{
    struct printer p = {out, false};
    uint32_t line = add_location(&p, span);
    add_message(&p, text);
    buf_add_char(out, '\n');
    if (excerpt)
        add_excerpt(&p, span, line);
}

void diag_print_line(struct buf *out, struct str line, uint32_t number)
{
    struct printer p = {out, false};
    struct view v = measure(line, 0, 0);
    add_line(&p, line, number, &v);
}

/* --- JSON --- */

/* File and position; the end is the first column after the span. */
static void add_json_span(struct json_writer *w, struct span span)
{
    static const char *const keys[] = {"file", "line", "column", "endLine",
                                       "endColumn"};
    uint32_t at[5];
    for (size_t i = 0; i < 5 && !span.source; i++)
        json_null(w, keys[i]);
    if (!span.source)
        return;
    json_str(w, keys[0], span.source->name);
    source_locate(span.source, span.off, &at[1], &at[2]);
    source_locate(span.source, source_span_end(span), &at[3], &at[4]);
    for (size_t i = 1; i < 5; i++)
        json_int(w, keys[i], at[i]);
}

static void add_json_notes(struct json_writer *w, const struct diag *d)
{
    json_open(w, "notes", "[");
    for (uint32_t i = 0; i < d->notes.n; i++) {
        json_open(w, NULL, "{");
        add_json_span(w, d->notes.at[i].span);
        json_str(w, "message", d->notes.at[i].message);
        json_close(w, "}");
    }
    json_close(w, "]");
}

/* One diagnostic a line, for grep. */
void diag_print_json(struct buf *out, struct diags *d)
{
    struct json_writer w = {.out = out};
    json_open(&w, NULL, "[");
    for (uint32_t i = 0; i < d->list.n; i++) {
        const struct diag *diag = d->list.at[i];
        json_line(&w, 1);
        json_open(&w, NULL, "{");
        add_json_span(&w, diag->span);
        json_str(&w, "severity", str_from(diag_word(diag)));
        json_str(&w, "id", str_from(diag_name(diag->id)));
        json_str(&w, "message", diag->message);
        add_json_notes(&w, diag);
        json_close(&w, "}");
    }
    json_line(&w, 0);
    json_close(&w, "]\n");
}
