"""Gain share: what the provider earns by staying below a cost that was agreed, and pays back by exceeding it."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import In
from bpocalc.scenario.parts import Part, Share

OfYear = Annotated[Quantity, In("$/year", ge=0, steps=True)]


class GainShare(Part):
    """A share of what the cost of a contract year stays below its target, or exceeds it; settled in its last month."""

    kind: Literal["gain_share"]
    title: str = ""
    """What reports call it."""
    provider_keeps: Share
    """Share of the difference that is the provider's."""
    target: OfYear
    """Agreed cost of a contract year at full volume; it grows with the ramp, a part year in proportion."""
    of: Literal["charges", "run"] = "charges"
    """What is measured: the leg's charges after volume discount, or what the option costs to run without governance."""
    floor: OfYear
    """Most that the provider pays back in a contract year; 0 where it only gains."""
    cap: OfYear | None = None
    """Most that the provider earns in a contract year; without it there is no limit."""
