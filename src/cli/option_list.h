/* SPDX-License-Identifier: MIT */
/* Every option, in the order of --help and of the man page:
 * X(ID, GROUP, "short", "long", argument kind, "ARGUMENT", "help text").
 * The kinds: NONE; NEEDED, joined or as the next word; JOINED, always without
 * a blank; EQUALS, may follow as "=ARGUMENT". An argument in lower case is one
 * of those words. */
X(OUTPUT, FILES, "o", NULL, NEEDED, "FILE",
  "Write the main output to FILE instead of standard output. FILE is written "
  "completely or not at all, keeps its mode, and cannot be one of the inputs.")
X(OUT_DIR, FILES, "C", NULL, NEEDED, "DIR",
  "Write the outputs of @file blocks below DIR (default: the working "
  "directory), which is created as needed. Files that would not change are "
  "not touched.")
X(ONLY, FILES, NULL, "only", NEEDED, "GLOB",
  "Write only the outputs whose path, as written after @file or -o, matches "
  "GLOB; '*' matches '/' too. Without -o the main output is left out. @file "
  "blocks that are not written are not expanded.")
X(MAP, FILES, NULL, "map", NEEDED, "FILE",
  "Also write a source map of the output (ECMA-426, revision 3) to FILE; if "
  "there are several outputs, choose one with --only.")
X(BAKE, FILES, NULL, "bake", NEEDED, "FILE",
  "Also write a docker-bake.json for 'docker buildx bake' to FILE: a target "
  "for each output that is a Dockerfile, a group of all of them, and a group "
  "for each top-level folder. Its paths are relative to the working directory, "
  "wherever FILE is. In the next three options ${NAME} is a variable of bake.")
X(BAKE_CONTEXT, FILES, NULL, "bake-context", NEEDED, "PATTERN",
  "Build in the directory PATTERN instead of '.'; {path} is the path of the "
  "output, {dir} its directory below -C, {name} the name of its target.")
X(BAKE_TAG, FILES, NULL, "bake-tag", NEEDED, "PATTERN",
  "Tag the image of each target as PATTERN, such as example.org/app:{name}; "
  "may be repeated.")
X(BAKE_ARG, FILES, NULL, "bake-arg", NEEDED, "NAME=VALUE",
  "Give the build argument NAME to the targets that declare it with ARG; may "
  "be repeated.")
X(INCLUDE, FILES, "I", NULL, NEEDED, "DIR",
  "Also look for included files, libraries and data in DIR; may be repeated, "
  "and the directories are searched in that order.")
X(ROOT, FILES, NULL, "root", NEEDED, "DIR",
  "Read nothing outside DIR and the -I directories.")
X(LOCKED, FILES, NULL, "locked", EQUALS, "FILE",
  "Fail, and name the file, if a library or an included file is not the one "
  "that FILE (default: stagepp.lock) lists; see --lock.")
X(DEFINE, PARAMETERS, "D", NULL, NEEDED, "NAME[=VALUE]",
  "Give the @param NAME a value. Without =VALUE it is true.")
X(DATA, PARAMETERS, NULL, "data", NEEDED, "NAME=FILE",
  "Give the @param NAME the value in FILE: JSON, or YAML if its name ends in "
  ".yaml or .yml.")
X(M, DEPENDENCIES, "M", NULL, NONE, NULL,
  "Instead of the outputs, write a make rule that names every file read: to "
  "the file of -MF, else to that of -o, else to standard output.")
X(MD, DEPENDENCIES, "MD", NULL, NONE, NULL,
  "Write the rule and the outputs: the rule goes to FILE.d with -o FILE, else "
  "to the template's name without directory and .in, plus .d, in the -C "
  "directory.")
X(MF, DEPENDENCIES, "MF", NULL, NEEDED, "FILE", "Write the rule to FILE.")
X(MT, DEPENDENCIES, "MT", NULL, NEEDED, "TARGET",
  "Make TARGET the target of the rule, exactly as written; may be repeated.")
X(MQ, DEPENDENCIES, "MQ", NULL, NEEDED, "TARGET",
  "The same, but quote what is special to make.")
X(MP, DEPENDENCIES, "MP", NULL, NONE, NULL,
  "Add an empty rule for each file read except the template, so that make goes "
  "on when one is deleted.")
X(CHECK, MODES, NULL, "check", NONE, NULL,
  "Write nothing; print a unified diff of what would change, and exit with 1 "
  "if anything would.")
X(CHECK_ONLY, MODES, NULL, "check-only", NONE, NULL,
  "Check the file itself: a Dockerfile as it is; a template (*.in) as far as "
  "that goes without parameters; a library (*.spp) as far as that goes without "
  "a caller, -Wunused-import included.")
X(INSTRUCTIONS, MODES, NULL, "instructions", NONE, NULL,
  "Expand nothing; print the instructions of the file itself, which is a "
  "Dockerfile, with their lines, flags and arguments, as JSON.")
X(LIST, MODES, NULL, "list", NONE, NULL,
  "Write nothing; print the paths that would be written, one a line.")
X(LOCK, MODES, NULL, "lock", EQUALS, "FILE",
  "Write no outputs; list each library and included file that is used, with "
  "its name, version and SHA-256, in FILE (default: stagepp.lock). What FILE "
  "says about other files stays, as other templates may use them.")
X(EXPLAIN, MODES, NULL, "explain", NEEDED, "[FILE:]LINE",
  "Write nothing; print where a line of an output comes from: the places in "
  "the template, and the calls and includes that led there. FILE says which of "
  "several outputs is meant.")
X(GRAPH, MODES, NULL, "graph", EQUALS, "dot|mermaid|svg",
  "Write nothing; print the graph of the stages: dot for Graphviz (the "
  "default), mermaid as in Markdown, svg drawn by Graphviz.")
X(TARGETS, MODES, NULL, "targets", EQUALS, "json",
  "Write nothing; print the stages and their arguments with descriptions.")
X(PARAMS, MODES, NULL, "params", EQUALS, "json",
  "Print the parameters of the template with type, default, choices and "
  "documentation.")
X(MACROS, MODES, NULL, "macros", EQUALS, "LIB",
  "Print the types, variables and macros of the standard library or of LIB "
  "with parameters and documentation. Takes no template.")
X(FORMAT, MODES, NULL, "format", NEEDED, "text|json|markdown",
  "Print what --targets, --params or --macros tells as text (the default), "
  "json (--params=json is short for that) or markdown.")
X(WHY, MODES, NULL, "why", NEEDED, "NAME",
  "Print what the diagnostic that ends with [NAME] means, an example, and how "
  "to "
  "turn it off. Takes no template.")
X(HELP, MODES, "h", "help", EQUALS, "man",
  "Print this help; with =man the OPTIONS section of the man page.")
X(VERSION, MODES, NULL, "version", NONE, NULL, "Print the version.")
X(WARNING, DIAGNOSTICS, "W", NULL, JOINED, "WARNING",
  "Control the warning that ends with [NAME]: -Wno-NAME turns it off, -WNAME "
  "turns it on, -Werror=NAME makes it an error, -Werror makes all of them "
  "errors.")
X(CHECKS, DIAGNOSTICS, NULL, "checks", NONE, NULL,
  "Check all outputs as Dockerfiles, not only those that are named like one "
  "(Dockerfile*, Containerfile*, *.dockerfile) or go to standard output and "
  "begin with FROM or ARG.")
X(NO_CHECKS, DIAGNOSTICS, NULL, "no-checks", NONE, NULL,
  "Do not check the outputs.")
X(TRACE, DIAGNOSTICS, NULL, "trace", NONE, NULL,
  "Print each macro call and include on standard error as it happens, "
  "indented, with its place and arguments.")
X(COLOR, DIAGNOSTICS, NULL, "color", NEEDED, "auto|always|never",
  "Colour diagnostics; auto (the default) does so if standard error is a "
  "terminal and NO_COLOR is unset or empty.")
X(DIAGNOSTICS, DIAGNOSTICS, NULL, "diagnostics", NEEDED, "text|json|sarif",
  "Print diagnostics as text (the default), json (one array, empty if there "
  "are none) or sarif (one SARIF 2.1.0 log, which code scanning services "
  "read).")
X(LIMIT, DIAGNOSTICS, NULL, "limit", NEEDED, "NAME=N",
  "Set a limit; the message about a limit that was reached names it.")
