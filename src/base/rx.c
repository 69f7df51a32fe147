/* SPDX-License-Identifier: MIT */
/* Patterns are compiled once and kept in the cache, beside the data of the last
 * match. PCRE2 has memory from malloc: we look at what it returns, and jump
 * only outside its frames. */
#include "base/rx.h"

#include "base/foreign.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* So many bytes of subjects make a pattern worth a translation into machine
 * code, which takes as long as a pass over a few thousand. */
#define JIT_FROM 8192

/* PCRE2 counts the steps of a match anew at each offset where one may begin,
 * and does not count the bytes that a repetition passes over: with its limits
 * alone the search of a long text could take hours. So we search in windows of
 * such offsets and charge the run, before each window, for what PCRE2 can do
 * there at most: at each offset it can pass over the rest of the text, if the
 * pattern has a repetition, and take as many steps as its limit allows. That
 * limit is low at first, and raised when a match needs more, so most matches
 * are free. The first window is small, because a match that is found early must
 * not cost much; each is twice as large as the one before, because each is a
 * call. */
enum {
    FREE_STEPS = 200,       /* of PCRE2's: the first limit */
    STEP_BYTES = 64,        /* can be passed over in the time of such a step */
    FIRST_WINDOW = 1 << 14, /* bytes passed over; what costs less is free */
    LAST_WINDOW = 1 << 25,
    RUN_STEP = 12, /* 4096 bytes passed over are one step of the run, … */
    LOOK_STEP = 14 /* … and 16384 where only a first byte is looked for */
};

struct rx {
    pcre2_code *code;
    uint32_t groups;
    bool anchored;    /* it matches at the first offset only */
    bool divides;     /* no offset matters to another */
    bool repeats;     /* it may pass over more bytes than it has itself */
    bool utf;         /* it begins with (*UTF) */
    bool by_line;     /* it matches at the beginning of a line only */
    bool starts[256]; /* the bytes that a match may begin with */
    bool translated;  /* to machine code, in this run or an earlier one */
    uint32_t run;     /* the last one that used it */
    uint32_t seen;    /* bytes in that run, up to JIT_FROM */
};

/* Patterns that were compiled with the same options. */
struct patterns {
    struct map texts;
    VEC(struct rx *) compiled; /* beside texts; NULL: that is wrong */
};

struct rx_cache {
    struct fault *fault;
    uint32_t run;
    struct arena arena; /* patterns' texts and entries */
    struct patterns searched, whole;
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

static void patterns_free(struct patterns *p)
{
    for (uint32_t i = 0; i < p->compiled.n; i++)
        if (p->compiled.at[i])
            pcre2_code_free(p->compiled.at[i]->code);
}

void rx_cache_free(struct rx_cache *c)
{
    patterns_free(&c->searched);
    patterns_free(&c->whole);
    pcre2_match_data_free(c->data);
    pcre2_match_context_free(c->context);
    pcre2_compile_context_free(c->compiling);
    arena_free(&c->arena);
    free(c);
}

void rx_cache_begin(struct rx_cache *c)
{
    c->run++;
}

static void say(struct rx_error *err, int code, size_t offset)
{
    err->offset = offset;
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)err->message,
                                sizeof err->message) < 0)
        snprintf(err->message, sizeof err->message, "PCRE2 error %d", code);
    foreign_wrote_cstr(err->message);
}

/* False for patterns with (*COMMIT) and its like, which end a search, or with
 * \G, which is where it began. */
static bool divides(struct str pattern)
{
    while (str_starts(pattern, STR("(*UTF)")) ||
           str_starts(pattern, STR("(*UCP)")))
        pattern = str_from_off(pattern, 6);
    return str_find(pattern, STR("(*"), 0) == STR_NONE &&
           str_find(pattern, STR("\\G"), 0) == STR_NONE;
}

static uint32_t fact(const struct rx *rx, uint32_t what)
{
    uint32_t value = 0;
    pcre2_pattern_info(rx->code, what, &value);
    foreign_wrote(&value, sizeof value);
    return value;
}

/* The bytes that a match may begin with, as far as PCRE2 knows: one, of either
 * case, or those in a bitmap, or all. */
static void learn_starts(struct rx *rx)
{
    uint32_t kind = fact(rx, PCRE2_INFO_FIRSTCODETYPE);
    char first = ascii_lower((char)fact(rx, PCRE2_INFO_FIRSTCODEUNIT));
    const uint8_t *bits = NULL;
    pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTBITMAP, (void *)&bits);
    foreign_wrote(&bits, sizeof bits);
    if (bits)
        foreign_wrote(bits, 256 / 8);
    for (int i = 0; i < 256; i++)
        rx->starts[i] = kind == 1 ? ascii_lower((char)i) == first
                                  : !bits || (bits[i / 8] >> i % 8 & 1);
    if (rx->utf) /* these go on with a character */
        memset(rx->starts + 0x80, 0, 0x40);
    rx->by_line = kind == 2;
}

static void learn(struct rx *rx, struct str pattern)
{
    uint32_t options = fact(rx, PCRE2_INFO_ALLOPTIONS);
    rx->groups = fact(rx, PCRE2_INFO_CAPTURECOUNT) + 1;
    rx->anchored = (options & PCRE2_ANCHORED) != 0;
    rx->utf = (options & PCRE2_UTF) != 0;
    rx->divides = divides(pattern);
    for (const char *c = "*+{?\\"; *c; c++)
        rx->repeats |= str_chr(pattern, *c, 0) != STR_NONE;
    learn_starts(rx);
}

static struct rx *compile(struct rx_cache *c, struct str pattern,
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
                             options | PCRE2_NEVER_BACKSLASH_C |
                                 PCRE2_USE_OFFSET_LIMIT,
                             &code, &offset, c->compiling);
    if (!rx->code) {
        foreign_wrote(&code, sizeof code);
        foreign_wrote(&offset, sizeof offset);
        if (code == PCRE2_ERROR_HEAP_FAILED)
            fault_raise(c->fault, LIMIT_NO_MEMORY);
        say(err, code, offset);
        return NULL;
    }
    learn(rx, pattern);
    return rx;
}

static const struct rx *find(struct rx_cache *c, struct patterns *p,
                             struct str pattern, uint32_t options,
                             struct rx_error *err)
{
    uint32_t i = map_find(&p->texts, pattern);
    if (i == MAP_NONE) {
        struct str key = arena_str(&c->arena, pattern);
        /* Without what a jump between the two has left. */
        p->compiled.n = p->texts.n;
        vec_push(&c->arena, &p->compiled, NULL);
        i = map_put(&p->texts, &c->arena, key, NULL);
    }
    if (!p->compiled.at[i])
        p->compiled.at[i] = compile(c, pattern, options, err);
    return p->compiled.at[i];
}

const struct rx *rx_compile(struct rx_cache *c, struct str pattern,
                            struct rx_error *err)
{
    return find(c, &c->searched, pattern, 0, err);
}

const struct rx *rx_compile_whole(struct rx_cache *c, struct str pattern,
                                  struct rx_error *err)
{
    return find(c, &c->whole, pattern, PCRE2_ANCHORED | PCRE2_ENDANCHORED, err);
}

const struct rx *rx_compile_glob(struct rx_cache *c, struct arena *scratch,
                                 struct str glob, struct rx_error *err)
{
    PCRE2_UCHAR *text = NULL;
    PCRE2_SIZE len = 0;
    /* First its length: memory of PCRE2's own would be lost by a jump. */
    int code = pcre2_pattern_convert((PCRE2_SPTR)glob.ptr, glob.len,
                                     PCRE2_CONVERT_GLOB, NULL, &len, NULL);
    foreign_wrote(&len, sizeof len);
    if (code == 0) {
        text = arena_alloc(scratch, ++len);
        code = pcre2_pattern_convert((PCRE2_SPTR)glob.ptr, glob.len,
                                     PCRE2_CONVERT_GLOB, &text, &len, NULL);
        foreign_wrote(text, len);
    }
    if (code == 0)
        return rx_compile(c, (struct str){(const char *)text, len}, err);
    say(err, code, len);
    return NULL;
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

/* The options for a match over len bytes: with the interpreter, which also does
 * it where there is no JIT, until this run has seen enough bytes with rx. */
static uint32_t match_options(struct rx *rx, uint32_t run, size_t len)
{
    if (rx->run != run)
        rx->seen = 0;
    rx->run = run;
    rx->seen = len < JIT_FROM - rx->seen ? rx->seen + (uint32_t)len : JIT_FROM;
    if (rx->seen < JIT_FROM)
        return PCRE2_NO_JIT;
    if (!rx->translated)
        (void)pcre2_jit_compile(rx->code, PCRE2_JIT_COMPLETE);
    rx->translated = true;
    return 0;
}

/* A search under way, and its window of offsets. */
struct search {
    struct str subject;
    uint32_t options;
    size_t from, end;
    uint64_t room;  /* what the window may cost, in bytes passed over */
    uint64_t limit; /* steps of PCRE2's at each offset */
};

/* JIT is faster, but it must make no difference: where it has too little stack
 * the interpreter takes over. */
static int run_once(struct rx_cache *c, const struct rx *rx,
                    const struct search *s)
{
    PCRE2_SPTR at = (PCRE2_SPTR)s->subject.ptr;
    int n = pcre2_match(rx->code, at, s->subject.len, s->from, s->options,
                        c->data, c->context);
    if (n == PCRE2_ERROR_JIT_STACKLIMIT)
        n = pcre2_match(rx->code, at, s->subject.len, s->from,
                        s->options | PCRE2_NO_JIT, c->data, c->context);
    return n;
}

static bool may_begin(const struct rx *rx, struct str s, size_t at)
{
    return rx->by_line ? at == 0 || s.ptr[at - 1] == '\n'
                       : rx->starts[(unsigned char)s.ptr[at]];
}

/* Puts the end of the window before the offset where match number `most` + 1
 * may begin; how many may begin in it. */
static uint64_t set_end(const struct rx *rx, struct search *s, uint64_t most)
{
    uint64_t n = 0;
    for (s->end = s->from; s->end < s->subject.len; s->end++)
        if (may_begin(rx, s->subject, s->end) && n++ == most)
            return most;
    s->end++; /* a match may begin at the end of the text, too */
    return n + 1;
}

static int search_window(struct rx_cache *c, const struct rx *rx,
                         struct search *s)
{
    uint64_t left = s->subject.len - s->from + 1, starts = 1;
    uint64_t cost = (rx->repeats ? left : 0) +
                    (s->limit > FREE_STEPS ? s->limit * STEP_BYTES : 0);
    s->end = s->subject.len + 1;
    if (cost <= FIRST_WINDOW / left)
        cost = 0;
    else if (!rx->anchored && !(s->options & PCRE2_ANCHORED))
        starts = set_end(rx, s, rx->divides ? s->room / cost + 1 : UINT64_MAX);
    fault_steps(c->fault, ((s->end - s->from) >> LOOK_STEP) +
                              (starts * cost >> RUN_STEP));
    pcre2_set_match_limit(c->context, (uint32_t)s->limit);
    pcre2_set_offset_limit(c->context, s->end - 1);
    return run_once(c, rx, s);
}

static int run(struct rx_cache *c, const struct rx *rx, struct str subject,
               size_t from, uint32_t options)
{
    uint64_t max = c->fault->limits.max[LIMIT_MATCH];
    struct search s = {.subject = subject,
                       .options = options,
                       .from = from,
                       .room = FIRST_WINDOW,
                       .limit = max < FREE_STEPS ? max : FREE_STEPS};
    int n;
    prepare(c, rx);
    s.options |= match_options((struct rx *)rx, c->run, subject.len - from);
    for (;;) {
        n = search_window(c, rx, &s);
        if (n == PCRE2_ERROR_MATCHLIMIT && s.limit < max) {
            s.limit = s.limit * 4 < max ? s.limit * 4 : max;
        } else if (n == PCRE2_ERROR_NOMATCH && s.end <= subject.len) {
            s.from = s.end;
            s.room = s.room < LAST_WINDOW ? s.room * 2 : s.room;
            s.options |= PCRE2_NO_UTF_CHECK; /* all of it was checked */
        } else {
            break;
        }
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
    if (n == PCRE2_ERROR_NOMATCH)
        return RX_NO_MATCH;
    if (n == PCRE2_ERROR_NOMEMORY)
        fault_raise(c->fault, LIMIT_NO_MEMORY);
    say(err, n, 0);
    return n == PCRE2_ERROR_MATCHLIMIT || n == PCRE2_ERROR_DEPTHLIMIT ||
                   n == PCRE2_ERROR_HEAPLIMIT
               ? RX_LIMIT
               : RX_ERROR;
}

enum rx_status rx_match(struct rx_cache *c, const struct rx *rx,
                        struct str subject, size_t from, struct rx_error *err)
{
    /* "(*UTF)" patterns: the first match has looked at the whole subject. */
    uint32_t options = from ? PCRE2_NO_UTF_CHECK : 0;
    return status_of(c, run(c, rx, subject, from, options), err);
}

/* The offset after the character at `at`: a byte, but with "(*UTF)" more. */
static size_t next_char(const struct rx *rx, struct str s, size_t at)
{
    at++;
    while (rx->utf && at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
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
    /* \K in a lookahead can put the start after the end. */
    if (i >= c->matched || at[2 * i] == PCRE2_UNSET ||
        at[2 * i] > at[2 * i + 1])
        return false;
    *start = at[2 * i];
    *end = at[2 * i + 1];
    return true;
}
