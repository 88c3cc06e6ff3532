"""The flat table of facts: every cost line of every option in every month."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.comparison import Comparison
from bpocalc.timeline import MONTHS

Fact = tuple[str, str, str, str, str, str, int, str | None, int, float, str]
COLUMNS = (
    "scenario", "case", "function", "option", "category", "line", "month", "date", "year", "amount", "currency",
)  # fmt: skip


def facts(comparison: Comparison) -> Iterator[Fact]:
    """One fact for each cost line and month, in the order of the file; lines that are always zero are left out."""
    scenario, clock = comparison.run.loaded.scenario, comparison.run.book.clock
    months = [(m + 1, str(clock.start.after(m)) if clock.start else None, m // MONTHS + 1) for m in range(clock.months)]
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    for group in groups:
        for option, result in group.results.items():
            for name, entry, _ in result.stream.lines:
                row = entry.quantity.row
                if any(row):
                    for (month, date, year), amount in zip(months, row, strict=True):
                        yield (
                            scenario.title, "", group.key, option, entry.category, name, month, date, year, amount,
                            scenario.currency,
                        )  # fmt: skip
