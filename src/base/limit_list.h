/* SPDX-License-Identifier: MIT */
/* X(ID, name, default, largest value --limit accepts, "what; why"): messages
 * print the what. */
X(NESTING, "nesting", 200, 1000,
  "open blocks and brackets in one source file; bounds the parser's stack")
X(DEPTH, "depth", 400, 1500,
  "macro calls, includes and typed data inside each other; bounds the "
  "evaluator's stack")
X(STEPS, "steps", 50000000, UINT64_MAX,
  "loop iterations and expansion steps of one run; bounds its time")
X(VALUE, "value", 1073741824, 4294967295,
  "bytes of one value; a longer string is a runaway template")
X(OUTPUT, "output", 1073741824, UINT64_MAX, "bytes of all outputs together")
X(MEMORY, "memory", 4294967296, UINT64_MAX,
  "bytes of working memory of one run")
X(INPUT, "input", 268435456, 2147483647, "bytes of one input file")
X(MATCH, "match", 10000000, 4294967295,
  "PCRE2 match limit: steps of one regular expression match")
X(HEAP, "heap", 20000, 4294967295, "PCRE2 heap limit of one match, in KiB")
X(JSON, "json", 200, 1000,
  "nesting of data that is JSON or YAML, or compared; bounds a recursion")
X(ERRORS, "errors", 100, 1000000, "errors reported before giving up")
