/* SPDX-License-Identifier: MIT */
/* Templates made at random (but always the same ones) whose lines say where
 * they come from. A line of an output is
 *
 *     L17x <T3x T9x>
 *
 * where L17x is in only one line of all files, and <@{t}> gives the tags of the
 * calls that led there, since each call adds its own to the parameter t. So the
 * place and the chain of each line are known without asking the positions,
 * which must say the same. */

#include "check.h"

#include "../tap.h"
#include "driver/linemap.h"

#include <stdio.h>

enum {
    MACROS = 5, /* in the root template; as many in the library */
    FILES = 4,  /* to be included */
    MOST = 1 << 16
};

struct text {
    char name[16];
    char bytes[MOST];
    size_t len;
    bool defers; /* has an @defer somewhere, which is not allowed everywhere */
};

/* The template, its library, and the files that are included. */
static struct text root, library, includes[FILES];
static bool macro_defers[MACROS];

static struct {
    uint32_t random;
    struct text *to;
    const char *eol;
    unsigned tags; /* given so far */
    unsigned depth;
    unsigned macros, files; /* only those with a lower number can be used */
    bool in_library;
    bool plain;  /* no @defer here */
    bool inside; /* no @file here */
} g;

static uint32_t next(uint32_t n)
{
    g.random = g.random * 1664525u + 1013904223u;
    return (g.random >> 8) % n;
}

__attribute__((format(printf, 1, 2))) static void put(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct text *t = g.to;
    int n = vsnprintf(t->bytes + t->len, MOST - t->len, fmt, ap);
    va_end(ap);
    assert_true(n >= 0 && (size_t)n < MOST - t->len);
    t->len += (size_t)n;
}

static void put_indent(void)
{
    static const char *const indents[] = {"", "", "  ", "\t", "      "};
    put("%s", indents[next(sizeof indents / sizeof *indents)]);
}

static void put_block(void);

/* --- the parts of a block --- */

static void put_line(void)
{
    static const char *const tails[] = {"", " \\", "\xf0\x9f\x90\xb3@{t}",
                                        " @@{x}", " #"};
    put_indent();
    put("L%ux <@{t}>%s%s", ++g.tags, tails[next(sizeof tails / sizeof *tails)],
        g.eol);
}

static void put_value(void)
{
    static const char *const tails[] = {"", "\\n", "\\nmore\\n", "\\n\\nx"};
    put_indent();
    if (next(5) == 0)
        put("@{v(\"\")}%s", g.eol);
    else
        put("@{v(\"V%ux <@{t}>%s\")}%s", ++g.tags,
            tails[next(sizeof tails / sizeof *tails)], g.eol);
}

/* "name(t=…", of a macro that can be called here; false if there is none. */
static bool put_callee(const char *before)
{
    unsigned i = next(MACROS);
    if (i >= g.macros || (g.plain && macro_defers[i]))
        return false;
    put_indent();
    put("%s%sm%u(t=\"@{t} T%ux\"", before,
        !g.in_library && next(2) ? "lib." : "", i, ++g.tags);
    g.to->defers |= macro_defers[i];
    return true;
}

static void put_call(void)
{
    if (!put_callee("@"))
        return;
    put(next(3) ? ")%s" : ", body=\"\")  # a comment%s", g.eol);
}

static void put_call_block(void)
{
    if (!put_callee("@call "))
        return;
    put(")%s", g.eol);
    bool plain = g.plain, inside = g.inside;
    g.plain = g.inside = true;
    put_block();
    put("@end%s", g.eol);
    g.plain = plain;
    g.inside = inside;
}

static void put_include(void)
{
    unsigned i = next(FILES);
    if (i >= g.files || g.in_library || (g.plain && includes[i].defers))
        return;
    put("@include \"f%u.in\"%s", i, g.eol);
    g.to->defers |= includes[i].defers;
}

static void put_defer(void)
{
    bool inside = g.inside;
    if (g.plain)
        return;
    g.inside = g.to->defers = true;
    put("@defer%s", g.eol);
    put_block();
    put("@end%s", g.eol);
    g.inside = inside;
}

static void put_file(void)
{
    if (g.inside)
        return;
    g.inside = true;
    put("@file \"o%u\"%s", ++g.tags, g.eol);
    put_block();
    put("@end%s", g.eol);
    g.inside = false;
}

static void put_join(void)
{
    bool plain = g.plain, inside = g.inside;
    g.plain = g.inside = true;
    put("@join %s%s", next(2) ? "\" && \\\\\"" : "\",\"", g.eol);
    put_block();
    put("@end%s", g.eol);
    g.plain = plain;
    g.inside = inside;
}

static void put_loop(void)
{
    bool inside = g.inside;
    g.inside = true; /* or two outputs would have one name */
    put("@for i in [1, 2]%s", g.eol);
    put_block();
    put("@end%s", g.eol);
    g.inside = inside;
}

static void put_if(void)
{
    put("@if %s%s", next(3) ? "true" : "t == \"?\"", g.eol);
    put_block();
    put("@end%s", g.eol);
}

static void put_raw(void)
{
    put("@raw%sL%ux @{t} @if%s%s@end%s", g.eol, ++g.tags, g.eol,
        next(2) ? g.eol : "", g.eol);
}

static void put_blank(void)
{
    put("%s%s", next(3) ? "" : " ", g.eol);
}

static void put_block(void)
{
    static void (*const ways[])(void) = {
        put_line, put_line,       put_line, put_value,   put_value, put_call,
        put_call, put_call_block, put_call, put_include, put_defer, put_file,
        put_join, put_loop,       put_if,   put_raw,     put_blank};
    if (++g.depth < 5)
        for (unsigned left = next(5); left > 0; left--)
            ways[next(sizeof ways / sizeof *ways)]();
    g.depth--;
}

/* --- files --- */

static void begin(struct text *t, const char *name)
{
    snprintf(t->name, sizeof t->name, "%s", name);
    t->len = 0;
    t->defers = false;
    g.to = t;
    g.eol = next(4) ? "\n" : "\r\n";
}

/* The same macros for both, so that calls of either can be made. */
static void put_macros(void)
{
    put("@define v(x) = x%s", g.eol);
    for (g.macros = 0; g.macros < MACROS; g.macros++) {
        g.to->defers = false;
        put("@define m%u(t, body=\"\")%s", g.macros, g.eol);
        put_block();
        if (next(2)) {
            put_indent();
            put(next(2) ? "@{body}%s" : "L%2$ux <@{t}> @{body}%1$s", g.eol,
                ++g.tags);
        }
        put_block();
        put("@end%s", g.eol);
        macro_defers[g.macros] |= g.to->defers;
    }
}

static void make_includes(void)
{
    for (g.files = 0; g.files < FILES; g.files++) {
        struct text *t = &includes[g.files];
        begin(t, (char[]){'f', (char)('0' + g.files), '.', 'i', 'n', '\0'});
        if (next(4) == 0)
            put("\xef\xbb\xbf");
        for (int i = 0; i < 3; i++)
            put_block();
        if (next(2) && t->len > 2 && t->bytes[t->len - 1] == '\n' &&
            t->bytes[t->len - 2] != 'd') /* not of an "@end" */
            t->len--;
    }
}

static void make(uint32_t seed)
{
    memset(&g, 0, sizeof g);
    memset(macro_defers, 0, sizeof macro_defers);
    g.random = seed;
    g.inside = g.in_library = true;
    begin(&library, "lib.spp");
    put_macros();
    g.in_library = false;
    begin(&root, "t.in");
    put("@import \"lib.spp\"%s@let t = \"\"%s", g.eol, g.eol);
    put_macros();
    struct text *template = g.to;
    const char *eol = g.eol;
    make_includes();
    g.to = template;
    g.eol = eol;
    g.inside = false;
    for (int i = 0; i < 6; i++)
        put_block();
}

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    const struct text *found = NULL;
    (void)context;
    if (strcmp(path, library.name) == 0)
        found = &library;
    for (int i = 0; i < FILES; i++)
        if (strcmp(path, includes[i].name) == 0)
            found = &includes[i];
    if (!found)
        return 1;
    *bytes = found->bytes;
    *len = found->len;
    return 0;
}

/* --- what the output must be --- */

/* The length of "L17x" at the start of text; 0 if it is not there. */
static size_t tag_length(struct str text, char letter)
{
    size_t n = 1;
    if (text.len < 3 || text.ptr[0] != letter)
        return 0;
    while (n < text.len && ascii_is_digit(text.ptr[n]))
        n++;
    return n > 1 && n < text.len && text.ptr[n] == 'x' ? n + 1 : 0;
}

/* The number of macros in the chain. */
static uint32_t count_calls(const struct trace *t)
{
    uint32_t n = 0;
    for (; t; t = t->up)
        n += t->kind == TRACE_MACRO;
    return n;
}

/* Link number i of the calls in the chain, the outermost being 0. */
static const struct trace *call_at(const struct trace *t, uint32_t i)
{
    while (t->kind != TRACE_MACRO || count_calls(t->up) != i)
        t = t->up;
    return t;
}

/* The outermost calls of the chain have the first tags of path; with `all`, it
 * has them all; after them may follow the macros that wrote a block. */
static void check_path(const struct trace *chain, struct str path, bool all)
{
    uint32_t n = count_calls(chain);
    for (uint32_t i = 0; i < n; i++) {
        size_t end = str_chr(path, ' ', 0);
        struct str tag = str_slice(path, 0, end);
        const struct trace *t = call_at(chain, i);
        struct str before = str_slice(t->at.source->text, 0, t->at.off);
        bool found = tag.len > 0 &&
                     str_find(source_span_text(t->at), tag, 0) != STR_NONE;
        if (!found && str_ends(before, STR("@call ")))
            return;
        assert_true(found);
        path = str_from_off(path, end == STR_NONE ? path.len : end + 1);
    }
    assert_true(!all || path.len == 0);
}

/* The indentations of a line with that path came from the calls that led
 * there. */
static void check_indents(const struct linemap *m, const char *text, size_t at,
                          struct str path)
{
    struct origin o;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) {
        assert_true(linemap_at(m, --at, &o));
        if (o.kind == ORIGIN_MADE)
            check_path(o.chain, path, false);
    }
}

/* At `at` of text is a tag of `len` bytes. */
static void check_tag(const struct linemap *m, struct str text, size_t at,
                      size_t len)
{
    struct origin o;
    assert_true(linemap_at(m, at, &o));
    struct str from = source_span_text(o.span), tag = str_slice(text, at, len);
    if (tag.ptr[0] == 'V') {
        assert_int_equal(o.kind, ORIGIN_VALUE);
        assert_int_not_equal(str_find(from, tag, 0), STR_NONE);
    } else {
        assert_int_equal(o.kind, ORIGIN_TEXT);
        assert_true(str_starts(from, tag));
    }
    struct str rest = str_from_off(text, at + len);
    if (!str_starts(rest, STR(" <")))
        return;
    struct str path = str_trim(str_slice(rest, 2, str_chr(rest, '>', 0) - 2));
    check_path(o.chain, path, true);
    check_indents(m, text.ptr, at, path);
}

static unsigned check_tags(stagepp_session *s)
{
    unsigned n = 0;
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        stagepp_output out = stagepp_get_output(s, i);
        const struct linemap *m = linemap_get(s, i);
        assert_non_null(m);
        for (size_t at = 0; at < out.len; at++) {
            struct str text = {out.bytes, out.len};
            struct str rest = str_from_off(text, at);
            size_t len = tag_length(rest, 'L') + tag_length(rest, 'V');
            if (len > 0)
                check_tag(m, text, at, len);
            n += len > 0;
        }
    }
    return n;
}

static void places_are_known(void **state)
{
    unsigned tags = 0, good = 0;
    (void)state;
    for (uint32_t seed = 1; seed <= 1500; seed++) {
        make(seed);
        stagepp_session *s = stagepp_new();
        assert_non_null(s);
        stagepp_set_loader(s, load, NULL);
        stagepp_set_recording(s, seed % 2);
        stagepp_status status =
            stagepp_expand_buffer(s, "t.in", root.bytes, root.len);
        size_t len;
        if (status != STAGEPP_OK)
            print_message("%s\n", stagepp_diagnostics(s, STAGEPP_TEXT, &len));
        assert_int_equal(status, STAGEPP_OK);
        assert_int_equal(check_outputs(s), 0);
        tags += check_tags(s);
        good++;
        stagepp_free(s);
    }
    assert_true(good > 1000 && tags > 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_are_known)};
    return tap_run(tests, NULL, NULL);
}
