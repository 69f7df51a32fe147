/* SPDX-License-Identifier: MIT */
/* The half of stagepp.h that deals with results: writing, comparing and
 * listing outputs, dependency files, diagnostics. Text that is given out is
 * built in s->text and copied into the run's arena, so that one call does not
 * take back what another gave. */
#include "driver/results.h"

#include "driver/depfile.h"
#include "source/diag_print.h"
#include "source/diag_sarif.h"

/* --- outputs --- */

struct output_job results_job(stagepp_session *s, const stagepp_target *target)
{
    size_t n = stagepp_output_count(s);
    struct output_file *files = arena_array(&s->run, n + 1, sizeof *files);
    uint32_t first = s->eval.outputs.no_main;
    for (size_t i = 0; i < n; i++) {
        const struct output *o = s->eval.outputs.list.at[i + first];
        files[i] =
            (struct output_file){o->path.len == 0 ? OUTPUT_MAIN : OUTPUT_BLOCK,
                                 o->path, buf_str(&o->pad.text), o->span};
    }
    return (struct output_job){
        .arena = &s->run,
        .diags = &s->diags,
        .files = files,
        .n = n,
        .sources = s->resolver.used.at,
        .nsources = s->resolver.used.n,
        .target = target,
        .out_dir = &s->out_dir,
    };
}

bool results_candidates(stagepp_session *s, const stagepp_target *target,
                        candidates *list)
{
    struct output_job job = results_job(s, target);
    output_plans plans = {0};
    if (!outputs_choose(&job, &plans))
        return false;
    if (job.n && job.files[0].kind == OUTPUT_MAIN && !target->main_path &&
        !target->only) {
        struct candidate c = {0, STR("-"), STR("-")};
        vec_push(&s->run, list, c);
    }
    for (uint32_t i = 0; i < plans.n; i++) {
        const struct output_plan *p = &plans.at[i];
        struct candidate c = {(size_t)(p->file - job.files), str_from(p->path),
                              p->file->path};
        vec_push(&s->run, list, c);
    }
    return true;
}

enum {
    SHOWN_NAMES = 10
};

struct str candidate_names(stagepp_session *s, const candidates *list)
{
    struct str text = STR("");
    uint32_t n = list->n < SHOWN_NAMES ? list->n : SHOWN_NAMES;
    for (uint32_t i = 0; i < n; i++)
        text = arena_printf(&s->run, "%.*s%s'%.*s'", STR_ARG(text),
                            i ? ", " : "", STR_ARG(list->at[i].name));
    if (n < list->n)
        text = arena_printf(&s->run, "%.*s and %u more", STR_ARG(text),
                            list->n - n);
    return text;
}

stagepp_status stagepp_write(stagepp_session *s, const stagepp_target *target)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct output_job job = results_job(s, target);
    return outputs_write(&job) ? STAGEPP_OK : session_status(s);
}

stagepp_status stagepp_check(stagepp_session *s, const stagepp_target *target,
                             const char **diff, size_t *len)
{
    size_t differing = 0;
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct output_job job = results_job(s, target);
    bool good = outputs_check(&job, &s->text, &differing);
    session_give(s, diff, len);
    if (!good)
        return session_status(s);
    return differing ? STAGEPP_DIFFERS : STAGEPP_OK;
}

stagepp_status stagepp_list(stagepp_session *s, const stagepp_target *target,
                            const char **text, size_t *len)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct output_job job = results_job(s, target);
    bool good = outputs_list(&job, &s->text);
    session_give(s, text, len);
    return good ? STAGEPP_OK : session_status(s);
}

stagepp_status stagepp_write_file(stagepp_session *s, const char *path,
                                  const char *bytes, size_t len)
{
    struct output_file file = {OUTPUT_MAIN, {NULL, 0}, {bytes, len}, {0}};
    stagepp_target target = {.main_path = path};
    if (!SESSION_TRY(s))
        return session_fault(s);
    struct output_job job = results_job(s, &target);
    job.files = &file;
    job.n = 1;
    return outputs_write(&job) ? STAGEPP_OK : session_status(s);
}

/* --- dependencies --- */

static bool check_name(stagepp_session *s, struct str name,
                       enum depfile_role role)
{
    const char *why = depfile_objection(name, role);
    if (why)
        diag_report(&s->diags, DIAG_UNWRITABLE, source_nowhere, NULL,
                    "the file name '%.*s' cannot stand in a make rule: %s",
                    STR_ARG(name), why);
    return !why;
}

/* ptr NULL after an error (reported). */
static struct str quoted_outputs(stagepp_session *s,
                                 const stagepp_target *target)
{
    output_plans plans = {0};
    size_t mark = s->text.len;
    struct output_job job = results_job(s, target);
    bool good = outputs_plan(&job, &plans);
    for (uint32_t i = 0; good && i < plans.n; i++) {
        struct str path = str_from(plans.at[i].path);
        good = check_name(s, path, DEPFILE_TARGET);
        if (i)
            buf_add_char(&s->text, ' ');
        depfile_quote(&s->text, path);
    }
    struct str text = arena_str(&s->run, buf_from(&s->text, mark));
    buf_truncate(&s->text, mark);
    return good ? text : (struct str){NULL, 0};
}

/* What the caller has quoted may hold anything that stays in its line. */
static struct str given_targets(stagepp_session *s, const char *targets)
{
    struct str text = str_from(targets);
    if (str_chr(text, '\n', 0) == STR_NONE && !str_ends(text, STR("\\")))
        return text;
    diag_report(&s->diags, DIAG_UNWRITABLE, source_nowhere, NULL,
                "the targets '%.*s' cannot stand in a make rule: they have a "
                "line end, or a backslash at their end",
                STR_ARG(text));
    return (struct str){NULL, 0};
}

stagepp_status stagepp_depfile(stagepp_session *s, const stagepp_target *target,
                               const char *targets, int phony,
                               const char **text, size_t *len)
{
    if (!SESSION_TRY(s))
        return session_fault(s);
    size_t n = stagepp_dep_count(s);
    struct str *deps = arena_array(&s->run, n + 1, sizeof *deps);
    struct str left =
        targets ? given_targets(s, targets) : quoted_outputs(s, target);
    bool good = left.ptr != NULL;
    /* The template comes first, unless it was a buffer. */
    size_t first = s->root && s->root->is_dep ? 1 : 0;
    for (size_t i = 0; i < n; i++) {
        bool is_target = phony && i >= first;
        deps[i] = str_from(stagepp_get_dep(s, i));
        good =
            check_name(s, deps[i], is_target ? DEPFILE_TARGET : DEPFILE_DEP) &&
            good;
    }
    if (!good)
        return session_status(s);
    depfile_rule(&s->text, left, deps, n, phony ? first : n);
    session_give(s, text, len);
    return STAGEPP_OK;
}

const char *stagepp_quote_make(stagepp_session *s, const char *name)
{
    if (!SESSION_TRY(s)) {
        buf_truncate(&s->text, 0);
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
    if (!SESSION_TRY(s))
        return out;
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
    const char *text;
    *len = 0;
    if (!SESSION_TRY(s)) {
        buf_truncate(&s->text, 0);
        return "";
    }
    if (s->diags.list.n == 0 && format != STAGEPP_SARIF)
        return "";
    print_diagnostics(s, format);
    session_give(s, &text, len);
    return text;
}
