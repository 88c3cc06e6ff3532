"""Workplace: seats, the technology on them, equipment."""

from typing import Annotated

from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Rate
from bpocalc.scenario.parts import Months, Part, Share


class Seat(Part):
    """A cost for each seat and month."""

    per_seat: Annotated[Quantity, In("$/month", ge=0, steps=True)]
    """Cost of one seat a month."""
    avoidable: Share | None = None
    """Share that goes when the people go; must be stated for in-house seats."""
    removal: Months | None = None
    """Months after the people have gone until the seats have gone."""
    growth: Rate | None = None
    """Growth at each contract anniversary, in place of inflation."""


class Equipment(Part):
    """Equipment bought for each joiner, and again after its life."""

    price: Annotated[Quantity, In("$/person", ge=0)]
    """Price for one person."""
    life: Annotated[Quantity, In("months", gt=0)]
    """Months after which it is bought again."""
    residual: Share = neutral(0)
    """Share of the price that what is in use fetches after the last month."""
    growth: Rate | None = None
    """Growth at each contract anniversary, in place of inflation."""


class Workplace(Part):
    """What a seat costs."""

    facilities: Seat | None = None
    """Rent, energy, cleaning, furniture."""
    technology: Seat | None = None
    """Licences, telephony, network, support."""
    equipment: Equipment | None = None
    """Computers and headsets bought outright."""
