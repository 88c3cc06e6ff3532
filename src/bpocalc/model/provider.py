"""Providers: what is paid once for a provider, however many functions it works for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bpocalc.model.book import Entry, Lines
from bpocalc.model.contract import Term
from bpocalc.model.governance import by_fte, fte_moved
from bpocalc.model.overhead import Base, amount_line, once_line
from bpocalc.model.side import Setting, State, about_of, prepare
from bpocalc.model.transition import all_taken
from bpocalc.quantity import ZERO, Quantity
from bpocalc.scenario.option import Leg
from bpocalc.scenario.provider import Provider


class Shared(NamedTuple):
    """What an option pays for a provider and would share with other functions there."""

    costs: Mapping[str, Entry]
    """Lines that are paid once for all functions, by name."""
    by_people: tuple[Quantity, Entry] | None = None
    """Full-time equivalents whose work has moved to the provider, and the line of its governance that hangs on them."""


def shared_of(
    legs: Mapping[str, Leg],
    provider: str | None,
    taken: Mapping[str, Quantity],
    people: Quantity,
    term: Term,
    setting: Setting,
    providers: Mapping[str, Provider],
    lines: Lines,
) -> dict[str, Shared]:
    """What an option pays for each of its providers beside their charges."""
    used: dict[str, list[Quantity]] = {}
    for key, leg in legs.items():
        used.setdefault(leg.provider or provider or "", []).append(taken[key])
    return {
        name: _shared(name, part, used[name], people, term, setting, lines)
        for name, part in providers.items()
        if name in used and (part.costs or part.governance)
    }


def _shared(
    name: str,
    provider: Provider,
    taken: list[Quantity],
    people: Quantity,
    term: Term,
    setting: Setting,
    lines: Lines,
) -> Shared:
    """The cost lines of one provider, as long as the contract runs."""
    prefix = f"shared.{name}"
    within, clock = lines.within(prefix), lines.clock
    for key, cost in provider.costs.items():
        about, word = about_of(key, cost), f"costs.{key}"
        if cost.is_once:
            within.cost(once_line, cost, clock, None, None, name=word, **about)
        else:
            growth = setting.inflation if cost.growth is None else clock.yearly(cost.growth)
            within.cost(amount_line, cost, Base(term.runs, None, ZERO), growth, clock, name=word, **about)
    steering = provider.governance
    if steering is not None and steering.teams:
        side = prepare(steering.teams, None, {}, setting, within)
        State(side, within, term.runs, term.runs, fresh=True, costs=True, category="governance").complete()
    once = {key[len(prefix) + 1 :]: entry for key, entry in lines.costs.items() if key.startswith(f"{prefix}.")}
    if steering is None or not steering.by_fte:
        return Shared(once)
    share = taken[0] if len(taken) == 1 else within.driver(all_taken, taken)
    moved = within.driver(fte_moved, people, share)
    within.cost(by_fte, steering, moved, setting.inflation)
    return Shared(once, (moved, lines.costs[f"{prefix}.{by_fte.name}"]))
