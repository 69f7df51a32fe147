/* SPDX-License-Identifier: MIT */
/* In: two texts; out: a unified diff. Lines become numbers (equal lines, equal
 * numbers), and Myers' algorithm searches the shortest way from one row of
 * numbers to the other, from both ends at once: where the searches meet, the
 * problem falls into two smaller ones, so memory stays linear. Texts that have
 * little in common would take quadratic time: when the budget is used up, what
 * is left counts as replaced, which is a correct diff, only a longer one. */
#include "driver/diff.h"

#include "base/map.h"
#include "base/vec.h"

#define CONTEXT 3
/* Steps of the search: less than a second, for some thousand changed lines. */
#define BUDGET (UINT64_C(1) << 26)

struct line {
    struct str text; /* its end included */
    uint32_t id;
    bool changed;
};

struct text {
    struct line *lines;
    ptrdiff_t n;
};

struct search {
    struct text a, b;
    ptrdiff_t *forward, *backward; /* furthest x, by diagonal */
    uint64_t budget;
};

/* Lines [a0,a1) of the old text against [b0,b1) of the new one. */
struct box {
    ptrdiff_t a0, a1, b0, b1;
};

/* --- lines --- */

static struct text split(struct arena *a, struct map *ids, struct str s)
{
    VEC(struct line) lines = {0};
    for (size_t off = 0, end; off < s.len; off = end) {
        end = str_chr(s, '\n', off);
        end = end == STR_NONE ? s.len : end + 1;
        struct str text = str_slice(s, off, end - off);
        struct line line = {text, map_put(ids, a, text, NULL), false};
        vec_push(a, &lines, line);
    }
    return (struct text){lines.at, lines.n};
}

/* --- the search --- */

/* One direction of the search in a box of n by m lines; a diagonal is the x
 * of a point minus its y. */
struct front {
    const struct line *a, *b; /* at the front's own corner */
    ptrdiff_t step;           /* 1, or -1: the corner is the far one */
    ptrdiff_t n, m;
    ptrdiff_t *x; /* by diagonal, -m to n */
};

static ptrdiff_t lowest(const struct front *f, ptrdiff_t d)
{
    return d <= f->m ? -d : -f->m + ((d - f->m) & 1);
}

static ptrdiff_t highest(const struct front *f, ptrdiff_t d)
{
    return d <= f->n ? d : f->n - ((d - f->n) & 1);
}

static bool reached(const struct front *f, ptrdiff_t d, ptrdiff_t k)
{
    return d >= 0 && k >= lowest(f, d) && k <= highest(f, d);
}

/* Moves diagonal k to its furthest point with d changes. */
static void advance(struct search *s, struct front *f, ptrdiff_t d, ptrdiff_t k)
{
    ptrdiff_t x = 0;
    if (d > 0) {
        bool left = reached(f, d - 1, k - 1);
        bool up = reached(f, d - 1, k + 1);
        x = !left || (up && f->x[k - 1] < f->x[k + 1]) ? f->x[k + 1]
                                                       : f->x[k - 1] + 1;
    }
    ptrdiff_t from = x;
    while (x < f->n && x - k < f->m &&
           f->a[x * f->step].id == f->b[(x - k) * f->step].id)
        x++;
    f->x[k] = x;
    uint64_t cost = (uint64_t)(x - from) + 1;
    s->budget = s->budget > cost ? s->budget - cost : 0;
}

/* Moves all diagonals of f; true and its diagonal when it meets other, which
 * has come other_d changes far. */
static bool advance_all(struct search *s, struct front *f, ptrdiff_t d,
                        const struct front *other, ptrdiff_t other_d,
                        ptrdiff_t *met)
{
    ptrdiff_t delta = f->n - f->m;
    bool parity = ((delta - d - other_d) & 1) == 0;
    for (ptrdiff_t k = lowest(f, d); k <= highest(f, d); k += 2) {
        advance(s, f, d, k);
        if (parity && reached(other, other_d, delta - k) &&
            f->x[k] + other->x[delta - k] >= f->n) {
            *met = k;
            return true;
        }
    }
    return false;
}

/* A point on a shortest way through the box, both sides of which are not
 * empty and differ at both ends; false when the budget is used up. */
static bool meet(struct search *s, struct box box, ptrdiff_t *a, ptrdiff_t *b)
{
    ptrdiff_t n = box.a1 - box.a0, m = box.b1 - box.b0, k;
    struct front f = {s->a.lines + box.a0, s->b.lines + box.b0, 1, n, m,
                      s->forward + m};
    struct front r = {
        s->a.lines + box.a1 - 1, s->b.lines + box.b1 - 1, -1, n, m,
        s->backward + m};
    for (ptrdiff_t d = 0; s->budget > 0; d++) {
        if (advance_all(s, &f, d, &r, d - 1, &k)) {
            *a = box.a0 + f.x[k];
            *b = box.b0 + f.x[k] - k;
            return true;
        }
        if (advance_all(s, &r, d, &f, d, &k)) {
            *a = box.a1 - r.x[k];
            *b = box.b1 - (r.x[k] - k);
            return true;
        }
    }
    return false;
}

static void mark(struct search *s, struct box box)
{
    for (ptrdiff_t i = box.a0; i < box.a1; i++)
        s->a.lines[i].changed = true;
    for (ptrdiff_t i = box.b0; i < box.b1; i++)
        s->b.lines[i].changed = true;
}

/* Marks the lines of box that change. Each level halves the number of
 * changes, so the recursion is as deep as that number has bits. */
static void compare(struct search *s, struct box box)
{
    const struct line *a = s->a.lines, *b = s->b.lines;
    while (box.a0 < box.a1 && box.b0 < box.b1 && a[box.a0].id == b[box.b0].id)
        box.a0++, box.b0++;
    while (box.a0 < box.a1 && box.b0 < box.b1 &&
           a[box.a1 - 1].id == b[box.b1 - 1].id)
        box.a1--, box.b1--;
    ptrdiff_t x, y;
    if (box.a0 == box.a1 || box.b0 == box.b1 || !meet(s, box, &x, &y)) {
        mark(s, box);
        return;
    }
    compare(s, (struct box){box.a0, x, box.b0, y});
    compare(s, (struct box){x, box.a1, y, box.b1});
}

/* --- the text --- */

static void add_line(struct buf *out, char sign, struct str line)
{
    buf_add_char(out, sign);
    buf_add(out, line);
    if (!str_ends(line, STR("\n")))
        buf_add_cstr(out, "\n\\ No newline at end of file\n");
}

/* Lines are counted from 1, but an empty range is named by the line before. */
static void add_range(struct buf *out, char sign, ptrdiff_t from, ptrdiff_t to)
{
    buf_printf(out, " %c%lld", sign, (long long)from + (to > from));
    if (to - from != 1)
        buf_printf(out, ",%lld", (long long)(to - from));
}

/* The changes at one place: deletions, then insertions. */
static struct box change_at(const struct search *s, ptrdiff_t a, ptrdiff_t b)
{
    struct box c = {a, a, b, b};
    while (c.a1 < s->a.n && s->a.lines[c.a1].changed)
        c.a1++;
    while (c.b1 < s->b.n && s->b.lines[c.b1].changed)
        c.b1++;
    return c;
}

/* The first change at or after (a, b); empty at the end of the texts. */
static struct box next_change(const struct search *s, ptrdiff_t a, ptrdiff_t b)
{
    while (a < s->a.n && b < s->b.n && !s->a.lines[a].changed &&
           !s->b.lines[b].changed)
        a++, b++;
    return change_at(s, a, b);
}

static bool is_empty(struct box c)
{
    return c.a0 == c.a1 && c.b0 == c.b1;
}

static void add_body(struct buf *out, const struct search *s, struct box hunk)
{
    ptrdiff_t a = hunk.a0, b = hunk.b0;
    while (a < hunk.a1 || b < hunk.b1) {
        struct box c = change_at(s, a, b);
        for (; a < c.a1; a++)
            add_line(out, '-', s->a.lines[a].text);
        for (; b < c.b1; b++)
            add_line(out, '+', s->b.lines[b].text);
        if (a < hunk.a1) {
            add_line(out, ' ', s->a.lines[a].text);
            a++, b++;
        }
    }
}

/* Adds the hunk that begins with first; returns the change after it. */
static struct box add_hunk(struct buf *out, const struct search *s,
                           struct box first)
{
    struct box last = first, next;
    for (;;) {
        next = next_change(s, last.a1, last.b1);
        if (is_empty(next) || next.a0 - last.a1 > 2 * CONTEXT)
            break;
        last = next;
    }
    ptrdiff_t before = first.a0 < CONTEXT ? first.a0 : CONTEXT;
    ptrdiff_t after = s->a.n - last.a1 < CONTEXT ? s->a.n - last.a1 : CONTEXT;
    struct box hunk = {first.a0 - before, last.a1 + after, first.b0 - before,
                       last.b1 + after};
    buf_add_cstr(out, "@@");
    add_range(out, '-', hunk.a0, hunk.a1);
    add_range(out, '+', hunk.b0, hunk.b1);
    buf_add_cstr(out, " @@\n");
    add_body(out, s, hunk);
    return next;
}

void diff_unified(struct buf *out, struct arena *a, struct diff_side before,
                  struct diff_side after)
{
    if (str_eq(before.text, after.text))
        return;
    struct map ids = {0};
    struct search s = {.a = split(a, &ids, before.text),
                       .b = split(a, &ids, after.text),
                       .budget = BUDGET};
    size_t diagonals = (size_t)(s.a.n + s.b.n) + 1;
    s.forward = arena_array(a, diagonals, sizeof *s.forward);
    s.backward = arena_array(a, diagonals, sizeof *s.backward);
    compare(&s, (struct box){0, s.a.n, 0, s.b.n});
    buf_add_cstr(out, "--- ");
    buf_add(out, before.name);
    buf_add_cstr(out, "\n+++ ");
    buf_add(out, after.name);
    buf_add_char(out, '\n');
    struct box c = next_change(&s, 0, 0);
    while (!is_empty(c))
        c = add_hunk(out, &s, c);
}
