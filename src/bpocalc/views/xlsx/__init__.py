"""The workbook: the comparison as a live model, every figure a formula that hangs on the cells of its inputs."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.comparison import Comparison
from bpocalc.quantity import Quantity
from bpocalc.table import Table
from bpocalc.views.xlsx.checks import Checks
from bpocalc.views.xlsx.comparing import groups_of, tables_of, write_comparison
from bpocalc.views.xlsx.front import write_about, write_summary
from bpocalc.views.xlsx.inputs import Inputs
from bpocalc.views.xlsx.lines import Lines
from bpocalc.views.xlsx.places import Places
from bpocalc.views.xlsx.register import write_assumptions
from bpocalc.views.xlsx.writer import TooLong, Writer

__all__ = ["TooLong", "render"]


def render(comparison: Comparison, path: str) -> bytes:
    """The workbook of one comparison; `path` is the scenario file as it is shown."""
    tables = {group.key: tables_of(comparison, group) for group in groups_of(comparison)}
    places = Places(comparison, _roots(comparison, tables))
    writer = Writer(comparison.run.loaded.scenario.title)
    inputs = Inputs(comparison, places, writer)
    write_about(comparison, places, writer, path)
    writer.sheet("Summary")
    inputs.write(path)
    lines = Lines(comparison, places, writer)
    for page in (places.time, *(page for page in places.pages.values() if page is not places.time)):
        if any(section.lines for section in page.sections):
            lines.page(page)
    bridges = write_comparison(comparison, tables, places, writer)
    write_summary(comparison, tables, bridges, places, writer)
    write_assumptions(comparison, places, writer, path)
    Checks(comparison, places, writer).write()
    return writer.bytes()


def _roots(comparison: Comparison, tables: dict[str, list[Table]]) -> Iterator[Quantity]:
    """Everything that the workbook shows."""
    for made in tables.values():
        for table in made:
            for row in table.rows:
                yield from (q for q in row.sources if q is not None)
    for group in groups_of(comparison):
        for result in group.results.values():
            yield from result.metrics.values()
            for _, entry, factor in result.stream.lines:
                yield from (entry.quantity, factor)
