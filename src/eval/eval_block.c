/* SPDX-License-Identifier: MIT */
/* In: an @call. Out: the text of each of its @blocks, and of what stands beside
 * them: the body. They are expanded in source order, where the @call stands;
 * the pieces of the body are one text in one scope. */
#include "eval/eval.h"

/* The @call that is being expanded. */
struct blocks {
    struct blocks *up;
    const struct node_insert *n;
    struct scope *scope; /* where it stands */
    struct block_list *list;
};

/* Text that is caught, with where its bytes come from if the run records. */
struct caught {
    struct catch text;
    struct traced_text *raw; /* in the list, so that a jump does not leak it */
};

static void catch_begin(struct eval *ev, struct caught *c)
{
    eval_catch(ev, &c->text);
    if (!ev->record)
        return;
    c->raw = traced_add(&ev->cx.traced, ev->cx.run, ev->cx.chain);
    c->raw->origins.len = c->text.mark;
    c->text.sink.origins = &c->raw->origins;
}

/* The text in the run's memory, with the origins of what is left of it when the
 * indentation is taken off its lines. */
static struct str place(struct eval *ev, struct caught *c, struct str text,
                        struct str indent)
{
    struct traced_text *t =
        traced_add(&ev->cx.traced, ev->cx.run, ev->cx.chain);
    for (size_t at = 0; at < text.len;) {
        struct str line = str_part(text, at, '\n');
        size_t end = at + line.len + (at + line.len < text.len);
        size_t from = at + (str_starts(line, indent) ? indent.len : 0);
        if (end > from)
            origins_copy(&t->origins, &c->raw->origins, c->text.mark + from,
                         end - from);
        at = end;
    }
    text = sink_dedent(ev->cx.scratch, text, indent);
    traced_set(&ev->cx.traced, ev->cx.run, t, arena_str(ev->cx.run, text));
    return t->text;
}

/* What was caught, without the indentation of the line of the @call. */
static struct value catch_end(struct eval *ev, struct caught *c,
                              const struct node_insert *n)
{
    struct str text = value_text(eval_caught(ev, &c->text));
    struct str indent = eval_line_indent(ev, n);
    bool blank = str_trim(text).len == 0;
    if (!blank)
        text = ev->record ? place(ev, c, text, indent)
                          : sink_dedent(ev->cx.scratch, text, indent);
    if (ev->record)
        origins_free(&c->raw->origins);
    return value_str(blank ? STR("") : text);
}

bool eval_block_argument(struct eval *ev, const struct node_argument *n)
{
    struct blocks *b = ev->blocks;
    struct block_text block = {.name = n->name};
    struct caught text;
    catch_begin(ev, &text);
    ev->blocks = b->up;
    bool good = eval_block(ev, n->body, b->scope);
    ev->blocks = b;
    block.text = catch_end(ev, &text, b->n);
    vec_push(ev->cx.scratch, b->list, block);
    return good;
}

bool eval_call_blocks(struct eval *ev, const struct node_insert *n,
                      struct block_list *list, struct value *body)
{
    struct blocks b = {ev->blocks, n, ev->cx.scope, list};
    struct caught text;
    catch_begin(ev, &text);
    ev->blocks = &b;
    bool good = eval_block(ev, n->body, ev->cx.scope);
    ev->blocks = b.up;
    *body = catch_end(ev, &text, n);
    return good;
}
