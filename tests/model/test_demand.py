"""Demand by hand: growth, seasons, periods, and the volume that people are staffed for."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.about import Input
from bpocalc.model.run import Run

Book = Callable[..., Mapping[str, tuple[float, ...]]]

QUIET_TEAM = "in_house: {teams: {boss: {fte: 1, salary: 12_000}}}"


def volume(book: Book, demand: str, **about: object) -> tuple[float, ...]:
    return book(f"demand: {{{demand}, unit: claim}}\n{QUIET_TEAM}", **about)["work.volume"]


def test_a_plain_volume_is_the_same_every_month(book: Book) -> None:
    assert volume(book, "volume: 700, per: month") == (700, 700, 700)


def test_a_yearly_volume_comes_in_twelfths(book: Book) -> None:
    # 8,400 / 12
    assert volume(book, "volume: 8_400, per: year") == (700, 700, 700)


def test_no_work_is_no_work(book: Book) -> None:
    assert volume(book, "volume: 0, per: month, growth: 10%") == (0, 0, 0)


def test_volume_grows_smoothly_and_month_1_has_no_growth_yet(book: Book) -> None:
    # 21 % a year: month 7 is half a year on, √1.21 = 1.10; month 13 a year; month 19 1.21 · 1.10 = 1.331
    grown = volume(book, "volume: 100, per: month, growth: 21%", months=19)
    assert [grown[m - 1] for m in (1, 7, 13, 19)] == pytest.approx([100, 110, 121, 133.1])


def test_volume_shrinks_smoothly(book: Book) -> None:
    # −36 % a year: √0.64 = 0.8 after half a year, 0.64 after one
    shrunk = volume(book, "volume: 100, per: month, growth: -36%", months=13)
    assert [shrunk[m - 1] for m in (1, 7, 13)] == pytest.approx([100, 80, 64])


def test_seasons_follow_the_calendar_when_the_start_is_in_november(book: Book) -> None:
    # November 0.9, December 1.3, January 1.1, February 1
    seasons = "seasonality: [1.1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.9, 1.3]"
    assert volume(book, f"volume: 100, per: month, {seasons}", months=4, start="2027-11") == pytest.approx(
        (90, 130, 110, 100)
    )


def test_growth_counts_from_month_1_and_not_from_january(book: Book) -> None:
    # start in July, +21 % a year: month 7 is January, 100 · 1.10 · 2; July again in month 13: 100 · 1.21 · 0.5
    seasons = "seasonality: [2, 1, 1, 1, 1, 1, 0.5, 1, 1, 1, 1, 1]"
    grown = volume(book, f"volume: 100, per: month, growth: 21%, {seasons}", months=13, start="2027-07")
    assert [grown[m - 1] for m in (1, 7, 13)] == pytest.approx([50, 220, 60.5])


def test_a_season_of_a_yearly_volume_multiplies_its_twelfth(book: Book) -> None:
    # 1,200 / 12 · 1.5 in January
    seasons = "seasonality: [1.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
    assert volume(book, f"volume: 1_200, per: year, {seasons}") == pytest.approx((150, 50, 100))


def test_a_volume_in_yearly_steps_holds_until_the_next_step(book: Book) -> None:
    stepped = volume(book, "volume: {1: 100, 3: 80}, per: month", months=25)
    assert stepped == (100.0,) * 24 + (80.0,)


def test_a_yearly_volume_in_steps_comes_in_twelfths_of_its_own_year(book: Book) -> None:
    # 1,200 / 12, then 600 / 12
    stepped = volume(book, "volume: {1: 1_200, 2: 600}, per: year", months=13)
    assert stepped == (100.0,) * 12 + (50.0,)


SEASONAL = """
demand: {volume: 120, per: month, seasonality: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}
in_house:
  teams:
    f: {units_per_fte: 10, salary: 0, staffing: follow}
    a: {units_per_fte: 10, salary: 0, staffing: average}
    p: {units_per_fte: 10, salary: 0, staffing: peak}
"""


def test_staffing_follows_averages_or_peaks(book: Book) -> None:
    # January 240, else 120. Year 1: mean (240 + 11 · 120) / 12 = 130, peak 240. One head handles 10.
    rows = book(SEASONAL, months=12)
    assert rows["work.in_house.headcount.f"] == pytest.approx((24,) + (12,) * 11)
    assert rows["work.in_house.headcount.a"] == pytest.approx((13,) * 12)
    assert rows["work.in_house.headcount.p"] == pytest.approx((24,) * 12)


def test_a_last_year_of_two_months_has_the_mean_of_those_two(book: Book) -> None:
    # months 13 and 14 are January and February: (240 + 120) / 2 = 180
    rows = book(SEASONAL, months=14)
    assert rows["work.in_house.headcount.a"][11:] == pytest.approx((13, 18, 18))
    assert rows["work.in_house.headcount.p"][11:] == pytest.approx((24, 24, 24))


def test_the_mean_and_the_peak_are_of_the_contract_year_not_the_calendar_year(book: Book) -> None:
    # start in February: January is month 12 and belongs to year 1; months 13 and 14 are 120 each
    rows = book(SEASONAL, months=14, start="2027-02")
    assert rows["work.in_house.headcount.f"][10:] == pytest.approx((12, 24, 12, 12))
    assert rows["work.in_house.headcount.a"][10:] == pytest.approx((13, 13, 12, 12))
    assert rows["work.in_house.headcount.p"][10:] == pytest.approx((24, 24, 12, 12))


# --- month by month --------------------------------------------------------------------------------------------------


def test_a_volume_month_by_month_is_what_is_written(book: Book) -> None:
    assert volume(book, "volume: [700, 650, {value: 0, source: plan}]") == (700, 650, 0)


def test_a_list_for_one_month_is_a_list(book: Book) -> None:
    assert volume(book, "volume: [1.5]", months=1) == (1.5,)


def test_each_month_is_an_input_of_its_own(case: Callable[..., Run]) -> None:
    made = case(f"demand: {{volume: [7, {{value: 8, low: 6, high: 9}}, 9]}}\n{QUIET_TEAM}")
    found = {a: q for a, q in made.loaded.inputs.items() if ".volume." in a}
    assert {a: q.figure for a, q in found.items()} == {f"functions.work.demand.volume.{m}": 6 + m for m in (1, 2, 3)}
    second = found["functions.work.demand.volume.2"].about
    assert isinstance(second, Input)
    assert second.spread is not None
    assert second.spread.high == 9


def test_a_team_follows_a_volume_month_by_month(book: Book) -> None:
    # 10 units a head; mean (120 + 60 + 30) / 3 = 70, peak 120
    rows = book(
        """
        demand: {volume: [120, 60, 30]}
        in_house:
          teams:
            f: {units_per_fte: 10, salary: 0, staffing: follow}
            a: {units_per_fte: 10, salary: 0, staffing: average}
            p: {units_per_fte: 10, salary: 0, staffing: peak}
        """
    )
    assert rows["work.in_house.headcount.f"] == pytest.approx((12, 6, 3))
    assert rows["work.in_house.headcount.a"] == pytest.approx((7, 7, 7))
    assert rows["work.in_house.headcount.p"] == pytest.approx((12, 12, 12))
