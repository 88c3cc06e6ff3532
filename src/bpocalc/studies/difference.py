"""The difference between two versions of a scenario: how a result moved, and because of which change.

The effect of a change is what the result moves by when that change alone is made in the old version. What all of them
bring together beyond that is their interaction, so that effects and interaction add up exactly. A figure is moved in
the formulas of the old version; a change of structure is made in its document, which is computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, isfinite
from typing import NamedTuple

from bpocalc.comparison import Comparison
from bpocalc.document import NOWHERE, Map
from bpocalc.problems import Invalid
from bpocalc.quantity import Quantity
from bpocalc.replay import Replay
from bpocalc.scenario.loading import Prepared
from bpocalc.studies.changes import REMARKS, Change, Version, changes, version_of, with_change
from bpocalc.words import HALF_CENT

MOST_RUNS = 40
"""Of more changes of structure than these only what they do together is told."""

Name = tuple[str, str]
"""A result: its function, or `total`, and its option or mix."""
Found = Mapping[Name, float]


class Moved(NamedTuple):
    """How a result moved."""

    function: str
    option: str
    before: float | None
    """None where the old version has no such result."""
    after: float | None
    effects: tuple[float | None, ...] = ()
    """What each change does alone; None for one that cannot be made alone. Empty where before or after is missing."""
    other_mix: float = 0
    """What it is worth that another mix is best."""
    interaction: float = 0
    """What the changes do together beyond what each does alone."""

    @property
    def stands(self) -> bool:
        """Whether it is what it was, and no change alone would have made it anything else."""
        if self.before is None or self.after is None:
            return self.before is self.after
        steps = (self.after - self.before, *(effect for effect in self.effects if effect is not None))
        return all(abs(step) < HALF_CENT for step in steps)


class Difference(NamedTuple):
    """Two versions of a scenario, what differs between them, and how each result moved."""

    old: Version
    new: Version
    metric: str
    changes: tuple[Change, ...]
    results: tuple[Moved, ...]

    @property
    def differs(self) -> bool:
        """Whether a figure, the structure or a result differs."""
        moved = any(one.before != one.after for one in self.results)
        return moved or any(change.kind != "remark" for change in self.changes)

    def of(self, function: str) -> list[Moved]:
        """How the results of a function moved, or for `total` those of the whole scenario."""
        return [moved for moved in self.results if moved.function == function]

    def stands(self, function: str) -> bool:
        """Whether no result of a function moved."""
        return all(moved.stands for moved in self.of(function))

    @property
    def idle(self) -> list[Change]:
        """The figures and parts of the structure that changed and move no result, nor bring or take one."""
        counted = [moved for moved in self.results if moved.effects]
        news = [("functions", m.function, "options", m.option) for m in self.results if not m.effects]
        out = []
        for number, change in enumerate(self.changes):
            effects = [moved.effects[number] for moved in counted]
            about_news = any(path[: len(change.path)] == change.path[: len(path)] for path in news)
            if (
                change.kind != "remark"
                and not about_news
                and all(e is not None and abs(e) < HALF_CENT for e in effects)
            ):
                out.append(change)
        return out


def difference(old: Version, new: Version, metric: str, *, soft: bool = False) -> Difference:
    """What differs between two versions, and how that moved a result of every option, named as a metric."""
    found = changes(old, new)
    before, after = (_results(version.comparison, metric) for version in (old, new))
    names = list(dict.fromkeys([*after, *before]))
    common = [name for name in names if name in before and name in after]
    effects = _effects(old, found, {name: before[name] for name in common}, metric, soft=soft)
    mixed = _of_the_old_mix(old, new, metric, soft=soft)
    results = [
        _moved(name, before.get(name), after.get(name), [each.get(name) for each in effects], mixed) for name in names
    ]
    return Difference(old, new, metric, tuple(found), tuple(results))


def _moved(
    name: Name, old: Quantity | None, new: Quantity | None, effects: Sequence[float | None], mixed: float | None
) -> Moved:
    """How a result moved; only where it was and now is."""
    before, after = (q.figure if q is not None and isfinite(q.figure) else None for q in (old, new))
    if before is None or after is None:
        return Moved(*name, before, after)
    other = after - mixed if name == ("total", "best") and mixed is not None else 0.0
    known = [effect for effect in effects if effect is not None]
    return Moved(*name, before, after, tuple(effects), other, fsum([after, -before, -other, *(-x for x in known)]))


def _results(comparison: Comparison, metric: str) -> dict[Name, Quantity]:
    """A result of every option and mix that has it."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    return {
        (group.key, result.key): result.metrics[metric]
        for group in groups
        for result in group.results.values()
        if metric in result.metrics
    }


def _effects(
    old: Version, found: Sequence[Change], results: Mapping[Name, Quantity], metric: str, *, soft: bool
) -> list[Found]:
    """What each change does alone to each result; nothing is held for a result that it cannot be told of."""
    replay, ground = Replay(list(results.values())), old.prepared
    for change in found:
        if change.kind == "remark" and change.path[0] not in REMARKS:
            ground = with_change(ground, change)  # a figure that is now stated may be needed by what follows
    runs = sum(change.kind == "structure" for change in found)
    made: list[Found] = []
    for change in found:
        if change.kind == "remark" or not results:
            made.append(dict.fromkeys(results, 0.0))
        elif change.kind == "figure":
            made.append(_of_figure(change, replay, results))
        elif runs > MOST_RUNS:
            made.append({})
        else:
            made.append(_of_structure(with_change(ground, change), results, metric, soft=soft))
    return made


def _of_figure(change: Change, replay: Replay, results: Mapping[Name, Quantity]) -> Found:
    """What another value of an input does."""
    if change.address not in replay:
        return dict.fromkeys(results, 0.0)
    try:
        values = replay.plan([change.address]).floats({change.address: change.value})
    except (ZeroDivisionError, OverflowError):
        return {}
    pairs = zip(results.items(), values, strict=True)
    return {name: value - q.figure for (name, q), value in pairs if isinstance(value, float) and isfinite(value)}


def _of_structure(changed: Prepared, results: Mapping[Name, Quantity], metric: str, *, soft: bool) -> Found:
    """What a change of structure does; nothing where the scenario is invalid with it alone."""
    try:
        other = _results(version_of(changed, soft=soft).comparison, metric)
    except (Invalid, ZeroDivisionError, OverflowError):
        return {}
    values = {name: other[name].figure - q.figure for name, q in results.items() if name in other}
    return {name: value for name, value in values.items() if isfinite(value)}


def _of_the_old_mix(old: Version, new: Version, metric: str, *, soft: bool) -> float | None:
    """What the mix that was best comes to in the new version, where another one is best in it; else None."""
    mix, now = old.comparison.best.options, new.comparison.best.options
    if new.comparison.total is None or mix == now or mix.keys() != now.keys():
        return None
    if any(option not in new.comparison.functions[key].results for key, option in mix.items()):
        return None
    options = Change(
        ("mix",), "structure", "", "", None, None, node=Map(mix, dict.fromkeys(mix, NOWHERE)), origin=NOWHERE
    )
    total = version_of(with_change(new.prepared, options), soft=soft).comparison.total
    assert total is not None
    result = total.results.get("mix", total.results["in_house"])
    return result.metrics[metric].figure if metric in result.metrics else 0.0
