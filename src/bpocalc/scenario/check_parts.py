"""Checks of what occurs in many places: names, teams, cost lines, severance, tiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from itertools import pairwise

from bpocalc.about import Input
from bpocalc.document import Map, Origin
from bpocalc.problems import did_you_mean
from bpocalc.quantity import Quantity
from bpocalc.scenario.check_volume import check_erlang, check_for, check_overtime
from bpocalc.scenario.context import Loading
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import AddedTeam, Severance, Team
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.parts import Part

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"total", "mix", "in_house"})
DRIVERS = ("fte", "handling_time", "units_per_hour", "units_per_fte", "one_per")


def check_teams(
    teams: Mapping[str, Team],
    function: Function,
    loading: Loading,
    written: Map | None,
    *,
    terms: Part,
    home: InHouse | None = None,
) -> None:
    """Each team has one driver and one pay, and what those need; no circle of spans of control.

    `terms` is the section whose paid hours hold where a team is silent.
    """
    here = {*teams, *(written if isinstance(written, Map) else ())}
    at_home = home.names("teams") if home else set()
    for key, team in teams.items():
        check_name(key, "a team", written, loading)
        check_number(key, team, loading)
        check_pay(key, team, loading)
        check_work(key, team, function, loading, terms)
        check_overtime(key, team, function, loading)
        check_erlang(key, team, loading)
        for other in team.one_per or {}:
            if other not in here:
                origin = team.written["one_per"].origin[other]
                loading.note("BPO023", f"'{other}' is no team here", origin, did_you_mean(other, here), key=True)
        if isinstance(team, AddedTeam):
            check_within(team.from_month, team.origin("from"), f"{key} begin in", loading)
        filled = getattr(team, "filled_from", None)
        if filled is not None and filled not in at_home:
            hint = did_you_mean(filled, at_home)
            loading.note("BPO023", f"'{filled}' is no in-house team", team.origin("filled_from"), hint)
    for key in circle(teams):
        said, hint = f"{key} counts itself by way of 'one_per'", "give one of the teams an fte"
        loading.note("BPO018", said, teams[key].origin("one_per"), hint, key=True)


def check_number(key: str, team: Team, loading: Loading) -> None:
    """One thing says how many people a team has."""
    given = [driver for driver in DRIVERS if getattr(team, driver) is not None]
    if len(given) > 1:
        said = f"{' and '.join(given)} both say how many people there are"
        hint = "keep one; in an overlay remove the other with null"
        loading.note("BPO021", said, team.origin(given[1]), hint, key=True)
    elif not given and not team.said(*DRIVERS):
        hint = f"give one of {', '.join(DRIVERS)}"
        loading.note("BPO004", f"nothing says how many people {key} are", team.written.at, hint, key=True)


def check_pay(key: str, team: Team, loading: Loading) -> None:
    """One thing says what the people of a team are paid."""
    if team.salary is not None and team.wage is not None:
        hint = "keep one; in an overlay remove the other with null"
        loading.note("BPO021", "salary and wage both say what is paid", team.origin("wage"), hint, key=True)
    elif team.salary is None and team.wage is None and not team.said("salary", "wage", "role"):
        hint = "give a salary, a wage, or a role whose pay is looked up"
        loading.note("BPO004", f"nothing says what {key} are paid", team.written.at, hint, key=True)


def check_work(key: str, team: Team, function: Function, loading: Loading, terms: Part) -> None:
    """What a team needs that is staffed by time, or by output: paid hours, a demand, and a way to follow it."""
    timed = team.handling_time is not None or team.units_per_hour is not None
    by_output = timed or team.units_per_fte is not None
    if (timed or team.wage is not None) and not (team.said("paid_hours") or terms.said("paid_hours")):
        hint = "paid hours of a full-time equivalent a year, leave included, for example 2_080"
        origin, lack = team.origin("role", "wage", "handling_time", "units_per_hour"), f"{terms.address}.paid_hours"
        loading.note("BPO004", f"{key} need 'paid_hours'", origin, hint, key=True, lack=lack)
    if by_output:
        driver = team.origin("handling_time", "units_per_hour", "units_per_fte")
        if not function.has_demand:
            hint = "write demand: {volume: …, per: month, unit: …}"
            said, lack = f"{key} need the function's demand", f"{function.address}.demand"
            loading.note("BPO004", said, driver, hint, key=True, lack=lack)
        elif (demand := function.demand_for(team.for_demand)) and demand.moves and not team.said("staffing"):
            hint = "follow each month, average of the contract year, or its peak"
            loading.note("BPO004", f"{key} need 'staffing' since {demand.moves}", driver, hint, key=True)
    check_for(team, key, function, loading, needs=by_output)


def circle(teams: Mapping[str, Team]) -> list[str]:
    """Teams whose number depends on itself."""
    open_teams = {key: {o for o in (team.one_per or {}) if o in teams} for key, team in teams.items()}
    found = []
    for key in open_teams:
        reached: set[str] = set()
        waiting = set(open_teams[key])
        while waiting:
            reached |= waiting
            waiting = {other for name in waiting for other in open_teams[name]} - reached
        if key in reached:
            found.append(key)
    return found


def check_severance(severance: Severance | None, loading: Loading) -> None:
    """Weeks of pay or a share of a year's pay, not both."""
    if severance is None:
        return
    if severance.weeks is not None and severance.share_of_pay is not None:
        origin = severance.origin("share_of_pay")
        loading.note("BPO021", "weeks and share_of_pay both say what severance is", origin, "keep one", key=True)
    elif not severance.said("weeks", "share_of_pay", "notice"):
        hint = "write weeks: 10 or share_of_pay: 25%"
        loading.note("BPO004", "severance does not say how much", severance.written.at, hint, key=True)


def check_name(
    key: str, what: str, section: Map | None, loading: Loading, *, field: str = "", taken: Set[str] = RESERVED
) -> None:
    """Note a key of a section, or the value of one of its fields, that is no identifier or is taken."""
    origin = section.origin.get(field or key) if isinstance(section, Map) else None
    if origin is None:
        return
    if not IDENTIFIER.fullmatch(key):
        fixed = re.sub(r"[^a-z0-9_]+", "_", key.lower()).strip("_")
        good = IDENTIFIER.fullmatch(fixed)
        hint = (
            f"write '{fixed}' and give it a 'title'" if good else "begin with a small letter; then letters, digits, _"
        )
        loading.note("BPO008", f"'{key}' is no name for {what}", origin, hint, key=not field)
    elif key in taken:
        loading.note(
            "BPO008", f"'{key}' is reserved and no name for {what}", origin, "choose another name", key=not field
        )


def check_ascending(bounds: Iterable[Quantity], part: Part, loading: Loading, *, from_zero: bool = False) -> None:
    """Note tiers that do not rise."""
    values = [bound.value for bound in bounds]
    figures = [value for value in values if isinstance(value, float)]
    origin = part.origin("tiers", "by_fte")
    if any(b <= a for a, b in pairwise(figures)):
        loading.note(
            "BPO021",
            "the tiers do not rise",
            origin,
            "order them by 'above', each higher than the last",
            key=True,
        )
    elif from_zero and figures and figures[0] > 0:
        said = f"the first tier begins above {figures[0]:g}; nothing prices the units below"
        loading.note("BPO021", said, origin, "begin with above: 0", key=True)


def check_within(month: Quantity | None, origin: Origin, what: str, loading: Loading, after: float = 0) -> None:
    """Note a month after the last one; where only its high end is after it, warn."""
    if month is None:
        return
    last = loading.clock.months
    if month.figure + after > last:
        said = f"{what} month {month.figure + after:g}, after the last month {last}"
        loading.note("BPO022", said, origin, "money after the last month would vanish")
    elif isinstance(month.about, Input) and month.about.spread and month.about.spread.high + after > last:
        said = f"{what} month {month.about.spread.high + after:g} at its high end, after the last month {last}"
        loading.note("BPO022", said, origin, "compute more months, or lower the range", severity="warning")
