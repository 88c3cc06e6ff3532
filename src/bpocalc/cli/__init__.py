"""The command line, and what becomes of whatever a command ends with.

`--version` must answer at once, so that nothing beyond gc, os and sys (which Python loads anyway) is imported
at the top of this file.
"""

import gc
import os
import sys

from bpocalc import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> "NoReturn":
    """Run the command that the arguments name, those of the process where none are given, and exit with its code."""
    args = sys.argv[1:] if argv is None else argv
    try:
        code = _run(args)
    except BrokenPipeError:  # the reader has seen enough
        code = 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    _flush_or_forget()
    if argv is None:
        os._exit(code)  # all is written; Python would first take apart what goes with the process anyway
    sys.exit(code)


def _run(args: list[str]) -> int:
    if args == ["--version"]:
        print(f"bpocalc {__version__}")
        return 0
    if instruction := os.environ.get("_BPOCALC_COMPLETE"):
        from bpocalc.cli.completion import complete

        return complete(instruction)
    gc.disable()  # a command is short, and nearly all that it makes it needs to the end
    try:
        from bpocalc.cli.app import run

        code = run([arg for arg in args if arg != "--debug"])
        print(end="", flush=True)
    except BrokenPipeError:
        raise
    except Exception as error:
        return _report(error, debug="--debug" in args)
    return code


def _report(error: Exception, *, debug: bool) -> int:
    """Say in one line what nobody expected, or with --debug in full."""
    from bpocalc.cli.exit import Code

    if debug:
        import traceback

        traceback.print_exception(error)
        return Code.FAILED
    if isinstance(error, OSError) and error.strerror:  # the world's fault, not ours
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    else:
        text = " ".join(str(error).split())
        what = f"internal error: {type(error).__name__}" + (f": {text}" if text else "")
    print(f"bpocalc: {what} (run again with --debug for the traceback)", file=sys.stderr)
    return Code.FAILED


def _flush_or_forget() -> None:
    """Write what is left; what cannot be written must not make Python complain while it shuts down."""
    for stream in (sys.stdout, sys.stderr):
        try:
            print(end="", file=stream, flush=True)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
