/* SPDX-License-Identifier: MIT */
/* Allocations that fail: malloc and its relatives in the whole process, even in
 * shared libraries and libc, since the program's definitions come before
 * theirs. With AddressSanitizer, which has a malloc of its own, only those of
 * our own code fail. */
#ifndef STAGEPP_TESTS_ALLOCATE_H
#define STAGEPP_TESTS_ALLOCATE_H

#include <stdbool.h>

/* From now on, until allocate_end, the n-th allocation fails (0: none does),
 * and with `always` all after it. */
void allocate_begin(unsigned nth, bool always);
void allocate_end(void);
/* The n of allocate_begin. */
unsigned allocate_target(void);
/* Whether any has failed since allocate_begin, and how many there were. */
bool allocate_failed(void);
unsigned allocate_count(void);
/* The number of blocks that the process has not freed so far. */
long allocate_blocks(void);

#endif
