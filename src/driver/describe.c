/* SPDX-License-Identifier: MIT */
/* What templates and libraries offer, for people who ask: parameters with
 * their documentation, macros with their signatures, builtins. */
#include "base/json.h"
#include "driver/run.h"
#include "lang/type.h"
#include "library/stdmacros.h"

/* --- documentation --- */

/* The lines of a doc comment without "@#" and one blank, each with `prefix`
 * before it. A licence tag is for programs. */
static void add_doc(struct buf *out, struct str doc, const char *prefix)
{
    for (size_t at = 0; at < doc.len;) {
        size_t end = str_chr(doc, '\n', at);
        end = end == STR_NONE ? doc.len : end;
        struct str line = str_trim(str_slice(doc, at, end - at));
        struct str text = str_from_off(line, 2);
        if (str_starts(text, STR(" ")))
            text = str_from_off(text, 1);
        at = end + 1;
        if (str_starts(text, STR("SPDX-License-Identifier:")))
            continue;
        if (text.len)
            buf_add_cstr(out, prefix);
        buf_add(out, text);
        buf_add_char(out, '\n');
    }
}

/* --- parameters --- */

static struct str text_at(const struct file *f, const struct expr *e)
{
    return str_slice(f->source->text, e->loc.off, e->loc.len);
}

/* The type that a default's literal shows. */
static const char *type_of_default(const stagepp_session *s,
                                   const struct expr *e)
{
    const struct expr_call *call = (const struct expr_call *)e;
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
        return call->module == NAME_NONE &&
                       str_eq(name_text(&s->names, call->name), STR("ver"))
                   ? "version"
                   : "any";
    default:
        return "any";
    }
}

static struct str type_of(stagepp_session *s, const struct file *f,
                          const struct node_param *p)
{
    return p->type ? type_text(&s->run, f->source, p->type)
                   : str_from(type_of_default(s, p->value));
}

static void param_text(stagepp_session *s, const struct file *f,
                       const struct node_param *p)
{
    struct buf *out = &s->text;
    buf_add(out, name_text(&s->names, p->name));
    buf_add_cstr(out, ": ");
    buf_add(out, type_of(s, f, p));
    if (p->value) {
        buf_add_cstr(out, " = ");
        buf_add(out, text_at(f, p->value));
    } else {
        buf_add_cstr(out, " (required)");
    }
    if (p->choices) {
        buf_add_cstr(out, " in ");
        buf_add(out, text_at(f, p->choices));
    }
    buf_add_char(out, '\n');
    add_doc(out, p->doc, "    ");
}

static void param_json(struct json_writer *w, stagepp_session *s,
                       const struct file *f, const struct node_param *p)
{
    size_t from = s->text.len;
    add_doc(&s->text, p->doc, "");
    struct str doc = arena_str(&s->run, str_chomp(buf_from(&s->text, from)));
    buf_truncate(&s->text, from);
    json_line(w, 2);
    json_open(w, NULL, "{");
    json_str(w, "name", name_text(&s->names, p->name));
    json_str(w, "type", type_of(s, f, p));
    json_bool(w, "required", !p->value);
    json_str_or_null(w, "default",
                     p->value ? text_at(f, p->value) : STR_ABSENT);
    json_str_or_null(w, "choices",
                     p->choices ? text_at(f, p->choices) : STR_ABSENT);
    json_str(w, "documentation", doc);
    json_close(w, "}");
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
    bool json = r->job->goal == STAGEPP_GOAL_PARAMS_JSON;
    struct json_writer w = {.out = &s->text};
    if (json)
        json_open(&w, NULL, "[");
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->params.n; j++) {
            const struct node_param *p = f->params.at[j];
            if (is_described(s, i, p->name))
                continue;
            if (json)
                param_json(&w, s, f, p);
            else
                param_text(s, f, p);
        }
    }
    if (json) {
        json_line(&w, 0);
        json_close(&w, "]\n");
    }
    return session_status(s) == STAGEPP_OK;
}

/* --- macros --- */

static void library_text(stagepp_session *s, const struct file *f,
                         struct str alias)
{
    struct buf *out = &s->text;
    add_doc(out, f->doc, "");
    for (uint32_t i = 0; i < f->defines.n; i++) {
        const struct node_define *d = f->defines.at[i];
        if (name_text(&s->names, d->name).ptr[0] == '_')
            continue;
        if (out->len > 0)
            buf_add_char(out, '\n');
        buf_printf(out, "%.*s.", STR_ARG(alias));
        buf_add(out, signature_text(&s->run, &d->signature));
        buf_add_char(out, '\n');
        add_doc(out, d->doc, "    ");
    }
}

static bool describe_library(stagepp_session *s, struct str path)
{
    struct source *source;
    struct resolve_request q = {
        .path = path, .library = true, .at = source_nowhere};
    if (resolve_read(&s->resolver, &q, &source) != RESOLVE_FOUND)
        return false;
    struct file *f = loader_load(&s->loader, source);
    size_t slash = str_rchr(path, '/');
    struct str alias = slash == STR_NONE ? path : str_from_off(path, slash + 1);
    if (str_ends(alias, STR(".spp")))
        alias.len -= 4;
    if (!f->failed)
        library_text(s, f, alias);
    return !f->failed;
}

bool describe_macros(stagepp_session *s, struct run *r)
{
    bool good = true;
    session_reset(s);
    if (r->job->about)
        return describe_library(s, str_from(r->job->about));
    for (uint32_t i = 0; i < stdmacros_count(); i++) {
        if (s->text.len > 0)
            buf_add_char(&s->text, '\n');
        good = describe_library(s, stdmacros_name(i)) && good;
    }
    return good;
}

bool describe_builtins(stagepp_session *s, struct run *r)
{
    (void)r;
    builtin_reference(&s->text);
    return true;
}
