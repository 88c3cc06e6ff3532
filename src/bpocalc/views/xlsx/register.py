"""The sheet of assumptions: every input with its range, source, age and owner; what is missing and so neutral."""

from __future__ import annotations

from bpocalc.assumptions import Assumption, age_of, assumptions, findings
from bpocalc.comparison import Comparison
from bpocalc.views.assumptions import place_of, range_of
from bpocalc.views.xlsx.places import Places, View
from bpocalc.views.xlsx.writer import Sheet, Writer

HEADS = (
    "address", "value", "unit", "range", "source", "as of", "age at the start", "grade", "owner", "note", "set at",
)  # fmt: skip
WIDTHS = (62, 14, 12, 34, 44, 9, 22, 6, 14, 50, 30)
PARTS = (
    ("Stated in the scenario, or set by a case or on the command line", ("stated", "case", "set")),
    ("Taken from the reference data", ("reference",)),
    ("Not stated, so neutral", ("neutral",)),
)
IDLE = "no result hangs on it"


def write_assumptions(comparison: Comparison, places: Places, writer: Writer, path: str) -> None:
    """The whole sheet; the values are those of the sheet Inputs."""
    sheet, register = writer.sheet("Assumptions"), assumptions(comparison)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    writer.text(sheet, 0, 0, "Assumptions", "title")
    row = 1
    for said in findings(register):
        writer.text(sheet, row, 0, said)
        row += 1
    view, inputs = View(places), comparison.run.loaded.inputs
    for heading, kinds in PARTS:
        row += 1
        found = [item for item in register.assumptions if item.kind in kinds]
        writer.text(sheet, row, 0, f"{heading}: {len(found)}", "heading")
        for column, head in enumerate(HEADS[1:], 1):
            writer.text(sheet, row, column, head if found else "", "heading")
        for item in found:
            row += 1
            q = inputs[item.address]
            if id(q) in places.input_rows:
                writer.formula(sheet, row, 1, view.refer(q), item.value)
            else:
                sheet.write_number(row, 1, item.value, writer.look("note"))
            _said(sheet, row, item, writer, path)
        row += 1


def _said(sheet: Sheet, row: int, item: Assumption, writer: Writer, path: str) -> None:
    """What is known about one input beside its value."""
    note = item.note if item.used else f"{item.note} ({IDLE})".strip()
    place = "" if item.kind == "neutral" else place_of(item, path)
    place += f", case {item.case}" if item.case else ""
    ranged = range_of(item) if item.low is not None else ""
    texts = (item.unit, ranged, item.source, item.as_of, age_of(item), item.grade, item.owner, note, place)
    writer.text(sheet, row, 0, item.address)
    for column, text in enumerate(texts, 2):
        writer.text(sheet, row, column, text, "note" if column != 4 else "")
