/* SPDX-License-Identifier: MIT */
/* In: a path, or bytes with a name. Out: a source, the first that the run uses.
 * The files of --data come next, as every run uses them. */
#include "driver/input.h"

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

struct source *input_read(stagepp_session *s, const stagepp_job *job)
{
    struct source *source =
        job->bytes
            ? add_bytes(s, job)
            : resolve_open(&s->resolver, str_from(job->path), source_nowhere);
    if (source)
        settings_use(s);
    return source;
}
