"""What happens to a charge over the years, by hand: indexation, productivity, the minimum."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.model.book import Entry

Book = Callable[..., Mapping[str, tuple[float, ...]]]


def yearly(book: Book, rest: str, years: int = 3) -> list[float]:
    """A fixed fee of 1,000 in the first month of each year."""
    row = book(
        f"""
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options: {{away: {{location: PH, charges: {{c: {{kind: fixed, amount: 1_000, {rest}}}}}}}}}
        """,
        months=12 * years,
    )["work.away.charges.c"]
    assert all(row[month] == row[month // 12 * 12] for month in range(12 * years))
    return list(row[::12])


# --- indexation ------------------------------------------------------------------------------------------------------


def test_a_price_without_index_stays(book: Book) -> None:
    assert yearly(book, "title: x") == [1_000, 1_000, 1_000]


def test_an_index_is_passed_on_in_part_from_year_2(book: Book) -> None:
    # 50 % of 4 % is 2 %: 1,000; 1,020; 1,040.40
    assert yearly(book, "indexation: {rate: 4%, passed_on: 50%}") == pytest.approx([1_000, 1_020, 1_040.4])


def test_an_index_is_passed_on_in_full_unless_said_otherwise(book: Book) -> None:
    assert yearly(book, "indexation: {rate: 4%}") == pytest.approx([1_000, 1_040, 1_081.6])


def test_a_cap_holds_the_rise_of_the_price_and_not_the_index(book: Book) -> None:
    # 50 % of 10 % is 5 %, capped at 3 %; 50 % of 5 % is 2.5 %, below the cap
    assert yearly(book, "indexation: {rate: 10%, passed_on: 50%, cap: 3%}") == pytest.approx([1_000, 1_030, 1_060.9])
    assert yearly(book, "indexation: {rate: 5%, passed_on: 50%, cap: 3%}") == pytest.approx([1_000, 1_025, 1_050.625])


def test_the_first_year_with_a_rise(book: Book) -> None:
    # from year 3, and from year 1 on
    assert yearly(book, "indexation: {rate: 10%, first_year: 3}", 4) == pytest.approx([1_000, 1_000, 1_100, 1_210])
    assert yearly(book, "indexation: {rate: 10%, first_year: 1}") == pytest.approx([1_100, 1_210, 1_331])


def test_an_index_in_yearly_steps_is_that_of_the_year_reached(book: Book) -> None:
    # 9 % of year 1 is not applied; + 10 %, + 20 %, + 20 %
    assert yearly(book, "indexation: {rate: {1: 9%, 2: 10%, 3: 20%}}", 4) == pytest.approx([1_000, 1_100, 1_320, 1_584])


def test_an_index_in_steps_with_a_cap(book: Book) -> None:
    # + 10 %, then 20 % capped at 15 %
    assert yearly(book, "indexation: {rate: {1: 9%, 2: 10%, 3: 20%}, cap: 15%}") == pytest.approx([1_000, 1_100, 1_265])


def test_a_falling_index_lowers_the_price(book: Book) -> None:
    # 50 % of −4 %
    assert yearly(book, "indexation: {rate: -4%, passed_on: 50%, cap: 3%}") == pytest.approx([1_000, 980, 960.4])


# --- productivity ----------------------------------------------------------------------------------------------------


def test_a_glide_path_of_one_figure_holds_in_year_1_already(book: Book) -> None:
    # 0.9, 0.9², 0.9³
    assert yearly(book, "productivity: 10%") == pytest.approx([900, 810, 729])


def test_a_glide_path_in_steps(book: Book) -> None:
    # 1; 0.9; 0.9 · 0.8 = 0.72; 0.72 · 0.8 = 0.576
    assert yearly(book, "productivity: {1: 0%, 2: 10%, 3: 20%}", 4) == pytest.approx([1_000, 900, 720, 576])


def test_a_glide_path_that_ends(book: Book) -> None:
    # 0.97; · 0.97; then no further: 0.9409
    assert yearly(book, "productivity: {1: 0%, 2: 3%, 3: 3%, 4: 0%}", 4) == pytest.approx([1_000, 970, 940.9, 940.9])


def test_index_and_glide_path_multiply(book: Book) -> None:
    # year 2: 1.04 · 0.97 = 1.0088; year 3: 1.0816 · 0.9409 = 1.01767744
    both = "indexation: {rate: 4%}, productivity: {1: 0%, 2: 3%}"
    assert yearly(book, both) == pytest.approx([1_000, 1_008.8, 1_017.67744])


def test_index_comes_on_top_of_stepped_prices(book: Book) -> None:
    # 2.50; year 2: 2.00 · 1.10
    row = book(
        """
        demand: {volume: 1_000, per: month}
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options:
          away:
            location: PH
            charges: {c: {kind: per_unit, price: {1: 2.5, 2: 2}, indexation: {rate: 10%}}}
        """,
        months=13,
    )["work.away.charges.c"]
    assert row[11:] == pytest.approx((2_500, 2_200))


# --- minimum ---------------------------------------------------------------------------------------------------------


def seasonal(book: Book, rest: str, months: int = 12, transition: str = "") -> Mapping[str, tuple[float, ...]]:
    """1,500 a month from January to June and 500 from July to December."""
    return book(
        f"""
        demand:
          volume: 100
          per: month
          seasonality: [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options:
          away:
            location: PH
            transition: {{{transition}}}
            charges: {{c: {{kind: per_unit, price: 10, {rest}}}}}
        """,
        months=months,
    )


def test_a_minimum_month_by_month(book: Book) -> None:
    # 1,000 a month: nothing missing until June, 500 from July
    assert seasonal(book, "minimum: 1_000")["work.away.shortfall.c"] == pytest.approx((0,) * 6 + (500,) * 6)


def test_a_minimum_that_is_settled_at_the_end_of_the_year_counts_the_strong_months(book: Book) -> None:
    # 6 · 1,500 + 6 · 500 = 12,000 a year: no more than 12 · 1,000 is due; of 12 · 1,100 1,200 are missing
    assert seasonal(book, "minimum: 1_000, settled: year")["work.away.shortfall.c"] == pytest.approx((0,) * 12)
    assert seasonal(book, "minimum: 1_100, settled: year")["work.away.shortfall.c"] == pytest.approx(
        (0,) * 11 + (1_200,)
    )


def test_a_minimum_of_a_part_year_is_settled_in_the_last_month(book: Book) -> None:
    # months 13 and 14 are January and February: 3,000 of 2 · 2,000; year 1: 12,000 of 24,000
    row = seasonal(book, "minimum: 2_000, settled: year", 14)["work.away.shortfall.c"]
    assert row == pytest.approx((0,) * 11 + (12_000, 0, 1_000))


def test_a_minimum_grows_with_the_ramp(book: Book) -> None:
    # live in month 2, by halves: charged 0, 750, 1,500; at least 0, 1,000, 2,000
    row = seasonal(book, "minimum: 2_000", 3, "months: 1, ramp: 2")["work.away.shortfall.c"]
    assert row == pytest.approx((0, 250, 500))


def test_a_yearly_settlement_in_the_year_of_go_live(book: Book) -> None:
    # live in July: 6 · 500 charged, 6 · 1,000 due
    row = seasonal(book, "minimum: 1_000, settled: year", 12, "months: 6")["work.away.shortfall.c"]
    assert row == pytest.approx((0,) * 11 + (3_000,))


def test_a_minimum_is_held_against_the_indexed_charge_and_is_not_indexed_itself(book: Book) -> None:
    # January of year 2: 1,500 · 1.20 = 1,800 of 2,000
    row = seasonal(book, "minimum: 2_000, indexation: {rate: 20%}", 13)["work.away.shortfall.c"]
    assert [row[0], row[12]] == pytest.approx([500, 200])


def test_a_minimum_in_yearly_steps(book: Book) -> None:
    row = seasonal(book, "minimum: {1: 2_000, 2: 1_600}", 13)["work.away.shortfall.c"]
    assert [row[0], row[12]] == pytest.approx([500, 100])


def test_a_shortfall_is_a_fee(entries: Callable[..., Mapping[str, Entry]]) -> None:
    # 1 a month, at least 10: fees 10
    found = entries(
        """
        in_house: {teams: {a: {fte: 12, salary: 60_000}}}
        options: {away: {location: PH, charges: {c: {kind: fixed, amount: 1, minimum: 10}}}}
        """
    )
    assert found["work.away.shortfall.c"].category == "fees"
    assert found["work.away.fees"].quantity.row == (10, 10, 10)
