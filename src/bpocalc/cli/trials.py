"""The parts of a simulation, computed here or by several processes, with a bar on stderr for someone who waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bpocalc.cli.workers import begin, processes
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.loading import CardFile, Loaded, load_text
from bpocalc.studies.simulation import Drawing, Part, wanted

WIDTH = 30
_drawing: list[Drawing] = []
"""What a process draws, once it has begun."""


class Job(NamedTuple):
    """Everything that a process must know to draw by itself."""

    data: bytes
    file: str
    overrides: list[str]
    case: str
    cards: list[CardFile]
    functions: list[str] | None
    options: list[str] | None
    soft: bool
    trials: int
    seed: int

    def compared(self, loaded: Loaded) -> Comparison:
        """The comparison that is simulated."""
        return compare(run(loaded, self.functions, self.options), soft=self.soft)


def computed(job: Job, workers: int) -> Callable[[Callable[[int], Part], Iterable[int]], Iterator[Part]]:
    """What computes the parts of a simulation, by one process or several; their bytes are the same."""

    def here(part: Callable[[int], Part], numbers: Iterable[int]) -> Iterator[Part]:
        yield from _shown(map(part, numbers), len([*numbers]))

    def elsewhere(part: Callable[[int], Part], numbers: Iterable[int]) -> Iterator[Part]:
        with processes(workers, _begin, job) as pool:  # left by Ctrl-C, it ends its processes
            yield from _shown(pool.imap(_part, numbers), len([*numbers]))

    return here if workers == 1 else elsewhere


def _begin(job: Job) -> None:
    begin()
    comparison = job.compared(load_text(job.data, job.file, job.overrides, job.case, job.cards))
    _drawing.append(Drawing([*wanted(comparison).values()], comparison, job.trials, job.seed))


def _part(number: int) -> Part:
    return _drawing[-1].part(number)


def _shown(parts: Iterator[Part], count: int) -> Iterator[Part]:
    """The parts, and on a terminal how many of them are done; the bar is taken away at the end, whatever ends it."""
    terminal = sys.stderr.isatty()
    try:
        for number, part in enumerate(parts, 1):
            if terminal:
                bar = "#" * (WIDTH * number // count)
                print(f"\rsimulating [{bar:<{WIDTH}}] {number / count:4.0%}", end="", file=sys.stderr, flush=True)
            yield part
    finally:
        if terminal:
            print(f"\r{'':{WIDTH + 20}}\r", end="", file=sys.stderr, flush=True)
