/* SPDX-License-Identifier: MIT */
/* How instructions are written. */
#include "docker/check.h"
#include "docker/text.h"

void check_words_maintainer(struct check *c, const struct spot *at)
{
    check_report(c, at, at->i->word,
                 "MAINTAINER is deprecated; write LABEL "
                 "org.opencontainers.image.authors=…");
}

void check_words_stage_name(struct check *c, const struct spot *at)
{
    const struct words *args = &at->i->args;
    if (args->n == 3 && text_has_upper(args->at[2]))
        check_report(c, at, args->at[2],
                     "write the name of a stage in lower case");
}

void check_words_as(struct check *c, const struct spot *at)
{
    const struct instruction *i = at->i;
    bool lower = !text_has_upper(i->word), upper = !text_has_lower(i->word);
    if (i->args.n < 3 || (!lower && !upper))
        return;
    struct str as = i->args.at[1];
    if (lower ? text_has_upper(as) : text_has_lower(as))
        check_report(c, at, as,
                     "'%.*s' and '%.*s' are written in different cases",
                     STR_ARG(i->word), STR_ARG(as));
}

/* --- "# name description" directly above what it describes --- */

static void check_comment(struct check *c, const struct spot *at,
                          struct words names)
{
    const struct words *comments = &at->i->comments;
    if (!comments->n || !names.n)
        return;
    struct str rest = comments->at[comments->n - 1];
    struct str first = text_cut(&rest, ' ');
    for (uint32_t k = 0; k < names.n; k++)
        if (str_eq(first, names.at[k]))
            return;
    check_report(c, at, at->i->word,
                 "the comment above does not describe '%.*s'; begin it with '# "
                 "%.*s …', or put a line with just '#' in between",
                 STR_ARG(names.at[0]), STR_ARG(names.at[0]));
}

void check_words_stage_comment(struct check *c, const struct spot *at)
{
    struct str name = text_lower(c->f.arena, instruction_stage_name(at->i));
    check_comment(c, at, (struct words){&name, name.len > 0, 1});
}

void check_words_arg_comment(struct check *c, const struct spot *at)
{
    struct words names = {0};
    for (uint32_t k = 0; k < at->i->args.n; k++) {
        struct str value = at->i->args.at[k];
        vec_push(c->f.arena, &names, text_cut(&value, '='));
    }
    check_comment(c, at, names);
}

/* --- upper and lower case --- */

void check_words_casing(struct check *c, const struct spot *at)
{
    uint32_t lower = 0, upper = 0, from = c->m.global_args.n;
    for (uint32_t k = from; k < c->d.list.n; k++) {
        struct str word = c->d.list.at[k]->word;
        if (!text_has_upper(word))
            lower++;
        else if (!text_has_lower(word))
            upper++;
    }
    for (uint32_t k = from; k < c->d.list.n; k++) {
        const struct instruction *i = c->d.list.at[k];
        if (lower > upper ? text_has_upper(i->word) : text_has_lower(i->word))
            check_report_of(
                c, at, i, i->word,
                "most instructions here are in %s case; '%.*s' is not",
                lower > upper ? "lower" : "upper", STR_ARG(i->word));
    }
}

/* --- name=value --- */

void check_words_legacy(struct check *c, const struct spot *at)
{
    const struct pair *pair = &at->i->pairs.at[0];
    if (!pair->legacy) /* which is the only one */
        return;
    if (str_starts(pair->value, STR("=")))
        check_report(
            c, at, at->part,
            "write %s %.*s=…, without blanks around '=': now the value "
            "begins with it",
            instruction_name(at->i->id), STR_ARG(at->part));
    else
        check_report(c, at, at->part,
                     "write %s %.*s=…; the form without '=' is legacy",
                     instruction_name(at->i->id), STR_ARG(at->part));
}
