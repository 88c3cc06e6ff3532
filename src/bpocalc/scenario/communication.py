"""Communication: working time that is lost between two places, and the hours that it takes to coordinate them."""

from typing import Annotated

from bpocalc.document import Map
from bpocalc.overlay import lay_over
from bpocalc.quantity import Quantity
from bpocalc.scenario.declared import neutral
from bpocalc.scenario.fields import In
from bpocalc.scenario.labor import Rate
from bpocalc.scenario.parts import Part, Share

Hourly = Annotated[Quantity, In("$/hour", ge=0)]


class Coordination(Part):
    """Hours that go into coordination however much work has moved, from go-live on."""

    hours: Annotated[Quantity, In("hours/month", ge=0)]
    """Hours a month."""
    hourly: Hourly | None = None
    """What an hour of those who coordinate costs; else that of the section."""


class Communication(Part):
    """Time that is lost because the work is done elsewhere; under an option with legs it holds for each of them."""

    synchronous: Share | None = None
    """Share of the working time that people spend in talk with those at the other place."""
    k: Annotated[Quantity, In("factor", ge=0)] | None = None
    """Part of that time that is lost where the two places share no working hour."""
    overlap: Annotated[Quantity, In("hours/day", ge=0, le=24)] | None = None
    """Working hours of a day that both places share; else worked out from the two places and their hours."""
    day: Annotated[Quantity, In("hours/day", gt=0, le=24)] | None = None
    """Length of a working day."""
    our_hours: str | None = None
    """Working hours of the buyer in its local time, as `9-17` or `8:30-17:00`."""
    their_hours: str | None = None
    """Working hours of the provider in its local time; `21-6` goes past midnight."""
    language: Share | None = None
    """Share of the working time that is lost between two languages."""
    paid_hours: Annotated[Quantity, In("hours/year", gt=0, le=8784)] | None = None
    """Paid hours of a full-time equivalent a year; else those of the in-house side."""
    hourly: Hourly | None = None
    """What a lost hour costs."""
    team: str | None = None
    """The in-house team whose pay and employer charges are what a lost hour costs, in place of `hourly`."""
    growth: Rate = neutral(0)
    """Growth of the cost of an hour at each contract anniversary; a team's grows with its wages."""
    coordination: Coordination | None = None
    """Hours that go into coordination whatever has moved; under an option with legs once for all of them."""


def shared_out(leg: Map, option: Map) -> Map:
    """A leg with what its option says of communication laid under what it says itself, coordination apart."""
    said, own = option.get("communication"), leg.get("communication")
    if not isinstance(said, Map) or ("communication" in leg and not isinstance(own, Map)):
        return leg
    below = said.copy()
    below.pop("coordination", None)
    out = leg.copy()
    out["communication"] = lay_over(below, own) if isinstance(own, Map) else below
    out.origin.setdefault("communication", option.origin["communication"])
    return out


def with_paid_hours(leg: Map, home: Map) -> Map:
    """A leg whose communication has the paid hours of the in-house side where it states none."""
    said = leg.get("communication")
    if not isinstance(said, Map) or said.get("paid_hours") is not None or home.get("paid_hours") is None:
        return leg
    out, own = leg.copy(), said.copy()
    own["paid_hours"], own.origin["paid_hours"] = home["paid_hours"], home.origin["paid_hours"]
    out["communication"] = own
    return out
