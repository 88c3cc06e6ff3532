"""The workbook as a file: sheets, inputs, formulas with their values, charts, checks, texts; and how it is written."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from html import unescape
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from recalculation import Wrong, cells_of, column_number, differences, input_cells, lines_of, parts_of
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from bpocalc.about import Input, Line
from bpocalc.cli.app import run as cli
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.quantity import describe
from bpocalc.scenario.loading import load_text
from bpocalc.trace import walk
from bpocalc.views import xlsx
from bpocalc.views.figures import NONE
from bpocalc.views.xlsx.comparing import groups_of, tables_of
from bpocalc.views.xlsx.places import sheet_names

HERE = Path(__file__).parent
SCENARIOS = {path.stem: path for path in sorted((HERE.parent / "scenarios").glob("*.yaml"))}
CASE = str(HERE / "golden" / "case.yaml")
FRONT, BACK = ["About", "Summary", "Inputs", "Time"], ["Comparison", "Assumptions", "Checks"]
FUNCTIONS = {
    "ABS", "CHOOSE", "COUNTIF", "DATE", "IF", "IFERROR", "INDEX", "INT", "IRR", "ISNA", "ISNUMBER", "LN", "MATCH",
    "MAX", "MIN", "MOD", "NA", "SUM", "SUMIF", "SUMPRODUCT",
}  # fmt: skip
"""All that formulas ask of a spreadsheet program."""
LONGEST, LEGIBLE = 8192, 1000
"""Characters that a formula may have, and that a reader can follow."""
CELL = re.compile(r'<c r="([A-Z]+)([0-9]+)"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)(<v>[^<]*</v>)?')
PIECE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)|(?P<function>[A-Z][A-Z0-9.]*\()"""
    r"""|(?P<cell>\$?[A-Z]{1,3}\$?[0-9]+(?![\w.(]))|(?P<name>[^\W\d][\w.]*)|(?P<number>[0-9.]+)|(?P<error>\#)"""
)


class Formula(NamedTuple):
    """A formula with its cell; of those that share one, only the first has a text."""

    sheet: str
    column: int
    row: int
    text: str
    shared: bool
    valued: bool

    def __str__(self) -> str:
        return f"{self.sheet}!R{self.row}C{self.column} ({len(self.text)} characters)"


class Book:
    """A comparison with its workbook."""

    def __init__(self, comparison: Comparison, path: str = "case.yaml") -> None:
        self.comparison, self.bytes = comparison, xlsx.render(comparison, path)
        self.archive = ZipFile(io.BytesIO(self.bytes))
        self.parts, self.cells = parts_of(self.archive), cells_of(self.bytes)
        self.groups = groups_of(comparison)
        self.compared = [group for group in self.groups if len(group.results) > 1]

    def read(self, part: str) -> str:
        return self.archive.read(part).decode()

    @cached_property
    def formulas(self) -> list[Formula]:
        return [
            Formula(sheet, column_number(column), int(row), unescape(text), "shared" in how, value != "")
            for sheet, part in self.parts.items()
            for column, row, how, text, value in CELL.findall(self.read(part))
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        found = re.findall('<definedName name="([^"]*)">([^<]*)<', self.read("xl/workbook.xml"))
        assert len({name.casefold() for name, _ in found}) == len(found), "two cells have one name, but for its case"
        return {name: unescape(to) for name, to in found}

    @cached_property
    def charts(self) -> list[str]:
        return [self.read(part) for part in self.archive.namelist() if part.startswith("xl/charts/")]

    def faults(self) -> list[str]:
        """All that a spreadsheet program could stumble over."""
        for part in self.archive.namelist():
            fromstring(self.archive.read(part))
        assert len({sheet.casefold() for sheet in self.parts}) == len(self.parts)
        found = [f"{sheet} is too long" for sheet in self.parts if len(sheet) > 31]
        where = {to: f"the name {name}" for name, to in self.names.items()}
        where |= {unescape(to): "a chart" for chart in self.charts for to in re.findall("<c:f>([^<]*)<", chart)}
        for one in self.formulas:
            if not one.valued or (one.shared and "!" in one.text) or len(one.text) > LONGEST:
                found.append(f"{one} has no value, shares a reference to a sheet, or is too long")
            where.setdefault(one.text, str(one))
        return found + [f"{where[text]}: {wrong} in {text}" for text in where for wrong in self.unknown(text)]

    def unknown(self, text: str) -> Iterator[str]:
        """What should not stand in a formula."""
        for found in PIECE.finditer(text):
            kind, piece = found.lastgroup, found[0]
            if kind == "sheet":
                name = piece[1:-2].replace("''", "'") if piece[0] == "'" else piece[:-1]
                fine = name in self.parts and (piece[0] == "'" or quote_sheetname(name) == name)
            elif kind == "function":
                fine = piece[:-1] in FUNCTIONS
            elif kind == "name":
                fine = piece in self.names
            else:
                fine = kind in ("text", "cell") or piece in ("0", "1")
            if not fine:
                yield piece

    def wrong_values(self) -> list[str]:
        """What differs from the figures of the comparison, and errors where words should be."""
        errors = [
            f"{sheet}!R{row}C{column} is {value}"
            for sheet in ("Summary", "Comparison", "Checks")
            for row, cells in self.cells[sheet].items()
            for column, value in cells.items()
            if isinstance(value, Wrong)
        ]
        return errors + [str(one) for one in differences(self.cells, self.comparison) if one.worst > 1e-15]

    def rows(self, sheet: str, label: str) -> list[Any]:
        """The rows of a sheet with that text in the first or second column."""
        return [row for row in self.cells[sheet].values() if label in (str(row.get(1)).strip(), row.get(2))]


# Scenarios made for the purpose


def buy(price: Any = 3, **more: Any) -> dict[str, Any]:
    return {"location": "PH", "charges": {"fee": {"kind": "per_unit", "price": price}}, **more}


def function(options: Any = None, volume: Any = 9, **more: Any) -> dict[str, Any]:
    rent = {"amount": 5, "per": "month", "avoidable": "100%"}
    home = {"teams": {"agents": {"fte": 2, "salary": 30_000}}, "costs": {"rent": rent}}
    options = {"buy": buy()} if options is None else options
    return {"title": "F", "demand": {"volume": volume, "unit": "call"}, "in_house": home, "options": options, **more}


def book(**stated: Any) -> Book:
    """A scenario of one function that can be bought, but for what is stated."""
    scenario = {"title": "T", "currency": "USD", "months": 14, "discount_rate": "8%", "inflation": "2%", **stated}
    text = json.dumps({"functions": {"desk": function()}, **scenario}, ensure_ascii=False)
    return Book(compare(run(load_text(text.encode(), "case.yaml"))))


def book_of(path: Path | str, **how: bool) -> Book:
    return Book(compare(run(load_text(Path(path).read_bytes(), Path(path).name)), **how), Path(path).name)


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    """The workbook of every scenario."""
    return {name: book_of(path) for name, path in SCENARIOS.items()}


@pytest.fixture(params=SCENARIOS)
def made(request: pytest.FixtureRequest, books: dict[str, Book]) -> Book:
    return books[request.param]


# Every scenario


def test_the_sheets_come_in_their_order(made: Book) -> None:
    middle = []
    for key, ways in made.comparison.run.functions.items():
        middle += [key] if ways.function.demand or ways.function.demands else []
        middle += [f"{key}.{option}" for option in ways.outcomes]
    middle += [result.address for group in made.groups if group.key == "total" for result in group.results.values()]
    assert list(made.parts) == [*FRONT, *middle, *BACK]


def test_every_line_of_a_result_is_there_and_every_formula_is_stored_with_its_value(made: Book) -> None:
    results = [result for group in made.groups for result in group.results.values()]
    below = walk([q for result in results for q in result.metrics.values()])
    lines = {q.about.name for q in below if isinstance(q.about, Line)}
    assert {one.address for one in differences(made.cells, made.comparison)} >= lines - {"month", "year"}
    assert [str(one) for one in made.formulas if not one.valued] == made.wrong_values() == []


def test_every_input_that_has_an_effect_has_one_cell_with_a_name(made: Book) -> None:
    below = walk([entry.quantity for entry in made.comparison.run.book.entries.values()])
    reached = {q.about.address: (q.figure, q.about) for q in below if isinstance(q.about, Input)}
    rows = {str(row[1]): (number, row) for number, row in made.cells["Inputs"].items() if 1 in row and 5 in row}
    assert sum(row.get(1) in reached and 5 in row for row in made.cells["Inputs"].values()) == len(reached)
    assert set(input_cells(made.bytes)) == set(reached)
    for address, (value, about) in reached.items():
        number, row = rows[address]
        assert made.names[address] == f"Inputs!$E${number}"
        spread = {4: about.spread.low, 6: about.spread.high} if about.spread else {}
        figures = {column: row[column] for column in (4, 5, 6, 7) if column in row}
        assert figures == pytest.approx({**spread, 5: value, 7: value}, rel=1e-15)  # cells are written with 16 digits
        said = (about.unit, about.source.text, about.source.as_of, about.source.owner, about.source.note)
        assert tuple(row.get(column, "") for column in (3, 9, 10, 12, 13)) == said


def test_only_inputs_are_unlocked_and_no_sheet_asks_for_a_password(made: Book) -> None:
    looks = re.findall(r"<xf [^>]*?(?:/>|[^/]>.*?</xf>)", made.read("xl/styles.xml").partition("<cellXfs")[2])
    opened = "|".join(str(number) for number, look in enumerate(looks) if 'locked="0"' in look)
    for sheet, part in made.parts.items():
        (protection,) = re.findall("<sheetProtection ([^>]*)/>", made.read(part))
        assert 'sheet="1"' in protection
        assert not re.search("password|hash|salt|spin|algorithm", protection, re.IGNORECASE)
        unlocked = set(re.findall(f'<c r="([A-Z]+[0-9]+)" s="(?:{opened})"', made.read(part)))
        assert unlocked == (set(input_cells(made.bytes).values()) if sheet == "Inputs" else set())


def test_formulas_hold_nothing_that_is_unknown_and_no_number_but_nought_and_one(made: Book) -> None:
    assert made.faults() == []


def test_the_functions_are_those_that_every_spreadsheet_program_has(books: dict[str, Book]) -> None:
    texts = {one.text for made in books.values() for one in made.formulas}
    assert {
        found["function"][:-1] for text in texts for found in PIECE.finditer(text) if found["function"]
    } == FUNCTIONS


def test_a_formula_can_be_read_unless_it_is_a_sum_or_a_list(made: Book) -> None:
    words = {address: q.args[0].word for address, q in lines_of(made.comparison).items() if q.word == "line"}
    long = [one for one in made.formulas if len(one.text) > LEGIBLE]
    several = [words.get(str(made.cells[one.sheet][one.row].get(1))) in ("sum_of", "pick") for one in long]
    assert [str(one) for one, fine in zip(long, several, strict=True) if not fine] == []


def test_the_comparison_shows_the_tables_of_compare(made: Book) -> None:
    shown = iter(made.cells["Comparison"].values())
    for table in (table for group in made.groups for table in tables_of(made.comparison, group)):
        for row in table.rows:
            values = [NONE if value is None else value for value in row.values]
            wanted = dict(enumerate([row.label, *values], 1))
            if row.sources:  # found below the one before
                assert any({**cells, 1: str(cells.get(1)).strip()} == wanted for cells in shown), (table.title, wanted)


def test_every_result_is_checked_and_no_check_fails(made: Book) -> None:
    sheet = made.cells["Checks"]
    assert [made.names[name] for name in ("sums_that_differ", "checks_that_differ")] == ["Checks!$D$2", "Checks!$D$3"]
    counts = [one.text for one in made.formulas if one.sheet == "Checks" and one.column == 4 and one.row in (2, 3)]
    spans = [re.findall(r'^COUNTIF\(A(\d+):A(\d+),"differs"\)$', text) for text in counts]
    counted = {row for ((first, last),) in spans for row in range(int(first), int(last) + 1)}
    assert (len(spans), sheet[2][4], sheet[3][4]) == (2, 0, 0)
    assert counted == {row for row, cells in sheet.items() if cells.get(1) == "ok"}
    rows = [row for group in made.groups for row in tables_of(made.comparison, group)[0].rows]
    results = {describe(q): q.figure for row in rows for q in row.sources if q is not None and q.about is not None}
    assert len(results) > len(made.groups)
    for address, value in results.items():
        (row,) = made.rows("Checks", address)
        assert row[4] == ("never" if isnan(value) else value)
        assert row[5] == (row[4] if isnan(value) else pytest.approx(value, rel=1e-15))


SERIES = r"<c:{}><c:\w+><c:f>(?:'([^<]*)'|(\w+))!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)<"


def series(chart: str, kind: str) -> list[tuple[str, str, int, str, int]]:
    """The sheet, first column and row, last column and row of every series of a chart: its `cat` or its `val`."""
    found = re.findall(SERIES.format(kind), unescape(chart))
    return [(quoted or bare, a, int(first), b, int(last)) for quoted, bare, a, first, b, last in found]


def test_the_summary_charts_the_saving_of_every_option_over_the_months(made: Book) -> None:
    assert made.read("xl/drawings/drawing1.xml").count("<c:chart ") == len(made.charts) == 2 * len(made.compared)
    assert "drawing1" in made.read(made.parts["Summary"].replace("sheets/", "sheets/_rels/") + ".rels")
    clock = made.comparison.run.book.clock
    last, head = xl_col_to_name(4 + clock.months), 3 if clock.start else 4
    lines = [chart for chart in made.charts if "<c:lineChart>" in chart]
    for group, chart in zip(made.compared, lines, strict=True):
        rivals = [result for result in group.results.values() if result.key != group.baseline]
        assert series(chart, "cat") == [("Time", "F", head, last, head)] * len(rivals)
        for result, (sheet, first, row, end, same) in zip(rivals, series(chart, "val"), strict=True):
            assert (first, end, same) == ("F", last, row)
            assert made.cells[sheet][row][1] == describe(result.metrics["cumulative_cash"])
        assert ("yyyy-mm" in chart) == (clock.start is not None)


def test_a_bridge_leads_from_the_cost_of_the_baseline_to_that_of_an_option(made: Book) -> None:
    rows, bars = made.cells["Comparison"], [chart for chart in made.charts if "<c:barChart>" in chart]
    for group, chart in zip(made.compared, bars, strict=True):
        ((sheet, column, first, _, end),) = {*series(chart, "cat")}
        assert [(*span[:2], *span[2::2]) for span in series(chart, "val")] == [
            (sheet, letter, first, end) for letter in "DEFG"
        ]
        costs = {key: result.metrics["total_cost"].figure for key, result in group.results.items()}
        assert (sheet, column) == ("Comparison", "A")
        assert rows[first][3] == rows[first][4] == costs.pop(group.baseline)
        assert rows[end][3] == rows[end][4] == pytest.approx(rows[end - 1][3])
        assert rows[end][4] in costs.values()
        for row in range(first + 1, end):
            before, cost, change = (float(str(x)) for x in (rows[row - 1][3], rows[row][3], rows[row][2]))
            assert cost == pytest.approx(before + change)
            assert [rows[row][column] for column in (5, 6, 7)] == [min(cost, before), max(-change, 0), max(change, 0)]


# Odd scenarios

LONG = "abcdefghij" * 4
SHEETS = ("history", "summary", "inputs", "time", "about", "checks", "comparison", "assumptions", "totals")
LINES = ("year", "month", "months", "contract_year", "month_of", "functions", "inflation", "discount_rate")
FREE = {"costs": {"rent": {"amount": 0, "per": "month", "avoidable": "100%"}}}
FOREIGN = buy({"1": "3 EUR", "2": "4 EUR"}, provider="acme", transition={"months": 3, "severance": {"weeks": 4}}) | {
    "retained": {"teams": {"keeper": {"fte": 1, "salary": {"1": 100, "2": 120}}}},
    "costs": {"once": {"amount": 900, "per": "once", "date": "2028-01"}, "soft": {"amount": 5, "per": "month"}},
}  # fmt: skip
PAID = {"paid_hours": 1800, "teams": {"staff": {"fte": 1, "role": "clerk"}}}
AWAY = {"location": "xx", "charges": {"fee": {"kind": "cost_plus", "margin": "10%", **PAID}}}
ODD: dict[str, dict[str, Any]] = {
    "long keys": {"functions": {
        LONG: function({LONG: buy(), LONG + "b": buy()}), LONG + "c": function(), LONG * 3: function({LONG * 4: buy()}),
    }},
    "keys that are names of sheets": {"functions": {key: function() for key in SHEETS}},
    "keys that are names of lines": {"functions": {key: function({"index": buy()}) for key in LINES}},
    "keys like references": {"functions": {key: function({"a1": buy(), "r1c1": buy()}) for key in ("r", "c", "a1")}},
    "keys that differ by case": {
        "locations": {"XX": {"wages": {"clerk": 20}}, "xx": {"wages": {"clerk": 30}}},
        "functions": {"desk": {"in_house": {"location": "XX", **PAID}, "options": {"buy": AWAY}}},
    },
    "month by month": {"functions": {"desk": function(volume=[*range(12), 0, 7.5])}},
    "no volume": {"functions": {"desk": function(volume=0)}},
    "nothing pays back": {"functions": {key: function({"buy": buy(99_999)}) for key in ("desk", "back")}},
    "nothing costs anything": {"functions": {"desk": function({"buy": buy(0)}, in_house=FREE)}},
    "no options": {"functions": {"desk": function({})}},
    "two functions without options": {"functions": {"desk": function({}), "back": function({})}},
    "much at once": {
        "start": "2027-04", "fx": {"EUR": {"rate": 1.1, "drift": "2%"}}, "mix": {"desk": "better", "back": "buy"},
        "providers": {"acme": {"volume_discount": {"by": "slice", "tiers": [{"above": 10, "rate": "5%"}]}}},
        "functions": {
            "desk": function({"buy": FOREIGN, "better": {"in_house": {"teams": {"agents": {"fte": 1}}}}}),
            "back": function({"buy": FOREIGN}, {"1": 5, "2": 9}),
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_scenario_makes_a_sound_workbook(odd: str) -> None:
    made = book(**ODD[odd])
    assert made.wrong_values() == []
    assert made.faults() == []
    if odd == "no options":
        assert made.charts == []


def test_what_never_happens_is_said_in_a_word() -> None:
    made = book(**ODD["nothing pays back"])
    for sheet in ("Summary", "Comparison"):
        assert [row[3] for row in made.rows(sheet, "pays back (cash)")] == ["at once", "never", "never"]
    assert [made.rows("Checks", f"desk.buy.{name}")[0][4] for name in ("payback_cash", "irr")] == ["never", "never"]


def test_the_best_option_is_marked_once() -> None:
    made = book(functions={"desk": function({"buy": buy(transition={"months": 4})})})
    for sheet in ("Summary", "Comparison"):
        assert sum("best" in row.values() for row in made.cells[sheet].values()) == 1
    assert "10 months" in [value for row in made.rows("Comparison", "mean of") for value in row.values()]


START = "2027-11"
DATED = [(1, START), (13, START), (60, START), (600, START)]


@pytest.mark.parametrize(("months", "start"), [(1, None), (13, None), *DATED])
def test_any_number_of_months_fills_as_many_columns(months: int, start: str | None) -> None:
    made = book(months=months, **({"start": start} if start else {}))
    assert made.faults() == made.wrong_values() == []
    time, option, last = made.cells["Time"], made.cells["desk.buy"], 5 + months
    assert [time[row][last] for row in (4, 5)] == [option[row][last] for row in (4, 5)] == [months, -(-months // 12)]
    assert max(column for row in option.values() for column in row) == last
    assert (3 in time) == (3 in option) == (start is not None)
    for month in (1, months) if start else ():
        year, before = divmod(2027 * 12 + 10 + month - 1, 12)
        assert time[3][5 + month] == option[3][5 + month] == (date(year, before + 1, 1) - date(1899, 12, 30)).days


def test_the_names_of_sheets_are_short_and_no_two_are_alike() -> None:
    wanted = [LONG, LONG + "b", LONG + ".c", "history", "Summary", "time", "TIME", "a.b", "A.B", "x" * 31, "y" * 32]
    made = sheet_names(wanted)
    assert list(made) == wanted
    assert len({name.casefold() for name in (*made.values(), *FRONT, *BACK, "History")}) == len(wanted) + 8
    assert max(map(len, made.values())) == 31
    assert (made["a.b"], made["x" * 31]) == ("a.b", "x" * 31)
    assert made[LONG][:28] == made[LONG + "b"][:28] == LONG[:28]


# Texts

TEXTS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "{=SUM(A1)}", '="a"&\'b\' <c> & "d"', "two\nlines\ttab", "x" * 300, "123",
    "\u202e\u0645\u0631\u0643\u0632", "\U0001f469\U0001f3fd\u200d\U0001f4bb centre", "a\x07b\x1bc", "</f></c>", "]]>",
    "<![CDATA[", "https://example.com/=1", "#REF!", "'quoted", "TRUE",
]  # fmt: skip


def strange(text: str) -> Book:
    """A workbook in which every free text is this one."""
    about = {"value": 90, "low": 80, "high": 99, "source": text, "owner": text, "note": text, "as_of": "2026"}
    rent = {"title": text, "amount": 5, "per": "month", "avoidable": "100%"}
    home = {"title": text, "teams": {"agents": {"title": text, "fte": 2, "salary": about}}, "costs": {"rent": rent}}
    options = {"buy": buy(title=text, provider="acme")}
    one = function(options, title=text, demand={"volume": 9, "unit": text}, in_house=home)
    return book(title=text, providers={"acme": {"title": text}}, functions={"desk": one, "back": one})


@pytest.fixture(scope="module")
def plain() -> list[str]:
    """The formulas of a workbook whose texts are of no interest."""
    return [one.text for one in strange("plain").formulas]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_a_text(text: str, plain: list[str]) -> None:
    made = strange(text)
    assert made.faults() == []
    assert [one.text for one in made.formulas] == plain  # so that none of them is made of the text
    items = re.findall("<si>(.*?)</si>", made.read("xl/sharedStrings.xml"), re.DOTALL)
    strings = [unescape("".join(re.findall("<t[^>]*>([^<]*)</t>", item))) for item in items]
    assert "".join(c if c.isprintable() else " " for c in text) in [string.replace("\n", " ") for string in strings]
    assert all(c.isprintable() or c == "\n" for string in strings for c in string)
    assert "hyperlink" not in "".join(map(made.read, made.parts.values()))


# The same bytes, and the command

WITH_MODULES = """
import sys
from bpocalc.cli import main
try:
    main(sys.argv[1:])
finally:
    print("modules:", *sys.modules, file=sys.stderr)
"""


def bpocalc(*args: str, folder: Path, seed: str = "0") -> str:
    """What the command says on stderr, run as a user does, and what it has imported."""
    line, env = [sys.executable, "-c", WITH_MODULES, *args], {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, env=env, check=False).stderr


def test_the_same_scenario_gives_the_same_bytes(tmp_path: Path) -> None:
    wanted = book_of(CASE).bytes
    assert book_of(CASE).bytes == wanted
    for seed in ("1", "2"):
        folder = tmp_path / f"folder {seed}"
        folder.mkdir()
        (folder / "case.yaml").write_bytes(Path(CASE).read_bytes())
        bpocalc("compare", "case.yaml", "-o", "case.xlsx", folder=folder, seed=seed)
        assert (folder / "case.xlsx").read_bytes() == wanted


def test_no_time_of_day_is_in_a_workbook(books: dict[str, Book]) -> None:
    made = books["minimal"]
    assert {item.date_time for item in made.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {*re.findall(r">([0-9T:-]+)Z<", made.read("docProps/core.xml"))} == {"1980-01-01T00:00:00"}


ALL = [arg for suffix in ("json", "csv", "txt", "md") for arg in ("-o", f"case.{suffix}")]


@pytest.mark.parametrize("args", [["--help"], ["compare", "--help"], ["compare", CASE, *ALL]])
def test_only_a_workbook_needs_the_library_that_writes_it(args: list[str], tmp_path: Path) -> None:
    modules = bpocalc(*args, folder=tmp_path).rpartition("modules:")[2].split()
    assert "bpocalc.cli.app" in modules
    assert [name for name in modules if name.startswith(("xlsxwriter", "bpocalc.views.xlsx"))] == []
    assert len(list(tmp_path.iterdir())) == args.count("-o")


Command = Callable[..., tuple[str, str, int]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command `compare`, in this process and in an empty folder: what it prints, what it says, its exit code."""
    monkeypatch.chdir(tmp_path)

    def do(*args: str) -> tuple[str, str, int]:
        code = cli(["compare", *args])
        return (*capsys.readouterr(), code)

    return do


def test_a_workbook_is_written_alone_or_beside_other_formats(command: Command) -> None:
    assert command(CASE, "-o", "case.xlsx", "-o", "case.json") == ("", "wrote case.xlsx, case.json\n", 0)
    assert command(CASE, "-f", "xlsx", "-o", "case") == ("", "wrote case\n", 0)
    assert Path("case.xlsx").read_bytes() == Path("case").read_bytes() == book_of(CASE).bytes
    assert json.loads(Path("case.json").read_text())


@pytest.mark.parametrize(
    ("args", "sheets"),
    [
        ("--function desk", "desk desk.in_house desk.cebu desk.improved"),
        ("--function ledger --option cebu", "ledger.in_house ledger.cebu"),
        ("--function desk --option improved --set mix=null", "desk desk.in_house desk.improved"),
    ],
)
def test_a_workbook_holds_what_was_asked_for_and_no_more(args: str, sheets: str, command: Command) -> None:
    assert command(CASE, *args.split(), "-o", "case.xlsx")[2] == 0
    assert list(cells_of(Path("case.xlsx").read_bytes())) == [*FRONT, *sheets.split(), *BACK]


def test_soft_lines_are_counted_where_that_is_asked_for(command: Command) -> None:
    soft = book_of(CASE, soft=True)
    assert command(CASE, "--soft", "-o", "case.xlsx")[2] == 0
    assert Path("case.xlsx").read_bytes() == soft.bytes != book_of(CASE).bytes
    assert soft.faults() == soft.wrong_values() == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([CASE, "-f", "xlsx"], "a workbook is written to a file: add -o case.xlsx"),
        ([CASE, CASE, "-o", "case.xlsx"], "a workbook holds one scenario: give one file"),
        ([CASE, CASE, "-f", "xlsx", "-o", "case.json"], "a workbook holds one scenario: give one file"),
    ],
)
def test_2_a_workbook_is_one_file_of_one_scenario(args: list[str], said: str, command: Command, tmp_path: Path) -> None:
    assert command(*args) == ("", f"bpocalc: {said}\n", 2)
    assert list(tmp_path.iterdir()) == []


class Full(io.BytesIO):
    def write(self, _: object, /) -> int:
        raise OSError(28, "No space left on device")


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def fill(handle: int, *_: object) -> Full:
    os.close(handle)
    return Full()


@pytest.mark.parametrize(
    ("path", "said", "patched"),
    [
        ("missing/case.xlsx", "no such file or directory", None),
        ("folder.xlsx", "it is a directory", None),
        ("old.xlsx/case.xlsx", "not a directory", None),
        ("old.xlsx", "permission denied", (tempfile, "mkstemp", refuse)),
        ("old.xlsx", "no space left on device", (os, "fdopen", fill)),
        ("new.xlsx", "no space left on device", (os, "fdopen", fill)),
    ],
)
def test_3_a_workbook_that_cannot_be_written_leaves_everything_as_it_was(
    path: str, said: str, patched: Any, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("folder.xlsx").mkdir()
    Path("old.xlsx").write_text("as it was")
    with monkeypatch.context() as here:
        if patched:
            here.setattr(*patched)
        ended = command(CASE, "-o", path)
    assert ended == ("", f"bpocalc: cannot write {path}: {said}\n", 3)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.xlsx", "old.xlsx"]
    assert Path("old.xlsx").read_text() == "as it was"


def test_a_formula_that_no_spreadsheet_takes_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teams = ", ".join(f"team_{n}: {{fte: 1, salary: 1}}" for n in range(700))
    path, made = tmp_path / "case.yaml", tmp_path / "case.xlsx"
    head = "title: T\ncurrency: USD\nmonths: 1\ndiscount_rate: 0%\n"
    case = f"{head}functions: {{f: {{in_house: {{teams: {{{teams}}}}}}}}}\n"
    path.write_text(case, "utf-8")
    assert cli(["compare", str(path), "-o", str(made)]) == 3
    said = capsys.readouterr().err
    assert "bpocalc: cannot write a workbook of case.yaml: row" in said
    assert said.endswith("would need a formula of more than 8,192 characters\n")
    assert not made.exists()
