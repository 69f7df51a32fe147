/* SPDX-License-Identifier: MIT */
/* The tree says it: the blocks around the place bind names, and so does what
 * stands above the place in each of them. */
#include "driver/sight.h"

#include "lang/visit.h"

/* --- one file --- */

static bool binds(const struct node *n, name_id name);

static bool arms_bind(const struct arm *arm, name_id name)
{
    for (; arm; arm = arm->next)
        for (const struct node *n = arm->body; n; n = n->next)
            if (binds(n, name))
                return true;
    return false;
}

/* True if name is bound after n. An @if has no scope of its own. */
static bool binds(const struct node *n, name_id name)
{
    const struct node_unpack *u = (const struct node_unpack *)n;
    switch (n->kind) {
    case NODE_LET:
        return ((const struct node_let *)n)->name == name;
    case NODE_PARAM:
        return ((const struct node_param *)n)->name == name;
    case NODE_UNPACK:
        for (uint32_t i = 0; i < u->nnames; i++)
            if (u->names[i].name == name)
                return true;
        return false;
    case NODE_IF:
        return arms_bind(((const struct node_if *)n)->arms, name);
    default:
        return false;
    }
}

static bool has_param(const struct node_define *d, name_id name)
{
    for (uint32_t i = 0; i < d->signature.n; i++)
        if (d->signature.params[i].name == name)
            return true;
    return false;
}

/* What n has in it where the byte at off may stand. */
static const struct node *body_of(const struct node *n, uint32_t off)
{
    const struct node *body = NULL;
    if (n->kind != NODE_IF)
        return visit_body(n);
    for (const struct arm *a = ((const struct node_if *)n)->arms; a;
         a = a->next)
        if (a->body && a->body->loc.off <= off)
            body = a->body;
    return body;
}

/* True if n binds name for what is inside of it. */
static bool binds_inside(const struct node *n, name_id name)
{
    const struct for_clause *c = &((const struct node_for *)n)->clause;
    if (n->kind == NODE_FOR)
        return c->var == name || c->var2 == name;
    return n->kind == NODE_DEFINE &&
           has_param((const struct node_define *)n, name);
}

static bool seen_in(struct fault *f, const struct node *n, uint32_t off,
                    name_id name)
{
    const struct node *last = NULL;
    for (; n && n->loc.off <= off; n = n->next) {
        fault_steps(f, 1);
        if (last && binds(last, name))
            return true;
        last = n;
    }
    const struct node *body = last ? body_of(last, off) : NULL;
    return body && (binds_inside(last, name) || seen_in(f, body, off, name));
}

/* True if file binds name at any place. */
static bool has_variable(const struct file *file, name_id name)
{
    for (uint32_t i = 0; i < file->variables.n; i++)
        if (file->variables.at[i].name == name)
            return true;
    return false;
}

/* --- the program --- */

static name_id find_name(const stagepp_session *s, struct str name)
{
    return name_find(&s->names, name);
}

bool sight_anywhere(stagepp_session *s, struct str text)
{
    name_id name = find_name(s, text);
    for (uint32_t i = 0; name != NAME_NONE && i < s->program.files.n; i++) {
        const struct file *file = s->program.files.at[i];
        fault_steps(&s->fault, 1 + (file->variables.n >> 4));
        if (has_variable(file, name))
            return true;
    }
    return false;
}

/* True if a file that belongs to the template itself binds name. */
static bool of_template(const struct program *p, name_id name)
{
    for (uint32_t i = 0; i < p->files.n; i++)
        if (!program_is_library(p, p->files.at[i]->source) &&
            file_binds(p->files.at[i], name))
            return true;
    return false;
}

bool sight_at(stagepp_session *s, struct span at, const struct trace *chain,
              struct str text)
{
    const struct program *p = &s->program;
    name_id name = find_name(s, text);
    const struct file *file = program_file(p, at.source);
    if (!file || name == NAME_NONE)
        return false;
    if (seen_in(&s->fault, file->body, at.off, name) || file_binds(file, name))
        return true;
    if (program_is_library(p, at.source))
        return false;
    /* An included file sees what the place of its @include does. */
    return of_template(p, name) || (chain && chain->kind == TRACE_INCLUDE &&
                                    sight_at(s, chain->at, chain->up, text));
}
