"""The facts as CSV, with full precision; a text never becomes a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bpocalc.comparison import Comparison
from bpocalc.views.facts import COLUMNS, dates, fact_lines


def safe(value: str) -> str:
    """A cell as it is; a text that a spreadsheet would read as a formula gets an apostrophe before it."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def render(comparisons: Iterable[Comparison]) -> str:
    """One table of the facts of all comparisons."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for comparison in comparisons:
        when = dates(comparison.run.book.clock)
        for what, row in fact_lines(comparison):
            *texts, currency = [safe(text) for text in what]
            writer.writerows((*texts, *date, amount, currency) for date, amount in zip(when, row, strict=True))
    return stream.getvalue()
