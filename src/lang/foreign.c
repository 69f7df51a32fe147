/* SPDX-License-Identifier: MIT */
#include "lang/foreign.h"

static const struct foreign words[] = {
#define X(word, effect, keyword, ours) \
    {word, FOREIGN_##effect, KEYWORD_##keyword, ours},
#include "lang/foreign_list.h"
#undef X
};

/* True if they are the same but for case, '-' and '_'. */
static bool is_word(struct str word, const char *entry)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '-' || c == '_')
            continue;
        if (ascii_lower(c) != *entry)
            return false;
        entry++;
    }
    return *entry == '\0';
}

const struct foreign *foreign_find(struct str word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(word, words[i].word))
            return &words[i];
    return NULL;
}
