/* SPDX-License-Identifier: MIT */
/* In: Dockerfiles and options. Out: a docker-bake.json. Each Dockerfile gets
 * the name of a target, then the groups are found, and then it is written.
 *
 * Bake takes "context" from where it runs, and "dockerfile" from the context.
 * How to get from one to the other is known if the context lies below; else
 * bake is told with "cwd://" (buildx 0.12) not to look from the context. */
#include "driver/bake.h"

#include "base/json.h"
#include "base/near.h"
#include "base/path.h"
#include "docker/image.h"
#include "docker/text.h"
#include "driver/bake_pattern.h"

/* --- names --- */

/* The path without the output directory at its start. */
static struct str below_out_dir(const struct bake *b, struct str path)
{
    if (!b->out_dir)
        return path;
    struct str dir = path_normalise(b->arena, str_from(b->out_dir));
    struct str rest = path_below(path, dir);
    return rest.len ? rest : path;
}

/* What is left of "Dockerfile.web" and "web.dockerfile"; empty of
 * "Dockerfile". */
static struct str own_part(struct str file)
{
    static const struct str prefixes[] = {STR_INIT("Dockerfile"),
                                          STR_INIT("Containerfile")};
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

/* Bake allows letters, digits, "_" and "-" in a name. A "-" at the start would
 * be an option of buildx; several in a row become one. */
static struct str clean_name(struct arena *a, struct str dir, struct str part)
{
    struct str all = ARENA_CONCAT(a, dir, STR("/"), part);
    char *to = arena_alloc(a, all.len);
    size_t n = 0;
    for (size_t i = 0; i < all.len; i++) {
        char c = ascii_is_name(all.ptr[i]) ? all.ptr[i] : '-';
        if (c != '-' || (n && to[n - 1] != '-'))
            to[n++] = c;
    }
    n -= n && to[n - 1] == '-';
    return n ? (struct str){to, n} : STR("image");
}

/* The name, with a number if it is taken. "default" is reserved for the group
 * of all targets. */
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
        tried = ARENA_CONCAT(a, name, arena_printf(a, "-%u", n));
    }
}

static struct bake_target *name_targets(const struct bake *b, struct map *names)
{
    struct bake_target *list = arena_array(b->arena, b->n, sizeof *list);
    for (size_t i = 0; i < b->n; i++) {
        struct bake_target *t = &list[i];
        t->path = path_normalise(b->arena, b->files[i].title);
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

/* "." without one. */
static struct str first_folder(const struct bake_target *t)
{
    struct str dir = t->dir;
    return text_cut(&dir, '/');
}

/* --- patterns --- */

static bool check_pattern(const struct bake *b, const char *option,
                          const char *pattern)
{
    struct str unknown = bake_pattern_unknown(str_from(pattern));
    return !unknown.ptr ||
           diag_refuse(b->diags, DIAG_USAGE,
                       "%s has %.*s; the placeholders are {path}, {dir} and "
                       "{name}",
                       option, STR_ARG(unknown));
}

static bool check_tag(const struct bake *b, struct str tag)
{
    struct image_ref ref;
    if (bake_pattern_has_expression(tag))
        return true;
    const char *why = image_parse(tag, &ref);
    if (!why && ref.digest.ptr)
        why = "a tag cannot have a digest";
    return !why ||
           diag_refuse(b->diags, DIAG_USAGE, "--bake-tag gives '%.*s': %s",
                       STR_ARG(tag), why);
}

/* path as seen from dir; both are normalised and relative to the working
 * directory, and dir does not leave it. */
static struct str relative(struct arena *a, struct str dir, struct str path)
{
    struct str up = STR(""), below = STR("");
    if (str_eq(dir, STR(".")))
        return path;
    while (dir.len && below.len == 0) {
        below = path_below(path, dir);
        if (below.len == 0)
            up = ARENA_CONCAT(a, up, STR("../"));
        dir = path_dir(dir);
    }
    return ARENA_CONCAT(a, up, below.len ? below : path);
}

/* path as bake finds it from the context. */
static struct str from_context(const struct bake *b, struct str context,
                               struct str path)
{
    if (path_is_absolute(path))
        return path;
    bool plain = !bake_pattern_has_expression(context) &&
                 str_chr(context, ':', 0) == STR_NONE &&
                 path_stays_inside(b->arena, context);
    if (plain)
        return relative(b->arena, path_normalise(b->arena, context), path);
    return ARENA_CONCAT(b->arena, STR("cwd://"), path);
}

/* --- build arguments --- */

/* True if m has an ARG of that name; else near is offered those there are. */
static bool declares(const struct model *m, struct near *near)
{
    for (uint32_t k = 0; k < m->d->list.n; k++) {
        const struct instruction *i = m->d->list.at[k];
        for (uint32_t n = 0; i->id == INSTRUCTION_ARG && n < i->args.n; n++) {
            struct str value = i->args.at[n], arg = text_cut(&value, '=');
            if (str_eq(arg, near->word))
                return true;
            near_offer(near, arg);
        }
    }
    return false;
}

/* The builder takes these without an ARG. */
static bool is_predefined(struct str name)
{
    static const char *const names[] = {
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY",      "https_proxy",
        "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",         "no_proxy",
        "ALL_PROXY",  "all_proxy",  "SOURCE_DATE_EPOCH"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_from(names[i])))
            return true;
    return str_starts(name, STR("BUILDKIT_"));
}

static bool check_arg(const struct bake *b, const char *text)
{
    struct str value = str_from(text);
    struct str name = text_cut(&value, '=');
    struct near near = near_start(name);
    bool known = is_predefined(name);
    if (!value.ptr || name.len == 0)
        return diag_refuse(b->diags, DIAG_USAGE,
                           "--bake-arg needs NAME=VALUE, not '%s'", text);
    for (size_t i = 0; i < b->n && !known; i++)
        known = declares(b->files[i].m, &near);
    return known ||
           diag_refuse(
               b->diags, DIAG_USAGE,
               "--bake-arg: no Dockerfile has an ARG '%.*s'" NEAR_FORMAT,
               STR_ARG(name), NEAR_ARG(near.best));
}

/* --- JSON --- */

/* Each has the value of the environment; without one, a build argument is left
 * out, and bake refuses a tag. */
static void add_variables(struct json_writer *w, const struct bake *b)
{
    const char *const *tag = b->options->tags, *const *arg = b->options->args;
    struct map names = {0};
    if (b->options->context)
        bake_pattern_variables(b->arena, &names, b->options->context);
    for (; tag && *tag; tag++)
        bake_pattern_variables(b->arena, &names, *tag);
    for (; arg && *arg; arg++)
        bake_pattern_variables(b->arena, &names, *arg);
    if (names.n == 0)
        return;
    json_line(w, 2);
    json_open(w, "variable", "{");
    for (uint32_t i = 0; i < names.n; i++) {
        json_line(w, 4);
        json_key(w, names.keys[i]);
        json_open(w, NULL, "{");
        json_null(w, "default");
        json_close(w, "}");
    }
    json_line(w, 2);
    json_close(w, "}");
}

static void add_args(struct json_writer *w, const struct bake *b,
                     const struct graph_file *file)
{
    bool any = false;
    const char *const *arg = b->options->args;
    for (; arg && *arg; arg++) {
        struct str value = str_from(*arg);
        struct str name = text_cut(&value, '=');
        struct near near = near_start(name);
        if (!is_predefined(name) && !declares(file->m, &near))
            continue;
        if (!any) {
            json_line(w, 6);
            json_open(w, "args", "{");
        }
        any = true;
        json_key(w, name);
        json_str(w, NULL, value);
    }
    if (any)
        json_close(w, "}");
}

static bool add_tags(struct json_writer *w, const struct bake *b,
                     const struct bake_target *t)
{
    const char *const *tag = b->options->tags;
    if (!tag || !*tag)
        return true;
    json_line(w, 6);
    json_open(w, "tags", "[");
    for (; *tag; tag++) {
        struct str text = bake_pattern_fill(b->arena, *tag, t);
        if (!check_tag(b, text))
            return false;
        json_str(w, NULL, text);
    }
    json_close(w, "]");
    return true;
}

static bool add_target(struct json_writer *w, const struct bake *b,
                       const struct graph_file *file,
                       const struct bake_target *t)
{
    const char *pattern = b->options->context;
    struct str context =
        bake_pattern_fill(b->arena, pattern ? pattern : ".", t);
    struct str dockerfile = from_context(b, context, t->path);
    json_line(w, 4);
    json_key(w, t->name);
    json_open(w, NULL, "{");
    json_line(w, 6);
    json_str(w, "context", context);
    json_line(w, 6);
    json_str(w, "dockerfile", bake_pattern_escape(b->arena, dockerfile));
    if (!add_tags(w, b, t))
        return false;
    add_args(w, b, file);
    json_line(w, 4);
    json_close(w, "}");
    return true;
}

/* "name": {"targets": […]}: those of the folder dir, or all. */
static void add_group(struct json_writer *w, const struct bake *b,
                      const struct bake_target *list, struct str name,
                      const struct str *dir)
{
    json_line(w, 4);
    json_key(w, name);
    json_open(w, NULL, "{");
    json_open(w, "targets", "[");
    for (size_t i = 0; i < b->n; i++)
        if (!dir || str_eq(first_folder(&list[i]), *dir))
            json_str(w, NULL, list[i].name);
    json_close(w, "]}");
}

/* Each top-level folder is a group, if there are several. A group whose name is
 * that of a target becomes "NAME-all", or is left out if that target is the
 * only one in it. */
static void add_groups(struct json_writer *w, const struct bake *b,
                       const struct bake_target *list, struct map *names)
{
    struct map dirs = {0};
    uint32_t *counts = arena_zalloc(b->arena, b->n * sizeof *counts);
    for (size_t i = 0; i < b->n; i++)
        counts[map_put(&dirs, b->arena, first_folder(&list[i]), NULL)]++;
    for (uint32_t i = 0; i < dirs.n && dirs.n > 1; i++) {
        struct str name = clean_name(b->arena, dirs.keys[i], STR(""));
        /* Targets were named before groups; between groups a number decides. */
        bool taken =
            str_eq(name, STR("default")) || map_find(names, name) < b->n;
        if (str_eq(dirs.keys[i], STR(".")) || (taken && counts[i] == 1))
            continue;
        if (taken)
            name = ARENA_CONCAT(b->arena, name, STR("-all"));
        add_group(w, b, list, unique_name(b->arena, names, name),
                  &dirs.keys[i]);
    }
}

static bool check_options(const struct bake *b)
{
    const char *const *tag = b->options->tags, *const *arg = b->options->args;
    bool good = !b->options->context ||
                check_pattern(b, "--bake-context", b->options->context);
    for (; tag && *tag; tag++)
        good = check_pattern(b, "--bake-tag", *tag) && good;
    for (; arg && *arg; arg++)
        good = check_arg(b, *arg) && good;
    return good;
}

bool bake_write(struct buf *out, const struct bake *b)
{
    struct json_writer w = {.out = out};
    struct map names = {0};
    struct bake_target *list = name_targets(b, &names);
    if (!check_options(b))
        return false;
    json_open(&w, NULL, "{");
    add_variables(&w, b);
    json_line(&w, 2);
    json_open(&w, "group", "{");
    add_group(&w, b, list, STR("default"), NULL);
    add_groups(&w, b, list, &names);
    json_line(&w, 2);
    json_close(&w, "}");
    json_line(&w, 2);
    json_open(&w, "target", "{");
    for (size_t i = 0; i < b->n; i++)
        if (!add_target(&w, b, &b->files[i], &list[i]))
            return false;
    json_line(&w, 2);
    json_close(&w, "}");
    json_line(&w, 0);
    json_close(&w, "}\n");
    return true;
}
