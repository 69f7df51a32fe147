/* SPDX-License-Identifier: MIT */
/* The part of stagepp.h that runs and tells: a question is a job for the
 * pipeline, its answer a text that lives as long as the results. What can run
 * out of memory or into a limit is inside a SESSION_TRY. */
#include "base/near.h"
#include "driver/depfile.h"
#include "driver/pipeline.h"
#include "source/diag_print.h"
#include "source/diag_sarif.h"

#define TEXT(x) TEXT_(x)
#define TEXT_(x) #x

const char *stagepp_version(void)
{
    return TEXT(STAGEPP_VERSION_MAJOR) "." TEXT(STAGEPP_VERSION_MINOR) "." TEXT(
        STAGEPP_VERSION_PATCH);
}

size_t stagepp_nearest(const char *word, const char *const *words, size_t n)
{
    struct near near = near_start(str_from(word));
    size_t best = n;
    for (size_t i = 0; i < n; i++)
        if (words[i] && near_offer(&near, str_from(words[i])))
            best = i;
    return best;
}

/* --- runs --- */

/* A limit may have been reached because a library has changed, so what was used
 * until then is compared with the lock, too. */
static stagepp_status after_jump(stagepp_session *s, const stagepp_job *job)
{
    stagepp_status status = session_fault(s);
    if (!job->path || !job->lock || s->expansion.good)
        return status;
    s->worst = s->diags.worst;
    stagepp_status same = stagepp_check_lock(s, job->lock);
    return same > status ? same : status;
}

static stagepp_status try_run(stagepp_session *s, struct run *r)
{
    if (!SESSION_TRY(s))
        return after_jump(s, r->job);
    if (!pipeline_run(s, r))
        return session_status(s);
    if (!r->text.ptr)
        r->text = session_take(s);
    return r->differs ? STAGEPP_DIFFERS : STAGEPP_OK;
}

stagepp_status stagepp_run(stagepp_session *s, const stagepp_job *job,
                           const char **text, size_t *len)
{
    struct run r = {.job = job};
    /* A call that goes on from an expansion is no better than that. What was
     * asked in between does not matter. */
    diag_begin(&s->diags, s->worst);
    stagepp_status status = try_run(s, &r);
    if (job->path)
        s->worst = s->diags.worst;
    buf_truncate(&s->text, 0);
    if (text)
        *text = r.text.ptr ? r.text.ptr : "";
    if (len)
        *len = r.text.len;
    return status;
}

/* stagepp_run for one of the functions below. */
#define RUN(s, text, len, ...) \
    stagepp_run(s, &(stagepp_job){__VA_ARGS__}, text, len)

stagepp_status stagepp_expand_file(stagepp_session *s, const char *path)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_EXPAND, .path = path);
}

stagepp_status stagepp_expand_buffer(stagepp_session *s, const char *name,
                                     const char *bytes, size_t len)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_EXPAND, .path = name,
               .bytes = bytes ? bytes : "", .len = len);
}

stagepp_status stagepp_write(stagepp_session *s, const stagepp_target *target)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_WRITE, .target = *target,
               .checks = STAGEPP_LINT_NONE);
}

stagepp_status stagepp_check(stagepp_session *s, const stagepp_target *target,
                             const char **diff, size_t *len)
{
    return RUN(s, diff, len, .goal = STAGEPP_GOAL_CHECK, .target = *target,
               .checks = STAGEPP_LINT_NONE);
}

stagepp_status stagepp_lint(stagepp_session *s, const stagepp_target *target,
                            stagepp_lint_choice choice)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_LINT, .target = *target,
               .checks = choice);
}

stagepp_status stagepp_lint_file(stagepp_session *s, const char *path)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_LINT_FILE, .path = path);
}

stagepp_status stagepp_instructions(stagepp_session *s, const char *path,
                                    const char **text, size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_INSTRUCTIONS, .path = path);
}

stagepp_status stagepp_graph(stagepp_session *s, const stagepp_target *target,
                             stagepp_graph_format format, const char **text,
                             size_t *len)
{
    return RUN(s, text, len,
               .goal = format == STAGEPP_GRAPH_MERMAID
                           ? STAGEPP_GOAL_GRAPH_MERMAID
                           : STAGEPP_GOAL_GRAPH_DOT,
               .target = *target);
}

stagepp_status stagepp_targets(stagepp_session *s, const stagepp_target *target,
                               stagepp_answer_format format, const char **text,
                               size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_TARGETS, .target = *target,
               .format = format);
}

stagepp_status stagepp_bake(stagepp_session *s, const stagepp_target *target,
                            const char **text, size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_BAKE, .target = *target);
}

stagepp_status stagepp_list(stagepp_session *s, const stagepp_target *target,
                            const char **text, size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_LIST, .target = *target);
}

stagepp_status stagepp_depfile(stagepp_session *s, const stagepp_target *target,
                               const char **text, size_t *len)
{
    stagepp_target printed = *target;
    printed.rule_path = NULL;
    return RUN(s, text, len, .goal = STAGEPP_GOAL_DEPFILE, .target = printed);
}

stagepp_status stagepp_lock(stagepp_session *s, const char *path)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_LOCK, .about = path);
}

stagepp_status stagepp_check_lock(stagepp_session *s, const char *path)
{
    return RUN(s, NULL, NULL, .goal = STAGEPP_GOAL_EXPAND, .lock = path);
}

stagepp_status stagepp_explain(stagepp_session *s, const stagepp_target *target,
                               const char *where, const char **text,
                               size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_EXPLAIN, .target = *target,
               .about = where);
}

stagepp_status stagepp_source_map(stagepp_session *s,
                                  const stagepp_target *target,
                                  const char **text, size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_SOURCE_MAP,
               .target = *target);
}

stagepp_status stagepp_params(stagepp_session *s, const char *path,
                              stagepp_answer_format format, const char **text,
                              size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_PARAMS, .path = path,
               .format = format);
}

stagepp_status stagepp_macros(stagepp_session *s, const char *library,
                              stagepp_answer_format format, const char **text,
                              size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_MACROS, .about = library,
               .format = format);
}

stagepp_status stagepp_builtins(stagepp_session *s, const char **text,
                                size_t *len)
{
    return RUN(s, text, len, .goal = STAGEPP_GOAL_BUILTINS);
}

/* --- results --- */

size_t stagepp_output_count(const stagepp_session *s)
{
    return s->expansion.good ? s->expansion.n : 0;
}

stagepp_output stagepp_get_output(const stagepp_session *s, size_t i)
{
    const struct output_file *f = &s->expansion.files[i];
    return (stagepp_output){f->path.ptr, f->bytes.ptr, f->bytes.len, f->mode};
}

size_t stagepp_dep_count(const stagepp_session *s)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->sources.used.n; i++)
        n += s->sources.used.at[i]->is_dep;
    return n;
}

const char *stagepp_get_dep(const stagepp_session *s, size_t i)
{
    uint32_t at = 0;
    for (;; at++)
        if (s->sources.used.at[at]->is_dep && i-- == 0)
            return s->sources.used.at[at]->name.ptr;
}

const char *stagepp_quote_make(stagepp_session *s, const char *name)
{
    if (!SESSION_TRY(s)) {
        session_fault(s);
        return "";
    }
    depfile_quote(&s->text, str_from(name));
    const char *quoted = arena_cstr(&s->kept, buf_str(&s->text));
    buf_truncate(&s->text, 0);
    return quoted;
}

/* --- diagnostics --- */

/* Those that are shown: an ignored one was never kept. */
size_t stagepp_diagnostic_count(const stagepp_session *s)
{
    return s->diags.list.n;
}

stagepp_diagnostic stagepp_get_diagnostic(stagepp_session *s, size_t i)
{
    stagepp_diagnostic out = {STAGEPP_ERROR, "", "", 0, 0, 0, ""};
    uint32_t line = 0, col = 0;
    if (!SESSION_TRY(s)) {
        session_fault(s);
        return out;
    }
    diag_sort(&s->diags);
    const struct diag *d = s->diags.list.at[i];
    if (d->severity == SEVERITY_WARNING)
        out.severity = STAGEPP_WARNING;
    out.id = diag_name(d->id);
    out.message = arena_cstr(&s->run, d->message);
    if (d->span.source) {
        source_locate(d->span.source, d->span.off, &line, &col);
        out.file = arena_cstr(&s->run, d->span.source->name);
    }
    out.line = line;
    out.column = col;
    out.length = d->span.len;
    return out;
}

static void print_diagnostics(stagepp_session *s, stagepp_format format)
{
    diag_sort(&s->diags);
    if (format == STAGEPP_SARIF)
        diag_sarif_print(&s->text, &s->diags, stagepp_version());
    else if (format == STAGEPP_JSON)
        diag_print_json(&s->text, &s->diags);
    else
        diag_print_text(&s->text, &s->diags, format == STAGEPP_COLOUR);
}

const char *stagepp_diagnostics(stagepp_session *s, stagepp_format format,
                                size_t *len)
{
    *len = 0;
    if (!SESSION_TRY(s)) {
        session_fault(s);
        return "";
    }
    if (s->diags.list.n == 0 && format != STAGEPP_SARIF)
        return "";
    print_diagnostics(s, format);
    struct str text = session_take(s);
    *len = text.len;
    return text.ptr;
}
