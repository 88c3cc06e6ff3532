"""The assumption book: every input of a scenario, what is known about it, and how it is shown.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_assumptions.py` writes them anew.
"""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bpocalc.about import Input
from bpocalc.assumptions import Assumption, Register, assumptions, findings, sections
from bpocalc.comparison import compare
from bpocalc.model.run import run
from bpocalc.scenario.loading import load_text
from bpocalc.views.assumptions import digits, range_of, render, value_of
from bpocalc.views.layout import width

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SCENARIOS = sorted((HERE.parent / "scenarios").glob("*.yaml"))
GOLDEN_FILES: dict[str, tuple[str, int | None]] = {
    "assumptions.txt": ("text", None),
    "assumptions.40.txt": ("text", 40),
    "assumptions.80.txt": ("text", 80),
    "assumptions.200.txt": ("text", 200),
    "assumptions.md": ("markdown", None),
    "assumptions.json": ("json", None),
}
SMALL = """
title: Order desk
currency: USD
months: 12
discount_rate: 8%
functions:
  orders:
    in_house: {teams: {clerks: {fte: 10, salary: SALARY}}}
    options: {manila: {location: PH, price: 3_200, per: fte_month}}
"""
SALARY = "functions.orders.in_house.teams.clerks.salary"


def register_of(data: bytes, *overrides: str, functions: list[str] | None = None) -> Register:
    return assumptions(compare(run(load_text(data, "case.yaml", [*overrides]), functions)))


@cache
def book_of(path: Path) -> Register:
    return register_of(path.read_bytes())


def small(salary: str = "46_400", *overrides: str, start: str = "") -> Register:
    """Give the book of a small case with its salary written so."""
    text = SMALL.replace("SALARY", salary) + (f"start: {start}\n" if start else "")
    return register_of(text.encode(), *overrides)


def at(register: Register, address: str) -> Assumption:
    return next(item for item in register.assumptions if item.address == address)


def figure(value: float, unit: str, written: str = "", **about: Any) -> Assumption:
    """Give an assumption with nothing known about it but this."""
    known: dict[str, Any] = dict.fromkeys(("dist", "source", "as_of", "owner", "note", "grade"), "")
    known |= dict.fromkeys(("low", "high", "age", "place"))
    known |= {"address": "a", "label": "a", "kind": "stated", "used": True, "value": value, "unit": unit}
    return Assumption(**(known | {"written": written} | about))


# What the book holds


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_input_of_a_scenario_is_in_the_book_once(path: Path) -> None:
    inputs = load_text(path.read_bytes(), path.name).inputs
    assert Counter(item.address for item in book_of(path).assumptions) == Counter(dict.fromkeys(inputs, 1))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_stated_input_is_shown_once_in_every_format(path: Path) -> None:
    register = book_of(path)
    inputs = load_text(path.read_bytes(), path.name).inputs
    stated = {a for a, q in inputs.items() if isinstance(q.about, Input) and q.about.stated}
    missing = {item.address for item in register.of("neutral") if item.used}
    shown = Counter(dict.fromkeys(stated | missing, 1))
    assert Counter(addresses_in_text(render(register, "text", path.name, ""))) == shown
    assert Counter(addresses_in_markdown(render(register, "markdown", path.name, ""))) == shown
    data = json.loads(render(register, "json", path.name, ""))
    assert Counter(item["address"] for item in data["assumptions"]) == Counter(dict.fromkeys(inputs, 1))


def addresses_in_text(printed: str) -> list[str]:
    """Read the addresses at natural width: sections are indented by two, labels by four."""
    found, section = [], ""
    for line in printed.splitlines():
        indent = len(line) - len(line.lstrip())
        if indent == 2:
            section = "" if line.strip() == "header" else f"{line.strip()}."
        elif indent == 4:
            found.append(section + line.split()[0])
    return found


def addresses_in_markdown(printed: str) -> list[str]:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in printed.splitlines() if line.startswith("| ")]
    return [cell for cell in rows if cell not in ("input", "---")]


def test_stated_figures_come_in_the_order_of_the_file() -> None:
    stated = [item for path in SCENARIOS for item in book_of(path).of("stated")]
    places = [(item.place.line, item.place.column) for item in book_of(SCENARIOS[0]).of("stated") if item.place]
    assert len(stated) > len(places) > 0
    assert places == sorted(places)


def test_an_input_is_stated_set_taken_from_the_reference_data_or_neutral() -> None:
    register = register_of((GOLDEN / "assumptions.yaml").read_bytes(), "discount_rate=9%")
    assert at(register, "discount_rate").kind == "set"
    assert at(register, "inflation").kind == "stated"
    assert at(register, "locations.US.wages.customer_service_rep").kind == "reference"
    assert at(register, "functions.desk.in_house.teams.lead.attrition").kind == "neutral"


def test_figures_set_on_the_command_line_stand_after_those_of_the_file_in_their_order() -> None:
    sets = [f"functions.orders.in_house.teams.clerks.{name}=1%" for name in ("burden", "attrition")]
    many = [f"inflation={number}%" for number in range(1, 9)] + sets
    register = small("46_400", *many)
    assert [item.label for item in register.stated][-3:] == ["inflation", "burden", "attrition"]


def test_exchange_rates_are_inputs_with_the_currencies_as_their_unit() -> None:
    stated = at(book_of(GOLDEN / "assumptions.yaml"), "fx.PHP")
    assert (stated.value, stated.unit) == (0.0172, "USD/PHP")
    crossed = small("900_000 PHP")
    assert {at(crossed, f"fx.per_euro.{code}").unit for code in ("PHP", "USD")} == {"PHP/EUR", "USD/EUR"}
    assert {at(crossed, f"fx.per_euro.{code}").kind for code in ("PHP", "USD")} == {"reference"}


def test_what_no_result_hangs_on_is_marked_and_named() -> None:
    register = book_of(GOLDEN / "assumptions.yaml")
    idle = at(register, "functions.desk.options.improved.in_house.costs.assist.avoidable")
    assert not idle.used
    assert f"No result hangs on {idle.address}." in findings(register)
    assert "100 % (1) · case.yaml:31 · no source · no result hangs on it" in render(register, "text", "case.yaml", "")


def test_inputs_of_functions_that_are_not_computed_are_unused() -> None:
    register = register_of((GOLDEN / "case.yaml").read_bytes(), functions=["ledger"])
    used = {item.address.split(".")[1] for item in register.assumptions if item.used and "functions" in item.address}
    assert used == {"ledger"}


def test_a_label_is_the_last_part_of_the_address_with_its_number() -> None:
    register = book_of(HERE.parent / "scenarios" / "customer-support.yaml")
    assert at(register, "functions.support.demand.seasonality.3").label == "seasonality 3"
    assert at(register, "functions.support.in_house.paid_hours").label == "paid hours"


# Age


@pytest.mark.parametrize(
    ("as_of", "age"),
    [("2025-11", 14), ("2025-11-30", 14), ("2025", 13), ("2027-01", 0), ("2027", -11), ("2027-03-01", -2)],
)
def test_the_age_counts_whole_months_from_a_month_or_from_the_december_of_a_year(as_of: str, age: int) -> None:
    register = small(f"{{value: 46_400, source: HR, as_of: '{as_of}'}}", start="2027-01")
    assert at(register, SALARY).age == age


def test_what_is_no_month_of_the_calendar_has_no_age() -> None:
    assert at(small("{value: 46_400, source: HR, as_of: 2025-13}", start="2027-01"), SALARY).age is None


def test_without_a_start_nothing_has_an_age_and_the_book_says_so() -> None:
    register = small("{value: 46_400, source: HR, as_of: 2025-11}")
    assert at(register, SALARY).age is None
    assert list(findings(register))[1:] == [
        f"The oldest figure is of 2025-11: {SALARY}.",
        "The scenario says no start, so that no figure has an age.",
    ]


def test_the_oldest_figure_and_those_dated_after_the_start_are_pointed_out() -> None:
    old = list(findings(small("{value: 46_400, source: HR, as_of: 2025-11}", start="2027-01")))
    new = list(findings(small("{value: 46_400, source: HR, as_of: 2027-02}", start="2027-01")))
    assert old[1:] == [f"The oldest figure is of 2025-11, 14 months old at the start: {SALARY}."]
    assert new[2:] == [f"Dated after the start: {SALARY}."]


def test_figures_without_a_source_are_counted() -> None:
    assert next(findings(small())) == "4 of 4 stated figures name no source."
    assert next(findings(small("{value: 46_400, source: HR}"))) == "3 of 4 stated figures name no source."
    sourced = {item.address: item._replace(source="HR") for item in small().assumptions}
    assert next(findings(small()._replace(assumptions=tuple(sourced.values())))) == (
        "All 4 stated figures name their source."
    )


# Sections


def listed(*addresses: str) -> dict[str, list[str]]:
    entries = [figure(1, "")._replace(address=address) for address in addresses]
    return {section: [label for label, _ in found] for section, found in sections(entries).items()}


def test_figures_stand_below_their_section() -> None:
    assert listed("inflation", "a.b.x", "a.b.y", "a.c.x", "a.c.y") == {
        "": ["inflation"],
        "a.b": ["x", "y"],
        "a.c": ["x", "y"],
    }


def test_a_section_of_one_figure_joins_the_next_one_above_but_not_the_header() -> None:
    assert listed("inflation", "a.b.c.x", "a.y", "a.d.x") == {"": ["inflation"], "a": ["b.c.x", "y", "d.x"]}
    assert listed("inflation", "fx.PHP") == {"": ["inflation"], "fx": ["PHP"]}


# How a figure is written


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (figure(0.0172, "USD/PHP"), "0.0172 USD/PHP"),
        (figure(1_234_567.89, "USD/year"), "1,234,567.89 USD/year"),
        (figure(2.7 / 100, "per year", "2.7%"), "2.7 % per year (0.027)"),
        (figure(-0.015, "per year"), "−1.5 % per year (−0.015)"),
        (figure(0.07, "share"), "7 % (0.07)"),
        (figure(8.5 / 60, "hours", "8.5 min"), "8.5 min (≈ 0.141667 hours)"),
        (figure(7.5 / 60, "hours", "7.5min"), "7.5 min (0.125 hours)"),
        (figure(1, "hours", "1 h"), "1 hour"),
        (figure(0, "hours", "0 min"), "0 hours"),
        (figure(18, "months", "18 months"), "18 months"),
        (figure(24, "months", "2 years"), "2 years (24 months)"),
        (figure(1, "months"), "1 month"),
        (figure(2, "month"), "month 2"),
        (figure(1.1, "factor"), "factor 1.1"),
        (figure(150, "PHP", "150 PHP"), "150 PHP"),
        (figure(21, "PHP/hour", "21 PHP"), "21 PHP/hour"),
    ],
)
def test_a_value_is_written_as_its_reader_knows_it_and_as_it_is_computed_with(item: Assumption, text: str) -> None:
    assert value_of(item).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (figure(0.03, "share", low=0.022, high=0.04, dist="split_normal"), "2.2 to 4 % (P10 to P90)"),
        (figure(9, "USD", low=8, high=9.2, dist="lognormal"), "8 to 9.2 USD (lognormal, P10 to P90)"),
        (figure(2, "month", low=1, high=4, dist="uniform"), "month 1 to 4 (limits, uniform)"),
        (figure(8.5 / 60, "hours", "8.5 min", low=8 / 60, high=9.2 / 60, dist="pert"), "8 to 9.2 min (limits, pert)"),
        (figure(9, "USD"), ""),
    ],
)
def test_a_range_is_in_the_unit_of_its_value_and_says_what_its_ends_are(item: Assumption, text: str) -> None:
    assert range_of(item).replace("\u00a0", " ") == text


@pytest.mark.parametrize("number", [0.0172, 1e-9, 123_456_789_012.345, 9.99, 1e13])
def test_no_digit_of_a_number_is_lost(number: float) -> None:
    assert float(digits(number).replace(",", "")) == number


# How the book is shown


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_the_book_is_what_the_golden_file_holds(name: str) -> None:
    format_, room = GOLDEN_FILES[name]
    data = (GOLDEN / "assumptions.yaml").read_bytes()
    register = register_of(data, "functions.desk.options.improved.transition.months=3")
    found = render(register, format_, "cases/help.yaml", "0" * 64, room)
    if format_ == "json":
        made = json.loads(found) | {"engine": "the version of the program"}
        found = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / name
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*SCENARIOS, GOLDEN / "assumptions.yaml"], ids=lambda path: path.stem)
@pytest.mark.parametrize("room", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_room_and_nothing_is_cut(path: Path, room: int) -> None:
    found = render(book_of(path), "text", f"a/long/way/to/{path.name}", "", room)
    whole = render(book_of(path), "text", f"a/long/way/to/{path.name}", "")
    assert max(width(line) for line in found.splitlines()) <= room
    assert "".join(found.split()) == "".join(whole.split())
    assert [line for line in whole.splitlines() if line != line.rstrip()] == []


def test_texts_of_the_file_are_shown_without_control_characters() -> None:
    register = small(r'{value: 46_400, source: "H\eR", owner: "A\u202eB", note: "x\ny | <b>"}')
    text, markdown = (render(register, name, "ca\x1bse.yaml", "") for name in ("text", "markdown"))
    assert (
        "    salary  46,400 USD/year · ca se.yaml:8\n            H R · owner A B\n            note: x y | <b>" in text
    )
    assert "| H R | A B | x y \\| &lt;b> | ca se.yaml:8 |" in markdown


def test_standard_input_is_named() -> None:
    assert "Stated in <stdin>: 4\n" in render(small(), "text", "-", "")
    assert "<stdin>:5" in render(small(), "text", "-", "")


def test_a_book_without_reference_data_says_so() -> None:
    text = render(book_of(GOLDEN / "case.yaml"), "text", "case.yaml", "")
    assert "From the reference data: none\n" in text


def test_the_json_holds_plain_numbers_and_null_for_what_is_not_known() -> None:
    data = json.loads(render(small(), "json", "-", "12ab"))
    assert data["scenario"] == {"path": "-", "sha256": "12ab", "title": "Order desk"}
    assert data["start"] is None
    item = next(item for item in data["assumptions"] if item["address"] == SALARY)
    assert item == {
        "address": SALARY,
        "label": "salary",
        "kind": "stated",
        "used": True,
        "value": 46400.0,
        "unit": "USD/year",
        "written": None,
        "low": None,
        "high": None,
        "dist": None,
        "source": None,
        "as_of": None,
        "age": None,
        "owner": None,
        "note": None,
        "grade": None,
        "place": {"file": "-", "line": 8, "column": 50},
        "case": None,
    }


def test_the_counts_of_the_json_are_those_of_the_items() -> None:
    data = json.loads(render(book_of(GOLDEN / "assumptions.yaml"), "json", "case.yaml", ""))
    kinds = Counter(item["kind"] for item in data["assumptions"])
    stated = [item for item in data["assumptions"] if item["kind"] in ("stated", "case", "set", "card")]
    assert data["counts"] == {
        **{kind: kinds[kind] for kind in ("stated", "case", "set", "card", "reference", "neutral")},
        "without_source": sum(item["source"] is None for item in stated),
        "after_start": sum((item["age"] or 0) < 0 for item in data["assumptions"]),
        "unused": sum(not item["used"] for item in data["assumptions"]),
    }


def test_places_in_the_json_name_the_file_as_it_is_shown() -> None:
    register = small("46_400", "functions.orders.in_house.teams.clerks.burden=20%")
    data = json.loads(render(register, "json", "cases/desk.yaml", ""))
    files = {item["label"]: item["place"]["file"] for item in data["assumptions"]}
    assert (files["salary"], files["attrition"], files["burden"]) == ("cases/desk.yaml", "cases/desk.yaml", "--set")


def test_the_documentation_explains_every_key_of_the_json_and_shows_a_book_as_it_is() -> None:
    page = (HERE.parent / "docs" / "assumptions.md").read_text("utf-8")
    data = json.loads(render(book_of(GOLDEN / "assumptions.yaml"), "json", "case.yaml", ""))
    keys = {*data, *data["scenario"], *data["counts"], *(key for item in data["assumptions"] for key in item)}
    assert {key for key in keys if f"`{key}`" not in page} == set()
    book = render(book_of(HERE.parent / "scenarios" / "minimal.yaml"), "text", "scenarios/minimal.yaml", "")
    assert f"```text\n{book}```\n" in page
