"""Findings as GitHub Actions shows them: annotations at the lines of a change."""

from bpocalc.checking import Checked, Finding
from bpocalc.views.checks.view import Tally, View, closing, place_within

COMMANDS = {"error": "error", "fail": "error", "warning": "warning", "warn": "warning", "note": "notice"}


def _escaped(text: str) -> str:
    """A message on one line, as the runner decodes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(finding: Finding, path: str) -> str:
    problem = finding.problem
    place, message = place_within(problem, path)
    where = f"file={_property(path)},line={place.line},col={place.column},endColumn={place.column + place.width}"
    said = _escaped("\n".join(filter(None, (message, problem.hint))))
    return f"::{COMMANDS[problem.severity]} {where},title={problem.code}::{said}\n"


def _file(checked: Checked) -> str:
    if checked.failed:
        return f"::error title=cannot be read::{_escaped(f'{checked.path}: {checked.failed}')}\n"
    return "".join(_annotation(f, checked.path) for f in checked.findings if not f.accepted)


def _tail(tally: Tally) -> str:
    return f"{closing(tally)}\n"


GITHUB = View(_file, tail=_tail)
