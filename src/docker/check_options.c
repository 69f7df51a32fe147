/* SPDX-License-Identifier: MIT */
/* BuildKit reads this directive with a reader of its own, which takes a "#!"
 * line first and no blanks in front; so do we. */
#include "docker/check_options.h"

#include "base/utf8.h"
#include "docker/directive.h"
#include "docker/grammar.h"
#include "docker/text.h"
#include "docker/words.h"

static struct words read_rules(struct arena *a, struct str list)
{
    struct word_list l = {{0}};
    while (list.ptr) {
        struct str rule = text_trim(text_cut(&list, ','));
        vec_push(a, &l.list, rule);
    }
    return WORDS_OF(l);
}

static bool refuse(struct findings *f, struct str text, struct str part,
                   const char *why)
{
    finding_add(f, DIAG_DOCKERFILE, (uint32_t)(part.ptr - text.ptr),
                (uint32_t)part.len, "%s", why);
    return false;
}

/* "name=value" between semicolons. */
static const char *read_option(struct check_options *o, struct arena *a,
                               struct str option)
{
    struct str value = option;
    struct str name = text_trim(text_cut(&value, '='));
    if (!value.ptr)
        return "an option of '# check=' is skip=RULE,…, experimental=RULE,… "
               "or error=true";
    value = text_trim(value);
    bool all = str_eq(value, STR("all"));
    if (str_eq(name, STR("skip"))) {
        o->skip_all = o->skip_all || all;
        if (!all)
            o->skip = read_rules(a, value);
    } else if (str_eq(name, STR("experimental"))) {
        o->experimental_all = o->experimental_all || all;
        if (!all)
            o->experimental = read_rules(a, value);
    } else if (str_eq(name, STR("error"))) {
        o->error = value.len && strchr("1tT", value.ptr[0]);
        if (!grammar_bool(value))
            return "'error' is true or false";
    } else {
        return "the options of '# check=' are skip, experimental and error";
    }
    return NULL;
}

/* The value of the directive; ptr NULL when there is none. */
static struct str find(struct str text)
{
    struct directives seen = {{{NULL, 0}}};
    text = utf8_skip_bom(text);
    if (str_starts(text, STR("#!")))
        text_cut(&text, '\n');
    while (text.ptr && text.len) {
        struct str line = text_cut(&text, '\n');
        struct str name, value;
        if (str_ends(line, STR("\r")))
            line.len--;
        if (!directive_split(line, &name, &value) ||
            directive_add(&seen, name, value) != DIRECTIVE_NEW)
            break;
    }
    return seen.value[DIRECTIVE_CHECK];
}

bool check_options_read(struct check_options *o, struct str text,
                        struct findings *f)
{
    struct str rest = text_trim(find(text));
    memset(o, 0, sizeof *o);
    if (rest.len == 0)
        return true;
    for (int n = 0; rest.ptr; n++) {
        /* The third takes all that is left. */
        struct str option = rest;
        if (n < 2)
            option = text_cut(&rest, ';');
        else
            rest.ptr = NULL;
        const char *why = read_option(o, f->arena, option);
        if (why)
            return refuse(f, text, option, why);
    }
    return true;
}

static bool lists(struct words w, struct str rule)
{
    for (uint32_t i = 0; i < w.n; i++)
        if (str_eq(w.at[i], rule))
            return true;
    return false;
}

bool check_options_wants(const struct check_options *o, struct str rule,
                         bool experimental)
{
    if (experimental)
        return o->experimental_all || lists(o->experimental, rule);
    return !o->skip_all && !lists(o->skip, rule);
}
