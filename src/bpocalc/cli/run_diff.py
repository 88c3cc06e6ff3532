"""What `bpocalc diff` does: read both versions, load, run and compare each, tell them apart, render, write."""

from hashlib import sha256
from typing import NamedTuple

from bpocalc.cli.diff import FORMATS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.git import file_at
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.cli.reading import changes_of, check_overrides, check_word, format_of, read_cards, shown_path
from bpocalc.problems import Invalid, did_you_mean, show_all
from bpocalc.scenario.loading import open_text, prepared
from bpocalc.scenario.overrides import NoCase
from bpocalc.studies.changes import Version, version_of
from bpocalc.studies.difference import Difference, difference
from bpocalc.views.difference.wording import METRICS, Sides

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "text"}


class Asked(NamedTuple):
    """What is asked, as it was written on the command line."""

    revision: str | None
    metric: str
    overrides: list[str]
    case: str | None
    rates: list[str]
    soft: bool


class Side(NamedTuple):
    """One version as it was read."""

    name: str
    """As problems call it."""
    shown: str
    data: bytes


def run_diff(files: list[str], asked: Asked, format_: str | None, outputs: list[str], *, exit_code: bool) -> None:
    """Tell two versions of a scenario apart and print or write the result; Stop where that cannot be done."""
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    check_word("--metric", asked.metric, METRICS)
    check_overrides(asked.overrides)
    old, new = sides = _read(files, asked.revision)
    before, after = _versions(sides, asked)
    currencies = [version.comparison.run.loaded.scenario.currency for version in (before, after)]
    if currencies[0] != currencies[1]:
        said = f"{old.shown} is in {currencies[0]} and {new.shown} in {currencies[1]}"
        raise Stop(Code.USAGE, f"bpocalc: {said}: their results cannot be told apart by change")
    made = difference(before, after, asked.metric, soft=asked.soft)
    view = Screen(None, False) if outputs else screen()
    rendered = {name: _render(made, sides, name, view, asked) for name in dict.fromkeys(formats)}
    if outputs:
        write_files([(path, rendered[name]) for path, name in zip(outputs, formats, strict=True)], files)
    else:
        print_result(rendered[formats[0]])
    if exit_code and made.differs:
        raise Stop(Code.UNMET, "")


def _read(files: list[str], revision: str | None) -> tuple[Side, Side]:
    """Both versions: two files, or one at a revision and as it is."""
    if revision is not None:
        if len(files) != 1 or files == ["-"]:
            raise Stop(Code.USAGE, "bpocalc: --git compares one file with its version at a revision: give one file")
        (path,) = files
        if not revision or revision.startswith("-"):
            raise Stop(Code.USAGE, f"bpocalc: --git '{revision}' is no revision")
        then = f"@{revision}"
        return (
            Side(path + then, shown_path(path) + then, file_at(path, revision)),
            Side(path, shown_path(path), read_file(path)),
        )
    if len(files) != 2:
        raise Stop(Code.USAGE, "bpocalc: diff compares two files, or with --git REV one with its version at a revision")
    if files == ["-", "-"]:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    old, new = (Side("<stdin>" if path == "-" else path, shown_path(path), read_file(path)) for path in files)
    return old, new


def _versions(sides: tuple[Side, Side], asked: Asked) -> tuple[Version, Version]:
    """Both versions computed, or a Stop with all problems of both."""
    made, wrong, cards = [], [], read_cards(asked.rates)
    for side in sides:
        try:
            opened = open_text(side.data, side.name, cards)
            made.append(version_of(prepared(opened, asked.overrides, asked.case or ""), soft=asked.soft))
        except NoCase as missing:
            known = did_you_mean(missing.name, missing.known) if missing.known else "it has no cases"
            raise Stop(Code.USAGE, f"bpocalc: --case '{asked.case}' is not in {side.shown}: {known}") from None
        except Invalid as invalid:
            wrong.append(show_all(invalid))
    if wrong:
        raise Stop(Code.INVALID, "\n".join(wrong))
    old, new = made
    return old, new


def _render(made: Difference, sides: tuple[Side, Side], name: str, view: Screen, asked: Asked) -> str:
    """The difference in one format."""
    names = Sides(sides[0].shown, sides[1].shown)
    if name == "json":
        from bpocalc.views.difference import json

        return json.render(made, names, (sha256(sides[0].data).hexdigest(), sha256(sides[1].data).hexdigest()))
    if name == "csv":
        from bpocalc.views.difference import csv

        return csv.render(made)
    from bpocalc.views.difference.report import report_of

    report = report_of(made, names, changes_of(asked.case, asked.overrides, soft=asked.soft, rates=asked.rates))
    if name == "markdown":
        from bpocalc.views import markdown

        return markdown.render(report, level=3)
    if view.color:
        from bpocalc.views import terminal

        return terminal.render(report, view.width)
    from bpocalc.views import text

    return text.render(report, view.width)
