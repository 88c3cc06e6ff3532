"""Chances: what a simulation says of one result, for expectations: how likely something holds, and quantiles."""

from __future__ import annotations

from math import nan

import numpy as np

from bpocalc.about import Line
from bpocalc.comparison import Comparison
from bpocalc.explain.addresses import NoMetric, metric, unit_of
from bpocalc.quantity import Quantity
from bpocalc.scenario.check_expectations import misfit
from bpocalc.scenario.expression import Expression, Figure
from bpocalc.studies.distributions import Array
from bpocalc.studies.simulation import SEED, TRIALS, draw
from bpocalc.words import ROUNDING

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def drawn(comparison: Comparison, address: str, function: str) -> Quantity:
    """P10, P50, P90 or the mean of a result over the trials; never is later than any month."""
    q = metric(comparison, address)
    (trials,) = _trials(comparison, q)
    if function in QUANTILES:
        value = float(np.sort(trials)[int(QUANTILES[function] * (trials.size - 1))])
    else:
        value = float(trials.mean())
    return Quantity(value if np.isfinite(value) else nan, about=Line(f"{function}({address})", unit_of(q), ""))


def chance(comparison: Comparison, inside: Expression) -> Quantity:
    """The share of the trials in which something holds, by the tolerances of any comparison.

    NoMetric where a result or its figure does not fit.
    """
    left, right = metric(comparison, inside.left.address), inside.right
    sides = [left] if isinstance(right, Figure) else [left, metric(comparison, right.address)]
    if isinstance(right, Figure) and (wrong := misfit(right, unit_of(left), inside.left.address)):
        raise NoMetric(*wrong)
    actual, *others = _trials(comparison, *sides)
    expected = np.full_like(actual, right.value) if isinstance(right, Figure) else others[0]
    with np.errstate(invalid="ignore"):  # never less never
        over = np.where(actual == expected, 0.0, actual - expected)
    room = right.rounding if isinstance(right, Figure) else ROUNDING
    holds = {
        ">": over > ROUNDING,
        ">=": over >= -ROUNDING,
        "<": over < -ROUNDING,
        "<=": over <= ROUNDING,
        "==": abs(over) <= room,
    }[inside.sign]
    return Quantity(float(holds.mean()), about=Line("prob", "share", ""))


def _trials(comparison: Comparison, *results: Quantity) -> list[Array]:
    """Results trial by trial, those of `simulate` where nothing is said; never is without end."""
    made = draw(results, comparison, TRIALS, SEED)
    return [np.where(np.isnan(trials), np.inf, trials) for trials in made]
