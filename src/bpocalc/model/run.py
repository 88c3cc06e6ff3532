"""Running a scenario: every function, its baseline and its options, in one book of lines."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.model.book import Book, Lines, line
from bpocalc.model.demand import Work
from bpocalc.model.option import Outcome, improved, in_house, outsourced
from bpocalc.model.overtime import all_idle
from bpocalc.model.side import Setting, State
from bpocalc.quantity import Quantity
from bpocalc.scenario.function import Function
from bpocalc.scenario.loading import Loaded
from bpocalc.scenario.option import Improved
from bpocalc.scenario.places import places_of
from bpocalc.timeline import Clock


class Ways(NamedTuple):
    """One function as it was run: its in-house side first, then its options, by name."""

    function: Function
    volume: Quantity | None
    full: State
    outcomes: dict[str, Outcome]


class Run(NamedTuple):
    """A scenario with its lines."""

    loaded: Loaded
    book: Book
    functions: dict[str, Ways]
    modelled: int
    """How many lines the model has; those that come after them in the book are results."""


@line("factor")
def inflation(rate: Quantity, clock: Clock) -> Quantity:
    """Prices against month 1: they move by the inflation at each contract anniversary."""
    return clock.yearly(rate)


def run(loaded: Loaded, functions: list[str] | None = None, options: list[str] | None = None) -> Run:
    """Compute all lines of a scenario, or of some of its functions and options only.

    `options` holds names of options, or `function.option`; the baseline and the mix that the scenario names are always
    computed.
    """
    scenario, clock = loaded.scenario, loaded.clock
    book = Book(clock, scenario.currency)
    for rate in loaded.rates.values():
        book.adopt(rate)
    prices = Lines(book, "scenario").driver(inflation, scenario.inflation, clock)
    ways: dict[str, Ways] = {}
    for key, function in scenario.functions.items():
        if functions is None or key in functions:
            ways[key] = _ways(key, function, loaded, prices, book, options)
    for made in (*loaded.steps, *clock.added.values()):
        book.adopt(made)
    return Run(loaded, book, ways, len(book.entries))


def _ways(
    key: str, function: Function, loaded: Loaded, prices: Quantity, book: Book, options: list[str] | None
) -> Ways:
    """One function: its work, the in-house side, and its options."""
    work = Work(function.demand, book.lines(key), several=function.demands)
    setting = Setting(work, prices, places_of(loaded.scenario, loaded.clock))
    lines = book.lines(f"{key}.in_house")
    full = in_house(function.in_house, setting, lines)
    outcomes = {"in_house": Outcome(lines.costs, idle_pay=all_idle(full.idle, lines))}
    for name, option in function.options.items():
        always = name in (function.baseline, loaded.scenario.mix.get(key))
        if options is not None and not always and not {name, f"{key}.{name}"} & set(options):
            continue
        lines = book.lines(f"{key}.{name}")
        if isinstance(option, Improved):
            outcomes[name] = improved(option, function.in_house, full, setting, lines)
        else:
            providers = loaded.scenario.providers
            outcomes[name] = outsourced(option, function.in_house, full, setting, providers, lines)
    return Ways(function, work.volume, full, outcomes)
