"""Volume discounts by hand: by slice and whole, part years, several legs and providers."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

TIERS = "tiers: [{above: 120_000, rate: 5%}, {above: 240_000, rate: 10%}]"


def discount(book: Book, by: str, fee: str, months: int = 12, transition: str = "") -> tuple[float, ...]:
    return book(
        f"""
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options:
          away: {{provider: acme, location: PH, price: {fee}, per: month, transition: {{{transition}}}}}
        """,
        months=months,
        top=f"providers: {{acme: {{volume_discount: {{by: {by}, {TIERS}}}}}}}",
    )["work.away.volume_discount.acme"]


def test_a_discount_by_slice(book: Book) -> None:
    # 300,000 a year: 5 % of 120,000 + 10 % of 60,000 = 12,000, a twelfth a month
    assert discount(book, "slice", "25_000") == pytest.approx((-1_000,) * 12)


def test_a_discount_on_the_whole_spend(book: Book) -> None:
    # 10 % of 25,000
    assert discount(book, "whole", "25_000") == pytest.approx((-2_500,) * 12)


def test_spend_below_the_first_tier_earns_nothing(book: Book) -> None:
    assert discount(book, "slice", "9_000") == (0,) * 12
    assert discount(book, "whole", "9_000") == (0,) * 12


def test_a_tier_begins_above_its_edge(book: Book) -> None:
    # 240,000 a year is not above 240,000: 5 % of 20,000
    assert discount(book, "whole", "20_000") == pytest.approx((-1_000,) * 12)


def test_no_spend_no_discount(book: Book) -> None:
    assert discount(book, "slice", "0") == (0,) * 12


def test_a_part_year_has_its_part_of_the_edges(book: Book) -> None:
    # year 2 has 6 months: 150,000; edges 60,000 and 120,000: 5 % of 60,000 + 10 % of 30,000 = 6,000, a sixth each
    assert discount(book, "slice", "25_000", 18)[12:] == pytest.approx((-1_000,) * 6)


def test_a_discount_is_spread_in_proportion_to_the_month_s_charges(book: Book) -> None:
    # live in month 7, 60,000 a month, 360,000 in year 1: 6,000 + 12,000 = 18,000 on six months
    assert discount(book, "slice", "60_000", 12, "months: 6") == pytest.approx((0,) * 6 + (-3_000,) * 6)


def test_a_stepped_fee_has_a_discount_for_each_year(book: Book) -> None:
    # 20,000 a month: 5 % of 120,000 = 6,000; 30,000 a month: 6,000 + 10 % of 120,000 = 18,000
    row = discount(book, "slice", "{1: 20_000, 2: 30_000}", 24)
    assert [row[0], row[23]] == pytest.approx([-500, -1_500])


LEGS = """
in_house: {teams: {a: {fte: 12, salary: 60_000}}}
options:
  away:
    provider: acme
    legs:
      l: {location: PH, share: 50%%, price: 15_000, per: month}
      r: {%s location: IN, share: 50%%, price: 10_000, per: month}
"""
PROVIDERS = f"""
providers:
  acme: {{volume_discount: {{by: slice, {TIERS}}}}}
  other: {{volume_discount: {{by: whole, tiers: [{{above: 0, rate: 2%}}]}}}}
  plain: {{}}
"""


def test_two_legs_of_one_provider_add_up(book: Book) -> None:
    # 180,000 + 120,000 = 300,000 a year: 12,000
    rows = book(LEGS % "", months=12, top=PROVIDERS)
    assert rows["work.away.volume_discount.acme"] == pytest.approx((-1_000,) * 12)
    assert rows["work.away.fees"] == pytest.approx((24_000,) * 12)


def test_two_providers_have_discounts_of_their_own(book: Book) -> None:
    # 180,000: 5 % of 60,000 = 3,000 a year; 2 % of 10,000 a month
    rows = book(LEGS % "provider: other,", months=12, top=PROVIDERS)
    assert rows["work.away.volume_discount.acme"] == pytest.approx((-250,) * 12)
    assert rows["work.away.volume_discount.other"] == pytest.approx((-200,) * 12)


def test_a_provider_without_a_discount_gives_none(book: Book) -> None:
    rows = book(LEGS % "provider: plain,", months=12, top=PROVIDERS)
    assert rows["work.away.fees"] == pytest.approx((24_750,) * 12)


def test_what_a_minimum_adds_is_spend_too(book: Book) -> None:
    # 1,000 a month, at least 25,000: 300,000 a year
    row = book(
        """
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options: {away: {provider: acme, location: PH, charges: {c: {kind: fixed, amount: 1_000, minimum: 25_000}}}}
        """,
        months=12,
        top=PROVIDERS,
    )["work.away.volume_discount.acme"]
    assert row == pytest.approx((-1_000,) * 12)
