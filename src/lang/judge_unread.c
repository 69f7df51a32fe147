/* SPDX-License-Identifier: MIT */
/* One walk finds where each name is read last, whatever it stands for there.
 * A variable of the file counts as read later if a macro or an @defer reads it,
 * since these run later than they are written. A @let that nothing reads does
 * no harm by itself; it is reported if it was meant to: if its name is a word
 * of the text, or nearly that of another variable. */
#include "lang/judge_unread.h"

#include "base/near.h"

#include <string.h>

enum {
    MOST_REPORTS = 100
};

/* Where a name is read. */
struct reads {
    uint32_t last;   /* offset after the last; 0: nowhere */
    bool later;      /* in a macro or an @defer */
    bool looked;     /* bound, and not read … */
    struct loc word; /* … but a word of the text; len 0: it is not */
};

/* A @let, @set or @param. */
struct binding_line {
    name_id name;
    struct loc loc; /* of the name */
    uint32_t end;   /* of what it is bound to */
    uint8_t kind;   /* of the node */
    bool of_file;   /* not in a block of its own scope */
};

struct survey {
    const struct judge_table *t;
    const struct file *file;
    struct visitor visitor;
    struct reads *reads; /* by name_id */
    uint32_t names;      /* so many */
    uint32_t blocks;     /* open ones with a scope of their own … */
    uint32_t later;      /* … of which macros and @defer */
    VEC(struct binding_line) lines;
    bool all; /* anything may be read */
};

static bool look_at_expr(void *ctx, const struct expr *e)
{
    struct survey *s = ctx;
    const struct expr_call *c = (const struct expr_call *)e;
    if (e->kind == EXPR_NAME) {
        name_id name = ((const struct expr_name *)e)->name;
        struct reads *r = &s->reads[name];
        uint32_t end = e->loc.off + e->loc.len;
        r->last = r->last < end ? end : r->last;
        r->later = r->later || s->later > 0;
    } else if (e->kind == EXPR_CALL && c->name == s->t->defined) {
        s->all = s->all || c->nargs != 1 || c->args[0].expr->kind != EXPR_STR;
    }
    return true;
}

static bool has_scope(const struct node *n)
{
    return n->kind == NODE_FOR || n->kind == NODE_DEFINE ||
           n->kind == NODE_FILE || n->kind == NODE_BLOCK ||
           n->kind == NODE_DEFER ||
           (n->kind == NODE_INSERT && ((const struct node_insert *)n)->body);
}

static void add_line(struct survey *s, name_id name, struct loc loc,
                     uint32_t end, uint8_t kind)
{
    struct binding_line line = {name, loc, end, kind, s->blocks == 0};
    vec_push(s->t->judge->arena, &s->lines, line);
}

static bool look_at_node(void *ctx, const struct node *n)
{
    struct survey *s = ctx;
    const struct node_let *l = (const struct node_let *)n;
    const struct node_param *p = (const struct node_param *)n;
    bool later = n->kind == NODE_DEFINE || n->kind == NODE_DEFER;
    if (n->kind == NODE_LET || n->kind == NODE_SET)
        add_line(s, l->name, l->name_loc, l->expr->loc.off + l->expr->loc.len,
                 n->kind);
    else if (n->kind == NODE_PARAM)
        add_line(s, p->name, p->name_loc, n->loc.off + n->loc.len, n->kind);
    if (!has_scope(n))
        return true;
    s->blocks++;
    s->later += later;
    visit_node(&s->visitor, n);
    s->later -= later;
    s->blocks--;
    return false;
}

/* --- a name that is a word of the text --- */

/* Notations of a value that are reported as such, and names of others: an
 * option, what is set as NAME=…, or a part of a longer word. */
static bool is_other(struct str text, size_t at, size_t end)
{
    struct str before = str_slice(text, 0, at);
    while (before.len && ascii_is_blank(before.ptr[before.len - 1]))
        before.len--;
    return str_ends(before, STR("{{")) || str_ends(before, STR("{%")) ||
           str_ends(before, STR("--")) || str_ends(before, STR(" -")) ||
           (at > 0 && memchr("$@%{(_", text.ptr[at - 1], 6)) ||
           (end < text.len && text.ptr[end] == '=');
}

static void look_at_word(struct survey *s, const struct node_text *t, size_t at,
                         size_t end)
{
    name_id name =
        name_find(s->t->judge->names, str_slice(t->text, at, end - at));
    if (name < s->names && s->reads[name].looked &&
        s->reads[name].word.len == 0 && !is_other(t->text, at, end))
        s->reads[name].word =
            (struct loc){t->n.loc.off + (uint32_t)at, (uint32_t)(end - at)};
}

static bool look_at_text(void *ctx, const struct node *n)
{
    const struct node_text *t = (const struct node_text *)n;
    bool first = true; /* nothing but blanks is before it in its line */
    if (n->kind != NODE_TEXT)
        return true;
    for (size_t at = 0, end; at < t->text.len; at = end) {
        char c = t->text.ptr[at];
        end = at + 1;
        if (first && c == '#') { /* a comment */
            end = str_chr(t->text, '\n', at);
            end = end == STR_NONE ? t->text.len : end;
        } else if (ascii_is_name(c)) {
            while (end < t->text.len && ascii_is_name(t->text.ptr[end]))
                end++;
            look_at_word(ctx, t, at, end);
        }
        first = c == '\n' || (first && ascii_is_blank(c));
    }
    return true;
}

static bool pass_over(void *ctx, const struct expr *e)
{
    (void)ctx;
    (void)e;
    return false;
}

/* --- reports --- */

static struct span span_of(const struct survey *s, struct loc loc)
{
    return (struct span){s->file->source, loc.off, loc.len};
}

/* A variable of the file whose name n has but for a letter or two. */
static struct str near_variable(const struct survey *s, struct str name)
{
    struct near near = near_start(name);
    for (uint32_t i = 0; name.len > 3 && i < s->file->variables.n; i++) {
        struct str other =
            name_text(s->t->judge->names, s->file->variables.at[i].name);
        if (!str_eq(other, name))
            near_offer(&near, other);
    }
    return near.best;
}

static void report_let(const struct survey *s, const struct binding_line *l)
{
    struct diags *diags = s->t->judge->diags;
    struct str name = name_text(s->t->judge->names, l->name);
    struct loc word = s->reads[l->name].word;
    struct str other = near_variable(s, name);
    if (word.len)
        diag_note(diags,
                  diag_report(diags, DIAG_UNUSED_VARIABLE, span_of(s, l->loc),
                              NULL,
                              "nothing reads the variable '%.*s'; in text its "
                              "value is written @{%.*s}",
                              STR_ARG(name), STR_ARG(name)),
                  span_of(s, word), "'%.*s' is text here", STR_ARG(name));
    else if (other.ptr && l->kind == NODE_LET)
        diag_report(diags, DIAG_UNUSED_VARIABLE, span_of(s, l->loc), NULL,
                    "nothing reads the variable '%.*s'; did you mean @set "
                    "%.*s?",
                    STR_ARG(name), STR_ARG(other));
}

static void report_set(const struct survey *s, const struct binding_line *l)
{
    struct str name = name_text(s->t->judge->names, l->name);
    diag_report(s->t->judge->diags, DIAG_UNUSED_VARIABLE, span_of(s, l->loc),
                NULL,
                "nothing reads '%.*s' after this, and what is above has the "
                "value from before; move the @set up",
                STR_ARG(name));
}

/* True if something may read what l binds. */
static bool is_read(const struct survey *s, const struct binding_line *l,
                    bool whole)
{
    const struct reads *r = &s->reads[l->name];
    return r->last > l->end || (l->of_file && (r->later || !whole)) ||
           name_text(s->t->judge->names, l->name).ptr[0] == '_';
}

/* Of the lines, those that bind what is not read. */
static void keep_unread(struct survey *s, bool whole)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->lines.n; i++) {
        const struct binding_line l = s->lines.at[i];
        /* That one is reported by judge_lost.c. */
        bool hides = !l.of_file && file_binds(s->file, l.name);
        if (hides || is_read(s, &l, whole))
            continue;
        s->reads[l.name].looked = true;
        s->lines.at[n++] = l;
    }
    s->lines.n = n;
}

void judge_unread(const struct judge_table *t, const struct file *file,
                  bool whole)
{
    struct survey s = {.t = t, .file = file, .names = t->judge->names->map.n};
    struct visitor text = {.ctx = &s, .expr = pass_over, .node = look_at_text};
    s.visitor =
        (struct visitor){.ctx = &s, .expr = look_at_expr, .node = look_at_node};
    if (file->failed || !diag_enabled(t->judge->diags, DIAG_UNUSED_VARIABLE))
        return;
    s.reads = arena_zalloc(t->judge->arena, s.names * sizeof *s.reads);
    visit_nodes(&s.visitor, file->body);
    for (uint32_t i = 0; i < file->mentions.n; i++)
        s.reads[file->mentions.at[i]].last = UINT32_MAX;
    keep_unread(&s, whole);
    if (s.all || s.lines.n == 0)
        return;
    visit_nodes(&text, file->body);
    for (uint32_t i = 0; i < s.lines.n && i < MOST_REPORTS; i++) {
        const struct binding_line *l = &s.lines.at[i];
        if (l->kind != NODE_SET)
            report_let(&s, l);
        else if (l->of_file && s.reads[l->name].last)
            report_set(&s, l);
    }
}
