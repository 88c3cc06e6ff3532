"""Contract: how long the provider works, when people in-house are built up again, and the years of its prices."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.model.book import Lines, line
from bpocalc.quantity import Quantity, at_least, round_up
from bpocalc.scenario.contract import Contract
from bpocalc.timeline import MONTHS, Clock


class Term(NamedTuple):
    """The term of a contract, as the rest of an option needs it."""

    years: Quantity
    """The year of the contract, in which its prices are."""
    renewal: Quantity | None = None
    """What prices are multiplied by once it is renewed; None where it is not."""
    last: Quantity | None = None
    """The month with which the provider's work ends; None where it goes on."""
    runs: Quantity | None = None
    """1 as long as the provider works."""
    free: Quantity | None = None
    """1 as long as the people in-house can be free of the work."""


@line("year")
def price_year(start: Quantity, clock: Clock) -> Quantity:
    """Year of the contract, counted from its first month; 1 before it."""
    return at_least(round_up((clock.month - start + 1) / MONTHS), 1)


@line("month")
def last_month(contract: Contract) -> Quantity:
    """Last month of the contract."""
    assert contract.months is not None
    return contract.months if contract.start is None else contract.start + contract.months - 1


@line("factor")
def renewed(contract: Contract, last: Quantity, clock: Clock) -> Quantity:
    """What prices are multiplied by: 1 + renewal once the contract is renewed."""
    return 1 + contract.renewal * clock.from_month(last + 1)


@line("share")
def runs(last: Quantity, clock: Clock) -> Quantity:
    """1 as long as the contract runs."""
    return clock.until_month(last)


@line("share")
def free(last: Quantity, contract: Contract, clock: Clock) -> Quantity:
    """1 until the people in-house are built up again: so many months before the end of the contract."""
    return clock.until_month(last - contract.rebuild)


def term_of(contract: Contract | None, lines: Lines) -> Term:
    """The term of a contract, put into the book; without one it has no end, and its years are the scenario's."""
    clock = lines.clock
    if contract is None:
        return Term(clock.year)
    within = lines.within("contract")
    years = clock.year if contract.start is None else within.driver(price_year, contract.start, clock)
    if contract.months is None:
        return Term(years)
    last = within.figure(last_month, contract)
    if contract.then == "renew":
        return Term(years, within.driver(renewed, contract, last, clock))
    return Term(years, None, last, within.driver(runs, last, clock), within.driver(free, last, contract, clock))
