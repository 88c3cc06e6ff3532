"""Reports of `check`: each format is written file by file, so that nothing need be kept of a file that is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from bpocalc.checking import Checked
from bpocalc.cli.output import print_result
from bpocalc.views.checks.view import Tally, View

SUMMARY = "GITHUB_STEP_SUMMARY"
MOST_SUMMARY = 900_000
"""Bytes of a step's summary at most: of a larger one nothing is shown."""


def view_of(name: str) -> View:
    """The format of a name."""
    if name in ("text", "concise"):
        from bpocalc.views.checks.text import CONCISE, TEXT

        return TEXT if name == "text" else CONCISE
    if name == "json":
        from bpocalc.views.checks.json import JSON

        return JSON
    if name == "github":
        from bpocalc.views.checks.github import GITHUB

        return GITHUB
    if name == "sarif":
        from bpocalc.views.checks.sarif import sarif

        return sarif()
    if name == "junit":
        from bpocalc.views.checks.junit import JUNIT

        return JUNIT
    from bpocalc.views.checks.markdown import MARKDOWN

    return MARKDOWN


class Report:
    """One format on its way to the screen or a file."""

    def __init__(self, name: str, write: Callable[[str], object]) -> None:
        self.view, self.write, self.said = view_of(name), write, False
        write(self.view.head)

    def add(self, checked: Checked) -> None:
        """Tell what was found in one more file."""
        if piece := self.view.file(checked):
            self.write((self.view.between if self.said else "") + piece)
            self.said = True

    def close(self, tally: Tally) -> None:
        """Tell what there was in all."""
        self.write(self.view.tail(tally))


def to_screen(name: str) -> Report:
    """A report on stdout."""
    return Report(name, lambda text: print_result(text) if text else None)


def to_stream(name: str, stream: IO[bytes]) -> Report:
    """A report in a stream."""
    return Report(name, lambda text: stream.write(text.encode("utf-8", "replace")))


def append_summary(stream: IO[bytes]) -> None:
    """Append a summary in Markdown to the file that GitHub Actions names; what is too long is cut, and says so."""
    stream.seek(0)
    text = stream.read(MOST_SUMMARY)
    if stream.read(1):
        text = text[: text.rindex(b"\n") + 1] + b"\nThere is more than can be shown here.\n"
    try:
        with Path(os.environ[SUMMARY]).open("ab") as file:
            file.write(text)
    except OSError as error:
        print(f"bpocalc: cannot append to {SUMMARY}: {error.strerror}", file=sys.stderr)
