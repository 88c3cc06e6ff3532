"""The bridge: how the cost of the baseline becomes that of an option, cause by cause."""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.chart import Chart

from bpocalc.causes import name_of, title_to
from bpocalc.comparison import Comparison, Group, nearest
from bpocalc.formulas import write
from bpocalc.quantity import Quantity, total
from bpocalc.views.xlsx.places import Places, View
from bpocalc.views.xlsx.writer import Sheet, Writer, money_axis, quoted

SHEET = "Comparison"
HEADS = ("", "change", "cost", "whole", "below", "less", "more")
NUMBER = '#,##0;-#,##0;"–"'
BARS = (("whole", "#1F3864"), ("below", None), ("less", "#70AD47"), ("more", "#C55A11"))


class Bridge(NamedTuple):
    """Where the cells of a bridge are: the sheet, and its first and last row from 0."""

    title: str
    sheet: str
    first: int
    last: int

    def chart(self, writer: Writer, currency: str) -> Chart:
        """Columns that step from the cost of the baseline to that of the option."""
        chart = writer.chart(type="column", subtype="stacked")
        at = f"{quoted(self.sheet)}!"
        for name, color in BARS:
            column = "ABCDEFG"[HEADS.index(name)]
            chart.add_series(
                {
                    "name": name,
                    "categories": f"={at}$A${self.first + 1}:$A${self.last + 1}",
                    "values": f"={at}${column}${self.first + 1}:${column}${self.last + 1}",
                    "fill": {"color": color} if color else {"none": True},
                    "border": {"none": True},
                    "gap": 40,
                }
            )
        chart.set_title({"name": self.title, "name_font": {"size": 11}})
        chart.set_y_axis(money_axis(currency))
        chart.set_legend({"position": "bottom", "delete_series": [1]})
        return chart


def write_bridge(
    sheet: Sheet, top: int, comparison: Comparison, group: Group, places: Places, writer: Writer
) -> Bridge | None:
    """The bridge to the best option beside the baseline, from that row on; None where there is no such option."""
    option = nearest(group)
    if option is None:
        return None
    view, base = View(places), group.results[group.baseline]
    title = title_to(option, group)
    title = title[0].upper() + title[1:]
    writer.text(sheet, top, 0, title, "heading")
    for column, head in enumerate(HEADS):
        writer.text(sheet, top + 1, column, head, "column")
    first = row = top + 2
    start = base.metrics["total_cost"]
    _whole(sheet, first, name_of(base, group), start, view, writer)
    level = start.figure
    for step in comparison.bridges.steps(group.key, option.key):
        row += 1
        made = total(step.nominal)
        change = made.figure
        writer.text(sheet, row, 0, step.title)
        cells = (
            (write(made, view), change),
            (f"C{row}+B{row + 1}", level + change),
            ("", 0.0),
            (f"MIN(C{row},C{row + 1})", min(level, level + change)),
            (f"MAX(0-B{row + 1},0)", max(-change, 0.0)),
            (f"MAX(B{row + 1},0)", max(change, 0.0)),
        )
        for column, (formula, value) in enumerate(cells, 1):
            if formula:
                writer.formula(sheet, row, column, formula, value, "", NUMBER)
        level += change
    row += 1
    _whole(sheet, row, name_of(option, group), option.metrics["total_cost"], view, writer)
    return Bridge(title, SHEET, first, row)


def _whole(sheet: Sheet, row: int, label: str, cost: Quantity, view: View, writer: Writer) -> None:
    """A bar of its own: the cost of the baseline, or of the option."""
    writer.text(sheet, row, 0, label, "bold")
    for column in (2, 3):
        writer.formula(sheet, row, column, view.refer(cost), cost.figure, "bold", NUMBER)
