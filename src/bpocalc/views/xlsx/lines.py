"""The pages of lines: one row for each line, one formula for each row."""

from __future__ import annotations

from datetime import date

from bpocalc.about import Line
from bpocalc.comparison import Comparison
from bpocalc.formulas import HERE, is_stated
from bpocalc.model.book import Entry
from bpocalc.quantity import Quantity, describe
from bpocalc.table import title_of
from bpocalc.views.xlsx.places import (
    DATE_ROW,
    FIGURE,
    FIRST,
    MONTH_ROW,
    TOP,
    YEAR_ROW,
    Page,
    Places,
    View,
)
from bpocalc.views.xlsx.writer import Sheet, Writer, quoted
from bpocalc.words import added

COUNTED = {
    "month": "{own_before}+1",
    "year": "INT(({month}-1)/months_per_year)+1",
    "year_length": "COUNTIF({year_row},{year})",
    "calendar_month": "MOD(start_month+{month}-1-1,months_per_year)+1",
    "year_end": "IF(MOD({month},months_per_year)=0,1,IF({month}={months},1,0))",
    "year_start": "IF({year}={year_before},0,1)",
}
"""The formulas of the rows that count time, which have none in the model."""
MONEY, FINE, SHARE, FACTOR, COUNT = '#,##0;-#,##0;"–"', "#,##0.00##", "0.0##%", "0.0000##", "#,##0.##"
MONTH = "yyyy-mm"
DAY_ONE = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""


def number_of(unit: str, currency: str) -> str:
    """The number format of a unit."""
    if unit in (currency, *(f"{currency}/{per}" for per in ("month", "year", "FTE/year"))):
        return MONEY
    if unit.startswith(currency):
        return FINE
    if unit in ("share", "per year"):
        return SHARE
    return FACTOR if unit == "factor" or "/" in unit else COUNT


class Lines:
    """Writes the pages of lines into a workbook."""

    def __init__(self, comparison: Comparison, places: Places, writer: Writer) -> None:
        self.comparison, self.places, self.writer = comparison, places, writer
        self.entries = comparison.run.book.entries
        self.currency = comparison.run.book.currency

    def page(self, page: Page) -> None:
        """One page with all its lines."""
        sheet = self.writer.sheet(page.name)
        self._top(sheet, page)
        if page is self.places.time:
            self._constants(sheet)
        for section in page.sections:
            if not section.lines:
                continue
            first = page.rows[id(section.lines[0])]
            self.writer.text(sheet, first - 1, 0, section.heading, "heading")
            for q in section.lines:
                row = page.rows[id(q)]
                if section.level:
                    sheet.set_row(row, None, None, {"level": section.level})
                self._line(sheet, page, q, row)

    def _top(self, sheet: Sheet, page: Page) -> None:
        """Title, widths, and the rows that count time above the months."""
        writer, clock, places = self.writer, self.places.clock, self.places
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 46)
        sheet.set_column(2, 2, 12)
        sheet.set_column(FIGURE, FIGURE, 15)
        sheet.set_column(FIGURE + 1, FIGURE + 1, 1)
        sheet.set_column(FIRST, FIRST + places.months - 1, 11)
        sheet.freeze_panes(TOP - 1, FIRST)
        sheet.outline_settings(True, False, False, False)
        writer.text(sheet, 0, 0, self._title(page), "title")
        for column, head in enumerate(("address", "what it is", "unit", "figure, or total")):
            writer.text(sheet, YEAR_ROW, column, head, "heading")
        home = page is places.time
        if clock.start is not None:
            text = f"DATE(start_year,start_month+{HERE}{MONTH_ROW + 1}-1,1)" if home else self._from_time(DATE_ROW)
            days = [(date(m.year, m.number, 1) - DAY_ONE).days for m in map(clock.start.after, range(clock.months))]
            sheet.repeat(DATE_ROW, FIRST, text, [float(day) for day in days], writer.look("column", MONTH))
        writer.text(sheet, MONTH_ROW, 1, "month", "note")
        for row, q in ((MONTH_ROW, clock.month), (YEAR_ROW, clock.year)):
            view = View(places, page, row)
            text = self._counted(q, view) if home else self._from_time(row)
            sheet.repeat(row, FIRST, text, q.row, writer.look("column"))

    def _from_time(self, row: int) -> str:
        return f"{quoted(self.places.time.name)}!{HERE}{row + 1}"

    def _title(self, page: Page) -> str:
        function, _, option = page.prefix.partition(".")
        if not function:
            return "Time, constants, and what all sheets share"
        group = self.comparison.total if function == "total" else self.comparison.functions[function]
        assert group is not None
        name = title_of(self.comparison, group)
        return f"{name} · {group.results[option].title}" if option else f"{name} · volume"

    def _constants(self, sheet: Sheet) -> None:
        """The numbers that formulas know by name."""
        self.writer.text(sheet, TOP, 0, "Constants", "heading")
        for row, (name, meaning, value) in enumerate(self.places.constants, TOP + 1):
            self.writer.text(sheet, row, 0, name)
            self.writer.text(sheet, row, 1, meaning)
            sheet.write_number(row, FIGURE, value, self.writer.look())
            self.writer.define(name, self.places.time.name, f"$D${row + 1}")

    def _line(self, sheet: Sheet, page: Page, q: Quantity, row: int) -> None:
        """One line: what it is, its formula, its value in every month."""
        assert isinstance(q.about, Line)
        writer, places = self.writer, self.places
        writer.text(sheet, row, 0, q.about.name)
        stated = " (stated, not live)" if is_stated(q) else ""
        writer.text(sheet, row, 1, self._label(q.about, self.entries.get(q.about.name)) + stated)
        writer.text(sheet, row, 2, q.about.unit, "note")
        number = number_of(q.about.unit, self.currency)
        view = View(places, page, row)
        if not q.is_row:
            if q.word:
                writer.formula(sheet, row, FIGURE, view.formula(q), q.figure, "", number)
            else:
                sheet.write_number(row, FIGURE, q.figure, writer.look("", number))
            if (name := places.name_of(q)) is not None:
                writer.define(name, page.name, f"$D${row + 1}")
            return
        linked = places.home[id(q)] is not page
        if is_stated(q) and not linked:
            for column, value in enumerate(q.row, FIRST):
                sheet.write_number(row, column, value, writer.look("stated", number))
            return
        if linked:
            text = View(places).refer(q)
        elif q.word:
            text = view.formula(q)
        else:
            text = self._counted(q, view)
        sheet.repeat(row, FIRST, text, q.row, writer.look("link" if linked else "", number))
        if q.about.unit == f"{self.currency}/month" and not linked:
            writer.formula(sheet, row, FIGURE, f"SUM({places.months_of(row)})", added(q.row), "bold", number)

    def _label(self, about: Line, entry: Entry | None) -> str:
        title = entry.title if entry else about.label
        return about.label if title == about.label else f"{title}: {about.label}"

    def _counted(self, q: Quantity, view: View) -> str:
        """The formula of a row that counts time."""
        clock = self.places.clock
        return COUNTED[describe(q)].format(
            own_before=view.own(),
            month=view.refer(clock.month),
            months=view.refer(clock.last),
            year=view.refer(clock.year),
            year_before=view.refer(clock.year, "\x02"),
            year_row=view.across(clock.year),
        )
