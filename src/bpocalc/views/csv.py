"""The facts as CSV, with full precision; a text never becomes a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bpocalc.comparison import Comparison
from bpocalc.table import clean
from bpocalc.views.facts import COLUMNS, dates, fact_lines


def safe(value: str) -> str:
    """A text in one line; one that a spreadsheet would read as a formula gets an apostrophe before it."""
    text = clean(value)
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


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
