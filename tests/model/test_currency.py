"""Foreign currency by hand: stated rates, drift, and rates by way of the euro."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

TOP = "fx: {PHP: 0.02}"
DRIFTING = "fx: {PHP: {rate: 0.02, drift: 10%}}"


def priced(book: Book, charge: str, **about: object) -> tuple[float, ...]:
    return book(
        f"""
        demand: {{volume: 1_000, per: month}}
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options: {{away: {{location: PH, charges: {{c: {{{charge}}}}}}}}}
        """,
        **about,
    )["work.away.fees"]


def test_a_price_in_another_currency_at_the_stated_rate(book: Book) -> None:
    # 1,000 · 140 · 0.02
    assert priced(book, "kind: per_unit, price: 140 PHP", top=TOP) == pytest.approx((2_800,) * 3)


def test_a_rate_drifts_at_each_anniversary(book: Book) -> None:
    # 2,000; 2,200; 2,420
    fees = priced(book, "kind: fixed, amount: 100_000 PHP", top=DRIFTING, months=25)
    assert [fees[m - 1] for m in (1, 12, 13, 25)] == pytest.approx([2_000, 2_000, 2_200, 2_420])


def test_a_price_in_steps_and_in_another_currency(book: Book) -> None:
    # 100,000 · 0.02; 90,000 · 0.022
    fees = priced(book, "kind: fixed, amount: {1: 100_000 PHP, 2: 90_000 PHP}", top=DRIFTING, months=13)
    assert fees[11:] == pytest.approx((2_000, 1_980))


def test_index_and_drift_multiply(book: Book) -> None:
    # 2,000 · 1.10 · 1.05
    fees = priced(book, "kind: fixed, amount: 100_000 PHP, indexation: {rate: 5%}", top=DRIFTING, months=13)
    assert fees[12] == pytest.approx(2_310)


def test_a_minimum_in_another_currency_drifts_as_well(book: Book) -> None:
    # at least 200,000: 4,000, then 4,400
    fees = priced(book, "kind: fixed, amount: 100_000 PHP, minimum: 200_000 PHP", top=DRIFTING, months=13)
    assert fees[11:] == pytest.approx((4_000, 4_400))


def test_only_what_is_written_in_another_currency_is_converted(book: Book) -> None:
    assert priced(book, "kind: fixed, amount: 100_000", top=TOP) == (100_000,) * 3


def test_a_salary_in_another_currency(book: Book) -> None:
    # 10 · 300,000 · 0.02 / 12 = 5,000; wages + 5 %, the rate + 10 %
    rows = book("in_house: {teams: {a: {fte: 10, salary: 300_000 PHP, wage_growth: 5%}}}", top=DRIFTING, months=13)
    assert rows["work.in_house.pay.a"][11:] == pytest.approx((5_000, 5_775))


def test_bounds_of_a_burden_in_another_currency(book: Book) -> None:
    # 10 % of 150,000 of 300,000 is 5 % of pay, at any rate
    team = "a: {fte: 10, salary: 300_000 PHP, burden: {p: {rate: 10%, up_to: 150_000 PHP}}}"
    rows = book(f"in_house: {{teams: {{{team}}}}}", top=DRIFTING, months=13)
    assert rows["work.in_house.burden.a"][11:] == pytest.approx((250, 275))


def test_edges_of_a_discount_in_another_currency(book: Book) -> None:
    # 120,000 a year, above 3,000,000 PHP = 60,000: 5 % of 60,000 a year
    rows = book(
        """
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options: {away: {provider: acme, location: PH, price: 10_000, per: month}}
        """,
        months=12,
        top="""
        fx: {PHP: 0.02}
        providers: {acme: {volume_discount: {by: slice, tiers: [{above: 3_000_000 PHP, rate: 5%}]}}}
        """,
    )
    assert rows["work.away.volume_discount.acme"] == pytest.approx((-250,) * 12)


def test_a_bundled_rate_by_way_of_the_euro(book: Book) -> None:
    # one euro is 1.15792 dollars and 70.123 pesos: 100,000 PHP = 100,000 · 1.15792 / 70.123 dollars
    assert priced(book, "kind: fixed, amount: 100_000 PHP") == pytest.approx((1_651.269911,) * 3)


def test_a_bundled_rate_of_the_euro_itself(book: Book) -> None:
    # 1,000 EUR = 1,157.92 dollars; 1,157.92 USD = 1,000 euros
    assert priced(book, "kind: fixed, amount: 1_000 EUR") == pytest.approx((1_157.92,) * 3)
    assert priced(book, "kind: fixed, amount: 1_157.92 USD", currency="EUR") == pytest.approx((1_000,) * 3)


def test_a_bundled_rate_between_two_others(book: Book) -> None:
    # 863.83 pounds = 1,000 euros = 1,157.92 dollars
    assert priced(book, "kind: fixed, amount: 863.83 GBP") == pytest.approx((1_157.92,) * 3)


def test_a_stated_rate_goes_before_the_bundled_one(book: Book) -> None:
    assert priced(book, "kind: fixed, amount: 100_000 PHP", top=TOP) == pytest.approx((2_000,) * 3)
