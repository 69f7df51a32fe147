/* SPDX-License-Identifier: MIT */
/* First each Dockerfile gets the name of a target, then the groups are found,
 * and then it is only a matter of writing. Bake reads "${" and "%{" in its
 * strings as expressions: in paths they are doubled, in the user's patterns
 * they stay, so that bake's variables work there. */
#include "driver/bake.h"

#include "base/json.h"
#include "base/path.h"
#include "docker/grammar.h"
#include "docker/text.h"

struct target {
    struct str path; /* of the Dockerfile, from where bake runs */
    struct str dir;  /* it lies in, below the output directory */
    struct str name;
};

/* --- names --- */

/* The path without the output directory in front of it. */
static struct str below_out_dir(const struct bake *b, struct str path)
{
    if (!b->out_dir)
        return path;
    struct str dir = path_normalise(b->arena, str_from(b->out_dir));
    if (!str_starts(path, dir) || path.len <= dir.len ||
        path.ptr[dir.len] != '/')
        return path;
    return str_from_off(path, dir.len + 1);
}

/* What is left of "Dockerfile.web" and "web.dockerfile"; empty of
 * "Dockerfile". */
static struct str own_part(struct str file)
{
    static const struct str prefixes[] = {{"Dockerfile", 10},
                                          {"Containerfile", 13}};
    struct str end = STR(".dockerfile");
    if (file.len > end.len &&
        text_same(str_from_off(file, file.len - end.len), end))
        return str_slice(file, 0, file.len - end.len);
    for (size_t i = 0; i < 2; i++)
        if (str_starts(file, prefixes[i])) {
            file = str_from_off(file, prefixes[i].len);
            return str_from_off(file, str_starts(file, STR(".")));
        }
    return file;
}

/* Letters, digits, "_" and "-" are allowed in a name of bake. */
static struct str clean_name(struct arena *a, struct str dir, struct str part)
{
    bool both = dir.len && part.len;
    struct str all = arena_printf(a, "%.*s%s%.*s", STR_ARG(dir),
                                  both ? "-" : "", STR_ARG(part));
    char *to = arena_alloc(a, all.len + 1);
    for (size_t i = 0; i < all.len; i++)
        to[i] = ascii_is_name(all.ptr[i]) ? all.ptr[i] : '-';
    struct str name = {to, all.len};
    return name.len ? name : STR("image");
}

/* The name, with a number if it is taken. "default" is the group of all. */
static struct str unique_name(struct arena *a, struct map *names,
                              struct str name)
{
    struct str tried = name;
    bool added = false;
    for (unsigned n = 2;; n++) {
        if (!str_eq(tried, STR("default")))
            map_put(names, a, tried, &added);
        if (added)
            return tried;
        tried = arena_printf(a, "%.*s-%u", STR_ARG(name), n);
    }
}

static struct target *name_targets(const struct bake *b, struct map *names)
{
    struct target *list = arena_array(b->arena, b->n, sizeof *list);
    for (size_t i = 0; i < b->n; i++) {
        struct target *t = &list[i];
        t->path = b->files[i].title;
        struct str below = below_out_dir(b, t->path);
        t->dir = path_dir(below);
        t->name = unique_name(
            b->arena, names,
            clean_name(b->arena, t->dir, own_part(path_base(below))));
        if (t->dir.len == 0)
            t->dir = STR(".");
    }
    return list;
}

/* --- patterns --- */

/* The pattern with {path}, {dir} and {name} replaced. */
static struct str fill(const struct bake *b, const char *pattern,
                       const struct target *t)
{
    const struct {
        struct str word, value;
    } words[] = {{STR("{path}"), t->path},
                 {STR("{dir}"), t->dir},
                 {STR("{name}"), t->name}};
    struct text_buf out = {b->arena, NULL, 0, 0};
    struct str s = str_from(pattern);
    while (s.len) {
        size_t n = 1;
        struct str add = str_slice(s, 0, 1);
        for (size_t i = 0; i < 3; i++)
            if (str_starts(s, words[i].word)) {
                add = words[i].value;
                n = words[i].word.len;
            }
        text_add(&out, add);
        s = str_from_off(s, n);
    }
    return text_of(&out);
}

static bool check_tag(const struct bake *b, struct str tag)
{
    struct image_ref ref;
    struct span nowhere = {NULL, 0, 0};
    if (str_find(tag, STR("${"), 0) != STR_NONE)
        return true;
    const char *why = grammar_image(tag, &ref);
    if (!why && ref.digest.ptr)
        why = "a tag has no digest";
    if (why)
        diag_report(b->diags, DIAG_USAGE, nowhere, NULL,
                    "--bake-tag gives '%.*s': %s", STR_ARG(tag), why);
    return !why;
}

/* path as seen from dir, both normalised; absolute ones stay. */
static struct str relative(struct arena *a, struct str dir, struct str path)
{
    struct text_buf out = {a, NULL, 0, 0};
    if (path_is_absolute(path) || path_is_absolute(dir) ||
        str_eq(dir, STR(".")))
        return path;
    for (;;) {
        size_t n = str_chr(dir, '/', 0);
        struct str part = str_slice(dir, 0, n == STR_NONE ? dir.len : n);
        if (!str_starts(path, part) || path.len <= part.len ||
            path.ptr[part.len] != '/')
            break;
        path = str_from_off(path, part.len + 1);
        dir = str_from_off(dir, part.len + 1);
        if (dir.len == 0)
            return path;
    }
    while (dir.ptr && dir.len) {
        text_cut(&dir, '/');
        text_add(&out, STR("../"));
    }
    text_add(&out, path);
    return text_of(&out);
}

/* --- JSON --- */

/* A string in which nothing is an expression of bake's. */
static void add_plain(struct buf *out, struct arena *a, struct str s)
{
    struct text_buf b = {a, NULL, 0, 0};
    for (size_t i = 0; i < s.len; i++) {
        struct str c = str_slice(s, i, 1);
        bool opens = (c.ptr[0] == '$' || c.ptr[0] == '%') && i + 1 < s.len &&
                     s.ptr[i + 1] == '{';
        text_add(&b, c);
        if (opens)
            text_add(&b, c);
    }
    json_quote_repaired(out, text_of(&b));
}

static bool declares(const struct model *m, struct str name)
{
    for (uint32_t k = 0; k < m->d->list.n; k++) {
        const struct instruction *i = m->d->list.at[k];
        for (uint32_t n = 0; i->id == INSTRUCTION_ARG && n < i->args.n; n++) {
            struct str value = i->args.at[n];
            if (str_eq(text_cut(&value, '='), name))
                return true;
        }
    }
    return false;
}

static bool add_args(struct buf *out, const struct bake *b,
                     const struct graph_file *file)
{
    struct span nowhere = {NULL, 0, 0};
    const char *comma = ",\n      \"args\": {";
    const char *const *arg = b->options->args;
    for (; arg && *arg; arg++) {
        struct str value = str_from(*arg);
        struct str name = text_cut(&value, '=');
        if (!value.ptr || name.len == 0) {
            diag_report(b->diags, DIAG_USAGE, nowhere, NULL,
                        "--bake-arg needs NAME=VALUE, not '%s'", *arg);
            return false;
        }
        if (!declares(file->m, name))
            continue;
        buf_add_cstr(out, comma);
        json_quote_repaired(out, name);
        buf_add_cstr(out, ": ");
        json_quote_repaired(out, value);
        comma = ", ";
    }
    if (comma[1] == ' ')
        buf_add_char(out, '}');
    return true;
}

static bool add_tags(struct buf *out, const struct bake *b,
                     const struct target *t)
{
    const char *comma = ",\n      \"tags\": [";
    const char *const *tag = b->options->tags;
    for (; tag && *tag; tag++) {
        struct str text = fill(b, *tag, t);
        if (!check_tag(b, text))
            return false;
        buf_add_cstr(out, comma);
        json_quote_repaired(out, text);
        comma = ", ";
    }
    if (comma[1] == ' ')
        buf_add_char(out, ']');
    return true;
}

static bool add_target(struct buf *out, const struct bake *b, size_t i,
                       const struct target *t)
{
    const char *pattern = b->options->context;
    struct str context = fill(b, pattern ? pattern : ".", t);
    struct str dir = path_normalise(b->arena, context);
    buf_add_cstr(out, i ? ",\n    " : "\n    ");
    json_quote_repaired(out, t->name);
    buf_add_cstr(out, ": {\n      \"context\": ");
    json_quote_repaired(out, context);
    buf_add_cstr(out, ",\n      \"dockerfile\": ");
    add_plain(out, b->arena, relative(b->arena, dir, t->path));
    if (!add_tags(out, b, t) || !add_args(out, b, &b->files[i]))
        return false;
    buf_add_cstr(out, "\n    }");
    return true;
}

/* "name": {"targets": […]}: those in dir, or all. */
static void add_group(struct buf *out, const struct bake *b,
                      const struct target *list, struct str name,
                      const struct str *dir)
{
    const char *comma = "";
    json_quote_repaired(out, name);
    buf_add_cstr(out, ": {\"targets\": [");
    for (size_t i = 0; i < b->n; i++) {
        struct str first = list[i].dir;
        first = text_cut(&first, '/');
        if (dir && !str_eq(first, *dir))
            continue;
        buf_add_cstr(out, comma);
        json_quote_repaired(out, list[i].name);
        comma = ", ";
    }
    buf_add_cstr(out, "]}");
}

/* The first folders of the paths, if there are several of them: each is a
 * group, unless a target has its name. */
static void add_groups(struct buf *out, const struct bake *b,
                       const struct target *list, const struct map *names)
{
    struct map dirs = {0};
    for (size_t i = 0; i < b->n; i++) {
        struct str dir = list[i].dir;
        map_put(&dirs, b->arena, text_cut(&dir, '/'), NULL);
    }
    for (uint32_t i = 0; i < dirs.n && dirs.n > 1; i++) {
        struct str none = {NULL, 0};
        struct str name = clean_name(b->arena, dirs.keys[i], none);
        if (str_eq(dirs.keys[i], STR(".")) || str_eq(name, STR("default")) ||
            map_find(names, name) != MAP_NONE)
            continue;
        buf_add_cstr(out, ",\n    ");
        add_group(out, b, list, name, &dirs.keys[i]);
    }
}

bool bake_write(struct buf *out, const struct bake *b)
{
    struct map names = {0};
    struct target *list = name_targets(b, &names);
    buf_add_cstr(out, "{\n  \"group\": {\n    ");
    add_group(out, b, list, STR("default"), NULL);
    add_groups(out, b, list, &names);
    buf_add_cstr(out, "\n  },\n  \"target\": {");
    for (size_t i = 0; i < b->n; i++)
        if (!add_target(out, b, i, &list[i]))
            return false;
    buf_add_cstr(out, "\n  }\n}\n");
    return true;
}
