/* SPDX-License-Identifier: MIT */
/* References to images, [registry/]name[:tag][@digest], and what the checks ask
 * of known ones. */
#ifndef STAGEPP_DOCKER_IMAGE_H
#define STAGEPP_DOCKER_IMAGE_H

#include "base/str.h"

struct image_ref {
    struct str name, tag, digest; /* slices; empty when absent */
};
/* NULL, or what is wrong. */
const char *image_parse(struct str s, struct image_ref *out);
/* True for "sha256:" and its digits; also sha384, sha512. */
bool image_is_digest(struct str s);

/* True if s is Docker's frontend for Dockerfiles, and not one for experiments.
 */
bool image_is_stable_frontend(struct str s);
/* True if s is an image that is known to run as root. */
bool image_runs_as_root(struct str s);
/* True if s is an image that is known to have no shell. */
bool image_has_no_shell(struct str s);
/* True if s is an image of a distribution and nothing else, which sets no
 * variable but PATH and LANG. */
bool image_is_system(struct str s);
/* How packages are installed in s; "" if they are not, NULL if that is not
 * known. */
const char *image_packages(struct str s);
/* True if s is an image that is known to set the variable. */
bool image_sets(struct str s, struct str variable);

#endif
