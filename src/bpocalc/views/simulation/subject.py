"""What a view of a simulation shows: the trials, and what they say of each function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bpocalc.studies.information import Information, information
from bpocalc.studies.odds import Odds, odds
from bpocalc.studies.simulation import Simulation


class Subject(NamedTuple):
    """A simulation of a file, and what follows from it by function (`total` for the whole scenario)."""

    path: str
    sha256: str
    simulation: Simulation
    odds: dict[str, dict[str, Odds]]
    information: dict[str, Information]
    changes: tuple[str, ...]
    """The options of the command line that changed the scenario."""


def subject_of(simulation: Simulation, path: str, sha256: str, changes: Sequence[str]) -> Subject:
    """What a simulation says."""
    drawn = simulation.inputs | simulation.risks
    return Subject(
        path,
        sha256,
        simulation,
        {key: odds(ways) for key, ways in simulation.groups.items()},
        {key: information(ways, drawn) for key, ways in simulation.groups.items()},
        tuple(changes),
    )
