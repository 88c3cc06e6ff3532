"""`bpocalc breakeven`: the value of an input at which a result meets a target."""

from typing import Annotated

import typer

FORMATS = ("text", "markdown", "csv", "json")


def breakeven(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file; - is standard input.")],
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="An input, by its address or an end of it; or two for a curve."),
    ],
    option: Annotated[
        str | None, typer.Option(metavar="NAME", help="Follow this option, as NAME or FUNCTION.NAME.")
    ] = None,
    metric: Annotated[
        str, typer.Option(metavar="NAME", help="Follow this result, by its name or its whole address.")
    ] = "npv_saving",
    target: Annotated[str, typer.Option(metavar="NUMBER", help="What the result is to be.")] = "0",
    swing: Annotated[
        str, typer.Option(metavar="SHARE", help="How far the second input goes down and up where it has no range.")
    ] = "25%",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value of the file; may be repeated."),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NAME", help="Compute this case of the scenario.")
    ] = None,
    rates: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="A rate card, CSV or YAML; may be repeated, the last one comes first."),
    ] = None,
    soft: Annotated[bool, typer.Option("--soft", help="Count soft lines in all totals.")] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"Output format: {', '.join(FORMATS)}."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, format by its suffix; may be repeated."
        ),
    ] = None,
) -> None:
    """Find the value of an input at which a result meets a target, or the curve of such values over a second input."""
    from bpocalc.cli.run_breakeven import run_breakeven
    from bpocalc.cli.studying import Read

    read = Read(file, option, metric, target, tuple(set_ or ()), case, tuple(rates or ()), soft)
    run_breakeven(read, inputs, swing, format_, output or [])
