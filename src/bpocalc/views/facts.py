"""The flat table of facts: every cost line of every option in every month."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from bpocalc.comparison import Comparison
from bpocalc.timeline import MONTHS, Clock
from bpocalc.words import Row

COLUMNS = (
    "scenario", "case", "function", "option", "category", "line", "month", "date", "year", "amount", "currency",
)  # fmt: skip

What = tuple[str, str, str, str, str, str, str]
"""Scenario, case, function, option, category, line and currency."""


def dates(clock: Clock) -> list[tuple[int, str | None, int]]:
    """Number, calendar month and contract year of each month."""
    return [(m + 1, str(clock.start.after(m)) if clock.start else None, m // MONTHS + 1) for m in range(clock.months)]


def fact_lines(comparison: Comparison) -> Iterator[tuple[What, Row]]:
    """Each cost line with its months, in the order of the file; lines that are always zero are left out.

    ValueError for a line that is no number in some month.
    """
    scenario, case = comparison.run.loaded.scenario, comparison.run.loaded.case
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    for group in groups:
        for option, result in group.results.items():
            for name, entry, _ in result.stream.lines:
                row = tuple([amount + 0.0 for amount in entry.quantity.row])  # never −0.0
                if not isfinite(sum(row)):
                    raise ValueError(f"{group.key}.{option}.{name} is not a number in every month")
                if any(row):
                    yield (scenario.title, case, group.key, option, entry.category, name, scenario.currency), row
