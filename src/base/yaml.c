/* SPDX-License-Identifier: MIT */
/* libyaml gives its events one by one; we say what each is for data, and word
 * the mistakes that libyaml finds. It counts places in characters, which we
 * turn into bytes. It has memory from malloc: we jump only outside its frames,
 * and a jump gives that memory back. */
#include "base/yaml.h"
#include "base/conflict.h"

#include "base/foreign.h"
#include "base/utf8.h"
#include "base/yaml_schema.h"
#include "base/yaml_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <yaml.h>

/* A place in the text, as libyaml counts and as we do. */
struct place {
    size_t chars, bytes;
};

/* What comes next in a list or map that is open. */
enum next {
    NEXT_ITEM,
    NEXT_KEY,
    NEXT_VALUE
};

struct reader {
    struct arena *arena;
    struct str text; /* after the byte order mark */
    size_t before;   /* bytes of it */
    yaml_parser_t parser;
    yaml_event_t event;      /* the newest; it owns memory */
    struct place start, end; /* of it */
    uint8_t *open;           /* enum next of each open list or map */
    uint64_t depth, most;
    data_sink *sink;
    void *ctx;
    struct data_error *err;
};

/* The place of the character, looked for from another one, which is near it:
 * events come in order. */
static struct place locate(const struct reader *r, struct place at,
                           size_t chars)
{
    const char *text = r->text.ptr;
    while (at.chars < chars && at.bytes < r->text.len) {
        at.bytes++;
        at.chars += at.bytes == r->text.len || (text[at.bytes] & 0xC0) != 0x80;
    }
    while (at.chars > chars) {
        at.bytes--;
        at.chars -= (text[at.bytes] & 0xC0) != 0x80;
    }
    return at;
}

/* Tells the sink of what has this place; false if it refuses it. */
static bool tell_at(struct reader *r, enum data_kind kind, struct str text,
                    size_t off, size_t end)
{
    struct data_event event = {kind, text, r->before + off, r->before + end};
    return r->sink(r->ctx, &event);
}

static bool tell(struct reader *r, enum data_kind kind, struct str text)
{
    return tell_at(r, kind, text, r->start.bytes, r->end.bytes);
}

/* --- mistakes --- */

__attribute__((format(printf, 3, 4))) static bool
mistake(struct reader *r, size_t offset, const char *fmt, ...)
{
    va_list ap;
    r->err->offset = r->before + offset;
    r->err->note[0] = '\0';
    va_start(ap, fmt);
    vsnprintf(r->err->message, sizeof r->err->message, fmt, ap);
    va_end(ap);
    return false;
}

/* Where the first line that begins with the word does; STR_NONE without. */
static size_t find_line(struct str text, struct str word)
{
    size_t at = 0;
    while (at < text.len && !str_starts(str_from_off(text, at), word)) {
        at = str_chr(text, '\n', at);
        at += at != STR_NONE;
    }
    return at < text.len ? at : STR_NONE;
}

/* No token begins with the character at the offset. */
static bool wrong_start(struct reader *r, size_t offset)
{
    char c = offset < r->text.len ? r->text.ptr[offset] : ' ';
    if (c == '\t')
        return mistake(r, offset, "YAML is not indented by tabs");
    if (str_starts(str_from_off(r->text, offset), STR("@{")))
        return mistake(r, offset,
                       "no '@{…}' is replaced in a data file; text "
                       "that begins with '@' goes in quotes");
    return mistake(r, offset, "text that begins with '%c' goes in quotes", c);
}

/* There is no text at the offset, or in the character that it is a part of. */
static bool wrong_bytes(struct reader *r, size_t offset)
{
    size_t at = 0, next = 0;
    uint32_t cp = 0;
    while (cp != UTF8_INVALID && next <= offset && next < r->text.len) {
        at = next;
        cp = utf8_next(r->text, &next);
    }
    if (cp == UTF8_INVALID)
        return mistake(r, at, "a byte that is not UTF-8");
    return mistake(r, at,
                   "U+%04X is not allowed in YAML; in double quotes it is "
                   "written as an escape",
                   (unsigned)cp);
}

static bool refuse_conflict(struct reader *r, size_t at)
{
    return mistake(r, at, "a merge conflict is not resolved here");
}

/* Where the ':' of "key:value" is in the line above that of `at`, when the line
 * has no other; STR_NONE otherwise. */
static size_t tight_colon(struct str text, size_t at)
{
    size_t end = str_rchr(str_slice(text, 0, at), '\n');
    if (end == STR_NONE)
        return STR_NONE;
    size_t start = str_rchr(str_slice(text, 0, end), '\n');
    start = start == STR_NONE ? 0 : start + 1;
    struct str line = str_slice(text, start, end - start);
    size_t colon = str_chr(line, ':', 0);
    bool tight = colon != STR_NONE && colon > 0 && colon + 1 < line.len &&
                 !ascii_is_blank(line.ptr[colon + 1]) &&
                 ascii_is_name(line.ptr[colon - 1]) &&
                 str_find(line, STR(": "), 0) == STR_NONE;
    return tight ? start + colon : STR_NONE;
}

/* What libyaml has stopped at. */
static bool parser_error(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        fault_raise(r->arena->fault, LIMIT_NO_MEMORY);
    size_t conflict = find_line(r->text, STR("<<<<<<< "));
    if (conflict != STR_NONE)
        return refuse_conflict(r, conflict);
    if (p->error == YAML_READER_ERROR)
        return wrong_bytes(r, p->problem_offset);
    size_t at = locate(r, r->end, p->problem_mark.index).bytes;
    size_t context = at;
    if (p->context)
        context = locate(r, r->end, p->context_mark.index).bytes;
    if (strcmp(p->problem, "found character that cannot start any token") == 0)
        return wrong_start(r, at);
    const struct yaml_words *words = yaml_words(p->problem);
    size_t colon = tight_colon(r->text, at);
    if (colon != STR_NONE &&
        strcmp(p->problem, "mapping values are not allowed in this context") ==
            0)
        return mistake(r, colon, "a blank is missing after this ':'");
    if (!words)
        return mistake(r, at, "%s", p->problem);
    mistake(r, words->at_context ? context : at, "%s", words->message);
    if (words->note && p->context) {
        snprintf(r->err->note, sizeof r->err->note, "%s", words->note);
        r->err->note_offset = r->before + context;
    }
    return false;
}

/* --- libyaml's events --- */

static bool next_event(struct reader *r)
{
    yaml_event_delete(&r->event);
    foreign_begin();
    int good = yaml_parser_parse(&r->parser, &r->event);
    foreign_end();
    foreign_wrote(&r->parser, sizeof r->parser);
    foreign_wrote(&r->event, sizeof r->event);
    if (!good)
        return parser_error(r);
    r->start = locate(r, r->end, r->event.start_mark.index);
    r->end = locate(r, r->start, r->event.end_mark.index);
    return true;
}

/* Empty if there is none. */
static struct str name_of(const yaml_char_t *name)
{
    if (name)
        foreign_wrote_cstr((const char *)name);
    return str_from((const char *)name);
}

/* The text of a scalar: a slice where it stands in the document as it is. */
static struct str scalar_text(struct reader *r)
{
    struct str text = {(const char *)r->event.data.scalar.value,
                       r->event.data.scalar.length};
    bool plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    size_t after = text.len + (plain ? 0 : 1);
    foreign_wrote(text.ptr, text.len);
    if (r->end.bytes - r->start.bytes >= after) {
        struct str slice = str_slice(r->text, r->end.bytes - after, text.len);
        if (str_eq(slice, text))
            return slice;
    }
    return arena_str(r->arena, text);
}

/* --- tags --- */

/* False if it is not one of the core schema. */
static bool read_tag(struct reader *r, const yaml_char_t *written,
                     enum yaml_tag *tag)
{
    static const char core[] = "tag:yaml.org,2002:";
    struct str name = name_of(written);
    bool is_core = str_starts(name, str_from(core));
    *tag = YAML_TAG_NONE;
    if (name.len == 0)
        return true;
    if (is_core)
        name = str_from_off(name, sizeof core - 1);
    for (enum yaml_tag t = YAML_TAG_STR; t < YAML_TAGS && is_core; t++)
        if (str_eq(name, str_from(yaml_tag_names[t]))) {
            *tag = t;
            return true;
        }
    name = utf8_cut(name, 40);
    return mistake(r, r->start.bytes,
                   "the tag '%s%.*s' is not taken; those that are: !!str !!int "
                   "!!float !!bool !!null !!seq !!map",
                   is_core ? "!!" : "", STR_ARG(name));
}

/* What comes next is of another kind than its tag says. */
static bool wrong_tag(struct reader *r, enum yaml_tag tag)
{
    return mistake(r, r->start.bytes,
                   "this has the tag !!%s, but is of another kind%s",
                   yaml_tag_names[tag],
                   tag == YAML_TAG_INT ? " (ints are written as in JSON)" : "");
}

/* --- nodes --- */

static bool read_anchor(struct reader *r, const yaml_char_t *name)
{
    return !name || tell(r, DATA_ANCHOR, name_of(name));
}

/* A scalar; as a key it is its text. */
static bool read_scalar(struct reader *r, bool is_key)
{
    const yaml_char_t *anchor = r->event.data.scalar.anchor;
    struct str text = scalar_text(r);
    bool plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    enum yaml_tag tag;
    if (!read_tag(r, r->event.data.scalar.tag, &tag))
        return false;
    bool merges = plain && tag == YAML_TAG_NONE && str_eq(text, STR("<<"));
    if (tag == YAML_TAG_NONE)
        tag = plain ? yaml_resolve(text) : YAML_TAG_STR;
    else if (!yaml_fits(tag, text))
        return wrong_tag(r, tag);
    enum data_kind kind = !is_key  ? yaml_kind(tag, text)
                          : merges ? DATA_MERGE
                                   : DATA_KEY;
    return read_anchor(r, anchor) && tell(r, kind, text);
}

static bool read_alias(struct reader *r, bool is_key)
{
    struct str name = name_of(r->event.data.alias.anchor);
    if (is_key)
        return mistake(r, r->start.bytes,
                       "a key is not an alias here; write it out");
    return tell(r, DATA_ALIAS, name);
}

/* A list or map begins. */
static bool read_begin(struct reader *r, bool is_key)
{
    bool is_map = r->event.type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *written = is_map ? r->event.data.mapping_start.tag
                                        : r->event.data.sequence_start.tag;
    const yaml_char_t *anchor = is_map ? r->event.data.mapping_start.anchor
                                       : r->event.data.sequence_start.anchor;
    enum yaml_tag tag;
    if (is_key)
        return mistake(r, r->start.bytes,
                       "a key is text, and this is a %s; text that begins with "
                       "'%c' goes in quotes",
                       is_map ? "map" : "list", is_map ? '{' : '[');
    if (!read_tag(r, written, &tag))
        return false;
    if (tag != YAML_TAG_NONE && tag != (is_map ? YAML_TAG_MAP : YAML_TAG_SEQ))
        return wrong_tag(r, tag);
    if (r->depth == r->most)
        return mistake(r, r->start.bytes,
                       "nested deeper than the limit 'json' of %u (--limit "
                       "json=N changes it)",
                       (unsigned)r->most);
    r->open[r->depth++] = is_map ? NEXT_KEY : NEXT_ITEM;
    return read_anchor(r, anchor) &&
           tell(r, is_map ? DATA_MAP : DATA_LIST, (struct str){NULL, 0});
}

static bool read_end(struct reader *r)
{
    r->depth--;
    return tell(r, DATA_END, (struct str){NULL, 0});
}

/* One event inside of a document. */
static bool read_event(struct reader *r)
{
    uint8_t *next = r->depth ? &r->open[r->depth - 1] : NULL;
    bool is_key = next && *next == NEXT_KEY;
    yaml_event_type_t type = r->event.type;
    if (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT)
        return read_end(r);
    if (next && *next != NEXT_ITEM)
        *next = is_key ? NEXT_VALUE : NEXT_KEY;
    if (type == YAML_SCALAR_EVENT)
        return read_scalar(r, is_key);
    if (type == YAML_ALIAS_EVENT)
        return read_alias(r, is_key);
    return read_begin(r, is_key);
}

/* --- documents --- */

/* Offset of the first thing at or after `at` that is not blank, a comment, or
 * "..." and the end of a line. */
static size_t skip_nothing(struct str text, size_t at)
{
    while (at < text.len) {
        char c = text.ptr[at];
        if (c == '#')
            at += str_part(text, at, '\n').len;
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            at++;
        else if (str_eq(str_trim(str_part(text, at, '\n')), STR("...")))
            at += 3;
        else
            break;
    }
    return at;
}

/* After the document, nothing is left for libyaml. */
static bool read_rest(struct reader *r)
{
    bool ended = !r->event.data.document_end.implicit;
    size_t at = skip_nothing(r->text, r->end.bytes);
    if (at == r->text.len)
        return true;
    struct str rest = str_from_off(r->text, at);
    if (ended || str_starts(rest, STR("---")) || str_starts(rest, STR("%")))
        return mistake(r, at,
                       "a second document begins here; a data file has one");
    return mistake(r, at, "expected the end of the document");
}

static bool read_document(struct reader *r)
{
    if (!next_event(r) || !next_event(r)) /* the stream, and what is in it */
        return false;
    if (r->event.type == YAML_STREAM_END_EVENT)
        return tell(r, DATA_NULL, STR(""));
    for (;;) {
        if (!next_event(r))
            return false;
        if (r->event.type == YAML_DOCUMENT_END_EVENT)
            return read_rest(r);
        if (!read_event(r))
            return false;
    }
}

/* Offset of the next line after `at`, with all line ends that libyaml knows. */
static size_t next_line(struct str text, size_t at)
{
    while (at < text.len) {
        uint32_t cp = utf8_next(text, &at);
        if (cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 ||
            cp == 0x2029)
            break;
    }
    return at;
}

/* libyaml compares each %TAG line with all before it; and without other tags
 * than those of the core schema they are of no use. */
static bool has_no_tags(struct reader *r)
{
    size_t at = 0;
    while (at < r->text.len) {
        size_t next = next_line(r->text, at);
        struct str line = str_slice(r->text, at, next - at);
        char first = str_trim(line).len ? *str_trim(line).ptr : '#';
        if (str_starts(line, STR("%TAG")))
            return mistake(r, at,
                           "%%TAG is not taken: there are only the tags of the "
                           "core schema");
        /* A line end of more than one byte is a line that is not blank. */
        if (first != '#' && first != '%' && (first & 0x80) == 0)
            return true;
        at = next;
    }
    return true;
}

static bool is_utf8(struct reader *r)
{
    if (str_starts(r->text, STR("\xFF\xFE")) ||
        str_starts(r->text, STR("\xFE\xFF")))
        return mistake(r, 0, "this is UTF-16, and data files are UTF-8");
    return true;
}

static void release(void *held)
{
    struct reader *r = held;
    yaml_event_delete(&r->event);
    yaml_parser_delete(&r->parser);
}

/* libyaml would take some for a text of several lines. */
static bool has_conflict(struct reader *r)
{
    struct str line = conflict_find(r->text, false);
    if (line.ptr)
        refuse_conflict(r, (size_t)(line.ptr - r->text.ptr));
    return line.ptr != NULL;
}

bool yaml_read(struct arena *a, struct str text, data_sink *sink, void *ctx,
               struct data_error *err)
{
    size_t bom = utf8_bom_len(text);
    struct reader r = {
        .arena = a,
        .text = str_from_off(text, bom),
        .before = bom,
        .most = a->fault->limits.max[LIMIT_JSON],
        .sink = sink,
        .ctx = ctx,
        .err = err,
    };
    if (!is_utf8(&r) || has_conflict(&r) || !has_no_tags(&r))
        return false;
    if (r.text.len == 0)
        return tell(&r, DATA_NULL, STR(""));
    r.open = arena_alloc(a, r.most);
    if (!yaml_parser_initialize(&r.parser))
        fault_raise(a->fault, LIMIT_NO_MEMORY);
    a->fault->release = release;
    a->fault->held = &r;
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text.ptr,
                                 r.text.len);
    bool good = read_document(&r);
    a->fault->release = NULL;
    release(&r);
    return good;
}
