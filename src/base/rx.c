/* SPDX-License-Identifier: MIT */
/* One compiled pattern and one match at a time: the cache owns the patterns,
 * and the match data of the last match. PCRE2 uses malloc through its own
 * default; we look at what it returns and jump only outside its frames. */
#include "base/rx.h"

#include "base/foreign.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Bytes of subjects that a pattern has seen before it is worth a translation
 * into machine code: that takes as long as a pass over a few thousand. */
enum {
    JIT_FROM = 8192
};

/* Steps of PCRE2's that every match may take at each offset. */
enum {
    FIRST_TRY = 200,
    WINDOW = 1 << 20 /* at most, in all offsets of a window together */
};

/* PCRE2 counts no steps while it passes over bytes, as many as are left at each
 * offset where a match may begin. So many of them are a step of the run, and so
 * many there are at most in a window, which is paid for when it was searched.
 * What costs less than a few steps is not looked at. */
enum {
    SCAN_STEP = 12, /* 4096 */
    SCAN_WINDOW = 1 << 25,
    SCAN_LOOK = 14, /* to look for a byte is faster */
    SCAN_FREE = 4
};

struct rx {
    struct rx *next;
    pcre2_code *code;
    uint32_t groups;
    bool anchored; /* it matches at the first offset only */
    bool divides;  /* no offset matters to another */
    bool runs;     /* it may pass over more bytes than it has itself */
    bool by_line;  /* it matches at the beginning of a line only */
    int first; /* the byte that it begins with, of either case; -1: any … */
    const uint8_t *starts; /* … or, if not NULL, that has its bit here */
    uint32_t seen;         /* bytes; JIT_FROM: it is translated */
};

struct rx_cache {
    struct fault *fault;
    struct arena arena;     /* patterns' texts and entries */
    struct map patterns[2]; /* regular expressions, globs */
    VEC(struct rx *) compiled[2];
    struct rx *all;
    pcre2_compile_context *compiling;
    pcre2_match_context *context;
    pcre2_match_data *data;
    uint32_t data_groups; /* room in data */
    uint32_t matched;     /* groups of the last match */
};

struct rx_cache *rx_cache_new(struct fault *fault)
{
    struct rx_cache *c = calloc(1, sizeof *c);
    if (!c)
        fault_raise(fault, LIMIT_NO_MEMORY);
    c->fault = fault;
    arena_init(&c->arena, fault);
    return c;
}

void rx_cache_free(struct rx_cache *c)
{
    for (struct rx *rx = c->all; rx; rx = rx->next)
        pcre2_code_free(rx->code);
    pcre2_match_data_free(c->data);
    pcre2_match_context_free(c->context);
    pcre2_compile_context_free(c->compiling);
    arena_free(&c->arena);
    free(c);
}

static void say(struct rx_error *err, int code, size_t offset)
{
    err->offset = offset;
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)err->message,
                                sizeof err->message) < 0)
        snprintf(err->message, sizeof err->message, "PCRE2 error %d", code);
    foreign_wrote_cstr(err->message);
}

static bool has_any(struct str pattern, const char *characters)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.ptr[i] && strchr(characters, pattern.ptr[i]))
            return true;
    return false;
}

/* What PCRE2 knows of the bytes that a match begins with. */
static void look_for_starts(struct rx *rx)
{
    uint32_t kind = 0, first = 0;
    const uint8_t *starts = NULL;
    pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTCODETYPE, &kind);
    pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTCODEUNIT, &first);
    pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTBITMAP, (void *)&starts);
    foreign_wrote(&kind, sizeof kind);
    foreign_wrote(&first, sizeof first);
    foreign_wrote(&starts, sizeof starts);
    rx->by_line = kind == 2;
    rx->first = kind == 1 ? (int)first : -1;
    rx->starts = starts;
    if (starts)
        foreign_wrote(starts, 32);
}

static const struct rx *compile(struct rx_cache *c, struct str pattern,
                                uint32_t options, struct rx_error *err)
{
    int code;
    PCRE2_SIZE offset;
    struct rx *rx = arena_new(&c->arena, struct rx);
    if (!c->compiling)
        c->compiling = pcre2_compile_context_create(NULL);
    if (!c->compiling)
        fault_raise(c->fault, LIMIT_NO_MEMORY);
    /* Not what this build of PCRE2 was configured to: the same everywhere. */
    pcre2_set_newline(c->compiling, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(c->compiling, PCRE2_BSR_UNICODE);
    rx->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                             options | PCRE2_USE_OFFSET_LIMIT, &code, &offset,
                             c->compiling);
    if (!rx->code) {
        foreign_wrote(&code, sizeof code);
        foreign_wrote(&offset, sizeof offset);
        if (code == PCRE2_ERROR_HEAP_FAILED)
            fault_raise(c->fault, LIMIT_NO_MEMORY);
        say(err, code, offset);
        return NULL;
    }
    rx->next = c->all;
    c->all = rx;
    rx->seen = 0;
    uint32_t all = 0;
    pcre2_pattern_info(rx->code, PCRE2_INFO_ALLOPTIONS, &all);
    rx->anchored = (all & PCRE2_ANCHORED) != 0;
    /* (*COMMIT) and the like end the search, \G is where it began. */
    rx->divides = str_find(pattern, STR("(*"), 0) == STR_NONE &&
                  str_find(pattern, STR("\\G"), 0) == STR_NONE;
    rx->runs = has_any(pattern, "*+{?\\");
    look_for_starts(rx);
    pcre2_pattern_info(rx->code, PCRE2_INFO_CAPTURECOUNT, &rx->groups);
    foreign_wrote(&rx->groups, sizeof rx->groups);
    rx->groups++;
    return rx;
}

static const struct rx *cached(struct rx_cache *c, int kind, struct str text)
{
    uint32_t i = map_find(&c->patterns[kind], text);
    return i == MAP_NONE ? NULL : c->compiled[kind].at[i];
}

static void remember(struct rx_cache *c, int kind, struct str text,
                     const struct rx *rx)
{
    struct rx *entry = (struct rx *)rx;
    struct str key = arena_str(&c->arena, text);
    /* Without what a jump between the two has left. */
    c->compiled[kind].n = c->patterns[kind].n;
    vec_push(&c->arena, &c->compiled[kind], entry);
    map_put(&c->patterns[kind], &c->arena, key, NULL);
}

const struct rx *rx_compile(struct rx_cache *c, struct str pattern,
                            struct rx_error *err)
{
    const struct rx *rx = cached(c, 0, pattern);
    if (!rx) {
        rx = compile(c, pattern, PCRE2_NEVER_BACKSLASH_C, err);
        if (rx)
            remember(c, 0, pattern, rx);
    }
    return rx;
}

const struct rx *rx_compile_glob(struct rx_cache *c, struct str glob,
                                 struct rx_error *err)
{
    PCRE2_UCHAR *text = NULL;
    PCRE2_SIZE len = 0;
    const struct rx *rx = cached(c, 1, glob);
    if (rx)
        return rx;
    /* First its length: memory of PCRE2's own would be lost by a jump. */
    int code = pcre2_pattern_convert((PCRE2_SPTR)glob.ptr, glob.len,
                                     PCRE2_CONVERT_GLOB, NULL, &len, NULL);
    foreign_wrote(&len, sizeof len);
    if (code == 0) {
        text = arena_alloc(&c->arena, ++len);
        code = pcre2_pattern_convert((PCRE2_SPTR)glob.ptr, glob.len,
                                     PCRE2_CONVERT_GLOB, &text, &len, NULL);
        foreign_wrote(text, len);
    }
    if (code != 0) {
        say(err, code, len);
        return NULL;
    }
    struct str pattern = {(const char *)text, len};
    rx = compile(c, pattern, PCRE2_DOTALL, err);
    if (rx)
        remember(c, 1, glob, rx);
    return rx;
}

/* The context with the limits of now, and room for the groups. */
static void prepare(struct rx_cache *c, const struct rx *rx)
{
    const uint64_t *max = c->fault->limits.max;
    if (!c->context)
        c->context = pcre2_match_context_create(NULL);
    if (c->data_groups < rx->groups) {
        pcre2_match_data_free(c->data);
        c->data = pcre2_match_data_create(rx->groups, NULL);
        c->data_groups = c->data ? rx->groups : 0;
    }
    if (!c->context || !c->data)
        fault_raise(c->fault, LIMIT_NO_MEMORY);
    pcre2_set_depth_limit(c->context, (uint32_t)max[LIMIT_MATCH]);
    pcre2_set_heap_limit(c->context, (uint32_t)max[LIMIT_HEAP]);
}

/* Most patterns check a word or two. Where there is no JIT the interpreter does
 * the same. */
static void translate(struct rx *rx, size_t len)
{
    if (rx->seen == JIT_FROM)
        return;
    if (len < JIT_FROM - rx->seen) {
        rx->seen += (uint32_t)len;
    } else {
        (void)pcre2_jit_compile(rx->code, PCRE2_JIT_COMPLETE);
        rx->seen = JIT_FROM;
    }
}

/* pcre2_match, and again without JIT when that has too little stack: it is
 * faster, but shall make no difference. */
static int run_once(struct rx_cache *c, const struct rx *rx, struct str subject,
                    size_t from, uint32_t options)
{
    PCRE2_SPTR at = (PCRE2_SPTR)subject.ptr;
    int n = pcre2_match(rx->code, at, subject.len, from, options, c->data,
                        c->context);
    if (n == PCRE2_ERROR_JIT_STACKLIMIT)
        n = pcre2_match(rx->code, at, subject.len, from, options | PCRE2_NO_JIT,
                        c->data, c->context);
    return n;
}

static bool may_begin(const struct rx *rx, struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (rx->by_line)
        return at == 0 || s.ptr[at - 1] == '\n';
    if (rx->first >= 0)
        return ascii_lower((char)c) == ascii_lower((char)rx->first);
    return !rx->starts || rx->starts[c / 8] & 1 << c % 8;
}

/* The end of the window of offsets that begins at `from`: a match may begin at
 * no more than `most` of them. */
static size_t window_end(const struct rx *rx, struct str s, size_t from,
                         uint64_t most)
{
    if (s.len - from < most)
        return s.len + 1;
    for (size_t at = from; at < s.len; at++)
        if (may_begin(rx, s, at) && most-- == 0)
            return at;
    return s.len + 1;
}

/* The bytes that a search of the offsets in [from, to) may have passed over,
 * and those that it may have looked at before it began. */
static void pay_for_scan(struct rx_cache *c, const struct rx *rx, struct str s,
                         size_t from, size_t to)
{
    uint64_t left = s.len - from + 1, n = 1;
    fault_steps(c->fault, left >> SCAN_LOOK);
    if (!rx->runs || (to - from) * left >> SCAN_STEP <= SCAN_FREE)
        return;
    for (size_t at = from; at < to && at < s.len; at++)
        n += may_begin(rx, s, at);
    fault_steps(c->fault, n * left >> SCAN_STEP);
}

/* Where the search that gave n has ended, of those offsets that it had. */
static size_t searched(struct rx_cache *c, int n, size_t from, size_t to)
{
    if (n <= 0)
        return to;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(c->data);
    foreign_wrote(at, sizeof *at);
    return *at >= from && *at < to ? *at + 1 : to;
}

/* In windows of offsets at which a match may begin, from *from on, which
 * becomes that of the last window. Each may take `most` steps of PCRE2's,
 * which are paid for before, if they are more than every match may take. */
static int run_windows(struct rx_cache *c, const struct rx *rx,
                       struct str subject, size_t *from, uint32_t options,
                       uint64_t most)
{
    bool dear = most > FIRST_TRY;
    int n;
    for (;;) {
        uint64_t starts = SCAN_WINDOW / (subject.len - *from + 1) + 1;
        if (dear && starts > WINDOW / most)
            starts = WINDOW / most + 1;
        size_t end = window_end(rx, subject, *from, starts);
        if (dear)
            fault_steps(c->fault, 1 + (starts * most >> 10));
        pcre2_set_offset_limit(c->context, end - 1);
        n = run_once(c, rx, subject, *from, options);
        pay_for_scan(c, rx, subject, *from, searched(c, n, *from, end));
        if (n != PCRE2_ERROR_NOMATCH || end > subject.len)
            break;
        *from = end;
    }
    pcre2_set_offset_limit(c->context, PCRE2_UNSET);
    return n;
}

/* All offsets at once, for the patterns that cannot do without. */
static int run_whole(struct rx_cache *c, const struct rx *rx,
                     struct str subject, size_t from, uint32_t options,
                     uint64_t most, bool anchored)
{
    size_t offsets = anchored ? 1 : subject.len - from + 1;
    if (most > FIRST_TRY)
        fault_steps(c->fault, 1 + (most * offsets >> (anchored ? 6 : 10)));
    pay_for_scan(c, rx, subject, from, from + offsets);
    return run_once(c, rx, subject, from, options);
}

/* PCRE2 counts its steps, but does not tell how many there were, and begins
 * anew at each offset of the subject; so one match could take hours below the
 * limit. Few steps are tried first. When they do not suffice, more are paid for
 * with steps of the run, by what the next try may take at most. */
static int run(struct rx_cache *c, const struct rx *rx, struct str subject,
               size_t from, uint32_t options)
{
    uint64_t max = c->fault->limits.max[LIMIT_MATCH];
    uint64_t most = max < FIRST_TRY ? max : FIRST_TRY;
    bool anchored = rx->anchored || options & PCRE2_ANCHORED;
    int n;
    prepare(c, rx);
    translate((struct rx *)rx, subject.len - from);
    for (;;) {
        pcre2_set_match_limit(c->context, (uint32_t)most);
        n = rx->divides && !anchored
                ? run_windows(c, rx, subject, &from, options, most)
                : run_whole(c, rx, subject, from, options, most, anchored);
        if (n != PCRE2_ERROR_MATCHLIMIT || most == max)
            break;
        most = most * 4 < max ? most * 4 : max;
    }
    c->matched = n > 0 ? (uint32_t)n : 0;
    foreign_wrote(pcre2_get_ovector_pointer(c->data),
                  2 * rx->groups * sizeof(PCRE2_SIZE));
    return n;
}

static enum rx_status status_of(struct rx_cache *c, int n, struct rx_error *err)
{
    if (n > 0)
        return RX_MATCH;
    switch (n) {
    case PCRE2_ERROR_NOMATCH:
        return RX_NO_MATCH;
    case PCRE2_ERROR_NOMEMORY:
        fault_raise(c->fault, LIMIT_NO_MEMORY);
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        say(err, n, 0);
        return RX_LIMIT;
    default:
        say(err, n, 0);
        return RX_ERROR;
    }
}

enum rx_status rx_match(struct rx_cache *c, const struct rx *rx,
                        struct str subject, size_t from, struct rx_error *err)
{
    /* "(*UTF)" patterns: the first match has looked at the whole subject. */
    uint32_t options = from ? PCRE2_NO_UTF_CHECK : 0;
    return status_of(c, run(c, rx, subject, from, options), err);
}

/* The offset behind the character at `at`: a byte, but with "(*UTF)" more. */
static size_t next_char(const struct rx *rx, struct str s, size_t at)
{
    uint32_t options = 0;
    pcre2_pattern_info(rx->code, PCRE2_INFO_ALLOPTIONS, &options);
    foreign_wrote(&options, sizeof options);
    at++;
    while (options & PCRE2_UTF && at < s.len &&
           ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
        at++;
    return at;
}

enum rx_status rx_match_again(struct rx_cache *c, const struct rx *rx,
                              struct str subject, size_t from,
                              struct rx_error *err)
{
    int n = run(c, rx, subject, from,
                PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK);
    if (n != PCRE2_ERROR_NOMATCH)
        return status_of(c, n, err);
    if (from >= subject.len)
        return RX_NO_MATCH;
    return rx_match(c, rx, subject, next_char(rx, subject, from), err);
}

unsigned rx_groups(const struct rx *rx)
{
    return rx->groups;
}

bool rx_group(const struct rx_cache *c, unsigned i, size_t *start, size_t *end)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(c->data);
    /* \K in a lookahead can put the start behind the end. */
    if (i >= c->matched || at[2 * i] == PCRE2_UNSET ||
        at[2 * i] > at[2 * i + 1])
        return false;
    *start = at[2 * i];
    *end = at[2 * i + 1];
    return true;
}
