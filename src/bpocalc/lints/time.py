"""Time and money: terms, rates and flows that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.about import Input
from bpocalc.lints.rule import Doubt, doubt, rule
from bpocalc.lints.subject import Subject, called, costs_of, last, percent
from bpocalc.scenario.costs import Cost

MANILA = "functions.care.options.manila"
SHORTEST, LONGEST = 3, 12
"""Months that a transition usually takes."""


@rule(
    "BPO121", "warning",
    cure="say by how much prices change when it is renewed: renewal: 5%, or 0% if they stay",
    at=f"{MANILA}.contract",
    bad="{months: 24, then: renew}",
    good="{months: 24, then: renew, renewal: 5%}",
)  # fmt: skip
def beyond_the_contract(subject: Subject) -> Iterator[Doubt]:
    """A horizon that is longer than the contract.

    After the contract has ended the provider is free to ask for another price, and knows what it would cost to leave.
    The scenario goes on at the old one and does not say why.
    """
    for name, _, option in subject.options:
        contract = option.contract
        if contract is None or contract.months is None or contract.then != "renew" or contract.said("renewal"):
            continue
        ends = (1 if contract.start is None else contract.start.figure) + contract.months.figure - 1
        if ends < subject.months:
            said = f"the contract of {name} ends in month {ends:g} of {subject.months} and is renewed at the old prices"
            yield doubt(said, contract.origin("months"), value=True)


@rule(
    "BPO122", "warning",
    source="Nominal flows go with nominal rates, constant-dollar flows with real ones (US OMB Circular A-94)",
    cure="give the nominal rate: (1 + real rate) × (1 + inflation) − 1",
    at="discount_rate",
    bad="{value: 2%, source: real rate of the treasury, as_of: 2026-09}",
    good="{value: 4.6%, source: nominal rate of the treasury, as_of: 2026-09}",
)  # fmt: skip
def real_rate(subject: Subject) -> Iterator[Doubt]:
    """Nominal flows with a real rate.

    All money of a scenario is nominal: it grows with wages, prices and inflation. Discounted at a rate from which
    inflation has been taken off, the far years weigh too much, and with them the saving. A rate that is not above
    inflation, or that its own source calls real, is such a rate.
    """
    rate, inflation = subject.scenario.discount_rate.rate, last(subject.scenario.inflation)
    about = rate.about.source if isinstance(rate.about, Input) else None
    called_real = about is not None and called("", f"{about.text} {about.note}", r"\breal\b")
    if inflation > 0 and rate.figure > 0 and (called_real or rate.figure <= inflation):
        why = "is called a real one" if called_real else f"is not above the inflation of {percent(inflation)}"
        said = f"money is nominal, and the discount rate of {percent(rate.figure)} {why}"
        yield doubt(said, subject.scenario.origin("discount_rate"))


@rule(
    "BPO123", "note",
    source="A transition takes 3 to 12 months in which nothing is saved (CIO, 2003)",
    cure="look at how long comparable moves took",
    at=f"{MANILA}.transition",
    bad="{start: 2, months: 1, costs: {transfer: {amount: 330_000, at: signature}}}",
    good="{start: 2, months: 5, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def odd_transition(subject: Subject) -> Iterator[Doubt]:
    """A transition that is unusually short or long.

    Less than 3 months or more than 12: in the one a good deal has been forgotten, in the other the saving begins
    late.
    """
    for place in subject.legs:
        months = place.leg.transition.months.figure
        if months > 0 and not SHORTEST <= months <= LONGEST:
            word = "short" if months < SHORTEST else "long"
            said = f"the transition of {place.name} is unusually {word}: {months:g} month{'' if months == 1 else 's'}"
            yield doubt(said, place.leg.transition.origin("months"), value=True)


def _lines(subject: Subject) -> Iterator[tuple[str, Cost]]:
    """All cost lines, in-house and added."""
    for key, function in subject.scenario.functions.items():
        yield from ((f"{key}.in_house.{name}", cost) for name, cost in function.in_house.costs.items())
    yield from ((name, cost) for _, name, cost in subject.added_costs)


def _key(name: str) -> str:
    return name.rpartition(".")[2]


@rule(
    "BPO124", "warning",
    cure="leave it out, or write avoidable: 0%, and state what the equipment fetches as a line of its own",
    at="functions.care.in_house.costs",
    bad="depreciation: {title: Depreciation of equipment, amount: 24_000, per: year, avoidable: 100%}",
    good="depreciation: {title: Depreciation of equipment, amount: 24_000, per: year, avoidable: 0%}",
)  # fmt: skip
def depreciation(subject: Subject) -> Iterator[Doubt]:
    """Depreciation among cash flows.

    What was paid for equipment is paid, whoever does the work: depreciation is no cash, and discounting it as if it
    were counts the purchase a second time. What can be saved is the next purchase.
    """
    for name, cost in _lines(subject):
        going = cost.avoidable is None or cost.avoidable.figure > 0
        if subject.discount > 0 and going and called(_key(name), cost.title, r"depreciat|amorti[sz]"):
            yield doubt(f"{name} is depreciation, which is no cash, and would be saved", cost.written.at)


@rule(
    "BPO125", "warning",
    cure="write the money out and back as two lines paid once, or compare at a discount rate of 0%",
    at="functions.care.in_house.costs",
    bad="capital: {title: Interest on working capital, amount: 9_000, per: year, avoidable: 100%}",
    good="tools: {title: Tools, amount: 9_000, per: year, avoidable: 100%}",
)  # fmt: skip
def capital_charge(subject: Subject) -> Iterator[Doubt]:
    """A charge for capital beside a discount rate.

    Discounting is the charge for capital. A yearly line for interest on working capital, or for the cost of capital,
    counts it once more.
    """
    for name, cost in _lines(subject):
        words = r"working capital|cost of capital|interest|capital charge"
        if subject.discount > 0 and not cost.is_once and called(_key(name), cost.title, words):
            yield doubt(f"{name} charges for capital, and so does the discount rate", cost.written.at)


@rule(
    "BPO126", "warning",
    cure="keep one of the two: the parallel run, or the dip",
    at=f"{MANILA}.transition",
    bad="{start: 2, months: 5, parallel: 2, costs: {dip: {title: Productivity dip, amount: 90_000, at: go_live}}}",
    good="{start: 2, months: 5, parallel: 2, costs: {transfer: {amount: 330_000, spread: true}}}",
)  # fmt: skip
def dip_and_parallel(subject: Subject) -> Iterator[Doubt]:
    """A productivity dip together with a parallel run.

    While people in-house still do what the provider already does, the work is done twice and nothing is lost by the
    provider's slow start; a line for lost productivity counts the same weeks again.
    """
    for place in subject.legs:
        transition = place.leg.transition
        words = r"\bdip\b|productivity loss|lost productivity"
        dips = [cost for key, cost in costs_of(place.option) if called(key, cost.title, words)]
        if transition.parallel.figure > 0 and dips:
            said = f"{place.name} has a parallel run of {transition.parallel.figure:g} months and a productivity dip"
            yield doubt(said, dips[0].written.at)
