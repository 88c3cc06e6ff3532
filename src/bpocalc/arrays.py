"""Words on arrays: what `words` writes in its array column, for many trials at once.

An array has a row for each month, or one where all months are alike, and a column for each trial, or one where all
trials are alike; a figure is an array with one row. A row that a word reads across its months has all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, reduce

import numpy as np
from numpy import add, ceil, cumsum, log, maximum, minimum, where

from bpocalc import queues, recursion
from bpocalc.words import FUNCTIONS, WORDS, Value, compiled

__all__ = ["Array", "Function", "add", "ceil", "cumsum", "log", "maximum", "minimum", "where"]

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Function = Callable[..., Array]


def array_of(value: Value) -> Array:
    """A number, or one for each month, as an array of one trial."""
    return np.array(value, dtype=np.float64).reshape(-1, 1)


def over_months(x: Array, months: int) -> Array:
    """A view of an array with a row for each month."""
    return np.broadcast_to(x, (months, x.shape[1]))


@cache
def function_of(word: str, kinds: tuple[type, ...]) -> Function:
    """The function of a word on arrays, for one combination of rows and figures."""
    text = WORDS[word].array
    if not text:
        return _by_trial(FUNCTIONS.get((word, *kinds)) or compiled(word, kinds), kinds)
    names = "*xs" if "xs" in text else ", ".join("abc"[: len(kinds)])
    made: Function = eval(f"lambda {names}: {text}", globals())
    return made


def _by_trial(function: Callable[..., Value], kinds: tuple[type, ...]) -> Function:
    """A word that has no text on arrays: its Python function, once for each trial; nan where it cannot be computed."""

    def all_trials(*args: Array) -> Array:
        trials = max(a.shape[1] for a in args)
        columns = [np.broadcast_to(a, (a.shape[0], trials)).T.tolist() for a in args]
        values: list[Value] = []
        for trial in zip(*columns, strict=True):
            each = zip(trial, kinds, strict=True)
            try:
                values.append(function(*[tuple(column) if kind is tuple else column[0] for column, kind in each]))
            except ArithmeticError:
                values.append(np.nan)
        months = max(len(value) if isinstance(value, tuple) else 1 for value in values)
        return np.array([np.broadcast_to(value, (months,)) for value in values]).T

    return all_trials


def queued(xs: tuple[Array, ...]) -> Array:
    """The manned hours of a queue: by a table of limits where that is possible, else by the recursion."""
    made = queues.manned_hours(*xs)
    return recursion.manned_hours(xs) if made is None else made


def summed(xs: tuple[Array, ...]) -> Array:
    """All of them added up, from the left."""
    return reduce(add, xs)


def picked(xs: tuple[Array, ...]) -> Array:
    """The item with that number, counted from 1, month by month; the first array is the number, the last continues."""
    index, items = xs[0], xs[1:]
    months = max(x.shape[0] for x in xs)
    if index.shape[1] > 1:
        trials = max(x.shape[1] for x in xs)
        known = index == index
        numbers = where(known, minimum(index, len(items)), 1).astype(np.intp) - 1
        numbers = np.broadcast_to(numbers, (months, trials))
        stacked = np.stack([np.broadcast_to(x, (months, trials)) for x in items])
        return where(known, np.take_along_axis(stacked, numbers[None], 0)[0], np.nan)
    rows, never = [], array_of(np.nan)
    for month, number in enumerate(np.broadcast_to(index, (months, 1))[:, 0].tolist()):
        item = items[min(int(number), len(items)) - 1] if number == number else never
        rows.append(item[min(month, item.shape[0] - 1)])
    trials = max(row.shape[0] for row in rows)
    return np.stack([np.broadcast_to(row, (trials,)) for row in rows])


def previous(x: Array, first: Array) -> Array:
    """The row one month before; in month 1 the first month of `first`."""
    trials = max(x.shape[1], first.shape[1])
    return np.concatenate([np.broadcast_to(part, (len(part), trials)) for part in (first[:1], x[:-1])])


def delayed(x: Array, by: Array) -> Array:
    """The row some months later, 0 before; part of a month splits each payment between two months."""
    months, trials = len(x), max(x.shape[1], by.shape[1])
    whole = np.floor(by)
    padded = np.broadcast_to(np.concatenate([np.zeros((1, x.shape[1])), x]), (months + 1, trials))
    back = np.broadcast_to(np.arange(1, months + 1)[:, None] - whole, (months, trials))
    here, before = [np.take_along_axis(padded, maximum(at, 0).astype(np.intp), 0) for at in (back, back - 1)]
    paid: Array = here * (1 - (by - whole)) + before * (by - whole)
    return paid


def _starts(years: Array) -> Places:
    """The first month of each contract year, counted from 0."""
    return np.concatenate([[0], 1 + np.flatnonzero(years[1:, 0] != years[:-1, 0])]).astype(np.intp)


def _in_months(each: Array, years: Array) -> Array:
    """What there is one of for each contract year, in each of its months."""
    return each[np.searchsorted(_starts(years), np.arange(len(years)), "right") - 1]


def by_year(measure: np.ufunc, x: Array, years: Array) -> Array:
    """The measure of each contract year, in each of its months."""
    made: Array = measure.reduceat(x, _starts(years), 0)
    return _in_months(made, years)


def compounded(rate: Array, years: Array, first: Array) -> Array:
    """The product of (1 + rate) over the contract years from `first` on, the rate read at each year's first month."""
    starts = _starts(years)
    begins = over_months(first, len(years))[starts]
    steps: Array = where(years[starts] >= begins, 1 + rate[starts], 1.0)
    return _in_months(np.multiply.accumulate(steps, 0), years)
