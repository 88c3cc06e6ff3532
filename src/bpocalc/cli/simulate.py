"""`bpocalc simulate`: how sure the result is."""

from typing import Annotated

import typer

from bpocalc.cli.options import Case, File, Functions, Options, Output, Rates, Sets, Soft

FORMATS = ("text", "markdown", "csv", "json")


def simulate(
    file: File,
    function: Functions = None,
    option: Options = None,
    trials: Annotated[str, typer.Option(metavar="NUMBER", help="How many trials to draw.")] = "10000",
    seed: Annotated[str, typer.Option(metavar="NUMBER", help="Another seed draws other trials.")] = "1",
    set_: Sets = None,
    case: Case = None,
    rates: Rates = None,
    workers: Annotated[
        str | None, typer.Option("--workers", "-j", metavar="N", help="Compute by so many processes at once.")
    ] = None,
    soft: Soft = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"Output format: {', '.join(FORMATS)} (all draws)."),
    ] = None,
    output: Output = None,
) -> None:
    """Draw all ranges and risks many times: how likely an option loses money or is best, and what drives it."""
    from bpocalc.cli.run_simulate import Wanted, run_simulate

    wanted = Wanted(trials, seed, function, option, workers)
    run_simulate(file, wanted, set_ or [], case, rates or [], format_, output or [], soft=soft)
