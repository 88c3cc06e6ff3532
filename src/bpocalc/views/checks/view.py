"""What a format of `check` consists of, and the words that several share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from bpocalc.about import Place
from bpocalc.checking import Checked
from bpocalc.problems import Problem


class View(NamedTuple):
    """A format: what stands before all files, what is said of each, and what stands after them."""

    file: Callable[[Checked], str]
    head: str = ""
    between: str = ""
    """What parts one file from the next, where something is said of both."""
    tail: Callable[[Tally], str] = lambda tally: ""


class Tally(NamedTuple):
    """How many files were checked, and how many findings there are of each kind."""

    files: int
    fine: int
    """Files that pass."""
    counts: Counter[str]

    def with_file(self, checked: Checked) -> Tally:
        """The tally with one more file."""
        counts = self.counts + Counter(f.problem.severity for f in checked.findings if not f.accepted)
        counts["unreadable"] += bool(checked.failed)
        counts["accepted"] += checked.accepted
        counts["expected"] += len(checked.held)
        counts["holds"] += sum(one.verdict == "pass" for one in checked.held)
        return Tally(self.files + 1, self.fine + checked.passes, counts)


def place_within(problem: Problem, path: str) -> tuple[Place, str]:
    """The place of a problem in its file, and its sentence; what comes from the command line is told at the top."""
    if problem.place.file == path:
        return problem.place, problem.message
    return Place(path, 1, 1, 1), f"{problem.place.file}: {problem.message}"


NOTHING = Tally(0, 0, Counter())


def many(number: int, what: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def closing(tally: Tally) -> str:
    """The closing line: files, and what was found in them."""
    if tally.files == 1:
        parts = [f"1 file {'passes' if tally.fine else 'fails'}"]
    else:
        parts = [f"{tally.fine:,} of {many(tally.files, 'file')} pass{'es' * (tally.fine == 1)}"]
    parts += [many(tally.counts[word], word) for word in ("error", "warning", "note") if tally.counts[word]]
    parts += [f"{tally.counts[word]:,} {word}" for word in ("accepted", "unreadable") if tally.counts[word]]
    if expected := tally.counts["expected"]:
        parts.append(f"{tally.counts['holds']:,} of {many(expected, 'expectation')} hold{'s' * (expected == 1)}")
    return " · ".join(parts)
