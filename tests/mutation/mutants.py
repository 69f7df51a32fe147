# SPDX-License-Identifier: MIT
"""All small mistakes that mutate.py can make in a file of C, and the order in
which it tries them. The one idea: a file is a row of tokens, and each mistake
replaces some of them."""
import collections
import random
import re

TOKEN = re.compile(
    r"""(?P<skip>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:\\\n|[^\n])*)
      | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<number>\d[\w.]*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=
        |.)""", re.X | re.S | re.M)

Token = collections.namedtuple("Token", "kind text start end")
Mutant = collections.namedtuple("Mutant", "kind file start end new")

EXCHANGED = {
    "boundary": {"<": "<=", "<=": "<", ">": ">=", ">=": ">"},
    "comparison": {"==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "constant": {"true": "false", "false": "true"},
    "step": {"+=": "-=", "-=": "+=", "++": "--", "--": "++"},
}
PAIRS = {"(": ")", "[": "]", "{": "}"}
# Words that an expression does not begin or end with.
NO_VALUE = {"return", "case", "else", "do", "sizeof"}


def tokens_of(text):
    """Comments, blanks and directives of the preprocessor are left out."""
    return [Token(m.lastgroup, m.group(), m.start(), m.end())
            for m in TOKEN.finditer(text) if m.lastgroup != "skip"]


def brackets(tokens):
    """Where each bracket is closed or opened, and which bracket each token is
    in."""
    pairs, around, stack = {}, [], []
    for i, token in enumerate(tokens):
        if token.text in PAIRS.values() and stack:
            pairs[i] = stack.pop()
            pairs[pairs[i]] = i
        around.append(stack[-1] if stack else None)
        if token.text in PAIRS:
            stack.append(i)
    return pairs, around


class File:
    """All mutants of a file."""

    def __init__(self, name, text):
        self.name, self.text = name, text
        self.tokens = tokens_of(text)
        self.pairs, self.around = brackets(self.tokens)
        self.found = []
        for i in range(1, len(self.tokens) - 1):
            self.exchange(i)
            self.count(i)
            self.operate(i)
            self.condition(i)
            self.operand(i)
            self.statement(i)
            self.row(i)

    def is_at(self, i, *texts):
        return 0 <= i < len(self.tokens) and self.tokens[i].text in texts

    def add(self, kind, first, last, new):
        self.found.append(Mutant(kind, self, self.tokens[first].start,
                                 self.tokens[last].end, new))

    def between(self, first, last):
        return self.text[self.tokens[first].start:self.tokens[last].end]

    def exchange(self, i):
        for kind, pairs in EXCHANGED.items():
            if self.tokens[i].kind == "text" or \
                    self.tokens[i].text not in pairs:
                continue
            if kind != "boundary" or not self.chooses(i):
                self.add(kind, i, i, pairs[self.tokens[i].text])

    def side(self, i, step):
        """The operand beside token i, without calls, and what ends it."""
        ends = {"(", ")", "=", "?", ":", ";", ",", "&&", "||", "return", "{",
                "}"}
        found = []
        while not self.is_at(i, *ends):
            found.append(self.tokens[i].text)
            i += step
        return found[::step], i

    def chooses(self, i):
        """True for a < b ? a : b and if (a > b) a = b;, where it makes no
        difference what becomes of equal ones."""
        left, before = self.side(i - 1, -1)
        right, at = self.side(i + 1, 1)
        if self.is_at(at, ")"):
            if not self.is_at(before - 1, "if"):
                return False
            one, at = self.side(at + 1, 1)
            middle, end = "=", ";"
        else:
            if not self.is_at(at, "?"):
                return False
            one, at = self.side(at + 1, 1)
            middle, end = ":", ""
        other, last = self.side(at + 1, 1)
        return self.is_at(at, middle) and (not end or self.is_at(last, end)) \
            and sorted([left, right]) == sorted([one, other])

    def count(self, i):
        """A number is off by one, or a bit of it is wrong."""
        text = self.tokens[i].text
        if self.tokens[i].kind != "number":
            return
        if re.fullmatch(r"\d|[1-9]\d*", text):
            self.add("number", i, i, str(int(text) + 1))
            if int(text) > 0:
                self.add("number", i, i, str(int(text) - 1))
        elif re.fullmatch(r"0x[0-9A-Fa-f]+|0[0-7]+", text):
            octal = text[1] != "x"
            value = int(text, 8 if octal else 16)
            for bit in range(max(value.bit_length(), 1)):
                other = value ^ 1 << bit
                self.add("bit", i, i, f"0{other:o}" if octal else hex(other))

    def operate(self, i):
        """+ and -, & and | between two values, and a ! that is forgotten."""
        before = self.tokens[i - 1]
        value = before.kind != "mark" and before.text not in NO_VALUE or \
            before.text in (")", "]")
        for kind, pairs in (("arithmetic", {"+": "-", "-": "+"}),
                            ("bits", {"&": "|", "|": "&"})):
            if value and self.tokens[i].text in pairs:
                self.add(kind, i, i, pairs[self.tokens[i].text])
        if self.is_at(i, "!"):
            self.add("negation", i, i, "")

    def condition(self, i):
        if not self.is_at(i, "if", "while") or i + 1 not in self.pairs:
            return
        last = self.pairs[i + 1]
        if last > i + 2:
            self.add("negation", i + 2, last - 1,
                     f"!({self.between(i + 2, last - 1)})")

    def operand(self, i):
        """One side of && or || is forgotten."""
        if not self.is_at(i, "&&", "||"):
            return
        ends = {")", "]", "}", ",", ";", "?", ":", "||", self.tokens[i].text}
        last = i + 1
        while last + 1 < len(self.tokens) and not self.is_at(last + 1, *ends):
            last = self.pairs.get(last + 1, last + 1)
        self.add("condition left out", i, last, "")
        starts = {"(", "[", "{", ",", ";", "?", ":", "=", "return", "||",
                  self.tokens[i].text}
        first = i - 1
        if self.is_at(first, ")", "]"):
            first = self.pairs[first]
        while first > 0 and not self.is_at(first - 1, *starts):
            first -= 1
            if self.is_at(first, ")", "]"):
                first = self.pairs[first]
        self.add("condition left out", first, i, "")

    def begins_statement(self, i):
        if self.around[i] is None or not self.is_at(self.around[i], "{"):
            return False
        if self.is_at(i - 1, "else", ";", "{", "}"):
            return True
        # Not the value of a cast or of a macro, but of if, for or while.
        return self.is_at(i - 1, ")") and i - 1 in self.pairs and \
            self.is_at(self.pairs[i - 1] - 1, "if", "for", "while")

    def statement(self, i):
        """A call, an assignment or a jump is left out; another value is
        returned."""
        if not self.begins_statement(i):
            return
        end = i
        while end < len(self.tokens) and not self.is_at(end, ";", "{", "}"):
            end = self.pairs.get(end, end) + 1
        if not self.is_at(end, ";") or end == i:
            return
        if self.is_at(i, "break", "continue"):
            self.add("jump left out", i, end, ";")
        elif self.is_at(i, "return") and end > i + 1:
            value = self.between(i + 1, end - 1)
            if value not in ("true", "false"):
                self.add("return", i, end, "return 0;")
                self.add("return", i, end, f"return !({value});")
        elif self.is_call(i, end):
            self.add("statement left out", i, end, ";")

    def is_call(self, i, end):
        """Or an assignment: not a declaration, a label or another keyword."""
        if self.is_at(i, "*", "++", "--", "("):
            return True
        return self.tokens[i].kind == "word" and \
            self.tokens[i + 1].kind == "mark" and \
            not self.is_at(i + 1, "*", ":") and \
            not self.is_at(i, "return", "if", "for", "while", "switch", "do")

    def row(self, i):
        """A text, also by STR_INIT, or a row in braces is missing in a table."""
        if not self.is_at(i, "{", "STR_INIT") and \
                self.tokens[i].kind != "text":
            return
        last = self.pairs.get(i + self.is_at(i, "STR_INIT"), i)
        table = self.around[i]
        if table is not None and self.is_at(table, "{") and \
                self.is_at(i - 1, "{", ",") and self.is_at(last + 1, ",") and \
                (last > i or self.is_list_of_texts(table)):
            self.add("row left out", i, last + 1, "")

    def is_list_of_texts(self, table):
        """Not the fields of a row."""
        inside = self.tokens[table + 1:self.pairs[table]]
        return len(inside) > 4 and \
            all(token.kind == "text" or token.text == "," for token in inside)


def draw(files, seed, name):
    """All mutants of these files in an order that the seed gives, each kind
    as often as another."""
    chance = random.Random(f"{seed} {name}")
    kinds = collections.defaultdict(list)
    for file in files:
        for mutant in file.found:
            kinds[mutant.kind].append(mutant)
    for kind in sorted(kinds):
        chance.shuffle(kinds[kind])
    while kinds:
        kind = chance.choice(sorted(kinds))
        yield kinds[kind].pop()
        if not kinds[kind]:
            del kinds[kind]
