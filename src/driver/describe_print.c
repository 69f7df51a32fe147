/* SPDX-License-Identifier: MIT */
/* In: what templates and libraries offer. Out: a text for people, plain or with
 * Markdown's marks. Comments are given as they were written, so Markdown in
 * them works. */
#include "base/markdown.h"
#include "driver/describe.h"

struct printer {
    struct buf *out;
    bool markdown;
};

/* --- pieces --- */

/* The lines of text, each with `indent` blanks before it. */
static void add_lines(struct buf *out, struct str text, int indent)
{
    struct str line;
    for (size_t at = 0; at < text.len; at += line.len + 1) {
        line = str_part(text, at, '\n');
        if (line.len)
            buf_printf(out, "%*s", indent, "");
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

/* What was added from `from` on is code. */
static void end_code(const struct printer *p, size_t from)
{
    if (p->markdown)
        markdown_code(p->out, from);
}

/* Begins an entry of a list; returns where its code starts. */
static size_t begin_entry(const struct printer *p, int indent)
{
    if (p->markdown)
        buf_add_cstr(p->out, "- ");
    else
        buf_printf(p->out, "%*s", indent, "");
    return p->out->len;
}

static void end_entry(const struct printer *p, struct str doc, int indent)
{
    buf_add_cstr(p->out, p->markdown && doc.len ? ":\n" : "\n");
    add_lines(p->out, doc, p->markdown ? 2 : indent + 4);
}

/* --- parameters --- */

static void add_after(struct buf *out, const char *before, struct str text)
{
    if (text.ptr) {
        buf_add_cstr(out, before);
        buf_add(out, text);
    }
}

/* NAME: TYPE = DEFAULT in CHOICES (required; what the type is) */
static void print_param(const struct printer *p,
                        const struct described_param *param, int indent)
{
    static const char *const stars[] = {
        [REST_NONE] = "", [REST_LIST] = "*", [REST_MAP] = "**"};
    struct buf *out = p->out;
    size_t from = begin_entry(p, indent);
    add_after(out, stars[param->rest], param->name);
    add_after(out, ": ", param->type);
    add_after(out, " = ", param->value);
    add_after(out, " in ", param->choices);
    end_code(p, from);
    if (param->required || param->words.ptr) {
        buf_add_cstr(out, param->required ? " (required" : " (");
        add_after(out, param->required ? "; " : "", param->words);
        buf_add_char(out, ')');
    }
    end_entry(p, param->doc, indent);
}

void describe_print_params(struct buf *out, const described_params *params,
                           bool markdown)
{
    struct printer p = {out, markdown};
    for (uint32_t i = 0; i < params->n; i++)
        print_param(&p, &params->at[i], 0);
}

/* --- libraries --- */

static void print_list(const struct printer *p, const described_params *list,
                       const char *title, bool apart)
{
    if (list->n == 0)
        return;
    if (apart || p->markdown)
        buf_add_char(p->out, '\n');
    if (title)
        buf_printf(p->out, p->markdown ? "%s:\n\n" : "    %s:\n", title);
    for (uint32_t i = 0; i < list->n; i++)
        print_param(p, &list->at[i], 6);
}

static void print_macro(const struct printer *p,
                        const struct described_library *l,
                        const struct described_macro *m)
{
    struct buf *out = p->out;
    if (out->len)
        buf_add_char(out, '\n');
    if (p->markdown)
        buf_add_cstr(out, "### ");
    size_t from = out->len;
    buf_add(out, l->alias);
    add_after(out, ".", m->signature);
    end_code(p, from);
    buf_add_cstr(out, p->markdown && m->doc.len ? "\n\n" : "\n");
    add_lines(out, m->doc, p->markdown ? 0 : 4);
    print_list(p, &m->params, NULL, m->doc.len > 0);
    print_list(p, &m->blocks, "Blocks, the places for text of your own", true);
}

static void print_types(const struct printer *p,
                        const struct described_library *l)
{
    if (l->types.n && p->out->len)
        buf_add_char(p->out, '\n');
    for (uint32_t i = 0; i < l->types.n; i++) {
        const struct described_type *t = &l->types.at[i];
        size_t from = begin_entry(p, 0);
        buf_add_cstr(p->out, "@type ");
        buf_add(p->out, l->alias);
        add_after(p->out, ".", t->name);
        add_after(p->out, " = ", t->type);
        end_code(p, from);
        end_entry(p, t->doc, 0);
    }
}

static void print_variables(const struct printer *p,
                            const struct described_library *l)
{
    if (l->variables.n && p->out->len && (!l->types.n || !p->markdown))
        buf_add_char(p->out, '\n');
    for (uint32_t i = 0; i < l->variables.n; i++) {
        const struct described_variable *v = &l->variables.at[i];
        size_t from = begin_entry(p, 0);
        buf_add_cstr(p->out, "@let ");
        buf_add(p->out, l->alias);
        add_after(p->out, ".", v->name);
        add_after(p->out, ": ", v->type);
        add_after(p->out, " = ", v->value);
        end_code(p, from);
        end_entry(p, v->doc, 0);
    }
}

/* Its @library line, as a heading in Markdown. */
static void print_name(const struct printer *p,
                       const struct described_library *l)
{
    struct buf *out = p->out;
    if (p->markdown) {
        buf_printf(out, "## %.*s%s%.*s\n%s", STR_ARG(l->path),
                   l->version.ptr ? " " : "", STR_ARG(l->version),
                   l->doc.len ? "\n" : "");
    } else if (l->name.ptr) {
        buf_printf(out, "@library \"%.*s\"", STR_ARG(l->name));
        add_after(out, " version \"", l->version);
        buf_add_cstr(out, l->version.ptr ? "\"\n" : "\n");
    }
}

void describe_print_libraries(struct buf *out, const described_libraries *list,
                              bool markdown)
{
    struct printer p = {out, markdown};
    for (uint32_t i = 0; i < list->n; i++) {
        const struct described_library *l = &list->at[i];
        if (out->len)
            buf_add_char(out, '\n');
        print_name(&p, l);
        add_lines(out, l->doc, 0);
        print_types(&p, l);
        print_variables(&p, l);
        for (uint32_t k = 0; k < l->macros.n; k++)
            print_macro(&p, l, &l->macros.at[k]);
    }
}
