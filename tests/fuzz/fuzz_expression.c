/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is an expression, as it would follow "@let x =". It
 * is parsed by itself, checked for unknown names, and evaluated with a few
 * variables and small limits, without a session. All places are in the text; a
 * failure has a diagnostic; the second time gives the same; and the value,
 * written as JSON and read again, is the same. */
#include "grammar.h"
#include "world.h"

#include "eval/eval_judge.h"
#include "eval/value_data.h"
#include "eval/value_json.h"
#include "lang/parse.h"
#include "lang/visit.h"

#include <stdlib.h>

struct run {
    struct world w;
    struct sources sources;
    struct resolver resolver;
    struct loader loader;
    struct judge judge;
    struct program program;
    struct eval ev;
    bool live;       /* ev has buffers */
    bool good;       /* there is a value, */
    struct buf text; /* as JSON, if it can be written so */
    bool jumped;
};

/* What an expression may use, as one JSON document. */
static const char known[] =
    "{\"a\": \"a\", \"b\": true, \"s\": \"a b/c.d\", \"l\": [\"x\", \"y\", 1],"
    " \"m\": {\"a\": 1, \"b\": {\"c\": [\"d\"]}}, \"n\": 7, \"t\": \"1.2.3\","
    " \"g\": null}";

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    (void)context;
    if (strcmp(path, "d.json") != 0)
        return 1;
    *bytes = known;
    *len = sizeof known - 1;
    return 0;
}

/* --- the tree --- */

static bool look_at_expr(void *ctx, const struct expr *e)
{
    const struct run *r = ctx;
    size_t len = r->w.source->text.len;
    promise(e->loc.off <= len && e->loc.len <= len - e->loc.off,
            "the place of an expression is in the text");
    return true;
}

static bool look_at_node(void *ctx, const struct node *n)
{
    (void)ctx, (void)n;
    return true;
}

static struct expr *parse(struct run *r, struct file *file)
{
    struct parser p;
    parse_init(&p, &r->w.arena, &r->w.names, &r->w.diags, r->w.source);
    p.file = file;
    lexer_next(&p.lex);
    struct expr *e = parse_expr(&p, false, false);
    promise(e != NULL, "an expression is never NULL");
    promise(p.lex.pos <= p.lex.text.len && p.lex.prev_end <= p.lex.text.len,
            "the parser stays in the text");
    struct visitor visitor = {
        .ctx = r, .expr = look_at_expr, .node = look_at_node};
    visit_expr(&visitor, e);
    return e;
}

/* --- the names --- */

/* A file with a "@let" line for each known name and for the expression, whose
 * names are then judged like those of any template. */
static struct node *new_let(struct run *r, name_id name, struct expr *e)
{
    struct node_let *let = arena_new(&r->w.arena, struct node_let);
    let->n.kind = NODE_LET;
    let->name = name;
    let->expr = e;
    return &let->n;
}

static void add_known(struct run *r, struct file *file, struct value values)
{
    for (uint32_t i = 0; i < values.len; i++) {
        name_id name = name_intern(&r->w.names, value_map_key(values, i));
        struct expr *null = arena_new(&r->w.arena, struct expr);
        struct node *let = new_let(r, name, null);
        let->next = file->body;
        file->body = let;
        struct loc loc = {0, 0};
        scope_bind_value(&r->w.arena, r->ev.cx.scope, name,
                         value_map_at(values, i), loc);
    }
}

/* --- the value --- */

static bool judge_fits(void *ctx, const struct judge_binding *b, bool report)
{
    struct run *r = ctx;
    struct eval *ev = &r->ev;
    struct context cx = ev->cx;
    ev->cx.scratch = &r->w.work;
    ev->judging = true;
    bool good = eval_judge_fits(ev, b, report);
    ev->judging = false;
    ev->cx.scratch = cx.scratch;
    ev->cx.source = cx.source;
    ev->cx.scope = cx.scope;
    return good;
}

static void begin(struct run *r, struct file *file)
{
    struct eval *ev = &r->ev;
    struct world *w = &r->w;
    ev->cx.run = ev->cx.scratch = &w->arena;
    ev->cx.fault = &w->fault;
    ev->cx.names = &w->names;
    ev->cx.diags = &w->diags;
    ev->cx.rx = rx_cache_new(&w->fault);
    ev->cx.program = &r->program;
    ev->version = "1.0.0";
    buf_init(&ev->cx.work, &w->fault, LIMIT_VALUE);
    pad_init(&ev->lines, &w->arena, &w->fault, LIMIT_VALUE);
    pad_init(&ev->whole, &w->arena, &w->fault, LIMIT_OUTPUT);
    r->live = true;
    outputs_init(&ev->outputs, &w->arena, &w->fault, NULL);
    ev->cx.builtins = w->builtins;
    ev->cx.fail = eval_fail;
    sources_init(&r->sources, &w->arena);
    resolve_init(&r->resolver, &r->sources, &w->diags);
    resolve_set_loader(&r->resolver, load, NULL);
    resolve_begin(&r->resolver);
    loader_init(&r->loader, &w->arena, &w->arena, &w->names, &w->diags,
                &r->resolver);
    r->judge = (struct judge){.arena = &w->work,
                              .names = &w->names,
                              .diags = &w->diags,
                              .builtin = builtin_signature,
                              .builtin_ctx = ev->cx.builtins,
                              .fits = judge_fits,
                              .fits_ctx = r};
    r->program = (struct program){.arena = &w->arena,
                                  .loader = &r->loader,
                                  .judge = &r->judge,
                                  .root = file,
                                  .names.arena = &w->arena};
    ev->cx.source = w->source;
    ev->cx.scope = scope_new(ev->cx.scratch, NULL, w->source, NULL, 0);
    ev->name_loop = name_intern(ev->cx.names, STR("loop"));
    file->source = w->source;
}

/* In JSON, a version is a string. */
static bool has_version(struct value v)
{
    bool found = v.type == VALUE_VERSION;
    for (uint32_t i = 0; v.type == VALUE_LIST && i < v.len && !found; i++)
        found = has_version(value_item(v, i));
    for (uint32_t i = 0; v.type == VALUE_MAP && i < v.len && !found; i++)
        found = has_version(value_map_at(v, i));
    return found;
}

static void check_value(struct run *r, struct value v)
{
    struct data_error err;
    struct value again;
    promise(value_same(&r->w.arena, v, v), "a value is the same as itself");
    if (!value_json(&r->text, v))
        return;
    promise(value_data_read(&r->w.arena, DATA_JSON, buf_str(&r->text), &again,
                            &err),
            "a value written as JSON is JSON");
    promise(has_version(v) || value_same(&r->w.arena, v, again),
            "a value written and read again is the same");
}

static void evaluate(struct run *r, struct str text)
{
    struct file file = {0};
    struct value values, v;
    struct data_error err;
    world_open(&r->w, text);
    begin(r, &file);
    if (!value_data_read(&r->w.arena, DATA_JSON, str_from(known), &values,
                         &err))
        abort();
    struct expr *e = parse(r, &file);
    promise((e->kind == EXPR_BAD) <= (r->w.diags.errors > 0),
            "a mistake is reported");
    if (r->w.diags.errors)
        return;
    add_known(r, &file, values);
    struct node *let = new_let(r, name_intern(&r->w.names, STR("x")), e);
    let->next = file.body;
    file.body = let;
    if (!program_judge(&r->program)) {
        promise(r->w.diags.errors > 0, "a wrong name is reported");
        return;
    }
    r->good = eval_expr(&r->ev, e, &v);
    promise(r->good == (r->w.diags.errors == 0), "what fails is reported");
    if (r->good)
        check_value(r, v);
}

/* False after a jump. */
static bool evaluate_tried(struct run *r, struct str text)
{
    if (!WORLD_TRY(&r->w))
        return false;
    evaluate(r, text);
    return true;
}

/* Evaluates in a world of its own; returns a hash of all results. */
static uint64_t run(struct str text)
{
    struct run r = {.good = false};
    world_init(&r.w);
    buf_init(&r.text, &r.w.fault, LIMIT_COUNT);
    r.jumped = !evaluate_tried(&r, text);
    uint64_t hash = r.jumped ? r.w.fault.which : world_diagnostics(&r.w);
    hash = fuzz_hash(hash, buf_str(&r.text)) * 4 + r.good * 2 + r.jumped;
    if (r.live)
        eval_free(&r.ev);
    if (r.ev.cx.rx)
        rx_cache_free(r.ev.cx.rx);
    buf_free(&r.text);
    world_free(&r.w);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    char *copy = fuzz_copy(text);
    text.ptr = copy;
    uint64_t hash = run(text);
    if (fuzz_one_in(text, 4))
        promise(run(text) == hash, "the same comes out the second time");
    free(copy);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed)
{
    return grammar_mutate_expression(data, size, max, seed);
}
