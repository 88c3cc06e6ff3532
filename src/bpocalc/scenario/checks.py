"""Checks over a whole scenario: what no single field can know. Each check notes the problems it finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bpocalc.document import Map, Origin
from bpocalc.problems import did_you_mean
from bpocalc.quantity import Input, Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.fields import Loading, Part
from bpocalc.scenario.function import PROCESSES, Function
from bpocalc.scenario.governance import Governance
from bpocalc.scenario.labor import Severance, Team
from bpocalc.scenario.option import Improved, InHouse, Leg, Outsourced
from bpocalc.scenario.pricing import CostPlus, PerFte, PerHour, PerUnit, Tiered
from bpocalc.scenario.scenario import LANGUAGE, Scenario
from bpocalc.scenario.transition import Transition
from bpocalc.timeline import MONTHS, Month

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"total", "mix", "in_house"})
MOST_FUNCTIONS = 200
BASES = ("pay", "personnel", "fees", "run")
DRIVERS = ("fte", "handling_time", "units_per_hour", "units_per_fte", "one_per")


def check(scenario: Scenario, loading: Loading) -> None:
    """Note everything that is wrong with a scenario whose fields are each understood."""
    check_header(scenario, loading)
    for name, provider in scenario.providers.items():
        _name(name, "a provider", scenario.written.get("providers"), loading)
        if provider.volume_discount:
            _ascending([t.above for t in provider.volume_discount.tiers], provider.volume_discount, loading)
    for key, function in scenario.functions.items():
        _name(key, "a function", scenario.written["functions"], loading)
        check_function(function, scenario, loading)


def check_header(scenario: Scenario, loading: Loading) -> None:
    """Language version, number of functions, inflation, home and the named mix."""
    if scenario.bpocalc != LANGUAGE:
        said = f"this is version {LANGUAGE} of the scenario language, not {scenario.bpocalc}"
        loading.note("BPO005", said, scenario.origin("bpocalc"), f"write bpocalc: {LANGUAGE}")
    if not scenario.functions:
        loading.note("BPO004", "the scenario has no functions", scenario.origin("functions"), key=True)
    if len(scenario.functions) > MOST_FUNCTIONS:
        said = f"{len(scenario.functions)} functions, at most {MOST_FUNCTIONS} are computed"
        loading.note("BPO010", said, scenario.origin("functions"), key=True)
    if scenario.months > MONTHS and "inflation" not in scenario.written:
        said = f"inflation must be stated for more than {MONTHS} months"
        loading.note(
            "BPO004",
            said,
            scenario.origin("months"),
            "write inflation: 2.5%, or 0% to leave it out",
            key=True,
        )
    for key, option in scenario.mix.items():
        origin = scenario.written["mix"].origin[key]
        function = scenario.functions.get(key)
        if function is None:
            hint = did_you_mean(key, scenario.functions)
            loading.note("BPO023", f"the mix names '{key}', which is no function", origin, hint, key=True)
        elif option != "in_house" and option not in function.options:
            hint = did_you_mean(option, ["in_house", *function.options])
            loading.note("BPO023", f"'{option}' is no option of {key}", origin, hint)


def check_function(function: Function, scenario: Scenario, loading: Loading) -> None:
    """One function with its in-house side and its options."""
    if function.process is not None and function.process not in PROCESSES:
        hint = did_you_mean(function.process, PROCESSES)
        loading.note("BPO017", f"'{function.process}' is no known process", function.origin("process"), hint)
    if function.baseline != "in_house" and function.baseline not in function.options:
        hint = did_you_mean(function.baseline, ["in_house", *function.options])
        loading.note("BPO023", f"'{function.baseline}' is no option", function.origin("baseline"), hint)
    demand = function.demand
    if demand is not None and demand.seasonality is not None and loading.clock.start is None:
        hint = "write start: 2027-01 at the top"
        loading.note("BPO004", "seasonality needs the scenario's start", demand.origin("seasonality"), hint, key=True)
    check_in_house(function.in_house, function, loading)
    for key, option in function.options.items():
        _name(key, "an option", function.written["options"], loading)
        if isinstance(option, Improved):
            check_in_house(option.in_house, function, loading)
            check_transition(option.transition, loading, flat=True)
            check_costs(option.costs, loading)
        else:
            check_outsourced(key, option, function, scenario, loading)


def check_in_house(side: InHouse, function: Function, loading: Loading) -> None:
    """Teams, seats and costs of an in-house side."""
    check_teams(side.teams, function, loading, side.written.get("teams"))
    if not side.teams and not side.costs:
        loading.note("BPO004", "the in-house side has neither teams nor costs", side.written.at, key=True)
    seats = [seat for seat in (side.workplace.facilities, side.workplace.technology) if seat] if side.workplace else []
    for part in (*seats, *(cost for cost in side.costs.values() if not cost.is_once)):
        if part.avoidable is None:
            hint = "the share that goes when the work goes: 100%, or 0% for what is sunk or allocated"
            loading.note("BPO004", f"{part.written.at.address} has no 'avoidable'", part.written.at, hint, key=True)
    check_costs(side.costs, loading, side.written.get("costs"), transition=False)
    check_severance(side.severance, loading)


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
        _name(key, "a team", written, loading)
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
    written: Map | None = None,
    *,
    transition: bool = True,
    one_off: bool = False,
) -> None:
    """Each cost is an amount for something or a rate of something, and is paid at a time that there is."""
    for key, cost in costs.items():
        _name(key, "a cost line", written, loading)
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


def check_transition(transition: Transition, loading: Loading, *, flat: bool) -> None:
    """A transition ends within the scenario; severance belongs to the whole option."""
    check_costs(transition.costs, loading, transition.written.get("costs"), one_off=True)
    check_severance(transition.severance, loading)
    if transition.severance and not flat:
        hint = "write it under the option's own 'transition'"
        loading.note(
            "BPO021",
            "severance belongs to the option, not to a leg",
            transition.origin("severance"),
            hint,
            key=True,
        )
    live = transition.start.figure + transition.months.figure
    if live > loading.clock.months:
        said = f"the option goes live in month {live:g} of {loading.clock.months}"
        loading.note("BPO022", said, transition.origin("months", "start"), "start earlier, or compute more months")
    for cost in transition.costs.values():
        if cost.spread and transition.months.figure == 0:
            hint = "give the transition 'months'"
            loading.note("BPO021", "spread over a transition of no months", cost.origin("spread"), hint)


def check_outsourced(key: str, option: Outsourced, function: Function, scenario: Scenario, loading: Loading) -> None:
    """Legs with place, provider and charges; shares that fit; what the buyer keeps."""
    flat = not option.legs
    if not flat:
        for name in ("location", "charges", "share", "price"):
            if name in option.written:
                said = f"'{name}' belongs to the legs when there are any"
                loading.note("BPO021", said, option.origin(name), "move it into each leg", key=True)
    for name, leg in option.parts.items():
        if not flat:
            _name(name, "a leg", option.written["legs"], loading)
        check_leg(name or key, leg, option, function, scenario, loading, flat=flat)
    shares = sum(leg.share.figure for leg in option.parts.values())
    if shares > 1 + 1e-9:
        said = f"the shares of the legs add up to {shares * 100:g} %"
        loading.note("BPO021", said, option.origin("legs"), "together they may be 100 % at most", key=True)
    if not flat:
        check_transition(option.transition, loading, flat=True)
        check_costs(option.costs, loading, option.written.get("costs"), transition=False)
    if option.retained:
        retained = option.retained
        check_teams(retained.teams, function, loading, retained.written.get("teams"), home=function.in_house)
        check_costs(retained.costs, loading, retained.written.get("costs"), transition=False)
    if option.governance:
        check_governance(option.governance, function, loading)


def check_leg(
    key: str,
    leg: Leg,
    option: Outsourced,
    function: Function,
    scenario: Scenario,
    loading: Loading,
    *,
    flat: bool,
) -> None:
    """One provider at one place."""
    if leg.location is None:
        hint = "write location: PH"
        loading.note("BPO004", f"{key} has no 'location'", leg.written.at, hint, key=True)
    provider = leg.provider or option.provider
    if provider is not None and provider not in scenario.providers:
        hint = did_you_mean(provider, scenario.providers) or f"write it at the top:  providers: {{{provider}: {{}}}}"
        origin = leg.origin("provider") if leg.provider else option.origin("provider")
        loading.note("BPO015", f"'{provider}' is no known provider", origin, hint)
    if not leg.charges and not {"charges", "price", "per"} & leg.written.keys():
        hint = "write price: 2_400 and per: fte_month, or a map of charges"
        loading.note("BPO004", f"{key} has no charges", leg.written.at, hint, key=True)
    check_transition(leg.transition, loading, flat=flat)
    check_costs(leg.costs, loading, leg.written.get("costs"))
    for name, charge in leg.charges.items():
        _name(name, "a charge", leg.written.get("charges"), loading)
        if function.demand is None and (
            isinstance(charge, PerUnit | Tiered) or (isinstance(charge, PerHour) and charge.hours is None)
        ):
            hint = "write demand: {volume: …, per: month, unit: …}"
            loading.note("BPO004", f"{name} needs the function's demand", charge.written.at, hint, key=True)
        if isinstance(charge, PerFte):
            for team in charge.teams or []:
                if team not in function.in_house.teams:
                    hint = did_you_mean(team, function.in_house.teams)
                    loading.note("BPO023", f"'{team}' is no in-house team", charge.origin("teams"), hint)
        if isinstance(charge, PerHour) and charge.hours is None and charge.handling_time is None:
            hint = "give one of them"
            loading.note("BPO004", f"{name} has neither 'hours' nor 'handling_time'", charge.written.at, hint, key=True)
        if isinstance(charge, Tiered):
            _ascending([tier.above for tier in charge.tiers], charge, loading, from_zero=True)
        if isinstance(charge, CostPlus):
            check_teams(charge.teams, function, loading, charge.written.get("teams"))
            check_costs(charge.costs, loading, charge.written.get("costs"), transition=False)


def check_governance(governance: Governance, function: Function, loading: Loading) -> None:
    """At least one way, and what holds of several."""
    ways = [name for name in ("rate", "teams", "by_fte") if getattr(governance, name) is not None]
    if not ways:
        hint = "give a rate of the fees, teams, or a table by_fte"
        loading.note("BPO004", "governance says nothing", governance.written.at, hint, key=True)
    elif len(ways) > 1 and governance.take is None:
        hint = "write take: largest or take: sum"
        loading.note("BPO004", f"governance is given by {' and '.join(ways)}", governance.written.at, hint, key=True)
    check_teams(governance.teams or {}, function, loading, governance.written.get("teams"), home=function.in_house)
    if governance.by_fte:
        _ascending([step.above for step in governance.by_fte], governance, loading)


def _name(key: str, what: str, section: Map | None, loading: Loading) -> None:
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


def _ascending(bounds: Iterable[Quantity], part: Part, loading: Loading, *, from_zero: bool = False) -> None:
    """Note tiers that do not rise."""
    values = [bound.value for bound in bounds]
    figures = [value for value in values if isinstance(value, float)]
    origin = part.origin("tiers", "by_fte")
    if any(b <= a for a, b in zip(figures, figures[1:], strict=False)):
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
