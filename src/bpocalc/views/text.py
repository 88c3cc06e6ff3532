"""The report as lines of text, at its natural width or within one."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.report import Report
from bpocalc.views.bars import bars
from bpocalc.views.layout import Line, fitted, lines, paragraph


def laid_out(report: Report, room: int | None) -> Iterator[Line]:
    """The lines of the report; within `room` columns where that is given, never a figure cut."""
    yield from paragraph(report.title, room, "title", "")
    yield from paragraph(report.basis, room, "about", "")
    yield ()
    for answer in report.answers:
        yield from paragraph(answer, room, "answer")
    for table in report.tables:
        if table.drawn:
            yield ()
            yield from bars(table, room)
            continue
        for made in fitted(table, room):
            yield ()
            yield from lines(made, room)
    yield ()
    for note in (*report.notes, report.conventions):
        yield from paragraph(note, room, "note")


def render(report: Report, room: int | None = None) -> str:
    """The report as plain text."""
    return "".join("".join(text for text, _ in line) + "\n" for line in laid_out(report, room))
