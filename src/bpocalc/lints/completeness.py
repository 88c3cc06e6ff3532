"""Completeness: what an outsourced option costs beside the provider's price, and what is easily left out."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.lints.rule import Doubt, doubt, rule, together
from bpocalc.lints.subject import SEVERANCE, Place, Subject, called, costs_of

MANILA = "functions.care.options.manila"
LONG = 24
"""Months beyond which a contract is sure to be changed."""


@rule(
    "BPO101", "warning",
    source="Read: 6 to 10 % of the fees (CIO, 2003), 8 to 15 % (Knowledgelib, 2026), 0 to 25 % (Martin, 1993)",
    cure="add governance: {rate: 6%}, or a retained team",
    at=MANILA,
    bad="{location: PH, price: 2_400, per: fte_month}",
    good="""
    location: PH
    price: 2_400
    per: fte_month
    retained: {teams: {managers: {salary: 94_000, fte: 2, from: 2}}}
    governance: {rate: 6%}
    """,
)  # fmt: skip
def nobody_steers(subject: Subject) -> Iterator[Doubt]:
    """An outsourced option that nobody steers.

    Somebody has to manage the contract, watch quality, settle invoices and carry requests from one company to the
    other. Without governance and without a retained team the option is compared as if the provider ran by itself.
    """
    for name, _, option in subject.options:
        providers = {leg.provider or option.provider for leg in option.parts.values()}
        steered = any(p and subject.scenario.providers[p].governance for p in providers)
        if not (steered or option.governance or (option.retained and option.retained.teams)):
            yield doubt(f"{name} has neither governance nor a retained team", option.written.at)


def _live(place: Place) -> float:
    """The month in which the work of a leg goes live."""
    transition = place.leg.transition
    return transition.start.figure + transition.months.figure


@rule(
    "BPO102", "warning",
    source="A transition takes 3 to 12 months in which nothing is saved (CIO, 2003)",
    cure="add transition: {start: 2, months: 5, ramp: 3, costs: …}",
    at=MANILA,
    bad="{location: PH, price: 2_400, per: fte_month, governance: {rate: 6%}}",
    good="""
    location: PH
    price: 2_400
    per: fte_month
    governance: {rate: 6%}
    transition: {start: 2, months: 5, ramp: 3, costs: {transfer: {amount: 330_000, spread: true}}}
    """,
)  # fmt: skip
def no_transition(subject: Subject) -> Iterator[Doubt]:
    """An outsourced option without a transition.

    Work does not change hands overnight: a provider is selected, knowledge is transferred, people are trained, and
    for a while both sides are paid. An option that says nothing of this is live, and cheaper, from the first day.
    """
    for place in subject.legs:
        if not place.leg.said("transition"):
            yield doubt(f"{place.name} goes live in month 1 without a transition", place.leg.written.at)


@rule(
    "BPO103", "warning",
    source="A transition takes 3 to 12 months in which nothing is saved (CIO, 2003)",
    cure="write how long the transition takes: months: 5",
    at=f"{MANILA}.transition",
    bad="costs: {transfer: {amount: 330_000, at: signature}}",
    good="{start: 2, months: 5, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def saves_at_once(subject: Subject) -> Iterator[Doubt]:
    """Savings from month 1.

    The option has a transition, but one that takes no time: all of the work is with the provider from month 1, and
    with it the saving. Every month by which the work really goes live later has to be taken off again.
    """
    for place in subject.legs:
        if place.leg.said("transition") and _live(place) <= 1:
            origin = place.leg.transition.origin("months", "start")
            yield doubt(f"{place.name} goes live in month 1: its transition takes no time", origin)


@rule(
    "BPO104", "warning",
    source="Knowledge transfer alone is put at 10 to 15 % of the contract's value (Knowledgelib)",
    cure="add what the move costs: costs: {transfer: {amount: …, spread: true}}",
    at=f"{MANILA}.transition",
    bad="{start: 2, months: 5, ramp: 3}",
    good="{start: 2, months: 5, ramp: 3, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def free_transition(subject: Subject) -> Iterator[Doubt]:
    """A transition that costs nothing.

    The move takes months and has no cost of its own: no selection, no legal work, no knowledge transfer, no travel,
    no set-up. These one-off costs decide when an option has paid for itself.
    """
    for place in subject.legs:
        leg = place.leg
        once = any(cost.is_once or cost.category == "transition" for _, cost in costs_of(place.option))
        if leg.said("transition") and not leg.transition.costs and not once:
            yield doubt(f"the transition of {place.name} costs nothing", leg.transition.written.at)


@rule(
    "BPO105", "note",
    cure="write severance: {weeks: 8} in-house, or {weeks: 0} where nobody has a claim",
    at="functions.care.in_house",
    bad="{location: US, paid_hours: 2_080, teams: {agents: {fte: 40, salary: 40_000, wage_growth: 3%}}}",
    good="""
    location: US
    paid_hours: 2_080
    teams: {agents: {fte: 40, salary: 40_000, wage_growth: 3%}}
    severance: {weeks: 8}
    """,
)  # fmt: skip
def no_severance(subject: Subject) -> Iterator[Doubt]:
    """People become free and nothing is said of severance.

    When the work goes, its people go, are redeployed or go over to the provider. What that costs is a matter of law
    and contract; to say nothing counts as nothing.
    """
    for name, function, option in subject.options:
        people = any(team.avoidable.figure > 0 for team in function.in_house.teams.values())
        moves = [option.transition, *(leg.transition for leg in option.parts.values())]
        said = function.in_house.severance or any(move.severance for move in moves)
        if people and not said and not any(called(key, cost.title, SEVERANCE) for key, cost in costs_of(option)):
            yield doubt(f"{name} frees people, and nothing is said of severance", option.written.at)


@rule(
    "BPO106", "warning",
    cure="add exit: {at_end: …}, with 0 where leaving is free, or contract: {months: …, then: …}",
    at=MANILA,
    bad="{location: PH, price: 2_400, per: fte_month, governance: {rate: 6%}, transition: {start: 2, months: 5}}",
    good="""
    location: PH
    price: 2_400
    per: fte_month
    governance: {rate: 6%}
    transition: {start: 2, months: 5}
    exit: {at_end: 150_000, early: {1: 400_000, 13: 250_000}}
    """,
)  # fmt: skip
def no_exit(subject: Subject) -> Iterator[Doubt]:
    """An outsourced option without an exit.

    Every contract ends, and someone pays for the way back or on to the next provider: knowledge is transferred again,
    data handed over, termination charges fall due. An option that never ends hides what dependency costs.
    """
    for name, _, option in subject.options:
        comes_back = option.contract is not None and option.contract.then == "in_house"
        if option.exit is None and not comes_back:
            yield doubt(f"{name} has no exit", option.written.at)


@rule(
    "BPO107", "note",
    source="19 of 20 audited contracts cost more after award (US General Accounting Office, NSIAD-85-49)",
    cure="add costs: {changes: {rate: 3%, of: fees, category: change}}",
    at=f"{MANILA}.costs",
    bad="{}",
    good="changes: {title: Change requests, rate: 3%, of: fees, category: change}",
)  # fmt: skip
def no_changes(subject: Subject) -> Iterator[Doubt]:
    """A long contract without change requests.

    What the company needs changes within the years of a contract, and a change is paid for. A price that is taken to
    cover all of it is the price of the tender, not that of the contract.
    """
    if subject.months > LONG:
        bare = [
            (name, option.written.at)
            for name, _, option in subject.options
            if not any(c.category == "change" or called(key, c.title, "change") for key, c in costs_of(option))
        ]
        yield from together(bare, f"{subject.months} months without a change request")


@rule(
    "BPO108", "note",
    source="0.1 points more errors at 300 USD cancel a 30 % labor saving on a document of 1 USD (BeyondCore, 2006)",
    cure="add quality: {error_rate: …, cost_per_error: …} on both sides",
    at="functions.care",
    bad="""
    process: customer_support
    in_house: {location: US, costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}}
    options: {manila: {location: PH, price: 60_000, per: month}}
    """,
    good="""
    process: customer_support
    demand: {volume: 42_000, unit: contact}
    in_house:
      location: US
      costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}
      quality: {error_rate: 3%, cost_per_error: 11}
    options: {manila: {location: PH, price: 60_000, per: month, quality: {error_rate: 4%}}}
    """,
)  # fmt: skip
def no_quality(subject: Subject) -> Iterator[Doubt]:
    """Quality left out where customers notice it.

    A function that customers deal with is compared by cost alone. Few errors more or less can weigh as much as the
    whole difference in wages.
    """
    front = [key for key, f in subject.outsourced.items() if f.side == "front office" and not f.in_house.quality]
    bare = [(key, subject.outsourced[key].written.at) for key in front]
    yield from together(bare, "compared without the quality of either side")


@rule(
    "BPO109", "note",
    source="In six published hospital cases the risk lines alone turned the ranking (British Medical Journal)",
    cure="add risks: {outage: {probability: …, impact: …}} on both sides, or risks: {} in-house for none",
    at="functions.care",
    bad="""
    in_house: {location: US, costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}}
    options: {manila: {location: PH, price: 60_000, per: month}}
    """,
    good="""
    in_house:
      location: US
      costs: {centre: {amount: 900_000, per: year, avoidable: 70%}}
      risks: {outage: {probability: 4%, impact: 700_000}}
    options: {manila: {location: PH, price: 60_000, per: month, risks: same}}
    """,
)  # fmt: skip
def no_risks(subject: Subject) -> Iterator[Doubt]:
    """A comparison without risks.

    Neither side says what may go wrong. The risks that move from one side to the other, or that a contract leaves
    with the buyer, are part of the price.
    """
    bare = [(k, f.written.at) for k, f in subject.outsourced.items() if "risks" not in f.in_house.written]
    yield from together(bare, "compared without the risks of either side")
