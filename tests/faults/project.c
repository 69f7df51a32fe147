/* SPDX-License-Identifier: MIT */
/* A template that has each directive, with all that it reads. */
#include "project.h"

#include "tree.h"

#include <string.h>

const char project_template[] =
    "@# Each directive.\n"
    "@import \"std/python\" as py\n"
    "@import \"lib\" as own\n"
    "@# Which.\n"
    "@param v = 0 in [0, 1]\n"
    "@param list = []\n"
    "@param m = {}\n"
    "@let d = data(\"d.json\")\n"
    "@let y = data(\"d.yaml\")\n"
    "@let all = [upper(x) for x in split(\"a,b\", \",\") if x != \"\"]\n"
    "@let n = 1\n"
    "@param pad = \"\"\n"
    "@let room = repeat(\"x\", len(pad) * 3)\n"
    "# syntax=docker/dockerfile:1\n"
    "ARG V=@{v}\n"
    "@py.base(version=\"3.12\")\n"
    "@own.run(sub(\"a-b\", '(\\w)-', '$1+'), \"z\")\n"
    "@include \"inc.in\"\n"
    "@sinclude \"nothing.in\"\n"
    "@if matches(\"aab\", '(a+)b') and glob(\"a.py\", \"*.p[xy]\")\n"
    "@set n = n + 1\n"
    "@elif v == 2\n"
    "@error \"never\"\n"
    "@else\n"
    "LABEL never=1\n"
    "@end\n"
    "@for c in matrix({x: [1, 2], y: [\"a\", \"b\"]}, exclude=[{x: 1, y: "
    "\"a\"}])\n"
    "LABEL l.@{c.x}@{c.y}=@{ver(\"1.2\") < ver(\"1.10\")}@{n}\n"
    "@end\n"
    "@call own.twice()\n"
    "RUN true\n"
    "@end\n"
    "RUN \\\n"
    "@join \" && \\\\\"\n"
    "    a\n"
    "    b @{capture(\"k=v\", '(\\w)=(\\w)') | json}\n"
    "@end\n"
    "@raw\n"
    "# @{raw}\n"
    "@end\n"
    "LABEL d=@{d.a | json | sh} y=@{y | json | sh} m=@{m.k | json} list=@{list "
    "| join(\"-\")}\n"
    "@defer\n"
    "LABEL deferred=@{all | join(\" \") | json}\n"
    "@end\n"
    "@for w in [\"3.9\", \"3.13\"]\n"
    "@file \"py@{w}/Dockerfile\"\n"
    "FROM python:@{w} AS a\n"
    "COPY x /@{v}/\n"
    "@own.keep(w)\n"
    "@defer\n"
    "@own.kept()\n"
    "@end\n"
    "@end\n"
    "@end\n"
    "@warn \"seen\"\n";

static const char lib[] = "@library \"lib\"\n"
                          "@# Runs.\n"
                          "@define run(a, b=\"x\", *rest)\n"
                          "RUN @{a} @{b | sh} @{_double(rest | len)}\n"
                          "@end\n"
                          "@define _double(n) = n * 2\n"
                          "@let _kept = []\n"
                          "@define keep(a)\n"
                          "@set _kept = _kept + [a]\n"
                          "@end\n"
                          "@define kept()\n"
                          "LABEL kept=@{_kept | json | json}\n"
                          "@end\n"
                          "@define twice(body)\n"
                          "@{body}\n"
                          "@{body}\n"
                          "@end\n";

void project_write(void)
{
    tree_write("t.in", project_template);
    tree_write("lib.spp", lib);
    /* A file that takes a chunk of its own while it is read. */
    static char long_text[70000] = "@let i = 1\nCOPY @{i} @{all[0]}\n@# ";
    size_t len = strlen(long_text);
    memset(long_text + len, 'x', sizeof long_text - 1 - len);
    tree_write("inc.in", long_text);
    tree_write("d.json", "{\"a\": [1, 2.5, 99999999999999999999], \"k\": "
                         "{\"s\": \"\\u00e9\", \"t\": [true, null]}}");
    tree_write("d.yaml", "a: &a [1, 2.5, \"\\u00e9\"]\n"
                         "b: {<<: {c: !!str 1}, d: *a}\n");
    tree_write("m.json", "{\"k\": \"from a file\"}");
    tree_write("plain", "FROM a\nMAINTAINER b\nRUN [\"c\"]\n");
}
