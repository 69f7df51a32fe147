/* SPDX-License-Identifier: MIT */
/* --version */
#include "cli/mode.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

stagepp_status mode_version(struct run *r)
{
    char *text = io_format("stagepp %s\n", stagepp_version());
    bool good = io_write_stdout(text, strlen(text));
    (void)r;
    free(text);
    return good ? STAGEPP_OK : STAGEPP_FAILED;
}
