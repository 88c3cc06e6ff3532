"""The report of a comparison: the answer in words, the tables, and what the reader must know to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bpocalc.answers import answers
from bpocalc.comparison import Comparison
from bpocalc.notes import notes
from bpocalc.table import By, Table, clean
from bpocalc.tables import tables

CONVENTIONS = (
    "Costs are positive, saving = baseline − option. Money is nominal where nothing else is said. Each option "
    "is computed as if it were chosen alone. What is paid at signature counts undiscounted."
)

CASE = " · case "
"""What stands before the case in the line below the title."""


class Report(NamedTuple):
    """A comparison ready to be rendered."""

    title: str
    basis: str
    """Currency, months, discounting: what every figure rests on."""
    answers: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    conventions: str


def report(comparison: Comparison, by: By, path: str, changes: Sequence[str] = ()) -> Report:
    """The report of a comparison in one of its readings; `changes` are the options that changed the scenario."""
    return Report(
        title=clean(comparison.run.loaded.scenario.title),
        basis=basis(comparison),
        answers=tuple(answers(comparison)),
        tables=tuple(tables(comparison, by)),
        notes=tuple(notes(comparison, by, path, changes)),
        conventions=CONVENTIONS,
    )


def basis(comparison: Comparison) -> str:
    """Currency, months and discounting in one line."""
    scenario, clock = comparison.run.loaded.scenario, comparison.run.book.clock
    rate = scenario.discount_rate
    start = f" from {clock.start}" if clock.start else ""
    monthly = ", a twelfth each month" if rate.compounding == "monthly" else ""
    at = {"end": "end of month", "mid": "middle of month", "start": "start of month"}[rate.timing]
    months = f"{clock.months} month{'' if clock.months == 1 else 's'}{start}"
    soft = " · soft lines counted" if comparison.soft else ""
    case = f"{CASE}{case_of(comparison)}" if comparison.run.loaded.case else ""
    return (
        f"{scenario.currency} · {months} · discounted at {rate.rate.figure * 100:g} % ({at}{monthly}) · nominal{soft}"
        f"{case}"
    )


def case_of(comparison: Comparison) -> str:
    """The case of a comparison with its title; empty without one."""
    name = comparison.run.loaded.case
    title = clean(comparison.run.loaded.scenario.cases[name].title) if name else ""
    return f"{name}, {title}" if title else name
