/* SPDX-License-Identifier: MIT */
/* All sources of a session. Each file is read once, whatever for and however it
 * is spelled, and gets one struct source. Their order numbers are indices. */
#ifndef STAGEPP_LIBRARY_SOURCES_H
#define STAGEPP_LIBRARY_SOURCES_H

#include "base/map.h"
#include "base/vec.h"
#include "source/source.h"

struct sources_entry {
    struct source *source;
    struct str real_dir; /* ptr NULL until it is needed */
    uint32_t run;        /* the last run that used it */
};

struct sources {
    struct arena *arena;               /* lives as long as the session */
    VEC(struct sources_entry) entries; /* by source->order */
    bool virtual_files; /* a loader gives them: a name is only a text */
    struct map paths;   /* spellings that were read */
    VEC(struct source *) path_sources; /* beside paths */
    struct map ids;                    /* identities of files that were read */
    uint32_t first;        /* of the entries that can be found again: those
                            * before it belong to another loader */
    struct source *buffer; /* see sources_buffer */
    /* Of this run: */
    uint32_t run;
    VEC(struct source *) used; /* in order of first use */
};

void sources_init(struct sources *s, struct arena *arena);
/* A new run begins: s->used is emptied, what was read stays. */
void sources_begin(struct sources *s);
/* Registers a source that is not a file: -D, the text of a parameter, the
 * compiled-in library. */
struct source *sources_add(struct sources *s, enum source_kind kind,
                           struct str name, struct str text);
/* The source for bytes that are expanded. There is one, which each run fills
 * again: name and text live as long as the run, which uses it. */
struct source *sources_buffer(struct sources *s, struct arena *run,
                              struct str name, struct str text);
/* Notes that the run uses source, and as what: in each run a source has the
 * name that the run met first. */
void sources_use(struct sources *s, struct source *source, struct str name);
/* The run has used only the first n of s->used. */
void sources_unuse(struct sources *s, uint32_t n);
/* The file that was read as *name before; NULL if none was. *name becomes a
 * string that lives as long as the session. */
struct source *sources_find(const struct sources *s, struct str *name);
/* Enters what was read as *name, in the same way; id NULL if it came from a
 * loader. The file may be known under another name. */
struct source *sources_enter(struct sources *s, struct str *name,
                             struct str bytes, const struct file_id *id);
/* Every path is looked up again; a file that is found again stays the same. */
void sources_forget_paths(struct sources *s);
/* Every file is read again, and becomes a source of its own. */
void sources_forget_files(struct sources *s, bool virtual_files);

#endif
