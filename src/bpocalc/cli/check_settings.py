"""What `bpocalc check` is asked of every file: read from the command line, or refused with what is wrong in it."""

import re
from typing import NamedTuple

from bpocalc.about import Place
from bpocalc.checking import Settings
from bpocalc.cli.exit import Code, Stop
from bpocalc.cli.reading import check_overrides, check_word, read_cards
from bpocalc.judging import Gate, gates_of
from bpocalc.lints.subject import Limits
from bpocalc.problems import Problem, show
from bpocalc.scenario.expression import Misread, parse
from bpocalc.timeline import MONTHS

AGE = re.compile(r"(\d{1,4})\s*(months?|years?|m|y)?")


class Given(NamedTuple):
    """What is asked of every file, as it was written on the command line."""

    overrides: tuple[str, ...]
    rates: tuple[str, ...]
    fail_if: tuple[str, ...]
    max_age: str | None
    min_grade: str | None
    compute: bool
    strict: bool


def settings_of(given: Given) -> Settings:
    """What is asked of every file; Stop for what cannot be understood."""
    check_overrides(list(given.overrides))
    gates = tuple(gates_of(given.fail_if))
    for gate in gates:
        _check_gate(gate)
    limits = Limits(_months(given.max_age), _grade(given.min_grade))
    return Settings(given.overrides, tuple(read_cards(given.rates)), limits, gates, given.compute, given.strict)


def _check_gate(gate: Gate) -> None:
    """The gate is an expression that can be understood; else a Stop."""
    try:
        parse(gate.text)
    except Misread as wrong:
        place = Place(gate.name, 1, wrong.start + 1, max(1, wrong.end - wrong.start))
        said = show(Problem("BPO040", wrong.message, place, wrong.hint), gate.text)
        raise Stop(Code.USAGE, said) from None


def _months(text: str | None) -> int | None:
    """An age in months: `24`, `24 months` or `2 years`; Stop for what is none."""
    if text is None:
        return None
    age = AGE.fullmatch(text.strip())
    if age is None:
        raise Stop(Code.USAGE, f"bpocalc: --max-age '{text}' is no age: write it as 24 months or 2 years")
    return int(age[1]) * (MONTHS if (age[2] or "").startswith("y") else 1)


def _grade(text: str | None) -> str:
    if text is not None:
        from bpocalc.references import GRADES

        check_word("--min-grade", text, GRADES)
    return text or ""
