/* SPDX-License-Identifier: MIT */
/* The part of stagepp.h that sets a session up: options become what the session
 * owns, and what is wrong with them is reported. */
#include "driver/settings.h"

stagepp_status stagepp_add_include_dir(stagepp_session *s, const char *dir)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    resolve_add_dir(&s->resolver, str_from(dir));
    return STAGEPP_OK;
}

stagepp_status stagepp_set_root(stagepp_session *s, const char *dir)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct str path = {NULL, 0};
    if (dir)
        path = str_from(dir);
    if (resolve_set_root(&s->resolver, path))
        return STAGEPP_OK;
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "no such directory for --root: '%s'", dir);
    return STAGEPP_FAILED;
}

stagepp_status stagepp_set_param(stagepp_session *s, const char *name,
                                 const char *value)
{
    struct option_value v = {{NULL, 0}, NULL, {NULL, 0}, !value, false};
    if (!SESSION_TRY(s))
        return session_fault(s);
    v.name = arena_str(&s->kept, str_from(name));
    v.text = arena_str(&s->kept, str_from(value));
    v.source = resolve_add(
        &s->resolver, SOURCE_OPTION, STR("-D"),
        ARENA_CONCAT(&s->kept, v.name, value ? STR("=") : STR(""), v.text));
    settings_put(s, v);
    return STAGEPP_OK;
}

stagepp_status stagepp_set_param_json(stagepp_session *s, const char *name,
                                      const char *origin, const char *json,
                                      size_t len)
{
    struct option_value v = {{NULL, 0}, NULL, {json, len}, false, true};
    if (!SESSION_TRY(s))
        return session_fault(s);
    v.name = arena_str(&s->kept, str_from(name));
    v.text = arena_str(&s->kept, v.text);
    v.source = resolve_add(&s->resolver, SOURCE_BUFFER,
                           arena_str(&s->kept, str_from(origin)), v.text);
    settings_put(s, v);
    return STAGEPP_OK;
}

stagepp_status stagepp_set_param_file(stagepp_session *s, const char *name,
                                      const char *path)
{
    struct option_value v = {{NULL, 0}, NULL, {NULL, 0}, false, true};
    if (!SESSION_TRY(s))
        return session_fault(s);
    v.name = arena_str(&s->kept, str_from(name));
    v.source = resolve_open(&s->resolver, str_from(path), source_nowhere);
    if (!v.source)
        return session_status(s);
    v.text = v.source->text;
    settings_put(s, v);
    return STAGEPP_OK;
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
    if (!SESSION_TRY(s))
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
    if (!SESSION_TRY(s))
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
    s->resolver.load = loader;
    s->resolver.load_ctx = context;
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
