"""`bpocalc compare`: the options of a scenario side by side."""

from typing import Annotated

import typer

FORMATS = ("terminal", "markdown", "csv", "json", "xlsx")
READINGS = ("summary", "category", "cause", "year", "month", "line")


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files; - is standard input.")],
    function: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this function; may be repeated.")
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this option, as NAME or FUNCTION.NAME; may be repeated."),
    ] = None,
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
    all_cases: Annotated[bool, typer.Option("--all-cases", help="Show all cases of a scenario side by side.")] = False,
    by: Annotated[str, typer.Option(metavar="READING", help=f"What the rows are: {', '.join(READINGS)}.")] = "summary",
    soft: Annotated[bool, typer.Option("--soft", help="Count soft lines in all totals.")] = False,
    volume: Annotated[
        str | None,
        typer.Option(metavar="SHARES", help="Also compare at these shares of all demand, such as 70%,100%,130%."),
    ] = None,
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
    """Compare the options of each function, and the whole scenario."""
    from bpocalc.cli.run_compare import run_compare

    run_compare(
        files, function, option, set_, by, format_, output or [],
        soft=soft, volume=volume, case=case, all_cases=all_cases, rates=rates,
    )  # fmt: skip
