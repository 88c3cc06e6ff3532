"""Erlang C for many trials at once: the agents of a queue, exactly those that `erlang` finds.

The largest load that a number of agents answers in time is found once for each number, at some patiences, and is a
smooth function of the patience in between. A load so near to such a limit that it could be on its other side is left to
`erlang`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.polynomial.chebyshev import chebpts1, chebvander

from bpocalc.erlang import TOLERANCE, WHOLE, agents

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

NODES, HALVINGS = 16, 52
"""Patiences of an octave at which limits are found, and how often an interval is halved for each."""
MOST_TABLED = 500
"""Loads in Erlangs up to which limits are found."""
NEAR = 1e-7
"""How near a load may be to a limit, as a share of it."""


def manned_hours(
    volume: Array, handling: Array, within: Array, target: Array, cap: Array, interval: Array, days: Array,
    *pattern: Array,
) -> Array | None:  # fmt: skip
    """Hours that agents are there on a day, by month and trial; None where another way must be found.

    That is where anything but the volume differs from month to month, the target or pattern from trial to trial, and
    where loads are too large or the patience is nothing.
    """
    terms = (handling, within, target, cap, interval, days, *pattern)
    if any(len(x) > 1 for x in terms) or any(x.size > 1 for x in (target, *pattern)):
        return None
    load, trials = (volume / days * handling / interval).T, max(x.shape[1] for x in (volume, *terms))
    load, patience = np.broadcast_to(load, (trials, load.shape[1])), np.broadcast_to(within / handling, (1, trials))[0]
    shares = np.array([float(x[0, 0]) for x in pattern])
    if not (np.isfinite(load).all() and np.isfinite(patience).all() and patience.min() > 0 and cap.min() > 0):
        return None
    if load.max() * shares.max() > MOST_TABLED:
        return None
    limits = _limits(patience, max(1 - float(target[0, 0]), 0.0) + TOLERANCE, float(load.max() * shares.max()))
    queue = _Queue(patience, float(target[0, 0]), np.broadcast_to(cap, (1, len(load))).T, limits)
    total = sum([_agents(load * share, queue) for share in shares.tolist()])  # one at a time: they fit into the cache
    hours: Array = interval * np.transpose(total)
    return hours


class _Queue(NamedTuple):
    """What is alike in all intervals: patience, target and occupancy by trial, and the limits of each trial."""

    patience: Array
    target: float
    cap: Array
    limits: Array


def _agents(offered: Array, queue: _Queue) -> Array:
    """Fewest agents for each load, by trial and month: all trials are looked up on one ladder, one above the other."""
    trials, most = queue.limits.shape
    apart = 2 * float(queue.limits.max()) * np.arange(trials)[:, None]
    ladder, sought = (queue.limits + apart).ravel(), offered + apart
    step = np.searchsorted(ladder, sought)
    count: Array = np.maximum(np.ceil(offered / queue.cap - WHOLE), np.floor(offered) + 1)
    count = np.maximum(count, step - (most * np.arange(trials) - 1)[:, None])
    count[offered <= 0] = 0
    near = np.minimum(ladder[step] - sought, np.abs(sought - ladder[step - 1])) < NEAR * offered
    for at in zip(*np.nonzero(near), strict=True):
        cap, patience = float(queue.cap[at[0], 0]), float(queue.patience[at[0]])
        count[at] = agents(float(offered[at]), patience, queue.target, cap)
    return count


def _limits(patience: Array, late: float, load: float) -> Array:
    """The largest load that 1, 2, 3 … agents answer in time, for each patience; the last one is above `load`."""
    octaves = np.floor(np.log2(patience))
    most = 32
    while True:
        out = np.empty((len(patience), most))
        for octave in np.unique(octaves).tolist():
            mine = octaves == octave
            places = 2 * (np.log2(patience[mine]) - octave) - 1
            out[mine] = chebvander(places, NODES - 1) @ _coefficients(int(octave), late, most)
        if out[:, -1].min() > load:
            return out
        most *= 2


@lru_cache(maxsize=64)
def _coefficients(octave: int, late: float, most: int) -> Array:
    """The limits for 1 to `most` agents as Chebyshev polynomials of the logarithm of the patience within an octave."""
    nodes = chebpts1(NODES)
    patience = 2.0 ** (octave + (nodes + 1) / 2)
    count = np.arange(1.0, most + 1)[:, None]
    low, high = np.zeros((most, NODES)), np.broadcast_to(count, (most, NODES)).copy()
    for _ in range(HALVINGS):
        load = (low + high) / 2
        blocked = _loss(load)
        waiting = blocked / (1 - load / count * (1 - blocked))
        fine = waiting * np.exp((load - count) * patience) < late
        low, high = np.where(fine, load, low), np.where(fine, high, load)
    return np.asarray(np.linalg.solve(chebvander(nodes, NODES - 1), low.T), dtype=np.float64)


def _loss(load: Array) -> Array:
    """Erlang's loss formula: row n of the loads is for n agents."""
    blocked = np.ones_like(load)
    for count in range(1, len(load) + 1):
        part, reached = load[count - 1 :], blocked[count - 1 :]
        met = part * reached
        blocked[count - 1 :] = met / (count + met)
    return blocked
