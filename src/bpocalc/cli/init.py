"""`bpocalc init`: a scenario to start from."""

from typing import Annotated

import typer

TEMPLATES = (
    "minimal", "customer-support", "payroll", "accounts-payable", "it-service-desk", "sales", "marketing", "insourcing",
)  # fmt: skip


def init(
    template: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help="What to start from; --list names them all.")
    ] = TEMPLATES[0],
    list_: Annotated[bool, typer.Option("--list", help="List the templates.")] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file, which must not exist yet."),
    ] = None,
) -> None:
    """Start a scenario: a commented, valid case of a process, with placeholders for your figures."""
    from bpocalc.cli.run_init import run_init

    run_init(template, output, list_only=list_)
