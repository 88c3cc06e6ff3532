"""Changes: what differs between two versions of a scenario, figure by figure and section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from bpocalc.about import Input, Place
from bpocalc.comparison import Comparison, compare
from bpocalc.document import Map, Origin, Seq
from bpocalc.model.run import run
from bpocalc.notation import digits
from bpocalc.overlay import is_steps
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import Prepared, load

Kind = Literal["figure", "structure", "remark"]
"""A figure has another value; something is there that was not, or the other way; or only a text or a range differs."""

GONE = object()
"""Stands for what one of two versions does not have."""
REMARKS = ("accept", "expect", "cases", "qualitative", "decision", "bpocalc")
"""Sections of a scenario on which no money hangs."""
LONGEST = 30
"""Characters of a text that are shown; figures are never cut."""
TEXTS = ("title", "process")
"""Fields that only say what something is called."""


class Version(NamedTuple):
    """A scenario as it was loaded and computed."""

    prepared: Prepared
    comparison: Comparison

    @property
    def inputs(self) -> Mapping[str, Quantity]:
        """Its inputs by address."""
        return self.comparison.run.loaded.inputs


class Change(NamedTuple):
    """One thing in which two versions differ."""

    path: tuple[str, ...]
    kind: Kind
    old: str
    """What stood there; empty for nothing."""
    new: str
    old_place: Place | None
    new_place: Place | None
    value: float = 0
    """The new value of a figure, in its unit."""
    node: Any = None
    """What stands there in the new version, or `GONE`."""
    origin: Origin | None = None

    @property
    def address(self) -> str:
        """The path of keys in the file."""
        return ".".join(self.path)


def version_of(prepared: Prepared, *, soft: bool = False) -> Version:
    """A scenario loaded and computed; Invalid with all problems."""
    return Version(prepared, compare(run(load(*prepared)), soft=soft))


def with_change(prepared: Prepared, change: Change) -> Prepared:
    """A document with a change made in it, the rest of it shared."""
    return prepared._replace(doc=_put(prepared.doc, change.path, change), problems=[])


def _put(node: Any, path: tuple[str, ...], change: Change) -> Any:
    """A section or list with a change made in it."""
    key, rest = path[0], path[1:]
    if isinstance(node, Seq):
        items, place = Seq(node), int(key) - 1
        items.origin = list(node.origin)
        items[place] = _put(node[place], rest, change) if rest else change.node
        return items
    made: Map = node.copy()
    if rest:
        made[key] = _put(node[key], rest, change)
    elif change.node is GONE:
        del made[key], made.origin[key]
    else:
        made[key] = change.node
        if change.origin is not None:
            made.origin[key] = change.origin
    return made


def changes(old: Version, new: Version) -> list[Change]:
    """All that differs, in the order of the new file; what it no longer has comes last in its section."""
    return list(_Walk(old, new).sections(old.prepared.doc, new.prepared.doc, ()))


class _Walk:
    """The way through both documents at once."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old, self.new = old.inputs, new.inputs

    def sections(self, old: Map, new: Map, path: tuple[str, ...]) -> Iterator[Change]:
        """What differs between two sections."""
        for key in dict.fromkeys([*new, *old]):
            here = (*path, key)
            yield from self.values(
                old.get(key, GONE), new.get(key, GONE), old.origin.get(key), new.origin.get(key), here
            )

    def values(
        self, old: Any, new: Any, old_at: Origin | None, new_at: Origin | None, path: tuple[str, ...]
    ) -> Iterator[Change]:
        """What differs between two values of the same address."""
        address = ".".join(path)
        before, after = self.old.get(address), self.new.get(address)
        if before is not None and after is not None:
            yield from _figures(before, after, (old, new), (old_at, new_at), path)
        elif isinstance(old, Map) and isinstance(new, Map):
            yield from self.sections(old, new, path)
        elif isinstance(old, Seq) and isinstance(new, Seq) and len(old) == len(new):
            for number, items in enumerate(zip(old, new, old.origin, new.origin, strict=True), 1):
                yield from self.values(*items, (*path, str(number)))
        elif old is GONE or new is GONE or old != new:
            yield _changed(_kind_of(path), (old, new), (old_at, new_at), path)


def _kind_of(path: tuple[str, ...]) -> Kind:
    return "remark" if path[0] in REMARKS or path[-1] in TEXTS else "structure"


def _figures(
    before: Quantity,
    after: Quantity,
    nodes: tuple[Any, Any],
    at: tuple[Origin | None, Origin | None],
    path: tuple[str, ...],
) -> Iterator[Change]:
    """How an input differs: in its value, its currency, or only in what is said about it."""
    old, new = before.about, after.about
    assert isinstance(old, Input)
    assert isinstance(new, Input)
    if old.unit != new.unit:
        yield _changed("structure", nodes, at, path)
    elif before.figure != after.figure:
        texts = (_figure(nodes[0], before), _figure(nodes[1], after))
        yield _changed("figure", nodes, at, path)._replace(value=after.figure, old=texts[0], new=texts[1])
    elif (old.spread, old.source, old.stated) != (new.spread, new.source, new.stated):
        yield _changed("remark", nodes, at, path)


def _changed(
    kind: Kind, nodes: tuple[Any, Any], at: tuple[Origin | None, Origin | None], path: tuple[str, ...]
) -> Change:
    places = [origin.value if origin else None for origin in at]
    old, new = (said(node) for node in nodes)
    return Change(path, kind, old, new, places[0], places[1], node=nodes[1], origin=at[1])


def _figure(node: Any, q: Quantity) -> str:
    """A figure as it is written, with the unit of its field where it is written without one."""
    value = node.get("value") if isinstance(node, Map) else node
    if node is GONE or value is None:
        return "not stated"
    if isinstance(value, str):
        return value
    unit = q.about.unit if q.about else ""
    unit = unit.removesuffix("s") if q.figure == 1 else unit
    return digits(q.figure) if unit in ("", "share", "factor", "rate") else f"{digits(q.figure)} {unit}"


def said(node: Any) -> str:
    """What stands somewhere, in a few words; empty for nothing."""
    if node is GONE or node is None:
        return ""
    if isinstance(node, Map):
        if "value" in node:
            return said(node["value"])
        if is_steps(node):
            return ", ".join(f"{key}: {said(value)}" for key, value in node.items())
        return f"{len(node)} field{'' if len(node) == 1 else 's'}"
    if isinstance(node, Seq):
        return f"{len(node)} item{'' if len(node) == 1 else 's'}"
    text = str(node).lower() if isinstance(node, bool) else str(node)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
