/* SPDX-License-Identifier: MIT */
/* What test_allocate.c expands. */
#ifndef STAGEPP_FAULTS_PROJECT_H
#define STAGEPP_FAULTS_PROJECT_H

extern const char project_template[];

/* Writes the template as t.in, and beside it what it reads. */
void project_write(void);

#endif
