"""Time: all conventions of months, contract years, growth and discounting, in one place.

- Month 1 is the scenario's start; contract year 1 is months 1 to 12, and so on.
- Wages, prices and indices move in yearly steps at the contract anniversary; demand grows smoothly by month.
- The discount rate is annual and effective: factor = (1 + r)^(-t), t = m/12 at the end of month m, (m - 1)/12 at its
  start, (m - 1/2)/12 in its middle. What is paid at signature falls in month 1 with t = 0.
- A ramp reaches k/ramp at the end of its k-th month; a payment in month 3.5 falls half in month 3, half in month 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Literal, NamedTuple

from bpocalc.about import Line
from bpocalc.quantity import (
    ONE,
    Quantity,
    at_least,
    between,
    compounded,
    describe,
    highest,
    named,
    named_figure,
    year_total,
)
from bpocalc.words import FIRST_STEP, HALF, MINUTES, MONTHS, WEEKS

__all__ = ["HALF", "MINUTES", "MONTHS", "MOST_MONTHS", "WEEKS", "Clock", "Instant", "Month", "age_between", "month_of"]

MOST_MONTHS = 600

Instant = Literal["start", "mid", "end"]


LAST = f"-{MONTHS}"
"""A figure of a year counts as one of the last month of it."""


class Month(NamedTuple):
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """The month written as 2027-01; None where the text is something else."""
        found = re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", text)
        return cls(int(found[1]), int(found[2])) if found else None

    def after(self, months: int) -> Month:
        """The calendar month that many months later."""
        count = self.year * MONTHS + self.number - 1 + months
        return Month(count // MONTHS, count % MONTHS + 1)

    def until(self, other: Month) -> int:
        """Months from this one to the other."""
        return (other.year - self.year) * MONTHS + other.number - self.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def month_of(as_of: str) -> Month | None:
    """The month of a date, the last one of a year; None for what is no date."""
    return Month.parse(as_of[:7] if len(as_of) > len("2027") else as_of + LAST)


def age_between(as_of: str, start: Month | None) -> int | None:
    """Whole months from a date to the start; None where either is missing."""
    month = month_of(as_of)
    return month.until(start) if month and start else None


class Clock:
    """The months of a scenario, and the rows that count them."""

    def __init__(self, months: int, start: Month | None = None) -> None:
        self.months = months
        self.start = start
        self.added: dict[str, Quantity] = {}
        """Further lines about time, made when they were asked for, by address."""
        self._steps: dict[int, tuple[Quantity, Quantity]] = {}

    @cached_property
    def month(self) -> Quantity:
        """The month, counted from 1."""
        return self._row("month", "month", "Month of the scenario, counted from 1", lambda m: m + 1)

    @cached_property
    def year(self) -> Quantity:
        """The contract year, counted from 1."""
        return self._row("year", "year", "Contract year", lambda m: m // MONTHS + 1)

    @cached_property
    def year_length(self) -> Quantity:
        """Months of the contract year that lie in the scenario."""
        label = "Months of the contract year in the scenario"
        return self._row("year_length", "months", label, lambda m: min(MONTHS, self.months - m // MONTHS * MONTHS))

    @cached_property
    def calendar(self) -> Quantity:
        """The number of the calendar month."""
        first = self.start.number if self.start else 1
        return self._row("calendar_month", "month", "Calendar month", lambda m: (first - 1 + m) % MONTHS + 1)

    @cached_property
    def closing(self) -> Quantity:
        """1 in the last month of each contract year, or of the scenario."""
        label = "1 in the last month of each contract year"
        return self._row("year_end", "", label, lambda m: (m + 1) % MONTHS == 0 or m + 1 == self.months)

    @cached_property
    def opening(self) -> Quantity:
        """1 in the first month of each contract year."""
        return self._row("year_start", "", "1 in the first month of each contract year", lambda m: m % MONTHS == 0)

    @cached_property
    def last(self) -> Quantity:
        """The number of months, a figure."""
        return named_figure(highest(self.month), Line("months", "months", "Months of the scenario"))

    def _row(self, name: str, unit: str, label: str, of: Callable[[int], int]) -> Quantity:
        return Quantity(tuple([float(of(m)) for m in range(self.months)]), about=Line(name, unit, label))

    @property
    def rows(self) -> tuple[Quantity, ...]:
        """The rows that count time."""
        return (self.month, self.year, self.year_length, self.calendar, self.closing, self.opening)

    @property
    def years(self) -> int:
        """Contract years begun within the scenario."""
        return -(-self.months // MONTHS)

    def label(self, month: int) -> str:
        """The calendar month of a month counted from 1, or its number where no start is given."""
        return str(self.start.after(month - 1)) if self.start else f"month {month}"

    def line(self, q: Quantity, name: str, unit: str, label: str) -> Quantity:
        """The quantity as a named row over these months."""
        return named(q, Line(name, unit, label), self.month)

    def yearly(self, rate: Quantity) -> Quantity:
        """What grows by the rate at each contract anniversary: 1 in year 1. One quantity is kept for each rate."""
        kept = self._steps.get(id(rate))
        if kept is None:
            grown = self._compounded(rate) if rate.is_row else (1 + rate) ** (self.year - 1)
            kept = self._steps[id(rate)] = (rate, grown)
        return kept[1]

    def _compounded(self, rate: Quantity) -> Quantity:
        """The steps of a rate that changes from year to year, as a line of their own."""
        name = f"{describe(rate)}.index"
        steps = compounded(rate, self.year, FIRST_STEP)
        made = self.added[name] = self.line(steps, name, "factor", "Yearly steps so far, one after the other")
        return made

    def month_of(self, date: Month) -> Quantity:
        """The number of a calendar month, counted from the start of the scenario."""
        assert self.start is not None
        name = f"month_of.{date.year:04d}_{date.number:02d}"
        return self._number(name, self.start.until(date) + 1, "month", f"{date}, counted from the start")

    def contract_year(self, number: int) -> Quantity:
        """The number of a contract year."""
        return self._number(f"contract_year.{number}", number, "year", f"Contract year {number}")

    def contract_month(self, number: int) -> Quantity:
        """The number of a month of a contract."""
        return self._number(f"contract_month.{number}", number, "month", f"Contract month {number}")

    def _number(self, name: str, value: int, unit: str, label: str) -> Quantity:
        if name not in self.added:
            self.added[name] = Quantity(float(value), about=Line(name, unit, label))
        return self.added[name]

    def smoothly(self, rate: Quantity) -> Quantity:
        """What grows by the rate a year, a little each month: 1 in month 1."""
        return (1 + rate) ** ((self.month - 1) / MONTHS)

    def yearly_mean(self, row: Quantity) -> Quantity:
        """The mean month of the contract year, in each of its months."""
        return year_total(row, self.year) / self.year_length

    def from_month(self, at: Quantity) -> Quantity:
        """0 before that month and 1 from it on; a month and a half gives a half in between."""
        return between(self.month - at + 1, 0, 1)

    def until_month(self, last: Quantity) -> Quantity:
        """1 up to and with that month, then 0."""
        return between(last - self.month + 1, 0, 1)

    def months_of_year(self, first: Quantity | None, last: Quantity | None) -> Quantity:
        """Months of the contract year that lie between two months, both counted; all of them where none is given."""
        if first is None and last is None:
            return self.year_length
        before = (self.year - 1) * MONTHS
        ends = before + self.year_length
        upper = ends if last is None else between(last, before, ends)
        return upper - (before if first is None else between(first - 1, before, ends))

    def in_month(self, at: Quantity) -> Quantity:
        """1 in that month; a month and a half splits it in two."""
        return between(self.month - at + 1, 0, 1) - between(self.month - at, 0, 1)

    def over(self, start: Quantity, months: Quantity) -> Quantity:
        """The share of a span of months that falls in each month; the shares add up to 1."""
        gone = between(self.month - start + 1, 0, months)
        return (gone - between(self.month - start, 0, months)) / months

    def ramp(self, begin: Quantity, ramp: Quantity, lag: Quantity | float = 0) -> Quantity:
        """0 up to the end of month `begin + lag`, 1 after `ramp` months more, in equal steps between."""
        return between((self.month - begin - lag) / at_least(ramp, 1), 0, 1)

    def factor(self, rate: Quantity, instant: Instant, compounding: Literal["yearly", "monthly"]) -> Quantity:
        """The discount factor of each month for payments at that instant of it."""
        ahead = {"end": self.month, "mid": self.month - HALF, "start": self.month - 1}[instant]
        if compounding == "monthly":
            return ONE / (1 + rate / MONTHS) ** ahead
        return ONE / (1 + rate) ** (ahead / MONTHS)
