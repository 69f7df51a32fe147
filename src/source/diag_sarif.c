/* SPDX-License-Identifier: MIT */
/* In: diagnostics; out: one SARIF log. The one idea: what has a place in a file
 * is a result, anything else a notification, since a result without location
 * makes GitHub refuse the whole log. A place in no file (the command line, the
 * compiled-in library) is named in the message.
 *
 * Against the letter of the standard braces in messages are not doubled:
 * readers undo that only in messages with arguments, if at all, and would show
 * "@@{{" as what to write. */
#include "source/diag_sarif.h"

#include "base/json.h"
#include "base/path.h"
#include "source/diag_about.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"
/* The name that GitHub documents for the top of the repository. */
#define ROOT "%SRCROOT%"
#define UNUSED UINT32_MAX

enum section {
    RESULTS,
    CONFIGURATION, /* notifications about the options */
    EXECUTION,     /* and about the rest */
    SECTION_COUNT
};

struct sarif {
    struct json_writer w;
    struct buf *out; /* its own; texts are put together at its end */
    struct diags *d;
    /* Index in the array "rules", and in "notifications"; or UNUSED. */
    uint32_t rules[DIAG_COUNT], descriptors[DIAG_COUNT];
};

/* --- what goes where --- */

static bool is_in_file(struct span span)
{
    return span.source != NULL && span.source->name.len > 0 &&
           span.source->kind != SOURCE_OPTION &&
           span.source->kind != SOURCE_COMPILED &&
           span.source->kind != SOURCE_STREAM;
}

/* Where people can correct it: of a wrong -D, that is the parameter. */
static struct span place_of(const struct diag *d)
{
    struct span span = d->span;
    for (uint32_t i = 0; i < d->notes.n && !is_in_file(span); i++)
        span = d->notes.at[i].span;
    return is_in_file(span) ? span : d->span;
}

static enum section section_of(const struct diag *d)
{
    if (is_in_file(place_of(d)))
        return RESULTS;
    if (d->span.source != NULL)
        return d->span.source->kind == SOURCE_OPTION ? CONFIGURATION
                                                     : EXECUTION;
    switch (d->id) {
    case DIAG_LIMIT:
    case DIAG_TOO_MANY:
    case DIAG_MORE_WARNINGS:
    case DIAG_NO_MEMORY:
        return EXECUTION;
    default:
        return CONFIGURATION;
    }
}

/* --- JSON --- */

/* {"text": …} */
static void add_text(struct sarif *p, const char *key, struct str text)
{
    json_open(&p->w, key, "{");
    json_str(&p->w, "text", text);
    json_close(&p->w, "}");
}

/* Takes back what was built at the end of the output. */
static struct str cut_off(struct sarif *p, size_t mark)
{
    struct str s = arena_str(p->d->arena, buf_from(p->out, mark));
    buf_truncate(p->out, mark);
    return s;
}

/* --- places --- */

/* True for what stands in a URI for itself: the unreserved characters, and
 * those with no meaning in a path. A colon could end a scheme. */
static bool stands_for_itself(char c)
{
    return ascii_is_name(c) ||
           (c != '\0' && strchr("-.~/!$&'()*+,;=@", c) != NULL);
}

static void add_uri(struct sarif *p, struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (stands_for_itself(path.ptr[i]))
            buf_add_char(p->out, path.ptr[i]);
        else
            buf_printf(p->out, "%%%02X", c);
    }
}

static void add_artifact(struct sarif *p, const struct source *s)
{
    /* "a/../b" is "b" as a URI, too; links are not followed. */
    struct str path = path_normalise(p->d->arena, s->name);
    bool is_stdin = s->kind == SOURCE_BUFFER && str_eq(path, STR("-"));
    size_t mark = p->out->len;
    if (path_is_absolute(path))
        buf_add_cstr(p->out, "file://");
    add_uri(p, path);
    struct str uri = cut_off(p, mark);
    json_open(&p->w, "artifactLocation", "{");
    json_str(&p->w, "uri", uri);
    if (is_stdin)
        add_text(p, "description", STR("Standard input."));
    else if (!path_is_absolute(path))
        json_str(&p->w, "uriBaseId", STR(ROOT));
    json_close(&p->w, "}");
}

/* The last line end of a text begins no line here. */
static void locate(struct source *s, uint32_t off, uint32_t *line,
                   uint32_t *col)
{
    bool at_end = off >= s->text.len && str_ends(s->text, STR("\n"));
    source_locate(s, at_end ? (uint32_t)s->text.len - 1 : off, line, col);
    *col += at_end;
}

static void add_place(struct sarif *p, struct span span)
{
    uint32_t line, col, end_line, end_col;
    locate(span.source, span.off, &line, &col);
    locate(span.source, source_span_end(span), &end_line, &end_col);
    json_open(&p->w, "physicalLocation", "{");
    add_artifact(p, span.source);
    json_open(&p->w, "region", "{");
    json_int(&p->w, "startLine", line);
    json_int(&p->w, "startColumn", col);
    json_int(&p->w, "endLine", end_line);
    json_int(&p->w, "endColumn", end_col);
    json_close(&p->w, "}}");
}

/* --- messages --- */

/* A message as it is, but "[a](b)" in it is not a link. */
static void add_plain(struct sarif *p, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (str_starts(str_from_off(s, i), STR("](")))
            buf_add_char(p->out, '\\');
        buf_add_char(p->out, s.ptr[i]);
    }
}

static void add_link(struct sarif *p, struct str s, uint32_t id)
{
    buf_add_char(p->out, '[');
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("[]\\", s.ptr[i]) != NULL && s.ptr[i] != '\0')
            buf_add_char(p->out, '\\');
        buf_add_char(p->out, s.ptr[i]);
    }
    buf_printf(p->out, "](%u)", id);
}

/* A place that no reader could open. */
static void add_mention(struct sarif *p, struct span span)
{
    uint32_t line, col;
    if (span.source == NULL || is_in_file(span) || span.source->name.len == 0)
        return;
    source_locate(span.source, span.off, &line, &col);
    buf_add_cstr(p->out, " (");
    add_plain(p, span.source->name);
    buf_printf(p->out, ":%u:%u)", line, col);
}

/* The message, and a list of the notes: GitHub shows a related location only
 * where the message links to it. */
static struct str message_of(struct sarif *p, const struct diag *d, bool links)
{
    size_t mark = p->out->len;
    uint32_t id = 0;
    add_plain(p, d->message.len > 0 ? d->message
                                    : str_from(diag_about(d->id)->text));
    add_mention(p, d->span);
    for (uint32_t i = 0; i < d->notes.n; i++) {
        const struct diag_note *note = &d->notes.at[i];
        buf_add_cstr(p->out, i > 0 ? "\n- " : "\n\n- ");
        if (links && is_in_file(note->span))
            add_link(p, note->message, ++id);
        else
            add_plain(p, note->message);
        add_mention(p, note->span);
    }
    return cut_off(p, mark);
}

static struct str plain(struct sarif *p, struct str message)
{
    size_t mark = p->out->len;
    add_plain(p, message);
    return cut_off(p, mark);
}

/* --- rules: what the diagnostics are about --- */

static void add_help(struct sarif *p, enum diag_id id, struct str full)
{
    const struct diag_about *about = diag_about(id);
    size_t mark = p->out->len;
    buf_add(p->out, full);
    if (!diag_is_error(id))
        buf_printf(p->out,
                   " Option -Wno-%s turns this warning off, -Werror=%s makes "
                   "it an error.",
                   diag_name(id), diag_name(id));
    if (about->page)
        buf_printf(p->out, " See %s.", about->page);
    add_text(p, "help", cut_off(p, mark));
}

static void add_rule(struct sarif *p, enum diag_id id)
{
    const struct diag_about *about = diag_about(id);
    struct str text = str_from(about->text), full = text;
    if (about->more)
        full = ARENA_CONCAT(p->d->arena, text, STR(" "), str_from(about->more));
    json_open(&p->w, NULL, "{");
    json_str(&p->w, "id", str_from(diag_name(id)));
    add_text(p, "shortDescription", text);
    add_text(p, "fullDescription", full);
    add_help(p, id, full);
    if (about->page)
        json_str(&p->w, "helpUri", str_from(about->page));
    json_open(&p->w, "defaultConfiguration", "{");
    json_str(&p->w, "level", diag_is_error(id) ? STR("error") : STR("warning"));
    json_close(&p->w, "}}");
}

/* Those of index that are used, which get their numbers here. */
static void add_rules(struct sarif *p, const char *key, uint32_t *index)
{
    uint32_t n = 0;
    json_line(&p->w, 3);
    json_open(&p->w, key, "[");
    for (int id = 0; id < DIAG_COUNT; id++) {
        if (index[id] == UNUSED)
            continue;
        index[id] = n++;
        json_line(&p->w, 4);
        add_rule(p, (enum diag_id)id);
    }
    json_close(&p->w, "]");
}

static void mark_used(struct sarif *p)
{
    memset(p->rules, 0xff, sizeof p->rules); /* UNUSED */
    memset(p->descriptors, 0xff, sizeof p->descriptors);
    for (uint32_t i = 0; i < p->d->list.n; i++) {
        const struct diag *d = p->d->list.at[i];
        (section_of(d) == RESULTS ? p->rules : p->descriptors)[d->id] = 0;
    }
}

/* --- the run --- */

static void add_related(struct sarif *p, const struct diag *d)
{
    uint32_t id = 0;
    for (uint32_t i = 0; i < d->notes.n; i++) {
        const struct diag_note *note = &d->notes.at[i];
        if (!is_in_file(note->span))
            continue;
        if (id == 0)
            json_open(&p->w, "relatedLocations", "[");
        json_open(&p->w, NULL, "{");
        json_int(&p->w, "id", ++id);
        add_text(p, "message", plain(p, note->message));
        add_place(p, note->span);
        json_close(&p->w, "}");
    }
    if (id > 0)
        json_close(&p->w, "]");
}

static void add_result(struct sarif *p, const struct diag *d)
{
    json_open(&p->w, NULL, "{");
    json_str(&p->w, "ruleId", str_from(diag_name(d->id)));
    json_int(&p->w, "ruleIndex", p->rules[d->id]);
    json_str(&p->w, "level", str_from(diag_word(d)));
    add_text(p, "message", message_of(p, d, true));
    json_open(&p->w, "locations", "[{");
    add_place(p, place_of(d));
    json_close(&p->w, "}]");
    add_related(p, d);
    json_close(&p->w, "}");
}

static void add_notification(struct sarif *p, const struct diag *d)
{
    json_open(&p->w, NULL, "{");
    json_open(&p->w, "descriptor", "{");
    json_str(&p->w, "id", str_from(diag_name(d->id)));
    json_int(&p->w, "index", p->descriptors[d->id]);
    json_close(&p->w, "}");
    json_str(&p->w, "level", str_from(diag_word(d)));
    add_text(p, "message", message_of(p, d, false));
    json_close(&p->w, "}");
}

/* The diagnostics of a section, one a line. */
static void add_section(struct sarif *p, const char *key, enum section section)
{
    json_open(&p->w, key, "[");
    for (uint32_t i = 0; i < p->d->list.n; i++) {
        const struct diag *d = p->d->list.at[i];
        if (section_of(d) != section)
            continue;
        json_line(&p->w, section == RESULTS ? 3 : 4);
        if (section == RESULTS)
            add_result(p, d);
        else
            add_notification(p, d);
    }
    json_close(&p->w, "]");
}

/* Mistakes in a template are what was looked for; the run itself failed when
 * something else went wrong. */
static bool succeeded(const struct diags *d)
{
    for (uint32_t i = 0; i < d->list.n; i++) {
        const struct diag *diag = d->list.at[i];
        if (diag->severity == SEVERITY_FAILURE ||
            (diag->severity == SEVERITY_ERROR && section_of(diag) != RESULTS))
            return false;
    }
    return true;
}

static void add_tool(struct sarif *p, struct str version)
{
    json_open(&p->w, "tool", "{");
    json_open(&p->w, "driver", "{");
    json_str(&p->w, "name", STR("stagepp"));
    json_str(&p->w, "version", version);
    json_str(&p->w, "semanticVersion", version);
    add_rules(p, "rules", p->rules);
    add_rules(p, "notifications", p->descriptors);
    json_close(&p->w, "}}");
}

static void add_root(struct sarif *p)
{
    json_open(&p->w, "originalUriBaseIds", "{");
    json_open(&p->w, ROOT, "{");
    add_text(p, "description", STR("The working directory of stagepp."));
    json_close(&p->w, "}}");
}

static void add_invocation(struct sarif *p)
{
    json_open(&p->w, "invocations", "[{");
    json_bool(&p->w, "executionSuccessful", succeeded(p->d));
    json_line(&p->w, 3);
    add_section(p, "toolConfigurationNotifications", CONFIGURATION);
    json_line(&p->w, 3);
    add_section(p, "toolExecutionNotifications", EXECUTION);
    json_close(&p->w, "}]");
}

static void add_run(struct sarif *p, struct str version)
{
    json_open(&p->w, NULL, "{");
    json_line(&p->w, 2);
    add_tool(p, version);
    json_line(&p->w, 2);
    json_str(&p->w, "columnKind", STR("unicodeCodePoints"));
    json_line(&p->w, 2);
    add_root(p);
    json_line(&p->w, 2);
    add_invocation(p);
    json_line(&p->w, 2);
    add_section(p, "results", RESULTS);
    json_close(&p->w, "}");
}

void diag_sarif_print(struct buf *out, struct diags *d, const char *version)
{
    struct sarif p = {.w = {.out = out}, .out = out, .d = d};
    mark_used(&p);
    json_open(&p.w, NULL, "{");
    json_str(&p.w, "$schema", STR(SCHEMA));
    json_line(&p.w, 1);
    json_str(&p.w, "version", STR("2.1.0"));
    json_line(&p.w, 1);
    json_open(&p.w, "runs", "[");
    add_run(&p, str_from(version));
    json_close(&p.w, "]}\n");
}
