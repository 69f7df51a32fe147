/* SPDX-License-Identifier: MIT */
/* A version is read part by part wherever it is compared; nothing is stored.
 * What a version is follows the common ground of PEP 440 and semver.org. */
#include "base/version.h"

/* What stands behind the numbers, in order. */
enum stage {
    STAGE_DEV,
    STAGE_ALPHA,
    STAGE_BETA,
    STAGE_RC,
    STAGE_RELEASE
};

struct parsed {
    struct str numbers; /* "3.12.1" */
    enum stage stage;
    struct str pre; /* what follows "rc", without signs before it */
    size_t end;     /* where it stops being a version */
};

static size_t skip_numbers(struct str s, size_t at)
{
    if (at == s.len || !ascii_is_digit(s.ptr[at]))
        return at;
    at = str_span(s, at, ASCII_DIGIT);
    while (at + 1 < s.len && s.ptr[at] == '.' && ascii_is_digit(s.ptr[at + 1]))
        at = str_span(s, at + 1, ASCII_DIGIT);
    return at;
}

static bool is_separator(char c)
{
    return c == '.' || c == '-' || c == '_';
}

/* The pre-release at `at`, if one begins there. */
static size_t read_pre(struct str s, size_t at, struct parsed *p)
{
    static const struct {
        struct str word;
        enum stage stage;
    } words[] = {
        {STR_INIT("alpha"), STAGE_ALPHA}, {STR_INIT("beta"), STAGE_BETA},
        {STR_INIT("rc"), STAGE_RC},       {STR_INIT("pre"), STAGE_RC},
        {STR_INIT("dev"), STAGE_DEV},     {STR_INIT("a"), STAGE_ALPHA},
        {STR_INIT("b"), STAGE_BETA}};
    size_t from = at + (at < s.len && s.ptr[at] == '-');
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts(str_from_off(s, from), words[i].word))
            continue;
        size_t rest = from + words[i].word.len, end = rest;
        while (end < s.len && (ascii_is_digit(s.ptr[end]) ||
                               (is_separator(s.ptr[end]) && end + 1 < s.len &&
                                ascii_is_digit(s.ptr[end + 1]))))
            end++;
        if (end < s.len && s.ptr[end] != '+')
            continue;
        if (rest < end && is_separator(s.ptr[rest]))
            rest++;
        p->stage = words[i].stage;
        p->pre = str_slice(s, rest, end - rest);
        return end;
    }
    return at;
}

static struct parsed parse(struct str s)
{
    struct parsed p = {.stage = STAGE_RELEASE};
    size_t at = s.len && s.ptr[0] == 'v';
    size_t end = skip_numbers(s, at);
    p.numbers = str_slice(s, at, end - at);
    if (end > at)
        end = read_pre(s, end, &p);
    if (end > at && end < s.len && s.ptr[end] == '+')
        end = s.len;
    p.end = end;
    return p;
}

bool version_valid(struct str s, size_t *rest)
{
    struct parsed p = parse(s);
    *rest = p.end;
    return p.numbers.len > 0 && p.end == s.len;
}

/* The number at *at, without leading zeros; "" (which is 0) at the end. */
static struct str next_number(struct str s, size_t *at)
{
    size_t from = str_until(s, *at, ASCII_DIGIT);
    while (from < s.len && s.ptr[from] == '0')
        from++;
    *at = str_span(s, from, ASCII_DIGIT);
    return str_slice(s, from, *at - from);
}

/* Digits of any length: the longer number is larger. */
static int numbers_cmp(struct str a, struct str b)
{
    for (size_t i = 0, j = 0; i < a.len || j < b.len;) {
        struct str x = next_number(a, &i), y = next_number(b, &j);
        int order =
            x.len != y.len ? (x.len > y.len) - (x.len < y.len) : str_cmp(x, y);
        if (order)
            return order;
    }
    return 0;
}

int version_cmp(struct str a, struct str b)
{
    struct parsed x = parse(a), y = parse(b);
    int order = numbers_cmp(x.numbers, y.numbers);
    if (order)
        return order;
    if (x.stage != y.stage)
        return x.stage > y.stage ? 1 : -1;
    return numbers_cmp(x.pre, y.pre);
}

/* --- ranges --- */

/* One term: an operator and a version. */
static enum version_match term_matches(struct str v, struct str term)
{
    static const struct str ops[] = {
        STR_INIT(">="), STR_INIT("<="), STR_INIT("=="), STR_INIT("!="),
        STR_INIT(">"),  STR_INIT("<"),  STR_INIT("=")};
    size_t i = 0, rest, n = sizeof ops / sizeof *ops;
    while (i < n && !str_starts(term, ops[i]))
        i++;
    if (i == n)
        return VERSION_BAD_RANGE;
    struct str bound = str_trim(str_from_off(term, ops[i].len));
    if (!version_valid(bound, &rest))
        return VERSION_BAD_RANGE;
    int order = version_cmp(v, bound);
    struct parsed x = parse(v), y = parse(bound);
    bool before = order < 0;
    /* "<4" is about releases: 4.0rc1 is not what it asks for. */
    if (x.stage != STAGE_RELEASE && y.stage == STAGE_RELEASE &&
        numbers_cmp(x.numbers, y.numbers) == 0)
        before = false;
    bool match = i == 0   ? order >= 0
                 : i == 1 ? before || order == 0
                 : i == 3 ? order != 0
                 : i == 4 ? order > 0
                 : i == 5 ? before
                          : order == 0;
    return match ? VERSION_YES : VERSION_NO;
}

enum version_match version_in(struct str v, struct str range, struct str *bad)
{
    enum version_match all = VERSION_YES;
    struct str term;
    for (size_t at = 0; at <= range.len; at += term.len + 1) {
        term = str_part(range, at, ',');
        enum version_match one = term_matches(v, str_trim(term));
        if (one == VERSION_BAD_RANGE) {
            *bad = str_trim(term);
            return one;
        }
        if (one == VERSION_NO)
            all = one;
    }
    return all;
}
