"""Overlays: a document with something changed in it, by address or by laying another section over it."""

from __future__ import annotations

import re
from typing import Any

from bpocalc.document import Map, Origin, Seq
from bpocalc.scalars import spelling

ABOUT = ("value", "low", "high", "dist", "source", "as_of", "owner", "note")
"""What may be said about one figure."""
WITH_UNIT = re.compile(r"[-+]?[0-9][0-9_,.eE+-]*\s*([A-Za-z].*)")


def unit_of(node: Any) -> str:
    """The unit or currency that a written figure carries, as in `280 PHP`; empty if none."""
    if isinstance(node, Map):
        return unit_of(node.get("value", next(iter(node.values()), None)))
    found = WITH_UNIT.fullmatch(node) if isinstance(node, str) else None
    return found.group(1) if found else ""


def put(doc: Map, address: str, value: Any, by: Origin) -> Map:
    """The document with one value replaced, the rest shared; `by` says where the replacement was written.

    A bare number put over a figure keeps its currency and unit and drops its range; put over a section with a
    `rate` it replaces that. Sections that are missing on the way are made. KeyError, with its name, where the address
    leads through something that is not a section, or to an item that is not in a list.
    """
    key, _, rest = address.partition(".")
    made = doc.copy()
    child = f"{doc.at.address}.{key}" if doc.at.address else key
    old = doc.get(key)
    if not rest and isinstance(old, Map) and "rate" in old and not isinstance(value, Map | Seq):
        rest = "rate"
    if rest:
        made[key] = _put_below(old, rest, value, by.called(child))
        made.origin.setdefault(key, by.called(child))
    else:
        made.origin[key] = by.called(child)
        made[key] = _laid(old, value, made.origin[key])
    return made


def _put_below(old: Any, address: str, value: Any, by: Origin) -> Any:
    """A section or list with something inside it replaced; `by` carries the address of the section."""
    if old is None:
        return put(Map(at=by), address, value, by)
    if isinstance(old, Map):
        return put(old, address, value, by)
    if not isinstance(old, Seq):
        raise KeyError(by.address.rpartition(".")[2])
    number, _, rest = address.partition(".")
    if not is_count(number) or not 1 <= int(number) <= len(old):
        raise KeyError(number)
    made = Seq(old)
    made.origin = list(old.origin)
    index, at = int(number) - 1, by.called(f"{by.address}.{number}")
    if rest:
        made[index] = _put_below(old[index], rest, value, at)
    else:
        made[index], made.origin[index] = _laid(old[index], value, at), at
    return made


def _laid(old: Any, value: Any, at: Origin) -> Any:
    """The value in place of the old one: a bare number keeps its unit, and what else is said beside a figure stays."""
    if isinstance(value, Map):
        value.at = at
    if value is None or isinstance(value, Map | Seq):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and (unit := unit_of(old)):
        value = f"{spelling(value) or repr(value)} {unit}"
    beside = [key for key in old if key not in ABOUT] if isinstance(old, Map) and "value" in old else []
    if not beside:
        return value
    made = Map({"value": value}, {"value": at.called(f"{at.address}.value")}, at)
    for key in beside:
        made[key], made.origin[key] = old[key], old.origin[key]
    return made


def readdressed(node: Any, address: str) -> Any:
    """A copy of a value as it would be addressed if it stood there; its places stay."""
    if isinstance(node, Map):
        made = Map(at=node.at.called(address))
        for key, value in node.items():
            made[key] = readdressed(value, f"{address}.{key}")
            made.origin[key] = node.origin[key].called(f"{address}.{key}")
        return made
    if isinstance(node, Seq):
        items = Seq(readdressed(value, f"{address}.{number}") for number, value in enumerate(node, 1))
        items.origin = [o.called(f"{address}.{number}") for number, o in enumerate(node.origin, 1)]
        return items
    return node


def lay_over(below: Map, above: Map) -> Map:
    """`below` with the keys of `above` laid over it; null removes a key; origins travel with their keys.

    Sections are merged key by key; a figure, written plainly, with its source or in yearly steps, is replaced whole.
    """
    made = Map(below, below.origin, below.at)
    for key, value in above.items():
        old = below.get(key)
        if value is None and key in below:
            del made[key], made.origin[key]
            continue
        merge = isinstance(value, Map) and isinstance(old, Map) and not (is_figure(value) or is_figure(old))
        made[key] = lay_over(below[key], value) if merge else value
        made.origin[key] = above.origin[key]
    return made


def is_figure(node: Map) -> bool:
    """Whether a mapping is one figure: with what is known about it, or in yearly steps."""
    return "value" in node or is_steps(node)


def is_steps(node: Map) -> bool:
    """Whether a mapping is a figure in yearly steps."""
    return bool(node) and all(is_count(key) for key in node)


def is_count(text: str) -> bool:
    """Whether a key or a part of an address is a number to count by."""
    return len(text) < 7 and text.isascii() and text.isdigit()
