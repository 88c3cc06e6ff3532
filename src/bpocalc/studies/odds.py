"""Odds: what the trials of a simulation say of each option, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, sqrt
from typing import NamedTuple

import numpy as np

from bpocalc.studies.distributions import Array
from bpocalc.studies.simulation import Way
from bpocalc.words import HALF_CENT

QUANTILES = (0.1, 0.5, 0.9)


class Estimate(NamedTuple):
    """A figure taken from trials, and its standard error."""

    value: float
    error: float


class Odds(NamedTuple):
    """What is likely for one way: of its saving, or for a baseline of nothing but its chance to be best."""

    mean: Estimate | None
    quantiles: tuple[Estimate, ...]
    """P10, P50 and P90 of the net present value of the saving."""
    loses: Estimate | None
    """Probability that it costs more than the baseline."""
    best: Estimate
    """Probability that no other way has a lower present value of cost."""


def odds(ways: Sequence[Way]) -> dict[str, Odds]:
    """The odds of each way of a function, the baseline first; of equal ways the first is best."""
    costs = np.array([way.cost for way in ways])
    costs[0] -= HALF_CENT
    winner = costs.argmin(axis=0)
    out: dict[str, Odds] = {}
    for number, way in enumerate(ways):
        best = share(winner == number)
        if way.saving is None:
            out[way.key] = Odds(None, (), None, best)
        else:
            found = tuple(quantile(way.saving, p) for p in QUANTILES)
            out[way.key] = Odds(mean(way.saving), found, share(way.saving < -HALF_CENT), best)
    return out


def mean(x: Array) -> Estimate:
    """The mean of trials; its error as if they were independent, which slices make too large rather than too small."""
    return Estimate(float(x.mean()), float(x.std(ddof=1)) / sqrt(x.size))


def share(holds: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Estimate:
    """The share of trials in which something holds."""
    p = float(holds.mean())
    return Estimate(p, sqrt(p * (1 - p) / holds.size))


def quantile(x: Array, p: float) -> Estimate:
    """A quantile of trials; its error from the trials that lie a standard deviation of their rank away from it."""
    ordered, rank, away = np.sort(x), p * (x.size - 1), sqrt(x.size * p * (1 - p))
    low, high = (ordered[min(max(floor(rank + sign * away), 0), x.size - 1)] for sign in (-1, 1))
    return Estimate(float(np.quantile(ordered, p)), float(high - low) / 2)
