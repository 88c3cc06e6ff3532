"""Events: the risks of a scenario drawn as what happens or does not, the same for all options that run them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bpocalc.about import Input
from bpocalc.quantity import Quantity, describe
from bpocalc.replay import Plan, Replay
from bpocalc.studies.distributions import Array
from bpocalc.studies.draws import stream
from bpocalc.trace import walk

OUTCOME = re.compile(r"\.outcomes\.(\d+)$")
OVERLAID = re.compile(r"\.options\.[^.]+(?=\.in_house\.)")
"""Where an improved in-house option restates a risk of today: the same thing happens there, only more or less often."""


class Drawn(NamedTuple):
    """A line that is drawn: 1 or 0 for each of its periods."""

    line: str
    number: int
    """Which outcome of its risk it is; 0 for an event."""
    probability: float
    plan: Plan | None
    """How the probability follows from uncertain inputs; None where it is certain."""
    periods: npt.NDArray[np.intp]
    """The period of each month, counted from 0."""


class Events:
    """The lines of a scenario that are drawn, those of one risk at one place together."""

    def __init__(self, lines: Iterable[Quantity], uncertain: Iterable[str]) -> None:
        self.risks: list[tuple[str, list[Drawn]]] = []
        found: dict[tuple[str, str], list[Drawn]] = {}
        names = [*uncertain]
        for line in lines:
            if line.args and line.args[0].word == "chance":
                risk, number = _risk_of(line)
                place = describe(line)
                key = (risk, place.rpartition(".")[0] if number else place)
                found.setdefault(key, []).append(_drawn(line, number, names))
        for (risk, _), drawn in found.items():
            self.risks.append((risk, sorted(drawn, key=lambda one: one.number)))

    @property
    def lines(self) -> list[str]:
        """The addresses of all lines that are drawn."""
        return [one.line for _, drawn in self.risks for one in drawn]

    def draw(
        self, seed: int, part: int, trials: int, inputs: Mapping[str, Array]
    ) -> tuple[dict[str, Array], dict[str, Array]]:
        """What happens in one part of the trials: each line by month and trial, and each risk by trial.

        Of a risk it is told how many events there are, or the numbers of its outcomes added up.
        """
        numbers: dict[tuple[str, int], Array] = {}
        rows: dict[str, Array] = {}
        counts: dict[str, Array] = {}
        for risk, drawn in self.risks:
            periods = int(drawn[0].periods[-1]) + 1
            if (risk, periods) not in numbers:
                numbers[risk, periods] = stream(seed, risk, part).random((periods, trials))
            number, end, count = numbers[risk, periods], np.zeros(1), np.zeros(trials)
            for one in drawn:
                begin, end = end, end + _probability(one, inputs)
                happens = (number >= begin) & (number < end)
                rows[one.line] = happens[one.periods].astype(np.float64)
                count += happens.sum(0) * max(one.number, 1)
            counts.setdefault(risk, count)
        return rows, counts


def _risk_of(line: Quantity) -> tuple[str, int]:
    """The address of the risk that a drawn line belongs to, and which outcome it is; 0 for an event."""
    about = next(q.about for q in walk([line.args[0].args[0]]) if isinstance(q.about, Input))
    risk = OVERLAID.sub("", about.address.rpartition(".")[0])
    outcome = OUTCOME.search(risk)
    return (risk[: outcome.start()], int(outcome[1])) if outcome else (risk, 0)


def _drawn(line: Quantity, number: int, uncertain: Iterable[str]) -> Drawn:
    probability, periods = line.args[0].args
    replay = Replay([probability])
    moving = [name for name in uncertain if name in replay]
    count = np.array(periods.row, dtype=np.intp) - 1
    return Drawn(describe(line), number, probability.figure, replay.plan(moving) if moving else None, count)


def _probability(one: Drawn, inputs: Mapping[str, Array]) -> Array | float:
    return one.plan.arrays({name: inputs[name] for name in one.plan.moving})[0] if one.plan else one.probability
