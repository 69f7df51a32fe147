/* SPDX-License-Identifier: MIT */
/* One grammar for both places. */
#include "docker/options.h"

#include "docker/directive.h"
#include "docker/grammar.h"
#include "docker/text.h"

/* --- one option --- */

/* A list of rules, or "all". */
static void read_rules(struct arena *a, struct str list, bool *all,
                       struct words *rules)
{
    struct words words = {0};
    if (str_eq(list, STR("all"))) {
        *all = true;
        return;
    }
    while (list.ptr)
        vec_push(a, &words, text_trim(text_cut(&list, ',')));
    *rules = words;
}

/* "name=value" between semicolons; NULL, or what is wrong. */
static const char *read_option(struct finding_options *o, struct arena *a,
                               struct str option)
{
    struct str value = option;
    struct str name = text_trim(text_cut(&value, '='));
    if (!value.ptr)
        return "the options of '# check=' are skip=RULE,…, experimental=RULE,… "
               "and error=true";
    value = text_trim(value);
    if (str_eq(name, STR("skip"))) {
        read_rules(a, value, &o->skip_all, &o->skip);
    } else if (str_eq(name, STR("experimental"))) {
        read_rules(a, value, &o->experimental_all, &o->experimental);
    } else if (str_eq(name, STR("error"))) {
        if (!grammar_bool(value))
            return "'error' must be true or false";
        o->error = strchr("1tT", value.ptr[0]);
    } else {
        return "the options of '# check=' are skip, experimental and error";
    }
    return NULL;
}

const char *options_read(struct finding_options *o, struct arena *a,
                         struct str value, struct str *option)
{
    struct str rest = text_trim(value);
    for (int n = 0; rest.ptr && (rest.len || n); n++) {
        *option = rest;
        if (n < 2)
            *option = text_cut(&rest, ';');
        else
            rest.ptr = NULL; /* the third option takes all that is left */
        const char *why = read_option(o, a, *option);
        if (why)
            return why;
    }
    return NULL;
}

/* --- where they are --- */

/* Cuts a value at its first blank. */
static struct str cut_reason(struct str value, struct str *reason)
{
    *reason = value;
    return value.ptr ? text_cut(reason, ' ') : value;
}

struct str options_at_top(struct str text, struct str *reason)
{
    struct str values[DIRECTIVE_COUNT];
    directive_read_top(text, values);
    return cut_reason(values[DIRECTIVE_CHECK], reason);
}

struct str options_in_comment(struct str comment, struct str *reason)
{
    struct str seen[DIRECTIVE_COUNT] = {{0}};
    struct str name, value;
    if (directive_split_comment(comment, &name, &value))
        directive_add(seen, name, value);
    return cut_reason(seen[DIRECTIVE_CHECK], reason);
}

const struct finding_options *options_above(struct arena *a,
                                            struct words comments)
{
    struct str reason, option;
    for (uint32_t k = 0; k < comments.n; k++) {
        struct str value = options_in_comment(comments.at[k], &reason);
        if (!value.ptr)
            continue;
        struct finding_options *o = arena_new(a, struct finding_options);
        return options_read(o, a, value, &option) ? NULL : o;
    }
    return NULL;
}
