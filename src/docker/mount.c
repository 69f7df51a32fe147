/* SPDX-License-Identifier: MIT */
/* Fields are cut as CSV, then taken one after another: some are only allowed
 * behind the type that they belong to, since the builder reads in one pass. */
#include "docker/mount.h"

#include "docker/grammar.h"
#include "docker/text.h"
#include "docker/words.h"

/* --- CSV --- */

/* A quoted field behind its quote; *at moves behind the closing one. */
static bool read_quoted(struct arena *a, struct str s, size_t *at,
                        struct str *out)
{
    struct text_buf b = {a, NULL, 0, 0};
    for (;;) {
        size_t end = str_chr(s, '"', *at);
        if (end == STR_NONE)
            return false;
        text_add(&b, str_slice(s, *at, end - *at));
        *at = end + 1;
        if (*at >= s.len || s.ptr[*at] != '"')
            break;
        text_add(&b, STR("\""));
        ++*at;
    }
    *out = text_of(&b);
    return *at == s.len || s.ptr[*at] == ',';
}

bool mount_fields(struct arena *a, struct str text, struct words *out)
{
    struct word_list l = {{0}};
    size_t at = 0;
    if (text.len == 0)
        return false;
    for (bool more = true; more; at++) {
        struct str field;
        if (at < text.len && text.ptr[at] == '"') {
            at++;
            if (!read_quoted(a, text, &at, &field))
                return false;
        } else {
            size_t end = str_chr(text, ',', at);
            field = str_slice(text, at, end - at);
            if (str_chr(field, '"', 0) != STR_NONE)
                return false;
            at += field.len;
        }
        vec_push(a, &l.list, field);
        more = at < text.len;
    }
    *out = WORDS_OF(l);
    return true;
}

/* --- fields --- */

struct reader {
    struct arena *a;
    struct mount *m;
    struct str sharing;
};

static bool has_type(const struct mount *m, const char *type)
{
    return str_eq(m->type, str_from(type));
}

static bool may_be_required(const struct mount *m)
{
    return has_type(m, "secret") || has_type(m, "ssh");
}

/* A field without "=". */
static const char *take_word(const struct mount *m, struct str key)
{
    static const char *const words[] = {"readonly", "ro", "readwrite", "rw",
                                        NULL};
    if (text_is_one_of(key, words))
        return NULL;
    if (!str_eq(key, STR("required")))
        return "a field of a mount is a name=value pair";
    return may_be_required(m) ? NULL
                              : "'required' belongs to secret and ssh mounts";
}

static const char *take_type(struct reader *r, struct str value)
{
    static const char *const types[] = {"bind",   "cache", "tmpfs",
                                        "secret", "ssh",   NULL};
    r->m->type = text_lower(r->a, value);
    return text_is_one_of(r->m->type, types)
               ? NULL
               : "the type of a mount is bind, cache, tmpfs, secret or ssh";
}

static const char *take_sharing(struct reader *r, struct str value)
{
    static const char *const ways[] = {"shared", "private", "locked", NULL};
    r->sharing = text_lower(r->a, value);
    return text_is_one_of(r->sharing, ways)
               ? NULL
               : "sharing is shared, private or locked";
}

static const char *take_number(struct str value, unsigned base, bool *has,
                               int64_t *out)
{
    *has = true;
    return grammar_unsigned(value, base, 32, out)
               ? NULL
               : "uid and gid are numbers, mode is an octal number";
}

static const char *take_size(const struct mount *m, struct str value)
{
    if (!has_type(m, "tmpfs"))
        return "'size' belongs to tmpfs mounts";
    return grammar_size(value) ? NULL : "a size is like 64m";
}

static const char *take_flag(const struct mount *m, struct str key,
                             struct str value)
{
    if (str_eq(key, STR("required")) && !may_be_required(m))
        return "'required' belongs to secret and ssh mounts";
    return grammar_bool(value) ? NULL : "this field is true or false";
}

static struct str *text_field(struct mount *m, struct str key)
{
    static const char *const sources[] = {"source", "src", NULL};
    static const char *const targets[] = {"target", "dst", "destination", NULL};
    if (str_eq(key, STR("from")))
        return &m->from;
    if (str_eq(key, STR("id")))
        return &m->id;
    if (text_is_one_of(key, sources))
        return &m->source;
    return text_is_one_of(key, targets) ? &m->target : NULL;
}

static const char *take_pair(struct reader *r, struct str key, struct str value)
{
    static const char *const flags[] = {"readonly", "ro",       "readwrite",
                                        "rw",       "required", NULL};
    struct mount *m = r->m;
    struct str *text = text_field(m, key);
    int64_t ignored;
    if (text) {
        *text = value;
        return NULL;
    }
    if (str_eq(key, STR("type")))
        return take_type(r, value);
    if (str_eq(key, STR("sharing")))
        return take_sharing(r, value);
    if (str_eq(key, STR("size")))
        return take_size(m, value);
    if (str_eq(key, STR("mode")))
        return take_number(value, 8, &m->has_mode, &m->mode);
    if (str_eq(key, STR("uid")))
        return take_number(value, 10, &m->has_uid, &m->uid);
    if (str_eq(key, STR("gid")))
        return take_number(value, 10, &m->has_gid, &ignored);
    if (text_is_one_of(key, flags))
        return take_flag(m, key, value);
    return str_eq(key, STR("env")) ? NULL : "a mount has no such field";
}

/* What goes together. */
static const char *check_whole(const struct reader *r)
{
    const struct mount *m = r->m;
    bool secret = has_type(m, "secret");
    bool owned = secret || has_type(m, "ssh") || has_type(m, "cache");
    if (!owned && (m->has_mode || m->has_uid || m->has_gid))
        return "mode, uid and gid belong to cache, secret and ssh mounts";
    if (secret && m->from.len)
        return "a secret comes from no stage";
    if (secret && !m->source.len && !m->target.len && !m->id.len)
        return "a secret needs an id or a target";
    if (secret && m->source.len && m->id.len)
        return "a secret has an id or a source, not both";
    if (r->sharing.len && !has_type(m, "cache"))
        return "'sharing' belongs to cache mounts";
    return NULL;
}

/* Before variables are known: only that `from` needs none. */
static const char *take_early(struct mount *m, struct str key, struct str value)
{
    if (!str_eq(key, STR("from")))
        return NULL;
    size_t dollar = str_chr(value, '$', 0);
    m->from = value;
    return dollar != STR_NONE && dollar + 1 != value.len
               ? "'from' takes no variables; name a stage with FROM $IMAGE AS "
                 "name, and mount from that"
               : NULL;
}

const char *mount_parse(struct arena *a, struct str text, struct expander *x,
                        struct mount *out)
{
    struct words fields;
    struct reader r = {a, out, {NULL, 0}};
    memset(out, 0, sizeof *out);
    out->type = STR("bind");
    if (!mount_fields(a, text, &fields))
        return "a mount is a list like type=cache,target=/path; a quote must "
               "begin and end a field";
    for (uint32_t k = 0; k < fields.n; k++) {
        struct str value = fields.at[k];
        struct str key = text_lower(a, text_cut(&value, '='));
        const char *why = NULL;
        if (!x)
            why = value.ptr ? take_early(out, key, value) : NULL;
        else if (!value.ptr)
            why = take_word(out, key);
        else if (!expand_word(x, value, &value))
            why = x->error;
        else
            why = take_pair(&r, key, value);
        if (why)
            return why;
    }
    return x ? check_whole(&r) : NULL;
}

const char *mount_check_device(struct arena *a, struct str text)
{
    struct words fields;
    bool named = false;
    if (!mount_fields(a, text, &fields))
        return "a device is a list like vendor.com/class=name,required";
    for (uint32_t k = 0; k < fields.n; k++) {
        struct str value = fields.at[k];
        struct str key = text_lower(a, text_cut(&value, '='));
        bool is_required = str_eq(key, STR("required"));
        if (is_required && (!value.ptr || grammar_bool(value)))
            continue;
        if (is_required || named)
            return "a device has one name, and may be required";
        named = true;
    }
    return NULL;
}
