"""How long the commands take to answer, as ratios to what Python and the libraries take by themselves.

usage: python tests/benchmarks/startup.py [-n ROUNDS] [SCENARIO]

A round runs every command once, in turn; a ratio is the median over the rounds of a command's wall time
divided by that of its yardstick in the same round. `pass` is an empty Python, `stack` imports the libraries.
"""

import argparse
import os
import pty
import subprocess
import sys
import sysconfig
import termios
import time
from pathlib import Path
from statistics import median
from typing import IO, NamedTuple

PYTHON = sys.executable
STACK = "import yaml, typer; from pydantic import BaseModel"
SCRIPT = Path(sysconfig.get_path("scripts")) / "bpocalc"
LINES, COLUMNS = 40, 120


class Measure(NamedTuple):
    """A command, where its output goes, and how slow it may be."""

    name: str
    command: list[str]
    to: str = "nowhere"
    yardstick: str = "stack"
    goal: float | None = None


def measures(scenario: str) -> list[Measure]:
    bpocalc = [str(SCRIPT)] if SCRIPT.exists() else [PYTHON, "-m", "bpocalc"]
    own_version = "from bpocalc.cli import main; main(['--version'])"
    return [
        Measure("pass", [PYTHON, "-c", "pass"], yardstick="pass"),
        Measure("stack", [PYTHON, "-c", STACK], yardstick="pass"),
        Measure("--version", [*bpocalc, "--version"], yardstick="pass", goal=1.2),
        Measure("--version without the script", [PYTHON, "-c", own_version], yardstick="pass", goal=1.2),
        Measure("--help", [*bpocalc, "--help"], goal=0.75),
        Measure("compare --help", [*bpocalc, "compare", "--help"], goal=0.75),
        Measure("check", [*bpocalc, "check", scenario], goal=2.0),
        Measure("compare -f json", [*bpocalc, "compare", "-f", "json", scenario], goal=2.0),
        Measure("compare to a pipe", [*bpocalc, "compare", scenario], to="pipe", goal=2.0),
        Measure("compare on a terminal", [*bpocalc, "compare", scenario], to="terminal", goal=2.3),
    ]


def drain(stream: IO[bytes]) -> None:
    """Read to the end, which a terminal announces by an error."""
    try:
        while stream.read(65536):
            pass
    except OSError:
        pass


def once(measure: Measure) -> tuple[float, int]:
    """Run a command and return its seconds and its exit code."""
    env = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS", "LINES"}}
    env["TERM"] = "xterm-256color"
    out = source = subprocess.DEVNULL
    if measure.to == "pipe":
        source, out = os.pipe()
    elif measure.to == "terminal":
        source, out = pty.openpty()
        termios.tcsetwinsize(out, (LINES, COLUMNS))
    begin = time.perf_counter()
    with subprocess.Popen(
        measure.command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=env
    ) as process:
        if measure.to != "nowhere":
            os.close(out)
            with os.fdopen(source, "rb", buffering=0) as stream:
                drain(stream)
        code = process.wait()
    return time.perf_counter() - begin, code


def main() -> None:
    parser = argparse.ArgumentParser(description="Print how long the commands take, as ratios.")
    parser.add_argument("-n", type=int, default=11, metavar="ROUNDS")
    parser.add_argument("scenario", nargs="?", default="scenarios/customer-support.yaml")
    options = parser.parse_args()

    todo = measures(options.scenario)
    for measure in todo:  # once for the byte-code and the disk
        once(measure)
    rounds = [{measure.name: once(measure) for measure in todo} for _ in range(options.n)]

    print(f"{'':30} {'ms':>7} {'ratio':>7}   to    goal")
    for name, _, _, yardstick, goal in todo:
        ratio = median(run[name][0] / run[yardstick][0] for run in rounds)
        wall = 1000 * median(run[name][0] for run in rounds)
        codes = {run[name][1] for run in rounds}
        verdict = "" if goal is None else f"<= {goal:<4} {'' if ratio <= goal else 'MISSED'}"
        failed = "" if codes == {0} else f"  exit {', '.join(map(str, sorted(codes)))}: not a measurement"
        print(f"{name:30} {wall:7.1f} {ratio:7.2f}   {yardstick:5} {verdict}{failed}".rstrip())


if __name__ == "__main__":
    main()
