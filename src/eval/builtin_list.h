/* SPDX-License-Identifier: MIT */
/* Every builtin function, once: X(name, group, "parameters", "documentation").
 * The parameters are written as those of @define are. "= null" makes one
 * optional; what that means stands in the documentation. The function is
 * builtin_NAME. */
X(len, STRINGS, "x: string | list | map",
  "Bytes of a string, items of a list or map.")
X(upper, STRINGS, "s: string", "ASCII letters in upper case; other bytes stay.")
X(lower, STRINGS, "s: string", "ASCII letters in lower case; other bytes stay.")
X(trim, STRINGS, "s: string", "Without ASCII white space at both ends.")
X(trimprefix, STRINGS, "s: string, prefix: string",
  "Without prefix, if s begins with it.")
X(trimsuffix, STRINGS, "s: string, suffix: string",
  "Without suffix, if s ends with it.")
X(startswith, STRINGS, "s: string, prefix: string",
  "True if s begins with prefix.")
X(endswith, STRINGS, "s: string, suffix: string", "True if s ends with suffix.")
X(contains, STRINGS, "x: string | list | map, y: any",
  "True if y is a part of a string, an item of a list or a key of a map.")
X(replace, STRINGS, "s: string, from: string, to: string",
  "Every from in s replaced by to. An empty from is an error.")
X(split, STRINGS, "s: string, sep: string, limit: int? = null",
  "The parts of s between the separators, a list; with a limit at most so "
  "many, and the last is the rest. An empty sep is an error, and a limit below "
  "1.")
X(lines, STRINGS, "s: string",
  "The lines of s without their ends; a final line end makes no empty last "
  "item.")
X(indent, STRINGS, "s: string, prefix: string",
  "prefix before every line of s but the first and empty ones.")
X(repeat, STRINGS, "s: string, n: int", "s n times. A negative n is an error.")
X(substr, STRINGS, "s: string, start: int, len: int? = null",
  "len bytes of s (default: the rest) from start (from 0) on, as far as there "
  "are any. Negative numbers are errors.")
X(str, STRINGS, "x: string | int | bool | version", "x as it would be printed.")
X(int, STRINGS, "x: string | int",
  "The whole number that s spells; anything else is an error.")
X(matches, REGEX, "s: string, re: string",
  "True if the regular expression (PCRE2) is found in s.")
X(fullmatch, REGEX, "s: string, re: string",
  "True if the regular expression matches all of s, from its start to its end.")
X(capture, REGEX, "s: string, re: string",
  "The groups of the first match, a list: item 0 is all of it, a group that "
  "took no part is null. null if re is not found.")
X(sub, REGEX, "s: string, re: string, repl: string",
  "Every match of re replaced; in repl $0 to $9 and ${n} are groups and $$ is "
  "a '$'.")
X(glob, REGEX, "s: string, pattern: string",
  "True if all of s matches the shell pattern: * and ? stop at '/', ** does "
  "not, [a-z].")
X(join, LISTS, "l: list, sep: string",
  "The items as text with sep between them.")
X(sort, LISTS, "x: list | map",
  "A list of only ints, only versions or only strings (in byte order) sorted, "
  "equal items in their order; a map by its keys.")
X(unique, LISTS, "l: list", "Each different item once, where it comes first.")
X(reverse, LISTS, "l: list", "The items from last to first.")
X(first, LISTS, "l: list", "The first item; null if there is none.")
X(last, LISTS, "l: list", "The last item; null if there is none.")
X(any, LISTS, "l: list[bool]", "True if an item is true.")
X(all, LISTS, "l: list[bool]", "True if no item is false.")
X(min, LISTS, "l: list[int] | list[version]",
  "The least item; of equal ones the first. An empty list is an error.")
X(max, LISTS, "l: list[int] | list[version]",
  "The greatest item; otherwise like min.")
X(slice, LISTS, "l: list, a: int, b: int? = null",
  "The items from a up to, not including, b (default: the end); negative "
  "numbers count from the end.")
X(chunk, LISTS, "l: list, n: int",
  "Lists of n items each, the last perhaps shorter. n below 1 is an error.")
X(range, LISTS, "a: int, b: int? = null",
  "The numbers from a up to, not including, b; range(n) is range(0, n).")
X(flatten, LISTS, "l: list",
  "The items of the lists in l, one level; other items stay.")
X(keys, LISTS, "m: map", "The keys, a list, in their order.")
X(values, LISTS, "m: map", "The values, a list, in their order.")
X(has, LISTS, "m: map, k: string", "True if the map has the key.")
X(get, LISTS, "m: map, k: string, d: any = null", "The value of the key, or d.")
X(merge, LISTS, "a: map, b: map", "Both maps; b wins where both have a key.")
X(omit, LISTS, "m: map, keys: list", "The map without those keys.")
X(minus, LISTS, "l: list, m: list", "The items of l that are not in m.")
X(ver, VERSIONS, "s: string | version",
  "s as a version, to be compared: v?N(.N)*, perhaps a pre-release (a, b, rc, "
  "dev, …), +build is ignored. Anything else is an error.")
X(vermatch, VERSIONS, "s: string | version, range: string",
  "True if the version is in the range: terms like >=3.11, <4 or !=3.12.1, "
  "separated by commas.")
X(json, FORMS, "v: any",
  "JSON, as the exec form wants it: [\"a\", \"b\"]. A string that is not UTF-8 "
  "is an error.")
X(sh, FORMS, "v: string | int | bool | version | list",
  "A single-quoted word for a POSIX shell; of a list, words with blanks "
  "between. A NUL byte is an error.")
X(basename, PATHS, "p: string", "The last part of the path.")
X(dirname, PATHS, "p: string",
  "The path without its last part; \".\" if there is only one.")
X(joinpath, PATHS, "a: string, b: string",
  "b below the directory a; b alone if it is absolute.")
X(data, FILES, "f: string",
  "The value of a JSON file, or of a YAML file (.yaml, .yml), found as "
  "@include "
  "finds files. A number that is not a 64-bit int is the string it was written "
  "as.")
X(text, FILES, "f: string",
  "The bytes of a file, found as @include finds files.")
X(matrix, VARIANTS, "axes: map, exclude: list? = null, include: list? = null",
  "Every combination of the axes, a list of maps, with GitHub Actions' exclude "
  "and include. An exclude that matches nothing is an error.")
X(image, IMAGES, "ref: string",
  "What is known of an image, a map: distro, packages, libc, shell, root, "
  "user, "
  "taken, env, python, node, version, yarn. null where nothing is known.")
X(defined, OTHER, "name: string",
  "True if a variable, macro or library of that name is bound here. A literal "
  "name is not checked before expansion.")
X(type, OTHER, "v: any",
  "\"null\", \"bool\", \"int\", \"string\", \"version\", \"list\" or \"map\".")
X(error, OTHER, "msg: string", "Fails with the message.")
