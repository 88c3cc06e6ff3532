"""Distributions: what value an uncertain figure takes at a given probability; every range read in one way.

A range of the kinds split_normal, normal and lognormal names P10 and P90; of triangular, uniform and pert its limits.
The value is the median of a split normal, the mode of a triangular and a pert distribution.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, lgamma, log
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from bpocalc.about import Input, Spread

Array = npt.NDArray[np.float64]

P90 = NormalDist().inv_cdf(0.9)
"""Standard deviations between the median and P90 of a normal distribution."""
LIMITED = ("triangular", "uniform", "pert")
"""Kinds whose ends are limits, which are never passed."""
NODES, STEPS = 512, 4
"""Points at which a distribution is tabled, and steps of Newton's method from there."""
TERMS = 40
"""Pairs of terms of the continued fraction: enough for 1e-14 where a + b = 6."""


def values(about: Input, value: float, p: Array) -> Array:
    """What an uncertain input is worth at each of these probabilities between 0 and 1, in its unit.

    A tail that would pass a bound of the field ends at it; where the bound itself is not allowed, halfway to the range.
    """
    spread = about.spread
    assert spread is not None
    if spread.low == spread.high:
        return np.full_like(p, spread.low)
    found = KINDS[spread.dist](spread, value, p)
    if spread.dist in LIMITED or (about.least is None and about.most is None):
        return found
    least = about.least
    if least is not None and about.open:
        least = (least + spread.low) / 2
    return np.clip(found, least, about.most)


def _split_normal(spread: Spread, value: float, p: Array) -> Array:
    """A normal distribution of another width to each side of its median."""
    z = normal(p) / P90
    return value + z * np.where(z < 0, value - spread.low, spread.high - value)


def _normal(spread: Spread, value: float, p: Array) -> Array:
    low, high = spread.low, spread.high
    return (low + high) / 2 + normal(p) * ((high - low) / 2 / P90)


def _lognormal(spread: Spread, value: float, p: Array) -> Array:
    return np.exp(_normal(Spread(log(spread.low), log(spread.high)), value, p))


def _uniform(spread: Spread, value: float, p: Array) -> Array:
    return spread.low + p * (spread.high - spread.low)


def _triangular(spread: Spread, value: float, p: Array) -> Array:
    low, high = spread.low, spread.high
    width, rise, fall = high - low, value - low, high - value
    return np.where(p * width < rise, low + np.sqrt(p * width * rise), high - np.sqrt((1 - p) * width * fall))


def _pert(spread: Spread, value: float, p: Array) -> Array:
    """A beta distribution on the range whose mean weighs the mode four times (Malcolm et al. 1959)."""
    low, width = spread.low, spread.high - spread.low
    a = 1 + 4 * (value - low) / width
    return low + width * beta_quantile(a, 6 - a, p)


KINDS: dict[str, Callable[[Spread, float, Array], Array]] = {
    "split_normal": _split_normal,
    "triangular": _triangular,
    "uniform": _uniform,
    "pert": _pert,
    "normal": _normal,
    "lognormal": _lognormal,
}


def normal(p: Array) -> Array:
    """The quantile of the standard normal distribution at each probability, within 1e-15 (Wichura 1988, AS241)."""
    return np.fromiter(map(NormalDist().inv_cdf, p.ravel().tolist()), np.float64, p.size).reshape(p.shape)


def beta_quantile(a: float, b: float, p: Array) -> Array:
    """The quantile, at each probability, of a beta distribution with a and b from 1 to 5 that add up to 6."""
    low = p <= 0.5
    found = np.empty_like(p)
    found[low] = _below_median(a, b, p[low])
    found[~low] = 1 - _below_median(b, a, 1 - p[~low])
    return found


def _below_median(a: float, b: float, p: Array) -> Array:
    """The quantile for probabilities up to a half: from a table that is dense at its ends, by Newton's method."""
    x, at = _table(a, b)
    found = np.where(p < at[1], x[1] * (p / at[1]) ** (1 / a), np.interp(p, at, x))
    scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b))
    for _ in range(STEPS):
        density = scale * found ** (a - 1) * (1 - found) ** (b - 1)
        found = np.clip(found - (beta_probability(a, b, found) - p) / density, 0, 1)
    return found


@cache
def _table(a: float, b: float) -> tuple[Array, Array]:
    x = np.sin(np.linspace(0, np.pi / 2, NODES)) ** 2
    return x, beta_probability(a, b, x)


def beta_probability(a: float, b: float, x: Array) -> Array:
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22), mirrored beyond its mean.

    So many terms are enough for 1e-14 where a + b is 6.
    """
    mirrored = x > (a + 1) / (a + b + 2)
    y = np.where(mirrored, 1 - x, x)
    first, second = np.where(mirrored, b, a), np.where(mirrored, a, b)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b)) * y**first * (1 - y) ** second / first
    fraction = np.ones_like(y)
    for m in range(TERMS, 0, -1):
        even = m * (second - m) * y / ((first + 2 * m - 1) * (first + 2 * m))
        odd = -(first + m - 1) * (first + second + m - 1) * y / ((first + 2 * m - 2) * (first + 2 * m - 1))
        fraction = 1 + odd / (1 + even / fraction)
    below: Array = np.where(mirrored, 1 - front / fraction, front / fraction)
    return below
