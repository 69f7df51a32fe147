/* SPDX-License-Identifier: MIT */
/* readall DIRECTORY FIRST LAST: opens and reads DIRECTORY/FIRST.in up to
 * DIRECTORY/LAST.in and writes their contents: the least that including them
 * costs. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    long last = strtol(argv[3], NULL, 10);
    for (long i = strtol(argv[2], NULL, 10); i <= last; i++) {
        char name[4096];
        static char bytes[1 << 16];
        struct stat st;
        snprintf(name, sizeof name, "%s/%ld.in", argv[1], i);
        int fd = open(name, O_RDONLY);
        if (fd < 0 || fstat(fd, &st) != 0)
            return 1;
        ssize_t n;
        while ((n = read(fd, bytes, sizeof bytes)) > 0)
            fwrite(bytes, 1, (size_t)n, stdout);
        close(fd);
    }
    return fclose(stdout) != 0;
}
