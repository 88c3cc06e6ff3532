"""Quality by hand: errors and monitoring of the work in-house, of the work that stays, and of the work of every leg."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.comparison import compare
from bpocalc.model.book import Entry
from bpocalc.model.run import Run

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 1,000 units a month; 2 % go wrong at 15 each: 300 in-house
HOME = """
demand: {{volume: {volume}, per: month}}
in_house:
  costs: {{people: {{amount: 9_000, per: month, avoidable: 100%}}}}
  quality: {home}
options:
  {options}
"""
ERRORS = "{error_rate: 2%, cost_per_error: 15}"
WATCHED = "{error_rate: 2%, cost_per_error: 15, monitoring: {sampled: 5%, time: 6 min, hourly: 40}}"
AWAY = "away: {{location: PH, price: 5_000, per: month, quality: {quality}{more}}}"


def quality(
    book: Book,
    option: str = AWAY.format(quality="same", more=""),
    home: str = ERRORS,
    volume: str = "1_000",
    **about: object,
) -> Mapping[str, tuple[float, ...]]:
    return book(HOME.format(volume=volume, home=home, options=option), **about)


# --- in-house --------------------------------------------------------------------------------------------------------


def test_errors_in_house(book: Book) -> None:
    # 1,000 · 2 % · 15
    assert quality(book)["work.in_house.quality.errors"] == (300, 300, 300)


def test_without_monitoring_there_is_no_line_of_it(book: Book) -> None:
    assert "work.in_house.quality.monitoring" not in quality(book)


def test_monitoring_is_time_of_people_who_look_at_a_part_of_the_units(book: Book) -> None:
    # 1,000 · 5 % = 50 units, 6 min each: 5 h at 40
    assert quality(book, home=WATCHED)["work.in_house.quality.monitoring"] == pytest.approx((200, 200, 200))


def test_no_work_no_errors(book: Book) -> None:
    rows = quality(book, home=WATCHED, volume="0")
    assert rows["work.in_house.quality.errors"] == (0, 0, 0)
    assert rows["work.in_house.quality.monitoring"] == (0, 0, 0)
    assert rows["work.away.quality.errors"] == (0, 0, 0)


def test_errors_follow_a_volume_in_yearly_steps(book: Book) -> None:
    # 300 in year 1, half of it in year 2
    rows = quality(book, volume="{1: 1_000, 2: 500}", months=13)
    assert rows["work.in_house.quality.errors"][11:] == (300, 150)


def test_the_cost_of_an_error_moves_with_inflation(book: Book) -> None:
    # monitoring too: 300 and 200 · 1.04
    rows = quality(book, home=WATCHED, months=13, inflation="4%")
    assert rows["work.in_house.quality.errors"][11:] == pytest.approx((300, 312))
    assert rows["work.in_house.quality.monitoring"][11:] == pytest.approx((200, 208))


def test_a_growth_of_its_own_takes_the_place_of_inflation_for_errors_alone(book: Book) -> None:
    # errors 300 · 1.1, monitoring still 200 · 1.04
    rows = quality(book, home=WATCHED[:-1] + ", growth: 10%}", months=13, inflation="4%")
    assert rows["work.in_house.quality.errors"][11:] == pytest.approx((300, 330))
    assert rows["work.in_house.quality.monitoring"][11:] == pytest.approx((200, 208))


def test_growth_of_nothing_stops_inflation(book: Book) -> None:
    rows = quality(book, home=ERRORS[:-1] + ", growth: 0%}", months=13, inflation="4%")
    assert rows["work.in_house.quality.errors"][11:] == (300, 300)


# --- outsourced ------------------------------------------------------------------------------------------------------


def test_errors_of_the_work_that_stays_and_of_the_work_that_has_moved(book: Book) -> None:
    # 80 %, live in month 2 with a ramp of 2 months: moved 0, 40 %, 80 % of the work; 4 % of it goes wrong at 20
    more = ", share: 80%, transition: {months: 1, ramp: 2}"
    rows = quality(book, AWAY.format(quality="{error_rate: 4%, cost_per_error: 20}", more=more))
    assert rows["work.away.quality.staying.errors"] == pytest.approx((300, 180, 60))
    assert rows["work.away.quality.errors"] == pytest.approx((0, 320, 640))


def test_a_go_live_within_a_month(book: Book) -> None:
    # half a month of transition: half of the work has moved at the end of month 1
    more = ", transition: {months: 0.5}"
    rows = quality(book, AWAY.format(quality="{error_rate: 4%}", more=more))
    assert rows["work.away.quality.staying.errors"] == pytest.approx((150, 0, 0))
    assert rows["work.away.quality.errors"] == pytest.approx((300, 600, 600))


def test_a_leg_that_names_its_error_rate_has_the_cost_of_an_error_from_in_house(book: Book) -> None:
    # 1,000 · 3 % · 15
    rows = quality(book, AWAY.format(quality="{error_rate: 3%}", more=""))
    assert rows["work.away.quality.errors"] == pytest.approx((450, 450, 450))


def test_monitoring_goes_on_at_the_provider_unless_it_is_taken_away(book: Book) -> None:
    rows = quality(book, AWAY.format(quality="{error_rate: 3%}", more=""), home=WATCHED)
    assert rows["work.away.quality.monitoring"] == pytest.approx((200, 200, 200))
    rows = quality(book, AWAY.format(quality="{error_rate: 3%, monitoring: null}", more=""), home=WATCHED)
    assert "work.away.quality.monitoring" not in rows


def test_monitoring_of_the_provider_alone(book: Book) -> None:
    # 1,000 · 10 % · 0.1 h · 30
    watched = "{error_rate: 2%, monitoring: {sampled: 10%, time: 6 min, hourly: 30}}"
    rows = quality(book, AWAY.format(quality=watched, more=", share: 50%"))
    assert rows["work.away.quality.monitoring"] == pytest.approx((150, 150, 150))
    assert "work.away.quality.staying.monitoring" not in rows


def test_the_same_quality_costs_what_it_costs_in_house(book: Book) -> None:
    more = ", share: 80%, transition: {months: 1, ramp: 2}"
    rows = quality(book, AWAY.format(quality="same", more=more), home=WATCHED)
    for word, cost in (("errors", 300), ("monitoring", 200)):
        parts = rows[f"work.away.quality.{word}"], rows[f"work.away.quality.staying.{word}"]
        assert [sum(month) for month in zip(*parts, strict=True)] == pytest.approx([cost, cost, cost])


LEGS = """away:
    legs:
      near: {location: PL, share: 30%, price: 2, per: unit, quality: {error_rate: 3%}}
      far:
        {location: PH, share: 50%, price: 1, per: unit, transition: {months: 1, ramp: 2},
         quality: {error_rate: 6%, cost_per_error: 10, growth: 0%}}
"""


def test_each_leg_has_the_errors_of_its_own_work(book: Book) -> None:
    # near 1,000 · 30 % · 3 % · 15; far 0, 25, 50 % · 6 % · 10; staying 70, 45, 20 % of 300
    rows = quality(book, LEGS)
    assert rows["work.away.near.quality.errors"] == pytest.approx((135, 135, 135))
    assert rows["work.away.far.quality.errors"] == pytest.approx((0, 150, 300))
    assert rows["work.away.quality.staying.errors"] == pytest.approx((210, 135, 60))


def test_legs_grow_each_by_its_own_rate(book: Book) -> None:
    # near by inflation, far by nothing
    rows = quality(book, LEGS, months=13, inflation="4%")
    assert rows["work.away.near.quality.errors"][12] == pytest.approx(140.4)
    assert rows["work.away.far.quality.errors"][12] == pytest.approx(300)


def test_a_price_in_another_currency(book: Book) -> None:
    # 1,000 · 4 % · 600 PHP · 0.02
    option = AWAY.format(quality="{error_rate: 4%, cost_per_error: 600 PHP}", more="")
    assert quality(book, option, top="fx: {PHP: 0.02}")["work.away.quality.errors"] == pytest.approx((480, 480, 480))


# --- improved --------------------------------------------------------------------------------------------------------

BETTER = "better: {{in_house: {{quality: {quality}}}, transition: {{months: 1, ramp: 2}}}}"


def test_a_lower_error_rate_comes_with_the_ramp(book: Book) -> None:
    # 300, then half of the way to 1,000 · 1 % · 15 = 150, then all of it
    rows = quality(book, BETTER.format(quality="{error_rate: 1%}"))
    assert rows["work.better.quality.errors"] == pytest.approx((300, 225, 150))


def test_an_improvement_within_a_month(book: Book) -> None:
    option = "better: {in_house: {quality: {error_rate: 1%}}, transition: {months: 0.25}}"
    # three quarters of the way in month 1: 300 − 0.75 · 150
    assert quality(book, option)["work.better.quality.errors"] == pytest.approx((187.5, 150, 150))


def test_monitoring_that_is_new_comes_with_the_ramp_and_errors_fall(book: Book) -> None:
    # 0, then half of 1,000 · 5 % · 0.1 h · 40, then all of it
    rows = quality(book, BETTER.format(quality="{monitoring: {sampled: 5%, time: 6 min, hourly: 40}}"))
    assert rows["work.better.quality.monitoring"] == pytest.approx((0, 100, 200))
    assert rows["work.better.quality.errors"] == pytest.approx((300, 300, 300))


def test_monitoring_that_ends_goes_with_the_ramp(book: Book) -> None:
    rows = quality(book, BETTER.format(quality="{monitoring: null}"), home=WATCHED)
    assert rows["work.better.quality.monitoring"] == pytest.approx((200, 100, 0))


def test_quality_that_an_overlay_leaves_alone_is_one_line_and_does_not_move(book: Book) -> None:
    option = "better: {in_house: {costs: {people: {amount: 8_000}}}, transition: {months: 1, ramp: 2}}"
    rows = quality(book, option, home=WATCHED)
    assert rows["work.better.quality.errors"] == (300, 300, 300)
    assert rows["work.better.quality.monitoring"] == pytest.approx((200, 200, 200))
    assert not any("today" in name for name in rows if name.startswith("work.better.quality"))


# --- what it is in the book ------------------------------------------------------------------------------------------


def test_errors_and_monitoring_are_quality_and_what_they_hang_on_is_no_cost(
    entries: Callable[..., Mapping[str, Entry]],
) -> None:
    options = LEGS + "  " + BETTER.format(quality="{error_rate: 1%}")
    found = entries(HOME.format(volume="1_000", home=WATCHED, options=options))
    costs = {name: entry.category for name, entry in found.items() if entry.kind == "cost" and "quality" in name}
    assert set(costs.values()) == {"quality"}
    assert costs.keys() == {
        f"work.{side}.{word}"
        for word in ("errors", "monitoring")
        for side in (
            "in_house.quality", "away.quality.staying", "away.near.quality", "away.far.quality", "better.quality",
        )
    }  # fmt: skip


def test_without_quality_there_are_no_lines_of_it(book: Book) -> None:
    rows = book(
        """
        demand: {volume: 1_000, per: month}
        in_house: {costs: {people: {amount: 9_000, per: month, avoidable: 100%}}}
        options: {away: {location: PH, price: 5_000, per: month}, better: {in_house: {costs: {people: {amount: 8}}}}}
        """
    )
    assert not any("quality" in name or "units_" in name for name in rows)


def test_the_errors_of_all_the_work_can_be_avoided(case: Callable[..., Run]) -> None:
    # 9,000 and 300 a month; 30 % of the work goes at 1,000: 2,700 + 90 − 1,000 − 90 saved
    option = "away: {location: PH, share: 30%, price: 1_000, per: month, quality: same}"
    result = compare(case(HOME.format(volume="1_000", home=ERRORS, options=option))).functions["work"].results["away"]
    assert result.metrics["saving_share_of_avoidable"].figure == pytest.approx(1_700 / 9_300)
