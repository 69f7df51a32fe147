/* SPDX-License-Identifier: MIT */
/* Data files: which format they have, and what is wrong with them. */
#ifndef STAGEPP_EVAL_DATA_H
#define STAGEPP_EVAL_DATA_H

#include "eval/value_data.h"
#include "source/diag.h"

/* YAML if the name of the file ends in .yaml or .yml, else JSON. */
enum data_format data_format(struct str name);
/* Reports what value_data_read says of a source. */
struct diag *data_report(struct diags *d, enum data_format format,
                         struct source *source, const struct data_error *err,
                         const struct trace *chain);

#endif
