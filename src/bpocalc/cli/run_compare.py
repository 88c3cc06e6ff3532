"""What `bpocalc compare` does: read, load, run, compare, render, write."""

import sys
from typing import NamedTuple, cast

from bpocalc.cli.compare import FORMATS, READINGS
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.output import Screen, print_result, read_file, screen, write_files
from bpocalc.cli.reading import (
    changes_of,
    check_names,
    check_overrides,
    check_word,
    format_of,
    load_all,
    read_cards,
    shown_path,
)
from bpocalc.cli.run_cases import Cased, in_all_cases, refuse, render_cases
from bpocalc.cli.volume import at_volumes, factors_of
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.report import report
from bpocalc.scenario.loading import CardFile, Loaded, load_text
from bpocalc.studies.volume import Strained
from bpocalc.table import By
from bpocalc.tables import by_volume

SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "text", ".xlsx": "xlsx",
}  # fmt: skip
ALL_READINGS = ("csv", "json", "xlsx")
"""Formats that hold every reading."""


class Compared(NamedTuple):
    """A file with its comparison."""

    path: str
    data: bytes
    comparison: Comparison
    strains: list[Strained]
    """The comparison at other volumes, where those were asked for."""


class Wanted(NamedTuple):
    """What of each scenario is compared, and with which changes."""

    functions: list[str] | None
    options: list[str] | None
    overrides: list[str] | None
    case: str | None
    cards: list[CardFile]
    soft: bool

    def holds(self, one: Loaded, path: str) -> bool:
        """Whether a scenario has one of the functions that are asked for; one that has none is skipped, and named."""
        there = not self.functions or bool({*self.functions} & one.scenario.functions.keys())
        if not there:
            missing = " or ".join(self.functions or [])
            print(f"bpocalc: {shown_path(path)} has no function {missing}: skipped", file=sys.stderr)
        return there

    def computed(self, one: Loaded) -> Comparison:
        """The comparison of a scenario."""
        return compare(run(one, self.functions, self.options), soft=self.soft)

    def compared(self, one: Loaded, path: str, data: bytes, factors: list[float]) -> Compared:
        """A scenario compared, and compared again at other volumes where those are asked for."""

        def again(more: list[str]) -> Comparison:
            return self.computed(load_text(data, path, [*(self.overrides or []), *more], self.case or "", self.cards))

        comparison = self.computed(one)
        strains = at_volumes(comparison, factors, again) if factors else []
        if factors and not strains:
            print(f"bpocalc: --volume has no effect on {shown_path(path)}: it has no demand", file=sys.stderr)
        return Compared(shown_path(path), data, comparison, strains)

    def in_all_cases(self, one: Loaded, path: str, data: bytes) -> Cased:
        """A scenario compared under each of its cases."""

        def under(name: str) -> Loaded:
            return load_all([(path, data)], self.overrides, name, self.cards)[0]

        return Cased(shown_path(path), data, in_all_cases(one, under, self.computed))


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
    volume: str | None = None,
    case: str | None = None,
    all_cases: bool = False,
    rates: list[str] | None = None,
) -> object:
    """Compare scenario files and print or write the result, which is given back; Stop where that cannot be done."""
    formats = _formats(by, format_, outputs)
    if [*files, *(rates or [])].count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    check_overrides(overrides)
    factors = factors_of(volume) if volume is not None else []
    _refuse_workbooks(formats, files, outputs)
    _say_what_by_misses(by, formats, all_cases=all_cases)
    read = [(path, read_file(path)) for path in files]
    if all_cases:
        refuse(case, volume, formats)
    wanted = Wanted(functions, options, overrides, case, read_cards(rates), soft)
    loaded = load_all(read, overrides, case, wanted.cards)
    check_names(loaded, functions, options)
    if all_cases and not any(one.scenario.cases for one in loaded):
        raise Stop(Code.USAGE, f"bpocalc: {' and '.join(shown_path(path) for path in files)} has no cases")
    there = [(one, path, data) for (path, data), one in zip(read, loaded, strict=True) if wanted.holds(one, path)]
    made = [] if all_cases else [wanted.compared(*each, factors) for each in there]
    cased = [wanted.in_all_cases(*each) for each in there] if all_cases else []
    view = Screen(None, False) if outputs else screen()
    changes = changes_of(case, overrides, soft=soft, rates=rates)
    rendered = {
        name: render_cases(cased, name, view, changes) if all_cases else render(made, name, cast(By, by), view, changes)
        for name in dict.fromkeys(formats)
    }
    if outputs:
        write_files([(path, rendered[name]) for path, name in zip(outputs, formats, strict=True)], files)
    else:
        print_result(str(rendered[formats[0]]))
    return made, cased


def _formats(by: str, format_: str | None, outputs: list[str]) -> list[str]:
    """The format of each output, or of the screen; a Stop for a word that is not known."""
    check_word("--by", by, READINGS)
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["text" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    return formats


def _refuse_workbooks(formats: list[str], files: list[str], outputs: list[str]) -> None:
    """Stop where a workbook cannot be written."""
    if "xlsx" in formats and not outputs:
        raise Stop(Code.USAGE, "bpocalc: a workbook is written to a file: add -o case.xlsx")
    if "xlsx" in formats and len(files) > 1:
        raise Stop(Code.USAGE, "bpocalc: a workbook holds one scenario: give one file")


def _say_what_by_misses(by: str, formats: list[str], *, all_cases: bool) -> None:
    """Warn of a reading that changes nothing."""
    if all_cases and by != "summary":
        print("bpocalc: --by has no effect with --all-cases", file=sys.stderr)
    elif by != "summary" and {*formats} <= {*ALL_READINGS}:
        print(f"bpocalc: --by has no effect on {' and '.join(sorted({*formats}))}", file=sys.stderr)


def render(made: list[Compared], name: str, by: By, view: Screen, changes: list[str]) -> str | bytes:
    """The comparisons in one format, for a screen; a workbook as bytes."""
    if name == "xlsx":
        from bpocalc.views import xlsx

        try:
            return xlsx.render(made[0].comparison, made[0].path)
        except xlsx.TooLong as error:
            raise Stop(Code.FAILED, f"bpocalc: cannot write a workbook of {made[0].path}: {error}") from None
    if name == "csv":
        from bpocalc.views import csv

        return csv.render(one.comparison for one in made)
    if name == "json":
        from hashlib import sha256

        from bpocalc.views import json

        hashes = [sha256(m.data).hexdigest() for m in made]
        strains = [m.strains for m in made] if any(m.strains for m in made) else []
        return json.render([m.comparison for m in made], [m.path for m in made], hashes, strains)
    reports = [report(one.comparison, by, one.path, changes) for one in made]
    for number, one in enumerate(made):
        if one.strains:
            tables = (*reports[number].tables, *by_volume(one.strains))
            reports[number] = reports[number]._replace(tables=tables)
    if name == "markdown":
        from bpocalc.views import markdown

        return "\n".join(markdown.render(one) for one in reports)
    if view.color:
        from bpocalc.views import terminal

        return "\n".join(terminal.render(one, view.width) for one in reports)
    from bpocalc.views import text

    return "\n".join(text.render(one, view.width) for one in reports)
