"""`bpocalc locations`: the reference figures that come with the program."""

from typing import Annotated

import typer

from bpocalc.cli.options import Output, format_option

FORMATS = ("text", "markdown", "csv", "json")


def locations(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="A location such as PH, or a part of its name.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE", help="Only the pay of this role.")] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="List the publications and their licences instead.")
    ] = False,
    format_: Annotated[str | None, format_option(FORMATS)] = None,
    output: Output = None,
) -> None:
    """List the reference figures: wages by role, employer charges and more, each with source, age and grade."""
    from bpocalc.cli.run_locations import run_locations

    run_locations(key, role, format_, output or [], sources=sources)
