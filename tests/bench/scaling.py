# SPDX-License-Identifier: MIT
"""scaling.py [OPTION]... [WORKLOAD]...

Doubles the input of each workload five times, up to its size in bench.py, and
prints how stagepp's time, instructions and memory grow: the exponent e of
size^e, fitted by least squares. The cost of a start is subtracted first. 1 is
linear; with 2, ten times the input would take a hundred times as long.

  --rounds N   runs of each size; the fastest counts (default 9)
  --time       do not count instructions (with valgrind, a minute per workload)

In: $STAGEPP and $BENCH_TOOLS, as for bench.py.
"""
import argparse
import math
import os
import tempfile

import bench
import workloads

DOUBLINGS = 5


def exponent(points):
    """The slope of log y over log x."""
    points = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(points) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return (sum((x - mean_x) * (y - mean_y) for x, y in points) /
            sum((x - mean_x) ** 2 for x, _ in points))


class Point:
    """The cost of one size of a workload."""

    def __init__(self, function, size, rounds, count):
        with tempfile.TemporaryDirectory() as directory:
            job = function(directory, size)
            run = bench.Run()
            command = job.commands["stagepp"]
            run.measure(command, os.path.join(directory, "output"), rounds)
            if run.failed:
                raise SystemExit(f"scaling: {run.failed}")
            self.time = min(run.cpu)
            self.memory = run.memory
            self.count = bench.instructions(command) if count else 0


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--time", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    workloads.STAGEPP[:] = [os.environ["STAGEPP"]]
    count = not options.time and not bench.is_missing("valgrind")
    if not count:
        print("without instructions" + (
            "" if options.time else ": valgrind is missing"))
    names = [name for name in bench.chosen(options.names)
             if options.names or workloads.ALL[name][1] > 1]
    base = Point(workloads.version, 1, 100, count)
    print(f"{'':13}{'sizes':>19}  exponent of  time  instructions  memory")
    for name in names:
        function, size, _ = workloads.ALL[name]
        sizes = [size >> (DOUBLINGS - i) for i in range(DOUBLINGS + 1)]
        points = [Point(function, n, options.rounds, count) for n in sizes]
        fits = [exponent([(n, getattr(p, what) - getattr(base, what))
                          for n, p in zip(sizes, points)])
                for what in ("time", "count", "memory")]
        cells = ["-" if fit is None else f"{fit:.2f}" for fit in fits]
        print(f"{name:13}{sizes[0]:>9}–{size:<9}  {cells[0]:>16}"
              f"  {cells[1]:>12}  {cells[2]:>6}", flush=True)


if __name__ == "__main__":
    main()
