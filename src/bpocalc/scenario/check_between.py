"""Checks of what lies between buyer and provider: communication, clocks and distance, automation, exit."""

from __future__ import annotations

from bpocalc.document import Origin
from bpocalc.problems import did_you_mean
from bpocalc.scenario.automation import Automation
from bpocalc.scenario.check_parts import check_within
from bpocalc.scenario.check_volume import check_for
from bpocalc.scenario.communication import Communication
from bpocalc.scenario.context import Loading
from bpocalc.scenario.exit import Exit
from bpocalc.scenario.function import Function
from bpocalc.scenario.option import Leg, Outsourced
from bpocalc.scenario.places import NEARSHORE, Places, known, places_of, span
from bpocalc.scenario.scenario import Scenario

TALK = ("k", "overlap", "day", "our_hours", "their_hours")
"""What goes with the time spent in talk alone."""


def check_zones(scenario: Scenario, loading: Loading) -> None:
    """The time zones that the scenario names are known."""
    for place in scenario.locations.values():
        if place.time_zone and not known(place.time_zone):
            _unknown_zone(place.time_zone, place.origin("time_zone"), loading)


def check_between(key: str, option: Outsourced, function: Function, scenario: Scenario, loading: Loading) -> None:
    """Communication, distance and automation of every leg, and the exit of the option."""
    places = places_of(scenario, loading.clock)
    shared = option.communication if option.legs else None
    for name, leg in option.parts.items():
        if leg.communication is not None:
            _check_communication(leg.communication, function, loading, above=shared)
            _check_hours(leg, leg.communication, function, places, loading)
        if leg.delivery is not None:
            _check_delivery(name or key, leg, function, places, loading)
        if leg.automation is not None:
            _check_automation(leg.automation, function, loading)
    if shared is not None and shared.coordination is not None and shared.coordination.hourly is None:
        _check_hourly(shared, function, loading)
    if option.exit is not None:
        _check_exit(option.exit, loading)


def _check_communication(
    part: Communication, function: Function, loading: Loading, *, above: Communication | None
) -> None:
    """Communication says something, and has all that this needs; `above` is what the option says for all its legs."""
    if not part.said("synchronous", "language", "coordination"):
        for field in TALK:
            if field in part.written:
                said = f"'{field}' stands without 'synchronous'"
                loading.note("BPO004", said, part.origin(field), "the share of working time spent in talk", key=True)
                return
        if above is None or above.coordination is None:
            hint = "give the share of time that is 'synchronous', that 'language' takes, or hours of 'coordination'"
            loading.note("BPO004", f"{part.address} says nothing", part.written.at, hint, key=True)
        return
    if part.synchronous is not None:
        for field, hint in (
            ("k", "part of that time that is lost without a shared hour; there is no usual figure"),
            ("day", "write day: 8"),
        ):
            if not part.said(field):
                loading.note("BPO004", f"{part.address} has no '{field}'", part.written.at, hint, key=True)
    if part.synchronous is not None or part.language is not None:
        if not part.said("paid_hours"):
            hint = "paid hours of a full-time equivalent a year, for example 2_080; here or in-house"
            loading.note("BPO004", f"{part.address} has no 'paid_hours'", part.written.at, hint, key=True)
        _check_hourly(part, function, loading)
    elif part.coordination is not None and part.coordination.hourly is None:
        _check_hourly(part, function, loading)


def _check_hourly(part: Communication, function: Function, loading: Loading) -> None:
    """An hour has one cost: the one stated, or that of an in-house team."""
    if not part.said("hourly", "team"):
        hint = "give what an hour costs ('hourly'), or the in-house 'team' whose hours are lost"
        loading.note("BPO004", f"{part.address} does not say what an hour costs", part.written.at, hint, key=True)
        return
    if part.hourly is not None and part.team is not None:
        said = "hourly and team both say what an hour costs"
        loading.note("BPO021", said, part.origin("team"), "keep one of them", key=True)
        return
    if part.team is None:
        return
    if part.team not in function.in_house.names("teams"):
        hint = did_you_mean(part.team, function.in_house.teams)
        loading.note("BPO023", f"'{part.team}' is no in-house team", part.origin("team"), hint)
        return
    own = part.coordination is not None and part.coordination.hourly is not None
    if "growth" in part.written and not own:
        said = f"an hour of {part.team} grows with their wages: 'growth' does not go with it"
        loading.note("BPO021", said, part.origin("growth"), "leave it out", key=True)
    team = function.in_house.teams.get(part.team)
    if team is not None and team.paid_hours is None and not part.said("paid_hours"):
        said, hint = f"{part.address} has no 'paid_hours'", "an hour's cost is a year's over the paid hours"
        loading.note("BPO004", said, part.written.at, hint, key=True)


def _check_hours(leg: Leg, part: Communication, function: Function, places: Places, loading: Loading) -> None:
    """The hours that two places share are stated, or follow from their clocks and working hours."""
    if part.synchronous is None:
        return
    stated = [field for field in ("our_hours", "their_hours") if field in part.written]
    if part.said("overlap"):
        if stated:
            said = f"overlap and {stated[0]} both say which hours are shared"
            hint = "keep one; in a leg remove the other with null"
            loading.note("BPO021", said, part.origin("overlap"), hint, key=True)
        elif part.overlap is not None and part.day is not None and part.overlap.figure > part.day.figure:
            said = f"an overlap of {part.overlap.figure:g} hours is more than a day of {part.day.figure:g}"
            loading.note("BPO021", said, part.origin("overlap"))
        return
    texts = {field: getattr(part, field) for field in ("our_hours", "their_hours")}
    for field, text in texts.items():
        if text is None and not part.said(field):
            hint = f"write {field}: 9-17, or state the 'overlap'"
            loading.note("BPO004", f"{part.address} has no '{field}'", part.written.at, hint, key=True)
        elif text is not None and span(text) is None:
            hint = "write it as 9-17, 8:30-17:00, or past midnight 21-6"
            loading.note("BPO016", f"{field} is '{text}', not the hours of a day", part.origin(field), hint)
    if any(text is None or span(text) is None for text in texts.values()) or leg.location is None:
        return
    buyer = places.buyer(function.in_house.location)
    if not buyer:
        said, hint = "nothing says where the buyer sits", "write home: US at the top, or state the 'overlap'"
        loading.note("BPO004", said, part.origin("our_hours"), hint, key=True, lack="home")
        return
    if not loading.dated:
        said, hint = "daylight saving needs the scenario's start", "write start: 2027-01 at the top"
        loading.note("BPO004", said, part.origin("our_hours"), hint, key=True, lack="start")
    for location in (buyer, leg.location):
        zone = places.zone(location)
        if not zone:
            said = f"no time zone is known for {location}"
            hint = f"write  locations: {{{location}: {{time_zone: America/Bogota}}}}, or state the 'overlap'"
            loading.note("BPO004", said, part.origin("our_hours"), hint, key=True, lack=f"time zone of {location}")
        elif not known(zone) and location not in places.stated:
            _unknown_zone(zone, part.origin("our_hours"), loading)


def _unknown_zone(zone: str, origin: Origin, loading: Loading) -> None:
    from zoneinfo import available_timezones

    names = available_timezones()
    hint = did_you_mean(zone, names)
    if not names:
        hint = "this computer has no time zones: install the package tzdata, or state the 'overlap'"
    loading.note("BPO017", f"'{zone}' is no known time zone", origin, hint)


def _check_delivery(name: str, leg: Leg, function: Function, places: Places, loading: Loading) -> None:
    """What is said of the distance does not contradict country and clock."""
    told = places.delivered(function.in_house.location, leg.location)
    if told and told != leg.delivery:
        buyer = places.buyer(function.in_house.location)
        said = f"{name} is called {leg.delivery}, and is {told} by the country and the clock of {leg.location}"
        hint = f"the buyer is in {buyer}; nearshore is never more than {NEARSHORE} hours from its clock"
        loading.note("BPO026", said, leg.origin("delivery"), hint, severity="warning")


def _check_automation(part: Automation, function: Function, loading: Loading) -> None:
    """Automation begins within the scenario, and what is paid for a unit has units."""
    check_within(part.start, part.origin("start"), "automation begins in", loading)
    check_for(part, "automation", function, loading, needs="run" in part.written)
    if "run" in part.written and not function.has_demand:
        hint = "write demand: {volume: …, per: month, unit: …}"
        said, lack = "'run' needs the function's demand", f"{function.address}.demand"
        loading.note("BPO004", said, part.origin("run"), hint, key=True, lack=lack)


def _check_exit(part: Exit, loading: Loading) -> None:
    """An exit says something, and its schedule of charges holds from month 1 on."""
    if not part.said("at_end", "early"):
        hint = "write at_end: 150_000, or early: {1: 400_000, 24: 250_000}"
        loading.note("BPO004", f"{part.address} says nothing", part.written.at, hint, key=True)
    wrong = [key for key in part.early or {} if not (key.isascii() and key.isdigit() and int(key) > 0)]
    for key in wrong:
        origin = part.written["early"].origin[key]
        loading.note("BPO016", f"'{key}' is no month of a contract", origin, "count the months from 1", key=True)
    first = min(part.early or {}, key=lambda key: int(key) if key not in wrong else 0, default="1")
    if not wrong and int(first) != 1:
        said, hint = (
            f"the termination charges begin in month {first}",
            "begin with month 1; an amount holds until the next",
        )
        loading.note("BPO021", said, part.written["early"].origin[first], hint, key=True)
