/* SPDX-License-Identifier: MIT */
/* The grammars of values in a Dockerfile: numbers, durations, ports, signals,
 * modes, platforms, image references. They follow Go's and Docker's readers. */
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
/* 1h30m, 1.5s, 500ms, 0; in nanoseconds (cut at 2^62). */
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
/* NULL, or what is wrong. The first two fields of *out are always set. */
const char *grammar_port(struct str s, struct port *out);

/* os[/arch[/variant]]. */
struct platform {
    struct str os, arch; /* lower case */
};
bool grammar_platform(struct arena *a, struct str s, struct platform *out);

/* "sha256:" and its digits; also sha384, sha512. */
bool grammar_digest(struct str s);

/* [registry/]name[:tag][@digest]. */
struct image_ref {
    struct str name, tag, digest; /* slices; empty when absent */
};
/* NULL, or what is wrong. */
const char *grammar_image(struct str s, struct image_ref *out);

/* The name of an official image ("python" of docker.io/library/python:3);
 * empty for all others. */
struct str image_official(struct str s);
/* True if the image s is an official one that sets the variable. */
bool image_sets(struct str s, struct str variable);

#endif
