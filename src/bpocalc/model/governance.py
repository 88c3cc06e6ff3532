"""Governance: what it costs to steer the contract."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.model.book import line
from bpocalc.quantity import Quantity, at_least, sum_of, where
from bpocalc.scenario.governance import Governance
from bpocalc.scenario.provider import ProviderGovernance


@line("$/month", "governance")
def by_rate(governance: Governance, of: Quantity) -> Quantity:
    """Governance as a share of its base."""
    assert governance.rate is not None
    return governance.rate * of


@line("$/month", "governance")
def by_fte(governance: Governance | ProviderGovernance, fte_moved: Quantity, inflation: Quantity) -> Quantity:
    """Governance by a table of full-time equivalents moved."""
    amount: Quantity | float = 0
    for step in governance.by_fte or ():
        amount = where(fte_moved > step.above, step.amount, amount)
    assert isinstance(amount, Quantity)
    return amount * inflation


@line("$/month", "governance")
def largest(ways: Sequence[Quantity]) -> Quantity:
    """Governance: the largest of the ways in which it is given."""
    out = ways[0]
    for way in ways[1:]:
        out = at_least(out, way)
    return out


@line("$/month", "governance")
def by_teams(lines: Sequence[Quantity]) -> Quantity:
    """Governance by people: all lines of its teams."""
    return sum_of(lines)


@line("FTE")
def fte_moved(full: Quantity, taken: Quantity) -> Quantity:
    """Full-time equivalents whose work has moved."""
    return full * taken
