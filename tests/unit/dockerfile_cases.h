/* SPDX-License-Identifier: MIT */
/* What BuildKit's parser makes of texts: CASE(what, text, instructions). An
 * instruction is its lines FIRST-LAST, its name, <flags>, (words), its heredocs
 * and the comments above it; see test_dockerfile.c. */
/* clang-format off */
CASE("a line",
     "FROM debian\n",
     "1-1 FROM (debian)\n")
CASE("no final newline",
     "FROM debian",
     "1-1 FROM (debian)\n")
CASE("blank lines and comments",
     "\n"
     "# one\n"
     "\n"
     "  # two\n"
     "FROM debian\n"
     "#\n"
     "\n"
     "RUN a\n",
     "5-5 FROM (debian)\n"
     "  # one\n"
     "  # # two\n"
     "8-8 RUN (a)\n")
CASE("comments above",
     "# base the first\n"
     "# more\n"
     "FROM a AS base\n"
     "# x\n"
     "#\n"
     "# y\n"
     "ARG y\n",
     "3-3 FROM (a) (AS) (base)\n"
     "  # base the first\n"
     "  # more\n"
     "7-7 ARG (y)\n"
     "  # y\n")
CASE("carriage returns",
     "FROM a\r\n"
     "RUN b \\\r\n"
     "  c\r\n",
     "1-1 FROM (a)\n"
     "2-3 RUN (b   c)\n")
CASE("a carriage return inside",
     "RUN a\rb\n",
     "1-1 RUN (a\rb)\n")
CASE("a byte order mark",
     "\357\273\277FROM a\n",
     "1-1 FROM (a)\n")
CASE("white space of Unicode in front",
     "\302\240FROM a\n"
     "\342\200\203RUN b\n",
     "1-1 FROM (a)\n"
     "2-2 RUN (b)\n")
CASE("but not between words",
     "FROM a\302\240AS b\n",
     "1-1 FROM (a\302\240AS) (b)\n")
CASE("tabs, form feeds and vertical tabs",
     "FROM\ta\013AS\014b\n",
     "1-1 FROM (a) (AS) (b)\n")
CASE("lower and mixed case",
     "from a\n"
     "Run b\n",
     "1-1 from (a)\n"
     "2-2 Run (b)\n")
CASE("continued",
     "RUN a \\\n"
     "  b \\\n"
     "\tc\n",
     "1-3 RUN (a   b \tc)\n")
CASE("blanks behind the escape",
     "RUN a \\  \t\n"
     " b\n",
     "1-2 RUN (a  b)\n")
CASE("two escapes continue nothing",
     "RUN a \\\\\n"
     "RUN b\n",
     "1-1 RUN (a \\\\)\n"
     "2-2 RUN (b)\n")
CASE("three neither",
     "RUN a \\\\\\\n"
     "RUN b\n",
     "1-1 RUN (a \\\\\\)\n"
     "2-2 RUN (b)\n")
CASE("an escape alone",
     "\\\n"
     "RUN a\n",
     "1-2 RUN (a)\n")
CASE("escapes alone in the middle",
     "RUN a\\\n"
     "\\\n"
     " \\\n"
     "b\n",
     "1-4 RUN (a b)\n")
CASE("comments in a continued line",
     "RUN a \\\n"
     "# comment\n"
     "   # more\n"
     " b\n",
     "1-4 RUN (a  b)\n")
CASE("empty lines in a continued line",
     "RUN a \\\n"
     "\n"
     " \t\n"
     " b\n"
     "RUN c\n",
     "1-4 RUN (a  b)\n"
     "5-5 RUN (c)\n")
CASE("continued to the end",
     "RUN a \\\n",
     "1-1 RUN (a)\n")
CASE("continued and empty to the end",
     "RUN a \\\n"
     "\n"
     "\n",
     "1-3 RUN (a)\n")
CASE("another escape",
     "# escape=`\n"
     "FROM a\n"
     "RUN b `\n"
     " c \\\n",
     "2-2 FROM (a)\n"
     "3-4 RUN (b  c \\)\n")
CASE("directives in any case and order",
     "#SYNTAX = x y\n"
     "#  Escape\t=\t` \n"
     "# check=skip=all\n"
     "RUN a `\n"
     "b\n",
     "4-5 RUN (a b)\n")
CASE("a blank line ends directives",
     "\n"
     "# escape=`\n"
     "RUN a `\n"
     "RUN b\n",
     "3-3 RUN (a `)\n"
     "  # escape=`\n"
     "4-4 RUN (b)\n")
CASE("a comment ends directives",
     "# x\n"
     "# escape=`\n"
     "RUN a `\n"
     "RUN b\n",
     "3-3 RUN (a `)\n"
     "  # x\n"
     "  # escape=`\n"
     "4-4 RUN (b)\n")
CASE("an unknown name ends directives",
     "# esc=1\n"
     "# escape=`\n"
     "RUN a `\n"
     "RUN b\n",
     "3-3 RUN (a `)\n"
     "  # esc=1\n"
     "  # escape=`\n"
     "4-4 RUN (b)\n")
CASE("a directive twice",
     "# escape=`\n"
     "# escape=`\n"
     "RUN a\n",
     "refused\n")
CASE("a bad escape",
     "# escape=x\n"
     "RUN a\n",
     "refused\n")
CASE("a blank as escape",
     "# escape=  \n"
     "RUN a\n",
     "refused\n")
CASE("nothing",
     "",
     "refused\n")
CASE("only comments",
     "# a\n"
     "# b\n",
     "refused\n")
CASE("an unknown instruction",
     "FORM a\n",
     "1-1 FORM\n")
CASE("words",
     "FROM  a \t as   b  \n"
     "EXPOSE 80 443/tcp\n",
     "1-1 FROM (a) (as) (b)\n"
     "2-2 EXPOSE (80) (443/tcp)\n")
CASE("exec form",
     "CMD [\"a\", \"b c\"]\n",
     "1-1 CMD (a) (b c) json\n")
CASE("exec form with escapes",
     "CMD [\"\\u00e9\\n\", \"\\ud83d\\ude00\", \"\\ud800x\", \"\\/\""
     "]\n",
     "1-1 CMD (\303\251\n"
     ") (\360\237\230\200) (\357\277\275x) (/) json\n")
CASE("halves of surrogate pairs",
     "CMD [\"\\udc00a\", \"\\ud800\\u0061\", \"\\ud800\\ud83d\\ude00\", \"\\u0000\"]\n",
     "1-1 CMD (\357\277\275a) (\357\277\275a) (\357\277\275\360\237\230\200) (\0) json\n")
CASE("an empty array",
     "CMD []\n"
     "RUN [ ]\n",
     "1-1 CMD json\n"
     "2-2 RUN json\n")
CASE("blanks around an array",
     "RUN   [ \"a\" , \"b\" ]  \n",
     "1-1 RUN (a) (b) json\n")
CASE("no array: single quotes",
     "RUN ['a']\n",
     "1-1 RUN (['a'])\n")
CASE("no array: a comma too much",
     "RUN [\"a\",]\n",
     "1-1 RUN ([\"a\",])\n")
CASE("no array: text behind",
     "RUN [\"a\"] b\n",
     "1-1 RUN ([\"a\"] b)\n")
CASE("no array: a control character",
     "RUN [\"a\tb\"]\n",
     "1-1 RUN ([\"a\tb\"])\n")
CASE("no array: a bad escape",
     "RUN [\"\\x\"]\n",
     "1-1 RUN ([\"\\x\"])\n")
CASE("no array: a test",
     "RUN [ -f a ] && b\n",
     "1-1 RUN ([ -f a ] && b)\n")
CASE("no array: open",
     "RUN [\"a\"\n",
     "1-1 RUN ([\"a\")\n")
CASE("not an array: half an escape",
     "RUN [\"\\ud800\\u\"]\n",
     "1-1 RUN ([\"\\ud800\\u\"])\n")
CASE("not an array: an object",
     "RUN {\"a\": 1}\n"
     "RUN [\"a\": 1]\n",
     "1-1 RUN ({\"a\": 1})\n"
     "2-2 RUN ([\"a\": 1])\n")
CASE("null in an array",
     "RUN [\"a\", null]\n",
     "refused\n")
CASE("an object in an array",
     "RUN [{\"a\": \"b\", \"a\": []}]\n",
     "refused\n")
CASE("not an array: null in it, and a comma too much",
     "RUN [\"a\", null,]\n",
     "1-1 RUN ([\"a\", null,])\n")
CASE("numbers in an array",
     "RUN [1, 2]\n",
     "refused\n")
CASE("a nested array",
     "CMD [\"a\", [\"b\", {\"c\": [1.5e-3, -0, true, null]}]]\n",
     "refused\n")
CASE("leading zeros are no JSON",
     "CMD [01]\n",
     "1-1 CMD ([01])\n")
CASE("an array over lines",
     "CMD [\"a\", \\\n"
     "  \"b\"]\n",
     "1-2 CMD (a) (b) json\n")
CASE("COPY in both forms",
     "COPY a b /c/\n"
     "COPY [\"a b\", \"/c\"]\n"
     "ADD --chown=1 a b\n",
     "1-1 COPY (a) (b) (/c/)\n"
     "2-2 COPY (a b) (/c) json\n"
     "3-3 ADD <--chown=1> (a) (b)\n")
CASE("flags",
     "RUN --mount=type=cache,target=/a --network=none b --c\n",
     "1-1 RUN <--mount=type=cache,target=/a> <--network=none> (b --"
     "c)\n")
CASE("flags with quotes and escapes",
     "RUN --a=\"b c\" --d=e\\ f --g='h\"i' j\n",
     "1-1 RUN <--a=b c> <--d=e f> <--g=h\"i> (j)\n")
CASE("two dashes end flags",
     "RUN --a -- --b c\n",
     "1-1 RUN <--a> (--b c)\n")
CASE("only flags",
     "RUN --a\n"
     "COPY --from=x\n",
     "1-1 RUN <--a>\n"
     "2-2 COPY <--from=x>\n")
CASE("an escape at the end of a flag",
     "RUN --a=b\\\\\n",
     "1-1 RUN <--a=b\\>\n")
CASE("bytes of no-break spaces end flags",
     "RUN --a=\303\205b c\n",
     "1-1 RUN <--a=\303\203> (b c)\n")
CASE("pairs",
     "ENV a=b c=\"d e\" f='g h' i=j\\ k\n",
     "1-1 ENV (a=b) (c=\"d e\") (f='g h') (i=j\\ k)\n")
CASE("legacy pairs",
     "ENV a b  c=d\n"
     "LABEL x\ty z\n",
     "1-1 ENV (a b  c=d)\n"
     "2-2 LABEL (x y z)\n")
CASE("a pair without a value",
     "ENV a=\n",
     "1-1 ENV (a=)\n")
CASE("a name alone",
     "ENV a\n",
     "refused\n")
CASE("a name among pairs",
     "ENV a=b c\n",
     "refused\n")
CASE("no pairs",
     "ENV\n"
     "LABEL\n",
     "1-1 ENV\n"
     "2-2 LABEL\n")
CASE("an escape at the end of a pair",
     "ENV a=b\\\\\n",
     "1-1 ENV (a=b\\\\)\n")
CASE("an open quote",
     "ENV a=\"b c\n",
     "1-1 ENV (a=\"b c)\n")
CASE("white space of Unicode between pairs",
     "ENV a=b\342\200\203c=d\n",
     "1-1 ENV (a=b) (c=d)\n")
CASE("args",
     "ARG a\n"
     "ARG b=c d=\"e f\"\n"
     "ARG\n",
     "1-1 ARG (a)\n"
     "2-2 ARG (b=c) (d=\"e f\")\n"
     "3-3 ARG\n")
CASE("text",
     "USER a b \n"
     "WORKDIR /a b\n"
     "STOPSIGNAL 9\n"
     "MAINTAINER x <y>\n",
     "1-1 USER (a b)\n"
     "2-2 WORKDIR (/a b)\n"
     "3-3 STOPSIGNAL (9)\n"
     "4-4 MAINTAINER (x <y>)\n")
CASE("health checks",
     "HEALTHCHECK NONE\n"
     "HEALTHCHECK --interval=1s CMD a b\n"
     "HEALTHCHECK CMD [\"a\", \"b\"]\n"
     "HEALTHCHECK\n",
     "1-1 HEALTHCHECK (NONE)\n"
     "2-2 HEALTHCHECK <--interval=1s> (CMD) (a b)\n"
     "3-3 HEALTHCHECK (CMD) (a) (b) json\n"
     "4-4 HEALTHCHECK\n")
CASE("triggers",
     "ONBUILD RUN --a b\n"
     "ONBUILD CMD [\"c\"]\n"
     "ONBUILD\n"
     "ONBUILD ONBUILD RUN x\n",
     "1-1 ONBUILD RUN <--a> (b)\n"
     "2-2 ONBUILD CMD (c) json\n"
     "3-3 ONBUILD\n"
     "4-4 ONBUILD ONBUILD\n")
CASE("a heredoc",
     "RUN <<EOF\n"
     "a\n"
     " b\n"
     "EOF\n"
     "RUN c\n",
     "1-4 RUN (<<EOF)\n"
     "  <<EOF: a\n"
     " b\n"
     "\n"
     "5-5 RUN (c)\n")
CASE("a quoted heredoc",
     "RUN <<'EOF' cat\n"
     "$a\n"
     "EOF\n"
     "RUN <<\"E F\"\n"
     "x\n"
     "E F\n",
     "1-3 RUN (<<'EOF' cat)\n"
     "  <<EOF quoted: $a\n"
     "\n"
     "4-6 RUN (<<\"E F\")\n"
     "  <<E F quoted: x\n"
     "\n")
CASE("a heredoc without tabs",
     "RUN <<-EOF\n"
     "\ta\n"
     "\t\tEOF\n"
     "RUN b\n",
     "1-3 RUN (<<-EOF)\n"
     "  <<-EOF: \ta\n"
     "\n"
     "4-4 RUN (b)\n")
CASE("two heredocs",
     "COPY <<a <<b /c/\n"
     "1\n"
     "a\n"
     "2\n"
     "b\n",
     "1-5 COPY (<<a) (<<b) (/c/)\n"
     "  <<a: 1\n"
     "\n"
     "  <<b: 2\n"
     "\n")
CASE("a heredoc with a number",
     "RUN 3<<EOF cat\n"
     "x\n"
     "EOF\n",
     "1-3 RUN (3<<EOF cat)\n"
     "  <<EOF: x\n"
     "\n")
CASE("a blank in front of the name",
     "RUN cat << EOF\n"
     "x\n"
     "EOF\n",
     "1-3 RUN (cat << EOF)\n"
     "  <<EOF: x\n"
     "\n")
CASE("no heredoc: three",
     "RUN cat <<<EOF\n"
     "RUN b\n",
     "1-1 RUN (cat <<<EOF)\n"
     "2-2 RUN (b)\n")
CASE("no heredoc: in quotes",
     "RUN echo \"<<EOF\"\n"
     "RUN b\n",
     "1-1 RUN (echo \"<<EOF\")\n"
     "2-2 RUN (b)\n")
CASE("no heredoc: an open quote",
     "RUN echo ' <<EOF\n"
     "RUN b\n",
     "1-1 RUN (echo ' <<EOF)\n"
     "2-2 RUN (b)\n")
CASE("no heredoc: exec form",
     "RUN [\"<<EOF\"]\n"
     "RUN b\n",
     "1-1 RUN (<<EOF) json\n"
     "2-2 RUN (b)\n")
CASE("no heredoc: other instructions",
     "CMD <<EOF\n"
     "RUN b\n",
     "1-1 CMD (<<EOF)\n"
     "2-2 RUN (b)\n")
CASE("heredocs of triggers",
     "ONBUILD COPY <<EOF /a\n"
     "x\n"
     "EOF\n"
     "RUN b\n",
     "1-3 ONBUILD COPY (<<EOF) (/a)\n"
     "  <<EOF: x\n"
     "\n"
     "4-4 RUN (b)\n")
CASE("a heredoc without end",
     "RUN <<EOF\n"
     "a\n",
     "refused\n")
CASE("a heredoc ends in blanks only by itself",
     "RUN <<EOF\n"
     "EOF \n"
     " EOF\n"
     "EOF\n",
     "1-4 RUN (<<EOF)\n"
     "  <<EOF: EOF \n"
     " EOF\n"
     "\n")
CASE("carriage returns in a heredoc",
     "RUN <<EOF\r\n"
     "a\r\n"
     "EOF\r\n"
     "RUN b\r\n",
     "1-3 RUN (<<EOF)\n"
     "  <<EOF: a\r\n"
     "\n"
     "4-4 RUN (b)\n")
CASE("a heredoc behind continued lines",
     "RUN a \\\n"
     " && cat <<EOF\n"
     "x\n"
     "EOF\n"
     "RUN b\n",
     "1-4 RUN (a  && cat <<EOF)\n"
     "  <<EOF: x\n"
     "\n"
     "5-5 RUN (b)\n")
CASE("a variable as the end",
     "RUN <<$EOF\n"
     "x\n"
     "$EOF\n",
     "1-3 RUN (<<$EOF)\n"
     "  <<$EOF: x\n"
     "\n")
CASE("a modifier on the line of a heredoc",
     "RUN a ${b:-c} ${d:e} <<EOF\n"
     "x\n"
     "EOF\n",
     "1-3 RUN (a ${b:-c} ${d:e} <<EOF)\n"
     "  <<EOF: x\n"
     "\n")
CASE("an escaped heredoc",
     "RUN a \\<<EOF\n"
     "RUN b\n",
     "1-1 RUN (a \\<<EOF)\n"
     "2-2 RUN (b)\n")
CASE("a heredoc stuck to a word",
     "RUN a<<EOF\n"
     "RUN b\n",
     "1-1 RUN (a<<EOF)\n"
     "2-2 RUN (b)\n")
CASE("NUL bytes",
     "RUN a\000b\n",
     "1-1 RUN (a\000b)\n")
CASE("escape of quotes in shell words",
     "RUN echo \\' <<EOF\n"
     "x\n"
     "EOF\n",
     "1-3 RUN (echo \\' <<EOF)\n"
     "  <<EOF: x\n"
     "\n")
/* clang-format on */
