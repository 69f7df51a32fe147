/* SPDX-License-Identifier: MIT */
/* First the edges are collected: one for each pair of things and kind of use,
 * no matter how often it is used. Then each language only has to write them. */
#include "docker/graph.h"

#include "base/utf8.h"

struct edge {
    enum use_kind kind;
    const struct stage *from; /* NULL: the image */
    uint32_t image;           /* number of it */
    const struct stage *to;
};

struct graph {
    struct buf *out;
    struct arena *arena;
    const struct model *m;
    size_t number; /* of the file, if there are several; or 0 */
    const char *indent;
    struct map images;
    struct str *image_texts; /* beside images: what is shown */
    bool *image_used;        /* by something that is reached */
    VEC(struct edge) edges;
    bool skipped; /* a stage that is not reached */
    /* Of Graphviz: the ids of nodes are the names of stages and images, with
     * something added where one is taken. */
    struct map ids;        /* all of them, */
    struct str *stage_ids; /* beside the stages of the model */
    struct str *image_ids; /* beside images */
    bool any;              /* the node or edge has attributes */
};

/* --- edges --- */

/* The edges to one stage follow each other. */
static bool has_edge(const struct graph *g, const struct edge *e)
{
    for (uint32_t i = g->edges.n; i-- > 0;) {
        const struct edge *o = &g->edges.at[i];
        if (o->to != e->to)
            return false;
        if (o->kind == e->kind && o->from == e->from &&
            (e->from || o->image == e->image))
            return true;
    }
    return false;
}

static void add_edge(struct graph *g, enum use_kind kind,
                     const struct stage *from, struct str image,
                     const struct stage *to)
{
    struct edge e = {kind, from, 0, to};
    if (!from)
        e.image = map_put(&g->images, g->arena, image, NULL);
    if (!has_edge(g, &e))
        vec_push(g->arena, &g->edges, e);
}

/* s as it can be shown, without what steers a terminal. */
static struct str plain(const struct graph *g, struct str s)
{
    size_t from = g->out->len; /* which is only used for the moment */
    utf8_add_safe(g->out, s);
    struct str text = arena_str(g->arena, buf_from(g->out, from));
    buf_truncate(g->out, from);
    return text;
}

/* Sets image_texts and image_used. */
static void judge_images(struct graph *g)
{
    g->image_texts = arena_array(g->arena, g->images.n, sizeof(struct str));
    g->image_used = arena_zalloc(g->arena, g->images.n);
    for (uint32_t i = 0; i < g->images.n; i++)
        g->image_texts[i] = plain(g, g->images.keys[i]);
    for (uint32_t i = 0; i < g->edges.n; i++)
        if (!g->edges.at[i].from && g->edges.at[i].to->reached)
            g->image_used[g->edges.at[i].image] = true;
}

/* The graph of file i of n. */
static struct graph collect(struct buf *out, const struct graph_file *files,
                            size_t i, size_t n)
{
    struct graph g = {.out = out,
                      .arena = files[i].m->arena,
                      .m = files[i].m,
                      .number = n > 1 ? i + 1 : 0,
                      .indent = n > 1 ? "        " : "    "};
    for (uint32_t k = 0; k < g.m->stages.n; k++) {
        const struct stage *s = g.m->stages.at[k];
        g.skipped = g.skipped || !s->reached;
        add_edge(&g, USE_FROM, s->parent, stage_base_label(g.arena, s), s);
        for (uint32_t u = 0; u < s->uses.n; u++) {
            const struct use *use = &s->uses.at[u];
            add_edge(&g, use->kind, use->stage, use->from, s);
        }
    }
    judge_images(&g);
    return g;
}

/* --- Graphviz --- */

/* A number other than 0 is written in front: that of the file, in ids of
 * several files. shown: the text is not an id, and Graphviz reads "&lt;" and
 * the like in it. */
static void dot_quote(struct buf *out, size_t number, struct str s, bool shown)
{
    buf_add_char(out, '"');
    if (number)
        buf_printf(out, "%zu ", number);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, s.ptr[i]);
        if (shown && s.ptr[i] == '&')
            buf_add_cstr(out, "amp;");
    }
    buf_add_char(out, '"');
}

static void dot_id(const struct graph *g, struct str id)
{
    dot_quote(g->out, g->number, id, false);
}

static struct str dot_unique(struct graph *g, struct str id)
{
    struct str tried = id;
    bool added;
    for (unsigned n = 2;; n++) {
        map_put(&g->ids, g->arena, tried, &added);
        if (added)
            return tried;
        tried = ARENA_CONCAT(g->arena, id, arena_printf(g->arena, " (%u)", n));
    }
}

static void dot_name_nodes(struct graph *g)
{
    uint32_t n = g->m->stages.n;
    g->stage_ids = arena_array(g->arena, n, sizeof *g->stage_ids);
    g->image_ids = arena_array(g->arena, g->images.n, sizeof *g->image_ids);
    for (uint32_t i = 0; i < n; i++)
        g->stage_ids[i] =
            dot_unique(g, stage_label(g->arena, g->m->stages.at[i]));
    for (uint32_t i = 0; i < g->images.n; i++) {
        struct str id = g->image_texts[i];
        if (map_find(&g->ids, id) != MAP_NONE)
            id = ARENA_CONCAT(g->arena, STR("image "), id);
        g->image_ids[i] = dot_unique(g, id);
    }
}

#define DOT_GREY "color=gray, fontcolor=gray"

static void dot_attribute(struct graph *g, const char *attribute)
{
    buf_add_cstr(g->out, g->any ? ", " : " [");
    buf_add_cstr(g->out, attribute);
    g->any = true;
}

static void dot_end(const struct graph *g)
{
    buf_add_cstr(g->out, g->any ? "];\n" : ";\n");
}

/* A node and its text, where Graphviz would not show the text as it is. */
static void dot_node(struct graph *g, struct str id, struct str text)
{
    g->any = false;
    buf_add_cstr(g->out, g->indent);
    dot_id(g, id);
    if (g->number || !str_eq(id, text) || str_chr(text, '&', 0) != STR_NONE) {
        dot_attribute(g, "label=");
        dot_quote(g->out, 0, text, true);
    }
}

static void dot_stage(struct graph *g, const struct stage *s)
{
    dot_node(g, g->stage_ids[s->index], stage_label(g->arena, s));
    if (s == stage_last(g->m))
        dot_attribute(g, "peripheries=2");
    if (!s->reached)
        dot_attribute(g, DOT_GREY);
    if (s->description.len) {
        dot_attribute(g, "tooltip=");
        dot_quote(g->out, 0, plain(g, s->description), true);
    }
    dot_end(g);
}

static void dot_edge(struct graph *g, const struct edge *e)
{
    static const char *const looks[] = {NULL, "style=dashed, label=COPY",
                                        "style=dotted, label=mount"};
    g->any = false;
    buf_add_cstr(g->out, g->indent);
    dot_id(g, e->from ? g->stage_ids[e->from->index] : g->image_ids[e->image]);
    buf_add_cstr(g->out, " -> ");
    dot_id(g, g->stage_ids[e->to->index]);
    if (looks[e->kind])
        dot_attribute(g, looks[e->kind]);
    if (!e->to->reached)
        dot_attribute(g, DOT_GREY);
    dot_end(g);
}

static void dot_file(struct graph *g)
{
    dot_name_nodes(g);
    for (uint32_t i = 0; i < g->images.n; i++) {
        dot_node(g, g->image_ids[i], g->image_texts[i]);
        dot_attribute(g, "shape=ellipse");
        if (!g->image_used[i])
            dot_attribute(g, DOT_GREY);
        dot_end(g);
    }
    for (uint32_t i = 0; i < g->m->stages.n; i++)
        dot_stage(g, g->m->stages.at[i]);
    for (uint32_t i = 0; i < g->edges.n; i++)
        dot_edge(g, &g->edges.at[i]);
}

void graph_dot(struct buf *out, const struct graph_file *files, size_t n)
{
    buf_add_cstr(out, "digraph stages {\n    rankdir=LR;\n"
                      "    node [shape=box];\n");
    for (size_t i = 0; i < n; i++) {
        struct graph g = collect(out, files, i, n);
        if (n > 1) {
            buf_printf(out,
                       "    subgraph cluster_%zu {\n        label=", i + 1);
            dot_quote(out, 0, plain(&g, files[i].title), true);
            buf_add_cstr(out, ";\n");
        }
        dot_file(&g);
        if (n > 1)
            buf_add_cstr(out, "    }\n");
    }
    buf_add_cstr(out, "}\n");
}

/* --- Mermaid --- */

/* A text in quotes. What would end it, or begin a tag, an entity or a new line
 * ("\\n"), is written as a number. */
static void mermaid_quote(struct buf *out, struct str s)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c && strchr("\"#&<>`\\", c))
            buf_printf(out, "#%d;", c);
        else
            buf_add_char(out, c);
    }
    buf_add_char(out, '"');
}

static void mermaid_id(const struct graph *g, char kind, uint32_t n)
{
    buf_add_char(g->out, kind);
    if (g->number)
        buf_printf(g->out, "%zu_", g->number);
    buf_printf(g->out, "%u", n);
}

static void mermaid_nodes(const struct graph *g)
{
    struct buf *out = g->out;
    for (uint32_t i = 0; i < g->images.n; i++) {
        buf_add_cstr(out, g->indent);
        mermaid_id(g, 'i', i);
        buf_add_cstr(out, "([");
        mermaid_quote(out, g->image_texts[i]);
        buf_add_cstr(out, g->image_used[i] ? "])\n" : "]):::skipped\n");
    }
    for (uint32_t i = 0; i < g->m->stages.n; i++) {
        const struct stage *s = g->m->stages.at[i];
        buf_add_cstr(out, g->indent);
        mermaid_id(g, 's', i);
        buf_add_char(out, '[');
        mermaid_quote(out, stage_label(g->arena, s));
        buf_add_cstr(out, s == stage_last(g->m) ? "]:::target\n"
                          : s->reached          ? "]\n"
                                                : "]:::skipped\n");
    }
}

static void mermaid_edges(const struct graph *g)
{
    static const char *const arrows[] = {" --> ", " -. COPY .-> ",
                                         " -. mount .-> "};
    for (uint32_t i = 0; i < g->edges.n; i++) {
        const struct edge *e = &g->edges.at[i];
        buf_add_cstr(g->out, g->indent);
        mermaid_id(g, e->from ? 's' : 'i', e->from ? e->from->index : e->image);
        buf_add_cstr(g->out, arrows[e->kind]);
        mermaid_id(g, 's', e->to->index);
        buf_add_char(g->out, '\n');
    }
}

void graph_mermaid(struct buf *out, const struct graph_file *files, size_t n)
{
    bool skipped = false;
    buf_add_cstr(out, "flowchart LR\n");
    for (size_t i = 0; i < n; i++) {
        struct graph g = collect(out, files, i, n);
        if (n > 1) {
            buf_printf(out, "    subgraph f%zu[", i + 1);
            mermaid_quote(out, plain(&g, files[i].title));
            buf_add_cstr(out, "]\n");
        }
        mermaid_nodes(&g);
        mermaid_edges(&g);
        if (n > 1)
            buf_add_cstr(out, "    end\n");
        skipped = skipped || g.skipped;
    }
    buf_add_cstr(out, "    classDef target stroke-width:3px\n");
    if (skipped)
        buf_add_cstr(out, "    classDef skipped color:#888,stroke:#aaa\n");
}
