"""Growth: by how much each kind of money grows until the last year, on both sides of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bpocalc.lints.subject import Subject, costs_of
from bpocalc.quantity import Quantity
from bpocalc.scenario.costs import Cost
from bpocalc.scenario.labor import Team
from bpocalc.scenario.option import InHouse
from bpocalc.scenario.pricing import Charge, CostPlus, Indexation
from bpocalc.timeline import MONTHS


class Grown(NamedTuple):
    """A line of money, what it grows by, and what it is worth in the last year against month 1."""

    side: str
    line: str
    by: str
    factor: float


def _in_year(rate: Quantity, year: int) -> float:
    return rate.value[(year - 1) * MONTHS] if isinstance(rate.value, tuple) else rate.value


def factor(rate: Quantity, years: int) -> float:
    """What something is worth in the last year against month 1, if it grows at each contract anniversary."""
    out = 1.0
    for year in range(2, years + 1):
        out *= 1 + _in_year(rate, year)
    return out


def indexed(index: Indexation, years: int) -> float:
    """The same of a price that follows an index: so much of it is passed on, up to a cap, from a year on."""
    cap = 1 if index.cap is None else index.cap.figure
    out = 1.0
    for year in range(2, years + 1):
        if year >= index.first_year.figure:
            out *= 1 + min(cap, index.passed_on.figure * _in_year(index.rate, year))
    return out


def growth(subject: Subject) -> Iterator[Grown]:
    """Every line that is paid again and again, in-house first, then option by option."""
    for key, function in subject.scenario.functions.items():
        side = f"{key}.in_house"
        yield from _pay(side, function.in_house.teams, subject)
        yield from _seats(side, function.in_house, subject)
        yield from _costs(side, function.in_house.costs, subject)
        for option in (one for one in subject.options if one.function is function):
            for place in (place for place in subject.legs if place.option is option.option):
                for name, charge in place.leg.charges.items():
                    if isinstance(charge, Charge) and not isinstance(charge, CostPlus):
                        yield _price(place.name, name, charge, subject)
            if option.option.retained:
                yield from _pay(option.name, option.option.retained.teams, subject)
            yield from _costs(option.name, dict(costs_of(option.option)), subject)


def _pay(side: str, teams: Mapping[str, Team], subject: Subject) -> Iterator[Grown]:
    for name, team in teams.items():
        yield Grown(side, f"pay of {name}", "wage growth", factor(team.wage_growth, subject.loaded.clock.years))


def _seats(side: str, in_house: InHouse, subject: Subject) -> Iterator[Grown]:
    workplace = in_house.workplace
    seats = {"facilities": workplace.facilities, "technology": workplace.technology} if workplace else {}
    for name, seat in seats.items():
        if seat is not None:
            yield _own(side, name, seat.growth, subject)


def _costs(side: str, costs: Mapping[str, Cost], subject: Subject) -> Iterator[Grown]:
    """Cost lines; a rate follows what it is of, and what is paid once does not grow."""
    for name, cost in costs.items():
        if cost.amount is not None and not cost.is_once:
            yield _own(side, name, cost.growth, subject)


def _own(side: str, name: str, rate: Quantity | None, subject: Subject) -> Grown:
    years = subject.loaded.clock.years
    if rate is not None:
        return Grown(side, name, "its own growth", factor(rate, years))
    return Grown(side, name, "inflation", factor(subject.scenario.inflation, years))


def _price(side: str, name: str, charge: Charge, subject: Subject) -> Grown:
    years = subject.loaded.clock.years
    price = indexed(charge.indexation, years) if charge.indexation else 1.0
    words = ["indexation"] if charge.indexation else []
    for stated in (getattr(charge, field, None) for field in ("price", "amount")):
        if isinstance(stated, Quantity) and isinstance(stated.value, tuple) and stated.value[0]:
            words.insert(0, "yearly steps")
            price *= stated.value[-1] / stated.value[0]
    if charge.productivity is not None:
        words.append("productivity")
        for year in range(1, years + 1):
            price *= 1 - _in_year(charge.productivity, year)
    return Grown(side, f"price of {name}", " and ".join(words) or "nothing", price)
