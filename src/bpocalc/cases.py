"""Cases side by side: for each function what every option costs and saves in each case."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from bpocalc.answers import listed, money
from bpocalc.comparison import Comparison, Group, nearest
from bpocalc.references import footnotes, used
from bpocalc.report import CASE, CONVENTIONS, Report, basis
from bpocalc.summary import mix_in_words
from bpocalc.table import Kind, Row, Table, clean, cleaned, heads, mark_of, results_row, title_of
from bpocalc.words import HALF_CENT

BASE = "base"
"""What the scenario without any case is called."""
SHOWN: tuple[tuple[str, Kind, str], ...] = (
    ("total", "money", "total_cost"),
    ("saving", "saving", "total_saving"),
    ("NPV of the saving", "saving", "npv_saving"),
    ("pays back (cash)", "payback", "payback_cash"),
    ("meets the rule", "verdict", "meets_rule"),
)
"""The results that are shown for each case."""


def name_of(comparison: Comparison) -> str:
    """The case of a comparison."""
    return comparison.run.loaded.case or BASE


def report_of(comparisons: Sequence[Comparison], path: str, changes: Sequence[str]) -> Report:
    """The report of a scenario in all its cases; the comparison without a case comes first."""
    first = comparisons[0]
    each = [list(several) for several in zip(*(_groups(c) for c in comparisons), strict=True)]
    return Report(
        title=clean(first.run.loaded.scenario.title),
        basis=f"{basis(first)} · {len(comparisons)} cases",
        answers=tuple(clean(_answer(comparisons, groups)) for groups in each),
        tables=tuple(_table(comparisons, groups) for groups in each),
        notes=tuple(clean(note) for note in _notes(comparisons, path, changes)),
        conventions=CONVENTIONS,
    )


def _groups(comparison: Comparison) -> list[Group]:
    return [*([comparison.total] if comparison.total else []), *comparison.functions.values()]


def _table(comparisons: Sequence[Comparison], groups: Sequence[Group]) -> Table:
    """The options of one group, each result in every case below each other."""
    keys = list(dict.fromkeys(key for group in groups for key in group.results))
    names = [name_of(comparison) for comparison in comparisons]
    rows = []
    for label, kind, metric in SHOWN:
        several = []
        for group in groups:
            found = [group.results[key].metrics.get(metric) if key in group.results else None for key in keys]
            several.append(results_row("", kind, found))
        if not all(row.empty for row in several):
            rows += _named(label, names, several)
    marks = [Row("", "text", tuple(mark_of(group, key) for key in keys)) for group in groups]
    rows += _named("best", names, marks)
    columns = {key: column for c, g in zip(comparisons, groups, strict=True) for key, column in _columns(c, g).items()}
    depth = max(len(column) for column in columns.values())
    padded = tuple(columns[key] + ("",) * (depth - len(columns[key])) for key in keys)
    return cleaned(Table(f"{title_of(comparisons[0], groups[0])} · by case", padded, tuple(rows)))


def _columns(comparison: Comparison, group: Group) -> dict[str, tuple[str, ...]]:
    return dict(zip(group.results, heads(comparison, group), strict=True))


def _named(label: str, names: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The row of the base, named by what it shows, and below it those of the cases."""
    first, *others = zip(names, rows, strict=True)
    top = first[1]._replace(label=f"{label} ({first[0]})")
    return [top, *(row._replace(label=name, style="sub") for name, row in others)]


def _answer(comparisons: Sequence[Comparison], groups: Sequence[Group]) -> str:
    """What is best in which cases, and how far the saving of the best rival moves."""
    found: dict[str, list[str]] = {}
    for comparison, group in zip(comparisons, groups, strict=True):
        found.setdefault(_best(comparison, group), []).append(name_of(comparison))
    if len(found) == 1:
        count = "both" if len(groups) == 2 else f"all {len(groups)}"
        said = f"{next(iter(found))} in {count} cases"
    else:
        said = "; ".join(f"{what} in {listed(names)}" for what, names in found.items())
    rival = nearest(groups[0])
    if rival is None:
        return f"{groups[0].title}: {said}."
    worth = {
        name_of(comparison): group.results[rival.key].metrics["npv_saving"].figure
        for comparison, group in zip(comparisons, groups, strict=True)
        if rival.key in group.results and rival.key != group.baseline
    }
    least, most = min(worth, key=worth.__getitem__), max(worth, key=worth.__getitem__)
    name = f"the {rival.title}" if groups[0].key == "total" else rival.title
    span = f"runs from {money(worth[least])} ({least}) to {money(worth[most])} ({most})"
    if worth[most] - worth[least] <= HALF_CENT:
        span = f"is {money(worth[least])} in each"
    return f"{groups[0].title}: {said}. The NPV of the saving with {name} {span}."


def _best(comparison: Comparison, group: Group) -> str:
    if group.tie:
        return f"{listed([group.results[key].title for key in group.tie])} tie"
    if group.key == "total":
        return f"({mix_in_words(comparison, comparison.best.options)}) is the best mix"
    return f"{group.results[group.best].title} is best"


def _notes(comparisons: Sequence[Comparison], path: str, changes: Sequence[str]) -> list[str]:
    out = []
    for key, case in comparisons[0].run.loaded.scenario.cases.items():
        said = f"{key}: {case.title}" if case.title else key
        many = len(case.written["set"])
        out.append(f"Case {said} ({many} value{'' if many == 1 else 's'} set).")
    alone = [basis(comparison).partition(CASE)[0] for comparison in comparisons]
    others = [name_of(c) for c, said in zip(comparisons, alone, strict=True) if said != alone[0]]
    if others:
        out.append(f"The line below the title is that of the base; it is another in {listed(others)}.")
    out.extend(footnotes(used(comparisons[0]), comparisons[0].run.loaded))
    words = " ".join(quote(word) for word in (path, *changes))
    out.append(f"One case in full: bpocalc compare {words} --case {name_of(comparisons[-1])}")
    return out
