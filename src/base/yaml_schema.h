/* SPDX-License-Identifier: MIT */
/* The core schema of YAML 1.2: what a scalar is by its text, and which tags
 * there are. There are two differences: ints are only spelled as JSON does, so
 * that 0o14, 007 and +1 are text; and floats are, too, so that 3.10 stays 3.10.
 */
#ifndef STAGEPP_BASE_YAML_SCHEMA_H
#define STAGEPP_BASE_YAML_SCHEMA_H

#include "base/data.h"

enum yaml_tag {
    YAML_TAG_NONE,
    YAML_TAG_STR,
    YAML_TAG_INT,
    YAML_TAG_FLOAT,
    YAML_TAG_BOOL,
    YAML_TAG_NULL,
    YAML_TAG_SEQ,
    YAML_TAG_MAP,
    YAML_TAGS
};

/* "str" and so on. */
extern const char *const yaml_tag_names[YAML_TAGS];

/* What the text of a plain scalar without a tag is. */
enum yaml_tag yaml_resolve(struct str text);
/* Whether a scalar of that text may have the tag. */
bool yaml_fits(enum yaml_tag tag, struct str text);
/* What it is then. A float is a string. */
enum data_kind yaml_kind(enum yaml_tag tag, struct str text);

#endif
