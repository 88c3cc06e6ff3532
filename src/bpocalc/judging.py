"""Judging: expectations of a scenario and gates of the command line, each as it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bpocalc.about import Place
from bpocalc.notation import digits
from bpocalc.problems import Problem
from bpocalc.scenario.figures import is_share
from bpocalc.scenario.results import EVER
from bpocalc.words import ROUNDING

if TYPE_CHECKING:
    from bpocalc.comparison import Comparison
    from bpocalc.expectations import Judged

UNMET = "BPO192"
"""The code of an expectation that does not hold."""
GATE = "--fail-if"


class Held(NamedTuple):
    """An expectation that was judged, as it is told."""

    that: str
    why: str
    case: str
    gate: str
    """The option of the command line that it comes from; empty for one of the scenario."""
    place: Place
    verdict: str
    """pass, warn or fail."""
    said: str
    """What the result is, and by how much it may still move."""
    actual: float | None
    expected: float | None
    margin: float | None
    unit: str

    @property
    def name(self) -> str:
        """What is expected, and where that is said if not of the scenario as it stands."""
        return " ".join(filter(None, (self.gate, self.that, self.case and f"[{self.case}]")))

    @property
    def problem(self) -> Problem:
        """What is to be said where it does not hold."""
        where = f", in case {self.case}" if self.case else ""
        return Problem(UNMET, f"{self.that}: {self.said}{where}", self.place, self.why, self.verdict)


class Gate(NamedTuple):
    """An expression of the command line, under the name that problems call it by."""

    name: str
    text: str


def gates_of(texts: Sequence[str]) -> list[Gate]:
    """The gates: `--fail-if`, or `--fail-if[1]` and so on where there are several."""
    return [Gate(f"{GATE}[{number}]" if len(texts) > 1 else GATE, text) for number, text in enumerate(texts, 1)]


def judged(comparison: Comparison, path: str, gates: Sequence[Gate]) -> tuple[list[Held], list[Problem]]:
    """Everything that is expected of a comparison, and what is wrong with expectations that cannot be judged."""
    from bpocalc.expectations import fails, judge

    case = comparison.run.loaded.case
    found, problems = judge(comparison)
    held = [_held(one, case) for one in found]
    for gate in gates:
        asked, wrong = fails(comparison, gate.text, gate.name)
        for one in (_held(one, case, gate.name) for one in asked):
            held.append(one._replace(said=f"{one.said}, in {path}"))
        problems = [*problems, *(p._replace(message=f"{p.message}, in {path}") for p in wrong)]
    return held, problems


def _held(one: Judged, case: str, gate: str = "") -> Held:
    said = f"it is {_shown(one.actual, one.unit)}{_room(one, 'beyond it by' if gate else 'missed by')}"
    return Held(
        one.that, one.why, case, gate, one.place, one.verdict, said, one.actual, one.expected, one.margin, one.unit
    )  # fmt: skip


def _shown(value: float | None, unit: str) -> str:
    """A result with its unit, as an expectation would name it."""
    if value is None:
        return "never" if unit in EVER else "not there"
    if is_share(unit):
        return f"{digits(value * 100)} %"
    return f"month {digits(value)}" if unit == "month" else f"{digits(value)} {unit}".rstrip()


def _room(one: Judged, missed: str) -> str:
    """How far the result may move before the verdict changes."""
    if one.margin is None:
        return ""
    size = abs(one.margin) * (100 if is_share(one.unit) else 1)
    unit = {"month": " months"}.get(one.unit, " points" if is_share(one.unit) else "")
    if one.margin < 0:
        return f", {missed} {digits(size)}{unit}"
    return f", {digits(size)}{unit} to spare" if one.margin > ROUNDING else ", with nothing to spare"
