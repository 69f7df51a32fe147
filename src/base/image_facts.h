/* SPDX-License-Identifier: MIT */
/* What is known of images by their references. image_list.h is the one list:
 * the checks of Dockerfiles ask it, and so does the builtin image(). */
#ifndef STAGEPP_BASE_IMAGE_FACTS_H
#define STAGEPP_BASE_IMAGE_FACTS_H

#include "base/str.h"

enum fact {
    FACT_UNKNOWN,
    FACT_NO,
    FACT_YES
};

/* A text is NULL where nothing is known, and "" where there is no such thing.
 * Lists are words with a blank between. */
struct image_facts {
    bool forget;          /* of a row: nothing that others say holds */
    const char *distro;   /* debian (Ubuntu too), alpine, fedora (its kin
                             too), arch, wolfi */
    const char *packages; /* apt, apk, dnf, microdnf, yum, pacman */
    const char *libc;     /* glibc, musl */
    enum fact shell;      /* there is one for RUN */
    enum fact root;       /* its USER is root */
    const char *user;     /* a user without rights that it has, … */
    uint32_t uid;         /* … and that user's number */
    const char *taken;    /* numbers from 1000 on that users or groups have */
    const char *env;      /* variables that it sets */
    const char *python;   /* the interpreters, as they are called */
    const char *node;
    const char *version; /* of the interpreter, if the tag is not it */
    const char *yarn;    /* bundled, or "" */
};

/* What is known of an image [registry/]name[:tag][@digest]; of an unknown one
 * nothing. The Docker Hub's own registry and library/ may be left out. */
struct image_facts image_facts_of(struct str reference);

#endif
