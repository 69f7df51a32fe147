/* SPDX-License-Identifier: MIT */
#include "base/yaml_words.h"

#include <string.h>

static const char in_map[] = "in the map that begins here";
static const char in_list[] = "in the list that begins here";
static const char unclosed[] = "the quotes of this string are not closed";
static const char no_tabs[] = "YAML is not indented by tabs";

static const struct yaml_words all[] = {
    {"could not find expected ':'", "':' and a blank are missing after this",
     true, NULL},
    {"mapping values are not allowed in this context",
     "':' is not allowed here: text with ': ' in it goes in quotes, and "
     "the keys of a map are indented alike",
     false, NULL},
    {"block sequence entries are not allowed in this context",
     "'- ' is not allowed here; the first item begins a line, and text with it "
     "goes in quotes",
     false, NULL},
    {"mapping keys are not allowed in this context",
     "'? ' is not allowed here; text that begins with it goes in quotes", false,
     NULL},
    {"did not find expected alphabetic or numeric character",
     "text that begins with '*' or '&' goes in quotes", true, NULL},
    {"found unexpected end of stream", unclosed, true, NULL},
    {"found unexpected document indicator", unclosed, true, NULL},
    {"found unknown escape character",
     "YAML has no such escape; a backslash itself is written as \\\\, or "
     "in single quotes",
     false, NULL},
    {"found invalid Unicode character escape code",
     "this escape is not a character (nor is half of a surrogate pair); "
     "write the character itself",
     false, NULL},
    {"did not find expected hexdecimal number",
     "the escape needs more hexadecimal digits", false, NULL},
    {"found a tab character where an indentation space is expected", no_tabs,
     false, NULL},
    {"found a tab character that violates indentation", no_tabs, false, NULL},
    {"did not find expected key",
     "expected a key that is indented as those before it", false, in_map},
    {"did not find expected '-' indicator",
     "expected '- ' that is indented as those before it", false, in_list},
    {"did not find expected ',' or ']'", "expected ',' or ']'", false, in_list},
    {"did not find expected ',' or '}'", "expected ',' or '}'", false, in_map},
    {"did not find expected node content", "expected a value", false, NULL},
    {"did not find expected <document start>",
     "expected '---' after the directives", false, NULL},
    {"did not find expected comment or line break",
     "expected a comment or the end of the line", false, NULL},
    {"found duplicate %YAML directive", "a second %YAML", false, NULL},
    {"found unknown directive name", "there is no directive but %YAML", true,
     NULL},
    {"found undefined tag handle",
     "there are no tags but those of the core schema", false, NULL},
    {"found incompatible YAML document", "only YAML 1.1 and 1.2 are read",
     false, NULL},
};

const struct yaml_words *yaml_words(const char *problem)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(problem, all[i].problem) == 0)
            return &all[i];
    return NULL;
}
