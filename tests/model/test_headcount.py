"""Headcount by hand: every driver, what stays of it, minimum and whole people."""

from collections.abc import Callable, Mapping

import pytest

Book = Callable[..., Mapping[str, tuple[float, ...]]]

AWAY = "options: {away: {location: PH, price: 1, per: month, share: %s}}"


def heads(book: Book, teams: str, volume: str = "9_600", share: str = "", **about: object) -> dict[str, float]:
    """Headcount in month 1, of all the work or of what stays when a share has gone from month 1 on."""
    function = f"demand: {{volume: {volume}, per: month}}\nin_house: {{paid_hours: 1_920, teams: {{{teams}}}}}\n"
    rows = book(function + (AWAY % share if share else ""), **about)
    side = "away" if share else "in_house"
    prefix = f"work.{side}.headcount."
    return {name.removeprefix(prefix): row[0] for name, row in rows.items() if name.startswith(prefix)}


def test_handling_time_over_productive_hours(book: Book) -> None:
    # 1,920 / 12 = 160 h · (1 − 25 %) = 120 · 80 % = 96 h of handling; 9,600 · 6 min = 960 h; 960 / 96 = 10
    team = "t: {handling_time: 6 min, shrinkage: 25%, occupancy: 80%, salary: 1}"
    assert heads(book, team) == {"t": pytest.approx(10)}


def test_handling_time_may_be_in_seconds_or_hours(book: Book) -> None:
    # 360 s = 0.1 h = 6 min; nothing shrinks: 960 h / 160 h = 6
    assert heads(book, "s: {handling_time: 360 s, salary: 1}, h: {handling_time: 0.1 h, salary: 1}") == {
        "s": pytest.approx(6),
        "h": pytest.approx(6),
    }


def test_productivity_divides_the_people(book: Book) -> None:
    # 960 h / (160 h · 1.25) = 4.8
    assert heads(book, "t: {handling_time: 6 min, productivity: 1.25, salary: 1}") == {"t": pytest.approx(4.8)}


def test_a_team_may_have_its_own_paid_hours(book: Book) -> None:
    # 2,400 / 12 = 200 h; 960 / 200 = 4.8
    assert heads(book, "t: {handling_time: 6 min, paid_hours: 2_400, salary: 1}") == {"t": pytest.approx(4.8)}


def test_units_per_hour_at_work(book: Book) -> None:
    # 160 h · (1 − 25 %) = 120 h · 8 units = 960 units a head; 9,600 / 960 = 10
    assert heads(book, "t: {units_per_hour: 8, shrinkage: 25%, salary: 1}") == {"t": pytest.approx(10)}


def test_units_per_fte_need_no_hours(book: Book) -> None:
    # 9,600 / 400
    assert heads(book, "t: {units_per_fte: 400, shrinkage: 25%, salary: 1}") == {"t": pytest.approx(24)}


def test_no_volume_needs_nobody(book: Book) -> None:
    assert heads(book, "t: {handling_time: 6 min, salary: 1}", volume="0") == {"t": 0}


def test_a_fixed_number_is_a_row_and_does_not_follow_the_volume(book: Book) -> None:
    rows = book("demand: {volume: 100, per: month, growth: 50%}\nin_house: {teams: {t: {fte: 14, salary: 12_000}}}")
    assert rows["work.in_house.headcount.t"] == (14, 14, 14)
    assert rows["work.in_house.pay.t"] == (14_000, 14_000, 14_000)


def test_a_fixed_number_in_yearly_steps(book: Book) -> None:
    rows = book("in_house: {teams: {t: {fte: {1: 10, 2: 8}, salary: 12_000}}}", months=14)
    assert rows["work.in_house.headcount.t"] == (10.0,) * 12 + (8.0, 8.0)


def test_one_for_every_twelve_of_another_team(book: Book) -> None:
    # 30 / 12 = 2.5
    assert heads(book, "b: {one_per: {a: 12}, salary: 1}, a: {fte: 30, salary: 1}")["b"] == pytest.approx(2.5)


def test_a_span_over_two_teams_adds_up(book: Book) -> None:
    # 30 / 12 + 9 / 6 = 4
    teams = "a: {fte: 30, salary: 1}, c: {fte: 9, salary: 1}, b: {one_per: {a: 12, c: 6}, salary: 1}"
    assert heads(book, teams)["b"] == pytest.approx(4)


def test_a_span_of_spans(book: Book) -> None:
    # 60 / 10 = 6 leads, 6 / 3 = 2 managers
    teams = "m: {one_per: {l: 3}, salary: 1}, l: {one_per: {a: 10}, salary: 1}, a: {fte: 60, salary: 1}"
    assert heads(book, teams)["m"] == pytest.approx(2)


def test_whole_people_are_rounded_up(book: Book) -> None:
    # 30 / 12 = 2.5 -> 3, and 36 / 12 stays 3
    teams = "a: {fte: 30, salary: 1}, b: {one_per: {a: 12}, whole: true, salary: 1}, "
    teams += "c: {fte: 36, salary: 1}, d: {one_per: {c: 12}, whole: true, salary: 1}"
    found = heads(book, teams)
    assert (found["b"], found["d"]) == (3, 3)


def test_whole_people_do_not_hang_on_the_last_bit(book: Book) -> None:
    # 1.1 / 0.1 is 11.000000000000002 in floating point, and needs 11 people, not 12
    teams = "a: {fte: 1.1, salary: 1}, b: {one_per: {a: 0.1}, whole: true, salary: 1}"
    assert heads(book, teams)["b"] == 11


def test_spans_count_people_and_not_rounded_people_unless_whole(book: Book) -> None:
    # leads 2.5, not whole: 2.5 / 2 = 1.25 managers
    teams = "a: {fte: 30, salary: 1}, l: {one_per: {a: 12}, salary: 1}, m: {one_per: {l: 2}, salary: 1}"
    assert heads(book, teams)["m"] == pytest.approx(1.25)


def test_a_minimum_holds_while_there_is_work(book: Book) -> None:
    # 800 / 400 = 2, at least 3
    assert heads(book, "t: {units_per_fte: 400, minimum: 3, salary: 1}", volume="800") == {"t": 3}


def test_a_minimum_holds_for_what_stays_and_ends_with_the_work(book: Book) -> None:
    # full 24; 90 % away: 2.4, at least 5; all away: nobody
    team = "t: {units_per_fte: 400, minimum: 5, salary: 1}"
    assert heads(book, team, share="90%") == {"t": pytest.approx(5)}
    assert heads(book, team, share="100%") == {"t": pytest.approx(0)}


def test_a_minimum_of_half_a_person_is_a_whole_one(book: Book) -> None:
    # 1 / 400 = 0.0025, at least 2.5, rounded up last: 3
    assert heads(book, "t: {units_per_fte: 400, minimum: 2.5, whole: true, salary: 1}", volume="1") == {"t": 3}


def test_people_follow_the_work_that_stays(book: Book) -> None:
    # 24 heads, 40 % away: 24 · 60 % = 14.4, and 15 where only whole people count
    assert heads(book, "t: {units_per_fte: 400, salary: 1}", share="40%") == {"t": pytest.approx(14.4)}
    assert heads(book, "t: {units_per_fte: 400, whole: true, salary: 1}", share="40%") == {"t": pytest.approx(15)}


def test_a_fixed_team_falls_with_the_share_that_leaves(book: Book) -> None:
    assert heads(book, "t: {fte: 10, salary: 1}", share="40%") == {"t": pytest.approx(6)}


def test_a_team_that_cannot_be_avoided_stays(book: Book) -> None:
    # 10 − 0 · (10 − 6); 10 − 25 % · (10 − 6) = 9
    assert heads(book, "t: {fte: 10, salary: 1, avoidable: 0%}", share="40%") == {"t": pytest.approx(10)}
    assert heads(book, "t: {fte: 10, salary: 1, avoidable: 25%}", share="40%") == {"t": pytest.approx(9)}


def test_leads_follow_the_agents_who_are_kept(book: Book) -> None:
    # agents 20, half of them unavoidable: all work away leaves 10, and 10 / 5 = 2 leads of 4
    teams = "a: {fte: 20, salary: 1, avoidable: 50%}, l: {one_per: {a: 5}, salary: 1}"
    assert heads(book, teams, share="100%") == {"a": pytest.approx(10), "l": pytest.approx(2)}


def test_leads_may_be_less_avoidable_than_their_agents(book: Book) -> None:
    # no agents are kept, so no leads are needed; 4 − 50 % · (4 − 0) = 2 are kept all the same
    teams = "a: {fte: 20, salary: 1}, l: {one_per: {a: 5}, salary: 1, avoidable: 50%}"
    assert heads(book, teams, share="100%") == {"a": pytest.approx(0), "l": pytest.approx(2)}


def test_whole_leads_for_the_agents_who_stay(book: Book) -> None:
    # 127 agents, 85 % away: 19.05; 19.05 / 12 = 1.6 -> 2 of 11 leads
    teams = "a: {fte: 127, salary: 1}, l: {one_per: {a: 12}, whole: true, salary: 1}"
    assert heads(book, teams) == {"a": 127, "l": 11}
    assert heads(book, teams, share="85%") == {"a": pytest.approx(19.05), "l": 2}


def test_a_team_that_is_removed_later_is_there_for_longer(book: Book) -> None:
    # all work away from month 2; the team goes two months after: 10, 10, 10, 0
    rows = book(
        """
        in_house: {teams: {t: {fte: 10, salary: 1, removal: 2}}}
        options: {away: {location: PH, price: 1, per: month, transition: {months: 1}}}
        """,
        months=4,
    )
    assert rows["work.away.headcount.t"] == pytest.approx((10, 10, 10, 0))


def test_staffing_for_the_mean_holds_for_what_stays(book: Book) -> None:
    # January 240, else 120: mean 130; 50 % away: 65 units, 10 a head
    rows = book(
        """
        demand: {volume: 120, per: month, seasonality: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}
        in_house: {teams: {t: {units_per_fte: 10, salary: 1, staffing: average}}}
        options: {away: {location: PH, price: 1, per: month, share: 50%}}
        """,
        months=12,
    )
    assert rows["work.away.headcount.t"] == pytest.approx((6.5,) * 12)


def test_leads_who_are_removed_later_are_there_for_longer_than_their_agents(book: Book) -> None:
    # the agents go in month 2, their leads two months later
    rows = book(
        """
        in_house: {teams: {t: {fte: 10, salary: 1}, l: {one_per: {t: 5}, salary: 1, removal: 2}}}
        options: {away: {location: PH, price: 1, per: month, transition: {months: 1}}}
        """,
        months=5,
    )
    assert rows["work.away.headcount.t"] == pytest.approx((10, 0, 0, 0, 0))
    assert rows["work.away.headcount.l"] == pytest.approx((2, 2, 2, 0, 0))
