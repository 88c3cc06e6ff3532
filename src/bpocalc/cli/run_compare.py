"""What `bpocalc compare` does: read, load, run, compare, render, write."""

import sys
from hashlib import sha256
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
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.studies.volume import Strained
from bpocalc.table import By
from bpocalc.tables import by_volume

SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json", ".txt": "terminal", ".xlsx": "xlsx",
}  # fmt: skip
ALL_READINGS = ("csv", "json", "xlsx")
"""Formats that hold every reading."""


class Compared(NamedTuple):
    """A file with its comparison."""

    path: str
    sha256: str
    comparison: Comparison
    strains: list[Strained]
    """The comparison at other volumes, where those were asked for."""


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
) -> None:
    """Compare scenario files and print or write the result; ends with Stop where that cannot be done."""
    check_word("--by", by, READINGS)
    formats = [format_of(path, format_, SUFFIXES) for path in outputs] or ["terminal" if format_ is None else format_]
    for name in formats:
        check_word("--format", name, FORMATS)
    if [*files, *(rates or [])].count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    check_overrides(overrides)
    factors = factors_of(volume) if volume is not None else []
    if "xlsx" in formats and not outputs:
        raise Stop(Code.USAGE, "bpocalc: a workbook is written to a file: add -o case.xlsx")
    if "xlsx" in formats and len(files) > 1:
        raise Stop(Code.USAGE, "bpocalc: a workbook holds one scenario: give one file")
    if all_cases and by != "summary":
        print("bpocalc: --by has no effect with --all-cases", file=sys.stderr)
    elif by != "summary" and {*formats} <= {*ALL_READINGS}:
        print(f"bpocalc: --by has no effect on {' and '.join(sorted({*formats}))}", file=sys.stderr)
    read = [(path, read_file(path)) for path in files]
    if all_cases:
        refuse(case, volume, formats)
    cards = read_cards(rates)
    loaded = load_all(read, overrides, case, cards)
    check_names(loaded, functions, options)
    if all_cases and not any(one.scenario.cases for one in loaded):
        raise Stop(Code.USAGE, f"bpocalc: {' and '.join(shown_path(path) for path in files)} has no cases")
    made, cased = [], []
    for (path, data), one in zip(read, loaded, strict=True):
        if functions and not {*functions} & one.scenario.functions.keys():
            print(f"bpocalc: {shown_path(path)} has no function {' or '.join(functions)}: skipped", file=sys.stderr)
            continue

        def computed(one: Loaded) -> Comparison:
            return compare(run(one, functions, options), soft=soft)

        def again(more: list[str], path: str = path, data: bytes = data) -> Comparison:
            return computed(load_text(data, path, [*(overrides or []), *more], case or "", cards))

        def under(name: str, path: str = path, data: bytes = data) -> Loaded:
            return load_all([(path, data)], overrides, name, cards)[0]

        if all_cases:
            cased.append(Cased(shown_path(path), sha256(data).hexdigest(), in_all_cases(one, under, computed)))
            continue
        comparison = computed(one)
        strains = at_volumes(comparison, factors, again) if factors else []
        if factors and not strains:
            print(f"bpocalc: --volume has no effect on {shown_path(path)}: it has no demand", file=sys.stderr)
        made.append(Compared(shown_path(path), sha256(data).hexdigest(), comparison, strains))
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
        from bpocalc.views import json

        strains = [m.strains for m in made] if any(m.strains for m in made) else []
        return json.render([m.comparison for m in made], [m.path for m in made], [m.sha256 for m in made], strains)
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
