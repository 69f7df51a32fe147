/* SPDX-License-Identifier: MIT */
/* In: an @type. Out: whether the types that it is made of come to an end: none
 * is made of itself, and not too many name each other. */
#include "lang/judge_type.h"

enum {
    TOO_HIGH = MOST_NAMED_TYPES + 1,
    STATE_OPEN /* its height is being asked */
};

/* How many types a value is held against together with t, each named by the one
 * before, without a list, map or record between them: TOO_HIGH is the most. */
static int height(struct judge_types *j, const struct type *t, int depth);

static int height_of_name(struct judge_types *j, const struct type_name *t,
                          int depth)
{
    struct arena *a = j->table->judge->arena;
    struct str key = {(const char *)&t->target, sizeof t->target};
    bool added;
    if (!t->target)
        return 0;
    if (depth == TOO_HIGH)
        return TOO_HIGH;
    uint32_t i = map_put(&j->seen, a, key, &added);
    if (added) {
        j->seen.keys[i] = arena_str(a, key);
        vec_push(a, &j->states, STATE_OPEN);
        int h = height(j, t->target->type, depth) + 1;
        j->states.at[i] = (uint8_t)(h < TOO_HIGH ? h : TOO_HIGH);
    } else if (j->states.at[i] == STATE_OPEN) {
        j->circle = t;
        return 0;
    }
    return j->states.at[i];
}

static int height(struct judge_types *j, const struct type *t, int depth)
{
    int highest = 0;
    switch (t->kind) {
    case TYPE_NAME:
        return height_of_name(j, (const struct type_name *)t, depth + 1);
    case TYPE_WHERE:
        return height(j, ((const struct type_where *)t)->of, depth);
    case TYPE_IN:
        return height(j, ((const struct type_in *)t)->of, depth);
    case TYPE_UNION:
        t = ((const struct type_union *)t)->members;
        for (; t; t = t->next) {
            int h = height(j, t, depth);
            highest = h > highest ? h : highest;
        }
        return highest;
    default:
        return 0;
    }
}

static void report_circle(struct judge_types *j, const struct type_name *t)
{
    struct loc loc = t->target->name_loc;
    struct str name = name_text(j->sight->names, t->name);
    diag_report(j->sight->diags, DIAG_CYCLE,
                (struct span){t->file->source, loc.off, loc.len}, NULL,
                "the type '%.*s' is made of itself; only inside of a list, a "
                "map or a record may it occur again",
                STR_ARG(name));
}

/* Literals are not held against types that have no end. */
bool judge_height(struct judge_types *j, const struct node_type *n)
{
    struct type_name self = {.t = {.kind = TYPE_NAME, .loc = n->name_loc},
                             .name = n->name,
                             .target = n};
    struct str name = name_text(j->sight->names, n->name);
    j->circle = NULL;
    int h = height_of_name(j, &self, 0);
    bool said = j->endless;
    j->endless = j->endless || h == TOO_HIGH || j->circle;
    if (j->circle)
        report_circle(j, j->circle);
    else if (h == TOO_HIGH && !said)
        diag_report(
            j->sight->diags, DIAG_LIMIT,
            (struct span){j->file->source, n->name_loc.off, n->name_loc.len},
            NULL,
            "the type '%.*s' is made of more than %d types that name "
            "each other",
            STR_ARG(name), MOST_NAMED_TYPES);
    return h < TOO_HIGH && !j->circle;
}
