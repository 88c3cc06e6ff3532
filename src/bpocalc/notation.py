"""Notation: a remembered formula written for a reader.

Infix for sums, products, powers and comparisons; every other word as word(a, b). What has a name is written by it: the
last part of its address, or the last two where two operands would look alike.
"""

from __future__ import annotations

from collections import Counter

from bpocalc.quantity import Quantity, describe
from bpocalc.words import WORDS

TIGHTEST = 9


def operands(q: Quantity) -> list[Quantity]:
    """The named things a formula points at, each once, in the order of the formula."""
    found: dict[int, Quantity] = {}
    stack = [q]
    while stack:
        here = stack.pop()
        if here.about is not None and here is not q:
            found.setdefault(id(here), here)
        else:
            stack.extend(reversed(here.args))
    return list(found.values())


def short_names(named: list[Quantity]) -> dict[int, str]:
    """A short name for each: the last part of its address, more of it where several end alike."""
    out: dict[int, str] = {}
    addresses = {id(q): describe(q).split(".") for q in named}
    waiting, parts = list(addresses), 1
    while waiting:
        tried = {key: ".".join(addresses[key][-parts:]) for key in waiting}
        seen = Counter([*tried.values(), *out.values()])
        done = [key for key in waiting if seen[tried[key]] == 1 or parts >= len(addresses[key])]
        out.update({key: tried[key] for key in done})
        waiting = [key for key in waiting if key not in out]
        parts += 1
    return out


def write(q: Quantity) -> str:
    """The formula of a quantity in words; a named quantity handed in is written as what it stands for."""
    names = short_names(operands(q))
    if q.word == "line" or (q.word == "spread" and q.args[0].about is None):
        return write(q.args[0]) if q.args[0].about is None else _written(q.args[0], names)[0]
    return _written(q, names, top=True)[0]


def _written(q: Quantity, names: dict[int, str], *, top: bool = False) -> tuple[str, int]:
    """The text of a quantity and how strongly its outermost word binds."""
    if q.about is not None and not top:
        return names.get(id(q), describe(q)), TIGHTEST
    if not q.word:
        return (names.get(id(q), describe(q)) if q.about is not None else _constant(q)), TIGHTEST
    if q.word in ("line", "spread"):
        return _written(q.args[0], names)
    word = WORDS[q.word]
    if not word.binds:
        inside = ", ".join(_written(a, names)[0] for a in q.args)
        return f"{word.reader}({inside})", TIGHTEST
    parts = []
    for position, arg in enumerate(q.args):
        text, binds = _written(arg, names)
        tight = binds > word.binds or (binds == word.binds and position == 0 and q.word != "**")
        loose = q.word in ("+", "sum_of", "*") and binds == word.binds and arg.word in ("+", "sum_of", "*")
        parts.append(text if tight or loose else f"({text})")
    return f" {word.reader} ".join(parts), word.binds


def _constant(q: Quantity) -> str:
    value = q.value
    if isinstance(value, tuple):
        return "month by month"
    return "never" if value != value else f"{value:g}"
