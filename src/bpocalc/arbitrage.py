"""Labor arbitrage: what of the change in the cost of work is another rate of labor, and what other productivity.

Rate first: labor rate = H · (c' − c), productivity = (H' − H) · c', with H hours or full-time equivalents for the same
work and c what one costs, all included; ' is the option. So the two add up to what the work costs more or less. Where a
provider charges by the unit its hours are not known, and nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bpocalc.bridge import IN_HOUSE, PRICE, WORK_MOVED, Bridges, Step
from bpocalc.model.book import Book, Lines, line
from bpocalc.model.pricing import billed_fte, billed_hours
from bpocalc.model.run import Ways
from bpocalc.quantity import Quantity, ratio, sum_of
from bpocalc.scenario.charges import AnyCharge
from bpocalc.scenario.gain_share import GainShare
from bpocalc.scenario.option import Outsourced
from bpocalc.scenario.pricing import Blended, CostPlus, Fixed, PerFte, PerHour
from bpocalc.timeline import MONTHS

PERSONNEL = "personnel"
TITLES = {"labor_rate": "labor rate", "productivity": "productivity", "other_charges": "other charges"}


@line("FTE")
def labor_moved(teams: Sequence[tuple[Quantity, Quantity]]) -> Quantity:
    """In-house full-time equivalents of the work moved."""
    return sum_of(heads - staying for heads, staying in teams)


@line("hours/month")
def hours_moved(teams: Sequence[tuple[Quantity, Quantity, Quantity]]) -> Quantity:
    """In-house paid hours of the work moved."""
    return sum_of((heads - staying) * paid_hours / MONTHS for heads, staying, paid_hours in teams)


@line("FTE")
def provider_labor(billed: Sequence[Quantity]) -> Quantity:
    """Full-time equivalents that the providers put to work or bill."""
    return sum_of(billed)


@line("hours/month")
def provider_hours(billed: Sequence[Quantity]) -> Quantity:
    """Hours that the providers bill."""
    return sum_of(billed)


@line("$/month")
def charged_for_labor(charges: Sequence[Quantity]) -> Quantity:
    """What the providers charge for labor."""
    return sum_of(charges)


@line("$/month")
def at_other_rate(cost: Quantity, before: Quantity, after: Quantity) -> Quantity:
    """What the labor of before would cost at the rate of after."""
    return cost * ratio(before, after, 0)


@line("$/month")
def labor_rate(at_other_rate: Quantity, before: Quantity) -> Quantity:
    """Labor rate: what the same labor costs more or less at the option's rate."""
    return at_other_rate - before


@line("$/month")
def productivity(after: Quantity, at_other_rate: Quantity) -> Quantity:
    """Productivity: what more or less labor for the same work costs at the option's rate."""
    return after - at_other_rate


@line("$/month")
def other_charges(price: Quantity, for_labor: Quantity) -> Quantity:
    """What the providers charge beside labor: fixed fees and gain shares."""
    return price - for_labor


class Work(NamedTuple):
    """The same work before and after: its labor, and what that costs, nominal and discounted."""

    before: Quantity
    after: Quantity
    before_cost: Sequence[Quantity]
    after_cost: Sequence[Quantity]


def complete(bridges: Bridges) -> None:
    """Put the steps of all results into the book, and what of them is rate and productivity."""
    bridges.complete()
    for function, results in bridges.streams.items():
        for option in results:
            parts(bridges, function, option)


def parts(bridges: Bridges, function: str, option: str) -> list[Step]:
    """What of the bridge from in-house to an option is labor rate and what productivity; empty where none can tell.

    Of an outsourced option they add up to work moved and price, of an improved one to personnel.
    """
    address = f"{function}.{option}"
    if address not in bridges.parts:
        ways = bridges.run.functions.get(function)
        told = ways is not None and bridges.baselines[function] == IN_HOUSE and option != IN_HOUSE
        bridges.parts[address] = _parts(bridges, ways, function, option) if ways and told else []
    return bridges.parts[address]


def _parts(bridges: Bridges, ways: Ways, function: str, option: str) -> list[Step]:
    """The parts of one option, put into the book."""
    book = bridges.run.book
    lines = book.lines(f"{function}.{option}")
    outsourced = ways.function.options[option]
    if not isinstance(outsourced, Outsourced):
        work = _at_home(bridges, ways, function, option)
        return _put(work, [], lines) if work else []
    steps = {one.cause: one for one in bridges.steps(function, option)}
    charges = _by_labor(outsourced, f"{function}.{option}")
    if charges is None or WORK_MOVED not in steps or PRICE not in steps:
        return []
    names, by_hour = charges
    before = _moved(ways, book, lines, by_hour=by_hour)
    if before is None:
        return []
    billed = [q for name, charge in names.items() for q in _billed(name, charge, book)]
    within = lines.within("bridge_parts")
    after = within.driver(provider_hours if by_hour else provider_labor, billed)
    entries = [book.entries[name] for name in names]
    factor = bridges.discounter.factor(entries[0].instant)
    charged = within.driver(charged_for_labor, [entry.quantity for entry in entries])
    moved, price = steps[WORK_MOVED], steps[PRICE]
    worth = [0 - moved.nominal, 0 - moved.discounted]
    others = _charges(outsourced, f"{function}.{option}").keys() != names.keys()
    rest = [price.nominal, price.discounted] if others else []
    return _put(Work(before, after, worth, [charged, charged * factor]), rest, lines)


def _put(work: Work, price: Sequence[Quantity], lines: Lines) -> list[Step]:
    """Rate and productivity, and what the price is beside that, put into the book; nominal and discounted."""
    made: dict[str, list[Quantity]] = {}
    for word, which in (("bridge_parts", 0), ("bridge_parts_discounted", 1)):
        within, before, after = lines.within(word), work.before_cost[which], work.after_cost[which]
        other = within.driver(at_other_rate, after, work.before, work.after)
        made.setdefault("labor_rate", []).append(within.driver(labor_rate, other, before))
        made.setdefault("productivity", []).append(within.driver(productivity, after, other))
        if price:
            made.setdefault("other_charges", []).append(within.driver(other_charges, price[which], after))
    return [Step(cause, TITLES[cause], *rows) for cause, rows in made.items()]


def _at_home(bridges: Bridges, ways: Ways, function: str, option: str) -> Work | None:
    """The people of an improved in-house side against those of today; None where one of them has none."""
    streams, people = bridges.streams[function], bridges.run.book.entries.get(f"{function}.{option}.improving.people")
    today, then = (streams[key].by_category.get(PERSONNEL) for key in (IN_HOUSE, option))
    if people is None or today is None or then is None:
        return None
    return Work(ways.full.people, people.quantity, today, then)


def _charges(option: Outsourced, address: str) -> dict[str, AnyCharge]:
    """All charges of an option by the address of their line."""
    return {
        f"{address}.{key}.charges.{name}" if key else f"{address}.charges.{name}": charge
        for key, leg in option.parts.items()
        for name, charge in leg.charges.items()
    }


def _by_labor(option: Outsourced, address: str) -> tuple[dict[str, AnyCharge], bool] | None:
    """The charges that are for labor, and whether by the hour; None where some are for units, or both ways occur."""
    found: dict[str, AnyCharge] = {}
    ways = set()
    for name, charge in _charges(option, address).items():
        if isinstance(charge, Fixed | GainShare):
            continue
        if not isinstance(charge, PerFte | PerHour | Blended | CostPlus):
            return None
        found[name] = charge
        ways.add(isinstance(charge, PerHour) or (isinstance(charge, Blended) and charge.per == "hour"))
    return (found, ways.pop()) if len(ways) == 1 else None


def _moved(ways: Ways, book: Book, lines: Lines, *, by_hour: bool) -> Quantity | None:
    """In-house labor of the work moved; None where there is none, or nobody says how many hours it is paid."""
    within, teams = lines.within("bridge_parts"), ways.full.side.teams
    pairs = [
        (heads, book.entries[f"{lines.prefix}.staying.headcount.{key}"].quantity)
        for key, heads in ways.full.heads.items()
    ]
    if not by_hour or not pairs:
        return within.driver(labor_moved, pairs) if pairs else None
    paid = [hours for key in ways.full.heads if (hours := teams[key].paid_hours) is not None]
    if len(paid) < len(pairs):
        return None
    return within.driver(hours_moved, [(*pair, hours) for pair, hours in zip(pairs, paid, strict=True)])


def _billed(address: str, charge: AnyCharge, book: Book) -> Iterator[Quantity]:
    """The full-time equivalents or hours that a charge is for."""
    prefix, _, name = address.rpartition(".charges.")
    if isinstance(charge, CostPlus):
        names = [f"{prefix}.provider.{name}.headcount.{team}" for team in charge.teams]
    else:
        word = billed_hours.name if f"{prefix}.{billed_hours.name}.{name}" in book.entries else billed_fte.name
        names = [f"{prefix}.{word}.{name}"]
    yield from (book.entries[each].quantity for each in names)
