"""Checking: all that can be said about one scenario file: is it valid in every case, and what in it is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from bpocalc.document import Map
from bpocalc.judging import Gate, Held, judged
from bpocalc.lints.registry import Linted, lint
from bpocalc.lints.subject import Limits, Subject
from bpocalc.problems import Invalid, Problem, excerpt, lines_of, once
from bpocalc.scenario.cases import MOST_CASES
from bpocalc.scenario.loading import CardFile, Loaded, Opened, load_opened, open_text


class Finding(NamedTuple):
    """A problem with the lines that show it, or one that the scenario accepts, with its reason."""

    problem: Problem
    excerpt: tuple[str, ...]
    accepted: str = ""


class Checked(NamedTuple):
    """What was found in one file; small enough to be handed from one process to another."""

    path: str
    findings: tuple[Finding, ...] = ()
    held: tuple[Held, ...] = ()
    """What was expected of its results; what does not hold is among the findings as well."""
    failed: str = ""
    """Why it could not be read; empty where it was."""

    def count(self, severity: str) -> int:
        """How many findings of a severity there are that nobody accepts."""
        return sum(f.problem.severity == severity and not f.accepted for f in self.findings)

    @property
    def passes(self) -> bool:
        """Whether it could be read, has no error and meets what is expected of it."""
        return not (self.failed or self.count("error") or self.count("fail"))

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(bool(f.accepted) for f in self.findings)


class Settings(NamedTuple):
    """What is asked of every file."""

    overrides: tuple[str, ...] = ()
    cards: tuple[CardFile, ...] = ()
    limits: Limits = Limits()
    gates: tuple[Gate, ...] = ()
    compute: bool = False
    """Whether a scenario is computed for the sake of the rules that look at results."""
    strict: bool = False
    """Whether warnings count as errors."""


def check_text(data: bytes, path: str, settings: Settings) -> Checked:
    """Everything that is wrong or doubtful in the bytes of a scenario file, under each of its cases too."""
    overrides = list(settings.overrides)
    try:
        opened = open_text(data, path, settings.cards)
    except Invalid as invalid:
        return Checked(path, found(map(Linted, invalid.problems), invalid.sources))
    problems: list[Problem] = []
    valid: list[Loaded] = []
    sources = dict(settings.gates)
    for case in ["", *cases_of(opened)]:
        try:
            loaded = load_opened(opened, overrides, case)
        except Invalid as invalid:
            sources.update(invalid.sources)
            problems += under(case, invalid.problems, problems)
        else:
            sources.update(loaded.sources)
            problems += under(case, once(loaded.warnings), problems)
            valid.append(loaded)
    linted, held = doubts(valid, problems, path, settings)
    return Checked(path, found(linted, sources), tuple(held))


def doubts(
    valid: list[Loaded], problems: list[Problem], path: str, settings: Settings
) -> tuple[list[Linted], list[Held]]:
    """The problems of a file with what rules and expectations say of it; nothing more of one that has errors."""
    if any(p.severity == "error" for p in problems):
        return [Linted(p) for p in problems], []
    held: list[Held] = []
    subject = Subject(valid[0], settings.limits)
    plain, *cases = valid
    computed = settings.compute or bool(plain.scenario.expect or settings.gates)
    for loaded in cases:
        if loaded.scenario.cases[loaded.case].expect:
            made, wrong = judged(Subject(loaded, settings.limits).comparison, path, ())
            held += made
            problems += under(loaded.case, wrong, problems)
    if plain.scenario.expect or settings.gates:
        made, wrong = judged(subject.comparison, path, settings.gates)
        held[:0] = made
        problems += wrong
    linted = list(lint(subject, problems, computed=computed))
    if settings.strict:
        linted = [one._replace(problem=as_error(one.problem)) for one in linted]
    return linted + [Linted(one.problem) for one in held if one.verdict != "pass"], held


def as_error(problem: Problem) -> Problem:
    """A problem that counts as an error if it is a warning."""
    return problem._replace(severity="error") if problem.severity == "warning" else problem


def cases_of(opened: Opened) -> list[str]:
    """The names of the cases that a document has, as far as they are sections."""
    cases = opened.doc.get("cases")
    found = islice(cases.items(), MOST_CASES) if isinstance(cases, Map) else ()  # that there are more is a problem
    return [name for name, case in found if isinstance(case, Map)]


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
