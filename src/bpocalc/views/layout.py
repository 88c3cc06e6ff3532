"""Laying out tables as text: natural width where there is room, else a larger unit, else options below each other."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from bpocalc.tables import Row, Table
from bpocalc.views.figures import figure

GAP = 2
SCALES = (1, 1_000, 1_000_000)
UNITS = {1: "", 1_000: "in thousands", 1_000_000: "in millions"}


class Cells(NamedTuple):
    """A table as text cells: caption, heading lines, and rows of cells with their style."""

    caption: str
    heads: list[list[str]]
    rows: list[tuple[str, list[str]]]
    """Style and cells; the first cell is the label."""

    def widths(self) -> list[int]:
        """Width of each column."""
        lines = [*self.heads, *(cells for _, cells in self.rows)]
        return [max(width(line[i]) for line in lines) for i in range(len(lines[0]))]

    def room(self) -> int:
        """Width of the whole."""
        return sum(self.widths()) + GAP * len(self.widths())


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, to: int, *, left: bool = False) -> str:
    """The text filled up to a width."""
    gap = " " * (to - width(text))
    return text + gap if left else gap + text


def cells(table: Table, scale: int = 1) -> Cells:
    """The table as text, money divided by the scale."""
    depth = max((len(column) for column in table.columns), default=0)
    heads = [["", *(column[line] if line < len(column) else "" for column in table.columns)] for line in range(depth)]
    rows: list[tuple[str, list[str]]] = [
        (row.style, [_label(row), *(figure(value, row.kind, scale) for value in row.values)]) for row in table.rows
    ]
    unit = UNITS[scale]
    caption = f"{table.title} ({unit})" if unit else table.title
    return Cells(caption, heads, rows)


def _label(row: Row) -> str:
    return f"  {row.label}" if row.style == "sub" else row.label


def fitted(table: Table, room: int | None) -> list[Cells]:
    """The table within a width: as it is, in a larger unit, or as one table for each option."""
    for scale in SCALES if room is not None else SCALES[:1]:
        made = cells(table, scale)
        if room is None or made.room() <= room:
            return [made]
    return [_one(table, number, room or 0) for number in range(len(table.columns))]


def _one(table: Table, number: int, room: int) -> Cells:
    """One column of a table as a table of its own."""
    rows = tuple(
        Row(row.label, row.kind, (row.values[number],), row.style)
        for row in table.rows
        if row.values[number] is not None
    )
    name = " · ".join(text for text in table.columns[number] if text)
    alone = Table(f"{table.title} · {name}", ((),), rows)
    for scale in SCALES:
        made = cells(alone, scale)
        if made.room() <= room:
            return made
    return made


def lines(made: Cells, room: int | None = None) -> list[str]:
    """The cells as lines of text: labels to the left, figures to the right, a rule above each total."""
    columns = made.widths()
    out = paragraph(made.caption, room)
    for head in made.heads:
        out.append(_line(head, columns))
    for style, row in made.rows:
        if style == "total":
            out.append("  " + "─" * (sum(columns) + GAP * (len(columns) - 1)))
        out.append(_line(row, columns))
    return out


def _line(row: Sequence[str], columns: Sequence[int]) -> str:
    parts = [pad(row[0], columns[0], left=True), *(pad(c, w) for c, w in zip(row[1:], columns[1:], strict=True))]
    return ("  " + (" " * GAP).join(parts)).rstrip()


def paragraph(text: str, room: int | None, indent: str = "  ") -> list[str]:
    """A text broken to a width."""
    if room is None:
        return [indent + text]
    return wrap(text, max(room, 20), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [""]
