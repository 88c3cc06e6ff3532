"""Crossings: where a function of one number meets a target, by bracketing on a grid and finding the root in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

MOST_STEPS = 200
MET = 1e-12
"""The target is met within this share of the function's size around it."""
CLOSE = 4e-16
"""Two numbers apart by this share of themselves have none between them."""


class Crossing(NamedTuple):
    """Where a function changes from one side of the target to the other."""

    at: float
    """The first value on the other side, seen from where the search begins, or the one that meets the target."""
    before: float
    """The last value on this side; the same as `at` where the target is met."""
    jump: bool = False
    """Whether the function leaps over the target without meeting it."""


def crossings(
    function: Callable[[float], float], points: Sequence[float], values: Sequence[float], origin: float, *, whole: bool
) -> list[Crossing]:
    """Every change of sign between neighbouring points, the nearest to `origin` first.

    `values` are those of the function at the points, which rise; where one is not finite nothing is looked for. Between
    `whole` numbers there are none: a change is at the second of two neighbours.
    """
    known = [(x, y) for x, y in zip(points, values, strict=True) if y != 0]
    found = []
    for (a, at_a), (b, at_b) in pairwise(known):
        if not (isfinite(at_a) and isfinite(at_b)) or (at_a > 0) == (at_b > 0):
            continue
        near, far = ((a, at_a), (b, at_b)) if abs(a - origin) <= abs(b - origin) else ((b, at_b), (a, at_a))
        if whole:
            zeros = [x for x, y in zip(points, values, strict=True) if y == 0 and a < x < b]
            found.append(Crossing(zeros[0], zeros[0]) if zeros else Crossing(far[0], near[0], jump=True))
        elif (one := _between(function, near, far)) is not None:
            found.append(one)
    return sorted(found, key=lambda one: abs(one.at - origin))


def _between(
    function: Callable[[float], float], near: tuple[float, float], far: tuple[float, float]
) -> Crossing | None:
    """The root between two points of opposite sign; None where the function has a gap there.

    By Chandrupatla's method, which takes inverse quadratic steps where they are safe and else halves:
    T. R. Chandrupatla, A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
    using derivatives, Advances in Engineering Software 28 (1997).
    """
    enough = MET * max(abs(near[1]), abs(far[1]))
    (x1, f1), (x2, f2) = near, far
    x3, f3, part = x1, f1, 0.5
    for _ in range(MOST_STEPS):
        x = x1 + part * (x2 - x1)
        f = function(x)
        if abs(f) <= enough:
            return Crossing(x, x)
        if not isfinite(f):
            return None
        if (f > 0) == (f1 > 0):
            x3, f3 = x1, f1
        else:
            x3, f3, x2, f2 = x2, f2, x1, f1
        x1, f1 = x, f
        if abs(x2 - x1) <= CLOSE * max(abs(x1), abs(x2)):
            break
        part = _part(x1, f1, x2, f2, x3, f3)
    (other, _), (mine, _) = sorted([(x1, f1), (x2, f2)], key=lambda one: (one[1] > 0) == (near[1] > 0))
    return Crossing(other, mine, jump=True)


def _part(x1: float, f1: float, x2: float, f2: float, x3: float, f3: float) -> float:
    """How far from x1 to x2 the next guess lies: by inverse quadratic interpolation where that is safe."""
    bend, rise = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
    if not 1 - (1 - bend) ** 0.5 < rise < bend**0.5:
        return 0.5
    part = f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
    return min(max(part, 1e-12), 1 - 1e-12)
