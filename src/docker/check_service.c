/* SPDX-License-Identifier: MIT */
/* What a container runs and which ports it has. */
#include "docker/check.h"
#include "docker/grammar.h"
#include "docker/shell.h"
#include "docker/text.h"

void check_service_multiple(struct check *c, const struct spot *at)
{
    const struct instruction *last = c->last[at->i->id];
    if (!last)
        return;
    struct finding *found = check_report_of(
        c, at, last->is_trigger ? c->stage->from : last, last->word,
        last->is_trigger
            ? "the %s that an ONBUILD of the stage below brings is replaced"
            : "another %s in this stage replaces this one",
        instruction_name(at->i->id));
    instruction_note(&c->f, found, at->site, at->site->word, "it is here");
}

/* array: a part of at->i that begins with '['. */
static void report_array(struct check *c, const struct spot *at,
                         struct str array)
{
    bool words = at->i->id == INSTRUCTION_ADD ||
                 at->i->id == INSTRUCTION_COPY ||
                 at->i->id == INSTRUCTION_VOLUME;
    check_report(c, at, str_slice(array, 0, 1), "this is not JSON, so %s: %s%s",
                 words ? "it is read as words" : "a shell runs it as a command",
                 words_json_mistake(c->f.arena, array),
                 c->template_name ? "; a list of the template is written "
                                    "@{list | json}"
                                  : "");
}

/* "[" alone is a command of the shell. Of CMD and ENTRYPOINT
 * JSONArgsRecommended says it, but for stages with a SHELL. */
void check_service_array(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    struct str rest = i->rest;
    if ((i->id == INSTRUCTION_CMD || i->id == INSTRUCTION_ENTRYPOINT) &&
        !c->shell)
        return;
    if (i->id == INSTRUCTION_HEALTHCHECK)
        rest = i->args.n > 1 ? i->args.at[1] : STR("");
    if (!i->exec_form && !check_leftovers_has(c, i) &&
        (str_starts(rest, STR("[\"")) || str_starts(rest, STR("['"))))
        report_array(c, at, rest);
}

void check_service_json(struct check *c, const struct spot *at)
{
    if (at->i->exec_form || c->now->shell_set || check_leftovers_has(c, at->i))
        return;
    if (str_starts(at->i->rest, STR("[")))
        report_array(c, at, at->i->rest);
    else
        check_report(
            c, at, at->i->word,
            "this command runs in a shell, which does not pass signals on to "
            "it; write a JSON array: %s [\"program\", \"argument\"]",
            instruction_name(at->i->id));
}

/* --- ports --- */

void check_service_port_casing(struct check *c, const struct spot *at)
{
    struct port port;
    grammar_port(at->value, &port);
    if (port.upper_proto)
        check_report(c, at, at->part, "write the protocol in lower case");
}

void check_service_port_format(struct check *c, const struct spot *at)
{
    struct port port;
    grammar_port(at->value, &port);
    if (port.has_host)
        check_report(c, at, at->part,
                     "EXPOSE names a port of the container; addresses and "
                     "ports of the host belong to 'docker run -p'");
}

/* --- signals --- */

/* True if the last command of text is a part of a pipeline. */
static bool ends_in_pipeline(struct str text)
{
    bool piped = false;
    char quote = 0;
    text = text_trim(text);
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        bool twice = at + 1 < text.len && text.ptr[at + 1] == c;
        if (quote || c == '"' || c == '\'') {
            quote = quote == c ? 0 : quote ? quote : c;
        } else if (c == ';' || c == '\n' || ((c == '&' || c == '|') && twice)) {
            piped = false;
            at += twice;
        } else if (c == '|') {
            piped = true;
        }
    }
    return piped;
}

/* CMD ["sh", "-c", "cd /app && server"]: the shell waits for the server and
 * does not pass signals on. A shell replaces itself with a single command, so
 * one command is fine. */
void check_service_signals(struct check *c, const struct spot *at)
{
    const struct words *args = &at->i->args;
    struct words w, last = {0};
    unsigned n = 0;
    if (args->n != 3 || /* a command for the shell is one argument */
        !shell_calls(*args, "sh bash ash dash") ||
        !str_eq(args->at[1], STR("-c")))
        return;
    struct str text = args->at[2], end = text;
    while (shell_next(c->f.arena, &text, &w)) {
        n++;
        last = w;
        if (text.len)
            end = text;
    }
    if (n < 2 || last.n == 0 ||
        str_find(text_trim(end), STR("exec "), 0) != STR_NONE ||
        str_eq(last.at[0], STR("wait")))
        return;
    check_report(
        c, at, args->at[2],
        ends_in_pipeline(args->at[2])
            ? "the shell waits for the whole pipeline and does not pass on the "
              "signal to stop, which 'exec' does not change; run the server "
              "without a pipe: what it prints is the container's log"
        : str_eq(last.at[0], STR("done"))
            ? "the shell waits in a loop and does not pass on the signal to "
              "stop; let an init do that: ENTRYPOINT [\"tini\", \"-g\", "
              "\"--\"]"
            : "the shell waits in front of the last command and does not "
              "pass on the signal to stop; begin that command with 'exec'");
}
