"""What a difference says, whatever its format: what the versions are called, what a change is, where it stands."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.answers import listed, money
from bpocalc.comparison import Group, Result, nearest
from bpocalc.studies.changes import Change
from bpocalc.studies.difference import Difference, Moved
from bpocalc.words import HALF_CENT

METRICS = {
    "npv_saving": "NPV of the saving",
    "total_saving": "saving",
    "run_rate": "run rate",
    "total_cost": "total cost",
    "pv_cost": "present value of the cost",
    "one_off": "one-off cost",
    "max_exposure": "maximum exposure",
}
"""The results whose movement is told, and what they are called."""
COSTS = ("total_cost", "pv_cost", "one_off", "max_exposure")
"""Those that are the better the smaller they are."""
ABSENT = "not there"


class Sides(NamedTuple):
    """What the two versions are called."""

    old: str
    new: str


def where(change: Change) -> str:
    """Where the new value stands, or the old one where nothing does any more."""
    place = change.new_place or change.old_place
    if place is None:
        return ""
    if place.file.startswith("--set"):
        return "--set"
    return f"line {place.line}" if change.new_place else f"old line {place.line}"


def values(change: Change) -> tuple[str, str]:
    """What stood there and what stands there now."""
    if change.kind == "figure":
        return change.old, change.new
    return change.old or ABSENT, change.new or ABSENT


def label_of(change: Change, function: str) -> str:
    """A change in a table about a function: its address below it, without the words that go without saying."""
    path = change.path[2:] if change.path[:2] == ("functions", function) else change.path
    label = ".".join(part for part in path if part not in ("functions", "options")) or change.address
    if change.kind != "structure":
        return label
    return f"{label} ({'added' if not change.old else 'changed' if change.new else 'removed'})"


def answers(difference: Difference) -> list[str]:
    """What changed, and what that does to the best option of each function and to the best mix."""
    said = [_counted(difference)]
    if not difference.differs:
        return said
    found = told(difference)
    said += [_answer(difference, *one) for one in found if not difference.stands(one[0].key)]
    still = [group.title for group, _, _ in found if group.key != "total" and difference.stands(group.key)]
    if len(said) == 1:
        return [*said, "No result moves."]
    return [*said, f"Nothing moves for {listed(still)}."] if still else said


def told(difference: Difference) -> list[tuple[Group, Result, Moved]]:
    """Of the whole scenario and of each function the result that is spoken of: the best one before, or else now."""
    old, new = difference.old.comparison, difference.new.comparison
    moves = {(moved.function, moved.option): moved for moved in difference.results}
    out = []
    for group in [*([new.total] if new.total else []), *new.functions.values()]:
        before = old.functions.get(group.key)
        kept = nearest(before) if before is not None else None
        key = "best" if group.key == "total" else kept.key if kept is not None else ""
        result = group.results.get(key) or nearest(group)
        if result is not None and (group.key, result.key) in moves:
            out.append((group, result, moves[group.key, result.key]))
    return out


def _counted(difference: Difference) -> str:
    """How many things changed, by their kind."""
    words = (("figure", "figure", "figures"), ("structure", "change of structure", "changes of structure"))
    counts = {
        kind: sum(change.kind == kind for change in difference.changes) for kind in ("figure", "structure", "remark")
    }
    if not difference.changes:
        return "Nothing differs." if not difference.differs else "No figure differs, and yet results do."
    said = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in words if counts[kind]]
    if not said:
        return "Only titles, sources, ranges and the like differ: no result moves."
    more = f", beside {counts['remark']} of titles, sources, ranges and the like" if counts["remark"] else ""
    return f"Changed: {' and '.join(said)}{more}."


def _answer(difference: Difference, group: Group, result: Result, moved: Moved) -> str:
    """How a result moved, and whether another option is best now."""
    metric, name = METRICS[difference.metric], result.title if group.key != "total" else f"the {result.title}"
    whose = group.title if group.key != "total" else "Whole scenario"
    of, better = f"{whose}: the {metric} with {name}", _best(difference, group)
    if moved.before is None or moved.after is None:
        now = "has no value now" if moved.after is None else f"is {money(moved.after)}"
        return f"{of} {now}; it {'had none' if moved.before is None else f'was {money(moved.before)}'} before.{better}"
    change = moved.after - moved.before
    if abs(change) < HALF_CENT:
        return f"{of} stays at {money(moved.after)}.{better}"
    verb, sign = ("rises", "+") if change > 0 else ("falls", "−")
    return f"{of} {verb} from {money(moved.before)} to {money(moved.after)} ({sign}{money(abs(change))}).{better}"


def _best(difference: Difference, group: Group) -> str:
    """Which option is best, where that is another one now."""
    old, new = difference.old.comparison, difference.new.comparison
    if group.key == "total":
        return "" if old.best.options == new.best.options else " Another mix is best."
    before = old.functions.get(group.key)
    if before is None or before.best == group.best:
        return ""
    worth = next((m.after for m in difference.results if (m.function, m.option) == (group.key, group.best)), None)
    now = f" ({money(worth)})" if worth is not None else ""
    return f" Best is {group.results[group.best].title} now{now}; it was {before.results[before.best].title}."
