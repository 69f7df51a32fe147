# SPDX-License-Identifier: MIT
"""bench.py [OPTION]... [WORKLOAD]...

Runs each workload with stagepp and its peers in turn, and prints a table:
medians of wall time, peaks of memory, and how many times the time of stagepp
each peer takes.

  --rounds N       rounds of each workload (default 7; what takes longer than
                   three seconds runs only once)
  --scale X        multiply sizes by X (default 1)
  --instructions   also count stagepp's instructions, with valgrind
  --keep DIR       make the inputs in DIR and leave them there

In: $STAGEPP, the command; $BENCH_TOOLS, the directory of the programs that
Makefile.am makes from the C files here.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import workloads

SLOW = 3.0  # seconds
PACKAGES = {"m4": "m4", "gpp": "gpp", "jq": "jq", "gawk": "gawk",
            "jinja2": "python3-jinja2", "valgrind": "valgrind"}


def is_missing(tool):
    if tool == "jinja2":
        try:
            import jinja2  # noqa: F401
        except ImportError:
            return True
        return False
    return shutil.which(tool) is None


def missing_tools():
    """The peers that are not installed; jq stands for gawk and jq."""
    missing = {tool for tool in PACKAGES if is_missing(tool)}
    if missing:
        print("left out, because of missing packages (Debian's names):",
              ", ".join(sorted(PACKAGES[tool] for tool in missing)))
    if "gawk" in missing:
        missing.add("jq")
    return missing


class Run:
    """What one tool needed for one workload. Times in seconds."""

    def __init__(self):
        self.wall, self.cpu, self.peak = [], [], []
        self.failed = None
        self.differs = False

    def measure(self, command, output, times=1):
        tool = os.path.join(os.environ["BENCH_TOOLS"], "measure")
        done = subprocess.run(
            [tool, str(times), output, *command], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            self.failed = (done.stderr.strip().splitlines() or ["?"])[-1]
            return
        for line in done.stdout.splitlines():
            wall, cpu, peak = map(int, line.split())
            self.wall.append(wall / 1e6)
            self.cpu.append(cpu / 1e6)
            self.peak.append(peak * 1024)

    @property
    def time(self):
        return statistics.median(self.wall)

    @property
    def memory(self):
        return max(self.peak)


def chosen(names):
    """The names of workloads, all by default."""
    for name in names:
        if name not in workloads.ALL:
            raise SystemExit(f"bench: no workload '{name}'; there are: "
                             + ", ".join(workloads.ALL))
    return names or list(workloads.ALL)


def instructions(command):
    """The command's instructions, from callgrind; None if it fails."""
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}",
             *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found[1]) if found else None


def contents(output, directory, tool):
    """What the tool wrote: bytes by name."""
    result = {}
    if os.path.exists(output):
        with open(output, "rb") as file:
            result[""] = file.read()
    for root, _, names in os.walk(os.path.join(directory or "", tool)):
        for name in names if directory else ():
            with open(os.path.join(root, name), "rb") as file:
                result[name] = file.read()
    return result


def run_workload(name, directory, missing, rounds, scale):
    """Job, and Runs by tool."""
    function, size, _ = workloads.ALL[name]
    job = function(directory, max(1, int(size * scale)))
    tools = [tool for tool in job.commands if tool not in missing]
    runs = {tool: Run() for tool in tools}
    first = {}
    for i in range(rounds):
        for tool in tools:
            run = runs[tool]
            if run.failed or (run.wall and run.wall[0] > SLOW):
                continue
            output = os.path.join(directory, f"output.{tool}")
            # What takes milliseconds is measured many times in a row.
            times = 40 if run.wall and run.wall[0] < 0.01 else 1
            run.measure(job.commands[tool], output, times)
            if i == 0 and tool in job.alike and not run.failed:
                first[tool] = contents(output, job.outputs, tool)
    for tool, result in first.items():
        if result != first.get("stagepp", result):
            runs[tool].differs = True
    return job, runs


def seconds(t):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if t * factor >= 1 or unit == "µs":
            return f"{t * factor:.3g} {unit}"
    return None


def megabytes(n):
    return f"{n / 1e6:.1f}"


def report(name, job, runs, count):
    own = runs["stagepp"]
    print(f"{name:13}", end="")
    if own.failed:
        print("FAILED:", own.failed)
        return
    extra = f"   {count / 1e6:.1f} M instructions" if count else ""
    print(f"stagepp    {seconds(own.time):>9}         "
          f"{megabytes(own.memory):>7} MB{extra}")
    for tool, run in runs.items():
        if tool == "stagepp":
            continue
        if run.failed:
            print(f"{'':13}{tool:10}    failed: {run.failed[:60]}")
            continue
        print(f"{'':13}{tool:10} {seconds(run.time):>9} "
              f"{run.time / own.time:6.2f}× {megabytes(run.memory):>7} MB"
              f"{'   different text' if run.differs else ''}")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    workloads.STAGEPP[:] = [os.environ["STAGEPP"]]
    names = chosen(options.names)
    missing = missing_tools()
    failed = False
    top = options.keep or tempfile.mkdtemp()
    try:
        for name in names:
            directory = os.path.join(top, name)
            os.makedirs(directory, exist_ok=True)
            job, runs = run_workload(name, directory, missing, options.rounds,
                                     options.scale)
            count = None
            if options.instructions and "valgrind" not in missing:
                count = instructions(job.commands["stagepp"])
            report(name, job, runs, count)
            failed = failed or runs["stagepp"].failed
            if not options.keep:
                shutil.rmtree(directory)
    finally:
        if not options.keep:
            shutil.rmtree(top)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
