"""The facts as CSV, with full precision; a text never becomes a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bpocalc.comparison import Comparison
from bpocalc.views.facts import COLUMNS, facts


def safe(value: object) -> object:
    """A cell as it is; a text that a spreadsheet would read as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def render(comparisons: Iterable[Comparison]) -> str:
    """One table of the facts of all comparisons."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for comparison in comparisons:
        writer.writerows([safe(value) for value in fact] for fact in facts(comparison))
    return stream.getvalue()
