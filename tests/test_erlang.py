"""Erlang C: published tables, exact sums, thousands of agents, and what must hold of any queue."""

from fractions import Fraction
from math import exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpocalc.erlang import MOST, agents, by_month, loss, manned_hours, served, waiting

# Tijms, A First Course in Stochastic Models, table 5.3.2: fewest agents for a probability of waiting
OFFERED = (1, 5, 10, 50, 100, 250, 500, 1000)
TABLE = {
    0.5: (2, 7, 12, 54, 106, 259, 512, 1017),
    0.2: (3, 8, 14, 58, 111, 268, 525, 1034),
    0.1: (3, 9, 16, 61, 115, 274, 533, 1046),
}


@pytest.mark.parametrize(
    ("most", "offered", "fewest"), [(p, a, n) for p, row in TABLE.items() for a, n in zip(OFFERED, row, strict=True)]
)
def test_the_table_of_tijms(most: float, offered: int, fewest: int) -> None:
    assert agents(float(offered), 0.0, 1 - most, 1.0) == fewest
    assert served(fewest, float(offered), 0.0) >= 1 - most > served(fewest - 1, float(offered), 0.0)


def test_a_published_interval() -> None:
    # pyworkforce: 100 calls of 3 minutes in 30, 80 % within 0.33 minutes, 85 % busy at most: 14, service level 88.8 %
    assert agents(10.0, 0.33 / 3, 0.8, 0.85) == 14
    assert served(14, 10.0, 0.33 / 3) == pytest.approx(0.888, abs=0.0005)
    assert round(10 / 14, 3) == 0.714


def test_a_published_hour() -> None:
    # 250 calls of 330 s in an hour are 22.9 Erlangs; 80 % within 30 s: 28
    offered = 250 * 330 / 3600
    assert offered == pytest.approx(22.9, abs=0.05)
    assert agents(offered, 30 / 330, 0.8, 1.0) == 28


def exact(count: int, offered: Fraction) -> Fraction:
    """Probability of waiting by its definition, in fractions."""
    top = offered**count / factorial(count) / (1 - offered / count)
    return top / (sum((offered**k / factorial(k) for k in range(count)), Fraction(0)) + top)


@pytest.mark.parametrize(
    ("count", "offered"), [(1, Fraction(1, 2)), (2, Fraction(1)), (14, Fraction(10)), (120, Fraction(221, 2))]
)
def test_the_probability_of_waiting_is_the_one_of_its_definition(count: int, offered: Fraction) -> None:
    load = float(offered)
    assert waiting(loss(count, load), count, load) == pytest.approx(float(exact(count, offered)), rel=1e-12)


def test_two_agents_by_hand() -> None:
    # one Erlang, two agents: C = (1/2 · 2) / (1 + 1 + 1) = 1/3; within half a handling time 1 − 1/3 · e^(−1/2)
    assert served(2, 1.0, 0.5) == pytest.approx(1 - exp(-0.5) / 3)


@pytest.mark.parametrize("offered", [90.0, 1_000.0, 5_000.5, 19_999.0])
def test_a_recursion_that_begins_late_loses_nothing(offered: float) -> None:
    count, blocked = int(offered) + 5, 1.0
    for number in range(1, count + 1):
        blocked = offered * blocked / (number + offered * blocked)
    assert loss(count, offered) == pytest.approx(blocked, rel=1e-13)


def test_a_queue_without_calls_needs_nobody_and_one_that_grows_serves_nobody() -> None:
    assert agents(0.0, 0.1, 0.8, 0.85) == 0
    assert served(10, 10.0, 1.0) == 0


def test_the_cap_holds_even_where_the_target_would_do_with_fewer() -> None:
    # 1,000 Erlangs: 1,034 agents answer 80 % at once, 85 % busy at most are 1,177
    assert agents(1000.0, 0.0, 0.8, 0.85) == 1177


def test_beyond_all_bounds_the_surplus_stays_and_nothing_takes_long() -> None:
    surplus = agents(float(MOST), 0.1, 0.8, 1.0) - MOST
    assert agents(1e12, 0.1, 0.8, 1.0) == 1e12 + surplus
    assert agents(MOST + 1.0, 0.1, 0.8, 1.0) >= agents(float(MOST), 0.1, 0.8, 1.0)


LOADS = st.floats(0.01, 400)
TERMS = st.tuples(st.floats(0, 2), st.floats(0.05, 0.999), st.floats(0.3, 1))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(LOADS, LOADS, TERMS)
def test_one_queue_never_needs_more_than_two(one: float, two: float, terms: tuple[float, float, float]) -> None:
    assert agents(one + two, *terms) <= agents(one, *terms) + agents(two, *terms)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(LOADS, LOADS, TERMS)
def test_more_calls_never_need_fewer(one: float, two: float, terms: tuple[float, float, float]) -> None:
    low, high = sorted((one, two))
    assert agents(low, *terms) <= agents(high, *terms)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(LOADS, TERMS)
def test_they_are_enough_and_one_fewer_is_not(load: float, terms: tuple[float, float, float]) -> None:
    patience, target, cap = terms
    count = agents(load, *terms)
    assert served(count, load, patience) > target - 1e-6
    assert load / count <= cap + 1e-9
    assert served(count - 1, load, patience) <= target or load / (count - 1) > cap


def test_the_hours_of_a_day_are_those_of_all_its_intervals() -> None:
    # 2,000 calls on 10 days, 200 a day: half of them in one interval of half an hour as above, none in the next, the
    # rest in a third: (14 + 0 + 14) · 0.5 h
    half = (3 / 60, 0.33 / 60, 0.8, 0.85, 0.5, 10.0)
    assert manned_hours(2000.0, *half, 0.5, 0.0, 0.5) == 14


def test_months_are_worked_out_one_by_one() -> None:
    rest = (3 / 60, 0.33 / 60, 0.8, 0.85, 0.5, 10.0, 1.0)
    made = by_month((1000.0, 0.0, float("nan")), *rest)
    assert isinstance(made, tuple)
    assert made[:2] == (7, 0)
    assert made[2] != made[2]
    assert by_month(1000.0, *rest) == 7
