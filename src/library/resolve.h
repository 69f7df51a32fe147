/* SPDX-License-Identifier: MIT */
/* A path in a template into the text of a file: where it is looked for, and
 * what is said if it cannot be had. */
#ifndef STAGEPP_LIBRARY_RESOLVE_H
#define STAGEPP_LIBRARY_RESOLVE_H

#include "library/confine.h"
#include "library/sources.h"
#include "source/diag.h"

/* Instead of the file system: 0 and the bytes, 1 no such file, 2 cannot be
 * read. The bytes are copied. */
typedef int resolve_loader(void *ctx, const char *path, const char **bytes,
                           size_t *len);

struct resolver {
    struct arena *arena; /* of the sources */
    struct diags *diags;
    resolve_loader *load; /* NULL: the file system */
    void *load_ctx;
    struct confine confine;    /* --root, and where to look: -I */
    struct sources *sources;   /* what was read */
    struct source **compiled;  /* by index of stdmacros */
    bool new_loader, new_root; /* since files were last looked for */
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

void resolve_init(struct resolver *r, struct sources *sources,
                  struct diags *diags);
/* The end of the -I list grows by dir (copied). */
void resolve_add_dir(struct resolver *r, struct str dir);
/* A new run begins: what was read for other runs is known, unless the loader or
 * the root are new. */
void resolve_begin(struct resolver *r);
/* Reads files with load from now on; NULL: from the file system. What was read
 * before belongs to the results of the last run. */
void resolve_set_loader(struct resolver *r, resolve_loader *load, void *ctx);
/* Confines reading to dir and the -I directories; ptr NULL ends that. False
 * when dir is not a directory. */
bool resolve_set_root(struct resolver *r, struct str dir);
/* Closes what is open. */
void resolve_end(struct resolver *r);
/* Reads path as given: the template, --data. NULL after an error (reported,
 * and a failure when it is missing). */
struct source *resolve_open(struct resolver *r, struct str path,
                            struct span at);
/* Searches and reads; *out is set when found. What is not found is reported
 * unless the request says otherwise. */
enum resolve_status resolve_read(struct resolver *r,
                                 const struct resolve_request *q,
                                 struct source **out);

#endif
