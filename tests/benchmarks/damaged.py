"""What becomes of many damaged scenarios: never a traceback, and bounded time and memory.

usage: python tests/benchmarks/damaged.py [-n MUTANTS] [--first NUMBER]

Every mutant is checked in all its cases with all rules, loaded and, where it is valid, computed and reported in every
reading; one in ten as a workbook. Prints what became of them, the slowest, the memory, and every exception with the
number of the mutant that causes it; exits with 1 if there was one.
"""

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent.parent))

from mutants import Mutant, mutant

from bpocalc.assumptions import assumptions
from bpocalc.checking import Settings, check_text
from bpocalc.comparison import Comparison, compare
from bpocalc.expectations import judge
from bpocalc.explain.addresses import sections, span_of
from bpocalc.explain.tree import explain
from bpocalc.model.run import run
from bpocalc.problems import Invalid, show_all
from bpocalc.report import report
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.overrides import NoCase
from bpocalc.table import By
from bpocalc.views import assumptions as book
from bpocalc.views import csv, json, markdown, text, xlsx

MANY = 20_000
SECONDS = 20
"""So long may a mutant take at most."""
READINGS: tuple[By, ...] = ("summary", "category", "cause", "year", "line")
WIDTHS = (40, 80, 200, None)
SOME = 6
"""So many addresses of a comparison are explained."""


class TooSlow(Exception):
    """A mutant takes too long."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise TooSlow after some seconds."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def outcome(one: Mutant, rng: random.Random) -> str:
    """What becomes of a mutant; an exception if that is neither a refusal nor a report."""
    check_text(one.data, "mutant.yaml", Settings(one.overrides, compute=True))
    try:
        loaded = load_text(one.data, "mutant.yaml", list(one.overrides), one.case)
    except NoCase:
        return "without that case"
    except Invalid as invalid:
        show_all(invalid)
        return "refused"
    shown(compare(run(loaded), soft=rng.random() < 0.3), rng)
    return "computed"


def shown(comparison: Comparison, rng: random.Random) -> None:
    """Everything that can be shown of a comparison; ValueError for a line that is too wide for its screen."""
    json.render([comparison], ["mutant.yaml"], [""])
    csv.render([comparison])
    for by in READINGS:
        made = report(comparison, by, "mutant.yaml", [])
        width = rng.choice(WIDTHS)
        lines = text.render(made, width).splitlines()
        if width and max(map(len, lines)) > width:
            raise ValueError(f"a line of {max(map(len, lines))} characters on {width} columns, by {by}")
        markdown.render(made)
    items = [item for section in sections(comparison) for item in section.items]
    for item in rng.sample(items, min(SOME, len(items))):
        explain(item.quantity, span_of(item.quantity), 3)
    book.render(assumptions(comparison), "text", "mutant.yaml", "", 80)
    judge(comparison)
    if rng.random() < 0.1:
        with suppress(xlsx.TooLong):
            xlsx.render(comparison, "mutant.yaml")


def where(error: Exception) -> str:
    """An exception and the last lines of ours that it went through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "bpocalc" in f.filename][-4:]
    way = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}: {str(error)[:100]} ({way})"


def main() -> int:
    """Run as many mutants as are asked for, print what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=MANY)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    became: Counter[str] = Counter()
    found: dict[str, list[int]] = {}
    slowest = (0.0, 0)
    started = time.perf_counter()
    for number in range(asked.first, asked.first + asked.n):
        one = mutant(number)
        begun = time.process_time()
        try:
            with bounded():
                became[outcome(one, random.Random(number))] += 1
        except Exception as error:
            became["failed"] += 1
            found.setdefault(where(error), []).append(number)
        slowest = max(slowest, (time.process_time() - begun, number))
    print(f"{asked.n:,} mutants in {time.perf_counter() - started:.0f} s: ", end="")
    print(", ".join(f"{count:,} {what}" for what, count in became.most_common()))
    print(f"slowest: {slowest[0]:.2f} s (mutant {slowest[1]})")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for what, numbers in found.items():
        print(f"{len(numbers):5}  {what}, first by mutant {numbers[0]}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
