/* SPDX-License-Identifier: MIT */
/* Instructions in the text of a RUN: the shell takes them for commands, and the
 * image gets nothing of what they say. */
#include "docker/check.h"
#include "docker/script.h"
#include "docker/shell_kind.h"
#include "docker/text.h"

static bool is_capital(char c)
{
    return (unsigned char)(c - 'A') < 26;
}

/* True if there is a word that names an instruction, in capitals. Most texts
 * have none, and are not walked. */
static bool names_instruction(struct str text)
{
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end; p++) {
        if (!is_capital(*p))
            continue;
        struct str word = {p, 0};
        while (p < end && is_capital(*p))
            p++;
        word.len = (size_t)(p - word.ptr);
        if (word.len >= 3 && p < end && text_is_gap(*p) &&
            instruction_by_name(word))
            return true;
    }
    return false;
}

/* True if the word begins its line: then DanglingContinuation reports it. */
static bool begins_line(const struct instruction *i, struct str word)
{
    for (uint32_t k = 1; k < i->pieces.n; k++)
        if (i->line.ptr + i->pieces.at[k].at == word.ptr)
            return true;
    return false;
}

static bool is_instruction(struct str text, struct str word)
{
    struct str rest = {word.ptr + word.len,
                       (size_t)(text.ptr + text.len - word.ptr) - word.len};
    struct str next = text_skip(rest, TEXT_GAPS);
    return instruction_by_name(word) != INSTRUCTION_UNKNOWN &&
           !text_has_lower(word) && next.len > 0 && next.len < rest.len &&
           !strchr("&|;\n()=", next.ptr[0]);
}

static void look_for_instructions(struct check *c, const struct spot *at,
                                  struct script s)
{
    const struct instruction *i = at->i;
    struct str word;
    enum script_part kind;
    while ((kind = script_next(&s, &word)) != SCRIPT_END) {
        if (kind != SCRIPT_COMMAND || !is_instruction(s.text, word) ||
            begins_line(i, word))
            continue;
        struct finding *found = instruction_point(
            &c->f, i, word, at->rule,
            "this %.*s is a command of the RUN around it, not an instruction; "
            "end that RUN above it%s",
            STR_ARG(word),
            str_eq(word, STR("RUN")) ? ", or leave out the word RUN" : "");
        instruction_note(&c->f, found, i, i->word, "the RUN begins here");
    }
}

void check_shell_instructions(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    bool any = names_instruction(i->rest), script = shell_runs_heredoc(i);
    for (uint32_t k = 0; script && k < i->heredocs.n; k++)
        any = any || names_instruction(i->heredocs.at[k].content);
    if (!any || shell_kind(c, i) != SHELL_POSIX)
        return;
    look_for_instructions(c, at, script_start(i->rest, '\\'));
    for (uint32_t k = 0; script && k < i->heredocs.n; k++) {
        struct str content = i->heredocs.at[k].content;
        if (!shell_is_foreign(c->f.arena, content))
            look_for_instructions(c, at, script_start(content, '\\'));
    }
}
