"""What a sensitivity says, whatever its format: values of inputs, the result at them, where it meets its target."""

from __future__ import annotations

from math import isnan
from typing import Protocol

from bpocalc.answers import money
from bpocalc.comparison import Comparison
from bpocalc.notation import digits
from bpocalc.report import basis
from bpocalc.scenario.figures import is_share
from bpocalc.studies.crossings import Crossing
from bpocalc.studies.levers import Lever
from bpocalc.studies.metric import Metric
from bpocalc.studies.sensitivity import Moved, Sensitivity
from bpocalc.table import Kind, clean
from bpocalc.views.figures import MONEY, figure, legible
from bpocalc.views.layout import SCALES, UNITS

FIGURES, FOUND = 5, 4
"""Significant digits of a value that is given, and of one that was found."""
UNSTATED = "°"
SINGLE = {"months": "month", "units": "unit", "people": "person"}
BEFORE = ("month", "year")
"""Units that stand before their number."""


def short(value: float, significant: int = FIGURES) -> str:
    """A number with so many digits as are read at a glance."""
    return digits(float(f"{value:.{significant}g}"))


def name_of(lever: Lever) -> str:
    """The name of an input, marked where the file does not state it."""
    return lever.name + ("" if lever.about.stated else UNSTATED)


def shown(lever: Lever, value: float, significant: int = FIGURES) -> str:
    """A value of an input, shares in per cent and short times in minutes."""
    if is_share(lever.about.unit):
        return f"{short(value * 100, significant)} %"
    if lever.about.unit == "hours" and abs(lever.value) < 1:
        return f"{short(value * 60, significant)} min"
    return short(value, significant)


def with_unit(lever: Lever, value: float, significant: int = FIGURES) -> str:
    """A value of an input as it stands in a sentence."""
    unit, text = lever.about.unit, shown(lever, value, significant)
    if unit in BEFORE:
        return f"{unit} {text}"
    unit = SINGLE.get(unit, unit) if text == "1" else unit
    return text if text.endswith(("%", "min")) or unit in ("", "factor", "rate") else f"{text} {unit}"


def change(lever: Lever, value: float) -> str:
    """How far a value is from the input's own: in percent of it, shares in points, whole numbers as a number."""
    apart = value - lever.value
    if is_share(lever.about.unit):
        return f"{_signed(apart * 100)} points"
    if lever.whole:
        return _signed(apart)
    return f"{_signed(apart / abs(lever.value) * 100)} %" if lever.value else ""


def _signed(value: float) -> str:
    text = digits(float(f"{value:.3g}"))
    return text if text.startswith("−") else f"+{text}"


def flips(moved: Moved) -> str:
    """Where the result meets its target, or between which values it does not."""
    lever = moved.lever
    return ", ".join(flip(lever, one) for one in moved.crossings) or no_crossing(lever)


def no_crossing(lever: Lever) -> str:
    """Between which values the result does not meet its target."""
    return f"no crossing from {shown(lever, lever.least)} to {shown(lever, lever.most)}"


def flip(lever: Lever, crossing: Crossing) -> str:
    """A switching value, and how far it is from the input's own."""
    apart = change(lever, crossing.at)
    return shown(lever, crossing.at, FOUND) + (f" ({apart})" if apart else "")


def kind_of(metric: Metric, currency: str) -> Kind:
    """How the figures of a result are written."""
    name = metric.address.rpartition(".")[2]
    if metric.unit.partition("/")[0] == currency and metric.unit in (currency, f"{currency}/year"):
        return "saving" if "saving" in name or name in ("run_rate", "rule_margin") else "money"
    kinds: dict[str, Kind] = {"share": "share", "per year": "return", "month": "month", "months": "months"}
    return kinds.get(metric.unit, "price")


def result(value: float, kind: Kind, scale: int = 1) -> str:
    """A figure of the result; never where there is none."""
    return "never" if isnan(value) else figure(value, kind, scale)


def scales(values: list[float], kind: Kind) -> list[int]:
    """The units in which every one of some figures still shows three digits."""
    return [scale for scale in SCALES if all(isnan(x) or legible(x, kind, scale) for x in values)]


def in_unit(scale: int) -> str:
    """The unit of scaled money for a caption."""
    return f" ({UNITS[scale]})" if scale > 1 else ""


class Followed(Protocol):
    """A study that follows a result."""

    @property
    def comparison(self) -> Comparison: ...
    @property
    def metric(self) -> Metric: ...
    @property
    def value(self) -> float: ...
    @property
    def target(self) -> float: ...


def headline(found: Followed) -> str:
    """The result that is followed, and what it comes to."""
    return f"The {clean(found.metric.title)} of {found.metric.option} is {amount(found, found.value)}."


def amount(found: Followed, value: float) -> str:
    """A figure of the result in a sentence."""
    kind = kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
    if kind not in MONEY or isnan(value):
        return result(value, kind)
    return f"{'+' if kind == 'saving' and value > 0 else ''}{money(value)}"


def nearest_flip(found: Sensitivity) -> str:
    """The input that has to change least, as a share of its value, for the result to meet its target."""
    near = [one for one in found.inputs if one.crossings and one.lever.value]
    if not near:
        return f"No input by itself brings it to {amount(found, found.target)}."
    one = min(near, key=lambda one: abs(one.crossings[0].at / one.lever.value - 1))
    lever, at = one.lever, one.crossings[0].at
    return (
        f"The least change that brings it to {amount(found, found.target)} is that of {lever.name}: "
        f"from {with_unit(lever, lever.value)} to {with_unit(lever, at, FOUND)} ({change(lever, at)})."
    )


def about(found: Sensitivity) -> list[str]:
    """What the reader must know to trust the figures."""
    own, swing = sum(one.lever.ranged for one in found.inputs), f"{found.swing * 100:g} %"
    notes = [
        f"One input at a time, the others as they are: {own} of {len(found.inputs)} over the range that the file "
        f"gives, the others {swing} down and up as far as their bounds allow."
    ]
    if any(not one.lever.about.stated for one in found.inputs):
        notes.append(f"{UNSTATED} not stated in the file, and so neutral.")
    if found.idle:
        notes.append(f"{found.idle} more inputs have no effect on this result as the scenario is written.")
    return [*notes, *held(found)]


def held(found: Followed) -> list[str]:
    """What is held as it is in the plain run."""
    return ["The mix stays as it is best in the plain run."] if found.metric.option == "total.best" else []


def under(comparison: Comparison) -> tuple[str, str]:
    """Title and basis of a scenario."""
    return clean(comparison.run.loaded.scenario.title), basis(comparison)
