"""Improved in-house by hand: what is laid over today's side comes with its ramp, and goes as far as it can."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.run import Run

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 100 units, 10 a head: ten people at 5,000; improved 20 a head: five. Live in month 2, two months to the full effect.
HOME = """
demand: {{volume: 100, per: month}}
in_house:
  teams: {{t: {{units_per_fte: 10, salary: 60_000{team}}}{teams}}}
  {rest}
options:
  better:
    in_house: {{{overlay}}}
    transition: {{months: 1, ramp: 2{transition}}}
    {option}
"""
FASTER = "teams: {t: {units_per_fte: 20}}"


def better(
    book: Book,
    overlay: str = FASTER,
    team: str = "",
    teams: str = "",
    rest: str = "",
    transition: str = "",
    option: str = "",
    **about: object,
) -> Mapping[str, tuple[float, ...]]:
    parts = {"team": team, "teams": teams, "rest": rest, "overlay": overlay, "transition": transition, "option": option}
    return book(HOME.format(**parts), **({"months": 5} | about))


# --- people ----------------------------------------------------------------------------------------------------------


def test_headcount_moves_with_the_ramp(book: Book) -> None:
    # 10 − (0, 1/2, 1, 1, 1) · 5
    rows = better(book)
    assert rows["work.better.improving.improved_share"] == (0, 0.5, 1, 1, 1)
    assert rows["work.better.pay.t"] == (50_000, 37_500, 25_000, 25_000, 25_000)


def test_burden_follows_the_people_and_gets_no_factor_of_its_own(book: Book) -> None:
    # 20 % of pay
    assert better(book, team=", burden: 20%")["work.better.burden.t"] == pytest.approx(
        (10_000, 7_500, 5_000, 5_000, 5_000)
    )


def test_a_leap_without_a_transition_is_there_in_month_1(book: Book) -> None:
    rows = book(
        """
        demand: {volume: 100, per: month}
        in_house: {teams: {t: {units_per_fte: 10, salary: 60_000, cost_per_hire: 1_000}}}
        options: {better: {in_house: {teams: {t: {units_per_fte: 20}}}}}
        """
    )
    # 5 of the ten are dismissed in month 1, nobody is hired
    assert rows["work.better.pay.t"] == (25_000, 25_000, 25_000)
    assert rows["work.better.dismissed.t"] == (5, 0, 0)
    assert rows["work.better.hiring.t"] == (0, 0, 0)


def test_people_who_become_free_are_paid_severance(book: Book) -> None:
    # 2.5 in month 2 and in month 3; 3 are redeployed: all of month 2, half a person of month 3, so 2 are paid
    # 13 weeks of 60,000 / 52 = 15,000 each
    rows = better(book, transition=", severance: {weeks: 13, redeployed: 3}")
    assert rows["work.better.severance.t"] == pytest.approx((0, 0, 30_000, 0, 0))


def test_the_severance_of_today_s_side_holds_where_the_option_says_nothing(book: Book) -> None:
    # 2.5 · 13 weeks of 60,000 / 52 = 15,000, twice
    rows = better(book, rest="severance: {weeks: 13}")
    assert rows["work.better.severance.t"] == pytest.approx((0, 37_500, 37_500, 0, 0))


def test_attrition_that_falls_comes_with_the_ramp(book: Book) -> None:
    # 24 % to 12 % with 10 people: 24 %, 18 %, 12 % a year: 0.2, 0.15, 0.1 leave and join, 1,000 each
    overlay = "teams: {t: {attrition: 12%}}"
    rows = better(book, overlay, team=", attrition: 24%, cost_per_hire: 1_000")
    assert rows["work.better.hiring.t"] == pytest.approx((200, 150, 100, 100, 100))


def test_a_new_wage_comes_with_the_ramp(book: Book) -> None:
    # 60,000 to 72,000: 5,000, 5,500, 6,000 for each of ten
    rows = better(book, "teams: {t: {salary: 72_000}}")
    assert rows["work.better.pay.t"] == pytest.approx((50_000, 55_000, 60_000, 60_000, 60_000))


def test_a_premium_that_is_new_comes_with_the_ramp(book: Book) -> None:
    # 10 % of 50,000
    rows = better(book, "teams: {t: {premium: 10%}}")
    assert rows["work.better.premium.t"] == pytest.approx((0, 2_500, 5_000, 5_000, 5_000))


def test_a_premium_that_ends_goes_with_the_ramp(book: Book) -> None:
    rows = better(book, "teams: {t: {premium: null}}", team=", premium: 10%")
    assert rows["work.better.premium.t"] == pytest.approx((5_000, 2_500, 0, 0, 0))


def test_a_bonus_stays_where_it_is_not_touched(book: Book) -> None:
    # 1,200 / 12 a head: 10, 7.5, 5 heads
    assert better(book, team=", bonus: 1_200")["work.better.bonus.t"] == pytest.approx((1_000, 750, 500, 500, 500))


def test_a_team_that_is_new_is_hired_with_the_ramp(book: Book) -> None:
    # 0, 1, 2 analysts at 6,000; 1 joins in month 2 and in month 3, 800 each
    overlay = "teams: {x: {fte: 2, salary: 72_000, cost_per_hire: 800}}"
    rows = better(book, overlay)
    assert rows["work.better.pay.x"] == pytest.approx((0, 6_000, 12_000, 12_000, 12_000))
    assert rows["work.better.hiring.x"] == pytest.approx((0, 800, 800, 0, 0))


def test_a_team_that_is_given_up_goes_with_the_ramp(book: Book) -> None:
    # 2 typists at 4,000
    rows = better(book, "teams: {x: null}", teams=", x: {fte: 2, salary: 48_000}")
    assert rows["work.better.pay.x"] == pytest.approx((8_000, 4_000, 0, 0, 0))


def test_leads_follow_their_agents(book: Book) -> None:
    # one for every five: 2, and 1 for the improved five; on the way 1.5
    rows = better(book, teams=", l: {one_per: {t: 5}, salary: 12_000}")
    assert rows["work.better.pay.l"] == pytest.approx((2_000, 1_500, 1_000, 1_000, 1_000))


# --- identity --------------------------------------------------------------------------------------------------------


def test_an_overlay_that_changes_nothing_costs_what_today_costs(book: Book) -> None:
    rest = "workplace: {facilities: {per_seat: 100, avoidable: 50%}, equipment: {price: 1_200, life: 24}}\n"
    rest += "  costs: {rent: {amount: 100, per: month, avoidable: 50%}, oh: {rate: 10%, of: run, avoidable: 50%}}"
    rows = better(
        book, "teams: {t: {salary: 60_000}}", team=", burden: 20%, attrition: 12%, cost_per_hire: 500", rest=rest
    )
    for line in ("pay.t", "burden.t", "hiring.t", "facilities", "equipment", "costs.rent", "costs.oh"):
        assert rows[f"work.better.{line}"] == pytest.approx(rows[f"work.in_house.{line}"]), line


def test_a_figure_that_is_not_laid_over_is_one_input(case: Callable[..., Run]) -> None:
    parts = dict.fromkeys(("team", "teams", "rest", "transition", "option"), "")
    inputs = case(HOME.format(**parts, overlay=FASTER)).loaded.inputs
    assert "functions.work.in_house.teams.t.salary" in inputs
    assert "functions.work.options.better.in_house.teams.t.salary" not in inputs


def test_a_figure_that_is_laid_over_is_an_input_of_its_own(case: Callable[..., Run]) -> None:
    parts = dict.fromkeys(("team", "teams", "rest", "transition", "option"), "")
    inputs = case(HOME.format(**parts, overlay=FASTER)).loaded.inputs
    assert inputs["functions.work.in_house.teams.t.units_per_fte"].figure == 10
    assert inputs["functions.work.options.better.in_house.teams.t.units_per_fte"].figure == 20


# --- other lines -----------------------------------------------------------------------------------------------------


def test_a_line_that_is_new_comes_with_the_ramp(book: Book) -> None:
    # 95 a head for 10, 7.5, 5 heads, times (0, 1/2, 1)
    overlay = f"{FASTER}, costs: {{licence: {{amount: 95, per: fte, avoidable: 100%}}}}"
    assert better(book, overlay)["work.better.costs.licence"] == pytest.approx((0, 356.25, 475, 475, 475))


def test_a_one_off_that_is_new_is_paid_in_full_whatever_the_ramp(book: Book) -> None:
    overlay = f"{FASTER}, costs: {{migration: {{amount: 900, per: once, month: 1}}}}"
    assert better(book, overlay)["work.better.costs.migration"] == (900, 0, 0, 0, 0)


def test_a_line_that_falls_does_so_with_the_ramp(book: Book) -> None:
    # 1,000 to 600, all of it avoidable
    rest = "costs: {rent: {amount: 1_000, per: month, avoidable: 100%}}"
    rows = better(book, "costs: {rent: {amount: 600}}", rest=rest)
    assert rows["work.better.costs.rent"] == pytest.approx((1_000, 800, 600, 600, 600))


def test_a_line_falls_only_as_far_as_it_is_avoidable(book: Book) -> None:
    # 1,000 − 25 % · 400 · ramp
    rest = "costs: {rent: {amount: 1_000, per: month, avoidable: 25%}}"
    rows = better(book, "costs: {rent: {amount: 600}}", rest=rest)
    assert rows["work.better.costs.rent"] == pytest.approx((1_000, 950, 900, 900, 900))


def test_a_line_falls_after_its_removal(book: Book) -> None:
    rest = "costs: {rent: {amount: 1_000, per: month, avoidable: 100%, removal: 1}}"
    rows = better(book, "costs: {rent: {amount: 600}}", rest=rest)
    assert rows["work.better.costs.rent"] == pytest.approx((1_000, 1_000, 800, 600, 600))


def test_a_line_that_rises_does_so_in_full(book: Book) -> None:
    # 1,000 to 1,400, although it could not be avoided
    rest = "costs: {rent: {amount: 1_000, per: month, avoidable: 0%}}"
    rows = better(book, "costs: {rent: {amount: 1_400}}", rest=rest)
    assert rows["work.better.costs.rent"] == pytest.approx((1_000, 1_200, 1_400, 1_400, 1_400))


def test_a_line_that_is_given_up_goes_as_far_as_it_is_avoidable(book: Book) -> None:
    # 1,000 − 75 % · 1,000 · ramp
    rest = "costs: {rent: {amount: 1_000, per: month, avoidable: 75%}}"
    rows = better(book, "costs: {rent: null}", rest=rest)
    assert rows["work.better.costs.rent"] == pytest.approx((1_000, 625, 250, 250, 250))


def test_an_amount_a_head_follows_the_people_who_are_there(book: Book) -> None:
    # 100 a head: 10, 7.5, 5
    rest = "costs: {tools: {amount: 100, per: fte, avoidable: 100%}}"
    assert better(book, rest=rest)["work.better.costs.tools"] == pytest.approx((1_000, 750, 500, 500, 500))


def test_overhead_follows_the_people_as_far_as_it_is_avoidable(book: Book) -> None:
    # 10 % of pay 50,000, 37,500, 25,000; half of the fall
    rest = "costs: {overhead: {rate: 10%, of: pay, avoidable: 50%}}"
    rows = better(book, rest=rest)
    assert rows["work.better.costs.overhead"] == pytest.approx((5_000, 4_375, 3_750, 3_750, 3_750))


def test_overhead_follows_after_its_removal(book: Book) -> None:
    rest = "costs: {overhead: {rate: 10%, of: pay, avoidable: 100%, removal: 2}}"
    rows = better(book, rest=rest)
    assert rows["work.better.costs.overhead"] == pytest.approx((5_000, 5_000, 5_000, 3_750, 2_500))


def test_overhead_on_personnel_with_a_bonus_and_onboarding(book: Book) -> None:
    # pay 50,000 to 25,000, bonus 1,000 to 500; 12 % attrition: 0.1 of 10 join, 2 months · 50 % · 5,000 = 500; on the
    # way nobody joins; then 0.05 · 5,000 = 250. Overhead 10 % of it all, avoidable
    team = ", bonus: 1_200, attrition: 12%, onboarding: {months: 2, productivity: 50%}"
    rows = better(book, team=team, rest="costs: {overhead: {rate: 10%, of: personnel, avoidable: 100%}}")
    assert rows["work.in_house.costs.overhead"] == pytest.approx((5_150,) * 5)
    assert rows["work.better.costs.overhead"] == pytest.approx((5_150, 3_825, 2_550, 2_575, 2_575))


def test_overhead_on_a_premium_that_is_laid_over(book: Book) -> None:
    # pay 50,000 and a premium of 0, 5 %, 10 % of it: 10 % of 50,000, 52,500, 55,000
    rows = better(
        book,
        "teams: {t: {premium: 10%}}",
        team=", premium: 0%",
        rest="costs: {overhead: {rate: 10%, of: personnel, avoidable: 100%}}",
    )
    assert rows["work.better.costs.overhead"] == pytest.approx((5_000, 5_250, 5_500, 5_500, 5_500))


# --- workplace -------------------------------------------------------------------------------------------------------


def test_seats_go_as_far_as_they_are_avoidable_and_after_their_removal(book: Book) -> None:
    # 10 − 60 % · (10 − people one month before): 10, 10, 8.5, 7, 7
    rest = "workplace: {facilities: {per_seat: 100, avoidable: 60%, removal: 1}}"
    rows = better(book, rest=rest)
    assert rows["work.better.facilities"] == pytest.approx((1_000, 1_000, 850, 700, 700))


def test_more_people_need_more_seats(book: Book) -> None:
    # 10 people to 20, no seat avoidable
    rest = "workplace: {facilities: {per_seat: 100, avoidable: 0%}}"
    rows = better(book, "teams: {t: {units_per_fte: 5}}", rest=rest)
    assert rows["work.better.facilities"] == pytest.approx((1_000, 1_500, 2_000, 2_000, 2_000))


def test_a_new_price_of_a_seat_comes_with_the_ramp(book: Book) -> None:
    # 10 seats at 100, 110, 120
    rest = "workplace: {facilities: {per_seat: 100, avoidable: 0%}}"
    rows = better(book, "workplace: {facilities: {per_seat: 120}}", rest=rest)
    assert rows["work.better.facilities"] == pytest.approx((1_000, 1_100, 1_200, 1_200, 1_200))


def test_seats_that_are_given_up_go_with_the_ramp_as_far_as_they_are_avoidable(book: Book) -> None:
    # ten people go home to work: 1,000 − 60 % · 1,000 · (0, 1/2, 1)
    rest = "workplace: {facilities: {per_seat: 100, avoidable: 60%}}"
    rows = better(book, "workplace: {facilities: null}", rest=rest)
    assert rows["work.better.facilities"] == pytest.approx((1_000, 700, 400, 400, 400))


def test_equipment_is_renewed_for_the_people_who_are_there(book: Book) -> None:
    # a 24th a month of 1,200 for those of the month before: 10, 10, 7.5, 5, 5
    rest = "workplace: {equipment: {price: 1_200, life: 24}}"
    assert better(book, rest=rest)["work.better.equipment"] == pytest.approx((500, 500, 375, 250, 250))


def test_a_new_price_of_equipment_comes_with_the_ramp(book: Book) -> None:
    # ten people, a 24th a month of 1,200, 1,800, 2,400
    rest = "workplace: {equipment: {price: 1_200, life: 24}}"
    rows = better(book, "workplace: {equipment: {price: 2_400}}", rest=rest)
    assert rows["work.better.equipment"] == pytest.approx((500, 750, 1_000, 1_000, 1_000))


def test_overhead_on_all_running_cost_counts_equipment_on_both_sides(book: Book) -> None:
    # pay 50,000 and equipment 500; the faster side 37,500 + 500, then 25,000 + 375, then 25,000 + 250. 10 % of it
    rest = (
        "workplace: {equipment: {price: 1_200, life: 24}}\n  costs: {overhead: {rate: 10%, of: run, avoidable: 100%}}"
    )
    rows = better(book, rest=rest)
    assert rows["work.in_house.costs.overhead"] == pytest.approx((5_050,) * 5)
    assert rows["work.better.costs.overhead"] == pytest.approx((5_050, 3_800, 2_537.5, 2_525, 2_525))


# --- the way there ---------------------------------------------------------------------------------------------------


def test_items_of_the_transition_and_costs_of_the_option(book: Book) -> None:
    # build in month 1, live in month 2; support 50 a month, 5 for each of 10, 7.5, 5 people
    rows = better(
        book,
        transition=", costs: {build: {amount: 900}, launch: {amount: 300, at: go_live}}",
        option="costs: {support: {amount: 50, per: month}, app: {amount: 5, per: fte}}",
    )
    assert rows["work.better.transition.build"] == (900, 0, 0, 0, 0)
    assert rows["work.better.transition.launch"] == (0, 300, 0, 0, 0)
    assert rows["work.better.costs.support"] == (50, 50, 50, 50, 50)
    assert rows["work.better.costs.app"] == pytest.approx((50, 37.5, 25, 25, 25))


def test_an_improvement_is_in_place_at_the_end_of_its_ramp(book: Book) -> None:
    assert better(book)["work.better.in_place"] == (0, 0, 1, 1, 1)
