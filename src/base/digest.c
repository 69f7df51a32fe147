/* SPDX-License-Identifier: MIT */
/* libgcrypt behind two functions. Where configure has learnt the name of the
 * shared library, that is opened at run time; else we are linked with it. */
#include "base/digest.h"

#include "base/foreign.h"

#include <gcrypt.h>
#include <pthread.h>
#include <string.h>

#ifdef STAGEPP_GCRYPT
#include <dlfcn.h>
#endif

enum {
    DIGEST_BYTES = DIGEST_HEX / 2
};

static struct {
    const char *(*check_version)(const char *wanted);
    gcry_error_t (*control)(enum gcry_ctl_cmds what, ...);
    void (*hash_buffer)(int algorithm, void *digest, const void *bytes,
                        size_t len);
    const char *why; /* it cannot be used */
} gcrypt;

#ifdef STAGEPP_GCRYPT
/* ISO C has no way from an object's address to a function's; POSIX has. */
static bool find(void *library, const char *name, void *function)
{
    void *at = dlsym(library, name);
    memcpy(function, &at, sizeof at);
    return at != NULL;
}

static const char *bind(void)
{
    void *library = dlopen(STAGEPP_GCRYPT, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return STAGEPP_GCRYPT " cannot be loaded; install libgcrypt";
    bool good = find(library, "gcry_check_version", &gcrypt.check_version) &&
                find(library, "gcry_control", &gcrypt.control) &&
                find(library, "gcry_md_hash_buffer", &gcrypt.hash_buffer);
    return good ? NULL : STAGEPP_GCRYPT " is no libgcrypt";
}
#else
static const char *bind(void)
{
    gcrypt.check_version = gcry_check_version;
    gcrypt.control = gcry_control;
    gcrypt.hash_buffer = gcry_md_hash_buffer;
    return NULL;
}
#endif

/* What is wrong, or NULL. */
static const char *set_up(void)
{
    /* The program we are in may have begun with it. */
    if (gcrypt.control(GCRYCTL_INITIALIZATION_FINISHED_P))
        return NULL;
    if (!gcrypt.check_version(NULL))
        return "libgcrypt does not start";
    gcrypt.control(GCRYCTL_DISABLE_SECMEM, 0);
    gcrypt.control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return NULL;
}

static void begin(void)
{
    gcrypt.why = bind();
    if (gcrypt.why)
        return;
    foreign_begins();
    gcrypt.why = set_up();
    foreign_ends();
}

bool digest_ready(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin);
    *why = gcrypt.why;
    return !gcrypt.why;
}

void digest_sha256(struct str bytes, char hex[DIGEST_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[DIGEST_BYTES];
    foreign_begins();
    gcrypt.hash_buffer(GCRY_MD_SHA256, digest, bytes.ptr, bytes.len);
    foreign_ends();
    foreign_wrote(digest, sizeof digest);
    for (int i = 0; i < DIGEST_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[DIGEST_HEX] = '\0';
}
