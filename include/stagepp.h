/* SPDX-License-Identifier: MIT */
/*
 * stagepp.h: the stagepp library.
 *
 * A session is one user of the library: it holds options (where to look for
 * files, values of parameters, limits), every file it has read and parsed, and
 * the result of its last expansion. Make one, set it up, expand a template,
 * read the results, and either expand again or free it. A session never looks
 * at the environment, the clock or the network, never prints and never ends
 * the process. Two sessions share nothing: use them in two threads if you
 * like, but one session only in one thread at a time.
 *
 * Strings that you pass are copied. Strings that you get belong to the session
 * and live until its next expansion or its end, whichever comes first, unless
 * a function says otherwise. Bytes come with their length, because templates
 * and Dockerfiles may hold any byte; they are NUL-terminated as well.
 */
#ifndef STAGEPP_H
#define STAGEPP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header; stagepp_version() gives the library's. */
#define STAGEPP_VERSION_MAJOR 0
#define STAGEPP_VERSION_MINOR 1
#define STAGEPP_VERSION_PATCH 0

#if defined(STAGEPP_BUILDING) && defined(__GNUC__)
#define STAGEPP_API __attribute__((visibility("default")))
#else
#define STAGEPP_API
#endif

typedef struct stagepp_session stagepp_session;

/*
 * How a call ended. The values are the exit statuses of the stagepp command;
 * the diagnostics say what happened.
 */
typedef enum stagepp_status {
    STAGEPP_OK = 0,      /* fine; there may be warnings */
    STAGEPP_DIFFERS = 1, /* a mistake in the input, or a check that failed */
    STAGEPP_FAILED = 2   /* wrong use, or a file that cannot be read/written */
} stagepp_status;

/* "0.1.0"; static. */
STAGEPP_API const char *stagepp_version(void);

/* For "did you mean": the index of the one of n words (NULLs are passed over)
 * that `word` may be a misspelling of; n if all of them are too different. */
STAGEPP_API size_t stagepp_nearest(const char *word, const char *const *words,
                                   size_t n);

/* A new session; NULL when there is no memory for it. */
STAGEPP_API stagepp_session *stagepp_new(void);

/* Frees a session and everything that came from it; NULL is fine. */
STAGEPP_API void stagepp_free(stagepp_session *s);

/*
 * Setting up. Each of these returns STAGEPP_OK, or another status (mostly
 * STAGEPP_FAILED) and a diagnostic. They may be called before any expansion,
 * and between two.
 */

/* Adds a directory to search for includes, imports and data; in order. */
STAGEPP_API stagepp_status stagepp_add_include_dir(stagepp_session *s,
                                                   const char *dir);

/* Confines reading to dir and the include directories; NULL: no confinement. */
STAGEPP_API stagepp_status stagepp_set_root(stagepp_session *s,
                                            const char *dir);

/*
 * Gives the template's `@param name` a value, as -D does: text that is
 * converted to the declared type of the parameter, else to that of its default.
 * A NULL value means true, for a parameter that takes a bool. Setting a name
 * again replaces it. Whether the value is of that type is judged by each
 * expansion.
 */
STAGEPP_API stagepp_status stagepp_set_param(stagepp_session *s,
                                             const char *name,
                                             const char *value);

/* Gives it a value from JSON text, which must be of the declared type; nothing
 * is converted, but for a string where the type is a version. `origin` names it
 * in diagnostics. */
STAGEPP_API stagepp_status stagepp_set_param_json(stagepp_session *s,
                                                  const char *name,
                                                  const char *origin,
                                                  const char *json, size_t len);

/* The same from a JSON file, or YAML if its name ends in .yaml or .yml. It
 * becomes a dependency. */
STAGEPP_API stagepp_status stagepp_set_param_file(stagepp_session *s,
                                                  const char *name,
                                                  const char *path);

/* Forgets all parameter values, for the next variant. */
STAGEPP_API void stagepp_clear_params(stagepp_session *s);

/* Sets a limit by its name ("depth", "steps", …; see the language reference).
 */
STAGEPP_API stagepp_status stagepp_set_limit(stagepp_session *s,
                                             const char *name, uint64_t value);

/* A warning option as after -W: "error", "no-unknown-macro", "error=NAME". */
STAGEPP_API stagepp_status stagepp_set_warning(stagepp_session *s,
                                               const char *option);

/*
 * Where files come from, if not from the file system. The loader is asked for
 * each path that the search order tries (joined, with "." and ".." worked in
 * as text: "dir/inner.in" for "./inner.in" in dir/t.in), and answers 0 with
 * bytes and length set (they must stay valid until the loader is called again;
 * the session copies them), 1 when there is no such file, 2 when it cannot be
 * read. The compiled-in standard library does not go through it. After
 * stagepp_set_loader, the next expansion asks for each file again; parameters
 * that were read from files stay as they are.
 */
typedef int (*stagepp_loader)(void *context, const char *path,
                              const char **bytes, size_t *len);
STAGEPP_API void stagepp_set_loader(stagepp_session *s, stagepp_loader loader,
                                    void *context);

/* Called for each macro call and include as it happens, with one line of text
 * (indented by depth, without line end). NULL: nobody. */
typedef void (*stagepp_tracer)(void *context, const char *line);
STAGEPP_API void stagepp_set_tracer(stagepp_session *s, stagepp_tracer tracer,
                                    void *context);

/*
 * With `on` other than 0, each expansion records where the bytes of its outputs
 * come from, for stagepp_explain and stagepp_source_map. Without, these expand
 * the template a second time, which is the better choice if they are rarely
 * called.
 */
STAGEPP_API void stagepp_set_recording(stagepp_session *s, int on);

/*
 * Expanding. The result of the expansion before is gone; files that were
 * parsed before are not read again. STAGEPP_OK: outputs and dependencies can
 * be read. Otherwise there are no outputs, but diagnostics.
 */
STAGEPP_API stagepp_status stagepp_expand_file(stagepp_session *s,
                                               const char *path);

/* Expands len bytes; `name` stands for the file in diagnostics, and the files
 * it includes are looked for beside it ("-" and names without a directory: in
 * the working directory). The bytes must live as long as the results. */
STAGEPP_API stagepp_status stagepp_expand_buffer(stagepp_session *s,
                                                 const char *name,
                                                 const char *bytes, size_t len);

/*
 * Results. The main output, if there is one, comes first and has the name "";
 * the others are the template's @file blocks, in order, with their paths
 * relative to the output directory.
 */
typedef struct stagepp_output {
    const char *name;
    const char *bytes;
    size_t len;
    int mode; /* permission bits that @file gives the file, else -1 */
} stagepp_output;
STAGEPP_API size_t stagepp_output_count(const stagepp_session *s);
STAGEPP_API stagepp_output stagepp_get_output(const stagepp_session *s,
                                              size_t i);

/* Files that were read, in order and each once, as their names were given.
 * Compiled-in libraries and buffers are not among them. They are known after
 * a failed expansion too. */
STAGEPP_API size_t stagepp_dep_count(const stagepp_session *s);
STAGEPP_API const char *stagepp_get_dep(const stagepp_session *s, size_t i);

/*
 * Where the results go. Paths of @file outputs are below out_dir (NULL: the
 * working directory), which is made as needed; main_path receives the main
 * output (NULL: it is not written). `only` is a glob that @file paths (and
 * main_path) must match, or NULL; a run that expands a template leaves out all
 * other @file blocks, and its results lack them. Three more files are made from
 * the outputs and written with them if they have a path: a rule for make (see
 * stagepp_depfile), a docker-bake.json (stagepp_bake) and a source map
 * (stagepp_source_map).
 */
typedef struct stagepp_bake_options {
    const char *context;     /* of the builds: a pattern; NULL: "." */
    const char *const *tags; /* patterns, the last followed by NULL; or NULL */
    const char *const *args; /* "NAME=VALUE", in the same way; each is given to
                              * the targets that declare NAME */
} stagepp_bake_options;
typedef struct stagepp_target {
    const char *main_path;
    const char *out_dir;
    const char *only;
    const char *rule_path;    /* "-": standard output, see stagepp_run */
    const char *rule_targets; /* as they are written ("a b", already quoted);
                               * NULL: the quoted paths of the outputs */
    int rule_phony;           /* an empty rule for each file but the template */
    const char *bake_path;
    stagepp_bake_options bake;
    const char *map_path;
} stagepp_target;

/* Which outputs are checked as Dockerfiles, see stagepp_lint. */
typedef enum stagepp_lint_choice {
    STAGEPP_LINT_AUTO,
    STAGEPP_LINT_ALL,
    STAGEPP_LINT_NONE
} stagepp_lint_choice;

/*
 * A whole run in one call. A job says what is read, what for, and where the
 * results go. The stages follow in a fixed order, up to the last one that the
 * goal needs: read the template, parse it, link what it includes, judge its
 * names, expand it, compare with a lock, check the outputs, write them. After
 * mistakes a stage is left out if it could not find more. Most functions below
 * are a run with one goal that goes on from the last expansion; they say more
 * about it.
 */
typedef enum stagepp_goal {
    /* The stages alone. */
    STAGEPP_GOAL_EXPAND, /* up to the expansion: its results can be read */
    STAGEPP_GOAL_LINT,   /* up to the check */

    /* Files. The text is what belongs on standard output. */
    STAGEPP_GOAL_WRITE,   /* the rule, if its path is "-", and the main output,
                           * if it has no path */
    STAGEPP_GOAL_CHECK,   /* a diff; nothing is written. Diagnostics name the
                           * command `about`, which writes it; or NULL */
    STAGEPP_GOAL_DEPFILE, /* only the rule is written; if it has no path, or
                           * "-", it is the text */
    STAGEPP_GOAL_LOCK,    /* the lock file at the path `about` is written */

    /* A text about the expansion. */
    STAGEPP_GOAL_LIST,
    STAGEPP_GOAL_BAKE,
    STAGEPP_GOAL_SOURCE_MAP,
    STAGEPP_GOAL_GRAPH_DOT,
    STAGEPP_GOAL_GRAPH_MERMAID,
    STAGEPP_GOAL_TARGETS, /* in a stagepp_answer_format */
    STAGEPP_GOAL_EXPLAIN, /* of the line `about` */

    /* A text about a template that is not expanded. */
    STAGEPP_GOAL_PARAMS, /* in a stagepp_answer_format */

    /* A text about no template: path is NULL. */
    STAGEPP_GOAL_MACROS, /* of the library `about`, NULL: the standard ones; in
                          * a stagepp_answer_format */
    STAGEPP_GOAL_BUILTINS,
    STAGEPP_GOAL_WHY, /* what the diagnostic called `about` means */

    /* About a file by itself: a Dockerfile, a template, a library. */
    STAGEPP_GOAL_LINT_FILE,
    STAGEPP_GOAL_INSTRUCTIONS,
    STAGEPP_GOAL_LINT_TEMPLATE, /* what does not need values of parameters */
    STAGEPP_GOAL_LINT_LIBRARY   /* what does not need a caller */
} stagepp_goal;

/* How parameters, macros and targets are told. */
typedef enum stagepp_answer_format {
    STAGEPP_ANSWER_TEXT,    /* for people, in a terminal */
    STAGEPP_ANSWER_JSON,    /* for programs, with places */
    STAGEPP_ANSWER_MARKDOWN /* for people, in a document */
} stagepp_answer_format;

typedef struct stagepp_job {
    stagepp_goal goal;
    const char *path;  /* what is read; NULL: go on from the last expansion */
    const char *bytes; /* instead of the file, as for stagepp_expand_buffer;
                        * path is the name then; or NULL */
    size_t len;
    const char *about;            /* for some goals */
    stagepp_answer_format format; /* the same */
    const char *lock; /* is compared as by stagepp_check_lock; NULL: none */
    stagepp_lint_choice checks;
    stagepp_target target;
} stagepp_job;

/* Does a job. *text is what the goal gives, "" after errors and for goals that
 * give nothing; text and len may be NULL. */
STAGEPP_API stagepp_status stagepp_run(stagepp_session *s,
                                       const stagepp_job *job,
                                       const char **text, size_t *len);

/* Writes the results, and what target wants beside them. Each file is complete
 * or untouched, and no file that was read is overwritten. A file that is there
 * keeps its mode, unless @file says another. @file outputs that would not
 * change, bytes and mode, are not touched. Whether all of it can be written is
 * checked before anything is. */
STAGEPP_API stagepp_status stagepp_write(stagepp_session *s,
                                         const stagepp_target *target);

/* Compares instead of writing: *diff is a unified diff of what stagepp_write
 * would change ("" if nothing), with the modes of a file where these differ,
 * and the status is STAGEPP_DIFFERS if so, with a diagnostic for each output at
 * the first line that differs. A main output that `only` does not
 * leave out needs a path. */
STAGEPP_API stagepp_status stagepp_check(stagepp_session *s,
                                         const stagepp_target *target,
                                         const char **diff, size_t *len);

/*
 * Checking what the results are. An output that is a Dockerfile is read as
 * BuildKit reads it: what the builder would refuse is an error, what it or we
 * advise against a warning, both as diagnostics at the place of the template
 * that the text came from. STAGEPP_LINT_AUTO takes outputs for Dockerfiles by
 * their names (Dockerfile*, Containerfile*, *.dockerfile); the main output
 * without main_path, if its first instruction is FROM or ARG. ALL takes every
 * output that target chooses.
 */
STAGEPP_API stagepp_status stagepp_lint(stagepp_session *s,
                                        const stagepp_target *target,
                                        stagepp_lint_choice choice);

/* Checks a file that is a Dockerfile as it is; nothing is expanded. The result
 * of the expansion before is gone. */
STAGEPP_API stagepp_status stagepp_lint_file(stagepp_session *s,
                                             const char *path);

/* The instructions of such a file as JSON, one a line: {"lines": [first, last],
 * "name", "flags", "args", "json", "heredocs"}, as BuildKit's parser takes
 * them. What the parser would refuse is an error; whether an instruction makes
 * sense is not asked. */
STAGEPP_API stagepp_status stagepp_instructions(stagepp_session *s,
                                                const char *path,
                                                const char **text, size_t *len);

/*
 * What the results consist of. Outputs count as Dockerfiles by their names, as
 * with stagepp_lint; the main output without main_path always does. One that
 * the builder would refuse is an error.
 */
typedef enum stagepp_graph_format {
    STAGEPP_GRAPH_DOT,    /* for Graphviz */
    STAGEPP_GRAPH_MERMAID /* as in Markdown */
} stagepp_graph_format;
/* The stages, and what each is built on and takes files from. */
STAGEPP_API stagepp_status stagepp_graph(stagepp_session *s,
                                         const stagepp_target *target,
                                         stagepp_graph_format format,
                                         const char **text, size_t *len);

/* The stages and their ARGs with descriptions; the places of JSON are lines of
 * the output. */
STAGEPP_API stagepp_status stagepp_targets(stagepp_session *s,
                                           const stagepp_target *target,
                                           stagepp_answer_format format,
                                           const char **text, size_t *len);

/*
 * A docker-bake.json that builds all of them, one target each. Wherever it
 * lies, its paths start from the directory in which bake is run: that must be
 * the one that the paths of target are relative to. In the patterns {path}
 * stands for the path of the output, {dir} for the directory it lies in (below
 * out_dir, "." if in none) and {name} for the name of its bake target; ${NAME}
 * is a variable of bake's, which has its value from the environment there.
 */
STAGEPP_API stagepp_status stagepp_bake(stagepp_session *s,
                                        const stagepp_target *target,
                                        const char **text, size_t *len);

/* The paths stagepp_write would write, one a line. */
STAGEPP_API stagepp_status stagepp_list(stagepp_session *s,
                                        const stagepp_target *target,
                                        const char **text, size_t *len);

/*
 * A dependency file for make and ninja: one rule that makes every target
 * depend on every file read, quoted as gcc does. Targets are the outputs and
 * the docker-bake.json, if target does not name others; a main output without
 * main_path is called like the template, without folder and .in.
 */
STAGEPP_API stagepp_status stagepp_depfile(stagepp_session *s,
                                           const stagepp_target *target,
                                           const char **text, size_t *len);

/* name quoted for make, as -MQ does; valid until the session ends. */
STAGEPP_API const char *stagepp_quote_make(stagepp_session *s,
                                           const char *name);

/*
 * Locks: a file that says which libraries and other included files a template
 * uses, and what is in them, so that a change of one is noticed before it is in
 * an image. An entry has the path below the include directory (else as it was
 * given), name and version of @library, the version of stagepp if it is a part
 * of that, and the SHA-256 (FIPS 180-4) of the bytes. Imported and included
 * files count, the compiled-in library among them, and data that lies in an
 * include directory.
 */

/* Writes the lock file at path (JSON) for the last expansion. What it says of
 * other files, if it is there, stays. One that cannot be read is replaced. */
STAGEPP_API stagepp_status stagepp_lock(stagepp_session *s, const char *path);

/* Compares the last expansion, which may have failed, with the lock file at
 * path: a diagnostic for each file that is not what the lock says. */
STAGEPP_API stagepp_status stagepp_check_lock(stagepp_session *s,
                                              const char *path);

/*
 * Where a line of an output came from, for people: *text has the line, the
 * places in templates that gave it, and the macro calls and includes that led
 * there. `where` is "FILE:LINE" or, if target chooses one output only, "LINE";
 * FILE is the path of an output or the end of one. The main output without a
 * main_path is called like the template, without its .in, or "-".
 */
STAGEPP_API stagepp_status stagepp_explain(stagepp_session *s,
                                           const stagepp_target *target,
                                           const char *where, const char **text,
                                           size_t *len);

/*
 * The same for programs: a source map (ECMA-426, revision 3) as JSON, of the
 * one output that target chooses. The sources have the names that diagnostics
 * show; the text of those that are no files is in the map. The name of a
 * mapping is that of the innermost macro.
 */
STAGEPP_API stagepp_status stagepp_source_map(stagepp_session *s,
                                              const stagepp_target *target,
                                              const char **text, size_t *len);

/*
 * Asking. Nothing is expanded. In JSON, "type" and "default" are texts in the
 * language of templates, "meaning" says what the type is where its text does
 * not ("a TCP port, 1 to 65535"), "values" has all values that it takes where
 * these are few and known (else null), and "file", "line" and "column" (both
 * from 1, columns in code points) are the place of the definition.
 */

/* The parameters of a template: an array of {"name", "type", "meaning",
 * "required", "default", "choices" (the text after `in`), "values",
 * "documentation", "file", "line", "column"}. */
STAGEPP_API stagepp_status stagepp_params(stagepp_session *s, const char *path,
                                          stagepp_answer_format format,
                                          const char **text, size_t *len);

/*
 * The public types, variables and macros of a library ("std/python", found as
 * @import finds it); NULL: of the whole standard library. JSON: an array of
 * libraries, {"path", "file", "name" and "version" of its @library or null,
 * "documentation", "types", "variables", "macros"}. A type is {"name", "type",
 * "documentation", place}; a variable {"name", "type" or null, "value" as it is
 * written, "documentation", place}; a macro {"name", "kind" ("macro", or
 * "function" if it gives a value), "signature" without types, "deprecated"
 * (what to use instead) or null, "documentation", place, "parameters",
 * "blocks"}. Parameters are as above, with "rest" ("list" for *xs, "map" for
 * **xs, or null) instead of "choices"; "type" is null if none is written.
 * Blocks have "name", "required", "default", "documentation", place.
 */
STAGEPP_API stagepp_status stagepp_macros(stagepp_session *s,
                                          const char *library,
                                          stagepp_answer_format format,
                                          const char **text, size_t *len);

/* The builtin functions, as the chapter of the language reference. */
STAGEPP_API stagepp_status stagepp_builtins(stagepp_session *s,
                                            const char **text, size_t *len);

/*
 * Diagnostics of all calls since the last expansion began, sorted, without
 * duplicates.
 */
typedef enum stagepp_severity {
    STAGEPP_WARNING = 1,
    STAGEPP_ERROR = 2
} stagepp_severity;
typedef struct stagepp_diagnostic {
    stagepp_severity severity;
    const char *id;        /* "unknown-name" */
    const char *file;      /* "" when it is about no place */
    unsigned line, column; /* from 1, columns in code points; 0 without file */
    unsigned length;       /* bytes */
    const char *message;
} stagepp_diagnostic;
STAGEPP_API size_t stagepp_diagnostic_count(const stagepp_session *s);
STAGEPP_API stagepp_diagnostic stagepp_get_diagnostic(stagepp_session *s,
                                                      size_t i);

typedef enum stagepp_format {
    STAGEPP_TEXT, /* file:line:col: error: …, the line, an underline, notes */
    STAGEPP_COLOUR, /* the same with terminal colours */
    STAGEPP_JSON,
    STAGEPP_SARIF /* SARIF 2.1.0, one run */
} stagepp_format;
/* All of them as text; "" if there are none, but for SARIF, whose log says
 * that as well ("" is then only what is given without memory). */
STAGEPP_API const char *stagepp_diagnostics(stagepp_session *s,
                                            stagepp_format format, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
