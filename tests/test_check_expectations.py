"""`bpocalc check` holds scenarios, their cases and gates of the command line against what was expected."""

from pathlib import Path

import pytest

from bpocalc.cli.app import run
from bpocalc.cli.exit import Code

# Ten people at 50,000 are 500,000 a year; the provider takes 10 × 2,000 × 12 = 240,000. Saved are 260,000, 52 %.
SCENARIO = """\
title: Care
currency: USD
months: 12
discount_rate: {value: 0%, source: board}
home: US
functions:
  care:
    in_house:
      location: US
      teams: {agents: {fte: {value: 10, source: hr}, salary: {value: 50_000, source: hr}}}
      risks: {}
    options:
      manila: {location: PH, price: {value: 2_000, source: offer}, per: fte_month, risks: {}}
accept: [{rule: [BPO101, BPO102, BPO105, BPO106, BPO162, BPO165], why: a small case}]
"""
LOST = """\
cases:
  dear: {set: {functions.care.options.manila.price: 6_000}, expect: [care.manila.total_saving >= 0]}
"""
# 10 × 6,000 × 12 = 720,000: 220,000 more than in-house.


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def checked(capsys: pytest.CaptureFixture[str], text: str, *args: str) -> tuple[int, list[str]]:
    """The exit code, and what the text format says."""
    Path("a.yaml").write_text(text, encoding="utf-8")
    code = run(["check", "a.yaml", *args])
    return code, capsys.readouterr().out.splitlines()


def expecting(*lines: str) -> str:
    return SCENARIO + "expect:\n" + "".join(f"  - {line}\n" for line in lines)


def test_an_expectation_that_holds_says_what_it_is_and_what_there_is_to_spare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert checked(capsys, expecting("care.manila.total_saving >= 200_000")) == (
        Code.FINE,
        [
            "a.yaml:16:5: pass BPO192: care.manila.total_saving >= 200_000: it is 260,000 USD, 60,000 to spare",
            "1 file passes · 6 accepted · 1 of 1 expectation holds",
        ],
    )


def test_an_expectation_that_does_not_hold_ends_with_4_and_says_why_it_was_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = expecting("{that: care.manila.saving_share >= 60%, why: board paper 12}")
    assert checked(capsys, text) == (
        Code.UNMET,
        [
            "a.yaml:16:12: fail BPO192: care.manila.saving_share >= 60%: it is 52 %, missed by 8 points",
            "16 |   - {that: care.manila.saving_share >= 60%, why: board paper 12}",
            "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "   = board paper 12",
            "1 file fails · 6 accepted · 0 of 1 expectation holds",
        ],
    )


def test_an_expectation_that_only_warns_never_fails_not_even_when_the_check_is_strict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = expecting("{that: care.manila.saving_share >= 60%, severity: warn}")
    code, lines = checked(capsys, text, "--strict")
    assert code == Code.FINE
    assert lines[0] == "a.yaml:16:12: warn BPO192: care.manila.saving_share >= 60%: it is 52 %, missed by 8 points"


def test_an_exact_fit_has_nothing_to_spare(capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = checked(capsys, expecting("care.manila.total_saving >= 260_000"))
    assert lines[0].endswith("it is 260,000 USD, with nothing to spare")


def test_a_payback_that_never_comes_is_told_as_never(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(
        capsys, expecting("care.manila.payback_cash <= 6"), "--set", "functions.care.options.manila.price=6000"
    )
    assert code == Code.UNMET
    assert lines[4].endswith(" fail BPO192: care.manila.payback_cash <= 6: it is never")


def test_a_result_that_is_not_there_meets_no_expectation(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, expecting("care.manila.irr >= 10%"))
    assert (code, lines[0]) == (Code.UNMET, "a.yaml:16:5: fail BPO192: care.manila.irr >= 10%: it is not there")


def test_the_expectations_of_a_case_are_held_against_that_case(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, SCENARIO + LOST)
    assert code == Code.UNMET
    said = "care.manila.total_saving >= 0: it is −220,000 USD, missed by 220,000, in case dear"
    assert lines[0] == f"a.yaml:16:70: fail BPO192: {said}"


def test_an_expectation_that_does_not_parse_points_at_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, expecting("care.manila.total_savng >= 1"))
    assert code == Code.INVALID
    assert lines[0].startswith("a.yaml:16:5: error BPO041: ")
    assert "did you mean" in lines[3]


def test_nothing_is_judged_of_a_scenario_that_is_invalid(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, expecting("care.manila.total_saving >= 1").replace("months: 12", "months: 0"))
    assert code == Code.INVALID
    assert lines[-1] == "1 file fails · 1 error"


def test_a_gate_fails_if_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, SCENARIO, "--fail-if", "care.manila.npv_saving < 300_000")
    assert (code, lines) == (
        Code.UNMET,
        [
            "--fail-if:1:1: fail BPO192: care.manila.npv_saving < 300_000: "
            "it is 260,000 USD, beyond it by 40,000, in a.yaml",
            "1 | care.manila.npv_saving < 300_000",
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "1 file fails · 6 accepted · 0 of 1 expectation holds",
        ],
    )
    code, lines = checked(capsys, SCENARIO, "--fail-if", "care.manila.npv_saving < 0")
    assert code == Code.FINE


def test_a_gate_that_is_no_expression_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(SCENARIO)
    assert run(["check", "a.yaml", "--fail-if", "care.manila.npv_saving"]) == Code.USAGE
    assert capsys.readouterr().err.splitlines()[0] == "--fail-if:1:23: error BPO040: the expectation has no sign"


def test_a_gate_on_a_result_that_a_file_does_not_have_is_an_error_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, SCENARIO, "--fail-if", "care.lisbon.npv_saving < 0")
    assert code == Code.INVALID
    assert lines[0] == "--fail-if:1:1: error BPO041: there is no 'care.lisbon.npv_saving', in a.yaml"


def test_errors_weigh_more_than_what_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text(SCENARIO.replace("months", "mnths"))
    code, _ = checked(capsys, expecting("care.manila.total_saving >= 1_000_000"), "b.yaml")
    assert code == Code.INVALID


def test_rules_that_look_at_results_are_judged_with_expectations(capsys: pytest.CaptureFixture[str]) -> None:
    text = SCENARIO.replace("BPO162, ", "")
    assert not any("BPO162" in line for line in checked(capsys, text)[1])
    assert any("BPO162" in line for line in checked(capsys, text + "expect: [care.manila.total_saving > 0]\n")[1])
    assert any("BPO162" in line for line in checked(capsys, text, "--compute")[1])
