"""Which files `check` reads: files, directories, patterns and standard input, each file once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".yaml", ".yml")
WILD = re.compile(r"[*?[]")
PIECE = re.compile(r"\*+|\?|\[!?[^]]+\]|.", re.DOTALL)


def gather(words: list[str]) -> dict[str, str]:
    """The paths of all files that are named, each file once, with the reason where there is none to be read."""
    out: dict[str, str] = {}
    seen: set[str] = set()
    for word in words:
        paths, why = _named(word)
        if not paths:
            out.setdefault(word, why)
        for path in paths:
            real = path if path == "-" else os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                out[path] = ""
    return out


def _named(word: str) -> tuple[list[str], str]:
    """The paths that a word stands for, and what is to be said where there are none."""
    if word == "-":
        return [word], ""
    if _is_folder(word):
        found = sorted(path for path in _files(word) if path.endswith(SUFFIXES))
        return found, "the directory holds no .yaml or .yml file"
    if WILD.search(word) and not os.path.lexists(word):
        return sorted(_matching(word)), "no file matches"
    return [_shown(word)], ""


def _is_folder(word: str) -> bool:
    try:
        return Path(word).is_dir()
    except OSError:  # a name too long for any file
        return False


def _files(folder: str, deep: int | None = None) -> Iterator[str]:
    """All files below a directory, so many levels deep; without hidden ones, and no links to directories followed."""
    top = len(Path(folder).parts)
    for here, folders, names in os.walk(folder):
        level = len(Path(here).parts) - top + 1
        folders[:] = [] if level == deep else [name for name in folders if not name.startswith(".")]
        shown = _shown(here)
        before = "" if shown == "." else f"{shown.rstrip('/')}/"
        for name in names:
            if not name.startswith(".") and Path(here, name).is_file():
                yield before + name


def _matching(pattern: str) -> Iterator[str]:
    """All files that match a pattern, in which `**` stands for any number of directories."""
    parts = Path(pattern).parts
    first = next(number for number, part in enumerate(parts) if WILD.search(part))
    folder, rest = Path(*parts[:first]), [*parts[first:], *(["*"] if parts[-1] == "**" else [])]
    within = ["(?:[^/]+/)*" if part == "**" else f"{_expression(part)}/" for part in rest[:-1]]
    wanted = re.compile("".join(within) + _expression(rest[-1]))
    shown = Path(_shown(folder))
    for path in _files(str(folder), None if "**" in rest else len(rest)):
        if wanted.fullmatch(Path(path).relative_to(shown).as_posix()):
            yield path


def _expression(part: str) -> str:
    """One part of a pattern as a regular expression that stays within its directory."""
    signs = {"*": "[^/]*", "?": "[^/]"}
    return "".join(
        f"[{'^' * (piece[1] == '!')}{re.escape(piece.strip('[!]')).replace(chr(92) + '-', '-')}]"
        if len(piece) > 2 and piece[0] == "["
        else signs.get(piece[0], re.escape(piece))
        for piece in PIECE.findall(part)
    )


def _shown(path: str | Path) -> str:
    """A path as it is shown: from the current directory where it lies below that."""
    plain = Path(path)
    if plain.is_absolute() and plain.is_relative_to(Path.cwd()):
        plain = plain.relative_to(Path.cwd())
    return plain.as_posix()
