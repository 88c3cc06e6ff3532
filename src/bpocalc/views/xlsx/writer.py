"""Writing a workbook: formats, sheets, cells; every text as text, every formula with its value."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from math import isnan
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bpocalc.formulas import in_column
from bpocalc.table import clean

MADE = datetime(1980, 1, 1)
"""The date in every workbook: the same scenario gives the same bytes."""
LINE, MOST_HEIGHT = 15, 409
"""Points of a line of text, and of the highest row."""
MOST_FORMULA = 8_192
MOST_TEXT = 32_000
"""A cell takes 32,767 characters."""
A4 = 9
NEVER, ERROR = "#N/A", ' t="e"'
BLUE, GREEN, GREY, INK, PAPER = "#0000FF", "#006100", "#808080", "#1F3864", "#FFFFE5"
STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14, "font_color": INK},
    "heading": {"bold": True, "font_color": INK, "bottom": 1, "bottom_color": GREY},
    "note": {"font_color": GREY},
    "none": {"font_color": GREY, "align": "right"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True},
    "total": {"bold": True, "top": 1},
    "input": {"font_color": BLUE, "bg_color": PAPER, "border": 1, "border_color": "#D9D9D9", "locked": False},
    "stated": {"italic": True, "font_color": GREY},
    "link": {"font_color": GREEN},
    "column": {"bold": True, "align": "right", "font_color": INK},
    "answer": {"bold": True, "text_wrap": True, "valign": "top"},
}

Value = float | str


class TooLong(Exception):
    """A formula is longer than a spreadsheet takes."""

    def __init__(self, sheet: str, row: int) -> None:
        super().__init__(
            f"row {row + 1} of the sheet {sheet} would need a formula of more than {MOST_FORMULA:,} characters"
        )


class Run(NamedTuple):
    """The cells of a row from some column on, each with a formula as it stands in the file and its value."""

    formulas: list[str]
    values: list[Value]
    format: Any


class Sheet(Worksheet):
    """A worksheet that can repeat a formula along a row, in a fraction of the time and size of single formulas."""

    fh: Any
    name: Any
    repeated = 0

    def repeat(self, row: int, first: int, formula: str, values: Sequence[float], look: Format) -> None:
        """Write a formula with marks for its columns into cells from column `first` on, rows and columns from 0."""
        if len(formula) > MOST_FORMULA:
            raise TooLong(self.name, row)
        last = first + len(values) - 1
        self.write_blank(row, last, None, look)  # makes the row and its width known
        del self.table[row][last]
        if "!" in formula or "):INDEX(" in formula:  # Excel repeats no reference to another sheet, and no made range
            texts = [in_column(formula, column_name(at), column_name(at - 1)) for at in range(first, last + 1)]
            formulas = [f"<f>{escape(text)}</f>" for text in texts]
        else:
            text = escape(in_column(formula, column_name(first), column_name(first - 1)))
            where = f"{column_name(first)}{row + 1}:{column_name(last)}{row + 1}"
            head = f'<f t="shared" ref="{where}" si="{self.repeated}">{text}</f>'
            formulas = [head, *[f'<f t="shared" si="{self.repeated}"/>'] * (last - first)]
            self.repeated += 1
        self.table[row][first] = Run(formulas, [shown(value) for value in values], look)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if not isinstance(cell, Run):
            super()._write_cell(row, col, cell)
            return
        look = cell.format._get_xf_index()
        columns = map(column_name, range(col, col + len(cell.values)))
        self.fh.write(
            "".join(
                f'<c r="{column}{row + 1}" s="{look}"{ERROR if value == NEVER else ""}>{formula}<v>{value}</v></c>'
                for column, formula, value in zip(columns, cell.formulas, cell.values, strict=True)
            )
        )

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Take a formula as it is: no function that we use is newer than the format."""
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """Leave out what rows say of their width: nothing needs it."""
        self.row_spans = {}

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        """The values of a range for the charts."""
        runs = ((column, cell) for column, cell in self.table[row_start].items() if isinstance(cell, Run))
        first, run = next(runs, (0, None))
        if run is not None and row_start == row_end:
            return run.values[col_start - first : col_end + 1 - first]
        cells: Any = super()
        return list(cells._get_range_data(row_start, col_start, row_end, col_end))


column_name = cache(xl_col_to_name)


def shown(value: float) -> Value:
    """A value as it is kept beside its formula: never as the error that a spreadsheet makes of it."""
    return NEVER if isnan(value) else value + 0.0  # no −0.0


class Writer:
    """A workbook in memory."""

    def __init__(self, title: str) -> None:
        self.buffer = io.BytesIO()
        off = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook = Workbook(self.buffer, {"in_memory": True, **off})
        self.workbook.set_properties({"title": text_of(title), "created": MADE})
        self.workbook.set_calc_mode("auto")
        self.sheets: dict[str, Sheet] = {}
        self.looks: dict[tuple[str, str], Format] = {}

    def look(self, style: str = "", number: str = "") -> Format:
        """The format of cells, made once."""
        key = (style, number)
        if key not in self.looks:
            self.looks[key] = self.workbook.add_format(STYLES[style] | ({"num_format": number} if number else {}))
        return self.looks[key]

    def chart(self, **kind: str) -> Chart:
        """A new chart of a kind, yet to be inserted."""
        made = self.workbook.add_chart(kind)
        assert isinstance(made, Chart)
        made.set_size({"width": 620, "height": 320})
        return made

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name, protected without a password; a new one comes last."""
        if name in self.sheets:
            return self.sheets[name]
        made = self.workbook.add_worksheet(name, worksheet_class=Sheet)
        assert isinstance(made, Sheet)
        self.sheets[name] = made
        made.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(A4)
        made.fit_to_pages(1, 0)
        return made

    def text(self, sheet: Sheet, row: int, column: int, text: str, style: str = "") -> None:
        """A text, as a text whatever it begins with; rows and columns from 0."""
        if text:
            sheet.write_string(row, column, text_of(text), self.look(style))

    def paragraph(self, sheet: Sheet, row: int, text: str, room: int, style: str = "wrap") -> None:
        """A text in the first column of a row that is as high as it needs within so many characters."""
        sheet.set_row(row, min(LINE * -(-len(text) // room), MOST_HEIGHT))
        self.text(sheet, row, 0, text, style)

    def formula(
        self, sheet: Sheet, row: int, column: int, formula: str, value: Value, style: str = "", number: str = ""
    ) -> None:
        """One formula with its value."""
        if len(formula) > MOST_FORMULA:
            raise TooLong(sheet.name, row)
        result = shown(value) if isinstance(value, float | int) else text_of(value)
        sheet.write_formula(row, column, f"={formula}", self.look(style, number), result)

    def define(self, name: str, sheet: str, cell: str) -> None:
        """Give a cell a name."""
        self.workbook.define_name(name, f"={quoted(sheet)}!{cell}")

    def bytes(self) -> bytes:
        """The whole file."""
        self.workbook.close()
        return self.buffer.getvalue()


def text_of(text: str) -> str:
    """A text as a cell may hold it."""
    lines = "\n".join(clean(line) for line in text.splitlines())
    return lines if len(lines) <= MOST_TEXT else lines[:MOST_TEXT] + "…"


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return sheet if sheet.isascii() and sheet.isalpha() and sheet.istitle() else "'" + sheet.replace("'", "''") + "'"


def money_axis(currency: str) -> dict[str, Any]:
    """The axis of a chart of money."""
    lines = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    return {"num_format": "#,##0,", "name": f"{currency}, thousands", "major_gridlines": lines}
