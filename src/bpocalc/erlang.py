"""Erlang C: how many agents a queue needs, exactly, for up to thousands of them.

The probability of waiting comes from Erlang's loss formula by its recursion, which stays between 0 and 1; see Tijms,
A First Course in Stochastic Models, section 5.3.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, exp, floor, nan, sqrt

TOLERANCE, WHOLE = 5e-7, 5e-10
"""What comparisons allow, and how far above a whole number still counts as it."""
MOST = 20_000
"""Beyond so many Erlangs the agents on top of the load grow no more: there they are less than one in a hundred."""
DEVIATIONS = 9
"""So many standard deviations below the load the recursion begins: what came before has no effect on a float."""


def loss(agents: int, offered: float) -> float:
    """Erlang's loss formula, for more agents than Erlangs: the share of calls lost where nobody may wait."""
    first = max(0, floor(offered - DEVIATIONS * sqrt(offered)))
    blocked = 1 - first / offered if first else 1.0
    for count in range(first + 1, agents + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked


def waiting(blocked: float, agents: int, offered: float) -> float:
    """Probability that a call waits, from the loss of as many agents; more agents than Erlangs."""
    return blocked / (1 - offered / agents * (1 - blocked))


def served(agents: int, offered: float, patience: float) -> float:
    """Share of calls answered within a time, told in handling times; 0 where the queue grows without end."""
    if agents <= offered:
        return 0.0
    return 1 - waiting(loss(agents, offered), agents, offered) * exp((offered - agents) * patience)


@lru_cache(maxsize=4096)
def agents(offered: float, patience: float, target: float, cap: float) -> int:
    """Fewest agents for a load in Erlangs: the target share is answered in time, and none is busier than the cap."""
    if offered <= 0:
        return 0
    if offered > MOST:
        return _least(offered, cap) + agents(float(MOST), patience, target, cap) - _least(float(MOST), cap)
    count, late = _least(offered, cap), max(1 - target, 0.0) + TOLERANCE
    blocked = loss(count, offered)
    while waiting(blocked, count, offered) * exp((offered - count) * patience) >= late:
        count += 1
        blocked = offered * blocked / (count + offered * blocked)
    return count


def _least(offered: float, cap: float) -> int:
    """Fewest agents that are not overrun, nor busier than the cap."""
    return max(floor(offered) + 1, ceil(offered / cap - WHOLE))


@lru_cache(maxsize=4096)
def manned_hours(
    volume: float, handling: float, within: float, target: float, cap: float, interval: float, days: float,
    *pattern: float,
) -> float:  # fmt: skip
    """Hours that agents are there on a day, over all its intervals, for the volume of a month."""
    load = volume / days * handling / interval
    return interval * sum([agents(load * share, within / handling, target, cap) for share in pattern])


def by_month(*args: float | tuple[float, ...]) -> float | tuple[float, ...]:
    """The manned hours of a day of every month, or of one; nan where something is unknown."""
    months = next((len(x) for x in args if isinstance(x, tuple)), 0)
    columns = zip(*[x if isinstance(x, tuple) else (x,) * (months or 1) for x in args], strict=True)
    made = tuple([manned_hours(*column) if sum(column) == sum(column) else nan for column in columns])
    return made if months else made[0]
