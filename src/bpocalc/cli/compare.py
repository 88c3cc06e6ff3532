"""`bpocalc compare`: the options of a scenario side by side."""

from typing import Annotated

import typer

from bpocalc.cli.exit import Code, Stop


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Scenario files; - is stdin.")],
) -> None:
    """Compare the options of each function, and the whole scenario."""
    raise Stop(Code.FAILED, f"bpocalc: compare is not there yet ({', '.join(files)})")
