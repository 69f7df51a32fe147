/* SPDX-License-Identifier: MIT */
/* Image references: [registry[:port]/]path[:tag][@digest], as the reference
 * package of the Distribution project reads and normalises them. */
#include "docker/grammar.h"
#include "docker/text.h"

#define MAX_PATH 255
#define MAX_TAG 128

static bool is_lower_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || ascii_is_digit(c);
}

static bool is_alnum(char c)
{
    return c != '_' && ascii_is_name(c);
}

static bool is_hex(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]) && !(s.ptr[i] >= 'a' && s.ptr[i] <= 'f'))
            return false;
    return true;
}

/* Letters and digits with one ".", "_", "__" or any "-" in between. */
static bool is_component(struct str s)
{
    size_t i = 0;
    while (i < s.len) {
        size_t from = i;
        while (i < s.len && is_lower_alnum(s.ptr[i]))
            i++;
        if (i == from)
            return false;
        if (i == s.len)
            return true;
        from = i;
        char c = s.ptr[i];
        while (i < s.len && s.ptr[i] == c)
            i++;
        size_t most = c == '.' ? 1 : c == '_' ? 2 : c == '-' ? s.len : 0;
        if (i - from > most)
            return false;
    }
    return false;
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
    for (size_t i = 0; i < s.len; i++)
        if (!is_alnum(s.ptr[i]) && s.ptr[i] != '-')
            return false;
    return s.len && s.ptr[0] != '-' && s.ptr[s.len - 1] != '-';
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

static bool is_ipv6_host(struct str s)
{
    for (size_t i = 1; i + 1 < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]) && s.ptr[i] != ':' &&
            !(ascii_lower(s.ptr[i]) >= 'a' && ascii_lower(s.ptr[i]) <= 'f'))
            return false;
    return s.len > 2 && s.ptr[s.len - 1] == ']';
}

static bool is_host(struct str s)
{
    size_t close = str_rchr(s, ']');
    size_t colon = str_chr(s, ':', close == STR_NONE ? 0 : close);
    if (colon != STR_NONE) {
        if (!is_digits(str_from_off(s, colon + 1)))
            return false;
        s = str_slice(s, 0, colon);
    }
    if (s.len && s.ptr[0] == '[')
        return is_ipv6_host(s);
    while (s.ptr)
        if (!is_host_part(text_cut(&s, '.')))
            return false;
    return true;
}

static bool is_tag(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_name(s.ptr[i]) &&
            (i == 0 || (s.ptr[i] != '.' && s.ptr[i] != '-')))
            return false;
    return s.len > 0 && s.len <= MAX_TAG;
}

bool grammar_digest(struct str s)
{
    struct str hex = s;
    struct str algorithm = text_cut(&hex, ':');
    size_t n = str_eq(algorithm, STR("sha256"))   ? 64
               : str_eq(algorithm, STR("sha384")) ? 96
               : str_eq(algorithm, STR("sha512")) ? 128
                                                  : 0;
    return n && hex.len == n && is_hex(hex);
}

/* The registry in front of the path, if there is one; *rest is behind it. */
static struct str registry(struct str s, struct str *rest)
{
    size_t slash = str_chr(s, '/', 0);
    struct str first = str_slice(s, 0, slash == STR_NONE ? 0 : slash);
    *rest = s;
    bool named = str_eq(first, STR("localhost")) || text_has_upper(first) ||
                 str_chr(first, '.', 0) != STR_NONE ||
                 str_chr(first, ':', 0) != STR_NONE;
    if (slash == STR_NONE || !named)
        return (struct str){NULL, 0};
    *rest = str_from_off(s, slash + 1);
    return first;
}

static bool has_docker_io_prefix(struct str host)
{
    return host.len == 0 || str_eq(host, STR("docker.io")) ||
           str_eq(host, STR("index.docker.io"));
}

const char *grammar_image(struct str s, struct image_ref *out)
{
    struct str path, digest;
    if (s.len == 0)
        return "no image";
    if (s.len == 64 && is_hex(s))
        return "64 hexadecimal digits are the id of an image, not its name";
    struct str host = registry(s, &path);
    size_t colon = str_chr(path, ':', 0);
    if (text_has_upper(str_slice(path, 0, colon)))
        return "the name of an image is written in lower case";
    digest = path;
    path = text_cut(&digest, '@');
    out->digest = digest;
    out->tag = path;
    path = text_cut(&out->tag, ':');
    out->name = str_slice(s, 0, (size_t)(path.ptr + path.len - s.ptr));
    bool hub = has_docker_io_prefix(host);
    size_t library = hub && str_chr(path, '/', 0) == STR_NONE ? 8 : 0;
    if ((host.ptr && !is_host(host) && !is_path(host)) || !is_path(path) ||
        path.len + library > MAX_PATH)
        return "no name of an image: [registry/]name[:tag][@digest]";
    if (out->tag.ptr && !is_tag(out->tag))
        return "the tag is not one: letters, digits, '_', '.' and '-', up to "
               "128";
    if (out->digest.ptr && !grammar_digest(out->digest))
        return "the digest is not one: sha256: and 64 hexadecimal digits";
    return NULL;
}

struct str image_official(struct str s)
{
    struct image_ref ref;
    struct str none = {NULL, 0};
    if (grammar_image(s, &ref))
        return none;
    if (str_starts(ref.name, STR("docker.io/")))
        ref.name = str_from_off(ref.name, 10);
    if (str_starts(ref.name, STR("library/")))
        ref.name = str_from_off(ref.name, 8);
    return str_chr(ref.name, '/', 0) == STR_NONE ? ref.name : none;
}

bool image_sets(struct str s, struct str variable)
{
    static const struct {
        const char *image, *names;
    } table[] = {
#define X(image, names) {image, names},
#include "docker/image_env_list.h"
#undef X
    };
    struct str name = image_official(s);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct str names = str_from(table[i].names);
        while (str_eq(name, str_from(table[i].image)) && names.ptr)
            if (str_eq(text_cut(&names, ' '), variable))
                return true;
    }
    return false;
}
