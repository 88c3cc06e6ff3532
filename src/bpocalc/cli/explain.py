"""`bpocalc explain`: where a figure comes from."""

from typing import Annotated

import typer

from bpocalc.cli.options import Case, File, Output, Rates, Sets, Soft, format_option

FORMATS = ("text", "markdown", "json")


def explain(
    file: File,
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
    set_: Sets = None,
    case: Case = None,
    rates: Rates = None,
    soft: Soft = False,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="List every input with its range, source and age instead.")
    ] = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> None:
    """Show where a figure comes from, down to the line of the file and the source named there."""
    from bpocalc.cli.run_explain import Question, run_explain

    question = Question(address, month, depth, assumptions=assumptions)
    run_explain(file, question, set_ or [], format_, output or [], soft=soft, case=case, rates=rates)
