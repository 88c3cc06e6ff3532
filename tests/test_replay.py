"""Replay: formulas computed again with something replaced, on numbers as a run computes them, on arrays alike."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bpocalc.about import Input, Line
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.problems import Invalid
from bpocalc.quantity import NEVER, ONE, Quantity, apply, named, named_figure, total, where
from bpocalc.replay import Replay, plan
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.overrides import override_of
from bpocalc.words import OF_LINES, WORDS, Value

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
MONTHS = Quantity((1.0, 2.0, 3.0, 4.0), about=Line("month", "month", "Month"))
YEARS = Quantity((1.0, 1.0, 2.0, 2.0), about=Line("year", "year", "Year"))


def figure(number: float, name: str = "rate") -> Quantity:
    return Quantity(number, about=Input(name, "share"))


def line(*months: float, name: str = "volume") -> Quantity:
    return Quantity(tuple(months), about=Line(name, "units", "Volume"))


def close(mine: object, theirs: object) -> bool:
    """Equal within 1e-12 of the largest month, and never at the same places."""
    a, b = np.asarray(mine, dtype=float), np.asarray(theirs, dtype=float)
    scale = np.abs(np.nan_to_num(a)).max(initial=1)
    return np.array_equal(np.isnan(a), np.isnan(b)) and bool(np.all(np.abs(np.nan_to_num(a - b)) <= 1e-12 * scale))


# Numbers


def test_a_result_follows_the_input_that_is_replaced() -> None:
    # 3 · 4 months, then 5 · 4
    price, units = figure(3, "price"), line(1, 1, 1, 1)
    cost = named(price * units, Line("cost", "USD", "Cost"), MONTHS)
    made = plan([total(cost), cost], ["price"])
    assert made.floats({}) == [12, (3, 3, 3, 3)]
    assert made.floats({"price": 5}) == [20, (5, 5, 5, 5)]


def test_a_line_is_replaced_by_a_number_for_each_month() -> None:
    cost = named(figure(3, "price") * line(1, 1, 1, 1), Line("cost", "USD", "Cost"), MONTHS)
    assert plan([total(cost)], ["volume"]).floats({"volume": (1.0, 2.0, 3.0, 4.0)}) == [30]


def test_a_line_that_is_replaced_no_longer_follows_what_it_was_computed_from() -> None:
    price = figure(3, "price")
    cost = named_figure(price * 2, Line("cost", "USD", "Cost"))
    made = plan([cost + price], ["price", "cost"])
    assert made.floats({"price": 4.0, "cost": 100.0}) == [104]
    assert made.floats({"price": 4.0}) == [10]  # what is given no value keeps its own


def test_only_what_hangs_on_the_replaced_is_computed_and_equal_formulas_once() -> None:
    a, b = figure(2, "a"), figure(3, "b")
    idle = b**2
    result = (a * b + idle) * (a * b)
    assert [step.word for step in plan([result], ["a"]).steps] == ["*", "+", "*"]


def test_a_result_that_does_not_move_keeps_its_value() -> None:
    a, b = figure(2, "a"), figure(3, "b")
    made = plan([a + 1, b + 1, a], ["a"])
    assert made.floats({"a": 7.0}) == [8, 4, 7]
    assert [found.tolist() for found in made.arrays({"a": np.array([7.0, 8.0])})] == [[8, 9], [4, 4], [7, 8]]


def test_an_address_on_which_no_result_hangs_is_refused() -> None:
    replay = Replay([figure(2, "a") + 1])
    assert "a" in replay
    assert "b" not in replay
    with pytest.raises(KeyError, match="b"):
        replay.plan(["b"])


def test_what_a_run_would_refuse_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        plan([1 / figure(2, "a")], ["a"]).floats({"a": 0.0})


def test_numbers_need_no_arrays() -> None:
    code = "import bpocalc.replay, sys; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


# Arrays

A_FIGURE = Quantity(0.4, about=Input("figure", "share"))
A_LINE = line(2.0, -1.0, 0.5, 3.0)
FLOWS = line(-10.0, 1.0, 5.0, 9.0)


def of(word: str) -> list[tuple[Quantity, ...]]:
    """Arguments of a word, in several shapes; what is replaced is `figure` and `volume`."""
    if word == "irr":
        return [(FLOWS,), (line(1.0, 1.0, 1.0, 1.0),)]
    if word in ("pick", "series"):
        return [(YEARS, A_FIGURE, ONE), (YEARS, A_FIGURE, A_LINE), (A_FIGURE * 5, ONE, A_LINE, A_FIGURE, YEARS)]
    if word == "erlang_c":
        rest = [Quantity(x) for x in (0.05, 0.0056, 0.8, 0.9, 0.5, 20.0, 0.1, 0.3)]
        return [(1000 * A_FIGURE, *rest), (A_LINE * A_LINE * 100, *rest)]
    if word in ("spread", "chance"):
        return [(A_FIGURE, MONTHS)]
    if word == "in_year":
        return [(A_LINE, YEARS, ONE)]
    if word == "delayed":
        return [(A_LINE, MONTHS, A_FIGURE), (A_LINE, MONTHS, A_FIGURE * 5), (A_LINE, MONTHS, ONE)]
    if word == "worth":
        return [(A_LINE, YEARS), (A_LINE, line(1.0, 0.5, 0.25, 0.125, name="factor"))]
    if word == "compounded":
        return [(A_LINE * A_LINE, YEARS, Quantity(2.0)), (A_LINE, YEARS, YEARS)]
    if word in ("log", "round_up"):
        return [(A_FIGURE,), (A_LINE * A_LINE,)]
    if word in OF_LINES:
        return [(A_LINE, *[YEARS] * (word in ("year_total", "year_peak")), *[A_FIGURE] * (word == "previous"))]
    values = [A_FIGURE, A_LINE * A_LINE if word == "**" else A_LINE, Quantity(1.5)]
    if word == "between":
        return [(A_FIGURE, Quantity(0.3), Quantity(1.2)), (A_LINE, Quantity(-5.0), A_FIGURE), (A_LINE, A_LINE, NEVER)]
    if word in ("where", "ratio"):
        low, high = Quantity(0.3), Quantity(1.2)
        return [(A_FIGURE, low, high), (A_LINE, low, high), (A_FIGURE - 0.4, A_LINE, high), (A_LINE, A_LINE, NEVER)]
    return [(a, b) for a in values for b in values if a is not b]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_the_same_on_arrays_as_on_numbers(word: str) -> None:
    factors = np.array(
        [1.0, 0.25, -1.5, 2.0]
        if word not in ("**", "log", "compounded", "delayed", "erlang_c", "pick")
        else [1, 0.25, 2]
    )
    for args in of(word):
        if word in OF_LINES and args[0].about is None:
            args = (named(args[0], Line("squared", "", ""), MONTHS), *args[1:])
        q = apply(word, *args)
        replay = Replay([where(q, 1, 0) if WORDS[word].truth else q])
        moving: dict[str, Value] = {
            name: replay.order[replay.named[name]].value for name in ("figure", "volume") if name in replay
        }
        made = replay.plan(moving)
        draws = {name: np.multiply.outer(np.array(value), factors) for name, value in moving.items()}
        (found,) = made.arrays(draws)
        for trial in range(len(factors)):
            drawn: dict[str, Value] = {
                name: tuple(a[:, trial].tolist()) if a.ndim == 2 else float(a[trial]) for name, a in draws.items()
            }
            assert close(made.floats(drawn)[0], found[..., trial]), (args, trial)


def test_a_row_alike_in_all_months_is_summed_over_all_of_them() -> None:
    a = named(figure(2, "a"), Line("fee", "USD", "Fee"), MONTHS)
    made = plan([total(a), a * 2], ["a"])
    sums, rows = made.arrays({"a": np.array([1.0, 2.0])})
    assert sums.tolist() == [4, 8]
    assert rows.tolist() == [[2, 4]] * 4


@pytest.mark.parametrize("chunk", [1, 3, 7, 1000])
def test_chunks_change_nothing(chunk: int) -> None:
    cost = named(figure(3, "price") * line(1, 2, 3, 4), Line("cost", "USD", "Cost"), MONTHS)
    (found,) = plan([total(cost)], ["price"]).arrays({"price": np.arange(7.0)}, chunk)
    assert found.tolist() == [10 * n for n in range(7)]


def test_draws_by_month_replace_a_line() -> None:
    cost = named(figure(3, "price") * line(1, 1, 1, 1), Line("cost", "USD", "Cost"), MONTHS)
    events = np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    (found,) = plan([total(cost)], ["volume", "price"]).arrays({"volume": events, "price": np.array([2.0, 5.0])})
    assert found.tolist() == [4, 5]


def test_a_division_by_zero_spoils_only_its_trial() -> None:
    (found,) = plan([1 / figure(2, "a")], ["a"]).arrays({"a": np.array([0.0, 4.0])})
    assert math.isinf(found[0])
    assert found[1] == 0.25


def test_arrays_of_different_lengths_are_refused() -> None:
    made = plan([figure(2, "a") + figure(3, "b")], ["a", "b"])
    with pytest.raises(ValueError, match=r"different lengths: \[1, 2\]"):
        made.arrays({"a": np.zeros(1), "b": np.zeros(2)})


# Scenarios


def comparison(path: Path, *overrides: str) -> Comparison:
    return compare(run(load_text(path.read_bytes(), path.name, list(overrides))))


def results(compared: Comparison) -> dict[str, Quantity]:
    """All results of the options by address; not those of the best mix, which another value may change."""
    groups = [*compared.functions.values(), *([compared.total] if compared.total else [])]
    found = [r for group in groups for key, r in group.results.items() if key != "best"]
    return {f"{r.address}.{name}": q for r in found for name, q in r.metrics.items() if q.word}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_with_nothing_replaced_every_result_is_that_of_the_run(path: Path) -> None:
    found = results(comparison(path))
    replay = Replay(list(found.values()))
    made = replay.plan([name for name in comparison(path).run.loaded.inputs if name in replay])
    assert all(math.isnan(a) if isinstance(a, float) and math.isnan(a) else a == q.value
               for a, q in zip(made.floats({}), found.values(), strict=True))  # fmt: skip
    assert all(close(a[..., 0], q.value) for a, q in zip(made.arrays({}), found.values(), strict=True))


def moved(compared: Comparison, address: str) -> tuple[float, str]:
    """Another value of an input, and the override that gives it that."""
    q = compared.run.loaded.inputs[address]
    assert isinstance(q.about, Input)
    value = q.figure * 0.96875 if q.figure else 0.015625
    return value, override_of(address, q.about, value)


OVERLAID = ("locations.", "fx.per_euro.")
"""An override of one of these replaces more than that figure."""


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_replay_agrees_with_a_run_under_set(path: Path) -> None:
    """A sample of the inputs; all of them in benchmarks/replaying.py."""
    plain = comparison(path)
    found = results(plain)
    replay = Replay(list(found.values()))
    moving = [name for name in plain.run.loaded.inputs if name in replay and not name.startswith(OVERLAID)]
    agreed = 0
    for address in moving[3 :: 250 if len(moving) > 500 else 25]:
        value, override = moved(plain, address)
        try:
            again = results(comparison(path, override))
        except Invalid:
            continue
        made = replay.plan([address]).floats({address: value})
        assert {name: close(mine, again[name].value) for name, mine in zip(found, made, strict=True)} == dict.fromkeys(
            found, True
        )
        agreed += 1
    assert agreed
