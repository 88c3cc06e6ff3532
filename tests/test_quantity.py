"""Quantities: every word by hand arithmetic in every shape, and the traps that would lose a formula."""

import math
import sys
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from bpocalc.about import Input, Line
from bpocalc.quantity import (
    NEVER,
    ONE,
    ZERO,
    Quantity,
    apply,
    at_least,
    at_most,
    between,
    compounded,
    constant,
    describe,
    highest,
    in_year,
    irr,
    lowest,
    named,
    named_figure,
    pick,
    previous,
    ratio,
    round_up,
    running_total,
    sum_of,
    total,
    where,
    worth,
    year_peak,
    year_total,
)
from bpocalc.trace import behind, walk
from bpocalc.words import OF_LINES, WORDS

Value = float | tuple[float, ...]


def row(*months: float) -> Quantity:
    """An unnamed row."""
    return Quantity(tuple(float(month) for month in months))


def line(*months: float, name: str = "care.volume") -> Quantity:
    """A row under a heading."""
    return Quantity(tuple(float(month) for month in months), about=Line(name, "units", "Volume"))


def figure(number: float, name: str = "care.rate") -> Quantity:
    """A figure that was read."""
    return Quantity(float(number), about=Input(name, "share"))


# Each word that acts month by month, with arguments and what they make, worked out by hand.
CASES: list[tuple[str, tuple[float, ...], float]] = [
    ("+", (2, 3), 5),
    ("+", (2, -3), -1),
    ("-", (2, 3), -1),
    ("*", (2, 3), 6),
    ("/", (3, 2), 1.5),
    ("/", (-3, 2), -1.5),
    ("**", (2, 3), 8),
    ("**", (4, 0.5), 2),
    ("**", (2, -1), 0.5),
    (">", (3, 2), 1),
    (">", (2, 2), 0),
    (">", (2, 3), 0),
    (">", (2.0000004, 2), 0),
    (">", (2.0000006, 2), 1),
    (">=", (2, 2), 1),
    (">=", (3, 2), 1),
    (">=", (2, 3), 0),
    (">=", (1.9999996, 2), 1),
    (">=", (1.9999994, 2), 0),
    ("where", (1, 5, 7), 5),
    ("where", (0, 5, 7), 7),
    ("where", (1, 0, 7), 0),
    ("ratio", (3, 2, 9), 1.5),
    ("ratio", (3, 0, 9), 9),
    ("ratio", (0, 0, 9), 9),
    ("ratio", (0, 2, 9), 0),
    ("at_least", (2, 3), 3),
    ("at_least", (3, 2), 3),
    ("at_least", (-2, 0), 0),
    ("at_most", (2, 3), 2),
    ("at_most", (3, 2), 2),
    ("between", (0.5, 0, 1), 0.5),
    ("between", (-1, 0, 1), 0),
    ("between", (2, 0, 1), 1),
    ("between", (0, 0, 1), 0),
    ("between", (1, 0, 1), 1),
    ("log", (1,), 0),
    ("log", (8,), 2.0794415416798357),
    ("log", (0.5,), -0.6931471805599453),
    ("round_up", (2.1,), 3),
    ("round_up", (3,), 3),
    ("round_up", (0,), 0),
    ("round_up", (3.0000000004,), 3),
    ("round_up", (3.000000001,), 4),
    ("round_up", (2.9999999999,), 3),
    ("sum_of", (1, 2), 3),
    ("sum_of", (1, 2, 3, -10), -4),
    ("pick", (1, 5, 6, 7), 5),
    ("pick", (3, 5, 6, 7), 7),
    ("pick", (9, 5, 6, 7), 7),
]
SHAPED = [
    (word, args, expected, shapes)
    for word, args, expected in CASES
    for shapes in product((False, True), repeat=len(args))
    if word != "pick" or shapes[0] or len(set(shapes)) == 1
]
"""Each case in each combination of figures and rows; for `pick` by a figure see below."""


@pytest.mark.parametrize(("word", "args", "expected", "shapes"), SHAPED)
def test_a_word_gives_the_same_by_hand_in_every_shape(
    word: str, args: tuple[float, ...], expected: float, shapes: tuple[bool, ...]
) -> None:
    made = apply(word, *(row(a, a) if is_row else figure(a) for a, is_row in zip(args, shapes, strict=True)))
    assert made.value == ((expected, expected) if any(shapes) else expected)
    assert all(type(x) is float for x in (made.value if isinstance(made.value, tuple) else (made.value,)))


MONTHS: list[tuple[str, list[Value], tuple[float, ...]]] = [
    ("+", [(1, 2, 3), (10, 20, 30)], (11, 22, 33)),
    ("-", [(1, 2, 3), 10], (-9, -8, -7)),
    ("-", [10, (1, 2, 3)], (9, 8, 7)),
    ("*", [(1, 2, 3), (10, 20, 30)], (10, 40, 90)),
    ("/", [12, (1, 2, 3)], (12, 6, 4)),
    ("**", [2, (1, 2, 3)], (2, 4, 8)),
    ("**", [(1, 2, 3), 2], (1, 4, 9)),
    (">", [(1, 2, 3), 2], (0, 0, 1)),
    (">=", [2, (1, 2, 3)], (1, 1, 0)),
    ("where", [(1, 0, 1), (10, 20, 30), 5], (10, 5, 30)),
    ("where", [1, (10, 20, 30), (1, 2, 3)], (10, 20, 30)),
    ("ratio", [(6, 6, 6), (2, 0, 3), (7, 8, 9)], (3, 8, 2)),
    ("at_least", [(1, 2, 3), 2], (2, 2, 3)),
    ("at_most", [2, (1, 2, 3)], (1, 2, 2)),
    ("between", [(1, 2, 3), 1.5, (9, 9, 2.5)], (1.5, 2, 2.5)),
    ("round_up", [(1.2, 2, 2.7)], (2, 2, 3)),
    ("sum_of", [(1, 2, 3), 10, (100, 200, 300)], (111, 212, 313)),
    ("pick", [(1, 1, 2), (10, 20, 30), 5], (10, 20, 5)),
    ("pick", [(1, 2, 3), 10, 20], (10, 20, 20)),
    ("pick", [2, 10, (1, 2, 3)], (1, 2, 3)),
    ("series", [(1, 2, 3), 10, 20, 30], (10, 20, 30)),
    ("erlang_c", [(2000, 0, 1000), 0.05, 0.0055, 0.8, 0.85, 0.5, 10, (0.5, 0.5, 1), 0.5], (14, 0, 11)),
    ("spread", [4, (1, 2, 3)], (4, 4, 4)),
    ("chance", [0.25, (1, 1, 2)], (0.25, 0.25, 0.25)),
]
"""Arguments that differ from month to month, and what each month makes of them."""


@pytest.mark.parametrize(("word", "args", "expected"), MONTHS)
def test_each_month_takes_the_arguments_of_its_own_month(
    word: str, args: list[Value], expected: tuple[float, ...]
) -> None:
    made = apply(word, *(row(*a) if isinstance(a, tuple) else figure(a) for a in args))
    assert made.value == expected


def test_the_shape_of_what_is_picked_does_not_hang_on_the_number_that_picks_it() -> None:
    items = [figure(5), row(6, 7)]
    assert pick(figure(1), items).value == (5, 5)
    assert pick(figure(2), items).value == (6, 7)


YEARS = row(*[1] * 12, *[2] * 2)
"""Contract years of fourteen months: the second is a part year."""
FOURTEEN = line(*range(1, 15))
ACROSS: list[tuple[str, tuple[Quantity, ...], Value]] = [
    ("previous", (line(5, 6, 7), constant(1)), (1, 5, 6)),
    ("previous", (line(5, 6, 7), row(3, 8, 9)), (3, 5, 6)),
    ("delayed", (line(5, 6, 7), row(1, 2, 3), constant(0)), (5, 6, 7)),
    ("delayed", (line(5, 6, 7), row(1, 2, 3), constant(2)), (0, 0, 5)),
    ("delayed", (line(5, 6, 7), row(1, 2, 3), constant(0.25)), (3.75, 5.75, 6.75)),
    ("delayed", (line(5, 6, 7), row(1, 2, 3), constant(1.5)), (0, 2.5, 5.5)),
    ("delayed", (line(5, 6, 7), row(1, 2, 3), constant(9.5)), (0, 0, 0)),
    ("running_total", (line(5, -6, 7),), (5, -1, 6)),
    ("total", (line(5, -6, 7),), 6),
    ("lowest", (line(5, -6, 7),), -6),
    ("highest", (line(5, -6, 7),), 7),
    ("year_total", (FOURTEEN, YEARS), (78,) * 12 + (27,) * 2),
    ("year_peak", (FOURTEEN, YEARS), (12,) * 12 + (14,) * 2),
    ("year_peak", (line(*[-3] * 11, -1, -5, -4), YEARS), (-1,) * 12 + (-4,) * 2),
    ("in_year", (FOURTEEN, YEARS, constant(1)), 78),
    ("in_year", (FOURTEEN, YEARS, constant(2)), 27),
    ("in_year", (FOURTEEN, YEARS, constant(3)), 0),
    ("worth", (line(100, 10), line(0.9, 0.5)), 95),
    ("compounded", (line(*[1] * 12, *[0.5] * 2), YEARS, constant(1)), (2,) * 12 + (3,) * 2),
    ("compounded", (line(*[1] * 12, *[0.5] * 2), YEARS, constant(2)), (1,) * 12 + (1.5,) * 2),
    ("compounded", (line(*[1] * 12, *[0.5] * 2), YEARS, constant(3)), (1,) * 14),
    ("compounded", (line(*[0] * 12, 0.5, 9), YEARS, constant(2)), (1,) * 12 + (1.5,) * 2),
    ("irr", (line(-100, 110),), 0.1),
]
"""Words that look across months, on named rows."""


@pytest.mark.parametrize(("word", "args", "expected"), ACROSS)
def test_a_word_across_months_gives_the_same_by_hand(word: str, args: tuple[Quantity, ...], expected: Value) -> None:
    assert apply(word, *args).value == pytest.approx(expected, rel=1e-12)


def test_every_word_of_the_vocabulary_is_tested_here() -> None:
    assert {case[0] for case in (*CASES, *MONTHS, *ACROSS)} == set(WORDS)
    assert {case[0] for case in ACROSS} >= OF_LINES


TWO, THREE, FOUR = figure(2), figure(3), figure(4)
R = line(1, 2, 3)


@pytest.mark.parametrize(
    ("made", "word", "args"),
    [
        (TWO + THREE, "+", (TWO, THREE)),
        (TWO - THREE, "-", (TWO, THREE)),
        (TWO * THREE, "*", (TWO, THREE)),
        (TWO / THREE, "/", (TWO, THREE)),
        (TWO**THREE, "**", (TWO, THREE)),
        (TWO > THREE, ">", (TWO, THREE)),
        (TWO >= THREE, ">=", (TWO, THREE)),
        (TWO < THREE, ">", (THREE, TWO)),
        (TWO <= THREE, ">=", (THREE, TWO)),
        (where(TWO, THREE, FOUR), "where", (TWO, THREE, FOUR)),
        (ratio(TWO, THREE, FOUR), "ratio", (TWO, THREE, FOUR)),
        (at_least(TWO, THREE), "at_least", (TWO, THREE)),
        (at_most(TWO, THREE), "at_most", (TWO, THREE)),
        (between(TWO, THREE, FOUR), "between", (TWO, THREE, FOUR)),
        (round_up(TWO), "round_up", (TWO,)),
        (sum_of([TWO, THREE]), "sum_of", (TWO, THREE)),
        (pick(TWO, [THREE, FOUR]), "pick", (TWO, THREE, FOUR)),
        (previous(R, TWO), "previous", (R, TWO)),
        (running_total(R), "running_total", (R,)),
        (total(R), "total", (R,)),
        (lowest(R), "lowest", (R,)),
        (highest(R), "highest", (R,)),
        (year_total(R, R), "year_total", (R, R)),
        (year_peak(R, R), "year_peak", (R, R)),
        (in_year(R, R, TWO), "in_year", (R, R, TWO)),
        (worth(R, R), "worth", (R, R)),
        (compounded(R, R, TWO), "compounded", (R, R, TWO)),
        (irr(R), "irr", (R,)),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_a_quantity_remembers_the_word_and_the_arguments(made: Quantity, word: str, args: tuple[Quantity, ...]) -> None:
    assert made.word == word
    assert len(made.args) == len(args)
    assert all(a is b for a, b in zip(made.args, args, strict=True))
    assert made.about is None


@pytest.mark.parametrize(
    ("made", "word", "value", "constant_first"),
    [
        (2 + THREE, "+", 5, True),
        (THREE + 2, "+", 5, False),
        (2 - THREE, "-", -1, True),
        (2 * THREE, "*", 6, True),
        (2 / THREE, "/", 2 / 3, True),
        (THREE**2, "**", 9, False),
        (THREE < 2, ">", 0, True),
        (THREE <= 2, ">=", 0, True),
        (THREE > 2, ">", 1, False),
        (THREE >= 2, ">=", 1, False),
    ],
)
def test_a_plain_number_joins_in_as_a_constant(made: Any, word: str, value: float, constant_first: bool) -> None:
    assert isinstance(made, Quantity)
    assert made.value == value
    assert made.word == word
    plain = made.args[0 if constant_first else 1]
    assert plain is not THREE
    assert (plain.value, plain.word, plain.args, plain.about) == (2.0, "", (), None)


def test_a_number_compared_with_a_quantity_is_the_quantity_compared_with_the_number() -> None:
    assert [(q.word, q.args[0] is THREE, q.value) for q in (THREE.__lt__(2), THREE.__gt__(2))] == [
        (">", False, 0),
        (">", True, 1),
    ]


def test_the_built_in_sum_adds_quantities_up() -> None:
    assert sum([TWO, THREE], ZERO).value == 5
    assert sum_of([]) is ZERO
    assert sum_of([TWO]) is TWO
    assert sum_of(q for q in (TWO, THREE, FOUR)).value == 9


# Traps: what would lose the formula in silence


@pytest.mark.parametrize(
    ("trap", "instead"),
    [
        (lambda q: 1 if q else 2, "where(condition, a, b)"),
        (lambda q: 1 if q > 1 else 2, "where(condition, a, b)"),
        (lambda q: not q, "where(condition, a, b)"),
        (lambda q: q > 1 and q < 3, "where(p, where(q, 1, 0), 0)"),
        (lambda q: q > 1 or q < 3, "where("),
        (lambda q: 1 < q < 3, "where(p, where(q, 1, 0), 0)"),
        (lambda q: max(q, THREE), "at_least(a, b)"),
        (lambda q: max(q, 1), "at_least(a, b)"),
        (lambda q: min(q, THREE), "at_most(a, b)"),
        (lambda q: sorted([q, THREE]), "at_least"),
        (lambda q: any([q]), "where("),
        (lambda q: bool(q), "where("),
        (lambda q: round(q), "round_up(x)"),
        (lambda q: round(q, 2), "round_up(x)"),
        (lambda q: float(q), ".figure or .row"),
        (lambda q: math.floor(q), ".figure or .row"),
        (lambda q: math.sqrt(q), ".figure or .row"),
        (lambda q: abs(q), "at_least(x, 0 - x)"),
        (lambda q: -q, "0 - x"),
    ],
)
@pytest.mark.parametrize("q", [figure(2), line(1, 2), row(1, 2)], ids=["figure", "line", "row"])
def test_a_trap_raises_and_names_the_word_to_use(q: Quantity, trap: Callable[[Any], object], instead: str) -> None:
    with pytest.raises(TypeError) as error:
        trap(q)
    assert instead in str(error.value)


@pytest.mark.parametrize(
    "trap",
    [
        lambda q: int(q),
        lambda q: q // 2,
        lambda q: q % 2,
        lambda q: 2**q,
        lambda q: +q,
        lambda q: q + "2",
        lambda q: q + None,
        lambda q: [1, 2, 3][q],
        lambda q: range(q),
        lambda q: list(q),
        lambda q: len(q),
        lambda q: f"{q:.2f}",
    ],
)
def test_what_is_no_word_raises(trap: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        trap(figure(2))


def test_true_and_false_are_no_numbers_even_if_one_and_zero_were_met_before() -> None:
    constant(1), constant(0)
    for wrong in (True, False):
        with pytest.raises(TypeError, match="is not a number"):
            constant(wrong)


def test_equality_is_identity() -> None:
    one, other = figure(2), figure(2)
    assert (one == other) is False
    assert (one != other) is True
    assert (one == one) is True
    assert one in [other, one]
    assert one not in [other]
    assert [other, one].index(one) == 1
    assert len({one, other}) == 2
    assert {one: 1}[one] == 1


def test_a_quantity_takes_no_other_attribute() -> None:
    with pytest.raises(AttributeError):
        figure(2).note = "x"  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", sorted(OF_LINES))
def test_a_word_across_months_refuses_an_unnamed_row_and_a_figure(word: str) -> None:
    rest = {"previous": [ZERO], "in_year": [YEARS, ONE], "compounded": [YEARS, ONE]}.get(word, [])
    rest = [YEARS, ONE] if word == "delayed" else rest
    rest = [YEARS] if word in ("year_total", "year_peak", "worth") else rest
    for wrong in (row(1, 2), figure(2), constant(2), named_figure(TWO, Line("care.npv", "$", "NPV")), R + 1):
        with pytest.raises(TypeError, match="needs a named row"):
            apply(word, wrong, *rest)


def test_the_refusal_names_what_was_given_instead() -> None:
    with pytest.raises(TypeError, match=r"total\(\) needs a named row to point at, not care\.rate"):
        total(figure(2))
    with pytest.raises(TypeError, match=r"not unnamed \+"):
        previous(R + 1, 0)


MONTH = line(1, 2, 3, name="month")
HEADING = Line("care.pay", "USD/month", "Pay")


def test_a_figure_under_a_heading_is_spread_over_the_months() -> None:
    made = named(figure(14), HEADING, MONTH)
    assert made.value == (14, 14, 14)
    assert made.about == HEADING
    assert made.word == "line"
    assert made.args[0].word == "spread"
    assert total(made).value == 42


def test_a_row_under_a_heading_is_that_row() -> None:
    rows = row(1, 2, 3)
    made = named(rows, HEADING, MONTH)
    assert made.value is rows.value
    assert made.args == (rows,)


@pytest.mark.parametrize("months", [(), (1,), (1, 2), (1, 2, 3, 4)])
def test_a_row_of_another_length_gets_no_heading(months: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=rf"care\.pay has {len(months)} months, the scenario 3"):
        named(row(*months), HEADING, MONTH)


def test_rows_that_lost_a_month_on_the_way_are_caught_at_the_heading() -> None:
    with pytest.raises(ValueError, match=r"care\.pay has 2 months"):
        named(row(1, 2) + row(1, 2, 3), HEADING, MONTH)


def test_rows_of_different_length_are_not_added_up() -> None:
    with pytest.raises(ValueError, match="different length"):
        sum_of([row(1, 2), row(1, 2, 3)])


def test_a_figure_of_its_own_is_no_row() -> None:
    made = named_figure(total(R), Line("care.npv", "USD", "NPV"))
    assert (made.value, made.word) == (6, "line")
    with pytest.raises(TypeError, match="it has one number for each month"):
        named_figure(R, HEADING)


def test_the_shape_is_asked_for_by_name() -> None:
    assert (figure(2).is_row, R.is_row) == (False, True)
    assert (figure(2).figure, R.row) == (2, (1, 2, 3))
    with pytest.raises(TypeError, match=r"care\.volume is a row"):
        _ = R.figure
    with pytest.raises(TypeError, match=r"care\.rate is a figure: it has no months"):
        _ = figure(2).row


def test_a_quantity_is_described_by_its_address_or_its_word() -> None:
    assert describe(figure(2)) == "care.rate"
    assert repr(R) == "<care.volume>"
    assert describe(TWO + 1) == "unnamed +"
    assert describe(constant(5)) == "unnamed constant"


@pytest.mark.parametrize("number", ["5", None, (1, 2), 1 + 2j])
def test_only_a_number_is_a_constant(number: Any) -> None:
    with pytest.raises(TypeError, match="is not a number"):
        constant(number)


@pytest.mark.parametrize("number", [math.inf, -math.inf, 10**400])
def test_a_constant_is_finite(number: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        constant(number)


def test_constants_are_floats() -> None:
    assert [type(q.value) for q in (ZERO, ONE, NEVER, constant(3))] == [float] * 4


# The last bit


def test_comparisons_allow_half_a_millionth() -> None:
    a, b = constant(0.1) + constant(0.2), constant(0.3)
    assert 0.1 + 0.2 > 0.3
    assert (a > b).value == 0
    assert (b < a).value == 0
    assert (a >= b).value == (b >= a).value == (a <= b).value == 1


def test_a_cumulative_saving_a_hair_below_zero_is_not_below_zero() -> None:
    assert (line(-3e-14, -0.01) < 0).value == (0, 1)


def test_rounding_up_forgives_the_last_bit() -> None:
    assert math.ceil(0.1 * 3 / 0.1) == 4
    assert round_up(constant(0.1) * 3 / constant(0.1)).value == 3


# Never


ARITHMETIC: list[Callable[[Quantity], Quantity]] = [
    lambda q: q + 1,
    lambda q: 1 - q,
    lambda q: q * 0,
    lambda q: q / 2,
    lambda q: 2 / q,
    lambda q: q**2,
    lambda q: constant(2) ** q,
    lambda q: ratio(q, 2, 0),
    lambda q: ratio(2, q, 0),
    lambda q: ratio(2, 0, q),
    lambda q: sum_of([q, ONE, TWO]),
    lambda q: sum_of([ONE, TWO, q]),
    lambda q: where(ONE, q, 1),
    lambda q: pick(ONE, [q, ONE]),
    lambda q: at_least(q, 0),
    lambda q: at_least(constant(0), q),
    lambda q: at_most(q, 0),
    lambda q: at_most(constant(0), q),
    lambda q: between(q, 0, 1),
    lambda q: between(constant(0), q, 1),
    lambda q: round_up(q),
    lambda q: apply("log", q),
]


@pytest.mark.parametrize("number", range(len(ARITHMETIC)))
def test_never_propagates(number: int) -> None:
    assert math.isnan(ARITHMETIC[number](NEVER).figure)


@pytest.mark.parametrize("words", [total, lowest, highest])
@pytest.mark.parametrize("months", [(math.nan, 1, 2), (1, math.nan, 2), (1, 2, math.nan)])
def test_never_in_any_month_is_never_over_all_months(
    words: Callable[[Quantity], Quantity], months: tuple[float, ...]
) -> None:
    assert math.isnan(words(line(*months)).figure)


def test_what_is_not_chosen_does_not_matter() -> None:
    assert where(ZERO, NEVER, 1).value == 1
    assert pick(constant(2), [NEVER, ONE]).value == 1
    assert (line(1, 0) * where(row(1, 0), 5, NEVER)).row[0] == 5


# Division by zero


def test_a_division_by_zero_names_the_divisor_and_what_is_divided() -> None:
    with pytest.raises(ZeroDivisionError, match=r"care\.hours is zero, and care\.pay is divided by it"):
        line(1, 2, name="care.pay") / line(1, 0, name="care.hours")
    with pytest.raises(ZeroDivisionError, match=r"care\.rate is zero"):
        1 / figure(0)


def test_zero_to_a_negative_power_is_no_matter_of_the_exponent() -> None:
    with pytest.raises(ZeroDivisionError) as error:
        figure(0) ** figure(-1, name="care.exponent")
    assert "care.exponent is zero" not in str(error.value)


def test_a_guarded_division_by_zero_does_not_raise() -> None:
    assert ratio(line(1, 2), line(0, 4), -1).value == (-1, 0.5)


# Internal rate of return; the values were computed independently


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ((-100, 110), 0.10),
        ((-100, 0, 0, 133.1), 0.10),
        ((0, -100, 110, 0), 0.10),
        ((-100, 60, 60), 0.130662386291808),
        ((-1000, 500, 300, 800), 0.250994990118760),
        ((-500_000, 200_000, 300_000, 200_000), 0.188246209683704),
        ((-10, -10, -10, 20, 20, 20), 0.259921049894872),
        ((-5000, *[100] * 59), 0.005688647183427),
        ((-5000, *[50] * 59), -0.016179240489252),
        ((-100, 50), -0.5),
        ((100, -110), 0.10),
        ((-0.5, 9271, 34432, 16455), 18544.713298778246),  # at this size floats are 4e-12 apart
        ((-5, -2, 7, 2, 8, 9, -5, -2), 0.461420795446116),  # costs at the end too: found from the second guess
    ],
)
def test_the_internal_rate_of_return_of_known_flows(flows: tuple[float, ...], rate: float) -> None:
    found = irr(line(*flows)).figure
    assert found == pytest.approx(rate, rel=1e-9)
    worth = sum(flow / (1 + found) ** month for month, flow in enumerate(flows))
    assert worth == pytest.approx(0, abs=1e-6 * max(map(abs, flows)))


@pytest.mark.parametrize("flows", [(0, 0, 0), (5, 5), (-5, -5, 0)])
def test_without_a_change_of_sign_there_is_no_rate_of_return(flows: tuple[float, ...]) -> None:
    assert math.isnan(irr(line(*flows)).figure)


@pytest.mark.parametrize(
    "flows", [(-1, 100, -0.999), (1, -100, 0.999), (-1, 2, -1.0001), (-1e-9, 1e13, -1e-9), (1e-300, -1e300, 1)]
)
def test_flows_that_turn_twice_give_a_rate_or_none_but_no_error(flows: tuple[float, ...]) -> None:
    found = irr(line(*flows)).figure
    assert math.isnan(found) or found > -1


# Walking


def test_a_walk_meets_arguments_first_and_everything_once() -> None:
    shared = TWO + THREE
    top = shared * shared + FOUR
    met = walk([top, shared])
    assert len(met) == len({id(q) for q in met}) == 6
    for q in met:
        assert all(any(a is b for b in met[: met.index(q)]) for a in q.args)
    assert met[-1] is top


def test_a_walk_from_several_roots_holds_all_of_them() -> None:
    roots = [TWO + 1, THREE + 1]
    met = walk(roots)
    assert all(any(root is q for q in met) for root in roots)
    assert walk([]) == []


def test_a_walk_does_not_recurse() -> None:
    q = ONE
    for _ in range(10_000):
        q = q + TWO
    assert sys.getrecursionlimit() < 10_000
    assert len(walk([q])) == 10_002


def test_a_walk_of_what_is_used_over_and_over_ends() -> None:
    q = TWO
    for _ in range(200):
        q = at_most(q * q, THREE)
    assert len(walk([q])) == 402


def test_what_is_behind_several_roots_is_what_a_walk_of_them_meets() -> None:
    shared = constant(2) * constant(3)
    roots = [shared + constant(1), shared * shared, shared]
    assert {*map(id, behind(roots))} == {*map(id, walk(roots))}
    assert len(behind([*roots, *roots])) == len(walk(roots))
