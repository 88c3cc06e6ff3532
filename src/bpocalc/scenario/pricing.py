"""Pricing: what a provider charges, and by what rules."""

from typing import Annotated, Literal

from bpocalc.quantity import Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.declared import neutral, written_as
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import AddedTeam, Rate, Terms
from bpocalc.scenario.parts import Part, Share
from bpocalc.scenario.scale import Elasticity, Learning
from bpocalc.scenario.workplace import Workplace

Price = Annotated[Quantity, In("$", ge=0, steps=True)]


class Indexation(Part):
    """How a price follows an index, once a year."""

    rate: Rate
    """Growth of the index a year."""
    passed_on: Share = neutral(1)
    """Share of the index that the provider may pass on."""
    cap: Annotated[Quantity, In("per year", ge=0, le=1)] | None = None
    """Largest rise of the price in a year."""
    first_year: Annotated[Quantity, In("year", ge=1)] = neutral(2)
    """First contract year with a rise."""


class Charge(Part):
    """What all charges have: indexation, productivity and a minimum."""

    title: str = ""
    """What reports call it."""
    for_demand: str | None = written_as("for", None)
    """Which of several demands it is for; needed where it hangs on the volume."""
    indexation: Indexation | None = None
    """How the price follows an index; without it the price stays."""
    productivity: Annotated[Quantity, In("per year", gt=-1, le=0.99, steps=True)] | None = None
    """Fall of the price a year that the contract promises, from year 1 on: the productivity glide path."""
    minimum: Annotated[Quantity, In("$/month", ge=0, steps=True)] | None = None
    """Least charge of a month; it grows with the ramp and does not follow the indexation."""
    settled: Literal["month", "year"] = "month"
    """Whether the minimum holds month by month or is settled at the end of the contract year."""


class HeadCharge(Charge):
    """A charge by the head."""

    fte: Annotated[Quantity, In("FTE", ge=0, steps=True)] | None = None
    """Full-time equivalents billed once ramped up; else the in-house ones of the work moved × `fte_ratio`."""
    teams: list[str] | None = None
    """In-house teams whose work is billed; all of them if none is named."""
    fte_ratio: Annotated[Quantity, In("factor", gt=0, le=100)] = neutral(1)
    """Provider's full-time equivalents for each in-house one."""


class PerFte(HeadCharge):
    """A price for each full-time equivalent that the provider puts to work."""

    kind: Literal["per_fte"]
    price: Price
    """Price of one full-time equivalent."""
    per: Literal["month", "year"] = "month"
    """The period of the price."""


class HourCharge(Charge):
    """A charge by the hour."""

    hours: Annotated[Quantity, In("hours/month", ge=0, steps=True)] | None = None
    """Hours on task a month once the leg is ramped up; else handling time times volume."""
    handling_time: Annotated[Quantity, In("hours", gt=0, le=10_000)] | None = None
    """The provider's time to handle one unit, with its unit."""
    utilisation: Annotated[Quantity, In("share", gt=0, le=1)] = neutral(1)
    """Hours on task for each hour billed."""


class PerHour(HourCharge):
    """A price for each hour."""

    kind: Literal["per_hour"]
    price: Price
    """Price of an hour."""


class RatePart(Part):
    """One of the rates that a blended rate is made of."""

    title: str = ""
    """What reports call it."""
    share: Annotated[Quantity, In("share", ge=0, le=1, steps=True)]
    """Its share of the hours or people; the shares add up to 100 %."""
    rate: Price
    """Its price of an hour, or of one full-time equivalent."""


class Blended(HeadCharge, HourCharge):
    """One price made of several rates, each with its share: the blended rate."""

    kind: Literal["blended"]
    per: Literal["hour", "fte_month", "fte_year"]
    """What the rates are for."""
    parts: dict[str, RatePart]
    """The rates with their shares."""


class UnitCharge(Charge):
    """A charge by the unit, whose price may fall with scale and with experience."""

    elasticity: Elasticity | None = None
    """How the price falls with the volume; without it the volume does not matter."""
    learning: Learning | None = None
    """How the price falls with the units handled so far; without it experience does not matter."""


class PerUnit(UnitCharge):
    """A price for each unit of work."""

    kind: Literal["per_unit"]
    price: Price
    """Price of one unit."""


class PerMinute(UnitCharge):
    """A price for each minute of handling, billed in steps."""

    kind: Literal["per_minute"]
    price: Annotated[Quantity, In("$/minute", ge=0, steps=True)]
    """Price of a minute."""
    increment: Annotated[Quantity, In("hours", ge=0, le=10_000)] = neutral(0)
    """Step in which the time of a unit is billed, with its unit: `6 s`; the time is rounded up to whole steps."""
    handling_time: Annotated[Quantity, In("hours", gt=0, le=10_000)] | None = None
    """The provider's time to handle one unit, with its unit; else that of the in-house team."""
    team: str | None = None
    """In-house team whose handling time holds; needed where several have one."""


class ByOutcome(UnitCharge):
    """A price for each unit that ends as it should."""

    kind: Literal["outcome"]
    price: Price
    """Price of one outcome."""
    success_rate: Annotated[Quantity, In("share", ge=0, le=1, steps=True)]
    """Share of the units that are paid for."""


class Fixed(Charge):
    """A fixed fee; it grows with the ramp."""

    kind: Literal["fixed"]
    amount: Price
    """The fee of a period."""
    per: Literal["month", "year"] = "month"
    """The period of the fee."""


class Tier(Part):
    """A price from a number of units on."""

    above: Annotated[Quantity, In("units", ge=0)]
    """Units of the period above which the price holds."""
    price: Price
    """Price of one unit."""


class Tiered(Charge):
    """A unit price that depends on the volume."""

    kind: Literal["tiered"]
    by: Literal["slice", "whole"]
    """Whether each price holds for its slice of units, or one price for all of them."""
    period: Literal["month", "year"] = "month"
    """Whether the tiers count the units of a month or of a contract year."""
    tiers: list[Tier]
    """The tiers, from the first unit up."""


class CostPlus(Charge, Terms):
    """The provider's own people, seats and overhead, with a margin: the should-cost."""

    kind: Literal["cost_plus"]
    margin: Annotated[Quantity, In("share", ge=0, le=5)]
    """Margin on the provider's cost."""
    teams: dict[str, AddedTeam] = {}
    """The provider's teams for its share of the work."""
    workplace: Workplace | None = None
    """The provider's seats."""
    costs: dict[str, Cost] = {}
    """The provider's other costs."""
