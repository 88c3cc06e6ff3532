"""Neutral tables: titles, columns, rows with a kind, raw numbers; and the headings that all readings share."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Literal, NamedTuple

from bpocalc.comparison import Comparison, Group, Result
from bpocalc.quantity import Quantity, total
from bpocalc.scenario.option import Improved, Outsourced
from bpocalc.streams import order

Kind = Literal[
    "money", "saving", "change", "whole", "price", "share", "return", "month", "payback", "recovery", "months", "text",
    "score", "verdict", "chance",
]  # fmt: skip
"""Money, savings and changes of cost may be shown in a larger unit, whole money and prices never.

A payback is a month, a recovery a number of months; what has none of them is said in words.
"""
By = Literal["summary", "category", "cause", "year", "month", "line"]


class Row(NamedTuple):
    """One row: its label, the kind of its figures, the figures; None where there is none."""

    label: str
    kind: Kind
    values: tuple[float | str | None, ...]
    style: Literal["", "total", "sub"] = ""
    """A total stands below a rule; a sub row belongs to the one above."""
    sources: tuple[Quantity | None, ...] = ()
    """The quantities that the figures were read from, where they are results."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return all(value is None or value == "" for value in self.values)


class Table(NamedTuple):
    """A table: what it shows, its columns (each a heading of one or several lines) and its rows."""

    title: str
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    about: tuple[str, ...] = ()
    """What there is to say about each column beside its heading; empty where there is nothing."""
    drawn: bool = False
    """Whether it is shown as bars, and only where those can be drawn: its figures are in another table as well."""


def clean(text: str) -> str:
    """A text of the scenario as it may be shown: a space for each character that is not printable."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)


def cleaned(table: Table) -> Table:
    """The table with all its texts clean, without the columns that have no figures and heading lines without text."""
    keep = [n for n in range(len(table.columns)) if any(row.values[n] is not None for row in table.rows)]
    heads = [line for line in zip(*(table.columns[n] for n in keep), strict=True) if any(line)]
    return Table(
        clean(table.title),
        tuple(tuple(clean(text) for text in column) for column in zip(*heads, strict=True)),
        tuple(_kept(row, keep) for row in table.rows),
        tuple(clean(table.about[n]) for n in keep if table.about),
        table.drawn,
    )


def _kept(row: Row, keep: list[int]) -> Row:
    sources = tuple(row.sources[n] for n in keep) if row.sources else ()
    return Row(clean(row.label), row.kind, tuple(row.values[n] for n in keep), row.style, sources)


def results_row(
    label: str, kind: Kind, sources: Sequence[Quantity | None], style: Literal["", "total", "sub"] = ""
) -> Row:
    """A row of results, read from the quantities that hold them."""
    return Row(label, kind, tuple(_shown(q, kind) for q in sources), style, tuple(sources))


def _shown(q: Quantity | None, kind: Kind) -> float | str | None:
    """A result as a table holds it."""
    value = number(q)
    if kind == "verdict":
        return None if value is None else "yes" if value else "no"
    if q is None or kind not in ("payback", "recovery"):
        return value
    if value is None:
        return "never"
    if kind == "payback":
        return "at once" if value <= 1 else value
    return "none to recover" if value == 0 else value


def number(q: Quantity | None) -> float | None:
    """The figure of a result; None for what never happens or is not there."""
    if q is None:
        return None
    value = q.figure
    return None if isnan(value) else value + 0.0  # never −0.0


def mark_of(group: Group, key: str) -> str:
    """What is said below the column of an option: that it is the best one, or one of several that tie."""
    if group.tie:
        return "tie" if key in group.tie else ""
    return "best" if key == group.best else ""


def shown_key(key: str) -> str:
    """The name of an option in a text."""
    return "in-house" if key == "in_house" else key


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


def delivery_of(comparison: Comparison, group: Group, key: str) -> str:
    """How an outsourced option delivers, onshore, nearshore or offshore: each way of its legs once; else nothing."""
    ways = comparison.run.functions.get(group.key)
    option = ways.function.options.get(key) if ways is not None else None
    if ways is None or not isinstance(option, Outsourced):
        return ""
    places = ways.full.side.setting.places
    words = [places.delivery(ways.function.in_house.location, leg) for leg in option.parts.values()]
    return " + ".join(dict.fromkeys(words)) if all(words) else ""


def _headed(comparison: Comparison, group: Group, key: str) -> str:
    """The place of an option with its delivery, legs that differ in it as mixed."""
    place, delivery = place_of(comparison, group, key), delivery_of(comparison, group, key)
    parts = [place, "mixed" if "+" in delivery else delivery]
    return ", ".join(part for part in parts if part)


def heads(comparison: Comparison, group: Group) -> tuple[tuple[str, ...], ...]:
    """The columns of a group: each result with its place, and a mark for the baseline."""
    if group.key == "total":
        return tuple((result.title,) for result in group.results.values())
    columns = [
        (shown_key(key), _headed(comparison, group, key), "baseline" if key == group.baseline else "")
        for key in group.results
    ]
    used = [any(column[line] for column in columns) for line in range(3)]
    return tuple(tuple(text for text, keep in zip(column, used, strict=True) if keep) for column in columns)


def title_of(comparison: Comparison, group: Group) -> str:
    """The title of a group, with its process where that says more, and its side of the company."""
    ways = comparison.run.functions.get(group.key)
    if ways is None:
        return group.title
    process = (ways.function.process or "").replace("_", " ")
    about = ["" if process.casefold() == group.title.casefold() else process, ways.function.side]
    parts = ", ".join(text for text in about if text)
    return f"{group.title} · {parts}" if parts else group.title


def categories(group: Group) -> list[str]:
    """All categories of a group, in the order of reports."""
    return order([name for result in group.results.values() for name in result.stream.by_category])


def category_row(name: str, results: list[Result], which: int) -> Row:
    """Cost of a category; `which` is 0 for nominal and 1 for discounted."""
    rows = [r.stream.by_category.get(name) for r in results]
    return results_row(name, "money", [None if row is None else total(row[which]) for row in rows])


def total_row(results: list[Result], metric: str) -> Row:
    """The total below a rule."""
    return results_row("total", "money", [r.metrics[metric] for r in results], "total")
