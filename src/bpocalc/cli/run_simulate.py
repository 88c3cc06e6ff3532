"""What `bpocalc simulate` does: read, load, run, compare, simulate, render, write."""

from hashlib import sha256
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.cli.reading import changes_of, check_names, check_overrides, load_all, read_cards, shown_path
from bpocalc.cli.simulate import FORMATS
from bpocalc.cli.studying import formats_of
from bpocalc.cli.trials import Job, computed
from bpocalc.cli.workers import workers_of
from bpocalc.studies.simulation import LEAST_TRIALS, MOST_TRIALS, NothingUncertain, simulate
from bpocalc.views.simulation.subject import Subject, subject_of

MOST_SEED = 2**63
LEAST_TO_DRAW = 90
"""Columns of a terminal that has room for a drawing beside figures."""


class Wanted(NamedTuple):
    """What is to be simulated, as it was written on the command line."""

    trials: str
    seed: str
    functions: list[str] | None
    options: list[str] | None
    workers: str | None


def run_simulate(
    file: str,
    wanted: Wanted,
    overrides: list[str],
    case: str | None,
    rates: list[str],
    format_: str | None,
    outputs: list[str],
    *,
    soft: bool,
) -> None:
    """Simulate a scenario file and print or write the result; ends with Stop where that cannot be done."""
    formats = formats_of(format_, outputs, FORMATS)
    trials, seed = _number("--trials", wanted.trials, LEAST_TRIALS, MOST_TRIALS), _number("--seed", wanted.seed)
    workers = workers_of(wanted.workers, 1)
    check_overrides(overrides)
    data = read_file(file)
    cards = read_cards(rates)
    (loaded,) = load_all([(file, data)], overrides, case, cards)
    check_names([loaded], wanted.functions, wanted.options)
    name = "<stdin>" if file == "-" else file
    job = Job(data, name, overrides, case or "", cards, wanted.functions, wanted.options, soft, trials, seed)
    try:
        made = simulate(job.compared(loaded), trials, seed, computed(job, workers))
    except NothingUncertain:
        raise Stop(Code.USAGE, _nothing(file, changed=bool(overrides or case))) from None
    chosen = [text for name in wanted.functions or [] for text in ("--function", name)]
    chosen += [text for name in wanted.options or [] for text in ("--option", name)]
    changes = [*chosen, *changes_of(case, overrides, soft=soft, rates=rates)]
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
