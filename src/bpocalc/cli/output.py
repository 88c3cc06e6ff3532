"""Reading files and writing results: whole, or not at all."""

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.document import MOST_BYTES

USUAL = 1 << 16
"""Bytes that are read at first: room for the most that is read takes longer to make than a usual file to read."""
PLAIN = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "─": "-", "·": "|", "×": "x", "÷": "/", "≥": ">=", "≤": "<=", "…": "..."}
    | {"█": "#", "▓": "+", "░": "-"}
    | dict(zip("▁▂▃▄▅▆▇", "_.,:;=*", strict=True))
)
"""What stands for the signs of a report where they cannot be shown."""


class Screen(NamedTuple):
    """Where the result goes: its width, if it has one, and whether it takes colour."""

    width: int | None
    color: bool


def screen() -> Screen:
    """The screen that stdout is, by NO_COLOR, FORCE_COLOR, TERM and COLUMNS."""
    terminal = sys.stdout.isatty()
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) > 0 else None
    if width is None and terminal:
        width = shutil.get_terminal_size().columns
    forced = os.environ.get("FORCE_COLOR", "0") not in ("", "0")
    bright = forced or (terminal and os.environ.get("TERM") != "dumb")
    return Screen(width, bright and not os.environ.get("NO_COLOR"))


def read_file(path: str) -> bytes:
    """The bytes of a file as `read_bytes` gives them; Stop where it cannot be read."""
    try:
        return read_bytes(path)
    except OSError as error:
        raise Stop(Code.FAILED, f"bpocalc: cannot read {path}: {why_unread(error)}") from None


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`, up to the most that is read and one more."""
    if path == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(path).open("rb") as stream:
        data = stream.read(USUAL)
        return data if len(data) < USUAL else data + stream.read(MOST_BYTES + 1 - USUAL)


def why_unread(error: OSError) -> str:
    """Why a file cannot be read, in a few words."""
    known = {FileNotFoundError: "there is no such file", IsADirectoryError: "it is a directory"}
    return known.get(type(error), (error.strerror or str(error)).lower())


def print_result(text: str) -> None:
    """The result on stdout: in UTF-8, on a terminal that knows fewer signs with others in their place."""
    if not hasattr(sys.stdout, "buffer"):
        print(text, end="")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(_for_screen(text) if sys.stdout.isatty() else text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _for_screen(text: str) -> bytes:
    encoding = sys.stdout.encoding
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace")


Content = str | bytes | IO[bytes]
"""What is written to a file; a stream is read from its beginning."""


def write_files(outputs: Sequence[tuple[str, Content]], inputs: Iterable[str]) -> None:
    """Write every file whole, by temporary files that are renamed; Stop where one cannot be written.

    What is no file, such as a device, is written to as it is. Stop too where an output is one of the inputs.
    """
    made: list[tuple[str, Path, Path]] = []
    path = ""
    try:
        for path, text in outputs:
            refuse_input(path, inputs)
            if not _is_special(Path(path)):
                made.append((path, *_temporary(Path(path), text)))
        for path, text in outputs:
            if _is_special(Path(path)):
                with Path(path).open("wb") as stream:
                    _pour(text, stream)
        for name, temporary, target in made:
            path = name
            temporary.replace(target)
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise Stop(Code.FAILED, f"bpocalc: cannot write {path}: {said}") from None
    finally:
        for _, temporary, _ in made:
            temporary.unlink(missing_ok=True)
    print(f"wrote {', '.join(path for path, _ in outputs)}", file=sys.stderr)


def refuse_input(path: str, inputs: Iterable[str]) -> None:
    """Stop where an output is one of the inputs."""
    target = Path(path)
    if target.is_file() and any(name != "-" and Path(name).exists() and target.samefile(name) for name in inputs):
        raise Stop(Code.USAGE, f"bpocalc: {path} is read: it cannot be written at the same time")


def _is_special(target: Path) -> bool:
    """Whether something stands there that is neither a file nor a directory."""
    return target.exists() and not target.is_file() and not target.is_dir()


def _pour(text: Content, stream: IO[bytes]) -> None:
    if isinstance(text, str | bytes):
        stream.write(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
        return
    text.seek(0)
    shutil.copyfileobj(text, stream)


def _temporary(path: Path, text: Content) -> tuple[Path, Path]:
    """A temporary file that holds the text, and the file behind all links that it is for, whose mode it has."""
    if path.is_dir():
        raise IsADirectoryError(21, "it is a directory")
    mask = os.umask(0)
    os.umask(mask)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~mask
    target = path.resolve() if path.is_symlink() else path
    import tempfile  # slow to import, and needed for a file only

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _pour(text, stream)
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary, target
