/* SPDX-License-Identifier: MIT */
/* Only strings need care: blanks and '#' in them stay, but a value in one,
 * "a@{…}", is code again. */
#include "lang/written.h"

#include "base/vec.h"

struct writer {
    struct arena *arena;
    struct str text;
    size_t at;
    char *out;
    size_t n;
    VEC(uint32_t) braces; /* open in each value of a string that is open */
};

static void copy(struct writer *w, size_t end)
{
    while (w->at < end && w->at < w->text.len)
        w->out[w->n++] = w->text.ptr[w->at++];
}

static char now(const struct writer *w)
{
    return w->at < w->text.len ? w->text.ptr[w->at] : '\0';
}

/* The rest of a string: up to its end, or into a value of it. */
static void copy_string(struct writer *w)
{
    while (w->at < w->text.len) {
        size_t from = w->at;
        while (now(w) == '@')
            copy(w, w->at + 1);
        if (now(w) == '{' && (w->at - from) % 2) {
            copy(w, w->at + 1);
            vec_push(w->arena, &w->braces, 0);
            return;
        }
        char c = now(w);
        copy(w, w->at + (c == '\\' ? 2 : 1));
        if (c == '"')
            return;
    }
}

static void copy_token(struct writer *w)
{
    uint32_t *braces = w->braces.n ? &w->braces.at[w->braces.n - 1] : NULL;
    char c = now(w);
    size_t quote = c == '\'' ? str_chr(w->text, '\'', w->at + 1) : STR_NONE;
    copy(w, (quote != STR_NONE ? quote : w->at) + 1);
    if (c == '"')
        copy_string(w);
    if (braces && c == '{')
        ++*braces;
    if (braces && c == '}' && (*braces)-- == 0) {
        w->braces.n--;
        copy_string(w);
    }
}

struct str written_line(struct arena *a, struct str text)
{
    struct writer w = {.arena = a, .text = text};
    w.out = arena_alloc(a, text.len);
    while (w.at < text.len) {
        char c = now(&w);
        if (c == '#') {
            size_t end = str_chr(text, '\n', w.at);
            w.at = end == STR_NONE ? text.len : end;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            copy_token(&w);
        } else {
            w.at++;
            if (w.n && w.out[w.n - 1] != ' ')
                w.out[w.n++] = ' ';
        }
    }
    return (struct str){w.out, w.n};
}
