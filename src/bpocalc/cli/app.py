"""The commands, and what they share: help, usage errors, exit codes."""

import sys
from collections.abc import Iterable
from importlib import import_module
from shutil import get_terminal_size
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bpocalc import __version__
from bpocalc.cli.exit import MEANINGS, Code, Stop

COMMANDS = (
    "compare", "check", "explain", "init", "locations", "diff", "schema", "sensitivity", "breakeven", "simulate",
)  # fmt: skip
"""In the order of the help page; each is the function of that name in the module of that name."""
WIDEST = 100
KEPT: list[object] = []
"""What the last command made: at the end of a process it goes with it, and need not be taken apart."""


class AsWritten:
    """What becomes of a text: it stays. Typer would have pydantic make a validator for each option.

    Those take longer than a small scenario, and every option here is a text, a list of them or a flag.
    """

    @staticmethod
    def coerce(value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command takes it: a list where it may be repeated."""
        return list(value or ()) if param.multiple or param.nargs == -1 else value


def as_written(params: list[Any]) -> list[Any]:
    """Options and arguments that take texts as they are written."""
    for param in params:
        param._runtime_param = AsWritten  # where Typer keeps its own; should it look elsewhere, it makes them again
    return params


class Command(TyperCommand):
    """A command whose texts stay as they are written."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options and arguments, `--help` among them."""
        return as_written(super().get_params(ctx))


class Commands(TyperGroup):
    """The group of commands."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, `--help` among them."""
        return as_written(super().get_params(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands, each with the whole first sentence of its help: Typer cuts it to one line."""
        visible = [command for command in self.commands.values() if not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl([(c.name, " ".join((c.help or "").partition("\n\n")[0].split())) for c in visible])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """List the exit codes."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code.value), meaning) for code, meaning in MEANINGS.items()])


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bpocalc {__version__}")
        raise typer.Exit


# Only flags here: an option with a value would bring in pydantic for every help page.
def root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an internal error; may stand anywhere.")
    ] = False,
) -> None:
    """Compare what business functions cost in-house and outsourced, month by month."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(Code.USAGE)


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with some of its commands: Typer takes its time over each, and most runs need one."""
    made = typer.Typer(
        cls=Commands,
        callback=root,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for name in names:
        made.command(name, cls=Command)(getattr(import_module(f"bpocalc.cli.{name}"), name))
    return made


def run(args: list[str]) -> int:
    """Run one command line and return its exit code."""
    asked = [name for name in args[:1] if name in COMMANDS]
    commands = get_command(application(asked or COMMANDS))
    width = min(get_terminal_size().columns, WIDEST)
    shared: dict[str, Any] = {"terminal_width": width, "help_option_names": ["--help", "-h"]}
    try:
        with commands.make_context("bpocalc", args, **shared) as context:
            KEPT[:] = [commands.invoke(context)]
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:  # Ctrl-C at a question
        raise KeyboardInterrupt from None
    except typer.TyperException as wrong:
        return _explain_usage(wrong)
    except Stop as stop:
        print(end="", flush=True)  # the result comes before what is said about it
        if stop.message:
            print(stop.message, file=sys.stderr)
        return stop.code
    return Code.FINE


def _explain_usage(wrong: typer.TyperException) -> int:
    context = getattr(wrong, "ctx", None)
    if context is not None:
        print(context.get_usage(), file=sys.stderr)
        print(f"Try '{context.command_path} --help' for help.\n", file=sys.stderr)
    print(f"bpocalc: {wrong.format_message()}", file=sys.stderr)
    return Code.USAGE
