/* SPDX-License-Identifier: MIT */
/* BuildKit reads this directive with a separate reader, which accepts a "#!"
 * line before it but no blanks in front of it; so do we. */
#include "docker/check.h"

#include "base/utf8.h"
#include "docker/grammar.h"
#include "docker/text.h"

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

/* The value of the directive; ptr NULL when there is none. */
static struct str find(struct str text)
{
    struct str seen[DIRECTIVE_COUNT] = {{0}};
    text = utf8_skip_bom(text);
    if (str_starts(text, STR("#!")))
        text_cut(&text, '\n');
    while (text.len) {
        struct str line = text_cut(&text, '\n');
        struct str name, value;
        if (str_ends(line, STR("\r")))
            line.len--;
        if (!directive_split(line, &name, &value) ||
            directive_add(seen, name, value) != DIRECTIVE_NEW)
            break;
    }
    return seen[DIRECTIVE_CHECK];
}

void check_options_read(struct findings *f, struct str text)
{
    struct str rest = text_trim(find(text));
    for (int n = 0; rest.ptr && (rest.len || n); n++) {
        struct str option = rest;
        if (n < 2)
            option = text_cut(&rest, ';');
        else
            rest.ptr = NULL; /* the third option takes all that is left */
        const char *why = read_option(&f->options, f->arena, option);
        if (why) {
            finding_add(f, DIAG_DOCKERFILE, (uint32_t)(option.ptr - text.ptr),
                        (uint32_t)option.len, "%s", why);
            return;
        }
    }
}
