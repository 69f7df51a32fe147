/* SPDX-License-Identifier: MIT */
/* The list of stages, for people in columns, for programs as JSON. */
#include "base/json.h"
#include "base/utf8.h"
#include "docker/command.h"
#include "docker/graph.h"
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

static struct str base_name(const struct graph_file *f, const struct stage *s)
{
    if (s->parent)
        return graph_stage_name(f->m, s->parent);
    return s->open ? s->from->args.at[0] : s->base;
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

/* Takes blanks away that only served to reach a column. */
static void end_line(struct buf *out)
{
    while (out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
    buf_add_char(out, '\n');
}

static void add_args(struct buf *out, const struct instruction *i,
                     const char *indent)
{
    if (i->id != INSTRUCTION_ARG)
        return;
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct arg a = read_arg(i, k);
        buf_printf(out, "%sARG ", indent);
        utf8_add_safe(out, a.name);
        if (a.value.ptr) {
            buf_add_char(out, '=');
            utf8_add_safe(out, a.value);
        }
        add_description(out, a.description);
        buf_add_char(out, '\n');
    }
}

static struct str marked_name(const struct graph_file *f, const struct stage *s)
{
    struct str name = graph_stage_name(f->m, s);
    if (s->index + 1 < f->m->stages.n)
        return name;
    return arena_printf(f->m->arena, "%.*s (default)", STR_ARG(name));
}

static void add_file(struct buf *out, const struct graph_file *f)
{
    size_t names = 0, bases = 0;
    for (uint32_t k = 0; k < f->m->stages.n; k++) {
        const struct stage *s = f->m->stages.at[k];
        size_t name = utf8_count(marked_name(f, s));
        size_t base = utf8_count(base_name(f, s));
        names = name > names ? name : names;
        bases = base > bases ? base : bases;
    }
    for (uint32_t k = 0; k < f->m->global_args.n; k++)
        add_args(out, f->m->global_args.at[k], "");
    for (uint32_t k = 0; k < f->m->stages.n; k++) {
        const struct stage *s = f->m->stages.at[k];
        add_padded(out, marked_name(f, s), names);
        buf_add_cstr(out, "  FROM ");
        add_padded(out, base_name(f, s), bases);
        add_description(out, s->description);
        end_line(out);
        for (uint32_t i = 0; i < s->commands.n; i++)
            add_args(out, s->commands.at[i], "  ");
    }
}

void graph_targets(struct buf *out, const struct graph_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (n > 1) {
            buf_add_cstr(out, i ? "\n" : "");
            utf8_add_safe(out, files[i].title);
            buf_add_cstr(out, ":\n");
        }
        add_file(out, &files[i]);
    }
}

/* --- for programs --- */

static void json_member(struct buf *out, const char *key, struct str value)
{
    buf_printf(out, "\"%s\": ", key);
    if (value.ptr)
        json_quote_repaired(out, value);
    else
        buf_add_cstr(out, "null");
}

static void json_args(struct buf *out, const struct instruction *i,
                      const char **comma)
{
    if (i->id != INSTRUCTION_ARG)
        return;
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct arg a = read_arg(i, k);
        buf_printf(out, "%s{", *comma);
        json_member(out, "name", a.name);
        buf_add_cstr(out, ", ");
        json_member(out, "default", a.value);
        buf_add_cstr(out, ", ");
        json_member(out, "description", a.description);
        buf_add_char(out, '}');
        *comma = ", ";
    }
}

static struct str or_null(struct str s)
{
    return s.len ? s : (struct str){NULL, 0};
}

static void json_stage(struct buf *out, const struct graph_file *f,
                       const struct stage *s)
{
    const char *comma = "";
    struct str platform;
    buf_printf(out, "{\"index\": %u, ", s->index);
    json_member(out, "name", or_null(s->name));
    buf_add_cstr(out, ", ");
    json_member(out, "base", base_name(f, s));
    buf_printf(out, ", \"baseIsStage\": %s, ", s->parent ? "true" : "false");
    command_flag(s->from, "platform", &platform); /* as it is written */
    json_member(out, "platform", or_null(platform));
    buf_printf(out, ", \"default\": %s, \"skipped\": %s, ",
               s->index + 1 == f->m->stages.n ? "true" : "false",
               s->reached ? "false" : "true");
    json_member(out, "description", or_null(s->description));
    buf_add_cstr(out, ", \"args\": [");
    for (uint32_t i = 0; i < s->commands.n; i++)
        json_args(out, s->commands.at[i], &comma);
    buf_add_cstr(out, "]}");
}

void graph_targets_json(struct buf *out, const struct graph_file *files,
                        size_t n)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        const struct model *m = files[i].m;
        const char *comma = "";
        buf_add_cstr(out, i ? ",\n {" : "\n {");
        json_member(out, "path", or_null(files[i].title));
        buf_add_cstr(out, ", \"args\": [");
        for (uint32_t k = 0; k < m->global_args.n; k++)
            json_args(out, m->global_args.at[k], &comma);
        buf_add_cstr(out, "],\n  \"stages\": [");
        for (uint32_t k = 0; k < m->stages.n; k++) {
            buf_add_cstr(out, k ? ",\n   " : "\n   ");
            json_stage(out, &files[i], m->stages.at[k]);
        }
        buf_add_cstr(out, "]}");
    }
    buf_add_cstr(out, n ? "\n]\n" : "]\n");
}
