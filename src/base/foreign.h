/* SPDX-License-Identifier: MIT */
/* What PCRE2 and libmd write: MemorySanitizer has not seen it,
 * since they are not built with it, and would take it for never written.
 * Nothing in other builds. */
#ifndef STAGEPP_BASE_FOREIGN_H
#define STAGEPP_BASE_FOREIGN_H

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define FOREIGN_UNSEEN
#endif
#endif

#ifdef FOREIGN_UNSEEN
#include <sanitizer/msan_interface.h>
#define foreign_wrote(p, n) __msan_unpoison(p, n)
#define foreign_wrote_cstr(s) __msan_unpoison_string(s)
/* Around calls that give libc what they wrote themselves. */
#define foreign_begins() __msan_scoped_disable_interceptor_checks()
#define foreign_ends() __msan_scoped_enable_interceptor_checks()
#else
#define foreign_wrote(p, n) ((void)(p), (void)(n))
#define foreign_wrote_cstr(s) ((void)(s))
#define foreign_begins() ((void)0)
#define foreign_ends() ((void)0)
#endif

#endif
