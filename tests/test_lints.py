"""The rules of `check`: each objects to its own bad example, in exactly the words of its text, and not to its good one.

The examples are put into tests/lints/base.yaml. After a change of wording write the texts again, and read what changed:

    BPOCALC_UPDATE=1 python -m pytest tests/test_lints.py
"""

import os
import re
from pathlib import Path

import pytest
import yaml

from bpocalc.checking import Checked, Settings, check_text
from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.lints.registry import RULES, UNMATCHED
from bpocalc.lints.rule import Rule
from bpocalc.lints.subject import Limits
from bpocalc.problems import CATALOGUE, headline

FOLDER = Path(__file__).parent / "lints"
BASE = (FOLDER / "base.yaml").read_text("utf-8")
ASKED = Settings(limits=Limits(max_age=24, min_grade="A"), compute=True)
"""With everything that rules may be asked for."""


def with_example(at: str, example: str) -> str:
    """The base with one of its sections replaced by an example."""
    document = yaml.safe_load(re.sub(r"(?<=\d)_(?=\d)", "", BASE))
    *above, last = at.split(".")
    section = document
    for key in above:
        section = section[key]
    before = section.get(last)
    kept = re.sub(r"(?<=\d)\.(?=\d\d0\b)", "~", example)  # or the zeros at the end would be lost
    section[last] = after = yaml.safe_load(re.sub(r"(?<=\d)_(?=\d)", "", kept))
    if at == "functions.care.in_house":  # what the option says as well must stand here
        section[last] = {name: before[name] for name in ("quality", "risks")} | after
    if at == "functions.care.options.manila":
        section[last] = {"quality": "same", "risks": "same"} | after
    return str(yaml.safe_dump(document, sort_keys=False, width=200, default_flow_style=None)).replace("~", ".")


def checked(text: str, settings: Settings = ASKED) -> Checked:
    return check_text(text.encode(), "case.yaml", settings)


def told(text: str, settings: Settings = ASKED) -> list[str]:
    """Code and sentence of all that is found and not accepted."""
    return [f"{f.problem.code}: {f.problem.message}" for f in checked(text, settings).findings if not f.accepted]


def codes(text: str, settings: Settings = ASKED) -> list[str]:
    return [line.partition(":")[0] for line in told(text, settings)]


def test_no_rule_objects_to_the_base() -> None:
    assert told(BASE) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_objects_to_its_bad_example_in_its_own_words(rule: Rule) -> None:
    found = [f for f in checked(with_example(rule.at, rule.bad)).findings if f.problem.code == rule.code]
    assert len(found) == 1
    shown = "".join(f"{line}\n" for f in found for line in (headline(f.problem), *f.excerpt))
    expected = FOLDER / f"{rule.code}.txt"
    if os.environ.get("BPOCALC_UPDATE"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text("utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_lets_its_good_example_pass(rule: Rule) -> None:
    found = checked(with_example(rule.at, rule.good)).findings
    assert [f.problem for f in found if f.problem.severity == "error"] == []
    if rule.code != "BPO151":  # it counts all figures of the file, and most of an example name no source
        assert [f.problem.message for f in found if f.problem.code == rule.code] == []


def test_a_rule_has_a_page_with_all_that_belongs_on_it() -> None:
    for rule in RULES:
        assert re.fullmatch(r"BPO1\d\d", rule.code)
        assert rule.title
        assert not rule.title.endswith(".")
        assert rule.reason
        assert rule.cure
        assert not rule.cure.endswith(".")


def test_codes_are_given_once() -> None:
    given = [rule.code for rule in RULES] + [UNMATCHED]
    assert sorted(given) == sorted({*given} - CATALOGUE.keys())


def test_every_text_belongs_to_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {rule.code for rule in RULES}


def accepting(text: str, acceptances: str) -> str:
    return f"{text}accept:\n{acceptances}"


NO_EXIT = BASE.replace("        exit: {at_end: {value: 120_000, source: offer}}\n", "")


def test_a_finding_that_is_accepted_is_kept_with_its_reason() -> None:
    text = accepting(NO_EXIT, "  - {rule: BPO106, why: it may be left at any time}\n")
    assert told(NO_EXIT) == ["BPO106: care.manila has no exit"]
    assert told(text) == []
    assert [(f.problem.code, f.accepted) for f in checked(text).findings] == [("BPO106", "it may be left at any time")]


def test_an_acceptance_holds_for_the_section_that_it_names() -> None:
    there = "  - {rule: BPO106, at: functions.care, why: known}\n"
    elsewhere = "  - {rule: BPO106, at: functions.care.options.manil, why: known}\n"
    assert told(accepting(NO_EXIT, there)) == []
    assert told(accepting(NO_EXIT, elsewhere)) == [
        "BPO106: care.manila has no exit",
        "BPO191: BPO106 finds nothing at functions.care.options.manil that could be accepted",
    ]


def test_one_acceptance_may_name_several_rules_and_each_must_find_something() -> None:
    text = accepting(NO_EXIT, "  - {rule: [BPO101, BPO106], why: a first estimate}\n")
    assert told(text) == ["BPO191: BPO101 finds nothing that could be accepted"]


def test_an_acceptance_of_no_rule_is_told_with_the_nearest_one() -> None:
    (finding,) = checked(accepting(BASE, "  - {rule: BPO16, why: why not}\n")).findings
    assert finding.problem.message == "'BPO16' is no rule"
    assert re.fullmatch(r"did you mean 'BPO16\d'\?", finding.problem.hint)


def test_an_acceptance_of_a_rule_that_is_not_judged_is_no_finding() -> None:
    text = accepting(BASE, "  - {rule: BPO155, why: it is for later}\n")
    assert told(text, Settings()) == []
    assert codes(text) == [UNMATCHED]


def test_a_warning_of_loading_is_accepted_too_and_an_error_is_not() -> None:
    near = BASE.replace("        location: PH\n", "        location: PH\n        delivery: nearshore\n")
    assert codes(near) == ["BPO026"]
    assert told(accepting(near, "  - {rule: BPO026, why: the team there works at night}\n")) == []
    wrong = BASE.replace("months: 36", "months: 0")
    assert codes(accepting(wrong, "  - {rule: BPO006, why: no}\n")) == ["BPO006"]


def test_an_acceptance_needs_a_reason() -> None:
    assert "BPO004: accept.1 has no 'why'" in told(accepting(BASE, "  - {rule: BPO106}\n"))


def test_severance_by_hand_is_found_wherever_it_stands() -> None:
    line = "costs: {changes: {title: Change requests, rate: {value: 3%, source: plan}, of: fees, category: change}"
    more = line + ", payoff: {title: Redundancy payments, amount: {value: 90_000, source: x}, per: once, at: go_live}"
    assert told(BASE.replace(line, more)) == ["BPO145: care.manila.payoff pays severance that is computed already"]
    free = BASE.replace(line, more).replace("severance: {weeks: {value: 8,", "severance: {weeks: {value: 0,")
    assert told(free) == []


def test_steps_and_caps_of_an_index_count_when_wages_and_prices_are_compared() -> None:
    index = "indexation: {rate: {value: 4%, source: offer}, passed_on: {value: 75%, source: offer}}"
    assert index in BASE
    capped = BASE.replace(index, "indexation: {rate: {value: 12%, source: offer}, cap: {value: 3%, source: offer}}")
    late = BASE.replace(index, "indexation: {rate: {1: {value: 0%, source: x}, 3: {value: 20%, source: x}}}")
    assert told(capped) == []
    assert told(late) == [
        "BPO113: by year 3 the price of care.manila.contacts has grown × 1.20 and in-house wages × 1.06"
    ]


def test_the_contracted_volume_is_compared_in_every_year() -> None:
    price = re.search(r" {12}kind: per_unit\n {12}price: .*\n", BASE)
    assert price
    banded = (
        "            kind: banded\n            amount: {value: 100_000, source: offer}\n"
        "            arc: {value: 3, source: offer}\n            rrc: {value: 2, source: offer}\n"
        "            excess_over: edge\n"
        "            baseline: {1: {value: 33_600, source: x}, 3: {value: 42_000, source: x}}\n"
    )
    assert told(BASE.replace(price[0], banded)) == [
        "BPO114: care.manila.contacts is contracted for 42,000 units a month in year 3, 25 % above the demand it takes"
    ]


def test_ages_are_told_in_months_at_the_start_and_only_on_request() -> None:
    old = BASE.replace("source: contact log, as_of: 2026-09", "source: contact log, as_of: 2024")
    assert codes(old, Settings()) == []
    assert codes(old, Settings(limits=Limits(max_age=25))) == []
    assert codes(old, Settings(limits=Limits(max_age=24))) == ["BPO152"]


def test_warnings_fail_when_the_check_is_strict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(NO_EXIT)
    Path("b.yaml").write_text(accepting(NO_EXIT, "  - {rule: BPO106, why: known}\n"))
    assert run(["check", "a.yaml"]) == Code.FINE
    assert run(["check", "a.yaml", "--strict"]) == Code.INVALID
    assert run(["check", "b.yaml", "--strict"]) == Code.FINE
    assert capsys.readouterr().out.splitlines()[-1] == "1 file passes · 1 accepted"


@pytest.mark.parametrize(
    ("age", "code"), [("24", 0), ("24 months", 0), ("2 years", 0), ("2y", 0), ("old", 2), ("-1", 2)]
)
def test_an_age_is_written_in_months_or_years(age: str, code: int, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BASE)
    assert run(["check", str(path), f"--max-age={age}"]) == code


def test_grades_are_those_of_the_reference_data(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BASE)
    assert run(["check", str(path), "--min-grade", "B"]) == Code.FINE
    assert run(["check", str(path), "--min-grade", "Z"]) == Code.USAGE


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--list-rules"]) == Code.FINE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES) + 2
    assert "BPO106  warning  An outsourced option without an exit" in lines


def test_the_page_of_a_rule_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "bpo106"]) == Code.FINE
    shown = capsys.readouterr().out
    assert shown.startswith("BPO106 · warning: An outsourced option without an exit\n")
    assert "exit: {at_end: 150_000, early: {1: 400_000, 13: 250_000}}" in shown
    assert run(["check", "--explain", "BPO003"]) == Code.FINE
    assert capsys.readouterr().out == "BPO003: unknown field\n"
    assert run(["check", "--explain", "BPO1066"]) == Code.USAGE
    assert capsys.readouterr().err == "bpocalc: there is no rule 'BPO1066': did you mean 'BPO106'?\n"


@pytest.mark.parametrize(
    "path", sorted((FOLDER.parent.parent / "scenarios").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_scenarios_of_the_project_pass_without_a_warning(path: Path) -> None:
    found = checked(path.read_text("utf-8"), Settings(compute=True)).findings
    assert [f.problem for f in found if f.problem.severity != "note" and not f.accepted] == []


@pytest.mark.parametrize("columns", [40, 80])
def test_the_page_of_a_rule_fills_a_narrow_screen(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["check", "--explain", "BPO131"]) == Code.FINE
    said = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(("    ", "What it"))]
    assert columns * 0.8 < max(map(len, said)) <= columns


@pytest.mark.parametrize(
    ("location", "team", "said"),
    [
        ("US", "wage: 7.24", "earn 7.24 USD/hour, below the minimum wage of US of 7.25 USD/hour (since 2009-07-24)"),
        ("US", "wage: 7.25", ""),
        ("US", "salary: 15_000",
         "earn 7.21 USD/hour, below the minimum wage of US of 7.25 USD/hour (since 2009-07-24)"),
        ("ES", "salary: 17_000 EUR", "earn 1,214.29 EUR/month, below the minimum wage of ES of 1,221 EUR/month (2026)"),
        ("ES", "salary: 17_094 EUR", ""),  # 14 payments of 1,221
        ("PL", "wage: 20 PLN",
         "earn 3,466.67 PLN/month, below the minimum wage of PL of 4,806 PLN/month (from 2026-01-01)"),
        ("PL", "wage: 5 EUR", ""),  # in another currency
        ("PH", "salary: 100 PHP/month", ""),  # the minimum is that of a day
        ("MX", "salary: 100", ""),
    ],
)  # fmt: skip
def test_pay_is_held_against_the_minimum_wage_where_that_can_be_told(location: str, team: str, said: str) -> None:
    document = yaml.safe_load(BASE)
    side = document["functions"]["care"]["in_house"]
    side["location"] = location
    side["teams"]["agents"] |= {"salary": None} | yaml.safe_load(f"{{{team}}}")
    found = told(str(yaml.safe_dump(document)))
    assert [line for line in found if line.startswith("BPO171")] == ([f"BPO171: agents {said}"] if said else [])


def test_growth_is_shown_for_both_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three years are two anniversaries: 1.03² = 1.0609, 1.025² = 1.050625; 4 % of which 75 % are passed on, 1.03²."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(BASE)
    assert run(["check", "--growth", "a.yaml"]) == Code.FINE
    assert capsys.readouterr().out == (
        "a.yaml: growth from month 1 to year 3\n"
        "  care.in_house\n"
        "    pay of agents      wage growth  × 1.061\n"
        "    facilities         inflation    × 1.051\n"
        "  care.manila\n"
        "    price of contacts  indexation   × 1.061\n"
        "    pay of managers    wage growth  × 1.000\n"
    )


def test_growth_follows_steps_caps_and_contracted_productivity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """3.10 to 3.41 is × 1.1; 12 % capped at 3 % from year 3 on, × 1.03; 2 % less in years 2 and 3, 0.98² = 0.9604."""
    monkeypatch.chdir(tmp_path)
    text = re.sub(
        r"price: \{value: 3.10.*\n.*indexation: .*",
        "price: {1: 3.10, 3: 3.41}\n            "
        "indexation: {rate: 12%, cap: 3%, first_year: 3}\n            productivity: {1: 0%, 2: 2%}",
        BASE,
    )
    Path("a.yaml").write_text(text)
    assert run(["check", "--growth", "a.yaml"]) == Code.FINE
    shown = capsys.readouterr().out
    assert f"yearly steps and indexation and productivity  × {1.1 * 1.03 * 0.9604:.3f}\n" in shown


def test_growth_of_what_cannot_be_loaded_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(BASE.replace("months: 36", "mnths: 36"))
    assert run(["check", "--growth", "a.yaml"]) == Code.INVALID
    assert run(["check", "--growth", "none-*.yaml"]) == Code.FAILED
    assert run(["check", "--growth"]) == Code.USAGE
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("written", ["40.000", "2.500", "2.500 EUR", "140.250"])
def test_three_digits_after_a_point_that_end_in_a_zero_may_be_thousands(written: str) -> None:
    text = BASE.replace("value: 40_000", f"value: {written}").replace("months: 36", "months: 36\nfx: {EUR: 1.1}")
    assert "BPO156" in codes(text)


@pytest.mark.parametrize("written", ["40.00", "40.005", "1.0000", "0.250", "1400.500", "40.0005 USD"])
def test_other_points_are_decimal_signs(written: str) -> None:
    assert "BPO156" not in codes(BASE.replace("value: 40_000", f"value: {written}"))
