"""An explanation as JSON: a flat list of nodes that point at each other; figures unrounded, never NaN."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

from bpocalc import __version__
from bpocalc.about import Input
from bpocalc.explain.addresses import Item, Section, span_of
from bpocalc.explain.formula import in_numbers
from bpocalc.explain.spans import Span
from bpocalc.explain.spans import value as value_in
from bpocalc.explain.tree import Step, is_read
from bpocalc.notation import write
from bpocalc.quantity import Quantity, describe
from bpocalc.views.explanation.wording import Subject, file_of, label, reason, set_by, unit_in, users
from bpocalc.views.json import dump

VERSION = 1
KNOWN = (
    "set_by", "file", "line", "column", "written", "source", "as_of", "owner", "note", "grade", "least", "most",
    "low", "high", "dist", "used_by",
)  # fmt: skip
"""What is known of an input."""

Key = tuple[int, Span | None]


def render(root: Step, subject: Subject) -> str:
    """The tree of a quantity as nodes, the one asked for first."""
    nodes: dict[Key, tuple[str, Step]] = {}
    _gather(root, "", nodes)
    names = {key: name for key, (name, _) in nodes.items()}
    made = _head("bpocalc.explanation", subject) | {
        "address": describe(root.quantity),
        "month": root.span.first if root.span and root.span.is_month else None,
        "nodes": [_node(name, step, names, subject) for name, step in nodes.values()],
    }
    return dump(made) + "\n"


def render_list(sections: Sequence[Section], subject: Subject, under: str, asked: int | None) -> str:
    """What can be asked for, as a flat list."""
    items = [_item(item, section, subject, asked) for section in sections for item in section.items]
    head = _head("bpocalc.addresses", subject) | {"address": under or None, "month": asked}
    return dump(head | {"addresses": items}) + "\n"


def _head(name: str, subject: Subject) -> dict[str, Any]:
    scenario = subject.comparison.run.loaded.scenario
    return {
        "format": name,
        "version": VERSION,
        "engine": __version__,
        "scenario": {"path": subject.path, "sha256": subject.sha256, "title": scenario.title},
        "currency": scenario.currency,
    }


def _item(item: Item, section: Section, subject: Subject, asked: int | None) -> dict[str, Any]:
    q = item.quantity
    span = span_of(q, asked)
    assert q.about is not None
    return {
        "address": item.address,
        "kind": item.kind,
        "section": section.title,
        "label": item.label or None,
        **_measured(value_in(q, span), q.about.unit, span),
    }


def _measured(value: float, unit: str, span: Span | None) -> dict[str, Any]:
    """A value with its unit and months."""
    return {
        "month": span.first if span and span.is_month else None,
        "from": span.first if span and not span.is_month else None,
        "to": span.last if span and not span.is_month else None,
        "value": _number(value),
        "unit": unit_in(unit, span) or None,
    }


def _number(value: float) -> float | None:
    return None if isnan(value) else value + 0.0  # never −0.0


def _gather(step: Step, place: str, into: dict[Key, tuple[str, Step]]) -> None:
    """All steps, each once under a name of its own, explained where it is explained somewhere."""
    name, known = _name(step, place), into.get(step.key)
    if known is None or (known[1].state == "cut" and step.state == ""):
        into[step.key] = (known[0] if known else name, step)
    for number, below in enumerate(step.steps, 1):
        _gather(below, f"{name}#{number}", into)


def _name(step: Step, place: str) -> str:
    """The name of a node: its address, or its place in the sum that it is a part of, and its months."""
    if step.quantity.about is None:
        return place
    address = describe(step.quantity)
    if step.span is None:
        return address
    return f"{address}@{step.span.first}" + ("" if step.span.is_month else f"-{step.span.last}")


def _node(name: str, step: Step, names: dict[Key, str], subject: Subject) -> dict[str, Any]:
    """One node: what it is, its formula and where it was set; null for what does not apply."""
    q, made = step.quantity, step.formula
    below = [names[s.key] for s in step.steps]
    return {
        "id": name,
        "address": describe(q) if q.about else None,
        "label": label(q, subject) or None,
        **_measured(step.value, step.unit, step.span),
        "formula": None if is_read(q) else write(q),
        "numbers": in_numbers(q, step.span) if made and not made.is_monthly else None,
        "inputs": [] if made and made.is_monthly else below,
        "rest": {"count": made.rest[0], "value": _number(made.rest[1])} if made and made.rest else None,
        "example": below[0] if below and made and made.is_monthly else None,
        "more": step.state == "cut",
        "years": [{"year": year, "value": _number(value)} for year, value in step.years],
        "reason": (reason(q, subject) or None) if isnan(step.value) else None,
        **_input(q, subject),
    }


def _input(q: Quantity, subject: Subject) -> dict[str, Any]:
    """What is known of an input; null for anything else."""
    item = q.about
    if not isinstance(item, Input):
        return dict.fromkeys(KNOWN)
    source, spread, place = item.source, item.spread, item.place if file_of(item, subject) else None
    known = (
        set_by(item), file_of(item, subject), place and place.line, place and place.column, item.written,
        source.text, source.as_of, source.owner, source.note, source.grade, item.least, item.most,
        spread and spread.low, spread and spread.high, spread and spread.dist,
        [address for address, _ in users(q, subject)],
    )  # fmt: skip
    return {key: None if value == "" else value for key, value in zip(KNOWN, known, strict=True)}
