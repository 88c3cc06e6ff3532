"""`bpocalc sensitivity`: which inputs move a result, and where the decision flips."""

from typing import Annotated

import typer

from bpocalc.cli.options import Case, File, Followed, Metric, Output, Rates, Sets, Soft, format_option

FORMATS = ("text", "markdown", "csv", "json")


def sensitivity(
    file: File,
    option: Followed = None,
    metric: Metric = "npv_saving",
    target: Annotated[
        str, typer.Option(metavar="NUMBER", help="The decision flips where the result meets this.")
    ] = "0",
    swing: Annotated[
        str, typer.Option(metavar="SHARE", help="How far an input without a range is moved, down and up.")
    ] = "10%",
    input_: Annotated[
        list[str] | None,
        typer.Option("--input", metavar="INPUT", help="Move only this input; may be repeated."),
    ] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="INPUT",
            help="Add a table of the result over this input and the first, or another --with.",
        ),
    ] = None,
    top: Annotated[str, typer.Option(metavar="N", help="Show so many inputs, or all of them.")] = "20",
    set_: Sets = None,
    case: Case = None,
    rates: Rates = None,
    soft: Soft = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> None:
    """Rank all inputs by how far they move a result, and find where each would flip the decision."""
    from bpocalc.cli.run_sensitivity import Question, run_sensitivity
    from bpocalc.cli.studying import Read

    question = Question(swing, top, input_ or [], with_ or [])
    read = Read(file, option, metric, target, tuple(set_ or ()), case, tuple(rates or ()), soft)
    run_sensitivity(read, question, format_, output or [])
