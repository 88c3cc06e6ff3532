"""The report in Markdown: labels to the left, figures to the right."""

from __future__ import annotations

from bpocalc.report import Report
from bpocalc.table import Table
from bpocalc.views.figures import cents, figure


def cell(text: str) -> str:
    """A text in a cell; a bar must not split it, nor a line end it."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def table_of(table: Table, level: int = 2) -> str:
    """A table under its title, a heading of that level."""
    heads = [" ".join(text for text in column if text) for column in table.columns]
    grid = [["", *heads], ["---", *("---:" for _ in heads)]]
    small = cents(table.rows)
    for row in table.rows:
        label = f"**{row.label}**" if row.style == "total" else row.label
        grid.append([label, *(figure(value, row.kind, small=small) for value in row.values)])
    body = "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in grid)
    about = [
        f"- {cell(f'{column[0]}: {text}')}" for column, text in zip(table.columns, table.about, strict=False) if text
    ]
    return "\n".join([f"{'#' * level} {cell(table.title)}\n", *([*about, ""] if about else []), body]) + "\n"


def render(report: Report, level: int = 1) -> str:
    """The whole report, under a heading of that level."""
    parts = [f"{'#' * level} {cell(report.title)}\n\n{cell(report.basis)}\n"]
    parts += ["\n".join(f"**{cell(answer)}**\n" for answer in report.answers)]
    parts += [table_of(table, level + 1) for table in report.tables if not table.drawn]
    parts += ["\n".join(f"- {cell(note)}" for note in (*report.notes, report.conventions)) + "\n"]
    return "\n".join(parts)
