"""Completion in shells: what a shell asks for by an environment variable; no command needs any of this."""

from typer._completion_classes import completion_init
from typer.completion import shell_complete
from typer.main import get_command

from bpocalc.cli.app import application
from bpocalc.cli.exit import Code


def complete(instruction: str) -> int:
    """Print the script for a shell (`source_bash`), or what may come next (`complete_bash`); return the exit code."""
    completion_init()
    failed = shell_complete(get_command(application()), {}, "bpocalc", "_BPOCALC_COMPLETE", instruction)
    return Code.USAGE if failed else Code.FINE
