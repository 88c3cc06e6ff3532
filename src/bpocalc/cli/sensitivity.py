"""`bpocalc sensitivity`: which inputs move a result, and where the decision flips."""

from typing import Annotated

import typer

FORMATS = ("text", "markdown", "csv", "json")


def sensitivity(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Scenario file; - is standard input.")],
    option: Annotated[
        str | None, typer.Option(metavar="NAME", help="Follow this option, as NAME or FUNCTION.NAME.")
    ] = None,
    metric: Annotated[
        str, typer.Option(metavar="NAME", help="Follow this result, by its name or its whole address.")
    ] = "npv_saving",
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
    """Rank all inputs by how far they move a result, and find where each would flip the decision."""
    from bpocalc.cli.run_sensitivity import Question, run_sensitivity
    from bpocalc.cli.studying import Read

    question = Question(swing, top, input_ or [], with_ or [])
    read = Read(file, option, metric, target, tuple(set_ or ()), case, tuple(rates or ()), soft)
    run_sensitivity(read, question, format_, output or [])
