"""Notation: a remembered formula written for a reader, in names or in numbers.

Infix for sums, products, powers and comparisons; every other word as word(a, b). What has a name is written by a short
form of its address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import floor, log10

from bpocalc.about import Line
from bpocalc.quantity import Quantity, describe
from bpocalc.words import WORDS

TIGHTEST = 9
SIGNED = WORDS["-"].binds
"""How strongly a number with a sign binds."""
SIGNIFICANT = 6
"""Digits of a number in a formula, so that it can be computed again by hand; whole numbers have all of theirs."""
TINY = 1e-6
LISTED = {"series": 1, "erlang_c": 2}
"""Words with many arguments: from which one on only the first and the last are written."""
CHAINS = ("+", "sum_of", "*")
"""Words that need no brackets among themselves."""

Said = tuple[str, int]
"""A text, and how strongly its outermost word binds."""
Say = Callable[[Quantity], Said | None]
"""How a quantity within a formula is written; None for one that is written by its word and its arguments."""


def digits(value: float) -> str:
    """A number as it stands in a formula."""
    if value != value:
        return "never"
    size = abs(value)
    if 0 < size < TINY:
        text = f"{size:.{SIGNIFICANT}g}"
    else:
        decimals = max(0, SIGNIFICANT - 1 - floor(log10(size))) if size else 0
        text = f"{size:,.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if decimals else text
    return f"−{text}" if value < 0 else text


def said(value: float) -> Said:
    """A number within a formula."""
    return digits(value), SIGNED if value < 0 else TIGHTEST


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

    A line goes without the sections that it shares with `home`, the address of the line that is written; an input, and
    a figure in yearly steps, by the last part of its address, in a list or in steps by the last two.
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
    if isinstance(q.about, Line) and address[0] != "functions":
        shared = 0
        while shared < min(len(address), len(home)) - 1 and address[shared] == home[shared]:
            shared += 1
        return len(address) - shared
    numbered = any(part.isdigit() or part == "index" for part in address[-2:])
    return min(len(address), 2 if numbered else 1)


def body(q: Quantity) -> Quantity:
    """What a line stands for: its formula, or the figure that is spread over the months; anything else itself."""
    inner = q.args[0] if q.word == "line" else q
    return inner.args[0] if inner.word == "spread" and inner.about is None else inner


def named_in(q: Quantity) -> list[Quantity]:
    """The named things that the formula of a quantity points at."""
    inner = body(q)
    return [inner] if inner.about is not None and inner is not q else operands(inner)


def names_in(q: Quantity, home: str = "") -> dict[int, str]:
    """The short names by which the formula of a quantity is written; without a name it is at home elsewhere."""
    return short_names(named_in(q), describe(q) if q.word == "line" else home)


def in_names(q: Quantity, names: dict[int, str]) -> Say:
    """How the formula of a quantity is written in names; a named quantity by itself is written in full."""

    def say(here: Quantity) -> Said | None:
        if here.about is not None and (here is not q or not here.word):
            return names.get(id(here), describe(here)), TIGHTEST
        return None if here.word else (_constant(here), TIGHTEST)

    return say


def write(q: Quantity) -> str:
    """The formula of a quantity in words; a named line is written as what it stands for."""
    return written(body(q), in_names(q, names_in(q)))[0]


def written(q: Quantity, say: Say) -> Said:
    """The text of a quantity, what it is made of written as `say` has it; without recursion."""
    done: dict[int, Said] = {}
    waiting = [q]
    while waiting:
        here = waiting[-1]
        args = here.args[:1] if here.word in ("line", "spread") else here.args
        if id(here) in done:
            waiting.pop()
        elif (already := say(here)) is not None:
            done[id(here)] = already
        elif left := [arg for arg in args if id(arg) not in done]:
            waiting.extend(left)
        else:
            done[id(here)] = _composed(here, [done[id(arg)] for arg in args])
    return done[id(q)]


def _composed(q: Quantity, args: list[Said]) -> Said:
    """A word with the texts of its arguments."""
    if q.word in ("line", "spread"):
        return args[0]
    word = WORDS[q.word]
    if q.word in LISTED:
        first, *_, last = args[LISTED[q.word] :]
        said = ", ".join(text for text, _ in args[: LISTED[q.word]])
        return f"{word.reader}({said}, {first[0]} … {last[0]})", TIGHTEST
    if not word.binds:
        return f"{word.reader}({', '.join(text for text, _ in args)})", TIGHTEST
    parts = []
    for position, (text, binds) in enumerate(args):
        tight = binds > word.binds or (binds == word.binds and position == 0 and q.word != "**")
        loose = q.word in CHAINS and binds == word.binds and q.args[position].word in CHAINS
        parts.append(text if tight or loose else f"({text})")
    return f" {word.reader} ".join(parts), word.binds


def _constant(q: Quantity) -> str:
    value = q.value
    if isinstance(value, tuple):
        return "month by month"
    return "never" if value != value else f"{value:g}"
