"""Governance and the retained organisation: what the buyer keeps to steer the provider."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import AddedTeam
from bpocalc.scenario.parts import Part, Share


class Retained(Part):
    """People kept or newly hired in-house because the work is outsourced."""

    teams: dict[str, AddedTeam] = {}
    """The teams, with the in-house terms."""
    costs: dict[str, Cost] = {}
    """Their other costs."""


class Step(Part):
    """A monthly cost from a number of full-time equivalents on."""

    above: Annotated[Quantity, In("FTE", ge=0)]
    """Full-time equivalents moved above which the amount holds."""
    amount: Annotated[Quantity, In("$/month", ge=0)]
    """Cost a month."""


class Governance(Part):
    """The cost of steering the contract, in one or several ways."""

    rate: Share | None = None
    """Share of the base."""
    of: str | list[str] = "fees"
    """What the rate is of."""
    teams: dict[str, AddedTeam] | None = None
    """People who do it."""
    by_fte: list[Step] | None = None
    """A table of monthly cost by full-time equivalents moved."""
    take: Literal["largest", "sum"] | None = None
    """What holds when there are several ways."""
