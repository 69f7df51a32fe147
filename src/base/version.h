/* SPDX-License-Identifier: MIT */
/* Versions: v?N(.N)*, then perhaps a pre-release that begins with
 * -?(a|b|alpha|beta|rc|pre|dev), then perhaps +build, which is ignored. */
#ifndef STAGEPP_BASE_VERSION_H
#define STAGEPP_BASE_VERSION_H

#include "base/str.h"

/* True if s is a version. *rest is where it stops being one. */
bool version_valid(struct str s, size_t *rest);
/* <0, 0, >0: numbers numerically (of any length), missing parts are 0,
 * pre-releases (dev < a = alpha < b = beta < pre = rc) before releases. */
int version_cmp(struct str a, struct str b);

enum version_match {
    VERSION_NO,
    VERSION_YES,
    VERSION_BAD_RANGE
};
/* True if v is in range: ">= 3.11, <4": all of the comma-separated terms, each
 * one of >= > <= < == = != and a version; "<4" excludes pre-releases of 4. On
 * VERSION_BAD_RANGE *bad is the term that is none. v must be valid. */
enum version_match version_in(struct str v, struct str range, struct str *bad);

#endif
