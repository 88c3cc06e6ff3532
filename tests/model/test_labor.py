"""Labor lines by hand: pay, burden, premium, bonus, hiring, onboarding."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]


def line(book: Book, name: str, team: str, **about: object) -> tuple[float, ...]:
    """A line of the one team `t` in-house."""
    return book(f"in_house: {{teams: {{t: {{{team}}}}}}}", **about)[f"work.in_house.{name}.t"]


def in_months(row: tuple[float, ...], *months: int) -> list[float]:
    return [row[month - 1] for month in months]


# --- pay -------------------------------------------------------------------------------------------------------------


def test_a_salary_is_paid_in_twelfths(book: Book) -> None:
    # 10 · 60,000 / 12
    assert line(book, "pay", "fte: 10, salary: 60_000") == (50_000, 50_000, 50_000)


def test_a_part_of_a_person_is_paid_a_part(book: Book) -> None:
    # 2.4 · 60,000 / 12
    assert line(book, "pay", "fte: 2.4, salary: 60_000") == pytest.approx((12_000,) * 3)


def test_nobody_is_paid_nothing(book: Book) -> None:
    assert line(book, "pay", "fte: 0, salary: 60_000, burden: 20%") == (0, 0, 0)


def test_a_wage_is_paid_for_the_paid_hours(book: Book) -> None:
    # 20 · 1,800 / 12 = 3,000 a head, 5 heads
    assert line(book, "pay", "fte: 5, wage: 20, paid_hours: 1_800") == pytest.approx((15_000,) * 3)


def test_shrinkage_is_paid_as_well(book: Book) -> None:
    # fixed heads: shrinkage and occupancy change nothing in what is paid
    assert line(book, "pay", "fte: 5, wage: 20, paid_hours: 1_800, shrinkage: 30%, occupancy: 80%") == pytest.approx(
        (15_000,) * 3
    )


def test_wages_move_once_a_year_at_the_anniversary(book: Book) -> None:
    # 50,000; 55,000 from month 13; 60,500 from month 25
    paid = line(book, "pay", "fte: 10, salary: 60_000, wage_growth: 10%", months=25, start="2027-07")
    assert in_months(paid, 1, 12, 13, 24, 25) == pytest.approx([50_000, 50_000, 55_000, 55_000, 60_500])


def test_wage_growth_and_not_inflation_moves_pay(book: Book) -> None:
    paid = line(book, "pay", "fte: 10, salary: 60_000", months=13, inflation="10%")
    assert in_months(paid, 12, 13) == [50_000, 50_000]


def test_wage_growth_in_yearly_steps_is_that_of_the_year_reached(book: Book) -> None:
    # year 1 is the base, its 5 % is not applied; year 2 · 1.10; year 3 · 1.10 · 1.20 = 1.32; year 4 again · 1.20
    growth = "wage_growth: {1: 5%, 2: 10%, 3: 20%}"
    paid = line(book, "pay", f"fte: 1, salary: 12_000, {growth}", months=37)
    assert in_months(paid, 1, 13, 25, 37) == pytest.approx([1_000, 1_100, 1_320, 1_584])


def test_a_salary_in_yearly_steps(book: Book) -> None:
    # 60,000 / 12 in years 1 and 2, 72,000 / 12 in year 3
    paid = line(book, "pay", "fte: 1, salary: {1: 60_000, 3: 72_000}", months=25)
    assert in_months(paid, 1, 24, 25) == [5_000, 5_000, 6_000]


def test_a_wage_in_yearly_steps(book: Book) -> None:
    # 20 · 1,800 / 12, then 22 · 1,800 / 12
    paid = line(book, "pay", "fte: 1, wage: {1: 20, 2: 22}, paid_hours: 1_800", months=13)
    assert in_months(paid, 12, 13) == pytest.approx([3_000, 3_300])


# --- burden, premium, bonus ------------------------------------------------------------------------------------------


def test_burden_is_on_pay(book: Book) -> None:
    # 28 % of 50,000
    assert line(book, "burden", "fte: 10, salary: 60_000, burden: 28%") == pytest.approx((14_000,) * 3)


def test_burden_is_not_on_premium_or_bonus(book: Book) -> None:
    team = "fte: 10, salary: 60_000, burden: 28%, premium: 10%, bonus: 6_000"
    assert line(book, "burden", team) == pytest.approx((14_000,) * 3)


def test_premium_is_a_share_of_pay(book: Book) -> None:
    # 10 % of 50,000
    assert line(book, "premium", "fte: 10, salary: 60_000, burden: 28%, premium: 10%") == pytest.approx((5_000,) * 3)


def test_a_bonus_is_an_amount_a_head_and_grows_with_wages(book: Book) -> None:
    # 10 · 1,200 / 12 = 1,000; 10 % more from month 13
    paid = line(book, "bonus", "fte: 10, salary: 60_000, bonus: 1_200, wage_growth: 10%", months=13)
    assert in_months(paid, 1, 12, 13) == pytest.approx([1_000, 1_000, 1_100])


def test_burden_in_parts_each_on_its_own_slice_of_yearly_pay(book: Book) -> None:
    # of 60,000: 10 % up to 40,000 = 4,000; 5 % above 10,000 = 2,500; 1 % of all = 600: 7,100 a year
    # 10 heads: 71,000 / 12
    parts = "pension: {rate: 10%, up_to: 40_000}, health: {rate: 5%, above: 10_000}, levy: {rate: 1%}"
    assert line(book, "burden", f"fte: 10, salary: 60_000, burden: {{{parts}}}") == pytest.approx((5_916.666667,) * 3)


def test_a_burden_between_two_bounds(book: Book) -> None:
    # 12 % of (48,000 − 12,000) = 4,320 a year
    part = "burden: {pension: {rate: 12%, above: 12_000, up_to: 48_000}}"
    assert line(book, "burden", f"fte: 1, salary: 60_000, {part}") == pytest.approx((360,) * 3)


def test_pay_below_both_bounds_and_between_them(book: Book) -> None:
    # 10,000 is below 12,000: nothing; 30,000: 12 % of 18,000 = 2,160 a year
    part = "burden: {pension: {rate: 12%, above: 12_000, up_to: 48_000}}"
    assert line(book, "burden", f"fte: 1, salary: 10_000, {part}") == (0, 0, 0)
    assert line(book, "burden", f"fte: 1, salary: 30_000, {part}") == pytest.approx((180,) * 3)


def test_bounds_of_a_burden_are_those_of_a_year_for_a_wage_too(book: Book) -> None:
    # 25 · 1,920 = 48,000 a year, 10 % up to 24,000 = 2,400 a year
    team = "fte: 1, wage: 25, paid_hours: 1_920, burden: {pension: {rate: 10%, up_to: 24_000}}"
    assert line(book, "burden", team) == pytest.approx((200,) * 3)


def test_bounds_of_a_burden_rise_with_wages(book: Book) -> None:
    # bounds are measured on the pay of year 1: 10 % of 30,000 of 60,000 is 5 % of pay, and stays 5 % of it
    team = "fte: 1, salary: 60_000, wage_growth: 10%, burden: {pension: {rate: 10%, up_to: 30_000}}"
    assert in_months(line(book, "burden", team, months=13), 1, 13) == pytest.approx([250, 275])


def test_a_charge_with_a_cliff_is_due_on_all_of_pay_or_on_none(book: Book) -> None:
    # 3 % from those who earn up to 24,000 and 2 % from those who earn more: 720 and 600 a year
    parts = "lower: {rate: 3%, if_pay_up_to: 24_000}, higher: {rate: 2%, if_pay_above: 24_000}"
    assert line(book, "burden", f"fte: 1, salary: 24_000, burden: {{{parts}}}") == pytest.approx((60,) * 3)
    assert line(book, "burden", f"fte: 1, salary: 30_000, burden: {{{parts}}}") == pytest.approx((50,) * 3)
    # with a slice as well: 3 % of the part above 12,000, 360 a year
    part = "burden: {lower: {rate: 3%, above: 12_000, if_pay_up_to: 24_000}}"
    assert line(book, "burden", f"fte: 1, salary: 24_000, {part}") == pytest.approx((30,) * 3)


def test_people_who_earn_nothing_cost_no_burden(book: Book) -> None:
    # volunteers: no pay, and no share of it between any bounds
    assert line(book, "burden", "fte: 3, salary: 0, burden: {pension: {rate: 10%, up_to: 30_000}}") == (0, 0, 0)


# --- hiring and onboarding -------------------------------------------------------------------------------------------

CENTRE = "fte: 100, salary: 60_000, attrition: 24%, cost_per_hire: 3_000"
GROWING = "fte: {1: 100, 2: 110}, salary: 60_000, attrition: 24%, cost_per_hire: 3_000"


def test_a_stable_team_replaces_its_leavers_from_month_1(book: Book) -> None:
    # today's 100 people are inherited: 100 · 24 % / 12 = 2 leave, 2 · 3,000
    assert line(book, "joiners", CENTRE) == pytest.approx((2, 2, 2))
    assert line(book, "hiring", CENTRE) == pytest.approx((6_000,) * 3)


def test_growth_joins_on_top_of_replacements(book: Book) -> None:
    # month 13: 10 + 2 leavers of the 100 = 12; month 14: 110 · 2 % = 2.2
    assert line(book, "leavers", GROWING, months=14)[11:] == pytest.approx((2, 2, 2.2))
    assert line(book, "joiners", GROWING, months=14)[11:] == pytest.approx((2, 12, 2.2))
    assert line(book, "hiring", GROWING, months=14)[11:] == pytest.approx((6_000, 36_000, 6_600))


def test_a_shrinking_team_hires_nobody_and_dismisses_what_leavers_do_not_cover(book: Book) -> None:
    # 100 -> 90: 2 leave, 8 are dismissed; then 90 · 2 % = 1.8 leave and join
    team = CENTRE.replace("fte: 100", "fte: {1: 100, 2: 90}")
    assert line(book, "joiners", team, months=14)[11:] == pytest.approx((2, 0, 1.8))
    assert line(book, "dismissed", team, months=14)[11:] == pytest.approx((0, 8, 0))


def test_a_team_that_shrinks_by_less_than_its_leavers_still_hires(book: Book) -> None:
    # 100 -> 99: 2 leave, 1 joins, nobody is dismissed
    team = CENTRE.replace("fte: 100", "fte: {1: 100, 2: 99}")
    assert line(book, "joiners", team, months=13)[12] == pytest.approx(1)
    assert line(book, "dismissed", team, months=13)[12] == 0


def test_the_cost_of_a_hire_moves_with_inflation_and_not_with_wages(book: Book) -> None:
    # 2 · 3,000, and 10 % more from month 13
    hired = line(book, "hiring", f"{CENTRE}, wage_growth: 50%", months=13, inflation="10%")
    assert in_months(hired, 12, 13) == pytest.approx([6_000, 6_600])


def test_onboarding_is_the_capacity_that_joiners_lack(book: Book) -> None:
    # 2 joiners · 3 months · (1 − 60 %) · 5,000
    bought = line(book, "onboarding", f"{CENTRE}, burden: 20%, onboarding: {{months: 3, productivity: 60%}}")
    assert bought == pytest.approx((12_000,) * 3)


def test_onboarding_is_paid_at_the_pay_of_its_month(book: Book) -> None:
    # 12,000, 10 % more from month 13
    team = f"{CENTRE}, wage_growth: 10%, onboarding: {{months: 3, productivity: 60%}}"
    assert in_months(line(book, "onboarding", team, months=13), 12, 13) == pytest.approx([12_000, 13_200])


def test_onboarding_in_weeks_is_turned_into_months(book: Book) -> None:
    # 26 weeks are 6 months: 2 · 6 · 50 % · 5,000
    bought = line(book, "onboarding", f"{CENTRE}, onboarding: {{months: 26 weeks, productivity: 50%}}")
    assert bought == pytest.approx((30_000,) * 3)


def test_an_option_inherits_today_s_people_and_hires_none_for_growth_in_month_1(book: Book) -> None:
    # nothing leaves before month 3: the same 2 joiners as in-house, from month 1
    rows = book(
        f"""
        in_house: {{teams: {{t: {{{CENTRE}}}}}}}
        options: {{away: {{location: PH, price: 1, per: month, transition: {{start: 2, months: 1}}}}}}
        """
    )
    assert rows["work.away.joiners.t"] == pytest.approx((2, 2, 0))
    assert rows["work.away.hiring.t"] == pytest.approx((6_000, 6_000, 0))


def test_people_who_leave_by_themselves_while_work_leaves_are_not_replaced(book: Book) -> None:
    # 40 % away from month 1: 100 -> 60; 2 of the 100 leave, 38 are dismissed; later 60 · 2 % = 1.2 are replaced
    rows = book(
        f"""
        in_house: {{teams: {{t: {{{CENTRE}}}}}}}
        options: {{away: {{location: PH, price: 1, per: month, share: 40%}}}}
        """
    )
    assert rows["work.away.joiners.t"] == pytest.approx((0, 1.2, 1.2))
    assert rows["work.away.dismissed.t"] == pytest.approx((38, 0, 0))
    assert rows["work.away.hiring.t"] == pytest.approx((0, 3_600, 3_600))
