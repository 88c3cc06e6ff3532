"""The sensitivity in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from bpocalc.studies.sensitivity import Sensitivity
from bpocalc.table import Table
from bpocalc.views.markdown import cell, table_of
from bpocalc.views.sensitivity.wording import about, flips, headline, kind_of, nearest_flip, result, shown, under


def render(found: Sensitivity, top: int | None, tables: Iterable[Table] = ()) -> str:
    """The first `top` inputs, or all, then further tables."""
    title, basis = under(found.comparison)
    kind = kind_of(found.metric, found.comparison.run.loaded.scenario.currency)
    rows = [
        [
            one.lever.address, *(shown(one.lever, x) for x in (one.lever.low, one.lever.value, one.lever.high)),
            result(one.at_low, kind), result(one.at_high, kind), flips(one),
        ]
        for one in found.inputs[:top]
    ]  # fmt: skip
    heads = ["input", "low", "value", "high", "result at low", "result at high", "switching value"]
    grid = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    parts = [f"# {cell(title)}\n\n{cell(basis)}\n", f"**{cell(headline(found))}**\n\n**{cell(nearest_flip(found))}**\n"]
    parts.append(f"## {cell(found.metric.address)}\n")
    parts.append("\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in grid) + "\n")
    parts += [table_of(table) for table in tables]
    parts.append("\n".join(f"- {cell(note)}" for note in about(found)) + "\n")
    return "\n".join(parts)
