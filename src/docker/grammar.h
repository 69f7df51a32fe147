/* SPDX-License-Identifier: MIT */
/* The grammars of values in a Dockerfile: numbers, durations, ports, signals,
 * modes, platforms. They follow Go's and Docker's readers. */
#ifndef STAGEPP_DOCKER_GRAMMAR_H
#define STAGEPP_DOCKER_GRAMMAR_H

#include "base/arena.h"
#include "base/str.h"

/* [+-]digits that fit into bits. */
bool grammar_integer(struct str s, unsigned bits, int64_t *out);
/* Digits of that base that fit into bits. */
bool grammar_unsigned(struct str s, unsigned base, unsigned bits, int64_t *out);
/* 1, t, T, TRUE, true, True and their opposites. */
bool grammar_bool(struct str s);
/* 1h30m, 1.5s, 500ms, 0; in nanoseconds. */
bool grammar_duration(struct str s, int64_t *ns);
/* 64m, 1.5GiB: a number and a unit of bytes. */
bool grammar_size(struct str s);
/* SIGTERM, term, 15, RTMIN+3. */
bool grammar_signal(struct str s);
/* 0644, u+x,go=. */
bool grammar_mode(struct str s);

/* "[ip:][host:]port[-port][/protocol]" of EXPOSE. */
struct port {
    bool has_host;    /* an address or a host port is given */
    bool upper_proto; /* the protocol is not in lower case */
};
/* NULL, or what is wrong; *out is always set. */
const char *grammar_port(struct str s, struct port *out);

/* os[/arch[/variant]]. */
struct platform {
    struct str os, arch; /* lower case */
};
bool grammar_platform(struct arena *a, struct str s, struct platform *out);

#endif
