"""Notation: a remembered formula written for a reader.

Infix for sums, products, powers and comparisons; every other word as word(a, b). What has a name is written by a short
form of its address.
"""

from __future__ import annotations

from collections import Counter

from bpocalc.about import Line
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


def short_names(named: list[Quantity], home: str) -> dict[int, str]:
    """A short name for each, with more of its address where several would look alike.

    A line goes without the sections that it shares with `home`, the address of the line that is written; an input by
    the last part of its address, in a list or in steps by the last two.
    """
    addresses = {id(q): describe(q).split(".") for q in named}
    parts = {id(q): _parts(q, addresses[id(q)], home.split(".")) for q in named}
    while True:
        names = {key: ".".join(address[-parts[key] :]) for key, address in addresses.items()}
        seen = Counter(names.values())
        alike = [key for key, name in names.items() if seen[name] > 1 and parts[key] < len(addresses[key])]
        if not alike:
            return names
        for key in alike:
            parts[key] += 1


def _parts(q: Quantity, address: list[str], home: list[str]) -> int:
    """How many parts of an address its short name begins with."""
    if isinstance(q.about, Line):
        shared = 0
        while shared < min(len(address), len(home)) - 1 and address[shared] == home[shared]:
            shared += 1
        return len(address) - shared
    return min(len(address), 2 if address[-1].isdigit() or (len(address) > 1 and address[-2].isdigit()) else 1)


def write(q: Quantity) -> str:
    """The formula of a quantity in words; a named line is written as what it stands for."""
    home, inner = "", q
    if q.word == "line":
        home, inner = describe(q), q.args[0]
        if inner.word == "spread" and inner.about is None:
            inner = inner.args[0]
    if inner.about is not None and inner is not q:
        return short_names([inner], home)[id(inner)]
    return _written(inner, short_names(operands(inner), home), top=True)[0]


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
