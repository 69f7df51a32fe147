/* SPDX-License-Identifier: MIT */
/* The walk over the nodes. After a mistake it goes on with the next node, so
 * that one run shows them all; what depends on the failed one holds
 * VALUE_BAD and fails silently. */
#include "eval/eval_sight.h"

#include "base/utf8.h"

#include <string.h>

/* --- where the bytes come from, and the trace --- */

static struct origin origin_at(const struct eval *ev, enum origin_kind kind,
                               struct loc loc)
{
    return (struct origin){kind, eval_span(ev, loc), ev->cx.chain};
}

void eval_wrote(struct eval *ev, enum origin_kind kind, struct loc loc)
{
    const struct sink *s = ev->sink;
    if (s->origins)
        origins_reach(s->origins, s->buf->len, origin_at(ev, kind, loc));
}

static inline const struct trace *trace_above(struct arena *a,
                                              const struct trace *up,
                                              enum trace_kind kind,
                                              struct str name, struct span at)
{
    struct trace *t = arena_alloc(a, sizeof *t);
    *t = (struct trace){up, kind, name, at, up ? up->depth + 1 : 1};
    return t;
}

NOINLINE static void wrote_value(struct eval *ev, struct value v,
                                 struct loc loc)
{
    const struct sink *s = ev->sink;
    struct str text = v.type == VALUE_STR ? value_text(v) : STR("");
    struct origin o = origin_at(ev, ORIGIN_VALUE, loc);
    const struct traced_text *t = NULL;
    if (s->buf->len == s->origins->len + text.len)
        t = traced_find(&ev->cx.traced, text);
    if (t && !t->made_of.source) {
        traced_copy(ev->cx.run, s->origins, t, text, ev->cx.chain);
        return;
    }
    if (t)
        o.chain = trace_above(ev->cx.run, ev->cx.chain, TRACE_BLOCK, STR(""),
                              t->made_of);
    origins_reach(s->origins, s->buf->len, o);
}

void eval_wrote_value(struct eval *ev, struct value v, struct loc loc)
{
    if (ev->sink->origins)
        wrote_value(ev, v, loc);
}

void eval_wrote_text(struct eval *ev, struct str text)
{
    size_t off = (size_t)(text.ptr - ev->cx.source->text.ptr);
    eval_wrote(ev, ORIGIN_TEXT,
               (struct loc){(uint32_t)off, (uint32_t)text.len});
}

void eval_makes(struct eval *ev, uint32_t off, uint32_t end)
{
    struct loc loc = {off, end - off};
    ev->lines.origins.made = origin_at(ev, ORIGIN_MADE, loc);
}

/* The line may go to a terminal. */
void eval_trace(struct eval *ev, struct loc loc, struct str what)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    uint32_t line, col;
    source_locate(ev->cx.source, loc.off, &line, &col);
    for (uint32_t i = 0; i < ev->depth; i++)
        buf_add_cstr(work, "  ");
    utf8_add_safe(work, ev->cx.source->name);
    buf_printf(work, ":%u:%u: ", line, col);
    utf8_add_safe(work, what);
    ev->tracer(ev->tracer_ctx, buf_from(work, mark));
    buf_truncate(work, mark);
}

/* --- into macros and files, and back --- */

const struct trace *eval_link(struct eval *ev, enum trace_kind kind,
                              struct str name, struct loc loc)
{
    /* Recorded links outlive working memory. */
    return trace_above(ev->record ? ev->cx.run : ev->cx.scratch, ev->cx.chain,
                       kind, name, eval_span(ev, loc));
}

struct frame eval_descend(struct eval *ev, enum trace_kind kind,
                          struct str name, struct loc at, struct source *source,
                          struct scope *scope)
{
    struct frame from = {ev->cx.source, ev->cx.chain, ev->cx.scope, ev->cx.at};
    ev->cx.at = at;
    if (++ev->depth > ev->cx.fault->limits.max[LIMIT_DEPTH])
        fault_raise(ev->cx.fault, LIMIT_DEPTH);
    ev->cx.chain = eval_link(ev, kind, name, at);
    ev->cx.source = source;
    ev->cx.scope = scope;
    return from;
}

void eval_ascend(struct eval *ev, struct frame from)
{
    ev->cx.source = from.source;
    ev->cx.chain = from.chain;
    ev->cx.scope = from.scope;
    ev->cx.at = from.at;
    ev->depth--;
}

/* --- working memory --- */

void eval_region_escape(struct eval *ev, const struct scope *s)
{
    uint64_t id = s ? s->region : 0, last = eval_lasting_id(ev);
    id = id > last ? id : last;
    for (struct region *r = ev->region; r && r->id > id; r = r->up)
        r->escaped = true;
}

/* --- bindings --- */

bool eval_bind_value(struct eval *ev, name_id name, struct value v,
                     struct loc loc)
{
    struct binding *first = scope_own(ev->cx.scope, name);
    if (first)
        return eval_refuse_twice(
            ev, ev->cx.scope, first, loc,
            first->kind == BOUND_VALUE ? "; to change it use @set" : "");
    scope_bind_value(ev->cx.scratch, ev->cx.scope, name, v, loc);
    eval_region_escape(ev, ev->cx.scope);
    return true;
}

static bool eval_let(struct eval *ev, const struct node_let *n)
{
    struct value v;
    bool good = eval_expr(ev, n->expr, &v);
    if (good && n->type)
        good = eval_typed_value(ev, n->type, v, n->expr, n->name_loc);
    if (!good)
        v.type = VALUE_BAD;
    return eval_bind_value(ev, n->name, v, n->name_loc) && good;
}

static bool unpacks(struct eval *ev, const struct node_unpack *n,
                    struct value list)
{
    if (list.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, n->expr->loc,
                          "several names take the items of a list, not %s",
                          value_type_a(list.type));
    if (list.len == n->nnames)
        return true;
    return eval_error(ev, DIAG_UNPACK, n->expr->loc,
                      "%u names for a list of %u item%s", n->nnames, list.len,
                      list.len == 1 ? "" : "s");
}

static bool eval_unpack(struct eval *ev, const struct node_unpack *n)
{
    struct value list;
    bool has_items = eval_expr(ev, n->expr, &list) && unpacks(ev, n, list);
    bool good = has_items;
    for (uint32_t i = 0; i < n->nnames; i++) {
        struct value item = has_items ? value_item(list, i) : value_bad();
        const struct variable *v = &n->names[i];
        if (v->name != NAME_NONE)
            good = eval_bind_value(ev, v->name, item, v->loc) && good;
    }
    return good;
}

/* --- printing --- */

/* True if e calls a function of this file that ended without @return. */
static bool calls_function(const struct eval *ev, const struct expr *e)
{
    const struct expr_call *c = (const struct expr_call *)e;
    const struct binding *b =
        e->kind == EXPR_CALL && c->module == NAME_NONE
            ? scope_find(ev->cx.scope, c->name, BOUND_MACRO)
            : NULL;
    return b && b->kind == BOUND_MACRO &&
           b->u.macro->define->n.flag == DEFINE_FUNCTION;
}

bool eval_not_printable(struct eval *ev, const struct expr *e, struct value v)
{
    bool function = v.type == VALUE_NULL && calls_function(ev, e);
    const char *cure = function ? "the function ended without a @return, "
                                  "which gives its value"
                       : v.type == VALUE_NULL ? "write ?? \"\" for nothing"
                       : v.type == VALUE_LIST
                           ? "use | join(\" \"), | json or "
                             "| sh"
                           : "walk it by @for key, value in it, or use "
                             "| json";
    return eval_error_of(ev, DIAG_NOT_PRINTABLE, e->loc, v,
                         "%s cannot be printed; %s", value_type_a(v.type),
                         cure);
}

NOINLINE static void note_printed(struct eval *ev, struct value v)
{
    struct str text = v.type == VALUE_STR ? value_text(v) : STR("");
    ev->cx.traced.print = traced_part(&ev->cx.traced, text);
}

/* The value of e, chomped and written to out. */
static bool print(struct eval *ev, const struct expr *e, struct buf *out,
                  struct value *v)
{
    ev->printed = e;
    if (!eval_expr(ev, e, v))
        return false;
    if (v->type == VALUE_STR) {
        *v = value_str(str_chomp(value_text(*v)));
    }
    if (ev->record)
        note_printed(ev, *v);
    return value_print(out, *v) || eval_not_printable(ev, e, *v);
}

bool eval_print(struct eval *ev, const struct expr *e, struct buf *out)
{
    struct value v;
    return print(ev, e, out, &v);
}

static bool eval_value(struct eval *ev, const struct node_value *n)
{
    struct region r;
    size_t from = ev->sink->buf->len;
    bool good;
    if (!n->expr)
        return false;
    bool works = n->expr->kind != EXPR_NAME; /* which needs no memory */
    if (works)
        eval_region_begin(ev, &r);
    struct value v = value_null();
    good = print(ev, n->expr, ev->sink->buf, &v);
    if (works)
        eval_region_end(ev, &r);
    /* For the checks of what is written beside it. */
    if (!good && ev->sink->buf->len == from)
        buf_add_char(ev->sink->buf, '1');
    ev->sink->after_directive = false;
    sink_written(ev->sink, from);
    eval_wrote_value(ev, v, n->n.loc);
    return good;
}

/* "@@{name}" where name is bound: perhaps its value was meant. */
static void warn_escaped(struct eval *ev, const struct node_text *n)
{
    struct str all = source_span_text(eval_span(ev, n->n.loc));
    struct str name = str_slice(all, 3, all.len - 4);
    name_id id = name_find(ev->cx.names, name);
    if (scope_find(ev->cx.scope, id, SCOPE_ANY))
        diag_report(ev->cx.diags, DIAG_ESCAPED_NAME, eval_span(ev, n->n.loc),
                    ev->cx.chain,
                    "'@@{%.*s}' is the text '@{%.*s}', although '%.*s' is "
                    "bound; for its value write '@{%.*s}'",
                    STR_ARG(name), STR_ARG(name), STR_ARG(name), STR_ARG(name));
}

static void eval_text(struct eval *ev, const struct node_text *n)
{
    struct str text = n->text;
    if (n->n.flag)
        warn_escaped(ev, n);
    /* Of a file that is included below other text, a BOM would be text. */
    if (n->n.loc.off == 0 && ev->sink->buf->len > 0)
        text = utf8_skip_bom(text);
    if (ev->sink->head)
        ev->sink->lends = ev->cx.source->has_id;
    sink_text(ev->sink, text,
              n->n.loc.off + n->n.loc.len == ev->cx.source->text.len);
    eval_wrote_text(ev, n->text);
}

static void eval_raw(struct eval *ev, const struct node_text *n)
{
    sink_value(ev->sink, n->text);
    eval_wrote_text(ev, n->text);
}

/* --- control --- */

static bool eval_if(struct eval *ev, const struct node_if *n)
{
    bool truth = true;
    for (const struct arm *a = n->arms; a; a = a->next) {
        if (a->cond && !eval_condition(ev, a->cond, &truth)) {
            eval_doubt(ev, a);
            return false;
        }
        if (!a->cond || truth)
            return eval_nodes(ev, a->body);
    }
    return true;
}

/* --- stretches of lines --- */

struct sink eval_sink(const struct eval *ev, struct pad *p)
{
    return (struct sink){.buf = &p->text,
                         .pad = p,
                         .origins = ev->record ? &p->origins : NULL,
                         .head = true};
}

void eval_catch(struct eval *ev, struct catch *c)
{
    c->sink = (struct sink){.buf = &ev->cx.work, .exempt = true};
    c->outer = ev->sink;
    c->mark = ev->cx.work.len;
    ev->sink = &c->sink;
}

struct value eval_caught(struct eval *ev, const struct catch *c)
{
    struct str text =
        arena_str(ev->cx.scratch, buf_from(&ev->cx.work, c->mark));
    buf_truncate(&ev->cx.work, c->mark);
    ev->sink = c->outer;
    return value_str(text);
}

static bool eval_join(struct eval *ev, const struct node_block *n)
{
    struct str sep;
    struct sink *s = ev->sink;
    struct pad *pad = s->pad;
    size_t from = s->buf->len;
    if (!eval_string(ev, n->expr, "the separator of @join", &sep))
        return false;
    s->pad = NULL;
    bool good = eval_nodes(ev, n->body);
    s->pad = pad;
    if (good) {
        eval_makes(ev, n->n.loc.off, n->expr->loc.off + n->expr->loc.len);
        sink_join(s, from, sep, &ev->lines);
    }
    return good;
}

/* --- all of them --- */

static bool eval_directive(struct eval *ev, const struct node *n)
{
    switch (n->kind) {
    case NODE_INSERT:
        return eval_insert(ev, (const void *)n);
    case NODE_LET:
        return eval_let(ev, (const void *)n);
    case NODE_SET:
        return eval_set(ev, (const void *)n);
    case NODE_UNPACK:
        return eval_unpack(ev, (const void *)n);
    case NODE_IF:
        return eval_if(ev, (const void *)n);
    case NODE_FOR:
        return eval_loop(ev, (const void *)n);
    case NODE_DEFINE:
        if (!((const struct node_define *)n)->conditional)
            return true;
        eval_region_escape(ev, ev->cx.scope);
        return eval_bind_macro(ev, ev->cx.scope, (const void *)n);
    case NODE_INCLUDE:
        return eval_include(ev, (const void *)n);
    case NODE_IMPORT:
        return eval_import(ev, (const void *)n);
    case NODE_FILE:
        return eval_file(ev, (const void *)n);
    case NODE_JOIN:
        return eval_join(ev, (const void *)n);
    case NODE_PARAM:
        return eval_param(ev, (const void *)n);
    case NODE_DEFER:
        return eval_defer(ev, (const void *)n);
    case NODE_MESSAGE:
        return eval_message(ev, (const void *)n);
    case NODE_BLOCK:
        return eval_block_argument(ev, (const void *)n);
    case NODE_RETURN:
        return eval_return(ev, (const void *)n);
    default:
        return true;
    }
}

bool eval_nodes(struct eval *ev, const struct node *nodes)
{
    bool good = true;
    eval_enter(ev);
    for (const struct node *n = nodes; n; n = n->next) {
        uint32_t had = eval_gaps(ev);
        ev->cx.at = n->loc;
        switch (n->kind) {
        case NODE_TEXT:
            eval_text(ev, (const void *)n);
            break;
        case NODE_RAW:
            eval_raw(ev, (const void *)n);
            break;
        case NODE_VALUE:
            good = (eval_value(ev, (const void *)n) ||
                    eval_leave_gap(ev, n, had)) &&
                   good;
            break;
        default:
            sink_directive(ev->sink);
            good =
                (eval_directive(ev, n) || eval_leave_gap(ev, n, had)) && good;
            sink_directive(ev->sink);
            if (ev->returned) {
                eval_leave(ev);
                return good;
            }
        }
    }
    eval_leave(ev);
    return good;
}

bool eval_block(struct eval *ev, const struct node *nodes, struct scope *up)
{
    struct scope *outer = ev->cx.scope;
    ev->cx.scope = scope_new(ev->cx.scratch, up, ev->cx.source, ev->region, 0);
    bool good = eval_nodes(ev, nodes);
    ev->cx.scope = outer;
    return good;
}

/* Where there was an @file and the rest is only blank, there is no main
 * output. */
static void settle_main(struct eval *ev)
{
    struct str text = buf_str(&ev->outputs.list.at[0]->pad.text);
    ev->outputs.no_main = ev->outputs.paths.n > 0 && str_trim(text).len == 0;
}

bool eval_run(struct eval *ev)
{
    const struct file *file = ev->cx.program->root;
    struct sink sink = eval_sink(ev, &ev->outputs.list.at[0]->pad);
    ev->cx.source = file->source;
    ev->cx.scope = scope_new(ev->cx.scratch, NULL, file->source, NULL, 0);
    ev->sink = &sink;
    ev->name_loop = name_intern(ev->cx.names, STR("loop"));
    vec_push(ev->cx.run, &ev->includes, file->source);
    bool good = eval_bind_defines(ev, file, ev->cx.scope);
    good = eval_nodes(ev, file->body) && good;
    good = eval_deferred(ev) && good;
    if (ev->unknown)
        eval_rehearse(ev, file);
    watch_report(&ev->cx);
    settle_main(ev);
    ev->sink = NULL;
    ev->cx.chain = NULL; /* working memory ends here */
    return good && ev->cx.diags->errors == 0;
}
