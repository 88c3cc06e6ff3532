"""The front of the workbook: what it is, and the answer with its charts."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from bpocalc import __version__
from bpocalc.answers import answers
from bpocalc.comparison import Comparison, Group
from bpocalc.formulas import is_stated
from bpocalc.quantity import describe
from bpocalc.report import CONVENTIONS, basis
from bpocalc.table import Table
from bpocalc.views.xlsx.bridge import Bridge
from bpocalc.views.xlsx.checks import BROKEN, DIFFERS
from bpocalc.views.xlsx.comparing import LEFT, Tables, groups_of
from bpocalc.views.xlsx.inputs import CHANGED
from bpocalc.views.xlsx.places import DATE_ROW, FIRST, MONTH_ROW, Places
from bpocalc.views.xlsx.writer import Sheet, Writer, money_axis, quoted

SHOWN = (
    "total", "saving", "of the baseline", "of what is avoidable", "saving without risk", "NPV of the saving",
    "NPV without risk", "run rate, saving / year",
    "one-off cost", "pays back (cash)", "maximum exposure", "rate of return / year",
    "required by the rule", "meets the rule",
)  # fmt: skip
ROOM = 110
"""Characters of a line of text."""
ABOUT = (
    ("What this is", (
        "A live model: change a blue figure on the sheet Inputs, and every sheet follows.",
        "It gives the figure that bpocalc gives when the scenario file says the same.",
    )),
    ("What is live", (
        "Every figure of every line in every month, and all results: savings, present values, paybacks, run rate, "
        "maximum exposure, rate of return, charts.",
        "Figures that the file does not state are inputs as well, with the value that changes nothing.",
    )),
    ("What is structure", (
        "The number of months, the month of the start, which teams, options, charges and tiers there are, and which "
        "options the mixes consist of: to change these, change the scenario and write the workbook anew.",
        "The best mix is the one that was best when this was written; the sheets mark the best option anew.",
    )),
    ("How to read it", (
        "One sheet for each way to run a function; one row for each line; one formula for each row, the same in every "
        "month. The address in the first column is the one that 'bpocalc explain' takes.",
        "Blue on yellow: inputs. Green: rows of other sheets. Black: formulas. Every number that a formula needs "
        "beside 0 and 1 has a name: see the sheet Time.",
        "#N/A on a sheet of lines means never, or that there is no such figure.",
        "Sheets are protected without a password: to unprotect one, no word is asked for.",
        "The sheet Checks sets every result against the one that bpocalc computed.",
    )),
)  # fmt: skip
STATED = (
    "These lines hold what bpocalc computed, in grey italics: no spreadsheet computes Erlang C. What hangs on them "
    "follows them, and they follow no input: for another volume, time or target write the workbook anew."
)


def _not_live(places: Places) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is said of the lines that no spreadsheet can compute; nothing where there are none."""
    names = [describe(q) for q in places.lines if is_stated(q)]
    if not names:
        return ()
    return (("What is stated and not live", (STATED, f"They are: {', '.join(names)}.")),)


def write_about(comparison: Comparison, places: Places, writer: Writer, path: str) -> None:
    """What the workbook is, its conventions, what is live and what is structure."""
    sheet = writer.sheet("About")
    sheet.set_column(0, 0, ROOM)
    writer.text(sheet, 0, 0, comparison.run.loaded.scenario.title, "title")
    origin = "standard input" if path == "-" else path
    writer.text(sheet, 1, 0, f"Written by bpocalc {__version__} from {origin}", "note")
    row = 3
    for heading, texts in (*ABOUT, *_not_live(places), ("Conventions", (basis(comparison), CONVENTIONS))):
        writer.text(sheet, row, 0, heading, "heading")
        for text in texts:
            row += 1
            writer.paragraph(sheet, row, text, ROOM)
        row += 2
    writer.text(sheet, row, 0, "What bpocalc said when it wrote this", "heading")
    for number, answer in enumerate(answers(comparison), 1):
        writer.paragraph(sheet, row + number, answer, ROOM)
        writer.define(f"answer_{number}", "About", f"$A${row + number + 1}")


def write_summary(
    comparison: Comparison,
    groups: Mapping[str, list[Table]],
    bridges: Mapping[str, Bridge],
    places: Places,
    writer: Writer,
) -> None:
    """The answer, the main results and two charts for each group."""
    sheet = writer.sheet("Summary")
    sheet.set_column(0, 0, LEFT)
    sheet.set_column(1, 12, 17)
    writer.text(sheet, 0, 0, comparison.run.loaded.scenario.title, "title")
    writer.text(sheet, 1, 0, basis(comparison), "note")
    row = _answers(comparison, sheet, writer)
    state = (
        f'IF({BROKEN}>0,"Some sums are not their parts: see the sheet Checks",IF({CHANGED}>0,{CHANGED}&" inputs were '
        f'changed",IF({DIFFERS}>0,"Some figures are not those of bpocalc: see the sheet Checks","")))'
    )
    writer.formula(sheet, row, 0, state, "", "note")
    row += 2
    tables = Tables(places, writer)
    breaks = []
    for group in groups_of(comparison):
        breaks.append(row)
        table = groups[group.key][0]
        rows = tuple(r for r in table.rows if r.label in SHOWN or r.label.startswith("cost per") or not r.sources)
        row = tables.write(sheet, table._replace(rows=rows), row, group) - 1
        row = _charts(sheet, group, bridges.get(group.key), places, writer, row)
    sheet.set_h_pagebreaks(breaks[1:])


def _answers(comparison: Comparison, sheet: Sheet, writer: Writer) -> int:
    """The answer in words, as long as no input is another; the row below it."""
    row = 2
    for number, answer in enumerate(answers(comparison), 1):
        sheet.merge_range(row, 0, row, 6, "", writer.look("answer"))
        writer.paragraph(sheet, row, answer, ROOM, "answer")
        said = f'IF({CHANGED}=0,answer_{number},"Inputs were changed: the figures below are live, words are not.")'
        writer.formula(sheet, row, 0, said, answer, "answer")
        row += 1
    return row


def _charts(sheet: Sheet, group: Group, bridge: Bridge | None, places: Places, writer: Writer, row: int) -> int:
    """The saving so far of every option, and what it comes from for the best one; the row below them."""
    time, last = quoted(places.time.name), xl_col_to_name(FIRST + places.months - 1)
    head = (DATE_ROW if places.clock.start else MONTH_ROW) + 1
    chart = writer.chart(type="line")
    drawn = 0
    for result in group.results.values():
        q = result.metrics.get("cumulative_cash")
        if q is None:
            continue
        page = places.home[id(q)]
        at = page.rows[id(q)] + 1
        chart.add_series(
            {
                "name": result.title if group.key == "total" else result.key,
                "categories": f"={time}!$F${head}:${last}${head}",
                "values": f"={quoted(page.name)}!$F${at}:${last}${at}",
                "line": {"width": 2},
            }
        )
        drawn += 1
    if not drawn:
        return row + 1
    chart.set_title({"name": "Saving so far", "name_font": {"size": 11}})
    dates = "yyyy-mm" if places.clock.start else "0"
    chart.set_x_axis({"num_format": dates, "label_position": "low", "interval_unit": 12, "interval_tick": 12})
    chart.set_y_axis(money_axis(places.currency))
    chart.set_legend({"position": "bottom"})
    sheet.insert_chart(row, 0, chart, {"x_offset": 5, "y_offset": 5})
    if bridge is not None:
        sheet.insert_chart(row, 4, bridge.chart(writer, places.currency), {"x_offset": 25, "y_offset": 5})
    return row + 18
