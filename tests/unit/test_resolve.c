/* SPDX-License-Identifier: MIT */
/* Search order, identity and confinement, on a directory tree made for each
 * test; and links between files, with a loader instead of the disk. */

#include "../tap.h"
#include "library/program.h"
#include "library/resolve.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct fault fault;
    struct arena arena;
    struct diags diags;
    struct names names;
    struct sources sources;
    struct resolver resolver;
    struct loader loader;
    struct program program;
    char home[64];
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    limit_defaults(&w->fault.limits);
    arena_init(&w->arena, &w->fault);
    diag_init(&w->diags, &w->arena, &w->fault);
    name_init(&w->names, &w->arena);
    sources_init(&w->sources, &w->arena);
    resolve_init(&w->resolver, &w->sources, &w->diags);
    loader_init(&w->loader, &w->arena, &w->arena, &w->names, &w->diags,
                &w->resolver);
    strcpy(w->home, "/tmp/stagepp-resolve-XXXXXX");
    assert_non_null(mkdtemp(w->home));
    assert_int_equal(chdir(w->home), 0);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    char command[128];
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf '%s'", w->home);
    assert_int_equal(system(command), 0);
    arena_free(&w->arena);
    free(w);
    return 0;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static struct source *from(struct world *w, const char *name)
{
    return sources_add(&w->sources, SOURCE_BUFFER, str_from(name), STR(""));
}

/* The name of the file that is found, or "missing" or "failed". */
static const char *look(struct world *w, struct source *asking,
                        const char *path, bool library)
{
    struct source *found;
    struct resolve_request q = {
        .from = asking, .path = str_from(path), .library = library};
    switch (resolve_read(&w->resolver, &q, &found)) {
    case RESOLVE_FOUND:
        return arena_cstr(&w->arena, found->name);
    case RESOLVE_MISSING:
        return "missing";
    default:
        return "failed";
    }
}

static enum diag_id last_report(const struct world *w)
{
    assert_true(w->diags.list.n > 0);
    return w->diags.list.at[w->diags.list.n - 1]->id;
}

static void order_is_beside_then_dirs_then_compiled(void **state)
{
    struct world *w = *state;
    mkdir("t", 0755);
    mkdir("i", 0755);
    mkdir("j", 0755);
    put("t/a", "1");
    put("i/a", "2");
    put("i/b", "3");
    put("j/b", "4");
    put("b", "5");
    put("c", "6");
    resolve_add_dir(&w->resolver, STR("i"));
    resolve_add_dir(&w->resolver, STR("j"));
    struct source *t = from(w, "t/web.in");
    assert_string_equal(look(w, t, "a", false), "t/a");
    assert_string_equal(look(w, t, "b", false), "i/b");
    assert_string_equal(look(w, t, "./b", false), "missing");
    assert_int_equal(last_report(w), DIAG_NOT_FOUND);
    assert_string_equal(look(w, t, "../b", false), "t/../b");
    assert_string_equal(look(w, t, "std/python", true), "std/python.spp");
    assert_string_equal(look(w, t, "./std/python", true), "missing");
    assert_string_equal(look(w, from(w, "web.in"), "c", false), "c");
}

static void import_prefers_a_regular_file_then_spp(void **state)
{
    struct world *w = *state;
    mkdir("x", 0755);
    put("x.spp", "");
    put("y", "");
    put("y.spp", "");
    assert_string_equal(look(w, NULL, "x", true), "x.spp");
    assert_string_equal(look(w, NULL, "y", true), "y");
    assert_string_equal(look(w, NULL, "x", false), "failed");
    assert_int_equal(last_report(w), DIAG_UNREADABLE);
}

static void compiled_in_asks_among_compiled_in(void **state)
{
    struct world *w = *state;
    struct source *python;
    struct resolve_request q = {.path = STR("std/python"), .library = true};
    put("python.spp", "");
    assert_int_equal(resolve_read(&w->resolver, &q, &python), RESOLVE_FOUND);
    assert_int_equal(python->kind, SOURCE_COMPILED);
    assert_false(python->is_dep);
    assert_string_equal(look(w, python, "./python", true), "std/python.spp");
    assert_string_equal(look(w, python, "std/python", true), "std/python.spp");
    assert_string_equal(look(w, python, "other", true), "missing");
}

static void one_file_is_one_source(void **state)
{
    struct world *w = *state;
    struct source *a, *b, *c, *d;
    struct span at = {NULL, 0, 0};
    mkdir("d", 0755);
    mkdir("e", 0755);
    put("d/a", "1");
    assert_int_equal(symlink("../d/a", "e/a"), 0);
    a = resolve_open(&w->resolver, STR("d/a"), at);
    b = resolve_open(&w->resolver, STR("d/../d/./a"), at);
    c = resolve_open(&w->resolver, STR("d/a"), at);
    d = resolve_open(&w->resolver, STR("e/a"), at);
    assert_ptr_equal(a, b);
    assert_ptr_equal(a, c);
    /* "./x" beside the link is another file. */
    assert_ptr_not_equal(a, d);
    assert_int_equal(w->sources.used.n, 2);
    assert_true(a->is_dep);
}

static void root_confines(void **state)
{
    struct world *w = *state;
    mkdir("r", 0755);
    mkdir("i", 0755);
    put("r/a", "");
    put("i/b", "");
    put("out", "");
    put("root2", "");
    assert_int_equal(symlink("../out", "r/link"), 0);
    resolve_add_dir(&w->resolver, STR("i"));
    assert_false(resolve_set_root(&w->resolver, STR("absent")));
    assert_true(resolve_set_root(&w->resolver, STR("r")));
    struct source *t = from(w, "r/web.in");
    assert_string_equal(look(w, t, "a", false), "r/a");
    assert_string_equal(look(w, t, "b", false), "i/b");
    assert_string_equal(look(w, t, "../root2", false), "failed");
    assert_int_equal(last_report(w), DIAG_OUTSIDE_ROOT);
    assert_string_equal(look(w, t, "link", false), "failed");
    assert_string_equal(look(w, t, "/etc/passwd", false), "failed");
    assert_string_equal(look(w, t, "none", false), "missing");
}

static void bad_paths_and_limits_are_reported(void **state)
{
    struct world *w = *state;
    struct source *out;
    struct resolve_request q = {.path = {"a\0b", 3}};
    assert_int_equal(resolve_read(&w->resolver, &q, &out), RESOLVE_FAILED);
    assert_int_equal(last_report(w), DIAG_BAD_PATH);
    put("big", "0123456789");
    w->fault.limits.max[LIMIT_INPUT] = 9;
    assert_string_equal(look(w, NULL, "big", false), "failed");
    assert_int_equal(last_report(w), DIAG_LIMIT);
    assert_null(resolve_open(&w->resolver, STR("none"), q.at));
    assert_int_equal(last_report(w), DIAG_UNREADABLE);
}

static void nearest_library_is_offered(void **state)
{
    struct world *w = *state;
    look(w, NULL, "std/pyton", true);
    struct str m = w->diags.list.at[0]->message;
    assert_true(str_find(m, STR("did you mean 'std/python'?"), 0) != STR_NONE);
}

/* --- links --- */

struct text_file {
    const char *path, *text;
};

static int load(void *ctx, const char *path, const char **bytes, size_t *len)
{
    for (const struct text_file *e = ctx; e->path; e++) {
        if (strcmp(e->path, path) == 0) {
            *bytes = e->text;
            *len = strlen(e->text);
            return 0;
        }
    }
    return 1;
}

/* Links the first of the files. */
static bool link_all(struct world *w, struct text_file *files)
{
    if (w->resolver.load_ctx != files)
        resolve_set_loader(&w->resolver, load, files);
    struct source *s =
        resolve_open(&w->resolver, str_from(files->path), source_nowhere);
    assert_non_null(s);
    w->program = (struct program){.arena = &w->arena, .loader = &w->loader};
    return program_link(&w->program, s);
}

static void links_are_followed_and_parsed_once(void **state)
{
    struct world *w = *state;
    struct text_file files[] = {
        {"r",
         "@import \"l\"\n@include \"i\"\n@include \"i\"\n@include \"?\"\n"},
        {"l.spp", "@let x = 1\n"},
        {"i", "@include \"./i\"\n"},
        {NULL, NULL}};
    assert_true(link_all(w, files));
    const struct file *r = w->program.root;
    assert_int_equal(w->diags.list.n, 0);
    assert_non_null(r->imports.at[0]->target);
    assert_ptr_equal(r->includes.at[0]->target, r->includes.at[1]->target);
    assert_null(r->includes.at[2]->target);
    /* "./i" is "i" */
    assert_ptr_equal(r->includes.at[0]->target->includes.at[0]->target,
                     r->includes.at[0]->target);
    assert_int_equal(w->sources.used.n, 3);
    resolve_begin(&w->resolver);
    assert_true(link_all(w, files));
    assert_ptr_equal(r, w->program.root);
    assert_int_equal(w->sources.used.n, 3);
}

static void circular_imports_print_the_chain(void **state)
{
    struct world *w = *state;
    struct text_file files[] = {{"r", "@import \"a\"\n"},
                                {"a", "@import \"b\"\n"},
                                {"b", "@import \"a\"\n"},
                                {NULL, NULL}};
    assert_false(link_all(w, files));
    assert_int_equal(w->diags.list.n, 1);
    assert_int_equal(last_report(w), DIAG_CYCLE);
    struct diag *d = w->diags.list.at[0];
    assert_true(str_find(d->message, STR("a -> b -> a"), 0) != STR_NONE);
    assert_true(str_eq(d->span.source->name, STR("b")));
}

static void libraries_hold_definitions_only(void **state)
{
    struct world *w = *state;
    struct text_file files[] = {
        {"r", "@import \"good\"\n@import \"bad\"\n"},
        {"good", "@# doc\n@library \"good\"\n\n@if true\n@define f() = 1\n"
                 "@end\n@let a = 2\n"},
        {"bad", "\nFROM x\n@let a = 2\n"},
        {NULL, NULL}};
    assert_false(link_all(w, files));
    assert_int_equal(w->diags.list.n, 1);
    assert_int_equal(last_report(w), DIAG_LIBRARY);
    assert_true(
        str_eq(source_span_text(w->diags.list.at[0]->span), STR("FROM x")));
}

static void errors_come_again_in_the_next_run(void **state)
{
    struct world *w = *state;
    struct text_file files[] = {
        {"r", "@include \"i\"\n"}, {"i", "@let = 1\n"}, {NULL, NULL}};
    for (int run = 0; run < 2; run++) {
        resolve_begin(&w->resolver);
        diag_clear(&w->diags);
        assert_false(link_all(w, files));
        assert_int_equal(w->diags.list.n, 1);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(order_is_beside_then_dirs_then_compiled),
        TEST(import_prefers_a_regular_file_then_spp),
        TEST(compiled_in_asks_among_compiled_in),
        TEST(one_file_is_one_source),
        TEST(root_confines),
        TEST(bad_paths_and_limits_are_reported),
        TEST(nearest_library_is_offered),
        TEST(links_are_followed_and_parsed_once),
        TEST(circular_imports_print_the_chain),
        TEST(libraries_hold_definitions_only),
        TEST(errors_come_again_in_the_next_run),
    };
    return tap_run(tests, NULL, NULL);
}
