"""Checks of what occurs in many places: names, teams, cost lines, severance, tiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from itertools import pairwise

from bpocalc.document import Map, Origin
from bpocalc.problems import did_you_mean
from bpocalc.quantity import Input, Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.fields import Loading
from bpocalc.scenario.function import Function
from bpocalc.scenario.labor import Severance, Team
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.parts import Part
from bpocalc.timeline import Month

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"total", "mix", "in_house"})
DRIVERS = ("fte", "handling_time", "units_per_hour", "units_per_fte", "one_per")
IN_HOUSE_BASES = frozenset(
    {
        "run", "personnel", "workplace", "other", "pay", "burden", "premium", "bonus", "hiring", "onboarding",
        "facilities", "technology", "equipment",
    }
)  # fmt: skip
"""What a rate in-house may be of, beside the teams and the cost lines before it."""
OPTION_BASES = IN_HOUSE_BASES | {"fees", "charges", "governance", "retained", "transition", "severance"}
"""What a rate of an option may be of besides."""


def check_teams(
    teams: Mapping[str, Team],
    function: Function,
    loading: Loading,
    written: Map | None,
    *,
    home: InHouse | None = None,
) -> None:
    """Each team has one driver and one pay, and what those need; no circle of spans of control."""
    for key, team in teams.items():
        check_name(key, "a team", written, loading)
        given = [driver for driver in DRIVERS if getattr(team, driver) is not None]
        if len(given) > 1:
            said = f"{' and '.join(given)} both say how many people there are"
            loading.note(
                "BPO021",
                said,
                team.origin(given[1]),
                "keep one; in an overlay remove the other with null",
                key=True,
            )
        elif not given:
            hint = f"give one of {', '.join(DRIVERS)}"
            loading.note("BPO004", f"nothing says how many people {key} are", team.written.at, hint, key=True)
        if team.salary is not None and team.wage is not None:
            hint = "keep one; in an overlay remove the other with null"
            loading.note("BPO021", "salary and wage both say what is paid", team.origin("wage"), hint, key=True)
        elif team.salary is None and team.wage is None and team.role is None:
            hint = "give a salary, a wage, or a role whose pay is looked up"
            loading.note("BPO004", f"nothing says what {key} are paid", team.written.at, hint, key=True)
        timed = team.handling_time is not None or team.units_per_hour is not None
        if (timed or team.wage is not None) and team.paid_hours is None:
            hint = "paid hours of a full-time equivalent a year, leave included, for example 2_080"
            loading.note("BPO004", f"{key} need 'paid_hours'", team.origin("wage", "handling_time"), hint, key=True)
        if timed or team.units_per_fte is not None:
            driver = team.origin("handling_time", "units_per_hour", "units_per_fte")
            if function.demand is None:
                hint = "write demand: {volume: …, per: month, unit: …}"
                loading.note("BPO004", f"{key} need the function's demand", driver, hint, key=True)
            elif function.demand.seasonality is not None and team.staffing is None:
                hint = "follow each month, average of the contract year, or its peak"
                loading.note("BPO004", f"{key} need 'staffing' since demand has seasons", driver, hint, key=True)
        for other in team.one_per or {}:
            if other not in teams:
                origin = team.written["one_per"].origin[other]
                loading.note("BPO023", f"'{other}' is no team here", origin, did_you_mean(other, teams), key=True)
        filled = getattr(team, "filled_from", None)
        if filled is not None and (home is None or filled not in home.teams):
            hint = did_you_mean(filled, home.teams if home else ())
            loading.note("BPO023", f"'{filled}' is no in-house team", team.origin("filled_from"), hint)
    for key in circle(teams):
        origin = teams[key].origin("one_per")
        loading.note(
            "BPO018",
            f"{key} counts itself by way of 'one_per'",
            origin,
            "give one of the teams an fte",
            key=True,
        )


def circle(teams: Mapping[str, Team]) -> list[str]:
    """Teams whose number depends on itself."""
    open_teams = {key: {o for o in (team.one_per or {}) if o in teams} for key, team in teams.items()}
    while free := [key for key, others in open_teams.items() if not others & open_teams.keys()]:
        for key in free:
            del open_teams[key]
    return list(open_teams)


def check_costs(
    costs: Mapping[str, Cost],
    loading: Loading,
    written: Map | None,
    bases: Set[str],
    *,
    transition: bool = False,
    one_off: bool = False,
) -> None:
    """Each cost is an amount for something or a rate of something, and is paid at a time that there is.

    `bases` are the lines and categories that stand before these costs.
    """
    before = set(bases)
    for key, cost in costs.items():
        for word in [cost.of] if isinstance(cost.of, str) else cost.of or []:
            if word not in before:
                hint = did_you_mean(word, before)
                loading.note("BPO023", f"'{word}' is no line or category before {key}", cost.origin("of"), hint)
        before |= {key, cost.category or "other"}
        check_name(key, "a cost line", written, loading)
        at = cost.written.at
        if cost.amount is not None and cost.rate is not None:
            loading.note(
                "BPO021",
                f"{key} has both an amount and a rate",
                cost.origin("rate"),
                "keep one of them",
                key=True,
            )
        elif cost.amount is None and cost.rate is None:
            loading.note("BPO004", f"{key} has neither 'amount' nor 'rate'", at, "give one of them", key=True)
        elif cost.rate is not None and cost.of is None:
            loading.note(
                "BPO004",
                f"{key} does not say what the rate is of",
                cost.origin("rate"),
                "write of: personnel",
                key=True,
            )
        elif cost.amount is not None and cost.per is None and not cost.is_once and not one_off:
            hint = "write per: month, year, unit, fte, seat or once"
            loading.note("BPO004", f"{key} does not say what the amount is for", cost.origin("amount"), hint, key=True)
        anchors = [name for name in ("month", "date", "at", "spread") if name in cost.written]
        if cost.per not in (None, "once") and anchors:
            said = f"{key} is paid once ({anchors[0]}) and per {cost.per}"
            loading.note("BPO021", said, cost.origin("per"), "keep one of them")
        elif len(anchors) > 1:
            said = f"{' and '.join(anchors)} both say when {key} is paid"
            loading.note("BPO021", said, cost.origin(anchors[1]), "keep one of them", key=True)
        elif cost.per == "once" and not anchors and not transition:
            loading.note(
                "BPO004",
                f"{key} does not say when it is paid",
                at,
                "write month: 3 or at: signature",
                key=True,
            )
        if not transition and (cost.at in ("transition", "go_live", "ramped") or cost.spread):
            said = f"{key} hangs on a transition, and there is none here"
            loading.note("BPO021", said, cost.origin("at", "spread"), "write month: 3")
        if cost.date is not None:
            _date(cost, key, loading)
        _within(cost.month, cost.origin("month"), f"{key} is paid in", loading)
        _within(cost.from_month, cost.origin("from"), f"{key} begins in", loading)


def _date(cost: Cost, key: str, loading: Loading) -> None:
    origin, month = cost.origin("date"), Month.parse(cost.date or "")
    if month is None:
        loading.note("BPO016", f"date is '{cost.date}', not a month", origin, "write date: 2027-06")
    elif loading.clock.start is None:
        loading.note("BPO004", "a date needs the scenario's start", origin, "write start: 2027-01 at the top", key=True)
    elif not 0 <= loading.clock.start.until(month) < loading.clock.months:
        loading.note("BPO022", f"{key} is paid in {month}, outside the scenario's months", origin)


def check_severance(severance: Severance | None, loading: Loading) -> None:
    """Weeks of pay or a share of a year's pay, not both."""
    if severance is None:
        return
    if severance.weeks is not None and severance.share_of_pay is not None:
        origin = severance.origin("share_of_pay")
        loading.note("BPO021", "weeks and share_of_pay both say what severance is", origin, "keep one", key=True)
    elif severance.weeks is None and severance.share_of_pay is None and "notice" not in severance.written:
        hint = "write weeks: 10 or share_of_pay: 25%"
        loading.note("BPO004", "severance does not say how much", severance.written.at, hint, key=True)


def check_name(key: str, what: str, section: Map | None, loading: Loading) -> None:
    """Note a key that is no identifier or is reserved."""
    origin = section.origin.get(key) if isinstance(section, Map) else None
    if origin is None:
        return
    if not IDENTIFIER.fullmatch(key):
        fixed = re.sub(r"[^a-z0-9_]+", "_", key.lower()).strip("_")
        good = IDENTIFIER.fullmatch(fixed)
        hint = (
            f"write '{fixed}' and give it a 'title'" if good else "begin with a small letter; then letters, digits, _"
        )
        loading.note("BPO008", f"'{key}' is no name for {what}", origin, hint, key=True)
    elif key in RESERVED:
        loading.note("BPO008", f"'{key}' is reserved and no name for {what}", origin, "choose another name", key=True)


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


def _within(month: Quantity | None, origin: Origin, what: str, loading: Loading) -> None:
    """Note a month after the last one; where only its high end is after it, warn."""
    if month is None:
        return
    last = loading.clock.months
    if month.figure > last:
        said = f"{what} month {month.figure:g}, after the last month {last}"
        loading.note("BPO022", said, origin, "money after the last month would vanish")
    elif isinstance(month.about, Input) and month.about.spread and month.about.spread.high > last:
        said = f"{what} month {month.about.spread.high:g} at its high end, after the last month {last}"
        loading.note("BPO022", said, origin, "compute more months, or lower the range", severity="warning")
