/* SPDX-License-Identifier: MIT */
/* What was written last decides what comes before the next item: a comma after
 * a value, nothing after a key or an opening bracket. So nobody has to remember
 * which brackets are open. */
#include "base/json.h"

/* The comma and the line end before an item. */
static void separate(struct json_writer *w)
{
    if (w->comma)
        buf_add_char(w->out, ',');
    if (w->line)
        buf_printf(w->out, "\n%*s", (int)w->line - 1, "");
    else if (w->comma)
        buf_add_char(w->out, ' ');
    w->comma = false;
    w->line = 0;
}

void json_key(struct json_writer *w, struct str key)
{
    separate(w);
    json_quote(w->out, key);
    buf_add_cstr(w->out, ": ");
}

/* What comes before a value; another one needs a comma. */
static void begin_value(struct json_writer *w, const char *key)
{
    if (key)
        json_key(w, str_from(key));
    separate(w);
    w->comma = true;
}

void json_open(struct json_writer *w, const char *key, const char *brackets)
{
    begin_value(w, key);
    buf_add_cstr(w->out, brackets);
    w->comma = false;
}

void json_close(struct json_writer *w, const char *brackets)
{
    if (!w->comma)
        w->line = 0;
    w->comma = false;
    separate(w);
    buf_add_cstr(w->out, brackets);
    w->comma = true;
}

void json_str(struct json_writer *w, const char *key, struct str s)
{
    begin_value(w, key);
    json_quote(w->out, s);
}

void json_str_or_null(struct json_writer *w, const char *key, struct str s)
{
    if (s.ptr)
        json_str(w, key, s);
    else
        json_null(w, key);
}

void json_int(struct json_writer *w, const char *key, long long n)
{
    begin_value(w, key);
    buf_add_int(w->out, n);
}

void json_bool(struct json_writer *w, const char *key, bool yes)
{
    begin_value(w, key);
    buf_add_cstr(w->out, yes ? "true" : "false");
}

void json_null(struct json_writer *w, const char *key)
{
    begin_value(w, key);
    buf_add_cstr(w->out, "null");
}

void json_line(struct json_writer *w, unsigned blanks)
{
    w->line = blanks + 1;
}

static void add_escape(struct buf *b, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *known = c ? strchr(from, c) : NULL;
    if (c >= 0x80)
        buf_add_cstr(b, "\uFFFD");
    else if (known)
        buf_printf(b, "\\%c", to[known - from]);
    else
        buf_printf(b, "\\u%04x", (unsigned)c);
}

void json_quote(struct buf *b, struct str s)
{
    buf_add_char(b, '"');
    for (size_t at = 0; at < s.len; at++) {
        size_t end = json_plain_end(s, at);
        buf_add(b, str_slice(s, at, end - at));
        if (end < s.len)
            add_escape(b, (unsigned char)s.ptr[end]);
        at = end;
    }
    buf_add_char(b, '"');
}
