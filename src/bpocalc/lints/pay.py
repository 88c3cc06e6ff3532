"""Pay: whether people may be paid what the scenario says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bpocalc.about import Input
from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import Subject
from bpocalc.quantity import Quantity
from bpocalc.scenario.labor import Team
from bpocalc.scenario.option import Improved
from bpocalc.scenario.pricing import CostPlus
from bpocalc.timeline import MONTHS


@rule(
    "BPO171", "warning",
    source="The minimum wages of the reference data, each with its law: bpocalc locations DE",
    cure="look for a mistyped figure, a wrong unit or wrong paid hours",
    at="functions.care.in_house.teams",
    bad="agents: {handling_time: 8 min, salary: 12_000, burden: 30%, wage_growth: 3%, occupancy: 82%, shrinkage: 30%}",
    good="agents: {handling_time: 8 min, salary: 40_000, burden: 30%, wage_growth: 3%, occupancy: 82%, shrinkage: 30%}",
)  # fmt: skip
def below_the_minimum(subject: Subject) -> Iterator[Doubt]:
    """Pay below the minimum wage.

    A team earns less than the law of its location allows, as far as the minimum wage is known and in the same currency.
    Most often a month's pay stands where a year's is meant, or the paid hours are wrong.
    """
    for location, teams in _teams(subject):
        for key, team in teams.items():
            if found := _shortfall(team, location):
                yield doubt(f"{key} {found}", team.origin("salary", "wage", "role"))


def _teams(subject: Subject) -> Iterator[tuple[str, Mapping[str, Team]]]:
    """All teams whose place is known, by location."""
    for function in subject.scenario.functions.values():
        sides = [function.in_house, *(o.in_house for o in function.options.values() if isinstance(o, Improved))]
        yield from ((side.location, side.teams) for side in sides if side.location)
    for place, _, charge in subject.charges:
        location = charge.location or place.leg.location if isinstance(charge, CostPlus) else None
        if isinstance(charge, CostPlus) and location:
            yield location, charge.teams


def _shortfall(team: Team, location: str) -> str:
    """By how much a team is paid below the minimum wage of a location; empty where it is not, or cannot be told."""
    from bpocalc.locations import edition
    from bpocalc.locations.listing import number

    node = edition()["locations"].get(location, {}).get("minimum_wage")
    pay = team.wage if team.wage is not None else team.salary
    written = _own(pay)
    if node is None or written is None:
        return ""
    money, _, period = node["unit"].partition("/")
    hours = team.paid_hours.figure if team.paid_hours is not None else 0
    amount, unit = written
    amount *= team.uprating.figure if team.uprating is not None else 1
    yearly = amount * hours if unit.endswith("/hour") else amount
    least = number(node["value"])
    least_a_year = {"hour": least * hours, "month": least * node.get("payments_per_year", MONTHS)}.get(period, 0.0)
    if unit.partition("/")[0] != money or not yearly or not least_a_year or yearly >= least_a_year:
        return ""
    earned = yearly / hours if period == "hour" else yearly / node.get("payments_per_year", MONTHS)
    what = f"the minimum wage of {location} of {least:,.15g} {node['unit']}"
    return f"earn {earned:,.2f} {node['unit']}, below {what} ({node.get('period', node['as_of'])})"


def _own(pay: Quantity | None) -> tuple[float, str] | None:
    """Pay in the currency in which it was written, and its unit; None where it moves in yearly steps."""
    if pay is None:
        return None
    written = pay if pay.about is not None else pay.args[0]
    if not isinstance(written.about, Input) or written.is_row:
        return None
    return written.figure, written.about.unit
