"""Results as neutral tables: titles, columns, rows with a kind, raw numbers. Views format them and add nothing up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import isnan
from typing import Literal, NamedTuple

from bpocalc.comparison import Comparison, Group, Result
from bpocalc.quantity import Quantity, in_year, total
from bpocalc.scenario.option import Improved, Outsourced
from bpocalc.streams import order
from bpocalc.timeline import MONTHS

Kind = Literal["money", "saving", "price", "share", "month", "months", "ratio", "count", "text"]
By = Literal["summary", "category", "year", "month", "line"]


class Row(NamedTuple):
    """One row: its label, the kind of its figures, the figures; None where there is none."""

    label: str
    kind: Kind
    values: tuple[float | str | None, ...]
    style: Literal["", "total", "sub"] = ""
    """A total stands below a rule; a sub row belongs to the one above."""


class Table(NamedTuple):
    """A table: what it shows, its columns (each a heading of one or several lines) and its rows."""

    title: str
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    long: bool = False
    """Whether it may have hundreds of rows."""


def number(q: Quantity | None) -> float | None:
    """The figure of a result; None for what never happens or is not there."""
    if q is None:
        return None
    value = q.figure
    return None if isnan(value) else value


def place_of(comparison: Comparison, group: Group, key: str) -> str:
    """Where an option is done: the locations of its legs, or of the in-house side."""
    function = comparison.run.functions.get(group.key)
    if function is None:
        return ""
    option = function.function.options.get(key)
    if isinstance(option, Outsourced):
        return " + ".join(dict.fromkeys(leg.location or "" for leg in option.parts.values()))
    side = option.in_house if isinstance(option, Improved) else function.function.in_house
    return side.location or ""


def heads(comparison: Comparison, group: Group) -> tuple[tuple[str, ...], ...]:
    """The columns of a group: each result with its place, and a mark for the best."""
    places = [place_of(comparison, group, key) for key in group.results]
    names = ["in-house" if r.key == "in_house" and r.title == "in-house" else r.key for r in group.results.values()]
    if group.key == "total":
        names = [r.title for r in group.results.values()]
    marks = ["baseline" if key == group.baseline else "" for key in group.results]
    if group.key == "total":
        marks = ["" for _ in marks]
    columns = [(n, p, m) for n, p, m in zip(names, places, marks, strict=True)]
    used = [any(column[line] for column in columns) for line in range(3)]
    return tuple(tuple(text for text, keep in zip(column, used, strict=True) if keep) for column in columns)


def categories(group: Group) -> list[str]:
    """All categories of a group, in the order of reports."""
    return order([name for result in group.results.values() for name in result.stream.by_category])


def summary(comparison: Comparison, group: Group) -> Table:
    """The comparison of a group: cost by category, then what each option is worth."""
    results = list(group.results.values())
    rows = [_category_row(name, results, 0) for name in categories(group)]
    rows.append(Row("total", "money", tuple(number(r.metrics["total_cost"]) for r in results), "total"))

    def add(
        label: str, kind: Kind, metric: str, style: Literal["", "total", "sub"] = "", *, always: bool = True
    ) -> None:
        values = tuple(number(r.metrics.get(metric)) for r in results)
        if always or any(value is not None for value in values):
            rows.append(Row(label, kind, values, style))

    add("saving", "saving", "total_saving")
    add("of the baseline", "share", "saving_share", "sub")
    add("of what is avoidable", "share", "saving_share_of_avoidable", "sub", always=False)
    add("NPV of the saving", "saving", "npv_saving")
    add("run rate, saving / year", "saving", "run_rate")
    add("one-off cost", "money", "one_off")
    rows.append(Row("pays back (cash)", "month", _paybacks(results, "payback_cash")))
    if any(_differs(r) for r in results):
        values = tuple(number(r.metrics.get("payback_first")) if _differs(r) else None for r in results)
        rows.append(Row("first above water", "month", values, "sub"))
    rows.append(Row("pays back (discounted)", "month", _paybacks(results, "payback_discounted")))
    rows.append(Row("pays back (static)", "months", _paybacks(results, "payback_static")))
    rows.append(Row("maximum exposure", "saving", tuple(_minus(r.metrics.get("max_exposure")) for r in results)))
    add("in", "month", "max_exposure_month", "sub", always=False)
    add("rate of return / year", "share", "irr", always=False)
    unit = _unit(comparison, group)
    if unit:
        add(f"cost per {unit}", "price", "cost_per_unit")
    add("cost per FTE and year", "money", "cost_per_fte")
    if len(results) > 1:
        best = tuple("best" if r.key == group.best else "" for r in results)
        rows.append(Row("", "text", best))
    return Table(_title(comparison, group), heads(comparison, group), tuple(rows))


def _paybacks(results: Iterable[Result], metric: str) -> tuple[float | str | None, ...]:
    """Paybacks, 'never' where there is none within the months."""
    found: list[float | str | None] = []
    for result in results:
        q = result.metrics.get(metric)
        found.append(None if q is None else ("never" if number(q) is None else number(q)))
    return tuple(found)


def _differs(result: Result) -> bool:
    first, last = number(result.metrics.get("payback_first")), number(result.metrics.get("payback_cash"))
    return first is not None and first != last


def _minus(q: Quantity | None) -> float | None:
    value = number(q)
    return None if value is None else 0 - value


def _unit(comparison: Comparison, group: Group) -> str:
    ways = comparison.run.functions.get(group.key)
    return ways.function.demand.unit if ways and ways.function.demand else ""


def _title(comparison: Comparison, group: Group) -> str:
    ways = comparison.run.functions.get(group.key)
    if ways is None:
        return group.title
    parts = [ways.function.process.replace("_", " ")] if ways.function.process else []
    parts += [ways.function.side] if ways.function.side else []
    return f"{group.title} · {', '.join(parts)}" if parts else group.title


def _category_row(name: str, results: list[Result], which: int) -> Row:
    rows = [r.stream.by_category.get(name) for r in results]
    return Row(name, "money", tuple(None if row is None else total(row[which]).figure for row in rows))


def by_category(comparison: Comparison, group: Group) -> list[Table]:
    """Cost by category, nominal and discounted."""
    results = list(group.results.values())
    out = []
    for which, word, metric in ((0, "nominal", "total_cost"), (1, "discounted", "pv_cost")):
        rows = [_category_row(name, results, which) for name in categories(group)]
        rows.append(Row("total", "money", tuple(number(r.metrics[metric]) for r in results), "total"))
        out.append(Table(f"{_title(comparison, group)} · by category, {word}", heads(comparison, group), tuple(rows)))
    return out


def by_year(comparison: Comparison, group: Group) -> list[Table]:
    """Cost and saving by contract year, nominal and discounted."""
    clock = comparison.run.book.clock
    results = list(group.results.values())

    def rows(pick: Callable[[Result], Quantity | None], kind: Kind) -> list[Row]:
        made = []
        for year in range(1, clock.years + 1):
            found = [pick(r) for r in results]
            values = tuple(None if q is None else in_year(q, clock.year, year).figure for q in found)
            made.append(Row(year_label(comparison, year), kind, values))
        sums = tuple(None if (q := pick(r)) is None else total(q).figure for r in results)
        return [*made, Row("total", kind, sums, "total")]

    parts: list[tuple[str, Callable[[Result], Quantity | None], Kind]] = [
        ("cost by year, nominal", lambda r: r.stream.cost, "money"),
        ("saving by year, nominal", lambda r: r.metrics.get("saving"), "saving"),
        ("cost by year, discounted", lambda r: r.stream.discounted, "money"),
        ("saving by year, discounted", lambda r: r.metrics.get("saving_discounted"), "saving"),
    ]
    title = _title(comparison, group)
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
    title = _title(comparison, group)
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
            out.append(Table(f"{title} · {word}", columns, rows, long=True))
    return out


def by_line(comparison: Comparison, group: Group) -> list[Table]:
    """Every cost line, nominal and discounted."""
    results = list(group.results.values())
    names: dict[str, dict[str, None]] = {}
    for result in results:
        for name, entry, _ in result.stream.lines:
            names.setdefault(entry.category, {})[name] = None
    out = []
    for which, word in ((0, "nominal"), (1, "discounted")):
        rows = []
        for category in categories(group):
            for name in names.get(category, ()):
                values = tuple(_line_total(result, name, category, which) for result in results)
                rows.append(Row(name, "money", values))
        out.append(
            Table(f"{_title(comparison, group)} · by line, {word}", heads(comparison, group), tuple(rows), long=True)
        )
    return out


def _line_total(result: Result, name: str, category: str, which: int) -> float | None:
    for found, entry, discounted in result.stream.lines:
        if found == name and entry.category == category:
            return total(discounted if which else entry.quantity).figure
    return None


def tables(comparison: Comparison, by: By) -> list[Table]:
    """The tables of a comparison: each function, then the whole scenario."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    if by == "summary":
        return [summary(comparison, group) for group in groups]
    make = {"category": by_category, "year": by_year, "month": by_month, "line": by_line}[by]
    return [table for group in groups for table in make(comparison, group) if table.rows]
