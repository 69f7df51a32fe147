/* SPDX-License-Identifier: MIT */
/* Decoding, and how wide a terminal draws what was decoded. The tables hold
 * the East Asian Wide and Fullwidth ranges (with emoji) and the combining and
 * format characters of Unicode 15, neighbours merged. */
#include "base/utf8.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

static const struct range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},
    {0x23E9, 0x23EC},   {0x23F0, 0x23F0},   {0x23F3, 0x23F3},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},
    {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA},
    {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},
    {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
    {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335},
    {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4},
    {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC},
    {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567},
    {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC},
    {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7}, {0x1F6DC, 0x1F6DF},
    {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7EB},
    {0x1F7F0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

static const struct range zero[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},
    {0x05BF, 0x05BF},   {0x05C1, 0x05C2},   {0x05C4, 0x05C5},
    {0x05C7, 0x05C7},   {0x0610, 0x061A},   {0x064B, 0x065F},
    {0x0670, 0x0670},   {0x06D6, 0x06DC},   {0x06DF, 0x06E4},
    {0x06E7, 0x06E8},   {0x06EA, 0x06ED},   {0x0900, 0x0902},
    {0x093A, 0x093A},   {0x093C, 0x093C},   {0x0941, 0x0948},
    {0x094D, 0x094D},   {0x0E31, 0x0E31},   {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},   {0x1AB0, 0x1ACE},   {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x2064},
    {0x20D0, 0x20F0},   {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0xFEFF, 0xFEFF},
    {0x1D167, 0x1D169}, {0x1F3FB, 0x1F3FF}, {0xE0001, 0xE0001},
    {0xE0020, 0xE007F}, {0xE0100, 0xE01EF},
};

static bool in_table(const struct range *table, size_t n, uint32_t cp)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cp > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && cp >= table[low].first;
}

unsigned utf8_width(uint32_t cp)
{
    if (cp < 0x300)
        return 1;
    if (in_table(zero, sizeof zero / sizeof *zero, cp))
        return 0;
    return in_table(wide, sizeof wide / sizeof *wide, cp) ? 2 : 1;
}

/* Bytes that follow a first byte; 0 where it cannot begin a sequence. */
static unsigned tail_length(unsigned char c)
{
    if (c >= 0xC2 && c <= 0xDF)
        return 1;
    if (c >= 0xE0 && c <= 0xEF)
        return 2;
    return c >= 0xF0 && c <= 0xF4 ? 3 : 0;
}

uint32_t utf8_next(struct str s, size_t *off)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *at = (const unsigned char *)s.ptr + *off;
    size_t left = s.len - *off;
    *off += 1;
    if (at[0] < 0x80)
        return at[0];
    unsigned tail = tail_length(at[0]);
    if (tail == 0 || left <= tail)
        return UTF8_INVALID;
    uint32_t cp = at[0] & (0x3Fu >> tail);
    for (unsigned i = 1; i <= tail; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return UTF8_INVALID;
        cp = cp << 6 | (at[i] & 0x3F);
    }
    if (cp < least[tail] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return UTF8_INVALID;
    *off += tail;
    return cp;
}

bool utf8_valid(struct str s)
{
    for (size_t off = 0; off < s.len;)
        if (utf8_next(s, &off) == UTF8_INVALID)
            return false;
    return true;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t off = 0; off < s.len; n++)
        utf8_next(s, &off);
    return n;
}

struct str utf8_cut(struct str s, size_t most)
{
    size_t len = most;
    if (s.len <= most)
        return s;
    while (len > 0 && most - len < 3 && (s.ptr[len] & 0xC0) == 0x80)
        len--;
    return str_slice(s, 0, len);
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(cp | (0xF00u >> n & 0xFF));
    return n;
}

/* --- terminal-safe text --- */

bool utf8_steers(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
           (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

bool utf8_is_plain(char c)
{
    return c >= 0x20 && c < 0x7f;
}

void utf8_add_safe(struct buf *out, struct str s)
{
    size_t off = 0;
    while (off < s.len) {
        size_t begin = off;
        while (off < s.len && utf8_is_plain(s.ptr[off]))
            off++;
        buf_add(out, str_slice(s, begin, off - begin));
        begin = off;
        if (off == s.len)
            break;
        uint32_t cp = utf8_next(s, &off);
        if (cp != UTF8_INVALID && !utf8_steers(cp)) {
            buf_add(out, str_slice(s, begin, off - begin));
            continue;
        }
        for (; begin < off; begin++)
            buf_printf(out, "\\x%02x", (unsigned char)s.ptr[begin]);
    }
}

size_t utf8_odd_space(struct str s)
{
    size_t off = 0;
    uint32_t cp = s.len && (unsigned char)s.ptr[0] >= 0x80 ? utf8_next(s, &off)
                                                           : UTF8_INVALID;
    bool odd = cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200B) ||
               cp == 0x202F || cp == 0x205F || cp == 0x2060 || cp == 0x3000 ||
               cp == 0xFEFF;
    return odd ? off : 0;
}
