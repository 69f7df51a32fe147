/* SPDX-License-Identifier: MIT */
/* Source text into a tree. A mistake is reported and parsing goes on at the
 * next line, so that one run shows them all. */
#ifndef STAGEPP_LANG_PARSER_H
#define STAGEPP_LANG_PARSER_H

#include "lang/ast.h"
#include "source/diag.h"

/* Parses a whole file; file->failed tells whether there were errors. */
struct file *parser_parse(struct arena *arena, struct names *names,
                          struct diags *diags, struct source *source);

/* The signature at offset `at` of source, "name(a: int, b = 1)". What it holds
 * is ours, so mistakes are not expected. */
struct signature parser_signature(struct arena *arena, struct names *names,
                                  struct diags *diags, struct source *source,
                                  uint32_t at);

#endif
