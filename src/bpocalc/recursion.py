"""Erlang C on arrays: the recursion of `erlang` for many queues at once, whatever differs between them.

`queues` is faster for many trials, where only the load and the patience differ.
"""

from __future__ import annotations

import numpy as np

from bpocalc.erlang import DEVIATIONS, MOST, TOLERANCE, WHOLE

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def manned_hours(xs: tuple[Array, ...]) -> Array:
    """Hours that agents are there on a day, by month and trial; nan where something is unknown or divided by zero.

    The arrays are the arguments of `erlang.manned_hours`.
    """
    volume, handling, within, target, cap, interval, days, *pattern = xs
    load = volume / days * handling / interval
    loads = np.stack(np.broadcast_arrays(*[load * share for share in pattern]))
    counts = agents(*np.broadcast_arrays(loads, within / handling, target, cap))
    hours: Array = interval * counts.sum(0)
    return hours


def agents(offered: Array, patience: Array, target: Array, cap: Array) -> Array:
    """Fewest agents of each queue, as `erlang.agents` counts them; all arrays of one shape."""
    known = np.isfinite(offered) & np.isfinite(patience) & (cap > 0)
    counts = np.where(known, 0.0, np.nan)
    busy = known & (offered > 0)
    load, cap = offered[busy], cap[busy]
    usual = np.minimum(load, MOST)
    found = _counted(usual, patience[busy], np.maximum(1 - target[busy], 0) + TOLERANCE, _least(usual, cap))
    counts[busy] = found + _least(load, cap) - _least(usual, cap)
    return counts


def _least(load: Array, cap: Array) -> Array:
    """Fewest agents that are not overrun, nor busier than the cap."""
    least: Array = np.maximum(np.floor(load) + 1, np.ceil(load / cap - WHOLE))
    return least


def _counted(load: Array, patience: Array, late: Array, least: Array) -> Array:
    """The agents from `least` on with whom less than `late` wait too long."""
    blocked = _lost(load, least)
    counts, open_ = least.copy(), np.arange(len(load))
    while len(open_):
        a, b, n = load[open_], blocked[open_], counts[open_]
        waiting = b / (1 - a / n * (1 - b))
        open_ = open_[waiting * np.exp((a - n) * patience[open_]) >= late[open_]]
        counts[open_] += 1
        offered = load[open_] * blocked[open_]
        blocked[open_] = offered / (counts[open_] + offered)
    return counts


def _lost(load: Array, agents: Array) -> Array:
    """Erlang's loss formula by its recursion, queues with many agents first, so that those that are done fall off."""
    first = np.maximum(0.0, np.floor(load - DEVIATIONS * np.sqrt(load)))
    order = np.argsort(first - agents)
    load, first, steps = load[order], first[order], (agents - first)[order]
    blocked = np.where(first > 0, 1 - first / np.maximum(load, 1), 1.0)
    going = len(load) - np.searchsorted(steps[::-1], np.arange(1, steps.max(initial=0) + 1))
    for step, many in enumerate(going.tolist(), 1):
        offered = load[:many] * blocked[:many]
        blocked[:many] = offered / (first[:many] + step + offered)
    made = np.empty_like(blocked)
    made[order] = blocked
    return made
