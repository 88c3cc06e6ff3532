"""How long `check` takes for many files, as ratios; run by hand: python tests/benchmarks/checking.py [FILES].

The files are one scenario of some 90 lines in block style, each with a title of its own; nothing is computed. Peers are
check-jsonschema with our own schema, and yamllint; where they are not installed they are left out. `check` is run as
users do, by as many processes as pay off, and by one and two. Commands take turns,
and a ratio is the median over the rounds. Time on the clock hangs on what else the machine does, so that the time
of the processors is printed as well.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import which
from statistics import median
from typing import Any, NamedTuple

import yaml

ROUNDS = 3
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
BASE = HERE.parent / "lints" / "base.yaml"


class Took(NamedTuple):
    """Seconds of a command: on the clock, and on the processors."""

    wall: float
    processor: float


def plain(node: Any) -> Any:
    """A section without what is known about its figures."""
    if not isinstance(node, dict):
        return node
    return node["value"] if node.keys() >= {"value", "source"} else {key: plain(value) for key, value in node.items()}


def write_files(folder: Path, many: int) -> int:
    """Write so many scenarios; their number of lines."""
    document = plain(yaml.safe_load(BASE.read_text("utf-8").replace("_", "~")))
    text = str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True)).replace("~", "_")
    for number in range(many):
        (folder / f"{number:05}.yaml").write_text(text.replace("title: Customer care", f"title: Care {number}"))
    return len(text.splitlines())


def took(command: list[str]) -> Took:
    """Run a command."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.perf_counter() - begin, spent)


def commands(folder: Path, schema: Path) -> dict[str, list[str]]:
    """What is measured, by name; peers that are not installed are left out."""
    files = [str(path) for path in sorted(folder.glob("*.yaml"))]
    ours = [str(BIN / "bpocalc"), "check", str(folder), "-f", "concise"]
    found = {"check": ours, "check, 1 process": [*ours, "-j", "1"], "check, 2 processes": [*ours, "-j", "2"]}
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    if peer := which("check-jsonschema", path=path):
        found["check-jsonschema"] = [peer, "--schemafile", str(schema), *files]
    if peer := which("yamllint", path=path):
        found["yamllint"] = [peer, "-d", "relaxed", str(folder)]
    return found


def main() -> None:
    """Print all ratios."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "files")
        folder.mkdir()
        lines = write_files(folder, many)
        schema = Path(name, "schema.json")
        schema.write_bytes(subprocess.run([str(BIN / "bpocalc"), "schema"], capture_output=True, check=True).stdout)
        todo = commands(folder, schema)
        rounds = [{what: took(command) for what, command in todo.items()} for _ in range(ROUNDS)]
    print(f"{many:,} files of {lines} lines, median of {ROUNDS} rounds")
    goals = {"check, 2 processes": 1 / 1.7, "check-jsonschema": 12.0, "yamllint": 15.0}
    for what in todo:
        against = "check, 1 process" if what == "check, 2 processes" else "check"
        wall, spent = (median(run[what][n] / run[against][n] for run in rounds) for n in (0, 1))
        seconds = median(run[what].wall for run in rounds)
        goal = f"   goal {'<=' if goals[what] < 1 else '>='} {goals[what]:.2f}" if what in goals else ""
        times = f"{wall:6.2f} x {against} on the clock   {spent:6.2f} x on the processors"
        print(f"{what:20} {seconds:7.2f} s   {times}{goal}")


if __name__ == "__main__":
    main()
