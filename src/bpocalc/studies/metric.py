"""The result that a study follows: one figure of one option."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bpocalc.about import Line
from bpocalc.comparison import Comparison, Group, Result, nearest
from bpocalc.problems import did_you_mean, printable
from bpocalc.quantity import Quantity

METRIC = "npv_saving"


class Metric(NamedTuple):
    """A result of an option."""

    address: str
    quantity: Quantity
    title: str
    """What it is, in words."""
    option: str
    """The address of its option, such as `care.manila`."""

    @property
    def unit(self) -> str:
        """The unit of its figure."""
        return self.quantity.about.unit if self.quantity.about is not None else ""


class NoMetric(ValueError):
    """There is no such result; says why."""


def metric_of(comparison: Comparison, name: str = METRIC, option: str = "") -> Metric:
    """A result by its name or address, of an option that is named by `function.option`, its name, or not at all.

    Then it is the best option beside the baseline, and of several functions the mix that the scenario names, or else
    the best one, which stays as it is whatever is moved. NoMetric where there is none.
    """
    by_address = {r.address: r for group in _groups(comparison) for r in group.results.values()}
    if "." in name and not option:
        option, _, name = name.rpartition(".")
    result = _option(by_address, option) if option else _usual(comparison)
    found = result.metrics.get(name)
    figures = [key for key, q in result.metrics.items() if not q.is_row and isinstance(q.about, Line)]
    if name not in figures or found is None:
        if not figures or METRIC not in figures:
            raise NoMetric(f"{result.address} is the baseline, or has nothing to compare it with")
        raise NoMetric(f"{result.address} has no result '{printable(name)}': {did_you_mean(name, figures)}")
    assert isinstance(found.about, Line)
    title = comparison.run.book.entries[found.about.name].title
    return Metric(found.about.name, found, title, result.address)


def _groups(comparison: Comparison) -> list[Group]:
    return [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]


def _option(by_address: dict[str, Result], option: str) -> Result:
    """The result of an option; the name alone will do where it is the only one."""
    ends = [r for at, r in by_address.items() if option in (at, r.key)]
    if option in by_address:
        return by_address[option]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise NoMetric(f"'{option}' is an option of several functions: give {_either(r.address for r in ends)}")
    raise NoMetric(f"there is no option '{printable(option)}': {did_you_mean(option, by_address)}")


def _either(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _usual(comparison: Comparison) -> Result:
    """What is followed where no option is named."""
    if comparison.total is not None:
        results = comparison.total.results
        return results.get("mix", results["best"])
    (group,) = comparison.functions.values()
    rival = nearest(group)
    if rival is None:
        raise NoMetric(f"{group.key} has no option to compare it with")
    return rival
