/* SPDX-License-Identifier: MIT */
/* Fields are cut as CSV, then taken one after another: some are only allowed
 * after the type that they belong to, since the builder reads in one pass. */
#include "docker/mount.h"

#include "docker/grammar.h"
#include "docker/text.h"

/* --- fields --- */

/* True if the type of m is in the list. */
static bool has_type(const struct mount *m, const char *types)
{
    return text_is_one_of(m->type, types);
}

/* The fields that are true or false; value is NULL if there is no "=". */
static const char *take_flag(const struct mount *m, struct str key,
                             const struct str *value)
{
    bool required = str_eq(key, STR("required"));
    if (!required && !text_is_one_of(key, "readonly ro readwrite rw"))
        return value ? "a mount has no such field"
                     : "a field of a mount must be a name=value pair";
    if (required && !has_type(m, "secret ssh"))
        return "'required' is only for secret and ssh mounts";
    return !value || grammar_bool(*value) ? NULL
                                          : "this field must be true or false";
}

static const char *take_number(struct str value, unsigned base, bool *has,
                               int64_t *out)
{
    *has = true;
    return grammar_unsigned(value, base, 32, out)
               ? NULL
               : "uid and gid must be numbers, and mode an octal number";
}

static const char *take_size(const struct mount *m, struct str value)
{
    if (!has_type(m, "tmpfs"))
        return "'size' is only for tmpfs mounts";
    return grammar_size(value) ? NULL
                               : "this is not a size; write one like 64m";
}

/* A field that is one of some words, in any case. */
static const char *take_choice(struct arena *a, struct str value,
                               const char *words, const char *why,
                               struct str *out)
{
    *out = text_lower(a, value);
    return text_is_one_of(*out, words) ? NULL : why;
}

static struct str *text_field(struct mount *m, struct str key)
{
    if (str_eq(key, STR("from")))
        return &m->from;
    if (str_eq(key, STR("id")))
        return &m->id;
    if (text_is_one_of(key, "source src"))
        return &m->source;
    return text_is_one_of(key, "target dst destination") ? &m->target : NULL;
}

static const char *take_pair(struct arena *a, struct mount *m, struct str key,
                             struct str value)
{
    struct str *text = text_field(m, key);
    int64_t ignored;
    if (text) {
        *text = value;
        return NULL;
    }
    if (str_eq(key, STR("type")))
        return take_choice(
            a, value, "bind cache tmpfs secret ssh",
            "the type of a mount must be bind, cache, tmpfs, secret or ssh",
            &m->type);
    if (str_eq(key, STR("sharing")))
        return take_choice(a, value, "shared private locked",
                           "sharing must be shared, private or locked",
                           &m->sharing);
    if (str_eq(key, STR("size")))
        return take_size(m, value);
    if (str_eq(key, STR("mode")))
        return take_number(value, 8, &m->has_mode, &m->mode);
    if (str_eq(key, STR("uid")))
        return take_number(value, 10, &m->has_uid, &ignored);
    if (str_eq(key, STR("gid")))
        return take_number(value, 10, &m->has_gid, &ignored);
    return str_eq(key, STR("env")) ? NULL : take_flag(m, key, &value);
}

static bool lacks_id(const struct mount *m)
{
    return has_type(m, "secret") && !m->source.len && !m->target.len &&
           !m->id.len;
}

/* Checks what goes together. */
static const char *check_whole(const struct mount *m)
{
    bool secret = has_type(m, "secret");
    if (!has_type(m, "secret ssh cache") &&
        (m->has_mode || m->has_uid || m->has_gid))
        return "mode, uid and gid are only for cache, secret and ssh mounts";
    if (secret && m->from.len)
        return "a secret cannot come from a stage";
    if (lacks_id(m))
        return "a secret needs an id or a target";
    if (secret && m->source.len && m->id.len)
        return "a secret has an id or a source, not both";
    if (m->sharing.len && !has_type(m, "cache"))
        return "'sharing' is only for cache mounts";
    return NULL;
}

/* Before the variables are known: `from` must not need any. */
static const char *take_early(struct mount *m, struct str key, struct str value)
{
    if (!value.ptr || !str_eq(key, STR("from")))
        return NULL;
    size_t dollar = str_chr(value, '$', 0);
    m->from = value;
    return dollar != STR_NONE && dollar + 1 != value.len
               ? "'from' takes no variables; name a stage with FROM $IMAGE AS "
                 "name, and mount from that"
               : NULL;
}

/* Takes one field, whose variables x replaces. */
static const char *take_field(struct mount *m, struct expander *x,
                              struct str key, struct str value)
{
    if (!value.ptr)
        return take_flag(m, key, NULL);
    if (!expand_word(x, value, &value)) {
        m->mendable = x->mendable && x->open;
        return x->error;
    }
    if (text_field(m, key) == &m->target)
        m->target_open = x->open;
    m->mendable = x->open;
    return take_pair(x->arena, m, key, value);
}

const char *mount_parse(struct arena *a, struct str text, struct expander *x,
                        struct mount *out)
{
    struct words fields;
    *out = (struct mount){.type = STR("bind")};
    if (!words_fields(a, text, &fields))
        return "a mount is a list like type=cache,target=/path; a quote must "
               "begin and end a field";
    for (uint32_t k = 0; k < fields.n; k++) {
        struct str value = fields.at[k];
        struct str key = text_lower(a, text_cut(&value, '='));
        const char *why =
            x ? take_field(out, x, key, value) : take_early(out, key, value);
        if (why)
            return why;
    }
    if (!x)
        return NULL;
    /* The id of a secret is all that a variable may have left empty here. */
    out->mendable = x->used.unset.n > 0 && lacks_id(out);
    return check_whole(out);
}

const char *mount_check_device(struct arena *a, struct str text)
{
    struct words fields;
    bool named = false;
    if (!words_fields(a, text, &fields))
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
