/* SPDX-License-Identifier: MIT */
#include "eval/data.h"

#include "base/utf8.h"

enum {
    MOST_PATH = 200 /* bytes of it in a note */
};

/* --- reading --- */

enum data_format data_format(struct str name)
{
    return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))
               ? DATA_YAML
               : DATA_JSON;
}

/* True for the name of a file that is hardly meant to be JSON. */
static bool is_other(struct str name)
{
    static const struct str ends[] = {
        STR(".toml"), STR(".ini"),  STR(".env"),       STR(".csv"),
        STR(".xml"),  STR(".cfg"),  STR(".conf"),      STR(".hcl"),
        STR(".txt"),  STR(".lock"), STR(".properties")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]))
            return true;
    return false;
}

struct diag *data_report(struct diags *d, enum data_format format,
                         struct source *source, const struct data_error *err,
                         const struct trace *chain)
{
    struct span at = {source, (uint32_t)err->offset, 1};
    struct span other = {source, (uint32_t)err->note_offset, 1};
    enum diag_id id = format == DATA_YAML ? DIAG_YAML : DIAG_JSON;
    struct diag *report =
        diag_report(d, id, at, chain, "%s%s", err->message,
                    format == DATA_JSON && is_other(source->name)
                        ? "; a file is read as JSON unless its name ends in "
                          ".yaml or .yml"
                        : "");
    if (err->note[0])
        diag_note(d, report, other, "%s", err->note);
    return report;
}

bool data_read(struct context *cx, struct source *source,
               enum data_format format, struct value *out, struct diag **report)
{
    struct data_file file = {.source = source, .format = format};
    struct data_error err;
    for (uint32_t i = 0; i < cx->data.n; i++)
        if (cx->data.at[i].source == source) {
            *out = cx->data.at[i].value;
            return true;
        }
    if (!value_data_read(cx->run, format, source->text, &file.value, &err)) {
        *report = data_report(cx->diags, format, source, &err, cx->chain);
        return false;
    }
    vec_push(cx->run, &cx->data, file);
    *out = file.value;
    return true;
}

/* --- places --- */

bool data_place(struct context *cx, struct value v, struct span *where,
                struct str *path)
{
    for (uint32_t i = 0; i < cx->data.n; i++) {
        struct data_file *f = &cx->data.at[i];
        struct value_place place;
        if (!f->places)
            f->places =
                places_new(cx->run, f->format, f->source->text, f->value);
        if (!places_find(f->places, v, &cx->work, &place))
            continue;
        *where = (struct span){f->source, (uint32_t)place.off,
                               (uint32_t)(place.end - place.off)};
        *path = place.path;
        return true;
    }
    return false;
}

bool data_place_key(struct context *cx, struct value map, struct str key,
                    struct span *where, struct str *path)
{
    if (!key.ptr || map.type != VALUE_MAP)
        return false;
    uint32_t i = map_find(&map.u.map->keys, key);
    return i < map.len &&
           data_place(cx, value_str(value_map_key(map, i)), where, path);
}

/* what: what was read there. */
static void note_place(struct context *cx, struct diag *report, struct str what,
                       struct span where, struct str path)
{
    bool all = path.len == 1;
    struct str start = utf8_cut(path, all ? 0 : MOST_PATH);
    diag_note(cx->diags, report, where, "%.*s was read here%s%.*s%s",
              STR_ARG(what), all ? "" : ": ", STR_ARG(start),
              path.len > MOST_PATH ? "…" : "");
}

bool data_note_key(struct context *cx, struct diag *report, struct value map,
                   struct str key)
{
    struct span where;
    struct str path;
    if (!report || !data_place_key(cx, map, key, &where, &path))
        return false;
    note_place(cx, report, STR("it"), where, path);
    return true;
}

bool data_note(struct context *cx, struct diag *report, struct value v)
{
    struct span where;
    struct str path;
    if (!report || !data_place(cx, v, &where, &path))
        return false;
    const char *type = value_type_name((enum value_type)v.type);
    note_place(cx, report, arena_printf(cx->run, "the %s", type), where, path);
    return true;
}

static void complain(struct context *cx, enum diag_id id, struct loc loc,
                     struct value x, struct value y, struct str text)
{
    struct diag *d = diag_report(cx->diags, id, context_span(cx, loc),
                                 cx->chain, "%.*s", STR_ARG(text));
    data_note(cx, d, x);
    data_note(cx, d, y);
}

bool data_complain(struct context *cx, enum diag_id id, struct loc loc,
                   struct value v, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(cx, id, loc, v, value_null(), arena_vprintf(cx->run, fmt, ap));
    va_end(ap);
    return false;
}

bool data_complain_both(struct context *cx, enum diag_id id, struct loc loc,
                        struct value x, struct value y, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    complain(cx, id, loc, x, y, arena_vprintf(cx->run, fmt, ap));
    va_end(ap);
    return false;
}
