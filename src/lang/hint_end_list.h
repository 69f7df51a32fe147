/* SPDX-License-Identifier: MIT */
/* X("what", KIND, "here", "what to write"): a token of KIND (ANY: any) that
 * begins with "here", after the whole of what a directive holds. The first that
 * fits counts; it comes before what hint_next_list.h and hint_form_list.h say.
 */
X("what @for walks", NAME, "when",
  "a condition is written @for x in list if CONDITION")
X("what @for walks", NAME, "where",
  "a condition is written @for x in list if CONDITION")
X("what @for walks", NAME, "unless",
  "a condition is written @for x in list if not CONDITION")
X("what @for walks", NAME, "recursive",
  "a macro that calls itself walks what is nested")
X("what @for walks", NAME, "step",
  "every second item: @for i in range(0, len(list)) if i % 2 == 0")
X("what @for walks", NAME, "by",
  "every second item: @for i in range(0, len(list)) if i % 2 == 0")
X("what @for walks", NAME, "reversed", "write reverse(list)")
X("what @for walks", NAME, "limit", "write slice(list, 0, n)")
X("what @for walks", NAME, "", "a list is written [\"a\", \"b\"]")
X("what @for walks", STR, "", "a list is written [\"a\", \"b\"]")
X("the path", NAME, "with", "an included file sees all that its includer binds")
X("the path", NAME, "without",
  "an included file sees all that its includer binds")
X("the path", NAME, "ignore", "write @sinclude for a file that may be missing")
X("the path", NAME, "as",
  "what a file defines has a name after @import, not @include")
X("the path of @file", NAME, "", "a path is one string: \"a-@{x}.dockerfile\"")
X("the path of @file", STR, "", "a path is one string: \"a-@{x}.dockerfile\"")
X("the path of @file", COMMA, "", "write @file \"path\" mode \"755\"")
X("the path of @file", ASSIGN, "", "write @file \"path\" mode \"755\"")
X("the parameter", QUESTION, "?=", "a default is written @param x = …")
X("the parameter", NAME, "if", "put the @param into an @if … @end")
X("the parameter", NAME, "", "a type comes after the name, as in @param x: int")
X("the parameter", LBRACE, "", "a default is written @param x = …")
X("the parameter", COMMA, "", "each parameter has a @param of its own")
X("the parameters", MINUS, "->", "the type of a result is not written")
X("the parameters", COLON, "", "the line ends without a ':'")
X("the name of the block", ASSIGN, "",
  "its text goes in the lines below, up to @end")
X("the name of the block", COLON, "",
  "its text goes in the lines below, up to @end")
X("the message", NAME, "unless", "write if not")
X("the message", NAME, "when", "write if")
X("the message", NAME, "where", "write if")
X("the message", NAME, "", "the message goes in quotes: \"…\"")
X("the message", COMMA, "",
  "there is one message; a condition follows it: \"…\" if x")
X("@defer", ANY, "", "it has no name, and is alone on its line")
X("the separator of @join", NAME, "",
  "the separator goes in quotes: @join \" && \\\\\"")
X("the value", ASSIGN, "=>", "a function has a name: @define f(x) = …")
X("the value", ASSIGN, "=~",
  "of a regular expression write matches(s, 'REGEX')")
X("the value", ASSIGN, "=",
  "to compare write '=='; each name is bound in a line of its own")
X("the library's path, which is a plain string", STAR, "",
  "its macros are called by both names: apt.install(…)")
X("the library's path, which is a plain string", MINUS, "",
  "a name consists of letters, digits and '_'")
X("the type", LPAREN, "", "one of several values is written \"a\" | \"b\"")
X("the type", LBRACKET, "", "a list of them is written list[T]")
