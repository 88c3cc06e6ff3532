"""Expectations: read, judged against figures computed by hand, and pointed at where they are not understood."""

import sys
from math import inf

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.expectations import Judged, fails, judge
from bpocalc.explain.addresses import NoMetric, metric, unit_of
from bpocalc.model.run import run
from bpocalc.problems import Problem, show
from bpocalc.scenario.expression import Expression, Figure, Misread, Name, parse
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.results import RESULTS

# In-house 10 × 48,000 a year: 40,000 a month. The provider takes all from month 1 for 10 × 3,000 = 30,000 a month, and
# 25,000 are paid in month 1: saving −15,000 in month 1 and 10,000 in each of the other 23, in all 215,000 of 960,000.
# So far: −15,000, −5,000, +5,000 in month 3, in which it is paid back. Not discounted.
DESK = """title: a desk
currency: USD
inflation: 0%
months: 24
discount_rate: 0%
functions:
  desk:
    in_house: {teams: {clerks: {fte: 10, salary: 48_000}}}
    options:
      manila: {location: PH, price: 3_000, per: fte_month, costs: {setup: {amount: 25_000, per: once, month: 1}}}
      dear: {location: PH, price: 5_000, per: fte_month}
cases: {bad: {set: {functions.desk.options.manila.price: 4_100}, expect: [desk.manila.total_saving == -49_000]}}
"""


def compared(more: str = "", case: str = "") -> Comparison:
    return compare(run(load_text(f"{DESK}{more}".encode(), "desk.yaml", None, case)))


def one(that: str, more: str = "") -> Judged:
    """The verdict on one expectation."""
    judgement = judge(compared(f"expect:\n  - {{that: '{that}'{more}}}\n"))
    assert judgement.problems == []
    return judgement.judged[0]


def problem(that: str) -> str:
    """What is said of an expectation that cannot be judged."""
    text = f"{DESK}expect:\n  - {that}\n"
    found: list[Problem] = judge(compare(run(load_text(text.encode(), "desk.yaml")))).problems
    return show(found[0], text)


def test_an_expectation_is_a_result_a_sign_and_a_figure() -> None:
    assert parse("care.manila.saving_share >= 15%") == Expression(
        Name("care.manila.saving_share", "", 0, 24), ">=", Figure(0.15, True, 0.005, 28, 31)
    )


def test_the_result_comes_to_the_left() -> None:
    found = parse("1_000 < highest(care.in_house.headcount.agents)")
    assert (found.left.address, found.left.function, found.sign) == ("care.in_house.headcount.agents", "highest", ">")


@pytest.mark.parametrize(
    ("text", "value", "rounding"),
    [
        ("24.5%", 0.245, 0.0005), ("4_310_004", 4_310_004, 0.5), ("-3.25", -3.25, 0.005), ("1e6", 1e6, 0.5),
        ("2.50e3", 2_500, 0.5), ("15 %", 0.15, 0.005), ("never", inf, 0),
    ],
)  # fmt: skip
def test_a_figure_is_as_exact_as_it_is_written(text: str, value: float, rounding: float) -> None:
    right = parse(f"a.b.irr == {text}").right
    assert isinstance(right, Figure)
    assert (right.value, right.rounding) == pytest.approx((value, rounding))


@pytest.mark.parametrize(
    "text", ["", "(", "a", "a.b >", "> 3", "a.b ! 3", "a.b >= b.", "total(a.b", "total(3) > 1", "é"]
)
def test_what_is_no_expectation_is_misread_within_its_text(text: str) -> None:
    with pytest.raises(Misread) as wrong:
        parse(text)
    assert 0 <= wrong.value.start <= wrong.value.end <= len(text)


@pytest.mark.parametrize(
    ("that", "actual", "margin", "verdict"),
    [
        ("desk.manila.total_saving >= 200_000", 215_000, 15_000, "pass"),
        ("desk.manila.total_saving > 215_000", 215_000, 0, "fail"),
        ("desk.manila.total_saving >= 215_000", 215_000, 0, "pass"),
        ("desk.manila.total_saving <= 200_000", 215_000, -15_000, "fail"),
        ("desk.manila.total_saving < 215_001", 215_000, 1, "pass"),
        ("200_000 <= desk.manila.total_saving", 215_000, 15_000, "pass"),
        ("desk.manila.saving_share == 22.4%", 215 / 960, 0.0005 - 0.224 + 215 / 960, "pass"),  # 22.3958 %
        ("desk.manila.saving_share == 22.3%", 215 / 960, 0.0005 + 0.223 - 215 / 960, "fail"),
        ("desk.manila.total_saving > desk.dear.total_saving", 215_000, 215_000 + 240_000, "pass"),
        ("desk.manila.payback_cash <= 3", 3, 0, "pass"),
        ("desk.in_house.pay.clerks <= 1_000_000", 960_000, 40_000, "pass"),  # a flow: all months together
    ],
)
def test_a_verdict_comes_with_the_figure_and_the_room_that_is_left(
    that: str, actual: float, margin: float, verdict: str
) -> None:
    found = one(that)
    assert (found.actual, found.margin) == pytest.approx((actual, margin))
    assert found.verdict == verdict


def test_of_a_row_the_highest_or_lowest_month_or_the_sum_can_be_meant() -> None:
    assert one("highest(desk.in_house.headcount.clerks) <= 12").margin == pytest.approx(2)
    assert one("lowest(desk.in_house.pay.clerks) >= 40_000").actual == pytest.approx(40_000)
    assert one("total(desk.in_house.headcount.clerks) == 240").verdict == "pass"


@pytest.mark.parametrize(
    ("that", "tolerance", "verdict"),
    [
        ("desk.manila.total_saving == 220_000", "5_000", "pass"),
        ("desk.manila.total_saving == 220_000", "4_999", "fail"),
        ("desk.manila.total_saving == 220_000", "2.3%", "pass"),  # 2.3 % of 220,000 are 5,060
        ("desk.manila.total_saving == 220_000", "2.2%", "fail"),  # 4,840
        ("desk.manila.saving_share >= 23%", "1%", "pass"),  # percentage points: from 22 %
        ("desk.manila.saving_share >= 23%", "0.5%", "fail"),
    ],
)
def test_a_tolerance_is_in_the_unit_of_the_result_or_a_share_of_what_is_expected(
    that: str, tolerance: str, verdict: str
) -> None:
    assert one(that, f", tolerance: {tolerance}").verdict == verdict


def test_a_miss_is_a_failure_or_if_so_said_a_warning_and_keeps_its_reason() -> None:
    missed = one("desk.manila.payback_cash <= 2", ", severity: warn, why: board paper 12")
    assert (missed.verdict, missed.why, missed.margin, missed.unit) == ("warn", "board paper 12", -1, "month")
    assert one("desk.manila.payback_cash <= 2").verdict == "fail"


def test_never_is_later_than_any_month() -> None:
    late = one("desk.dear.payback_cash <= 24")
    assert (late.actual, late.expected, late.margin, late.verdict) == (None, 24, None, "fail")
    assert one("desk.dear.payback_cash > 24").verdict == "pass"
    assert one("desk.dear.payback_cash == never").verdict == "pass"
    assert one("desk.manila.payback_cash < never").verdict == "pass"
    assert one("desk.manila.payback_cash == never").verdict == "fail"


@pytest.mark.parametrize("that", ["desk.dear.irr >= 5%", "desk.dear.irr < 5%"])
def test_a_result_that_there_is_not_meets_no_expectation(that: str) -> None:
    found = one(that)
    assert (found.actual, found.margin, found.verdict) == (None, None, "fail")
    assert one("desk.dear.irr == never").verdict == "pass"


def test_a_case_is_held_against_its_own_expectations_only() -> None:
    # 24 × (40,000 − 41,000) − 25,000 = −49,000
    found = judge(compared("expect: [desk.manila.total_saving > 0]\n", "bad")).judged
    assert [(judged.that, judged.verdict) for judged in found] == [("desk.manila.total_saving == -49_000", "pass")]


def test_a_gate_fails_where_it_holds_and_where_it_cannot_be_told() -> None:
    comparison = compared()
    verdicts = {
        text: fails(comparison, text).judged[0].verdict
        for text in ("desk.manila.npv_saving < 0", "desk.dear.npv_saving < 0", "desk.dear.irr < 5%")
    }
    assert list(verdicts.values()) == ["pass", "fail", "fail"]
    assert fails(comparison, "desk.manila.npv_saving < 0").judged[0].margin == pytest.approx(215_000)


def test_a_gate_that_is_not_understood_points_into_the_command_line() -> None:
    text = "desk.manila.npv = 3"
    assert show(fails(compared(), text).problems[0], text) == (
        "--fail-if:1:17: error BPO040: '=' stands where a sign should\n"
        "1 | desk.manila.npv = 3\n"
        "  |                 ^\n"
        "  = write =="
    )


def test_a_line_that_there_is_not_is_told_with_what_was_meant() -> None:
    assert problem("desk.manila.npv_savings >= 0") == (
        "desk.yaml:14:5: error BPO041: there is no 'desk.manila.npv_savings'\n"
        "14 |   - desk.manila.npv_savings >= 0\n"
        "   |     ^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   = did you mean 'desk.manila.npv_saving', 'desk.manila.naive_saving' or 'desk.manila.saving'?"
    )


@pytest.mark.parametrize(
    ("that", "said"),
    [
        ("desk.in_house.npv_saving > 0", "BPO041: there is no 'desk.in_house.npv_saving'"),
        ("desk.manila.zzz > 0", "BPO041: there is no 'desk.manila.zzz'"),
        ("desk.in_house.headcount.clerks <= 3", "highest(desk.in_house.headcount.clerks) or lowest("),
        ("highest(desk.manila.npv_saving) > 3", "leave highest(…) out"),
        ("highest(desk.manila.zzz) > 3", "BPO041: there is no 'desk.manila.zzz'"),
        ("desk.in_house.pay.clerks <= 3%", "BPO042: desk.in_house.pay.clerks is in USD, not in per cent"),
        ("desk.manila.npv_saving > desk.manila.irr", "BPO042: desk.manila.npv_saving is in USD, desk.manila.irr in"),
    ],
)
def test_what_does_not_fit_is_told_when_it_is_judged(that: str, said: str) -> None:
    assert said in problem(that)


def test_a_quoted_expectation_is_pointed_at_within_its_quotes() -> None:
    assert problem('"desk.manila.zzz > 0"').splitlines()[0].startswith("desk.yaml:14:6: ")


def test_an_expectation_on_several_lines_is_pointed_at_as_a_whole() -> None:
    assert problem("desk.manila.zzz\n    > 0").splitlines()[0].startswith("desk.yaml:14:5: ")


def test_every_result_has_the_unit_it_is_known_by() -> None:
    more = "decision: {rule: any_saving}\nqualitative: {control: {weight: 1, in_house: 3, manila: 2, dear: 2}}\n"
    comparison = compared(more)
    metrics = comparison.functions["desk"].results["manila"].metrics
    found = {name: unit_of(metrics[name]) for name in RESULTS if name in metrics}
    assert len(found) > 18
    assert found == {name: RESULTS[name].replace("$", "USD") for name in found}


def test_a_metric_is_found_by_its_address_and_by_its_name_and_is_one_figure() -> None:
    comparison = compared("expect: []\n")
    assert metric(comparison, "desk.manila.npv_saving").figure == pytest.approx(215_000)
    assert metric(comparison, "desk.manila.one_off").figure == 25_000
    assert metric(comparison, "functions.desk.options.manila.price").figure == 3_000
    with pytest.raises(NoMetric, match="there is no 'desk'"):
        metric(comparison, "desk")


def test_a_scenario_that_expects_nothing_reads_no_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    grammar = [name for name in sys.modules if name.endswith((".expression", ".check_expectations"))]
    for name in grammar:
        monkeypatch.delitem(sys.modules, name)
    load_text(DESK.partition("cases:")[0].encode(), "desk.yaml")
    assert [name for name in grammar if name in sys.modules] == []
