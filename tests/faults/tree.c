/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char root[PATH_MAX];

static void need(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "# %s: %s\n", what, strerror(errno));
    abort();
}

void tree_enter(void)
{
    const char *above = getenv("TMPDIR");
    if (!above || !*above)
        above = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(root, sizeof root, "%s/stagepp-faults-XXXXXX", above);
    need(mkdtemp(root) != NULL && chdir(root) == 0, root);
}

void tree_leave(void)
{
    need(chdir("/") == 0, "/");
    tree_remove(root);
}

const char *tree_path(void)
{
    return root;
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void tree_remove(const char *path)
{
    need(nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 ||
             errno == ENOENT,
         path);
}

void tree_write(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    need(f != NULL, path);
    need(fputs(text, f) >= 0 && fclose(f) == 0, path);
}

char *tree_read(const char *path, size_t *len)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return NULL;
    need(fstat(fd, &st) == 0, path);
    *len = (size_t)st.st_size;
    char *text = malloc(*len + 1);
    need(text != NULL, path);
    need(read(fd, text, *len) == (ssize_t)*len, path);
    text[*len] = '\0';
    close(fd);
    return text;
}

bool tree_holds(const char *path, const char *text)
{
    size_t len;
    char *got = tree_read(path, &len);
    bool same = got && len == strlen(text) && memcmp(got, text, len) == 0;
    free(got);
    return same;
}

static unsigned found;

static int count_one(const char *path, const struct stat *st, int type,
                     struct FTW *at)
{
    (void)st;
    (void)type;
    found += strstr(path + at->base, ".stagepp-") != NULL;
    return 0;
}

unsigned tree_temporaries(const char *path)
{
    found = 0;
    if (nftw(path, count_one, 16, FTW_PHYS) != 0)
        need(errno == ENOENT, path);
    return found;
}

unsigned tree_descriptors(void)
{
    unsigned n = 0;
    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) != -1;
    return n;
}
