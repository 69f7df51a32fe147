/* SPDX-License-Identifier: MIT */
/* Does nothing, with the libraries of stagepp: what a start must cost. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <json.h>
#include <pcre2.h>

/* Looked at by nobody; without them the linker leaves the libraries out. */
const char *(*const json_used)(void) = json_c_version;
int (*const pcre2_used)(uint32_t, void *) = pcre2_config;

int main(void)
{
    return 0;
}
