"""Streams: the cost of an option by category, nominal and discounted, and the parts that the results need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from bpocalc.model.book import Book, Entry, Lines, line
from bpocalc.model.option import Outcome
from bpocalc.quantity import ZERO, Quantity, at_most, sum_of
from bpocalc.scenario.scenario import Discounting
from bpocalc.timeline import Clock, Instant

CATEGORIES = (
    "personnel",
    "workplace",
    "other",
    "fees",
    "retained",
    "governance",
    "transition",
    "security",
    "change",
    "quality",
    "risk",
    "communication",
    "exit",
)
"""The usual order of categories in reports; others follow in the order in which they are met."""
EXIT = "exit"
RISK = "risk"
"""The category with and without which results are shown."""


@line("factor")
def discount_factor(part: Discounting, instant: Instant, clock: Clock) -> Quantity:
    """What money at that instant of each month is worth at the start of the scenario."""
    return clock.factor(part.rate, instant, part.compounding)


class Discounter:
    """The discount factors of a scenario, put into the book as they are needed."""

    def __init__(self, part: Discounting, book: Book) -> None:
        self.part = part
        self.lines = book.lines("scenario")
        self.made: dict[Instant, Quantity] = {}

    def factor(self, instant: Instant | None) -> Quantity:
        """The factors of an instant; None for the scenario's own timing."""
        at = instant or self.part.timing
        if at not in self.made:
            self.made[at] = self.lines.driver(discount_factor, self.part, at, self.lines.clock, of=at)
        return self.made[at]


class Stream(NamedTuple):
    """The cost of an option, or of several together, by month."""

    cost: Quantity
    discounted: Quantity
    by_category: dict[str, tuple[Quantity, Quantity]]
    """Cost and discounted cost of each category."""
    run: Quantity
    """Run cost without dual running."""
    once: Quantity
    dual_running: Quantity
    to_be_removed: Quantity
    soft: Quantity
    """Soft lines, whether or not they are counted in the cost."""
    at_full: Quantity | None
    lines: tuple[tuple[str, Entry, Quantity], ...] = ()
    """Each cost line by its address, with the discount factors of its instant."""
    exit: Quantity = ZERO
    """The part of the one-off cost that is paid for leaving; static payback goes without it."""
    deferred: Quantity = ZERO
    """What payment terms move from month to month: part of the cost, and neither run cost nor one-off."""
    last: Quantity | None = None
    """The month with which the work of an option comes back, the first one of several; None where it stays away."""


@line("$/month")
def category(lines: Sequence[Quantity]) -> Quantity:
    """Cost of a category."""
    return sum_of(lines)


@line("$/month")
def category_discounted(lines: Sequence[tuple[Quantity, Quantity]], category: Quantity) -> Quantity:
    """Present value of a category: what is paid at each instant of the month times the discount factor of that."""
    factors = {id(factor): factor for _, factor in lines}
    if len(factors) == 1:
        return category * lines[0][1]
    return sum_of(sum_of(line for line, factor in lines if factor is at) * at for at in factors.values())


@line("$/month")
def all_discounted(parts: Sequence[Quantity]) -> Quantity:
    """Present value of a category in all functions."""
    return sum_of(parts)


@line("$/month")
def cost(categories: Sequence[Quantity]) -> Quantity:
    """Cost of all categories."""
    return sum_of(categories)


@line("$/month")
def cost_discounted(categories: Sequence[Quantity]) -> Quantity:
    """Present value of all categories."""
    return sum_of(categories)


@line("$/month")
def once_cost(lines: Sequence[Quantity]) -> Quantity:
    """One-off cost."""
    return sum_of(lines)


@line("$/month")
def exit_cost(lines: Sequence[Quantity]) -> Quantity:
    """One-off cost of leaving."""
    return sum_of(lines)


@line("$/month")
def run_cost(cost: Quantity, once: Quantity, dual_running: Quantity, deferred: Quantity) -> Quantity:
    """Run cost: all but one-off items and dual running."""
    run = cost - once - dual_running
    return run - deferred if deferred.is_row else run


@line("$/month")
def soft_cost(lines: Sequence[Quantity]) -> Quantity:
    """Soft lines; a benefit is negative."""
    return sum_of(lines)


def order(names: Sequence[str]) -> list[str]:
    """Categories in the order of reports."""
    known = [name for name in CATEGORIES if name in names]
    return known + [name for name in dict.fromkeys(names) if name not in CATEGORIES]


def stream_of(outcome: Outcome, lines: Lines, discounter: Discounter, *, soft: bool) -> Stream:
    """The stream of one option, its discounted lines and its sums put into the book."""
    entries = list(outcome.costs.items())
    counted = [(name, entry) for name, entry in entries if soft or not entry.soft]
    rows = [(name, entry, discounter.factor(entry.instant)) for name, entry in counted]
    by_category = {}
    for key in order([entry.category for _, entry, _ in rows]):
        mine = [(entry.quantity, factor) for _, entry, factor in rows if entry.category == key]
        nominal = lines.driver(category, [q for q, _ in mine], of=key)
        by_category[key] = (nominal, lines.driver(category_discounted, mine, nominal, of=key))
    once = [entry.quantity for _, entry in counted if entry.once]
    parts = [part for part in (outcome.split, outcome.soft_split if soft else None) if part is not None]
    dual, removable = [part.dual for part in parts], [part.removable for part in parts]
    if len(parts) > 1:
        within = lines.within("with_soft")
        dual = [within.driver(all_dual_running, dual, name="dual_running")]
        removable = [within.driver(all_to_be_removed, removable, name="to_be_removed")]
    return _stream(
        by_category, once, sum_of(dual), sum_of(removable), outcome.at_full, outcome.deferred, lines
    )._replace(
        soft=lines.driver(soft_cost, [entry.quantity for _, entry in entries if entry.soft]),
        lines=tuple(rows),
        last=outcome.last,
        exit=_exit([entry.quantity for _, entry in counted if entry.once and entry.category == EXIT], lines),
    )


def _exit(parts: Sequence[Quantity], lines: Lines) -> Quantity:
    """One-off cost of leaving, put into the book where there is any."""
    return lines.driver(exit_cost, parts) if parts else ZERO


def _stream(
    by_category: dict[str, tuple[Quantity, Quantity]],
    once: Sequence[Quantity],
    dual_running: Quantity,
    to_be_removed: Quantity,
    at_full: Quantity | None,
    deferred: Quantity,
    lines: Lines,
) -> Stream:
    total = lines.driver(cost, [q for q, _ in by_category.values()])
    worth = lines.driver(cost_discounted, [pv for _, pv in by_category.values()])
    one_off = lines.driver(once_cost, once)
    running = lines.driver(run_cost, total, one_off, dual_running, deferred)
    return Stream(
        total, worth, by_category, running, one_off, dual_running, to_be_removed, ZERO, at_full, deferred=deferred
    )


def together(parts: Sequence[Stream], bundle: Mapping[str, Entry], lines: Lines, discounter: Discounter) -> Stream:
    """Several streams added up, with the discounts that providers give on their joint spend."""
    names = order([name for part in parts for name in part.by_category])
    extra = [(name, entry, discounter.factor(entry.instant)) for name, entry in bundle.items()]
    by_category = {}
    for key in names:
        nominal = [part.by_category[key][0] for part in parts if key in part.by_category]
        worth = [part.by_category[key][1] for part in parts if key in part.by_category]
        nominal += [entry.quantity for _, entry, _ in extra if entry.category == key]
        worth += [entry.quantity * factor for _, entry, factor in extra if entry.category == key]
        by_category[key] = (
            lines.driver(category, nominal, of=key),
            lines.driver(all_discounted, worth, name="category_discounted", of=key),
        )
    full = [part.at_full for part in parts if part.at_full is not None]
    moved = [part.deferred for part in parts if part.deferred.is_row]
    stream = _stream(
        by_category,
        [*(part.once for part in parts), *(entry.quantity for _, entry, _ in extra if entry.once)],
        lines.driver(all_dual_running, [part.dual_running for part in parts], name="dual_running"),
        lines.driver(all_to_be_removed, [part.to_be_removed for part in parts], name="to_be_removed"),
        lines.driver(all_at_full, full) if full else None,
        lines.driver(all_deferred, moved) if moved else ZERO,
        lines,
    )
    leaving = _exit([part.exit for part in parts if part.exit.is_row], lines)
    soft = lines.driver(soft_cost, [part.soft for part in parts])
    lasts = [part.last for part in parts if part.last is not None]
    last = reduce(at_most, lasts) if lasts else None
    return stream._replace(soft=soft, lines=tuple(extra), exit=leaving, last=last)


@line("$/month")
def all_dual_running(parts: Sequence[Quantity]) -> Quantity:
    """Dual running of all functions."""
    return sum_of(parts)


@line("$/month")
def all_to_be_removed(parts: Sequence[Quantity]) -> Quantity:
    """Stranded cost of all functions that will still be removed."""
    return sum_of(parts)


@line("$/month")
def all_deferred(parts: Sequence[Quantity]) -> Quantity:
    """What payment terms move in all functions."""
    return sum_of(parts)


@line("share")
def all_at_full(parts: Sequence[Quantity]) -> Quantity:
    """1 in the months in which every option is fully in place."""
    out = parts[0]
    for part in parts[1:]:
        out = out * part
    return out
