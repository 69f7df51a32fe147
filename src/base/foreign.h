/* SPDX-License-Identifier: MIT */
/* Tells MemorySanitizer what PCRE2, libmd and libyaml have written. They are
 * not built with it, so it has not seen that, and would take what they do with
 * it for a mistake. Nothing in other builds. */
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
/* Around calls that use in the C library what they have written themselves. */
#define foreign_begin() __msan_scoped_disable_interceptor_checks()
#define foreign_end() __msan_scoped_enable_interceptor_checks()
#else
#define foreign_wrote(p, n) ((void)(p), (void)(n))
#define foreign_wrote_cstr(s) ((void)(s))
#define foreign_begin() ((void)0)
#define foreign_end() ((void)0)
#endif

#endif
