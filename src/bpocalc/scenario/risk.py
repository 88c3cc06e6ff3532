"""Risks: what may go wrong on a side, how likely that is and what it would cost."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Money, Part, Share


class Outcome(Part):
    """One of the ways in which a year may end."""

    cost: Money
    """What such a year costs."""
    probability: Share
    """How likely it is; over all outcomes of a risk 100 %."""


class Risk(Part):
    """An event with a probability and an impact, or a cost with several outcomes; what it costs on average is paid."""

    title: str = ""
    """What reports call it."""
    probability: Annotated[Quantity, In("per year", ge=0, le=1)] | None = None
    """Probability that it happens in a year."""
    impact: Money | None = None
    """What it costs when it happens."""
    outcomes: list[Outcome] = []
    """In place of probability and impact: what a year may cost, with the probability of each."""
    growth: Annotated[Quantity, In("per year", gt=-1, le=1)] | None = None
    """Growth of the cost a year; inflation where nothing is said."""


class LegRisk(Risk):
    """A risk of the work at a provider."""

    provider_bears: Share | None = None
    """Share of the cost that the provider bears; without it the buyer bears all."""
