"""The tables of a comparison in each of its readings. Views format them and add nothing up."""

from __future__ import annotations

from collections.abc import Callable

from bpocalc.causes import by_cause, waterfall
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.factors import qualitative
from bpocalc.quantity import Quantity, in_year, total, worth
from bpocalc.studies.volume import Strained
from bpocalc.summary import summary, unit_of
from bpocalc.table import (
    By,
    Kind,
    Row,
    Table,
    categories,
    category_row,
    cleaned,
    heads,
    mark_of,
    results_row,
    shown_key,
    title_of,
    total_row,
)
from bpocalc.timeline import MONTHS

WORTHS = ((0, "nominal", "total_cost"), (1, "discounted", "pv_cost"))
"""Which row of a line or category, how it is called, and the result that it adds up to."""


def by_category(comparison: Comparison, group: Group) -> list[Table]:
    """Cost by category, nominal and discounted."""
    results = list(group.results.values())
    out = []
    for which, word, metric in WORTHS:
        rows = [*(category_row(name, results, which) for name in categories(group)), total_row(results, metric)]
        title = f"{title_of(comparison, group)} · by category, {word}"
        out.append(Table(title, heads(comparison, group), tuple(rows)))
    return out


def by_year(comparison: Comparison, group: Group) -> list[Table]:
    """Cost and saving by contract year, nominal and discounted."""
    clock = comparison.run.book.clock
    results = list(group.results.values())

    def rows(pick: Callable[[Result], Quantity | None], kind: Kind) -> list[Row]:
        made = []
        for year in range(1, clock.years + 1):
            number = clock.contract_year(year)
            sums = [None if (q := pick(r)) is None else in_year(q, clock.year, number) for r in results]
            made.append(results_row(year_label(comparison, year), kind, sums))
        sums = [None if (q := pick(r)) is None else total(q) for r in results]
        return [*made, results_row("total", kind, sums, "total")]

    parts: list[tuple[str, Callable[[Result], Quantity | None], Kind]] = [
        ("cost by year, nominal", lambda r: r.stream.cost, "money"),
        ("saving by year, nominal", lambda r: r.metrics.get("saving"), "saving"),
        ("cost by year, discounted", lambda r: r.stream.discounted, "money"),
        ("saving by year, discounted", lambda r: r.metrics.get("saving_discounted"), "saving"),
    ]
    title = title_of(comparison, group)
    return [
        Table(f"{title} · {word}", heads(comparison, group), tuple(rows(pick, kind)))
        for word, pick, kind in parts
        if any(pick(r) is not None for r in results)
    ]


def year_label(comparison: Comparison, year: int) -> str:
    """A contract year with its first month."""
    clock = comparison.run.book.clock
    start = f", from {clock.start.after((year - 1) * MONTHS)}" if clock.start else ""
    return f"year {year}{start}"


def by_month(comparison: Comparison, group: Group) -> list[Table]:
    """Cost, saving and cumulative saving by month."""
    clock = comparison.run.book.clock
    columns = heads(comparison, group)
    title = title_of(comparison, group)
    parts: list[tuple[str, Callable[[Result], Quantity | None], Kind]] = [
        ("cost by month", lambda r: r.stream.cost, "money"),
        ("saving by month", lambda r: r.metrics.get("saving"), "saving"),
        ("saving so far", lambda r: r.metrics.get("cumulative_cash"), "saving"),
    ]
    out = []
    for word, pick, kind in parts:
        found = [pick(r) for r in group.results.values()]
        shown = [q.row if q is not None else (None,) * clock.months for q in found]
        rows = tuple(
            Row(clock.label(month + 1), kind, tuple(row[month] for row in shown)) for month in range(clock.months)
        )
        if any(q is not None for q in found):
            out.append(Table(f"{title} · {word}", columns, rows))
    return out


def by_line(comparison: Comparison, group: Group) -> list[Table]:
    """Every cost line below its category, nominal and discounted; none for the whole scenario, which adds them up."""
    if group.key == "total":
        return []
    results = list(group.results.values())
    names: dict[str, dict[str, None]] = {}
    for result in results:
        for name, entry, _ in result.stream.lines:
            names.setdefault(entry.category, {})[name] = None
    out = []
    for which, word, metric in WORTHS:
        rows = []
        for category in categories(group):
            found = [_line_row(name, category, results, which) for name in names.get(category, ())]
            lines = [row for row in found if any(row.values)]
            rows += [category_row(category, results, which), *lines] if lines else []
        rows.append(total_row(results, metric))
        title = f"{title_of(comparison, group)} · by line, {word}"
        out.append(Table(title, heads(comparison, group), tuple(rows)))
    return out


def _line_row(name: str, category: str, results: list[Result], which: int) -> Row:
    return results_row(name, "money", [_line_total(result, name, category, which) for result in results], "sub")


def _line_total(result: Result, name: str, category: str, which: int) -> Quantity | None:
    for found, entry, factor in result.stream.lines:
        if found == name and entry.category == category:
            return worth(entry.quantity, factor) if which else total(entry.quantity)
    return None


def by_volume(strains: list[Strained]) -> list[Table]:
    """For each function with demand, and the whole scenario: what every option costs and saves at other volumes."""
    if not strains:
        return []
    first = strains[0].comparison
    keys = [key for key, ways in first.run.functions.items() if ways.function.has_demand]
    made = [_at_volumes([(s.factor, s.comparison, s.comparison.functions[key]) for s in strains]) for key in keys]
    totals = [(s.factor, s.comparison, s.comparison.total) for s in strains]
    found = [(factor, comparison, total) for factor, comparison, total in totals if total is not None]
    return [cleaned(table) for table in [*made, *([_at_volumes(found)] if found else [])]]


def _at_volumes(strains: list[tuple[float, Comparison, Group]]) -> Table:
    """The options of one group at several volumes, side by side."""
    _, comparison, group = strains[0]
    unit = unit_of(comparison, group)
    rows: list[Row] = []
    for key, result in group.results.items():
        found = [(other, other.results.get(key)) for _, _, other in strains]
        name = result.title if group.key == "total" else shown_key(key)
        rows.append(Row(name, "text", tuple(mark_of(other, key) for other, _ in found)))
        parts: tuple[tuple[str, Kind, str], ...] = (
            ("cost", "money", "total_cost"), (f"cost per {unit}", "price", "cost_per_unit"),
            ("saving", "saving", "total_saving"),
        )  # fmt: skip
        for label, kind, metric in parts:
            row = results_row(label, kind, [r.metrics.get(metric) if r else None for _, r in found], "sub")
            rows += [] if row.empty else [row]
    heads = tuple((f"{factor * 100:g} %",) for factor, _, _ in strains)
    return Table(f"{title_of(comparison, group)} · at other volumes", heads, tuple(rows))


def tables(comparison: Comparison, by: By) -> list[Table]:
    """The tables of a comparison: each function, then the whole scenario."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    if by == "summary":
        return [cleaned(t) for group in groups for t in [summary(comparison, group), *qualitative(comparison, group)]]
    if by == "cause":
        made = [[*by_cause(comparison, group), *waterfall(comparison, group)] for group in groups]
        return [cleaned(table) for several in made for table in several]
    make = {"category": by_category, "year": by_year, "month": by_month, "line": by_line}[by]
    return [cleaned(table) for group in groups for table in make(comparison, group)]
