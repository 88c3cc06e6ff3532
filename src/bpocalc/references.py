"""The figures of reference data and rate cards that results hang on: how old they are, and how good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bpocalc.about import Input, Source
from bpocalc.comparison import Comparison
from bpocalc.locations import ALL, BOUNDS, EDITION, PAY
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import Loaded
from bpocalc.timeline import age_between
from bpocalc.trace import behind

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

    @property
    def topic(self) -> str:
        """What it is one of, such as wages, burden, per_euro."""
        parts = self.about.address.split(".")
        if parts[0] == "rates":
            return "wages" if parts[-1] in PAY else parts[-1]
        return parts[2 if parts[0] == "locations" else 1]

    @property
    def name(self) -> str:
        """What it is called in a footnote, with its value; empty for a bound of a charge that is named."""
        parts = self.about.address.split(".")
        if parts[-1] in BOUNDS:
            return ""
        known = {"rate": parts[-2], "per_euro": ""}
        words = known.get(parts[-1], parts[-1]) if parts[0] != "fx" else ""
        role = f"{parts[2]} " if parts[0] == "rates" and parts[2] != ALL else ""
        return f"{role}{words} {self._value}".strip().replace("_", " ")

    @property
    def place(self) -> str:
        """The key of its location; empty for an exchange rate."""
        return "" if self.about.address.startswith("fx.") else self.about.address.split(".")[1]

    @property
    def _value(self) -> str:
        about = self.about
        if about.unit in ("share", "per year"):
            return f"{self.value * 100:.6g} %{' a year' if about.unit == 'per year' else ''}"
        number, _, per = about.written.partition(" ")
        if "/" in per:
            return f"{float(number):,.15g} {per}"
        unit = f"{about.address.rpartition('.')[2]}/EUR" if about.unit == "rate" else about.unit
        return f"{self.value:,.15g} {unit}".removesuffix(" factor")


class Used(NamedTuple):
    """An input that results hang on."""

    about: Input
    value: float


def used(comparison: Comparison) -> list[Used]:
    """The inputs that the present values of cost hang on, by address."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    roots: list[Quantity] = [result.metrics["pv_cost"] for group in groups for result in group.results.values()]
    found = [Used(q.about, q.figure) for q in behind(roots) if isinstance(q.about, Input)]
    return sorted(found, key=lambda one: one.about.address)


def figures(inputs: Iterable[Used], loaded: Loaded) -> list[Figure]:
    """The figures of reference data and rate cards among inputs."""
    return [figure_of(about, value, loaded) for about, value in inputs if about.source.reference or about.source.card]


def figure_of(about: Input, value: float, loaded: Loaded) -> Figure:
    """A figure of the reference data or of a rate card, with its age in a scenario."""
    age = age_between(about.source.as_of, loaded.clock.start)
    figure = Figure(about, value, age, False)
    old = age is not None and age > FRESH.get(figure.topic, age)
    carried = f"{about.address.partition('.wages.')[0]}.uprating" in loaded.inputs
    return figure._replace(stale=old and not carried)


def footnotes(inputs: Iterable[Used], loaded: Loaded) -> Iterator[str]:
    """How many figures come from where, and below that each of them with its source, period, age and grade.

    Figures of one source, period and grade stand in one note.
    """
    found = figures(inputs, loaded)
    for mine, what in (
        ([figure for figure in found if figure.about.source.reference], f"Reference figures used (edition {EDITION})"),
        ([figure for figure in found if figure.about.source.card], "Figures of rate cards used"),
    ):
        if mine:
            dates = [figure.about.source.as_of for figure in mine if figure.about.source.as_of]
            oldest = f", the oldest of {min(dates)}" if dates else ""
            yield f"{what}: {len(mine)}{oldest}."
            yield from _notes(mine)


def old_at_the_start(age: int | None) -> str:
    """An age in words; empty where it is not known or the figure is of the start itself or later."""
    return f"{age} month{'' if age == 1 else 's'} old at the start" if age is not None and age > 0 else ""


def _notes(found: Iterable[Figure]) -> Iterator[str]:
    together: dict[tuple[Source, str, bool, bool, int | None], list[str]] = {}
    for figure in found:
        source = figure.about.source._replace(note="", owner="")
        key = (source, figure.place, figure.stale, figure.topic == "wages", figure.age)
        together.setdefault(key, []).extend([figure.name] if figure.name else [])
    for (source, place, stale, pay, age), names in together.items():
        said = old_at_the_start(age)
        grade = f"grade {source.grade}" if source.grade else ""
        old = f"stale{f': not carried to the start, see uprating of {place}' if pay else ''}" if stale else ""
        known = [text for text in (source.text or "no source", source.as_of, said, grade, old) if text]
        yield f"{place + ': ' if place else ''}{', '.join(names)} · {' · '.join(known)}"
