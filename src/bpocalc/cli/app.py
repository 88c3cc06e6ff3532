"""The commands, and what they share: help, usage errors, exit codes."""

import sys
from collections.abc import Iterable
from importlib import import_module
from shutil import get_terminal_size
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from bpocalc import __version__
from bpocalc.cli.exit import MEANINGS, Code, Stop

COMMANDS = (
    "compare", "check", "explain", "init", "locations", "diff", "schema", "sensitivity", "breakeven", "simulate",
)  # fmt: skip
"""In the order of the help page; each is the function of that name in the module of that name."""
WIDEST = 100


class Commands(TyperGroup):
    """The group of commands, kept from importing pydantic for a help page or a usage error."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Give `--help` a value of type bool when it is absent: Typer hands any other one to pydantic."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Miss a required argument here when there are none at all: Typer would ask pydantic first."""
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not rest and not ctx.resilient_parsing:
            for param in command.params:
                if isinstance(param, TyperArgument | TyperOption) and param.required:
                    here = command.context_class(command, parent=ctx, info_name=name)
                    here.fail(f"Missing {param.param_type_name} {param.get_error_hint()}.")
        return name, command, rest

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
        made.command(name)(getattr(import_module(f"bpocalc.cli.{name}"), name))
    return made


def run(args: list[str]) -> int:
    """Run one command line and return its exit code."""
    asked = [name for name in args[:1] if name in COMMANDS]
    commands = get_command(application(asked or COMMANDS))
    width = min(get_terminal_size().columns, WIDEST)
    shared: dict[str, Any] = {"terminal_width": width, "help_option_names": ["--help", "-h"]}
    try:
        with commands.make_context("bpocalc", args, **shared) as context:
            commands.invoke(context)
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
