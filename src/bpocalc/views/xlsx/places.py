"""Where everything lives in the workbook: one page for each way to run a function, one row for each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from bpocalc.about import Input, Line
from bpocalc.comparison import Comparison
from bpocalc.formulas import BEFORE, HERE, write
from bpocalc.notation import operands
from bpocalc.quantity import Quantity, describe
from bpocalc.timeline import Clock
from bpocalc.trace import walk
from bpocalc.views.xlsx.writer import quoted
from bpocalc.words import CONSTANTS

FIXED = ("About", "Summary", "Inputs", "Time", "Comparison", "Assumptions", "Checks")
RESERVED = ("history",)
"""A name that no sheet may have."""
MOST_NAME = 31
FIGURE, FIRST = 3, 5
"""Columns, from 0, of a figure and of month 1; the one between stays empty, for what looks a month back."""
VALUE = 4
"""The column of an input's value."""
DATE_ROW, MONTH_ROW, YEAR_ROW, TOP = 2, 3, 4, 6
"""Rows, from 0, at the top of every page of lines."""
TOLERANCES = (
    ("check_tolerance", "How far, in relation, a figure may be from the one that bpocalc computed", 1e-9),
    ("return_tolerance", "The same for a rate of return, which spreadsheets find by trial", 1e-5),
)
LONG = 1_000
"""A formula of more characters calls inputs by their cells and not by their names."""
LEGAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,254}")


class Section(NamedTuple):
    """Lines below a heading."""

    heading: str
    lines: list[Quantity]
    level: int = 0
    """How deep its rows are grouped."""


class Page:
    """A sheet of lines."""

    def __init__(self, name: str, prefix: str) -> None:
        self.name = name
        self.prefix = prefix
        """The address below which its lines stand; empty for what all others share."""
        self.sections: list[Section] = []
        self.rows: dict[int, int] = {}
        """The row, from 0, of each line and link by its identity."""

    def arrange(self, row: int) -> None:
        """Give every line its row, the first heading standing in that one."""
        for section in self.sections:
            if section.lines:
                row += 1
                for q in section.lines:
                    self.rows[id(q)] = row
                    row += 1
                row += 1


class Places:
    """The pages of a comparison, and the cells of everything that its results hang on."""

    def __init__(self, comparison: Comparison, roots: Iterable[Quantity]) -> None:
        self.clock = comparison.run.book.clock
        self.months = self.clock.months
        self.currency = comparison.run.book.currency
        entries = comparison.run.book.entries
        reached = walk([*roots, *self.clock.rows, self.clock.last])
        order = {id(entry.quantity): number for number, entry in enumerate(entries.values())}
        lines = [q for q in reached if isinstance(q.about, Line)]
        self.lines = sorted(lines, key=lambda q: order.get(id(q), len(order)))
        met = {id(q) for q in reached}
        self.inputs = [q for q in comparison.run.loaded.inputs.values() if id(q) in met]
        self.input_rows: dict[int, int] = {}
        self.alike = Counter(describe(q).casefold() for q in self.inputs)
        """How many inputs have a name but for its case, which spreadsheets do not tell apart."""
        prefixes = []
        for key, ways in comparison.run.functions.items():
            prefixes += [key, *(f"{key}.{option}" for option in ways.outcomes)]
        prefixes += [result.address for result in comparison.total.results.values()] if comparison.total else []
        names = sheet_names(prefixes)
        self.time = Page("Time", "")
        self.pages = {"": self.time, **{prefix: Page(names[prefix], prefix) for prefix in prefixes}}
        self.home: dict[int, Page] = {id(q): self._home(describe(q)) for q in self.lines}
        self.constants = constants(self.clock)
        self._fill(comparison)

    def _home(self, address: str) -> Page:
        first, _, rest = address.partition(".")
        return self.pages.get(f"{first}.{rest.partition('.')[0]}") or self.pages.get(first) or self.time

    def _fill(self, comparison: Comparison) -> None:
        """Put the lines onto their pages, with links to what those share."""
        entries = comparison.run.book.entries
        modelled = {id(e.quantity) for e in list(entries.values())[: comparison.run.modelled]}
        top = {id(self.clock.month), id(self.clock.year)}
        for page in self.pages.values():
            mine = [q for q in self.lines if self.home[id(q)] is page]
            page.rows = {id(self.clock.month): MONTH_ROW, id(self.clock.year): YEAR_ROW}
            if page is self.time:
                figures = [q for q in mine if not q.is_row]
                page.sections = [
                    Section("Figures", figures),
                    Section("Month by month", [q for q in mine if q.is_row and id(q) not in top]),
                ]
                continue
            kinds = {id(q): entries[describe(q)].kind if describe(q) in entries else "driver" for q in mine}
            costs = [q for q in mine if kinds[id(q)] == "cost"]
            rest = [q for q in mine if kinds[id(q)] != "cost"]
            page.sections = [
                Section("From other sheets", self._links(page, mine)),
                Section("How it is worked out", [q for q in rest if id(q) in modelled], 1),
                Section("Cost lines", costs),
                Section("Totals and results", [q for q in rest if id(q) not in modelled]),
            ]
        for page in self.pages.values():
            page.arrange(TOP + len(self.constants) + 2 if page is self.time else TOP)

    def _links(self, page: Page, mine: Sequence[Quantity]) -> list[Quantity]:
        """The shared rows that the lines of a page point at."""
        met: dict[int, Quantity] = {}
        for q in mine:
            for arg in operands(q.args[0] if q.word == "line" else q):
                home = self.home.get(id(arg))
                shared = home is not None and home is not page and "." not in home.prefix
                if shared and arg.is_row and id(arg) not in page.rows:
                    met[id(arg)] = arg
        return list(met.values())

    def name_of(self, q: Quantity) -> str | None:
        """The defined name of an input, or of a figure that all sheets share; None where there is none."""
        shared = isinstance(q.about, Input) or (not q.is_row and self.home.get(id(q)) is self.time)
        name = describe(q)
        return name if shared and LEGAL.fullmatch(name) and self.alike[name.casefold()] < 2 else None

    def months_of(self, row: int) -> str:
        """The cells of all months in a row counted from 0."""
        return f"${xl_col_to_name(FIRST)}${row + 1}:${xl_col_to_name(FIRST + self.months - 1)}${row + 1}"


def constants(clock: Clock) -> list[tuple[str, str, float]]:
    """Name, meaning and value of every number that formulas know by name and nobody is to change."""
    out = [(name, meaning, value) for value, (name, meaning) in CONSTANTS.items()]
    if clock.start is not None:
        out.append(("start_year", "Year of month 1", clock.start.year))
    first = clock.start.number if clock.start is not None else 1
    return [*out, ("start_month", "Calendar month of month 1", first), *TOLERANCES]


class View:
    """The cells as formulas of one row of a page see them; of no page, where everything is on another sheet."""

    def __init__(self, places: Places, page: Page | None = None, row: int = 0, *, named: bool = True) -> None:
        self.places, self.page, self.row, self.named = places, page, row, named

    @property
    def month(self) -> Quantity:
        """The row that counts months."""
        return self.places.clock.month

    def _where(self, q: Quantity) -> tuple[str, int]:
        """The sheet with its exclamation mark, unless it is this one, and the row from 1."""
        if self.page is not None and id(q) in self.page.rows:
            return "", self.page.rows[id(q)] + 1
        home = self.places.home[id(q)]
        return f"{quoted(home.name)}!", home.rows[id(q)] + 1

    def refer(self, q: Quantity, mark: str = HERE) -> str:
        """The cell of an input, a figure, or a row in the column of the mark."""
        name = self.places.name_of(q)
        if name is not None and (self.named or not isinstance(q.about, Input)):
            return name
        if isinstance(q.about, Input):
            return f"Inputs!${xl_col_to_name(VALUE)}${self.places.input_rows[id(q)] + 1}"
        sheet, row = self._where(q)
        return f"{sheet}{mark}{row}" if q.is_row else f"{sheet}${xl_col_to_name(FIGURE)}${row}"

    def formula(self, q: Quantity) -> str:
        """The formula of a line, in names, or where it would be long in cells."""
        text = write(q, self)
        return text if len(text) <= LONG else write(q, View(self.places, self.page, self.row, named=False))

    def text(self, q: Quantity) -> str:
        """The cell of what has one; of anything else its formula."""
        return write(q, self) if q.about is None else self.refer(q)

    def across(self, q: Quantity) -> str:
        """The cells of all months of a row."""
        sheet, row = self._where(q)
        return sheet + self.places.months_of(row - 1)

    def up_to_here(self, q: Quantity) -> str:
        """The cells of a row from month 1 to this month."""
        sheet, row = self._where(q)
        return f"{sheet}${xl_col_to_name(FIRST)}{row}:{HERE}{row}"

    def block(self, items: Sequence[Quantity]) -> str:
        """The cells of several inputs that stand one below the other."""
        rows = [self.places.input_rows[id(q)] + 1 for q in items]
        column = xl_col_to_name(VALUE)
        assert rows == [*range(rows[0], rows[0] + len(rows))]
        return f"Inputs!${column}${rows[0]}:${column}${rows[-1]}"

    def own(self, mark: str = BEFORE) -> str:
        """The cell of the row that is written."""
        return f"{mark}{self.row + 1}"


def sheet_names(wanted: Iterable[str]) -> dict[str, str]:
    """A name for each sheet that is wanted: as long as it may be, and no two alike, whatever their case."""
    taken = {name.casefold() for name in (*FIXED, *RESERVED)}
    made = {}
    for address in wanted:
        name, number = _short(address, ""), 1
        while name.casefold() in taken:
            number += 1
            name = _short(address, f"~{number}")
        taken.add(name.casefold())
        made[address] = name
    return made


def _short(address: str, end: str) -> str:
    most = MOST_NAME - len(end)
    return (address if len(address) <= most else address[: most - 1] + "…") + end
