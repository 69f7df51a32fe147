/* SPDX-License-Identifier: MIT */
/* The builtin that tells what is known of an image. */
#include "base/image_facts.h"
#include "eval/builtin.h"

static void set_text(struct value *map, struct str key, const char *text)
{
    value_map_set(map, key, text ? value_str(str_from(text)) : value_null());
}

static void set_fact(struct value *map, struct str key, enum fact fact)
{
    value_map_set(map, key,
                  fact == FACT_UNKNOWN ? value_null()
                                       : value_bool(fact == FACT_YES));
}

/* A list of words with a blank between; numbers: of what they spell. */
static void set_list(struct builtin_call *c, struct value *map, struct str key,
                     const char *words, bool numbers)
{
    struct value list = value_list_new(c->arena, 0);
    struct str all = str_from(words), word;
    for (size_t at = 0; at < all.len; at += word.len + 1) {
        int64_t n;
        word = str_part(all, at, ' ');
        list = value_list_add(
            c->arena, list,
            numbers && str_to_int(word, &n) ? value_int(n) : value_str(word));
    }
    value_map_set(map, key, words ? list : value_null());
}

/* null, too, if the image is known to have none. */
static void set_user(struct builtin_call *c, struct value *map,
                     const struct image_facts *facts)
{
    struct value user = value_map_new(c->arena);
    bool has_user = facts->user && *facts->user;
    if (has_user) {
        set_text(&user, STR("name"), facts->user);
        value_map_set(&user, STR("uid"), value_int(facts->uid));
    }
    value_map_set(map, STR("user"), has_user ? user : value_null());
}

struct value builtin_image(struct builtin_call *c)
{
    struct image_facts facts = image_facts_of(value_text(c->args[0]));
    struct value map = value_map_new(c->arena);
    set_text(&map, STR("distro"), facts.distro);
    set_text(&map, STR("packages"), facts.packages);
    set_text(&map, STR("libc"), facts.libc);
    set_fact(&map, STR("shell"), facts.shell);
    set_fact(&map, STR("root"), facts.root);
    set_user(c, &map, &facts);
    set_list(c, &map, STR("taken"), facts.taken, true);
    set_list(c, &map, STR("env"), facts.env, false);
    set_text(&map, STR("python"), facts.python);
    set_text(&map, STR("node"), facts.node);
    set_text(&map, STR("version"), facts.version);
    set_text(&map, STR("yarn"), facts.yarn);
    return map;
}
