"""The difference as CSV: for each result its old value, what each change does to it, and its new value."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bpocalc.studies.difference import Difference, Moved
from bpocalc.views.csv import safe
from bpocalc.views.difference.wording import values

COLUMNS = ("function", "option", "metric", "step", "address", "kind", "old", "new", "amount", "currency")


def render(difference: Difference) -> str:
    """One row for each step from the old value of a result to the new one; the amounts of a result add up."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    currency = difference.new.comparison.run.loaded.scenario.currency
    for moved in difference.results:
        head = (moved.function, moved.option, difference.metric)
        writer.writerows((*head, *step, currency) for step in _steps(difference, moved))
    return stream.getvalue()


def _steps(difference: Difference, moved: Moved) -> Iterator[tuple[str | float, ...]]:
    """The steps of one result; a missing amount is empty."""
    yield "before", "", "", "", "", _amount(moved.before)
    if moved.effects:
        for change, effect in zip(difference.changes, moved.effects, strict=True):
            old, new = values(change)
            yield "change", safe(change.address), change.kind, safe(old), safe(new), _amount(effect)
        yield "other_mix", "", "", "", "", moved.other_mix
        yield "interaction", "", "", "", "", moved.interaction
    yield "after", "", "", "", "", _amount(moved.after)


def _amount(value: float | None) -> float | str:
    return "" if value is None else value
