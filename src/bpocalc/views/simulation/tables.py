"""The tables of a simulation: what is likely for each option, how its saving adds up, what drives it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bpocalc.answers import money
from bpocalc.comparison import Group
from bpocalc.studies.distributions import Array
from bpocalc.studies.odds import QUANTILES, Estimate
from bpocalc.studies.simulation import Way
from bpocalc.table import Kind, Row, Table, cleaned, heads, shown_key, title_of
from bpocalc.tables import year_label
from bpocalc.views.simulation.subject import Subject

LEVELS = " ▁▂▃▄▅▆▇█"
BINS, WIDTH = 20, 28
OUTER = 0.005
"""What is left out at either end of a histogram."""
MOST_DRIVERS = 10
LEAST_RANK = 0.05
"""A rank correlation below this is not shown."""
ZERO, BAND, MIDDLE = "·", "░", "█"


def likely(group: Group, subject: Subject) -> Table:
    """Mean, quantiles and probabilities of each option, with their standard errors and a histogram."""
    comparison = subject.simulation.comparison
    odds = [subject.odds[group.key][key] for key in group.results]
    plain = [result.metrics.get("npv_saving") for result in group.results.values()]

    def row(label: str, kind: Kind, found: list[Estimate | None]) -> Row:
        return Row(label, kind, tuple(one.value if one else None for one in found))

    def error(kind: Kind, found: list[Estimate | None]) -> Row:
        return Row("±", kind, tuple(one.error if one else None for one in found), "sub")

    means, loses, best = ([getattr(one, name) for one in odds] for name in ("mean", "loses", "best"))
    rows = [
        Row("NPV of the saving, plain run", "saving", tuple(q.figure if q is not None else None for q in plain)),
        row("mean of the trials", "saving", means),
        error("money", means),
        *(
            row(f"P{p * 100:g}", "saving", [one.quantiles[number] if one.quantiles else None for one in odds])
            for number, p in enumerate(QUANTILES)
        ),
        row("loses money in", "chance", loses),
        error("chance", loses),
        row("is best in", "chance", best),
        error("chance", best),
        _histogram(group, subject),
    ]
    title = f"{title_of(comparison, group)} · how sure"
    shown = tuple(row for row in rows if not row.empty)
    return cleaned(Table(title, heads(comparison, group), shown))


def _histogram(group: Group, subject: Subject) -> Row:
    """The trials of each option by size of the saving, all on one scale, which the label names."""
    savings = {way.key: way.saving for way in subject.simulation.groups[group.key] if way.saving is not None}
    if not savings:
        return Row("", "text", tuple(None for _ in group.results))
    ends = np.quantile(np.array([*savings.values()]), (OUTER, 1 - OUTER), axis=1)
    low, high = float(ends[0].min()), float(ends[1].max())
    cells = tuple(_bars(savings[key], low, high) if key in savings else None for key in group.results)
    return Row(f"from {money(low)} to {money(high)}", "text", cells)


def _bars(saving: Array, low: float, high: float) -> str:
    counts, _ = np.histogram(np.clip(saving, low, high), BINS, (low, high if high > low else low + 1))
    levels = np.ceil(counts / counts.max() * (len(LEVELS) - 1)).astype(int).tolist()
    return "".join(LEVELS[level] for level in levels).replace(" ", "·")


def fans(group: Group, subject: Subject, *, drawn: bool) -> Iterator[Table]:
    """How the saving of each option adds up, year by year, in money and, where there is room, drawn."""
    comparison = subject.simulation.comparison
    for way in subject.simulation.groups[group.key]:
        if way.so_far is not None:
            rows = tuple(
                Row(year_label(comparison, year), "saving", (*band, *([line] if drawn else [])))
                for year, (band, line) in enumerate(_fan(way), 1)
            )
            name = way.title if group.key == "total" else shown_key(way.key)
            columns = (*((f"P{p * 100:g}",) for p in QUANTILES), *([("",)] if drawn else []))
            yield cleaned(Table(f"{group.title} · saving so far with {name}", columns, rows))


def _fan(way: Way) -> Iterator[tuple[tuple[float, ...], str]]:
    """P10, P50 and P90 at the end of each year, and the band between them on one scale with a mark at zero."""
    assert way.so_far is not None
    bands = np.quantile(way.so_far, QUANTILES, axis=1).T.tolist()
    low, high = min(0.0, *(min(band) for band in bands)), max(0.0, *(max(band) for band in bands))

    def place(value: float) -> int:
        return round((value - low) / (high - low) * (WIDTH - 1)) if high > low else 0

    for band in bands:
        first, middle, last = (place(value) for value in band)
        line = [BAND if first <= at <= last else " " for at in range(WIDTH)]
        line[place(0.0)] = ZERO
        line[middle] = MIDDLE
        yield tuple(band), "".join(line)


def drivers(group: Group, subject: Subject) -> Table:
    """The inputs that hang together most with the saving of some option, and what each is worth to know."""
    shown = [one for one in subject.information[group.key].drivers if one.strength >= LEAST_RANK][:MOST_DRIVERS]
    options = [way for way in subject.simulation.groups[group.key] if way.saving is not None]
    rows = tuple(
        Row(
            short(one.address, group.key),
            "text",
            (*(f"{one.ranks[way.key]:+.2f}".replace("-", "−") for way in options), money(one.worth)),
        )
        for one in shown
    )
    names = [(way.title if group.key == "total" else shown_key(way.key),) for way in options]
    title = f"{group.title} · what drives the saving (rank correlation), and what it is worth to know"
    return cleaned(Table(title, (*names, ("worth knowing",)), rows))


def short(address: str, function: str) -> str:
    """An address without what goes without saying in a table of its function."""
    return address.removeprefix(f"functions.{function}.").removeprefix("functions.").removeprefix("options.")
