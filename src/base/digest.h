/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), as libmd computes it. */
#ifndef STAGEPP_BASE_DIGEST_H
#define STAGEPP_BASE_DIGEST_H

#include "base/str.h"

#define DIGEST_HEX 64 /* characters of a digest in hexadecimal */

/* The digest in lower-case hexadecimal, and a NUL. */
void digest_sha256(struct str bytes, char hex[DIGEST_HEX + 1]);

#endif
