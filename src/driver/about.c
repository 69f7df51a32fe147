/* SPDX-License-Identifier: MIT */
/* In: a place in a template. Out: what the macro around it says of itself. The
 * text of a macro lies between the start of its definition and the next one. */
#include "driver/about.h"

#include "docker/text.h"

const struct node_define *about_macro(const stagepp_session *s, struct span at,
                                      struct str called)
{
    const struct file *f = program_file(&s->program, at.source);
    const struct node_define *found = NULL;
    size_t dot = str_rchr(called, '.');
    if (dot != STR_NONE)
        called = str_from_off(called, dot + 1);
    for (uint32_t i = 0; f && i < f->defines.n; i++)
        if (f->defines.at[i]->name_loc.off <= at.off)
            found = f->defines.at[i];
    return found && str_eq(name_text(&s->names, found->name), called) ? found
                                                                      : NULL;
}

/* The lines of a doc comment up to the first full stop, as one line. */
static struct str first_sentence(struct arena *a, struct str doc)
{
    struct text_buf out = {a, NULL, 0, 0};
    while (doc.ptr) {
        struct str line = str_trim(text_cut(&doc, '\n'));
        line = str_trim(str_from_off(line, 2)); /* "@#" */
        if (line.len == 0)
            break;
        size_t stop = str_find(line, STR(". "), 0);
        bool ends = stop != STR_NONE || line.ptr[line.len - 1] == '.';
        if (out.len)
            text_add(&out, STR(" "));
        text_add(&out,
                 str_slice(line, 0, stop != STR_NONE ? stop : line.len - ends));
        if (ends)
            break;
    }
    return text_of(&out);
}

struct str about_text(stagepp_session *s, struct span at,
                      const struct trace *chain)
{
    for (; chain; chain = chain->up) {
        if (chain->kind == TRACE_BLOCK)
            continue;
        const struct node_define *d =
            trace_is_call(chain) ? about_macro(s, at, chain->name) : NULL;
        if (d && d->doc.len && name_text(&s->names, d->name).ptr[0] != '_')
            return first_sentence(&s->scratch, d->doc);
        at = chain->at;
    }
    return STR_ABSENT;
}
