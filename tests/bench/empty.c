/* SPDX-License-Identifier: MIT */
/* Does nothing, with stagepp's libraries: the least that a start costs. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <sha2.h>
#include <yaml.h>

/* Not used, but without it the linker would leave the library out. */
int (*const pcre2_used)(uint32_t, void *) = pcre2_config;
void (*const libmd_used)(SHA2_CTX *) = SHA256Init;
const char *(*const yaml_used)(void) = yaml_get_version_string;

int main(void)
{
    return 0;
}
