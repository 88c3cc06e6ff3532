"""Transition: how fast the work moves, and when the people are free of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bpocalc.model.book import Lines, line
from bpocalc.model.contract import Term
from bpocalc.model.overhead import Anchors
from bpocalc.quantity import Quantity, at_least, sum_of
from bpocalc.scenario.option import Leg
from bpocalc.scenario.transition import Transition
from bpocalc.timeline import Clock


@line("share")
def ramp(transition: Transition, clock: Clock) -> Quantity:
    """How far the option is ramped up.

    between(0, (m − g) / at_least(1, ramp), 1), g = start + months − 1 months before go-live.
    """
    return clock.ramp(transition.start + transition.months - 1, transition.ramp)


@line("share")
def in_term(ramp: Quantity, runs: Quantity) -> Quantity:
    """How far the option is ramped up, as long as the contract runs."""
    return ramp * runs


@line("share")
def taken(share: Quantity, ramp: Quantity) -> Quantity:
    """Share of the work that the provider handles."""
    return share * ramp


@line("share")
def all_taken(shares: list[Quantity]) -> Quantity:
    """Share of the work that has moved."""
    return sum_of(shares)


@line("share")
def gone(
    share: Quantity, transition: Transition, clock: Clock, removal: Quantity | None, free: Quantity | None = None
) -> Quantity:
    """Share of the work of which the people in-house are free: taken, after the parallel run and any removal.

    Before the contract ends and the work comes back they are built up again.
    """
    lag = transition.parallel if removal is None else transition.parallel + removal
    freed = share * clock.ramp(transition.start + transition.months - 1, transition.ramp, lag)
    return freed if free is None else freed * free


@line("share")
def staying(shares: list[Quantity]) -> Quantity:
    """Share of the work that stays."""
    return 1 - sum_of(shares)


@line("share")
def improved_share(transition: Transition, clock: Clock, removal: Quantity | None) -> Quantity:
    """How far the improvement has come, after any removal."""
    return clock.ramp(transition.start + transition.months - 1, transition.ramp, removal if removal is not None else 0)


def anchors_of(transition: Transition) -> Anchors:
    """The months of the transition's events, counted from 1."""
    live = transition.start + transition.months
    return Anchors(transition.start, transition.months, live, live + at_least(transition.ramp, 1) - 1)


class Moved(NamedTuple):
    """How the work moves to the legs of an option."""

    ramps: dict[str, Quantity]
    taken: dict[str, Quantity]


def moved(legs: Mapping[str, Leg], term: Term, lines: Lines) -> Moved:
    """The ramp of each leg and the share of the work that it takes."""
    out = Moved({}, {})
    for key, leg in legs.items():
        below = lines.within(key)
        out.ramps[key] = below.driver(ramp, leg.transition, lines.clock)
        if term.runs is not None:
            out.ramps[key] = below.driver(in_term, out.ramps[key], term.runs)
        out.taken[key] = below.driver(taken, leg.share, out.ramps[key])
    return out
