/* SPDX-License-Identifier: MIT */
/* One joined line: its name, its flags, and its words, read the way that
 * instruction_list.h gives for the name. Whether they make sense is asked
 * later, see command.h. */
#include "docker/text.h"
#include "docker/words.h"

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
};

static const struct entry table[] = {
    {{"", 0}, SHAPE_NONE},
#define X(id, name, words, heredoc) {{name, sizeof name - 1}, SHAPE_##words},
#include "docker/instruction_list.h"
#undef X
};

const char *instruction_name(enum instruction_id id)
{
    return table[id].name.ptr;
}

enum instruction_id instruction_by_name(struct str word)
{
    int id = 1;
    while (id < INSTRUCTION_COUNT && !text_same(word, table[id].name))
        id++;
    return id < INSTRUCTION_COUNT ? (enum instruction_id)id
                                  : INSTRUCTION_UNKNOWN;
}

/* --- places --- */

/* Where byte `at` of i->line is in the text. */
static uint32_t offset_at(const struct instruction *i, uint32_t at)
{
    uint32_t low = 0, high = i->npieces;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (i->pieces[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return i->pieces[low].off + (at - i->pieces[low].at);
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

/* True if offset `off` of the text is in the first of i's lines. */
static bool in_first_line(const struct instruction *i, uint32_t off)
{
    uint32_t last = i->pieces[i->npieces - 1].off; /* of the joined lines */
    if (i->npieces > 1)
        return off < i->pieces[1].off;
    return off <= last + i->line.len;
}

/* Reports stand in the first line of an instruction, as BuildKit's do; what
 * they are about may stand in another. */
struct finding *instruction_report(struct findings *f,
                                   const struct instruction *i, struct str part,
                                   enum diag_id id, const char *fmt, ...)
{
    va_list ap;
    uint32_t off, len, first, first_len;
    va_start(ap, fmt);
    struct str message = arena_vprintf(f->arena, fmt, ap);
    va_end(ap);
    instruction_place(i, part, &off, &len);
    if (in_first_line(i, off))
        return finding_add(f, id, off, len, "%.*s", STR_ARG(message));
    instruction_place(i, i->word, &first, &first_len);
    if (!in_first_line(i, first)) { /* which is just a "\" */
        first = i->pieces[0].off;
        first_len = 1;
    }
    struct finding *found =
        finding_add(f, id, first, first_len, "%.*s", STR_ARG(message));
    finding_note(f, found, off, len, "it is here");
    return found;
}

struct str instruction_description(const struct instruction *i, struct str name)
{
    struct str none = {NULL, 0};
    for (uint32_t k = 0; k < i->comments.n && name.len; k++) {
        struct str line = i->comments.at[k];
        if (str_starts(line, name) && line.len > name.len &&
            line.ptr[name.len] == ' ')
            return str_from_off(line, name.len + 1);
    }
    return none;
}

/* --- pairs --- */

static void add_pair(struct instruction *i, struct str name, struct str value,
                     bool legacy)
{
    i->pairs[i->npairs++] = (struct pair){name, value, legacy};
}

/* "name value": value is all behind the first blanks. */
static bool read_legacy(struct instruction *i, struct str rest,
                        struct findings *f)
{
    size_t end = 0;
    while (end < rest.len && !text_is_gap(rest.ptr[end]))
        end++;
    size_t at = end;
    while (at < rest.len && text_is_gap(rest.ptr[at]))
        at++;
    if (at == end) {
        instruction_report(f, i, rest, DIAG_DOCKERFILE,
                           "%s takes name=value; '%.*s' has no '='",
                           instruction_name(i->id), STR_ARG(rest));
        return false;
    }
    i->pairs = arena_new(f->arena, struct pair);
    add_pair(i, str_slice(rest, 0, end), str_from_off(rest, at), true);
    return true;
}

static bool read_pairs(struct instruction *i, struct str rest, char escape,
                       struct findings *f)
{
    struct words words = words_quoted(f->arena, rest, escape);
    if (words.n == 0)
        return true;
    if (str_chr(words.at[0], '=', 0) == STR_NONE)
        return read_legacy(i, rest, f);
    i->pairs = arena_array(f->arena, words.n, sizeof *i->pairs);
    for (uint32_t k = 0; k < words.n; k++) {
        struct str value = words.at[k];
        if (str_chr(value, '=', 0) == STR_NONE) {
            instruction_report(f, i, value, DIAG_DOCKERFILE,
                               "'%.*s' has no '=': %s takes name=value, and a "
                               "value with blanks needs quotes",
                               STR_ARG(value), instruction_name(i->id));
            return false;
        }
        struct str name = text_cut(&value, '=');
        add_pair(i, name, value, false);
    }
    return true;
}

/* --- the other shapes --- */

static bool refuse_array(struct instruction *i, struct str rest,
                         struct findings *f)
{
    instruction_report(f, i, rest, DIAG_EXEC_FORM,
                       "a JSON array here holds strings only: "
                       "[\"program\", \"argument\"]");
    return false;
}

static void set_words(struct instruction *i, struct findings *f,
                      struct str text)
{
    i->args.at = arena_new(f->arena, struct str);
    i->args.at[0] = text;
    i->args.n = 1;
}

static bool read_exec(struct instruction *i, struct str rest,
                      struct findings *f)
{
    if (rest.len == 0)
        return true;
    enum exec_form form = words_json(f->arena, rest, &i->args);
    i->exec_form = form == EXEC_JSON;
    if (form == EXEC_SHELL)
        set_words(i, f, rest);
    return form != EXEC_OTHER || refuse_array(i, rest, f);
}

static bool read_exec_words(struct instruction *i, struct str rest,
                            struct findings *f)
{
    enum exec_form form = words_json(f->arena, rest, &i->args);
    i->exec_form = form == EXEC_JSON;
    if (form == EXEC_SHELL)
        i->args = words_plain(f->arena, rest);
    return form != EXEC_OTHER || refuse_array(i, rest, f);
}

/* HEALTHCHECK: a word, and then a command; the bytes 0x85 and 0xA0 end the
 * word, see words.c. */
static bool read_check(struct instruction *i, struct str rest,
                       struct findings *f)
{
    size_t end = 0, at;
    while (end < rest.len && !text_is_space((unsigned char)rest.ptr[end]))
        end++;
    for (at = end; at < rest.len; at++)
        if (!text_is_space((unsigned char)rest.ptr[at]))
            break;
    if (end == 0)
        return true;
    if (!read_exec(i, str_from_off(rest, at), f))
        return false;
    struct str *all = arena_array(f->arena, (size_t)i->args.n + 1, sizeof *all);
    all[0] = str_slice(rest, 0, end);
    for (uint32_t k = 0; k < i->args.n; k++)
        all[k + 1] = i->args.at[k];
    i->args = (struct words){all, i->args.n + 1};
    return true;
}

static bool read_words(struct instruction *i, struct str line, char escape,
                       struct findings *f);

/* A trigger of a trigger is left unread: no builder takes it. */
static bool read_trigger(struct instruction *i, struct str rest, char escape,
                         struct findings *f)
{
    if (rest.len == 0 || i->is_trigger)
        return true;
    i->trigger = arena_new(f->arena, struct instruction);
    i->trigger->is_trigger = true;
    i->trigger->line = i->line;
    i->trigger->pieces = i->pieces;
    i->trigger->npieces = i->npieces;
    return read_words(i->trigger, rest, escape, f);
}

static bool read_shape(struct instruction *i, struct str rest, char escape,
                       struct findings *f)
{
    switch (table[i->id].shape) {
    case SHAPE_NONE:
        break;
    case SHAPE_WORDS:
        i->args = words_plain(f->arena, rest);
        break;
    case SHAPE_EXEC:
        return read_exec(i, rest, f);
    case SHAPE_EXEC_WORDS:
        return read_exec_words(i, rest, f);
    case SHAPE_PAIRS:
        return read_pairs(i, rest, escape, f);
    case SHAPE_NAMES:
        i->args = words_quoted(f->arena, rest, escape);
        break;
    case SHAPE_TEXT:
        if (rest.len)
            set_words(i, f, rest);
        break;
    case SHAPE_CHECK:
        return read_check(i, rest, f);
    case SHAPE_TRIGGER:
        return read_trigger(i, rest, escape, f);
    }
    return true;
}

static bool read_words(struct instruction *i, struct str line, char escape,
                       struct findings *f)
{
    size_t end = 0;
    line = text_trim(line);
    while (end < line.len && !text_is_gap(line.ptr[end]))
        end++;
    i->word = str_slice(line, 0, end);
    i->id = instruction_by_name(i->word);
    while (end < line.len && text_is_gap(line.ptr[end]))
        end++;
    struct str rest = str_from_off(line, end);
    i->flags = words_flags(f->arena, &rest, escape);
    i->rest = text_trim(rest);
    return read_shape(i, i->rest, escape, f);
}

bool instruction_read(struct instruction *i, struct str line, char escape,
                      struct findings *f)
{
    i->line = line;
    return read_words(i, line, escape, f);
}
