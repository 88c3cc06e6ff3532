"""What `bpocalc check` does: gather files, check each of them, tell what was found, file by file."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from bpocalc.checking import Checked
from bpocalc.cli.check import FORMATS
from bpocalc.cli.check_settings import Given, settings_of
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.gather import gather
from bpocalc.cli.output import print_result, read_file, refuse_input, screen, write_files
from bpocalc.cli.progress import Progress
from bpocalc.cli.reading import check_word, format_of, load_all
from bpocalc.cli.reports import SUMMARY, Report, append_summary, to_screen, to_stream
from bpocalc.cli.workers import all_checked, workers_of
from bpocalc.lints.registry import RULES
from bpocalc.lints.subject import Subject
from bpocalc.problems import CATALOGUE, did_you_mean
from bpocalc.views.checks.view import NOTHING, Tally, closing

SUFFIXES = {
    ".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip
CLOSED = ("text", "concise", "github")
"""Formats that end with the closing line; beside another one it goes to stderr."""


def run_check(words: list[str], given: Given, format_: str | None, outputs: list[str], workers: str | None) -> None:
    """Check scenario files and tell what was found; ends with Stop where something is wrong with them."""
    shown = format_ or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    check_word("--format", shown, FORMATS)
    formats = [format_of(path, None if suffix_of(path) in SUFFIXES else format_, SUFFIXES) for path in outputs]
    settings = settings_of(given)
    files = asked(words)
    for path in outputs:
        refuse_input(path, files)
    processes = workers_of(workers, len(files))
    if summarised := shown == "github" and bool(os.environ.get(SUMMARY)):
        formats.append("markdown")
    with ExitStack() as stack:
        spools = [stack.enter_context(spool()) for _ in formats]
        reports = [to_screen(shown), *map(to_stream, formats, spools)]
        tally = tell(all_checked(files, settings, processes), reports, Progress(len(files)))
        if summarised:
            append_summary(spools[-1])
        if outputs:
            write_files(list(zip(outputs, spools, strict=False)), files)
    if shown not in CLOSED:
        print(closing(tally), file=sys.stderr)
    if code := code_of(tally.counts):
        raise Stop(code, "")


def asked(words: list[str]) -> dict[str, str]:
    """The files that are named, each with the reason where there is none; Stop where nothing is."""
    if not words:
        raise Stop(Code.USAGE, "bpocalc: nothing to check: name scenario files, directories or patterns")
    if words.count("-") > 1:
        raise Stop(Code.USAGE, "bpocalc: standard input can be read only once: give - once")
    return gather(words)


def tell(found: Iterable[Checked], reports: list[Report], progress: Progress) -> Tally:
    """Tell of every file in every report, as soon as it has been checked."""
    tally = NOTHING
    try:
        for checked in found:
            tally = tally.with_file(checked)
            if checked.findings or checked.failed:
                progress.clear()
            for report in reports:
                report.add(checked)
            progress.step()
    finally:
        progress.clear()
    for report in reports:
        report.close(tally)
    return tally


def spool() -> IO[bytes]:
    """A temporary file for a report until all of it is there."""
    from tempfile import TemporaryFile  # slow to import, and needed for reports only

    return TemporaryFile()


def suffix_of(path: str) -> str:
    """The suffix of a file, which says its format."""
    return Path(path).suffix.lower()


def code_of(counts: Counter[str]) -> Code:
    """How the command ends: what cannot be read weighs most, then what is wrong, then what does not hold."""
    if counts["unreadable"]:
        return Code.FAILED
    if counts["error"]:
        return Code.INVALID
    return Code.UNMET if counts["fail"] else Code.FINE


def show_growth(words: list[str], given: Given) -> None:
    """Print by how much money grows in scenario files; Stop where one of them cannot be loaded."""
    from bpocalc.views.checks.growth import render

    settings, files = settings_of(given), asked(words)
    for path, why in files.items():
        if why:
            raise Stop(Code.FAILED, f"bpocalc: cannot read {path}: {why}")
    read = [(path, read_file(path)) for path in files]
    loaded = load_all(read, list(settings.overrides), cards=settings.cards)
    shown = [render(Subject(one, settings.limits), path) for one, path in zip(loaded, files, strict=True)]
    print_result("\n".join(shown))


def about_rules(code: str | None) -> None:
    """Print the page of a rule, or the list of all; Stop for a code that there is not."""
    from bpocalc.views.checks.rules import WIDTH, listing, page

    if code is None:
        print_result(listing())
    elif text := page(code.upper(), min(screen().width or WIDTH, WIDTH)):
        print_result(text)
    else:
        known = did_you_mean(code.upper(), {rule.code for rule in RULES} | CATALOGUE.keys())
        raise Stop(Code.USAGE, f"bpocalc: there is no rule '{code}': {known}")
