/* SPDX-License-Identifier: MIT */
/* From the table to a call: signatures are read from the parameters' text when
 * a function is first used, types are checked against it. */
#include "eval/builtin.h"

#include "eval/context.h"

#include <string.h>

enum {
    MOST_BUILTIN_PARAMS = 4
};

struct builtin {
    struct str name;
    const char *group;
    struct str written; /* "name(parameters" */
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
#define OTHER "Other"

static const struct builtin table[] = {
#define X(name, group, params, doc) \
    {STR(#name), group, STR(#name "(" params), doc, builtin_##name},
#include "eval/builtin_list.h"
#undef X
};

enum {
    COUNT = sizeof table / sizeof *table
};

/* What a parameter's text says. */
struct typed {
    struct str types; /* "string|list" */
    unsigned fits;    /* the same, as bits */
};

struct known {
    struct signature sig;
    struct param params[MOST_BUILTIN_PARAMS];
    struct typed types[MOST_BUILTIN_PARAMS];
};

struct builtins {
    struct arena *arena;
    struct names *names;
    uint32_t nnames;
    uint8_t *by_name; /* index of the function + 1; 0: none; nnames of them */
    struct known *known[COUNT];
};

struct builtins *builtin_new(struct arena *a, struct names *names)
{
    struct builtins *b = arena_new(a, struct builtins);
    b->arena = a;
    b->names = names;
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

/* The types whose names stand in types, as bits. */
static unsigned types_of(struct str types)
{
    unsigned fits = 0;
    struct str word;
    for (size_t at = 0; at <= types.len; at += word.len + 1) {
        word = str_part(types, at, '|');
        for (unsigned t = 0; t < VALUE_BAD; t++)
            if (str_eq(word, STR("any")) ||
                str_eq(word, str_from(value_type_name((enum value_type)t))))
                fits |= 1u << t;
    }
    return fits;
}

/* Reads "name: types [= null]" up to the comma. */
static void read_param(struct builtins *b, struct known *k, struct str text)
{
    struct param *p = &k->params[k->sig.n];
    struct typed *t = &k->types[k->sig.n++];
    struct str name = str_part(text, 0, ':');
    struct str types = str_part(text, name.len + 1, '=');
    p->name = name_intern(b->names, str_trim(name));
    p->optional = name.len + 1 + types.len < text.len;
    t->types = str_trim(types);
    t->fits = types_of(t->types);
}

static struct known *known_of(struct builtins *b, const struct builtin *f)
{
    struct known **slot = &b->known[f - table];
    if (*slot)
        return *slot;
    struct str rest = str_from_off(f->written, f->name.len + 1);
    struct known *k = arena_new(b->arena, struct known);
    k->sig.params = k->params;
    k->sig.written = f->written;
    while (rest.len) {
        struct str param = str_part(rest, 0, ',');
        read_param(b, k, param);
        rest = str_from_off(rest, param.len + 1);
    }
    *slot = k;
    return k;
}

const struct signature *builtin_signature(void *builtins, name_id name)
{
    const struct builtin *f = builtin_find(builtins, name);
    return f ? &known_of(builtins, f)->sig : NULL;
}

/* What to write instead, where there is a usual answer. */
static const char *cure(struct str types, struct value v)
{
    if (str_eq(types, STR("string")) &&
        (v.type == VALUE_INT || v.type == VALUE_BOOL ||
         v.type == VALUE_VERSION))
        return "; write str(…)";
    if (str_eq(types, STR("int")) && v.type == VALUE_STR)
        return "; write int(…)";
    if (str_eq(types, STR("string")) && v.type == VALUE_NULL)
        return "; write … ?? \"\" if it may be null";
    return "";
}

/* Where the argument for parameter i stands; the call, if a splice gives it. */
static struct loc arg_loc(const struct builtin_call *c, const struct known *k,
                          uint32_t i)
{
    for (uint32_t at = 0; at < c->call->nargs; at++) {
        const struct arg *a = &c->call->args[at];
        if (a->name == NAME_SPLICE)
            break;
        if (a->name == NAME_NONE ? at == i : a->name == k->params[i].name)
            return a->expr->loc;
    }
    return c->call->e.loc;
}

/* "string|list|map" as "a string, a list or a map". */
static struct str types_text(struct context *cx, struct str types)
{
    size_t mark = cx->work.len;
    struct str word;
    for (size_t at = 0; at <= types.len; at += word.len + 1) {
        word = str_part(types, at, '|');
        bool last = at + word.len == types.len;
        buf_add_cstr(&cx->work, at == 0 ? "" : last ? " or " : ", ");
        buf_add_cstr(&cx->work, str_eq(word, STR("int")) ? "an " : "a ");
        buf_add(&cx->work, word);
    }
    struct str text = arena_str(cx->run, buf_from(&cx->work, mark));
    buf_truncate(&cx->work, mark);
    return text;
}

static bool check_types(struct builtin_call *c, const struct known *k)
{
    for (uint32_t i = 0; i < k->sig.n; i++) {
        const struct typed *t = &k->types[i];
        struct value v = c->args[i];
        if ((k->params[i].optional && v.type == VALUE_NULL) ||
            t->fits >> v.type & 1)
            continue;
        struct str types = types_text(c->cx, t->types);
        struct str name = name_text(c->cx->names, k->params[i].name);
        return context_error(c->cx, DIAG_TYPE, arg_loc(c, k, i),
                             "%s takes %.*s as '%.*s', not %s%s",
                             c->builtin->name.ptr, STR_ARG(types),
                             STR_ARG(name), value_type_a(v.type),
                             cure(t->types, v));
    }
    return true;
}

bool builtin_run(struct context *cx, const struct builtin *f,
                 const struct expr_call *call, const struct value *args,
                 struct value *result)
{
    struct builtin_call c = {cx, cx->scratch, args, call, f, cx->work.len};
    for (uint32_t i = 0; i < known_of(cx->builtins, f)->sig.n; i++)
        if (args[i].type == VALUE_STR || args[i].type == VALUE_VERSION)
            fault_bytes(cx->fault, args[i].len);
    if (!check_types(&c, known_of(cx->builtins, f)))
        return false;
    *result = f->fn(&c);
    buf_truncate(&cx->work, c.mark);
    return result->type != VALUE_BAD;
}

struct value builtin_fail(const struct builtin_call *c, enum diag_id id,
                          const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str text = arena_vprintf(c->cx->run, fmt, ap);
    va_end(ap);
    context_error(c->cx, id, c->call->e.loc, "%s: %.*s", c->builtin->name.ptr,
                  STR_ARG(text));
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
        buf_printf(out, "- `%s)`: %s\n", f->written.ptr, f->doc);
    }
}
