/* SPDX-License-Identifier: MIT */
/* In: the texts of -D and --data. Out: values for the @params of a run. They
 * are read again for each run, since a value lives no longer than that. A
 * setting that no template asks for is a mistake, which is known only after the
 * run. */
#include "driver/settings.h"

#include "base/near.h"
#include "eval/value_json.h"

#include <string.h>

void settings_put(stagepp_session *s, struct option_value v)
{
    for (uint32_t i = 0; i < s->settings.n; i++)
        if (str_eq(s->settings.at[i].name, v.name)) {
            s->settings.at[i] = v;
            return;
        }
    vec_push(&s->kept, &s->settings, v);
}

bool settings_has(const stagepp_session *s, const struct source *source)
{
    for (uint32_t i = 0; i < s->settings.n; i++)
        if (s->settings.at[i].source == source)
            return true;
    return false;
}

void settings_use(stagepp_session *s)
{
    for (uint32_t i = 0; i < s->settings.n; i++)
        if (s->settings.at[i].source->is_dep)
            resolve_use(&s->resolver, s->settings.at[i].source);
}

/* --- before the run --- */

static bool read_one(stagepp_session *s, const struct option_value *o,
                     struct setting *out)
{
    struct json_error err;
    memset(out, 0, sizeof *out);
    out->name = name_intern(&s->names, o->name);
    out->text = o->text;
    out->bare = o->bare;
    out->is_value = o->is_json;
    out->name_span.source = o->source;
    out->name_span.len = o->is_json ? 0 : (uint32_t)o->name.len;
    out->span.source = o->source;
    out->span.off = (uint32_t)(o->source->text.len - o->text.len);
    out->span.len = (uint32_t)o->text.len;
    if (o->bare)
        out->span = out->name_span;
    if (!o->is_json || value_json_read(&s->run, o->text, &out->value, &err))
        return true;
    out->span.off = (uint32_t)err.offset;
    out->span.len = 1;
    diag_report(&s->diags, DIAG_JSON, out->span, NULL, "%s", err.message);
    return false;
}

bool settings_read(stagepp_session *s, struct eval *ev)
{
    bool good = true;
    for (uint32_t i = 0; i < s->settings.n; i++) {
        struct setting set;
        good = read_one(s, &s->settings.at[i], &set) && good;
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

bool settings_check(stagepp_session *s, bool expanded)
{
    const struct eval *ev = &s->expansion.eval;
    bool good = true;
    for (uint32_t i = 0; i < ev->settings.n; i++) {
        const struct setting *set = &ev->settings.at[i];
        struct near near = near_start(name_text(&s->names, set->name));
        if (declared(s, set->name, &near) || (!expanded && !near.best.ptr))
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
