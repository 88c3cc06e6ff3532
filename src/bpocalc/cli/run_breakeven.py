"""What `bpocalc breakeven` does: read, compare, find the break-even, render, write."""

from bpocalc.cli.breakeven import FORMATS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen
from bpocalc.cli.studying import Read, deliver, formats_of, lever_of, studied, swing_of
from bpocalc.replay import Replay
from bpocalc.studies.breakeven import BreakEven, Curve, breakeven, curve
from bpocalc.studies.levers import levers


def run_breakeven(read: Read, inputs: list[str], swing: str, format_: str | None, outputs: list[str]) -> None:
    """The break-even of one input, or its curve over a second one; Stop where there can be none."""
    formats = formats_of(format_, outputs, FORMATS)
    share = swing_of(swing)
    if len(inputs) > 2:
        raise Stop(Code.USAGE, f"bpocalc: breakeven takes one input or two, not {len(inputs)}")
    made = studied(read)
    known = levers(made.comparison, Replay([made.metric.quantity]), share)
    asked = [lever_of(made, known, name) for name in inputs]
    if len({lever.address for lever in asked}) < len(asked):
        raise Stop(Code.USAGE, f"bpocalc: breakeven: {asked[0].address} is given twice")
    found: BreakEven | Curve
    if len(asked) == 1:
        found = breakeven(made.comparison, made.metric, asked[0], made.target)
    else:
        found = curve(made.comparison, made.metric, asked[0], asked[1], made.target)

    def render(name: str, view: Screen) -> str:
        if name in ("json", "csv"):
            from bpocalc.views.breakeven import data

            return data.render_json(found, made.path, made.sha256) if name == "json" else data.render_csv(found)
        from bpocalc.views.breakeven.report import of_input, of_pair

        report = of_pair(found) if isinstance(found, Curve) else of_input(found)
        if name == "markdown":
            from bpocalc.views import markdown

            return markdown.render(report)
        if view.color:
            from bpocalc.views import terminal

            return terminal.render(report, view.width)
        from bpocalc.views import text

        return text.render(report, view.width)

    deliver(render, formats, outputs, read.file)
