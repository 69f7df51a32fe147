/* SPDX-License-Identifier: MIT */
#include "eval/data.h"

enum data_format data_format(struct str name)
{
    return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))
               ? DATA_YAML
               : DATA_JSON;
}

struct diag *data_report(struct diags *d, enum data_format format,
                         struct source *source, const struct data_error *err,
                         const struct trace *chain)
{
    struct span at = {source, (uint32_t)err->offset, 1};
    struct span other = {source, (uint32_t)err->note_offset, 1};
    enum diag_id id = format == DATA_YAML ? DIAG_YAML : DIAG_JSON;
    struct diag *report = diag_report(d, id, at, chain, "%s", err->message);
    if (err->note[0])
        diag_note(d, report, other, "%s", err->note);
    return report;
}
