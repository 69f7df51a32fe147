/* SPDX-License-Identifier: MIT */
/* The small grammars of Dockerfiles at their edges: each word of their lists,
 * the last number that is taken and the first that is not. Lists are words
 * between blanks. */
#include "docker/grammar.h"
#include "docker/image.h"
#include "docker/text.h"

#include "fixture.h"

#define DIGITS_16 "0123456789abcdef"
#define DIGITS_64 DIGITS_16 DIGITS_16 DIGITS_16 DIGITS_16
#define LETTERS_32 "abcdefghijklmnopqrstuvwxyzabcdef"
#define LETTERS_128 LETTERS_32 LETTERS_32 LETTERS_32 LETTERS_32

typedef bool takes_fn(struct fixture *f, struct str s);

/* Each word of the list is taken, or none is. */
static void check_list(struct fixture *f, takes_fn *takes, const char *list,
                       bool want)
{
    struct str rest = str_from(list);
    while (rest.len) {
        struct str word = text_word(&rest);
        if (takes(f, word) != want)
            fail_msg("'%.*s' %s", STR_ARG(word),
                     want ? "is refused" : "is taken");
    }
}

/* --- numbers --- */

static void check_unsigned(const char *s, unsigned base, unsigned bits,
                           int64_t want)
{
    int64_t n;
    bool taken = grammar_unsigned(str_from(s), base, bits, &n);
    if (taken != (want >= 0) || (taken && n != want))
        fail_msg("%s of base %u in %u bits: %lld", s, base, bits, (long long)n);
}

static void check_integer(const char *s, unsigned bits, bool want, int64_t is)
{
    int64_t n;
    bool taken = grammar_integer(str_from(s), bits, &n);
    if (taken != want || (taken && n != is))
        fail_msg("%s in %u bits: %lld", s, bits, (long long)n);
}

static void numbers_fit(void **state)
{
    (void)state;
    check_unsigned("0", 10, 8, 0);
    check_unsigned("255", 10, 8, 255);
    check_unsigned("256", 10, 8, -1);
    check_unsigned("4294967295", 10, 32, 4294967295);
    check_unsigned("4294967296", 10, 32, -1);
    check_unsigned("9223372036854775807", 10, 63, INT64_MAX);
    check_unsigned("9223372036854775808", 10, 63, -1);
    check_unsigned("777", 8, 32, 0777);
    check_unsigned("78", 8, 32, -1);
    check_unsigned("19", 10, 32, 19);
    check_unsigned("1:", 10, 32, -1);
    check_unsigned("/1", 10, 32, -1);
    check_unsigned("", 10, 32, -1);
    check_unsigned("+1", 10, 32, -1);
    check_integer("127", 8, true, 127);
    check_integer("128", 8, false, 0);
    check_integer("-128", 8, true, -128);
    check_integer("-129", 8, false, 0);
    check_integer("+7", 8, true, 7);
    check_integer("-", 8, false, 0);
    check_integer("+", 8, false, 0);
    check_integer("+-1", 8, false, 0);
}

static bool is_bool(struct fixture *f, struct str s)
{
    (void)f;
    return grammar_bool(s);
}

static void truth_has_twelve_words(void **state)
{
    check_list(*state, is_bool, "1 t T TRUE true True 0 f F FALSE false False",
               true);
    check_list(*state, is_bool, "yes no on off tRUE 01 2 tr", false);
    assert_false(grammar_bool(STR("")));
}

/* --- durations and sizes --- */

static void check_duration(const char *s, int64_t want)
{
    int64_t ns;
    if (!grammar_duration(str_from(s), &ns) || ns != want)
        fail_msg("%s: %lld", s, (long long)ns);
}

static bool is_duration(struct fixture *f, struct str s)
{
    int64_t ns;
    (void)f;
    return grammar_duration(s, &ns);
}

static void durations_add_up(void **state)
{
    check_duration("0", 0);
    check_duration("-0", 0);
    check_duration("1ns", 1);
    check_duration("1us", 1000);
    check_duration("1\xc2\xb5s", 1000);
    check_duration("1\xce\xbcs", 1000);
    check_duration("1ms", 1000000);
    check_duration("1s", 1000000000);
    check_duration("1m", 60000000000);
    check_duration("1h", 3600000000000);
    check_duration("1h2m3s", 3723000000000);
    check_duration("1.25s", 1250000000);
    check_duration(".5s", 500000000);
    check_duration("5.s", 5000000000);
    check_duration("+3ms", 3000000);
    check_duration("-3ms", -3000000);
    check_duration("2562047h", 9223369200000000000);
    check_list(*state, is_duration,
               "1 s 1d 1.2.3s . .s - + 1s2 -+1s 1S 2562048h", false);
    assert_false(is_duration(NULL, STR("9223372036854775808ns")));
    assert_false(is_duration(NULL, STR("")));
    assert_false(is_duration(NULL, STR("1 s")));
}

static bool is_size(struct fixture *f, struct str s)
{
    (void)f;
    return grammar_size(s);
}

static void sizes_have_units(void **state)
{
    check_list(*state, is_size,
               "1 0 1.5 1b 1B 1k 1m 1g 1t 1p 1K 1M 1G 1T 1P 1kb 1KB 1kib 1KiB "
               "1.5GiB",
               true);
    check_list(*state, is_size, "b k -1 1e 1kk 1bb 1ib 1kibb 1kx x1", false);
    assert_false(grammar_size(STR("")));
    assert_true(grammar_size(STR("1 kb")));
    assert_false(grammar_size(STR("1  kb")));
    assert_true(grammar_size((struct str){"645", 2}));
}

/* --- signals and modes --- */

static bool is_signal(struct fixture *f, struct str s)
{
    (void)f;
    return grammar_signal(s);
}

static void signals_have_names(void **state)
{
    check_list(*state, is_signal,
               "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE "
               "POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN "
               "TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ",
               true);
    check_list(*state, is_signal,
               "SIGTERM term sigterm SigTerm 9 1 -1 99 RTMIN RTMAX SIGRTMIN "
               "RTMIN+1 RTMIN+15 RTMAX-1 RTMAX-14 sigrtmax-14",
               true);
    check_list(*state, is_signal,
               "0 SIG SIGSIGTERM TERMS FOO RTMIN+0 RTMIN+16 RTMIN-1 RTMAX+1 "
               "RTMAX-15 RTMAX-0 RTMIN+ RTMIN+x RTMIN+01 RTMI RTMID "
               "ABCDEFGHIJKLMNOP ABCDEFGHIJKLMNOPQ",
               false);
    assert_false(grammar_signal(STR("")));
}

static bool is_mode(struct fixture *f, struct str s)
{
    (void)f;
    return grammar_mode(s);
}

static void modes_are_octal_or_symbolic(void **state)
{
    assert_false(grammar_mode((struct str){NULL, 0}));
    check_list(*state, is_mode,
               "0 644 0644 7777 07777 u+x go= a=rwX =r +x -w u+rs,g-t,o=u "
               "u=g,g=o ug+x=r +",
               true);
    check_list(*state, is_mode,
               "8 648 10000 17777 u x u+y u+x, ,u+x u+x,, z+x rw", false);
    assert_false(grammar_mode(STR("")));
}

/* --- ports --- */

static bool is_port(struct fixture *f, struct str s)
{
    struct port port;
    (void)f;
    return !grammar_port(s, &port);
}

static bool has_host(struct fixture *f, struct str s)
{
    struct port port;
    return is_port(f, s) && (grammar_port(s, &port), port.has_host);
}

static bool has_upper(struct fixture *f, struct str s)
{
    struct port port;
    return is_port(f, s) && (grammar_port(s, &port), port.upper_proto);
}

static void ports_end_at_65535(void **state)
{
    check_list(
        *state, is_port,
        "0 80 65535 +80 80/tcp 80/udp 80/sctp 80/ 80-080 8000-8010 80-80 "
        "65534-65535 0-65535 8080:80 1-2:1-2 1-2:80 127.0.0.1:80:80 "
        "127.0.0.1::80 [::1]:80:80 ::1:80:80 :80 "
        "[1111:2222:3333:4444:5555:6666:7777:8888]:80:80",
        true);
    check_list(*state, is_port,
               "-1 65536 80- -80 81-80 80-65536 80/icmp 80/tcp/udp /tcp a 80a "
               "1-2:1-3 65536:80 a:80 1.2.3:80:80 1.2.3.256:80:80 [::g]:80:80 "
               "[::1:80:80 ::1]:80:80 80: : "
               "[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb]:1:1",
               false);
    check_list(*state, is_port,
               "0000:0000:0000:0000:0000:ffff:255.255.255.255:80:80", true);
    check_list(*state, is_port,
               "00000:0000:0000:0000:0000:ffff:255.255.255.255:80:80", false);
    assert_false(is_port(*state, STR("1.2.3.4\0:80:80")));
    struct port port = {true, true};
    assert_non_null(grammar_port(STR("/TCP"), &port));
    assert_false(port.has_host || port.upper_proto);
    check_list(*state, has_host, "8080:80 127.0.0.1:80:80 127.0.0.1::80", true);
    check_list(*state, has_host, "80 :80 8000-8010/udp", false);
    check_list(*state, has_upper, "80/TCP 80/tcP 80/UDP", true);
    check_list(*state, has_upper, "80 80/tcp", false);
}

/* --- platforms --- */

static bool is_platform(struct fixture *f, struct str s)
{
    struct platform p;
    return grammar_platform(&f->arena, s, &p);
}

static void check_platform(struct fixture *f, const char *s, const char *os,
                           const char *arch)
{
    struct platform p;
    if (!grammar_platform(&f->arena, str_from(s), &p) ||
        !str_eq(p.os, str_from(os)) || !str_eq(p.arch, str_from(arch)))
        fail_msg("%s is %.*s and %.*s", s, STR_ARG(p.os), STR_ARG(p.arch));
}

static void platforms_have_two_parts(void **state)
{
    check_list(*state, is_platform,
               "aix android darwin dragonfly freebsd hurd illumos ios js linux "
               "nacl netbsd openbsd plan9 solaris windows zos macos",
               true);
    check_list(*state, is_platform,
               "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le "
               "loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc "
               "riscv riscv64 s390 s390x sparc sparc64 wasm i386 x86_64 x86-64 "
               "aarch64 armhf armel",
               true);
    check_list(*state, is_platform,
               "linux/arm64 linux/arm/v7 any/thing windows(10.0.17763)/amd64 "
               "Linux/AMD64 l-i_n/a.r-c_h/v.1",
               true);
    check_list(*state, is_platform,
               "any linux/ linux//v7 linux/arm/ linux/arm/v7/x /amd64 "
               "linux/a+b linux/arm/v+7 windows( windows(10 windows(10)x "
               "li.nux/amd64 windows(1:0)/amd64",
               false);
    assert_false(is_platform(*state, STR("")));
    check_platform(*state, "linux", "linux", "amd64");
    check_platform(*state, "Windows(10.0)", "windows", "amd64");
    check_platform(*state, "ARM64", "linux", "arm64");
    check_platform(*state, "Linux/ARM/v7", "linux", "arm");
}

/* --- images --- */

static bool is_image(struct fixture *f, struct str s)
{
    struct image_ref ref;
    (void)f;
    return !image_parse(s, &ref);
}

static void images_have_a_form(void **state)
{
    check_list(*state, is_image,
               "alpine alpine:3 a.b a_b a__b a--b a---b library/alpine x/y/z "
               "localhost/a LOCALHOST/a example.org/a example.org:5000/a:t "
               "EXAMPLE/a [::1]:5000/a [::1]/a a:_x a:T.x-1 a_b/c "
               "alpine:" LETTERS_128 " alpine@sha256:" DIGITS_64
               " alpine:3@sha384:" DIGITS_64 DIGITS_16 DIGITS_16
               " alpine@sha512:" DIGITS_64 DIGITS_64,
               true);
    check_list(*state, is_image,
               DIGITS_64
               " Alpine alpine: alpine:.x alpine:-x alpine:a+b a..b "
               "a___b a.-b .a a. -a a- a//b /a a/ a/B -a.b/c a.b-/c "
               "a..b/c a.b:x/c [::g]/a ::1]/a [::1/a "
               "alpine:" LETTERS_128 "x alpine@ alpine@md5:00 "
               "alpine@sha256:" DIGITS_16 " alpine@sha256:" DIGITS_64
               "0 alpine@sha512:" DIGITS_64
               " alpine@sha256:0123456789ABCDEF" DIGITS_16 DIGITS_16 DIGITS_16,
               false);
    assert_false(is_image(*state, STR("")));
}

static void names_end_at_255(void **state)
{
    char name[300];
    (void)state;
    memset(name, 'a', sizeof name);
    name[10] = '/';
    assert_true(is_image(NULL, (struct str){name, 255}));
    assert_false(is_image(NULL, (struct str){name, 256}));
    name[10] = 'a'; /* library/ is in front of it */
    assert_true(is_image(NULL, (struct str){name, 247}));
    assert_false(is_image(NULL, (struct str){name, 248}));
    memcpy(name, "docker.io/", 10);
    assert_true(is_image(NULL, (struct str){name, 257}));
    assert_false(is_image(NULL, (struct str){name, 258}));
    memcpy(name, "example.x/", 10);
    assert_true(is_image(NULL, (struct str){name, 265}));
    assert_false(is_image(NULL, (struct str){name, 266}));
}

static bool is_root(struct fixture *f, struct str s)
{
    (void)f;
    return image_runs_as_root(s);
}

static void official_images_are_known(void **state)
{
    check_list(*state, is_root,
               "almalinux alpine amazoncorretto archlinux buildpack-deps bun "
               "centos debian eclipse-temurin fedora golang gradle maven node "
               "openjdk perl php python rockylinux ruby rust ubuntu",
               true);
    check_list(*state, is_root,
               "debian:12 library/debian docker.io/debian "
               "docker.io/library/debian:12@sha256:" DIGITS_64,
               true);
    check_list(*state, is_root,
               "nginx example.org/debian x/debian library/x/debian Debian "
               "docker.io/x/debian debian: index.docker.io/debian",
               false);
}

/* Images, each with the variables that it sets. */
static const char *const images[][2] = {
    {"caddy", "CADDY_VERSION XDG_CONFIG_HOME XDG_DATA_HOME"},
    {"golang", "GOLANG_VERSION GOPATH GOTOOLCHAIN"},
    {"node", "NODE_VERSION YARN_VERSION"},
    {"node:26-alpine", "NODE_VERSION"},
    {"python", "GPG_KEY LANG PYTHON_SHA256 PYTHON_VERSION"},
};

static void images_set_their_own_variables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof images / sizeof *images; i++)
        for (size_t k = 0; k < sizeof images / sizeof *images; k++) {
            struct str names = str_from(images[k][1]);
            while (names.len) {
                struct str name = text_word(&names);
                bool want = text_is_one_of(name, images[i][1]);
                if (image_sets(str_from(images[i][0]), name) != want)
                    fail_msg("%s and %.*s", images[i][0], STR_ARG(name));
            }
        }
    assert_true(image_sets(STR("python:3.12"), STR("PYTHON_VERSION")));
    assert_true(image_sets(STR("tomcat"), STR("TOMCAT_VERSION")));
    assert_true(image_sets(STR("amazoncorretto"), STR("JAVA_HOME")));
    assert_false(image_sets(STR("x/python"), STR("PYTHON_VERSION")));
}

/* --- white space --- */

static void white_space_is_unicode(void **state)
{
    static const uint32_t spaces[] = {
        '\t',   '\n',   '\v',   '\f',   '\r',   ' ',    0x85,   0xA0,   0x1680,
        0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
        0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
    size_t n = 0;
    (void)state;
    for (uint32_t cp = 0; cp < 0x11000; cp++) {
        bool want = n < sizeof spaces / sizeof *spaces && cp == spaces[n];
        n += want;
        if (text_is_space(cp) != want)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

static void check_trim(const char *s, const char *want)
{
    struct str got = text_trim(str_from(s));
    if (!str_eq(got, str_from(want)))
        fail_msg("'%s' gives '%.*s'", s, STR_ARG(got));
}

static void text_is_trimmed(void **state)
{
    (void)state;
    check_trim(" a b\t\n", "a b");
    check_trim("\xc2\xa0\xe2\x80\x83x\xe3\x80\x80\xc2\x85", "x");
    check_trim(" \xe2\x80\x83 ", "");
    check_trim("x\xf0\x9f\x98\x80 ", "x\xf0\x9f\x98\x80");
    check_trim("x\xa0", "x\xa0"); /* not UTF-8 */
    check_trim("\xa0x", "\xa0x");
    check_trim("x\xe2\x80", "x\xe2\x80");
    check_trim("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_fit),
        TEST(truth_has_twelve_words),
        TEST(durations_add_up),
        TEST(sizes_have_units),
        TEST(signals_have_names),
        TEST(modes_are_octal_or_symbolic),
        TEST(ports_end_at_65535),
        TEST(platforms_have_two_parts),
        TEST(images_have_a_form),
        TEST(names_end_at_255),
        TEST(official_images_are_known),
        TEST(images_set_their_own_variables),
        TEST(white_space_is_unicode),
        TEST(text_is_trimmed),
    };
    return tap_run(tests, NULL, NULL);
}
