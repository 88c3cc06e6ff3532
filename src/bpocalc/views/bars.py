"""A table of one column drawn as bars that step from its first figure to its last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bpocalc.table import Table
from bpocalc.views.figures import cents, legible
from bpocalc.views.layout import GAP, INDENT, LABEL, LEAST_LABEL, SCALES, Line, cells, pad, paragraph, tone

WHOLE, MORE, LESS = "█", "▓", "░"
MOST, USUAL, LEAST = 60, 40, 8
"""Columns of the longest bar: at most, where there is no width, and below which there are no bars."""


class Bar(NamedTuple):
    """A bar from one amount to another."""

    low: float
    high: float
    sign: str


def bars(table: Table, room: int | None) -> Iterator[Line]:
    """The lines of a table: label, figure and bar; within `room` columns where that is given, no figure cut."""
    small = cents(table.rows)
    for scale, label in [
        *((scale, None) for scale in SCALES),
        *((s, to) for to in (LABEL, LEAST_LABEL) for s in SCALES),
    ]:
        made = cells(table, scale, label, small=small)
        left = USUAL if room is None else room - made.room() - 2 * GAP
        readable = all(legible(value, row.kind, scale) for row in table.rows for value in row.values)
        if left >= LEAST and readable:
            break
    else:
        made, left = cells(table, SCALES[-1], LEAST_LABEL, small=small), 0
    yield from paragraph(made.caption, room, "caption")
    drawn = iter(_drawn(table, min(left, MOST)))
    widths = made.widths()
    for style, (name, figure) in made.rows:
        bar = next(drawn) if figure else ""
        mark = tone(figure, style) or style
        pieces = [(INDENT + pad(name, widths[0], left=True), style)]
        pieces += [(" " * GAP + pad(figure, widths[1]), mark)] if figure else []
        pieces += [(" " * GAP + bar, mark)] if bar else []
        pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
        yield tuple(pieces)


def _drawn(table: Table, room: int) -> list[str]:
    """The bar of each row within a width; none where there is no room."""
    found, level = [], 0.0
    for row in table.rows:
        value = row.values[0]
        amount = value if isinstance(value, int | float) else 0.0
        if row.kind == "change":
            found.append(Bar(min(level, level + amount), max(level, level + amount), MORE if amount > 0 else LESS))
            level += amount
        else:
            found.append(Bar(min(0, amount), max(0, amount), WHOLE))
            level = amount
    low, high = min(bar.low for bar in found), max(bar.high for bar in found)
    return [_bar(bar, low, high - low, room) for bar in found]


def _bar(bar: Bar, low: float, span: float, room: int) -> str:
    """One bar; what is not nothing takes a column at least."""
    if room < LEAST or bar.high <= bar.low:
        return ""
    first, last = (round((at - low) / span * room) for at in (bar.low, bar.high))
    first = min(first, room - 1)
    return " " * first + bar.sign * max(last - first, 1)
