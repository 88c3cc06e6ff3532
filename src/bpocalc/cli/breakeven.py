"""`bpocalc breakeven`: the value of an input at which a result meets a target."""

from typing import Annotated

import typer

from bpocalc.cli.options import Case, File, Followed, Metric, Output, Rates, Sets, Soft, format_option

FORMATS = ("text", "markdown", "csv", "json")


def breakeven(
    file: File,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="An input, by its address or an end of it; or two for a curve."),
    ],
    option: Followed = None,
    metric: Metric = "npv_saving",
    target: Annotated[str, typer.Option(metavar="NUMBER", help="What the result is to be.")] = "0",
    swing: Annotated[
        str, typer.Option(metavar="SHARE", help="How far the second input goes down and up where it has no range.")
    ] = "25%",
    set_: Sets = None,
    case: Case = None,
    rates: Rates = None,
    soft: Soft = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> None:
    """Find the value of an input at which a result meets a target, or the curve of such values over a second input."""
    from bpocalc.cli.run_breakeven import run_breakeven
    from bpocalc.cli.studying import Read

    read = Read(file, option, metric, target, tuple(set_ or ()), case, tuple(rates or ()), soft)
    run_breakeven(read, inputs, swing, format_, output or [])
