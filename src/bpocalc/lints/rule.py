"""What a rule is: a code, why it exists, how to cure what it finds, and a function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import Literal, NamedTuple

from bpocalc.about import Place
from bpocalc.document import Origin
from bpocalc.lints.subject import Subject

NAMED = 4
"""So many names are listed in a sentence."""

Severity = Literal["warning", "note"]


class Doubt(NamedTuple):
    """Something that a rule found: a sentence, its place, and the address of what it is about."""

    message: str
    place: Place
    address: str


def doubt(message: str, origin: Origin, *, value: bool = False) -> Doubt:
    """A doubt at a key of the document, or at its value."""
    return Doubt(message, origin.value if value else origin.key, origin.address)


def together(names: list[tuple[str, Origin]], what: str) -> Iterator[Doubt]:
    """One doubt about all that lack the same thing, at the first of them."""
    if names:
        listed = ", ".join(name for name, _ in names[:NAMED]) + (
            f" and {len(names) - NAMED} more" * (len(names) > NAMED)
        )
        yield doubt(f"{listed}: {what}", names[0][1])


Find = Callable[[Subject], Iterator[Doubt]]


class Rule(NamedTuple):
    """A rule with its page of documentation."""

    code: str
    severity: Severity
    title: str
    reason: str
    source: str
    """The publication that it rests on; empty where it is plain reason."""
    cure: str
    at: str
    """Address of the section that the examples show."""
    bad: str
    """The section, in YAML, as the rule objects to it."""
    good: str
    find: Find
    computes: bool
    """Whether it looks at results, for which the scenario has to be computed."""


def rule(
    code: str, severity: Severity, *, cure: str, at: str, bad: str, good: str, source: str = "", computes: bool = False
) -> Callable[[Find], Rule]:
    """Make a rule of a function; its docstring is the title, and below that the reason."""

    def made(find: Find) -> Rule:
        title, _, reason = cleandoc(find.__doc__ or "").partition("\n\n")
        said = " ".join(reason.split())
        return Rule(
            code, severity, title.rstrip("."), said, source, cure, at, cleandoc(bad), cleandoc(good), find, computes
        )

    return made
