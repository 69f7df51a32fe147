# SPDX-License-Identifier: MIT
"""The workloads: the same job for each tool, prepared in a directory.

A workload is a function of a directory and a size that writes the inputs and
returns a Job. Outputs are compared, so that no tool wins by doing less.
"""
import json
import os
import pathlib
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class Job:
    """Commands by tool. `alike`: the tools whose output must be the same as
    stagepp's; `outputs`: the directory of the output files, if there is more
    than standard output."""

    def __init__(self, commands, alike=None, outputs=None):
        self.commands = commands
        self.alike = set(commands) - {"cat", "read", "empty"} \
            if alike is None else set(alike)
        self.outputs = outputs


def write(directory, name, text):
    path = os.path.join(directory, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def jinja(*arguments):
    return [sys.executable, os.path.join(HERE, "jinja_render.py"), *arguments]


def jq(template, *options):
    program = template + ".program"
    return ["sh", "-c", 'awk=$1 in=$2 out=$3; shift 3; gawk -f "$awk" "$in" '
            '>"$out" && exec jq -nrj "$@" -f "$out"', "sh",
            os.path.join(HERE, "to_jq.awk"), template, program, *options]


def in_all(directory, **templates):
    """A Job with one template for each tool, by the tool's name."""
    ways = {
        "stagepp": lambda path: [*STAGEPP, path],
        "m4": lambda path: ["m4", path],
        "gpp": lambda path: ["gpp", "-H", path],
        "jq": jq,
        "jinja2": jinja,
    }
    commands = {tool: ways[tool](write(directory, "t." + tool, text))
                for tool, text in templates.items()}
    return Job(commands)


STAGEPP = []  # the command, set by the caller


def start_of(template):
    return Job({
        "stagepp": [*STAGEPP, os.path.join(HERE, template)],
        "m4": ["m4", os.path.join(HERE, "web.m4")],
        "empty": [os.path.join(os.environ["BENCH_TOOLS"], "empty")],
    })


def start(_directory, _):
    """One Dockerfile, with macros in the template, like m4's."""
    return start_of("own.dockerfile.in")


def start_std(_directory, _):
    """The same Dockerfile with std/python: the README's first example."""
    return start_of("web.dockerfile.in")


def version(_directory, _):
    return Job({
        "stagepp": [*STAGEPP, "--version"],
        "m4": ["m4", "--version"],
        "jq": ["jq", "--version"],
        "empty": [os.path.join(os.environ["BENCH_TOOLS"], "empty")],
    }, alike=[])


PLAIN = """\
# A stage of its own, so that its layers are kept apart
FROM debian:13-slim AS tools{0}
ARG TARGETARCH
ENV PATH="/opt/tools/bin:$PATH" HOME=/home/app
RUN apt-get update && \\
    apt-get install -y --no-install-recommends curl git && \\
    rm -rf /var/lib/apt/lists/*
COPY --chown=10001:10001 requirements.txt /opt/tools/

"""


def plain(directory, size):
    """size bytes, which are not checked: they do not begin like a Dockerfile."""
    text = "A text.\n" + "".join(
        PLAIN.format(i) for i in range(size // len(PLAIN)))
    job = in_all(directory, stagepp="@# text\n" + text,
                 m4="changequote(,)changecom()dnl\n" + text, gpp=text, jinja2=text,
                 jq=text)
    job.commands["cat"] = ["cat", os.path.join(directory, "t.gpp")]
    return job


def calls(directory, n):
    body = "RUN {} --with={} -- {}\n"
    arguments = [(f"a{i}", f"b{i % 7}", f"c{i % 1000}") for i in range(n)]

    def lines(form):
        return "".join(form % a for a in arguments)
    return in_all(
        directory,
        stagepp="@define install(a, b, c)\n" + body.format(
            "@{a}", "@{b}", "@{c}") + "@end\n" + lines(
                '@install("%s", "%s", "%s")\n'),
        m4="define(`install', `" + body.format("$1", "$2", "$3").rstrip() +
        "')dnl\n" + lines("install(%s, %s, %s)\n"),
        gpp="<#define install|" + body.format("#1", "#2", "#3").rstrip() +
        ">" + lines("<#install %s|%s|%s>\n"),
        jinja2="{% macro install(a, b, c) %}\n" + body.format(
            "{{ a }}", "{{ b }}", "{{ c }}") + "{% endmacro %}\n" + lines(
                '{{ install("%s", "%s", "%s") }}'),
        jq='{{ def install($a; $b; $c): "' + body.format(
            "\\($a)", "\\($b)", "\\($c)").rstrip() + '\\n"; -}}\n' + lines(
                '{{ install("%s"; "%s"; "%s") -}}\n'))


def loop(directory, n):
    return in_all(
        directory,
        stagepp=f"@for i in range(0, {n})\n@if i % 3 == 0\nLABEL fizz=@{{i}}\n"
        "@else\nLABEL other=@{i}\n@end\n@end\n",
        m4="define(`forloop', `ifelse($1, $2, `', "
        "`ifelse(eval($1 % 3), 0, `LABEL fizz=$1', `LABEL other=$1')\n"
        f"forloop(incr($1), $2)')')dnl\nforloop(0, {n})dnl\n",
        jinja2=f"{{% for i in range({n}) %}}\n{{% if i % 3 == 0 %}}\n"
        "LABEL fizz={{ i }}\n{% else %}\nLABEL other={{ i }}\n{% endif %}\n"
        "{% endfor %}\n",
        jq=f"{{{{ range({n}) | if . % 3 == 0 then \"LABEL fizz=\\(.)\\n\" "
        "else \"LABEL other=\\(.)\\n\" end -}}\n")


def includes(directory, n):
    bodies = [f"LABEL included.{i}=yes\nCOPY --from=tools /opt/{i} /opt/{i}\n"
              for i in range(1, n + 1)]
    for i, body in enumerate(bodies, 1):
        write(directory, f"{i}.in", body)

    def lines(form):
        return "".join(form % i for i in range(1, n + 1))
    job = in_all(
        directory,
        stagepp=lines('@include "%d.in"\n'),
        m4=lines(f"include({directory}/%d.in)dnl\n"),
        gpp=lines(f"<#include {directory}/%d.in>\n"),
        jinja2=lines('{%% include "%d.in" %%}\n'))
    job.commands["read"] = [
        os.path.join(os.environ["BENCH_TOOLS"], "readall"), directory, "1",
        str(n)]
    job.alike -= {"gpp"}  # which adds line ends
    return job


def regex(directory, n):
    return in_all(
        directory,
        stagepp=f"@for i in range(0, {n})\n"
        "RUN install @{sub(\"pkg-@{i}.tar.gz\", '([a-z]+)-([0-9]+)', "
        "\"$2_$1\")}\n@end\n",
        m4="define(`forloop', `ifelse($1, $2, `', `RUN install "
        "patsubst(pkg-$1.tar.gz, `\\([a-z]+\\)-\\([0-9]+\\)', `\\2_\\1')\n"
        f"forloop(incr($1), $2)')')dnl\nforloop(0, {n})dnl\n",
        jinja2=f"{{% for i in range({n}) %}}\nRUN install "
        "{{ ('pkg-' ~ i ~ '.tar.gz') | sub('([a-z]+)-([0-9]+)', '\\\\2_\\\\1') "
        "}}\n{% endfor %}\n",
        jq=f"{{{{ range({n}) | \"RUN install \" + (\"pkg-\\(.).tar.gz\" | "
        "gsub(\"(?<a>[a-z]+)-(?<b>[0-9]+)\"; \"\\(.b)_\\(.a)\")) + \"\\n\" -}}\n")


# A template of about 300 lines that names its variant in many places.
VARIANT = """\
# stage {0} of variant @
FROM debian:13-slim AS stage{0}
ARG VARIANT=@
ENV STAGE={0} VARIANT=@ \\
    PATH="/opt/tools/bin:$PATH"
WORKDIR /srv/stage{0}
COPY package-{0}.json package.json
RUN ./install --variant=@ --stage={0}
LABEL org.example.stage="{0}" org.example.variant="@"
EXPOSE 8{0}00

"""


def variant(mark):
    return "".join(VARIANT.format(i).replace("@", mark) for i in range(27))


def variants(directory, n):
    """n output files from one template."""
    out = os.path.join(directory, "out")
    for tool in ("stagepp", "m4", "jinja2"):
        os.makedirs(os.path.join(out, tool), exist_ok=True)
    job = in_all(
        directory,
        stagepp=f"@for v in range(1, {n + 1})\n@file \"@{{v}}\"\n" +
        variant("@{v}") + "@end\n@end\n",
        m4="changecom()dnl\n" + variant("V"), jinja2=variant("{{ v }}"))
    job.commands["stagepp"][1:1] = ["-C", os.path.join(out, "stagepp")]
    job.commands["jinja2"] += [f"v*{n}={out}/jinja2"]
    job.commands["m4"] = [
        "sh", "-c", "i=1; while [ $i -le $2 ]; do m4 -DV=$i $1 >$3/$i; "
        "i=$((i + 1)); done", "sh", job.commands["m4"][1], str(n), f"{out}/m4"]
    job.outputs = out
    return job


def sorting(directory, n):
    words = ", ".join(f'"pkg-{i * 7919 % (n // 2 + 1)}"' for i in range(n))
    return in_all(
        directory,
        stagepp=f"@let l = [{words}]\nRUN install @{{l | sort | unique | "
        "join(\" \")}\n",
        jinja2=f"{{% set l = [{words}] %}}\nRUN install "
        "{{ l | sort(case_sensitive=true) | unique(true) | join(' ') }}\n",
        jq=f"RUN install {{{{ [{words}] | unique | join(\" \") }}}}\n")


def depth(directory, n):
    """n calls, each inside the one before."""
    job = in_all(
        directory,
        stagepp="@define down(n)\n@if n > 0\nLABEL depth=@{n}\n@down(n - 1)\n"
        f"@end\n@end\n@down({n})\n",
        m4="define(`down', `ifelse($1, 0, `', `LABEL depth=$1\n"
        f"down(decr($1))')')dnl\ndown({n})dnl\n",
        jinja2="{% macro down(n) %}\n{% if n > 0 %}\nLABEL depth={{ n }}\n"
        "{{ down(n - 1) }}{% endif %}\n{% endmacro %}\n"
        f"{{{{ down({n}) }}}}",
        jq="{{ def down: if . > 0 then \"LABEL depth=\\(.)\\n\" , (. - 1 | down) "
        f"else empty end; -}}}}\n{{{{ {n} | down -}}}}\n")
    job.commands["stagepp"][1:1] = ["--limit", f"depth={n + 2}"]
    if n > 300:
        del job.commands["jinja2"]  # Python's stack ends there
    return job


def data(directory, n):
    """n bytes of JSON."""
    one = {"name": "package-0000000", "version": "1.10.0", "port": 8080,
           "tags": ["web", "internal"], "needs": {"curl": ">=7", "git": None},
           "enabled": True}
    count = n // len(json.dumps(one))
    rows = [dict(one, name=f"package-{i:07}") for i in range(count)]
    path = write(directory, "d.json", json.dumps(rows))
    job = in_all(
        directory,
        stagepp="@let rows = data(\"d.json\")\nRUN install @{rows[-1].name}\n"
        "@for r in rows\n@if r.needs.git\nRUN git @{r.name}\n@end\n@end\n",
        jinja2="RUN install {{ rows[-1].name }}\n{% for r in rows %}\n"
        "{% if r.needs.git %}\nRUN git {{ r.name }}\n{% endif %}\n"
        "{% endfor %}\n",
        jq="{{ $rows[0] as $rows | \"RUN install \\($rows[-1].name)\\n\", "
        "($rows[] | select(.needs.git) | \"RUN git \\(.name)\\n\") -}}\n")
    job.commands["jinja2"] += [f"rows={path}"]
    job.commands["jq"] += ["--slurpfile", "rows", path]
    return job


def chain(directory, n):
    lines = "".join(f"    ./configure --with-{i} --prefix=/opt/{i}\n"
                    for i in range(n))
    return in_all(
        directory,
        stagepp="RUN \\\n@join \" && \\\\\"\n" + lines + "@end\n",
        jinja2="RUN \\\n{{ [" + ", ".join(
            repr(line) for line in lines.splitlines()) +
        "] | join(' && \\\\\\n') }}\n")


def checks(directory, n):
    """n outputs of std/python's four stages, each checked as a Dockerfile."""
    out = os.path.join(directory, "out")
    with open(os.path.join(HERE, "web.dockerfile.in"),
              encoding="utf-8") as file:
        head, body = file.read().split("# syntax=", 1)
    text = (head + f"@for v in range(0, {n})\n@file \"@{{v}}.dockerfile\"\n"
            "# syntax=" + body + "@end\n@end\n")
    job = in_all(directory, stagepp=text)
    os.makedirs(out, exist_ok=True)
    command = job.commands["stagepp"]
    job.commands = {
        "stagepp": [command[0], "-C", out, *command[1:]],
        "unchecked": [command[0], "--no-checks", "-C", out, *command[1:]]}
    return job


def checks_chain(directory, n):
    """One Dockerfile: n instructions, some of many lines."""
    text = "FROM debian:13-slim\n" + "".join(
        f"RUN ./configure --with-{i} && \\\n    make && \\\n    make install\n"
        f"ENV A{i}=/opt/{i}\n" for i in range(n // 2))
    job = in_all(directory, stagepp=text)
    command = job.commands["stagepp"]
    job.commands["unchecked"] = [command[0], "--no-checks", *command[1:]]
    return job


# name: (function, size, the unit of the size)
ALL = {
    "start": (start, 1, "run"),
    "start-std": (start_std, 1, "run"),
    "version": (version, 1, "run"),
    "plain": (plain, 64 << 20, "byte"),
    "calls": (calls, 300_000, "call"),
    "loop": (loop, 1_000_000, "iteration"),
    "includes": (includes, 4_000, "include"),
    "regex": (regex, 100_000, "substitution"),
    "variants": (variants, 2_000, "output"),
    "sort": (sorting, 100_000, "item"),
    "depth": (depth, 1_000, "call"),
    "data": (data, 10_000_000, "byte"),
    "chain": (chain, 10_000, "line"),
    "checks": (checks, 2_000, "output"),
    "checks-chain": (checks_chain, 10_000, "instruction"),
}
