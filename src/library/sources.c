/* SPDX-License-Identifier: MIT */
/* In: what was read, under which name. Out: a source for it, the same for the
 * same file. The names under which it was read, and then its identity (device
 * and inode, or the text of its path), find it again. */
#include "library/sources.h"

#include "base/path.h"

void sources_init(struct sources *s, struct arena *arena)
{
    *s = (struct sources){.arena = arena, .run = 1};
}

void sources_begin(struct sources *s)
{
    s->run++;
    s->used.n = 0;
}

struct source *sources_add(struct sources *s, enum source_kind kind,
                           struct str name, struct str text)
{
    struct sources_entry e = {
        .source = source_new(s->arena, kind, name, text, s->entries.n)};
    vec_push(s->arena, &s->entries, e);
    return e.source;
}

struct source *sources_buffer(struct sources *s, struct arena *run,
                              struct str name, struct str text)
{
    if (!s->buffer)
        s->buffer = sources_add(s, SOURCE_BUFFER, name, text);
    *s->buffer = *source_new(run, SOURCE_BUFFER, name, text, s->buffer->order);
    sources_use(s, s->buffer, name);
    return s->buffer;
}

void sources_use(struct sources *s, struct source *source, struct str name)
{
    struct sources_entry *e = &s->entries.at[source->order];
    if (e->run == s->run)
        return;
    vec_push(s->arena, &s->used, source);
    e->run = s->run;
    source->name = name;
    source->turn = s->used.n;
}

void sources_unuse(struct sources *s, uint32_t n)
{
    for (uint32_t i = n; i < s->used.n; i++)
        s->entries.at[s->used.at[i]->order].run = 0;
    s->used.n = n;
}

/* --- files --- */

struct source *sources_find(const struct sources *s, struct str *name)
{
    uint32_t i = map_find(&s->paths, *name);
    if (i == MAP_NONE)
        return NULL;
    *name = s->paths.keys[i];
    return s->path_sources.at[i];
}

static struct str real_path(struct sources *s, struct str path)
{
    if (path.len == 0)
        path = STR(".");
    if (s->virtual_files)
        return path_normalise(s->arena, path);
    return file_real(s->arena, arena_cstr(s->arena, path));
}

static struct str real_dir(struct sources *s, struct sources_entry *e)
{
    if (!e->real_dir.ptr)
        e->real_dir = real_path(s, path_dir(e->source->name));
    return e->real_dir;
}

/* A file read before under another name of the same directory, so that paths
 * relative to it mean the same. A link from elsewhere is a file of its own. */
static struct source *same_file(struct sources *s, struct str name,
                                struct str key, const struct file_id *id)
{
    uint32_t first = map_find(&s->ids, key);
    if (first == MAP_NONE)
        return NULL;
    struct str dir = real_path(s, path_dir(name));
    for (uint32_t i = s->first; i < s->entries.n; i++) {
        struct sources_entry *e = &s->entries.at[i];
        if (e->source->kind != SOURCE_FILE)
            continue;
        bool same = id ? e->source->has_id && file_id_eq(e->source->id, *id)
                       : str_eq(path_normalise(s->arena, e->source->name), key);
        if (same && str_eq(real_dir(s, e), dir))
            return e->source;
    }
    return NULL;
}

/* The bytes that stand for the identity of a file: device and inode, or the
 * normalised path where a loader gives no better. */
static struct str identity_key(struct sources *s, struct str name,
                               const struct file_id *id)
{
    uint64_t words[2];
    if (!id)
        return path_normalise(s->arena, name);
    words[0] = (uint64_t)id->dev;
    words[1] = (uint64_t)id->ino;
    struct str key = {(const char *)words, sizeof words};
    return arena_str(s->arena, key);
}

struct source *sources_enter(struct sources *s, struct str *name,
                             struct str bytes, const struct file_id *id)
{
    *name = arena_str(s->arena, *name);
    struct str key = identity_key(s, *name, id);
    struct source *source = same_file(s, *name, key, id);
    if (!source) {
        source = sources_add(s, SOURCE_FILE, *name, bytes);
        source->is_dep = true;
        source->has_id = id != NULL;
        if (id)
            source->id = *id;
        map_put(&s->ids, s->arena, key, NULL);
    }
    /* Without what a jump between the two has left. */
    s->path_sources.n = s->paths.n;
    vec_push(s->arena, &s->path_sources, source);
    map_put(&s->paths, s->arena, *name, NULL);
    return source;
}

void sources_forget_paths(struct sources *s)
{
    s->paths = (struct map){0};
    s->path_sources.n = 0;
}

void sources_forget_files(struct sources *s, bool virtual_files)
{
    s->virtual_files = virtual_files;
    s->ids = (struct map){0};
    s->first = s->entries.n;
    sources_forget_paths(s);
}
