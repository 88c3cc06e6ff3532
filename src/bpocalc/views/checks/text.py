"""Findings for a reader: each as compilers print it, with its line and a caret, or in one line for a program."""

from bpocalc.checking import Checked
from bpocalc.problems import headline, printable
from bpocalc.views.checks.view import Tally, View, closing


def _file(checked: Checked) -> str:
    found = [line for f in checked.findings if not f.accepted for line in (headline(f.problem), *f.excerpt)]
    met = [headline(one.problem) for one in checked.held if one.verdict == "pass"]
    return _lines([*_failed(checked), *found, *met])


def _concise(checked: Checked) -> str:
    return _lines([*_failed(checked), *(headline(f.problem) for f in checked.findings if not f.accepted)])


def _failed(checked: Checked) -> list[str]:
    return [f"{printable(checked.path)}: cannot be read: {checked.failed}"] if checked.failed else []


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _tail(tally: Tally) -> str:
    return f"{closing(tally)}\n"


TEXT = View(_file, tail=_tail)
CONCISE = View(_concise, tail=_tail)
