"""What `bpocalc sensitivity` does: read, compare, move every input, render, write."""

from collections.abc import Sequence
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen
from bpocalc.cli.sensitivity import FORMATS
from bpocalc.cli.studying import Read, Studied, deliver, formats_of, lever_of, studied, swing_of
from bpocalc.overlay import is_count
from bpocalc.replay import Replay
from bpocalc.studies.levers import Lever, levers
from bpocalc.studies.sensitivity import Grid, sensitivity, two_way


class Question(NamedTuple):
    """What is asked, as it was written on the command line."""

    swing: str
    top: str
    inputs: list[str]
    with_: list[str]


def run_sensitivity(read: Read, question: Question, format_: str | None, outputs: list[str]) -> None:
    """The sensitivity of a result to its inputs; Stop where that cannot be done."""
    formats = formats_of(format_, outputs, FORMATS)
    swing, top = swing_of(question.swing), _top(question.top)
    if len(question.with_) > 2:
        raise Stop(Code.USAGE, f"bpocalc: --with makes a table of two inputs, not of {len(question.with_)}")
    made = studied(read)
    known = levers(made.comparison, Replay([made.metric.quantity]), swing)
    chosen = [lever_of(made, known, name) for name in question.inputs] or known
    asked = [lever_of(made, known, name) for name in question.with_]
    found = sensitivity(made.comparison, made.metric, chosen, swing, made.target)
    grids = _grids(made, asked, [one.lever for one in found.inputs])

    def render(name: str, view: Screen) -> str:
        if name in ("json", "csv"):
            from bpocalc.views.sensitivity import data

            return data.render_json(found, grids, made.path, made.sha256) if name == "json" else data.render_csv(found)
        from bpocalc.views.sensitivity.grid import tables

        if name == "markdown":
            from bpocalc.views.sensitivity import markdown

            return markdown.render(found, top, tables(found, grids))
        from bpocalc.views.sensitivity import text

        if view.color:
            from bpocalc.views import terminal

            return terminal.colored(text.laid_out(found, top, tables(found, grids), view.width))
        return text.render(found, top, tables(found, grids), view.width)

    deliver(render, formats, outputs, read.file)


def _grids(made: Studied, asked: Sequence[Lever], ranked: Sequence[Lever]) -> list[Grid]:
    """The table that is asked for: of two inputs, or of one and the one that moves the result most."""
    if not asked:
        return []
    down, *rest = asked
    other = next(iter(rest or (lever for lever in ranked if lever.address != down.address)), None)
    if other is None or other.address == down.address:
        raise Stop(Code.USAGE, f"bpocalc: --with {down.address}: there is no second input for a table")
    return [two_way(made.comparison, made.metric, down, other)]


def _top(text: str) -> int | None:
    if text != "all" and (not is_count(text) or text.strip("0") == ""):
        raise Stop(Code.USAGE, f"bpocalc: --top '{text}' is neither a number from 1 on nor all")
    return None if text == "all" else int(text)
