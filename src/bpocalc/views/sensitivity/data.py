"""The sensitivity as JSON and CSV: every input, figures unrounded, null or empty for what never happens."""

from __future__ import annotations

import csv
import io
from math import isfinite
from typing import Any

from bpocalc import __version__
from bpocalc.comparison import Comparison
from bpocalc.scenario.overrides import override_of
from bpocalc.studies.crossings import Crossing
from bpocalc.studies.levers import Lever
from bpocalc.studies.metric import Metric
from bpocalc.studies.sensitivity import Grid, Moved, Sensitivity
from bpocalc.views.csv import safe
from bpocalc.views.json import dump

FORMAT, VERSION = "bpocalc.sensitivity", 1
COLUMNS = (
    "metric", "input", "unit", "value", "low", "high", "own_range", "at_low", "at_high", "span", "switching_value",
    "change", "further_switching_values", "searched_from", "searched_to", "whole",
)  # fmt: skip


def known(value: float) -> float | None:
    """The number; None where there is none."""
    return value + 0.0 if isfinite(value) else None


def envelope(format: str, version: int, comparison: Comparison, path: str, sha256: str) -> dict[str, Any]:
    """What every study says of the scenario first."""
    loaded, clock = comparison.run.loaded, comparison.run.book.clock
    return {
        "format": format,
        "version": version,
        "engine": __version__,
        "scenario": {"path": path, "sha256": sha256, "title": loaded.scenario.title},
        "currency": loaded.scenario.currency,
        "start": str(clock.start) if clock.start else None,
        "months": clock.months,
        "case": loaded.case,
        "soft_counted": comparison.soft,
    }


def metric(of: Metric, target: float) -> dict[str, Any]:
    """The result that is followed."""
    return {
        "address": of.address,
        "title": of.title,
        "unit": of.unit,
        "value": known(of.quantity.figure),
        "target": target,
    }


def lever(of: Lever) -> dict[str, Any]:
    """An input with what it is moved between."""
    return {
        "address": of.address,
        "unit": of.about.unit,
        "value": of.value,
        "low": of.low,
        "high": of.high,
        "own_range": of.ranged,
        "whole": of.whole,
        "searched": [of.least, of.most],
    }


def render_json(found: Sensitivity, grids: list[Grid], path: str, sha256: str) -> str:
    """One object."""
    made = envelope(FORMAT, VERSION, found.comparison, path, sha256) | {
        "metric": metric(found.metric, found.target),
        "swing": found.swing,
        "inputs": [_moved(one) for one in found.inputs],
        "without_effect": found.idle,
        "grids": [grid_of(one) for one in grids],
    }
    return dump(made) + "\n"


def _moved(one: Moved) -> dict[str, Any]:
    of = one.lever
    return lever(of) | {
        "at_low": known(one.at_low),
        "at_high": known(one.at_high),
        "span": one.span,
        "switching": [switching(of, found) for found in one.crossings],
    }


def switching(of: Lever, found: Crossing) -> dict[str, Any]:
    """A value of an input at which the result meets its target, and the override that gives it."""
    return {
        "value": found.at,
        "before": found.before,
        "jump": found.jump,
        "change": found.at / of.value - 1 if of.value else None,
        "set": override_of(of.address, of.about, found.at),
    }


def grid_of(grid: Grid) -> dict[str, Any]:
    """A result over two inputs, by row and column."""
    return {
        "down": grid.down.address,
        "across": grid.across.address,
        "rows": list(grid.rows),
        "columns": list(grid.columns),
        "values": [[known(x) for x in row] for row in grid.values],
    }


def render_csv(found: Sensitivity) -> str:
    """A line for each input."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.inputs:
        of, at = one.lever, [x.at for x in one.crossings]
        writer.writerow([
            safe(found.metric.address), safe(of.address), safe(of.about.unit), of.value, of.low, of.high, of.ranged,
            known(one.at_low), known(one.at_high), one.span, at[0] if at else None,
            at[0] / of.value - 1 if at and of.value else None, " ".join(map(repr, at[1:])), of.least, of.most, of.whole,
        ])  # fmt: skip
    return stream.getvalue()
