/* SPDX-License-Identifier: MIT */
/* The parser of Dockerfiles: each text of dockerfile_cases.h gives the
 * instructions that BuildKit's parser gives. */
#include "docker/dockerfile.h"

#include "base/buf.h"
#include "fixture.h"

#include <string.h>

struct text_case {
    const char *name;
    struct str text;
    struct str want;
};

static const struct text_case cases[] = {
#define CASE(name, text, want) \
    {name, {text, sizeof(text) - 1}, {want, sizeof(want) - 1}},
#include "dockerfile_cases.h"
#undef CASE
};

static void dump_words(struct buf *out, struct words w, const char *around)
{
    for (uint32_t i = 0; i < w.n; i++) {
        buf_printf(out, " %c", around[0]);
        buf_add(out, w.at[i]);
        buf_add_char(out, around[1]);
    }
}

static void dump_body(struct buf *out, const struct instruction *i)
{
    dump_words(out, i->flags, "<>");
    dump_words(out, i->args, "()");
    for (uint32_t k = 0; k < i->pairs.n; k++) {
        buf_add_cstr(out, " (");
        buf_add(out, i->pairs.at[k].name);
        buf_add_char(out, i->pairs.at[k].legacy ? ' ' : '=');
        buf_add(out, i->pairs.at[k].value);
        buf_add_char(out, ')');
    }
    if (i->exec_form)
        buf_add_cstr(out, " json");
}

static void dump(struct buf *out, const struct instruction *i)
{
    buf_printf(out, "%u-%u ", i->first_line, i->last_line);
    buf_add(out, i->word);
    if (i->trigger) {
        dump_words(out, i->flags, "<>");
        buf_add_char(out, ' ');
        buf_add(out, i->trigger->word);
    }
    dump_body(out, i->trigger ? i->trigger : i);
    buf_add_char(out, '\n');
    for (uint32_t k = 0; k < i->heredocs.n; k++) {
        const struct heredoc *h = &i->heredocs.at[k];
        buf_add_cstr(out, h->chomp ? "  <<-" : "  <<");
        buf_add(out, h->name);
        buf_add_cstr(out, h->expand ? ": " : " quoted: ");
        buf_add(out, h->content);
        buf_add_char(out, '\n');
    }
    for (uint32_t k = 0; k < i->comments.n; k++) {
        buf_add_cstr(out, "  # ");
        buf_add(out, i->comments.at[k]);
        buf_add_char(out, '\n');
    }
}

static void run_case(struct fixture *f, const struct text_case *c)
{
    struct findings found = {.arena = &f->arena};
    struct dockerfile d;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_OUTPUT);
    dockerfile_parse(&d, c->text, &found);
    if (!d.parsed)
        buf_add_cstr(&out, "refused\n");
    for (uint32_t i = 0; d.parsed && i < d.list.n; i++)
        dump(&out, d.list.at[i]);
    bool same = str_eq(buf_str(&out), c->want);
    if (!same)
        print_error("%s: got\n%.*s\nwanted\n%.*s\n", c->name,
                    STR_ARG(buf_str(&out)), STR_ARG(c->want));
    buf_free(&out);
    assert_true(same);
}

static void test_cases(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        run_case(*state, &cases[i]);
}

/* A word from joined lines has the place it came from. */
static void test_places(void **state)
{
    struct fixture *f = *state;
    struct findings found = {.arena = &f->arena};
    struct str text = STR("# c\nENV a=b \\\n# x\n  c=$d \\\n\n e=\"f\"\n");
    struct dockerfile d;
    uint32_t off, len;
    dockerfile_parse(&d, text, &found);
    assert_int_equal(d.list.n, 1);
    const struct instruction *i = d.list.at[0];
    assert_int_equal(i->pairs.n, 3);
    for (uint32_t k = 0; k < i->pairs.n; k++) {
        instruction_place(i, i->pairs.at[k].value, &off, &len);
        assert_true(str_eq(str_slice(text, off, len), i->pairs.at[k].value));
    }
    instruction_place(i, STR("elsewhere"), &off, &len);
    assert_true(str_eq(str_slice(text, off, len), STR("ENV")));
}

/* A line can be as long as BuildKit's buffer. */
static void test_long_lines(void **state)
{
    struct fixture *f = *state;
    char *text = arena_alloc(&f->arena, 65540);
    memset(text, 'a', 65540);
    memcpy(text, "RUN ", 4);
    for (size_t n = 65533; n < 65540; n++) {
        struct findings found = {.arena = &f->arena};
        struct dockerfile d;
        dockerfile_parse(&d, (struct str){text, n}, &found);
        assert_int_equal(d.parsed, n < 65536);
        text[n - 1] = '\n';
        dockerfile_parse(&d, (struct str){text, n}, &found);
        assert_int_equal(d.parsed, n <= 65536);
        text[n - 1] = 'a';
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_cases), TEST(test_places),
                                       TEST(test_long_lines)};
    return tap_run(tests, NULL, NULL);
}
