"""Reading files and writing results: whole, or not at all."""

import os
import stat
import sys
import tempfile
from pathlib import Path
from shutil import get_terminal_size
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.document import MOST_BYTES


class Screen(NamedTuple):
    """Where the result goes: its width, if it has one, and whether it takes colour; None for no terminal at all."""

    width: int | None
    color: bool | None


def screen() -> Screen:
    """The screen that stdout is, by NO_COLOR, FORCE_COLOR, TERM and COLUMNS."""
    terminal = sys.stdout.isatty()
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isdigit() and int(asked) > 0 else None
    forced = bool(os.environ.get("FORCE_COLOR"))
    if not terminal and not forced:
        return Screen(columns, None)
    width = columns or (get_terminal_size().columns if terminal else None) or 80
    dull = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Screen(width, forced or not dull)


def read_file(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`, up to the most that is read; Stop where it cannot be read."""
    if path == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(path).open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = {FileNotFoundError: "there is no such file", IsADirectoryError: "it is a directory"}
        said = why.get(type(error), (error.strerror or str(error)).lower())
        raise Stop(Code.FAILED, f"bpocalc: cannot read {path}: {said}") from None


def print_result(text: str) -> None:
    """The result on stdout, in UTF-8 wherever it goes."""
    data = text.encode("utf-8", "replace")
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        print(text, end="")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def write_files(outputs: list[tuple[str, str]]) -> None:
    """Write every file whole, by temporary files that are renamed; Stop where one cannot be written."""
    made: list[tuple[str, str]] = []
    path = ""
    try:
        for path, text in outputs:
            made.append((_temporary(path, text), path))
        for temporary, path in made:
            Path(temporary).replace(path)
    except OSError as error:
        for temporary, _ in made:
            Path(temporary).unlink(missing_ok=True)
        said = (error.strerror or str(error)).lower()
        raise Stop(Code.FAILED, f"bpocalc: cannot write {path}: {said}") from None
    print(f"wrote {', '.join(path for path, _ in outputs)}", file=sys.stderr)


def _temporary(path: str, text: str) -> str:
    """A temporary file beside the path that holds the text, with the mode that the path has or would get."""
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(21, "it is a directory")
    mask = os.umask(0)
    os.umask(mask)
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~mask
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8", "replace"))
        Path(name).chmod(mode)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return name
