"""What a format of `check` consists of, and the words that several share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from bpocalc.checking import Checked


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
    """Files without an error."""
    counts: Counter[str]

    def with_file(self, checked: Checked) -> Tally:
        """The tally with one more file."""
        counts = self.counts + Counter(f.problem.severity for f in checked.findings if not f.accepted)
        counts["unreadable"] += bool(checked.failed)
        counts["accepted"] += checked.accepted
        counts["expected"] += len(checked.held)
        counts["holds"] += sum(one.verdict == "pass" for one in checked.held)
        fine = not checked.failed and not checked.count("error")
        return Tally(self.files + 1, self.fine + fine, counts)


NOTHING = Tally(0, 0, Counter())


def many(number: int, what: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def closing(tally: Tally) -> str:
    """The closing line: files, and what was found in them."""
    parts = [
        f"{many(tally.files, 'file')}: {f'{tally.fine:,} valid' if tally.files > 1 or not tally.fine else 'valid'}"
    ]
    parts += [many(tally.counts[word], word) for word in ("error", "warning", "note") if tally.counts[word]]
    parts += [f"{tally.counts[word]:,} {word}" for word in ("accepted", "unreadable") if tally.counts[word]]
    if expected := tally.counts["expected"]:
        parts.append(f"{tally.counts['holds']:,} of {many(expected, 'expectation')} hold{'s' * (expected == 1)}")
    return " · ".join(parts)
