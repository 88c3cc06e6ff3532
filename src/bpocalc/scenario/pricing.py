"""Pricing: what a provider charges, and by what rules."""

from typing import Annotated, Literal

from pydantic import Field

from bpocalc.quantity import Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import AddedTeam, Rate, Terms
from bpocalc.scenario.parts import Part, Share, neutral
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
    indexation: Indexation | None = None
    """How the price follows an index; without it the price stays."""
    productivity: Annotated[Quantity, In("per year", gt=-1, le=0.99, steps=True)] | None = None
    """Fall of the price a year that the contract promises, from year 1 on: the productivity glide path."""
    minimum: Annotated[Quantity, In("$/month", ge=0, steps=True)] | None = None
    """Least charge of a month; it grows with the ramp and does not follow the indexation."""
    settled: Literal["month", "year"] = "month"
    """Whether the minimum holds month by month or is settled at the end of the contract year."""


class PerFte(Charge):
    """A price for each full-time equivalent that the provider puts to work."""

    kind: Literal["per_fte"]
    price: Price
    """Price of one full-time equivalent."""
    per: Literal["month", "year"] = "month"
    """The period of the price."""
    fte: Annotated[Quantity, In("FTE", ge=0, steps=True)] | None = None
    """Full-time equivalents billed once ramped up; else the in-house ones of the work moved × `fte_ratio`."""
    teams: list[str] | None = None
    """In-house teams whose work is billed; all of them if none is named."""
    fte_ratio: Annotated[Quantity, In("factor", gt=0, le=100)] = neutral(1)
    """Provider's full-time equivalents for each in-house one."""


class PerHour(Charge):
    """A price for each hour."""

    kind: Literal["per_hour"]
    price: Price
    """Price of an hour."""
    hours: Annotated[Quantity, In("hours/month", ge=0, steps=True)] | None = None
    """Hours on task a month once the leg is ramped up; else handling time times volume."""
    handling_time: Annotated[Quantity, In("hours", gt=0, le=10_000)] | None = None
    """The provider's time to handle one unit, with its unit."""
    utilisation: Annotated[Quantity, In("share", gt=0, le=1)] = neutral(1)
    """Hours on task for each hour billed."""


class PerUnit(Charge):
    """A price for each unit of work."""

    kind: Literal["per_unit"]
    price: Price
    """Price of one unit."""


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
    tiers: list[Tier] = Field(min_length=1)
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


AnyCharge = Annotated[PerFte | PerHour | PerUnit | Fixed | Tiered | CostPlus, Field(discriminator="kind")]
"""One charge, told apart by its `kind`."""

KINDS = ("per_fte", "per_hour", "per_unit", "fixed", "cost_plus", "tiered")

SHORT_FORMS = {
    "fte_month": {"kind": "per_fte", "per": "month"},
    "fte_year": {"kind": "per_fte", "per": "year"},
    "hour": {"kind": "per_hour"},
    "unit": {"kind": "per_unit"},
    "month": {"kind": "fixed", "per": "month"},
    "year": {"kind": "fixed", "per": "year"},
}
"""What `price: …, per: …` on an option stands for."""
