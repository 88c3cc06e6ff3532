"""Information: which uncertain inputs drive a result, and what it would be worth to know them before deciding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

from bpocalc.studies.distributions import Array, normal
from bpocalc.studies.odds import Estimate
from bpocalc.studies.simulation import Way

DEGREES = (5, 3)
"""Powers of the rank of an input, and of its normal score, by which a saving is explained."""
NOTHING = 1e-10
"""A direction of these powers that is so small beside the largest is rounding: an input of two values has only two."""


class Driver(NamedTuple):
    """An uncertain input or a risk, and what it does to each option."""

    address: str
    ranks: dict[str, float]
    """Rank correlation (Spearman's) with the net present value of each option's saving."""
    shares: dict[str, float]
    """Share of the variance of each option's saving that it explains alone: the first-order sensitivity index."""
    worth: float
    """Expected value of knowing it, and nothing else, before deciding."""

    @property
    def strength(self) -> float:
        """Its largest rank correlation, whatever the sign."""
        return max((abs(rank) for rank in self.ranks.values()), default=0.0)


class Information(NamedTuple):
    """What is known of a function's inputs."""

    everything: Estimate
    """Expected value of knowing everything before deciding."""
    drivers: list[Driver]
    """Strongest first."""


def information(ways: Sequence[Way], inputs: Mapping[str, Array]) -> Information:
    """What drives the saving of each option, the baseline standing first, and what it is worth to know it."""
    options = [way for way in ways if way.saving is not None]
    savings = np.array([np.zeros_like(ways[0].cost), *(way.saving for way in options)])
    gained = savings.max(axis=0) - savings[savings.mean(axis=1).argmax()]
    everything = Estimate(float(gained.mean()), float(gained.std(ddof=1)) / sqrt(gained.size))
    standing = [_standard(ranks(saving)) for saving in savings[1:]]
    drivers = []
    for name, x in inputs.items():
        order = ranks(x)
        own = _standard(order)
        found = {way.key: float(own @ other) for way, other in zip(options, standing, strict=True)}
        known = expected(order, savings)
        shares = {way.key: _variance_ratio(known[n], savings[n]) for n, way in enumerate(options, 1)}
        worth = float(known.max(axis=0).mean() - savings.mean(axis=1).max())
        drivers.append(Driver(name, found, shares, min(max(worth, 0.0), everything.value)))
    return Information(everything, sorted(drivers, key=lambda one: (-one.strength, one.address)))


def ranks(x: Array) -> Array:
    """The rank of each trial, counted from 1; equal ones share the mean of theirs."""
    _, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = counts.cumsum()
    found: Array = (last - (counts - 1) / 2)[place]
    return found


def _standard(x: Array) -> Array:
    """The numbers with their mean taken off and a length of 1; all 0 where they are all alike."""
    apart = x - x.mean()
    length = sqrt(float(apart @ apart))
    made: Array = apart / length if length > 0 else apart
    return made


def _variance_ratio(part: Array, whole: Array) -> float:
    variance = float(whole.var())
    return float(part.var()) / variance if variance > 0 else 0.0


def expected(order: Array, savings: Array) -> Array:
    """What to expect of each saving, trial by trial, from one input alone: by powers of its rank and its normal score.

    `order` holds the ranks of the input, `savings` those of several ways in each trial. Choosing by what is to be
    expected in place of the means is what it is worth to know the input (Strong & Oakley 2014, by regression).
    """
    place = (order - 0.5) / order.size
    powers = [np.vander(x, degree + 1)[:, :-1] for x, degree in zip((place - 0.5, normal(place)), DEGREES, strict=True)]
    directions, sizes, _ = np.linalg.svd(np.column_stack([np.ones_like(place), *powers]), full_matrices=False)
    basis = directions[:, sizes > sizes[0] * NOTHING]
    found: Array = (savings @ basis) @ basis.T
    return found
