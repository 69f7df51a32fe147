/* SPDX-License-Identifier: MIT */
/* -M, -MD and what belongs to them: what the targets of the rule are called
 * and where the rule goes, as with gcc. */
#include "cli/modes.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

/* "web.dockerfile" of "dir/web.dockerfile.in": what an output would be called
 * that has no other name. Allocated. */
static char *base_name(const char *template_path)
{
    const char *slash = strrchr(template_path, '/');
    char *name = concat(slash ? slash + 1 : template_path, "", "");
    size_t len = strlen(name);
    if (len > 3 && strcmp(name + len - 3, ".in") == 0)
        name[len - 3] = '\0';
    return name;
}

/* What -MT and -MQ say, joined by blanks, allocated; NULL without them. */
static char *given_targets(struct run *r)
{
    char *all = NULL;
    for (size_t i = 0; i < r->args->n; i++) {
        const struct arg *arg = &r->args->list[i];
        const char *target = arg->value;
        if (arg->option->id == OPTION_MQ)
            target = stagepp_quote_make(r->session, arg->value);
        else if (arg->option->id != OPTION_MT)
            continue;
        char *longer = concat(all ? all : "", all ? " " : "", target);
        free(all);
        all = longer;
    }
    return all;
}

/* With -M alone -o names the file of the rule, not the main output. */
static bool output_is_rule(const struct args *a)
{
    return a->rule_only && !a->rule_too && !a->depfile;
}

/* The file of -MD. NULL after wrong usage (said). */
static char *besides(const struct args *a)
{
    if (a->output)
        return concat(a->output, ".d", "");
    if (strcmp(a->template_path, "-") == 0) {
        message("-MD with a template from standard input needs -o or -MF");
        return NULL;
    }
    char *base = base_name(a->template_path);
    char *name = concat(base, ".d", "");
    char *path = a->out_dir ? concat(a->out_dir, "/", name) : NULL;
    free(base);
    if (!path)
        return name;
    free(name);
    return path;
}

static bool choose_path(const struct args *a, char **path)
{
    *path = NULL;
    if (a->depfile) {
        if (strcmp(a->depfile, "-") != 0)
            *path = concat(a->depfile, "", "");
        return true;
    }
    if (a->rule_too)
        return (*path = besides(a)) != NULL;
    if (a->output)
        *path = concat(a->output, "", "");
    return true;
}

stagepp_status rule_make(struct run *r, struct rule *rule)
{
    if (!choose_path(r->args, &rule->path))
        return STAGEPP_FAILED;
    stagepp_target target = run_target(r);
    char *base = base_name(r->args->template_path);
    bool nameless = !target.main_path || output_is_rule(r->args);
    if (nameless)
        target.main_path = run_has_main(r) && !target.only ? base : NULL;
    target.bake_path = r->args->bake;
    char *targets = given_targets(r);
    stagepp_status status = stagepp_depfile(
        r->session, &target, targets, r->args->phony, &rule->text, &rule->len);
    free(targets);
    free(base);
    return status;
}
