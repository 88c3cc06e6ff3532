"""Demand: the work that a function has to do."""

from typing import Annotated, Literal

from bpocalc.document import Map, Seq
from bpocalc.overlay import is_figure
from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import fields_of, neutral
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.parts import Part


def is_several(section: Map) -> bool:
    """Whether a section under `demand` holds several demands by name, and is not one itself."""
    own = any(key in fields_of(Demand) for key in section)
    return not own and any(isinstance(x, Map) and not is_figure(x) for x in section.values())


class Demand(Part):
    """How much work there is, how it grows and how it moves through the year."""

    title: str = ""
    """What reports call it."""
    volume: Annotated[Quantity, In("units", ge=0, steps=True, monthly=True)]
    """Units of work in a period, in the first month; or steps by contract year, or a list of all months."""
    per: Literal["month", "year"] = "month"
    """The period of the volume; a year's volume is spread evenly over its months."""
    unit: str = "unit"
    """What one unit of work is called, in the singular."""
    growth: Annotated[Quantity, In("per year", gt=-1, le=1)] = neutral(0)
    """Growth of the volume a year, smoothly by month."""
    seasonality: Annotated[tuple[Quantity, ...], Each(In("factor", gt=0, le=100), 12)] | None = None
    """Twelve factors on the volume, January to December."""

    @property
    def is_monthly(self) -> bool:
        """Whether the volume is a list of all months, which neither grows nor has seasons besides."""
        return isinstance(self.written.get("volume"), Seq)

    @property
    def moves(self) -> str:
        """Why it must be said what people are staffed for: how the volume moves within a year; empty if it does not."""
        if self.is_monthly:
            return "the volume is given month by month"
        return "demand has seasons" if self.seasonality is not None else ""
