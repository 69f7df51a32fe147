/* SPDX-License-Identifier: MIT */
/* The last SHELL above a RUN decides; without one, whether the stage is one of
 * Windows. */
#include "docker/shell_kind.h"

#include "docker/text.h"

#define POSIX_SHELLS "sh bash dash ash zsh ksh busybox"
#define WINDOWS_SHELLS "cmd powershell pwsh"

/* Of the words of a SHELL or a "#!": the shell's name, without ".exe". */
static struct str shell_name(struct str word)
{
    size_t cut = str_rchr(word, '/'), back = str_rchr(word, '\\');
    if (back != STR_NONE && (cut == STR_NONE || back > cut))
        cut = back;
    if (cut != STR_NONE)
        word = str_from_off(word, cut + 1);
    return str_part(word, 0, '.');
}

static bool names_one(struct words w, const char *shells)
{
    for (uint32_t k = 0; k < w.n; k++)
        if (text_is_one_of(shell_name(w.at[k]), shells))
            return true;
    return false;
}

bool shell_on_windows(const struct check *c)
{
    struct str base = stage_bottom(c->stage)->base;
    return c->d.escape == '`' ||
           str_find(base, STR("windows"), 0) != STR_NONE ||
           str_find(base, STR("nanoserver"), 0) != STR_NONE;
}

enum shell_kind shell_kind(const struct check *c, const struct instruction *i)
{
    if (i->exec_form)
        return SHELL_OTHER;
    const struct instruction *set = c->shell;
    if (set)
        return names_one(set->args, WINDOWS_SHELLS) ? SHELL_WINDOWS
               : names_one(set->args, POSIX_SHELLS) ? SHELL_POSIX
                                                    : SHELL_OTHER;
    return shell_on_windows(c) ? SHELL_WINDOWS : SHELL_POSIX;
}

bool shell_runs_heredoc(const struct instruction *i)
{
    return str_starts(i->rest, STR("<<")) &&
           str_chr(i->rest, ' ', 0) == STR_NONE;
}

bool shell_is_foreign(struct arena *a, struct str script)
{
    return str_starts(script, STR("#!")) &&
           !names_one(words_plain(a, str_part(script, 2, '\n')), POSIX_SHELLS);
}
