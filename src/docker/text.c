/* SPDX-License-Identifier: MIT */
/* White space and letters; ASCII is decided without decoding. */
#include "docker/text.h"

#include "base/utf8.h"

bool text_is_space(uint32_t cp)
{
    if (cp < 0x80)
        return cp == ' ' || (cp >= '\t' && cp <= '\r');
    return cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

size_t text_byte_span(struct str s, size_t at, bool spaces)
{
    while (at < s.len && text_is_space((unsigned char)s.ptr[at]) == spaces)
        at++;
    return at;
}

uint32_t text_next(struct str s, size_t *off)
{
    unsigned char c = (unsigned char)s.ptr[*off];
    if (c < 0x80) {
        ++*off;
        return c;
    }
    uint32_t cp = utf8_next(s, off);
    return cp == UTF8_INVALID ? 0xFFFD : cp;
}

struct str text_trim_left(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        size_t next = at;
        if (!text_is_space(text_next(s, &next)))
            break;
        at = next;
    }
    return str_from_off(s, at);
}

/* Where the character that ends at offset `end` begins. */
static size_t char_before(struct str s, size_t end)
{
    size_t at = end - 1;
    while (at > 0 && end - at < 4 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
        at--;
    size_t next = at;
    text_next(str_slice(s, 0, end), &next);
    return next == end ? at : end - 1;
}

struct str text_trim(struct str s)
{
    s = text_trim_left(s);
    while (s.len) {
        size_t at = char_before(s, s.len), next = at;
        if (!text_is_space(text_next(s, &next)))
            break;
        s.len = at;
    }
    return s;
}

bool text_same(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

bool text_is_one_of(struct str s, const char *words)
{
    for (;; words++) {
        size_t n = strcspn(words, " ");
        if (n == s.len && memcmp(words, s.ptr, n) == 0)
            return true;
        words += n;
        if (*words == '\0')
            return false;
    }
}

size_t text_span(struct str s, const char *set)
{
    size_t n = 0;
    while (n < s.len && s.ptr[n] && strchr(set, s.ptr[n]))
        n++;
    return n;
}

bool text_is_all(struct str s, const char *set)
{
    return s.len > 0 && text_span(s, set) == s.len;
}

/* Go changes bytes that are not UTF-8 when it lowers or raises a word, so a
 * word with such bytes has letters of both cases. */
static bool has_between(struct str s, char first, char last)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= first && s.ptr[i] <= last)
            return true;
    return !utf8_valid(s);
}

bool text_has_upper(struct str s)
{
    return has_between(s, 'A', 'Z');
}

bool text_has_lower(struct str s)
{
    return has_between(s, 'a', 'z');
}

struct str text_lower(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.len);
    for (size_t i = 0; i < s.len; i++)
        to[i] = ascii_lower(s.ptr[i]);
    return (struct str){to, s.len};
}

struct str text_cut(struct str *s, char c)
{
    struct str all = *s;
    size_t at = str_chr(all, c, 0);
    if (at == STR_NONE) {
        *s = STR_ABSENT;
        return all;
    }
    *s = str_from_off(all, at + 1);
    return str_slice(all, 0, at);
}

struct str text_word(struct str *s)
{
    struct str all = *s;
    size_t end = 0;
    while (end < all.len && !text_is_gap(all.ptr[end]))
        end++;
    *s = text_skip(str_from_off(all, end), TEXT_GAPS);
    return str_slice(all, 0, end);
}

void text_add(struct text_buf *b, struct str s)
{
    if (s.len > b->cap - b->len) {
        size_t cap = b->cap ? b->cap : 32;
        while (cap - b->len < s.len)
            cap *= 2;
        b->ptr = arena_resize(b->arena, b->ptr, b->cap, cap);
        b->cap = cap;
    }
    if (s.len)
        memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

void text_add_char(struct text_buf *b, uint32_t cp)
{
    char bytes[4];
    text_add(b, (struct str){bytes, utf8_encode(cp, bytes)});
}
