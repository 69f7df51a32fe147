/* SPDX-License-Identifier: MIT */
/* A stage inherits what the image of the stage below would hold: the value that
 * ENV gave to a name, even if an ARG hid it there. The builder goes on with the
 * state of that stage, so it inherits the ARGs as well. */
#include "docker/env.h"

#include "base/near.h"
#include "docker/text.h"

static struct env_var *put(struct env *e, struct str name)
{
    bool added;
    uint32_t at = map_put(&e->names, e->arena, name, &added);
    if (added)
        vec_push(e->arena, &e->vars, (struct env_var){0});
    return &e->vars.at[at];
}

void env_set(struct env *e, struct str name, struct str value)
{
    struct env_var *v = put(e, name);
    v->value = v->config = value;
    v->is_set = v->is_config = true;
    v->is_open = false;
}

void env_set_open(struct env *e, struct str name)
{
    put(e, name)->is_open = true;
}

void env_declare(struct env *e, struct str name)
{
    put(e, name)->is_declared = true;
}

void env_set_arg(struct env *e, struct str name, struct str value)
{
    struct env_var *v = put(e, name);
    v->value = value;
    v->is_set = true;
    v->is_open = false;
}

static const struct env_var *find(const struct env *e, struct str name)
{
    uint32_t at = map_find(&e->names, name);
    return at == MAP_NONE ? NULL : &e->vars.at[at];
}

static bool inherited(const struct env *e, struct str name, struct str *value,
                      bool *open)
{
    bool found = false;
    for (; e; e = e->below) {
        fault_steps(e->arena->fault, 1);
        const struct env_var *v = find(e, name);
        if (!v || !v->is_set || (found && !v->is_config))
            continue;
        *value = v->is_config ? v->config : v->value;
        *open = v->is_open;
        found = true;
        if (v->is_config)
            return true;
    }
    return found;
}

bool env_look(const struct env *e, struct str name, struct str *value,
              bool *open)
{
    const struct env_var *v = find(e, name);
    *open = false;
    if (!v || !v->is_set)
        return inherited(e->below, name, value, open);
    *value = v->value;
    *open = v->is_open;
    return true;
}

bool env_get(const struct env *e, struct str name, struct str *value)
{
    bool ignored;
    return env_look(e, name, value, &ignored);
}

bool env_is_declared(const struct env *e, struct str name)
{
    for (; e; e = e->below) {
        fault_steps(e->arena->fault, 1);
        const struct env_var *v = find(e, name);
        if (v && v->is_declared)
            return true;
    }
    return false;
}

bool env_is_reserved(struct str name)
{
    return text_is_one_of(
        name, "BUILDKIT_SBOM_SCAN_CONTEXT BUILDKIT_SBOM_SCAN_STAGE");
}

struct str env_near(const struct env *e, struct str name)
{
    struct near near = near_start(name);
    for (; e; e = e->below)
        for (uint32_t i = 0; i < e->names.n; i++)
            near_offer(&near, e->names.keys[i]);
    return near.best;
}
