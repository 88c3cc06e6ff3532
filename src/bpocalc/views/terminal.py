"""The report on a terminal: by rich where it is small, by the plain layout where it is long."""

from __future__ import annotations

import io

from bpocalc.report import Report
from bpocalc.views import text
from bpocalc.views.layout import Cells, fitted, paragraph


def render(report: Report, room: int, *, color: bool) -> str:
    """The report within `room` columns, in color where that is wanted; color carries no meaning of its own."""
    if any(table.long for table in report.tables):
        return text.render(report, room)
    from rich.console import Console
    from rich.text import Text

    stream = io.StringIO()
    console = Console(
        file=stream, width=room, force_terminal=color, no_color=not color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    _say(console, report.title, room, "bold", "")
    _say(console, report.basis, room, "dim", "")
    console.print()
    for answer in report.answers:
        _say(console, answer, room, "bold green" if " saves " in answer else "bold")
    for table in report.tables:
        for made in fitted(table, room):
            console.print()
            _say(console, made.caption, room, "bold")
            console.print(_grid(made, console.width), no_wrap=True, crop=False, overflow="ignore")
    console.print()
    for note in (*report.notes, report.conventions):
        for line in paragraph(note, room):
            console.print(Text(line, style="dim"), soft_wrap=True)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _say(console: object, said: str, room: int, style: str, indent: str = "  ") -> None:
    from rich.console import Console
    from rich.text import Text

    assert isinstance(console, Console)
    for line in paragraph(said, room, indent):
        console.print(Text(line, style=style), soft_wrap=True)


def _grid(made: Cells, room: int) -> object:
    """The cells as a rich table without borders."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 0, 0, 2), collapse_padding=True)
    columns = made.widths()
    for number, column in enumerate(columns):
        grid.add_column(justify="left" if number == 0 else "right", no_wrap=True, min_width=column)
    for head in made.heads:
        grid.add_row(*[Text(cell, style="cyan") for cell in head])
    for style, row in made.rows:
        if style == "total":
            grid.add_row(*[Text("─" * column, style="dim") for column in columns])
        words = {"total": "bold", "sub": "dim"}.get(style, "")
        grid.add_row(*[Text(cell, style=_tone(cell) or words) for cell in row])
    return grid


def _tone(cell: str) -> str:
    """A colour for a signed figure; the sign says the same."""
    return "green" if cell.startswith("+") else "red" if cell.startswith("−") else ""
