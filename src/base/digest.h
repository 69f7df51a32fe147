/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), as libgcrypt computes it. The library is loaded when it
 * is first needed, since most runs do not need it and loading takes an eighth
 * of the time of a start. */
#ifndef STAGEPP_BASE_DIGEST_H
#define STAGEPP_BASE_DIGEST_H

#include "base/str.h"

enum {
    DIGEST_HEX = 64 /* characters of a digest in hexadecimal */
};

/* True if there is the library; else *why says what is wrong. Threads may call
 * it. */
bool digest_ready(const char **why);
/* The digest in lower-case hexadecimal, and a NUL. After digest_ready. */
void digest_sha256(struct str bytes, char hex[DIGEST_HEX + 1]);

#endif
