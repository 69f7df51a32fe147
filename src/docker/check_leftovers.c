/* SPDX-License-Identifier: MIT */
/* Marks of other template languages. They are looked for before the builder
 * refuses an instruction for them, and then are what is said of it. */
#include "docker/check.h"
#include "docker/leftover.h"
#include "docker/text.h"

/* --- finding them --- */

static void report(struct check *c, const struct instruction *i, uint32_t off,
                   const struct leftover *l)
{
    struct finding *found =
        finding_add(&c->f, DIAG_LEFTOVER, off, (uint32_t)l->mark.len, "%s", "");
    if (!found)
        return;
    found->message = leftover_message(c->f.arena, l);
    if (i)
        vec_push(c->f.arena, &c->leftovers,
                 ((struct leftover_found){i, found}));
}

static void report_part(struct check *c, const struct instruction *i,
                        struct leftover *l)
{
    uint32_t off, len;
    instruction_place(i, l->mark, &off, &len);
    l->mark.len = len < l->mark.len ? len : l->mark.len;
    report(c, i, off, l);
}

/* Comments above i that were lines for the C preprocessor. */
static void look_at_comments(struct check *c, const struct instruction *i)
{
    for (uint32_t k = 0; k < i->comments.n; k++) {
        struct str comment = i->comments.at[k];
        struct leftover l;
        if (comment.ptr[-1] != '#')
            continue;
        comment = (struct str){comment.ptr - 1, comment.len + 1};
        if (leftover_comment(comment, &l))
            report(c, NULL, (uint32_t)(comment.ptr - c->d.text.ptr), &l);
    }
}

/* The byte of the quote that is open at the end of text; quote is open at its
 * start. */
static char quote_after(struct str text, char quote)
{
    for (size_t k = 0; k < text.len; k++) {
        char c = text.ptr[k];
        if (c == '\\' && quote != '\'')
            k++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
    }
    return quote;
}

/* In the text of a shell, a line of its own that is not quoted. */
static void look_at_lines(struct check *c, const struct instruction *i)
{
    size_t known = 0; /* up to here, and this quote is open: */
    char quote = 0;
    for (uint32_t k = 1; k < i->pieces.n; k++) {
        size_t from = i->pieces.at[k].at;
        size_t to = k + 1 < i->pieces.n ? i->pieces.at[k + 1].at : i->line.len;
        struct leftover l;
        if (!leftover_line(str_slice(i->line, from, to - from), &l))
            continue;
        quote = quote_after(str_slice(i->line, known, from - known), quote);
        known = from;
        if (!quote)
            report_part(c, i, &l);
    }
}

static void look_at_words(struct check *c, const struct instruction *i)
{
    struct leftover l;
    if (i->id == INSTRUCTION_UNKNOWN && leftover_m4(i->line, &l)) {
        report_part(c, i, &l);
        return;
    }
    struct leftover_walk w = {.text = i->line};
    while (leftover_next(&w, &l))
        report_part(c, i, &l);
}

void check_leftovers_read(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    const struct instruction *command = i->trigger ? i->trigger : i;
    look_at_comments(c, i);
    if (command->exec_form)
        return;
    if (command->id == INSTRUCTION_RUN)
        look_at_lines(c, i);
    else
        look_at_words(c, i);
}

/* --- what the builder refuses for them --- */

/* The first mark of the instruction that holds a place of the text; NULL when
 * there is none. */
static struct leftover_found *mark_at(struct check *c, uint32_t off)
{
    uint32_t low = 0, high = c->leftovers.n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (c->leftovers.at[mid].i->end <= off)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == c->leftovers.n || c->leftovers.at[low].i->off > off)
        return NULL;
    return &c->leftovers.at[low];
}

void check_leftovers_settle(struct check *c)
{
    uint32_t n = 0;
    for (uint32_t k = 0; c->leftovers.n && k < c->f.list.n; k++) {
        struct finding *f = c->f.list.at[k];
        struct leftover_found *mark =
            f->id == DIAG_LEFTOVER ? NULL : mark_at(c, f->off);
        if (!mark || f == mark->found || mark->i->id == INSTRUCTION_RUN)
            c->f.list.at[n++] = f;
        else if (diag_is_error(f->id))
            mark->found->id = f->id;
    }
    if (c->leftovers.n)
        c->f.list.n = n;
}
