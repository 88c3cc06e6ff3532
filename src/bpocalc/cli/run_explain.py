"""What `bpocalc explain` does: read, load, run, compare, find what is asked for, render, write."""

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.explain import FORMATS
from bpocalc.cli.output import print_result, read_file, screen, write_files
from bpocalc.cli.reading import changes_of, check_overrides, check_word, format_of, load_all, read_cards, shown_path
from bpocalc.comparison import compare
from bpocalc.explain.addresses import find, meant, sections, span_of
from bpocalc.explain.tree import explain
from bpocalc.model.run import run
from bpocalc.overlay import is_count
from bpocalc.problems import printable
from bpocalc.timeline import Clock, Month
from bpocalc.views.explanation.wording import Subject

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".txt": "text"}
DEPTH, DEPTH_OF_SUMS, MOST_DEPTH = 4, 3, 50

Render = Callable[[str, int | None], str]
"""Makes the text of a format, within a width where one is given."""


class Question(NamedTuple):
    """What is asked, as it was written on the command line."""

    address: str | None
    month: str | None
    depth: str | None
    assumptions: bool


def run_explain(
    file: str,
    question: Question,
    overrides: list[str],
    format_: str | None,
    outputs: list[str],
    *,
    soft: bool,
    case: str | None = None,
    rates: list[str] | None = None,
) -> None:
    """Explain a figure of a scenario file, or list what can be asked for; Stop where that cannot be done."""
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    depth = _check(question)
    check_overrides(overrides)
    data = read_file(file)
    (loaded,) = load_all([(file, data)], overrides, case, read_cards(rates))
    changes = changes_of(case, overrides, soft=soft, rates=rates)
    comparison = compare(run(loaded), soft=soft)
    subject = Subject(shown_path(file), sha256(data).hexdigest(), comparison, tuple(changes))
    render = _renderer(question, depth, subject)
    if outputs:
        made = {name: render(name, None) for name in dict.fromkeys(formats)}
        write_files([(path, made[name]) for path, name in zip(outputs, formats, strict=True)], [file])
    else:
        print_result(render(formats[0], screen().width))


def _check(question: Question) -> int | None:
    """What can be told from the command line alone to be wrong; else how deep to go, if that is said."""
    if question.assumptions:
        for option, given in (("ADDRESS", question.address), ("--month", question.month), ("--depth", question.depth)):
            if given is not None:
                raise Stop(Code.USAGE, f"bpocalc: --assumptions lists all inputs: leave {option} out")
    if question.depth is None:
        return None
    if question.address is None:
        raise Stop(Code.USAGE, "bpocalc: --depth goes with an ADDRESS")
    if not is_count(question.depth) or int(question.depth) > MOST_DEPTH:
        said = f"--depth '{question.depth}' is not a number from 0 to {MOST_DEPTH}"
        raise Stop(Code.USAGE, f"bpocalc: {said}")
    return int(question.depth)


def _renderer(question: Question, depth: int | None, subject: Subject) -> Render:
    """How the answer to a question is rendered; Stop for a question that has none."""
    month = None if question.month is None else _month(question.month, subject.clock)
    if question.assumptions:
        return _assumptions(subject)
    address = question.address or ""
    quantity = find(subject.comparison, address)
    if quantity is None:
        return _listing(address, month, subject)
    if question.month is not None and not quantity.is_row:
        raise Stop(Code.USAGE, f"bpocalc: {address} is one figure, it has no months: leave --month out")
    span, by_month = span_of(quantity, month), month is not None
    usual = DEPTH if span is None or span.is_month else DEPTH_OF_SUMS
    root = explain(quantity, span, usual if depth is None else depth)

    def render(name: str, room: int | None) -> str:
        if name == "json":
            from bpocalc.views.explanation import json

            return json.render(root, subject)
        if name == "markdown":
            from bpocalc.views.explanation import markdown

            return markdown.render(root, subject, by_month=by_month)
        from bpocalc.views.explanation import text

        return text.render(root, subject, room, by_month=by_month)

    return render


def _listing(address: str, month: int | None, subject: Subject) -> Render:
    """How the list of what lies below an address is rendered, or of everything."""
    found = sections(subject.comparison, address)
    if not found:
        raise Stop(Code.USAGE, f"bpocalc: {_unknown(address, subject)}")

    def render(name: str, room: int | None) -> str:
        if name == "json":
            from bpocalc.views.explanation import json

            return json.render_list(found, subject, address, month)
        if name == "markdown":
            from bpocalc.views.explanation import markdown

            return markdown.render_list(found, subject, month)
        from bpocalc.views.explanation import text

        return text.render_list(found, subject, room, month)

    return render


def _assumptions(subject: Subject) -> Render:
    """How the list of all inputs is rendered."""
    from bpocalc.assumptions import assumptions
    from bpocalc.views import assumptions as view

    register = assumptions(subject.comparison)
    return lambda name, room: view.render(register, name, subject.path, subject.sha256, room)


def _month(text: str, clock: Clock) -> int:
    """The number of a month that is given by its number or its date; Stop where the scenario has no such month."""
    date = Month.parse(text)
    number = int(text) if is_count(text) else clock.start.until(date) + 1 if date and clock.start else 0
    if 1 <= number <= clock.months:
        return number
    dates = f" or {clock.label(1)} to {clock.label(clock.months)}" if clock.start else ""
    what = "is not a month of the scenario" if date or is_count(text) else "is not a month"
    raise Stop(Code.USAGE, f"bpocalc: --month '{text}' {what}: give 1 to {clock.months}{dates}")


def _unknown(address: str, subject: Subject) -> str:
    """What is wrong with an address, and the nearest right ones."""
    hint = meant(subject.comparison, address) or f"list all of them with: {subject.command()}"
    return f"there is no '{printable(address)}' in {subject.path}: {hint}"
