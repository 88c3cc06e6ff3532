"""The workbook is alive: LibreOffice computes from its formulas what bpocalc computes, after a change of inputs too.

Every scenario, every published case and some scenarios made by chance are recalculated from scratch. Then numbers are
put into the cells of inputs and, by overrides, into the scenario: both sides must agree again, line by line and month
by month. One batch for each scenario moves one half of its inputs, another the other half; figures that nobody stated
move as well.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from generated import made
from recalculation import (
    FIGURE,
    FIRST_MONTH,
    INPUTS,
    SHEET,
    Difference,
    cells_of,
    column_number,
    differences,
    input_cells,
    lines_of,
    office,
    parts_of,
    poke,
    recalculate,
)
from test_cases import read_case

from bpocalc.about import Input, Line
from bpocalc.arbitrage import complete
from bpocalc.comparison import Comparison, compare
from bpocalc.formulas import is_stated
from bpocalc.model.run import run
from bpocalc.problems import Invalid
from bpocalc.quantity import Quantity
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.trace import walk
from bpocalc.views import xlsx

__all__ = ["office"]

HERE = Path(__file__).parent
SCENARIOS = {path.name: path for path in sorted((HERE.parent / "scenarios").glob("*.yaml"))}
CASES = {path.name: path for path in sorted((HERE / "cases").glob("*.yaml"))}
MADE = [f"made {number}" for number in range(5)]
"""Scenarios made by chance, by the same chance every time."""
ALL = [*SCENARIOS, *CASES, *MADE]
BATCHES = ("half", "other half")
CHANGED = [f"{name}: {batch}" for name in (*SCENARIOS, *MADE) for batch in BATCHES]

IMMOVABLE = {
    r"\.tiers\.1\.above": "the tiers of a price begin at 0",
    r"fx\.per_euro\.[A-Z]{3}": "a rate of the reference data is replaced by one that is stated, under another address",
    r"\.price\.(fte_ratio|increment)": "a price written in short is no section to write into",
    r"\.parts\.[a-z_]+\.share": "the shares of a blended rate add up to 100 %",
    r"\.outcomes\.[0-9]+\.probability": "the probabilities of the outcomes of a risk add up to 100 %",
}
"""Inputs that no override can move, by a pattern of their addresses, with the reason."""


class Book(NamedTuple):
    """A comparison with its workbook."""

    comparison: Comparison
    workbook: bytes


class Change(NamedTuple):
    """A workbook with other numbers in its inputs, and what bpocalc computes from the same numbers."""

    before: Comparison
    after: Comparison
    moved: dict[str, float]
    """The inputs that have another value, by address."""

    @property
    def same_mix(self) -> bool:
        """Whether the best mix is the one that the workbook shows."""
        return self.before.mixes["best"].options == self.after.mixes["best"].options


def data_of(name: str) -> bytes:
    """A scenario as it stands in its file."""
    return SCENARIOS[name].read_bytes() if name in SCENARIOS else made(len(MADE))[MADE.index(name)].encode()


@cache
def book(name: str) -> Book:
    """A comparison with its workbook."""
    if name in CASES:
        comparison = read_case(CASES[name].read_text("utf-8"), name).comparison
    else:
        comparison = compare(run(load_text(data_of(name), name)))
    return Book(comparison, xlsx.render(comparison, name))


def behind(comparison: Comparison) -> list[Quantity]:
    """All that the results of a comparison and the cost lines in its totals are computed from."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    results = [result for group in groups for result in group.results.values()]
    shown = [q for result in results for q in result.metrics.values()]
    return walk([*shown, *[entry.quantity for result in results for _, entry, _ in result.stream.lines]])


def reached(comparison: Comparison) -> dict[str, Quantity]:
    """The inputs that have an effect on what a comparison shows, by address."""
    return {q.about.address: q for q in behind(comparison) if isinstance(q.about, Input)}


def live(comparison: Comparison) -> list[str]:
    """The inputs that can be moved: by an override, and in a workbook, since no line that is stated hangs on them."""
    lines = [q for q in lines_of(comparison).values() if is_stated(q)]
    stated = {q.about.address for q in walk(lines) if isinstance(q.about, Input)}
    immovable = re.compile("|".join(IMMOVABLE))
    return sorted(address for address in reached(comparison).keys() - stated if not immovable.search(address))


# What LibreOffice makes of the workbooks, in one call for each kind of test.


@pytest.fixture(scope="module")
def untouched(office: None) -> Mapping[str, list[Difference]]:
    """The lines of every workbook, recalculated as it is, by name."""
    cells = recalculate({name: book(name).workbook for name in ALL})
    return {name: differences(cells[name], book(name).comparison) for name in ALL}


@pytest.fixture(scope="module")
def touched(office: None) -> Mapping[str, list[Difference]]:
    """The lines of every workbook, recalculated with other inputs; those of a best mix only where it is the same."""
    cells = recalculate({key: poke(book(name_of(key)).workbook, change(key).moved) for key in CHANGED})
    return {
        key: [
            one
            for one in differences(cells[key], change(key).after)
            if change(key).same_mix or not one.address.startswith("total.best.")
        ]
        for key in CHANGED
    }


def wrong(lines: list[Difference]) -> str:
    """What differs too much, the worst first."""
    return "\n".join(str(one) for one in sorted(lines, key=lambda one: -one.worst) if not one.holds)


@pytest.mark.parametrize("name", ALL)
def test_recalculated_from_its_formulas_alone_a_workbook_gives_the_same(
    name: str, untouched: Mapping[str, list[Difference]]
) -> None:
    assert not wrong(untouched[name])


@pytest.mark.parametrize("key", CHANGED)
def test_with_other_inputs_the_workbook_gives_what_bpocalc_gives(
    key: str, touched: Mapping[str, list[Difference]]
) -> None:
    assert touched[key]
    assert not wrong(touched[key])


def test_agreement_is_told(
    untouched: Mapping[str, list[Difference]],
    touched: Mapping[str, list[Difference]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Says on the terminal how close both sides are, and that next to all inputs were moved."""
    inputs = {(name, address) for name in (*SCENARIOS, *MADE) for address in reached(book(name).comparison)}
    moved = {(name_of(key), address) for key in CHANGED for address in change(key).moved}
    lines = [one for lines in (*untouched.values(), *touched.values()) for one in lines]
    worst = max(lines, key=lambda one: one.worst if not one.address.endswith(".irr") else 0)
    with capsys.disabled():
        print(
            f"\nrecalculated: {len(ALL) + len(CHANGED)} workbooks with {len(lines):,} lines, "
            f"{len(moved)} of {len(inputs)} inputs changed; worst difference {worst.worst:.1e} ({worst.address})"
        )
    assert len(moved) > 0.95 * len(inputs)


# What holds of a workbook without LibreOffice.


@pytest.mark.parametrize("name", ALL)
def test_a_workbook_holds_every_line_with_its_value(name: str) -> None:
    comparison, workbook = book(name)
    found = differences(cells_of(workbook), comparison)
    lines = {q.about.name for q in behind(comparison) if isinstance(q.about, Line)}
    assert lines - {"month", "year"} <= {one.address for one in found}  # these two stand in the head of every sheet
    assert [str(one) for one in found if one.worst > 1e-15] == []


@pytest.mark.parametrize("name", ALL)
def test_the_inputs_of_a_workbook_are_those_that_have_an_effect(name: str) -> None:
    comparison, workbook = book(name)
    cells = input_cells(workbook)
    assert sorted(cells) == sorted(reached(comparison))
    stored = {row[1]: row[5] for row in cells_of(workbook)[INPUTS].values() if row.get(1) in cells and 5 in row}
    assert stored == pytest.approx({address: q.figure for address, q in reached(comparison).items()}, rel=1e-15)


@pytest.mark.parametrize("name", ALL)
def test_an_input_is_named_by_its_address(name: str) -> None:
    workbook = book(name).workbook
    with ZipFile(BytesIO(workbook)) as archive:
        defined = list(fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}definedName"))
    names = {one.get("name"): (one.text or "").replace("$", "") for one in defined}
    for address, cell in input_cells(workbook).items():
        assert names.get(address) == f"{INPUTS}!{cell}", address


@pytest.mark.parametrize("name", [*SCENARIOS, *MADE])
def test_a_row_is_one_formula(name: str) -> None:
    comparison, workbook = book(name)
    lines, cells = lines_of(comparison), cells_of(workbook)
    for sheet, rows in formulas_of(workbook).items():
        for row, stored in cells[sheet].items():
            q = lines.get(str(stored.get(1)))
            if q is None or sheet == INPUTS or is_stated(q):
                continue
            here = rows.get(row, {})
            if not q.is_row:
                assert FIGURE in here or not q.word, f"{sheet}!{row}"
                continue
            months = [here.get(FIRST_MONTH + month) for month in range(len(q.row))]
            assert len(set(months)) == 1, f"{sheet}!{row} {stored[1]}: {set(months)}"
            assert months[0], f"{sheet}!{row} {stored[1]} holds values"


@pytest.mark.parametrize("key", CHANGED)
def test_a_change_of_inputs_changes_no_structure(key: str) -> None:
    before, after = (set(lines_of(c)) for c in (change(key).before, change(key).after))
    best = () if change(key).same_mix else ("total.best.", "total.mix.")
    assert {address for address in before ^ after if not address.startswith(best)} == set()
    assert set(reached(change(key).after)) == set(reached(change(key).before))


def test_every_live_input_is_moved_somewhere() -> None:
    left = {address for name in (*SCENARIOS, *MADE) for address in live(book(name).comparison)}
    assert left - {address for key in CHANGED for address in change(key).moved} == set()


# Titles and notes are texts, whatever they look like.

STRANGE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '="a"&\'b\' <c> & "d"',
    "two\nlines\ttab",
    "x" * 300,
    "\u0645\u0631\u0643\u0632 \u0627\u062a\u0635\u0627\u0644",
    "\U0001f469\U0001f3fd\u200d\U0001f4bb call centre",
    "http://example.com/=1",
    "mailto:a@example.com",
    "{=SUM(A1)}",
    "123",
    "TRUE",
    "]]> &amp; _x000D_",
]


def strange_scenario(text: str) -> str:
    """A scenario in which every free text is this one."""
    amount = {"value": 90, "low": 80, "high": 99, "source": text, "owner": text, "note": text, "as_of": "2026"}
    home = {
        "title": text,
        "teams": {"agents": {"title": text, "fte": 2, "salary": amount}},
        "costs": {"rent": {"title": text, "amount": 5, "per": "month", "avoidable": "100%"}},
    }
    buy = {"title": text, "location": "HERE", "provider": "acme", "charges": {"fee": {"title": text, **FEE}}}
    return json.dumps(
        ensure_ascii=False,
        obj={
            "title": text,
            "currency": "USD",
            "months": 3,
            "discount_rate": {"value": "8%", "source": text},
            "locations": {"HERE": {"title": text}},
            "providers": {"acme": {"title": text}},
            "functions": {
                key: {
                    "title": text,
                    "demand": {"title": text, "volume": 9, "unit": text},
                    "in_house": home,
                    "options": {"buy": buy},
                }
                for key in ("care", "work")
            },
        },
    )


FEE = {"kind": "per_unit", "price": 3}


@cache
def with_text(text: str) -> bytes:
    """The workbook of a scenario in which every free text is this one."""
    return xlsx.render(compare(run(load_text(strange_scenario(text).encode(), "strange.yaml"))), "strange.yaml")


@pytest.mark.parametrize("text", STRANGE)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    workbook = with_text(text)
    assert formulas_of(workbook) == formulas_of(with_text("plain"))  # as many, and none is made of the text
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text).replace("_x000D_", "_x005F_x000D_")
    found = [value for rows in cells_of(workbook).values() for row in rows.values() for value in row.values()]
    assert found.count(shown) > 10
    with ZipFile(BytesIO(workbook)) as archive:
        assert not [
            part for part in archive.namelist() if part.endswith(".rels") and b"/hyperlink" in archive.read(part)
        ]


# Moving inputs: other values, written as overrides.


def name_of(key: str) -> str:
    """The scenario of a batch."""
    return key.rpartition(": ")[0]


@cache
def change(key: str) -> Change:
    """One batch: half of the inputs, with the same chance every time, or the other half."""
    name, _, batch = key.rpartition(": ")
    before = book(name).comparison
    known = before.run.loaded.inputs
    random = Random(name)
    chosen = live(before)
    random.shuffle(chosen)
    part = chosen[BATCHES.index(batch) :: len(BATCHES)]
    after = compare(run(load_moved(name, before.run.loaded, part, Random(key))))
    complete(after.bridges)  # a workbook has the steps of all bridges
    values = {address: q.figure for address, q in after.run.loaded.inputs.items()}
    moved = {a: value for a, value in values.items() if a in known and value != known[a].figure}
    units = {a: q.about.unit for a, q in after.run.loaded.inputs.items() if isinstance(q.about, Input)}
    assert set(moved) <= set(part), "an override moves an input of another address"
    assert {a for a, q in known.items() if isinstance(q.about, Input) and units.get(a) != q.about.unit} == set()
    return Change(before, after, moved)


def other_values(q: Quantity, random: Random) -> Iterator[float]:
    """Values near that of an input, the likely ones first; some will be out of bounds."""
    about, value = q.about, q.figure
    assert isinstance(about, Input)
    if about.unit in ("month", "months", "year", "weeks", "people") or value == 0:
        steps = [0.03, 0.01] if about.unit in ("share", "per year") else [1, 0.5, 2]
        random.shuffle(steps)
        yield from [value + step for step in steps] + [value - step for step in steps]
    else:
        factors = [0.93, 0.97, 1.04, 1.08]
        random.shuffle(factors)
        yield from [value * factor for factor in [*factors, 0.7, 0.5, 1.5, 2]]
    yield from [value * 1.001, value * 0.999, 0.0]


def written(q: Quantity, value: float) -> str:
    """A value as an override states it, with the unit or currency of the input."""
    assert isinstance(q.about, Input)
    unit = q.about.unit
    money = unit.partition("/")[0]
    if money in CURRENCIES or unit in ("hours", "months", "weeks"):
        return f"{value!r} {money}"
    return f"{value * 100!r}%" if unit in ("share", "per year") and abs(value) > 1 else f"{value!r}"


def burden_of(address: str) -> str:
    """The beginning that employer charges of the reference data share: an override replaces all of a place at once."""
    found = re.match(r"locations\.[^.]+\.burden\.", address)
    return found[0] if found else "-"


def load_moved(name: str, before: Loaded, chosen: list[str], random: Random) -> Loaded:
    """The scenario with other values for the chosen inputs; one that is refused tries again, then stays as it is."""
    data, inputs = data_of(name), before.inputs
    values = {address: other_values(inputs[address], random) for address in chosen}
    sets = {address: written(inputs[address], next(values[address])) for address in chosen}

    def load(count: int) -> Loaded | set[str]:
        """The scenario with so many of the overrides made, or the addresses of those that are at fault, if known."""
        made = dict(list(sets.items())[:count])
        burdens = tuple({burden_of(address) for address in made})
        beside = {address: written(q, q.figure) for address, q in inputs.items() if address.startswith(burdens)}
        overrides = [f"{address}={text}" for address, text in {**beside, **made}.items()]
        try:
            return load_text(data, name, overrides)
        except Invalid as invalid:
            places = [re.match(r"--set\[(\d+)\]", p.place.file) for p in invalid.problems if p.severity == "error"]
            return {overrides[int(place[1]) - 1].partition("=")[0] for place in places if place} & set(made)

    while not isinstance(found := load(len(sets)), Loaded):
        if not found:  # the problem is noted elsewhere: look for the first override that makes the scenario invalid
            fine, refused = 0, len(sets)
            while refused - fine > 1:
                middle = (fine + refused) // 2
                fine, refused = (middle, refused) if isinstance(load(middle), Loaded) else (fine, middle)
            found = {list(sets)[refused - 1]}
        for address in sorted(found):
            del sets[address]
            if (value := next(values[address], None)) is not None:
                sets[address] = written(inputs[address], value)
    return found


# Formulas in a notation in which a copied one looks the same.

REFERENCE = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*'!)|(?<![\w.$])(?P<fixed>\$?)(?P<column>[A-Z]{1,3})(?P<fast>\$?)(?P<row>[0-9]+)(?![\w.(])"""
)


def relative(formula: str, row: int, column: int) -> str:
    """The formula with every reference told from its own cell: R[-1]C[2] is one row up, two columns to the right."""

    def told(found: re.Match[str]) -> str:
        if found["text"]:
            return found["text"]
        across, down = column_number(found["column"]), int(found["row"])
        return (f"R{down}" if found["fast"] else f"R[{down - row}]") + (
            f"C{across}" if found["fixed"] else f"C[{across - column}]"
        )

    return REFERENCE.sub(told, formula)


def formulas_of(workbook: bytes) -> dict[str, dict[int, dict[int, str]]]:
    """The formulas of all cells by sheet, row and column, in relative notation; a shared one at each of its cells."""
    with ZipFile(BytesIO(workbook)) as archive:
        return {name: _formulas(fromstring(archive.read(part))) for name, part in parts_of(archive).items()}


def _formulas(root: Element) -> dict[int, dict[int, str]]:
    shared: dict[str, str] = {}
    out: dict[int, dict[int, str]] = {}
    for cell in root.iter(f"{SHEET}c"):
        formula = cell.find(f"{SHEET}f")
        if formula is None:
            continue
        letters = cell.get("r", "").rstrip("0123456789")
        row, column = int(cell.get("r", "")[len(letters) :]), column_number(letters)
        text = relative(formula.text or "", row, column)
        if formula.get("t") == "shared":
            text = shared.setdefault(formula.get("si", ""), text)
        out.setdefault(row, {})[column] = text
    return out


def test_a_copied_formula_looks_the_same() -> None:
    assert (
        relative("IF(F$3=1,$D7,E8)+care.E12*SUM($F8:F8)", 8, 6)
        == "IF(R3C[0]=1,R[-1]C4,R[0]C[-1])+care.E12*SUM(R[0]C6:R[0]C[0])"
    )
    assert relative("IF(G$3=1,$D7,F8)+care.E12*SUM($F8:G8)", 8, 7) != relative("IF(F$3=1,$D7,E8)", 8, 6)
    assert relative("IF(G$3=1,$D7,F8)", 8, 7) == relative("IF(F$3=1,$D7,E8)", 8, 6)
    assert (
        relative("\"F3\"&'Costs of F3'!F3&LOG10(F3)&Inputs!$E$12", 3, 6)
        == "\"F3\"&'Costs of F3'!R[0]C[0]&LOG10(R[0]C[0])&Inputs!R12C5"
    )
