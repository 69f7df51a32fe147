/* SPDX-License-Identifier: MIT */
/* Paths as text, with '/' between their parts. */
#include "base/path.h"

#include <string.h>

static struct str without_slashes(struct str p)
{
    while (p.len > 1 && p.ptr[p.len - 1] == '/')
        p.len--;
    return p;
}

struct str path_dir(struct str p)
{
    p = without_slashes(p);
    size_t slash = str_rchr(p, '/');
    if (slash == STR_NONE)
        return STR("");
    return slash == 0 ? str_slice(p, 0, 1)
                      : without_slashes(str_slice(p, 0, slash));
}

struct str path_base(struct str p)
{
    p = without_slashes(p);
    size_t slash = str_rchr(p, '/');
    return slash == STR_NONE || p.len == 1 ? p : str_from_off(p, slash + 1);
}

bool path_is_absolute(struct str p)
{
    return p.len && p.ptr[0] == '/';
}

bool path_is_dotted(struct str p)
{
    return str_starts(p, STR("./")) || str_starts(p, STR("../"));
}

struct str path_join(struct arena *a, struct str dir, struct str p)
{
    if (dir.len == 0 || path_is_absolute(p))
        return p;
    return ARENA_CONCAT(a, dir, str_ends(dir, STR("/")) ? STR("") : STR("/"),
                        p);
}

/* Takes the last part off the len bytes at `to`, if it is not ".."; false if
 * there is none to take. */
static bool drop_part(const char *to, size_t root, size_t *len)
{
    struct str have = {to + root, *len - root};
    if (have.len == 0 || str_eq(path_base(have), STR("..")))
        return false;
    size_t slash = str_rchr(have, '/');
    *len = root + (slash == STR_NONE ? 0 : slash);
    return true;
}

struct str path_normalise(struct arena *a, struct str p)
{
    char *to = arena_alloc(a, p.len + 2);
    size_t root = path_is_absolute(p), len = root;
    if (root)
        to[0] = '/';
    for (size_t at = 0; at < p.len;) {
        size_t slash = str_chr(p, '/', at);
        size_t end = slash == STR_NONE ? p.len : slash;
        struct str part = str_slice(p, at, end - at);
        at = end + 1;
        if (part.len == 0 || str_eq(part, STR(".")))
            continue;
        if (str_eq(part, STR("..")) && (drop_part(to, root, &len) || root))
            continue;
        if (len > root)
            to[len++] = '/';
        memcpy(to + len, part.ptr, part.len);
        len += part.len;
    }
    if (len == 0)
        to[len++] = '.';
    to[len] = '\0';
    return (struct str){to, len};
}

bool path_stays_inside(struct arena *a, struct str p)
{
    struct str n = path_normalise(a, p);
    return !path_is_absolute(n) && !str_eq(n, STR("..")) &&
           !str_starts(n, STR("../"));
}

struct str path_below(struct str path, struct str dir)
{
    static const struct str outside = {NULL, 0};
    if (dir.len == 0)
        return outside;
    if (str_eq(dir, STR(".")))
        return path_is_absolute(path) || str_eq(path, STR("..")) ||
                       str_starts(path, STR("../"))
                   ? outside
                   : path;
    if (!str_starts(path, dir))
        return outside;
    struct str rest = str_from_off(path, dir.len);
    if (rest.len == 0 || dir.ptr[dir.len - 1] == '/')
        return rest;
    return rest.ptr[0] == '/' ? str_from_off(rest, 1) : outside;
}
