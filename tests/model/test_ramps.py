"""Ramps by hand: how work moves, when people are free of it, and what of a line is kept meanwhile."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.quantity import constant
from bpocalc.timeline import Clock

Book = Callable[..., Mapping[str, tuple[float, ...]]]


def moving(book: Book, transition: str, months: int, share: str = "100%") -> Mapping[str, tuple[float, ...]]:
    return book(
        f"""
        in_house: {{teams: {{t: {{fte: 10, salary: 60_000}}}}}}
        options:
          away: {{location: PH, price: 1, per: month, share: {share}, transition: {{{transition}}}}}
        """,
        months=months,
    )


def test_without_a_transition_the_work_has_gone_in_month_1(book: Book) -> None:
    rows = moving(book, "", 3)
    assert rows["work.away.ramp"] == (1, 1, 1)
    assert rows["work.away.freed.gone"] == (1, 1, 1)


def test_go_live_is_the_month_after_the_transition(book: Book) -> None:
    # starts in month 2 and takes 3 months, 2 to 4: live in month 5
    assert moving(book, "start: 2, months: 3", 6)["work.away.ramp"] == (0, 0, 0, 0, 1, 1)


@pytest.mark.parametrize("ramp", ["0", "1", "0.5"])
def test_a_ramp_of_a_month_or_less_is_full_from_go_live(book: Book, ramp: str) -> None:
    assert moving(book, f"months: 2, ramp: {ramp}", 4)["work.away.ramp"] == (0, 0, 1, 1)


def test_a_ramp_of_three_months_gives_thirds(book: Book) -> None:
    assert moving(book, "months: 1, ramp: 3", 5)["work.away.ramp"] == pytest.approx((0, 1 / 3, 2 / 3, 1, 1))


def test_a_start_in_the_middle_of_a_month_goes_live_by_half(book: Book) -> None:
    # g = 2.5 + 2 − 1 = 3.5: half of month 4; with a ramp of 2: (4 − 3.5)/2, (5 − 3.5)/2
    assert moving(book, "start: 2.5, months: 2", 6)["work.away.ramp"] == (0, 0, 0, 0.5, 1, 1)
    assert moving(book, "start: 2.5, months: 2, ramp: 2", 6)["work.away.ramp"] == (0, 0, 0, 0.25, 0.75, 1)


def test_half_a_month_of_transition_goes_live_by_half(book: Book) -> None:
    # g = 1 + 0.5 − 1 = 0.5
    assert moving(book, "months: 0.5", 3)["work.away.ramp"] == (0.5, 1, 1)


def test_the_transition_may_be_given_in_weeks(book: Book) -> None:
    # 26 weeks are 6 months
    assert moving(book, "months: 26 weeks", 8)["work.away.ramp"] == pytest.approx((0, 0, 0, 0, 0, 0, 1, 1))


def test_the_provider_takes_its_share_of_the_ramp(book: Book) -> None:
    # 60 % in two steps
    assert moving(book, "months: 1, ramp: 2", 4, "60%")["work.away.taken"] == pytest.approx((0, 0.3, 0.6, 0.6))


def test_people_are_free_after_the_parallel_run(book: Book) -> None:
    # taken in months 2 and 3, free two months later
    rows = moving(book, "months: 1, ramp: 2, parallel: 2", 6)
    assert rows["work.away.taken"] == (0, 0.5, 1, 1, 1, 1)
    assert rows["work.away.freed.gone"] == (0, 0, 0, 0.5, 1, 1)
    assert rows["work.away.headcount.t"] == (10, 10, 10, 5, 0, 0)


def test_a_parallel_run_of_half_a_month(book: Book) -> None:
    # live in month 2; free by half in month 2: (2 − 1 − 0.5)/1
    assert moving(book, "months: 1, parallel: 0.5", 4)["work.away.freed.gone"] == (0, 0.5, 1, 1)


def test_legs_add_up(book: Book) -> None:
    # 60 % from month 2 in two steps and 25 % from month 3: 30, 60 + 25, 85 %
    rows = book(
        """
        in_house: {teams: {t: {fte: 10, salary: 60_000}}}
        options:
          away:
            legs:
              a: {location: PH, price: 1, per: month, share: 60%, transition: {months: 1, ramp: 2}}
              b: {location: IN, price: 1, per: month, share: 25%, transition: {start: 2, months: 1, parallel: 1}}
        """,
        months=4,
    )
    assert rows["work.away.all_taken"] == pytest.approx((0, 0.3, 0.85, 0.85))
    assert rows["work.away.headcount.t"] == pytest.approx((10, 7, 4, 1.5))
    assert rows["work.away.in_place"] == (0, 0, 1, 1)


def test_nothing_moved_keeps_everything(book: Book) -> None:
    rows = moving(book, "", 3, "0%")
    assert rows["work.away.pay.t"] == rows["work.in_house.pay.t"] == (50_000, 50_000, 50_000)


# pay 50,000 and rent 10,000, 60 % of it avoidable two months after the people have gone
#   taken   0    1/2   1    1    1    1
#   gone    0    0     1/2  1    1    1       one month of parallel running
#   free    0    0     0    0    1/2  1       of the rent, two months more
LEASE = """
in_house:
  teams: {t: {fte: 10, salary: 60_000}}
  costs: {rent: {amount: 10_000, per: month, avoidable: 60%, removal: 2}}
options:
  away: {location: PH, price: 1, per: month, transition: {months: 1, ramp: 2, parallel: 1}}
"""


def test_what_is_kept_of_each_line(book: Book) -> None:
    # rent: 10,000 − 60 % · 10,000 · free
    rows = book(LEASE, months=6)
    assert rows["work.away.pay.t"] == pytest.approx((50_000, 50_000, 25_000, 0, 0, 0))
    assert rows["work.away.costs.rent"] == pytest.approx((10_000, 10_000, 10_000, 10_000, 7_000, 4_000))


def test_kept_cost_is_the_work_that_stays_dual_running_and_stranded_cost(book: Book) -> None:
    # work that stays: 60,000 · (1 − taken); dual running: 60,000 · (taken − gone)
    # stranded: rent kept − 10,000 · (1 − gone)
    rows = book(LEASE, months=6)
    assert rows["work.away.work_that_stays"] == pytest.approx((60_000, 30_000, 0, 0, 0, 0))
    assert rows["work.away.dual_running"] == pytest.approx((0, 30_000, 30_000, 0, 0, 0))
    assert rows["work.away.stranded"] == pytest.approx((0, 0, 5_000, 10_000, 7_000, 4_000))
    assert rows["work.away.all_kept"] == pytest.approx((60_000, 60_000, 35_000, 10_000, 7_000, 4_000))


def test_stranded_cost_that_will_still_be_removed(book: Book) -> None:
    # 60 % · 10,000 · (gone − free)
    assert book(LEASE, months=6)["work.away.to_be_removed"] == pytest.approx((0, 0, 3_000, 6_000, 3_000, 0))


def test_all_pay_of_people_who_go_later_will_still_be_removed(book: Book) -> None:
    # 10 people stay two months longer: pay 50,000, burden 10,000, premium 5,000, bonus 10 · 1,200 / 12 = 1,000
    rows = book(
        """
        in_house:
          teams: {t: {fte: 10, salary: 60_000, burden: 20%, premium: 10%, bonus: 1_200, removal: 2}}
        options: {away: {location: PH, price: 1, per: month, transition: {months: 1}}}
        """,
        months=5,
    )
    assert rows["work.away.stranded"] == pytest.approx((0, 66_000, 66_000, 0, 0))
    assert rows["work.away.to_be_removed"] == pytest.approx((0, 66_000, 66_000, 0, 0))


def test_an_option_is_in_place_once_every_leg_is_ramped_up(book: Book) -> None:
    assert moving(book, "months: 1, ramp: 3", 5, "60%")["work.away.in_place"] == (0, 0, 0, 1, 1)


# --- the clock -------------------------------------------------------------------------------------------------------


def test_money_at_the_end_of_a_month_is_discounted_for_all_of_it() -> None:
    # 21 % a year is 10 % in half a year: 1 / 1.1 at the end of month 6, 1 / 1.21 at that of month 12
    factor = Clock(12).factor(constant(0.21), "end", "yearly").row
    assert (factor[5], factor[11]) == pytest.approx((0.909090909, 0.826446281))


def test_money_at_the_start_of_month_1_is_not_discounted() -> None:
    # month 7 starts after half a year
    factor = Clock(12).factor(constant(0.21), "start", "yearly").row
    assert (factor[0], factor[6]) == pytest.approx((1, 0.909090909))


def test_money_in_the_middle_of_a_month_is_discounted_for_half_of_it() -> None:
    # half a month: 1.21 ^ (−1/24) = 0.992089
    assert Clock(1).factor(constant(0.21), "mid", "yearly").row[0] == pytest.approx(0.992089, abs=1e-6)


def test_a_rate_compounded_by_the_month_is_charged_in_twelfths() -> None:
    # 12 %: 1 / 1.01, 1 / 1.0201
    assert Clock(2).factor(constant(0.12), "end", "monthly").row == pytest.approx((0.990099010, 0.980296049))


def test_a_month_and_a_half_splits_a_payment() -> None:
    assert Clock(4).in_month(constant(2.5)).row == (0, 0.5, 0.5, 0)
    assert Clock(4).in_month(constant(3)).row == (0, 0, 1, 0)


def test_a_span_that_starts_in_the_middle_of_a_month_keeps_its_sum() -> None:
    # two months from the middle of month 2: a quarter, a half, a quarter
    assert Clock(5).over(constant(2.5), constant(2)).row == (0, 0.25, 0.5, 0.25, 0)


def test_from_and_until_take_parts_of_a_month() -> None:
    assert Clock(4).from_month(constant(2.5)).row == (0, 0.5, 1, 1)
    assert Clock(4).until_month(constant(2.5)).row == (1, 1, 0.5, 0)


def test_contract_years_have_their_own_length_at_the_end() -> None:
    clock = Clock(14)
    assert clock.year.row == (1,) * 12 + (2, 2)
    assert clock.year_length.row == (12,) * 12 + (2, 2)
    assert clock.closing.row == (0,) * 11 + (1, 0, 1)
    assert clock.opening.row == (1,) + (0,) * 11 + (1, 0)
