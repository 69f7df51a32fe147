/* SPDX-License-Identifier: MIT */
/* The part of stagepp.h that sets a session up: options become what the session
 * owns, and what is wrong with them is reported. */
#include "driver/settings.h"

/* Each is a call of its own, whose reports are counted anew. */
#define SETTER_TRY(s) \
    (diag_begin(&(s)->diags, SEVERITY_IGNORED), SESSION_TRY(s))

stagepp_status stagepp_add_include_dir(stagepp_session *s, const char *dir)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    resolve_add_dir(&s->resolver, str_from(dir));
    return STAGEPP_OK;
}

stagepp_status stagepp_set_root(stagepp_session *s, const char *dir)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    if (resolve_set_root(&s->resolver, dir ? str_from(dir) : STR_ABSENT))
        return STAGEPP_OK;
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "no such directory for --root: '%s'", dir);
    return STAGEPP_FAILED;
}

stagepp_status stagepp_set_param(stagepp_session *s, const char *name,
                                 const char *value)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    struct str text = ARENA_CONCAT(&s->kept, str_from(name),
                                   value ? STR("=") : STR(""), str_from(value));
    struct str own_name = str_slice(text, 0, strlen(name));
    uint32_t len = (uint32_t)own_name.len;
    struct source *source =
        sources_add(&s->sources, SOURCE_OPTION, STR("-D"), text);
    struct setting set = {.name = name_intern(&s->names, own_name),
                          .bare = !value,
                          .text = str_from_off(text, len + 1),
                          .name_span = {source, 0, len},
                          .span = {source, 0, len}};
    if (value)
        set.span = (struct span){source, len + 1, (uint32_t)set.text.len};
    settings_put(s, set);
    return STAGEPP_OK;
}

static stagepp_status put_json(stagepp_session *s, const char *name,
                               struct source *source, struct str file)
{
    struct str own_name = arena_str(&s->kept, str_from(name));
    struct setting set = {.name = name_intern(&s->names, own_name),
                          .is_value = true,
                          .file = file,
                          .text = source->text,
                          .span = {source, 0, (uint32_t)source->text.len},
                          .name_span = {source, 0, 0}};
    settings_put(s, set);
    return STAGEPP_OK;
}

stagepp_status stagepp_set_param_json(stagepp_session *s, const char *name,
                                      const char *origin, const char *json,
                                      size_t len)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    return put_json(s, name,
                    sources_add(&s->sources, SOURCE_BUFFER,
                                arena_str(&s->kept, str_from(origin)),
                                arena_str(&s->kept, (struct str){json, len})),
                    STR_ABSENT);
}

stagepp_status stagepp_set_param_file(stagepp_session *s, const char *name,
                                      const char *path)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    struct source *source =
        resolve_open(&s->resolver, str_from(path), source_nowhere);
    if (!source)
        return session_status(s);
    return put_json(s, name, source, arena_str(&s->kept, str_from(path)));
}

void stagepp_clear_params(stagepp_session *s)
{
    s->settings.n = 0;
}

static void report_unknown_limit(stagepp_session *s, const char *name)
{
    const char *names[LIMIT_COUNT];
    for (int i = 0; i < LIMIT_COUNT; i++)
        names[i] = limit_name((enum limit)i);
    size_t near = stagepp_nearest(name, names, LIMIT_COUNT);
    bool found = near < LIMIT_COUNT;
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "no limit is called '%s'%s%s%s", name,
                found ? "; did you mean '" : "", found ? names[near] : "",
                found ? "'?" : "");
}

stagepp_status stagepp_set_limit(stagepp_session *s, const char *name,
                                 uint64_t value)
{
    enum limit which = limit_by_name(str_from(name));
    if (!SETTER_TRY(s))
        return session_fault(s);
    if (which == LIMIT_COUNT)
        report_unknown_limit(s, name);
    else if (limit_set(&s->fault.limits, which, value))
        return STAGEPP_OK;
    else
        diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                    "the limit '%s' must be a number from 1 to %llu",
                    limit_name(which),
                    (unsigned long long)limit_ceiling(which));
    return STAGEPP_FAILED;
}

stagepp_status stagepp_set_warning(stagepp_session *s, const char *option)
{
    if (!SETTER_TRY(s))
        return session_fault(s);
    if (diag_set(&s->diags, str_from(option)))
        return STAGEPP_OK;
    diag_explain(&s->text, str_from(option));
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL, "%s",
                session_take(s).ptr);
    return STAGEPP_FAILED;
}

void stagepp_set_loader(stagepp_session *s, stagepp_loader loader,
                        void *context)
{
    resolve_set_loader(&s->resolver, loader, context);
}

void stagepp_set_tracer(stagepp_session *s, stagepp_tracer tracer,
                        void *context)
{
    s->tracer = tracer;
    s->tracer_ctx = context;
}

void stagepp_set_recording(stagepp_session *s, int on)
{
    s->record = on != 0;
}
