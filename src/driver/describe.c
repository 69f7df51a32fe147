/* SPDX-License-Identifier: MIT */
/* In: a template or libraries, linked. Out: their parameters, types and macros
 * with what their comments say, as text. Nothing is expanded. */
#include "driver/describe.h"

#include "driver/expansion.h"
#include "driver/run.h"
#include "eval/eval_judge.h"
#include "eval/type_describe.h"
#include "lang/signature.h"
#include "lang/where.h"
#include "lang/written.h"
#include "library/stdmacros.h"

/* e as it was written; ptr NULL without e. */
static struct str text_of(stagepp_session *s, const struct file *f,
                          const struct expr *e)
{
    if (!e)
        return STR_ABSENT;
    return written_line(&s->run,
                        str_slice(f->source->text, e->loc.off, e->loc.len));
}

static struct str doc_text(stagepp_session *s, struct str doc)
{
    struct describe_doc read = describe_doc_read(&s->run, doc, NULL, NULL);
    return describe_doc_of(&s->run, &read, STR(""));
}

static bool is_public(const stagepp_session *s, name_id name)
{
    return name_text(&s->names, name).ptr[0] != '_';
}

/* --- types --- */

/* Adds what t can be, if it is one of a few values: false if not. */
static bool add_items(struct eval *ev, const struct type_member *m,
                      struct value *items)
{
    struct value list;
    if (m->t->kind == TYPE_LITERAL) {
        list = value_list_new(ev->cx.run, 1);
        const struct expr *e = ((const struct type_literal *)m->t)->value;
        list = value_list_add(ev->cx.run, list, eval_judge_literal(ev, e));
    } else if (m->t->kind != TYPE_IN ||
               type_choices(ev, m->file, (const struct type_in *)m->t, &list) !=
                   FIT_YES) {
        return false;
    }
    for (uint32_t i = 0; i < list.len; i++) {
        struct value v = value_item(list, i);
        if (type_is_unknown(v) || value_nests(v))
            return false;
        *items = value_list_add(ev->cx.run, *items, v);
    }
    return true;
}

/* True if a reader of t's text sees what that member of it is. */
static bool is_shown(const struct type_member *m, const struct scope *scope,
                     const struct type *t)
{
    bool inside = m->file == scope && m->t->loc.off - t->loc.off < t->loc.len;
    return inside && (m->t->kind != TYPE_IN ||
                      ((const struct type_in *)m->t)->list->kind == EXPR_LIST);
}

/* What the text of t does not say, and its items. */
static void explain_type(stagepp_session *s, const struct file *f,
                         const struct type *t, struct described_param *out)
{
    struct eval *ev = expansion_judging(s);
    struct scope *scope = scope_new(&s->scratch, NULL, f->source, NULL, 0);
    struct type_members all = type_members(ev, scope, t);
    struct type_members list = type_members_taking(ev, &all, VALUE_BAD);
    struct value items = value_list_new(&s->run, 0);
    bool few = list.n > 0, shown = true;
    for (uint32_t i = 0; i < list.n; i++) {
        few = few && add_items(ev, &list.at[i], &items);
        shown = shown && is_shown(&list.at[i], scope, t);
    }
    if (few && type_takes(t, VALUE_NULL))
        items = value_list_add(ev->cx.run, items, value_null());
    if (few)
        out->items = items;
    if (shown)
        return;
    size_t from = s->text.len;
    type_describe_members(ev, &list, &s->text);
    out->words = arena_str(&s->run, buf_from(&s->text, from));
    buf_truncate(&s->text, from);
}

/* True if it is a call of the builtin `ver`, and of no macro of that name. */
static bool is_version(const stagepp_session *s, const struct file *f,
                       const struct expr_call *call)
{
    return call->module == NAME_NONE && !where_defines(f, call->name) &&
           str_eq(name_text(&s->names, call->name), STR("ver"));
}

/* The type that a default's literal shows. */
static const char *type_of_default(const stagepp_session *s,
                                   const struct file *f, const struct expr *e)
{
    if (!e)
        return "string";
    switch (e->kind) {
    case EXPR_BOOL:
        return "bool";
    case EXPR_INT:
        return "int";
    case EXPR_STR:
    case EXPR_INTERP:
    case EXPR_NULL:
        return "string";
    case EXPR_LIST:
    case EXPR_LIST_FOR:
        return "list";
    case EXPR_MAP:
    case EXPR_MAP_FOR:
        return "map";
    case EXPR_CALL:
        return is_version(s, f, (const struct expr_call *)e) ? "version"
                                                             : "any";
    default:
        return "any";
    }
}

/* --- @param --- */

/* Its `in` has all that it can be, but for a list, whose items are meant. */
static void add_choices(stagepp_session *s, const struct file *f,
                        const struct node_param *p, struct described_param *out)
{
    struct scope *scope = scope_new(&s->scratch, NULL, f->source, NULL, 0);
    bool of_items = p->type ? type_takes(p->type, VALUE_LIST)
                            : p->value && p->value->kind == EXPR_LIST;
    struct value list =
        eval_judge_list(expansion_judging(s), scope, p->choices);
    if (list.type == VALUE_LIST && !type_is_unknown(list) && !of_items)
        out->items = list;
}

static struct described_param describe_param(stagepp_session *s,
                                             const struct file *f,
                                             const struct node_param *p)
{
    struct described_param out = {
        .name = name_text(&s->names, p->name),
        .type = str_from(type_of_default(s, f, p->value)),
        .required = !p->value,
        .value = text_of(s, f, p->value),
        .choices = text_of(s, f, p->choices),
        .doc = doc_text(s, p->doc),
        .at = {f->source, p->name_loc.off, p->name_loc.len},
    };
    if (p->type) {
        out.type = type_text(&s->run, f->source, p->type);
        explain_type(s, f, p->type, &out);
    }
    if (p->choices)
        add_choices(s, f, p, &out);
    return out;
}

/* True if one of the first n files has it: the value that an including file has
 * bound wins over that of an included file. */
static bool is_described(const stagepp_session *s, uint32_t n, name_id name)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->params.n; j++)
            if (f->params.at[j]->name == name)
                return true;
    }
    return false;
}

bool describe_params(stagepp_session *s, struct run *r)
{
    described_params list = {NULL, 0, 0};
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->params.n; j++)
            if (!is_described(s, i, f->params.at[j]->name))
                vec_push(&s->run, &list, describe_param(s, f, f->params.at[j]));
    }
    if (r->job->format == STAGEPP_ANSWER_JSON)
        describe_json_params(&s->text, &list);
    else
        describe_print_params(&s->text, &list,
                              r->job->format == STAGEPP_ANSWER_MARKDOWN);
    return session_status(s) == STAGEPP_OK;
}

/* --- macros --- */

static struct described_param macro_param(stagepp_session *s,
                                          const struct file *f,
                                          const struct param *p,
                                          const struct describe_doc *doc)
{
    struct described_param out = {
        .name = name_text(&s->names, p->name),
        .required = !p->optional && !p->rest,
        .value = text_of(s, f, p->value),
        .rest = (enum rest)p->rest,
        .at = {f->source, p->loc.off, p->loc.len},
    };
    out.doc = describe_doc_of(&s->run, doc, out.name);
    if (p->type && !signature_is_block(p)) {
        out.type = type_text(&s->run, f->source, p->type);
        explain_type(s, f, p->type, &out);
    }
    return out;
}

/* "name(a, b=1, *rest)", without types. */
static struct str short_signature(stagepp_session *s,
                                  const struct described_macro *m,
                                  const described_params *all)
{
    static const char *const stars[] = {
        [REST_NONE] = "", [REST_LIST] = "*", [REST_MAP] = "**"};
    struct buf *out = &s->text;
    size_t from = out->len;
    buf_add(out, m->name);
    buf_add_char(out, '(');
    for (uint32_t i = 0; i < all->n; i++) {
        const struct described_param *p = &all->at[i];
        buf_printf(out, "%s%s%.*s%s", i ? ", " : "", stars[p->rest],
                   STR_ARG(p->name), p->value.ptr ? "=" : "");
        buf_add(out, p->value);
    }
    buf_add_char(out, ')');
    struct str text = arena_str(&s->run, buf_from(out, from));
    buf_truncate(out, from);
    return text;
}

static struct described_macro describe_macro(stagepp_session *s,
                                             const struct file *f,
                                             const struct node_define *d)
{
    struct describe_doc doc =
        describe_doc_read(&s->run, d->doc, &s->names, &d->signature);
    struct described_macro out = {
        .name = name_text(&s->names, d->name),
        .is_function = d->n.flag != DEFINE_TEXT,
        .deprecated = d->deprecated,
        .doc = describe_doc_of(&s->run, &doc, STR("")),
        .at = {f->source, d->name_loc.off, d->name_loc.len},
    };
    described_params all = {NULL, 0, 0};
    for (uint32_t i = 0; i < d->signature.n; i++) {
        const struct param *p = &d->signature.params[i];
        struct described_param param = macro_param(s, f, p, &doc);
        vec_push(&s->run, &all, param);
        if (signature_is_block(p))
            vec_push(&s->run, &out.blocks, param);
        else
            vec_push(&s->run, &out.params, param);
    }
    out.signature = short_signature(s, &out, &all);
    return out;
}

static struct described_type describe_type(stagepp_session *s,
                                           const struct file *f,
                                           const struct node_type *t)
{
    return (struct described_type){
        .name = name_text(&s->names, t->name),
        .type = type_text(&s->run, f->source, t->type),
        .doc = doc_text(s, t->doc),
        .at = {f->source, t->name_loc.off, t->name_loc.len},
    };
}

static void add_variables(stagepp_session *s, const struct file *f,
                          struct described_library *out)
{
    for (const struct node *n = f->body; n; n = n->next) {
        const struct node_let *l = (const struct node_let *)n;
        if (n->kind != NODE_LET || !is_public(s, l->name))
            continue;
        struct described_variable v = {
            .name = name_text(&s->names, l->name),
            .type =
                l->type ? type_text(&s->run, f->source, l->type) : STR_ABSENT,
            .value = text_of(s, f, l->expr),
            .doc = doc_text(s, l->doc),
            .at = {f->source, l->name_loc.off, l->name_loc.len},
        };
        vec_push(&s->run, &out->variables, v);
    }
}

static struct described_library
describe_library(stagepp_session *s, const struct file *f, struct str path)
{
    size_t slash = str_rchr(path, '/');
    struct described_library out = {
        .path = path,
        .alias = slash == STR_NONE ? path : str_from_off(path, slash + 1),
        .doc = doc_text(s, f->doc),
        .source = f->source,
    };
    if (str_ends(out.alias, STR(".spp")))
        out.alias.len -= 4;
    if (f->library) {
        out.name = f->library->name;
        out.version = f->library->version;
    }
    for (uint32_t i = 0; i < f->types.n; i++)
        if (is_public(s, f->types.at[i]->name))
            vec_push(&s->run, &out.types, describe_type(s, f, f->types.at[i]));
    add_variables(s, f, &out);
    for (uint32_t i = 0; i < f->defines.n; i++)
        if (is_public(s, f->defines.at[i]->name))
            vec_push(&s->run, &out.macros,
                     describe_macro(s, f, f->defines.at[i]));
    return out;
}

static bool add_library(stagepp_session *s, struct str path,
                        described_libraries *list)
{
    struct source *source;
    struct resolve_request q = {
        .path = path, .library = true, .at = source_nowhere};
    if (resolve_read(&s->resolver, &q, &source) != RESOLVE_FOUND ||
        !program_link(&s->program, source))
        return false;
    vec_push(&s->run, list, describe_library(s, s->program.root, path));
    return true;
}

bool describe_macros(stagepp_session *s, struct run *r)
{
    described_libraries list = {NULL, 0, 0};
    bool good = true;
    session_reset(s);
    if (r->job->about)
        good = add_library(s, str_from(r->job->about), &list);
    for (uint32_t i = 0; !r->job->about && i < stdmacros_count(); i++)
        good = add_library(s, stdmacros_name(i), &list) && good;
    session_drop_program(s);
    if (r->job->format == STAGEPP_ANSWER_JSON)
        describe_json_libraries(&s->text, &list);
    else
        describe_print_libraries(&s->text, &list,
                                 r->job->format == STAGEPP_ANSWER_MARKDOWN);
    return good;
}

bool describe_builtins(stagepp_session *s, struct run *r)
{
    (void)r;
    builtin_reference(&s->text);
    return true;
}
