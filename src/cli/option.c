/* SPDX-License-Identifier: MIT */
/* In: the list of options; out: which option a word means, the text of --help
 * and the section OPTIONS of the man page. One table feeds all three, so they
 * cannot differ. */
#include "cli/option.h"

#include <stagepp.h>
#include <string.h>

#define HELP_INDENT 26
#define HELP_WIDTH 79
#define USAGE_SIZE 64 /* holds each option with its argument */

static const struct option table[] = {
#define X(id, group, short_name, long_name, kind, argument, help) \
    {OPTION_##id,     GROUP_##group, short_name, long_name,       \
     ARGUMENT_##kind, argument,      help},
#include "cli/option_list.h"
#undef X
};

static const char *const group_titles[GROUP_COUNT] = {
    [GROUP_FILES] = "Files",
    [GROUP_PARAMETERS] = "Parameters",
    [GROUP_DEPENDENCIES] = "Dependencies, as gcc writes them",
    [GROUP_MODES] = "Other things to do",
    [GROUP_DIAGNOSTICS] = "Diagnostics",
};

/* --- finding --- */

/* Length of the name of o when word (without its "-") can mean it; else 0. */
static size_t match_short(const struct option *o, const char *word)
{
    size_t len = o->short_name ? strlen(o->short_name) : 0;
    if (len == 0 || strncmp(word, o->short_name, len) != 0)
        return 0;
    bool takes = o->kind == ARGUMENT_NEEDED || o->kind == ARGUMENT_JOINED;
    return takes || word[len] == '\0' ? len : 0;
}

const struct option *option_short(const char *word, const char **joined)
{
    const struct option *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        size_t len = match_short(&table[i], word + 1);
        if (len > longest) {
            longest = len;
            best = &table[i];
        }
    }
    *joined = word[1 + longest] ? word + 1 + longest : NULL;
    return best;
}

const struct option *option_long(const char *word, const char **joined)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    *joined = name[len] == '=' ? name + len + 1 : NULL;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const char *l = table[i].long_name;
        if (l && strlen(l) == len && memcmp(l, name, len) == 0)
            return &table[i];
    }
    return NULL;
}

const char *option_name(const struct option *o, char buf[OPTION_NAME_SIZE])
{
    if (o->long_name)
        snprintf(buf, OPTION_NAME_SIZE, "--%s", o->long_name);
    else
        snprintf(buf, OPTION_NAME_SIZE, "-%s", o->short_name);
    return buf;
}

bool option_takes(const struct option *o, const char *value)
{
    size_t len = strlen(value);
    const char *words = o->argument;
    if (words[0] < 'a' || words[0] > 'z')
        return true;
    for (const char *at = words; (at = strstr(at, value)); at++)
        if ((at == words || at[-1] == '|') && strchr("|", at[len]))
            return true;
    return false;
}

/* True if name is what a word says, without its dashes and its argument. */
static bool is_word(const char *name, const char *word)
{
    const char *start = word + strspn(word, "-");
    size_t len = strcspn(start, "=");
    return name && strlen(name) == len && memcmp(name, start, len) == 0;
}

const char *option_synonym(const char *word)
{
    static const struct {
        const char *word, *write;
    } synonyms[] = {
#define X(word, write) {word, write},
#include "cli/synonym_list.h"
#undef X
    };
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (is_word(synonyms[i].word, word))
            return synonyms[i].write;
    return NULL;
}

bool option_lacks_dash(const char *word)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (is_word(table[i].long_name, word))
            return true;
    return false;
}

const char *option_nearest(const char *word, char buf[OPTION_NAME_SIZE])
{
    static const char *const names[] = {
#define X(id, group, short_name, long_name, kind, argument, help) \
    long_name, short_name,
#include "cli/option_list.h"
#undef X
    };
    const char *start = word + strspn(word, "-");
    char name[OPTION_NAME_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(start, "="), start);
    /* One edit of one letter is a guess, not a likeness. */
    size_t i = strlen(name) < 2
                   ? 2 * OPTION_COUNT
                   : stagepp_nearest(name, names, 2 * OPTION_COUNT);
    if (i == 2 * OPTION_COUNT)
        return NULL;
    snprintf(buf, OPTION_NAME_SIZE, "%s%s", i % 2 ? "-" : "--", names[i]);
    return buf;
}

/* --- texts --- */

/* "-o FILE", "-h, --help[=man]" */
static void usage_of(const struct option *o, char *buf, size_t size)
{
    bool equals = o->kind == ARGUMENT_EQUALS;
    bool both = o->short_name && o->long_name;
    snprintf(buf, size, "%s%s%s%s%s%s%s%s", o->short_name ? "-" : "",
             o->short_name ? o->short_name : "", both ? ", " : "",
             o->long_name ? "--" : "", o->long_name ? o->long_name : "",
             equals                       ? "[="
             : o->kind == ARGUMENT_NEEDED ? " "
                                          : "",
             o->argument ? o->argument : "", equals ? "]" : "");
}

/* Prints text in lines of HELP_WIDTH; the first begins at HELP_INDENT. */
static void print_wrapped(FILE *out, const char *text)
{
    size_t column = HELP_INDENT;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (column > HELP_INDENT && column + 1 + len > HELP_WIDTH) {
            fprintf(out, "\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        } else if (column > HELP_INDENT) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, len, out);
        column += len;
        text += len + (text[len] == ' ');
    }
    fputc('\n', out);
}

static void print_option_help(FILE *out, const struct option *o)
{
    char usage[USAGE_SIZE];
    usage_of(o, usage, sizeof usage);
    fprintf(out, "  %s", usage);
    int used = 2 + (int)strlen(usage);
    if (used + 2 > HELP_INDENT) {
        fputc('\n', out);
        used = 0;
    }
    fprintf(out, "%*s", HELP_INDENT - used, "");
    print_wrapped(out, o->help);
}

void option_print_help(FILE *out)
{
    fputs("Usage: stagepp [OPTION]... TEMPLATE\n"
          "Expands TEMPLATE ('-' is standard input) into plain Dockerfiles.\n",
          out);
    int group = -1;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((int)table[i].group != group) {
            group = (int)table[i].group;
            fprintf(out, "\n%s:\n", group_titles[group]);
        }
        print_option_help(out, &table[i]);
    }
    fputs("\nExit status: 0 fine; 1 errors in the input, or --check found a "
          "difference;\n2 wrong usage, or a file that cannot be read or "
          "written.\n",
          out);
}

/* Text with roff's special characters quoted. */
static void put_roff(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '\'')
            fputs("\\(aq", out);
        else
            fputc(*text, out);
    }
}

/* Options in bold, arguments in italics. */
static void put_roff_usage(FILE *out, const struct option *o)
{
    if (o->short_name) {
        fputs("\\fB\\-", out);
        put_roff(out, o->short_name);
        fputs("\\fR", out);
    }
    if (o->short_name && o->long_name)
        fputs(", ", out);
    if (o->long_name) {
        fputs("\\fB\\-\\-", out);
        put_roff(out, o->long_name);
        fputs("\\fR", out);
    }
    if (!o->argument)
        return;
    fputs(o->kind == ARGUMENT_EQUALS   ? "[="
          : o->kind == ARGUMENT_NEEDED ? " "
                                       : "",
          out);
    fputs("\\fI", out);
    put_roff(out, o->argument);
    fputs(o->kind == ARGUMENT_EQUALS ? "\\fR]" : "\\fR", out);
}

void option_print_man(FILE *out)
{
    int group = -1;
    fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((int)table[i].group != group) {
            group = (int)table[i].group;
            fprintf(out, ".SS %s\n", group_titles[group]);
        }
        fputs(".TP\n", out);
        put_roff_usage(out, &table[i]);
        fputc('\n', out);
        put_roff(out, table[i].help);
        fputc('\n', out);
    }
}
