/* SPDX-License-Identifier: MIT */
/* X(ID, "word"): words that mean something where the grammar asks for them, and
 * are names everywhere else. The first ones are types. */
X(ANY, "any")
X(BOOL, "bool")
X(INT, "int")
X(STRING, "string")
X(VERSION, "version")
X(LIST, "list")
X(MAP, "map")
X(IS, "is")
X(WHERE, "where")
X(IT, "it")
X(AT, "at")
X(BODY, "body")
