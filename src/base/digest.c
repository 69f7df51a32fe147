/* SPDX-License-Identifier: MIT */
/* Bytes in, characters out; libmd does the work. */
#include "base/digest.h"

#include "base/foreign.h"

#include <sha2.h>

_Static_assert(DIGEST_HEX + 1 == SHA256_DIGEST_STRING_LENGTH, "SHA-256");

void digest_sha256(struct str bytes, char hex[DIGEST_HEX + 1])
{
    SHA256Data((const uint8_t *)bytes.ptr, bytes.len, hex);
    foreign_wrote(hex, DIGEST_HEX + 1);
}
