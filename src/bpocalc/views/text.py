"""The report as plain text, at its natural width or within one."""

from __future__ import annotations

from bpocalc.report import Report
from bpocalc.views.layout import fitted, lines, paragraph


def render(report: Report, room: int | None = None) -> str:
    """The report as text; within `room` columns where that is given, never a figure cut."""
    out = paragraph(report.title, room, "") + paragraph(report.basis, room, "") + [""]
    for answer in report.answers:
        out += paragraph(answer, room)
    for table in report.tables:
        for made in fitted(table, room):
            out += ["", *lines(made, room)]
    out.append("")
    for note in (*report.notes, report.conventions):
        out += paragraph(note, room)
    return "\n".join(out) + "\n"
