"""Demand: volume by month, and the volume that people are staffed for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bpocalc.model.book import Lines, line
from bpocalc.quantity import Quantity, pick, year_peak
from bpocalc.scenario.demand import Demand
from bpocalc.timeline import MONTHS, Clock


@line("units/month")
def volume(demand: Demand, seasons: Quantity | None, clock: Clock) -> Quantity:
    """Volume of work.

    volume · (1 + growth)^((m − 1)/12) · seasonality of the calendar month; a year's volume in twelfths. A volume that
    is given month by month is that.
    """
    if demand.is_monthly:
        return demand.volume
    level = demand.volume / MONTHS if demand.per == "year" else demand.volume
    level = level * clock.smoothly(demand.growth)
    return level if seasons is None else level * seasons


@line("factor")
def seasonality(demand: Demand, clock: Clock) -> Quantity:
    """Seasonality: the factor of the calendar month."""
    assert demand.seasonality is not None
    return pick(clock.calendar, demand.seasonality)


@line("units/month")
def staffed_average(volume: Quantity, clock: Clock) -> Quantity:
    """Volume that people are staffed for: the mean of the contract year."""
    return clock.yearly_mean(volume)


@line("units/month")
def staffed_peak(volume: Quantity, clock: Clock) -> Quantity:
    """Volume that people are staffed for: the largest month of the contract year."""
    return year_peak(volume, clock.year)


class Work:
    """The work of a function: its volume, and what people are staffed for in each way that a team asks for.

    Of several demands each has a work of its own, known by its name; then there is no volume of them all.
    """

    def __init__(
        self, demand: Demand | None, lines: Lines, name: str = "", several: Mapping[str, Demand] | None = None
    ) -> None:
        self.lines = lines
        self.name = name
        self.volume: Quantity | None = None
        if demand is not None:
            seasons = lines.driver(seasonality, demand, lines.clock, of=name) if demand.seasonality else None
            self.volume = lines.driver(volume, demand, seasons, lines.clock, of=name)
        self.parts = {key: Work(part, lines, key) for key, part in (several or {}).items()}
        self._staffed: dict[str, Quantity] = {}

    @property
    def each(self) -> list[Work]:
        """The works that have a volume."""
        return [work for work in (self, *self.parts.values()) if work.volume is not None]

    def of(self, name: str | None) -> Work:
        """The work of one of several demands; this one where none is named."""
        return self if name is None else self.parts[name]

    def staffed(self, staffing: Literal["follow", "average", "peak"] | None) -> Quantity:
        """The volume to staff for; following the volume where nothing is said. ValueError without demand."""
        if self.volume is None:
            raise ValueError(f"{self.lines.prefix} has no demand")
        if staffing in (None, "follow"):
            return self.volume
        if staffing not in self._staffed:
            function = staffed_average if staffing == "average" else staffed_peak
            self._staffed[staffing] = self.lines.driver(function, self.volume, self.lines.clock, of=self.name)
        return self._staffed[staffing]
