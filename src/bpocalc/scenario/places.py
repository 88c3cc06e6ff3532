"""Places: where buyer and provider sit, how far apart their clocks are, and which working hours they share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from math import fsum
from operator import sub
from typing import NamedTuple

from bpocalc.locations import location_keys, read_location
from bpocalc.scenario.option import Leg
from bpocalc.scenario.scenario import Place, Scenario
from bpocalc.timeline import Clock

NEARSHORE = 3
"""Hours between two clocks up to which a country is near; a rule of this program."""
ANY_YEAR = 2026
"""The year whose daylight saving stands for that of a scenario without a start."""
DAY = 24
HOURS = re.compile(r"(\d{1,2})(?::([0-5]\d))? ?[-–] ?(\d{1,2})(?::([0-5]\d))?")
RULE = f"Onshore: the buyer's country. Nearshore: never more than {NEARSHORE} hours from its clock. Offshore: the rest."

Span = tuple[float, float]
"""Working hours from an hour of the day to a later one, which may be past midnight."""


class Places(NamedTuple):
    """The locations of a scenario."""

    home: str | None
    """Where the buyer sits, if the scenario says so; else where the in-house side is."""
    stated: Mapping[str, Place]
    year: int | None = None
    """The calendar year in which the scenario starts."""

    @property
    def daylight(self) -> int:
        """The year whose daylight saving holds, within those that a calendar has."""
        return min(max(self.year or ANY_YEAR, 1), 9998)

    def buyer(self, in_house: str | None) -> str:
        """Where the buyer sits, given the location of the in-house side."""
        return self.home or in_house or ""

    def zone(self, location: str) -> str:
        """The time zone of a location; empty where none is known."""
        own = self.stated.get(location)
        if own is not None and own.time_zone:
            return own.time_zone
        return read_location(location).time_zone if location in location_keys() else ""

    def country(self, location: str) -> str:
        """The country of a location: its own key where nothing else is said."""
        own = self.stated.get(location)
        return (own.country if own is not None else None) or location

    def delivered(self, in_house: str | None, location: str | None) -> str:
        """Onshore, nearshore or offshore, by country and clock; empty where that cannot be known."""
        buyer = self.buyer(in_house)
        if not buyer or not location:
            return ""
        if self.country(buyer) == self.country(location):
            return "onshore"
        here, there = self.zone(buyer), self.zone(location)
        if not (here and there and known(here) and known(there)):
            return ""
        return "nearshore" if farthest(here, there, self.daylight) <= NEARSHORE else "offshore"

    def delivery(self, in_house: str | None, leg: Leg) -> str:
        """How a leg delivers: as it is stated, else by country and clock."""
        return leg.delivery or self.delivered(in_house, leg.location)

    def overlaps(self, in_house: str | None, leg: Leg) -> tuple[float, ...]:
        """The working hours of a day that buyer and provider share in each calendar month, from January."""
        part = leg.communication
        assert part is not None
        ours, theirs = (span(text or "") for text in (part.our_hours, part.their_hours))
        assert ours is not None
        assert theirs is not None
        zones = self.zone(self.buyer(in_house)), self.zone(leg.location or "")
        months = ahead(*zones, self.daylight)
        return tuple(
            fsum(overlap(ours, theirs, hours) * len(list(days)) for hours, days in groupby(month)) / len(month)
            for month in months
        )


def places_of(scenario: Scenario, clock: Clock) -> Places:
    """The locations of a scenario."""
    return Places(scenario.home, scenario.locations, clock.start.year if clock.start else None)


@cache
def known(zone: str) -> bool:
    """Whether this computer knows the rules of a time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


@cache
def offsets(zone: str, year: int) -> tuple[tuple[float, ...], ...]:
    """How many hours a clock is ahead of UTC at noon (UTC) of each day, by calendar month of a year."""
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    rules, hour = ZoneInfo(zone), timedelta(hours=1)
    months: tuple[list[float], ...] = tuple([] for _ in range(12))
    noon = datetime(year, 1, 1, 12, tzinfo=UTC)
    while noon.year == year:
        months[noon.month - 1].append((noon.astimezone(rules).utcoffset() or 0 * hour) / hour)
        noon += timedelta(days=1)
    return tuple(map(tuple, months))


@cache
def ahead(ours: str, theirs: str, year: int) -> tuple[tuple[float, ...], ...]:
    """How many hours one clock is ahead of another at noon (UTC) of each day, by calendar month of a year."""
    pairs = zip(offsets(theirs, year), offsets(ours, year), strict=True)
    return tuple(tuple(map(sub, there, here)) for there, here in pairs)


@cache
def farthest(ours: str, theirs: str, year: int) -> float:
    """The most hours between two clocks in a year."""
    return max(abs(hour) for month in ahead(ours, theirs, year) for hour in month)


def span(text: str) -> Span | None:
    """The working hours written as `9-17`, `8:30-17:00` or `21-6`; None for what is something else."""
    found = HOURS.fullmatch(text.strip())
    if found is None:
        return None
    opens, closes = (int(found[i]) + int(found[i + 1] or 0) / 60 for i in (1, 3))
    if opens >= DAY or closes > DAY or opens == closes:
        return None
    return opens, closes if closes > opens else closes + DAY


def overlap(ours: Span, theirs: Span, ahead: float) -> float:
    """The hours that two spans share, the second by a clock that is so many hours ahead."""
    opens, closes = (hour - ahead for hour in theirs)
    days = range(-3, 4)
    return fsum(max(0.0, min(ours[1], closes + DAY * n) - max(ours[0], opens + DAY * n)) for n in days)
