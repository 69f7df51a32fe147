/* SPDX-License-Identifier: MIT */
/* A path in a template into the text of a file. Each file is read once a
 * session, whatever for and however it is spelled, and gets one struct source.
 * All sources of a session are registered here, so that their order numbers
 * are indices. */
#ifndef STAGEPP_LIBRARY_RESOLVE_H
#define STAGEPP_LIBRARY_RESOLVE_H

#include "base/map.h"
#include "base/vec.h"
#include "library/confine.h"
#include "source/diag.h"

/* Instead of the file system: 0 and the bytes, 1 no such file, 2 cannot be
 * read. The bytes are copied. */
typedef int resolve_loader(void *ctx, const char *path, const char **bytes,
                           size_t *len);

struct resolve_entry {
    struct source *source;
    struct str real_dir; /* ptr NULL until it is needed */
    uint32_t run;        /* the last run that used it */
};

struct resolver {
    struct arena *arena; /* lives as long as the sources */
    struct diags *diags;
    resolve_loader *load; /* NULL: the file system */
    void *load_ctx;
    struct confine confine;            /* --root, and where to look: -I */
    VEC(struct resolve_entry) entries; /* by source->order */
    struct map paths;                  /* spellings that were read */
    VEC(struct source *) path_sources; /* beside paths */
    struct map ids;                    /* identities of files that were read */
    uint32_t first;            /* entry that this loader can have read */
    struct source **compiled;  /* by index of stdmacros */
    struct source *buffer;     /* see resolve_buffer */
    VEC(struct source *) used; /* of this run, in order of first use */
    uint32_t run;
};

enum resolve_status {
    RESOLVE_FOUND,
    RESOLVE_MISSING, /* no candidate exists */
    RESOLVE_FAILED   /* one exists but cannot be had, or the path is bad */
};

struct resolve_request {
    struct source *from; /* the file that asks; NULL: the working directory */
    struct str path;
    bool library;  /* @import: "x/y.spp" too */
    bool optional; /* @sinclude: a missing file is not reported */
    bool quiet;    /* nothing is reported */
    struct span at;
    const struct trace *chain;
};

void resolve_init(struct resolver *r, struct arena *arena, struct diags *diags);
/* The end of the -I list grows by dir (copied). */
void resolve_add_dir(struct resolver *r, struct str dir);
/* Reads files with load from now on; NULL: from the file system. What was read
 * before is not known any more. */
void resolve_set_loader(struct resolver *r, resolve_loader *load, void *ctx);
/* Confines reading to dir and the -I directories; ptr NULL ends that. False
 * when dir is not a directory. */
bool resolve_set_root(struct resolver *r, struct str dir);
/* Closes what is open. */
void resolve_end(struct resolver *r);
/* A new expansion begins: r->used is emptied, what was read stays. */
void resolve_begin(struct resolver *r);
/* Registers a source that is not looked up: -D, the text of --data. */
struct source *resolve_add(struct resolver *r, enum source_kind kind,
                           struct str name, struct str text);
/* The source for bytes that are not in a file, such as standard input. There is
 * one, which each run fills anew: name and text live as long as the run. */
struct source *resolve_buffer(struct resolver *r, struct arena *run,
                              struct str name, struct str text);
/* Reads path as given: the template, --data. NULL after an error (reported,
 * and a failure when it is missing). */
struct source *resolve_open(struct resolver *r, struct str path,
                            struct span at);
/* Searches and reads; *out is set when found. What is not found is reported
 * unless the request says otherwise. */
enum resolve_status resolve_read(struct resolver *r,
                                 const struct resolve_request *q,
                                 struct source **out);
/* Notes that the run uses source (its text was had without resolve_read), and
 * as what: in each run a source has the name that the run met first. */
void resolve_use(struct resolver *r, struct source *source, struct str name);

#endif
