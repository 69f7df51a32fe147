/* SPDX-License-Identifier: MIT */
/* What the parser found, as it found it. */
#include "docker/listing.h"

#include "base/json.h"

static void add_words(struct buf *out, const char *key, struct words w)
{
    buf_printf(out, ", \"%s\": [", key);
    for (uint32_t i = 0; i < w.n; i++) {
        buf_add_cstr(out, i ? ", " : "");
        json_quote_repaired(out, w.at[i]);
    }
    buf_add_char(out, ']');
}

static void add_pairs(struct buf *out, const struct instruction *i)
{
    buf_add_cstr(out, ", \"args\": [");
    for (uint32_t k = 0; k < i->npairs; k++) {
        buf_add_cstr(out, k ? ", [" : "[");
        json_quote_repaired(out, i->pairs[k].name);
        buf_add_cstr(out, ", ");
        json_quote_repaired(out, i->pairs[k].value);
        buf_add_char(out, ']');
    }
    buf_add_char(out, ']');
}

static const char *truth(bool b)
{
    return b ? "true" : "false";
}

static void add_heredocs(struct buf *out, const struct instruction *i)
{
    buf_add_cstr(out, ", \"heredocs\": [");
    for (uint32_t k = 0; k < i->nheredocs; k++) {
        const struct heredoc *h = &i->heredocs[k];
        buf_add_cstr(out, k ? ", {\"name\": " : "{\"name\": ");
        json_quote_repaired(out, h->name);
        buf_printf(out, ", \"expand\": %s, \"chomp\": %s, \"content\": ",
                   truth(h->expand), truth(h->chomp));
        json_quote_repaired(out, h->content);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_body(struct buf *out, const struct instruction *i)
{
    buf_add_cstr(out, "\"name\": ");
    json_quote_repaired(out, i->word);
    add_words(out, "flags", i->flags);
    if (i->npairs)
        add_pairs(out, i);
    else
        add_words(out, "args", i->args);
    buf_printf(out, ", \"json\": %s", truth(i->exec_form));
}

void listing_write(struct buf *out, const struct dockerfile *d)
{
    buf_add_char(out, '[');
    for (uint32_t k = 0; k < d->list.n; k++) {
        const struct instruction *i = d->list.at[k];
        buf_printf(out, "%s{\"lines\": [%u, %u], ", k ? ",\n " : "\n ",
                   i->first_line, i->last_line);
        add_body(out, i);
        add_heredocs(out, i);
        if (i->trigger) {
            buf_add_cstr(out, ", \"trigger\": {");
            add_body(out, i->trigger);
            buf_add_char(out, '}');
        }
        buf_add_char(out, '}');
    }
    buf_add_cstr(out, d->list.n ? "\n]\n" : "]\n");
}
