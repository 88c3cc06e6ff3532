"""Sensitivity: how far each input moves a result, and at which of its values the result meets a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import isfinite, nan
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from bpocalc.comparison import Comparison
from bpocalc.replay import Plan, Replay
from bpocalc.studies.crossings import Crossing, crossings
from bpocalc.studies.levers import Lever
from bpocalc.studies.metric import Metric

PARTS = 24
"""Into so many parts the whole range of an input is divided to look for crossings."""
AROUND = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.5, 2.0, 4.0)
"""And at these distances from its value, as shares of it."""
DECADES = range(-3, 9)
"""An input of zero is looked at in these powers of ten."""


class Moved(NamedTuple):
    """An input with what it does to the result."""

    lever: Lever
    at_low: float
    at_high: float
    """The result at the lever's low and high; nan where there is none."""
    crossings: tuple[Crossing, ...]
    """Its switching values, the nearest first."""

    @property
    def span(self) -> float:
        """How far the result moves between low and high."""
        ends = [x for x in (self.at_low, self.at_high) if isfinite(x)]
        return max(ends) - min(ends) if len(ends) > 1 else 0.0


class Sensitivity(NamedTuple):
    """A result, and all inputs on which it hangs: those that move it most come first."""

    comparison: Comparison
    metric: Metric
    value: float
    target: float
    swing: float
    inputs: tuple[Moved, ...]
    idle: int
    """How many inputs have no effect on it."""


def sensitivity(
    comparison: Comparison, metric: Metric, known: Sequence[Lever], swing: float, target: float = 0.0
) -> Sensitivity:
    """Every input that is known as a lever moved by itself, the others as they are.

    Each goes to its own low and high, or where it has no range by the swing, a share of its value, up and down.
    """
    replay = Replay([metric.quantity])
    moved = [_moved(lever, replay.plan([lever.address]), target) for lever in known]
    base = metric.quantity.figure
    ranked = sorted(moved, key=lambda one: (-one.span, _distance(one)))
    idle = sum(q.about is not None for at, q in comparison.run.loaded.inputs.items() if at not in replay)
    return Sensitivity(comparison, metric, base, target, swing, tuple(ranked), idle)


def _distance(moved: Moved) -> float:
    """How far the nearest switching value is away, as a share of the value."""
    if not moved.crossings:
        return float("inf")
    return abs(moved.crossings[0].at - moved.lever.value) / (abs(moved.lever.value) or 1.0)


def _moved(lever: Lever, plan: Plan, target: float) -> Moved:
    points = grid(lever)
    values = at_points(plan, lever, points, target)
    at = dict(zip(points, values, strict=True))
    found = switching(lever, plan, points, values, target)
    low, high = at[lever.low] + target, at[lever.high] + target
    return Moved(lever, low, high, tuple(found))


def switching(
    lever: Lever,
    plan: Plan,
    points: Sequence[float],
    values: Sequence[float],
    target: float,
    others: Mapping[str, float] = MappingProxyType({}),
) -> list[Crossing]:
    """The values of an input at which the result of a plan meets the target, with other inputs held at theirs."""

    def beyond(x: float) -> float:
        try:
            (value,) = plan.floats({**others, lever.address: x})
        except ArithmeticError:
            return nan
        return value - target if isinstance(value, float) else nan

    return crossings(beyond, points, values, lever.value, whole=lever.whole)


def grid(lever: Lever) -> list[float]:
    """The values of an input at which the result is computed to look for crossings, rising."""
    least, most, value = lever.least, lever.most, lever.value
    if lever.whole:
        return _within(lever, (least + n for n in range(int(most - least) + 1)))
    step = (most - least) / PARTS
    points = [least + step * n for n in range(PARTS + 1)]
    points += [value + sign * share * value for share in AROUND for sign in (1, -1)]
    if not value:
        points += [sign * 10.0**power for power in DECADES for sign in (1, -1)]
    return _within(lever, points)


def _within(lever: Lever, points: Iterable[float]) -> list[float]:
    """Points of a lever's range with its ends, its value, low and high, rising, each once."""
    own = (lever.least, lever.low, lever.value, lever.high, lever.most)
    return sorted({x for x in (*points, *own) if lever.least <= x <= lever.most})


def at_points(
    plan: Plan,
    lever: Lever,
    points: Sequence[float],
    target: float,
    others: Mapping[str, float] = MappingProxyType({}),
) -> list[float]:
    """How far the result of a plan lies above the target at values of an input; nan where it cannot be computed."""
    held = {name: np.full(len(points), value) for name, value in others.items()}
    (found,) = plan.arrays({**held, lever.address: np.array(points)})
    return [x if isfinite(x) else nan for x in (found - target).tolist()]


class Grid(NamedTuple):
    """A result at the values of two inputs."""

    down: Lever
    across: Lever
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    """By row and column; nan where there is none."""


def two_way(comparison: Comparison, metric: Metric, down: Lever, across: Lever) -> Grid:
    """A result over a grid of two inputs, each from its low to its high by way of its value."""
    rows, columns = steps(down), steps(across)
    a, b = np.meshgrid(np.array(rows), np.array(columns), indexing="ij")
    plan = Replay([metric.quantity]).plan([down.address, across.address])
    (found,) = plan.arrays({down.address: a.ravel(), across.address: b.ravel()})
    values = [tuple(x if isfinite(x) else nan for x in row) for row in found.reshape(a.shape).tolist()]
    return Grid(down, across, tuple(rows), tuple(columns), tuple(values))


def steps(lever: Lever) -> list[float]:
    """Low, value and high of a lever, and what lies halfway between them."""
    ends = sorted({lever.low, lever.value, lever.high})
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    return sorted({float(round(x)) if lever.whole else x for x in (*ends, *middles)})
