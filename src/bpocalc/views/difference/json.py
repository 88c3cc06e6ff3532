"""The difference as JSON: what changed, and how each result moved; figures unrounded, never NaN."""

from __future__ import annotations

from typing import Any

from bpocalc import __version__
from bpocalc.about import Place
from bpocalc.studies.changes import Change
from bpocalc.studies.difference import Difference, Moved
from bpocalc.views.difference.wording import Sides, answers
from bpocalc.views.json import dump

FORMAT, VERSION = "bpocalc.difference", 1


def render(difference: Difference, sides: Sides, hashes: tuple[str, str]) -> str:
    """One object."""
    scenario = difference.new.comparison.run.loaded.scenario
    made = {
        "format": FORMAT,
        "version": VERSION,
        "engine": __version__,
        "old": {"path": sides.old, "sha256": hashes[0]},
        "new": {"path": sides.new, "sha256": hashes[1]},
        "currency": scenario.currency,
        "metric": difference.metric,
        "differs": difference.differs,
        "answers": answers(difference),
        "changes": [_change(change) for change in difference.changes],
        "results": [_result(difference, moved) for moved in difference.results],
    }
    return dump(made) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {
        "address": change.address,
        "kind": change.kind,
        "old": change.old or None,
        "new": change.new or None,
        "old_place": _place(change.old_place),
        "new_place": _place(change.new_place),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return {"line": place.line, "column": place.column} if place else None


def _result(difference: Difference, moved: Moved) -> dict[str, Any]:
    pairs = zip(difference.changes, moved.effects, strict=True) if moved.effects else ()
    return {
        "function": moved.function,
        "option": moved.option,
        "before": moved.before,
        "effects": [{"address": change.address, "amount": effect} for change, effect in pairs],
        "other_mix": moved.other_mix,
        "interaction": moved.interaction,
        "after": moved.after,
    }
