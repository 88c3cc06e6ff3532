"""Formulas: a remembered formula written for a spreadsheet.

A formula of a row is written once, with marks for the column of its month and for the one before it; `in_column` puts
the columns in. No number but 0 and 1 stands in a formula: the other constants have names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bpocalc.quantity import Quantity, describe
from bpocalc.words import CONSTANTS, ROUNDING, WHOLE, WORDS

HERE, BEFORE = "\x01", "\x02"
"""Marks for the column of the month, and of the month before."""
TIGHTEST = 9


class Cells(Protocol):
    """Where a spreadsheet keeps things; every text may hold the marks for columns."""

    def refer(self, q: Quantity, mark: str = HERE) -> str:
        """The cell of an input, a figure, or a row in the column of the mark."""

    def across(self, q: Quantity) -> str:
        """The cells of all months of a row."""

    def up_to_here(self, q: Quantity) -> str:
        """The cells of a row from month 1 to this month."""

    def block(self, items: Sequence[Quantity]) -> str:
        """The cells of several inputs that stand one below the other."""

    def own(self, mark: str) -> str:
        """The cell of the row that is written."""

    @property
    def month(self) -> Quantity:
        """The row that counts months."""


def write(q: Quantity, cells: Cells) -> str:
    """The formula of a quantity, without the equals sign; a named line is written as what it stands for."""
    inner = q.args[0] if q.word == "line" else q
    return _text(inner, cells, top=inner is q)[0]


def is_stated(q: Quantity) -> bool:
    """Whether a line has a word in its formula that no spreadsheet can compute, so that only its value is written."""
    waiting = list(q.args) if q.word == "line" else [q]
    while waiting:
        here = waiting.pop()
        if here.about is None and here.word:
            if not WORDS[here.word].sheet:
                return True
            waiting.extend(here.args)
    return False


def in_column(formula: str, here: str, before: str) -> str:
    """The formula in one month."""
    return formula.replace(HERE, here).replace(BEFORE, before)


def constant(value: float) -> str:
    """How a number stands in a formula: 0 and 1 as themselves, never as NA(), others by name; else ValueError."""
    if value != value:
        return "NA()"
    if value in (0, 1):
        return f"{value:g}"
    if value not in CONSTANTS:
        raise ValueError(f"the constant {value} has no name")
    return CONSTANTS[value][0]


class Slots(dict[str, str]):
    """What stands in the slots of a word's formula, written as it is asked for.

    `a`, `b`, `c` are the arguments; with `_` after them in brackets where they need them, with `_row` all months, with
    `_before` the month before; `items` are all arguments but the first, and `list` the cells of those.
    """

    def __init__(self, q: Quantity, cells: Cells) -> None:
        super().__init__()
        self.q, self.cells = q, cells

    def __missing__(self, slot: str) -> str:
        name, _, form = slot.partition("_")
        if slot in FIXED:
            return FIXED[slot]
        if name == "own":
            return self.cells.own(BEFORE)
        if name == "month":
            return self.cells.refer(self.cells.month)
        if name == "months":
            return self.cells.across(self.cells.month)
        if name == "items":
            return ",".join(_text(item, self.cells)[0] for item in _items(self.q))
        if name == "list":
            return self.cells.block(self.q.args[1:])
        arg = self.q.args["abc".index(name)]
        if form == "row":
            return self.cells.across(arg)
        if form == "before":
            return self.cells.refer(arg, BEFORE)
        if form == "far":
            return self.cells.up_to_here(arg)
        text, binds = _text(arg, self.cells, condition=self.q.word == "where" and name == "a")
        return f"({text})" if slot.endswith("_") and binds < TIGHTEST else text


FIXED: Mapping[str, str] = {"tolerance": CONSTANTS[ROUNDING][0], "whole": CONSTANTS[WHOLE][0]}


def _items(q: Quantity) -> list[Quantity]:
    """The arguments to choose from, the last one as often as the index needs it: no count stands in the formula."""
    index, *items = q.args
    most = int(max(index.row)) if index.is_row else int(index.figure)
    return [items[min(i, len(items) - 1)] for i in range(most)]


def _text(q: Quantity, cells: Cells, *, top: bool = False, condition: bool = False) -> tuple[str, int]:
    """The formula of a quantity and how strongly its outermost word binds."""
    if q.about is not None and not top:
        return cells.refer(q), TIGHTEST
    if not q.word:
        if isinstance(q.value, tuple):
            raise ValueError(f"{describe(q)} has months and no formula")
        return constant(q.value), TIGHTEST
    word = WORDS[q.word]
    if q.word == "spread":
        return _text(q.args[0], cells)
    if not word.sheet:
        raise ValueError(f"no spreadsheet computes {word.reader}")
    if not word.binds or word.truth:
        text = word.sheet.format_map(Slots(q, cells))
        return (f"IF({text},1,0)" if word.truth and not condition else text), TIGHTEST
    parts = []
    for position, arg in enumerate(q.args):
        text, binds = _text(arg, cells)
        tight = binds > word.binds or (binds == word.binds and position == 0 and q.word != "**")
        parts.append(text if tight else f"({text})")
    return word.sheet.join(parts), word.binds
