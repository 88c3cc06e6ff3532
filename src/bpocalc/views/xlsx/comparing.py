"""The sheet of comparisons: the tables that `compare` shows, every figure a formula."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from bpocalc.causes import by_cause
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.factors import qualitative
from bpocalc.summary import summary
from bpocalc.table import Kind, Row, Table, cleaned, mark_of
from bpocalc.tables import by_category, by_year
from bpocalc.views.figures import NONE
from bpocalc.views.xlsx.bridge import Bridge, write_bridge
from bpocalc.views.xlsx.places import Places, View
from bpocalc.views.xlsx.writer import Sheet, Writer

NUMBERS: dict[Kind, str] = {
    "money": '#,##0;-#,##0;"–"',
    "saving": '+#,##0;-#,##0;"–"',
    "change": '+#,##0;-#,##0;"–"',
    "whole": "#,##0",
    "price": "[<1]0.00##;#,##0.00",
    "share": "+0.0%;-0.0%;0.0%",
    "return": "+0.0%;-0.0%;0.0%",
    "month": '"month "0',
    "payback": '"month "0',
    "months": '0.0" months"',
    "recovery": '0.0" months"',
    "score": "0.0#",
    "verdict": "General",
}
LEFT = 34


def tables_of(comparison: Comparison, group: Group) -> list[Table]:
    """The tables of a group, in the order of the sheet."""
    made = [summary(comparison, group), *qualitative(comparison, group), *by_category(comparison, group)]
    made += [*by_cause(comparison, group, whole=True), *by_year(comparison, group)]
    return [cleaned(table) for table in made]


class Tables:
    """Writes tables whose figures are formulas."""

    def __init__(self, places: Places, writer: Writer) -> None:
        self.view, self.writer = View(places), writer

    def write(self, sheet: Sheet, table: Table, top: int, group: Group | None = None) -> int:
        """A table from that row on, with its best option found anew if the group is given; the row below it."""
        writer = self.writer
        writer.text(sheet, top, 0, table.title, "heading")
        row = top + 1
        for column, head in enumerate(table.columns, 1):
            writer.text(sheet, row, column, " · ".join(text for text in head if text), "column")
        for line in table.rows:
            row += 1
            if line.sources or line.label:
                self._row(sheet, line, row)
            elif group is not None:
                row = self._marks(sheet, row, group)
        return row + 2

    def _row(self, sheet: Sheet, line: Row, row: int) -> None:
        style = "total" if line.style == "total" else ""
        if line.sources:
            self.writer.text(sheet, row, 0, f"   {line.label}" if line.style == "sub" else line.label, style)
            for column, (source, value) in enumerate(zip(line.sources, line.values, strict=True), 1):
                if source is not None:
                    text = self._said(self.view.text(source), line.kind)
                    known = NONE if value is None else value
                    self.writer.formula(sheet, row, column, text, known, style, NUMBERS[line.kind])
                else:
                    self.writer.text(sheet, row, column, NONE, "none")
        else:
            for column, value in enumerate((line.label, *line.values)):
                self.writer.text(sheet, row, column, str(value or ""), "none" if column else "")

    def _marks(self, sheet: Sheet, row: int, group: Group) -> int:
        """What the best option is found by, and below it the mark of the best; the row of the marks."""
        self.writer.text(sheet, row, 0, "present value of cost")
        worths: dict[str, str] = {}
        for column, (key, result) in enumerate(group.results.items(), 1):
            worth = result.metrics["pv_cost"]
            self.writer.formula(sheet, row, column, self.view.refer(worth), worth.figure, "", NUMBERS["money"])
            worths[key] = f"{xl_col_to_name(column)}{row + 1}"
        for column, result in enumerate(group.results.values(), 1):
            text = self._best(result, worths, group)
            self.writer.formula(sheet, row + 1, column, text, mark_of(group, result.key), "column")
        return row + 1

    def _said(self, formula: str, kind: Kind) -> str:
        """The formula with words for what never happens."""
        if kind == "payback":
            return f'IF(ISNA({formula}),"never",IF({formula}>1,{formula},"at once"))'
        if kind == "verdict":
            return f'IF({formula}>0,"yes","no")'
        if kind == "recovery":
            return f'IF(ISNA({formula}),"never",IF({formula}=0,"none to recover",{formula}))'
        return f'IF(ISNA({formula}),"{NONE}",{formula})' if not formula.startswith("SUM") else formula

    def _best(self, result: Result, worths: Mapping[str, str], group: Group) -> str:
        """Whether a result is the best one, or one of several whose present values differ by nothing material."""
        apart = [r for r in group.results.values() if "material_gap" in r.metrics]
        least = self._least(result, worths, group)
        if len(apart) < 2:
            return least
        values = {r.key: worths[r.key] for r in apart}
        gap = self.view.refer(apart[0].metrics["material_gap"])
        within = {key: f"({value}-MIN({','.join(values.values())})<{gap})" for key, value in values.items()}
        tie = f'IF({within[result.key]},"tie","")' if result in apart else '""'
        return f"IF({'+'.join(within.values())}>1,{tie},{least})"

    def _least(self, result: Result, worths: Mapping[str, str], group: Group) -> str:
        """Whether a result has the least present value of cost; within half a cent the baseline has."""
        least = f"MIN({','.join(worths.values())})"
        base = f"{worths[group.baseline]}-{least}>half_cent"
        if result.key == group.baseline:
            return f'IF({base},"","best")'
        return f'IF({base},IF({worths[result.key]}={least},"best",""),"")'


def write_comparison(
    comparison: Comparison, groups: Mapping[str, list[Table]], places: Places, writer: Writer
) -> dict[str, Bridge]:
    """The whole sheet, the whole scenario first; the bridge of each group that has one."""
    bridges = {}
    sheet = writer.sheet("Comparison")
    sheet.set_column(0, 0, LEFT)
    sheet.set_column(1, 12, 17)
    writer.text(sheet, 0, 0, comparison.run.loaded.scenario.title, "title")
    tables, row = Tables(places, writer), 2
    for group in groups_of(comparison):
        first, *rest = groups[group.key]
        row = tables.write(sheet, first, row, group)
        for table in rest:
            row = tables.write(sheet, table, row)
        bridge = write_bridge(sheet, row, comparison, group, places, writer)
        if bridge is not None:
            bridges[group.key] = bridge
            row = bridge.last + 3
    return bridges


def groups_of(comparison: Comparison) -> list[Group]:
    """The whole scenario where there is one, then its functions."""
    return [*([comparison.total] if comparison.total else []), *comparison.functions.values()]
