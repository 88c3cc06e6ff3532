"""`bpocalc diff`: what changed between two versions of a scenario, and what each change did to the result."""

from typing import Annotated

import typer

from bpocalc.cli.options import Output, Rates, Soft, format_option

FORMATS = ("text", "markdown", "csv", "json")


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Scenario file; - is standard input.")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The file to compare with; left out with --git.")
    ] = None,
    git: Annotated[
        str | None, typer.Option("--git", metavar="REV", help="Compare OLD at this revision with the file as it is.")
    ] = None,
    metric: Annotated[
        str, typer.Option(metavar="NAME", help="The result whose movement is told, such as total_saving.")
    ] = "npv_saving",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value in both versions; may be repeated."),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NAME", help="Compute this case of both versions.")
    ] = None,
    rates: Rates = None,
    soft: Soft = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 4 where a figure, the structure or a result differs.")
    ] = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> None:
    """Show what changed between two versions of a scenario, and how each change moved the result."""
    from bpocalc.cli.run_diff import Asked, run_diff

    asked = Asked(git, metric, set_ or [], case, rates or [], soft)
    run_diff([old] if new is None else [old, new], asked, format_, output or [], exit_code=exit_code)
