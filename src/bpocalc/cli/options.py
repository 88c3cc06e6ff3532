"""The arguments and options that several commands have."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

File = Annotated[str, typer.Argument(metavar="FILE", help="Scenario file; - is standard input.")]
Functions = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this function; may be repeated.")]
Options = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this option, as NAME or FUNCTION.NAME; may be repeated."),
]
Followed = Annotated[str | None, typer.Option(metavar="NAME", help="Follow this option, as NAME or FUNCTION.NAME.")]
Metric = Annotated[str, typer.Option(metavar="NAME", help="Follow this result, by its name or its whole address.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ADDRESS=VALUE", help="Replace a value of the file; may be repeated."),
]
Case = Annotated[str | None, typer.Option("--case", metavar="NAME", help="Compute this case of the scenario.")]
Rates = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="A rate card, CSV or YAML; may be repeated, the last one comes first."),
]
Soft = Annotated[bool, typer.Option("--soft", help="Count soft lines in all totals.")]
Output = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, format by its suffix; may be repeated."),
]


def format_option(formats: Iterable[str]) -> Any:
    """The option for the format, where these are known."""
    return typer.Option("--format", "-f", metavar="FORMAT", help=f"Output format: {', '.join(formats)}.")
