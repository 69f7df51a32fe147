/* SPDX-License-Identifier: MIT */
/* The places are checked as text, without asking the parser, so that its
 * mistakes are found, too. */
#include "check.h"

#include "driver/linemap.h"

#include <stdio.h>

struct check {
    const struct source *root;
    struct str text; /* of the output */
    size_t at;
    struct origin o;
    unsigned wrong;
};

static void objection(struct check *c, const char *what)
{
    const struct span *s = &c->o.span;
    uint32_t line = 0, col = 0;
    if (c->wrong++ >= 10)
        return;
    if (s->source)
        source_locate(s->source, s->off, &line, &col);
    struct str name = s->source ? s->source->name : STR("nowhere");
    fprintf(stderr, "# byte %zu, said to be of %.*s:%u:%u: %s\n", c->at,
            STR_ARG(name), line, col, what);
}

static bool in_source(struct span s)
{
    return s.source && s.len <= s.source->text.len &&
           s.off <= s.source->text.len - s.len;
}

/* --- a place --- */

static void check_text(struct check *c, size_t end)
{
    struct str text = source_span_text(c->o.span);
    if (text.len != end - c->at)
        objection(c, "the span is not as long as its bytes");
    else if (!str_eq(text, str_slice(c->text, c->at, text.len)))
        objection(c, "there are other bytes at the place");
}

/* True if text is @word and not a longer word. */
static bool is_directive(struct str text, const char *word)
{
    struct str rest = str_from_off(text, strlen(word));
    return str_starts(text, str_from(word)) &&
           !(rest.len && ascii_is_name(rest.ptr[0]));
}

static void check_value(struct check *c)
{
    struct str text = source_span_text(c->o.span);
    bool call = text.len > 1 && text.ptr[0] == '@' &&
                ascii_is_name_start(text.ptr[1]) && str_ends(text, STR(")"));
    if (!call && !(str_starts(text, STR("@{")) && str_ends(text, STR("}"))))
        objection(c, "the value's place is not an insertion");
}

/* True if t is an @call before the place, whose block may hold it. */
static bool gives_block(const struct check *c, const struct trace *t)
{
    struct str before = str_slice(t->at.source->text, 0, t->at.off);
    return t->kind == TRACE_MACRO && t->at.source == c->o.span.source &&
           t->at.off < c->o.span.off && str_ends(before, STR("@call "));
}

/* What join() puts between parts of a block. */
static bool is_in_block(const struct check *c)
{
    const struct trace *t = c->o.chain;
    while (t && !gives_block(c, t))
        t = t->up;
    return t != NULL;
}

static void check_made(struct check *c, size_t end)
{
    struct str text = source_span_text(c->o.span);
    if (is_directive(text, "@join") || is_directive(text, "@include") ||
        is_directive(text, "@sinclude") || is_in_block(c))
        return;
    if (!str_is_blank(text) || text.len == 0)
        objection(c, "nothing is added there");
    else if (!str_is_blank(str_slice(c->text, c->at, end - c->at)))
        objection(c, "an indentation is not blank");
}

/* --- its chain --- */

static struct str macro_name(struct str call)
{
    size_t dot = str_chr(call, '.', 0);
    return dot == STR_NONE ? call : str_from_off(call, dot + 1);
}

/* Offset after the bracket that closes the one at `at`. */
static size_t behind_brackets(struct str text, size_t at)
{
    unsigned depth = 0;
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '"' || c == '\'') {
            for (at++; at < text.len && text.ptr[at] != c; at++)
                at += c == '"' && text.ptr[at] == '\\';
        } else if (c == '#') {
            at = str_chr(text, '\n', at) - 1;
        } else if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if ((c == ')' || c == ']' || c == '}') && --depth == 0) {
            return at + 1;
        }
    }
    return text.len;
}

/* The bodies of the text macros of a source. */
struct body {
    struct str name; /* len 0: none */
    size_t from, to;
};

static struct {
    const struct source *source;
    struct body list[2000];
    size_t n;
} bodies;

/* True if the line's '@' at offset `at` begins the directive: a blank or the
 * end of the line follows the word. */
static bool begins(struct str text, size_t at, const char *word)
{
    struct str rest = str_from_off(text, at + 1 + strlen(word));
    return str_starts(str_from_off(text, at + 1), str_from(word)) &&
           (rest.len == 0 || ascii_is_blank(rest.ptr[0]) ||
            str_starts(rest, STR("\n")) || str_starts(rest, STR("\r\n")) ||
            str_eq(rest, STR("\r")));
}

static size_t next_line(struct str text, size_t at)
{
    at = str_chr(text, '\n', at);
    return at == STR_NONE ? text.len : at + 1;
}

/* Where the "@end" of the @raw at offset `at` is: up to there everything is
 * text, whatever it looks like. */
static size_t end_of_raw(struct str text, size_t at)
{
    for (at = next_line(text, at); at < text.len; at = next_line(text, at)) {
        size_t sign = str_span(text, at, ASCII_BLANK);
        if (sign >= text.len || text.ptr[sign] != '@' ||
            !begins(text, sign, "end"))
            continue;
        struct str rest = str_from_off(text, sign + 4);
        rest = str_trim(str_slice(rest, 0, str_chr(rest, '\n', 0)));
        rest = str_trim(str_slice(rest, 0, str_chr(rest, '#', 0)));
        if (rest.len == 0 || str_eq(rest, STR("raw")))
            return sign;
    }
    return text.len;
}

/* The "@define" at offset `at`; returns the offset to go on at. */
static size_t read_define(struct str text, size_t at, struct body *body)
{
    size_t open = str_chr(text, '(', at);
    size_t end = behind_brackets(text, open);
    body->name = str_trim(str_slice(text, at + 7, open - at - 7));
    body->from = end;
    if (str_starts(str_from_off(text, str_span(text, end, ASCII_BLANK)),
                   STR("=")))
        body->name.len = 0; /* a value, in this line */
    return end;
}

/* A directive after the '@' at offset `at`; returns the offset to go on at. In
 * a body, *depth is the number of blocks that are open in it. */
static size_t read_directive(struct str text, size_t at, struct body *body,
                             unsigned *depth)
{
    static const char *const openers[] = {"if",   "for",   "call",  "file",
                                          "join", "defer", "block", "function"};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        *depth += begins(text, at, openers[i]);
    if (begins(text, at, "raw"))
        return end_of_raw(text, at);
    if (begins(text, at, "end") && *depth > 0) {
        --*depth;
    } else if (begins(text, at, "end") && body->name.len > 0) {
        body->to = at;
        bodies.list[bodies.n++] = *body;
        body->name.len = 0;
    } else if (begins(text, at, "define")) {
        *depth = 0;
        return read_define(text, at, body);
    }
    return at;
}

static void find_bodies(const struct source *s)
{
    struct body body = {{"", 0}, 0, 0};
    unsigned depth = 0;
    bodies.source = s;
    bodies.n = 0;
    size_t at = str_starts(s->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    while (at < s->text.len) {
        at = str_span(s->text, at, ASCII_BLANK);
        if (at < s->text.len && s->text.ptr[at] == '@')
            at = read_directive(s->text, at, &body, &depth);
        at = next_line(s->text, at);
    }
}

/* The macro whose body contains offset `at` of s; len 0 if there is none. */
static struct str macro_around(const struct source *s, size_t at)
{
    if (bodies.source != s)
        find_bodies(s);
    for (size_t i = 0; i < bodies.n; i++)
        if (at >= bodies.list[i].from && at < bodies.list[i].to)
            return bodies.list[i].name;
    return (struct str){"", 0};
}

static void check_link(struct check *c, const struct trace *t)
{
    struct str text = in_source(t->at) ? source_span_text(t->at) : STR("");
    if (text.len == 0)
        objection(c, "a link of the chain has no place");
    else if (t->kind == TRACE_MACRO && str_find(text, t->name, 0) == STR_NONE)
        objection(c, "a link of the chain is not a call of its macro");
    else if (t->kind == TRACE_INCLUDE && !is_directive(text, "@include") &&
             !is_directive(text, "@sinclude"))
        objection(c, "a link of the chain is not an include");
    else if (t->kind == TRACE_DEFER && !is_directive(text, "@defer"))
        objection(c, "a link of the chain is not a @defer");
    else if (t->kind == TRACE_BLOCK && (t != c->o.chain || str_is_blank(text)))
        objection(c, "a link of the chain is not a text that was made anew");
    if (t->depth != (t->up ? t->up->depth + 1 : 1))
        objection(c, "a link of the chain has a wrong count");
}

/* The chain that led to the place: of a block's text, that of the outermost
 * @call which may have given it, whose macro wrote it. */
static const struct trace *chain_of_place(const struct check *c,
                                          struct str around)
{
    const struct trace *t = c->o.chain, *found;
    while (t && t->kind == TRACE_BLOCK) /* the place is where it was made */
        t = t->up;
    found = t;
    while (t && t->kind == TRACE_DEFER)
        t = t->up;
    if (t && t->kind == TRACE_MACRO && str_eq(macro_name(t->name), around))
        return t;
    for (; t; t = t->up)
        if (gives_block(c, t))
            found = t->up;
    return found;
}

/* A place that is in a macro has a call of it as the innermost link. */
static void check_chain(struct check *c)
{
    const struct trace *t = c->o.chain;
    struct str around = macro_around(c->o.span.source, c->o.span.off);
    for (; t; t = t->up)
        check_link(c, t);
    t = chain_of_place(c, around);
    while (t && t->kind == TRACE_DEFER)
        t = t->up;
    bool in_macro = t && t->kind == TRACE_MACRO;
    if (!in_macro && t && t->kind == TRACE_INCLUDE &&
        !str_eq(t->name, c->o.span.source->name))
        objection(c, "the place is not in the file that is included");
    if (!t && c->o.span.source != c->root)
        objection(c, "the place is not in the root template");
    if (in_macro && !str_eq(macro_name(t->name), around))
        objection(c, "the place is not in the macro of the chain");
    if (!in_macro && around.len)
        objection(c, "the place is in a macro that the chain does not have");
}

/* --- an output --- */

static void check_stretch(struct check *c, size_t end)
{
    if (!in_source(c->o.span)) {
        objection(c, "the span is not in its source");
        return;
    }
    check_chain(c);
    if (c->o.kind == ORIGIN_TEXT)
        check_text(c, end);
    else if (c->o.kind == ORIGIN_VALUE)
        check_value(c);
    else
        check_made(c, end);
}

static unsigned check_output(stagepp_session *s, size_t i)
{
    stagepp_output out = stagepp_get_output(s, i);
    struct check c = {.root = s->input, .text = {out.bytes, out.len}};
    const struct linemap *m = linemap_get(s, i);
    /* Records take memory, and a fuzzer gives little. */
    if (!m && s->fault.which == LIMIT_MEMORY)
        return 0;
    if (!m) {
        fprintf(stderr, "# output '%s': positions are unknown\n", out.name);
        return 1;
    }
    while (c.at < out.len && linemap_at(m, c.at, &c.o)) {
        size_t end = linemap_end(m, c.at);
        check_stretch(&c, end);
        /* Ask for each byte by itself, too. */
        for (size_t at = c.at; at < end; at++) {
            struct origin o;
            if (!linemap_at(m, at, &o) || o.kind != c.o.kind ||
                (o.kind == ORIGIN_TEXT &&
                 o.span.source->text.ptr[o.span.off] != out.bytes[at]))
                objection(&c, "one of its bytes has another place");
        }
        c.at = end;
    }
    c.wrong += check_map(s, i);
    if (c.at != out.len || linemap_at(m, c.at, &c.o))
        objection(&c, "the places do not end with the output");
    return c.wrong;
}

unsigned check_outputs(stagepp_session *s)
{
    unsigned wrong = 0;
    bodies.source = NULL;
    for (size_t i = 0; i < stagepp_output_count(s); i++)
        wrong += check_output(s, i);
    return wrong;
}
