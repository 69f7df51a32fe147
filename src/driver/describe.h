/* SPDX-License-Identifier: MIT */
/* What templates and libraries offer, put together for those who ask:
 * describe.c collects it, describe_doc.c reads the comments, the others print
 * it. Texts are as they were written, each in one line but for documentation.
 */
#ifndef STAGEPP_DRIVER_DESCRIBE_H
#define STAGEPP_DRIVER_DESCRIBE_H

#include "base/vec.h"
#include "driver/session.h"

/* A @param, or a parameter of a macro. */
struct described_param {
    struct str name;
    struct str type;    /* ptr NULL: none is written, and none is shown */
    struct str words;   /* what the type is, if its text does not say so */
    struct value items; /* a list: all that it can be; VALUE_BAD: not known */
    bool required;
    struct str value;   /* the default; ptr NULL: none */
    struct str choices; /* after the `in` of @param; ptr NULL: none */
    struct str doc;
    enum rest rest;
    struct span at;
};

typedef VEC(struct described_param) described_params;

struct described_type {
    struct str name;
    struct str type; /* the right side */
    struct str doc;
    struct span at;
};

/* A @let of a library. */
struct described_variable {
    struct str name;
    struct str type;  /* ptr NULL: none is written */
    struct str value; /* as it was written */
    struct str doc;
    struct span at;
};

struct described_macro {
    struct str name;
    struct str signature;
    bool is_function;
    struct str deprecated; /* ptr NULL: it is not */
    struct str doc;        /* without what it says of parameters */
    described_params params;
    described_params blocks; /* those of type block: places for text */
    struct span at;
};

struct described_library {
    struct str path, alias;   /* as @import has it: "std/go", "go" */
    struct str name, version; /* of its @library; ptr NULL: none */
    struct str doc;
    struct source *source;
    VEC(struct described_type) types;
    VEC(struct described_variable) variables;
    VEC(struct described_macro) macros;
};

typedef VEC(struct described_library) described_libraries;

/* --- comments --- */

struct describe_line {
    struct str text;
    struct str names; /* "a, b": the parameters that it is about; or "" */
};

/* The lines of a comment without "@#" and one blank; a licence tag is for
 * programs. */
struct describe_doc {
    const struct describe_line *lines;
    uint32_t n;
};

/* about: the signature whose parameters the comment explains; NULL: it is text.
 */
struct describe_doc describe_doc_read(struct arena *a, struct str doc,
                                      const struct names *names,
                                      const struct signature *about);
/* What it says of a parameter; of the whole, if name is "". "": nothing. */
struct str describe_doc_of(struct arena *a, const struct describe_doc *doc,
                           struct str name);

/* --- texts --- */

/* Markdown: with marks of headings, lists and code. */
void describe_print_params(struct buf *out, const described_params *params,
                           bool markdown);
void describe_print_libraries(struct buf *out, const described_libraries *list,
                              bool markdown);
void describe_json_params(struct buf *out, const described_params *params);
void describe_json_libraries(struct buf *out, const described_libraries *list);

#endif
