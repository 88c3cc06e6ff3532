"""The reference figures that results hang on: how old and how good each is, and where the scenario asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bpocalc.about import Input, Place
from bpocalc.assumptions import age_between
from bpocalc.comparison import Comparison
from bpocalc.quantity import walk

FRESH = {"wages": 18, "wage_growth": 12, "burden": 12, "per_euro": 3, "paid_hours": 18, "uprating": 12}
"""Months after which a figure is stale, by its topic."""
GRADES = "ABC"
"""From the best to the weakest."""


class Figure(NamedTuple):
    """A figure of the reference data, or of a rate card, that a result hangs on."""

    about: Input
    value: float
    age: int | None
    """Whole months from the end of its period to the scenario's start; None where either is missing."""
    stale: bool
    """Older than is usual for its topic, and not carried to a later time by a declared step."""
    asked: Place | None
    """Where the scenario asked for it: the team's role, or the currency."""

    @property
    def topic(self) -> str:
        """What it is one of, such as wages, burden, per_euro."""
        return self.about.address.split(".")[2 if self.about.address.startswith("locations.") else 1]


def figures(comparison: Comparison) -> list[Figure]:
    """The reference figures used, by address."""
    loaded = comparison.run.loaded
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    roots = [result.metrics["pv_cost"] for group in groups for result in group.results.values()]
    found = [(q.about, q.figure) for q in walk(roots) if isinstance(q.about, Input)]
    raised = {about.address.removesuffix(".uprating") for about, _ in found}
    made = []
    for about, value in found:
        if not about.source.reference:
            continue
        age = age_between(about.source.as_of, loaded.clock.start)
        figure = Figure(about, value, age, False, loaded.taken.get(about.address))
        old = age is not None and age > FRESH.get(figure.topic, age)
        carried = figure.topic == "wages" and about.address.partition(".wages.")[0] in raised
        made.append(figure._replace(stale=old and not carried))
    return sorted(made, key=lambda figure: figure.about.address)


def beyond(found: Iterable[Figure], min_grade: str = "C", max_age: int | None = None) -> list[Figure]:
    """The figures of a weaker grade than asked for, or older than so many months at the start (whose age is known)."""
    weakest = GRADES.index(min_grade)
    return [
        figure
        for figure in found
        if (figure.about.source.grade and GRADES.index(figure.about.source.grade) > weakest)
        or (max_age is not None and figure.age is not None and figure.age > max_age)
    ]
