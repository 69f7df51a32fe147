/* SPDX-License-Identifier: MIT */
/* Allocations that fail: malloc and those beside it of the whole process, in
 * shared libraries and in libc too (what the program defines comes before what
 * they have). Under AddressSanitizer, which has a malloc of its own, only those
 * of our own code. */
#ifndef STAGEPP_TESTS_ALLOCATE_H
#define STAGEPP_TESTS_ALLOCATE_H

#include <stdbool.h>

/* From now on the n-th allocation fails (0: none does), and all after it if
 * `always`; to allocate_end. */
void allocate_begin(unsigned nth, bool always);
void allocate_end(void);
/* The n of allocate_begin. */
unsigned allocate_target(void);
/* Whether one has failed since allocate_begin, and how many there were. */
bool allocate_failed(void);
unsigned allocate_count(void);
/* Blocks that are not freed, of the whole process so far. */
long allocate_blocks(void);

#endif
