"""Expectations: what the results of a scenario are held against."""

from __future__ import annotations

from typing import Literal

from bpocalc.document import Map, Seq
from bpocalc.scenario.parts import Part, is_text


class Expectation(Part):
    """What is expected of a result: it is judged by `bpocalc check`, and written plainly or as a section."""

    that: str
    """A result, a sign (`>=`, `<=`, `>`, `<`, `==`) and a figure or another result."""
    why: str = ""
    """Where the expectation comes from: the paper, the decision."""
    severity: Literal["fail", "warn"] = "fail"
    """What it means if the expectation does not hold: that the check fails, or a warning."""
    tolerance: str | None = None
    """By how much it may be missed: in the unit of the result, or with `%` a share of what is expected (of a result \
that is a share, percentage points)."""

    @property
    def text(self) -> str:
        """What is expected, on one line."""
        return " ".join(self.that.split())


def with_expectations(out: Map, written: Map) -> Map:
    """A section in which expectations that are written plainly are spelled out."""
    node = written.get("expect")
    if isinstance(node, Seq):
        spelled = Seq(
            Map({"that": item}, {"that": origin}, origin) if is_text(item) else item
            for item, origin in zip(node, node.origin, strict=True)
        )
        spelled.origin = node.origin
        out["expect"] = spelled
    return out
