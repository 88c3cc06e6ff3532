"""Charges by the minute, by outcome, at blended rates and around a contracted volume, by hand."""

from collections.abc import Callable, Mapping

import pytest

from bpocalc.problems import Invalid

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 10 agents at 8 minutes a call and 2 clerks, 1,000 units a month; live in month 2, two months to full volume
HOME = """
demand: {volume: %s, per: month}
in_house:
  paid_hours: 2_080
  teams: {agents: {handling_time: 8 min, wage: 20}, clerks: {fte: 2, salary: 60_000}}
options:
  away:
    location: PH
    share: %s
    transition: {months: 1, ramp: 2}
    charges: {c: {%s}}
"""


def charged(book: Book, charge: str, share: str = "100%", volume: str = "1_000", **about: object) -> tuple[float, ...]:
    return book(HOME % (volume, share, charge), **({"months": 4} | about))["work.away.charges.c"]


# --- per minute ------------------------------------------------------------------------------------------------------


def test_minutes_at_their_price(book: Book) -> None:
    # 1,000 · 40 % · (0, 1/2, 1, 1) · 6.5 min · 0.40
    charge = "kind: per_minute, price: 0.40, handling_time: 6.5 min"
    assert charged(book, charge, "40%") == pytest.approx((0, 520, 1_040, 1_040))


def test_minutes_of_the_in_house_team(book: Book) -> None:
    # 8 min · 0.40 · 1,000
    assert charged(book, "kind: per_minute, price: 0.40") == pytest.approx((0, 1_600, 3_200, 3_200))


@pytest.mark.parametrize(
    ("time", "increment", "minutes"),
    [
        ("6.5 min", "1 min", 7),
        ("6.5 min", "30 s", 6.5),
        ("90 s", "6 s", 1.5),  # 15 steps, and not 16 for a last bit
        ("91 s", "6 s", 1.6),  # 16 steps of 6 s
        ("10 s", "1 min", 1),  # less than one step is one
        ("0.1 h", "4 min", 8),
        ("6.5 min", "0 s", 6.5),
    ],
)
def test_time_is_billed_in_whole_increments(book: Book, time: str, increment: str, minutes: float) -> None:
    charge = f"kind: per_minute, price: 0.40, handling_time: {time}, increment: {increment}"
    assert charged(book, charge)[3] == pytest.approx(1_000 * minutes * 0.40)


def test_the_team_whose_minutes_are_billed_may_be_named(book: Book) -> None:
    rows = book(
        """
        demand: {volume: 1_000, per: month}
        in_house:
          paid_hours: 2_080
          teams: {first: {handling_time: 8 min, wage: 20}, second: {handling_time: 20 min, wage: 30}}
        options: {away: {location: PH, charges: {c: {kind: per_minute, price: 0.5, team: second}}}}
        """
    )
    assert rows["work.away.charges.c"] == pytest.approx((10_000,) * 3)


def test_minutes_in_short(book: Book) -> None:
    rows = book(
        """
        demand: {volume: 1_000, per: month}
        in_house: {paid_hours: 2_080, teams: {agents: {handling_time: 8 min, wage: 20}}}
        options: {away: {location: PH, price: {1: 0.5, 2: 0.4}, per: minute}}
        """,
        months=13,
    )
    assert rows["work.away.fees"][11:] == pytest.approx((4_000, 3_200))


def test_no_units_cost_no_minutes(book: Book) -> None:
    assert charged(book, "kind: per_minute, price: 0.40, increment: 1 min", volume="0") == (0, 0, 0, 0)


# --- by outcome ------------------------------------------------------------------------------------------------------


def test_outcomes_at_their_price(book: Book) -> None:
    # 1,000 · 40 % · 60 % · (0, 1/2, 1, 1) · 12
    assert charged(book, "kind: outcome, price: 12, success_rate: 60%", "40%") == pytest.approx(
        (0, 1_440, 2_880, 2_880)
    )


def test_a_success_rate_in_steps(book: Book) -> None:
    charge = "kind: outcome, price: {1: 12, 3: 10}, success_rate: {1: 60%, 2: 75%}"
    # 600 · 12; 750 · 12; 750 · 10
    assert charged(book, charge, months=25)[11::12] == pytest.approx((7_200, 9_000))
    assert charged(book, charge, months=25)[24] == pytest.approx(7_500)


def test_nothing_that_succeeds_costs_nothing(book: Book) -> None:
    assert charged(book, "kind: outcome, price: 12, success_rate: 0%") == (0, 0, 0, 0)


# --- blended ---------------------------------------------------------------------------------------------------------

TWO = "parts: {near: {share: 30%, rate: 80}, far: {share: 70%, rate: 30}}"


def test_a_blended_rate_of_stated_hours(book: Book) -> None:
    # 30 % · 80 + 70 % · 30 = 45 · 100 h · (0, 1/2, 1, 1)
    assert charged(book, f"kind: blended, per: hour, hours: 100, {TWO}") == pytest.approx((0, 2_250, 4_500, 4_500))


def test_a_blended_rate_of_the_hours_of_the_work(book: Book) -> None:
    # 1,000 · 50 % · 6 min = 50 h / 80 % = 62.5 h · 45
    charge = f"kind: blended, per: hour, handling_time: 6 min, utilisation: 80%, {TWO}"
    assert charged(book, charge, "50%")[3] == pytest.approx(2_812.5)


def test_a_blended_rate_of_people(book: Book) -> None:
    # 30 % · 5,000 + 70 % · 2,000 = 2,900 · 2 clerks · 1.5; the same for a year is a twelfth
    parts = "teams: [clerks], fte_ratio: 1.5, parts: {near: {share: 30%, rate: 5_000}, far: {share: 70%, rate: 2_000}}"
    assert charged(book, f"kind: blended, per: fte_month, {parts}")[3] == pytest.approx(8_700)
    assert charged(book, f"kind: blended, per: fte_year, {parts}")[3] == pytest.approx(725)


def test_a_blend_that_moves_far_away_over_the_years(book: Book) -> None:
    # 45; then 20 % · 80 + 80 % · 32 = 41.60
    parts = "parts: {near: {share: {1: 30%, 2: 20%}, rate: 80}, far: {share: {1: 70%, 2: 80%}, rate: {1: 30, 2: 32}}}"
    row = charged(book, f"kind: blended, per: hour, hours: 100, {parts}", months=13)
    assert row[11:] == pytest.approx((4_500, 4_160))


@pytest.mark.parametrize("shares", [("30%", "69%"), ("30%", "{1: 70%, 2: 80%}"), ("{1: 30%, 2: 20%}", "70%")])
def test_shares_that_do_not_add_up_in_every_year_are_refused(book: Book, shares: tuple[str, str]) -> None:
    parts = f"parts: {{near: {{share: {shares[0]}, rate: 80}}, far: {{share: {shares[1]}, rate: 30}}}}"
    with pytest.raises(Invalid) as found:
        charged(book, f"kind: blended, per: hour, hours: 100, {parts}", months=13)
    assert [p.message.rpartition(" to ")[0] for p in found.value.problems] == ["the shares of c add up"]


# --- bands: ARC and RRC ----------------------------------------------------------------------------------------------

BAND = "kind: banded, baseline: 1_000, amount: 5_000, arc: 4, rrc: 3, deadband: 10%%, excess_over: %s"


def banded(book: Book, volume: float, over: str = "edge", more: str = "", month: int = 4) -> float:
    charge = BAND % over + (f", {more}" if more else "")
    return charged(book, charge, volume=f"{volume}")[month - 1]


@pytest.mark.parametrize("over", ["edge", "baseline"])
@pytest.mark.parametrize("volume", [900, 901, 1_000, 1_099, 1_100])
def test_nothing_changes_within_the_deadband(book: Book, volume: float, over: str) -> None:
    assert banded(book, volume, over) == pytest.approx(5_000)


def test_units_beyond_the_deadband_counted_from_its_edge(book: Book) -> None:
    # above 1,100: 100 · 4; below 900: 200 · 3
    assert banded(book, 1_200) == pytest.approx(5_400)
    assert banded(book, 700) == pytest.approx(4_400)
    # none at all: 900 · 3
    assert banded(book, 0) == pytest.approx(2_300)


def test_units_beyond_the_deadband_counted_from_the_contracted_volume(book: Book) -> None:
    # 200 · 4; 300 · 3; all 1,000 · 3
    assert banded(book, 1_200, "baseline") == pytest.approx(5_800)
    assert banded(book, 700, "baseline") == pytest.approx(4_100)
    assert banded(book, 0, "baseline") == pytest.approx(2_000)
    # one unit beyond the edge brings in the whole deadband: 101 · 4; 101 · 3
    assert banded(book, 1_101, "baseline") == pytest.approx(5_404)
    assert banded(book, 899, "baseline") == pytest.approx(4_697)


def test_without_a_deadband_both_ways_to_count_are_one(book: Book) -> None:
    for over in ("edge", "baseline"):
        bare = f"kind: banded, baseline: 1_000, amount: 5_000, arc: 4, rrc: 3, excess_over: {over}"
        assert charged(book, bare, volume="1_050")[3] == pytest.approx(5_200)
        assert charged(book, bare, volume="950")[3] == pytest.approx(4_850)


def test_baseline_charge_and_deadband_grow_with_the_ramp(book: Book) -> None:
    # month 2 at a half: 600 units, 500 contracted, edge 550: 2,500 + 50 · 4; nothing before go-live
    assert banded(book, 1_200, month=2) == pytest.approx(2_700)
    assert banded(book, 1_200, "baseline", month=2) == pytest.approx(2_900)
    assert banded(book, 1_200, month=1) == 0
    assert banded(book, 0, month=1) == 0


FURTHER = "bands: [{beyond: 20%, arc: 3.5}, {beyond: 30%, arc: 2, rrc: 1}]"


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        (1_150, 5_000 + 50 * 4),
        (1_250, 5_000 + 100 * 4 + 50 * 3.5),
        (1_500, 5_000 + 100 * 4 + 100 * 3.5 + 200 * 2),
        (750, 5_000 - 150 * 3),  # the band at 20 % has no credit of its own
        (600, 5_000 - 200 * 3 - 100 * 1),
    ],
)
def test_further_bands_have_prices_of_their_own(book: Book, volume: float, expected: float) -> None:
    assert banded(book, volume, more=FURTHER) == pytest.approx(expected)


def test_further_bands_counted_from_the_contracted_volume(book: Book) -> None:
    # up to 1,200 from 1,000: 200 · 4; then 50 · 3.5. 700 from 1,000: 300 · 3; then 100 · 1
    assert banded(book, 1_250, "baseline", FURTHER) == pytest.approx(5_000 + 800 + 175)
    assert banded(book, 600, "baseline", FURTHER) == pytest.approx(5_000 - 900 - 100)
    assert banded(book, 1_100, "baseline", FURTHER) == pytest.approx(5_000)


def test_a_contracted_volume_in_steps(book: Book) -> None:
    # 1,000 units: 1,000 contracted, then 800: 200 · 4 above, and the charge falls to 4,000
    charge = "kind: banded, baseline: {1: 1_000, 2: 800}, amount: {1: 5_000, 2: 4_000}, arc: 4, rrc: 3, "
    assert charged(book, charge + "excess_over: edge", months=13)[11:] == pytest.approx((5_000, 4_800))


def test_the_contracted_volume_is_that_of_the_leg(book: Book) -> None:
    # 60 % of 2,000: 1,200 against 1,000
    assert charged(book, BAND % "edge", "60%", "2_000")[3] == pytest.approx(5_400)


def test_indexation_and_minimum_hold_for_a_banded_charge(book: Book) -> None:
    # (5,000 − 600) · 1.10 = 4,840, and 160 short of 5,000
    charge = BAND % "edge" + ", indexation: {rate: 10%}, minimum: 5_000"
    rows = book(HOME % ("700", "100%", charge), months=13)
    assert rows["work.away.charges.c"][12] == pytest.approx(4_840)
    assert rows["work.away.shortfall.c"][11:] == pytest.approx((600, 160))
