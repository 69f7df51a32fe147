/* SPDX-License-Identifier: MIT */
/* --help: all options. */
#include "cli/mode.h"

#include "cli/io.h"

#include <stdlib.h>

stagepp_status mode_help(struct run *r)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (out && r->args->mode_value)
        option_print_man(out);
    else if (out)
        option_print_help(out);
    bool good = out && fclose(out) == 0;
    if (!good)
        io_message("out of memory");
    good = good && io_write_stdout(text, len);
    free(text);
    return good ? STAGEPP_OK : STAGEPP_FAILED;
}
