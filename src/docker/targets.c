/* SPDX-License-Identifier: MIT */
/* The list of stages: for people in columns, for documents as Markdown, for
 * programs as JSON. */
#include "docker/targets.h"

#include "base/json.h"
#include "base/markdown.h"
#include "base/utf8.h"
#include "docker/text.h"

struct arg {
    struct str name, value; /* value.ptr NULL: no default */
    struct str description;
};

static struct arg read_arg(const struct instruction *i, uint32_t k)
{
    struct arg a;
    a.value = i->args.at[k];
    a.name = text_cut(&a.value, '=');
    a.description = instruction_description(i, a.name);
    return a;
}

/* --- for people --- */

static void add_padded(struct buf *out, struct str s, size_t width)
{
    size_t n = utf8_count(s);
    utf8_add_safe(out, s);
    buf_printf(out, "%*s", n < width ? (int)(width - n) : 0, "");
}

static void add_description(struct buf *out, struct str text)
{
    if (text.len) {
        buf_add_cstr(out, "  ");
        utf8_add_safe(out, text);
    }
}

/* Removes blanks that only served to reach a column. */
static void end_line(struct buf *out)
{
    while (out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
    buf_add_char(out, '\n');
}

/* ARG name=value */
static void add_arg(struct buf *out, const struct arg *a)
{
    buf_add_cstr(out, "ARG ");
    utf8_add_safe(out, a->name);
    if (a->value.ptr) {
        buf_add_char(out, '=');
        utf8_add_safe(out, a->value);
    }
}

static void add_args(struct buf *out, const struct instruction *i,
                     const char *indent)
{
    if (i->id != INSTRUCTION_ARG)
        return;
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct arg a = read_arg(i, k);
        buf_add_cstr(out, indent);
        add_arg(out, &a);
        add_description(out, a.description);
        buf_add_char(out, '\n');
    }
}

static struct str marked_name(const struct model *m, const struct stage *s)
{
    struct str name = stage_label(m->arena, s);
    return s == stage_last(m) ? ARENA_CONCAT(m->arena, name, STR(" (default)"))
                              : name;
}

static void add_file(struct buf *out, const struct model *m)
{
    size_t names = 0, bases = 0;
    for (uint32_t k = 0; k < m->stages.n; k++) {
        const struct stage *s = m->stages.at[k];
        size_t name = utf8_count(marked_name(m, s));
        size_t base = utf8_count(stage_base_label(m->arena, s));
        names = name > names ? name : names;
        bases = base > bases ? base : bases;
    }
    for (uint32_t k = 0; k < m->global_args.n; k++)
        add_args(out, m->global_args.at[k], "");
    for (uint32_t k = 0; k < m->stages.n; k++) {
        const struct stage *s = m->stages.at[k];
        add_padded(out, marked_name(m, s), names);
        buf_add_cstr(out, "  FROM ");
        add_padded(out, stage_base_label(m->arena, s), bases);
        add_description(out, s->description);
        end_line(out);
        for (uint32_t i = 0; i < s->commands.n; i++)
            add_args(out, s->commands.at[i], "  ");
    }
}

void targets_write(struct buf *out, const struct graph_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (n > 1) {
            buf_add_cstr(out, i ? "\n" : "");
            utf8_add_safe(out, files[i].title);
            buf_add_cstr(out, ":\n");
        }
        add_file(out, files[i].m);
    }
}

/* --- for documents --- */

/* The end of an entry of a list, after its code. */
static void end_entry(struct buf *out, struct str description)
{
    if (description.len) {
        buf_add_cstr(out, ": ");
        utf8_add_safe(out, description);
    }
    buf_add_char(out, '\n');
}

static void list_args(struct buf *out, const struct instruction *i,
                      const char *mark)
{
    for (uint32_t k = 0; i->id == INSTRUCTION_ARG && k < i->args.n; k++) {
        struct arg a = read_arg(i, k);
        buf_add_cstr(out, mark);
        size_t from = out->len;
        add_arg(out, &a);
        markdown_code(out, from);
        end_entry(out, a.description);
    }
}

static void list_stage(struct buf *out, const struct model *m,
                       const struct stage *s)
{
    buf_add_cstr(out, "- ");
    size_t from = out->len;
    utf8_add_safe(out, stage_label(m->arena, s));
    markdown_code(out, from);
    buf_add_cstr(out, s == stage_last(m) ? " (default) from " : " from ");
    from = out->len;
    utf8_add_safe(out, stage_base_label(m->arena, s));
    markdown_code(out, from);
    end_entry(out, s->description);
    for (uint32_t i = 0; i < s->commands.n; i++)
        list_args(out, s->commands.at[i], "  - ");
}

void targets_write_markdown(struct buf *out, const struct graph_file *files,
                            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct model *m = files[i].m;
        if (n > 1) {
            buf_add_cstr(out, i ? "\n## " : "## ");
            size_t from = out->len;
            utf8_add_safe(out, files[i].title);
            markdown_code(out, from);
            buf_add_cstr(out, "\n\n");
        }
        for (uint32_t k = 0; k < m->global_args.n; k++)
            list_args(out, m->global_args.at[k], "- ");
        for (uint32_t k = 0; k < m->stages.n; k++)
            list_stage(out, m, m->stages.at[k]);
    }
}

/* --- for programs --- */

static void write_args(struct json_writer *w, const struct instruction *i)
{
    for (uint32_t k = 0; i->id == INSTRUCTION_ARG && k < i->args.n; k++) {
        struct arg a = read_arg(i, k);
        json_open(w, NULL, "{");
        json_str(w, "name", a.name);
        json_str_or_null(w, "default", a.value);
        json_str_or_null(w, "description", a.description);
        json_int(w, "line", i->first_line);
        json_close(w, "}");
    }
}

static struct str or_null(struct str s)
{
    return s.len ? s : STR_ABSENT;
}

static void write_stage(struct json_writer *w, const struct model *m,
                        const struct stage *s)
{
    struct str platform;
    instruction_flag(s->from, "platform", &platform); /* as it is written */
    json_open(w, NULL, "{");
    json_int(w, "index", s->index);
    json_str_or_null(w, "name", or_null(s->name));
    json_str_or_null(w, "base", stage_base_label(m->arena, s));
    json_bool(w, "baseIsStage", s->parent);
    json_str_or_null(w, "platform", or_null(platform));
    json_bool(w, "default", s == stage_last(m));
    json_bool(w, "skipped", !s->reached);
    json_str_or_null(w, "description", or_null(s->description));
    json_int(w, "line", s->from->first_line);
    json_open(w, "args", "[");
    for (uint32_t i = 0; i < s->commands.n; i++)
        write_args(w, s->commands.at[i]);
    json_close(w, "]}");
}

static void write_file(struct json_writer *w, const struct graph_file *f)
{
    const struct model *m = f->m;
    json_open(w, NULL, "{");
    json_str_or_null(w, "path", or_null(f->title));
    json_open(w, "args", "[");
    for (uint32_t k = 0; k < m->global_args.n; k++)
        write_args(w, m->global_args.at[k]);
    json_close(w, "]");
    json_line(w, 2);
    json_open(w, "stages", "[");
    for (uint32_t k = 0; k < m->stages.n; k++) {
        json_line(w, 3);
        write_stage(w, m, m->stages.at[k]);
    }
    json_close(w, "]}");
}

void targets_write_json(struct buf *out, const struct graph_file *files,
                        size_t n)
{
    struct json_writer w = {.out = out};
    json_open(&w, NULL, "[");
    for (size_t i = 0; i < n; i++) {
        json_line(&w, 1);
        write_file(&w, &files[i]);
    }
    json_line(&w, 0);
    json_close(&w, "]\n");
}
