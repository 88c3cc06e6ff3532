"""Erlang C for many trials at once, against `erlang`, which computes one queue at a time."""

import numpy as np
import pytest

from bpocalc import recursion
from bpocalc.erlang import agents
from bpocalc.erlang import manned_hours as one_day
from bpocalc.queues import Array, manned_hours
from bpocalc.studies.draws import stream


def figure(*trials: float) -> Array:
    return np.array([trials])


PATTERN = tuple(figure(share) for share in (0.02, 0.13, 0.1, 0.25, 0.5))
TERMS = {"within": 20 / 3600, "target": 0.8, "cap": 0.88, "interval": 0.5, "days": 21.0}


def both(volume: Array, handling: Array, **terms: float) -> tuple[Array, Array]:
    """All trials at once, and one day after the other."""
    numbers = TERMS | terms
    made = manned_hours(volume, handling, *(figure(x) for x in numbers.values()), *PATTERN)
    assert made is not None
    shares = [float(share[0, 0]) for share in PATTERN]
    alone = [[one_day(v, h, *numbers.values(), *shares) for v, h in zip(month, handling[0], strict=True)]
             for month in volume.tolist()]  # fmt: skip
    return made, np.array(alone)


@pytest.mark.parametrize(
    "terms", [{}, {"target": 0.95}, {"within": 0.001 / 3600}, {"within": 0.4}, {"cap": 1.0}, {"interval": 0.25}]
)
def test_the_agents_are_exactly_those_of_one_queue_at_a_time(terms: dict[str, float]) -> None:
    numbers = stream(1, "queue")
    volume = numbers.uniform(0, 15_000, (3, 400))
    made, alone = both(volume, numbers.uniform(0.02, 0.3, (1, 400)), **terms)
    assert made == pytest.approx(alone, rel=1e-12)


def test_a_load_at_the_very_limit_of_a_number_of_agents_is_decided_alike() -> None:
    # the load at which one agent more is needed, by bisection, and its neighbours
    low, high = 10.0, 11.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if agents(middle, 0.1, 0.8, 1.0) == agents(10.0, 0.1, 0.8, 1.0) else (low, middle)
    loads = np.array([np.nextafter(low, 0), low, np.nextafter(low, 99), low * (1 + 1e-9), low * (1 - 1e-9)])
    made = manned_hours(loads[None, :], *(figure(x) for x in (1.0, 0.1, 0.8, 1.0, 1.0, 1.0, 1.0)))
    assert made is not None
    assert made[0].tolist() == [agents(load, 0.1, 0.8, 1.0) for load in loads.tolist()]


def test_no_work_needs_nobody() -> None:
    made, _ = both(np.zeros((2, 3)), np.full((1, 3), 0.1))
    assert made.tolist() == [[0] * 3] * 2


def test_what_is_not_tabled_is_left_to_one_queue_at_a_time() -> None:
    volume, handling, numbers = np.full((1, 2), 1e7), figure(0.1, 0.1), [figure(x) for x in TERMS.values()]
    assert manned_hours(volume, handling, *numbers, *PATTERN) is None
    assert manned_hours(np.full((1, 2), np.nan), handling, *numbers, *PATTERN) is None
    assert manned_hours(figure(100, 100), handling, figure(0.0), *numbers[1:], *PATTERN) is None
    assert manned_hours(figure(100, 100), handling, numbers[0], figure(0.7, 0.8), *numbers[2:], *PATTERN) is None


@pytest.mark.parametrize("spread", [3.0, 40.0, 400.0, 30_000.0])
def test_the_recursion_on_arrays_counts_the_same_whatever_differs(spread: float) -> None:
    numbers = stream(2, "queue")
    load = np.concatenate([[0.0], numbers.uniform(0, spread, 60)])
    patience, target, cap = (numbers.uniform(low, high, 61) for low, high in ((0.001, 0.2), (0.5, 1), (0.5, 1)))
    columns = zip(load.tolist(), patience.tolist(), target.tolist(), cap.tolist(), strict=True)
    assert recursion.agents(load, patience, target, cap).tolist() == [agents(*queue) for queue in columns]


def test_what_cannot_be_computed_is_nan_by_recursion() -> None:
    load, patience, cap = np.array([np.nan, 1.0, 1.0, 1.0]), np.array([0.1, np.inf, 0.1, 0.1]), np.array([1, 1, 0, 1.0])
    assert np.isnan(recursion.agents(load, patience, np.full(4, 0.8), cap)).tolist() == [True, True, True, False]


def test_the_patience_alone_may_differ() -> None:
    numbers = [figure(x) for x in TERMS.values()][1:]
    made = manned_hours(figure(9_000), figure(0.1), figure(0.001, 0.01), *numbers, *PATTERN)
    apart = [manned_hours(figure(9_000), figure(0.1), figure(x), *numbers, *PATTERN) for x in (0.001, 0.01)]
    assert made is not None
    assert made[0].tolist() == [one[0, 0] for one in apart if one is not None]
    with np.errstate(all="ignore"):
        assert manned_hours(figure(9_000), figure(0.0), figure(0.001), *numbers, *PATTERN) is None
