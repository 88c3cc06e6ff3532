"""Spans: in which months a formula reads each of the things that it points at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import ceil, floor
from typing import NamedTuple

from bpocalc.about import Line
from bpocalc.quantity import Quantity
from bpocalc.words import Row, added

PATTERN = 7
"""Of the arguments of Erlang C so many are followed; the others are the shares of a day."""


class Span(NamedTuple):
    """A month, or several months of which the sum is meant; counted from 1, both ends within."""

    first: int
    last: int

    @property
    def is_month(self) -> bool:
        """Whether it is one month."""
        return self.first == self.last


Point = tuple[Quantity, Span | None]
"""A named quantity, and the span in which it is read; None for a figure."""


def month(number: int) -> Span:
    """The span of one month."""
    return Span(number, number)


def every_month(row: Quantity) -> Span:
    """The span of all months."""
    return Span(1, len(row.row))


def value(q: Quantity, span: Span | None) -> float:
    """A figure, or what a row comes to in a span."""
    if span is None or not q.is_row:
        return q.figure
    months = q.row[span.first - 1 : span.last]
    return months[0] if span.is_month else added(months)


def largest(row: Quantity, span: Span) -> int:
    """The first month of a span in which a row is farthest from zero, or has no value."""
    months = range(span.first, span.last + 1)
    return max(months, key=lambda m: (row.row[m - 1] != row.row[m - 1], abs(row.row[m - 1])))


def is_clock(q: Quantity) -> bool:
    """Whether it is a row that counts time: a line that was not computed."""
    return isinstance(q.about, Line) and not q.word


def points(q: Quantity, span: Span | None) -> Iterator[Point]:
    """The named things that the value of a formula in a span hangs on, each with the span in which it is read.

    Of a choice only the branch that was taken is followed; what only counts time is left out.
    """
    waiting = [q]
    while waiting:  # a formula may nest as deep as a price list has tiers
        here = waiting.pop()
        if here.about is not None:
            found: Iterable[Point] = [(here, span if here.is_row else None)]
        elif here.word in ACROSS:
            found = ACROSS[here.word](here, span)
        else:
            waiting.extend(reversed(_followed(here, span)))
            continue
        yield from (point for point in found if not is_clock(point[0]))


def _followed(q: Quantity, span: Span | None) -> tuple[Quantity, ...]:
    """The arguments of a word on which its value hangs."""
    if q.word == "where":
        condition, yes, no = q.args
        return condition, yes if value(condition, span) else no
    if q.word in ("pick", "series"):
        index, *items = q.args
        chosen = value(index, span)
        return (index, items[min(int(chosen), len(items)) - 1]) if chosen == chosen else (index,)
    if q.word == "ratio":
        a, b, otherwise = q.args
        return (a, b) if value(b, span) else (b, otherwise)
    if q.word == "erlang_c":
        return q.args[:PATTERN]
    return q.args[:1] if q.word == "spread" else q.args


def _end(row: Quantity) -> Span:
    """The last month of a row."""
    return month(len(row.row))


def _here(span: Span | None) -> int:
    """The month of a span; a word that looks at one month's past or year is never summed as it is."""
    assert span is not None
    assert span.is_month
    return span.first


def _previous(q: Quantity, span: Span | None) -> Iterator[Point]:
    row, first = q.args
    if (here := _here(span)) > 1:
        yield row, month(here - 1)
    else:
        yield from points(first, span)


def _delayed(q: Quantity, span: Span | None) -> Iterator[Point]:
    """The row in the month, or the two months, of which it is paid in this one."""
    row, _, by = q.args
    here, lag = _here(span), by.figure
    back = {here - floor(lag), here - ceil(lag)}
    yield from ((row, month(m)) for m in sorted(back) if m > 0)
    yield from points(by, None)


def _reached(row: Quantity, span: Span, measure: Callable[[Row], float]) -> Span:
    """The first month of a span in which a row has its smallest or largest value, or none."""
    months = range(span.first, span.last + 1)
    nowhere = next((m for m in months if row.row[m - 1] != row.row[m - 1]), None)
    best = measure(row.row[span.first - 1 : span.last])
    return month(nowhere or next(m for m in months if row.row[m - 1] == best))


def year_of(years: Quantity, here: int) -> Span:
    """The months of the contract year that a month lies in."""
    mine = [m for m, year in enumerate(years.row, 1) if year == years.row[here - 1]]
    return Span(mine[0], mine[-1])


def _in_year(q: Quantity) -> Iterator[Point]:
    row, years, year = q.args
    mine = [m for m, found in enumerate(years.row, 1) if found == year.figure]
    if mine:
        yield row, Span(mine[0], mine[-1])
    yield from points(year, None)


def rate_months(q: Quantity, here: int) -> list[int]:
    """The months in which a compounded rate is read up to a month: the first of each contract year that counts."""
    _, years, first = q.args
    starts = [m for m, year in enumerate(years.row[:here], 1) if m == 1 or year != years.row[m - 2]]
    return [m for m in starts if years.row[m - 1] >= value(first, month(m))]


def _compounded(q: Quantity, span: Span | None) -> Iterator[Point]:
    """The rate in those of its months in which it is another one, and the year it counts from."""
    rate, _, first = q.args
    seen: set[float] = set()
    for here in rate_months(q, _here(span)):
        if (found := rate.row[here - 1]) not in seen:
            seen.add(found)
            yield rate, month(here)
    yield from points(first, span)


ACROSS: dict[str, Callable[[Quantity, Span | None], Iterator[Point]]] = {
    "previous": _previous,
    "delayed": _delayed,
    "running_total": lambda q, span: iter([(q.args[0], Span(1, _here(span)))]),
    "total": lambda q, span: iter([(q.args[0], every_month(q.args[0]))]),
    "lowest": lambda q, span: iter([(q.args[0], _reached(q.args[0], every_month(q.args[0]), min))]),
    "highest": lambda q, span: iter([(q.args[0], _reached(q.args[0], every_month(q.args[0]), max))]),
    "year_total": lambda q, span: iter([(q.args[0], year_of(q.args[1], _here(span)))]),
    "year_peak": lambda q, span: iter([(q.args[0], _reached(q.args[0], year_of(q.args[1], _here(span)), max))]),
    "in_year": lambda q, span: _in_year(q),
    "worth": lambda q, span: iter([(q.args[0], every_month(q.args[0])), *points(q.args[1], _end(q.args[0]))]),
    "compounded": _compounded,
    "irr": lambda q, span: iter([(q.args[0], every_month(q.args[0]))]),
}
"""Of each word that looks across months: what it reads, and when."""
