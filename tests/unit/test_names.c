/* SPDX-License-Identifier: MIT */
/* What the names pass says about small sets of files, without an expansion. */

#include "../tap.h"
#include "library/program.h"

#include <stdio.h>
#include <string.h>

struct text_file {
    const char *path, *text;
};

struct world {
    struct fault fault;
    struct arena arena, work;
    struct diags diags;
    struct names names;
    struct sources sources;
    struct resolver resolver;
    struct loader loader;
    struct judge judge;
    struct program program;
    struct text_file files[8];
    struct param param;
    struct signature upper;
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

/* Two builtins: upper(s), defined(name). */
static const struct signature *builtin(void *ctx, name_id name)
{
    struct world *w = ctx;
    bool known = name == name_find(&w->names, STR("upper")) ||
                 name == name_find(&w->names, STR("defined"));
    return known ? &w->upper : NULL;
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    limit_defaults(&w->fault.limits);
    arena_init(&w->arena, &w->fault);
    arena_init(&w->work, &w->fault);
    diag_init(&w->diags, &w->arena, &w->fault);
    name_init(&w->names, &w->arena);
    name_intern(&w->names, STR("upper"));
    name_intern(&w->names, STR("defined"));
    w->param.name = name_intern(&w->names, STR("s"));
    w->upper = (struct signature){
        .params = &w->param, .n = 1, .written = STR("upper(s")};
    sources_init(&w->sources, &w->arena);
    resolve_init(&w->resolver, &w->sources, &w->diags);
    resolve_set_loader(&w->resolver, load, w->files);
    loader_init(&w->loader, &w->arena, &w->arena, &w->names, &w->diags,
                &w->resolver);
    w->judge = (struct judge){.arena = &w->work,
                              .names = &w->names,
                              .diags = &w->diags,
                              .builtin = builtin,
                              .builtin_ctx = w,
                              .builtins_end = w->names.map.n};
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    arena_free(&w->work);
    arena_free(&w->arena);
    free(w);
    return 0;
}

static struct source *open_source(struct world *w, const char *path)
{
    struct source *s =
        resolve_open(&w->resolver, str_from(path), source_nowhere);
    assert_non_null(s);
    return s;
}

/* Links and judges "root". */
static bool judge(struct world *w)
{
    w->program = (struct program){.arena = &w->arena,
                                  .loader = &w->loader,
                                  .judge = &w->judge,
                                  .names.arena = &w->arena};
    program_link(&w->program, open_source(w, "root"));
    return program_judge(&w->program);
}

/* Judges a computed include of root. */
static bool judge_computed(struct world *w, const char *path)
{
    return judge_late(&w->judge, &w->program.names, w->program.root,
                      loader_load(&w->loader, open_source(w, path)));
}

/* Checks the template `text`; `want` has "id: message", one per line. */
static void check(void **state, const char *text, const char *want)
{
    struct world *w = *state;
    char got[4096] = "";
    size_t len = 0;
    w->files[0] = (struct text_file){"root", text};
    bool good = judge(w);
    diag_sort(&w->diags);
    for (uint32_t i = 0; i < w->diags.list.n; i++) {
        const struct diag *d = w->diags.list.at[i];
        len += (size_t)snprintf(got + len, sizeof got - len, "%s: %.*s\n",
                                diag_name(d->id), STR_ARG(d->message));
    }
    assert_string_equal(got, want);
    assert_int_equal(good, want[0] == '\0');
}

static void with(void **state, const char *path, const char *text)
{
    struct world *w = *state;
    int i = 1;
    while (w->files[i].path)
        i++;
    w->files[i] = (struct text_file){path, text};
}

static void bound_names_pass(void **state)
{
    check(state,
          "@let a = 1\n@param p = a\n@set a = 2\n"
          "@for k, v in {x: 1}\n@{k}@{v}@{loop.index} @{a}\n@end\n"
          "@define m(x, *rest)\n@{x} @{rest | upper}\n@end\n"
          "@m(a)\n@{[q for q in rest if q]} @{__line__} @{upper(p)}\n",
          "");
}

static void typos_are_found_in_branches_not_taken(void **state)
{
    check(state, "@param server = 1\n@if false\nx @{sever}\n@end\n",
          "unknown-name: unknown name 'sever'; did you mean 'server'?\n");
}

static void hints_know_what_a_name_is(void **state)
{
    check(state,
          "@define mac() = 1\nx @{mac} @{upper} @{__here__} @{loop.index}\n"
          "@set zzz = 1\n",
          "not-a-value: 'mac' is a macro, not a value; call it: mac(…)\n"
          "unknown-name: unknown name 'upper'; it is a function: write "
          "upper(…)\n"
          "unknown-name: unknown name '__here__'\n"
          "unknown-name: unknown name 'loop': it is known inside @for only\n"
          "unknown-name: unknown name 'zzz'; @set changes what is bound; "
          "write @let to bind it\n");
}

static void defined_silences_its_file(void **state)
{
    with(state, "inc", "@{extra}\n");
    check(state, "@if defined(\"extra\")\n@{extra}\n@end\n@include \"inc\"\n",
          "unknown-name: unknown name 'extra'; @let or @param binds a name; "
          "for a literal '@{' write '@@{'\n");
}

static void unknown_calls_are_errors(void **state)
{
    check(state,
          "@define stage(a) = a\n@let v = 1\n"
          "x @{stge(1)} @{uper(1)} @{v(1)} @{py.base()}\n"
          "@call stag(1)\n@end\n",
          "unknown-call: unknown macro or function 'stge'; did you mean "
          "'stage'?\n"
          "unknown-call: unknown macro or function 'uper'; did you mean "
          "'upper'?\n"
          "unknown-call: 'v' is a variable, not a macro or function; its "
          "value is written without brackets\n"
          "unknown-call: unknown library 'py'; @import binds one, as in "
          "@import \"std/apt\"\n"
          "unknown-call: unknown macro or function 'stag'; did you mean "
          "'stage'?\n");
}

static void lines_that_nothing_defines_are_text(void **state)
{
    with(state, "python", "@define base()\n@end\n");
    check(state,
          "@import \"python\"\n@define builder()\nx\n@end\n"
          "@app.get(\"/\")\n@dataclass(frozen=True)\n@foo(a b c\n",
          "");
}

static void near_misses_of_macros_are_errors(void **state)
{
    with(state, "python", "@define base()\n@end\n");
    check(state,
          "@import \"python\"\n@define builder()\nx\n@end\n"
          "@biulder()\n@pyton.base()\n",
          "unknown-call: unknown macro 'biulder'; did you mean 'builder'? "
          "(for text, write '@@biulder')\n"
          "unknown-call: unknown macro 'pyton.base'; did you mean "
          "'python.base'? (for text, write '@@pyton.base')\n");
}

static void members_are_checked(void **state)
{
    with(state, "python",
         "@let version = 1\n@define base(a)\n@{a}\n@end\n"
         "@define _own()\nx\n@end\n");
    check(
        state,
        "@import \"python\"\n@python.base(1)\n@python.bse(1)\n"
        "@python._own()\nx @{python.version} @{python.versio} "
        "@{python.base} @{python}\n@python.version()\n",
        "unknown-member: library python has no macro 'bse'; did you mean "
        "'base'?\n"
        "unknown-member: '_own' is private to the library python\n"
        "unknown-member: library python has no value 'versio'; did you mean "
        "'version'?\n"
        "not-a-value: 'python.base' is a macro, not a value; call it: "
        "python.base(…)\n"
        "not-a-value: 'python' is a library, not a value; use one of its "
        "names: python.NAME\n"
        "unknown-call: 'python.version' is not a macro and cannot be called\n");
}

static void a_call_must_fit_one_definition(void **state)
{
    struct world *w = *state;
    w->files[0] =
        (struct text_file){"root", "@if true\n@define f(a)\nx\n@end\n@else\n"
                                   "@define f(a, b)\nx\n@end\n@end\n"
                                   "@f(1)\n@f(1, 2)\n@f(1, 2, 3)\n"};
    assert_false(judge(w));
    assert_int_equal(w->diags.list.n, 1);
    assert_int_equal(w->diags.list.at[0]->id, DIAG_ARGUMENTS);
}

static void definitions_twice(void **state)
{
    check(state,
          "@define f() = 1\n@define f() = 2\n@define upper(x) = x\n"
          "@if true\n@define f() = 3\n@end\n",
          "duplicate-name: a macro 'f' is defined above\n");
}

static void includes_share_names_and_libraries_do_not(void **state)
{
    with(state, "inc", "@let inner = 1\n@{outer} @{loop.index}\n");
    with(state, "lib", "@define m() = outer\n");
    check(state,
          "@import \"lib\"\n@let outer = 1\n@include \"inc\"\n@{inner}\n",
          "unknown-name: unknown name 'outer'; for text write \"outer\", or "
          "bind the name by @let or @param\n");
}

static void computed_includes_see_their_includers(void **state)
{
    struct world *w = *state;
    with(state, "a", "@let in_a = 1\n@{in_root}\n");
    with(state, "b", "@{in_a} @{in_root}\n");
    with(state, "c", "@{in_none}\n");
    check(state, "@let in_root = 1\n@include \"@{in_root}\"\n", "");
    assert_true(judge_computed(w, "a"));
    assert_true(judge_computed(w, "b"));
    assert_false(judge_computed(w, "c"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bound_names_pass),
        TEST(typos_are_found_in_branches_not_taken),
        TEST(hints_know_what_a_name_is),
        TEST(defined_silences_its_file),
        TEST(unknown_calls_are_errors),
        TEST(lines_that_nothing_defines_are_text),
        TEST(near_misses_of_macros_are_errors),
        TEST(members_are_checked),
        TEST(a_call_must_fit_one_definition),
        TEST(definitions_twice),
        TEST(includes_share_names_and_libraries_do_not),
        TEST(computed_includes_see_their_includers),
    };
    return tap_run(tests, NULL, NULL);
}
