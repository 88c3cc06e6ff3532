"""`bpocalc simulate`: how sure the result is."""

from typing import Annotated

import typer

FORMATS = ("text", "markdown", "csv", "json")


def simulate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file; - is standard input.")],
    function: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this function; may be repeated.")
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this option, as NAME or FUNCTION.NAME; may be repeated."),
    ] = None,
    trials: Annotated[str, typer.Option(metavar="NUMBER", help="How many trials to draw.")] = "10000",
    seed: Annotated[str, typer.Option(metavar="NUMBER", help="Another seed draws other trials.")] = "1",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value of the file; may be repeated."),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NAME", help="Simulate this case of the scenario.")
    ] = None,
    rates: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="A rate card, CSV or YAML; may be repeated, the last one comes first."),
    ] = None,
    workers: Annotated[
        str | None, typer.Option("--workers", "-j", metavar="N", help="Compute by so many processes at once.")
    ] = None,
    soft: Annotated[bool, typer.Option("--soft", help="Count soft lines in all totals.")] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"Output format: {', '.join(FORMATS)} (all draws)."),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, format by its suffix; may be repeated."
        ),
    ] = None,
) -> None:
    """Draw all ranges and risks many times: how likely an option loses money or is best, and what drives it."""
    from bpocalc.cli.run_simulate import Wanted, run_simulate

    wanted = Wanted(trials, seed, function, option, workers)
    run_simulate(file, wanted, set_ or [], case, rates or [], format_, output or [], soft=soft)
