"""Teams staffed by Erlang C, by hand: what a queue needs, and why one large centre needs fewer than two small ones."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 100 calls of 3 minutes in one interval of 30 minutes: 10 Erlangs, of which 80 % within 20 seconds need 14 agents.
# On 20 days that are 140 hours a month; one full-time equivalent is there 100 · (1 − 30 %) = 70 of them: 2 people.
QUEUE = (
    "erlang: {{answer_within: {within}, target: 80%, occupancy_cap: 85%, interval: {interval}, "
    "days_per_month: 20, pattern: {pattern}}}"
)
CASE = """
demand: {{volume: {volume}}}
in_house:
  paid_hours: 1_200
  teams:
    t: {{handling_time: 3 min, salary: 12_000, shrinkage: 30%, {queue}{team}}}
options: {options}
"""


def rows(
    book: Book, volume: str = "2_000", team: str = "", options: str = "{}", **about: str
) -> Mapping[str, tuple[float, ...]]:
    queue = QUEUE.format(**({"within": "20 s", "interval": "30 min", "pattern": "[100%]"} | about))
    return book(CASE.format(volume=volume, queue=queue, team=team, options=options))


def test_people_are_the_hours_of_all_intervals_over_those_that_one_is_there(book: Book) -> None:
    assert rows(book)["work.in_house.headcount.t"] == pytest.approx((2, 2, 2))
    assert rows(book)["work.in_house.hours_at_work.t"] == pytest.approx((3.5, 3.5, 3.5))


def test_every_interval_is_staffed_by_itself(book: Book) -> None:
    # half of the calls in each of two intervals: 5 Erlangs need 8 agents for 80 % within 20 s, twice: 16 in place of 14
    made = rows(book, pattern="[50%, 50%]")
    assert made["work.in_house.headcount.t"] == pytest.approx((16 / 7,) * 3)


def test_what_is_moved_is_taken_off_the_queue_and_not_in_proportion(book: Book) -> None:
    # half of the calls moved: 8 agents stay, and not 7
    made = rows(book, options="{buy: {location: PH, share: 50%, price: 1, per: unit}}")
    assert made["work.buy.headcount.t"] == pytest.approx((8 / 7,) * 3)


def test_two_centres_pooled_need_fewer_people(book: Book) -> None:
    apart, pooled = rows(book, volume="2_000"), rows(book, volume="4_000")
    # 20 Erlangs need 24 agents: 24 / 7 · 1,000 in place of 2 · 2 · 1,000
    assert 2 * apart["work.in_house.pay.t"][0] == pytest.approx(4_000)
    assert pooled["work.in_house.pay.t"][0] == pytest.approx(24 / 7 * 1_000)


def test_a_higher_output_shortens_the_calls(book: Book) -> None:
    # half the time for a call is 5 Erlangs; C(7, 5) = 0.324 and e^(−2 · 20/90) = 0.641: seven answer 79.2 %, so eight
    assert rows(book, team=", productivity: 2")["work.in_house.headcount.t"] == pytest.approx((8 / 7,) * 3)


def test_the_mean_and_the_peak_of_a_year_and_the_month_itself(book: Book) -> None:
    # 100, 200 and 0 calls a day: mean 100; 200 need 24
    volume = "[2_000, 4_000, 0]"
    assert rows(book, volume, ", staffing: follow")["work.in_house.headcount.t"] == pytest.approx((2, 24 / 7, 0))
    assert rows(book, volume, ", staffing: peak")["work.in_house.headcount.t"] == pytest.approx((24 / 7,) * 3)
    made = rows(book, volume, ", staffing: average, overtime: {premium: 0%}")
    assert made["work.in_house.headcount.t"] == pytest.approx((2, 2, 2))
    assert made["work.in_house.overtime.t"] == pytest.approx((0, (24 / 7 - 2) * 1_000, 0))
    assert made["work.in_house.idle.t"] == pytest.approx((0, 0, 2))


def test_whole_people_and_a_minimum_hold_for_a_queue_too(book: Book) -> None:
    assert rows(book, "4_000", ", whole: true")["work.in_house.headcount.t"] == (4, 4, 4)
    assert rows(book, "0", ", minimum: 1")["work.in_house.headcount.t"] == (1, 1, 1)


def test_an_improved_queue_comes_with_its_ramp(book: Book) -> None:
    # handled in half the time, with eight agents as above: 8 / 7 in place of 2, halfway in month 2
    option = "{better: {in_house: {teams: {t: {handling_time: 1.5 min}}}, transition: {months: 1, ramp: 2}}}"
    assert rows(book, options=option)["work.better.pay.t"] == pytest.approx((2_000, 11_000 / 7, 8_000 / 7))


def test_a_provider_may_staff_a_queue_of_its_own(book: Book) -> None:
    team = (
        "{handling_time: 3 min, salary: 6_000, shrinkage: 30%, "
        + QUEUE.format(within="20 s", interval="30 min", pattern="[100%]").replace("{{", "{")
        + "}"
    )
    charge = f"{{kind: cost_plus, margin: 0%, paid_hours: 1_200, teams: {{w: {team}}}}}"
    made = rows(book, options=f"{{buy: {{location: PH, charges: {{x: {charge}}}}}}}")
    assert made["work.buy.charges.x"] == pytest.approx((1_000,) * 3)
