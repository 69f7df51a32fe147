/* SPDX-License-Identifier: MIT */
/* Marks are told by their form alone, so only forms are known that hardly any
 * Dockerfile has for another reason. */
#include "docker/leftover.h"

#include "docker/text.h"

/* --- brackets --- */

static const struct bracket {
    struct str open, close;
    enum leftover_kind kind;
    bool tight; /* there is a name in it, and nothing else */
} brackets[LEFTOVER_BRACKETS] = {
    {STR_INIT("{{"), STR_INIT("}}"), LEFTOVER_VALUE, false},
    {STR_INIT("{%"), STR_INIT("%}"), LEFTOVER_BLOCK, false},
    {STR_INIT("{#"), STR_INIT("#}"), LEFTOVER_COMMENT, false},
    {STR_INIT("<%="), STR_INIT("%>"), LEFTOVER_VALUE, false},
    {STR_INIT("<%"), STR_INIT("%>"), LEFTOVER_BLOCK, false},
    {STR_INIT("%%"), STR_INIT("%%"), LEFTOVER_VALUE, true},
    {STR_INIT("@"), STR_INIT("@"), LEFTOVER_VALUE, true},
};

static bool is_name(struct str s)
{
    return text_is_all(s, TEXT_ALNUM "_") && ascii_is_name_start(s.ptr[0]);
}

/* The name in "{{ x }}", "{{ .Values.x }}", "{{- $x -}}"; empty when there is
 * more than a name. */
static struct str value_name(struct str inner)
{
    inner = text_skip(text_trim(inner), "-");
    inner = text_skip(text_trim(inner), ".$");
    struct str name = str_slice(inner, 0, text_span(inner, TEXT_ALNUM "_."));
    struct str rest = text_trim(str_from_off(inner, name.len));
    if (name.len && ascii_is_name_start(name.ptr[0]) &&
        !text_skip(rest, "-").len)
        return name;
    return STR("");
}

/* True if number k of the brackets begins at w->at, and ends in the same line.
 */
static bool read_bracket(struct leftover_walk *w, size_t k,
                         struct leftover *out)
{
    const struct bracket *b = &brackets[k];
    struct str text = str_from_off(w->text, w->at);
    if (w->at < w->open_to[k] || !str_starts(text, b->open))
        return false;
    struct str rest = str_part(str_from_off(text, b->open.len), 0, '\n');
    size_t end = str_find(rest, b->close, 0);
    struct str inner = str_slice(rest, 0, end);
    if (end == STR_NONE)
        w->open_to[k] = w->at + b->open.len + rest.len;
    if (end == STR_NONE || end == 0 || (b->tight && !is_name(inner)))
        return false;
    out->kind = b->kind;
    out->mark = str_slice(text, 0, b->open.len + end + b->close.len);
    out->name = b->kind == LEFTOVER_VALUE ? value_name(inner) : STR("");
    return true;
}

static bool read_brackets(struct leftover_walk *w, struct leftover *out)
{
    for (size_t k = 0; k < LEFTOVER_BRACKETS; k++)
        if (read_bracket(w, k, out))
            return true;
    return false;
}

/* "@" may begin a mark unless it is in an address, "{{" unless it is "${{". */
static bool may_begin(struct str text, size_t at)
{
    char c = text.ptr[at], before = at ? text.ptr[at - 1] : ' ';
    if (c == '@')
        return !ascii_is_name(before) && before != '@';
    return c == '<' || c == '%' || (c == '{' && before != '$');
}

/* True if there is a byte that a mark may begin with. */
static bool may_have_marks(struct str text)
{
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '{' || c == '@' || c == '%' || c == '<')
            return true;
    }
    return false;
}

bool leftover_next(struct leftover_walk *w, struct leftover *out)
{
    char quote = 0;
    if (!may_have_marks(str_from_off(w->text, w->at)))
        return false;
    while (w->at < w->text.len) {
        char c = w->text.ptr[w->at];
        if (!quote && may_begin(w->text, w->at) && read_brackets(w, out)) {
            w->at += out->mark.len;
            return true;
        }
        if (c == '"' || c == '\'')
            quote = quote == c ? 0 : quote ? quote : c;
        w->at += c == '\\' ? 2 : 1;
    }
    return false;
}

/* --- m4 --- */

static const struct {
    const char *names;
    enum leftover_kind kind;
} macros[] = {
    {"define m4_define pushdef m4_pushdef", LEFTOVER_DEFINE},
    {"ifdef ifelse m4_ifdef m4_ifelse m4_if", LEFTOVER_BLOCK},
    {"include sinclude m4_include m4_sinclude", LEFTOVER_INCLUDE},
    {"undefine popdef changequote changecom divert undivert m4_undefine "
     "m4_popdef m4_changequote m4_changecom m4_divert m4_undivert",
     LEFTOVER_NEEDLESS},
};

bool leftover_m4(struct str line, struct leftover *out)
{
    size_t n = 0;
    while (n < line.len && ascii_is_name(line.ptr[n]))
        n++;
    struct str word = str_slice(line, 0, n), rest = str_from_off(line, n);
    *out = (struct leftover){LEFTOVER_COMMENT, word, STR("")};
    if (str_eq(word, STR("dnl")) || str_eq(word, STR("m4_dnl")))
        return !rest.len || text_is_gap(rest.ptr[0]);
    if (n == 0 || !rest.len || rest.ptr[0] != '(')
        return false;
    out->mark = str_slice(line, 0, word.len + 1);
    for (size_t k = 0; k < sizeof macros / sizeof *macros; k++) {
        out->kind = macros[k].kind;
        if (text_is_one_of(word, macros[k].names))
            return true;
    }
    return false;
}

/* --- lines --- */

bool leftover_line(struct str line, struct leftover *out)
{
    while (line.len && text_is_gap(line.ptr[0]))
        line = str_from_off(line, 1);
    if (!line.len)
        return false;
    if (ascii_is_name_start(line.ptr[0]))
        return leftover_m4(line, out);
    struct leftover_walk w = {.text = line};
    return may_begin(line, 0) && read_brackets(&w, out) &&
           out->mark.len == text_trim(line).len;
}

/* Of "#define X 1" the name is in capitals, and the value one word: "#define
 * the port" and "#define PORT of the server" are prose. */
bool leftover_comment(struct str comment, struct leftover *out)
{
    struct str rest = comment, word = text_word(&rest), name = text_word(&rest);
    bool plain =
        str_chr(rest, ' ', 0) == STR_NONE || strchr("\"'(", rest.ptr[0]);
    bool capital = is_name(name) && !text_has_lower(name) && plain;
    *out = (struct leftover){LEFTOVER_BLOCK, comment, STR("")};
    if (str_eq(word, STR("#endif")))
        return name.len == 0;
    if (text_is_one_of(word, "#ifdef #ifndef"))
        return capital;
    if (str_eq(word, STR("#include"))) {
        out->kind = LEFTOVER_INCLUDE;
        return name.len > 1 && strchr("<\"", name.ptr[0]);
    }
    out->kind = LEFTOVER_DEFINE;
    return text_is_one_of(word, "#define #undef") && capital;
}

struct str leftover_asked(struct str comment, struct leftover *out)
{
    struct str rest = comment, word = text_word(&rest), name = text_word(&rest);
    *out = (struct leftover){LEFTOVER_BLOCK, comment, STR("")};
    bool alone = rest.len == 0 || !ascii_is_name_start(rest.ptr[0]);
    name = text_skip(name, "!");
    return text_is_one_of(word, "#if #ifdef #ifndef #elif") && alone &&
                   name.len && is_name(name)
               ? name
               : STR("");
}

/* --- the message --- */

struct str leftover_message(struct arena *a, const struct leftover *l)
{
    static const char *const write[] = {
        [LEFTOVER_VALUE] = "a value is written ",
        [LEFTOVER_BLOCK] = "write @if or @for, and @end, on lines of their own",
        [LEFTOVER_COMMENT] = "a comment of the template is a line with @#",
        [LEFTOVER_DEFINE] = ("write @let name = \"text\" for a value, and "
                             "@define name() … @end for a macro"),
        [LEFTOVER_INCLUDE] = "write @include \"file\"",
        [LEFTOVER_NEEDLESS] = "nothing takes its place here",
    };
    bool value = l->kind == LEFTOVER_VALUE;
    struct str name = l->name.len ? l->name : STR("…");
    return arena_printf(a,
                        "'%.*s' is left over from another template language, "
                        "and nothing replaces it; %s%s%.*s%s",
                        STR_ARG(l->mark), write[l->kind], value ? "@{" : "",
                        value ? (int)name.len : 0, name.ptr, value ? "}" : "");
}
