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

/* What c has caught, without the indentation of the line of the @call. */
static struct value text_of(struct eval *ev, const struct catch *c,
                            const struct node_insert *n)
{
    struct str text = value_text(eval_caught(ev, c));
    text = sink_dedent(ev->cx.scratch, text, eval_line_indent(ev, n));
    return value_str(str_trim(text).len ? text : STR(""));
}

bool eval_block_argument(struct eval *ev, const struct node_argument *n)
{
    struct blocks *b = ev->blocks;
    struct block_text block = {.name = n->name};
    struct catch text;
    eval_catch(ev, &text);
    ev->blocks = b->up;
    bool good = eval_block(ev, n->body, b->scope);
    ev->blocks = b;
    block.text = text_of(ev, &text, b->n);
    vec_push(ev->cx.scratch, b->list, block);
    return good;
}

bool eval_call_blocks(struct eval *ev, const struct node_insert *n,
                      struct block_list *list, struct value *body)
{
    struct blocks b = {ev->blocks, n, ev->cx.scope, list};
    struct catch text;
    eval_catch(ev, &text);
    ev->blocks = &b;
    bool good = eval_block(ev, n->body, ev->cx.scope);
    ev->blocks = b.up;
    *body = text_of(ev, &text, n);
    return good;
}
