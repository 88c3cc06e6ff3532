"""Overtime and idle capacity by hand, in every state of a team: full, kept, improved, the provider's own."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.comparison import compare
from bpocalc.model.run import Run

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 10 units a head, a head at 1,000 a month. Volume 100, 140, 60, 100: the mean is 100, so ten people.
# The months need 10, 14, 6 and 10: four are lacking in month 2, four are idle in month 3.
CASE = """
demand: {{volume: [100, 140, 60, 100]}}
in_house:
  teams:
    t: {{units_per_fte: 10, salary: 12_000, staffing: average{team}}}
  {rest}
options:
  {options}
"""
EXTRA = ", overtime: {premium: 50%}"
BUY = "buy: {location: PH, price: 1, per: unit, share: 50%%, transition: {months: 1%s}}"


def rows(book: Book, team: str = EXTRA, rest: str = "", options: str = "{}", **about: object) -> dict[str, list[float]]:
    found = book(CASE.format(team=team, rest=rest, options=options), **({"months": 4} | about))
    return {name: list(row) for name, row in found.items()}


def test_what_a_month_needs_beyond_the_mean_is_paid_as_overtime(book: Book) -> None:
    # 4 lacking · 1,000 · 1.5
    made = rows(book)
    assert made["work.in_house.pay.t"] == [10_000] * 4
    assert made["work.in_house.overtime.t"] == [0, 6_000, 0, 0]


def test_who_is_not_needed_in_a_month_is_idle_and_paid_as_before(book: Book) -> None:
    made = rows(book)
    assert made["work.in_house.idle.t"] == [0, 0, 4, 0]
    assert made["work.in_house.idle_pay.t"] == [0, 0, 4_000, 0]
    assert made["work.in_house.idle_pay"] == [0, 0, 4_000, 0]


def test_without_overtime_there_is_no_line_for_it_and_idle_capacity_is_seen_all_the_same(book: Book) -> None:
    made = rows(book, team="")
    assert "work.in_house.overtime.t" not in made
    assert made["work.in_house.idle.t"] == [0, 0, 4, 0]


@pytest.mark.parametrize("team", ["fte: 3", "units_per_fte: 10", "units_per_fte: 10, staffing: follow"])
def test_a_team_that_is_staffed_by_the_month_has_neither(book: Book, team: str) -> None:
    made = book(f"demand: {{volume: 100}}\nin_house: {{teams: {{t: {{{team}, salary: 12_000}}}}}}")
    assert [name for name in made if "idle" in name or "overtime" in name or "month_need" in name] == []


def test_a_team_for_the_peak_never_works_overtime(book: Book) -> None:
    # 14 people: 4, 0, 8 and 4 idle
    made = book(
        """
        demand: {volume: [100, 140, 60, 100]}
        in_house: {teams: {t: {units_per_fte: 10, salary: 12_000, staffing: peak, overtime: {premium: 50%}}}}
        """,
        months=4,
    )
    assert made["work.in_house.overtime.t"] == (0, 0, 0, 0)
    assert made["work.in_house.idle_pay.t"] == (4_000, 0, 8_000, 4_000)


def test_whole_people_and_a_minimum_count_as_they_are_there(book: Book) -> None:
    # 10.4 people become 11: 14 − 11 = 3 lacking, 11 − 10, 11 − 6, 11 − 11.6 → 0.6 lacking in month 4
    made = book(
        """
        demand: {volume: [100, 140, 60, 116]}
        in_house:
          teams:
            t: {units_per_fte: 10, salary: 12_000, staffing: average, whole: true, overtime: {premium: 0%}}
            m: {units_per_fte: 10, salary: 12_000, staffing: average, minimum: 12, overtime: {premium: 0%}}
        """,
        months=4,
    )
    assert made["work.in_house.overtime.t"] == pytest.approx((0, 3_000, 0, 600))
    assert made["work.in_house.idle.t"] == pytest.approx((1, 0, 5, 0))
    assert made["work.in_house.overtime.m"] == pytest.approx((0, 2_000, 0, 0))


def test_a_month_without_work_is_idle(book: Book) -> None:
    # mean 50: five people
    made = book(
        """
        demand: {volume: [100, 0]}
        in_house: {teams: {t: {units_per_fte: 10, salary: 12_000, staffing: average, overtime: {premium: 100%}}}}
        """,
        months=2,
    )
    assert made["work.in_house.overtime.t"] == (10_000, 0)
    assert made["work.in_house.idle_pay.t"] == (0, 5_000)


def test_overtime_is_paid_at_that_month_s_pay_without_burden_and_premiums(book: Book) -> None:
    # year 2: 21 % more. Month 14 needs 14, the mean of months 13 and 14 is (60 + 140) / 2 = 100: 4 · 1,210 · 1.5
    made = book(
        f"""
        demand: {{volume: [{", ".join(["100"] * 12)}, 60, 140]}}
        in_house:
          wage_growth: 21%
          burden: 30%
          teams:
            t: {{units_per_fte: 10, salary: 12_000, staffing: average, premium: 10%, bonus: 600{EXTRA}}}
        """,
        months=14,
    )
    assert made["work.in_house.overtime.t"] == pytest.approx((0,) * 13 + (7_260,))
    assert made["work.in_house.idle_pay.t"] == pytest.approx((0,) * 12 + (4_840, 0))


def test_overtime_is_personnel_for_a_rate_and_a_line_of_its_own(book: Book) -> None:
    # month 2: pay 10,000, burden 2,000, overtime 6,000
    made = rows(
        book,
        rest="burden: 20%\n  costs: {a: {rate: 10%, of: personnel, avoidable: 0%},"
        " b: {rate: 10%, of: overtime, avoidable: 0%}}",
    )
    assert made["work.in_house.costs.a"] == pytest.approx([1_200, 1_800, 1_200, 1_200])
    assert made["work.in_house.costs.b"] == pytest.approx([0, 600, 0, 0])


# --- kept and freed --------------------------------------------------------------------------------------------------


def test_what_stays_of_the_work_needs_its_own_share(book: Book) -> None:
    # half is gone from month 2 on: 10, 5, 5, 5 people for a need of 10, 7, 3, 5
    made = rows(book, options=BUY % "")
    assert made["work.buy.pay.t"] == [10_000, 5_000, 5_000, 5_000]
    assert made["work.buy.overtime.t"] == [0, 3_000, 0, 0]
    assert made["work.buy.idle_pay"] == [0, 0, 2_000, 0]


def test_people_who_cannot_go_are_idle_and_spare_overtime(book: Book) -> None:
    # 10 − 60 % · 5 = 7 people for a need of 10, 7, 3, 5
    made = rows(book, team=f"{EXTRA}, avoidable: 60%", options=BUY % "")
    assert made["work.buy.overtime.t"] == pytest.approx([0, 0, 0, 0])
    assert made["work.buy.idle.t"] == pytest.approx([0, 0, 4, 2])


def test_in_a_parallel_run_all_the_work_is_still_needed(book: Book) -> None:
    # gone from month 3 on: 10, 10, 5, 5 people for a need of 10, 14, 3, 5
    made = rows(book, options=BUY % ", parallel: 1")
    assert made["work.buy.overtime.t"] == [0, 6_000, 0, 0]
    assert made["work.buy.idle.t"] == [0, 0, 2, 0]


def test_people_removed_late_are_idle_until_then(book: Book) -> None:
    # removed one month after the work: 10, 10, 5, 5 people for a need of 10, 7, 3, 5
    made = rows(book, team=f"{EXTRA}, removal: 1", options=BUY % "")
    assert made["work.buy.overtime.t"] == [0, 0, 0, 0]
    assert made["work.buy.idle.t"] == [0, 3, 2, 0]


def test_a_ramp_frees_of_overtime_as_it_goes(book: Book) -> None:
    # a quarter of the work is gone in month 2, half from month 3: need 10, 10.5, 3, 5 of 10, 7.5, 5, 5
    made = rows(book, options=BUY % ", ramp: 2")
    assert made["work.buy.overtime.t"] == pytest.approx([0, 4_500, 0, 0])


def test_two_legs_are_as_one_of_the_summed_share(book: Book) -> None:
    leg = "{location: PH, price: 1, per: unit, share: %s, transition: {months: 1}}"
    two = rows(book, options=f"buy: {{legs: {{a: {leg % '20%'}, b: {leg % '30%'}}}}}")
    one = rows(book, options=BUY % "")
    for name in ("overtime.t", "idle.t", "dual_running"):
        assert two[f"work.buy.{name}"] == pytest.approx(one[f"work.buy.{name}"])


def test_dual_running_holds_the_overtime_of_the_parallel_run(book: Book) -> None:
    # month 2: here are 10,000 + 6,000, the work that stays takes 5,000 + 3,000
    made = rows(book, options=BUY % ", parallel: 1")
    assert made["work.buy.dual_running"] == pytest.approx([0, 8_000, 0, 0])


# --- improved --------------------------------------------------------------------------------------------------------

BETTER = "better: {in_house: {teams: {t: {%s}}}, transition: {months: 1, ramp: 2}}"


def test_an_improved_team_lacks_what_is_on_the_way(book: Book) -> None:
    # 20 units a head, 0, 1/2, 1, 1 on the way: 10, 7.5, 5, 5 people for a need of 10, (14 + 7) / 2, 3, 5
    made = rows(book, options=BETTER % "units_per_fte: 20")
    assert made["work.better.overtime.t"] == pytest.approx([0, 3 * 1_500, 0, 0])
    assert made["work.better.idle_pay"] == pytest.approx([0, 0, 2_000, 0])


def test_overtime_that_comes_with_the_improvement_comes_with_its_ramp(book: Book) -> None:
    # nothing is paid today, 1.5 at the end: 0.75 in month 2
    made = rows(book, team="", options=BETTER % "overtime: {premium: 50%}")
    assert made["work.better.overtime.t"] == pytest.approx([0, 4 * 750, 0, 0])


def test_staffing_by_the_month_takes_overtime_away(book: Book) -> None:
    # on the way to 10, 14, 6, 10 people: 12 in month 2, 2 lacking at 0.75
    made = rows(book, options=BETTER % "staffing: follow, overtime: null")
    assert made["work.better.overtime.t"] == pytest.approx([0, 2 * 750, 0, 0])
    assert made["work.better.idle.t"] == pytest.approx([0, 0, 0, 0])


def test_an_overlay_that_says_nothing_of_it_costs_what_today_costs(book: Book) -> None:
    made = rows(book, options=BETTER % "attrition: 0%")
    assert made["work.better.overtime.t"] == made["work.in_house.overtime.t"]


def test_a_team_that_the_overlay_removes_or_adds_is_needed_as_far_as_it_is_there(book: Book) -> None:
    # gone in two steps: 10, 5, 0, 0 people for 10, 7, 0, 0; the new one 0, 5, 10, 10 for 0, 7, 6, 10
    new = "u: {units_per_fte: 10, salary: 12_000, staffing: average, overtime: {premium: 50%}}"
    made = rows(
        book, options=f"better: {{in_house: {{teams: {{t: null, {new}}}}}, transition: {{months: 1, ramp: 2}}}}"
    )
    # the factor of the old goes from 1.5 to 0 and of the new from 0 to 1.5: 2 · 1,000 · 0.75, pay halfway as well
    assert made["work.better.idle.t"] == pytest.approx([0, 0, 0, 0])
    assert made["work.better.idle.u"] == pytest.approx([0, 0, 4, 0])


# --- the provider ----------------------------------------------------------------------------------------------------


def test_the_provider_s_overtime_is_part_of_its_own_cost(book: Book) -> None:
    # there from month 2: 0, 10, 10, 10 people at 500 for a need of 0, 14, 6, 10; overtime 4 · 500 · 1.2; margin 10 %
    team = "{units_per_fte: 10, salary: 6_000, staffing: average, overtime: {premium: 20%}, from: 2}"
    charge = f"{{kind: cost_plus, margin: 10%, teams: {{w: {team}}}}}"
    made = rows(book, options=f"buy: {{location: PH, charges: {{x: {charge}}}}}")
    assert made["work.buy.provider.x.overtime.w"] == pytest.approx([0, 2_400, 0, 0])
    assert made["work.buy.charges.x"] == pytest.approx([0, 7_400 * 1.1, 5_500, 5_500])
    assert made["work.buy.provider.x.idle.w"] == pytest.approx([0, 0, 4, 0])
    assert made["work.buy.idle_pay"] == [0, 0, 0, 0]  # of the people in-house, who are all gone


# --- results ---------------------------------------------------------------------------------------------------------


def test_the_pay_of_idle_capacity_is_a_result_and_not_added_to_the_cost(case: Callable[..., Run]) -> None:
    # pay 40,000 and overtime 6,000, of which 4,000 for idle people; with half the work gone see above
    made = compare(case(CASE.format(team=EXTRA, rest="", options=BUY % ""), months=4))
    home, buy = (made.functions["work"].results[key].metrics for key in ("in_house", "buy"))
    assert (home["total_cost"].figure, home["idle_pay"].figure) == (46_000, 4_000)
    assert buy["idle_pay"].figure == 2_000
    assert (
        "idle_pay"
        not in compare(case("in_house: {teams: {t: {fte: 1, salary: 1}}}"))
        .functions["work"]
        .results["in_house"]
        .metrics
    )


def test_the_avoidable_cost_holds_the_overtime_of_a_team(case: Callable[..., Run]) -> None:
    # 46,000, of which 60 %
    made = compare(case(CASE.format(team=f"{EXTRA}, avoidable: 60%", rest="", options=BUY % ""), months=4))
    assert sum(made.run.book.entries["work.in_house.avoidable_cost"].quantity.row) == pytest.approx(27_600)
