/* SPDX-License-Identifier: MIT */
/* Reads back the source map of an output as another tool would: each mapping
 * must agree with the positions, and each line must begin with one. */
#include "check.h"

#include "base/utf8.h"
#include "driver/linemap.h"

#include <stdio.h>
#include <stdlib.h>

struct reader {
    struct str text; /* of the output */
    const char *at;  /* in the mappings */
    const struct linemap *map;
    size_t line;    /* offset of the output's line */
    int64_t col;    /* generated */
    size_t off;     /* that is */
    int64_t col_at; /* column of off */
    int64_t source, source_line, source_col, name;
    struct source *sources[100]; /* those known so far */
    unsigned wrong;
};

static void objection(struct reader *r, const char *what)
{
    if (r->wrong++ < 10)
        fprintf(stderr, "# source map, at byte %zu of the output: %s\n", r->off,
                what);
}

/* The next number; false if there is none. */
static bool read_vlq(struct reader *r, int64_t *sum)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789+/";
    uint64_t n = 0;
    const char *digit;
    unsigned shift = 0, bits;
    do {
        digit = *r->at ? strchr(digits, *r->at) : NULL;
        if (!digit)
            return false;
        bits = (unsigned)(digit - digits);
        n |= (uint64_t)(bits & 31) << shift;
        shift += 5;
        r->at++;
    } while (bits & 32);
    *sum += n & 1 ? -(int64_t)(n >> 1) : (int64_t)(n >> 1);
    return true;
}

/* The UTF-16 code units of text; a byte order mark at its start is not one. */
static int64_t units(struct str text, bool file_start)
{
    int64_t n = 0;
    size_t at = file_start && str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    while (at < text.len) {
        size_t before = at;
        uint32_t cp = utf8_next(text, &at);
        n += cp == UTF8_INVALID || at - before < 4 ? 1 : 2;
    }
    return n;
}

/* Moves on to the byte at column r->col. */
static void find_byte(struct reader *r)
{
    if (r->off == 0 && str_starts(r->text, STR("\xef\xbb\xbf")) && r->col > 0)
        r->off = 3;
    while (r->off < r->text.len && r->col_at < r->col) {
        size_t next = r->off;
        utf8_next(r->text, &next);
        r->col_at += units(str_slice(r->text, r->off, next - r->off), false);
        r->off = next;
    }
    if (r->col_at != r->col)
        objection(r, "a mapping is beyond its line, or in a character");
}

/* The mapping agrees with what is known about its byte. */
static void compare(struct reader *r)
{
    struct origin o;
    if (!linemap_at(r->map, r->off, &o)) {
        objection(r, "there is no such byte");
        return;
    }
    /* A character whose bytes come from two places is mapped to the last. */
    size_t next = r->off;
    utf8_next(r->text, &next);
    if (linemap_end(r->map, r->off) < next)
        return;
    struct source *s = o.span.source;
    uint32_t line = source_line_of(s, o.span.off);
    uint32_t start = source_line_start(s, line);
    /* An offset inside a character has no column to compare. */
    struct str before = str_slice(s->text, start, o.span.off - start);
    if (utf8_valid(source_line(s, line)) && !utf8_valid(before))
        return;
    if (r->source_line != line - 1)
        objection(r, "another line");
    else if (r->source_col != units(before, start == 0))
        objection(r, "another column");
    if (r->source < 0 || r->source >= 100)
        return;
    if (!r->sources[r->source])
        r->sources[r->source] = s;
    else if (r->sources[r->source] != s)
        objection(r, "another source");
}

static void read_mapping(struct reader *r)
{
    if (!read_vlq(r, &r->col) || !read_vlq(r, &r->source) ||
        !read_vlq(r, &r->source_line) || !read_vlq(r, &r->source_col))
        objection(r, "no mapping");
    read_vlq(r, &r->name);
    find_byte(r);
    compare(r);
}

/* One line of the output and of the mappings. */
static void read_line(struct reader *r)
{
    r->col = r->col_at = 0;
    r->off = r->line;
    if (*r->at == ';' || !*r->at)
        objection(r, "the line has no mapping");
    for (bool first = true; *r->at && *r->at != ';'; first = false) {
        read_mapping(r);
        if (first && r->col != 0)
            objection(r, "the line does not begin with a mapping");
        if (*r->at == ',')
            r->at++;
        else if (*r->at && *r->at != ';')
            return;
    }
}

static void read_lines(struct reader *r)
{
    while (r->line < r->text.len && r->wrong < 10) {
        read_line(r);
        size_t end = str_chr(r->text, '\n', r->line);
        r->line = end == STR_NONE ? r->text.len : end + 1;
        r->at += *r->at == ';';
    }
    if (*r->at)
        objection(r, "there are mappings after the last line");
}

unsigned check_map(stagepp_session *s, size_t i)
{
    stagepp_output out = stagepp_get_output(s, i);
    struct reader r = {.text = {out.bytes, out.len}, .map = linemap_get(s, i)};
    stagepp_target target = {.only = out.name};
    const char *text;
    static const char field[] = "\"mappings\": \"";
    size_t len;
    if (stagepp_output_count(s) == 1)
        target.only = NULL;
    else if (!*out.name)
        target.main_path = target.only = "another name";
    if (target.only && strpbrk(target.only, "*?[\\"))
        return 0;
    if (!r.map || stagepp_source_map(s, &target, &text, &len) != STAGEPP_OK) {
        objection(&r, "there is no map");
        return r.wrong;
    }
    r.at = strstr(text, field) + sizeof field - 1;
    /* A template cannot put the field's name into the document. */
    char *copy = strndup(r.at, strcspn(r.at, "\""));
    r.at = copy;
    read_lines(&r);
    free(copy);
    return r.wrong;
}
