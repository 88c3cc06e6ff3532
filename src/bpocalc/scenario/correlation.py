"""Correlations: uncertain figures that tend to move together when a scenario is simulated."""

from collections.abc import Iterable
from math import pi, sin
from typing import Annotated, NamedTuple

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part


class Correlation(Part):
    """Uncertain figures that tend to be high together, or one high when another is low: with a coefficient below 0."""

    title: str = ""
    """What makes them move together."""
    between: list[str]
    """The addresses of two or more inputs; of several each two are correlated alike."""
    coefficient: Annotated[Quantity, In("correlation", ge=-1, le=1)]
    """Rank correlation (Spearman's) of each two of them, from -1 to 1."""


class Correlated(NamedTuple):
    """Inputs that hang together by correlations, and the rank correlation of each with each."""

    names: list[str]
    ranks: list[list[float]]


def together(correlations: Iterable[Correlation]) -> list[Correlated]:
    """The inputs in groups of which none is correlated with another; what is said of no pair is 0."""
    pairs: dict[tuple[str, str], float] = {}
    groups: list[list[str]] = []
    for one in correlations:
        names = list(dict.fromkeys(one.between))
        pairs |= {(a, b): one.coefficient.figure for a in names for b in names if a != b}
        touched = [group for group in groups if {*group} & {*names}]
        groups = [group for group in groups if group not in touched]
        groups.append(list(dict.fromkeys([*(name for group in touched for name in group), *names])))
    return [
        Correlated(group, [[1.0 if a == b else pairs.get((a, b), 0.0) for b in group] for a in group])
        for group in groups
    ]


def is_possible(ranks: list[list[float]]) -> bool:
    """Whether there can be inputs of these rank correlations: whether their matrix is positive definite.

    The normal scores of such inputs have the correlation 2 sin(π r ÷ 6); that matrix is factored (Cholesky).
    """
    factor: list[list[float]] = []
    for i, row in enumerate(ranks):
        made: list[float] = []
        for j in range(i + 1):
            known = factor[j] if j < i else made
            rest = 2 * sin(pi / 6 * row[j]) - sum(a * b for a, b in zip(made, known, strict=False))
            if j < i:
                made.append(rest / known[j])
            elif rest <= LEAST:
                return False
            else:
                made.append(rest**0.5)
        factor.append(made)
    return True


LEAST = 1e-9
"""What must be left of a variance for a matrix to count as positive definite."""
