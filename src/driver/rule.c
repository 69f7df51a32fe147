/* SPDX-License-Identifier: MIT */
/* In: the files that a run has read and will write. Out: a rule for make. This
 * file decides what the rule names, and refuses names that make would misread;
 * depfile.c quotes. */
#include "driver/depfile.h"
#include "driver/results.h"

static bool check_name(stagepp_session *s, struct str name,
                       enum depfile_role role)
{
    const char *why = depfile_objection(name, role);
    return !why ||
           diag_refuse(&s->diags, DIAG_UNWRITABLE,
                       "the file name '%.*s' cannot be used in a make rule: %s",
                       STR_ARG(name), why);
}

/* --- targets --- */

/* Adds the quoted names of the outputs and of the bake file; false after an
 * error (reported). A main output without a path gets its usual name. */
static bool add_outputs(stagepp_session *s, const stagepp_target *target)
{
    output_plans plans = {0};
    stagepp_target named = *target;
    struct output_job job = results_job(s, target);
    if (outputs_print_main(&job))
        named.main_path = arena_cstr(&s->run, results_usual_name(s));
    job.target = &named;
    results_beside(&job, OUTPUT_BAKE, target->bake_path);
    bool good = outputs_plan(&job, &plans);
    for (uint32_t i = 0; good && i < plans.n; i++) {
        struct str path = str_from(plans.at[i].path);
        good = check_name(s, path, DEPFILE_TARGET);
        buf_add_cstr(&s->text, i ? " " : "");
        depfile_quote(&s->text, path);
    }
    return good;
}

/* What the caller has quoted may hold anything that stays in its line. */
static bool add_given(stagepp_session *s, const char *targets)
{
    struct str text = str_from(targets);
    buf_add(&s->text, text);
    if (str_chr(text, '\n', 0) == STR_NONE && !str_ends(text, STR("\\")))
        return true;
    return diag_refuse(&s->diags, DIAG_UNWRITABLE,
                       "the targets '%s' cannot be used in a make rule: they "
                       "contain a line break, or end with a backslash",
                       targets);
}

static bool add_targets(stagepp_session *s, const stagepp_target *target)
{
    return target->rule_targets ? add_given(s, target->rule_targets)
                                : add_outputs(s, target);
}

/* --- the rule --- */

bool rule_text(stagepp_session *s, struct run *r)
{
    const stagepp_target *target = &r->job->target;
    struct str *deps = arena_array(&s->run, s->sources.used.n, sizeof *deps);
    size_t n = 0, first = s->input && s->input->is_dep ? 1 : 0;
    bool good = add_targets(s, target);
    struct str targets = session_take(s);
    for (uint32_t i = 0; i < s->sources.used.n; i++) {
        const struct source *source = s->sources.used.at[i];
        if (!source->is_dep)
            continue;
        /* The template comes first, unless it was a buffer. */
        bool begins_rule = target->rule_phony && n >= first;
        good = check_name(s, source->name,
                          begins_rule ? DEPFILE_TARGET : DEPFILE_DEP) &&
               good;
        deps[n++] = source->name;
    }
    if (good)
        depfile_rule(&s->text, targets, deps, n,
                     target->rule_phony ? first : n);
    return good;
}

bool rule_write(stagepp_session *s, struct run *r)
{
    const char *path = r->job->target.rule_path;
    if (!rule_text(s, r))
        return false;
    return !path || str_eq(str_from(path), STR("-")) ||
           results_write_file(s, path, session_take(s));
}
