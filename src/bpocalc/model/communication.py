"""Communication: the working time that is lost between two places, and the hours of coordination.

Talk takes longer the fewer working hours two places share; how much longer (k) must be stated, there is no default.
"""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.about import Line
from bpocalc.model.book import Lines, line
from bpocalc.model.labor import Terms
from bpocalc.model.scene import Scene
from bpocalc.quantity import Quantity, at_most, pick, sum_of, where
from bpocalc.scenario.communication import Communication, Coordination
from bpocalc.scenario.option import Leg
from bpocalc.timeline import MONTHS, Clock

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHARED = "Working hours of a day that both places share in a calendar month, worked out from their clocks"


@line("hours/day")
def overlap(calendar: Quantity, months: Sequence[Quantity]) -> Quantity:
    """Working hours of a day that both places share."""
    return pick(calendar, months)


@line("share")
def friction(part: Communication, overlap: Quantity | None) -> Quantity:
    """Share of working time that is lost between two places.

    Synchronous share · k · (1 − overlap / day), and the share that is lost between two languages.
    """
    lost = []
    if part.synchronous is not None:
        assert part.k is not None
        assert part.day is not None
        assert overlap is not None
        lost.append(part.synchronous * part.k * (1 - at_most(overlap / part.day, 1)))
    if part.language is not None:
        lost.append(part.language)
    return sum_of(lost)


@line("hours/month")
def hours_lost(people: Quantity, taken: Quantity, part: Communication, friction: Quantity) -> Quantity:
    """Hours lost: full-time equivalents moved · paid hours / 12 · share that is lost."""
    assert part.paid_hours is not None
    return people * taken * part.paid_hours / MONTHS * friction


@line("$/hour")
def stated_hour(hourly: Quantity, part: Communication, clock: Clock) -> Quantity:
    """Cost of an hour as it is stated, with its growth."""
    return hourly * clock.yearly(part.growth)


@line("$/hour")
def team_hour(terms: Terms, paid_hours: Quantity) -> Quantity:
    """Cost of an hour of an in-house team: pay and employer charges over paid hours."""
    return terms.monthly_pay * (1 + terms.burden_rate) * MONTHS / paid_hours


@line("$/month", "communication")
def lost_time(hours: Quantity, hourly: Quantity) -> Quantity:
    """Working hours lost between two places, at their cost."""
    return hours * hourly


@line("$/month", "communication")
def coordinating(part: Coordination, hourly: Quantity, taken: Quantity) -> Quantity:
    """A fixed number of hours of coordination at their cost, from go-live on."""
    return part.hours * hourly * where(taken > 0, 1, 0)


def outsourced(scene: Scene) -> None:
    """Communication with every leg; coordination that the option states above its legs is for all of them."""
    option = scene.option
    for key, leg in option.parts.items():
        if leg.communication is not None:
            within = scene.lines.within(key).within("communication")
            _lost(leg, scene.moved.taken[key], within, scene)
            _coordinated(leg.communication, scene.moved.taken[key], within, scene)
    if option.legs and option.communication is not None:
        _coordinated(option.communication, scene.away, scene.lines.within("communication"), scene)


def _lost(leg: Leg, taken: Quantity, lines: Lines, scene: Scene) -> None:
    """The time lost between the buyer and one leg."""
    part = leg.communication
    assert part is not None
    if part.synchronous is None and part.language is None:
        return
    shared = part.overlap
    if part.synchronous is not None and shared is None:
        hours = scene.setting.places.overlaps(scene.side.location, leg)
        shared = lines.driver(overlap, lines.clock.calendar, _by_month(hours, lines))
    share = lines.driver(friction, part, shared)
    hours_gone = lines.driver(hours_lost, scene.full.people, taken, part, share)
    lines.cost(lost_time, hours_gone, _hourly(part, lines, scene), title="time lost in communication")


def _by_month(hours: Sequence[float], lines: Lines) -> list[Quantity]:
    """The hours of each calendar month as figures of the book, equal ones once, named for their first month."""
    made: dict[float, Quantity] = {}
    for name, value in zip(MONTH_NAMES, hours, strict=True):
        if value not in made:
            made[value] = Quantity(value, about=Line(f"{lines.prefix}.overlap_in.{name}", "hours/day", SHARED))
            lines.book.adopt(made[value])
    return [made[value] for value in hours]


def _hourly(part: Communication, lines: Lines, scene: Scene) -> Quantity:
    """What an hour costs, as it is stated or as that of an in-house team."""
    if part.hourly is not None:
        return lines.driver(stated_hour, part.hourly, part, lines.clock)
    assert part.team is not None
    own = scene.full.side.teams[part.team].paid_hours
    hours = part.paid_hours if own is None else own
    assert hours is not None
    return lines.driver(team_hour, scene.full.side.terms[part.team], hours)


def _coordinated(part: Communication, taken: Quantity, lines: Lines, scene: Scene) -> None:
    """The hours of coordination of a section."""
    if part.coordination is None:
        return
    within = lines.within("coordination")
    own = part.coordination.hourly
    hourly = within.driver(stated_hour, own, part, lines.clock) if own is not None else _hourly(part, within, scene)
    lines.cost(coordinating, part.coordination, hourly, taken, name="coordination", title="coordination")
