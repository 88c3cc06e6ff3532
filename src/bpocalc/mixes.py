"""Mixes: one option for each function, with the discounts that providers give on their joint spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod
from typing import NamedTuple

from bpocalc.model.book import Book, Entry, Lines, line
from bpocalc.model.charges import discount_of
from bpocalc.model.run import Run
from bpocalc.model.scale import spend
from bpocalc.quantity import Quantity, sum_of
from bpocalc.streams import Discounter
from bpocalc.words import HALF_CENT

MOST_COMBINATIONS = 100_000
"""Up to so many combinations are all tried; beyond, options are changed one function at a time."""


class Mix(NamedTuple):
    """One option for each function."""

    options: dict[str, str]
    exhaustive: bool = True
    """Whether every combination was tried to find it."""


@line("$/month", "fees")
def bundle_discount(joint: Quantity, alone: list[Quantity]) -> Quantity:
    """Joint volume discount: the discount on the joint spend less the discounts taken alone."""
    return joint - sum_of(alone)


def mix_of(mix: Mix, run: Run, lines: Lines) -> dict[str, Entry]:
    """The joint discount lines of a mix, put into the book."""
    for provider, parts in _by_provider(mix.options, run).items():
        if len(parts) > 1:
            _bundle(provider, parts, run, lines)
    return {name: entry for name, entry in lines.costs.items() if name.startswith("bundle_discount")}


def _by_provider(options: Mapping[str, str], run: Run) -> dict[str, list[tuple[str, str]]]:
    """The functions and options of a mix in which each provider has spend that it discounts."""
    found: dict[str, list[tuple[str, str]]] = {}
    for function, option in options.items():
        for provider in run.functions[function].outcomes[option].spend:
            found.setdefault(provider, []).append((function, option))
    return found


def _bundle(provider: str, parts: list[tuple[str, str]], run: Run, lines: Lines) -> Quantity:
    """One provider's joint discount, as a negative cost line."""
    outcomes = [run.functions[function].outcomes[option] for function, option in parts]
    within = Lines(lines.book, f"{lines.prefix}.joint")
    joint_spend = within.driver(spend, [outcome.spend[provider] for outcome in outcomes], of=provider)
    joint = discount_of(provider, joint_spend, run.loaded.scenario.providers[provider], within)
    alone = [outcome.discount[provider] for outcome in outcomes]
    return lines.cost(bundle_discount, joint, alone, of=provider, title=f"joint volume discount, {provider}")


def cheapest(values: Mapping[str, float], first: str) -> str:
    """The least of several costs; what is not dearer by more than half a cent counts as equal, and `first` wins."""
    least = min(values.values())
    return first if values[first] <= least + HALF_CENT else min(values, key=values.__getitem__)


def best_mix(
    values: Mapping[str, Mapping[str, float]], baselines: Mapping[str, str], run: Run, discounter: Discounter
) -> Mix:
    """The mix of least present value of cost, joint discounts included.

    `values` holds the present value of each option of each function. Only functions that could share a provider's
    discount are combined; each of the others takes its own best option.
    """
    shared: dict[str, set[str]] = {}
    for function, ways in run.functions.items():
        for outcome in ways.outcomes.values():
            for provider in outcome.spend:
                shared.setdefault(provider, set()).add(function)
    tied = sorted({function for users in shared.values() if len(users) > 1 for function in users})
    best = {function: cheapest(options, baselines[function]) for function, options in values.items()}
    if not tied:
        return Mix(best)
    known: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}

    def cost(choice: Mapping[str, str]) -> float:
        whole = sum(values[function][option] for function, option in choice.items())
        for provider, parts in _by_provider(choice, run).items():
            key = (provider, tuple(parts))
            if len(parts) > 1:
                if key not in known:
                    known[key] = _worth(provider, parts, run, discounter)
                whole += known[key]
        return whole

    combinations = prod(len(values[function]) for function in tied)
    if combinations <= MOST_COMBINATIONS:
        choices: Iterator[Mapping[str, str]] = (
            dict(zip(tied, options, strict=True)) for options in product(*(values[f] for f in tied))
        )
        found: Mapping[str, str] = min(choices, key=cost)
        apart = {function: best[function] for function in tied}
        return Mix(best if cost(apart) <= cost(found) + HALF_CENT else {**best, **found})
    return Mix({**best, **_step_by_step({f: best[f] for f in tied}, values, cost)}, exhaustive=False)


def _step_by_step(
    start: dict[str, str], values: Mapping[str, Mapping[str, float]], cost: Callable[[Mapping[str, str]], float]
) -> dict[str, str]:
    """Change one function at a time as long as the cost falls."""
    choice, current = start, cost(start)
    improved = True
    while improved:
        improved = False
        for function in choice:
            for option in values[function]:
                trial = {**choice, function: option}
                if (value := cost(trial)) < current - 1e-9:
                    choice, current, improved = trial, value, True
    return choice


def _worth(provider: str, parts: list[tuple[str, str]], run: Run, discounter: Discounter) -> float:
    """Present value of one joint discount."""
    scratch = Book(run.book.clock, run.book.currency).lines("trial")
    row = _bundle(provider, parts, run, scratch) * discounter.factor(None)
    return sum(row.row)
