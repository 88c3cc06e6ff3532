"""Demand: the work that a function has to do."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.parts import Part, neutral


class Demand(Part):
    """How much work there is, how it grows and how it moves through the year."""

    title: str = ""
    """What reports call it."""
    volume: Annotated[Quantity, In("units", ge=0, steps=True)]
    """Units of work in a period, in the first month; or steps by contract year."""
    per: Literal["month", "year"] = "month"
    """The period of the volume; a year's volume is spread evenly over its months."""
    unit: str = "unit"
    """What one unit of work is called, in the singular."""
    growth: Annotated[Quantity, In("per year", gt=-1, le=1)] = neutral(0)
    """Growth of the volume a year, smoothly by month."""
    seasonality: Annotated[tuple[Quantity, ...], Each(In("factor", gt=0, le=100), 12)] | None = None
    """Twelve factors on the volume, January to December."""
