/* SPDX-License-Identifier: MIT */
/* Small grammars, read from left to right; image references are in image.c. */
#include "docker/grammar.h"

#include "docker/text.h"

#include <arpa/inet.h>
#include <string.h>

/* --- numbers --- */

bool grammar_unsigned(struct str s, unsigned base, unsigned bits, int64_t *out)
{
    const int64_t most = INT64_MAX >> (63 - bits);
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        int d = s.ptr[i] - '0';
        if (d < 0 || d >= (int)base || *out > (most - d) / (int64_t)base)
            return false;
        *out = *out * (int64_t)base + d;
    }
    return s.len > 0;
}

bool grammar_integer(struct str s, unsigned bits, int64_t *out)
{
    bool minus = str_starts(s, STR("-"));
    int64_t most = ((int64_t)1 << (bits - 1)) - !minus;
    s = str_from_off(s, minus || str_starts(s, STR("+")));
    if (!grammar_unsigned(s, 10, bits, out) || *out > most)
        return false;
    *out = minus ? -*out : *out;
    return true;
}

bool grammar_bool(struct str s)
{
    return text_is_one_of(s, "1 t T TRUE true True 0 f F FALSE false False");
}

/* --- durations and sizes --- */

/* Reads digits with at most one point among them; how many bytes, 0 if there
 * are no digits. */
static size_t decimal(struct str s, double *out)
{
    size_t i = 0;
    bool digits = false, point = false;
    double scale = 1;
    *out = 0;
    for (; i < s.len; i++) {
        if (s.ptr[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!ascii_is_digit(s.ptr[i]))
            break;
        digits = true;
        *out = *out * 10 + (s.ptr[i] - '0');
        if (point)
            scale *= 10;
    }
    *out /= scale;
    return digits ? i : 0;
}

struct unit {
    struct str name;
    double ns;
};

/* The unit at the start of s; NULL if there is none. */
static const struct unit *time_unit(struct str s)
{
    static const struct unit units[] = {
        {STR_INIT("ns"), 1},          {STR_INIT("us"), 1e3},
        {STR_INIT("\xc2\xb5s"), 1e3}, {STR_INIT("\xce\xbcs"), 1e3},
        {STR_INIT("ms"), 1e6},        {STR_INIT("s"), 1e9},
        {STR_INIT("m"), 60e9},        {STR_INIT("h"), 3600e9}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_starts(s, units[i].name))
            return &units[i];
    return NULL;
}

bool grammar_duration(struct str s, int64_t *ns)
{
    double total = 0, n;
    bool minus = str_starts(s, STR("-"));
    s = str_from_off(s, minus || str_starts(s, STR("+")));
    *ns = 0;
    if (str_eq(s, STR("0")))
        return true;
    if (s.len == 0)
        return false;
    while (s.len) {
        size_t digits = decimal(s, &n);
        const struct unit *unit = time_unit(str_from_off(s, digits));
        if (!digits || !unit)
            return false;
        s = str_from_off(s, digits + unit->name.len);
        total += n * unit->ns;
        if (total >= 9223372036854775808.0)
            return false;
    }
    *ns = minus ? -(int64_t)total : (int64_t)total;
    return true;
}

bool grammar_size(struct str s)
{
    double n;
    size_t digits = decimal(s, &n);
    struct str unit = str_from_off(s, digits);
    unit = str_from_off(unit, str_starts(unit, STR(" ")));
    if (!digits)
        return false;
    if (unit.len && !text_same(unit, STR("b"))) {
        if (!text_span(str_slice(unit, 0, 1), "kmgtpKMGTP"))
            return false;
        unit = str_from_off(unit, 1);
    }
    return unit.len == 0 || text_same(unit, STR("b")) ||
           text_same(unit, STR("ib"));
}

/* --- signals and modes --- */

/* "RTMIN", "RTMIN+1" … "RTMIN+15", "RTMAX-14" … "RTMAX". */
static bool is_realtime(struct str s)
{
    int64_t n;
    bool max = str_starts(s, STR("RTMAX"));
    if (!max && !str_starts(s, STR("RTMIN")))
        return false;
    s = str_from_off(s, 5);
    if (s.len == 0)
        return true;
    bool number = grammar_unsigned(str_from_off(s, 1), 10, 8, &n);
    return number && s.ptr[1] != '0' && s.ptr[0] == (max ? '-' : '+') &&
           n <= (max ? 14 : 15);
}

bool grammar_signal(struct str s)
{
    char upper[16];
    int64_t n;
    if (grammar_integer(s, 62, &n))
        return n != 0;
    if (s.len > sizeof upper)
        return false;
    for (size_t i = 0; i < s.len; i++)
        upper[i] = ascii_upper(s.ptr[i]);
    struct str name = {upper, s.len};
    if (str_starts(name, STR("SIG")))
        name = str_from_off(name, 3);
    return is_realtime(name) ||
           text_is_one_of(
               name, "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL "
                     "PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP "
                     "TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ");
}

bool grammar_mode(struct str s)
{
    int64_t n;
    if (s.len && ascii_is_digit(s.ptr[0]))
        return grammar_unsigned(s, 8, 32, &n) && n <= 07777;
    for (;;) {
        s = text_skip(s, "augo");
        do {
            if (!text_span(str_slice(s, 0, 1), "+-="))
                return false;
            s = text_skip(str_from_off(s, 1), "rstwXxugo");
        } while (s.len && s.ptr[0] != ',');
        if (s.len == 0)
            return true;
        s = str_from_off(s, 1);
    }
}

/* --- ports --- */

static bool port_range(struct str s, int64_t *first, int64_t *last)
{
    struct str rest = s;
    struct str low = text_cut(&rest, '-');
    if (!grammar_integer(low, 62, first) || *first > 65535)
        return false;
    *last = *first;
    if (!rest.ptr || str_eq(low, rest))
        return true;
    return grammar_integer(rest, 62, last) && *last <= 65535 && *last >= *first;
}

/* 1.2.3.4, or an IPv6 address, which may be in brackets. */
static bool is_address(struct str s)
{
    char text[INET6_ADDRSTRLEN];
    unsigned char bytes[sizeof(struct in6_addr)];
    if (str_starts(s, STR("[")) && str_ends(s, STR("]")))
        s = str_slice(s, 1, s.len - 2);
    if (s.len >= sizeof text)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    return !str_has_nul(s) && (inet_pton(AF_INET, text, bytes) == 1 ||
                               inet_pton(AF_INET6, text, bytes) == 1);
}

/* Splits at the last two colons. */
static void split_port(struct str s, struct str *ip, struct str *host,
                       struct str *container)
{
    size_t last = str_rchr(s, ':');
    *ip = *host = STR_ABSENT;
    *container = s;
    if (last == STR_NONE)
        return;
    *container = str_from_off(s, last + 1);
    *host = str_slice(s, 0, last);
    size_t before = str_rchr(*host, ':');
    if (before == STR_NONE)
        return;
    *ip = str_slice(s, 0, before);
    *host = str_from_off(*host, before + 1);
}

const char *grammar_port(struct str s, struct port *out)
{
    static const char range[] =
        "a port is a number up to 65535, or a range like 8000-8010";
    struct str ip, host, port, proto;
    int64_t first, last, host_first, host_last;
    split_port(s, &ip, &host, &proto);
    port = text_cut(&proto, '/');
    *out = (struct port){false, false};
    if (port.len == 0)
        return "a port is missing";
    if (proto.len && !text_same(proto, STR("tcp")) &&
        !text_same(proto, STR("udp")) && !text_same(proto, STR("sctp")))
        return "the protocol must be tcp, udp or sctp";
    out->upper_proto = text_has_upper(proto);
    out->has_host = ip.len || host.len;
    if (ip.len && !is_address(ip))
        return "this is not an IP address";
    if (!port_range(port, &first, &last))
        return range;
    if (host.len == 0)
        return NULL;
    if (!port_range(host, &host_first, &host_last))
        return range;
    return last - first == host_last - host_first || first == last
               ? NULL
               : "the two ranges of ports differ in length";
}

/* --- platforms --- */

static bool is_part(struct str s)
{
    return text_is_all(s, TEXT_ALNUM "_.-");
}

/* "name", or "name(version)"; the name goes to *os. */
static bool is_os(struct str s, struct str *os)
{
    struct str version = s;
    *os = text_cut(&version, '(');
    if (!text_is_all(*os, TEXT_ALNUM "_-"))
        return false;
    return !version.ptr ||
           str_eq(text_skip(version, TEXT_ALNUM "_.-+"), STR(")"));
}

bool grammar_platform(struct arena *a, struct str s, struct platform *out)
{
    struct str os;
    struct str first = text_cut(&s, '/');
    if (!is_os(first, &os))
        return false;
    out->os = text_lower(a, os);
    out->arch = STR("amd64");
    if (s.ptr) {
        struct str arch = text_cut(&s, '/');
        out->arch = text_lower(a, arch);
        return is_part(arch) && (!s.ptr || is_part(s));
    }
    if (text_is_one_of(
            out->os,
            "aix android darwin dragonfly freebsd hurd illumos ios js linux "
            "nacl netbsd openbsd plan9 solaris windows zos macos"))
        return true;
    out->arch = out->os;
    out->os = STR("linux");
    return text_is_one_of(
        out->arch,
        "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips "
        "mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 "
        "s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel");
}
