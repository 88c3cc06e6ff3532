"""`bpocalc check`: are scenario files valid, and what in them deserves doubt."""

from typing import Annotated

import typer

FORMATS = ("text", "concise")


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Scenario files, directories or patterns; - is standard input."),
    ],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value in every file; may be repeated."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"Output format: {', '.join(FORMATS)}."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail as errors do.")] = False,
) -> None:
    """Check scenario files, for every change of them: made for continuous integration."""
    from bpocalc.cli.run_check import Request, run_check

    run_check(files, Request(format_, tuple(set_ or ()), strict=strict))
