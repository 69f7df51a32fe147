/* SPDX-License-Identifier: MIT */
/* In: a path, or bytes with a name. Out: a source, the first that the run uses.
 * The files of --data come next, as every run uses them. */
#include "driver/input.h"

#include "base/file.h"
#include "driver/settings.h"

static struct source *add_bytes(stagepp_session *s, const stagepp_job *job)
{
    uint64_t max = s->fault.limits.max[LIMIT_INPUT];
    if (job->len > max) {
        diag_report(&s->diags, DIAG_LIMIT, source_nowhere, NULL,
                    "'%s' is longer than %llu bytes, the limit 'input' "
                    "(--limit input=N changes it)",
                    job->path, (unsigned long long)max);
        return NULL;
    }
    return sources_buffer(&s->sources, &s->run,
                          arena_str(&s->run, str_from(job->path)),
                          (struct str){job->bytes, job->len});
}

/* A directory of -I in which nothing can be found is a misspelled one. */
static void check_dirs(stagepp_session *s)
{
    static const char *const what[] = {
        [FILE_DIR_EMPTY] = "is empty",
        [FILE_DIR_MISSING] = "does not exist",
        [FILE_DIR_NONE] = "is not a directory",
    };
    for (uint32_t i = 0; i < s->resolver.confine.dirs.n; i++) {
        const char *path = s->resolver.confine.dirs.at[i].path.ptr;
        enum file_dir look = file_dir_look(path);
        if (look != FILE_DIR_FULL)
            diag_report(&s->diags, DIAG_INCLUDE_DIR, source_nowhere, NULL,
                        "'%s', given with -I, %s", path, what[look]);
    }
}

/* A template mostly lies beside its output, which is easily given instead,
 * there or not. */
static bool check_name(stagepp_session *s, struct str path)
{
    bool regular;
    struct file_id id;
    struct str meant = ARENA_CONCAT(&s->run, path, STR(".in"));
    if (str_ends(path, STR(".in")) ||
        !file_identify(meant.ptr, &id, &regular) || !regular)
        return true;
    if (!file_identify(path.ptr, &id, &regular))
        return diag_refuse(&s->diags, DIAG_UNREADABLE,
                           "cannot read '%s': there is no such file; did you "
                           "mean '%s'?",
                           path.ptr, meant.ptr);
    diag_report(&s->diags, DIAG_OUTPUT_GIVEN, source_nowhere, NULL,
                "'%s' is taken for the template, and '%s' lies beside it; did "
                "you mean that?",
                path.ptr, meant.ptr);
    return true;
}

struct source *input_read(stagepp_session *s, const stagepp_job *job,
                          bool is_template)
{
    bool on_disk = !s->resolver.load;
    if (on_disk)
        check_dirs(s);
    if (on_disk && is_template && !job->bytes &&
        !check_name(s, str_from(job->path)))
        return NULL;
    struct source *source =
        job->bytes
            ? add_bytes(s, job)
            : resolve_open(&s->resolver, str_from(job->path), source_nowhere);
    if (source)
        settings_use(s);
    return source;
}
