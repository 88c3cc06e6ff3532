"""Results of the comparison against typed numbers; the arithmetic stands beside them."""

import re
from math import isnan, nan
from pathlib import Path

import pytest

from bpocalc.answers import answers
from bpocalc.cli.app import run as cli
from bpocalc.comparison import Comparison, Group, Result, compare
from bpocalc.model.run import run
from bpocalc.notes import notes, reasons
from bpocalc.quantity import worth
from bpocalc.report import report
from bpocalc.scenario.loading import load_text
from bpocalc.summary import about
from bpocalc.views.text import render

HEADER = "title: a case\ncurrency: USD\ninflation: 0%\n"

# Baseline 12,000 a month for two years, 2,000 of it never avoidable. The provider takes over in month 4 for 6,000 a
# month; setting up costs 18,000 in month 2. So the saving is 0, −18,000, 0, and then 12,000 − 2,000 − 6,000 = 4,000 a
# month for 21 months.
DESK = """
functions:
  desk:
    in_house:
      costs:
        people: {amount: 10_000, per: month, avoidable: 100%}
        rent: {amount: 2_000, per: month, avoidable: 0%}
    options:
      manila:
        location: PH
        price: 6_000
        per: month
        transition: {start: 1, months: 3, costs: {setup: {amount: 18_000, month: 2}}}
"""


def compared(
    text: str, *, months: int = 24, rate: str = "0%", soft: bool = False, options: list[str] | None = None
) -> Comparison:
    """Compare the scenario in a text."""
    head = f"{HEADER}months: {months}\ndiscount_rate: {rate}\n"
    return compare(run(load_text((head + text).encode(), "case.yaml"), None, options), soft=soft)


def option(comparison: Comparison, name: str = "desk.manila") -> Result:
    """Pick one result by function and option."""
    function, _, key = name.partition(".")
    group = comparison.total if function == "total" else comparison.functions[function]
    assert group is not None
    return group.results[key]


def figure(result: Result, name: str) -> float:
    """Read one result; nan where there is none."""
    return result.metrics[name].figure


def whole(comparison: Comparison) -> Group:
    """Give the group of the whole scenario, which is there for several functions."""
    assert comparison.total is not None
    return comparison.total


def flows(*savings: float) -> str:
    """Write a scenario in which the option saves exactly these amounts, month by month."""
    costs = "\n".join(
        f"          m{month}: {{amount: {-s!r}, month: {month}}}" for month, s in enumerate(savings, 1) if s
    )
    return f"""
functions:
  desk:
    in_house: {{costs: {{people: {{amount: 100, per: month, avoidable: 0%}}}}}}
    options:
      manila:
        location: PH
        price: 0
        per: month
        costs:
{costs}
"""


def saving(*savings: float) -> Result:
    """Compare an option that saves exactly these amounts, undiscounted."""
    return option(compared(flows(*savings), months=len(savings)))


def test_the_saving_is_what_the_baseline_costs_less_what_the_option_costs() -> None:
    result = option(compared(DESK))
    assert figure(option(compared(DESK), "desk.in_house"), "total_cost") == pytest.approx(288_000)  # 24 · 12,000
    assert figure(result, "total_cost") == pytest.approx(222_000)  # 3 · 12,000 + 18,000 + 21 · (2,000 + 6,000)
    assert figure(result, "total_saving") == pytest.approx(66_000)  # 21 · 4,000 − 18,000
    assert result.metrics["saving"].row == pytest.approx([0, -18_000, 0, *[4_000] * 21])


def test_the_share_is_of_the_whole_baseline_and_beside_it_of_what_is_avoidable() -> None:
    result = option(compared(DESK))
    assert figure(result, "saving_share") == pytest.approx(0.2291667)  # 66,000 / 288,000
    assert figure(result, "saving_share_of_avoidable") == pytest.approx(0.275)  # 66,000 / (24 · 10,000)
    assert figure(result, "cost_ratio") == pytest.approx(1.2972973)  # 288,000 / 222,000


def test_the_share_of_what_is_avoidable_leaves_soft_lines_out() -> None:
    # Of the 12,000 a month 10,000 are avoidable; the soft line is in none of the totals, so it is in neither base.
    goodwill = "goodwill: {amount: 500, per: month, avoidable: 100%, soft: true}"
    result = option(compared(DESK.replace("        rent:", f"        {goodwill}\n        rent:")))
    assert figure(result, "saving_share") == pytest.approx(0.2291667)
    assert figure(result, "saving_share_of_avoidable") == pytest.approx(0.275)


def test_equipment_is_as_avoidable_as_the_people_who_use_it() -> None:
    # Ten people at 1,000 a month, and 10 · 1,200 / 12 = 1,000 a month of equipment: 132,000, all of it avoidable.
    text = """
functions:
  desk:
    in_house: {teams: {clerks: {fte: 10, salary: 12_000}}, workplace: {equipment: {price: 1_200, life: 12}}}
    options: {manila: {location: PH, price: 900, per: fte_month}}
"""
    result = option(compared(text, months=12))
    assert figure(result, "saving_share_of_avoidable") == pytest.approx(figure(result, "saving_share"))


def test_the_naive_saving_is_full_cost_minus_fees() -> None:
    comparison = compared(DESK)
    assert figure(option(comparison), "naive_saving") == pytest.approx(162_000)  # 288,000 − 21 · 6,000
    (said,) = [note for note in notes(comparison, "summary", "case.yaml") if "162 k" in note]
    assert "manila" in said


@pytest.mark.parametrize(
    ("rate", "npv"),
    [
        # v = 1.1^(−1/12); −18,000 v² + 4,000 (v⁴ + … + v²⁴)
        ("10%", 57530.80818659901),
        ("{value: 10%, timing: end}", 57530.80818659901),
        ("{value: 10%, timing: start}", 57989.566930067274),  # every flow a month earlier: · 1.1^(1/12)
        ("{value: 10%, timing: mid}", 57759.73209665749),  # half a month earlier: · 1.1^(1/24)
        ("{value: 10%, compounding: monthly}", 57176.967117961016),  # v = 1 / (1 + 0.1/12)
        ("0%", 66_000),
    ],
)
def test_the_npv_discounts_each_month_at_its_instant(rate: str, npv: float) -> None:
    assert figure(option(compared(DESK, rate=rate)), "npv_saving") == pytest.approx(npv, rel=1e-12)


def test_what_is_paid_at_signature_counts_undiscounted_whatever_the_timing() -> None:
    text = DESK.replace("month: 2", "at: signature")
    for timing in ("start", "mid", "end"):
        found = option(compared(text, rate=f"{{value: 10%, timing: {timing}}}"))
        (paid,) = [worth(line.quantity, at) for name, line, at in found.stream.lines if name == "transition.setup"]
        assert paid.figure == pytest.approx(18_000, rel=1e-12)


def test_the_run_rate_is_a_year_of_the_last_months_without_one_off_cost() -> None:
    result = option(compared(DESK))
    assert figure(result, "run_rate") == pytest.approx(48_000)  # 12 · 4,000
    assert figure(result, "run_rate_months") == 12
    assert figure(result, "one_off") == pytest.approx(18_000)


# Go-live is month 10 + 6 = 16; the ramp of 5 months reaches 1/5 in month 16 and all of it in month 20.
LATE = "start: 10, months: 6, ramp: 5"


def test_the_run_rate_of_a_late_ramp_counts_the_months_at_full_share_only() -> None:
    result = option(compared(DESK.replace("start: 1, months: 3", LATE)))
    assert figure(result, "run_rate_months") == 5  # months 20 to 24
    assert figure(result, "run_rate") == pytest.approx(48_000)
    # the same in each month of the ramp: 4,000 · k/5, so that the mean of the last 12 months would be far less
    assert result.metrics["saving"].row[15:20] == pytest.approx([800, 1_600, 2_400, 3_200, 4_000])


def test_a_run_rate_of_few_months_says_of_how_many() -> None:
    comparison = compared(DESK.replace("start: 1, months: 3", LATE))
    assert re.search(r"(?<![\d.])5 months", render(report(comparison, "summary", "case.yaml")))


def test_an_option_that_is_never_at_full_share_has_no_run_rate_and_says_why() -> None:
    result = option(compared(DESK.replace("start: 1, months: 3", "start: 10, months: 6, ramp: 12")))
    assert figure(result, "run_rate_months") == 0
    assert isnan(figure(result, "run_rate"))
    assert isnan(figure(result, "payback_static"))
    said = reasons(result, 24)
    assert "fully in place" in said["run_rate"]
    assert "payback_static" in said


def test_the_run_rate_of_a_short_scenario_is_a_year_of_what_there_is() -> None:
    result = option(compared(DESK, months=6))
    assert figure(result, "run_rate_months") == 3  # months 4 to 6 are at full share
    assert figure(result, "run_rate") == pytest.approx(48_000)


def test_the_static_payback_is_one_off_cost_over_the_monthly_run_rate() -> None:
    assert figure(option(compared(DESK)), "payback_static") == pytest.approx(4.5)  # 18,000 / 4,000


def test_the_static_payback_is_nothing_without_one_off_cost() -> None:
    result = option(compared(DESK.replace("amount: 18_000", "amount: 0")))
    assert figure(result, "payback_static") == 0


def test_there_is_no_static_payback_without_a_yearly_saving() -> None:
    result = option(compared(DESK.replace("price: 6_000", "price: 10_000")))  # 12,000 − 2,000 − 10,000 = 0 a month
    assert figure(result, "run_rate") == pytest.approx(0)
    assert isnan(figure(result, "payback_static"))
    assert "saving" in reasons(result, 24)["payback_static"]


def test_the_static_payback_on_the_investment_counts_dual_running_and_what_is_removed_late() -> None:
    # Two months in parallel: people of 10,000 are paid twice in months 4 and 5, 20,000. The rent can be given up now,
    # but only four months after the people have gone: 4 · 2,000 = 8,000.
    text = DESK.replace("avoidable: 0%", "avoidable: 100%, removal: 4").replace("months: 3,", "months: 3, parallel: 2,")
    result = option(compared(text))
    # In parallel the rent is doubled too, so dual running is 2 · 12,000; then 4 · 2,000 still to be removed.
    assert figure(result, "investment") == pytest.approx(18_000 + 24_000 + 8_000)
    assert figure(result, "run_rate") == pytest.approx(72_000)  # 12 · (12,000 − 6,000)
    assert figure(result, "payback_investment") == pytest.approx(50_000 / 6_000)
    assert figure(result, "payback_static") == pytest.approx(3)  # 18,000 / 6,000


def test_the_cash_payback_is_the_month_after_the_last_one_below_zero() -> None:
    # −18,000 in month 2 and 3, −14,000, −10,000, −6,000, −2,000 in month 7, +2,000 in month 8
    result = option(compared(DESK))
    assert figure(result, "payback_cash") == 8
    assert figure(result, "payback_first") == 8


def test_the_discounted_payback_comes_later_than_the_cash_payback() -> None:
    # −1,000, then 100 a month: the cash is back in month 11. At 10 % a year with v = 1.1^(−1/12) the months 2 to 11
    # are worth 100 (v² + … + v¹¹) = 949.93 against 1,000 v = 992.09; month 12 makes it 1,040.84.
    result = option(compared(flows(-1000, *[100] * 14), months=15, rate="10%"))
    assert figure(result, "payback_cash") == 11
    assert figure(result, "payback_discounted") == 12


@pytest.mark.parametrize(
    ("savings", "cash", "first"),
    [
        ((-1000, 300, 300, 400), 4, 4),  # exactly zero in month 4
        ((-1000, 333.33, 333.33, 333.34), 4, 4),  # zero but for the last bits
        ((-100, 50, 49.996), 3, 3),  # 0.4 cents short: within half a cent of zero
        ((-100, 50, 49.99), nan, nan),  # a cent short
        ((-10, 15, -20, 30), 4, 2),  # above water in month 2, below again in month 3
        ((5, -20, 30), 3, 3),  # above, below, above: the first crossing is the one from below
        ((5, 5, 5), 1, nan),  # never below
        ((-5, 2, 2), nan, nan),  # never above
        ((-10, 20, -20), nan, 2),  # above water once, but not at the end
        ((0, 0, -10, 10), 4, 4),  # nothing happens at first
    ],
)
def test_the_paybacks_of_a_row_of_savings(savings: tuple[float, ...], cash: float, first: float) -> None:
    result = saving(*savings)
    assert figure(result, "payback_cash") == pytest.approx(cash, nan_ok=True)
    assert figure(result, "payback_first") == pytest.approx(first, nan_ok=True)
    said = reasons(result, len(savings))
    assert ("payback_cash" in said) == isnan(cash)
    assert ("payback_first" in said) == isnan(first)


@pytest.mark.parametrize(
    ("savings", "exposure", "month"),
    [
        ((-10, -20, 15, -5, 40), 30, 2),  # −10, −30, −15, −20, +20
        ((10, -20, 5, -5), 10, 2),  # 10, −10, −5, −10: the first of two equal depths
        ((5, -5, 5), 0, nan),  # down to zero and no further
        ((-10, -20, -30), 60, 3),  # still falling at the end
    ],
)
def test_the_maximum_exposure_is_the_deepest_point_and_its_month(
    savings: tuple[float, ...], exposure: float, month: float
) -> None:
    result = saving(*savings)
    assert figure(result, "max_exposure") == pytest.approx(exposure)
    assert figure(result, "max_exposure_month") == pytest.approx(month, nan_ok=True)
    assert ("max_exposure_month" in reasons(result, len(savings))) == isnan(month)


def test_the_exposure_of_the_desk_is_its_setup_until_the_saving_begins() -> None:
    result = option(compared(DESK))
    assert figure(result, "max_exposure") == pytest.approx(18_000)
    assert figure(result, "max_exposure_month") == 2


@pytest.mark.parametrize(
    ("savings", "monthly"),
    [
        # numpy_financial.irr of the same flows
        ((0, -18_000, 0, *[4_000] * 21), 0.18237174861856298),
        (
            (-5_000, 1_200, 1_500, -300, 2_000, 900, 1_100),
            0.07566034313729864,
        ),  # −300: the flows turn, the sum does not
        ((-1, 1_000_000), 999_999.0),
    ],
)
def test_the_rate_of_return_is_a_years_worth_of_the_monthly_one(savings: tuple[float, ...], monthly: float) -> None:
    assert figure(saving(*savings), "irr") == pytest.approx((1 + monthly) ** 12 - 1, rel=1e-9)


PUBLISHED = (2113.73, -161445.03, 7626.73, 8619.84, 8612.92)
"""Flows for which a well-known library answered with a rate of 75.33 (numpy-financial, issue 46)."""


@pytest.mark.parametrize(
    "savings",
    [
        PUBLISHED,
        (-10, 30, -25, 10),  # −10, +20, −5, +5: from below to above twice
        (-5, 5, -5, 5),  # touches zero and never rises above it
        (5, -5, 5),  # nothing is ever invested
        (-5, 2, 2),
        (0, 0),
    ],
)
def test_no_rate_of_return_is_shown_where_it_would_mean_nothing_and_the_reason_is(savings: tuple[float, ...]) -> None:
    result = saving(*savings)
    assert isnan(figure(result, "irr"))
    assert reasons(result, len(savings))["irr"]


def test_the_reason_for_the_published_flows_is_true() -> None:
    # so far: +2,113.73, −159,331.30, −151,704.57, −143,084.73, −134,471.81
    assert "more than once" not in reasons(saving(*PUBLISHED), 5)["irr"]


def test_cost_per_unit_and_per_fte_divide_all_cost_by_all_units_and_by_the_people_of_the_baseline() -> None:
    text = """
functions:
  desk:
    demand: {volume: 1_000, unit: contact}
    in_house: {teams: {agents: {fte: 10, salary: 48_000}}}
    options:
      manila: {location: PH, price: 3_000, per: fte_month}
"""
    comparison = compared(text, months=12)
    base, manila = option(comparison, "desk.in_house"), option(comparison)
    assert figure(base, "cost_per_unit") == pytest.approx(40)  # 10 · 48,000 / 12,000
    assert figure(manila, "cost_per_unit") == pytest.approx(30)  # 12 · 10 · 3,000 / 12,000
    assert figure(base, "cost_per_fte") == pytest.approx(48_000)
    assert figure(manila, "cost_per_fte") == pytest.approx(36_000)  # over the ten of the baseline


def test_cost_per_fte_is_a_years_mean_however_many_months_there_are() -> None:
    text = "functions: {desk: {in_house: {teams: {agents: {fte: 10, salary: 48_000}}}}}"
    for months in (1, 7, 30):
        base = option(compared(text, months=months), "desk.in_house")
        assert figure(base, "cost_per_fte") == pytest.approx(48_000)


def test_the_share_has_no_value_where_the_baseline_costs_nothing_and_says_why() -> None:
    text = DESK.replace("amount: 10_000", "amount: -2_000")
    result = option(compared(text))
    assert isnan(figure(result, "saving_share"))
    assert "base" in reasons(result, 24)["saving_share"]


def test_the_best_option_has_the_least_present_value_and_not_the_least_cost() -> None:
    # now: 100 a month; later: 1,210 in month 12, which at 50 % is worth 1,210 / 1.5 = 806.67 at the end of the year;
    # 100 a month are worth more than 1,200 / 1.5 = 800, to wit 100 (v + … + v¹²) with v = 1.5^(−1/12): 969.95.
    text = """
functions:
  desk:
    in_house: {costs: {people: {amount: 200, per: month, avoidable: 100%}}}
    options:
      now: {location: PH, price: 100, per: month}
      later: {location: PH, price: 0, per: month, costs: {bill: {amount: 1_210, month: 12}}}
"""
    comparison = compared(text, months=12, rate="50%")
    now, later = option(comparison, "desk.now"), option(comparison, "desk.later")
    assert figure(now, "pv_cost") == pytest.approx(969.95, abs=0.005)
    assert figure(later, "pv_cost") == pytest.approx(806.67, abs=0.005)
    assert figure(now, "total_cost") < figure(later, "total_cost")
    assert comparison.functions["desk"].best == "later"
    assert comparison.best.options == {"desk": "later"}


# Each function costs 2,000 a month in-house, 1,000 with acme and 990 with a rival. Acme gives back 10 % of all it is
# paid in a year, once that is more than 20,000. Alone it is paid 12,000 and gives nothing back, so that the rival's
# 11,880 is best for either function. Together it is paid 24,000 and gives back 2,400: 21,600, and not 2 · 11,880.
TWO = """
providers: {acme: {volume_discount: {by: whole, tiers: [{above: 20_000, rate: 10%}]}}}
functions:
  care:
    in_house: {costs: {people: {amount: 2_000, per: month, avoidable: 100%}}}
    options:
      acme: {provider: acme, location: PH, price: 1_000, per: month}
      rival: {location: PH, price: 990, per: month}
  desk:
    in_house: {costs: {people: {amount: 2_000, per: month, avoidable: 100%}}}
    options:
      acme: {provider: acme, location: PH, price: 1_000, per: month}
      rival: {location: PH, price: 990, per: month}
"""


def test_a_joint_volume_discount_makes_a_mix_best_that_is_best_in_neither_function() -> None:
    comparison = compared(TWO, months=12)
    assert {key: group.best for key, group in comparison.functions.items()} == {"care": "rival", "desk": "rival"}
    assert comparison.best.options == {"care": "acme", "desk": "acme"}
    assert comparison.best.exhaustive
    best = option(comparison, "total.best")
    assert figure(best, "total_cost") == pytest.approx(21_600)
    assert figure(best, "total_saving") == pytest.approx(26_400)  # 2 · 24,000 − 21,600
    assert [name for name, _, _ in best.stream.lines] == ["bundle_discount.acme"]


def test_the_joint_discount_is_what_goes_beyond_the_discounts_taken_alone() -> None:
    # By slice above 10,000: alone 10 % of 2,000 = 200 each, together 10 % of 14,000 = 1,400, so 1,000 more.
    text = TWO.replace("by: whole", "by: slice").replace("above: 20_000", "above: 10_000")
    comparison = compared(text, months=12)
    assert figure(option(comparison, "care.acme"), "total_cost") == pytest.approx(11_800)
    best = option(comparison, "total.best")
    ((name, entry, _),) = best.stream.lines
    assert name == "bundle_discount.acme"
    assert sum(entry.quantity.row) == pytest.approx(-1_000)
    assert figure(best, "total_cost") == pytest.approx(22_600)  # 24,000 − 1,400


def test_the_edges_of_a_joint_discount_shrink_with_a_part_year() -> None:
    # Six months: the edge is 10,000, acme is paid 12,000 by both and gives back 1,200.
    comparison = compared(TWO, months=6)
    assert figure(option(comparison, "total.best"), "total_cost") == pytest.approx(10_800)


def test_the_whole_scenario_adds_the_functions_up() -> None:
    comparison = compared(TWO + "mix: {care: rival}\n", months=12)
    total = whole(comparison)
    assert list(total.results) == ["in_house", "best", "mix"]
    assert figure(total.results["in_house"], "total_cost") == pytest.approx(48_000)
    assert figure(total.results["mix"], "total_cost") == pytest.approx(11_880 + 24_000)  # the desk stays in-house
    assert figure(total.results["mix"], "total_saving") == pytest.approx(12_120)
    assert total.best == "best"


def test_a_mix_that_is_the_best_is_shown_once_and_said_to_be_the_one_of_the_file() -> None:
    comparison = compared(TWO + "mix: {care: acme, desk: acme}\n", months=12)
    assert list(whole(comparison).results) == ["in_house", "best"]
    assert whole(comparison).best == "best"
    assert "(care: acme; desk: acme, the one that the file names)" in answers(comparison)[0]


def test_a_single_function_has_no_table_of_the_whole_scenario() -> None:
    assert compared(DESK).total is None


def test_another_option_can_be_the_baseline() -> None:
    # Against the improved team at 9,000 a month, 2,000 of rent included: the saving is 1,000 from month 4 on.
    text = DESK.replace("  desk:\n", "  desk:\n    baseline: better\n") + (
        "      better: {in_house: {costs: {people: {amount: 7_000}}}}\n"
    )
    comparison = compared(text)
    group = comparison.functions["desk"]
    assert group.baseline == "better"
    assert figure(group.results["better"], "total_cost") == pytest.approx(216_000)  # 24 · 9,000
    assert "total_saving" not in group.results["better"].metrics
    assert figure(group.results["in_house"], "total_saving") == pytest.approx(-72_000)  # −3,000 a month
    manila = group.results["manila"]
    assert figure(manila, "total_saving") == pytest.approx(-6_000)  # 216,000 − 222,000
    assert figure(manila, "saving_share") == pytest.approx(-6_000 / 216_000)
    assert "naive_saving" not in manila.metrics
    assert "saving_share_of_avoidable" not in manila.metrics


def test_the_baseline_stays_when_options_are_left_out() -> None:
    text = DESK.replace("  desk:\n", "  desk:\n    baseline: better\n") + (
        "      better: {in_house: {costs: {people: {amount: 7_000}}}}\n"
    )
    assert list(compared(text, options=["manila"]).functions["desk"].results) == ["in_house", "manila", "better"]
    assert list(compared(text, options=["desk.better"]).functions["desk"].results) == ["in_house", "better"]


SOFT = DESK + "        costs: {goodwill: {amount: -500, per: month, soft: true}}\n"


def test_soft_lines_are_told_apart_and_count_only_when_asked() -> None:
    # 24 · −500 = −12,000: a benefit
    without, counted = option(compared(SOFT)), option(compared(SOFT, soft=True))
    assert figure(without, "soft") == figure(counted, "soft") == pytest.approx(-12_000)
    assert figure(without, "total_saving") == pytest.approx(66_000)
    assert figure(counted, "total_saving") == pytest.approx(78_000)
    assert figure(counted, "run_rate") == pytest.approx(54_000)  # 12 · 4,500
    assert any("12 k of benefit for desk with manila" in note for note in notes(compared(SOFT), "summary", "case.yaml"))
    assert not any("Soft" in note for note in notes(compared(SOFT, soft=True), "summary", "case.yaml"))


def test_the_soft_flag_reaches_the_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"{HEADER}months: 24\ndiscount_rate: 0%\n{SOFT}")
    assert cli(["compare", str(path), "--soft"]) == 0
    shown = capsys.readouterr().out
    assert "+78,000" in shown
    assert "soft lines counted" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DESK, ["Outsourcing desk to manila saves 66 k over 24 months, 22.9 %", "288 k", "by month 8"]),
        (
            DESK.replace("price: 6_000", "price: 12_000"),
            ["in-house is cheapest", "manila would cost 60 k more", "+20.8 % on 288 k"],
        ),
        (DESK.replace("amount: 18_000", "amount: 0").replace("6_000", "10_000"), ["cost the same"]),
        (DESK.partition("    options:")[0], ["288 k", "no option to compare it with"]),
        (DESK.replace("location: PH\n        price: 6_000\n        per: month", "in_house: {}"), ["in-house"]),
    ],
)
def test_the_answer_says_who_wins_by_how_much_and_when_it_pays_back(text: str, said: list[str]) -> None:
    # dearer: 12,000 − 2,000 − 12,000 = −2,000 for 21 months and 18,000 at the start: −60,000, of 288,000
    (answer,) = answers(compared(text))
    for words in said:
        assert words in answer


def test_the_answer_for_the_whole_scenario_names_the_best_mix() -> None:
    first, *each = answers(compared(TWO, months=12))
    assert "care: acme; desk: acme" in first
    assert "26 k" in first
    assert len(each) == 2


def test_the_answer_says_that_no_mix_is_cheaper_when_outsourcing_loses_everywhere() -> None:
    text = TWO.replace("price: 1_000", "price: 3_000").replace("price: 990", "price: 2_500")
    first, *_ = answers(compared(text, months=12))
    assert "No mix of options is cheaper" in first


def test_equal_options_differ_by_exactly_nothing_and_the_first_is_best() -> None:
    text = TWO.replace("price: 990", "price: 1_000")
    group = compared(text, months=12).functions["care"]
    assert figure(group.results["acme"], "total_saving") == figure(group.results["rival"], "total_saving")
    assert group.best == "acme"


def test_the_answer_says_what_the_joint_discount_has_to_do_with_the_best_mix() -> None:
    first, *_ = answers(compared(TWO, months=12))
    assert first.endswith("It is best because acme's joint volume discount is worth 2,400.")
    # at 900 acme is best for either function too: 10 % of 21,600
    alone = answers(compared(TWO.replace("price: 1_000", "price: 900"), months=12))[0]
    assert alone.endswith("In it acme's joint volume discount is worth 2,160.")


SURE = """
  {key}:
    in_house: {{costs: {{people: {{amount: 2_000, per: month, avoidable: 100%}}}}}}
    options: {{it: {{provider: {provider}, location: PH, price: 900, per: month}}}}
"""


def test_what_the_best_options_alone_have_jointly_as_well_is_no_reason_for_the_best_mix() -> None:
    # beta is the only provider of two functions: 10 % of 21,600 with either mix
    beta = "beta: {title: Beta Works, volume_discount: {by: whole, tiers: [{above: 20_000, rate: 10%}]}}"
    text = TWO.replace("providers: {", f"providers: {{{beta}, ")
    text += "".join(SURE.format(key=key, provider="beta") for key in ("pay", "tax"))
    first = answers(compared(text, months=12))[0]
    reason, _, rest = first.partition("It is best because ")[2].partition(" In it ")
    assert reason == "acme's joint volume discount is worth 2,400."
    assert rest == "Beta Works' joint volume discount is worth 2,160."


def test_of_what_the_best_options_alone_have_less_of_both_amounts_are_said() -> None:
    # acme is best for pay and tax alone: 10 % of 21,600; at 1,000 for care and desk too 10 % of 45,600
    text = TWO + "".join(SURE.format(key=key, provider="acme") for key in ("pay", "tax"))
    first = answers(compared(text, months=12))[0]
    said = "acme's joint volume discount is worth 4,560 (2,160 with the best option of each function)."
    assert first.partition("It is best because ")[2] == said


def test_sentences_use_the_titles_of_functions_options_and_providers() -> None:
    text = TWO.replace("  care:", "  care:\n    title: Customer care").replace(
        "acme: {provider: acme, location: PH, price: 1_000",
        "acme: {title: Acme abroad, provider: acme, location: PH, price: 900",
    )
    comparison = compared(text, months=12)
    first, second, _ = answers(comparison)
    assert first.startswith(
        "The best mix (Customer care: Acme abroad; desk: Acme abroad) saves 29 k"
    )  # 48,000 − 21,600 + 2,160
    assert second.startswith("Outsourcing Customer care (Acme abroad) saves 13 k")
    assert comparison.total is not None
    assert about(comparison, comparison.total) == ("", "Acme abroad for Customer care, Acme abroad for desk")


def test_the_joint_discount_stands_below_the_fees_of_the_mix() -> None:
    shown = render(report(compared(TWO, months=12), "summary", "case.yaml"))
    assert re.search(r"\n  fees +– +21,600\n    joint volume discount +– +−2,400\n", shown)


def test_the_next_best_is_named_where_the_baseline_wins_over_several() -> None:
    text = TWO.replace("price: 1_000", "price: 3_000").replace("price: 990", "price: 2_500")
    answer = answers(compared(text, months=12))[1]
    # 12 · 500 = 6,000 of 24,000
    assert answer == (
        "Keeping care in-house is cheapest; rival, the next best, would cost 6,000 more over 12 months: "
        "+25.0 % on 24 k in-house (NPV −6,000)."
    )


def test_soft_lines_of_the_in_house_side_are_called_in_house() -> None:
    text = DESK.replace(
        "        rent:", "        goodwill: {amount: 500, per: month, avoidable: 0%, soft: true}\n        rent:"
    )
    (said, *_) = notes(compared(text), "summary", "case.yaml")
    assert said.startswith("Soft, not counted: 12 k of cost for desk in-house; ")


def test_only_the_best_option_has_its_naive_saving_said() -> None:
    said = [n for n in notes(compared(TWO, months=12), "summary", "case.yaml") if "Full cost minus fees" in n]
    assert said == []  # everything is avoidable here: what is promised is what is saved
    said = [n for n in notes(compared(DESK), "summary", "case.yaml") if "Full cost minus fees" in n]
    assert said == [
        "Full cost minus fees would promise 162 k for desk with manila; that leaves out what stays and the move."
    ]


def test_an_option_without_a_run_rate_has_its_reason_below_the_table() -> None:
    comparison = compared(DESK.replace("start: 1, months: 3", "start: 10, months: 6, ramp: 12"))
    said = [n for n in notes(comparison, "summary", "case.yaml") if n.startswith("No run rate")]
    assert said == [
        "No run rate for desk with manila, because the option is never fully in place in the last twelve months."
    ]
