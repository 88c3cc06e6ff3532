"""Governance by hand: a rate, a table of people moved, teams, and several ways at once."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.book import Entry

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# fees 5,000 in month 2, 10,000 from month 3; half of 10 people, then all of them, have moved
HOME = """
in_house:
  burden: 20%%
  teams: {a: {fte: 10, salary: 60_000}}
options:
  away: {location: PH, price: 10_000, per: month, transition: {months: 1, ramp: 2}, governance: {%s}}
"""
TABLE = "by_fte: [{above: 0, amount: 1_000}, {above: 5, amount: 3_000}]"


def governed(book: Book, governance: str, name: str, **about: object) -> tuple[float, ...]:
    return book(HOME % governance, **({"months": 4} | about))[f"work.away.governance.{name}"]


def test_a_share_of_the_fees(book: Book) -> None:
    # 6 % of 0, 5,000, 10,000
    assert governed(book, "rate: 6%", "by_rate") == pytest.approx((0, 300, 600, 600))


def test_a_share_of_fees_and_pay(book: Book) -> None:
    # pay kept 50,000, 25,000, 0: 6 % of 50,000, 30,000, 10,000
    assert governed(book, "rate: 6%, of: [fees, pay]", "by_rate") == pytest.approx((3_000, 1_800, 600, 600))


def test_a_table_by_the_people_moved(book: Book) -> None:
    # 0, 5, 10 people: nobody nothing, 5 is not above 5
    assert governed(book, TABLE, "by_fte") == (0, 1_000, 3_000, 3_000)


def test_a_table_that_begins_higher_up(book: Book) -> None:
    assert governed(book, "by_fte: [{above: 6, amount: 3_000}]", "by_fte") == (0, 0, 3_000, 3_000)


def test_the_amounts_of_a_table_move_with_inflation(book: Book) -> None:
    assert governed(book, TABLE, "by_fte", months=13, inflation="10%")[11:] == pytest.approx((3_000, 3_300))


def test_governance_by_people(book: Book) -> None:
    # 2 · 72,000 / 12 from month 2, burden 20 % of it, hired at 1,000
    rows = book(HOME % "teams: {g: {fte: 2, salary: 72_000, from: 2, cost_per_hire: 1_000}}", months=4)
    assert rows["work.away.governance.pay.g"] == (0, 12_000, 12_000, 12_000)
    assert rows["work.away.governance.burden.g"] == pytest.approx((0, 2_400, 2_400, 2_400))
    assert rows["work.away.governance.hiring.g"] == (0, 2_000, 0, 0)


def test_governance_by_people_is_governance_and_not_personnel(entries: Callable[..., Mapping[str, Entry]]) -> None:
    found = entries(HOME % "teams: {g: {fte: 2, salary: 72_000}}")
    assert found["work.away.governance.pay.g"].category == "governance"


def test_governance_by_people_filled_from_those_who_would_go(book: Book) -> None:
    # 5 of a go in month 2, 2 of them govern: nobody is hired
    rows = book(HOME % "teams: {g: {fte: 2, salary: 72_000, from: 2, cost_per_hire: 1_000, filled_from: a}}", months=4)
    assert rows["work.away.governance.hiring.g"] == (0, 0, 0, 0)


def test_the_largest_of_several_ways_month_by_month(book: Book) -> None:
    # rate 10 %: 0, 500, 1,000; table: 0, 1,000, 3,000; a person of 12,000 a year: 1,000 + 20 %: 1,200
    ways = f"rate: 10%, {TABLE}, teams: {{g: {{fte: 1, salary: 12_000}}}}, take: largest"
    assert governed(book, ways, "largest") == pytest.approx((1_200, 1_200, 3_000, 3_000))


def test_only_the_largest_is_a_cost(entries: Callable[..., Mapping[str, Entry]]) -> None:
    ways = f"rate: 10%, {TABLE}, teams: {{g: {{fte: 1, salary: 12_000}}}}, take: largest"
    found = entries(HOME % ways)
    costs = [name for name, entry in found.items() if entry.kind == "cost" and "away.governance" in name]
    assert costs == ["work.away.governance.largest"]


def test_the_sum_of_several_ways(entries: Callable[..., Mapping[str, Entry]]) -> None:
    # month 3: 1,000 + 3,000 + 1,000 + 200
    ways = f"rate: 10%, {TABLE}, teams: {{g: {{fte: 1, salary: 12_000}}}}, take: sum"
    found = entries(HOME % ways)
    costs = [e.quantity.row[2] for n, e in found.items() if e.kind == "cost" and "away.governance" in n]
    assert sum(costs) == pytest.approx(5_200)
