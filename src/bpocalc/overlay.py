"""Overlays: a document with something changed in it, by address or by laying another section over it."""

from __future__ import annotations

import re
from typing import Any

from bpocalc.document import Map, Origin, Seq

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
    `rate` it replaces that. Sections that are missing on the way are made. KeyError where the address leads through
    something that is not a section.
    """
    key, _, rest = address.partition(".")
    made = doc.copy()
    child = f"{doc.at.address}.{key}" if doc.at.address else key
    old = doc.get(key)
    if not rest and isinstance(old, Map) and "rate" in old and not isinstance(value, Map | Seq):
        rest = "rate"
    if rest:
        made[key] = _put_below(old, rest, value, by._replace(address=child))
        made.origin.setdefault(key, by._replace(address=child))
    else:
        made[key] = _keeping_unit(old, value)
        made.origin[key] = by._replace(address=child)
        if isinstance(value, Map):
            value.at = made.origin[key]
    return made


def _put_below(old: Any, address: str, value: Any, by: Origin) -> Any:
    """A section or list with something inside it replaced; `by` carries the address of the section."""
    if old is None:
        return put(Map(at=by), address, value, by)
    if isinstance(old, Map):
        return put(old, address, value, by)
    number, _, rest = address.partition(".")
    if not isinstance(old, Seq) or not number.isdigit() or not 1 <= int(number) <= len(old):
        raise KeyError(number)
    made = Seq(old)
    made.origin = list(old.origin)
    index = int(number) - 1
    if rest:
        made[index] = _put_below(old[index], rest, value, by._replace(address=f"{by.address}.{number}"))
    else:
        made[index] = _keeping_unit(old[index], value)
        made.origin[index] = by._replace(address=f"{by.address}.{number}")
    return made


def _keeping_unit(old: Any, value: Any) -> Any:
    """The new value with the old one's currency or unit, where it is a bare number."""
    unit = unit_of(old)
    bare = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value!r} {unit}" if bare and unit else value


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
    return "value" in node or (bool(node) and all(key.isdigit() for key in node))
