"""`bpocalc explain`: where a figure comes from."""

from typing import Annotated

import typer

FORMATS = ("text", "markdown", "json")


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file; - is standard input.")],
    address: Annotated[
        str | None,
        typer.Argument(metavar="ADDRESS", help="A result, line or input; without it all of them are listed."),
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="MONTH", help="The month of a row, by its number or as 2027-06.")
    ] = None,
    depth: Annotated[
        str | None, typer.Option(metavar="N", help="How many formulas deep to go; if nothing is said 4, in a sum 3.")
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
    soft: Annotated[bool, typer.Option("--soft", help="Count soft lines in all totals.")] = False,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="List every input with its range, source and age instead.")
    ] = False,
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
    """Show where a figure comes from, down to the line of the file and the source named there."""
    from bpocalc.cli.run_explain import Question, run_explain

    question = Question(address, month, depth, assumptions=assumptions)
    run_explain(file, question, set_ or [], format_, output or [], soft=soft, case=case, rates=rates)
