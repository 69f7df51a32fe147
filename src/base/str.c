/* SPDX-License-Identifier: MIT */
/* Slices in, answers out. memchr and memcmp do the work; bytes are bytes,
 * whatever the locale. */
#include "base/str.h"

#include <string.h>

struct str str_from(const char *cstr)
{
    return cstr ? (struct str){cstr, strlen(cstr)} : STR("");
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           str_eq(str_from_off(s, s.len - suffix.len), suffix);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return STR_NONE;
    if (needle.len == 0)
        return from;
    const char *at = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return at ? (size_t)(at - s.ptr) : STR_NONE;
}

bool str_has_word(struct str s, struct str word)
{
    for (size_t at = str_find(s, word, 0); at != STR_NONE;
         at = str_find(s, word, at + 1)) {
        size_t end = at + word.len;
        if ((at == 0 || !ascii_is_name(s.ptr[at - 1])) &&
            (end == s.len || !ascii_is_name(s.ptr[end])))
            return true;
    }
    return false;
}

size_t str_rchr(struct str s, char c)
{
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != c)
        at--;
    return at > 0 ? at - 1 : STR_NONE;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_has_nul(struct str s)
{
    return str_chr(s, '\0', 0) != STR_NONE;
}

bool str_is_blank(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_blank(s.ptr[i]))
            return false;
    return true;
}

bool str_to_int(struct str s, int64_t *out)
{
    bool minus = s.len && s.ptr[0] == '-';
    size_t at = minus;
    int64_t n = 0;
    if (at == s.len || (s.ptr[at] == '0' && s.len > at + 1))
        return false;
    /* Downwards, so that the least number fits. */
    for (; at < s.len; at++)
        if (!ascii_is_digit(s.ptr[at]) || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_sub_overflow(n, s.ptr[at] - '0', &n))
            return false;
    if (!minus && n == INT64_MIN)
        return false;
    *out = minus ? n : -n;
    return true;
}

/* Longer words are never near misses of anything; the rows stay small. */
#define LONGEST 64

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

/* Which characters occur, as a set with a few collisions. */
static uint64_t characters(struct str s)
{
    uint64_t set = 0;
    for (size_t i = 0; i < s.len; i++)
        set |= (uint64_t)1 << (ascii_lower(s.ptr[i]) & 63);
    return set;
}

/* More than max edits are certain: one edit changes two elements of the set. */
static bool far_apart(struct str a, struct str b, unsigned max)
{
    uint64_t differ = characters(a) ^ characters(b);
    for (unsigned i = 0; i < 2 * max && differ; i++)
        differ &= differ - 1;
    return differ != 0;
}

unsigned str_distance(struct str a, struct str b, unsigned max)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (gap > max || a.len > LONGEST || b.len > LONGEST || far_apart(a, b, max))
        return max + 1;
    for (unsigned j = 0; j <= b.len; j++)
        above[j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned best = row[0] = i;
        char x = ascii_lower(a.ptr[i - 1]);
        for (unsigned j = 1; j <= b.len; j++) {
            char y = ascii_lower(b.ptr[j - 1]);
            row[j] =
                min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == ascii_lower(b.ptr[j - 2]) &&
                y == ascii_lower(a.ptr[i - 2]) && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
            if (row[j] < best)
                best = row[j];
        }
        if (best > max + 1)
            return max + 1;
        unsigned *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len] > max ? max + 1 : above[b.len];
}
