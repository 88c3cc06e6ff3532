"""What `bpocalc simulate` does: read, load, run, compare, simulate, render, write."""

import sys
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.cli.reading import (
    changes_of,
    check_names,
    check_overrides,
    check_word,
    format_of,
    load_all,
    shown_path,
)
from bpocalc.cli.simulate import FORMATS
from bpocalc.comparison import compare
from bpocalc.model.run import run
from bpocalc.studies.simulation import LEAST_TRIALS, MOST_TRIALS, NothingUncertain, simulate
from bpocalc.views.simulation.subject import Subject, subject_of

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "text"}
MOST_SEED = 2**63
BAR = 30
LEAST_TO_DRAW = 90
"""Columns of a terminal that has room for a drawing beside figures."""


class Wanted(NamedTuple):
    """What is to be simulated, as it was written on the command line."""

    trials: str
    seed: str
    functions: list[str] | None
    options: list[str] | None


def run_simulate(
    file: str,
    wanted: Wanted,
    overrides: list[str],
    case: str | None,
    format_: str | None,
    outputs: list[str],
    *,
    soft: bool,
) -> None:
    """Simulate a scenario file and print or write the result; ends with Stop where that cannot be done."""
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    trials, seed = _number("--trials", wanted.trials, LEAST_TRIALS, MOST_TRIALS), _number("--seed", wanted.seed)
    check_overrides(overrides)
    data = read_file(file)
    (loaded,) = load_all([(file, data)], overrides, case)
    check_names([loaded], wanted.functions, wanted.options)
    comparison = compare(run(loaded, wanted.functions, wanted.options), soft=soft)
    progress = _progress()
    try:
        made = simulate(comparison, trials, seed, progress)
    except NothingUncertain:
        raise Stop(Code.USAGE, _nothing(file, changed=bool(overrides or case))) from None
    finally:
        progress(1)
    chosen = [text for name in wanted.functions or [] for text in ("--function", name)]
    chosen += [text for name in wanted.options or [] for text in ("--option", name)]
    changes = [*chosen, *changes_of(case, overrides, soft=soft)]
    subject = subject_of(made, shown_path(file), sha256(data).hexdigest(), changes)
    view = Screen(None, False) if outputs else screen()
    rendered = {name: render(subject, name, view) for name in dict.fromkeys(formats)}
    if outputs:
        write_files([(path, rendered[name]) for path, name in zip(outputs, formats, strict=True)], [file])
    else:
        print_result(rendered[formats[0]])


def render(subject: Subject, name: str, view: Screen) -> str:
    """The simulation in one format, for a screen."""
    if name == "json":
        from bpocalc.views.simulation import json

        return json.render(subject)
    if name == "csv":
        from bpocalc.views.simulation import csv

        return csv.render(subject.simulation)
    from bpocalc.views.simulation.report import report

    made = report(subject, drawn=name == "text" and (view.width is None or view.width >= LEAST_TO_DRAW))
    if name == "markdown":
        from bpocalc.views import markdown

        return markdown.render(made)
    if view.color:
        from bpocalc.views import terminal

        return terminal.render(made, view.width)
    from bpocalc.views import text

    return text.render(made, view.width)


def _number(option: str, text: str, least: int = 0, most: int = MOST_SEED) -> int:
    """A whole number of the command line within its bounds; else a Stop that names them."""
    try:
        number = int(text)
    except ValueError:
        raise Stop(Code.USAGE, f"bpocalc: {option} '{text}' is not a whole number") from None
    if not least <= number <= most:
        raise Stop(Code.USAGE, f"bpocalc: {option} {text} is not from {least:,} to {most:,}")
    return number


def _nothing(file: str, *, changed: bool) -> str:
    """What is said where nothing is uncertain, with the way to change that."""
    why = " (a value that --set or a case puts in place of a range is certain)" if changed else ""
    return (
        f"bpocalc: {shown_path(file)} has no uncertain figure and no risk on which a result hangs{why}\n"
        "give a figure its range:  price: {value: 3.10, low: 2.80, high: 3.50}"
    )


def _progress() -> Callable[[float], None]:
    """What shows the share that is done, on a terminal only; all done takes it away."""
    if not sys.stderr.isatty():
        return lambda share: None

    def show(share: float) -> None:
        bar = "#" * round(share * BAR)
        line = f"simulating [{bar:<{BAR}}] {share * 100:3.0f} %" if share < 1 else " " * (BAR + 20)
        print(f"\r{line}", end="\r" if share >= 1 else "", file=sys.stderr, flush=True)

    return show
