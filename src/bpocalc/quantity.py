"""Quantities: numbers that remember how they were computed.

A quantity has one of two shapes. A *figure* is one number; a *row* is one number for each month of the scenario.
Arithmetic on quantities gives quantities, and each keeps the word that made it and the arguments it was made from: one
model, several readings. This module knows nothing of costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, nan
from typing import NoReturn

from bpocalc.about import Input, Line
from bpocalc.words import FUNCTIONS, OF_LINES, Row, Value, compiled


class Quantity:
    """A number, or one for each month, with the formula it came from.

    `value` is a float (a figure) or a tuple of floats (a row). `word` is a key of `WORDS`, or "" for what was read and
    for constants; `args` are the arguments. `about` is set for inputs and lines: only these are known by name.
    Quantities are never changed. `==` is identity: nothing in a model may hang on two floats being equal.
    """

    __slots__ = ("about", "args", "value", "word")

    def __init__(
        self, value: Value, word: str = "", args: tuple[Quantity, ...] = (), about: Input | Line | None = None
    ) -> None:
        self.value, self.word, self.args, self.about = value, word, args, about

    @property
    def is_row(self) -> bool:
        """Whether there is one number for each month."""
        return type(self.value) is tuple

    @property
    def figure(self) -> float:
        """The one number of a figure; TypeError for a row."""
        if isinstance(self.value, tuple):
            raise TypeError(f"{describe(self)} is a row: it has one number for each month")
        return self.value

    @property
    def row(self) -> Row:
        """The numbers of a row, month by month; TypeError for a figure."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{describe(self)} is a figure: it has no months")
        return self.value

    def __repr__(self) -> str:
        return f"<{describe(self)}>"

    def __add__(self, other: Quantity | float) -> Quantity:
        return _infix("+", self, other)

    def __radd__(self, other: float) -> Quantity:
        return _infix("+", other, self)

    def __sub__(self, other: Quantity | float) -> Quantity:
        return _infix("-", self, other)

    def __rsub__(self, other: float) -> Quantity:
        return _infix("-", other, self)

    def __mul__(self, other: Quantity | float) -> Quantity:
        return _infix("*", self, other)

    def __rmul__(self, other: float) -> Quantity:
        return _infix("*", other, self)

    def __truediv__(self, other: Quantity | float) -> Quantity:
        return _infix("/", self, other)

    def __rtruediv__(self, other: float) -> Quantity:
        return _infix("/", other, self)

    def __pow__(self, other: Quantity | float) -> Quantity:
        return _infix("**", self, other)

    def __gt__(self, other: Quantity | float) -> Quantity:
        return _infix(">", self, other)

    def __ge__(self, other: Quantity | float) -> Quantity:
        return _infix(">=", self, other)

    def __lt__(self, other: Quantity | float) -> Quantity:
        return _infix(">", other, self)

    def __le__(self, other: Quantity | float) -> Quantity:
        return _infix(">=", other, self)

    def __neg__(self) -> NoReturn:
        raise TypeError("a quantity has no sign of its own; write 0 - x")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a quantity is neither true nor false, or the choice would be lost from the formula; "
            "instead of `if` write where(condition, a, b), of `and` where(p, where(q, 1, 0), 0), "
            "of `max` at_least(a, b), of `min` at_most(a, b)"
        )

    def __float__(self) -> NoReturn:
        raise TypeError("float() would lose the formula; read .figure or .row where results leave the model")

    def __round__(self, _: int | None = None) -> NoReturn:
        raise TypeError("round() has no place in a model; use round_up(x), or round in a view")

    def __abs__(self) -> NoReturn:
        raise TypeError("abs() would lose the formula; write at_least(x, 0 - x)")


def describe(q: Quantity) -> str:
    """A short name for messages: the address, or the word that made it."""
    if q.about is not None:
        return q.about.address if isinstance(q.about, Input) else q.about.name
    return f"unnamed {q.word or 'constant'}"


_CONSTANTS: dict[float, Quantity] = {}


def constant(number: float) -> Quantity:
    """A number that stands in a formula as itself; there is one quantity for each."""
    if type(number) not in (int, float):
        raise TypeError(f"{number!r} is not a number")
    kept = _CONSTANTS.get(number)
    if kept is None:
        if number in (inf, -inf):
            raise ValueError(f"{number!r} is not finite")
        kept = _CONSTANTS[number] = Quantity(float(number))
    return kept


ZERO, ONE, NEVER = constant(0), constant(1), constant(nan)
"""NEVER is a value: what does not happen within the months of the scenario. It propagates through arithmetic."""


def _infix(word: str, a: Quantity | float, b: Quantity | float) -> Quantity:
    """What an infix word makes of two arguments: `apply` without its detours."""
    if not isinstance(a, Quantity):
        a = constant(a)
    if not isinstance(b, Quantity):
        b = constant(b)
    x, y = a.value, b.value
    function = FUNCTIONS.get((word, type(x), type(y))) or compiled(word, (type(x), type(y)))
    try:
        return Quantity(function(x, y), word, (a, b))
    except ZeroDivisionError:
        if word == "**":
            raise ZeroDivisionError(f"{describe(a)} is zero, and has no negative power") from None
        raise ZeroDivisionError(f"{describe(b)} is zero, and {describe(a)} is divided by it") from None


def apply(word: str, *arguments: Quantity | float) -> Quantity:
    """The quantity that a word makes of its arguments.

    Raises TypeError where a word that looks across months gets anything but a named row, and ZeroDivisionError, naming
    the divisor, where a plain division meets zero.
    """
    args = tuple([a if isinstance(a, Quantity) else constant(a) for a in arguments])
    if word in OF_LINES and (args[0].about is None or type(args[0].value) is not tuple):
        raise TypeError(f"{word}() needs a named row to point at, not {describe(args[0])}")
    values = [a.value for a in args]
    kinds = tuple(map(type, values))
    function = FUNCTIONS.get((word, *kinds)) or compiled(word, kinds)
    try:
        value = function(*values)
    except ZeroDivisionError:
        raise ZeroDivisionError(f"{describe(args[1])} is zero, and {describe(args[0])} is divided by it") from None
    return Quantity(value, word, args)


def where(condition: Quantity, yes: Quantity | float, no: Quantity | float) -> Quantity:
    """`yes` where the condition holds, else `no`."""
    return apply("where", condition, yes, no)


def ratio(a: Quantity | float, b: Quantity | float, otherwise: Quantity | float) -> Quantity:
    """`a / b`, and `otherwise` where b is zero."""
    return apply("ratio", a, b, otherwise)


def at_least(a: Quantity | float, b: Quantity | float) -> Quantity:
    """The larger of the two."""
    return apply("at_least", a, b)


def at_most(a: Quantity | float, b: Quantity | float) -> Quantity:
    """The smaller of the two."""
    return apply("at_most", a, b)


def between(a: Quantity | float, low: Quantity | float, high: Quantity | float) -> Quantity:
    """`a`, but not below `low` nor above `high`."""
    return apply("between", a, low, high)


def round_up(a: Quantity) -> Quantity:
    """The next whole number; half a thousand-millionth above one still counts as it."""
    return apply("round_up", a)


def sum_of(items: Iterable[Quantity]) -> Quantity:
    """All of them added up; zero for none and the thing itself for one."""
    several = tuple(items)
    if len(several) < 2:
        return several[0] if several else ZERO
    return apply("sum_of", *several)


def pick(index: Quantity, items: Iterable[Quantity]) -> Quantity:
    """The item with that number, counted from 1; the last one continues."""
    return apply("pick", index, *items)


def previous(x: Quantity, first: Quantity | float) -> Quantity:
    """The row one month before; `first` in month 1 (of a row, its first month)."""
    return apply("previous", x, first)


def running_total(x: Quantity) -> Quantity:
    """The row added up to each month."""
    return apply("running_total", x)


def total(x: Quantity) -> Quantity:
    """The row added up over all months, a figure."""
    return apply("total", x)


def lowest(x: Quantity) -> Quantity:
    """The smallest month, a figure."""
    return apply("lowest", x)


def highest(x: Quantity) -> Quantity:
    """The largest month, a figure."""
    return apply("highest", x)


def year_total(x: Quantity, years: Quantity) -> Quantity:
    """The sum of the contract year, in each of its months."""
    return apply("year_total", x, years)


def year_peak(x: Quantity, years: Quantity) -> Quantity:
    """The largest month of the contract year, in each of its months."""
    return apply("year_peak", x, years)


def in_year(x: Quantity, years: Quantity, year: Quantity | float) -> Quantity:
    """The sum of one contract year, a figure."""
    return apply("in_year", x, years, year)


def worth(x: Quantity, factor: Quantity) -> Quantity:
    """The row added up, each month times its factor, a figure."""
    return apply("worth", x, factor)


def compounded(rate: Quantity, years: Quantity, first: Quantity | float) -> Quantity:
    """The product of (1 + rate) over the contract years from `first` on, the rate read at each year's first month."""
    return apply("compounded", rate, years, first)


def irr(flows: Quantity) -> Quantity:
    """The monthly internal rate of return of a row, a figure; nan where there is none."""
    return apply("irr", flows)


def named(q: Quantity, line: Line, months: Quantity) -> Quantity:
    """The quantity as a row under its own heading, a figure spread over the months; ValueError at another length."""
    if type(q.value) is not tuple:
        q = apply("spread", q, months)
    if len(q.row) != len(months.row):
        raise ValueError(f"{line.name} has {len(q.row)} months, the scenario {len(months.row)}")
    return Quantity(q.value, "line", (q,), line)


def named_figure(q: Quantity, line: Line) -> Quantity:
    """The quantity as a figure under a heading of its own; TypeError for a row."""
    return Quantity(q.figure, "line", (q,), line)
