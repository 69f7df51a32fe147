/* SPDX-License-Identifier: MIT */
/* A table of all bytes: those above 127 are in no class. */
#include "base/ascii.h"

enum {
    A = ASCII_NAME_START,
    D = ASCII_DIGIT,
    S = ASCII_STRING,
    B = ASCII_BLANK
};

const uint8_t ascii_classes[256] = {
    ['0'] = D,  ['1'] = D, ['2'] = D,  ['3'] = D,  ['4'] = D, ['5'] = D,
    ['6'] = D,  ['7'] = D, ['8'] = D,  ['9'] = D,  ['A'] = A, ['B'] = A,
    ['C'] = A,  ['D'] = A, ['E'] = A,  ['F'] = A,  ['G'] = A, ['H'] = A,
    ['I'] = A,  ['J'] = A, ['K'] = A,  ['L'] = A,  ['M'] = A, ['N'] = A,
    ['O'] = A,  ['P'] = A, ['Q'] = A,  ['R'] = A,  ['S'] = A, ['T'] = A,
    ['U'] = A,  ['V'] = A, ['W'] = A,  ['X'] = A,  ['Y'] = A, ['Z'] = A,
    ['a'] = A,  ['b'] = A, ['c'] = A,  ['d'] = A,  ['e'] = A, ['f'] = A,
    ['g'] = A,  ['h'] = A, ['i'] = A,  ['j'] = A,  ['k'] = A, ['l'] = A,
    ['m'] = A,  ['n'] = A, ['o'] = A,  ['p'] = A,  ['q'] = A, ['r'] = A,
    ['s'] = A,  ['t'] = A, ['u'] = A,  ['v'] = A,  ['w'] = A, ['x'] = A,
    ['y'] = A,  ['z'] = A, [' '] = B,  ['\t'] = B, ['_'] = A, ['"'] = S,
    ['\\'] = S, ['@'] = S, ['\n'] = S,
};

char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}
