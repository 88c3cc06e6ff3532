"""Mixes: one option for each function, with what joint spend at a provider earns and what is paid for it only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product
from math import prod
from typing import NamedTuple

from bpocalc.model.book import About, Book, Entry, Lines, line
from bpocalc.model.charges import discount_of
from bpocalc.model.governance import by_fte
from bpocalc.model.option import Outcome
from bpocalc.model.run import Run
from bpocalc.model.scale import spend
from bpocalc.quantity import Quantity, at_least, sum_of
from bpocalc.streams import Discounter
from bpocalc.words import HALF_CENT, added

MOST_COMBINATIONS = 100_000
"""Up to so many combinations are all tried; beyond, options are changed one function at a time."""


Ties = Mapping[str, Mapping[str, list[str]]]


class Mix(NamedTuple):
    """One option for each function."""

    options: dict[str, str]
    exhaustive: bool = True
    """Whether every combination that may be the best was tried to find it."""


@line("$/month", "fees")
def bundle_discount(joint: Quantity, alone: list[Quantity]) -> Quantity:
    """Joint volume discount: the discount on the joint spend less the discounts taken alone."""
    return joint - sum_of(alone)


@line("$/month")
def paid_once(one: Quantity, other: Quantity) -> Quantity:
    """What is paid once for a provider in several functions: what either of them would pay alone."""
    return at_least(one, other)


@line("$/month")
def paid_alone(alone: list[Quantity]) -> Quantity:
    """What several functions would each pay for a provider alone."""
    return sum_of(alone)


@line("$/month", "other")
def shared_costs(joint: Quantity, paid_alone: Quantity) -> Quantity:
    """Costs of a provider that are due once: what they come to for all functions less what each would pay alone."""
    return joint - paid_alone


@line("FTE")
def fte_together(moved: list[Quantity]) -> Quantity:
    """Full-time equivalents whose work has moved to a provider, those of all functions together."""
    return sum_of(moved)


def mix_of(mix: Mix, run: Run, lines: Lines) -> dict[str, Entry]:
    """The lines of a mix beside those of its options, put into the book: joint discounts, costs counted once."""
    for provider, parts in _by_provider(mix.options, _ties_of(run)).items():
        if len(parts) > 1:
            _joint(provider, parts, run, lines)
    return {name: entry for name, entry in lines.costs.items() if name.startswith(("bundle_discount", "shared_costs"))}


def _by_provider(options: Mapping[str, str], ties: Ties) -> dict[str, list[tuple[str, str]]]:
    """The functions and options of a mix in which each provider has spend that it discounts, or costs to share."""
    found: dict[str, list[tuple[str, str]]] = {}
    for function, option in options.items():
        for provider in ties[function][option]:
            found.setdefault(provider, []).append((function, option))
    return found


def _ties_of(run: Run) -> Ties:
    """By function and option the providers that count its work together with that of another function."""
    counting = {
        function: {option: [*{**outcome.spend, **outcome.shared}] for option, outcome in ways.outcomes.items()}
        for function, ways in run.functions.items()
    }
    users = Counter(name for ways in counting.values() for name in {name for names in ways.values() for name in names})
    return {
        function: {option: [name for name in names if users[name] > 1] for option, names in ways.items()}
        for function, ways in counting.items()
    }


def _joint(provider: str, parts: list[tuple[str, str]], run: Run, lines: Lines) -> None:
    """What one provider's work in several functions changes: its discount, and what is paid for it only once."""
    outcomes = [run.functions[function].outcomes[option] for function, option in parts]
    within = Lines(lines.book, f"{lines.prefix}.joint")
    if all(provider in outcome.spend for outcome in outcomes):
        _bundle(provider, outcomes, run, within, lines)
    if all(provider in outcome.shared for outcome in outcomes):
        _share(provider, outcomes, run, within, lines)


def _share(provider: str, outcomes: list[Outcome], run: Run, within: Lines, lines: Lines) -> None:
    """The provider's costs that several options pay and that are due once, as negative cost lines."""
    shared = [outcome.shared[provider] for outcome in outcomes]

    def correct(name: str, entry: Entry, joint: Quantity, alone: list[Quantity]) -> None:
        apart = within.driver(paid_alone, alone, of=f"{provider}.{name}")
        title = f"{entry.title}, once for {_called(provider, run)}"
        about = About(title=title, category=entry.category, once=entry.once, instant=entry.instant)
        lines.cost(shared_costs, joint, apart, of=f"{provider}.{name}", **about)

    for name, entry in shared[0].costs.items():
        alone = [part.costs[name].quantity for part in shared]
        joint = alone[0]
        for number, other in enumerate(alone[1:], 1):
            joint = within.driver(paid_once, joint, other, of=f"{provider}.{name}.{number}")
        correct(name, entry, joint, alone)
    if tables := [part.by_people for part in shared if part.by_people is not None]:
        steering = run.loaded.scenario.providers[provider].governance
        people = within.driver(fte_together, [moved for moved, _ in tables], of=provider)
        prices = run.book.entries["scenario.inflation"].quantity
        joint = within.driver(by_fte, steering, people, prices, of=provider)
        correct(by_fte.name, tables[0][1], joint, [entry.quantity for _, entry in tables])


def _bundle(provider: str, outcomes: list[Outcome], run: Run, within: Lines, lines: Lines) -> None:
    """One provider's joint discount, as a negative cost line."""
    joint_spend = within.driver(spend, [outcome.spend[provider] for outcome in outcomes], of=provider)
    joint = discount_of(provider, joint_spend, run.loaded.scenario.providers[provider], within)
    alone = [outcome.discount[provider] for outcome in outcomes]
    title = f"joint volume discount, {_called(provider, run)}"
    lines.cost(bundle_discount, joint, alone, of=provider, title=title)


def _called(provider: str, run: Run) -> str:
    """What a provider is called."""
    return run.loaded.scenario.providers[provider].title or provider


def cheapest(values: Mapping[str, float], first: str) -> str:
    """The least of several costs; what is not dearer by more than half a cent counts as equal, and `first` wins."""
    least = min(values.values())
    return first if values[first] <= least + HALF_CENT else min(values, key=values.__getitem__)


def best_mix(
    values: Mapping[str, Mapping[str, float]], baselines: Mapping[str, str], run: Run, discounter: Discounter
) -> Mix:
    """The mix of least present value of cost, joint discounts and shared costs included.

    `values` holds the present value of each option of each function. Only functions that could share a provider's
    discount or costs are combined; each of the others takes its own best option.
    """
    ties = _ties_of(run)
    tied = sorted(function for function, ways in ties.items() if any(ways.values()))
    best = {function: cheapest(options, baselines[function]) for function, options in values.items()}
    if not tied:
        return Mix(best)
    known: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}

    def cost(choice: Mapping[str, str]) -> float:
        whole = added(values[function][option] for function, option in choice.items())
        for provider, parts in _by_provider(choice, ties).items():
            key = (provider, tuple(parts))
            if len(parts) > 1:
                if key not in known:
                    known[key] = _worth(provider, parts, run, discounter)
                whole += known[key]
        return whole

    hopeful = [_hopeful(values[function], ties[function]) for function in tied]
    if prod(map(len, hopeful)) <= MOST_COMBINATIONS:
        choices = (dict(zip(tied, options, strict=True)) for options in product(*hopeful))
        found: Mapping[str, str] = min(choices, key=cost)
        apart = {function: best[function] for function in tied}
        return Mix(best if cost(apart) <= cost(found) + HALF_CENT else {**best, **found})
    return Mix({**best, **_step_by_step({f: best[f] for f in tied}, values, cost)}, exhaustive=False)


def _hopeful(values: Mapping[str, float], ties: Mapping[str, list[str]]) -> list[str]:
    """The options of a function that may be in the best mix: of those that nothing ties to others only the cheapest."""
    alone = [option for option in values if not ties[option]]
    cheapest_alone = min(alone, key=values.__getitem__, default="")
    return [option for option in values if ties[option] or option == cheapest_alone]


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
    """Present value of what one provider's joint work changes."""
    costs = _trial(provider, parts, run)
    return added(added((entry.quantity * discounter.factor(entry.instant)).row) for entry in costs.values())


def _trial(provider: str, parts: list[tuple[str, str]], run: Run) -> Mapping[str, Entry]:
    """The lines of one provider's joint work, in no book that is kept."""
    scratch = Book(run.book.clock, run.book.currency).lines("trial")
    _joint(provider, parts, run, scratch)
    return scratch.costs


def joint_savings(options: Mapping[str, str], run: Run) -> dict[tuple[str, str], float]:
    """What the joint work of each provider saves in a mix, by `bundle_discount` or `shared_costs` and provider."""
    found: dict[tuple[str, str], float] = {}
    for provider, parts in _by_provider(options, _ties_of(run)).items():
        for name, entry in (_trial(provider, parts, run) if len(parts) > 1 else {}).items():
            key = (name.partition(".")[0], provider)
            found[key] = found.get(key, 0.0) - added(entry.quantity.row)
    return found
