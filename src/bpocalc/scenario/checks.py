"""Checks over a whole scenario: what no single field can know. Each check notes the problems it finds."""

from __future__ import annotations

from collections.abc import Set

from bpocalc.problems import did_you_mean
from bpocalc.scenario.check_between import check_between, check_zones
from bpocalc.scenario.check_charges import check_charges
from bpocalc.scenario.check_contract import check_contract
from bpocalc.scenario.check_correlations import check_correlations
from bpocalc.scenario.check_costs import IN_HOUSE_BASES, OPTION_BASES, Where, check_costs
from bpocalc.scenario.check_decision import check_decision
from bpocalc.scenario.check_demand import check_demand
from bpocalc.scenario.check_parts import (
    RESERVED,
    check_ascending,
    check_name,
    check_severance,
    check_teams,
)
from bpocalc.scenario.check_providers import check_providers
from bpocalc.scenario.check_risk import check_quality_and_risk
from bpocalc.scenario.context import Loading
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.function import PROCESSES, Function
from bpocalc.scenario.governance import Governance
from bpocalc.scenario.option import Improved, InHouse, Leg, Outsourced
from bpocalc.scenario.rates import check_location
from bpocalc.scenario.scenario import LANGUAGE, Scenario
from bpocalc.scenario.transition import Transition
from bpocalc.scenario.two_sided import check_two_sided
from bpocalc.scenario.workplace import Seat
from bpocalc.timeline import MONTHS

MOST_FUNCTIONS = 200
LINES_OF_OPTIONS = frozenset(
    {
        "pv", "retained", "governance", "staying", "freed", "joint", "category", "category_discounted", "headcount",
        "costs", "more_costs", "charges", "transition", "provider", "target", "improving", "seats", "severance",
        "quality", "risk", "without_risk", "bridge", "bridge_discounted", "soft", "with_soft", "contract",
        "shared", "bridge_parts", "bridge_parts_discounted",
    }
)  # fmt: skip
"""Names below which an option has lines of its own."""


def bases_in_house(side: InHouse) -> set[str]:
    """What a rate of an option may be of in-house: its lines, teams, costs and categories."""
    categories = {cost.category or "other" for cost in side.costs.values()}
    return {*IN_HOUSE_BASES, *side.names("teams"), *side.names("costs"), *categories}


def bases_of(option: Outsourced, function: Function) -> set[str]:
    """What a rate of an outsourced option may be of."""
    charges = {name for leg in option.parts.values() for name in leg.names("charges")}
    kept = option.retained.names("teams") | option.retained.names("costs") if option.retained else set()
    return {*bases_in_house(function.in_house), *OPTION_BASES, *option.names("legs"), *charges, *kept}


OF_LEGS = ("location", "charges", "share", "price", "quality", "risks", "automation", "delivery", "payment_terms")
"""What belongs to the legs of an option where it has any."""


def check(scenario: Scenario, loading: Loading) -> None:
    """Note everything that is wrong with a scenario whose fields are each understood."""
    check_header(scenario, loading)
    check_providers(scenario, loading)
    check_decision(scenario, loading)
    check_zones(scenario, loading)
    if scenario.expect or any(case.expect for case in scenario.cases.values()):
        from bpocalc.scenario.check_expectations import check_expectations  # most scenarios expect nothing

        check_expectations(scenario, loading)
    for key, function in scenario.functions.items():
        check_name(key, "a function", scenario.written["functions"], loading)
        check_function(function, scenario, loading)
    check_correlations(scenario, loading)


def check_header(scenario: Scenario, loading: Loading) -> None:
    """Language version, number of functions, inflation, home and the named mix."""
    if scenario.bpocalc != LANGUAGE:
        said = f"this is version {LANGUAGE} of the scenario language, not {scenario.bpocalc}"
        loading.note("BPO005", said, scenario.origin("bpocalc"), f"write bpocalc: {LANGUAGE}")
    if not scenario.functions and not scenario.said("functions"):
        loading.note("BPO004", "the scenario has no functions", scenario.origin("functions"), key=True)
    if len(scenario.functions) > MOST_FUNCTIONS:
        said = f"{len(scenario.functions)} functions, at most {MOST_FUNCTIONS} are computed"
        loading.note("BPO010", said, scenario.origin("functions"), key=True)
    check_location(scenario.written, loading, "home")
    if scenario.months > MONTHS and not scenario.said("inflation"):
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
        if key not in scenario.names("functions"):
            hint = did_you_mean(key, scenario.functions)
            loading.note("BPO023", f"the mix names '{key}', which is no function", origin, hint, key=True)
        elif function and option not in (there := {"in_house", *function.names("options")}):
            hint = did_you_mean(option, there)
            loading.note("BPO023", f"'{option}' is no option of {key}", origin, hint)


def check_function(function: Function, scenario: Scenario, loading: Loading) -> None:
    """One function with its in-house side and its options."""
    if function.process is not None and function.process not in PROCESSES:
        hint = did_you_mean(function.process, PROCESSES)
        loading.note("BPO017", f"'{function.process}' is no known process", function.origin("process"), hint)
    if function.baseline not in (there := {"in_house", *function.names("options")}):
        hint = did_you_mean(function.baseline, there)
        loading.note("BPO023", f"'{function.baseline}' is no option", function.origin("baseline"), hint)
    check_demand(function, loading)
    check_in_house(function.in_house, function, loading)
    for key, option in function.options.items():
        check_name(key, "an option", function.written["options"], loading)
        if isinstance(option, Improved):
            check_in_house(option.in_house, function, loading)
            bases = bases_in_house(option.in_house) | {"transition", "severance"}
            where = Where(option.written.get("costs"), bases, function, option.transition)
            check_transition(option.transition, where, loading)
            check_costs(option.costs, where, loading)
        else:
            check_outsourced(key, option, function, scenario, loading)
        check_two_sided(key, option, function.in_house, loading)
    check_quality_and_risk(function, loading)


def check_in_house(side: InHouse, function: Function, loading: Loading) -> None:
    """Teams, seats and costs of an in-house side."""
    check_teams(side.teams, function, loading, side.written.get("teams"), terms=side)
    if not side.said("teams", "costs"):
        loading.note("BPO004", "the in-house side has neither teams nor costs", side.written.at, key=True)
    seats = [seat for seat in (side.workplace.facilities, side.workplace.technology) if seat] if side.workplace else []
    parts: list[Seat | Cost] = [*seats, *(cost for cost in side.costs.values() if not cost.is_once)]
    for part in parts:
        if not part.said("avoidable"):
            hint = "the share that goes when the work goes: 100%, or 0% for what is sunk or allocated"
            loading.note("BPO004", f"{part.written.at.address} has no 'avoidable'", part.written.at, hint, key=True)
    bases = {*IN_HOUSE_BASES, *side.names("teams")}
    check_costs(side.costs, Where(side.written.get("costs"), bases, function), loading)
    check_severance(side.severance, loading)


def check_transition(
    transition: Transition, where: Where, loading: Loading, *, of_leg: bool = False, of_legs: bool = False
) -> None:
    """A transition ends within the scenario; severance belongs to the whole option."""
    hangs_on = None if of_legs else transition
    bases = {"transition", "severance"}
    place = where._replace(
        written=transition.written.get("costs"), transition=hangs_on, one_off=True, bases=bases, category="transition"
    )
    check_costs(transition.costs, place, loading)
    check_severance(transition.severance, loading)
    if transition.severance and of_leg:
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


def check_outsourced(key: str, option: Outsourced, function: Function, scenario: Scenario, loading: Loading) -> None:
    """Legs with place, provider and charges; shares that fit; what the buyer keeps."""
    flat = not option.legs
    bases = bases_of(option, function)
    if not flat:
        for name in OF_LEGS:
            if name in option.written:
                said = f"'{name}' belongs to the legs when there are any"
                loading.note("BPO021", said, option.origin(name), "move it into each leg", key=True)
    for name, leg in option.parts.items():
        if not flat:
            check_name(name, "a leg", option.written["legs"], loading, taken=RESERVED | LINES_OF_OPTIONS)
        check_leg(name or key, leg, option, function, scenario, loading, flat=flat)
    check_between(key, option, function, scenario, loading)
    check_contract(option, loading)
    shares = sum(leg.share.figure for leg in option.parts.values())
    if shares > 1 + 1e-9:
        said = f"the shares of the legs add up to {shares * 100:g} %"
        loading.note("BPO021", said, option.origin("legs"), "together they may be 100 % at most", key=True)
    if not flat:
        where = Where(option.written.get("costs"), bases, function)
        check_transition(option.transition, where, loading, of_legs=True)
        check_costs(option.costs, where, loading)
    if option.retained:
        retained = option.retained
        home = function.in_house
        check_teams(retained.teams, function, loading, retained.written.get("teams"), terms=home, home=home)
        bases_kept = {*IN_HOUSE_BASES, *retained.names("teams")}
        where = Where(retained.written.get("costs"), bases_kept, function)
        check_costs(retained.costs, where, loading)
    if option.governance:
        check_governance(option.governance, function, bases, loading)


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
    elsewhere = flat and option.said("in_house", "legs")  # misspelt, or this would not be a flat option
    if not leg.said("location") and not elsewhere:
        hint = "write location: PH"
        loading.note("BPO004", f"{key} has no 'location'", leg.written.at, hint, key=True)
    provider = leg.provider or option.provider
    if provider is not None and provider not in scenario.names("providers"):
        hint = did_you_mean(provider, scenario.providers) or f"write it at the top:  providers: {{{provider}: {{}}}}"
        origin = leg.origin("provider") if leg.provider else option.origin("provider")
        loading.note("BPO015", f"'{provider}' is no known provider", origin, hint)
    if not leg.said("charges", "price", "per") and not elsewhere:
        hint = "write price: 2_400 and per: fte_month, or a map of charges"
        loading.note("BPO004", f"{key} has no charges", leg.written.at, hint, key=True)
    bases = bases_of(option, function)
    where = Where(leg.written.get("costs"), bases, function, leg.transition)
    check_transition(leg.transition, where, loading, of_leg=not flat)
    check_costs(leg.costs, where, loading)
    check_charges(leg, function, loading)


def check_governance(governance: Governance, function: Function, bases: Set[str], loading: Loading) -> None:
    """At least one way, and what holds of several."""
    for word in [governance.of] if isinstance(governance.of, str) else governance.of:
        if word not in bases:
            origin = governance.origin("of")
            loading.note(
                "BPO023", f"'{word}' is no line or category before governance", origin, did_you_mean(word, bases)
            )
    ways = [name for name in ("rate", "teams", "by_fte") if getattr(governance, name) is not None]
    if not ways and not governance.said("rate", "teams", "by_fte"):
        hint = "give a rate of the fees, teams, or a table by_fte"
        loading.note("BPO004", "governance says nothing", governance.written.at, hint, key=True)
    elif len(ways) > 1 and not governance.said("take"):
        hint = "write take: largest or take: sum"
        loading.note("BPO004", f"governance is given by {' and '.join(ways)}", governance.written.at, hint, key=True)
    home = function.in_house
    check_teams(governance.teams or {}, function, loading, governance.written.get("teams"), terms=home, home=home)
    if governance.by_fte:
        check_ascending([step.above for step in governance.by_fte], governance, loading)
