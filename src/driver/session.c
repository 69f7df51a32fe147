/* SPDX-License-Identifier: MIT */
/* Implements stagepp.h: owns the arenas and the one place that jumps lead to.
 * Each public function that can run out of memory or into a limit is a
 * SESSION_TRY around its work. */
#include "driver/session.h"

#include "base/seed.h"
#include "driver/outputs.h"
#include "driver/pipeline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(x) TEXT_(x)
#define TEXT_(x) #x

const char *stagepp_version(void)
{
    return TEXT(STAGEPP_VERSION_MAJOR) "." TEXT(STAGEPP_VERSION_MINOR) "." TEXT(
        STAGEPP_VERSION_PATCH);
}

size_t stagepp_nearest(const char *word, const char *const *words, size_t n)
{
    unsigned best = STR_FAR;
    size_t near = n;
    for (size_t i = 0; i < n; i++)
        if (words[i] && str_nearer(str_from(word), str_from(words[i]), &best))
            near = i;
    return near;
}

/* --- life --- */

static void session_init(stagepp_session *s)
{
    name_init(&s->names, &s->kept);
    diag_init(&s->diags, &s->run, &s->fault);
    resolve_init(&s->resolver, &s->kept, &s->diags);
    loader_init(&s->loader, &s->kept, &s->names, &s->diags, &s->resolver);
    buf_init(&s->text, &s->fault, LIMIT_COUNT);
    s->rx = rx_cache_new(&s->fault);
    s->builtins = builtin_new(&s->kept, &s->names);
    s->judge.arena = &s->scratch;
    s->judge.names = &s->names;
    s->judge.diags = &s->diags;
    s->judge.builtin = builtin_signature;
    s->judge.builtin_ctx = s->builtins;
}

static bool session_init_tried(stagepp_session *s)
{
    if (!SESSION_TRY(s))
        return false;
    session_init(s);
    return true;
}

stagepp_session *stagepp_new(void)
{
    stagepp_session *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    limit_defaults(&s->fault.limits);
    s->fault.seed = seed_random(0);
    arena_init(&s->kept, &s->fault);
    arena_init(&s->run, &s->fault);
    arena_init(&s->scratch, &s->fault);
    if (session_init_tried(s))
        return s;
    stagepp_free(s);
    return NULL;
}

static void end_eval(stagepp_session *s)
{
    if (s->eval_live)
        eval_free(&s->eval);
    if (s->replay.eval_live)
        eval_free(&s->replay.eval);
    memset(&s->replay, 0, sizeof s->replay);
    s->eval_live = false;
    s->expanded = false;
}

void stagepp_free(stagepp_session *s)
{
    if (!s)
        return;
    end_eval(s);
    buf_free(&s->text);
    if (s->rx)
        rx_cache_free(s->rx);
    resolve_end(&s->resolver);
    arena_free(&s->scratch);
    arena_free(&s->run);
    arena_free(&s->kept);
    free(s);
}

void session_reset(stagepp_session *s)
{
    end_eval(s);
    diag_clear(&s->diags);
    arena_free(&s->scratch);
    arena_free(&s->run);
    arena_init(&s->scratch, &s->fault);
    arena_init(&s->run, &s->fault);
    resolve_begin(&s->resolver);
    s->fault.steps = 0;
    s->fault.ended = false;
}

/* --- how things end --- */

stagepp_status session_status(const stagepp_session *s)
{
    enum severity worst = diag_worst(&s->diags);
    if (worst == SEVERITY_FAILURE)
        return STAGEPP_FAILED;
    return worst == SEVERITY_ERROR ? STAGEPP_DIFFERS : STAGEPP_OK;
}

static void report_limit(stagepp_session *s, enum limit which)
{
    struct span at = source_nowhere;
    const struct trace *chain = NULL;
    const struct source *checked = s->checked;
    if (checked && checked->kind == SOURCE_FILE) {
        at.source = s->checked;
    } else if (!checked && s->eval_live && s->eval.cx.source) {
        at = eval_span(&s->eval, s->eval.cx.at);
        chain = s->eval.cx.chain;
    }
    if (which == LIMIT_NO_MEMORY)
        diag_report(&s->diags, DIAG_NO_MEMORY, at, chain, NULL);
    else
        diag_report(&s->diags, DIAG_LIMIT, at, chain,
                    "the limit '%s' of %llu is reached%s%.*s%s: %.*s "
                    "(--limit %s=N changes it)",
                    limit_name(which),
                    (unsigned long long)s->fault.limits.max[which],
                    checked ? " in the checks of '" : "",
                    checked ? (int)checked->name.len : 0,
                    checked ? checked->name.ptr : "", checked ? "'" : "",
                    STR_ARG(limit_what(which)), limit_name(which));
}

stagepp_status session_fault(stagepp_session *s)
{
    enum limit which = s->fault.which;
    s->fault.ended = true;
    outputs_close(&s->out_dir);
    s->text.len = 0; /* a part of what was asked for */
    /* Reporting takes a little memory itself: when there is none even for
     * that, the status alone has to do. */
    if (which != LIMIT_STOP && SESSION_TRY(s))
        report_limit(s, which);
    s->checked = NULL;
    stagepp_status status = session_status(s);
    if (which == LIMIT_NO_MEMORY || status == STAGEPP_OK)
        return STAGEPP_FAILED;
    return status;
}

void session_give(stagepp_session *s, const char **text, size_t *len)
{
    struct str copy = arena_str(&s->run, buf_str(&s->text));
    *text = copy.ptr;
    *len = copy.len;
    buf_truncate(&s->text, 0);
}

/* --- setting up --- */

static stagepp_status usage(stagepp_session *s, const char *what,
                            const char *word)
{
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL, "%s '%s'", what,
                word);
    return STAGEPP_FAILED;
}

static stagepp_status usage_unknown(stagepp_session *s, const char *name)
{
    const char *near = NULL;
    unsigned best = UINT_MAX;
    for (int i = 0; i < LIMIT_COUNT; i++)
        if (str_nearer(str_from(name), str_from(limit_name((enum limit)i)),
                       &best))
            near = limit_name((enum limit)i);
    if (!near)
        return usage(s, "no limit is called", name);
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "no limit is called '%s'; did you mean '%s'?", name, near);
    return STAGEPP_FAILED;
}

static stagepp_status usage_limit(stagepp_session *s, enum limit which)
{
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "the limit '%s' is a number from 1 to %llu", limit_name(which),
                (unsigned long long)limit_ceiling(which));
    return STAGEPP_FAILED;
}

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
    return resolve_set_root(&s->resolver, path)
               ? STAGEPP_OK
               : usage(s, "no such directory for --root:", dir);
}

stagepp_status stagepp_set_param(stagepp_session *s, const char *name,
                                 const char *value)
{
    struct option_value v = {{NULL, 0}, NULL, {NULL, 0}, !value, false};
    if (!SESSION_TRY(s))
        return session_fault(s);
    v.name = arena_str(&s->kept, str_from(name));
    v.text = arena_str(&s->kept, str_from(value));
    v.source = resolve_add(&s->resolver, SOURCE_OPTION, STR("-D"),
                           arena_printf(&s->kept, "%s%s%s", name,
                                        value ? "=" : "", value ? value : ""));
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

stagepp_status stagepp_set_limit(stagepp_session *s, const char *name,
                                 uint64_t value)
{
    enum limit which = limit_by_name(str_from(name));
    if (!SESSION_TRY(s))
        return session_fault(s);
    if (which == LIMIT_COUNT)
        return usage_unknown(s, name);
    if (!limit_set(&s->fault.limits, which, value))
        return usage_limit(s, which);
    return STAGEPP_OK;
}

stagepp_status stagepp_set_warning(stagepp_session *s, const char *option)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    if (diag_set(&s->diags, str_from(option)))
        return STAGEPP_OK;
    buf_truncate(&s->text, 0);
    diag_explain(&s->text, str_from(option));
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL, "%.*s",
                STR_ARG(buf_str(&s->text)));
    buf_truncate(&s->text, 0);
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

/* --- expanding --- */

/* As stagepp.h promises of all bytes. */
static void end_with_nul(struct outputs *o)
{
    for (uint32_t i = 0; i < o->list.n; i++) {
        struct buf *text = &o->list.at[i]->pad.text;
        if (text->cap == 0 && text->len) /* bytes of others have one */
            continue;
        buf_reserve(text, 1);
        text->ptr[text->len] = '\0';
    }
}

static stagepp_status expand(stagepp_session *s, struct source *root)
{
    s->root = root;
    settings_use(s);
    bool good = pipeline_run(s, root);
    if (good)
        end_with_nul(&s->eval.outputs);
    s->expanded = good;
    s->fault.ended = true;
    arena_free(&s->scratch);
    arena_init(&s->scratch, &s->fault);
    return session_status(s);
}

stagepp_status stagepp_expand_file(stagepp_session *s, const char *path)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct source *root =
        resolve_open(&s->resolver, str_from(path), source_nowhere);
    return root ? expand(s, root) : session_status(s);
}

struct source *session_add_buffer(stagepp_session *s, const char *name,
                                  struct str bytes)
{
    uint64_t max = s->fault.limits.max[LIMIT_INPUT];
    if (bytes.len > max) {
        diag_report(&s->diags, DIAG_LIMIT, source_nowhere, NULL,
                    "'%s' is longer than %llu bytes, the limit 'input' "
                    "(--limit input=N changes it)",
                    name, (unsigned long long)max);
        return NULL;
    }
    return resolve_add(&s->resolver, SOURCE_BUFFER,
                       arena_str(&s->kept, str_from(name)), bytes);
}

stagepp_status stagepp_expand_buffer(stagepp_session *s, const char *name,
                                     const char *bytes, size_t len)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct source *root = session_add_buffer(s, name, (struct str){bytes, len});
    if (!root)
        return session_status(s);
    resolve_use(&s->resolver, root);
    return expand(s, root);
}

/* --- results --- */

/* The main output is left out where there is none. */
static uint32_t first_output(const stagepp_session *s)
{
    return s->eval.outputs.no_main ? 1 : 0;
}

size_t stagepp_output_count(const stagepp_session *s)
{
    return s->expanded ? s->eval.outputs.list.n - first_output(s) : 0;
}

stagepp_output stagepp_get_output(const stagepp_session *s, size_t i)
{
    struct output *o = s->eval.outputs.list.at[i + first_output(s)];
    struct str text = buf_str(&o->pad.text);
    return (stagepp_output){o->path.ptr, text.ptr, text.len};
}

size_t stagepp_dep_count(const stagepp_session *s)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->resolver.used.n; i++)
        n += s->resolver.used.at[i]->is_dep;
    return n;
}

const char *stagepp_get_dep(const stagepp_session *s, size_t i)
{
    uint32_t at = 0;
    for (;; at++)
        if (s->resolver.used.at[at]->is_dep && i-- == 0)
            return s->resolver.used.at[at]->name.ptr;
}
