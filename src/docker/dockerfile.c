/* SPDX-License-Identifier: MIT */
/* Bytes to instructions. Physical lines are read one after another; lines that
 * are continued are joined, comments between them left out; heredocs take the
 * lines that follow. A joined line remembers which of its bytes came from
 * where, so that everything cut out of it later still has a place. */
#include "docker/dockerfile.h"

#include "base/utf8.h"
#include "docker/options.h"
#include "docker/text.h"

/* BuildKit reads lines into a buffer of this size, line end included. */
#define MAX_LINE 65536

struct parser {
    struct dockerfile *d;
    struct findings *f;
    size_t at;     /* of the next physical line */
    uint32_t line; /* that was read last */
    bool directives_done;
    struct words comments; /* above the next instruction */
};

/* --- physical lines --- */

/* Where a slice of the text begins. */
static uint32_t offset(const struct parser *p, struct str part)
{
    return (uint32_t)(part.ptr - p->d->text.ptr);
}

#define report(p, id, part, ...)                                         \
    finding_add((p)->f, (id), offset((p), (part)), (uint32_t)(part).len, \
                __VA_ARGS__)

static void check_length(struct parser *p, struct str raw)
{
    if (raw.len > MAX_LINE ||
        (raw.len == MAX_LINE && raw.ptr[raw.len - 1] != '\n'))
        finding_add(p->f, DIAG_DOCKERFILE, offset(p, raw), 80,
                    "this line has %zu bytes; BuildKit reads at most %d: "
                    "continue it on more lines",
                    raw.len, MAX_LINE - 1);
}

/* The next line without the characters that end it, as BuildKit cuts them;
 * false at the end, where *out is left alone. */
static bool next_line(struct parser *p, struct str *out)
{
    struct str text = p->d->text;
    if (p->at >= text.len)
        return false;
    size_t end = str_chr(text, '\n', p->at);
    struct str raw =
        str_slice(text, p->at, (end == STR_NONE ? text.len : end + 1) - p->at);
    check_length(p, raw);
    p->at += raw.len;
    p->line++;
    while (raw.len &&
           (raw.ptr[raw.len - 1] == '\n' || raw.ptr[raw.len - 1] == '\r'))
        raw.len--;
    *out = raw;
    return true;
}

/* Cuts the escape character that continues *line, with the blanks after it. */
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

/* True if line is a parser directive; the first line that is not ends them. */
static bool take_directive(struct parser *p, struct str line)
{
    struct str name, value;
    enum directive_status status = DIRECTIVE_UNKNOWN;
    if (p->directives_done)
        return false;
    if (directive_split(line, &name, &value))
        status = directive_add(p->d->directives, name, value);
    if (status == DIRECTIVE_UNKNOWN) {
        p->directives_done = true;
        return false;
    }
    if (status == DIRECTIVE_TWICE)
        report(p, DIAG_DOCKERFILE, name,
               "this parser directive is given twice; the builder takes one of "
               "each");
    else if (value.ptr != p->d->directives[DIRECTIVE_ESCAPE].ptr)
        return true;
    else if (str_eq(value, STR("\\")) || str_eq(value, STR("`")))
        p->d->escape = value.ptr[0];
    else
        report(p, DIAG_DOCKERFILE, value,
               "the escape character must be \\ (the default) or `");
    return true;
}

/* A comment that would be a directive at the top. */
static void check_late(struct parser *p, struct str line)
{
    struct str name, value, none[DIRECTIVE_COUNT] = {{0}}, top[DIRECTIVE_COUNT];
    if (!directive_split(line, &name, &value) ||
        directive_add(none, name, value) != DIRECTIVE_NEW ||
        str_chr(value, ' ', 0) != STR_NONE ||
        text_same(name, STR("check"))) /* see check_options.c */
        return;
    directive_read_top(p->d->text, top);
    if (value.ptr == top[DIRECTIVE_SYNTAX].ptr)
        return;
    report(p, DIAG_LATE_DIRECTIVE, line,
           "this is only a comment: '# %.*s=' counts at the top of the file, "
           "above other comments, blank lines and instructions",
           STR_ARG(name));
}

/* --- joined lines --- */

struct joined {
    struct instruction *i; /* whose pieces they are */
    struct text_buf text;
    struct str first; /* the text, as long as it is one line */
};

static void join(struct joined *j, struct parser *p, struct str part)
{
    struct piece piece = {(uint32_t)j->text.len, offset(p, part)};
    if (j->i->pieces.n == 0)
        j->first = part;
    if (j->i->pieces.n == 1) {
        text_add(&j->text, j->first);
        piece.at = (uint32_t)j->text.len;
    }
    if (j->i->pieces.n > 0)
        text_add(&j->text, part);
    vec_push(p->f->arena, &j->i->pieces, piece);
}

/* A place is found by its address, so an empty text needs one, too. */
static struct str joined_text(const struct joined *j)
{
    struct str text = j->i->pieces.n > 1 ? text_of(&j->text) : j->first;
    return text.ptr ? text : STR("");
}

static struct str first_word(struct str line)
{
    return text_word(&line);
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

/* An instruction at the start of a continued line is hardly meant to be part of
 * the one above, unless it is indented or the CMD of a HEALTHCHECK. */
static void check_swallowed(struct parser *p, const struct joined *j,
                            struct str line)
{
    struct str word = first_word(line), above = joined_text(j);
    if (word.len == 0 || word.len == line.len || text_has_lower(word))
        return;
    enum instruction_id id = instruction_by_name(word);
    enum instruction_id in = instruction_by_name(first_word(above));
    if (id == INSTRUCTION_UNKNOWN || in == INSTRUCTION_HEALTHCHECK ||
        in == INSTRUCTION_ONBUILD || is_quoted(above))
        return;
    report(p, DIAG_DANGLING_CONTINUATION, word,
           "the line above ends in '%c', so this %s is part of it; remove "
           "the '%c', or indent this line if that is intended",
           p->d->escape, instruction_name(id), p->d->escape);
}

/* The file ended although line was continued. */
static void check_unfinished(struct parser *p, struct str line)
{
    if (line.len)
        report(p, DIAG_DANGLING_CONTINUATION, line,
               "the file ends in a continued line; remove the '%c'",
               p->d->escape);
}

/* Reports an empty line at the last line of the instruction, as BuildKit does.
 */
static void check_empty(struct parser *p, struct str empty, struct str last)
{
    if (!empty.ptr)
        return;
    struct finding *found =
        finding_add(p->f, DIAG_NO_EMPTY_CONTINUATION, offset(p, last),
                    (uint32_t)(last.len ? last.len : 1),
                    "this instruction has an empty line in it, which will be "
                    "an error one day; remove it or make it a comment");
    if (empty.ptr != last.ptr)
        finding_note(p->f, found, offset(p, empty), 1, "the empty line");
}

/* Adds the lines that continue *j, the first of which is line. */
static void join_continued(struct parser *p, struct joined *j, struct str line)
{
    struct str empty = {0};
    bool more = true;
    while (more && next_line(p, &line)) {
        struct str text = text_trim_left(line);
        take_directive(p, line);
        if (str_starts(text, STR("#")))
            continue;
        if (text.len == 0) {
            empty = line;
            continue;
        }
        struct str part = line;
        check_swallowed(p, j, line);
        more = is_continued(&part, p->d->escape);
        join(j, p, part);
    }
    if (more)
        check_unfinished(p, line);
    check_empty(p, empty, line);
}

/* --- heredocs --- */

/* Reads the lines of h; false when its end is missing. *almost: the first line
 * that would be its end without blanks. */
static bool read_heredoc(struct parser *p, struct heredoc *h,
                         struct str *almost)
{
    struct str line;
    size_t from = p->at;
    while (next_line(p, &line)) {
        struct str end = line;
        if (!almost->ptr && str_eq(text_trim(line), h->name))
            *almost = line;
        if (h->chomp)
            end = text_skip(end, "\t");
        if (str_eq(end, h->name)) {
            h->content = str_slice(p->d->text, from, offset(p, line) - from);
            return true;
        }
    }
    return false;
}

static void read_heredocs(struct parser *p, struct instruction *i)
{
    const struct instruction *command = i->trigger ? i->trigger : i;
    struct heredoc h;
    if (!instruction_has_heredocs(command->id) || command->exec_form ||
        str_find(i->line, STR("<<"), 0) == STR_NONE)
        return;
    struct words words = heredoc_split(p->f->arena, i->line);
    for (uint32_t k = 0; k < words.n; k++) {
        if (!heredoc_word(p->f->arena, words.at[k], &h))
            continue;
        struct str almost = STR_ABSENT;
        if (!read_heredoc(p, &h, &almost)) {
            struct finding *found = instruction_report(
                p->f, i, h.name, DIAG_UNTERMINATED_HEREDOC,
                "the heredoc '<<%.*s' is not closed; it needs a line that is "
                "just '%.*s'",
                STR_ARG(h.name), STR_ARG(h.name));
            if (almost.ptr)
                finding_note(p->f, found, offset(p, almost),
                             (uint32_t)almost.len,
                             "this line has blanks beside the word");
            return;
        }
        vec_push(p->f->arena, &i->heredocs, h);
    }
}

/* --- instructions --- */

static void add_comment(struct parser *p, struct str line)
{
    struct str comment = text_trim(str_from_off(line, 1));
    if (comment.len == 0)
        p->comments.n = 0;
    else
        vec_push(p->f->arena, &p->comments, comment);
}

/* The instruction whose first line is `first`, of which `more` lines follow. */
static void read_instruction(struct parser *p, struct str first, bool more)
{
    struct instruction *i = arena_new(p->f->arena, struct instruction);
    struct joined j = {.i = i, .text = {p->f->arena, NULL, 0, 0}};
    i->comments = p->comments;
    i->options = options_above(p->f->arena, i->comments);
    p->comments = (struct words){0};
    p->f->above = i->options;
    i->text = p->d->text.ptr;
    i->off = offset(p, first);
    i->first_line = p->line;
    join(&j, p, first);
    if (more)
        join_continued(p, &j, first);
    instruction_read(i, joined_text(&j), p->d->escape, p->f);
    if (!i->refused)
        read_heredocs(p, i);
    i->last_line = p->line;
    i->end = (uint32_t)p->at;
    p->f->above = NULL;
    vec_push(p->f->arena, &p->d->list, i);
}

/* A line where an instruction may begin. */
static void read_line(struct parser *p, struct str raw)
{
    struct str line = text_trim_left(raw);
    bool comment = str_starts(line, STR("#"));
    bool taken = take_directive(p, line);
    if (!taken && comment) {
        check_late(p, line);
        add_comment(p, raw);
    }
    if (comment)
        return;
    bool more = is_continued(&line, p->d->escape);
    if (more || line.len)
        read_instruction(p, line, more);
}

enum instruction_id dockerfile_begins(struct str text)
{
    text = utf8_skip_bom(text);
    while (text.len) {
        struct str line = text_trim(text_cut(&text, '\n'));
        if (line.len && !str_starts(line, STR("#")))
            return instruction_by_name(first_word(line));
    }
    return INSTRUCTION_UNKNOWN;
}

void dockerfile_parse(struct dockerfile *d, struct str text, struct findings *f)
{
    struct parser p = {.d = d, .f = f};
    uint32_t before = f->errors;
    struct str line;
    *d = (struct dockerfile){.text = text, .escape = '\\'};
    while (next_line(&p, &line))
        read_line(&p, p.line == 1 ? utf8_skip_bom(line) : line);
    d->comments = p.comments;
    if (d->list.n == 0)
        finding_add(
            f, DIAG_NO_STAGE, 0, 0,
            "this Dockerfile has no instructions; it needs at least a FROM");
    d->parsed = f->errors == before;
}
