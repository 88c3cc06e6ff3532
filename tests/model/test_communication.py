"""Communication between two places, by hand: FTE moved × paid hours × share of time lost × cost of an hour."""

from collections.abc import Callable, Mapping
from math import fsum
from pathlib import Path

import pytest

from bpocalc.model.run import run
from bpocalc.scenario.loading import load_text

Book = Callable[..., Mapping[str, tuple[float, ...]]]

TEN = """
demand: {{volume: {volume}, unit: call}}
in_house:
  location: US
  paid_hours: 2_400
  teams: {{t: {{units_per_fte: 100, salary: 48_000, burden: 25%, wage_growth: 10%}}}}
options:
  away: {{location: {location}, share: 80%, price: 1, per: month, transition: {transition}, communication: {said}}}
"""
PLAIN = "{synchronous: 10%, k: 0.5, overlap: 2, day: 8, hourly: 40}"
LOST = "work.away.communication.lost_time"


def ten(said: str = PLAIN, *, volume: float = 1_000, location: str = "PH", transition: str = "{months: 0}") -> str:
    """Ten people, of whose work 80 % goes; 8 · 2,400 / 12 = 1,600 paid hours a month."""
    return TEN.format(said=said, volume=volume, location=location, transition=transition)


def test_talk_that_waits_for_the_next_shared_hour(book: Book) -> None:
    # 10 % · 0.5 · (1 − 2/8) = 3.75 % of 1,600 hours = 60 hours at 40
    found = book(ten())
    assert found["work.away.communication.friction"] == pytest.approx((0.0375,) * 3)
    assert found["work.away.communication.hours_lost"] == pytest.approx((60,) * 3)
    assert found[LOST] == pytest.approx((2_400,) * 3)


def test_it_begins_with_the_work(book: Book) -> None:
    # go-live in the middle of month 1, all of it from then: half of month 1; a ramp of 4 from month 2: quarters
    assert book(ten(transition="{months: 0.5}"))[LOST] == pytest.approx((1_200, 2_400, 2_400))
    assert book(ten(transition="{months: 1, ramp: 4}"))[LOST] == pytest.approx((0, 600, 1_200))


def test_no_work_loses_no_time(book: Book) -> None:
    assert book(ten(volume=0))[LOST] == (0, 0, 0)


def test_a_shared_day_loses_nothing_and_more_than_a_day_gains_nothing(book: Book) -> None:
    said = "{synchronous: 10%, k: 0.5, our_hours: 9-17, their_hours: 8-18, day: 7.5, hourly: 40}"
    assert book(ten(said, location="US"))[LOST] == pytest.approx((0, 0, 0))


def test_the_cost_of_an_hour_grows_by_its_own_growth_and_not_by_inflation(book: Book) -> None:
    grows = PLAIN.replace("}", ", growth: 5%}")
    assert book(ten(), months=13, inflation="3%")[LOST][12] == pytest.approx(2_400)
    assert book(ten(grows), months=13, inflation="3%")[LOST][12] == pytest.approx(2_520)


def test_an_hour_of_a_team_costs_its_pay_and_charges(book: Book) -> None:
    # 48,000 / 12 · 1.25 · 12 / 2,400 = 25 an hour; wages grow 10 % in month 13
    found = book(ten(PLAIN.replace("hourly: 40", "team: t")), months=13)
    assert found["work.away.communication.team_hour"][0] == pytest.approx(25)
    assert found[LOST][0] == pytest.approx(60 * 25)
    assert found[LOST][12] == pytest.approx(60 * 27.5)


def test_paid_hours_of_the_section_count_before_those_in_house(book: Book) -> None:
    # 8 · 1,800 / 12 · 3.75 % = 45 hours; an hour of the team is still one of its own 2,400
    assert book(ten(PLAIN.replace("}", ", paid_hours: 1_800}")))[LOST][0] == pytest.approx(45 * 40)
    found = book(ten(PLAIN.replace("hourly: 40}", "team: t, paid_hours: 1_800}")))
    assert found[LOST][0] == pytest.approx(45 * 25)


def test_two_languages_lose_a_share_of_all_hours(book: Book) -> None:
    # 5 % of 1,600 hours alone; with the talk 3.75 % + 5 %
    assert book(ten("{language: 5%, hourly: 40}"))[LOST] == pytest.approx((80 * 40,) * 3)
    assert book(ten(PLAIN.replace("}", ", language: 5%}")))[LOST] == pytest.approx((140 * 40,) * 3)


def test_coordination_is_a_fixed_number_of_hours_from_go_live(book: Book) -> None:
    said = "{hourly: 40, coordination: {hours: 12}}"
    found = book(ten(said, transition="{months: 1, ramp: 4}"))
    assert found["work.away.communication.coordination"] == pytest.approx((0, 480, 480))
    assert LOST not in found
    own = book(ten("{hourly: 40, growth: 10%, coordination: {hours: 12, hourly: 55}}"), months=13)
    assert own["work.away.communication.coordination"][::12] == pytest.approx((660, 726))
    beside = "{team: t, paid_hours: 1_000, growth: 10%, coordination: {hours: 12, hourly: 55}}"
    assert book(ten(beside), months=13)["work.away.communication.coordination"][::12] == pytest.approx((660, 726))


# --- hours that follow from two clocks, 9 to 17 in New York ----------------------------------------------------------

CLOCKS = "{{synchronous: 10%, k: 1, day: 8, our_hours: 9-17, their_hours: {theirs}, hourly: 40}}"
SHARED = "work.away.communication.overlap"


def shared(book: Book, location: str, theirs: str, start: str = "2027-01") -> tuple[float, ...]:
    return book(ten(CLOCKS.format(theirs=theirs), location=location), months=12, start=start)[SHARED]


def test_london_shares_three_hours_and_four_while_only_one_clock_has_changed(book: Book) -> None:
    # 2027: New York changes on 14 March and 7 November, London on 28 March and 31 October
    march, october, november = (17 * 3 + 14 * 4) / 31, (30 * 3 + 4) / 31, (24 * 3 + 6 * 4) / 30
    expected = (3, 3, march, 3, 3, 3, 3, 3, 3, october, november, 3)
    assert shared(book, "GB", "9-17") == pytest.approx(expected)


def test_the_months_are_those_of_the_calendar_wherever_the_scenario_starts(book: Book) -> None:
    months = shared(book, "GB", "9-17")
    assert shared(book, "GB", "9-17", start="2027-11") == pytest.approx((*months[10:], *months[:10]))


def test_manila_by_day_shares_nothing_and_by_night_everything(book: Book) -> None:
    # Manila is 13 hours ahead, 12 in summer: its day is the night of New York
    assert shared(book, "PH", "9-18") == (0,) * 12
    assert shared(book, "PH", "21-6") == (8,) * 12


def test_half_hours_count(book: Book) -> None:
    # India is 10.5 hours ahead in January: 12 to 21 there is 1:30 to 10:30; 9.5 in July: 2:30 to 11:30
    months = shared(book, "IN", "12-21")
    assert months[0] == pytest.approx(1.5)
    assert months[6] == pytest.approx(2.5)
    assert shared(book, "IN", "12:30-21:00")[0] == pytest.approx(1.5)


def test_the_time_lost_follows_the_calendar(book: Book) -> None:
    # February: 10 % · (1 − 3/8) = 6.25 % of 1,600 hours at 40
    found = book(ten(CLOCKS.format(theirs="9-17"), location="GB"), months=12)
    assert found[LOST][1] == pytest.approx(1_600 * 0.0625 * 40)
    assert found[LOST][10] == pytest.approx(1_600 * 0.1 * (1 - 3.2 / 8) * 40)


def test_where_the_buyer_sits_counts_before_where_the_team_is(book: Book) -> None:
    said = CLOCKS.format(theirs="9-17")
    found = book(ten(said, location="GB"), months=12, top="home: GB")
    assert found[SHARED] == (8,) * 12


# --- several places --------------------------------------------------------------------------------------------------

TWO = """
in_house: {{location: US, paid_hours: 2_400, teams: {{t: {{fte: 10, salary: 48_000}}}}}}
options:
  two:
    communication: {said}
    legs:
      near: {{location: GB, share: 30%, price: 1, per: month{near}}}
      far: {{location: PH, share: 50%, price: 1, per: month, transition: {{months: 1}}{far}}}
"""


def test_what_the_option_says_holds_for_each_leg(book: Book) -> None:
    # near 3 · 200 = 600 hours, far 1,000 from month 2, 3.75 % each
    found = book(TWO.format(said=PLAIN, near="", far=""))
    assert found["work.two.near.communication.lost_time"] == pytest.approx((900,) * 3)
    assert found["work.two.far.communication.lost_time"] == pytest.approx((0, 1_500, 1_500))


def test_a_leg_says_what_differs(book: Book) -> None:
    # near shares 6 of 8 hours: 1.25 % of 600 hours; far has nothing of the kind
    said = PLAIN.replace("}", ", coordination: {hours: 5}}")
    found = book(TWO.format(said=said, near=", communication: {overlap: 6}", far=", communication: null"))
    assert found["work.two.near.communication.lost_time"] == pytest.approx((300,) * 3)
    assert found["work.two.communication.coordination"] == pytest.approx((200,) * 3)
    assert not [name for name in found if name.startswith(("work.two.far.comm", "work.two.near.communication.coord"))]


def test_each_leg_has_its_own_hours(book: Book) -> None:
    said = CLOCKS.format(theirs="9-17").replace("{{", "{").replace("}}", "}")
    found = book(TWO.format(said=said, near="", far=", communication: {their_hours: 21-6}"))
    assert found["work.two.near.communication.overlap"][0] == pytest.approx(3)
    assert found["work.two.far.communication.overlap"][0] == pytest.approx(8)


def test_two_legs_of_equal_terms_lose_what_one_of_the_sum_loses(book: Book) -> None:
    two = book(TWO.format(said=PLAIN, near="", far=", communication: {growth: 0%}"))
    parts = zip(two["work.two.near.communication.lost_time"], two["work.two.far.communication.lost_time"], strict=True)
    assert [sum(pair) for pair in parts][1:] == pytest.approx(list(book(ten())[LOST][1:]))


def test_nothing_is_said_and_nothing_is_there(book: Book) -> None:
    found = book(TWO.format(said="null", near="", far=""))
    assert not [name for name in found if "communication" in name]


# --- the reference case ----------------------------------------------------------------------------------------------


def test_the_reference_case_agrees_with_the_independent_evaluator() -> None:
    # 399,003: what an hour costs does not grow with inflation, and all in-house people whose work moves count
    file = Path(__file__).parent.parent / "reference_case.yaml"
    said = {"paid_hours": "2_080", "synchronous": "4%", "k": "0.25", "overlap": "2", "day": "8", "hourly": "46"}
    option = "functions.care.options.manila_bogota.communication"
    made = run(load_text(file.read_bytes(), file.name, [f"{option}.{key}={value}" for key, value in said.items()]))
    costs = made.functions["care"].outcomes["manila_bogota"].costs.values()
    lost = fsum(fsum(entry.quantity.row) for entry in costs if entry.category == "communication")
    assert round(lost) == 399_003
