/* SPDX-License-Identifier: MIT */
/* The graph of odd Dockerfiles: names that clash, and names in which a
 * character means something to Graphviz or Mermaid. */
#include "docker/targets.h"

#include "base/buf.h"
#include "docker/docker.h"
#include "fixture.h"

typedef void make_fn(struct buf *out, const struct graph_file *files, size_t n);

/* The graph of n files with one text; made twice, it is the same. */
static void expect(struct fixture *f, make_fn *make, const char *title,
                   size_t n, const char *text, const char *want)
{
    struct graph_file files[2];
    struct buf out;
    if (setjmp(f->fault.env) != 0)
        fail_msg("a limit");
    buf_init(&out, &f->fault, LIMIT_OUTPUT);
    for (size_t i = 0; i < n; i++) {
        struct check *c = arena_new(&f->arena, struct check);
        c->any_values = true;
        docker_check(c, &f->arena, str_from(text));
        assert_int_equal(c->f.errors, 0);
        files[i] = (struct graph_file){str_from(title), &c->m};
    }
    for (int i = 0; i < 2; i++) {
        make(&out, files, n);
        struct str got = buf_str(&out);
        if (!str_eq(got, str_from(want)))
            fail_msg("got:\n%.*s\nwanted:\n%s", STR_ARG(got), want);
        buf_truncate(&out, 0);
    }
    buf_free(&out);
}

#define DOT_HEAD "digraph stages {\n    rankdir=LR;\n    node [shape=box];\n"
#define MERMAID_END "    classDef target stroke-width:3px\n"

/* Two stages with the same name, and an image with that name. */
static const char clash[] = "FROM x AS x\n"
                            "FROM b AS x\n"
                            "FROM x\n"
                            "COPY --from=0 / /\n"
                            "COPY --from=0 /a /b\n";

static void names_may_clash(void **state)
{
    expect(*state, graph_dot, "", 1, clash,
           DOT_HEAD "    \"image x\" [label=\"x\", shape=ellipse];\n"
                    "    \"b\" [shape=ellipse];\n"
                    "    \"x\";\n"
                    "    \"x (2)\" [label=\"x\"];\n"
                    "    \"2\" [peripheries=2];\n"
                    "    \"image x\" -> \"x\";\n"
                    "    \"b\" -> \"x (2)\";\n"
                    "    \"x (2)\" -> \"2\";\n"
                    "    \"x\" -> \"2\" [style=dashed, label=COPY];\n"
                    "}\n");
    expect(*state, graph_mermaid, "", 1, clash,
           "flowchart LR\n"
           "    i0([\"x\"])\n"
           "    i1([\"b\"])\n"
           "    s0[\"x\"]\n"
           "    s1[\"x\"]\n"
           "    s2[\"2\"]:::target\n"
           "    i0 --> s0\n"
           "    i1 --> s1\n"
           "    s1 --> s2\n"
           "    s0 -. COPY .-> s2\n" MERMAID_END);
}

/* A variable without a value may be anything, and so may the text around it;
 * bytes that are not UTF-8 or control a terminal are shown as numbers. */
static const char odd[] =
    "ARG V\n"
    "# s <b>\"&lt;\\n\x01\n"
    "FROM '\"'\\\\&lt;#`<$V\xff\xe2\x80\xae\xc3\xa9 AS s\n";

static void quoted_for_dot(void **state)
{
    expect(
        *state, graph_dot, "", 1, odd,
        DOT_HEAD
        "    \"'\\\"'\\\\\\\\&lt;#`<$V\\\\xff\\\\xe2\\\\x80\\\\xae\xc3\xa9\" "
        "[label=\"'\\\"'\\\\\\\\&amp;lt;#`<$V\\\\xff\\\\xe2\\\\x80\\\\xae"
        "\xc3\xa9\", shape=ellipse];\n"
        "    \"s\" [peripheries=2, "
        "tooltip=\"<b>\\\"&amp;lt;\\\\n\\\\x01\"];\n"
        "    \"'\\\"'\\\\\\\\&lt;#`<$V\\\\xff\\\\xe2\\\\x80\\\\xae\xc3\xa9\" "
        "-> \"s\";\n"
        "}\n");
}

static void quoted_for_mermaid(void **state)
{
    expect(*state, graph_mermaid, "", 1, odd,
           "flowchart LR\n"
           "    i0([\"'#34;'#92;#92;#38;lt;#35;#96;#60;$V#92;xff#92;xe2#92;x80"
           "#92;xae\xc3\xa9\"])\n"
           "    s0[\"s\"]:::target\n"
           "    i0 --> s0\n" MERMAID_END);
}

static void titles_are_quoted(void **state)
{
    static const char text[] = "FROM a\nFROM a AS end\n";
    expect(*state, graph_dot, "a\"&\n", 2, text,
           DOT_HEAD "    subgraph cluster_1 {\n"
                    "        label=\"a\\\"&amp;\\\\x0a\";\n"
                    "        \"1 a\" [label=\"a\", shape=ellipse];\n"
                    "        \"1 0\" [label=\"0\", color=gray, "
                    "fontcolor=gray];\n"
                    "        \"1 end\" [label=\"end\", peripheries=2];\n"
                    "        \"1 a\" -> \"1 0\" [color=gray, "
                    "fontcolor=gray];\n"
                    "        \"1 a\" -> \"1 end\";\n"
                    "    }\n"
                    "    subgraph cluster_2 {\n"
                    "        label=\"a\\\"&amp;\\\\x0a\";\n"
                    "        \"2 a\" [label=\"a\", shape=ellipse];\n"
                    "        \"2 0\" [label=\"0\", color=gray, "
                    "fontcolor=gray];\n"
                    "        \"2 end\" [label=\"end\", peripheries=2];\n"
                    "        \"2 a\" -> \"2 0\" [color=gray, "
                    "fontcolor=gray];\n"
                    "        \"2 a\" -> \"2 end\";\n"
                    "    }\n"
                    "}\n");
    expect(*state, graph_mermaid, "a\"&\n", 2, text,
           "flowchart LR\n"
           "    subgraph f1[\"a#34;#38;#92;x0a\"]\n"
           "        i1_0([\"a\"])\n"
           "        s1_0[\"0\"]:::skipped\n"
           "        s1_1[\"end\"]:::target\n"
           "        i1_0 --> s1_0\n"
           "        i1_0 --> s1_1\n"
           "    end\n"
           "    subgraph f2[\"a#34;#38;#92;x0a\"]\n"
           "        i2_0([\"a\"])\n"
           "        s2_0[\"0\"]:::skipped\n"
           "        s2_1[\"end\"]:::target\n"
           "        i2_0 --> s2_0\n"
           "        i2_0 --> s2_1\n"
           "    end\n" MERMAID_END
           "    classDef skipped color:#888,stroke:#aaa\n");
}

static void lists_show_no_controls(void **state)
{
    expect(*state, targets_write, "", 1, odd,
           "ARG V\n"
           "s (default)  FROM '\"'\\\\&lt;#`<$V\\xff\\xe2\\x80\\xae\xc3\xa9  "
           "<b>\"&lt;\\n\\x01\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_may_clash),        TEST(quoted_for_dot),
        TEST(quoted_for_mermaid),     TEST(titles_are_quoted),
        TEST(lists_show_no_controls),
    };
    return tap_run(tests, NULL, NULL);
}
