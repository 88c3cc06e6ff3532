"""Unusual shares: figures far from what published experience says of them."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.lints.rule import Doubt, doubt, rule, together
from bpocalc.lints.subject import Subject, percent

MANILA = "functions.care.options.manila"
MOST, LEAST = 0.25, 0.06
"""Share of the fees that steering a provider takes at most, and that it takes without a retained team."""
TRANSFER = (0.01, 0.30)
"""From a tenth of the lower to twice the upper end of what is published of the one-off cost, as a share of the fees."""
FULL_YEAR = 1_900
"""Paid hours a year from which leave must be among them."""


@rule(
    "BPO161", "warning",
    source="Read: 6 to 10 % of the fees (CIO, 2003), 8 to 15 % (Knowledgelib, 2026), 0 to 25 % (Martin, 1993)",
    cure="look at what steering takes: people, audits, reports, invoices",
    at=MANILA,
    bad="{location: PH, price: 2_400, per: fte_month, governance: {rate: 1%}}",
    good="{location: PH, price: 2_400, per: fte_month, governance: {rate: 7%}}",
)  # fmt: skip
def odd_governance(subject: Subject) -> Iterator[Doubt]:
    """An unusual share for governance.

    More than 25 % of the fees, or less than 6 % where no team is kept that does the work.
    """
    for name, _, option in subject.options:
        governance = option.governance
        if governance is None or governance.rate is None or governance.of != "fees":
            continue
        rate = governance.rate.figure
        alone = not (governance.teams or governance.by_fte or (option.retained and option.retained.teams))
        if rate > MOST or (alone and rate < LEAST):
            said = f"governance of {name} is {percent(rate)} of the fees{', and no team is kept' if alone else ''}"
            yield doubt(said, governance.origin("rate"), value=True)


@rule(
    "BPO162", "note", computes=True,
    source="Knowledge transfer is put at 10 to 15 % of the contract's value (Knowledgelib)",
    cure="compare with what the last move cost",
    at=f"{MANILA}.transition",
    bad="{start: 2, months: 5, ramp: 3, costs: {transfer: {amount: 9_000, spread: true}}}",
    good="{start: 2, months: 5, ramp: 3, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def odd_transfer(subject: Subject) -> Iterator[Doubt]:
    """An unusual one-off cost of the move.

    Less than 1 % or more than 30 % of all fees, severance apart: a tenth of the lower and twice the upper end of what
    is published, which may mean the fees of a year or of all years. Judged only where a scenario is computed: with
    expectations, with --fail-if or with --compute.
    """
    for name, _, option in subject.options:
        function, _, key = name.partition(".")
        outcome = subject.comparison.run.functions[function].outcomes[key]
        fees = sum(outcome.fees.row) if outcome.fees is not None else 0.0
        moves = [entry for line, entry in outcome.costs.items() if "transition" in line.split(".")]
        move = sum(sum(entry.quantity.row) for entry in moves)
        if fees > 0 and not TRANSFER[0] <= move / fees <= TRANSFER[1]:
            yield doubt(f"the move to {name} costs {percent(move / fees)} of its fees", option.transition.written.at)


@rule(
    "BPO163", "warning",
    source="US federal practice counts 1,776 productive of 2,088 paid hours (A-76, page C-8, as cited by RAND)",
    cure="write shrinkage: 30%, all that is paid and not at work; or paid_hours without leave",
    at="functions.care.in_house.teams",
    bad="agents: {handling_time: 8 min, salary: 40_000, occupancy: 82%, wage_growth: 3%}",
    good="agents: {handling_time: 8 min, salary: 40_000, occupancy: 82%, wage_growth: 3%, shrinkage: 30%}",
)  # fmt: skip
def always_at_work(subject: Subject) -> Iterator[Doubt]:
    """People who are always at work.

    The headcount follows from a handling time and from a full year of paid hours, and nobody is ever on leave, ill or
    in training. Real people are at work for 85 % of the hours that are paid, or less, so that the in-house side is
    too small.
    """
    for key, function in subject.scenario.functions.items():
        for name, team in function.in_house.teams.items():
            hours = team.paid_hours if team.paid_hours is not None else function.in_house.paid_hours
            full = hours is not None and hours.figure >= FULL_YEAR
            timed = team.handling_time is not None or team.units_per_hour is not None
            if timed and full and team.shrinkage.figure == 0:
                yield doubt(f"{key}.in_house.{name} has no shrinkage: nobody is ever away", team.written.at)


@rule(
    "BPO164", "note",
    source="Full occupancy means a queue without end (Erlang)",
    cure="write occupancy: 82%, or erlang: … for a queue that answers in time",
    at="functions.care.in_house.teams",
    bad="agents: {handling_time: 8 min, salary: 40_000, shrinkage: 30%, wage_growth: 3%}",
    good="agents: {handling_time: 8 min, salary: 40_000, shrinkage: 30%, occupancy: 82%, wage_growth: 3%}",
)  # fmt: skip
def always_busy(subject: Subject) -> Iterator[Doubt]:
    """People who are busy every minute.

    In a front office work comes when customers want it: between two contacts people wait. A team without an occupancy
    handles one contact after the other.
    """
    for key, function in subject.scenario.functions.items():
        for name, team in function.in_house.teams.items():
            busy = team.handling_time is not None and team.erlang is None and team.occupancy.figure >= 1
            if busy and function.side == "front office":
                yield doubt(f"{key}.in_house.{name} has no occupancy: nobody ever waits for work", team.written.at)


@rule(
    "BPO165", "note",
    source="One or two hours of distance cost 11 % of synchronous communication (Chauvin, Choudhury & Fang, 2024)",
    cure="add communication: {synchronous: …, k: …, day: 8, overlap: …, hourly: …}",
    at=MANILA,
    bad="{location: PH, price: 2_400, per: fte_month}",
    good="""
    location: PH
    price: 2_400
    per: fte_month
    communication: {synchronous: 3%, k: 0.3, day: 8, overlap: 1, hourly: 45}
    """,
)  # fmt: skip
def free_distance(subject: Subject) -> Iterator[Doubt]:
    """Distance that costs nothing.

    The work goes to another clock or another language, and nobody loses an hour over it.
    """
    from bpocalc.scenario.places import places_of

    places = places_of(subject.scenario, subject.loaded.clock)
    far = [
        (place.name, place.leg.origin("location"))
        for place in subject.legs
        if place.leg.communication is None
        and places.delivery(place.function.in_house.location, place.leg) in ("nearshore", "offshore")
    ]
    yield from together(far, "far away, and communication costs nothing")
