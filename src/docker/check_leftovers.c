/* SPDX-License-Identifier: MIT */
/* Marks of other template languages, values that are written as elsewhere, and
 * comments where there is none. They are looked for before the builder refuses
 * an instruction for them, and then are what is said of it. */
#include "docker/check.h"
#include "docker/leftover.h"
#include "docker/text.h"
#include "docker/unreplaced.h"

/* --- finding them --- */

/* i: what the builder may refuse for it; or NULL. */
static void report(struct check *c, const struct instruction *i,
                   enum diag_id id, uint32_t off, size_t len,
                   struct str message)
{
    struct finding *found =
        finding_add(&c->f, id, off, (uint32_t)len, "%.*s", STR_ARG(message));
    if (found && i)
        vec_push(c->f.arena, &c->leftovers,
                 ((struct leftover_found){i, found}));
}

static void report_part(struct check *c, const struct instruction *i,
                        struct leftover *l)
{
    uint32_t off, len;
    instruction_place(i, l->mark, &off, &len);
    l->mark.len = len < l->mark.len ? len : l->mark.len;
    report(c, i, DIAG_LEFTOVER, off, l->mark.len,
           leftover_message(c->f.arena, l));
}

static bool is_template_name(const struct check *c, struct str name)
{
    return name.len && c->template_name &&
           c->template_name(c->ctx, name, CHECK_ANYWHERE);
}

/* Comments that were lines for the C preprocessor. */
static void look_at_comments(struct check *c, const struct words *comments)
{
    for (uint32_t k = 0; k < comments->n; k++) {
        struct str comment = comments->at[k];
        struct leftover l;
        if (comment.ptr[-1] != '#')
            continue;
        comment = (struct str){comment.ptr - 1, comment.len + 1};
        if (leftover_comment(comment, &l) ||
            is_template_name(c, leftover_asked(comment, &l)))
            report(c, NULL, DIAG_LEFTOVER,
                   (uint32_t)(comment.ptr - c->d.text.ptr), l.mark.len,
                   leftover_message(c->f.arena, &l));
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

/* --- values of the template --- */

/* True if a mark was found there. */
static bool is_found(const struct check *c, const struct instruction *i,
                     uint32_t off)
{
    for (uint32_t k = c->leftovers.n; k-- > 0 && c->leftovers.at[k].i == i;)
        if (c->leftovers.at[k].found->off == off)
            return true;
    return false;
}

static void look_for_values(struct check *c, const struct instruction *i,
                            struct str text, enum unreplaced_in in)
{
    struct unreplaced u;
    for (size_t at = 0; unreplaced_next(text, &at, in, &u);) {
        uint32_t off, len;
        if (!is_template_name(c, u.name) || !check_names_has(c, i, u.name))
            continue;
        instruction_place(i, u.mark, &off, &len);
        if (!is_found(c, i, off))
            report(c, i, DIAG_LEFTOVER, off, len,
                   arena_printf(c->f.arena,
                                "nothing replaces '%.*s'; the template's value "
                                "is @{%.*s}",
                                STR_ARG(u.mark), STR_ARG(u.name)));
    }
}

/* True if the text is given to a shell. */
static bool is_shell(const struct instruction *i)
{
    return !i->exec_form &&
           (i->id == INSTRUCTION_RUN || i->id == INSTRUCTION_CMD ||
            i->id == INSTRUCTION_ENTRYPOINT ||
            i->id == INSTRUCTION_HEALTHCHECK);
}

static void look_at_values(struct check *c, const struct instruction *i,
                           const struct instruction *command)
{
    if (!c->template_name || !finding_wants(&c->f, DIAG_LEFTOVER))
        return;
    look_for_values(c, i, i->line,
                    is_shell(command) ? UNREPLACED_SHELL : UNREPLACED_WORDS);
    for (uint32_t k = 0; k < i->heredocs.n; k++)
        look_for_values(c, i, i->heredocs.at[k].content, UNREPLACED_FILE);
}

/* --- comments --- */

/* True if the builder reads words after the name of i, and a '#' among them
 * would be one. A legacy value may hold any text. */
static bool has_words(const struct instruction *i)
{
    switch (i->id) {
    case INSTRUCTION_ADD:
    case INSTRUCTION_ARG:
    case INSTRUCTION_COPY:
    case INSTRUCTION_EXPOSE:
    case INSTRUCTION_FROM:
    case INSTRUCTION_STOPSIGNAL:
    case INSTRUCTION_USER:
    case INSTRUCTION_VOLUME:
    case INSTRUCTION_WORKDIR:
        return true;
    case INSTRUCTION_ENV:
    case INSTRUCTION_LABEL:
        return i->pairs.n == 0 || !i->pairs.at[0].legacy;
    case INSTRUCTION_CMD:
    case INSTRUCTION_ENTRYPOINT:
    case INSTRUCTION_SHELL:
        return str_starts(i->rest, STR("["));
    default:
        return false;
    }
}

/* "EXPOSE 80 # web" */
void check_leftovers_comment(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    char quote = 0;
    for (size_t k = 1; !i->exec_form && has_words(i) && k < i->line.len; k++) {
        struct str rest = str_from_off(i->line, k);
        if (!quote && rest.ptr[0] == '#' && text_is_gap(i->line.ptr[k - 1])) {
            uint32_t off, len;
            instruction_place(i, rest, &off, &len);
            report(c, i, DIAG_TRAILING_COMMENT, off, len,
                   STR("this is not a comment but part of the instruction: a "
                       "comment has a line of its own"));
            return;
        }
        quote = quote_after(str_slice(rest, 0, 1), quote);
        k += rest.ptr[0] == '\\';
    }
}

void check_leftovers_read(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    const struct instruction *command = i->trigger ? i->trigger : i;
    look_at_comments(c, &i->comments);
    if (i == c->d.list.at[c->d.list.n - 1])
        look_at_comments(c, &c->d.comments);
    if (command->id == INSTRUCTION_RUN && !command->exec_form)
        look_at_lines(c, i);
    else if (!command->exec_form)
        look_at_words(c, i);
    look_at_values(c, i, command);
}

bool check_leftovers_has(const struct check *c, const struct instruction *i)
{
    for (uint32_t k = c->leftovers.n; k-- > 0;)
        if (c->leftovers.at[k].i == i)
            return true;
    return false;
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

/* True if what was found may be said for such a mark. A comment changes the
 * words of its instruction: what else there is to say of that stays. */
static bool is_because(const struct finding *f, const struct finding *mark)
{
    return mark->id == DIAG_LEFTOVER ||
           (f->id != DIAG_NO_STAGE && f->id < DIAG_DANGLING_CONTINUATION);
}

void check_leftovers_settle(struct check *c)
{
    uint32_t n = 0;
    for (uint32_t k = 0; c->leftovers.n && k < c->f.list.n; k++) {
        struct finding *f = c->f.list.at[k];
        bool found = f->id == DIAG_LEFTOVER || f->id == DIAG_TRAILING_COMMENT;
        struct leftover_found *mark = found ? NULL : mark_at(c, f->off);
        if (!mark || f == mark->found || mark->i->id == INSTRUCTION_RUN ||
            !is_because(f, mark->found))
            c->f.list.at[n++] = f;
        else if (diag_is_error(f->id))
            mark->found->id = f->id;
    }
    if (!c->leftovers.n)
        return;
    c->f.list.n = n;
    c->f.errors = 0;
    for (uint32_t k = 0; k < n; k++)
        c->f.errors += diag_is_error(c->f.list.at[k]->id);
}
