"""Simulation: a comparison in many trials at once, every uncertain input and every risk drawn in each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bpocalc.about import Input
from bpocalc.comparison import Comparison, Group
from bpocalc.quantity import Quantity
from bpocalc.replay import Replay
from bpocalc.scenario.correlation import Correlation, together
from bpocalc.studies.distributions import Array, values
from bpocalc.studies.draws import correlated, stratified
from bpocalc.studies.events import Events
from bpocalc.timeline import MONTHS

TRIALS, SEED = 10_000, 1
"""What is drawn where nothing is said."""
LEAST_TRIALS, MOST_TRIALS = 100, 250_000
PART = 1_000
"""Trials that are computed before the next ones are drawn."""
FAN = 10_000
"""Trials at most of which the saving so far is kept."""
RESULTS = ("pv_cost", "npv_saving", "cumulative_cash")
Progress = Callable[[float], None]


class NothingUncertain(Exception):
    """No result hangs on an uncertain input or on a risk."""


class Way(NamedTuple):
    """One way to run a function, or the whole scenario, trial by trial."""

    key: str
    address: str
    title: str
    cost: Array
    """Present value of the cost."""
    saving: Array | None = None
    """Net present value of the saving; None for the baseline."""
    so_far: Array | None = None
    """Saving so far at the end of each contract year, years × the first trials; None for the baseline."""


class Simulation(NamedTuple):
    """A comparison simulated."""

    comparison: Comparison
    trials: int
    seed: int
    groups: dict[str, list[Way]]
    """The ways of each function, and of the whole scenario, the baseline first."""
    inputs: dict[str, Array]
    """The value of each uncertain input that a result hangs on, trial by trial."""
    risks: dict[str, Array]
    """How often each risk came true, or the numbers of its outcomes added up, trial by trial."""
    failed: int
    """Trials left out because a result was no number."""


class Drawn(NamedTuple):
    """Results drawn many times: a figure by trial, a row at the end of each contract year by the first trials."""

    results: list[Array]
    inputs: dict[str, Array]
    risks: dict[str, Array]


def draw(
    results: Sequence[Quantity], comparison: Comparison, trials: int, seed: int, progress: Progress = lambda share: None
) -> Drawn:
    """Draw what some results of a comparison hang on, and compute them with it, trial by trial."""
    replay, loaded = Replay(results), comparison.run.loaded
    uncertain = {name: q for name, q in loaded.inputs.items() if _is_uncertain(q) and name in replay}
    entries = comparison.run.book.entries
    events = Events([entry.quantity for name, entry in entries.items() if name in replay], uncertain)
    inputs = sample(uncertain, loaded.scenario.correlations.values(), trials, seed)
    ends = [min(year * MONTHS, loaded.clock.months) - 1 for year in range(1, loaded.clock.years + 1)]
    out = [np.empty((len(ends), min(trials, FAN)) if q.is_row else trials) for q in results]
    risks = {risk: np.empty(trials) for risk, _ in events.risks}
    plan = replay.plan([*inputs, *events.lines])
    for part, first in enumerate(range(0, trials, PART)):
        size = min(PART, trials - first)
        some = {name: a[first : first + size] for name, a in inputs.items()}
        rows, counts = events.draw(seed, part, size, some)
        for whole, made in zip(out, plan.arrays(some | rows), strict=True):
            if whole.ndim == 1:
                whole[first : first + size] = made
            elif first < FAN:
                whole[:, first : first + size] = made[ends]
        for risk, count in counts.items():
            risks[risk][first : first + size] = count
        progress((first + size) / trials)
    return Drawn(out, inputs, risks)


def simulate(comparison: Comparison, trials: int, seed: int, progress: Progress = lambda share: None) -> Simulation:
    """Simulate a comparison; the same seed gives the same trials. `progress` is told the share that is done.

    Raises NothingUncertain.
    """
    wanted = {
        (group.key, result.key, name): result.metrics[name]
        for group in groups_of(comparison)
        for result in group.results.values()
        for name in RESULTS
        if name in result.metrics
    }
    made = draw([*wanted.values()], comparison, trials, seed, progress)
    if not made.inputs and not made.risks:
        raise NothingUncertain
    return _told(comparison, trials, seed, dict(zip(wanted, made.results, strict=True)), made.inputs, made.risks)


def _told(
    comparison: Comparison,
    trials: int,
    seed: int,
    out: dict[tuple[str, str, str], Array],
    inputs: dict[str, Array],
    risks: dict[str, Array],
) -> Simulation:
    """The simulation without the trials in which a result was no number."""
    fine: Array = np.all([np.isfinite(a) for a in out.values() if a.ndim == 1], axis=0)
    failed = trials - int(fine.sum())
    if failed:
        inputs, risks = ({name: a[fine] for name, a in some.items()} for some in (inputs, risks))
        out = {at: a[..., fine[: a.shape[-1]]] for at, a in out.items()}
    groups = {
        group.key: [
            Way(key, (result := group.results[key]).address, result.title, *_results(out, group.key, key))
            for key in sorted(group.results, key=lambda key: key != group.baseline)
        ]
        for group in groups_of(comparison)
    }
    return Simulation(comparison, trials, seed, groups, inputs, risks, failed)


def _results(out: Mapping[tuple[str, str, str], Array], group: str, key: str) -> Iterator[Array]:
    return (out[group, key, name] for name in RESULTS if (group, key, name) in out)


def groups_of(comparison: Comparison) -> list[Group]:
    """The functions, and the whole scenario where there are several."""
    return [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]


def _is_uncertain(q: Quantity) -> bool:
    about = q.about
    return isinstance(about, Input) and about.spread is not None and about.spread.low < about.spread.high


def sample(
    uncertain: Mapping[str, Quantity], correlations: Iterable[Correlation], trials: int, seed: int
) -> dict[str, Array]:
    """The value of each uncertain input in each trial, from a stream of its own name, correlated where that is said."""
    slices = {name: stratified(seed, name, trials) for name in uncertain}
    for group in together(correlations):
        kept = [number for number, name in enumerate(group.names) if name in slices]
        if len(kept) > 1:
            names = [group.names[number] for number in kept]
            slices |= correlated(slices, names, [[group.ranks[a][b] for b in kept] for a in kept])
    made: dict[str, Array] = {}
    for name, q in uncertain.items():
        assert isinstance(q.about, Input)
        made[name] = values(q.about, q.figure, slices[name])
    return made
