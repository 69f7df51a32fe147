/* SPDX-License-Identifier: MIT */
/* Every check: X(WHEN, INSTRUCTION, RULE, group, function)
 *
 * WHEN it is called: a moment of check.h; the list is in their order.
 * INSTRUCTION is the one it is about, or ANY.
 * RULE is the diagnostic that it gives, from source/diag_list.h; the function
 * is only called if that is wanted.
 * group, function: check_<group>_<function>() in check_<group>.c.
 *
 * Two checks are not here: NoEmptyContinuation and DanglingContinuation are
 * about lines, which only the parser sees (dockerfile.c). */

/* --- BuildKit's checks, under its names --- */
X(READ, MAINTAINER, MAINTAINER, words, maintainer)
X(READ, FROM, STAGE_NAME_CASING, words, stage_name)
X(READ, FROM, FROM_AS_CASING, words, as)
X(TAKEN, FROM, DESCRIPTION, words, stage_comment)
X(TAKEN, ARG, DESCRIPTION, words, arg_comment)
X(STAGES, ANY, RESERVED_STAGE_NAME, stages, reserved)
X(STAGES, ANY, DUPLICATE_STAGE_NAME, stages, duplicate)
X(STAGES, ANY, INSTRUCTION_CASING, words, casing)
X(GLOBALS, ANY, INVALID_DEFAULT_ARG, stages, defaults)
X(UNSET, FROM, UNDEFINED_ARG_IN_FROM, variables, undefined_arg)
X(UNSET, ANY, UNDEFINED_VAR, variables, undefined)
X(VALUE, FROM, REDUNDANT_PLATFORM, stages, redundant_platform)
X(VALUE, FROM, CONSTANT_PLATFORM, stages, constant_platform)
X(VALUE, ARG, SECRETS, secrets, name)
X(VALUE, ENV, LEGACY_KEY_VALUE, words, legacy)
X(VALUE, ENV, SECRETS, secrets, name)
X(VALUE, LABEL, LEGACY_KEY_VALUE, words, legacy)
X(VALUE, ADD, COPY_IGNORED, paths, ignored)
X(VALUE, COPY, COPY_IGNORED, paths, ignored)
X(VALUE, WORKDIR, WORKDIR_RELATIVE, paths, relative)
X(VALUE, CMD, MULTIPLE_INSTRUCTIONS, service, multiple)
X(VALUE, CMD, JSON_ARGS, service, json)
X(VALUE, ENTRYPOINT, MULTIPLE_INSTRUCTIONS, service, multiple)
X(VALUE, ENTRYPOINT, JSON_ARGS, service, json)
X(VALUE, HEALTHCHECK, MULTIPLE_INSTRUCTIONS, service, multiple)
X(VALUE, EXPOSE, EXPOSE_CASING, service, port_casing)
X(VALUE, EXPOSE, EXPOSE_FORMAT, service, port_format)

/* --- our own --- */
X(READ, ANY, LEFTOVER, leftovers, read)
X(READ, ANY, TRAILING_COMMENT, leftovers, comment)
X(READ, ANY, LATE_DIRECTIVE, options, late)
X(READ, ANY, CHECK_WITHOUT_EFFECT, options, above)
X(STAGES, ANY, CHECK_WITHOUT_EFFECT, options, top)
X(UNSET, ANY, SHELL_VARIABLE, names, word)

/* --- our own, for Dockerfiles that the builder takes as a whole --- */
X(BUILT, ARG, SECRET_VALUE, secrets, value)
X(BUILT, ENV, SECRET_VALUE, secrets, value)
X(BUILT, LABEL, SECRET_VALUE, secrets, value)
X(BUILT, ADD, BROKEN_ARRAY, service, array)
X(BUILT, COPY, BROKEN_ARRAY, service, array)
X(BUILT, CMD, BROKEN_ARRAY, service, array)
X(BUILT, ENTRYPOINT, BROKEN_ARRAY, service, array)
X(BUILT, HEALTHCHECK, BROKEN_ARRAY, service, array)
X(BUILT, RUN, BROKEN_ARRAY, service, array)
X(BUILT, VOLUME, BROKEN_ARRAY, service, array)
X(BUILT, RUN, APT_WITHOUT_UPDATE, apt, update)
X(BUILT, RUN, APT_LISTS_LEFT, apt, lists)
X(BUILT, RUN, OTHER_PACKAGES, packages, manager)
X(BUILT, RUN, ROOT_NEEDED, packages, user)
X(BUILT, RUN, MISSING_PROGRAM, packages, tools)
X(BUILT, RUN, NO_SHELL, packages, shell)
X(BUILT, RUN, CACHE_MOUNT_USER, users, cache)
X(BUILT, RUN, SHELL_VARIABLE, names, run)
X(BUILT, RUN, SHELL_VARIABLE, names, globals)
X(BUILT, RUN, NESTED_INSTRUCTION, shell, instructions)
X(BUILT, RUN, MISSING_STAGE, stages, missing_use)
X(BUILT, CMD, SIGNALS_LOST, service, signals)
X(BUILT, ENTRYPOINT, SIGNALS_LOST, service, signals)
X(BUILT, COPY, USER_SITE_COPIED, users, site)
X(BUILT, COPY, MISSING_STAGE, stages, missing_use)
X(BUILT, FROM, ROOT_USER, users, root)
X(BUILT, FROM, UNUSED_STAGE, stages, unused)
X(BUILT, FROM, PRODUCTION_USES_DEV, stages, production)
X(BUILT, FROM, UNPINNED_BASE, stages, unpinned)
X(BUILT, FROM, MISSING_STAGE, stages, missing_base)
