/* SPDX-License-Identifier: MIT */
/* X(ID, "word"): besides the directives' keywords, the words that no variable
 * or macro may be called. */
X(TRUE, "true")
X(FALSE, "false")
X(NULL, "null")
X(AND, "and")
X(OR, "or")
X(NOT, "not")
X(IN, "in")
X(LOOP, "loop")
