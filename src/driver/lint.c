/* SPDX-License-Identifier: MIT */
/* In: outputs. Out: diagnostics at the template. The text of an output is
 * checked first; only for what was found is it asked where the text came from.
 */
#include "driver/lint.h"

#include "base/path.h"
#include "docker/docker.h"
#include "docker/listing.h"
#include "docker/text.h"
#include "driver/about.h"
#include "driver/certain.h"
#include "driver/culprit.h"
#include "driver/linemap.h"
#include "driver/results.h"
#include "driver/sight.h"

/* BuildKit cannot receive a longer file: that is the size of its messages. */
#define MAX_DOCKERFILE ((size_t)16 << 20)

struct lint {
    stagepp_session *s;
    struct source *source;     /* the text that is checked */
    size_t output;             /* its index */
    const struct linemap *map; /* of that output, once it was asked for */
    bool asked;
    struct str path;           /* where it lies or will; empty: nowhere */
    const output_plans *plans; /* the outputs; NULL: source is a file */
    bool judged;               /* warnings are wanted as well */
    bool errors;               /* "# check=error=true" */
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

/* True for a template that is called like a Dockerfile, but for ".in". */
static bool is_dockerfile_template(const struct source *template)
{
    struct str name = template->name, end = STR(".in");
    if (str_ends(name, end))
        name.len -= end.len;
    return is_dockerfile_name(name);
}

/* Text for standard output has no name: its first instruction decides. */
static bool begins_as_dockerfile(struct str text)
{
    enum instruction_id first = dockerfile_begins(text);
    return first == INSTRUCTION_FROM || first == INSTRUCTION_ARG;
}

/* --- reports --- */

/* Where the bytes at off came from; false when that is not known. If the
 * expansion did not record it, the first question has the template expanded
 * again. */
static bool find_origin(struct lint *l, uint32_t off, struct origin *o)
{
    if (l->plans && !l->asked)
        l->map = linemap_get(l->s, l->output);
    l->asked = true;
    return l->map && linemap_at(l->map, off, o);
}

static struct span replay_place(struct lint *l, uint32_t off, uint32_t len,
                                const struct trace **chain)
{
    struct origin o;
    *chain = NULL;
    if (l->plans && l->source->text.len == 0) /* nothing gave it */
        return (struct span){l->s->input, 0, 0};
    if (!find_origin(l, off, &o))
        return (struct span){l->source, off, len};
    *chain = o.chain;
    return linemap_span(&o, len);
}

enum {
    LONG_PART = 60
};

/* "'x' in line 3 of the output" where the template says it in another way. */
static void note_line(struct lint *l, struct diag *d, const struct finding *f,
                      struct span at)
{
    uint32_t line = source_line_of(l->source, f->off);
    struct str part = str_slice(l->source->text, f->off, f->len);
    bool other = diag_is_error(f->id) && part.len && part.len <= LONG_PART &&
                 at.source && !str_eq(source_span_text(at), part) &&
                 str_find(f->message, part, 0) == STR_NONE;
    const char *quote = other ? "'" : "";
    if (!other)
        part = STR("");
    if (l->path.len)
        diag_note(&l->s->diags, d, source_nowhere,
                  "this is %s%.*s%s%sline %u of '%.*s'", quote, STR_ARG(part),
                  quote, other ? " in " : "", line, STR_ARG(l->path));
    else
        diag_note(&l->s->diags, d, source_nowhere,
                  "this is %s%.*s%s%sline %u of the output", quote,
                  STR_ARG(part), quote, other ? " in " : "", line);
}

/* place: where f was found. */
static void add_notes(struct lint *l, const struct finding *f, struct diag *d,
                      struct span place)
{
    const struct trace *chain;
    for (uint32_t i = 0; i < f->notes.n; i++) {
        const struct finding_note *n = &f->notes.at[i];
        struct span at = replay_place(l, n->off, n->len, &chain);
        diag_note(&l->s->diags, d, at, "%.*s", STR_ARG(n->message));
    }
    if (l->plans)
        note_line(l, d, f, place);
}

/* "# check=error=true" is an agreement on BuildKit's checks. A continuation
 * without a next line is a mistake in a template; in a file that somebody wrote
 * it is only a warning, as for the builder. */
static bool is_raised(const struct lint *l, const struct finding *f)
{
    return (l->errors && finding_is_buildkit(f->id)) ||
           (l->plans && f->id == DIAG_DANGLING_CONTINUATION);
}

/* A report that is to be made. */
struct draft {
    enum severity severity;
    struct span at;
    const struct trace *chain;
    struct str message;
};

/* The report is an error, and about a call. */
static void blame(struct draft *r, const struct trace *call)
{
    r->severity = SEVERITY_ERROR;
    r->at = call->at;
    r->chain = call->up;
}

/* "@@let x = 1", whose first '@' is taken off. */
static void explain_escape(struct lint *l, struct draft *r)
{
    struct str text = r->at.source ? r->at.source->text : STR("");
    struct str rest = str_part(str_from_off(text, r->at.off), 0, '\n');
    size_t end = 2;
    if (!str_starts(rest, STR("@@")))
        return;
    while (end < rest.len && ascii_is_name(rest.ptr[end]))
        end++;
    if (end == 2) /* as in a diff */
        return;
    struct str word = str_slice(rest, 1, end - 1);
    r->message = arena_printf(&l->s->scratch,
                              "'@%.*s' is the text '%.*s', which is not an "
                              "instruction; for the directive write '%.*s'",
                              STR_ARG(word), STR_ARG(word), STR_ARG(word));
}

/* What f is about, in the text. */
static struct str subject(const struct lint *l, const struct finding *f)
{
    return str_slice(l->source->text, f->off, f->len);
}

/* An instruction that a macro gives, called inside of a RUN. */
static void blame_call(struct lint *l, const struct finding *f, struct draft *r)
{
    struct origin start;
    struct str word = subject(l, f);
    const struct trace *call = NULL;
    if (f->notes.n && find_origin(l, f->notes.at[0].off, &start))
        call = culprit_call(r->chain, start.chain);
    if (!call)
        return;
    blame(r, call);
    r->message = arena_printf(&l->s->scratch,
                              "%.*s writes an instruction of its own, %.*s; "
                              "call it outside of the chain, below this RUN",
                              STR_ARG(call->name), STR_ARG(word));
}

/* A stage that is not there because a parameter has its default. */
static void blame_default(struct lint *l, const struct finding *f,
                          struct draft *r)
{
    struct origin o;
    struct culprit_default d;
    if (!find_origin(l, f->off, &o) ||
        !culprit_default(l->s, &o, subject(l, f), &d))
        return;
    struct str param = name_text(&l->s->names, d.param);
    while (d.call->up && program_is_library(&l->s->program, d.call->at.source))
        d.call = d.call->up;
    blame(r, d.call);
    r->message = arena_printf(
        &l->s->scratch,
        "%.*s: %.*s; the name is the default of '%.*s': make that stage above, "
        "or name the one that is there, %.*s=\"…\"",
        STR_ARG(d.call->name), STR_ARG(f->message), STR_ARG(param),
        STR_ARG(param));
}

/* The lines of text that the instruction around `off` has, or the line. */
static struct str lines_around(struct str text, uint32_t off)
{
    size_t from = off, to = off;
    while (from > 0 && (text.ptr[from - 1] != '\n' ||
                        str_ends(str_slice(text, 0, from - 1), STR("\\"))))
        from--;
    do {
        size_t end = str_chr(text, '\n', to);
        to = end == STR_NONE ? text.len : end + 1;
    } while (to < text.len &&
             str_ends(str_chomp(str_slice(text, 0, to)), STR("\\")));
    return str_slice(text, from, to - from);
}

/* False if f may follow from an error that was reported. */
static bool is_certain(struct lint *l, const struct finding *f, struct span at)
{
    const struct expansion *x = &l->s->expansion;
    const struct outputs *all = &x->eval.outputs;
    const struct trace *chain;
    if (!l->plans)
        return true;
    if (certain_explains(&l->s->diags, at, diag_is_error(f->id)))
        return false;
    const struct output *o = all->list.at[l->output + all->no_main];
    if (x->good || o->gaps.n == 0)
        return true;
    struct str lines = lines_around(l->source->text, f->off);
    uint32_t from = (uint32_t)(lines.ptr - l->source->text.ptr);
    uint32_t last = from + (uint32_t)lines.len;
    return certain_without_gaps(
        o, f->id, replay_place(l, from, 1, &chain),
        replay_place(l, last > from ? last - 1 : last, 1, &chain));
}

/* True if the mark f is a value that a template has escaped, which was said.
 */
static bool is_escaped(struct lint *l, const struct finding *f)
{
    struct diags *all = &l->s->diags;
    struct str mark = subject(l, f);
    for (uint32_t i = 0; str_starts(mark, STR("@{")) && i < all->list.n; i++) {
        struct diag *d = all->list.at[i];
        if (d->id != DIAG_ESCAPED_NAME ||
            !str_ends(source_span_text(d->span), mark))
            continue;
        if (diag_is_error(f->id))
            diag_raise(all, d);
        return true;
    }
    return false;
}

static void report(struct lint *l, const struct finding *f)
{
    struct diags *all = &l->s->diags;
    struct draft r = {.severity = (enum severity)all->severity[f->id],
                      .message =
                          ARENA_CONCAT(&l->s->scratch, f->message, f->advice)};
    if (!diag_enabled(all, f->id) || (!l->judged && !diag_is_error(f->id)))
        return;
    r.at = replay_place(l, f->off, f->len, &r.chain);
    if (f->id == DIAG_UNKNOWN_INSTRUCTION)
        explain_escape(l, &r);
    if (!is_certain(l, f, r.at))
        return;
    if (f->id == DIAG_NESTED_INSTRUCTION)
        blame_call(l, f, &r);
    if (f->id == DIAG_MISSING_STAGE)
        blame_default(l, f, &r);
    if (r.severity == SEVERITY_WARNING && is_raised(l, f))
        r.severity = SEVERITY_ERROR;
    if (is_escaped(l, f))
        return;
    struct diag *d =
        diag_report_as(all, f->id, r.severity, r.at, r.chain, r.message);
    if (d)
        add_notes(l, f, d, r.at);
}

/* Whether @{name} could stand at a place of the text, for the checks. */
static bool is_template_name(void *ctx, struct str name, uint32_t off)
{
    struct lint *l = ctx;
    struct origin o;
    return sight_anywhere(l->s, name) &&
           (off == CHECK_ANYWHERE ||
            (find_origin(l, off, &o) && sight_at(l->s, o.span, o.chain, name)));
}

/* --- the .dockerignore --- */

/* The text of an output of this run, or of a file on disk. With --root, and
 * with a loader, nothing on disk is read. */
static bool read_path(struct lint *l, struct str path, struct str *text)
{
    struct arena *a = &l->s->scratch;
    struct file_data data;
    for (uint32_t i = 0; l->plans && i < l->plans->n; i++)
        if (str_eq(str_from(l->plans->at[i].path), path)) {
            *text = l->plans->at[i].file->bytes;
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
    struct str own = ARENA_CONCAT(a, l->path, STR(".dockerignore"));
    struct str common = path_join(a, path_dir(l->path), STR(".dockerignore"));
    return read_path(l, own, text) || read_path(l, common, text);
}

/* --- a Dockerfile --- */

/* A stage without a comment is what the macro that gave it says it is. */
static void describe_stages(struct lint *l, const struct model *m)
{
    for (uint32_t i = 0; i < m->stages.n; i++) {
        struct stage *s = m->stages.at[i];
        const struct trace *chain;
        struct span at = replay_place(l, s->from->off, 1, &chain);
        if (s->description.len == 0)
            s->description = about_text(l->s, at, chain);
    }
}

/* Checks l->source; what the builder would take is kept, if that is wanted. */
static void lint_text(struct lint *l, struct verdict *keep)
{
    struct arena *a = &l->s->scratch;
    struct arena_mark mark = arena_mark(a);
    struct check *c = arena_new(a, struct check);
    c->ignore = read_ignore;
    c->ctx = l;
    c->any_values = l->plans != NULL;
    if (l->plans) {
        c->template_name = is_template_name;
        culprit_external(l->s, &c->external);
    }
    l->s->checked = l->source;
    docker_check(c, a, l->source->text);
    l->s->checked = NULL;
    l->errors = c->f.options.error;
    for (uint32_t i = 0; i < c->f.list.n; i++)
        report(l, c->f.list.at[i]);
    if (keep && c->f.errors == 0) {
        struct graph_file file = {l->path, &c->m};
        describe_stages(l, &c->m);
        vec_push(a, &keep->files, file);
    }
    if (!keep)
        arena_rewind(a, mark);
}

/* --- outputs --- */

static void lint_output(struct lint *l, const struct output_file *file,
                        size_t index, struct verdict *keep)
{
    bool printed = l->path.len == 0;
    if (file->bytes.len > MAX_DOCKERFILE)
        return;
    l->output = index;
    l->asked = false;
    l->map = NULL;
    l->source = source_new(&l->s->run, printed ? SOURCE_STREAM : SOURCE_OUTPUT,
                           printed ? STR("standard output") : l->path,
                           file->bytes, UINT32_MAX);
    lint_text(l, keep);
}

bool lint_outputs(stagepp_session *s, struct run *r, bool judge)
{
    const stagepp_target *target = &r->job->target;
    bool all = judge && r->job->checks == STAGEPP_LINT_ALL;
    bool some = judge && r->job->checks != STAGEPP_LINT_NONE;
    struct verdict *keep = !judge || target->bake_path ? &r->verdict : NULL;
    struct output_job job = results_job(s, target);
    bool template = s->input && is_dockerfile_template(s->input);
    output_plans plans = {0};
    struct lint l = {.s = s, .plans = &plans};
    if (!some && !keep)
        return true;
    s->fault.steps = 0;                  /* expanding is done */
    s->diags.muted = !s->expansion.good; /* what is missing has its reason */
    bool planned = outputs_plan(&job, &plans);
    s->diags.muted = false;
    if (!planned)
        return false;
    if (outputs_print_main(&job)) {
        l.judged =
            all ||
            (some && (template || begins_as_dockerfile(job.files[0].bytes)));
        /* A question about stages takes it for a Dockerfile. */
        if (l.judged || !judge)
            lint_output(&l, &job.files[0], 0, keep);
    }
    for (uint32_t i = 0; i < plans.n; i++) {
        const struct output_file *file = plans.at[i].file;
        l.path = str_from(plans.at[i].path);
        bool named = is_dockerfile_name(l.path) ||
                     (template && file->kind == OUTPUT_MAIN);
        l.judged = all || (some && named);
        if (l.judged || (keep && named))
            lint_output(&l, file, (size_t)(file - job.files),
                        named ? keep : NULL);
    }
    return session_status(s) == STAGEPP_OK;
}

/* --- files --- */

bool lint_file(stagepp_session *s, struct run *r)
{
    struct lint l = {.s = s, .source = s->input, .judged = true};
    (void)r;
    if (s->input->kind == SOURCE_FILE)
        l.path = s->input->name;
    lint_text(&l, NULL);
    return session_status(s) == STAGEPP_OK;
}

bool lint_instructions(stagepp_session *s, struct run *r)
{
    struct lint l = {.s = s, .source = s->input};
    struct findings f = {.arena = &s->scratch};
    struct dockerfile d;
    (void)r;
    dockerfile_parse(&d, s->input->text, &f);
    for (uint32_t i = 0; i < f.list.n; i++)
        report(&l, f.list.at[i]);
    if (d.parsed)
        listing_write(&s->text, &d);
    return d.parsed;
}
