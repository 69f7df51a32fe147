/* SPDX-License-Identifier: MIT */
/* Image references as the reference package of the Distribution project reads
 * and normalises them. */
#include "docker/image.h"

#include "base/image_facts.h"
#include "docker/text.h"

#define MAX_PATH 255
#define MAX_TAG 128
#define HEX TEXT_DIGITS "abcdef"

/* Letters and digits with one ".", "_", "__" or any "-" in between. */
static bool is_component(struct str s)
{
    for (;;) {
        size_t n = text_span(s, TEXT_LOWER TEXT_DIGITS);
        if (n == 0 || n == s.len)
            return n > 0;
        s = str_from_off(s, n);
        char c = s.ptr[0];
        size_t most = c == '.' ? 1 : c == '_' ? 2 : c == '-' ? s.len : 0;
        size_t same = text_span(s, (char[]){c, '\0'});
        if (same > most || most == 0)
            return false;
        s = str_from_off(s, same);
    }
}

static bool is_path(struct str s)
{
    while (s.ptr)
        if (!is_component(text_cut(&s, '/')))
            return false;
    return true;
}

/* Letters and digits, "-" only inside. */
static bool is_host_part(struct str s)
{
    return text_is_all(s, TEXT_ALNUM "-") && s.ptr[0] != '-' &&
           s.ptr[s.len - 1] != '-';
}

static bool is_host(struct str s)
{
    size_t close = str_rchr(s, ']');
    size_t colon = str_chr(s, ':', close == STR_NONE ? 0 : close);
    if (colon != STR_NONE) {
        if (!text_is_all(str_from_off(s, colon + 1), TEXT_DIGITS))
            return false;
        s = str_slice(s, 0, colon);
    }
    if (s.len && s.ptr[0] == '[')
        return text_is_all(str_slice(s, 1, s.len - 2),
                           TEXT_DIGITS "abcdefABCDEF:") &&
               s.ptr[s.len - 1] == ']';
    while (s.ptr)
        if (!is_host_part(text_cut(&s, '.')))
            return false;
    return true;
}

static bool is_tag(struct str s)
{
    return s.len <= MAX_TAG && text_is_all(s, TEXT_ALNUM "_.-") &&
           s.ptr[0] != '.' && s.ptr[0] != '-';
}

bool image_is_digest(struct str s)
{
    struct str hex = s;
    struct str algorithm = text_cut(&hex, ':');
    size_t n = str_eq(algorithm, STR("sha256"))   ? 64
               : str_eq(algorithm, STR("sha384")) ? 96
               : str_eq(algorithm, STR("sha512")) ? 128
                                                  : 0;
    return n && hex.len == n && text_is_all(hex, HEX);
}

/* The registry in front of *path, which moves past it; ptr NULL if there is
 * none. */
static struct str cut_registry(struct str *path)
{
    struct str rest = *path, first = text_cut(&rest, '/');
    bool named = str_eq(first, STR("localhost")) || text_has_upper(first) ||
                 str_chr(first, '.', 0) != STR_NONE ||
                 str_chr(first, ':', 0) != STR_NONE;
    if (!rest.ptr || !named)
        return STR_ABSENT;
    *path = rest;
    return first;
}

const char *image_parse(struct str s, struct image_ref *out)
{
    struct str path = s;
    if (s.len == 0)
        return "an image needs a name";
    if (s.len == 64 && text_is_all(s, HEX))
        return "64 hexadecimal digits are the id of an image, not its name";
    struct str host = cut_registry(&path);
    if (text_has_upper(str_slice(path, 0, str_chr(path, ':', 0))))
        return "the name of an image must be in lower case";
    out->digest = path;
    out->tag = text_cut(&out->digest, '@');
    path = text_cut(&out->tag, ':');
    out->name = str_slice(s, 0, (size_t)(path.ptr + path.len - s.ptr));
    bool hub = !host.len || text_is_one_of(host, "docker.io index.docker.io");
    size_t library = hub && str_chr(path, '/', 0) == STR_NONE ? 8 : 0;
    if ((host.ptr && !is_host(host) && !is_path(host)) || !is_path(path) ||
        path.len + library > MAX_PATH)
        return "an image has the form [registry/]name[:tag][@digest]";
    if (out->tag.ptr && !is_tag(out->tag))
        return "a tag consists of up to 128 letters, digits, '_', '.' and '-'";
    if (out->digest.ptr && !image_is_digest(out->digest))
        return "a digest is sha256: and 64 hexadecimal digits";
    return NULL;
}

/* --- known images --- */

bool image_is_stable_frontend(struct str s)
{
    struct image_ref ref;
    if (image_parse(s, &ref))
        return false;
    struct str name = ref.name, hub = STR("docker.io/");
    name = str_from_off(name, str_starts(name, hub) ? hub.len : 0);
    return text_is_one_of(name,
                          "docker/dockerfile docker/dockerfile-upstream") &&
           !ref.digest.len && !str_ends(ref.tag, STR("labs"));
}

bool image_runs_as_root(struct str s)
{
    struct image_ref ref;
    return !image_parse(s, &ref) && image_facts_of(s).root == FACT_YES;
}

bool image_has_no_shell(struct str s)
{
    struct image_ref ref;
    return !image_parse(s, &ref) && image_facts_of(s).shell == FACT_NO &&
           str_find(ref.tag, STR("debug"), 0) == STR_NONE;
}

bool image_sets(struct str s, struct str variable)
{
    struct image_ref ref;
    const char *env = image_parse(s, &ref) ? NULL : image_facts_of(s).env;
    return env && text_is_one_of(variable, env);
}

bool image_is_system(struct str s)
{
    struct image_ref ref;
    if (image_parse(s, &ref))
        return false;
    size_t slash = str_rchr(ref.name, '/');
    struct str name =
        slash == STR_NONE ? ref.name : str_from_off(ref.name, slash + 1);
    struct str host = str_slice(ref.name, 0, slash == STR_NONE ? 0 : slash);
    return text_is_one_of(name, "alpine debian ubuntu fedora centos rockylinux "
                                "almalinux amazonlinux oraclelinux busybox "
                                "archlinux") &&
           (host.len == 0 || str_eq(host, STR("docker.io")) ||
            str_eq(host, STR("docker.io/library")) ||
            str_eq(host, STR("library")));
}

/* Images of programs change what they are built on from tag to tag. */
const char *image_packages(struct str s)
{
    struct image_ref ref;
    bool sure =
        !image_parse(s, &ref) &&
        (image_is_system(s) || str_find(ref.tag, STR("alpine"), 0) != STR_NONE);
    return sure ? image_facts_of(s).packages : NULL;
}
