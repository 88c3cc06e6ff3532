"""Traces: everything that quantities were computed from."""

from __future__ import annotations

from collections.abc import Iterable

from bpocalc.quantity import Quantity


def walk(roots: Iterable[Quantity]) -> list[Quantity]:
    """Everything the roots were computed from, arguments first, each once; without recursion."""
    seen: set[int] = set()
    out, waiting = list[Quantity](), list[Quantity]()
    stack: list[Quantity | None] = [*roots]
    while stack:
        q = stack.pop()
        if q is None:
            out.append(waiting.pop())
        elif id(q) not in seen:
            seen.add(id(q))
            waiting.append(q)
            stack += (None, *q.args)
    return out


def behind(roots: Iterable[Quantity]) -> list[Quantity]:
    """The roots and everything they were computed from, each once, in no order that means anything."""
    out = [*dict.fromkeys(roots)]
    seen = {*out}
    for q in out:
        for arg in q.args:
            if arg not in seen:
                seen.add(arg)
                out.append(arg)
    return out
