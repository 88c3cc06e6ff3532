"""Counted twice: two lines that stand for the same money, and money that nobody should plan with."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import SEVERANCE, Subject, called, costs_of, last
from bpocalc.scenario.pricing import Charge

MANILA = "functions.care.options.manila"


@rule(
    "BPO141", "warning",
    cure="take the saving out: the in-house line goes by its avoidable share",
    at=f"{MANILA}.costs",
    bad="overhead: {title: Corporate overhead saved, amount: -40_000, per: year}",
    good="changes: {title: Change requests, rate: 3%, of: fees, category: change}",
)  # fmt: skip
def saved_twice(subject: Subject) -> Iterator[Doubt]:
    """A benefit that is counted twice: by its avoidable share and as income.

    The option has a negative cost of the same name as an in-house line that goes with the work anyway. The same money
    is saved once by the line and once more by the income.
    """
    for option, name, cost in subject.added_costs:
        home = option.function.in_house.costs.get(name.rpartition(".")[2])
        goes = home is not None and (home.avoidable is None or home.avoidable.figure > 0)
        if goes and (last(cost.amount) < 0 or last(cost.rate) < 0):
            yield doubt(f"{name} is income, and the in-house line of that name is saved already", cost.written.at)


@rule(
    "BPO142", "warning",
    cure="keep 'focus', or mark the line soft: true",
    at="functions.care",
    bad="""
    in_house:
      location: US
      costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}
      focus: {management_hours: 60, value_per_hour: 95, realised: 50%}
    options:
      manila:
        location: PH
        price: 60_000
        per: month
        costs: {managers: {title: Management time, amount: -30_000, per: year}}
    """,
    good="""
    in_house:
      location: US
      costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}
      focus: {management_hours: 60, value_per_hour: 95, realised: 50%}
    options: {manila: {location: PH, price: 60_000, per: month}}
    """,
)  # fmt: skip
def focus_as_money(subject: Subject) -> Iterator[Doubt]:
    """A benefit that is counted twice: freed management time as focus and as income.

    Time that managers get back is worth something and is no cash; `focus` shows it beside the money. A negative cost
    for the same time brings it into the totals as well.
    """
    for option, name, cost in subject.added_costs:
        words = r"management time|managers?'? time|focus|freed"
        income = last(cost.amount) < 0 and not cost.soft
        if option.function.in_house.focus and income and called(name.rpartition(".")[2], cost.title, words):
            yield doubt(f"{name} is income for management time that 'focus' counts already", cost.written.at)


@rule(
    "BPO143", "warning",
    cure="keep one of the two, or see that the contract really grants both",
    at=MANILA,
    bad="""
    location: PH
    charges: {contacts: {kind: per_unit, price: 3.10, productivity: {1: 0%, 2: 4%}}}
    automation: {share: 30%, client_share: 60%, start: 6, ramp: 12}
    """,
    good="""
    location: PH
    charges: {contacts: {kind: per_unit, price: 3.10}}
    automation: {share: 30%, client_share: 60%, start: 6, ramp: 12}
    """,
)  # fmt: skip
def automation_and_glide(subject: Subject) -> Iterator[Doubt]:
    """A benefit that is counted twice: automation and a productivity glide path on the same price.

    The fall of the price that a contract promises year by year is what the provider expects to gain from automation.
    With a client share of the automation on top, the same gain is passed on twice.
    """
    for place, name, charge in subject.charges:
        automation = place.leg.automation
        gains = automation is not None and automation.share.figure > 0 and automation.client_share.figure > 0
        falls = isinstance(charge, Charge) and charge.productivity is not None and _positive(charge)
        if gains and falls:
            said = f"{name} falls by contracted productivity, and by automation as well"
            yield doubt(said, charge.origin("productivity"))


def _positive(charge: Charge) -> bool:
    value = charge.productivity.value if charge.productivity is not None else 0.0
    return any(share > 0 for share in (value if isinstance(value, tuple) else (value,)))


@rule(
    "BPO144", "warning",
    cure="keep onboarding, and let productivity be that of people who have learned the work",
    at="functions.care.in_house.teams",
    bad="""
    agents:
      {handling_time: 8 min, salary: 40_000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%, attrition: 35%,
        productivity: 0.9, onboarding: {months: 2, productivity: 40%}}
    """,
    good="""
    agents:
      {handling_time: 8 min, salary: 40_000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%, attrition: 35%,
        onboarding: {months: 2, productivity: 40%}}
    """,
)  # fmt: skip
def learning_twice(subject: Subject) -> Iterator[Doubt]:
    """Learning that is counted twice.

    Onboarding buys the capacity that joiners lack until they are proficient. A productivity below 1 on the same team
    means that people are slow on average, which is mostly the joiners again.
    """
    for key, function in subject.scenario.functions.items():
        for name, team in function.in_house.teams.items():
            if team.onboarding is not None and team.productivity.figure < 1:
                said = f"{key}.in_house.{name} has both onboarding and a productivity below 1"
                yield doubt(said, team.origin("productivity"))


@rule(
    "BPO145", "warning",
    cure="keep one of the two: the line, or 'severance'",
    at=f"{MANILA}.transition",
    bad="""
    start: 2
    months: 5
    severance: {weeks: 10}
    costs: {redundancy: {title: Redundancy payments, amount: 260_000, at: go_live}}
    """,
    good="{start: 2, months: 5, severance: {weeks: 10}, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def severance_twice(subject: Subject) -> Iterator[Doubt]:
    """Severance that is counted twice.

    `severance` pays every dismissed person by weeks or a share of pay, month by month. A line of one's own for
    redundancy payments adds the same people once more.
    """
    for name, function, option in subject.options:
        moves = [option.transition, *(leg.transition for leg in option.parts.values())]
        stated = [move.severance for move in moves] + [function.in_house.severance]
        paid = any(s and (last(s.weeks) > 0 or last(s.share_of_pay) > 0) for s in stated)
        for key, cost in costs_of(option):
            if paid and last(cost.amount) > 0 and called(key, cost.title, SEVERANCE):
                yield doubt(f"{name}.{key} pays severance that is computed already", cost.written.at)


@rule(
    "BPO146", "warning",
    source="10 to 12 % of an invoice are usually at risk (Alsbridge, 2010); a ceiling, and no expectation",
    cure="leave them out of the plan; a case may show them together with the failures that bring them",
    at=f"{MANILA}.costs",
    bad="credits: {title: Service credits, rate: -2%, of: fees}",
    good="changes: {title: Change requests, rate: 3%, of: fees, category: change}",
)  # fmt: skip
def planned_credits(subject: Subject) -> Iterator[Doubt]:
    """Service credits that are planned as income.

    A service credit is what the provider gives back for bad service. To plan with it is to plan with the bad service,
    whose cost to the company is larger and stands nowhere.
    """
    for _, name, cost in subject.added_costs:
        income = last(cost.amount) < 0 or last(cost.rate) < 0
        if income and called(name.rpartition(".")[2], cost.title, r"credits?\b|penalt|\bsla\b"):
            yield doubt(f"{name} plans service credits as income", cost.written.at)


@rule(
    "BPO147", "warning",
    cure="keep the risks and leave the contingency out, or the other way round",
    at=MANILA,
    bad="""
    location: PH
    charges: {contacts: {kind: per_unit, price: 3.10}}
    costs: {contingency: {title: Contingency, rate: 5%, of: fees}}
    risks: {outage: {probability: 6%, impact: 400_000}}
    """,
    good="""
    location: PH
    charges: {contacts: {kind: per_unit, price: 3.10}}
    risks: {outage: {probability: 6%, impact: 400_000}}
    """,
)  # fmt: skip
def contingency_and_risk(subject: Subject) -> Iterator[Doubt]:
    """A contingency beside a register of risks.

    A contingency is money set aside for what may go wrong, and the risk lines are its expected cost. Together they
    charge the option twice for the same events, which makes outsourcing look dearer.
    """
    for option, name, cost in subject.added_costs:
        risky = any(leg.risks for leg in option.option.parts.values())
        if risky and called(name.rpartition(".")[2], cost.title, r"contingenc"):
            yield doubt(f"{name} is set aside for what the risks of {option.name} count already", cost.written.at)
