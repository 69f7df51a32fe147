/* SPDX-License-Identifier: MIT */
/* In: a line of an output, as the message of a builder names it. Out: where in
 * the templates it comes from. The one idea: what came from one line of a
 * template through the same calls is shown as one place, so that most lines
 * have just one. */
#include "driver/linemap.h"
#include "driver/results.h"

#include "base/path.h"
#include "base/utf8.h"
#include "source/diag_print.h"

#include <string.h>

enum {
    SHOWN_LINKS = 20, /* of a chain; of a longer chain its two ends */
    SHOWN_CALL = 400, /* bytes of a call and its arguments */
    SHOWN_PART = 60   /* bytes of a part of a line */
};

/* --- which output --- */

/* How well `file` matches c: 3 as its path, 2 as another name, 1 as the end of
 * its path, 0 not at all. */
static int match(stagepp_session *s, const struct candidate *c, struct str file)
{
    struct str path = path_normalise(&s->run, file);
    struct str name = path_normalise(&s->run, c->name);
    struct str end = ARENA_CONCAT(&s->run, STR("/"), path);
    if (str_eq(path, name))
        return 3;
    if (str_eq(path, c->written) ||
        (str_eq(c->name, STR("-")) && str_eq(path, results_usual_name(s))))
        return 2;
    return str_ends(name, end);
}

/* The output that `file` means; NULL (reported) if no output matches best
 * alone. */
static const struct candidate *
find_file(stagepp_session *s, const candidates *list, struct str file)
{
    candidates same = {0};
    int best = 1;
    for (uint32_t i = 0; i < list->n; i++) {
        int fit = match(s, &list->at[i], file);
        if (fit > best)
            same.n = 0;
        if (fit < best)
            continue;
        best = fit;
        vec_push(&s->run, &same, list->at[i]);
    }
    if (same.n == 1)
        return &same.at[0];
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL, "'%.*s' %s %s",
                STR_ARG(file),
                same.n ? "matches several outputs:"
                       : "is not an output of this template; it has",
                results_names(s, same.n ? &same : list));
    return NULL;
}

/* What is asked: "FILE:LINE" or "LINE". */
struct question {
    const struct candidate *output;
    struct str number;
};

static bool read_question(stagepp_session *s, const candidates *list,
                          struct str where, struct question *q)
{
    size_t digits = 0;
    while (digits < where.len &&
           ascii_is_digit(where.ptr[where.len - 1 - digits]))
        digits++;
    size_t file = where.len - digits;
    q->number = str_from_off(where, file);
    if (digits == 0 || file == 1 || (file > 0 && where.ptr[file - 1] != ':'))
        return diag_refuse(
            &s->diags, DIAG_USAGE,
            "a line is given as LINE or FILE:LINE, with a number, not '%.*s'",
            STR_ARG(where));
    if (file > 0) {
        q->output = find_file(s, list, str_slice(where, 0, file - 1));
        return q->output != NULL;
    }
    q->output = list->at;
    return list->n == 1 ||
           diag_refuse(
               &s->diags, DIAG_USAGE,
               "which output do you mean? Write FILE:%.*s; there are %s",
               STR_ARG(where), results_names(s, list));
}

/* --- which line --- */

struct line {
    uint32_t number;
    size_t from, to; /* without its line end */
};

static size_t count_lines(struct str text)
{
    size_t n = 0, at = 0;
    for (; (at = str_chr(text, '\n', at)) != STR_NONE; at++)
        n++;
    return n + (text.len > 0 && text.ptr[text.len - 1] != '\n');
}

/* False (reported) if text has no such line. */
static bool find_line(stagepp_session *s, const struct question *q,
                      struct str text, struct line *line)
{
    int64_t wanted;
    size_t n = count_lines(text);
    /* A number that is too large, or begins with 0. */
    if (!str_to_int(q->number, &wanted) || wanted < 1 || (uint64_t)wanted > n ||
        wanted > UINT32_MAX)
        return diag_refuse(&s->diags, DIAG_USAGE,
                           "'%.*s' has %zu line%s; there is no line %.*s",
                           STR_ARG(q->output->name), n, n == 1 ? "" : "s",
                           STR_ARG(q->number));
    line->number = (uint32_t)wanted;
    line->from = 0;
    for (int64_t i = 1; i < wanted; i++)
        line->from = str_chr(text, '\n', line->from) + 1;
    size_t end = str_chr(text, '\n', line->from);
    struct str bytes = str_slice(text, line->from,
                                 end == STR_NONE ? end : end + 1 - line->from);
    line->to = line->from + str_chomp(bytes).len;
    return true;
}

/* --- the places of a line --- */

/* A part of the line: from one line of a template, through one chain. */
struct segment {
    size_t from, to; /* in the output */
    struct origin o;
    uint32_t line; /* of the template */
};

typedef VEC(struct segment) segments;

static void add_segment(stagepp_session *s, segments *list, struct segment p)
{
    struct span *span = &p.o.span;
    p.line = source_line_of(span->source, span->off);
    struct segment *last = list->n ? &list->at[list->n - 1] : NULL;
    if (!last || last->o.chain != p.o.chain ||
        last->o.span.source != span->source || last->line != p.line) {
        vec_push(&s->run, list, p);
        return;
    }
    /* What a line of the template gives comes in the order of its bytes. */
    struct span *before = &last->o.span;
    uint32_t end = span->off + span->len, last_end = before->off + before->len;
    before->len = (end > last_end ? end : last_end) - before->off;
    last->to = p.to;
}

/* The blanks of a line are of interest only if there is nothing else. */
static void find_segments(stagepp_session *s, const struct linemap *m,
                          struct str text, const struct line *line,
                          segments *list)
{
    bool blank =
        str_is_blank(str_slice(text, line->from, line->to - line->from));
    size_t at = line->from;
    struct segment p;
    /* Of an empty line, its end. */
    size_t to = line->to > at ? line->to : at + 1;
    while (at < to && linemap_at(m, at, &p.o)) {
        size_t end = linemap_end(m, at);
        p.from = at;
        p.to = end < to ? end : to;
        p.o.span = linemap_span(&p.o, p.to - p.from);
        at = p.to;
        if (blank || !str_is_blank(str_slice(text, p.from, p.to - p.from)))
            add_segment(s, list, p);
    }
}

/* --- as text --- */

/* A call that is being written as one line. */
struct call_line {
    struct str call;
    char *to, *open; /* open quotes and braces, the innermost last */
    size_t n, depth;
};

static size_t copy(struct call_line *l, size_t at, size_t n)
{
    n = str_slice(l->call, at, n).len; /* or less, at the end */
    memcpy(l->to + l->n, l->call.ptr + at, n);
    l->n += n;
    return at + n;
}

/* Strings stay as they are. Returns the offset after what was written. */
static size_t add_quoted(struct call_line *l, size_t at)
{
    struct str rest = str_from_off(l->call, at);
    if (rest.ptr[0] == l->open[l->depth - 1]) {
        l->depth--;
    } else if (l->open[l->depth - 1] == '"') {
        if (str_starts(rest, STR("@@{")))
            return copy(l, at, 3);
        if (rest.ptr[0] == '\\')
            return copy(l, at, 2);
        if (str_starts(rest, STR("@{"))) {
            l->open[l->depth++] = '{';
            return copy(l, at, 2);
        }
    }
    return copy(l, at, 1);
}

static size_t add_code(struct call_line *l, size_t at)
{
    char c = l->call.ptr[at];
    if (c == '#')
        return str_chr(l->call, '\n', at);
    if (ascii_is_blank(c) || c == '\n' || c == '\r') {
        if (l->n && !strchr(" ([{", l->to[l->n - 1]))
            l->to[l->n++] = ' ';
        return at + 1;
    }
    if (strchr(")]}", c))
        l->n -= l->n && l->to[l->n - 1] == ' ';
    if (c == '}' && l->depth)
        l->depth--;
    if (strchr("\"'{", c))
        l->open[l->depth++] = c;
    return copy(l, at, 1);
}

/* There may be line breaks and comments inside the brackets of a call, also
 * where a string has an insertion. */
static struct str one_line(struct arena *a, struct str call)
{
    struct call_line l = {call, arena_alloc(a, call.len),
                          arena_alloc(a, call.len), 0, 0};
    for (size_t at = 0; at < call.len;)
        at = l.depth && l.open[l.depth - 1] != '{' ? add_quoted(&l, at)
                                                   : add_code(&l, at);
    return (struct str){l.to, l.n};
}

/* before + text + after; text is cut where it would become too long. */
static struct str framed(struct arena *a, const char *before, struct str text,
                         const char *after, size_t most)
{
    struct str start = utf8_cut(text, most);
    return ARENA_CONCAT(a, str_from(before), start,
                        start.len < text.len ? STR("...") : STR(""),
                        str_from(after));
}

/* A call with its arguments: the values in a line come from them. */
static void print_link(stagepp_session *s, const struct trace *t)
{
    struct arena *a = &s->run;
    struct str what = diag_link_message(a, t);
    if (t->kind == TRACE_MACRO)
        what = framed(a, "in macro ", one_line(a, source_span_text(t->at)), "",
                      SHOWN_CALL);
    diag_print_place(&s->text, t->at, ARENA_CONCAT(a, STR("note: "), what),
                     false);
}

static void print_chain(stagepp_session *s, const struct trace *chain)
{
    uint32_t total = chain ? chain->depth : 0, i = 0;
    bool cut = total > SHOWN_LINKS;
    for (const struct trace *t = chain; t; t = t->up, i++) {
        if (cut && i == SHOWN_LINKS / 2)
            buf_printf(&s->text, "  note: … %u more\n", total - SHOWN_LINKS);
        if (!cut || i < SHOWN_LINKS / 2 || i >= total - SHOWN_LINKS / 2)
            print_link(s, t);
    }
}

static void print_segments(stagepp_session *s, struct str text,
                           const segments *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct segment *p = &list->at[i];
        struct str what = STR("gives this line");
        if (list->n > 1)
            what = framed(&s->run, "gives '",
                          str_slice(text, p->from, p->to - p->from), "'",
                          SHOWN_PART);
        diag_print_place(&s->text, p->o.span, what, true);
        /* Neighbours with the same chain show it once. */
        if (i + 1 == list->n || list->at[i + 1].o.chain != p->o.chain)
            print_chain(s, p->o.chain);
    }
}

bool explain_line(stagepp_session *s, struct run *r)
{
    candidates list = {0};
    segments found = {0};
    struct question q;
    struct line line;
    if (!results_candidates(s, &r->job->target, &list) ||
        !read_question(s, &list, str_from(r->job->about), &q))
        return false;
    struct str text = s->expansion.files[q.output->index].bytes;
    if (!find_line(s, &q, text, &line))
        return false;
    const struct linemap *m = linemap_get(s, q.output->index);
    if (!m)
        return linemap_unknown(s);
    buf_add(&s->text, q.output->name);
    buf_printf(&s->text, ":%u:\n", line.number);
    diag_print_line(&s->text, str_slice(text, line.from, line.to - line.from),
                    line.number);
    find_segments(s, m, text, &line, &found);
    print_segments(s, text, &found);
    return true;
}
