"""The vocabulary: every word that a formula is written with, how Python computes it and how a reader sees it.

One table holds all words, so that none can be forgotten in one of the readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, reduce
from itertools import accumulate
from math import ceil, floor, log, nan
from operator import add, mul
from typing import Any, NamedTuple

from bpocalc.erlang import by_month

Row = tuple[float, ...]
Value = float | Row


def added(xs: Iterable[float]) -> float:
    """The sum, one after the other: `sum` adds in ways of its own from Python 3.12 on, and other readings do not."""
    return reduce(add, xs, 0.0)


def _year_blocks(years: Row) -> Iterable[tuple[int, int]]:
    """First and one-past-last month of each contract year."""
    start = 0
    for month in range(1, len(years) + 1):
        if month == len(years) or years[month] != years[start]:
            yield start, month
            start = month


def _previous(x: Row, first: Value) -> Row:
    return (first[0] if isinstance(first, tuple) else first, *x[:-1])


def _of_year(measure: Callable[[Row], float], x: Row, years: Row) -> Row:
    out: list[float] = []
    for start, stop in _year_blocks(years):
        out.extend([measure(x[start:stop])] * (stop - start))
    return tuple(out)


def _unless_never(measure: Callable[[Row], float], x: Row) -> float:
    return nan if any(a != a for a in x) else measure(x)


def _delayed(x: Row, months: Row, by: float) -> Row:
    whole = floor(by)
    part = by - whole
    late = [0.0] * min(whole, len(x)) + list(x)
    later = [0.0, *late]
    return tuple([a * (1 - part) + b * part for a, b, _ in zip(late, later, months, strict=False)])


def _in_year(x: Row, years: Row, year: float) -> float:
    return added([a for a, y in zip(x, years, strict=True) if y == year])


def _compounded(rate: Row, years: Row, first: Value) -> Row:
    out: list[float] = []
    level = 1.0
    for start, stop in _year_blocks(years):
        if years[start] >= (first[start] if isinstance(first, tuple) else first):
            level *= 1 + rate[start]
        out.extend([level] * (stop - start))
    return tuple(out)


def _irr(flows: Row) -> float:
    """Monthly rate at which the flows are worth nothing; nan where there is none that can be computed.

    With costs at the end too, the guess may lead to a rate below zero where there is one above as well: then it is
    looked for from nought.
    """
    if not min(flows) < 0 < max(flows):
        return nan
    first = _newton(flows, _guess(flows))
    if first > 0:
        return first
    second = _newton(flows, 0.0)
    return second if second == second else first


def _guess(flows: Row) -> float:
    """The rate of return of two payments: all gains at their mean month, all costs at theirs."""
    gains = [(m, a) for m, a in enumerate(flows, 1) if a > 0]
    costs = [(m, -a) for m, a in enumerate(flows, 1) if a < 0]
    gain, cost = added([a for _, a in gains]), added([a for _, a in costs])
    apart = added([m * a for m, a in gains]) / gain - added([m * a for m, a in costs]) / cost
    try:
        return float((gain / cost) ** (1 / apart) - 1) if apart > 0 else 0.0
    except OverflowError:
        return 0.0


def _newton(flows: Row, rate: float) -> float:
    """Monthly rate at which the flows are worth nothing; nan where Newton's method finds none from a guess."""
    try:
        return _rate_from(flows, rate)
    except OverflowError:
        return nan


def _rate_from(flows: Row, rate: float) -> float:
    for _ in range(50):
        if rate <= -1:
            return nan
        worth = slope = 0.0
        factor = 1.0
        for month, flow in enumerate(flows, 1):
            factor /= 1 + rate
            worth += flow * factor
            slope -= month * flow * factor / (1 + rate)
        if slope == 0:
            return nan
        step = worth / slope
        rate -= step
        if abs(step) < 1e-13 * max(1.0, abs(rate)):
            return rate
    return nan


class Word(NamedTuple):
    """One entry of the vocabulary: how Python computes the word, on numbers and on arrays, and how a reader sees it."""

    python: str | Callable[..., Value]
    """For a word that acts month by month its text on a, b, c; for one that looks across months, its function."""
    reader: str
    sheet: str
    """The sign of an infix word in a spreadsheet; of any other word its formula, with the slots of `formulas.Slots`.

    Empty for a word that no spreadsheet can compute: a line with it is stated there, and not live.
    """
    array: str = ""
    """Its text on arrays a, b, c (or all, xs) of months × trials, in the names of `arrays`.

    Empty for a word that is computed trial by trial by its Python function.
    """
    binds: int = 0
    """How strongly an infix word binds; 0 for words written as word(a, b)."""
    truth: bool = False
    """Whether a spreadsheet makes it true or false, which it would not add up, and not 1 or 0."""


MONTHS, WEEKS, MINUTES, HALF, HALF_CENT = 12, 52, 60, 0.5, 0.005
ROUNDING, WHOLE = 5e-7, 5e-10
FIRST_STEP = 2

CONSTANTS: dict[float, tuple[str, str]] = {
    MONTHS: ("months_per_year", "Months of a year"),
    WEEKS: ("weeks_per_year", "Weeks of a year"),
    MINUTES: ("minutes_per_hour", "Minutes of an hour"),
    HALF: ("half_month", "The middle of a month"),
    HALF_CENT: ("half_cent", "A saving so far within half a cent of zero counts as zero"),
    ROUNDING: ("comparison_tolerance", "What comparisons allow: programs differ at the last bit"),
    WHOLE: ("rounding_tolerance", "So far above a whole number it still counts as it when rounded up"),
    FIRST_STEP: ("first_step", "Contract year of the first yearly step"),
}
"""The numbers beside 0 and 1 that formulas may contain, each with its name and what it is."""

GAINS, COSTS = 'SUMIF({a_row},">0")', 'SUMIF({a_row},"<0")'
GAIN_MONTH = f"SUMPRODUCT(({{a_row}}>0)*{{a_row}},{{months}})/{GAINS}"
COST_MONTH = f"SUMPRODUCT(({{a_row}}<0)*{{a_row}},{{months}})/{COSTS}"
GUESSED = f"IRR({{a_row}},IFERROR(({GAINS}/(0-{COSTS}))^(1/({GAIN_MONTH}-{COST_MONTH}))-1,0))"

WORDS: dict[str, Word] = {
    "+": Word("a + b", "+", "+", "a + b", 2),
    "-": Word("a - b", "−", "-", "a - b", 2),
    "*": Word("a * b", "×", "*", "a * b", 3),
    "/": Word("a / b", "÷", "/", "a / b", 3),
    "**": Word("a ** b", "^", "^", "a ** b", 4),
    "log": Word("log(a)", "ln", "LN({a})", "log(a)"),
    ">": Word(
        f"1.0 if a - b > {ROUNDING} else 0.0", ">", "{a_}-{b_}>{tolerance}", f"a - b > {ROUNDING}", 1, truth=True
    ),
    ">=": Word(
        f"1.0 if a - b > -{ROUNDING} else 0.0", "≥", "{a_}-{b_}>0-{tolerance}", f"a - b > -{ROUNDING}", 1, truth=True
    ),
    "where": Word("b if a else c", "if", "IF({a},{b},{c})", "where(a, b, c)"),
    "ratio": Word("a / b if b else c", "ratio", "IF({b_}=0,{c},{a_}/{b_})", "where(b, a / b, c)"),
    "at_least": Word("a if a > b else b if a <= b else nan", "at least", "MAX({a},{b})", "maximum(a, b)"),
    "at_most": Word("a if a < b else b if a >= b else nan", "at most", "MIN({a},{b})", "minimum(a, b)"),
    "between": Word(
        "a if b <= a <= c else b if a < b else c if a > c else nan",
        "between",
        "MIN(MAX({a},{b}),{c})",
        "minimum(maximum(a, b), c)",
    ),
    "round_up": Word(
        f"float(ceil(a - {WHOLE})) if a == a else nan", "rounded up", "(0-INT({whole}-{a_}))", f"ceil(a - {WHOLE})"
    ),
    "sum_of": Word(lambda *xs: _summed(xs), "+", "+", "summed(xs)", 2),
    "pick": Word(lambda i, *xs: _picked(i, xs), "pick", "CHOOSE({a},{items})", "picked(xs)"),
    "series": Word(lambda i, *xs: _picked(i, xs), "month by month", "INDEX({list},{a})", "picked(xs)"),
    "erlang_c": Word(by_month, "Erlang C", "", "queued(xs)"),
    "spread": Word(lambda a, months: (a,) * len(months), "every month", "{a}", "a"),
    "chance": Word(lambda p, periods: (p,) * len(periods), "chance", "{a}", "a"),
    "previous": Word(_previous, "month before", "IF({month}=1,{b},{a_before})", "previous(a, b)"),
    "delayed": Word(
        _delayed,
        "paid later",
        "(SUMIF({b_row},{b_}-INT({c}),{a_row})*(1-{c_}+INT({c}))+SUMIF({b_row},{b_}-INT({c})-1,{a_row})*({c_}-INT({c})))",
        "delayed(a, c)",
    ),
    "running_total": Word(lambda x: tuple(accumulate(x)), "so far", "SUM({a_far})", "cumsum(a, 0)"),
    "total": Word(added, "total", "SUM({a_row})", "a.sum(0, keepdims=True)"),
    "lowest": Word(partial(_unless_never, min), "lowest", "MIN({a_row})", "a.min(0, keepdims=True)"),
    "highest": Word(partial(_unless_never, max), "highest", "MAX({a_row})", "a.max(0, keepdims=True)"),
    "year_total": Word(partial(_of_year, added), "year's total", "SUMIF({b_row},{b},{a_row})", "by_year(add, a, b)"),
    "year_peak": Word(
        partial(_of_year, max),
        "year's peak",
        "MAX(INDEX({a_row},MATCH({b},{b_row},0)):INDEX({a_row},MATCH({b},{b_row},1)))",
        "by_year(maximum, a, b)",
    ),
    "in_year": Word(_in_year, "in year", "SUMIF({b_row},{c},{a_row})", "where(b == c, a, 0.0).sum(0, keepdims=True)"),
    "worth": Word(
        lambda x, factor: added(map(mul, x, factor)),
        "worth",
        "SUMPRODUCT({a_row},{b_row})",
        "(a * b).sum(0, keepdims=True)",
    ),
    "compounded": Word(
        _compounded,
        "compounded",
        "IF({b}={b_before},{own_before},IF({b_before}=0,1,{own_before})*IF({b}>={c},1+{a_},1))",
        "compounded(a, b, c)",
    ),
    "irr": Word(
        _irr,
        "internal rate of return",
        f"IF(IFERROR({GUESSED},0)>0,{GUESSED},IFERROR(IRR({{a_row}},0),IFERROR({GUESSED},NA())))",
    ),
}

OF_LINES = frozenset(
    {
        "previous", "delayed", "running_total", "total", "lowest", "highest",
        "year_total", "year_peak", "in_year", "worth", "compounded", "irr",
    }
)  # fmt: skip
"""Words that need a row to point at: their first argument is a named line."""

FUNCTIONS: dict[tuple[Any, ...], Callable[..., Value]] = {}
"""The function of each word for each combination of rows and figures met so far."""


def _summed(xs: tuple[Value, ...]) -> Value:
    rows = [x for x in xs if isinstance(x, tuple)]
    rest = added([x for x in xs if not isinstance(x, tuple)])
    if not rows:
        return rest
    if len({*map(len, rows)}) > 1:
        raise ValueError("rows of different length are not added up")
    so_far: Iterable[float] = rows[0]
    for row in rows[1:]:
        so_far = map(add, so_far, row)
    return tuple([x + rest for x in so_far]) if rest else tuple(so_far)


def _picked(index: Value, items: tuple[Value, ...]) -> Value:
    last = len(items)
    if not isinstance(index, tuple):
        if index != index:
            return nan
        chosen = items[min(int(index), last) - 1]
        months = next((len(x) for x in items if isinstance(x, tuple)), 0)
        return (chosen,) * months if months and not isinstance(chosen, tuple) else chosen
    each = [items[min(int(i), last) - 1] if i == i else nan for i in index]
    return tuple([x[month] if isinstance(x, tuple) else x for month, x in enumerate(each)])


def compiled(word: str, kinds: tuple[type, ...]) -> Callable[..., Value]:
    """The function of a word for one combination of rows and figures, tuples and floats, made once."""
    python = WORDS[word].python
    if callable(python):
        made = python
    else:
        names = "abc"[: len(kinds)]
        rows = [name for name, kind in zip(names, kinds, strict=True) if kind is tuple]
        text = python
        if len(rows) == 1:
            text = f"tuple([{python} for {rows[0]} in {rows[0]}])"
        elif rows:
            text = f"tuple([{python} for {', '.join(rows)} in zip({', '.join(rows)})])"
        made = eval(f"lambda {', '.join(names)}: {text}", {"ceil": ceil, "log": log, "nan": nan})
    FUNCTIONS[(word, *kinds)] = made
    return made
