"""Symmetry: what is said of one side of the comparison and not, or otherwise, of the other."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.document import Map
from bpocalc.lints.growth import factor, indexed
from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import Place, Subject, last, percent
from bpocalc.overlay import is_steps
from bpocalc.scenario.banded import Banded
from bpocalc.scenario.charges import AnyCharge
from bpocalc.scenario.demand import Demand
from bpocalc.scenario.gain_share import GainShare
from bpocalc.scenario.labor import Team
from bpocalc.scenario.pricing import Charge, CostPlus, HeadCharge, Indexation
from bpocalc.timeline import MONTHS

CHARGES = "functions.care.options.manila.charges"
ESCALATION = (
    "Escalation on one side only was worth 31.8 million USD on a margin of 1.9 million in an official comparison "
    "(US DoD Inspector General, D-2003-056)"
)
OTHER_PEOPLE = 0.40
"""Difference in people that is seldom productivity alone."""
APART = 0.10
"""Difference of two growth factors that is worth a word."""


def _priced(charge: AnyCharge) -> bool:
    """Whether a charge has a price that could follow an index; cost-plus follows the provider's own wages."""
    return isinstance(charge, Charge) and not isinstance(charge, CostPlus | GainShare)


def _in_steps(charge: AnyCharge) -> bool:
    """Whether a price is stated year by year, so that it moves without an index."""
    return any(isinstance(node, Map) and is_steps(node) for node in charge.written.values())


def _growing(teams: dict[str, Team]) -> list[Team]:
    return [team for team in teams.values() if last(team.wage_growth) or isinstance(team.wage_growth.value, tuple)]


@rule(
    "BPO111", "warning", source=ESCALATION,
    cure="add indexation: {rate: 4%, passed_on: 75%}, or rate: 0% where the price is fixed by contract",
    at=CHARGES,
    bad="contacts: {kind: per_unit, price: 3.10}",
    good="contacts: {kind: per_unit, price: 3.10, indexation: {rate: 4%, passed_on: 75%}}",
)  # fmt: skip
def fixed_price(subject: Subject) -> Iterator[Doubt]:
    """Indexation on one side only: wages grow, the price does not.

    The in-house side becomes dearer every year and the provider's price stays, so that the saving grows by itself.
    Fixed prices over years exist, and then the contract says so.
    """
    if subject.months <= MONTHS:
        return
    for place, name, charge in subject.charges:
        still = _priced(charge) and not getattr(charge, "indexation", None) and not _in_steps(charge)
        if still and _growing(place.function.in_house.teams):
            yield doubt(f"the price of {name} stays for {subject.months} months while wages grow", charge.written.at)


@rule(
    "BPO112", "warning", source=ESCALATION,
    cure="add wage_growth to the teams or to the side, with 0% where wages really stay",
    at="functions.care.in_house",
    bad="{location: US, paid_hours: 2_080, teams: {agents: {fte: 40, salary: 40_000}}}",
    good="{location: US, paid_hours: 2_080, wage_growth: 3%, teams: {agents: {fte: 40, salary: 40_000}}}",
)  # fmt: skip
def fixed_wages(subject: Subject) -> Iterator[Doubt]:
    """Indexation on one side only: the price grows, wages do not.

    The provider's price follows an index and the wages of the in-house people stay what they are in month 1, which
    makes the in-house side look cheaper year by year.
    """
    if subject.months <= MONTHS:
        return
    for place, name, charge in subject.charges:
        teams = place.function.in_house.teams
        index: Indexation | None = getattr(charge, "indexation", None)
        if index is not None and last(index.rate) > 0 and teams and not _growing(teams):
            said = f"the price of {name} follows an index, the in-house wages stay for {subject.months} months"
            yield doubt(said, index.written.at)


@rule(
    "BPO113", "warning", source=ESCALATION,
    cure="have a source for both rates, and accept this rule where they really differ",
    at=CHARGES,
    bad="contacts: {kind: per_unit, price: 3.10, indexation: {rate: 12%}}",
    good="contacts: {kind: per_unit, price: 3.10, indexation: {rate: 4%, passed_on: 75%}}",
)  # fmt: skip
def apart(subject: Subject) -> Iterator[Doubt]:
    """Wages and prices grow apart.

    Both sides grow, at rates that have them more than 10 % apart in the last year. Then most of the saving of the
    late years is the forecast of two rates, and no longer the case for outsourcing.
    """
    years = subject.loaded.clock.years
    for place, name, charge in subject.charges:
        index: Indexation | None = getattr(charge, "indexation", None)
        grown = [factor(team.wage_growth, years) for team in _growing(place.function.in_house.teams)]
        if index is None or last(index.rate) <= 0 or not grown:
            continue
        price = indexed(index, years)
        nearest = min(grown, key=lambda wages: abs(price / wages - 1))
        if abs(price / nearest - 1) > APART:
            said = f"by year {years} the price of {name} has grown × {price:.2f} and in-house wages × {nearest:.2f}"
            yield doubt(said, index.written.at)


def _monthly(demand: Demand, months: int) -> list[float]:
    """Units of every month, without seasons."""
    value, growth = demand.volume.value, 1 + demand.growth.figure
    start = value if isinstance(value, tuple) else (value,) * months
    parts = 1 if demand.per == "month" else MONTHS
    return [units / parts * growth ** (month / MONTHS) for month, units in enumerate(start)]


@rule(
    "BPO114", "warning",
    cure="contract for the demand of the scenario, year by year: baseline: {1: 33_600, 2: 35_000}",
    at=CHARGES,
    bad="contacts: {kind: banded, baseline: 20_000, amount: 60_000, arc: 2.90, rrc: 2.10, excess_over: edge}",
    good="contacts: {kind: banded, baseline: 33_600, amount: 101_000, arc: 2.90, rrc: 2.10, excess_over: edge}",
)  # fmt: skip
def other_volume(subject: Subject) -> Iterator[Doubt]:
    """The contracted volume is not that of the comparison.

    The base charge covers a volume that differs by more than 10 % from the demand that the same option takes over. An
    offer for another volume is an offer for another job, and what lies between is paid at the prices for exceptions.
    """
    for place, name, charge in subject.charges:
        demand = place.function.demand_for(charge.for_demand) if isinstance(charge, Banded) else None
        if isinstance(charge, Banded) and demand is not None:
            yield from _compared(subject, place, name, charge, _monthly(demand, subject.months))


def _compared(subject: Subject, place: Place, name: str, charge: Banded, units: list[float]) -> Iterator[Doubt]:
    for year in range(subject.loaded.clock.years):
        months = range(year * MONTHS, min((year + 1) * MONTHS, subject.months))
        taken = sum(units[month] for month in months) / len(months) * place.leg.share.figure
        contracted = charge.baseline.value
        agreed = contracted[months[0]] if isinstance(contracted, tuple) else contracted
        if taken > 0 and abs(agreed / taken - 1) > APART:
            how = f"{percent(abs(agreed / taken - 1))} {'above' if agreed > taken else 'below'}"
            said = f"{name} is contracted for {agreed:,.0f} units a month in year {year + 1}, {how} the demand it takes"
            yield doubt(said, charge.origin("baseline"))
            return


@rule(
    "BPO115", "note", computes=True,
    cure="have the same scope priced, or say in the title why fewer or more people do the same work",
    at=CHARGES,
    bad="people: {kind: per_fte, fte: 20, price: 2_400, indexation: {rate: 4%, passed_on: 75%}}",
    good="people: {kind: per_fte, fte_ratio: 1.1, price: 2_400, indexation: {rate: 4%, passed_on: 75%}}",
)  # fmt: skip
def other_people(subject: Subject) -> Iterator[Doubt]:
    """The provider is paid for another amount of work than the people in-house do.

    A stated number of full-time equivalents differs by more than 40 % from the people in-house whose work moves. Some
    of that may be productivity; more of it is usually another scope. Judged only where a scenario is computed: with
    expectations, with --fail-if or with --compute.
    """
    for place, name, charge in subject.charges:
        stated = charge.fte if isinstance(charge, HeadCharge) else None
        if not isinstance(charge, HeadCharge) or stated is None:
            continue
        heads = subject.comparison.run.functions[place.name.partition(".")[0]].full.heads
        teams = charge.teams or list(heads)
        moved = sum(last(heads[team]) for team in teams if team in heads) * place.leg.share.figure
        if moved > 0 and abs(last(stated) / moved - 1) > OTHER_PEOPLE:
            said = f"{name} bills {last(stated):,.1f} FTE for the work of {moved:,.1f} in-house"
            yield doubt(said, charge.origin("fte"))
