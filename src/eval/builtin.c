/* SPDX-License-Identifier: MIT */
/* From the table to a call: signatures are read from the parameters' text when
 * a function is first used, types are checked against it. */
#include "eval/builtin.h"
#include "eval/data.h"

#include "eval/context.h"
#include "lang/parser.h"

#include <string.h>

struct builtin {
    struct str name;
    const char *group;
    const char *written; /* "name(parameters)" */
    const char *doc;
    builtin_fn *fn;
};

#define STRINGS "Strings"
#define REGEX "Regular expressions"
#define LISTS "Lists and maps"
#define VERSIONS "Versions"
#define FORMS "Output forms"
#define PATHS "Paths"
#define FILES "Files"
#define VARIANTS "Variants"
#define IMAGES "Images"
#define OTHER "Other"

static const struct builtin table[] = {
#define X(name, group, params, doc) \
    {STR(#name), group, #name "(" params ")", doc, builtin_##name},
#include "eval/builtin_list.h"
#undef X
};

enum {
    COUNT = sizeof table / sizeof *table
};

/* All signatures, as their types are read. */
static const char signatures[] =
#define X(name, group, params, doc) #name "(" params ")\n"
#include "eval/builtin_list.h"
#undef X
    ;

struct builtins {
    struct arena *arena;
    struct names *names;
    struct diags *diags;
    struct source *source; /* of the signatures */
    uint32_t nnames;
    uint8_t *by_name; /* index of the function + 1; 0: none; nnames of them */
    struct signature known[COUNT]; /* written.ptr NULL: not read yet */
};

struct builtins *builtin_new(struct arena *a, struct names *names,
                             struct diags *diags)
{
    struct builtins *b = arena_new(a, struct builtins);
    b->arena = a;
    b->names = names;
    b->diags = diags;
    b->source = source_new(a, SOURCE_COMPILED, STR("builtins"),
                           str_from(signatures), UINT32_MAX);
    for (int i = 0; i < COUNT; i++)
        name_intern(names, table[i].name);
    b->nnames = names->map.n;
    b->by_name = arena_zalloc(a, b->nnames);
    for (int i = 0; i < COUNT; i++)
        b->by_name[name_find(names, table[i].name)] = (uint8_t)(i + 1);
    return b;
}

const struct builtin *builtin_find(const struct builtins *b, name_id name)
{
    uint8_t i = name < b->nnames ? b->by_name[name] : 0;
    return i ? &table[i - 1] : NULL;
}

struct source *builtin_source(const struct builtins *b)
{
    return b->source;
}

bool builtin_is_pure(const struct builtin *f)
{
    return strcmp(f->group, FILES) != 0 && f->fn != builtin_defined &&
           f->fn != builtin_error;
}

const struct signature *builtin_signature(void *builtins, name_id name)
{
    struct builtins *b = builtins;
    const struct builtin *f = builtin_find(b, name);
    uint32_t at = 0;
    if (!f)
        return NULL;
    struct signature *sig = &b->known[f - table];
    if (sig->written.ptr)
        return sig;
    for (const struct builtin *before = table; before < f; before++)
        at += (uint32_t)strlen(before->written) + 1;
    *sig = parser_signature(b->arena, b->names, b->diags, b->source, at);
    return sig;
}

/* The first part of a text of a block among the arguments. */
static struct traced_part part_of(const struct traced *p,
                                  const struct value *args, uint32_t n)
{
    struct traced_part part = {NULL, {NULL, 0}};
    for (uint32_t i = 0; i < n && !part.t; i++) {
        bool is_list = args[i].type == VALUE_LIST;
        for (uint32_t k = 0; k < (is_list ? args[i].len : 1) && !part.t; k++) {
            struct value v = is_list ? value_item(args[i], k) : args[i];
            if (v.type == VALUE_STR)
                part = traced_part(p, value_text(v));
        }
    }
    return part;
}

bool builtin_run(struct context *cx, const struct builtin *f,
                 const struct expr_call *call, const struct value *args,
                 struct value *result)
{
    struct builtin_call c = {.cx = cx,
                             .arena = cx->scratch,
                             .args = args,
                             .call = call,
                             .builtin = f,
                             .mark = cx->work.len};
    for (uint32_t i = 0; i < cx->builtins->known[f - table].n; i++)
        if (args[i].type == VALUE_STR || args[i].type == VALUE_VERSION)
            fault_bytes(cx->fault, args[i].len);
    *result = f->fn(&c);
    buf_truncate(&cx->work, c.mark);
    if (call->nargs && result->type != VALUE_BAD)
        builtin_misread(&c, f->fn, f->name, *result);
    if (cx->traced.on && result->type == VALUE_STR)
        *result = value_str(traced_make(
            &cx->traced, cx->run,
            part_of(&cx->traced, args, cx->builtins->known[f - table].n),
            value_text(*result)));
    return result->type != VALUE_BAD;
}

struct value builtin_fail(const struct builtin_call *c, enum diag_id id,
                          const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str text = arena_vprintf(c->cx->run, fmt, ap);
    va_end(ap);
    struct diag *d = diag_report(
        c->cx->diags, id, context_span(c->cx, c->call->e.loc), c->cx->chain,
        "%s: %.*s", c->builtin->name.ptr, STR_ARG(text));
    if (c->about.type == VALUE_NULL || !data_note(c->cx, d, c->about))
        data_note(c->cx, d, c->within);
    return value_bad();
}

void builtin_foresee(const struct builtin_call *c, uint64_t len)
{
    if (len > c->cx->fault->limits.max[LIMIT_VALUE])
        fault_raise(c->cx->fault, LIMIT_VALUE);
}

char *builtin_bytes(struct builtin_call *c, uint64_t len)
{
    builtin_foresee(c, len);
    fault_bytes(c->cx->fault, len);
    return arena_alloc(c->arena, (size_t)len);
}

struct value builtin_taken(struct builtin_call *c)
{
    struct str text = buf_from(&c->cx->work, c->mark);
    builtin_foresee(c, text.len);
    fault_bytes(c->cx->fault, text.len);
    return value_str(arena_str(c->arena, text));
}

void builtin_reference(struct buf *out)
{
    const char *group = "";
    for (int i = 0; i < COUNT; i++) {
        const struct builtin *f = &table[i];
        if (strcmp(group, f->group) != 0)
            buf_printf(out, "%s## %s\n\n", i ? "\n" : "", f->group);
        group = f->group;
        buf_printf(out, "- `%s`: %s\n", f->written, f->doc);
    }
}
