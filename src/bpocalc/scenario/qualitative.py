"""Qualitative factors: what has no price, by weights and scores, shown beside the money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bpocalc.document import Map, Origin
from bpocalc.problems import misspelt
from bpocalc.quantity import Quantity
from bpocalc.scenario.context import Loading
from bpocalc.scenario.fields import Each, In
from bpocalc.scenario.parts import Part


class Factor(Part):
    """Something that counts and has no price: a weight, and a score for each option."""

    title: str = ""
    """What reports call it."""
    weight: Annotated[Quantity, In("factor", gt=0)]
    """How much it counts against the other factors."""
    scores: Annotated[dict[str, Quantity], Each(In("points", ge=1, le=5))] | None = None
    """Points from 1 (poor) to 5 (good), written straight beside the weight: `in_house: 5, care.manila: 3`."""

    @classmethod
    def shaped(cls, data: Map, loading: Loading | None) -> Map:
        """Gather the scores that are written beside the weight."""
        if loading is None:
            return data
        out, scores = Map(at=data.at), Map(at=data.at)
        stray = misspelt(data, ("weight",), "weight")
        for key, value in data.items():
            if key in ("title", "weight", stray):
                out[key], out.origin[key] = value, data.origin[key]
            else:
                _gather(scores, data, key, "" if key == "scores" and isinstance(value, Map) else key, loading)
        if scores:
            out["scores"], out.origin["scores"] = scores, data.at
        return out

    def score(self, function: str, option: str, *, alone: bool) -> Quantity | None:
        """The score of an option; a function that is alone need not be named."""
        scores = self.scores or {}
        return scores.get(f"{function}.{option}", scores.get(option) if alone else None)

    def score_origin(self, name: str) -> Origin:
        """Where a score is written."""
        return next((origin for found, origin in _written(self.written, "") if found == name), self.written.at)


def _written(section: Map, prefix: str) -> Iterator[tuple[str, Origin]]:
    """Every entry by its full name, with its place."""
    for key, value in section.items():
        name = prefix if key == "scores" and not prefix else f"{prefix}.{key}".lstrip(".")
        yield name, section.origin[key]
        if isinstance(value, Map):
            yield from _written(value, name)


def _gather(scores: Map, section: Map, key: str, name: str, loading: Loading) -> None:
    """Put a score, or a section of them, under its full name; what stands later holds, but for one in the same file."""
    value, origin = section[key], section.origin[key]
    if isinstance(value, Map) and "value" not in value:
        for below in value:
            _gather(scores, value, below, f"{name}.{below}".lstrip("."), loading)
        return
    before = scores.origin.get(name)
    if before and before.file == origin.file and origin.value not in loading.set_by_case:
        loading.note("BPO007", f"the score of '{name}' is written twice", origin, "keep one of the two", key=True)
    scores[name], scores.origin[name] = value, origin.called(f"{scores.at.address}.{name}")
