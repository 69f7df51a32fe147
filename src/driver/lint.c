/* SPDX-License-Identifier: MIT */
/* From findings in an output to diagnostics at the template. An output is
 * checked where it lies; only when something was found is it asked where that
 * text came from. */
#include "driver/lint.h"

#include "base/path.h"
#include "docker/listing.h"
#include "docker/text.h"
#include "driver/about.h"
#include "driver/linemap.h"
#include "driver/results.h"

/* BuildKit's messages end there (16 MiB): no builder can read a longer one. */
#define MAX_DOCKERFILE ((size_t)16 << 20)

struct lint {
    stagepp_session *s;
    struct source *source;     /* the text that was checked */
    size_t output;             /* its index */
    const struct linemap *map; /* of it, once it was asked for */
    bool asked;
    struct str path;     /* where it lies or will; empty: nowhere */
    output_plans plans;  /* all outputs */
    bool is_template;    /* there is something behind it to point at */
    bool all_errors;     /* "# check=error=true" */
    lint_visitor *visit; /* NULL: everything is reported, and that is all */
    void *visit_ctx;
};

/* --- what is a Dockerfile --- */

static bool is_dockerfile_name(struct str path)
{
    struct str name = path_base(path);
    struct str end = STR(".dockerfile");
    if (str_ends(name, STR(".dockerignore")))
        return false;
    if (str_starts(name, STR("Dockerfile")) ||
        str_starts(name, STR("Containerfile")))
        return true;
    return name.len >= end.len &&
           text_same(str_from_off(name, name.len - end.len), end);
}

/* Text for standard output has no name: its first instruction decides. */
static bool begins_as_dockerfile(struct str text)
{
    enum instruction_id first = dockerfile_begins(text);
    return first == INSTRUCTION_FROM || first == INSTRUCTION_ARG;
}

/* --- reports --- */

/* Where bytes of the text came from: the template, if that is known. */
static struct span place(struct lint *l, uint32_t off, uint32_t len,
                         const struct trace **chain)
{
    struct origin o;
    *chain = NULL;
    if (l->is_template && !l->asked)
        l->map = linemap_get(l->s, l->output);
    l->asked = true;
    if (!l->map || !linemap_at(l->map, off, &o))
        return (struct span){l->source, off, len};
    *chain = o.chain;
    return linemap_span(&o, len);
}

static void note_line(struct lint *l, struct diag *d, uint32_t off)
{
    uint32_t line, col;
    source_locate(l->source, off, &line, &col);
    if (l->path.len)
        diag_note(&l->s->diags, d, source_nowhere, "this is line %u of '%.*s'",
                  line, STR_ARG(l->path));
    else
        diag_note(&l->s->diags, d, source_nowhere,
                  "this is line %u of the output", line);
}

/* A chain that lost its end is a mistake of the template; in a file that
 * people wrote it is what the builder makes of it. */
static bool is_raised(const struct lint *l, const struct finding *f)
{
    return l->all_errors ||
           (l->is_template && f->id == DIAG_DANGLING_CONTINUATION);
}

static void add_notes(struct lint *l, const struct finding *f, struct diag *d)
{
    const struct trace *chain;
    for (uint32_t i = 0; i < f->notes.n; i++) {
        const struct finding_note *n = &f->notes.at[i];
        diag_note(&l->s->diags, d, place(l, n->off, n->len, &chain), "%.*s",
                  STR_ARG(n->message));
    }
    if (l->is_template)
        note_line(l, d, f->off);
}

static void report(struct lint *l, const struct finding *f)
{
    struct diags *all = &l->s->diags;
    const struct trace *chain;
    enum severity severity = (enum severity)all->severity[f->id];
    if (!diag_enabled(all, f->id) || (l->visit && !diag_is_error(f->id)))
        return;
    if (severity == SEVERITY_WARNING && is_raised(l, f))
        severity = SEVERITY_ERROR;
    struct span span = place(l, f->off, f->len, &chain);
    struct diag *d =
        diag_report_as(all, f->id, severity, span, chain, f->message);
    if (d)
        add_notes(l, f, d);
}

/* --- the .dockerignore --- */

/* An output of this run, or a file that is there. With --root nothing is read
 * that a template could not read, too. */
static bool read_path(struct lint *l, struct str path, struct str *text)
{
    struct arena *a = &l->s->scratch;
    struct file_data data;
    for (uint32_t i = 0; i < l->plans.n; i++)
        if (str_eq(str_from(l->plans.at[i].path), path)) {
            *text = l->plans.at[i].file->bytes;
            return true;
        }
    if (l->s->resolver.confine.root.path.ptr || l->s->resolver.load ||
        str_has_nul(path) ||
        file_read(a, arena_cstr(a, path), &data) != FILE_OK)
        return false;
    *text = data.bytes;
    return true;
}

/* "Dockerfile.dockerignore" comes before ".dockerignore", as for BuildKit; the
 * context is taken to be the folder of the Dockerfile. */
static bool read_ignore(void *ctx, struct str *text)
{
    struct lint *l = ctx;
    struct arena *a = &l->s->scratch;
    if (l->path.len == 0)
        return false;
    struct str own = arena_printf(a, "%.*s.dockerignore", STR_ARG(l->path));
    struct str common = path_join(a, path_dir(l->path), STR(".dockerignore"));
    return read_path(l, own, text) || read_path(l, common, text);
}

/* A stage without a comment is what the macro that gave it says it is. */
static void describe_stages(struct lint *l, const struct model *m)
{
    for (uint32_t i = 0; l->is_template && i < m->stages.n; i++) {
        struct stage *s = m->stages.at[i];
        const struct trace *chain;
        struct span at = place(l, s->from->off, 1, &chain);
        if (s->description.len == 0)
            s->description = about_text(l->s, at, chain);
    }
}

/* A visitor may keep what it sees as long as the session's scratch arena. */
static void lint_text(struct lint *l)
{
    struct arena_mark mark = arena_mark(&l->s->scratch);
    struct check *c = arena_new(&l->s->scratch, struct check);
    c->ignore = read_ignore;
    c->ignore_ctx = l;
    c->any_values = l->is_template;
    l->s->checked = l->source;
    docker_check(c, &l->s->scratch, l->source->text);
    l->s->checked = NULL;
    l->all_errors = c->f.options.error;
    for (uint32_t i = 0; i < c->f.list.n; i++)
        report(l, c->f.list.at[i]);
    if (!l->visit)
        arena_rewind(&l->s->scratch, mark);
    if (!l->visit || c->f.errors)
        return;
    describe_stages(l, &c->m);
    l->visit(l->visit_ctx, c, l->path);
}

/* --- outputs --- */

static void lint_output(struct lint *l, const struct output_file *file,
                        struct str name, size_t index)
{
    l->output = index;
    if (file->bytes.len > MAX_DOCKERFILE)
        return;
    l->is_template = true;
    l->asked = false;
    l->map = NULL;
    l->source =
        source_new(&l->s->run, l->path.len ? SOURCE_OUTPUT : SOURCE_STREAM,
                   name, file->bytes, UINT32_MAX);
    lint_text(l);
}

/* The main output has no place in the plan without a path. */
static bool goes_to_stdout(const struct output_job *job)
{
    return job->n && job->files[0].kind == OUTPUT_MAIN &&
           !job->target->main_path && !job->target->only;
}

/* All outputs that count; false after a mistake in the target (reported). */
static bool lint_outputs(struct lint *l, const stagepp_target *target, bool all)
{
    struct output_job job = results_job(l->s, target);
    l->s->fault.steps = 0; /* expanding is done */
    if (!outputs_plan(&job, &l->plans))
        return false;
    /* Who asks for a graph says that it is a Dockerfile. */
    if (goes_to_stdout(&job) &&
        (all || l->visit || begins_as_dockerfile(job.files[0].bytes)))
        lint_output(l, &job.files[0], STR("standard output"), 0);
    for (uint32_t i = 0; i < l->plans.n; i++) {
        const struct output_file *f = l->plans.at[i].file;
        l->path = str_from(l->plans.at[i].path);
        if ((f->kind == OUTPUT_MAIN || f->kind == OUTPUT_BLOCK) &&
            (all || is_dockerfile_name(l->path)))
            lint_output(l, f, l->path, (size_t)(f - job.files));
    }
    return true;
}

bool lint_visit(stagepp_session *s, const stagepp_target *target,
                lint_visitor *visit, void *ctx)
{
    struct lint l = {.s = s, .visit = visit, .visit_ctx = ctx};
    return lint_outputs(&l, target, false);
}

stagepp_status stagepp_lint(stagepp_session *s, const stagepp_target *target,
                            stagepp_lint_choice choice)
{
    struct lint l = {.s = s};
    if (!SESSION_TRY(s))
        return session_fault(s);
    lint_outputs(&l, target, choice == STAGEPP_LINT_ALL);
    return session_status(s);
}

/* --- files --- */

static stagepp_status lint_source(stagepp_session *s, struct source *source)
{
    struct lint l = {.s = s, .source = source};
    if (source) {
        l.path = source->kind == SOURCE_FILE ? source->name : l.path;
        lint_text(&l);
    }
    return session_status(s);
}

stagepp_status stagepp_lint_file(stagepp_session *s, const char *path)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    return lint_source(
        s, resolve_open(&s->resolver, str_from(path), source_nowhere));
}

stagepp_status stagepp_lint_buffer(stagepp_session *s, const char *name,
                                   const char *bytes, size_t len)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    return lint_source(s,
                       session_add_buffer(s, name, (struct str){bytes, len}));
}

/* --- instructions --- */

static stagepp_status list_source(stagepp_session *s, struct source *source,
                                  const char **text, size_t *len)
{
    struct lint l = {.s = s, .source = source};
    struct findings f = {.arena = &s->scratch};
    struct dockerfile d;
    if (!source)
        return session_status(s);
    dockerfile_parse(&d, source->text, &f);
    for (uint32_t i = 0; i < f.list.n; i++)
        if (diag_is_error(f.list.at[i]->id))
            report(&l, f.list.at[i]);
    if (!d.parsed)
        return session_status(s);
    listing_write(&s->text, &d);
    session_give(s, text, len);
    return STAGEPP_OK;
}

stagepp_status stagepp_instructions(stagepp_session *s, const char *path,
                                    const char **text, size_t *len)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    return list_source(
        s, resolve_open(&s->resolver, str_from(path), source_nowhere), text,
        len);
}

stagepp_status stagepp_instructions_buffer(stagepp_session *s, const char *name,
                                           const char *bytes, size_t size,
                                           const char **text, size_t *len)
{
    session_reset(s);
    if (!SESSION_TRY(s))
        return session_fault(s);
    return list_source(
        s, session_add_buffer(s, name, (struct str){bytes, size}), text, len);
}
