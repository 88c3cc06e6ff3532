"""Places: distance by country and clock, working hours as they are written, and the hours that two places share."""

import json

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.notes import notes
from bpocalc.problems import Problem
from bpocalc.scenario import places
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.places import ahead, overlap, span
from bpocalc.table import delivery_of, heads
from bpocalc.views.json import render

CASE = """
title: Two places
currency: USD
{top}
months: 12
discount_rate: 0%
functions:
  care:
    in_house: {{{side}teams: {{t: {{fte: 10, salary: 40_000}}}}}}
    options:
      away: {{{leg}}}
"""
ZONES = """locations:
  CO: {title: Colombia, time_zone: America/Bogota}
  PT: {title: Portugal, time_zone: Europe/Lisbon}
  austin: {title: Austin, time_zone: America/Chicago, country: US}
  nowhere: {title: Nowhere}"""


def loaded(leg: str, top: str = "start: 2027-01", side: str = "location: US, ") -> tuple[Comparison, list[Problem]]:
    leg = leg if ":" in leg else f"location: {leg}, price: 9_000, per: month"
    made = load_text(CASE.format(top=f"{top}\n{ZONES}", side=side, leg=leg).encode(), "case.yaml")
    return compare(run(made)), made.warnings


def delivery(leg: str, top: str = "start: 2027-01", side: str = "location: US, ") -> str:
    comparison, _ = loaded(leg, top, side)
    return delivery_of(comparison, comparison.functions["care"], "away")


@pytest.mark.parametrize(
    ("home", "there", "word"),
    [
        ("US", "US", "onshore"),
        ("US", "austin", "onshore"),  # another place in the same country
        ("US", "CO", "nearshore"),  # 0 or 1 hour apart
        ("US", "GB", "offshore"),  # 4 or 5 hours
        ("US", "PH", "offshore"),  # 12 or 13 hours
        ("GB", "PL", "nearshore"),  # 1 hour
        ("PT", "DE", "nearshore"),
        ("GB", "IN", "offshore"),  # 4.5 or 5.5 hours
        ("PH", "IN", "nearshore"),  # 2.5 hours
        ("US", "nowhere", ""),  # no clock is known
    ],
)
def test_country_and_clock_tell_the_distance(home: str, there: str, word: str) -> None:
    assert delivery(there, side=f"location: {home}, ") == word


def test_home_counts_before_the_place_of_the_in_house_side() -> None:
    assert delivery("PL", top="start: 2027-01\nhome: GB") == "nearshore"
    assert delivery("PL") == "offshore"


def test_nobody_knows_the_distance_from_nowhere() -> None:
    assert delivery("PH", side="") == ""


def test_a_year_of_its_own_serves_where_there_is_no_start() -> None:
    assert delivery("CO", top="") == "nearshore"
    assert delivery("CO", top="start: 0000-01") == "nearshore"
    assert delivery("CO", top="start: 9999-01") == "nearshore"


def test_legs_say_each_distance_once_and_a_heading_calls_them_mixed() -> None:
    leg = "{{location: {}, share: 20%, price: 10, per: month}}"
    legs = "legs: {{a: {}, b: {}, c: {}}}".format(*(leg.format(place) for place in ("PH", "CO", "IN")))
    comparison, _ = loaded(legs)
    group = comparison.functions["care"]
    assert delivery_of(comparison, group, "away") == "offshore + nearshore"
    assert heads(comparison, group)[1][1] == "PH + CO + IN, mixed"
    same, _ = loaded("legs: {{a: {}, b: {}}}".format(*(leg.format(place) for place in ("PH", "IN"))))
    assert heads(same, same.functions["care"])[1][1] == "PH + IN, offshore"


def test_heading_json_and_notes_say_it() -> None:
    comparison, warnings = loaded("PH")
    assert heads(comparison, comparison.functions["care"])[0][1] == "US"
    assert heads(comparison, comparison.functions["care"])[1][1] == "PH, offshore"
    options = json.loads(render([comparison], ["case.yaml"], ["0"]))["functions"][0]["options"]
    assert [option["delivery"] for option in options] == [None, "offshore"]
    assert places.RULE in notes(comparison, "summary", "case.yaml")
    assert warnings == []
    unknown, _ = loaded("nowhere")
    assert places.RULE not in notes(unknown, "summary", "case.yaml")


def test_what_is_stated_holds_and_is_doubted_where_the_clock_says_otherwise() -> None:
    comparison, warnings = loaded("location: PH, price: 9_000, per: month, delivery: nearshore")
    group = comparison.functions["care"]
    assert delivery_of(comparison, group, "away") == "nearshore"
    (warning,) = warnings
    assert (warning.code, warning.severity) == ("BPO026", "warning")
    assert "called nearshore, and is offshore" in warning.message


def test_what_is_stated_is_not_doubted_where_nothing_is_known() -> None:
    comparison, warnings = loaded("location: nowhere, price: 9_000, per: month, delivery: nearshore")
    assert delivery_of(comparison, comparison.functions["care"], "away") == "nearshore"
    assert warnings == []


@pytest.fixture
def _no_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a time zone database."""
    monkeypatch.setattr(places, "known", lambda zone: False)


@pytest.mark.usefixtures("_no_zones")
def test_without_a_time_zone_database_only_the_country_is_told() -> None:
    assert delivery("PH") == ""
    assert delivery("US") == "onshore"


# --- hours -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-17", (9, 17)),
        ("09:30 - 18:15", (9.5, 18.25)),
        ("8–16:30", (8, 16.5)),
        ("21-6", (21, 30)),
        ("0-24", (0, 24)),
        ("22:30-0", (22.5, 24)),
        ("9", None),
        ("9-9", None),
        ("25-3", None),
        ("9-25", None),
        ("24-3", None),
        ("9:60-17", None),
        ("nine to five", None),
    ],
)
def test_working_hours_are_written_as_people_write_them(text: str, hours: tuple[float, float] | None) -> None:
    assert span(text) == hours


@pytest.mark.parametrize(
    ("theirs", "hours_ahead", "shared"),
    [
        ((9, 17), 0, 8),
        ((9, 17), 5, 3),
        ((9, 17), -5, 3),
        ((9, 17), 12, 0),
        ((21, 30), 13, 8),
        ((9, 17), 21, 5),  # Auckland seen from Los Angeles: the working hours of the day before
        ((9, 17), -21, 5),
        ((0, 24), 7.5, 8),
        ((17, 33), 0, 0),  # only what two full circles would have in common
        ((16, 34), 0, 2),
        ((9, 17), 24, 8),
    ],
)
def test_hours_shared_with_nine_to_five(theirs: tuple[float, float], hours_ahead: float, shared: float) -> None:
    assert overlap((9, 17), theirs, hours_ahead) == pytest.approx(shared)
    assert overlap(theirs, (9, 17), -hours_ahead) == pytest.approx(shared)


def test_night_shifts_on_both_sides_share_hours_after_midnight() -> None:
    assert overlap((22, 30), (23, 31), 0) == pytest.approx(7)
    assert overlap((22, 30), (4, 12), 0) == pytest.approx(2)


def test_clocks_are_read_on_each_day() -> None:
    months = ahead("America/New_York", "Europe/London", 2027)
    assert [len(month) for month in months] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert months[2] == (5,) * 13 + (4,) * 14 + (5,) * 4
    assert set(ahead("Asia/Manila", "Asia/Kolkata", 2028)[1]) == {-2.5}
    assert len(ahead("Asia/Manila", "Asia/Kolkata", 2028)[1]) == 29
