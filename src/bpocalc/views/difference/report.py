"""The difference as a report of tables: what changed, and how the results of each function moved because of it."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from bpocalc.comparison import Comparison, Group
from bpocalc.report import Report
from bpocalc.studies.difference import Difference, Moved
from bpocalc.table import Kind, Row, Table, clean, cleaned, shown_key, title_of
from bpocalc.views.difference.wording import COSTS, METRICS, Sides, answers, label_of, told, values, where
from bpocalc.words import HALF_CENT

CONVENTIONS = (
    "What a change does is what the result moves by when that change alone is made in the old version; the interaction "
    "is what all of them do together beyond that, so that the rows add up."
)


def report_of(difference: Difference, sides: Sides, changes: Sequence[str]) -> Report:
    """The report of a difference; `changes` are the options that changed both versions."""
    comparison = difference.new.comparison
    scenario = comparison.run.loaded.scenario
    return Report(
        title=clean(scenario.title),
        basis=clean(f"{sides.old} → {sides.new} · {scenario.currency} · {METRICS[difference.metric]}"),
        answers=tuple(clean(text) for text in answers(difference)),
        tables=tuple(cleaned(table) for table in (*_changed(difference), *_moves(difference))),
        notes=tuple(clean(text) for text in _notes(difference, sides, changes)),
        conventions=CONVENTIONS,
    )


def _changed(difference: Difference) -> list[Table]:
    """The figures and the parts of the structure that changed."""
    found = [change for change in difference.changes if change.kind != "remark"]
    rows = tuple(Row(change.address, "text", (*values(change), where(change))) for change in found)
    return [Table("What changed", (("old",), ("new",), ("where",)), rows)] if rows else []


def _moves(difference: Difference) -> list[Table]:
    """How the results of each function moved, and those of the whole scenario, as far as they did."""
    if not difference.differs:
        return []
    old, new = difference.old.comparison, difference.new.comparison
    totals = [(c, c.total) for c in (new, old) if c.total is not None][:1]
    gone = [(old, group) for key, group in old.functions.items() if key not in new.functions]
    groups = [*((new, group) for group in new.functions.values()), *gone, *totals]
    return [_moved(difference, comparison, group) for comparison, group in groups if not difference.stands(group.key)]


def _moved(difference: Difference, comparison: Comparison, group: Group) -> Table:
    """From the old value of each result to the new one, change by change."""
    results = difference.of(group.key)
    whole: Kind = "money" if difference.metric in COSTS else "saving"
    part: Kind = "change" if difference.metric in COSTS else "saving"
    rows = [Row("before", whole, tuple(moved.before for moved in results))]
    for number, change in enumerate(difference.changes):
        effects = [moved.effects[number] if moved.effects else None for moved in results]
        if any(_counts(effect) for effect in effects):
            rows.append(Row(label_of(change, group.key), part, tuple(effects)))
    joint = (("another mix is best", [m.other_mix for m in results]), ("interaction", [m.interaction for m in results]))
    for label, amounts in joint:
        if any(_counts(amount) for amount in amounts):
            shown = [amount if moved.effects else None for moved, amount in zip(results, amounts, strict=True)]
            rows.append(Row(label, part, tuple(shown)))
    rows.append(Row("after", whole, tuple(moved.after for moved in results), "total"))
    heads = tuple((_name(comparison, group, moved), _news(moved)) for moved in results)
    return Table(f"{title_of(comparison, group)} · {METRICS[difference.metric]}", heads, tuple(rows))


def _counts(amount: float | None) -> bool:
    return amount is not None and abs(amount) >= HALF_CENT


def _name(comparison: Comparison, group: Group, moved: Moved) -> str:
    """The heading of a result."""
    if group.key == "total":
        return {"in_house": "baseline", "mix": "mix", "best": "best mix"}[moved.option]
    return shown_key(moved.option)


def _news(moved: Moved) -> str:
    if moved.before is None:
        return "new" if moved.after is not None else ""
    return "gone" if moved.after is None else ""


def _notes(difference: Difference, sides: Sides, changes: Sequence[str]) -> list[str]:
    """What could not be told apart, and how to go on."""
    out = []
    remarks = [f"{change.address} ({where(change)})" for change in difference.changes if change.kind == "remark"]
    if remarks:
        out.append(f"Titles, sources, ranges and the like that differ: {', '.join(remarks)}.")
    if idle := [change.address for change in difference.idle]:
        out.append(f"Changed, and moves no result: {', '.join(idle)}.")
    joint = [
        change.address
        for number, change in enumerate(difference.changes)
        if any(moved.effects and moved.effects[number] is None for moved in difference.results)
    ]
    if joint:
        out.append(f"Not made alone, and so in the interaction: {', '.join(joint)}.")
    for group, result, moved in told(difference)[:1]:
        if moved.after is not None and difference.differs:
            words = (sides.new, f"{group.key}.{result.key}.{difference.metric}", *changes)
            out.append(f"Where a new figure comes from: bpocalc explain {' '.join(quote(word) for word in words)}")
    others = ", ".join(name for name in METRICS if name != difference.metric)
    out.append(f"Another result: --metric with one of {others}")
    return out
