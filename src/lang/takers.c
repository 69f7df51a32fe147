/* SPDX-License-Identifier: MIT */
#include "lang/takers.h"

#include "base/near.h"
#include "lang/signature.h"

enum {
    MOST_TAKERS = 3 /* that are named */
};

struct search {
    const struct names *names;
    const struct file *library;
    bool block;
};

static bool is_public(const struct search *s, const struct node_define *d)
{
    return name_text(s->names, d->name).ptr[0] != '_';
}

static bool counts(const struct search *s, const struct param *p)
{
    return !p->rest && (!s->block || signature_is_block(p));
}

/* The parameter's name, or the nearest, that some macro has; ptr NULL: none. */
static struct str known_name(const struct search *s, struct str name)
{
    struct near near = near_start(name);
    for (uint32_t i = 0; i < s->library->defines.n; i++) {
        const struct node_define *d = s->library->defines.at[i];
        for (uint32_t k = 0; is_public(s, d) && k < d->signature.n; k++)
            if (counts(s, &d->signature.params[k]))
                near_offer(&near,
                           name_text(s->names, d->signature.params[k].name));
    }
    return near.best;
}

static bool has(const struct search *s, const struct node_define *d,
                name_id name)
{
    for (uint32_t i = 0; i < d->signature.n; i++)
        if (d->signature.params[i].name == name &&
            counts(s, &d->signature.params[i]))
            return is_public(s, d);
    return false;
}

/* The macros that have it, each once; how many there are. */
static uint32_t find_takers(const struct search *s, name_id name,
                            struct str takers[MOST_TAKERS])
{
    uint32_t n = 0;
    const struct file *f = s->library;
    for (uint32_t i = 0; i < f->defines.n; i++) {
        bool counted = !has(s, f->defines.at[i], name);
        for (uint32_t k = 0; !counted && k < i; k++)
            counted = f->defines.at[k]->name == f->defines.at[i]->name &&
                      has(s, f->defines.at[k], name);
        if (!counted && n++ < MOST_TAKERS)
            takers[n - 1] = name_text(s->names, f->defines.at[i]->name);
    }
    return n;
}

struct str takers_text(struct arena *a, const struct names *names,
                       const struct file *library, struct str alias,
                       struct str name, bool block)
{
    struct search s = {names, library, block};
    struct str takers[MOST_TAKERS], text = STR("; ");
    struct str known = known_name(&s, name);
    if (!known.ptr)
        return STR("");
    uint32_t n = find_takers(&s, name_find(names, known), takers);
    for (uint32_t i = 0; i < n && i < MOST_TAKERS; i++) {
        bool last = i + 1 == n;
        text = ARENA_CONCAT(a, text,
                            i == 0 ? STR("")
                            : last ? STR(" and ")
                                   : STR(", "),
                            alias, STR("."), takers[i]);
    }
    return arena_printf(a, "%.*s%s %s a %s '%.*s'", STR_ARG(text),
                        n > MOST_TAKERS ? " and others" : "",
                        n > 1 ? "have" : "has", block ? "block" : "parameter",
                        STR_ARG(known));
}
