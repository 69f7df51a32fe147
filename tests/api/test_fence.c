/* SPDX-License-Identifier: MIT */
/* The bytes of a template are read from their beginning up to their end, and no
 * further, wherever these are: each template here is cut off before and after
 * each byte. The same holds for Dockerfiles, where messages quote the last
 * line. */
#include "../fence.h"
#include "help.h"

static char *fence, *front;

static int raise_fence(void **state)
{
    (void)state;
    fence = fence_new(4096);
    front = fence_front(4096);
    return fence && front ? 0 : -1;
}

static const char *const templates[] = {
    /* Text, escapes, comments */
    "FROM a\r\n@@{x} @@@{x} @@@@{1} a@b @ @@ @@if @@f(\r\n \t@# c\r\n@#\n@@#",
    "\xef\xbb\xbf@if true\n@end if \n\xef\xbb\xbf@else",
    "  @call f()\n@end\n",
    " \t@f(1)\n",
    "\t @{x}\n",
    "\xef\xbb\xbf\n\n@{\"a\"\n",
    "@raw\n@{x}\n@let\n @end raw \r\n@raw\n@endx\n@end x\n@end",
    "@fi x\n@iff x\n@endif\n @ifdef x\n@foreach\n@if(x)\n@lett = 1\n",
    /* Values */
    "a @{1 + x} b\n  @{ \"a@{\"b@{x}\"}\" }  \r\n@{[1, 2][0]} @{{a: 1}.a?}\n",
    "@let x = [1, -2, 'a', \"b\\n\\u{e9}\\\"\\\\\\@\\t@@{a}\", null, "
    "true,]\r\n",
    "@let m = {a: 1, \"b c\": [x for x in y if x], (d): {k: v for k, v in "
    "m}}\n",
    "@{a.b[c]?.d | f(1, k=2, *r) | m.g ?? \"x\"} @{not -a < b and c or d}\n",
    "@{a if b else c} @{a not in b} @{a in b} @{a % b / c * d - e}\n",
    "@{\"@@@{x}@\" == '@{x}' != x <= y >= z || w && !v} @{\xe2\x80\x9cx}\n",
    "@let x = 0x1 \n@let y = 1.5\n@let z = 99999999999999999999\n@let w = 01\n",
    "@let x = \"\\q\"\n@let y = \"\\u{110000}\"\n@let z = \"a\n@let w = 'b\n",
    "@let x = (1,\n  # c\n  2\n@let y = [\n@let z = {a\n@{x",
    "@{@{x}} @{x @{} @{} @{",
    /* Directives */
    "@if a == 1\n@elif b # c\n@else\nx\n@end\n@if\n@elif\n@else x\n@else\n",
    "@for a, b in [1]\n@{loop.index} @{a}\n@end for\n@for in\n@for a\n@end\n",
    "@define f(a, b=\"x\", *c)\n@{a}@{c}\n@end define\n  @f(1, b=2)  # c\n"
    "@f(1,\n   2\n) \n@f (1)\n@f(\n@{x} @f(x)\n)\n@f.g(1)\n@call "
    "f(1)\nx\n@end\n",
    "@#d\n@define g(x) = x\n@define h(\n@define (a)\n@define i(a, a) = \n",
    "@param p = 1 in [1, 2]\n@param q\n@set p = 2\n@let a.b = 1\n@set c\n",
    "@import \"std/python\" as p version \">=1\"\n@import 'x'\n@import y\n",
    "@library \"l\" version \"1\"\n@include \"a\"\n@sinclude 'b'\n@include "
    "\"@{x}\"",
    "@file \"a\"\nx\n@end file\n@join \", \"\na\n\nb\n@end\n@defer\nx\n@end\n",
    "@error \"a\"\n@warn b\n@warn \"@{\"\n",
    /* Names that nothing reads */
    "@let ab = 1\n@define f(p)\n$p $1\n@end\n@let c = 'a @{ab}'\n# c\n c b#c "
    "ab",
};

/* What the builder reads. */
static const char *const dockerfiles[] = {
    "# syntax=a\n# escape=`\n\nFROM a AS b\r\nRUN a `\n  b\n",
    "FROM --platform=$X a:b@sha256:c as d\nARG a=b c\nENV a=b \"c d\"=e f\n",
    "FROM a\nRUN <<A <<-'B' cat\na\nA\n\tb\n\tB\nRUN --mount=type=cache,dst=/x"
    " <<E\na\nE\nCOPY <<\"F\" /x\ny\nF\n",
    "FROM a\nCMD [\"a\", \"b\\\\\", \"\\u00e9\"]\nENTRYPOINT [\"x\"\nCMD [a]\n",
    "FROM a\nCOPY --from=b --chmod=755 a b /c\nADD --checksum=sha256:1 u v\n",
    "FROM a\nHEALTHCHECK --interval=5s CMD x\nEXPOSE 80/tcp 8000-8010 $p\n"
    "SHELL [\"a\"]\nUSER a:b\nVOLUME [\"/x\"]\nSTOPSIGNAL 9\nONBUILD RUN x\n",
    "FROM a\nENV x=${a:-b} y=${a:+'c'} z=\"${a#b}\" w=$a\\$b ${a/b/c}\n"
    "WORKDIR $x/y\nLABEL a.b=\"c\\\n d\" e='f' g\nMAINTAINER x\n",
    "FROM a\nRUN a \\\n# c\n\n b && \\\n c # d\nRUN 'a \\\n",
};

static void check(stagepp_session *s, const char *bytes, size_t n)
{
    size_t size;
    stagepp_expand_buffer(s, "t.in", bytes, n);
    assert_non_null(stagepp_diagnostics(s, STAGEPP_TEXT, &size));
}

static void check_parts(stagepp_session *s, const char *text)
{
    size_t len = strlen(text);
    for (size_t n = 0; n <= len; n++) {
        check(s, fence_put(fence, text, n), n);
        check(s, memcpy(front, text + n, len - n), len - n);
    }
}

static void templates_are_cut_anywhere(void **state)
{
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
        check_parts(*state, templates[i]);
}

static void dockerfiles_are_cut_anywhere(void **state)
{
    for (size_t i = 0; i < sizeof dockerfiles / sizeof *dockerfiles; i++)
        check_parts(*state, dockerfiles[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(templates_are_cut_anywhere),
        TEST(dockerfiles_are_cut_anywhere),
    };
    return tap_run(tests, raise_fence, NULL);
}
