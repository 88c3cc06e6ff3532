"""A result over two inputs as a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from bpocalc.studies.sensitivity import Grid, Sensitivity
from bpocalc.table import Row, Table
from bpocalc.views.sensitivity.wording import kind_of, shown


def tables(found: Sensitivity, grids: Sequence[Grid]) -> list[Table]:
    """A table for each grid: one input goes down, the other across; their own values are marked."""
    kind = kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
    made = []
    for grid in grids:
        rows = tuple(
            Row(
                _marked(shown(grid.down, x), x == grid.down.value), kind, tuple("never" if isnan(y) else y for y in row)
            )
            for x, row in zip(grid.rows, grid.values, strict=True)
        )
        heads = tuple((_marked(shown(grid.across, x), x == grid.across.value),) for x in grid.columns)
        made.append(Table(f"{found.metric.address}: {grid.down.name} down, {grid.across.name} across", heads, rows))
    return made


def _marked(text: str, own: bool) -> str:
    return f"{text} *" if own else text
