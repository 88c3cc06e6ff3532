"""Findings as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

from os import fsencode
from typing import Any
from urllib.parse import quote

from bpocalc import __version__
from bpocalc.checking import Checked, Finding
from bpocalc.lints.registry import RULES
from bpocalc.problems import CATALOGUE
from bpocalc.views.checks.json import dump
from bpocalc.views.checks.rules import OTHERS, page
from bpocalc.views.checks.view import Tally, View, place_within

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "fail": "error", "warning": "warning", "warn": "warning", "note": "note"}


def _descriptor(code: str, title: str, level: str, full: str) -> dict[str, Any]:
    return {
        "id": code, "shortDescription": {"text": title}, "fullDescription": {"text": full},
        "help": {"text": page(code)}, "defaultConfiguration": {"level": LEVELS[level]},
    }  # fmt: skip


def _rules() -> list[dict[str, Any]]:
    """Everything that may be found, by its code."""
    known = {code: (said, "error", said) for code, said in CATALOGUE.items()}
    known |= {code: (title, level, title) for code, (level, title) in OTHERS.items()}
    known |= {rule.code: (rule.title, rule.severity, rule.reason) for rule in RULES}
    return [_descriptor(code, *known[code]) for code in sorted(known)]


def _result(finding: Finding, path: str) -> dict[str, Any]:
    problem = finding.problem
    place, message = place_within(problem, path)
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.width}
    made: dict[str, Any] = {
        "ruleId": problem.code,
        "level": LEVELS[problem.severity],
        "message": {"text": f"{message} ({problem.hint})" if problem.hint else message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(fsencode(path))}, "region": region}}],
    }
    if finding.accepted:
        made["suppressions"] = [{"kind": "inSource", "justification": finding.accepted}]
    return made


def _file(checked: Checked) -> str:
    return ",".join(dump(_result(f, checked.path)) for f in checked.findings)


def _tail(tally: Tally) -> str:
    complete = not tally.counts["unreadable"]
    return f'],"invocations":[{{"executionSuccessful":{dump(complete)}}}]}}]}}\n'


def sarif() -> View:
    """The format; the rules stand in it before the first result."""
    driver = {"name": "bpocalc", "version": __version__, "rules": _rules()}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    head = f'{{"$schema":{dump(SCHEMA)},"version":"2.1.0","runs":[{dump(run)[:-1]},"results":['
    return View(_file, head=head, between=",", tail=_tail)
