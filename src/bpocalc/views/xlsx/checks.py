"""The sheet of checks: the workbook against bpocalc, and sums against their parts."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from xlsxwriter.utility import xl_col_to_name

from bpocalc.comparison import Comparison, Result
from bpocalc.quantity import Quantity, describe
from bpocalc.views.xlsx.comparing import groups_of
from bpocalc.views.xlsx.inputs import CHANGED
from bpocalc.views.xlsx.places import FIGURE, Page, Places, View
from bpocalc.views.xlsx.writer import Sheet, Writer, quoted

TOP = 6
OK, NOT = "ok", "differs"
HEADS = ("check", "figure", "unit", "workbook", "bpocalc", "difference")
DIFFERS = "checks_that_differ"
BROKEN = "sums_that_differ"


class Checks:
    """Writes the sheet of checks."""

    def __init__(self, comparison: Comparison, places: Places, writer: Writer) -> None:
        self.comparison, self.places, self.writer = comparison, places, writer

    def write(self) -> None:
        """The whole sheet."""
        writer, sheet = self.writer, self.writer.sheet("Checks")
        for column, width in enumerate((10, 52, 14, 20, 20, 16)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(TOP, 2)
        writer.text(sheet, 0, 0, "Checks", "title")
        sums = list(self._sums())
        row = TOP
        for name, parts, whole, value in sums:
            self._sum(sheet, row, name, parts, whole, value)
            row += 1
        last_sum, row = row, row + 1
        for column, head in enumerate(HEADS):
            writer.text(sheet, TOP - 1, column, head, "heading")
            writer.text(sheet, row, column, head, "heading")
        row += 1
        first = row
        for q in self._results():
            self._result(sheet, row, q)
            row += 1
        self._count(sheet, 1, BROKEN, f"A{TOP + 1}:A{last_sum}", "Sums that are not their parts, whatever the inputs")
        self._count(sheet, 2, DIFFERS, f"A{first + 1}:A{row}", "Figures that are not those of bpocalc")
        said = f'IF({CHANGED}=0,"","Inputs were changed: the differences below are what the change does.")'
        writer.formula(sheet, 3, 1, said, "", "note")

    def _count(self, sheet: Sheet, row: int, name: str, cells: str, said: str) -> None:
        self.writer.text(sheet, row, 1, said)
        self.writer.formula(sheet, row, FIGURE, f'COUNTIF({cells},"{NOT}")', 0.0, "bold")
        self.writer.define(name, "Checks", f"$D${row + 1}")

    def _results(self) -> Iterator[Quantity]:
        """Every figure that is a result."""
        for group in groups_of(self.comparison):
            for result in group.results.values():
                yield from (q for q in result.metrics.values() if q.about is not None and not q.is_row)

    def _result(self, sheet: Sheet, row: int, q: Quantity) -> None:
        """One figure of the workbook against that of bpocalc."""
        writer, text = self.writer, View(self.places).refer(q)
        never = isnan(q.figure)
        assert q.about is not None
        writer.text(sheet, row, 1, describe(q))
        writer.text(sheet, row, 2, q.about.unit, "note")
        writer.formula(sheet, row, 3, f'IF(ISNA({text}),"never",{text})', "never" if never else q.figure)
        if never:
            writer.text(sheet, row, 4, "never")
        else:
            sheet.write_number(row, 4, q.figure + 0.0, writer.look())
        at = f"{row + 1}"
        both = f"IF(ISNUMBER(D{at}),ISNUMBER(E{at}))"
        writer.formula(sheet, row, 5, f'IF({both},D{at}-E{at},"")', "" if never else 0.0)
        self._tick(sheet, row, "return_tolerance" if describe(q).endswith(".irr") else "check_tolerance")

    def _tick(self, sheet: Sheet, row: int, tolerance: str) -> None:
        at = f"{row + 1}"
        numbers = f'IF(ABS(F{at})>{tolerance}*MAX(1,ABS(E{at})),"{NOT}","{OK}")'
        words = f'IF(D{at}=E{at},"{OK}","{NOT}")'
        self.writer.formula(sheet, row, 0, f"IF(ISNUMBER(F{at}),{numbers},{words})", OK, "bold")

    def _sums(self) -> Iterator[tuple[str, str, str, float]]:
        """What must add up in every option: name, formula of the parts, formula of the whole, value."""
        view = View(self.places)
        for group in groups_of(self.comparison):
            for result in group.results.values():
                page = self.places.pages[result.address]
                total, worth = result.metrics["total_cost"], result.metrics["pv_cost"]
                if group.key != "total":
                    lines = self._lines(page, result)
                    yield f"{result.address}: cost lines = total cost", lines, view.refer(total), total.figure
                for which, whole, word in ((0, total, "total cost"), (1, worth, "present value of cost")):
                    parts = [view.across(rows[which]) for rows in result.stream.by_category.values()]
                    said = f"{result.address}: categories = {word}"
                    yield said, f"SUM({','.join(parts)})" if parts else "0", view.refer(whole), whole.figure
                if "total_saving" in result.metrics:
                    base = group.results[group.baseline].metrics["total_cost"]
                    saving = result.metrics["total_saving"]
                    said = f"{result.address}: baseline − saving = total cost"
                    yield said, f"{view.refer(base)}-{view.refer(saving)}", view.refer(total), total.figure

                if steps := self.comparison.bridges.steps(group.key, result.key):
                    for word, metric in (("nominal", "total_cost"), ("discounted", "pv_cost")):
                        rows = ",".join(view.across(getattr(one, word)) for one in steps)
                        base, whole = group.results[group.baseline].metrics[metric], result.metrics[metric]
                        said = f"{result.address}: baseline + steps of the bridge, {word} = {metric.replace('_', ' ')}"
                        yield said, f"{view.refer(base)}+SUM({rows})", view.refer(whole), whole.figure

    def _lines(self, page: Page, result: Result) -> str:
        """The sum of the cost lines of a page that are counted."""
        rows = [page.rows[id(entry.quantity)] for _, entry, _ in result.stream.lines]
        column = xl_col_to_name(FIGURE)
        spans: list[list[int]] = []
        for row in sorted(rows):
            if spans and spans[-1][1] == row - 1:
                spans[-1][1] = row
            else:
                spans.append([row, row])
        cells = [f"{quoted(page.name)}!${column}${a + 1}:${column}${b + 1}" for a, b in spans]
        return f"SUM({','.join(cells)})" if cells else "0"

    def _sum(self, sheet: Sheet, row: int, name: str, parts: str, whole: str, value: float) -> None:
        writer, at = self.writer, f"{row + 1}"
        writer.text(sheet, row, 1, name)
        writer.text(sheet, row, 2, self.comparison.run.book.currency, "note")
        writer.formula(sheet, row, 3, parts, value, "", "#,##0.00")
        writer.formula(sheet, row, 4, whole, value, "", "#,##0.00")
        writer.formula(sheet, row, 5, f"D{at}-E{at}", 0.0)
        self._tick(sheet, row, "check_tolerance")
