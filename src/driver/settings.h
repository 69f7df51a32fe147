/* SPDX-License-Identifier: MIT */
/* The values of -D and --data; each expansion reads them anew. */
#ifndef STAGEPP_DRIVER_SETTINGS_H
#define STAGEPP_DRIVER_SETTINGS_H

#include "driver/session.h"

/* Adds v, or replaces the value of the same name. */
void settings_put(stagepp_session *s, struct setting v);
/* True if source is the text of a setting. */
bool settings_has(const stagepp_session *s, const struct source *source);
/* Notes that the run uses the files of --data. */
void settings_use(stagepp_session *s);
/* Gives ev the values of all settings; false if the JSON of one is wrong
 * (reported). */
bool settings_read(stagepp_session *s, struct eval *ev);
/* Reports the settings for which no file of this run has an @param. After a
 * failed expansion the file that has it may not have been reached: then only
 * what looks like a slip is reported; and nothing where it may be included by a
 * block that was left out. False if anything was. */
bool settings_check(stagepp_session *s, bool expanded);

#endif
