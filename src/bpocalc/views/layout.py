"""Laying out tables as text: natural width where there is room, else a larger unit, else options below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import category, east_asian_width

from bpocalc.table import Row, Table
from bpocalc.views.figures import MONEY, cents, figure, legible

GAP = 2
INDENT = "  "
SCALES = (1, 1_000, 1_000_000, 1_000_000_000)
UNITS = {1: "", 1_000: "in thousands", 1_000_000: "in millions", 1_000_000_000: "in billions"}
LABEL, LEAST_LABEL = 20, 12
"""A longer label is broken over lines where room is scarce, and at last to less than that."""
LEAST_ROOM = 20
TOGETHER = re.compile(r"(?<=\d) (?=[kMB%](?!\w))|(?<=\bmonth) (?=\d)")
"""The space between a figure and its unit, at which no line ends."""
SELECTOR = "\ufe0f"
"""Makes the character before it a wide one."""

Line = tuple[tuple[str, str], ...]
"""A line in pieces: each a text and what it is."""


class Cells(NamedTuple):
    """A table as text cells: caption and what belongs to it, heading lines, and rows of cells with their style."""

    caption: str
    about: list[str]
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
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_width(c) for c in text)


def _width(c: str) -> int:
    if c == SELECTOR:
        return 1
    return 0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1


def pad(text: str, to: int, *, left: bool = False) -> str:
    """The text filled up to a width."""
    gap = " " * (to - width(text))
    return text + gap if left else gap + text


def broken(text: str, room: int, within: str = "") -> list[str]:
    """The text in lines of a width, broken between words, and within a word only where it is too long for a line.

    Within a word it is broken after one of the signs `within` where there is one.
    """
    lines, line, used = [], "", 0
    for word in TOGETHER.sub("\u00a0", text).split(" "):
        wide = width(word)
        if line and used + 1 + wide <= room:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        line = word if wide <= room else ""
        for c in "" if line else word:
            if width(line + c) > room:
                end = max((line.rfind(sign) + 1 for sign in within), default=0) or len(line)
                lines.append(line[:end])
                line = line[end:]
            line += c
        used = width(line)
    return [line.replace("\u00a0", " ").rstrip() for line in [*lines, line]]


def cells(table: Table, scale: int = 1, label: int | None = None, *, small: bool | None = None) -> Cells:
    """The table as text, money divided by the scale, labels broken to a width; `small` money shows its cents."""
    depth = max((len(column) for column in table.columns), default=0)
    heads = [["", *(column[line] if line < len(column) else "" for column in table.columns)] for line in range(depth)]
    fine = cents(table.rows) if small is None else small
    rows: list[tuple[str, list[str]]] = []
    for row in table.rows:
        *before, last = _label(row, label)
        rows += [(row.style, [text, *("" for _ in row.values)]) for text in before]
        style = "" if before and row.style == "total" else row.style or ("change" if row.kind == "change" else "")
        rows.append((style, [last, *(figure(value, row.kind, scale, small=fine) for value in row.values)]))
    about = [f"{column[0]}: {text}" for column, text in zip(table.columns, table.about, strict=False) if text]
    return Cells(_caption(table.title, scale), about, heads, rows)


def _caption(title: str, scale: int) -> str:
    return f"{title} ({UNITS[scale]})" if scale > 1 else title


def _label(row: Row, most: int | None) -> list[str]:
    """The label in as many lines as it takes, those after the first indented."""
    indent = INDENT if row.style == "sub" else ""
    if most is None or width(indent + row.label) <= most:
        return [indent + row.label]
    first, *rest = broken(row.label, most - len(indent) - GAP, within=".")
    return [indent + first, *(indent + INDENT + text for text in rest)]


def fitted(table: Table, room: int | None) -> list[Cells]:
    """The table within a width: as it is, in a larger unit, or as one table for each option.

    A unit in which a figure would lose its third digit is not taken.
    """
    if room is None:
        return [cells(table)]
    for scale in _scales(table):
        if _legible(table, scale) and (made := _within(table, scale, room, LABEL, cents(table.rows))):
            return [made]
    return [_one(table, number, room) for number in range(len(table.columns))]


def _scales(table: Table) -> tuple[int, ...]:
    """The units in which a table may be shown."""
    return SCALES if any(row.kind in MONEY for row in table.rows) else SCALES[:1]


def _legible(table: Table, scale: int) -> bool:
    return all(legible(value, row.kind, scale) for row in table.rows for value in row.values)


def _within(table: Table, scale: int, room: int, least: int, small: bool) -> Cells | None:
    """The table within a width, its labels broken to what the figures leave, if that is no less than `least`."""
    made = cells(table, scale, small=small)
    label = made.widths()[0]
    left = room - made.room() + label
    if left >= label:
        return made
    return cells(table, scale, left, small=small) if left >= least else None


def _one(table: Table, number: int, room: int) -> Cells:
    """One column of a table as a table of its own; as a last resort in a unit that hides a small figure."""
    rows = tuple(
        Row(row.label, row.kind, (row.values[number],), row.style)
        for row in table.rows
        if row.values[number] is not None and row.values[number] != ""
    )
    key, *rest = table.columns[number] or ("",)
    name = " · ".join(text for text in (key, *table.about[number : number + 1], *rest) if text)
    alone = Table(f"{table.title} · {name}" if name else table.title, ((),), rows)
    small = cents(table.rows)
    scales = _scales(table)
    tried = [(scale, least) for least in (LABEL, LEAST_LABEL) for scale in scales if _legible(alone, scale)]
    for scale, least in [*tried, *((scale, LEAST_LABEL) for scale in scales)]:
        if made := _within(alone, scale, room, least, small):
            return made
    return cells(alone, scales[-1], LEAST_LABEL, small=small)


def lines(made: Cells, room: int | None = None) -> Iterator[Line]:
    """The cells as lines: labels to the left, figures to the right, a rule above each total."""
    columns = made.widths()
    yield from paragraph(made.caption, room, "caption")
    for said in made.about:
        yield from paragraph(said, room, "about")
    for head in made.heads:
        yield _line(head, columns, "head")
    for style, row in made.rows:
        if style == "total":
            yield ((INDENT + "─" * (sum(columns) + GAP * (len(columns) - 1)), "rule"),)
        yield _line(row, columns, style)


def _line(row: Sequence[str], columns: Sequence[int], style: str) -> Line:
    label, *figures = row
    pieces = [(INDENT + pad(label, columns[0], left=True), style)]
    pieces += [(" " * GAP + pad(c, w), tone(c, style) or style) for c, w in zip(figures, columns[1:], strict=True)]
    while pieces and not pieces[-1][0].strip():
        pieces.pop()
    if pieces:
        pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    return tuple(pieces)


def tone(cell: str, style: str) -> str:
    """Whether a signed figure is a gain or a loss, which a change of cost turns round; the sign says the same."""
    sides = {"+": "gain", "−": "loss"} if style != "change" else {"+": "loss", "−": "gain"}
    return sides.get(cell[:1], "")


def paragraph(text: str, room: int | None, style: str = "", indent: str = INDENT) -> list[Line]:
    """A text broken to a width."""
    if room is None:
        return [((indent + text, style),)]
    return [((indent + line, style),) for line in broken(text, max(room, LEAST_ROOM) - len(indent))]
