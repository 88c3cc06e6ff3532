"""Volume: the whole comparison again with all demand multiplied: a unit price follows the work, people not always."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bpocalc.comparison import Comparison

VOLUME = re.compile(r"functions\.[^.]+\.demand\.([^.]+\.)?volume(\.\d+)?")
"""The address of a volume: of all the time, of a contract year or of a month, of the demand or of one of several."""


class Strained(NamedTuple):
    """A comparison with all demand multiplied by a factor."""

    factor: float
    comparison: Comparison


def overrides_of(comparison: Comparison, factor: float) -> list[str]:
    """The overrides that multiply every volume of a scenario; a range around one is dropped with them."""
    inputs = comparison.run.loaded.inputs
    return [f"{at}={q.figure * factor!r}" for at, q in inputs.items() if VOLUME.fullmatch(at)]


def strained(
    comparison: Comparison, factors: Iterable[float], again: Callable[[list[str]], Comparison]
) -> list[Strained]:
    """The comparison at each factor; `again` loads and compares its scenario with some overrides more.

    Empty for a scenario without demand.
    """
    if not overrides_of(comparison, 1):
        return []
    return [
        Strained(factor, comparison if factor == 1 else again(overrides_of(comparison, factor))) for factor in factors
    ]
