"""`bpocalc locations`: the reference figures that come with the program."""

from typing import Annotated

import typer

FORMATS = ("text", "markdown", "csv", "json")


def locations(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="A location such as PH, or a part of its name.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE", help="Only the pay of this role.")] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the publications and their licences instead.")
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
    """List the reference figures: wages by role, employer charges and more, each with source, age and grade."""
    from bpocalc.cli.run_locations import run_locations

    run_locations(key, role, format_, output or [], sources=sources)
