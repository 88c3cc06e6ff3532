"""Break-even: the values of an input at which a result meets a target, and how they follow a second input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bpocalc.comparison import Comparison
from bpocalc.replay import Replay
from bpocalc.studies.crossings import Crossing
from bpocalc.studies.levers import Lever
from bpocalc.studies.metric import Metric
from bpocalc.studies.sensitivity import at_points, grid, switching

STOPS = 11
"""Values of the second input at which the break-even is looked for, beside its own."""
SHOWN = 7
"""Values of the input at which the result is shown, beside its own and those that break even."""


class BreakEven(NamedTuple):
    """A result that meets a target as one input moves."""

    comparison: Comparison
    metric: Metric
    value: float
    target: float
    lever: Lever
    crossings: tuple[Crossing, ...]
    """The nearest to the input's own value first."""
    points: tuple[tuple[float, float], ...]
    """Values of the input with the result at them, rising; nan where there is none."""


class Stop(NamedTuple):
    """The break-even at one value of a second input."""

    along: float
    crossings: tuple[Crossing, ...]


class Curve(NamedTuple):
    """The break-even of an input as a second one moves."""

    comparison: Comparison
    metric: Metric
    value: float
    target: float
    lever: Lever
    along: Lever
    stops: tuple[Stop, ...]


def breakeven(comparison: Comparison, metric: Metric, lever: Lever, target: float = 0.0) -> BreakEven:
    """The break-even values of an input, and the result around them."""
    plan = Replay([metric.quantity]).plan([lever.address])
    points = grid(lever)
    found = switching(lever, plan, points, at_points(plan, lever, points, target), target)
    shown = _around(lever, [one.at for one in found])
    values = at_points(plan, lever, shown, 0)
    pairs = tuple(zip(shown, values, strict=True))
    return BreakEven(comparison, metric, metric.quantity.figure, target, lever, tuple(found), pairs)


def curve(comparison: Comparison, metric: Metric, lever: Lever, along: Lever, target: float = 0.0) -> Curve:
    """The break-even values of an input at values of a second one, from its low to its high."""
    plan = Replay([metric.quantity]).plan([lever.address, along.address])
    points, stops = grid(lever), []
    for x in spaced(along, along.low, along.high, STOPS):
        others = {along.address: x}
        values = at_points(plan, lever, points, target, others)
        stops.append(Stop(x, tuple(switching(lever, plan, points, values, target, others))))
    return Curve(comparison, metric, metric.quantity.figure, target, lever, along, tuple(stops))


def _around(lever: Lever, found: Sequence[float]) -> list[float]:
    """Values from low to high of an input, and on to the nearest break-even."""
    ends = [lever.low, lever.high, *found[:1]]
    return sorted({*spaced(lever, min(ends), max(ends), SHOWN), *found})


def spaced(lever: Lever, low: float, high: float, many: int) -> list[float]:
    """So many values between two, evenly, and the input's own; whole ones where it is counted."""
    values = {low + (high - low) * n / (many - 1) for n in range(many - 1)} | {high}
    return sorted({lever.value, *(float(round(x)) if lever.whole else x for x in values)})
