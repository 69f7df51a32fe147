/* SPDX-License-Identifier: MIT */
/* Bytes to instructions. Physical lines are read one after another; lines that
 * are continued are joined, comments between them left out; heredocs take the
 * lines that follow. A joined line remembers which of its bytes came from
 * where, so that everything cut out of it later still has a place. */
#include "docker/dockerfile.h"

#include "base/utf8.h"
#include "docker/heredoc.h"
#include "docker/text.h"
#include "docker/words.h"

#include <stdarg.h>

/* BuildKit reads lines into a buffer of this size, line end included. */
#define MAX_LINE 65536

struct parser {
    struct dockerfile *d;
    struct findings *f;
    size_t at;     /* of the next physical line */
    uint32_t line; /* that was read last */
    bool directives_done;
    struct word_list comments; /* above the next instruction */
};

/* A physical line without its line end. */
struct physical {
    struct str text;
    uint32_t off;
};

/* --- physical lines --- */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* All line end characters, as BuildKit cuts them. */
static struct str trim_newline(struct str s)
{
    while (s.len && is_line_end(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static void report_long_line(struct parser *p, size_t len)
{
    finding_add(p->f, DIAG_DOCKERFILE, (uint32_t)p->at,
                (uint32_t)(len < 80 ? len : 80),
                "a line of %zu bytes; BuildKit reads at most %d: continue it "
                "on further lines",
                len, MAX_LINE - 1);
    p->d->parsed = false;
}

/* The next line; false at the end. */
static bool next_line(struct parser *p, struct physical *out)
{
    struct str text = p->d->text;
    if (p->at >= text.len)
        return false;
    size_t end = str_chr(text, '\n', p->at);
    struct str raw =
        str_slice(text, p->at, (end == STR_NONE ? text.len : end + 1) - p->at);
    if (raw.len > MAX_LINE || (end == STR_NONE && raw.len == MAX_LINE))
        report_long_line(p, raw.len);
    out->text = trim_newline(raw);
    out->off = (uint32_t)p->at;
    p->at += raw.len;
    p->line++;
    return true;
}

/* Of a line without blanks in front. */
static bool is_comment(struct str line)
{
    return line.len && line.ptr[0] == '#';
}

/* Cuts the escape character that continues *line, with the blanks behind it. */
static bool is_continued(struct str *line, char escape)
{
    size_t n = line->len;
    while (n && ascii_is_blank(line->ptr[n - 1]))
        n--;
    if (n == 0 || line->ptr[n - 1] != escape)
        return false;
    if (n > 1 && line->ptr[n - 2] == escape)
        return false;
    line->len = n - 1;
    return true;
}

/* --- parser directives --- */

static void refuse_directive(struct parser *p, struct str part,
                             const char *message)
{
    finding_add(p->f, DIAG_DOCKERFILE, (uint32_t)(part.ptr - p->d->text.ptr),
                (uint32_t)part.len, "%s", message);
    p->d->parsed = false;
}

static void set_escape(struct parser *p, struct str value)
{
    if (str_eq(value, STR("\\")) || str_eq(value, STR("`")))
        p->d->escape = value.ptr[0];
    else
        refuse_directive(p, value,
                         "the escape character is \\ (the default) or `");
}

/* True if line is a parser directive; the first line that is none ends them. */
static bool take_directive(struct parser *p, struct str line)
{
    struct str name, value;
    enum directive_status status = DIRECTIVE_UNKNOWN;
    if (p->directives_done)
        return false;
    if (directive_split(line, &name, &value))
        status = directive_add(&p->d->directives, name, value);
    if (status == DIRECTIVE_UNKNOWN) {
        p->directives_done = true;
        return false;
    }
    if (status == DIRECTIVE_TWICE)
        refuse_directive(p, name,
                         "this parser directive stands here twice; "
                         "the builder takes one of each");
    else if (value.ptr == p->d->directives.value[DIRECTIVE_ESCAPE].ptr)
        set_escape(p, value);
    return true;
}

/* --- joined lines --- */

struct joined {
    struct text_buf text;
    VEC(struct piece) pieces;
    struct str first; /* all of it, as long as one line is */
    uint32_t first_off;
};

static void join(struct joined *j, struct parser *p, struct str part,
                 uint32_t off)
{
    struct arena *a = p->f->arena;
    if (!j->first.ptr && !j->pieces.n) {
        j->first = part;
        j->first_off = off;
        return;
    }
    if (!j->pieces.n) {
        struct piece piece = {0, j->first_off};
        vec_push(a, &j->pieces, piece);
        text_add(&j->text, j->first);
    }
    struct piece piece = {(uint32_t)j->text.len, off};
    vec_push(a, &j->pieces, piece);
    text_add(&j->text, part);
}

/* Places are told by addresses, so there has to be one where nothing is. */
static struct str joined_text(const struct joined *j)
{
    struct str text = j->pieces.n ? text_of(&j->text) : j->first;
    return text.ptr ? text : STR("");
}

/* At the end of the instruction, where BuildKit has it. */
static void warn_empty(struct parser *p, uint32_t off, struct physical last)
{
    struct finding *f = finding_add(
        p->f, DIAG_NO_EMPTY_CONTINUATION, last.off,
        (uint32_t)(last.text.len ? last.text.len : 1),
        "an empty line in a continued instruction, which will be an error one "
        "day; remove it or make it a comment");
    if (off != last.off)
        finding_note(p->f, f, off, 1, "the empty line");
}

static struct str first_word(struct str line)
{
    size_t n = 0;
    while (n < line.len && !text_is_gap(line.ptr[n]))
        n++;
    return str_slice(line, 0, n);
}

/* True if a quote is open at the end of text. */
static bool is_quoted(struct str text)
{
    char quote = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\')
            i++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
    }
    return quote != 0;
}

/* An instruction at the start of a continued line is hardly meant to be a part
 * of the one above. CMD of a HEALTHCHECK is, and what is indented. */
static void check_swallowed(struct parser *p, const struct joined *j,
                            struct physical line)
{
    struct str word = first_word(line.text), above = joined_text(j);
    if (word.len == 0 || word.len == line.text.len || text_has_lower(word))
        return;
    enum instruction_id id = instruction_by_name(word);
    enum instruction_id in = instruction_by_name(first_word(above));
    if (id == INSTRUCTION_UNKNOWN || in == INSTRUCTION_HEALTHCHECK ||
        in == INSTRUCTION_ONBUILD || is_quoted(above))
        return;
    finding_add(p->f, DIAG_DANGLING_CONTINUATION, line.off, (uint32_t)word.len,
                "the line above ends in '%c', so this %s is a part of it; "
                "remove the '%c', or indent this line if it is meant so",
                p->d->escape, instruction_name(id), p->d->escape);
}

static void check_unfinished(struct parser *p, struct physical last)
{
    if (last.text.len == 0)
        return;
    finding_add(p->f, DIAG_DANGLING_CONTINUATION, last.off,
                (uint32_t)last.text.len,
                "the file ends in a line that is to be continued; remove the "
                "'%c'",
                p->d->escape);
}

/* Adds the lines that continue *j. */
static void join_continued(struct parser *p, struct joined *j,
                           struct physical line)
{
    uint32_t empty = UINT32_MAX;
    bool more = true;
    while (more && next_line(p, &line)) {
        struct str text = text_trim_left(line.text);
        take_directive(p, line.text);
        if (is_comment(text))
            continue;
        if (text.len == 0) {
            empty = line.off;
            continue;
        }
        struct str part = line.text;
        check_swallowed(p, j, line);
        more = is_continued(&part, p->d->escape);
        join(j, p, part, line.off);
    }
    if (more)
        check_unfinished(p, line);
    if (empty != UINT32_MAX)
        warn_empty(p, empty, line);
}

/* --- heredocs --- */

static struct str trim_tabs(struct str s)
{
    while (s.len && s.ptr[0] == '\t')
        s = str_from_off(s, 1);
    return s;
}

/* Reads the lines of h; false when its end is missing. */
static bool read_heredoc(struct parser *p, struct heredoc *h)
{
    struct physical line;
    size_t from = p->at;
    while (next_line(p, &line)) {
        struct str end = h->chomp ? trim_tabs(line.text) : line.text;
        if (str_eq(end, h->name)) {
            h->content = str_slice(p->d->text, from, line.off - from);
            return true;
        }
    }
    h->content = str_from_off(p->d->text, from);
    return false;
}

/* True if "<<" stands in line; memmem is slow to start. */
static bool has_heredoc_mark(struct str line)
{
    size_t at = str_chr(line, '<', 0);
    while (at != STR_NONE && at + 1 < line.len && line.ptr[at + 1] != '<')
        at = str_chr(line, '<', at + 1);
    return at != STR_NONE && at + 1 < line.len;
}

static void read_heredocs(struct parser *p, struct instruction *i)
{
    const struct instruction *command = i->trigger ? i->trigger : i;
    static const bool may[] = {
        false,
#define X(id, name, words, heredoc) heredoc,
#include "docker/instruction_list.h"
#undef X
    };
    if (!may[command->id] || command->exec_form || !has_heredoc_mark(i->line))
        return;
    heredoc_find(p->f->arena, i->line, &i->heredocs, &i->nheredocs);
    for (uint32_t k = 0; k < i->nheredocs; k++) {
        if (read_heredoc(p, &i->heredocs[k]))
            continue;
        struct str name = i->heredocs[k].name;
        instruction_report(p->f, i, i->heredocs[k].name,
                           DIAG_UNTERMINATED_HEREDOC,
                           "the heredoc '<<%.*s' has no end: a line that is "
                           "just '%.*s' must follow",
                           STR_ARG(name), STR_ARG(name));
        p->d->parsed = false;
        return;
    }
}

/* --- instructions --- */

static void add_comment(struct parser *p, struct str line)
{
    struct str comment = text_trim(str_from_off(line, 1));
    if (comment.len == 0)
        p->comments.list.n = 0;
    else
        vec_push(p->f->arena, &p->comments.list, comment);
}

/* The instruction whose first line is `first`, of which `more` lines follow. */
static void read_instruction(struct parser *p, struct physical first, bool more)
{
    struct instruction *i = arena_new(p->f->arena, struct instruction);
    struct joined j = {{p->f->arena, NULL, 0, 0}, {0}, {NULL, 0}, 0};
    i->text = p->d->text.ptr;
    i->off = first.off;
    i->first_line = p->line;
    join(&j, p, first.text, first.off);
    if (more)
        join_continued(p, &j, first);
    i->pieces = j.pieces.at;
    i->npieces = j.pieces.n;
    if (!i->pieces) {
        struct piece *piece = arena_new(p->f->arena, struct piece);
        piece->off = first.off;
        i->pieces = piece;
        i->npieces = 1;
    }
    i->refused = !instruction_read(i, joined_text(&j), p->d->escape, p->f);
    if (i->refused)
        p->d->parsed = false;
    else
        read_heredocs(p, i);
    i->last_line = p->line;
    i->end = (uint32_t)p->at;
    i->comments = WORDS_OF(p->comments);
    p->comments = (struct word_list){{0}};
    vec_push(p->f->arena, &p->d->list, i);
}

/* A line where an instruction may begin. */
static void read_line(struct parser *p, struct physical line)
{
    struct str raw = line.text;
    line.text = text_trim_left(raw);
    bool comment = is_comment(line.text);
    line.off += (uint32_t)(raw.len - line.text.len);
    if (!take_directive(p, line.text) && comment)
        add_comment(p, raw);
    if (comment)
        return;
    bool more = is_continued(&line.text, p->d->escape);
    if (more || line.text.len)
        read_instruction(p, line, more);
}

enum instruction_id dockerfile_begins(struct str text)
{
    text = utf8_skip_bom(text);
    while (text.ptr && text.len) {
        struct str line = text_trim(text_cut(&text, '\n'));
        if (line.len && line.ptr[0] != '#')
            return instruction_by_name(first_word(line));
    }
    return INSTRUCTION_UNKNOWN;
}

void dockerfile_parse(struct dockerfile *d, struct str text, struct findings *f)
{
    struct parser p = {d, f, 0, 0, false, {{0}}};
    struct physical line;
    memset(d, 0, sizeof *d);
    d->text = text;
    d->escape = '\\';
    d->parsed = true;
    while (next_line(&p, &line)) {
        if (p.line == 1) {
            line.off += (uint32_t)utf8_bom_len(line.text);
            line.text = utf8_skip_bom(line.text);
        }
        read_line(&p, line);
    }
    if (d->list.n == 0) {
        finding_add(f, DIAG_NO_STAGE, 0, 0,
                    "a Dockerfile without any instruction; it begins with "
                    "FROM");
        d->parsed = false;
    }
}
