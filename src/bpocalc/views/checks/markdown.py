"""Findings as Markdown: the summary of a step, or a comment on a change."""

from bpocalc.checking import Checked
from bpocalc.judging import UNMET
from bpocalc.views.checks.view import Tally, View, closing, place_within

VERDICTS = {"pass": "holds", "warn": "does not hold (warning)", "fail": "**does not hold**"}


def _cell(text: str) -> str:
    """A text as it may stand in a table: on one line, with nothing in it that marks anything up."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\")
    return "".join(f"\\{c}" if c in "|`*_[]" else c for c in plain)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)) + "\n\n"


def _file(checked: Checked) -> str:
    """A heading with the tables of a file; nothing of a file of which nothing is to be said."""
    out = f"{_cell(checked.failed)}\n\n" if checked.failed else ""
    if checked.held:
        rows = [[VERDICTS[one.verdict], *map(_cell, (one.name, one.said, one.why))] for one in checked.held]
        out += _table(["verdict", "expectation", "result", "why"], rows)
    found = [f.problem for f in checked.findings if f.problem.code != UNMET and not f.accepted]
    if found:
        told = [(p, *place_within(p, checked.path)) for p in found]
        rows = [[str(at.line), p.severity, p.code, _cell(said), _cell(p.hint)] for p, at, said in told]
        out += _table(["line", "severity", "code", "finding", "cure"], rows)
    return f"### {_cell(checked.path)}\n\n{out}" if out else ""


def _tail(tally: Tally) -> str:
    return f"{closing(tally)}\n"


MARKDOWN = View(_file, head="## bpocalc check\n\n", tail=_tail)
