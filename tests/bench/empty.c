/* SPDX-License-Identifier: MIT */
/* Does nothing, with the libraries of stagepp: what a start must cost. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <sha2.h>

/* Nobody looks at it; without it the linker leaves the library out. */
int (*const pcre2_used)(uint32_t, void *) = pcre2_config;
void (*const libmd_used)(SHA2_CTX *) = SHA256Init;

int main(void)
{
    return 0;
}
