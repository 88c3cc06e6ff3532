"""Findings as JSON, for programs; figures unrounded, never NaN."""

from __future__ import annotations

import json
from typing import Any

from bpocalc import __version__
from bpocalc.checking import Checked, Finding
from bpocalc.judging import Held
from bpocalc.views.checks.view import Tally, View

FORMAT, VERSION = "bpocalc.check", 1


def dump(value: Any) -> str:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _finding(finding: Finding) -> dict[str, Any]:
    problem, place = finding.problem, finding.problem.place
    return {
        "code": problem.code, "severity": problem.severity, "message": problem.message, "file": place.file,
        "line": place.line, "column": place.column, "width": place.width, "hint": problem.hint or None,
        "accepted": finding.accepted or None,
    }  # fmt: skip


def _held(held: Held) -> dict[str, Any]:
    return {
        "that": held.that, "why": held.why or None, "case": held.case or None, "option": held.gate or None,
        "line": held.place.line, "column": held.place.column, "verdict": held.verdict, "actual": held.actual,
        "expected": held.expected, "margin": held.margin, "unit": held.unit,
    }  # fmt: skip


def _file(checked: Checked) -> str:
    return dump({
        "path": checked.path, "passes": checked.passes, "unreadable": checked.failed or None,
        "findings": [_finding(f) for f in checked.findings], "expectations": [_held(h) for h in checked.held],
    })  # fmt: skip


def _tail(tally: Tally) -> str:
    counts = ("error", "warning", "note", "accepted", "expected", "holds", "unreadable")
    summary = {"files": tally.files, "pass": tally.fine} | {word: tally.counts[word] for word in counts}
    return f'],"summary":{dump(summary)}}}\n'


JSON = View(
    _file,
    head=f'{{"format":"{FORMAT}","version":{VERSION},"engine":"{__version__}","files":[',
    between=",",
    tail=_tail,
)
