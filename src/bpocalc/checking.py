"""Checking: all that can be said about one scenario file: is it valid in every case, and what in it is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bpocalc.document import Map
from bpocalc.lints.registry import Linted, lint
from bpocalc.lints.subject import Limits, Subject
from bpocalc.problems import Invalid, Problem, excerpt, lines_of, once
from bpocalc.scenario.loading import Loaded, Opened, load_opened, named_sets, open_text


class Finding(NamedTuple):
    """A problem with the lines that show it, or one that the scenario accepts, with its reason."""

    problem: Problem
    excerpt: tuple[str, ...]
    accepted: str = ""


class Checked(NamedTuple):
    """What was found in one file; small enough to be handed from one process to another."""

    path: str
    findings: tuple[Finding, ...] = ()
    failed: str = ""
    """Why it could not be read; empty where it was."""

    def count(self, severity: str) -> int:
        """How many findings of a severity there are that nobody accepts."""
        return sum(f.problem.severity == severity and not f.accepted for f in self.findings)

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(bool(f.accepted) for f in self.findings)


class Settings(NamedTuple):
    """What is asked of every file."""

    overrides: tuple[str, ...] = ()
    limits: Limits = Limits()
    compute: bool = False
    """Whether a scenario is computed for the sake of the rules that look at results."""


def check_text(data: bytes, path: str, settings: Settings) -> Checked:
    """Everything that is wrong or doubtful in the bytes of a scenario file, under each of its cases too."""
    overrides = list(settings.overrides)
    try:
        opened = open_text(data, path)
    except Invalid as invalid:
        return Checked(path, found(map(Linted, invalid.problems), invalid.sources))
    problems: list[Problem] = []
    plain: Loaded | None = None
    for case in ["", *cases_of(opened)]:
        try:
            loaded = load_opened(opened, overrides, case)
        except Invalid as invalid:
            problems += under(case, invalid.problems, problems)
        else:
            problems += under(case, once(loaded.warnings), problems)
            plain = plain or (loaded if not case else None)
    linted = [Linted(problem) for problem in problems]
    if plain is not None:
        linted = list(lint(Subject(plain, settings.limits), problems, computed=settings.compute))
    return Checked(path, found(linted, opened.sources | named_sets(overrides)))


def cases_of(opened: Opened) -> list[str]:
    """The names of the cases that a document has, as far as they are sections."""
    cases = opened.doc.get("cases")
    return [name for name, case in cases.items() if isinstance(case, Map)] if isinstance(cases, Map) else []


def under(case: str, problems: Iterable[Problem], known: Iterable[Problem]) -> Iterator[Problem]:
    """Problems as they are told of a case, those that are known without it left out."""
    before = {(p.place, p.code) for p in known}
    for p in problems:
        if not case:
            yield p
        elif (p.place, p.code) not in before:
            yield p._replace(message=f"{p.message}, in case {case}")


def found(linted: Iterable[Linted], sources: Mapping[str, str]) -> tuple[Finding, ...]:
    """What was found in the order of the file, each with the lines that show it."""
    lines = {file: lines_of(text) for file, text in sources.items()}
    ordered = sorted(linted, key=lambda one: one.problem.place[:3])
    return tuple(
        Finding(problem, tuple(excerpt(problem, lines.get(problem.place.file, []))), accepted)
        for problem, accepted in ordered
    )
