/* SPDX-License-Identifier: MIT */
/* A template with everything that it names literally: its includes, the
 * libraries that it imports, and theirs. All of it is parsed and linked before
 * anything is expanded; only a computed @include can add to it later. */
#ifndef STAGEPP_LIBRARY_PROGRAM_H
#define STAGEPP_LIBRARY_PROGRAM_H

#include "lang/judge.h"
#include "library/loader.h"

/* What is known of a file of the program. */
struct linked {
    bool reached;
    bool walked;          /* circles through it were looked for */
    bool open;            /* it is on the chain of imports being walked */
    bool library_checked; /* for text, which no library may hold … */
    bool good;            /* … and the verdict */
};

struct program {
    struct arena *arena; /* lives as long as the run's results */
    struct loader *loader;
    struct judge *judge;
    const struct file *root;
    bool broken;   /* a file has syntax errors */
    bool tangled;  /* … and it is not known what belongs to which block */
    bool circular; /* libraries import each other: nothing can be judged */
    VEC(struct file *) files;  /* all that were reached, root first */
    VEC(struct linked) linked; /* by source->order */
    struct judged names;       /* whose names were judged */
};

/* Parses root, follows its imports and literal includes all the way, and sets
 * their targets. What cannot be found, or has another version, has none; that
 * is reported when it is reached. False after syntax errors, circular imports
 * and libraries with text in them (reported). */
bool program_link(struct program *p, struct source *root);
/* Links the types that file names. */
void program_link_types(struct program *p, struct file *file);
/* Reports what the root holds that no library may. */
void program_check_library(struct program *p);
/* True if the root holds what a library may, and nothing else. */
bool program_only_defines(const struct program *p);
/* True if text is a name, perhaps of a library, that stands in a line with a
 * syntax error: what it is cannot be said. */
bool program_doubts(const struct program *p, struct str text);
/* True if there is a syntax error in the line of loc. */
bool program_is_broken(const struct program *p, const struct source *source,
                       struct loc loc);
/* False if its run would not end, since something is made of itself, or would
 * find mistakes that nobody made. */
bool program_can_run(const struct program *p);
/* Judges the names of all of it; false if anything was reported. */
bool program_judge(struct program *p);
/* Reports libraries of a wrong version, where there will be no run that reaches
 * their imports. */
void program_refuse_versions(struct program *p);
/* True if the program imports it. */
bool program_is_library(const struct program *p, const struct source *source);
/* The tree of a source of the program. */
const struct file *program_file(const struct program *p,
                                const struct source *source);
/* Reports that an @import in `from`, which has no target, was reached: nothing
 * is there, or it has another version than is wanted. */
void program_missing_import(struct program *p, struct source *from,
                            const struct node_import *n,
                            const struct trace *chain);
/* The file of an @include or @sinclude whose path was computed, or was not
 * found before: searched, parsed, linked and judged now. NULL: *status says
 * whether it is missing (reported unless @sinclude) or failed (reported). */
const struct file *program_late_include(struct program *p, struct source *from,
                                        const struct node_include *n,
                                        struct str path,
                                        const struct trace *chain,
                                        enum resolve_status *status);

#endif
