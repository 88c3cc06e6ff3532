"""Checks of providers: what is paid once for a provider is no matter of one function, and is used by some option."""

from __future__ import annotations

from bpocalc.scenario.check_costs import Where, check_costs
from bpocalc.scenario.check_parts import check_ascending, check_name, check_teams
from bpocalc.scenario.context import Loading
from bpocalc.scenario.function import Function
from bpocalc.scenario.option import Outsourced
from bpocalc.scenario.provider import Provider
from bpocalc.scenario.scenario import Scenario

UNUSED = {"volume_discount": "volume discount", "costs": "costs", "governance": "governance"}
"""What changes nothing where no option names the provider."""


def check_providers(scenario: Scenario, loading: Loading) -> None:
    """Every provider."""
    used = {
        leg.provider or option.provider
        for function in scenario.functions.values()
        for option in function.options.values()
        if isinstance(option, Outsourced)
        for leg in option.parts.values()
    }
    for name, provider in scenario.providers.items():
        check_name(name, "a provider", scenario.written.get("providers"), loading)
        if provider.volume_discount:
            check_ascending([t.above for t in provider.volume_discount.tiers], provider.volume_discount, loading)
        for function in list(scenario.functions.values())[:1]:
            _check_costs(name, provider, function, loading)
            _check_governance(name, provider, function, loading)
        for field, what in UNUSED.items():
            if name not in used and provider.said(field):
                said = f"no option names {name}: what it says of {what} changes nothing"
                hint = f"write provider: {name} in an option, or leave it out"
                loading.note("BPO021", said, provider.origin(field), hint, key=True, severity="warning")


def _check_costs(name: str, provider: Provider, function: Function, loading: Loading) -> None:
    """The costs are amounts for a time, which all functions can share."""
    shared = {}
    for key, cost in provider.costs.items():
        field = "rate" if "rate" in cost.written else "soft" if cost.soft else "per"
        if field == "per" and cost.per not in ("unit", "fte", "seat"):
            shared[key] = cost
            continue
        said = f"{key} is shared by all functions at {name}: it is a plain amount per month, per year or once"
        loading.note("BPO021", said, cost.origin(field), "write it under the 'costs' of the options", key=True)
    check_costs(shared, Where(provider.written.get("costs"), set(), function), loading)


def _check_governance(name: str, provider: Provider, function: Function, loading: Loading) -> None:
    """People of a fixed number, and a table that rises."""
    steering = provider.governance
    if steering is None:
        return
    if not steering.said("teams", "by_fte"):
        hint = "give teams, or a table by_fte"
        loading.note("BPO004", f"the governance of {name} says nothing", steering.written.at, hint, key=True)
    fixed = {key: team for key, team in steering.teams.items() if not team.follows_volume}
    for key, team in steering.teams.items():
        if team.follows_volume:
            said = f"{key} are shared by all functions at {name}: no volume says how many they are"
            at = team.origin("handling_time", "units_per_hour", "units_per_fte")
            loading.note("BPO021", said, at, "give an fte", key=True)
    check_teams(fixed, function, loading, steering.written.get("teams"), terms=steering)
    if steering.by_fte:
        check_ascending([step.above for step in steering.by_fte], steering, loading)
