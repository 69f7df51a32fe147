/* SPDX-License-Identifier: MIT */
/* A mark is a name between an opening and an end, and what stands around it
 * tells it from the notation of a shell, an address or a digest. */
#include "docker/unreplaced.h"

#include "docker/text.h"

static const struct form {
    struct str open, close;
    enum unreplaced_in
        last;   /* the last kind of text that it is looked for in */
    bool plain; /* there only outside of quotes, in a shell */
    const char *not_before, *not_after;
} forms[] = {
    {STR_INIT("{{"), STR_INIT("}}"), UNREPLACED_FILE, false, "${", "}"},
    {STR_INIT("@{"), STR_INIT("}"), UNREPLACED_WORDS, false, "@", ""},
    {STR_INIT("@("), STR_INIT(")"), UNREPLACED_SHELL, false, "@", ""},
    {STR_INIT("$("), STR_INIT(")"), UNREPLACED_WORDS, false, "$\\", ""},
    {STR_INIT("{"), STR_INIT("}"), UNREPLACED_SHELL, true, "${@%#\\", "}"},
    {STR_INIT("@"), STR_INIT(""), UNREPLACED_SHELL, false, "@\\", ".:@([{="},
};

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* True if text has the form at `at`. */
static bool fits(struct str text, size_t at, const struct form *f,
                 struct unreplaced *out)
{
    struct str rest = str_from_off(text, at);
    if (!str_starts(rest, f->open) ||
        (at && is_one_of(text.ptr[at - 1], f->not_before)))
        return false;
    rest = str_from_off(rest, f->open.len);
    struct str inner =
        f->open.len == 2 && f->close.len == 2 ? text_skip(rest, " ") : rest;
    size_t n = 0;
    while (n < inner.len && ascii_is_name(inner.ptr[n]))
        n++;
    if (n == 0 || !ascii_is_name_start(inner.ptr[0]))
        return false;
    struct str after = str_from_off(inner, n);
    if (f->close.len == 2)
        after = text_skip(after, " ");
    if (!str_starts(after, f->close))
        return false;
    after = str_from_off(after, f->close.len);
    out->name = str_slice(inner, 0, n);
    out->mark =
        (struct str){text.ptr + at, (size_t)(after.ptr - text.ptr) - at};
    return !after.len || !is_one_of(after.ptr[0], f->not_after);
}

bool unreplaced_next(struct str text, size_t *at, enum unreplaced_in in,
                     struct unreplaced *out)
{
    char quote = 0;
    for (; *at < text.len; ++*at) {
        char c = text.ptr[*at];
        if (c == '"' || c == '\'')
            quote = quote == c ? 0 : quote ? quote : c;
        if (c != '{' && c != '@' && c != '$')
            continue;
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            const struct form *f = &forms[k];
            if (in > f->last || (f->plain && quote && in != UNREPLACED_WORDS) ||
                !fits(text, *at, f, out))
                continue;
            *at += out->mark.len;
            return true;
        }
    }
    return false;
}
