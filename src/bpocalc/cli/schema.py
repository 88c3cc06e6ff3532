"""`bpocalc schema`: JSON Schema for editors and programs."""

from typing import Annotated

import typer

SCHEMAS = ("scenario", "result")


def schema(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="scenario, for editors; result, for what 'compare -f json' writes.")
    ] = SCHEMAS[0],
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; may be repeated.")
    ] = None,
) -> None:
    """Print the JSON Schema of the scenario language, with which editors complete and check scenario files."""
    from bpocalc.cli.run_schema import run_schema

    run_schema(what, output or [])
