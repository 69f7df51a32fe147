/* SPDX-License-Identifier: MIT */
/* In: the name of a diagnostic, as it stands in brackets after a message, or
 * as -W takes it. Out: what the reference says of it, and how to turn it off.
 */
#include "driver/run.h"

#include "base/near.h"
#include "source/diag_about.h"
#include "source/diag_why.h"

/* --- the name --- */

/* Cuts off what stands around a name; -W options have more than one such part.
 */
static struct str bare(struct str word)
{
    static const struct str before[] = {STR_INIT("["), STR_INIT("-W")};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (str_starts(word, before[i]))
            word = str_from_off(word, before[i].len);
    if (str_ends(word, STR("]")))
        word.len--;
    return word;
}

/* Some names begin with "no-" themselves, so the whole word comes first. */
static enum diag_id find(struct str word)
{
    static const struct str before[] = {STR_INIT("no-"), STR_INIT("error=")};
    enum diag_id id = diag_find(word);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        if (id != DIAG_COUNT || !str_starts(word, before[i]))
            continue;
        word = str_from_off(word, before[i].len);
        id = diag_find(word);
    }
    return id;
}

static bool refuse(stagepp_session *s, struct str word)
{
    struct near near = near_start(word);
    for (int id = 0; id < DIAG_COUNT; id++)
        near_offer(&near, str_from(diag_name((enum diag_id)id)));
    if (near.best.ptr)
        return diag_refuse(&s->diags, DIAG_USAGE,
                           "no diagnostic is called '%.*s'; did you mean "
                           "'%.*s'?",
                           STR_ARG(word), STR_ARG(near.best));
    return diag_refuse(&s->diags, DIAG_USAGE,
                       "no diagnostic is called '%.*s'; the name is in "
                       "brackets after a message",
                       STR_ARG(word));
}

/* --- what is said --- */

/* Checks of Dockerfiles have names as BuildKit's. */
static bool is_check(const char *name)
{
    return name[0] >= 'A' && name[0] <= 'Z';
}

static void print_end(struct buf *out, enum diag_id id)
{
    const char *name = diag_name(id), *page = diag_about(id)->page;
    enum severity severity = diag_severity(id);
    if (severity >= SEVERITY_ERROR)
        buf_add_cstr(out, "\nIt is an error, which cannot be turned off.\n");
    else if (severity == SEVERITY_IGNORED)
        buf_printf(out,
                   "\nIt is a warning that is off: -W%s turns it on, and "
                   "-Werror=%s makes it an error.\n",
                   name, name);
    else
        buf_printf(out,
                   "\nIt is a warning: -Wno-%s turns it off, and "
                   "-Werror=%s makes it an error.\n",
                   name, name);
    if (is_check(name))
        buf_printf(out, "In a Dockerfile '# check=skip=%s' turns it off.\n",
                   name);
    if (page)
        buf_printf(out, "More about it: %s\n", page);
}

bool why_text(stagepp_session *s, struct run *r)
{
    struct str word = bare(str_from(r->job->about ? r->job->about : ""));
    enum diag_id id = find(word);
    if (id == DIAG_COUNT)
        return refuse(s, word);
    buf_printf(&s->text, "%s\n\n", diag_name(id));
    buf_add(&s->text, diag_why(id));
    print_end(&s->text, id);
    return true;
}
