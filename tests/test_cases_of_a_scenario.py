"""Cases: other values for the same scenario, chosen with --case or computed side by side."""

import json
from pathlib import Path

import pytest

from bpocalc.about import Input
from bpocalc.assumptions import Assumption, assumptions
from bpocalc.cli.app import run as cli
from bpocalc.cli.exit import Code
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.problems import Invalid
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.scenario.overrides import NoCase

# Fees: 100 PHP · 0.02 = 2 a unit for 1,000 units a month, 12 months: 24,000. In-house 3,000 a month: 36,000.
TEXT = """\
title: Cases
currency: USD
months: 12
discount_rate: 0%
fx: {PHP: 0.02}
functions:
  desk:
    demand: {volume: 1_000, unit: call}
    in_house: {costs: {people: {amount: 3_000, per: month, avoidable: 100%}}}
    options:
      manila: {location: PH, price: {value: 100 PHP, low: 90 PHP, high: 120 PHP}, per: unit}
cases:
  cheap: {title: "It costs less", set: {functions.desk.options.manila.price: 80}}
  dear:
    title: It costs more
    set:
      functions.desk.options.manila.price: {value: 120 PHP, source: quote, low: 110 PHP, high: 130 PHP}
      functions.desk.in_house.costs.people.amount: {1: 2_000}
      discount_rate: 10%
decision: {materiality: 1%}
"""
MONTHS = "months: 12\nstart: 2027-01\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return Path("case.yaml")


def loaded(case: str, *sets: str, text: str = TEXT) -> Loaded:
    return load_text(text.encode(), "case.yaml", list(sets), case)


def comparison(case: str, *sets: str) -> Comparison:
    return compare(run(loaded(case, *sets)))


def total(case: str, *sets: str, option: str = "manila") -> float:
    return comparison(case, *sets).functions["desk"].results[option].metrics["total_cost"].figure


def book(case: str, *sets: str) -> dict[str, Assumption]:
    return {item.address: item for item in assumptions(comparison(case, *sets)).assumptions}


def test_a_case_replaces_values_and_a_bare_number_keeps_its_currency() -> None:
    assert total("") == pytest.approx(24_000)
    assert total("cheap") == pytest.approx(19_200)  # 80 PHP · 0.02 · 12,000
    assert total("dear") == pytest.approx(28_800)
    assert total("dear", option="in_house") == pytest.approx(24_000)  # 12 · 2,000


def test_an_override_of_the_command_line_comes_after_the_case() -> None:
    assert total("cheap", "functions.desk.options.manila.price=50") == pytest.approx(12_000)
    assert total("cheap", "fx.PHP=0.01") == pytest.approx(9_600)


def test_a_bare_number_drops_the_range_and_a_figure_brings_its_own() -> None:
    address = "functions.desk.options.manila.price"
    abouts = [loaded(name).inputs[address].about for name in ("", "cheap", "dear")]
    ranges = [a.spread and (a.spread.low, a.spread.high) for a in abouts if isinstance(a, Input)]
    assert ranges == [(90, 120), None, (110, 130)]


def test_what_a_case_sets_is_told_with_its_place_in_the_case() -> None:
    found = {address: item for address, item in book("dear").items() if item.case}
    assert {address: (item.kind, item.place and item.place.line) for address, item in found.items()} == {
        "discount_rate": ("case", 19),
        "functions.desk.options.manila.price": ("case", 17),
        "functions.desk.in_house.costs.people.amount.1": ("case", 18),
    }
    assert {item.case for item in found.values()} == {"dear"}
    assert found["functions.desk.options.manila.price"].source == "quote"
    assert not [item for item in book("").values() if item.case]
    assert book("cheap", "functions.desk.options.manila.price=5")["functions.desk.options.manila.price"].kind == "set"


def test_a_case_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NoCase) as found:
        loaded("cheep")
    assert found.value.known == ["cheap", "dear"]


def test_a_wrong_value_is_a_problem_at_its_place_once_the_case_is_chosen() -> None:
    text = TEXT.replace("price: 80}", "price: many}").replace("people.amount: {1: 2_000}", "people.amont: 3")
    assert loaded("", text=text)
    with pytest.raises(Invalid) as cheap:
        loaded("cheap", text=text)
    assert [(p.code, p.place.line) for p in cheap.value.problems] == [("BPO016", 13)]
    with pytest.raises(Invalid) as dear:
        loaded("dear", text=text)
    assert [(p.code, p.place.line) for p in dear.value.problems] == [("BPO003", 18)]


def test_an_address_that_leads_nowhere_is_a_problem_whichever_case_is_chosen() -> None:
    text = TEXT.replace("options.manila.price: 80", "options.manilla.price: 80")
    for name in ("", "cheap", "dear"):
        with pytest.raises(Invalid) as found:
            loaded(name, text=text)
        assert [(p.code, p.place.line) for p in found.value.problems] == [("BPO024", 13)]


def test_a_case_reaches_into_lists_and_makes_sections_that_are_missing() -> None:
    months = ", ".join(["1"] * 12)
    text = TEXT.replace("unit: call}", f"unit: call, seasonality: [{months}]}}").replace("months: 12\n", MONTHS)
    more = "functions.desk.demand.seasonality.2: 2, functions.desk.options.manila.transition.months: 1"
    made = loaded("cheap", text=text.replace("price: 80}", f"price: 80, {more}}}"))
    assert made.inputs["functions.desk.demand.seasonality.2"].figure == 2
    assert made.inputs["functions.desk.options.manila.transition.months"].figure == 1


def test_the_case_is_said_in_every_format_and_in_the_next_commands(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["compare", str(case), "--case", "cheap", "--set", "months=6"]) == Code.FINE
    text = capsys.readouterr().out
    assert "· case cheap, It costs less" in text
    assert "bpocalc compare case.yaml --case cheap --set months=6 --by" in text
    assert "bpocalc explain case.yaml --case cheap --set months=6 desk.manila" in text
    assert cli(["compare", str(case), "--case", "cheap", "-f", "json"]) == Code.FINE
    made = json.loads(capsys.readouterr().out)
    assert made["case"] == "cheap"
    assert {fact["case"] for fact in made["facts"]} == {"cheap"}
    assert cli(["compare", str(case), "-f", "json"]) == Code.FINE
    assert json.loads(capsys.readouterr().out)["case"] == ""


def test_explain_says_that_a_case_set_an_input(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "functions.desk.options.manila.price"
    assert cli(["explain", str(case), address, "--case", "cheap"]) == Code.FINE
    assert "case.yaml:13, set by case cheap" in capsys.readouterr().out
    assert cli(["explain", str(case), address, "--case", "cheap", "-f", "json"]) == Code.FINE
    assert '"set_by":"case cheap"' in capsys.readouterr().out
    assert cli(["explain", str(case), "--assumptions", "--case", "dear"]) == Code.FINE
    assert "case.yaml:17 · set by case dear" in capsys.readouterr().out
    assert cli(["explain", str(case), "--assumptions", "--case", "dear", "-f", "json"]) == Code.FINE
    made = json.loads(capsys.readouterr().out)
    assert made["counts"]["case"] == 3
    assert [item["case"] for item in made["assumptions"] if item["kind"] == "case"] == ["dear"] * 3


def test_all_cases_stand_side_by_side(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["compare", str(case), "--all-cases"]) == Code.FINE
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if "total" in line or line.split()[:1] in (["cheap"], ["dear"])][:3] == [
        ["total", "(base)", "36,000", "24,000"],
        ["cheap", "36,000", "19,200"],
        ["dear", "24,000", "28,800"],
    ]
    assert "manila is best in base and cheap; in-house is best in dear." in " ".join(lines)
    assert "bpocalc compare case.yaml --case dear" in " ".join(lines)
    assert "it is another in dear." in " ".join(lines)  # the discount rate


def test_all_cases_in_json_and_csv(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["compare", str(case), "--all-cases", "-f", "json"]) == Code.FINE
    made = json.loads(capsys.readouterr().out)
    assert [(one["case"], one["title"]) for one in made["cases"]] == [
        ("", ""),
        ("cheap", "It costs less"),
        ("dear", "It costs more"),
    ]
    found = [one["functions"][0] for one in made["cases"]]
    assert [one["best"] for one in found] == ["manila", "manila", "in_house"]
    assert [one["options"][1]["metrics"]["total_cost"] for one in found] == pytest.approx([24_000, 19_200, 28_800])
    assert cli(["compare", str(case), "--all-cases", "-f", "csv"]) == Code.FINE
    facts = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    assert len(facts) == len(made["facts"]) == 3 * 2 * 12
    assert {fact[1] for fact in facts} == {"", "cheap", "dear"}


@pytest.mark.parametrize("name", ["markdown", "text"])
def test_all_cases_of_a_file_are_written(name: str, case: Path) -> None:
    assert cli(["compare", str(case), "--all-cases", "-f", name, "-o", "out"]) == Code.FINE
    assert "by case" in Path("out").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["compare", "case.yaml", "--case", "cheep"], "--case 'cheep' is not in case.yaml: did you mean 'cheap'?"),
        (["explain", "case.yaml", "--case", "cheep"], "did you mean 'cheap'?"),
        (["compare", "plain.yaml", "--case", "cheap"], "--case 'cheap' is not in plain.yaml: it has no cases"),
        (["compare", "plain.yaml", "--all-cases"], "plain.yaml has no cases"),
        (["compare", "case.yaml", "--all-cases", "--case", "cheap"], "leave --case out"),
        (["compare", "case.yaml", "--all-cases", "-o", "x.xlsx"], "a workbook holds one case"),
    ],
)
def test_a_wrong_use_of_cases_is_a_usage_error(
    args: list[str], said: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("plain.yaml").write_text(TEXT.partition("cases:")[0], encoding="utf-8")
    assert cli(args) == Code.USAGE
    assert said in capsys.readouterr().err


def test_a_wrong_value_in_a_case_stops_all_of_them(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write_text(TEXT.replace("price: 80}", "price: many}"), encoding="utf-8")
    assert cli(["compare", str(case)]) == Code.FINE
    assert cli(["compare", str(case), "--all-cases"]) == Code.INVALID
    assert "case.yaml:13:" in capsys.readouterr().err
