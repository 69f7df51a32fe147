/* SPDX-License-Identifier: MIT */
/* A table in which each question has one place: a newer one takes it. */
#include "eval/type_answer.h"

#include "eval/eval_judge.h"

#include <string.h>

enum {
    PLACES = 128,
    LONGEST = 24 /* bytes of a string */
};

struct answer {
    const struct type_where *type; /* NULL: free */
    uint64_t number;               /* the value; a string: its length */
    uint8_t kind;
    bool yes;
    char text[LONGEST];
};

struct type_answers {
    struct answer at[PLACES];
    struct map types; /* conditions that were looked at … */
    VEC(bool) pure;   /* … and whether they ask only `it` */
};

/* A value as its answer holds it; false if it is of another kind, or long. */
static bool question(const struct type_where *t, struct value v,
                     struct answer *q)
{
    *q = (struct answer){.type = t, .kind = v.type};
    if (v.type == VALUE_INT) {
        q->number = (uint64_t)v.u.i;
    } else if (v.type == VALUE_BOOL) {
        q->number = v.u.b;
    } else if (v.type == VALUE_STR && v.len <= LONGEST) {
        q->number = v.len;
        if (v.len)
            memcpy(q->text, v.u.s, v.len);
    } else {
        return false;
    }
    return true;
}

static struct answer *place_of(struct type_answers *all, const struct answer *q)
{
    uint64_t text[LONGEST / 8];
    memcpy(text, q->text, sizeof text);
    uint64_t hash = (uint64_t)(uintptr_t)q->type >> 4;
    hash =
        (hash ^ q->number ^ text[0] ^ text[1] ^ text[2]) * 0x9e3779b97f4a7c15u;
    return &all->at[hash >> 57];
}

bool type_answer_known(const struct eval *ev, const struct type_where *t,
                       struct value v, bool *yes)
{
    struct answer q;
    if (!ev->answers || !question(t, v, &q))
        return false;
    const struct answer *a = place_of(ev->answers, &q);
    *yes = a->yes;
    return a->type == t && a->kind == q.kind && a->number == q.number &&
           memcmp(a->text, q.text, LONGEST) == 0;
}

static bool is_pure(struct eval *ev, const struct scope *file,
                    const struct type_where *t)
{
    struct type_answers *all = ev->answers;
    struct str key = {(const char *)&t, sizeof(const struct type_where *)};
    uint32_t i = map_find(&all->types, key);
    if (i == MAP_NONE) {
        i = map_put(&all->types, ev->cx.run, arena_str(ev->cx.run, key), NULL);
        vec_push(ev->cx.run, &all->pure,
                 eval_judge_pure(ev, file, t->condition));
    }
    return all->pure.at[i];
}

void type_answer_keep(struct eval *ev, const struct scope *file,
                      const struct type_where *t, struct value v, bool yes)
{
    struct answer q;
    if (!question(t, v, &q))
        return;
    if (!ev->answers) {
        ev->answers = arena_alloc(ev->cx.run, sizeof *ev->answers);
        *ev->answers = (struct type_answers){0};
    }
    if (!is_pure(ev, file, t))
        return;
    q.yes = yes;
    *place_of(ev->answers, &q) = q;
}
