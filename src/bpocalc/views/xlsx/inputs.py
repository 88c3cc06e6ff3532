"""The sheet of inputs: one cell for each, with its name, unit, range and source."""

from __future__ import annotations

from itertools import groupby

from bpocalc.about import Input
from bpocalc.assumptions import Assumption, assumptions
from bpocalc.comparison import Comparison
from bpocalc.quantity import Quantity
from bpocalc.views.assumptions import place_of
from bpocalc.views.xlsx.lines import number_of
from bpocalc.views.xlsx.places import VALUE, Places
from bpocalc.views.xlsx.writer import Sheet, Writer

HEADS = (
    "address", "what it is", "unit", "low", "value", "high", "as written", "", "source", "as of", "grade", "owner",
    "note", "where it was set",
)  # fmt: skip
WIDTHS = (62, 26, 12, 11, 14, 11, 14, 10, 44, 9, 6, 14, 44, 26)
TOP = 4
CHANGED = "inputs_changed"
"""The name of the cell that counts the inputs that are no longer as they were written."""


class Inputs:
    """Writes the sheet of inputs."""

    def __init__(self, comparison: Comparison, places: Places, writer: Writer) -> None:
        self.places, self.writer = places, writer
        self.known = {item.address: item for item in assumptions(comparison).assumptions}
        self.currency = comparison.run.book.currency
        self.groups = [(heading, list(found)) for heading, found in groupby(_ordered(places.inputs), key=_section)]
        row = TOP
        for _, found in self.groups:
            row += 1
            for q in found:
                places.input_rows[id(q)] = row
                row += 1
            row += 1
        self.last = row

    def write(self, path: str) -> None:
        """The whole sheet; `path` is the scenario file as it is shown."""
        writer, sheet = self.writer, self.writer.sheet("Inputs")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(TOP, 1)
        writer.text(sheet, 0, 0, "Inputs", "title")
        said = "Change a blue figure on yellow, and every sheet follows. Each has a name: its address, as in the file."
        writer.text(sheet, 1, 0, said, "note")
        writer.text(sheet, 1, VALUE + 2, "changed", "note")
        writer.formula(sheet, 1, VALUE + 3, f'COUNTIF(H{TOP + 1}:H{self.last},"changed")', 0.0)
        writer.define(CHANGED, "Inputs", f"${'H'}$2")
        for column, head in enumerate(HEADS):
            writer.text(sheet, TOP - 1, column, head, "heading")
        for heading, found in self.groups:
            writer.text(sheet, self.places.input_rows[id(found[0])] - 1, 0, heading, "bold")
            for q in found:
                self._input(sheet, q, self.places.input_rows[id(q)], path)

    def _input(self, sheet: Sheet, q: Quantity, row: int, path: str) -> None:
        assert isinstance(q.about, Input)
        about, writer, number = q.about, self.writer, number_of(q.about.unit, self.currency)
        number = number if number.startswith("0.0##") else "General"
        writer.text(sheet, row, 0, about.address)
        writer.text(sheet, row, 1, about.address.rpartition(".")[2].replace("_", " "))
        writer.text(sheet, row, 2, about.unit, "note")
        if about.spread is not None:
            sheet.write_number(row, VALUE - 1, about.spread.low, writer.look("note", number))
            sheet.write_number(row, VALUE + 1, about.spread.high, writer.look("note", number))
        sheet.write_number(row, VALUE, q.figure, writer.look("input", number))
        sheet.write_number(row, VALUE + 2, q.figure, writer.look("note", number))
        writer.formula(sheet, row, VALUE + 3, f'IF(E{row + 1}=G{row + 1},"","changed")', "")
        for column, text in enumerate(_said(self.known[about.address], path), VALUE + 4):
            writer.text(sheet, row, column, text, "note")
        self._bounds(sheet, about, row)
        if (name := self.places.name_of(q)) is not None:
            writer.define(name, "Inputs", f"$E${row + 1}")

    def _bounds(self, sheet: Sheet, about: Input, row: int) -> None:
        """What the cell takes."""
        least, most = about.least, about.most
        rule: dict[str, object] = {"validate": "decimal", "error_title": "Not a figure for this input"}
        if least is not None and most is not None:
            rule |= {"criteria": "between", "minimum": least, "maximum": most}
        elif least is not None:
            rule |= {"criteria": ">=", "value": least}
        elif most is not None:
            rule |= {"criteria": "<=", "value": most}
        else:
            return
        sheet.data_validation(row, VALUE, row, VALUE, rule)


def _ordered(inputs: list[Quantity]) -> list[Quantity]:
    """The inputs by section, in the order of the file; the reference data last."""
    order: dict[str, int] = {}
    for q in inputs:
        order.setdefault(_section(q), len(order))
    return sorted(inputs, key=lambda q: (_reference(q), order[_section(q)]))


def _section(q: Quantity) -> str:
    assert isinstance(q.about, Input)
    return q.about.address.rpartition(".")[0] or "scenario"


def _reference(q: Quantity) -> bool:
    return isinstance(q.about, Input) and q.about.source.reference


def _said(item: Assumption, path: str) -> tuple[str, ...]:
    """Source, date, grade, owner, note, and where the input was set."""
    where = "not stated: neutral" if item.kind == "neutral" else place_of(item, path)
    where += f", set by case {item.case}" if item.case else ""
    return (item.source, item.as_of, item.grade, item.owner, item.note, where)
