"""Overhead: the general cost line, an amount for each period, unit or head, paid once, or a rate of other lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bpocalc.model.book import line
from bpocalc.quantity import ONE, Quantity, sum_of
from bpocalc.scenario.costs import Cost
from bpocalc.timeline import MONTHS, Clock, Instant, Month


class Base(NamedTuple):
    """What the amounts of a side multiply."""

    share: Quantity | None
    """Share of the work that amounts a month or a year, and once-only ones, follow; None for all of it."""
    units: Quantity | None
    people: Quantity


class Anchors(NamedTuple):
    """Months of the events on which one-off items hang."""

    transition: Quantity
    months: Quantity
    go_live: Quantity
    ramped: Quantity


@line("$/month", "other")
def amount_line(cost: Cost, base: Base, growth: Quantity, clock: Clock) -> Quantity:
    """An amount for each month, year, unit, full-time equivalent or seat, in the months in which it holds.

    A yearly amount is paid in twelfths, or at the start or end of the contract year for its months in that year.
    """
    assert cost.amount is not None
    if cost.per == "year" and cost.paid != "monthly":
        when = clock.opening if cost.paid == "start" else clock.closing
        months = clock.months_of_year(cost.from_month, cost.until)
        return _part(cost.amount * months / MONTHS * when, base.share) * growth
    if cost.per == "unit":
        assert base.units is not None
        flow = cost.amount * base.units
    elif cost.per in ("fte", "seat"):
        flow = cost.amount * base.people
    else:
        flow = _part(cost.amount / MONTHS if cost.per == "year" else cost.amount, base.share)
    return _within(cost, flow * growth, clock)


def _part(flow: Quantity, share: Quantity | None) -> Quantity:
    return flow if share is None else flow * share


@line("$/month")
def rate_base(lines: Iterable[Quantity]) -> Quantity:
    """What a rate is of."""
    return sum_of(lines)


@line("$/month", "other")
def rate_line(cost: Cost, of: Quantity, clock: Clock) -> Quantity:
    """A rate of other lines, in the months in which it holds."""
    assert cost.rate is not None
    return _within(cost, cost.rate * of, clock)


def words_of(of: str | list[str] | None) -> list[str]:
    """The words that a rate is of, as a list."""
    return [of] if isinstance(of, str) else list(of or ())


def _within(cost: Cost, flow: Quantity, clock: Clock) -> Quantity:
    if cost.from_month is not None:
        flow = flow * clock.from_month(cost.from_month)
    if cost.until is not None:
        flow = flow * clock.until_month(cost.until)
    return flow


@line("$/month", "transition")
def once_line(cost: Cost, clock: Clock, anchors: Anchors | None, share: Quantity | None) -> Quantity:
    """An amount paid once, or spread over the months of the transition; it does not grow."""
    assert cost.amount is not None
    if cost.spread and anchors is not None:
        return cost.amount * clock.over(anchors.transition, anchors.months)
    return _part(cost.amount * clock.in_month(_month(cost, clock, anchors)), share)


def _month(cost: Cost, clock: Clock, anchors: Anchors | None) -> Quantity:
    """The month in which a one-off item is paid."""
    if cost.month is not None:
        at = cost.month
    elif cost.date is not None:
        month = Month.parse(cost.date)
        assert month is not None
        at = clock.month_of(month)
    elif cost.at == "signature" or anchors is None:
        at = clock.last if cost.at == "end" else ONE
    elif cost.at == "end":
        at = clock.last
    else:
        at = getattr(anchors, cost.at or "transition")
    return at if "after" not in cost.written and cost.after.figure == 0 else at + cost.after


def instant_of(cost: Cost) -> Instant | None:
    """The instant at which a cost is paid, where it is not the scenario's own: at signature, or a year in advance."""
    early = cost.at == "signature" or (cost.per == "year" and cost.paid == "start")
    return "start" if early else ("end" if cost.per == "year" and cost.paid == "end" else None)


@line("$/month")
def kept(full: Quantity, freed: Quantity, avoidable: Quantity) -> Quantity:
    """What of a line stays: full − avoidable · (full − the same line for the work that stays)."""
    return full - avoidable * (full - freed)
