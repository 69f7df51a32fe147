/* SPDX-License-Identifier: MIT */
/* The instructions of a Dockerfile: X(ID, "NAME", how its words are read,
 * whether heredocs may follow). The ways to read:
 * WORDS white space between them; EXEC a JSON array of strings or one command
 * for the shell; EXEC_WORDS such an array or words; PAIRS name=value; NAMES
 * name or name=value; TEXT all of it; CHECK a word and then EXEC; TRIGGER
 * another instruction. */
X(ADD, "ADD", EXEC_WORDS, true)
X(ARG, "ARG", NAMES, false)
X(CMD, "CMD", EXEC, false)
X(COPY, "COPY", EXEC_WORDS, true)
X(ENTRYPOINT, "ENTRYPOINT", EXEC, false)
X(ENV, "ENV", PAIRS, false)
X(EXPOSE, "EXPOSE", WORDS, false)
X(FROM, "FROM", WORDS, false)
X(HEALTHCHECK, "HEALTHCHECK", CHECK, false)
X(LABEL, "LABEL", PAIRS, false)
X(MAINTAINER, "MAINTAINER", TEXT, false)
X(ONBUILD, "ONBUILD", TRIGGER, false)
X(RUN, "RUN", EXEC, true)
X(SHELL, "SHELL", EXEC, false)
X(STOPSIGNAL, "STOPSIGNAL", TEXT, false)
X(USER, "USER", TEXT, false)
X(VOLUME, "VOLUME", EXEC_WORDS, false)
X(WORKDIR, "WORKDIR", TEXT, false)
