/* SPDX-License-Identifier: MIT */
/* First the edges are collected: one for each pair of things and kind of use,
 * however often it is used. Then the two languages are only a matter of
 * words. */
#include "docker/graph.h"

#include "docker/text.h"

enum edge_kind {
    EDGE_FROM,
    EDGE_COPY,
    EDGE_MOUNT
};

struct edge {
    enum edge_kind kind;
    const struct stage *from; /* NULL: the image */
    uint32_t image;           /* number of it */
    const struct stage *to;
};

struct graph {
    struct arena *arena;
    const struct model *m;
    size_t number; /* of the file */
    struct map images;
    bool *image_used; /* by something that is reached */
    VEC(struct edge) edges;
    uint32_t begun; /* the first edge to the stage that is looked at */
};

struct str graph_stage_name(const struct model *m, const struct stage *s)
{
    if (s->name.len)
        return s->name;
    return arena_printf(m->arena, "%u", s->index);
}

/* --- edges --- */

static bool has_edge(const struct graph *g, const struct edge *e)
{
    for (uint32_t i = g->begun; i < g->edges.n; i++) {
        const struct edge *o = &g->edges.at[i];
        if (o->kind == e->kind && o->from == e->from && o->to == e->to &&
            (e->from || o->image == e->image))
            return true;
    }
    return false;
}

static void add_edge(struct graph *g, enum edge_kind kind,
                     const struct stage *from, struct str image,
                     const struct stage *to)
{
    struct edge e = {kind, from, 0, to};
    if (!from)
        e.image = map_put(&g->images, g->arena, image, NULL);
    if (!has_edge(g, &e))
        vec_push(g->arena, &g->edges, e);
}

/* What FROM names, also where a variable without a value leaves it open. */
static struct str base_of(const struct stage *s)
{
    return s->open ? s->from->args.at[0] : s->base;
}

static struct graph collect(const struct graph_file *file, size_t number)
{
    struct graph g = {.arena = file->m->arena, .m = file->m, .number = number};
    for (uint32_t k = 0; k < g.m->stages.n; k++) {
        const struct stage *s = g.m->stages.at[k];
        g.begun = g.edges.n;
        add_edge(&g, EDGE_FROM, s->parent, base_of(s), s);
        for (uint32_t i = 0; i < s->uses.n; i++) {
            const struct use *u = &s->uses.at[i];
            add_edge(&g, u->kind == USE_COPY ? EDGE_COPY : EDGE_MOUNT, u->stage,
                     u->from, s);
        }
    }
    g.image_used = arena_zalloc(g.arena, g.images.n + 1);
    for (uint32_t i = 0; i < g.edges.n; i++)
        if (!g.edges.at[i].from && g.edges.at[i].to->reached)
            g.image_used[g.edges.at[i].image] = true;
    return g;
}

static bool is_last(const struct graph *g, const struct stage *s)
{
    return s->index + 1 == g->m->stages.n;
}

/* --- Graphviz --- */

static void dot_quote(struct buf *out, struct str s)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            buf_add_char(out, '\\');
        buf_add(out, str_slice(s, i, 1));
    }
    buf_add_char(out, '"');
}

/* Files are told apart by a number, images from stages by a word. */
static void dot_id(struct buf *out, const struct graph *g, const char *kind,
                   struct str name)
{
    struct str id = arena_printf(g->arena, "%s%.*s", kind, STR_ARG(name));
    if (g->number)
        id = arena_printf(g->arena, "%zu %.*s", g->number, STR_ARG(id));
    dot_quote(out, id);
}

static void dot_stage_id(struct buf *out, const struct graph *g,
                         const struct stage *s)
{
    dot_id(out, g, "", graph_stage_name(g->m, s));
}

static void dot_stage(struct buf *out, const struct graph *g,
                      const struct stage *s, const char *indent)
{
    const char *comma = " [";
    buf_add_cstr(out, indent);
    dot_stage_id(out, g, s);
    if (g->number) {
        buf_printf(out, "%slabel=", comma);
        dot_quote(out, graph_stage_name(g->m, s));
        comma = ", ";
    }
    if (is_last(g, s) || !s->reached) {
        buf_printf(out, "%s%s", comma,
                   s->reached ? "peripheries=2" : "color=gray, fontcolor=gray");
        comma = ", ";
    }
    if (s->description.len) {
        buf_printf(out, "%stooltip=", comma);
        dot_quote(out, s->description);
        comma = ", ";
    }
    buf_add_cstr(out, comma[0] == ',' ? "];\n" : ";\n");
}

static void dot_edge(struct buf *out, const struct graph *g,
                     const struct edge *e, const char *indent)
{
    static const char *const looks[] = {"", "style=dashed, label=COPY",
                                        "style=dotted, label=mount"};
    const char *grey = e->to->reached ? "" : "color=gray, fontcolor=gray";
    const char *look = looks[e->kind];
    buf_add_cstr(out, indent);
    if (e->from)
        dot_stage_id(out, g, e->from);
    else
        dot_id(out, g, "image ", g->images.keys[e->image]);
    buf_add_cstr(out, " -> ");
    dot_stage_id(out, g, e->to);
    if (*look || *grey)
        buf_printf(out, " [%s%s%s]", look, *look && *grey ? ", " : "", grey);
    buf_add_cstr(out, ";\n");
}

static void dot_file(struct buf *out, const struct graph *g, const char *indent)
{
    for (uint32_t i = 0; i < g->images.n; i++) {
        buf_add_cstr(out, indent);
        dot_id(out, g, "image ", g->images.keys[i]);
        buf_add_cstr(out, " [shape=ellipse, label=");
        dot_quote(out, g->images.keys[i]);
        buf_add_cstr(out, g->image_used[i]
                              ? "];\n"
                              : ", color=gray, fontcolor=gray];\n");
    }
    for (uint32_t i = 0; i < g->m->stages.n; i++)
        dot_stage(out, g, g->m->stages.at[i], indent);
    for (uint32_t i = 0; i < g->edges.n; i++)
        dot_edge(out, g, &g->edges.at[i], indent);
}

void graph_dot(struct buf *out, const struct graph_file *files, size_t n)
{
    buf_add_cstr(out, "digraph stages {\n    rankdir=LR;\n"
                      "    node [shape=box];\n");
    for (size_t i = 0; i < n; i++) {
        struct graph g = collect(&files[i], n > 1 ? i + 1 : 0);
        if (n > 1) {
            buf_printf(out,
                       "    subgraph cluster_%zu {\n        label=", i + 1);
            dot_quote(out, files[i].title);
            buf_add_cstr(out, ";\n");
        }
        dot_file(out, &g, n > 1 ? "        " : "    ");
        if (n > 1)
            buf_add_cstr(out, "    }\n");
    }
    buf_add_cstr(out, "}\n");
}

/* --- Mermaid --- */

/* A text in quotes; what would end it, or begin a tag or an entity, is written
 * as a number. */
static void mermaid_quote(struct buf *out, struct str s)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < ' ' || c == '"' || c == '#' || c == '&' || c == '<' ||
            c == '>' || c == '`')
            buf_printf(out, "#%u;", c);
        else
            buf_add(out, str_slice(s, i, 1));
    }
    buf_add_char(out, '"');
}

static void mermaid_id(struct buf *out, const struct graph *g, char kind,
                       uint32_t n)
{
    buf_add_char(out, kind);
    if (g->number)
        buf_printf(out, "%zu_", g->number);
    buf_printf(out, "%u", n);
}

static void mermaid_nodes(struct buf *out, const struct graph *g,
                          const char *indent)
{
    for (uint32_t i = 0; i < g->images.n; i++) {
        buf_add_cstr(out, indent);
        mermaid_id(out, g, 'i', i);
        buf_add_cstr(out, "([");
        mermaid_quote(out, g->images.keys[i]);
        buf_add_cstr(out, g->image_used[i] ? "])\n" : "]):::skipped\n");
    }
    for (uint32_t i = 0; i < g->m->stages.n; i++) {
        const struct stage *s = g->m->stages.at[i];
        buf_add_cstr(out, indent);
        mermaid_id(out, g, 's', i);
        buf_add_char(out, '[');
        mermaid_quote(out, graph_stage_name(g->m, s));
        buf_add_cstr(out, is_last(g, s) ? "]:::target\n"
                          : s->reached  ? "]\n"
                                        : "]:::skipped\n");
    }
}

static void mermaid_edges(struct buf *out, const struct graph *g,
                          const char *indent)
{
    static const char *const arrows[] = {" --> ", " -. COPY .-> ",
                                         " -. mount .-> "};
    for (uint32_t i = 0; i < g->edges.n; i++) {
        const struct edge *e = &g->edges.at[i];
        buf_add_cstr(out, indent);
        mermaid_id(out, g, e->from ? 's' : 'i',
                   e->from ? e->from->index : e->image);
        buf_add_cstr(out, arrows[e->kind]);
        mermaid_id(out, g, 's', e->to->index);
        buf_add_char(out, '\n');
    }
}

void graph_mermaid(struct buf *out, const struct graph_file *files, size_t n)
{
    buf_add_cstr(out, "flowchart LR\n");
    for (size_t i = 0; i < n; i++) {
        struct graph g = collect(&files[i], n > 1 ? i + 1 : 0);
        const char *indent = n > 1 ? "        " : "    ";
        if (n > 1) {
            buf_printf(out, "    subgraph f%zu[", i + 1);
            mermaid_quote(out, files[i].title);
            buf_add_cstr(out, "]\n");
        }
        mermaid_nodes(out, &g, indent);
        mermaid_edges(out, &g, indent);
        if (n > 1)
            buf_add_cstr(out, "    end\n");
    }
    buf_add_cstr(out, "    classDef target stroke-width:3px\n"
                      "    classDef skipped color:#888,stroke:#aaa\n");
}
