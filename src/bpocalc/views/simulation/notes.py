"""What stands below the tables of a simulation: what was drawn, what was not, where to look."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join

from bpocalc.references import footnotes, used
from bpocalc.scenario.correlation import Correlation
from bpocalc.studies.late import late
from bpocalc.studies.simulation import Simulation
from bpocalc.views.simulation.subject import Subject


def notes(subject: Subject) -> Iterator[str]:
    """What the reader must know beside the tables."""
    simulation = subject.simulation
    scenario = simulation.comparison.run.loaded.scenario
    drawn = [_many(len(simulation.inputs), "input"), _many(len(simulation.risks), "risk")]
    yield f"Drawn in each trial: {' and '.join(text for text in drawn if text)}; all else is as it stands in the file."
    for key, one in scenario.correlations.items():
        yield from _correlation(key, one, simulation)
    for address, share in sorted(late(simulation).items()):
        yield f"In {share * 100:.1f} % of the trials {address} ends after the last month: what is due then is missing."
    if simulation.failed:
        yield f"Left out: {simulation.failed:,} of {simulation.trials:,} trials, in which a result was no number."
    yield from footnotes(used(simulation.comparison), simulation.comparison.run.loaded)
    command = ["bpocalc", "simulate", subject.path, *subject.changes]
    yield f"All draws: {join([*command, '-o', 'draws.csv'])}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}" if count else ""


def _correlation(key: str, one: Correlation, simulation: Simulation) -> Iterator[str]:
    certain = [name for name in one.between if name not in simulation.inputs]
    if len(one.between) - len(certain) < 2:
        yield f"The correlation {key} has no effect: {' and '.join(certain)} is certain, or moves no result here."
    else:
        yield f"Correlated: {one.title or key} ({one.coefficient.figure:g})."
