"""Checks of what providers charge: what each charge needs, and figures that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.problems import did_you_mean
from bpocalc.scenario.banded import Banded
from bpocalc.scenario.charges import AnyCharge
from bpocalc.scenario.check_costs import IN_HOUSE_BASES, Where, check_costs
from bpocalc.scenario.check_parts import check_ascending, check_name, check_teams
from bpocalc.scenario.check_volume import check_for
from bpocalc.scenario.context import Loading
from bpocalc.scenario.function import Function
from bpocalc.scenario.gain_share import GainShare
from bpocalc.scenario.option import Leg
from bpocalc.scenario.pricing import (
    Blended,
    CostPlus,
    HeadCharge,
    HourCharge,
    PerHour,
    PerMinute,
    Tiered,
    UnitCharge,
)

NEARLY_ALL = 1e-9
"""What shares that add up to 100 % may be off."""


def check_charges(leg: Leg, function: Function, loading: Loading) -> None:
    """Every charge of a leg."""
    for name, charge in leg.charges.items():
        check_name(name, "a charge", leg.written.get("charges"), loading)
        if not function.has_demand and _by_volume(charge):
            hint = "write demand: {volume: …, per: month, unit: …}"
            said, lack = f"{name} needs the function's demand", f"{function.address}.demand"
            loading.note("BPO004", said, charge.written.at, hint, key=True, lack=lack)
        if not isinstance(charge, GainShare):
            check_for(charge, name, function, loading, needs=_by_volume(charge))
        if isinstance(charge, HeadCharge):
            for team in charge.teams or []:
                if team not in function.in_house.names("teams"):
                    hint = did_you_mean(team, function.in_house.teams)
                    loading.note("BPO023", f"'{team}' is no in-house team", charge.origin("teams"), hint)
        if _by_hour(charge) and not charge.said("hours", "handling_time"):
            hint = "give one of them"
            loading.note("BPO004", f"{name} has neither 'hours' nor 'handling_time'", charge.written.at, hint, key=True)
        if isinstance(charge, Tiered):
            check_ascending([tier.above for tier in charge.tiers], charge, loading, from_zero=True)
        elif isinstance(charge, Blended):
            _check_blended(name, charge, loading)
        elif isinstance(charge, PerMinute):
            _check_minutes(name, charge, function, loading)
        elif isinstance(charge, Banded):
            _check_bands(charge, loading)
        elif isinstance(charge, GainShare):
            _check_gain_share(name, charge, leg, loading)
        elif isinstance(charge, CostPlus):
            if not charge.said("teams", "costs"):
                hint = "give the provider's teams, costs or both"
                loading.note("BPO004", f"{name} has neither 'teams' nor 'costs'", charge.written.at, hint, key=True)
            check_teams(charge.teams, function, loading, charge.written.get("teams"), terms=charge)
            bases = {*IN_HOUSE_BASES, *charge.names("teams")}
            check_costs(charge.costs, Where(charge.written.get("costs"), bases, function), loading)


def _by_hour(charge: AnyCharge) -> bool:
    """Whether a charge counts hours."""
    return isinstance(charge, PerHour) or (isinstance(charge, Blended) and charge.per == "hour")


def _by_volume(charge: AnyCharge) -> bool:
    """Whether a charge hangs on the volume of work."""
    if isinstance(charge, HourCharge) and _by_hour(charge):
        return charge.hours is None
    return isinstance(charge, UnitCharge | Tiered | Banded)


def _check_blended(name: str, charge: Blended, loading: Loading) -> None:
    """The shares add up to 100 %, and nothing is said of hours where heads are paid for."""
    for key in charge.parts:
        check_name(key, "a part of a blended rate", charge.written.get("parts"), loading)
    strange = ("fte", "teams", "fte_ratio") if charge.per == "hour" else ("hours", "handling_time", "utilisation")
    for field in strange:
        if field in charge.written:
            said = f"{name} is paid per {charge.per}: '{field}' does not go with it"
            loading.note("BPO021", said, charge.origin(field), "leave it out", key=True)
    if not charge.names("parts"):
        hint = "write parts: {onshore: {share: 30%, rate: 80}, offshore: {share: 70%, rate: 30}}"
        loading.note("BPO004", f"{name} has no parts", charge.origin("parts"), hint, key=True)
    if len(charge.parts) == len(charge.names("parts")):
        shares = [part.share.value for part in charge.parts.values()]
        rows = [share if isinstance(share, tuple) else (share,) * loading.clock.months for share in shares]
        off = next((whole for whole in map(sum, zip(*rows, strict=True)) if abs(whole - 1) > NEARLY_ALL), None)
        if off is not None:
            said = f"the shares of {name} add up to {off * 100:g} %"
            loading.note("BPO021", said, charge.origin("parts"), "together they must be 100 %", key=True)


def _check_minutes(name: str, charge: PerMinute, function: Function, loading: Loading) -> None:
    """There is one handling time: the charge's own, or that of an in-house team."""
    teams = function.in_house.teams
    timed = [key for key, team in teams.items() if team.said("handling_time")]
    if charge.said("handling_time"):
        if "team" in charge.written:
            said = f"{name} has a handling time of its own: 'team' does not go with it"
            loading.note("BPO021", said, charge.origin("team"), "keep one of them", key=True)
    elif charge.team is not None and charge.team not in timed:
        known = charge.team in function.in_house.names("teams")
        said = f"{charge.team} have no handling time" if known else f"'{charge.team}' is no in-house team"
        hint = did_you_mean(charge.team, timed)
        loading.note("BPO021" if known else "BPO023", said, charge.origin("team"), hint)
    elif charge.team is None and len(timed) != 1:
        few = "no in-house team has one" if not timed else "several in-house teams have one"
        cure = "write handling_time: 6.5 min" + (f", or team: {timed[0]}" if timed else "")
        loading.note("BPO004", f"{name} has no handling time, and {few}", charge.written.at, cure, key=True)


def _check_bands(charge: Banded, loading: Loading) -> None:
    """Bands begin beyond the deadband, each further out than the last, and change a price."""
    ends = [charge.deadband.figure, *(band.beyond.figure for band in charge.bands)]
    for number, band in enumerate(charge.bands):
        if ends[number + 1] < ends[number] or (number and ends[number + 1] == ends[number]):
            before = f"the band before it, at {ends[number] * 100:g} %" if number else "the deadband"
            said = f"a band begins at {ends[number + 1] * 100:g} %, within {before}"
            loading.note("BPO021", said, band.origin("beyond"), "order them by 'beyond', each further than the last")
        if not band.said("arc", "rrc"):
            loading.note("BPO004", "a band has neither 'arc' nor 'rrc'", band.written.at, "give one or both", key=True)


def _check_gain_share(name: str, charge: GainShare, leg: Leg, loading: Loading) -> None:
    """There is something to measure."""
    others: Sequence[AnyCharge] = [other for other in leg.charges.values() if not isinstance(other, GainShare)]
    if charge.of == "charges" and not others and len(leg.names("charges")) == len(leg.charges):
        said = f"{name} shares what the other charges stay below its target, and there are none"
        loading.note("BPO021", said, charge.written.at, "add the charges, or measure of: run", key=True)
