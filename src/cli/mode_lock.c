/* SPDX-License-Identifier: MIT */
/* --lock: what the template uses, for a file that is committed. */
#include "cli/modes.h"

stagepp_status mode_lock(struct run *r)
{
    const char *path = r->args->mode_value ? r->args->mode_value : LOCK_FILE;
    const char *text;
    size_t len;
    stagepp_status status = run_expand(r);
    if (status == STAGEPP_OK)
        status = stagepp_lock(r->session, path, &text, &len);
    if (status == STAGEPP_OK)
        status = stagepp_write_file(r->session, path, text, len);
    return status;
}
