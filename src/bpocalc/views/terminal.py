"""The report in colour: the lines of the plain text, and nothing that is said by colour alone."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bpocalc.report import Report
from bpocalc.views.layout import Line
from bpocalc.views.text import laid_out

STYLES = {
    "title": "bold", "about": "dim", "answer": "bold", "caption": "bold", "head": "cyan", "rule": "dim",
    "total": "bold", "sub": "dim", "gain": "green", "loss": "red", "note": "dim",
}  # fmt: skip


def render(report: Report, room: int | None) -> str:
    """The report within `room` columns, or at its natural width."""
    return colored(laid_out(report, room))


def colored(lines: Iterable[Line]) -> str:
    """Lines in the colours of what their pieces are."""
    stream = io.StringIO()
    console = Console(
        file=stream, force_terminal=True, color_system="standard", no_color=False, highlight=False, legacy_windows=False
    )
    for line in lines:
        console.print(Text.assemble(*((text, STYLES.get(style, "")) for text, style in line)), soft_wrap=True)
    return stream.getvalue()
