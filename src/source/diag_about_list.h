/* SPDX-License-Identifier: MIT */
/* What each diagnostic is about in general, for reports that explain it:
 * X(ID, "in one sentence", "more about it, or NULL", "web page, or NULL") */
#define DOCKER(page) "https://docs.docker.com/go/dockerfile/rule/" page "/"
/* --- source text and structure --- */
X(SYNTAX, "An expression or a directive cannot be read.", NULL, NULL)
X(NEAR_KEYWORD, "A line begins with what is almost a directive.",
  "A misspelled directive would be text, and the image another one. Correct "
  "it, or begin the line with '@@' if it is text.",
  NULL)
X(KEYWORD_PAREN, "A bracket directly follows a keyword.", NULL, NULL)
X(UNCLOSED, "A block, a bracket or a string is not closed.", NULL, NULL)
X(UNEXPECTED_END, "A line ends a block that is not open.", NULL, NULL)
X(LITERAL_VALUE, "An inserted value is only a literal.",
  "An expression that is only a literal is text by mistake, as in HEAD@{1}. "
  "Write '@@{' for a literal '@{'.",
  NULL)
X(PIPE_AMBIGUOUS, "A pipe could take two things.", NULL, NULL)
X(CONDITIONAL_ELSE, "A conditional needs its 'else' here.", NULL, NULL)
X(CHAINED_COMPARISON, "Comparisons do not chain.", NULL, NULL)
X(NUMBER, "A number cannot be read as one.", NULL, NULL)
X(ESCAPE, "A string has an unknown escape.", NULL, NULL)
X(RESERVED_NAME, "A word of the language cannot name anything.", NULL, NULL)
X(DUPLICATE_KEY, "A key occurs twice in a map.", NULL, NULL)
X(DUPLICATE_PARAMETER, "Two parameters of a macro have one name.", NULL, NULL)
X(MISPLACED, "A directive is in a place where it cannot work.", NULL, NULL)
X(CALL_TAIL, "Something follows a call in its line.", NULL, NULL)
X(ENCODING, "A file is not UTF-8 but UTF-16.", NULL, NULL)
X(MERGE_CONFLICT, "A merge conflict is not resolved.",
  "Two versions of some lines stand one after the other, between markers. Keep "
  "what is right, and remove the markers.",
  NULL)
/* --- names and calls --- */
X(UNKNOWN_NAME, "Nothing binds this name.", NULL, NULL)
X(UNKNOWN_CALL, "There is no such macro or function.", NULL, NULL)
X(UNKNOWN_MEMBER, "A library has no such public name.", NULL, NULL)
X(UNKNOWN_TYPE, "There is no such type.", NULL, NULL)
X(ARGUMENTS, "The arguments do not fit the signature.", NULL, NULL)
X(DUPLICATE_NAME, "A name is bound twice in one scope.", NULL, NULL)
X(NOT_A_VALUE, "A macro or a library is not a value.", NULL, NULL)
X(IMMUTABLE, "Only a variable can be set.", NULL, NULL)
X(OUTER_SET, "A @set inside of @file changes a variable outside of it.",
  "What happens in an @file block is undone at its @end, so that no output "
  "depends on another. Bind a variable of the block with @let, or collect in a "
  "loop of its own beside the @file.",
  NULL)
X(LOST_SET, "A variable is read whose new value was undone with an @file.",
  "A macro has set the variable in an @file block, and what happens there is "
  "undone at its @end. Collect in a loop of its own beside the @file.",
  NULL)
X(UNKNOWN_MACRO, "A line looks like a call of an unknown macro, and is text.",
  "Nothing of that name is known, so the line is text. Import the library if "
  "a call is meant; begin the line with '@@' if text is.",
  NULL)
X(FOREIGN_DIRECTIVE, "A line begins with a directive of another language.",
  "Other preprocessors have such a directive, but this one does not, so the "
  "line is text. Begin it with '@@' if that is meant.",
  NULL)
X(ALMOST_CALL, "Text is almost a call, or a change of a variable.",
  "What is called is a macro, but the line is not written as a call is, so it "
  "is text. Correct it, or begin the line with '@@' if text is meant.",
  NULL)
X(INLINE_DIRECTIVE, "A directive is inside of a line, where it is text.",
  "Directives go on lines of their own. Inside of a line there are values, "
  "@{…}, which may have a condition.",
  NULL)
X(CONSTANT_CONDITION, "A condition does not depend on what it seems to ask.",
  "A text or a list by itself is compared with nothing: it decides nothing. "
  "Compare each value, or write x in [a, b].",
  NULL)
X(ESCAPED_NAME, "An escaped value has the name of something bound.",
  "'@@{' gives the text '@{'. Write one '@' if the value is meant.", NULL)
X(HIDDEN_MEMBER, "Part of a type is never reached.",
  "The first alternative that fits decides, and one before it accepts the same "
  "values: leave this one out, or put it first. Or no item of the list after "
  "'in' is of the type before it.",
  NULL)
X(SHADOWED, "A parameter of a macro hides a variable of its file.",
  "Where the macro names it, the parameter is meant: one with a default, or "
  "one that the macro changes with @set. Give it another name, or, if a call "
  "without it is to take the variable, the default 'x=x'.",
  NULL)
X(UNUSED_IMPORT, "Nothing uses an imported library.", NULL, NULL)
X(DEPRECATED, "A macro is deprecated.",
  "Its library still has it, but says what to use instead.", NULL)
X(UNUSED_ARGUMENT, "A macro did not read an argument that it was given.",
  "In no round of the run did the macro read it, so the output is the same "
  "without it. Leave it out, or see what else the macro needs to use it.",
  NULL)
X(UNUSED_PARAMETER, "A macro does not use one of its parameters.",
  "A call that gives it gets the same as one that does not. Use it, take it "
  "away, "
  "or begin its name with '_' if it is there on purpose.",
  NULL)
X(UNUSED_VARIABLE, "Nothing reads what a @let or a @set binds.",
  "Write @{name} where its value belongs, or bind it before it is read.", NULL)
X(OR_DEFAULT, "The result of 'or' is true or false, not an operand.",
  "Use '\?\?' for a default.", NULL)
/* --- values --- */
X(TYPE, "An operation or a function does not take this type.", NULL, NULL)
X(NOT_PRINTABLE, "A value has no text of its own.", NULL, NULL)
X(MISSING_KEY, "A map does not have the key.", NULL, NULL)
X(MISSING_INDEX, "A list does not have the item.", NULL, NULL)
X(STRING_CONDITION, "A string that spells a boolean is not a condition.", NULL,
  NULL)
X(MIXED_COMPARISON, "Values of different types are compared.", NULL, NULL)
X(ALMOST_EQUAL,
  "A comparison fails only by white space at an end, or by the type.",
  "Take it off with trim(…), or convert with str(), int() or ver().", NULL)
X(SWAPPED_ARGUMENTS, "A function finds nothing, but would the other way round.",
  "Put the text that is searched first.", NULL)
X(PLAIN_PATTERN, "A pattern is looked for as it is written.",
  "Use a function that takes patterns.", NULL)
X(ORDERING, "These values have no order.", NULL, NULL)
X(OVERFLOW, "A whole number does not fit into 64 bits.", NULL, NULL)
X(DIVISION, "The divisor is zero.", NULL, NULL)
X(VERSION, "A string is not a version.", NULL, NULL)
X(REGEX, "A regular expression is wrong, or takes too long.", NULL, NULL)
X(VALUE, "A function does not take this value.", NULL, NULL)
X(UNPACK, "A list has more or fewer items than there are names for.", NULL,
  NULL)
X(EMPTY_EXCLUDE, "An exclude of 'matrix' matches nothing.", NULL, NULL)
/* --- files --- */
X(NOT_FOUND, "A file is nowhere on the search path.", NULL, NULL)
X(UNREADABLE, "A file cannot be read, or is not there.", NULL, NULL)
X(INCLUDE_DIR, "Nothing can be found in a directory of -I.", NULL, NULL)
X(OUTPUT_GIVEN, "An output seems to be taken for its template.", NULL, NULL)
X(OUTSIDE_ROOT, "A path leads out of the root.", NULL, NULL)
X(CYCLE, "Files include or import each other in a circle.", NULL, NULL)
X(LIBRARY, "A library holds more than definitions.", NULL, NULL)
X(LIBRARY_VERSION, "A library has another version than is wanted.", NULL, NULL)
X(LOCK, "A library or an included file is not what stagepp.lock says.",
  "The lock holds the SHA-256 of each file when 'stagepp --lock' was run. See "
  "what has changed in the file; if it is wanted, run 'stagepp --lock' again.",
  NULL)
X(LOCK_REPLACED, "A lock that cannot be read is replaced.",
  "What it said of the files of other templates is gone. Run stagepp --lock "
  "for "
  "each of them.",
  NULL)
X(JSON, "A JSON file cannot be read as JSON.", NULL, NULL)
X(YAML, "A YAML file cannot be read as data.", NULL, NULL)
X(STALE, "An output is not what the template gives.",
  "The template, or something that it reads, has changed since the output was "
  "written, or the output was edited. Make it again.",
  NULL)
X(BAD_PATH, "A path cannot be used.", NULL, NULL)
X(BAD_MODE, "The mode of an output is not one.",
  "The permission bits of a file are three or four octal digits in quotes, as "
  "for chmod.",
  NULL)
X(DUPLICATE_OUTPUT, "Two blocks write one file.", NULL, NULL)
X(NO_OUTPUT, "There is no output to write.", NULL, NULL)
X(UNWRITABLE, "A file cannot be written.", NULL, NULL)
X(OVERWRITES_INPUT, "An output would overwrite an input.", NULL, NULL)
/* --- parameters --- */
X(MISSING_PARAM, "A parameter has neither value nor default.", NULL, NULL)
X(BAD_PARAM, "A value from outside cannot be converted.", NULL, NULL)
X(BAD_CHOICE, "A value is not one of the choices.", NULL, NULL)
X(UNKNOWN_PARAM, "No template declares the parameter.", NULL, NULL)
/* --- Dockerfiles: what the builder refuses --- */
X(DOCKERFILE, "The builder would refuse an instruction.", NULL, NULL)
X(UNKNOWN_INSTRUCTION, "There is no such instruction.", NULL, NULL)
X(NO_STAGE, "An instruction comes before the first stage.", NULL, NULL)
X(UNKNOWN_FLAG, "An instruction does not have the flag.", NULL, NULL)
X(UNTERMINATED_HEREDOC, "A heredoc has no end.", NULL, NULL)
X(EXEC_FORM, "A list of words holds something that is not a string.", NULL,
  NULL)
X(UNKNOWN_STAGE, "There is no such stage.", NULL, NULL)
/* --- Dockerfiles: checks that BuildKit has, under its names --- */
X(STAGE_NAME_CASING, "The name of a stage has capital letters.", NULL,
  DOCKER("stage-name-casing"))
X(FROM_AS_CASING, "FROM and AS are not written in the same case.", NULL,
  DOCKER("from-as-casing"))
X(NO_EMPTY_CONTINUATION, "A continued line is followed by an empty one.", NULL,
  DOCKER("no-empty-continuation"))
X(INSTRUCTION_CASING, "Instructions are not all written in the same case.",
  NULL, DOCKER("consistent-instruction-casing"))
X(DUPLICATE_STAGE_NAME, "Two stages have one name.", NULL,
  DOCKER("duplicate-stage-name"))
X(RESERVED_STAGE_NAME, "The name of a stage is reserved.", NULL,
  DOCKER("reserved-stage-name"))
X(JSON_ARGS, "A CMD or ENTRYPOINT in shell form does not get signals.",
  "A shell stands between the container and the program, and passes no "
  "signals on. Write the words as a JSON list.",
  DOCKER("json-args-recommended"))
X(MAINTAINER, "MAINTAINER is obsolete.", "Use a label instead.",
  DOCKER("maintainer-deprecated"))
X(UNDEFINED_ARG_IN_FROM, "FROM uses an ARG that is not declared.", NULL,
  DOCKER("undefined-arg-in-from"))
X(WORKDIR_RELATIVE, "A relative WORKDIR depends on the base image.", NULL,
  DOCKER("workdir-relative-path"))
X(UNDEFINED_VAR, "A variable is used that is not defined.", NULL,
  DOCKER("undefined-var"))
X(MULTIPLE_INSTRUCTIONS, "Only the last of several such instructions counts.",
  NULL, DOCKER("multiple-instructions-disallowed"))
X(LEGACY_KEY_VALUE, "A key and its value have no '=' between them.", NULL,
  DOCKER("legacy-key-value-format"))
X(REDUNDANT_PLATFORM, "The platform of FROM is what it would be anyway.", NULL,
  DOCKER("redundant-target-platform"))
X(SECRETS, "ARG or ENV seems to hold a secret.",
  "What ARG and ENV hold can be read from the image and its history. Use a "
  "secret mount.",
  DOCKER("secrets-used-in-arg-or-env"))
X(INVALID_DEFAULT_ARG, "Without arguments FROM has no valid image.", NULL,
  DOCKER("invalid-default-arg-in-from"))
X(CONSTANT_PLATFORM, "The platform of FROM is a constant.", NULL,
  DOCKER("from-platform-flag-const-disallowed"))
X(COPY_IGNORED, "A file to be copied is excluded by .dockerignore.", NULL,
  DOCKER("copy-ignored-file"))
X(DESCRIPTION, "A comment above FROM or ARG describes something else.", NULL,
  DOCKER("invalid-definition-description"))
X(EXPOSE_CASING, "The protocol of EXPOSE has capital letters.", NULL,
  DOCKER("expose-proto-casing"))
X(EXPOSE_FORMAT, "EXPOSE names an address or a port of the host.", NULL,
  DOCKER("expose-invalid-format"))
/* --- Dockerfiles: checks of our own --- */
X(DANGLING_CONTINUATION, "A line is continued by mistake.",
  "What is below becomes a part of the instruction. Remove the sign at the "
  "end of the line.",
  NULL)
X(UNUSED_STAGE, "A stage cannot be used, or has been forgotten.",
  "Name it if it is a target, copy its results if it builds something, or "
  "remove it.",
  NULL)
X(PRODUCTION_USES_DEV, "A stage for production is built on one for tests.",
  "Tools and tests are in the image then. Build it on their common base, and "
  "copy what it needs.",
  NULL)
X(ROOT_USER, "A service runs as root.",
  "An intruder would be root in the container. Add a user and a USER.", NULL)
X(UNPINNED_BASE, "A base has no tag, or the tag latest.",
  "It is another image next month.", NULL)
X(APT_WITHOUT_UPDATE, "apt installs from no package lists, or from old ones.",
  "An update in a RUN of its own is kept by the cache, while the repository "
  "moves on. Put both into one RUN.",
  NULL)
X(APT_LISTS_LEFT, "The package lists of apt stay in the image.",
  "Remove /var/lib/apt/lists in the RUN that fetched them, or mount a cache.",
  NULL)
X(OTHER_PACKAGES, "A RUN calls a package manager that the image has not.",
  "apt-get belongs to Debian and Ubuntu, apk to Alpine, dnf to Fedora and Red "
  "Hat. Call the one that the image has, or take another image.",
  NULL)
X(ROOT_NEEDED, "A RUN installs packages as a user who may not.",
  "Only root can. Install above the USER, or change to root and back.", NULL)
X(MISSING_PROGRAM, "A RUN calls a program that the image does not have.",
  "Alpine has adduser and addgroup, Debian useradd and groupadd. Write those, "
  "or "
  "install the package first.",
  NULL)
X(NO_SHELL, "A RUN is in an image without a shell.",
  "Do it in a stage that has one, and copy what it gives.", NULL)
X(CACHE_MOUNT_USER, "The user of a RUN cannot use its cache mount.",
  "A cache mount belongs to root. Mount it in the user's home, with uid= and "
  "gid=.",
  NULL)
X(SIGNALS_LOST, "A shell keeps signals from the command that it starts.",
  "The container is killed after ten seconds instead of being stopped. Write "
  "exec in front of the last command.",
  NULL)
X(SECRET_VALUE, "A value is a secret by its form.",
  "It can be read from the image and its history. Revoke it, and use a secret "
  "mount.",
  NULL)
X(USER_SITE_COPIED, "Another user cannot use packages in the home of root.",
  "Install into a virtual environment, and copy that.", NULL)
X(SHELL_VARIABLE, "A variable of the template is written as one of a shell.",
  "Neither the Dockerfile nor the shell sets it, so it is empty. A value of "
  "the template is written @{name}.",
  NULL)
X(LEFTOVER, "A placeholder of another template language is in the output.",
  "Nothing replaces it. A value is written @{name}, a condition @if … @end, a "
  "comment @#.",
  NULL)
X(LATE_DIRECTIVE, "A parser directive stands where it is only a comment.",
  "The builder looks for '# syntax=', '# escape=' and '# check=' in the first "
  "lines, up to one that is something else.",
  NULL)
X(CHECK_WITHOUT_EFFECT, "A '# check=' names a check that it does not reach.",
  "Names are written as in the reports, with commas and no blanks. Above an "
  "instruction it holds for that instruction alone; for the whole file it "
  "stands in the first lines.",
  NULL)
X(TRAILING_COMMENT, "A comment after an instruction is part of it.",
  "A '#' begins a comment only at the start of a line. Elsewhere it is a word "
  "like others: another file, another port, a part of the path.",
  NULL)
X(BROKEN_ARRAY, "What begins as a JSON array is not JSON.",
  "Then it is a command for the shell, or a list of words with brackets and "
  "quotes in them. Strings are in double quotes, and nothing follows the last "
  "one but ']'.",
  NULL)
X(NESTED_INSTRUCTION, "The text of a RUN has an instruction in it.",
  "The shell takes it for a command, and fails. End the RUN above it.", NULL)
X(MISSING_STAGE,
  "The name of a stage that is not there is the name of an image.",
  "The builder would pull an image of that name, whoever has made it. Make the "
  "stage above, or name the one that is meant.",
  NULL)
/* --- the template's own, and limits --- */
X(USER_ERROR, "The template reports an error.", NULL, NULL)
X(USER_WARNING, "The template warns.", NULL, NULL)
X(USAGE, "The command line is wrong.", NULL, NULL)
X(LIMIT, "A limit is reached.", "Option --limit changes it.", NULL)
X(TOO_MANY, "Only so many errors are shown.", "Option --limit changes that.",
  NULL)
X(MORE_WARNINGS, "Only so many warnings are shown.",
  "Option --limit changes that.", NULL)
X(NO_MEMORY, "There is not enough memory.", NULL, NULL)
#undef DOCKER
