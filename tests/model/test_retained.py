"""Retained people by hand: from when they are there, who they are filled from, and on what terms."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.book import Entry

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# ten people, 1,000 a week; all work leaves in month 3
HOME = """
demand: {volume: 100, per: month}
in_house:
  burden: 20%%
  paid_hours: 1_800
  wage_growth: 10%%
  severance: {weeks: 10}
  teams: {a: {fte: 10, salary: 52_000, cost_per_hire: 500}}
options:
  away:
    location: PH
    price: 1
    per: month
    transition: {months: 2}
    retained: {%s}
"""


def retained(book: Book, teams: str, rest: str = "", **about: object) -> Mapping[str, tuple[float, ...]]:
    return book(HOME % f"teams: {{{teams}}}{rest}", **({"months": 4} | about))


def test_retained_people_are_there_from_month_1_unless_they_say_otherwise(book: Book) -> None:
    # 4 · 60,000 / 12
    rows = retained(book, "m: {fte: 4, salary: 60_000}")
    assert rows["work.away.retained.pay.m"] == (20_000, 20_000, 20_000, 20_000)


def test_retained_people_come_in_their_month(book: Book) -> None:
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2}")
    assert rows["work.away.retained.pay.m"] == (0, 20_000, 20_000, 20_000)


def test_retained_people_who_come_in_the_middle_of_a_month(book: Book) -> None:
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2.5}")
    assert rows["work.away.retained.pay.m"] == (0, 10_000, 20_000, 20_000)


def test_retained_people_have_the_terms_of_the_home_side(book: Book) -> None:
    # burden 20 %; wages rise by 10 % in month 13; a wage is paid for 1,800 hours
    rows = retained(book, "m: {fte: 4, salary: 60_000}, h: {fte: 1, wage: 20}", months=13)
    assert rows["work.away.retained.burden.m"][11:] == pytest.approx((4_000, 4_400))
    assert rows["work.away.retained.pay.h"][11:] == pytest.approx((3_000, 3_300))


def test_retained_people_may_have_their_own_terms(book: Book) -> None:
    rows = retained(book, "m: {fte: 4, salary: 60_000, burden: 30%, wage_growth: 0%}", months=13)
    assert rows["work.away.retained.pay.m"][12] == 20_000
    assert rows["work.away.retained.burden.m"][12] == pytest.approx(6_000)


def test_retained_people_are_all_hired(book: Book) -> None:
    # nobody is there before: 4 joiners in month 2, 2,000 each; then 12 % / 12 of 4 are replaced
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2, cost_per_hire: 2_000, attrition: 12%}")
    assert rows["work.away.retained.joiners.m"] == pytest.approx((0, 4, 0.04, 0.04))
    assert rows["work.away.retained.hiring.m"] == pytest.approx((0, 8_000, 80, 80))


def test_retained_people_of_month_1_are_hired_in_month_1(book: Book) -> None:
    assert retained(book, "m: {fte: 4, salary: 60_000}")["work.away.retained.joiners.m"] == (4, 0, 0, 0)


def test_retained_people_filled_from_those_who_would_go(book: Book) -> None:
    # 10 of a go in month 3; 4 of them stay on: no hiring, and 6 · 10 · 1,000 of severance
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 3, cost_per_hire: 2_000, filled_from: a}")
    assert rows["work.away.retained.hiring.m"] == (0, 0, 0, 0)
    assert rows["work.away.severance.a"] == pytest.approx((0, 0, 60_000, 0))


def test_retained_people_who_come_before_anybody_goes_are_hired(book: Book) -> None:
    # from month 2, nobody goes before month 3: 4 · 2,000, and all 10 are paid severance
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2, cost_per_hire: 2_000, filled_from: a}")
    assert rows["work.away.retained.hiring.m"] == (0, 8_000, 0, 0)
    assert rows["work.away.severance.a"] == pytest.approx((0, 0, 100_000, 0))


def test_more_places_than_people_who_go(book: Book) -> None:
    # 12 places, 10 people go: 2 are hired, nobody is paid severance
    rows = retained(book, "m: {fte: 12, salary: 60_000, from: 3, cost_per_hire: 2_000, filled_from: a}")
    assert rows["work.away.retained.hiring.m"] == pytest.approx((0, 0, 4_000, 0))
    assert rows["work.away.severance.a"] == pytest.approx((0, 0, 0, 0))


def test_two_teams_are_filled_one_after_the_other(book: Book) -> None:
    # 6 and 6 places, 10 people: 6 for the first, 4 for the second, which hires 2
    teams = "m: {fte: 6, salary: 1, from: 3, cost_per_hire: 1_000, filled_from: a}"
    teams += ", n: {fte: 6, salary: 1, from: 3, cost_per_hire: 1_000, filled_from: a}"
    rows = retained(book, teams)
    assert rows["work.away.retained.hiring.m"] == pytest.approx((0, 0, 0, 0))
    assert rows["work.away.retained.hiring.n"] == pytest.approx((0, 0, 2_000, 0))


def test_retained_people_for_units_look_after_the_units_moved(book: Book) -> None:
    # 100 units, 20 a head: 5 once the work has moved
    rows = retained(book, "m: {units_per_fte: 20, salary: 12_000}")
    assert rows["work.away.retained.headcount.m"] == pytest.approx((0, 0, 5, 5))


def test_a_retained_span_of_control(book: Book) -> None:
    # 4 / 2
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2}, h: {one_per: {m: 2}, salary: 60_000}")
    assert rows["work.away.retained.headcount.h"] == (0, 2, 2, 2)


def test_a_retained_span_of_control_comes_in_its_own_month(book: Book) -> None:
    # the lead of the 4 only from month 4
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2}, h: {one_per: {m: 2}, salary: 60_000, from: 4}")
    assert rows["work.away.retained.headcount.h"] == (0, 0, 0, 2)


def test_retained_people_for_units_come_in_their_own_month(book: Book) -> None:
    # the work moves in month 3, the team comes in month 4
    rows = retained(book, "m: {units_per_fte: 20, salary: 12_000, from: 4}")
    assert rows["work.away.retained.headcount.m"] == pytest.approx((0, 0, 0, 5))


def test_a_minimum_does_not_call_retained_people_before_their_month(book: Book) -> None:
    # at least 2 from month 4, although the work moves in month 3
    rows = retained(book, "m: {fte: 1, minimum: 2, salary: 12_000, from: 4}")
    assert rows["work.away.retained.headcount.m"] == pytest.approx((0, 0, 0, 2))


def test_retained_people_are_personnel(entries: Callable[..., Mapping[str, Entry]]) -> None:
    found = entries(HOME % "teams: {m: {fte: 4, salary: 60_000}}", months=4)
    assert found["work.away.retained.pay.m"].category == "personnel"
    assert not found["work.away.retained.pay.m"].once


def test_other_costs_of_retained_people(book: Book) -> None:
    # 4 heads · 50, and 1 % of their pay of 20,000
    costs = ", costs: {tools: {amount: 50, per: fte}, travel: {rate: 1%, of: pay}}"
    rows = retained(book, "m: {fte: 4, salary: 60_000, from: 2}", costs)
    assert rows["work.away.retained.costs.tools"] == (0, 200, 200, 200)
    assert rows["work.away.retained.costs.travel"] == pytest.approx((0, 200, 200, 200))
