"""What `bpocalc compare --all-cases` does with files that are loaded: every case computed, and shown side by side."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bpocalc.cases import report_of
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen
from bpocalc.comparison import Comparison
from bpocalc.scenario.loading import Loaded


class Cased(NamedTuple):
    """A file with its comparison in every case, the one without a case first."""

    path: str
    data: bytes
    comparisons: list[Comparison]


def refuse(case: str | None, volume: str | None, formats: Sequence[str]) -> None:
    """Stop for what does not go together with all cases."""
    if case is not None:
        raise Stop(Code.USAGE, "bpocalc: --all-cases computes every case: leave --case out")
    if volume is not None:
        raise Stop(Code.USAGE, "bpocalc: --volume goes with one case: leave --all-cases out")
    if "xlsx" in formats:
        raise Stop(Code.USAGE, "bpocalc: a workbook holds one case: give --case in place of --all-cases")


def in_all_cases(
    loaded: Loaded, again: Callable[[str], Loaded], compute: Callable[[Loaded], Comparison]
) -> list[Comparison]:
    """The comparison of a scenario without a case and in each of its cases."""
    return [compute(loaded), *(compute(again(name)) for name in loaded.scenario.cases)]


def render_cases(made: list[Cased], name: str, view: Screen, changes: Sequence[str]) -> str:
    """All cases of all files in one format."""
    if name == "csv":
        from bpocalc.views import csv

        return csv.render(comparison for one in made for comparison in one.comparisons)
    if name == "json":
        from hashlib import sha256

        from bpocalc.views import json

        return json.render_cases([(one.path, sha256(one.data).hexdigest(), one.comparisons) for one in made])
    reports = [report_of(one.comparisons, one.path, changes) for one in made]
    if name == "markdown":
        from bpocalc.views import markdown

        return "\n".join(markdown.render(one) for one in reports)
    if view.color:
        from bpocalc.views import terminal

        return "\n".join(terminal.render(one, view.width) for one in reports)
    from bpocalc.views import text

    return "\n".join(text.render(one, view.width) for one in reports)
