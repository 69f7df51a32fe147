/* SPDX-License-Identifier: MIT */
/* A URL that Go's reader refuses is a path, so what it refuses is looked at,
 * too. */
#include "docker/remote.h"

#include "base/path.h"
#include "docker/grammar.h"
#include "docker/text.h"

/* What names and passwords in a URL, and its host, may have in them; beyond
 * ASCII a host may have all. */
#define USER_BYTES TEXT_ALNUM "-._:~!$&'()*+,;=%@"
#define HOST_BYTES TEXT_ALNUM "-_.~!$&'()*+,;=:[]<>\"%"

struct url {
    struct str scheme, host, path, query, fragment;
};

/* --- bytes --- */

static int hex_of(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* s without its "%20"; false if one is broken. */
static bool decode(struct arena *a, struct str s, bool plus, struct str *out)
{
    char *to = arena_array(a, s.len + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '%') {
            int high = i + 2 < s.len ? hex_of(s.ptr[i + 1]) : -1;
            int low = high >= 0 ? hex_of(s.ptr[i + 2]) : -1;
            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        to[n++] = plus && s.ptr[i] == '+' ? ' ' : c;
    }
    *out = (struct str){to, n};
    return true;
}

/* --- URLs --- */

/* The "name" of "name://…", in lower case; empty if it has another form. */
static struct str scheme_of(struct arena *a, struct str s)
{
    size_t n = text_span(s, TEXT_ALNUM);
    if (n == 0 || !str_starts(str_from_off(s, n), STR("://")))
        return STR("");
    return text_lower(a, str_slice(s, 0, n));
}

static bool is_port(struct str s)
{
    return s.len == 0 ||
           (s.ptr[0] == ':' && text_span(s, ":" TEXT_DIGITS) == s.len &&
            str_chr(s, ':', 1) == STR_NONE);
}

static bool is_host(struct arena *a, struct str host)
{
    struct str ignored;
    size_t close = str_chr(host, ']', 0), colon = host.len;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];
        int high = i + 1 < host.len ? hex_of(host.ptr[i + 1]) : -1;
        if ((unsigned char)c < 0x80 && !strchr(HOST_BYTES, c))
            return false;
        if (c == '%' && high < 8 &&
            !str_starts(str_from_off(host, i), STR("%25")))
            return false;
        if (c == ':' && (colon == host.len || close != STR_NONE))
            colon = i;
    }
    if (str_starts(host, STR("[")))
        return close != STR_NONE && is_port(str_from_off(host, close + 1));
    return is_port(str_from_off(host, colon)) &&
           decode(a, host, false, &ignored);
}

/* True if Go reads s, which has a scheme, as a URL. */
static bool read_url(struct arena *a, struct str s, struct url *u)
{
    struct str rest = s, ignored;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7F)
            return false;
    *u = (struct url){.scheme = scheme_of(a, s)};
    u->query = text_cut(&rest, '#');
    u->fragment = rest;
    rest = text_cut(&u->query, '?');
    rest = str_from_off(rest, u->scheme.len + 3);
    size_t slash = str_chr(rest, '/', 0);
    slash = slash == STR_NONE ? rest.len : slash;
    u->host = str_slice(rest, 0, slash);
    u->path = str_from_off(rest, slash);
    size_t at = STR_NONE;
    for (size_t i = 0; (i = str_chr(u->host, '@', i)) != STR_NONE; i++)
        at = i;
    if (at != STR_NONE) {
        struct str user = str_slice(u->host, 0, at);
        u->host = str_from_off(u->host, at + 1);
        if (text_span(user, USER_BYTES) != user.len ||
            !decode(a, user, false, &ignored))
            return false;
    }
    return is_host(a, u->host) && decode(a, u->path, false, &u->path) &&
           (!u->fragment.ptr || decode(a, u->fragment, false, &u->fragment));
}

/* user@host:path?query#fragment */
static bool read_scp(struct str s, struct url *u)
{
    struct str rest = s;
    struct str user = text_cut(&rest, '@');
    if (!rest.ptr || str_chr(s, '\n', 0) != STR_NONE)
        return false;
    u->host = text_cut(&rest, ':');
    u->query = text_cut(&rest, '#');
    u->fragment = rest;
    u->path = text_cut(&u->query, '?');
    return u->path.ptr && text_is_all(user, TEXT_ALNUM "-_") &&
           text_is_all(u->host, TEXT_ALNUM "-.");
}

/* --- queries --- */

struct git {
    struct arena *a;
    struct str ref, subdir; /* from the fragment, or the query */
    struct str tag, branch;
    struct str seen; /* "\nname\nname\n" */
    struct remote *out;
};

static bool is_switch(struct str name)
{
    return text_is_one_of(name, "submodules keep-git-dir fetch-by-commit");
}

/* Takes value for what may be given in two ways, if they agree. */
static const char *take_once(struct str *what, struct str value,
                             const char *why)
{
    if (what->len && !str_eq(*what, value))
        return why;
    *what = value;
    return NULL;
}

static const char *take(struct git *g, struct str name, struct str value)
{
    if (value.len == 0 && !is_switch(name))
        return "a name in the query has no value";
    if (str_eq(name, STR("ref")))
        return take_once(&g->ref, value, "two refs are given");
    if (str_eq(name, STR("subdir")))
        return take_once(&g->subdir, value, "two folders are given");
    if (str_eq(name, STR("tag")))
        g->tag = value;
    else if (str_eq(name, STR("branch")))
        g->branch = value;
    else if (text_is_one_of(name, "checksum commit"))
        g->out->checksum = value;
    else if (str_eq(name, STR("mtime")))
        return text_is_one_of(value, "checkout commit")
                   ? NULL
                   : "mtime must be checkout or commit";
    else if (is_switch(name) && value.len && !grammar_bool(value))
        return "submodules, keep-git-dir and fetch-by-commit must be true or "
               "false";
    else if (!is_switch(name))
        return "the query of a repository has ref, tag, branch, commit, "
               "checksum, subdir, submodules, keep-git-dir, mtime and "
               "fetch-by-commit";
    if (str_eq(name, STR("keep-git-dir"))) {
        g->out->has_git_dir = true;
        g->out->git_dir = !value.len || strchr("1tT", value.ptr[0]);
    }
    return NULL;
}

/* The name that a tag or a branch has as a ref. */
static const char *take_ref(struct git *g, struct str name, struct str prefix)
{
    if (!name.len)
        return NULL;
    if (!str_starts(name, prefix))
        name = ARENA_CONCAT(g->a, prefix, name);
    return take_once(&g->ref, name, "two refs are given");
}

static bool is_twice(struct git *g, struct str name)
{
    struct str mark = ARENA_CONCAT(g->a, STR("\n"), name, STR("\n"));
    bool twice = str_find(g->seen, mark, 0) != STR_NONE;
    g->seen = ARENA_CONCAT(g->a, g->seen, mark);
    return twice;
}

/* Go leaves out the parts that it cannot read. */
static const char *read_query(struct git *g, struct str query)
{
    while (query.ptr) {
        struct str value = text_cut(&query, '&'), part = value;
        struct str name = text_cut(&value, '=');
        if (part.len == 0 || str_chr(part, ';', 0) != STR_NONE ||
            !decode(g->a, name, true, &name) ||
            !decode(g->a, value, true, &value))
            continue;
        const char *why = is_twice(g, name) ? "a name is twice in the query"
                                            : take(g, name, value);
        if (why)
            return why;
    }
    if (g->tag.len && g->branch.len)
        return "the query has a tag and a branch";
    const char *why = take_ref(g, g->tag, STR("refs/tags/"));
    return why ? why : take_ref(g, g->branch, STR("refs/heads/"));
}

static const char *read_repository(struct arena *a, const struct url *u,
                                   struct remote *out)
{
    struct git g = {.a = a, .seen = STR(""), .out = out};
    struct str dir = u->fragment;
    g.ref = text_cut(&dir, ':');
    if (u->fragment.len)
        g.subdir =
            str_from_off(path_normalise(a, ARENA_CONCAT(a, STR("/"), dir)), 1);
    return read_query(&g, u->query);
}

/* --- sources --- */

/* The query of such a URL is split before it is known to be one. */
static bool is_query(struct arena *a, struct str query)
{
    struct str ignored;
    return str_chr(query, ';', 0) == STR_NONE &&
           decode(a, query, true, &ignored);
}

const char *remote_read(struct arena *a, struct str source, struct remote *out)
{
    struct url u = {0};
    struct str scheme = scheme_of(a, source);
    *out = (struct remote){.checksum = STR_ABSENT};
    if (str_starts(source, STR("http://")) ||
        str_starts(source, STR("https://")))
        out->kind = REMOTE_WEB;
    if (str_starts(source, STR("./")) || str_starts(source, STR("../")))
        return NULL;
    if (str_starts(source, STR("github.com/"))) {
        if (!read_url(a, ARENA_CONCAT(a, STR("https://"), source), &u))
            return NULL;
        out->kind = REMOTE_EITHER;
    } else if (scheme.len) {
        if (!text_is_one_of(scheme, "http https ssh git") ||
            !read_url(a, source, &u) ||
            (str_starts(scheme, STR("http")) && !str_ends(u.path, STR(".git"))))
            return NULL;
        out->kind = REMOTE_GIT;
    } else {
        if (!read_scp(source, &u) || !is_query(a, u.query))
            return NULL;
        out->kind = REMOTE_GIT;
    }
    return read_repository(a, &u, out);
}
