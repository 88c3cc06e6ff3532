"""`bpocalc compare`: the options of a scenario side by side."""

from typing import Annotated

import typer

from bpocalc.cli.options import Case, Functions, Options, Output, Rates, Sets, Soft, format_option

FORMATS = ("text", "markdown", "csv", "json", "xlsx")
READINGS = ("summary", "category", "cause", "year", "month", "line")


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files; - is standard input.")],
    function: Functions = None,
    option: Options = None,
    set_: Sets = None,
    case: Case = None,
    rates: Rates = None,
    all_cases: Annotated[bool, typer.Option("--all-cases", help="Show all cases of a scenario side by side.")] = False,
    by: Annotated[str, typer.Option(metavar="READING", help=f"What the rows are: {', '.join(READINGS)}.")] = "summary",
    soft: Soft = False,
    volume: Annotated[
        str | None,
        typer.Option(metavar="SHARES", help="Also compare at these shares of all demand, such as 70%,100%,130%."),
    ] = None,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> object:
    """Compare the options of each function, and the whole scenario."""
    from bpocalc.cli.run_compare import run_compare

    return run_compare(
        files, function, option, set_, by, format_, output or [],
        soft=soft, volume=volume, case=case, all_cases=all_cases, rates=rates,
    )  # fmt: skip
