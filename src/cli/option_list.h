/* SPDX-License-Identifier: MIT */
/* Every option, in the order of --help and of the man page:
 * X(ID, GROUP, "short", "long", argument kind, "ARGUMENT", "help text").
 * The kinds: NONE; NEEDED, joined or as the next word; JOINED, always without
 * a blank; EQUALS, may follow as "=ARGUMENT". */
X(OUTPUT, FILES, "o", NULL, NEEDED, "FILE",
  "Write the main output to FILE instead of standard output. FILE is complete "
  "or untouched, keeps its mode, and is never one of the inputs.")
X(OUT_DIR, FILES, "C", NULL, NEEDED, "DIR",
  "Write the outputs of @file blocks below DIR (default: the working "
  "directory), which is created as needed. Files that would not change are "
  "not touched.")
X(ONLY, FILES, NULL, "only", NEEDED, "GLOB",
  "Keep to the outputs whose path, as written after @file or -o, matches "
  "GLOB; '*' matches '/' too. Without -o the main output is left out.")
X(MAP, FILES, NULL, "map", NEEDED, "FILE",
  "Write a source map of the output (ECMA-426, revision 3) to FILE as well; of "
  "several outputs, --only chooses the one.")
X(BAKE, FILES, NULL, "bake", NEEDED, "FILE",
  "Write a docker-bake.json for 'docker buildx bake' to FILE as well: a target "
  "for each output that is a Dockerfile, a group of all, and one for each "
  "first folder. Paths in it are relative to the working directory, wherever "
  "FILE is. In the next three ${NAME} is a variable of bake's.")
X(BAKE_CONTEXT, FILES, NULL, "bake-context", NEEDED, "PATTERN",
  "Build in the directory PATTERN instead of '.'; {path} is the path of the "
  "output, {dir} its directory below -C, {name} the name of its target.")
X(BAKE_TAG, FILES, NULL, "bake-tag", NEEDED, "PATTERN",
  "Tag what a target gives as PATTERN, such as example.org/app:{name}; may be "
  "repeated.")
X(BAKE_ARG, FILES, NULL, "bake-arg", NEEDED, "NAME=VALUE",
  "Give the build argument NAME to the targets that declare it with ARG; may "
  "be repeated.")
X(INCLUDE, FILES, "I", NULL, NEEDED, "DIR",
  "Look for included files, libraries and data in DIR as well; may be "
  "repeated, first come first searched.")
X(ROOT, FILES, NULL, "root", NEEDED, "DIR",
  "Read nothing outside DIR and the -I directories.")
X(LOCKED, FILES, NULL, "locked", EQUALS, "FILE",
  "Fail, and name the file, if a library or an included file is not what FILE "
  "(default: stagepp.lock) says; see --lock.")
X(DEFINE, PARAMETERS, "D", NULL, NEEDED, "NAME[=VALUE]",
  "Give the @param NAME a value. Without =VALUE it is true.")
X(DATA, PARAMETERS, NULL, "data", NEEDED, "NAME=FILE",
  "Give the @param NAME the value that the JSON file FILE holds.")
X(M, DEPENDENCIES, "M", NULL, NONE, NULL,
  "Instead of the outputs, write a make rule that names every file read; to "
  "the file of -MF, else to that of -o, else to standard output.")
X(MD, DEPENDENCIES, "MD", NULL, NONE, NULL,
  "Write the rule besides the outputs: to FILE.d with -o FILE, else to the "
  "template's name without directory and .in, plus .d, in the -C directory.")
X(MF, DEPENDENCIES, "MF", NULL, NEEDED, "FILE", "Write the rule to FILE.")
X(MT, DEPENDENCIES, "MT", NULL, NEEDED, "TARGET",
  "Make TARGET the target of the rule, just as it is written; may be "
  "repeated.")
X(MQ, DEPENDENCIES, "MQ", NULL, NEEDED, "TARGET",
  "The same, but quote what is special to make.")
X(MP, DEPENDENCIES, "MP", NULL, NONE, NULL,
  "Add an empty rule for each file read but the template, so that make goes on "
  "when one is deleted.")
X(CHECK, MODES, NULL, "check", NONE, NULL,
  "Write nothing; print a unified diff of what would change, and exit with 1 "
  "if anything would.")
X(CHECK_ONLY, MODES, NULL, "check-only", NONE, NULL,
  "Expand nothing: check the file, a Dockerfile as it is.")
X(INSTRUCTIONS, MODES, NULL, "instructions", NONE, NULL,
  "Expand nothing: print the instructions of the file, a Dockerfile as it is, "
  "with their lines, flags and arguments, as JSON.")
X(LIST, MODES, NULL, "list", NONE, NULL,
  "Write nothing; print the paths that would be written, one a line.")
X(LOCK, MODES, NULL, "lock", EQUALS, "FILE",
  "Write no output, but name, version and SHA-256 of each library and included "
  "file that is used, to FILE (default: stagepp.lock). What FILE says of "
  "other files stays, as they may be other templates'.")
X(EXPLAIN, MODES, NULL, "explain", NEEDED, "[FILE:]LINE",
  "Write nothing; print where a line of an output comes from: the places in "
  "the "
  "template, and the calls and includes that led there. FILE says which of "
  "several outputs is meant.")
X(GRAPH, MODES, NULL, "graph", EQUALS, "FORMAT",
  "Write nothing; print the graph of the stages: dot for Graphviz (the "
  "default), mermaid as in Markdown, svg drawn by Graphviz.")
X(TARGETS, MODES, NULL, "targets", EQUALS, "json",
  "Write nothing; print the stages and their arguments with descriptions; with "
  "=json for programs.")
X(PARAMS, MODES, NULL, "params", EQUALS, "json",
  "Print the parameters of the template: name, type, default, choices, "
  "documentation; with =json for programs.")
X(MACROS, MODES, NULL, "macros", EQUALS, "LIB",
  "Print the macros of the standard library or of LIB: signature and "
  "documentation. Takes no template.")
X(HELP, MODES, "h", "help", EQUALS, "man",
  "Print this help; with =man the OPTIONS section of the man page.")
X(VERSION, MODES, NULL, "version", NONE, NULL, "Print the version.")
X(WARNING, DIAGNOSTICS, "W", NULL, JOINED, "WARNING",
  "Set a warning, whose NAME stands in brackets at its end: -Wno-NAME turns it "
  "off, -WNAME on, -Werror=NAME makes it an error, -Werror all of them.")
X(CHECKS, DIAGNOSTICS, NULL, "checks", NONE, NULL,
  "Check all outputs as Dockerfiles, not only those that have the name of one "
  "(Dockerfile*, Containerfile*, *.dockerfile) or go to standard output and "
  "begin with FROM or ARG.")
X(NO_CHECKS, DIAGNOSTICS, NULL, "no-checks", NONE, NULL, "Check no output.")
X(TRACE, DIAGNOSTICS, NULL, "trace", NONE, NULL,
  "Print each macro call and include on standard error as it happens, "
  "indented, with its place and arguments.")
X(COLOR, DIAGNOSTICS, NULL, "color", NEEDED, "WHEN",
  "Colour diagnostics: always, never, or auto (the default): if standard error "
  "is a terminal and NO_COLOR is unset or empty.")
X(FORMAT, DIAGNOSTICS, NULL, "diagnostics", NEEDED, "FORMAT",
  "Print diagnostics as text (the default), json (one array, empty if there "
  "are none) or sarif (one SARIF 2.1.0 log, which code scanning services "
  "read).")
X(LIMIT, DIAGNOSTICS, NULL, "limit", NEEDED, "NAME=N",
  "Set a limit; the message of a limit that was reached names it.")
