"""Severance by hand: weeks, share of pay, notice, and who is spared it."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.about import Line
from bpocalc.model.book import Entry
from bpocalc.model.severance import paid_off
from bpocalc.quantity import Quantity

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 12 people at 52,000: 1,000 a week. All work leaves in month 3, or half of it in month 3 and half in month 4.
TEAM = "t: {fte: 12, salary: 52_000, burden: 30%}"


def paid(book: Book, severance: str, teams: str = TEAM, ramp: int = 1, months: int = 4, live: int = 3) -> list[float]:
    rows = book(
        f"""
        in_house: {{teams: {{{teams}}}}}
        options:
          away:
            location: PH
            price: 1
            per: month
            transition: {{months: {live - 1}, ramp: {ramp}, severance: {{{severance}}}}}
        """,
        months=months,
    )
    names = [name for name in rows if name.startswith("work.away.severance.")]
    return [sum(column) for column in zip(*(rows[name] for name in names), strict=True)]


def test_weeks_of_pay_without_burden_for_everyone_dismissed(book: Book) -> None:
    # 12 · 10 weeks · 1,000
    assert paid(book, "weeks: 10") == pytest.approx([0, 0, 120_000, 0])


def test_leavers_are_paid_nothing(book: Book) -> None:
    # 12 % a year: 0.12 of 12 leave in month 3, 11.88 are dismissed
    assert paid(book, "weeks: 10", "t: {fte: 12, salary: 52_000, attrition: 12%}") == pytest.approx([0, 0, 118_800, 0])


def test_the_first_to_leave_are_redeployed(book: Book) -> None:
    # 6 in month 3, 4 of them redeployed: 2 · 10,000; 6 in month 4: 60,000
    assert paid(book, "weeks: 10, redeployed: 4", ramp=2) == pytest.approx([0, 0, 20_000, 60_000])


def test_places_left_over_go_to_those_who_leave_next(book: Book) -> None:
    # 8 places: all 6 of month 3, 2 of month 4, so 4 · 10,000
    assert paid(book, "weeks: 10, redeployed: 8", ramp=2) == pytest.approx([0, 0, 0, 40_000])


def test_those_transferred_are_spared_like_those_redeployed(book: Book) -> None:
    # 3 + 2 of 6 in month 3: 10,000; 60,000 in month 4
    assert paid(book, "weeks: 10, transferred: 3, redeployed: 2", ramp=2) == pytest.approx([0, 0, 10_000, 60_000])


def test_more_places_than_people_cost_nothing(book: Book) -> None:
    assert paid(book, "weeks: 10, redeployed: 50", ramp=2) == [0, 0, 0, 0]


def test_places_go_to_all_teams_in_proportion(book: Book) -> None:
    # 9 at 52,000 and 3 at 104,000; 6 of 12 are redeployed, half of each team: 4.5 · 10,000 + 1.5 · 20,000
    teams = "t: {fte: 9, salary: 52_000}, l: {fte: 3, salary: 104_000}"
    assert paid(book, "weeks: 10, redeployed: 6", teams) == pytest.approx([0, 0, 75_000, 0])


def test_a_share_of_a_year_s_pay(book: Book) -> None:
    # 12 · 25 % · 52,000
    assert paid(book, "share_of_pay: 25%") == pytest.approx([0, 0, 156_000, 0])


def test_months_of_notice_come_on_top(book: Book) -> None:
    # 12 people at 60,000: 13 weeks of 60,000 / 52 = 15,000, and 2 months of 5,000: 25,000 each
    assert paid(book, "weeks: 13, notice: 2", "t: {fte: 12, salary: 60_000}") == pytest.approx([0, 0, 300_000, 0])


def test_notice_alone(book: Book) -> None:
    # 12 · 2 · 5,000
    assert paid(book, "notice: 2", "t: {fte: 12, salary: 60_000}") == pytest.approx([0, 0, 120_000, 0])


def test_severance_is_at_the_pay_of_its_month(book: Book) -> None:
    # 10 % wage growth, all work leaves in month 13: 12 · 10 · 1,100
    team = "t: {fte: 12, salary: 52_000, wage_growth: 10%}"
    assert paid(book, "weeks: 10", team, months=13, live=13)[11:] == pytest.approx([0, 132_000])


def test_severance_is_paid_once_and_under_transition(entries: Callable[..., Mapping[str, Entry]]) -> None:
    found = entries(
        f"""
        in_house: {{severance: {{weeks: 10}}, teams: {{{TEAM}}}}}
        options: {{away: {{location: PH, price: 1, per: month}}}}
        """
    )["work.away.severance.t"]
    assert (found.category, found.once) == ("transition", True)


SHRINKING = """
in_house:
  severance: {weeks: 10}
  teams: {t: {fte: {1: 12, 2: 9}, salary: 52_000}}
options:
  away: {location: PH, price: 1, per: month, share: 50%%, transition: {months: 1%s}}
"""


def test_today_s_side_pays_severance_when_it_shrinks_by_itself(book: Book) -> None:
    # 12 -> 9 in month 13: 3 · 10,000
    row = book(SHRINKING % "", months=13)["work.in_house.severance.t"]
    assert row == pytest.approx((0,) * 12 + (30_000,))


def test_an_option_takes_the_severance_of_today_s_side(book: Book) -> None:
    # half of 12 in month 2: 6 · 10,000; half of 3 in month 13
    row = book(SHRINKING % "", months=13)["work.away.severance.t"]
    assert row == pytest.approx((0, 60_000) + (0,) * 10 + (15_000,))


def test_an_option_s_own_severance_takes_the_place_of_today_s(book: Book) -> None:
    # 6 · 20 weeks
    row = book(SHRINKING % ", severance: {weeks: 20}", months=3)["work.away.severance.t"]
    assert row == pytest.approx((0, 120_000, 0))


def test_without_severance_there_is_no_such_line(book: Book) -> None:
    rows = book(
        f"""
        in_house: {{teams: {{{TEAM}}}}}
        options: {{away: {{location: PH, price: 1, per: month}}}}
        """
    )
    assert not [name for name in rows if "severance" in name]


def test_nobody_is_dismissed_by_rounding() -> None:
    # 0.1 + 0.2 is more than 0.3 by 5.6e-17: those people are not there, and no share of them is paid
    residue = 0.1 + 0.2 - 0.3
    so_far = Quantity((0.3, 0.3 + residue, 2.3), about=Line("work.dismissed_so_far", "FTE", ""))
    assert residue > 0
    assert paid_off(so_far, Quantity((0.6, residue, 4.0))).value == pytest.approx((0.5, 0, 0.5))
