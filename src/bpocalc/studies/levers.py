"""Levers: the inputs on which a result hangs, with the values that each is moved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bpocalc.about import Input
from bpocalc.comparison import Comparison
from bpocalc.explain.addresses import nearest
from bpocalc.problems import printable
from bpocalc.quantity import Quantity
from bpocalc.replay import Replay
from bpocalc.scenario.figures import is_share

COUNTED = ("month", "months", "people", "year")
"""Units that are counted in whole numbers, where the file gives whole numbers."""
TIMES = 10
"""Without a bound an input is looked at up to so many times its value."""
UNKNOWN_SIZE = 1e9
"""How far an input of zero is looked at where it has no bound."""
MOST_COUNTED = 600
"""No number of months or people is looked at beyond this, where the file has none."""
LEAST_PARTS = 2
"""Parts of an address that its short form has at least."""


class Lever(NamedTuple):
    """An input that can be moved."""

    address: str
    name: str
    """The shortest end of the address, of two parts at least, that no other lever has."""
    about: Input
    value: float
    low: float
    high: float
    ranged: bool
    """Whether low and high are the input's own; else they are a swing around its value."""
    least: float
    """Where the search for its switching values begins."""
    most: float
    whole: bool
    """Whether it is moved in whole numbers only."""


class NoLever(ValueError):
    """The input cannot be moved; says why."""


def levers(comparison: Comparison, replay: Replay, swing: float) -> list[Lever]:
    """All inputs on which the replayed results hang, in the order of the file."""
    inputs = {at: q for at, q in comparison.run.loaded.inputs.items() if at in replay}
    names, months = short_names(list(inputs)), comparison.run.loaded.clock.months
    return [_lever(q, names[at], swing, months) for at, q in inputs.items()]


def _lever(q: Quantity, name: str, swing: float, months: int) -> Lever:
    about, value = q.about, q.figure
    assert isinstance(about, Input)
    ends = (about.spread.low, about.spread.high) if about.spread else (value, value)
    whole = about.unit in COUNTED and all(x.is_integer() for x in (value, *ends))
    least, most = _bounds(about, value, months)
    if not about.spread:
        step = abs(value) * swing
        step = max(1.0, float(round(step))) if whole and value and swing else step
        ends = (max(value - step, least), min(value + step, most))
    least, most = min(least, *ends), max(most, *ends)
    return Lever(about.address, name, about, value, *ends, about.spread is not None, least, most, whole)


def _bounds(about: Input, value: float, months: int) -> tuple[float, float]:
    """Between which values an input is looked at: its own bounds, those of the scenario, or a multiple of it."""
    far = abs(value) * TIMES or UNKNOWN_SIZE
    if about.unit in COUNTED:
        far = float(months) if about.unit in ("month", "months") else min(far, MOST_COUNTED)
    least = about.least if about.least is not None else min(-far, value)
    if about.most is not None and (is_share(about.unit) or about.most < far):
        return least, about.most
    return least, max(far, value)


def short_names(addresses: Sequence[str]) -> dict[str, str]:
    """For each address its shortest end, of two parts at least, that no other has."""
    parts = {address: address.split(".") for address in addresses}
    seen: dict[str, int] = {}
    for each in parts.values():
        for size in range(1, len(each) + 1):
            end = ".".join(each[-size:])
            seen[end] = seen.get(end, 0) + 1
    return {address: _shortest(each, seen) for address, each in parts.items()}


def _shortest(parts: list[str], seen: Mapping[str, int]) -> str:
    ends = [".".join(parts[-size:]) for size in range(min(LEAST_PARTS, len(parts)), len(parts) + 1)]
    return next((end for end in ends if seen[end] == 1), ends[-1])


def find_lever(comparison: Comparison, known: Sequence[Lever], asked: str, metric: str) -> Lever:
    """The lever that is asked for, by its address or an end of it that only one has; NoLever says why there is none."""
    by_address = {lever.address: lever for lever in known}
    if asked in by_address:
        return by_address[asked]
    if why := _why_not(comparison, asked, metric):
        raise NoLever(why)
    ends = [lever for at, lever in by_address.items() if at.endswith(f".{asked}")]
    if len(ends) == 1:
        return ends[0]
    shown = printable(asked)
    if ends:
        several = ", ".join(lever.address for lever in ends[:3])
        raise NoLever(f"'{shown}' is the end of {len(ends)} inputs: {several}{', …' if len(ends) > 3 else ''}")
    near = nearest(asked, list(by_address))
    meant = " or ".join(f"'{name}'" for name in near)
    raise NoLever(
        f"there is no input '{shown}': {f'did you mean {meant}?' if near else 'bpocalc explain lists them all'}"
    )


def _why_not(comparison: Comparison, asked: str, metric: str) -> str:
    """Why what stands at an address is no lever; empty where nothing stands there."""
    shown = printable(asked)
    if (q := comparison.run.loaded.inputs.get(asked)) is not None and isinstance(q.about, Input):
        if q.about.stated:
            return f"'{shown}' has no effect on {metric}: nothing that it is computed from hangs on it"
        return (
            f"'{shown}' is not stated, and {metric} has no formula with it: which formulas there are may change "
            "once it is; write it into the file, or add it with --set"
        )
    if is_structure(comparison, asked):
        return (
            f"'{shown}' decides which formulas there are, and cannot be moved while they stay: "
            f"compare two runs, with --set {shown}=…"
        )
    if asked in comparison.run.book.entries:
        return f"'{shown}' is computed, not an input: bpocalc explain shows what it is made of"
    return ""


def is_structure(comparison: Comparison, address: str) -> bool:
    """Whether an address is that of something in the scenario which is no figure: months, a kind, a name."""
    node: object = comparison.run.loaded.scenario
    for part in address.split("."):
        node = node.get(part) if isinstance(node, Mapping) else getattr(node, part, None)
        if node is None:
            return False
    return not isinstance(node, Quantity)
