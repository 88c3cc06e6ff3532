"""Prices that fall with volume and with experience, by hand."""

from collections.abc import Callable, Mapping
from math import log

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

HOME = """
demand: {volume: %s, per: month%s}
in_house: {teams: {a: {fte: 12, salary: 60_000}}}
options:
  away:
    location: PH
    share: %s
    transition: {months: 1, ramp: 2}
    charges: {c: {kind: per_unit, price: 2, %s}}
"""


def charged(
    book: Book, rest: str, volume: str = "1_000", share: str = "100%", demand: str = "", **about: object
) -> tuple[float, ...]:
    return book(HOME % (volume, demand, share, rest), **({"months": 4} | about))["work.away.charges.c"]


# --- elasticity ------------------------------------------------------------------------------------------------------


def test_the_price_falls_with_the_volume(book: Book) -> None:
    # 1,000 against 250: 4^(−1/2) is a half: 1,000 · (0, 1/2, 1, 1) · 2 · 1/2
    assert charged(book, "elasticity: {exponent: 0.5, at: 250}") == pytest.approx((0, 500, 1_000, 1_000))


def test_below_the_reference_volume_the_price_rises(book: Book) -> None:
    # 1,000 against 4,000: 2 · 2
    assert charged(book, "elasticity: {exponent: 0.5, at: 4_000}")[3] == pytest.approx(4_000)


def test_the_ramp_does_not_make_units_dear(book: Book) -> None:
    # at the volume of reference the price holds from the first month: 500 · 2
    assert charged(book, "elasticity: {exponent: 0.5, at: 1_000}") == pytest.approx((0, 1_000, 2_000, 2_000))


def test_the_volume_is_that_of_the_leg(book: Book) -> None:
    # 25 % of 4,000 is 1,000, a fourth of 4,000: twice the price
    assert charged(book, "elasticity: {exponent: 0.5, at: 4_000}", "4_000", "25%")[3] == pytest.approx(4_000)


def test_the_price_follows_a_volume_that_grows(book: Book) -> None:
    # 1,000 · 4 in month 25: 4,000 · 2 · 4^(−1/2)
    row = charged(book, "elasticity: {exponent: 0.5, at: 1_000}", demand=", growth: 100%", months=25)
    assert row[24] == pytest.approx(4_000)


@pytest.mark.parametrize("exponent", ["0", "0.15", "1"])
def test_without_volume_nothing_is_charged(book: Book, exponent: str) -> None:
    rows = book(HOME % ("0", "", "100%", f"elasticity: {{exponent: {exponent}, at: 1_000}}"), months=4)
    assert rows["work.away.charges.c"] == (0, 0, 0, 0)
    assert rows["work.away.economy.c"] == (1, 1, 1, 1)


def test_an_exponent_of_nought_changes_nothing(book: Book) -> None:
    assert charged(book, "elasticity: {exponent: 0, at: 3}") == pytest.approx((0, 1_000, 2_000, 2_000))


def test_the_minimum_comes_after_the_elasticity(book: Book) -> None:
    # 1,000, and 500 short of 1,500
    rows = book(HOME % ("1_000", "", "100%", "minimum: 1_500, elasticity: {exponent: 0.5, at: 250}"), months=4)
    assert rows["work.away.shortfall.c"] == pytest.approx((0, 250, 500, 500))


# --- learning --------------------------------------------------------------------------------------------------------

B = log(0.8) / log(2)


def test_on_the_cumulative_average_curve_twice_the_units_cost_80_per_cent_each(book: Book) -> None:
    # live at once at 1,000 a month, which hold 2 each on average: 2,000; of 2,000 units 1.60 each: 3,200, so 1,200
    flat = HOME.replace("transition: {months: 1, ramp: 2}", "transition: {}")
    curve = "learning: {rate: 80%, curve: cumulative_average, first: 1_000}"
    row = book(flat % ("1_000", "", "100%", curve), months=4)["work.away.charges.c"]
    assert row[:2] == pytest.approx((2_000, 1_200))
    # 4,000 units cost 1.28 each
    assert sum(row) == pytest.approx(4_000 * 1.28)


def test_before_the_first_units_the_price_is_higher(book: Book) -> None:
    # 1,000 units of 2,000 that hold the price: 2 / 0.8 each
    flat = HOME.replace("transition: {months: 1, ramp: 2}", "transition: {}")
    curve = "learning: {rate: 80%, curve: cumulative_average, first: 2_000}"
    assert book(flat % ("1_000", "", "100%", curve), months=1)["work.away.charges.c"] == pytest.approx((2_500,))


def test_on_the_unit_curve_a_month_is_the_integral(book: Book) -> None:
    # units 1,001 to 2,000 at 2 · (x / 1,000)^b: added up one by one, at the middle of each
    flat = HOME.replace("transition: {months: 1, ramp: 2}", "transition: {}")
    row = book(flat % ("1_000", "", "100%", "learning: {rate: 80%, curve: unit, first: 1_000}"), months=2)[
        "work.away.charges.c"
    ]
    assert row[1] == pytest.approx(sum(2 * ((n + 0.5) / 1_000) ** B for n in range(1_000, 2_000)), rel=1e-7)
    assert row[0] == pytest.approx(2_000 / (1 + B))


def test_only_units_handled_count_as_experience(book: Book) -> None:
    # half a month, then a full one: 500, 1,500, 2,500 units so far
    row = charged(book, "learning: {rate: 80%, curve: cumulative_average, first: 500}", months=4)
    costs = [2 * units * (units / 500) ** B for units in (500, 1_500, 2_500)]
    assert row == pytest.approx((0, costs[0], costs[1] - costs[0], costs[2] - costs[1]))


@pytest.mark.parametrize("curve", ["unit", "cumulative_average"])
def test_without_units_or_without_learning_nothing_is_changed(book: Book, curve: str) -> None:
    learning = f"learning: {{rate: %s, curve: {curve}, first: 1_000}}"
    assert charged(book, learning % "80%", volume="0") == (0, 0, 0, 0)
    assert charged(book, learning % "100%") == pytest.approx((0, 1_000, 2_000, 2_000))


def test_minutes_and_outcomes_learn_too(book: Book) -> None:
    learning = "learning: {rate: 80%, curve: cumulative_average, first: 1_000}"
    charges = f"m: {{kind: per_minute, price: 2, handling_time: 1 min, {learning}}}, "
    charges += f"o: {{kind: outcome, price: 4, success_rate: 50%, {learning}, elasticity: {{exponent: 0.5, at: 250}}}}"
    rows = book(
        f"""
        demand: {{volume: 1_000, per: month}}
        in_house: {{teams: {{a: {{fte: 12, salary: 60_000}}}}}}
        options: {{away: {{location: PH, charges: {{{charges}}}}}}}
        """,
        months=2,
    )
    assert rows["work.away.charges.m"] == pytest.approx((2_000, 1_200))
    # half the price for four times the volume
    assert rows["work.away.charges.o"] == pytest.approx((1_000, 600))
