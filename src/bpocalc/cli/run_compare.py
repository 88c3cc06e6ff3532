"""What `bpocalc compare` does: read, load, run, compare, render, write."""

import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, cast

from bpocalc.cli.compare import FORMATS, READINGS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.problems import Invalid, did_you_mean, show, show_all
from bpocalc.report import report
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.table import By

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "terminal"}


class Compared(NamedTuple):
    """A file with its comparison."""

    path: str
    sha256: str
    comparison: Comparison


def run_compare(
    files: list[str],
    functions: list[str] | None,
    options: list[str] | None,
    overrides: list[str] | None,
    by: str,
    format_: str | None,
    outputs: list[str],
    *,
    soft: bool,
) -> None:
    """Compare scenario files and print or write the result; ends with Stop where that cannot be done."""
    _known("--by", by, READINGS)
    formats = [_format(path, format_) for path in outputs] or ["terminal" if format_ is None else format_]
    for name in formats:
        _known("--format", name, FORMATS)
    if files.count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    for override in overrides or []:
        if not override.partition("=")[0].strip() or "=" not in override:
            raise Stop(Code.USAGE, f"bpocalc: --set '{override}' is not an address, '=' and a value")
    if by != "summary" and {*formats} <= {"csv", "json"}:
        print(f"bpocalc: --by has no effect on {' and '.join(sorted({*formats}))}", file=sys.stderr)
    read = [(path, read_file(path)) for path in files]
    loaded = _load_all(read, overrides)
    _known_names(loaded, functions, options)
    made = []
    for (path, data), case in zip(read, loaded, strict=True):
        if functions and not {*functions} & case.scenario.functions.keys():
            print(f"bpocalc: {_shown(path)} has no function {' or '.join(functions)}: skipped", file=sys.stderr)
            continue
        comparison = compare(run(case, functions, options), soft=soft)
        made.append(Compared(_shown(path), sha256(data).hexdigest(), comparison))
    view = Screen(None, False) if outputs else screen()
    rendered = {name: render(made, name, cast(By, by), view) for name in dict.fromkeys(formats)}
    if outputs:
        write_files([(path, rendered[name]) for path, name in zip(outputs, formats, strict=True)], files)
    else:
        print_result(rendered[formats[0]])


def render(made: list[Compared], name: str, by: By, view: Screen) -> str:
    """The comparisons in one format, for a screen."""
    if name == "csv":
        from bpocalc.views import csv

        return csv.render(one.comparison for one in made)
    if name == "json":
        from bpocalc.views import json

        return json.render([m.comparison for m in made], [m.path for m in made], [m.sha256 for m in made])
    reports = [report(one.comparison, by, one.path) for one in made]
    if name == "markdown":
        from bpocalc.views import markdown

        return "\n".join(markdown.render(one) for one in reports)
    if view.color:
        from bpocalc.views import terminal

        return "\n".join(terminal.render(one, view.width) for one in reports)
    from bpocalc.views import text

    return "\n".join(text.render(one, view.width) for one in reports)


def _load_all(read: Iterable[tuple[str, bytes]], overrides: list[str] | None) -> list[Loaded]:
    """All scenarios, or a Stop with all problems of all files."""
    loaded, wrong = [], []
    for path, data in read:
        name = "<stdin>" if path == "-" else path
        try:
            loaded.append(load_text(data, name, overrides))
        except Invalid as invalid:
            wrong.append(show_all(invalid))
            continue
        text = data.decode("utf-8-sig")
        for warning in loaded[-1].warnings:
            print(show(warning, text), file=sys.stderr)
    if wrong:
        raise Stop(Code.INVALID, "\n".join(wrong))
    return loaded


def _known(option: str, word: str, words: Iterable[str]) -> None:
    if word not in words:
        raise Stop(Code.USAGE, f"bpocalc: {option} '{word}' is not known: {did_you_mean(word, words)}")


def _format(path: str, format_: str | None) -> str:
    """The format of an output file: the one asked for, else by its suffix."""
    if format_ is not None:
        return format_
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise Stop(Code.USAGE, f"bpocalc: no format goes with '{path}': end it with {known}, or give --format")
    return SUFFIXES[suffix]


def _known_names(loaded: list[Loaded], functions: list[str] | None, options: list[str] | None) -> None:
    """Every function and option asked for exists in one of the files."""
    there = {key: function for case in loaded for key, function in case.scenario.functions.items()}
    for name in functions or []:
        if name not in there:
            raise Stop(Code.USAGE, f"bpocalc: --function '{name}' is in no file: {did_you_mean(name, there)}")
    names = {option for function in there.values() for option in function.options}
    full = {f"{key}.{option}" for key, function in there.items() for option in function.options}
    for name in options or []:
        if name not in names | full:
            raise Stop(Code.USAGE, f"bpocalc: --option '{name}' is in no file: {did_you_mean(name, names | full)}")


def _shown(path: str) -> str:
    """A path as it is shown: never an absolute one."""
    if path == "-":
        return path
    return Path(path).name if Path(path).is_absolute() else Path(path).as_posix()
