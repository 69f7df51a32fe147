/* SPDX-License-Identifier: MIT */
/* In: the texts of -D and --data. Out: values for the @params of a run. They
 * are read again for each run, since a value lives no longer than that. A
 * setting that no template asks for is a mistake, which is known only after the
 * run. */
#include "driver/settings.h"

#include "base/near.h"
#include "eval/data.h"
#include "lang/unused.h"

void settings_put(stagepp_session *s, struct setting v)
{
    for (uint32_t i = 0; i < s->settings.n; i++)
        if (s->settings.at[i].name == v.name) {
            s->settings.at[i] = v;
            return;
        }
    vec_push(&s->kept, &s->settings, v);
}

bool settings_has(const stagepp_session *s, const struct source *source)
{
    for (uint32_t i = 0; i < s->settings.n; i++)
        if (s->settings.at[i].span.source == source)
            return true;
    return false;
}

void settings_use(stagepp_session *s)
{
    for (uint32_t i = 0; i < s->settings.n; i++) {
        const struct setting *set = &s->settings.at[i];
        if (set->file.ptr)
            sources_use(&s->sources, set->span.source, set->file);
    }
}

/* --- before the run --- */

/* The value of --data; -D is converted when its type is known. */
static bool read_one(struct eval *ev, struct setting *set)
{
    struct source *source = set->span.source;
    enum data_format format =
        set->file.ptr ? data_format(source->name) : DATA_JSON;
    struct diag *ignored;
    return !set->is_value ||
           data_read(&ev->cx, source, format, &set->value, &ignored);
}

bool settings_read(stagepp_session *s, struct eval *ev)
{
    bool good = true;
    for (uint32_t i = 0; i < s->settings.n; i++) {
        struct setting set = s->settings.at[i];
        good = read_one(ev, &set) && good;
        vec_push(&s->run, &ev->settings, set);
    }
    return good;
}

/* --- after the run --- */

/* True if a file of this run has an @param of that name; else near is offered
 * those there are. */
static bool declared(stagepp_session *s, name_id name, struct near *near)
{
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->params.n; j++) {
            if (f->params.at[j]->name == name)
                return true;
            near_offer(near, name_text(&s->names, f->params.at[j]->name));
        }
    }
    return false;
}

/* True if a file may have been included whose path only the run can tell, in a
 * block that was left out. */
static bool may_lack_files(const stagepp_session *s)
{
    const struct outputs *o = &s->expansion.eval.outputs;
    if (o->list.n > o->paths.n) /* with the main output */
        return false;
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->includes.n; j++)
            if (f->includes.at[j]->path->kind != EXPR_STR)
                return true;
    }
    return false;
}

/* True if nothing in the template's files, all of which are known, asks for the
 * parameter's value. */
static bool is_unread(stagepp_session *s, name_id name)
{
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->includes.n; j++)
            if (!f->includes.at[j]->target)
                return false;
        if (!program_is_library(&s->program, f->source) &&
            !unused_variable(&s->names, f, name))
            return false;
    }
    return true;
}

/* True if the template was told so where it declares the parameter. */
static bool is_reported(const stagepp_session *s, struct str name)
{
    for (uint32_t i = 0; i < s->diags.list.n; i++) {
        const struct diag *d = s->diags.list.at[i];
        if (d->id == DIAG_UNUSED_VARIABLE &&
            str_eq(source_span_text(d->span), name))
            return true;
    }
    return false;
}

/* A value that was given and changes nothing. */
static void warn_unread(stagepp_session *s, const struct setting *set)
{
    struct str name = name_text(&s->names, set->name);
    if (!is_reported(s, name) &&
        diag_enabled(&s->diags, DIAG_UNUSED_ARGUMENT) &&
        is_unread(s, set->name))
        diag_report(&s->diags, DIAG_UNUSED_ARGUMENT, set->name_span, NULL,
                    "the template never reads its parameter '%.*s', so this "
                    "has no effect; its value is written @{%.*s}",
                    STR_ARG(name), STR_ARG(name));
}

bool settings_check(stagepp_session *s, bool expanded)
{
    const struct eval *ev = &s->expansion.eval;
    bool good = true;
    if (may_lack_files(s))
        return true;
    for (uint32_t i = 0; i < ev->settings.n; i++) {
        const struct setting *set = &ev->settings.at[i];
        struct near near = near_start(name_text(&s->names, set->name));
        bool known = declared(s, set->name, &near);
        if (known && expanded)
            warn_unread(s, set);
        if (known || (!expanded && !near.best.ptr))
            continue;
        good = false;
        if (near.best.ptr)
            diag_report(&s->diags, DIAG_UNKNOWN_PARAM, set->name_span, NULL,
                        "no template declares the parameter '%.*s'; did you "
                        "mean '%.*s'?",
                        STR_ARG(near.word), STR_ARG(near.best));
        else
            diag_report(&s->diags, DIAG_UNKNOWN_PARAM, set->name_span, NULL,
                        "no template declares the parameter '%.*s' (@param "
                        "%.*s); --params lists those there are",
                        STR_ARG(near.word), STR_ARG(near.word));
    }
    return good;
}
