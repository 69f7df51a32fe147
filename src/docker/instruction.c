/* SPDX-License-Identifier: MIT */
/* One joined line: its name, its flags, and its words, read the way that
 * instruction_list.h gives for the name. Whether they make sense is checked
 * later, see command.h. */
#include "docker/instruction.h"

#include "docker/text.h"

#include <stdarg.h>

enum shape {
    SHAPE_NONE,
    SHAPE_WORDS,
    SHAPE_EXEC,
    SHAPE_EXEC_WORDS,
    SHAPE_PAIRS,
    SHAPE_NAMES,
    SHAPE_TEXT,
    SHAPE_CHECK,
    SHAPE_TRIGGER
};

struct entry {
    struct str name;
    enum shape shape;
    bool heredocs;
};

static const struct entry table[] = {
    {STR_INIT(""), SHAPE_NONE, false},
#define X(id, name, words, heredoc) {STR_INIT(name), SHAPE_##words, heredoc},
#include "docker/instruction_list.h"
#undef X
};

const char *instruction_name(enum instruction_id id)
{
    return table[id].name.ptr;
}

enum instruction_id instruction_by_name(struct str word)
{
    for (int id = 1; id < INSTRUCTION_COUNT; id++)
        if (text_same(word, table[id].name))
            return (enum instruction_id)id;
    return INSTRUCTION_UNKNOWN;
}

bool instruction_has_heredocs(enum instruction_id id)
{
    return table[id].heredocs;
}

/* --- places --- */

/* Where byte `at` of i->line is in the text. */
static uint32_t offset_at(const struct instruction *i, uint32_t at)
{
    uint32_t low = 0, high = i->pieces.n;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (i->pieces.at[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return i->pieces.at[low].off + (at - i->pieces.at[low].at);
}

static bool is_inside(struct str part, const char *begin, const char *end)
{
    return part.ptr && begin && part.ptr >= begin && part.ptr + part.len <= end;
}

void instruction_place(const struct instruction *i, struct str part,
                       uint32_t *off, uint32_t *len)
{
    const char *line = i->line.ptr;
    *len = (uint32_t)part.len;
    if (!is_inside(part, line, line + i->line.len)) {
        if (i->text && is_inside(part, i->text + i->off, i->text + i->end)) {
            *off = (uint32_t)(part.ptr - i->text);
            return;
        }
        part = i->word;
    }
    uint32_t at = (uint32_t)(part.ptr - line);
    *off = offset_at(i, at);
    *len = 0;
    /* A part that goes on in the next line is underlined in its first. */
    if (part.len)
        *len = offset_at(i, at + (uint32_t)part.len - 1) + 1 - *off;
}

/* --- reports --- */

/* True if offset `off` of the text is in the first of i's lines. */
static bool in_first_line(const struct instruction *i, uint32_t off)
{
    if (i->pieces.n > 1)
        return off < i->pieces.at[1].off;
    return off <= i->pieces.at[0].off + i->line.len;
}

/* A check of our own may look at one instruction and report another: a comment
 * above either turns it off. BuildKit asks the one that it looks at. */
static bool turns_off(const struct instruction *i, enum diag_id id)
{
    return !diag_is_error(id) && !finding_is_buildkit(id) &&
           finding_is_local(id) && finding_skips(i->options, id);
}

/* Reports are made at the first line of an instruction, as BuildKit does. What
 * they are about may be in another line, which a note shows. */
struct finding *instruction_report(struct findings *f,
                                   const struct instruction *i, struct str part,
                                   enum diag_id id, const char *fmt, ...)
{
    va_list ap;
    uint32_t off, len, first, first_len;
    instruction_place(i, part, &off, &len);
    instruction_place(i, in_first_line(i, off) ? part : i->word, &first,
                      &first_len);
    if (!in_first_line(i, first)) { /* which is just a "\" */
        first = i->pieces.at[0].off;
        first_len = 1;
    }
    va_start(ap, fmt);
    struct finding *found = NULL;
    if (!turns_off(i, id))
        found = finding_vadd(f, id, first, first_len, fmt, ap);
    va_end(ap);
    if (!in_first_line(i, off))
        finding_note(f, found, off, len, "it is here");
    return found;
}

struct finding *instruction_point(struct findings *f,
                                  const struct instruction *i, struct str part,
                                  enum diag_id id, const char *fmt, ...)
{
    va_list ap;
    uint32_t off, len;
    instruction_place(i, part, &off, &len);
    va_start(ap, fmt);
    struct finding *found = NULL;
    if (!turns_off(i, id))
        found = finding_vadd(f, id, off, len, fmt, ap);
    va_end(ap);
    return found;
}

void instruction_note(struct findings *f, struct finding *found,
                      const struct instruction *i, struct str part,
                      const char *message)
{
    uint32_t off, len;
    instruction_place(i, part, &off, &len);
    finding_note(f, found, off, len, message);
}

/* --- what others ask --- */

void instruction_split_flag(struct str flag, struct str *name,
                            struct str *value)
{
    *value = flag;
    *name = text_cut(value, '=');
    *name = str_from_off(*name, 2);
}

bool instruction_flag(const struct instruction *i, const char *name,
                      struct str *value)
{
    struct str given;
    for (uint32_t k = i->flags.n; k-- > 0;) {
        instruction_split_flag(i->flags.at[k], &given, value);
        if (str_eq(given, str_from(name)))
            return true;
    }
    *value = STR_ABSENT;
    return false;
}

bool instruction_mount(const struct instruction *i, uint32_t *k,
                       struct str *flag, struct str *value)
{
    struct str name;
    while (*k < i->flags.n) {
        *flag = i->flags.at[(*k)++];
        instruction_split_flag(*flag, &name, value);
        if (str_eq(name, STR("mount")))
            return true;
    }
    return false;
}

struct words instruction_sources(struct arena *a, const struct instruction *i)
{
    struct words out = {0};
    struct heredoc h;
    for (uint32_t k = 0; k + 1 < i->args.n; k++)
        if (!heredoc_word(a, i->args.at[k], &h))
            vec_push(a, &out, i->args.at[k]);
    return out;
}

struct str instruction_target(const struct instruction *i)
{
    return i->args.at[i->args.n - 1];
}

struct str instruction_stage_name(const struct instruction *from)
{
    if (from->args.n == 3 && text_same(from->args.at[1], STR("as")))
        return from->args.at[2];
    return STR_ABSENT;
}

struct str instruction_description(const struct instruction *i, struct str name)
{
    for (uint32_t k = 0; k < i->comments.n && name.len; k++) {
        struct str line = i->comments.at[k];
        if (str_starts(line, name) && line.len > name.len &&
            line.ptr[name.len] == ' ')
            return str_from_off(line, name.len + 1);
    }
    return STR_ABSENT;
}

/* --- pairs --- */

/* "name value": everything after the first blanks is the value. */
static void read_legacy(struct instruction *i, struct str rest,
                        struct findings *f)
{
    struct pair pair = {.value = rest, .legacy = true};
    pair.name = text_word(&pair.value);
    if (pair.value.len)
        vec_push(f->arena, &i->pairs, pair);
    else
        instruction_report(f, i, rest, DIAG_DOCKERFILE,
                           "%s takes name=value; '%.*s' has no '='",
                           instruction_name(i->id), STR_ARG(rest));
}

static void read_pairs(struct instruction *i, char escape, struct findings *f)
{
    struct words words = words_quoted(f->arena, i->rest, escape);
    for (uint32_t k = 0; k < words.n; k++) {
        struct pair pair = {.value = words.at[k]};
        pair.name = text_cut(&pair.value, '=');
        if (!pair.value.ptr && k == 0) {
            read_legacy(i, i->rest, f);
            return;
        }
        if (!pair.value.ptr) {
            instruction_report(f, i, pair.name, DIAG_DOCKERFILE,
                               "'%.*s' has no '=': %s takes name=value, and a "
                               "value with spaces needs quotes",
                               STR_ARG(pair.name), instruction_name(i->id));
            return;
        }
        vec_push(f->arena, &i->pairs, pair);
    }
}

/* --- the other shapes --- */

/* A JSON array of strings. What is not an array is read as words, or is one
 * word. */
static void read_exec(struct instruction *i, struct str rest, bool as_words,
                      struct findings *f)
{
    enum exec_form form = words_json(f->arena, rest, &i->args);
    i->exec_form = form == EXEC_JSON;
    if (form == EXEC_SHELL && as_words)
        i->args = words_plain(f->arena, rest);
    else if (form == EXEC_SHELL && rest.len)
        vec_push(f->arena, &i->args, rest);
    else if (form == EXEC_OTHER)
        instruction_report(f, i, rest, DIAG_EXEC_FORM,
                           "a JSON array here can only hold strings: "
                           "[\"program\", \"argument\"]");
}

/* HEALTHCHECK: a word, and then a command; the bytes 0x85 and 0xA0 end the
 * word, see words.c. */
static void read_check(struct instruction *i, struct findings *f)
{
    struct str rest = i->rest;
    struct words all = {0};
    size_t end = text_byte_span(rest, 0, false);
    if (end == 0)
        return;
    read_exec(i, str_from_off(rest, text_byte_span(rest, end, true)), false, f);
    vec_push(f->arena, &all, str_slice(rest, 0, end));
    for (uint32_t k = 0; k < i->args.n; k++)
        vec_push(f->arena, &all, i->args.at[k]);
    i->args = all;
}

static void read_words(struct instruction *i, struct str line, char escape,
                       struct findings *f);

/* A trigger of a trigger is not read: no builder accepts it. */
static void read_trigger(struct instruction *i, char escape, struct findings *f)
{
    if (i->rest.len == 0 || i->is_trigger)
        return;
    i->trigger = arena_new(f->arena, struct instruction);
    i->trigger->is_trigger = true;
    i->trigger->line = i->line;
    i->trigger->pieces = i->pieces;
    read_words(i->trigger, i->rest, escape, f);
}

static void read_shape(struct instruction *i, char escape, struct findings *f)
{
    switch (table[i->id].shape) {
    case SHAPE_NONE:
        break;
    case SHAPE_WORDS:
        i->args = words_plain(f->arena, i->rest);
        break;
    case SHAPE_EXEC:
        read_exec(i, i->rest, false, f);
        break;
    case SHAPE_EXEC_WORDS:
        read_exec(i, i->rest, true, f);
        break;
    case SHAPE_PAIRS:
        read_pairs(i, escape, f);
        break;
    case SHAPE_NAMES:
        i->args = words_quoted(f->arena, i->rest, escape);
        break;
    case SHAPE_TEXT:
        if (i->rest.len)
            vec_push(f->arena, &i->args, i->rest);
        break;
    case SHAPE_CHECK:
        read_check(i, f);
        break;
    case SHAPE_TRIGGER:
        read_trigger(i, escape, f);
        break;
    }
}

static void read_words(struct instruction *i, struct str line, char escape,
                       struct findings *f)
{
    struct str rest = text_trim(line);
    i->word = text_word(&rest);
    i->id = instruction_by_name(i->word);
    i->flags = words_flags(f->arena, &rest, escape);
    i->rest = text_trim(rest);
    read_shape(i, escape, f);
}

void instruction_read(struct instruction *i, struct str line, char escape,
                      struct findings *f)
{
    uint32_t before = f->errors;
    i->line = line;
    read_words(i, line, escape, f);
    i->refused = f->errors > before;
}
