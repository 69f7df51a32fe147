/* SPDX-License-Identifier: MIT */
/* Writes what the parser found, as it is. */
#include "docker/listing.h"

#include "base/json.h"

static void add_words(struct json_writer *w, const char *key,
                      struct words words)
{
    json_open(w, key, "[");
    for (uint32_t i = 0; i < words.n; i++)
        json_str(w, NULL, words.at[i]);
    json_close(w, "]");
}

static void add_pairs(struct json_writer *w, const struct instruction *i)
{
    json_open(w, "args", "[");
    for (uint32_t k = 0; k < i->pairs.n; k++) {
        json_open(w, NULL, "[");
        json_str(w, NULL, i->pairs.at[k].name);
        json_str(w, NULL, i->pairs.at[k].value);
        json_close(w, "]");
    }
    json_close(w, "]");
}

static void add_heredocs(struct json_writer *w, const struct instruction *i)
{
    json_open(w, "heredocs", "[");
    for (uint32_t k = 0; k < i->heredocs.n; k++) {
        const struct heredoc *h = &i->heredocs.at[k];
        json_open(w, NULL, "{");
        json_str(w, "name", h->name);
        json_bool(w, "expand", h->expand);
        json_bool(w, "chomp", h->chomp);
        json_str(w, "content", h->content);
        json_close(w, "}");
    }
    json_close(w, "]");
}

static void add_body(struct json_writer *w, const struct instruction *i)
{
    json_str(w, "name", i->word);
    add_words(w, "flags", i->flags);
    if (i->pairs.n)
        add_pairs(w, i);
    else
        add_words(w, "args", i->args);
    json_bool(w, "json", i->exec_form);
}

static void add_instruction(struct json_writer *w, const struct instruction *i)
{
    json_open(w, NULL, "{");
    json_open(w, "lines", "[");
    json_int(w, NULL, i->first_line);
    json_int(w, NULL, i->last_line);
    json_close(w, "]");
    add_body(w, i);
    add_heredocs(w, i);
    if (i->trigger) {
        json_open(w, "trigger", "{");
        add_body(w, i->trigger);
        json_close(w, "}");
    }
    json_close(w, "}");
}

void listing_write(struct buf *out, const struct dockerfile *d)
{
    struct json_writer w = {.out = out};
    json_open(&w, NULL, "[");
    for (uint32_t k = 0; k < d->list.n; k++) {
        json_line(&w, 1);
        add_instruction(&w, d->list.at[k]);
    }
    json_line(&w, 0);
    json_close(&w, "]\n");
}
