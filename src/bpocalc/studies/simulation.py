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
Compute = Callable[[Callable[[int], "Part"], Iterable[int]], Iterator["Part"]]
"""Computes the parts of a simulation, in their order; `map` does."""


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


class Part(NamedTuple):
    """What one part of the trials gives: the results, a row at the end of each contract year, and how often risks."""

    results: list[Array]
    risks: dict[str, Array]


class Drawing:
    """Results of a comparison and all draws that they hang on; its parts may be computed in any order, anywhere."""

    def __init__(self, results: Sequence[Quantity], comparison: Comparison, trials: int, seed: int) -> None:
        replay, loaded = Replay(results), comparison.run.loaded
        uncertain = {name: q for name, q in loaded.inputs.items() if _is_uncertain(q) and name in replay}
        entries = comparison.run.book.entries
        self.events = Events([entry.quantity for name, entry in entries.items() if name in replay], uncertain)
        self.inputs = sample(uncertain, loaded.scenario.correlations.values(), trials, seed)
        self.plan = replay.plan([*self.inputs, *self.events.lines])
        self.results, self.trials, self.seed = results, trials, seed
        self.ends = [min(year * MONTHS, loaded.clock.months) - 1 for year in range(1, loaded.clock.years + 1)]
        self.parts = range(-(-trials // PART))

    def part(self, number: int) -> Part:
        """One part of the trials, counted from 0."""
        trials = slice(number * PART, min((number + 1) * PART, self.trials))
        some = {name: a[trials] for name, a in self.inputs.items()}
        rows, counts = self.events.draw(self.seed, number, trials.stop - trials.start, some)
        made = self.plan.arrays(some | rows)
        return Part([a[self.ends] if q.is_row else a for a, q in zip(made, self.results, strict=True)], counts)

    def gathered(self, parts: Iterable[Part]) -> Part:
        """All parts in one, which come in their order; of rows those of the first trials only."""
        out = [np.empty((len(self.ends), min(self.trials, FAN)) if q.is_row else self.trials) for q in self.results]
        risks = {risk: np.empty(self.trials) for risk, _ in self.events.risks}
        for number, part in enumerate(parts):
            trials = slice(number * PART, min((number + 1) * PART, self.trials))
            for whole, made in zip(out, part.results, strict=True):
                if whole.ndim == 1 or trials.start < FAN:
                    whole[..., trials] = made
            for risk, count in part.risks.items():
                risks[risk][trials] = count
        return Part(out, risks)


def draw(results: Sequence[Quantity], comparison: Comparison, trials: int, seed: int) -> list[Array]:
    """Some results of a comparison, trial by trial; of a row its value at the end of each contract year."""
    drawing = Drawing(results, comparison, trials, seed)
    return drawing.gathered(map(drawing.part, drawing.parts)).results


def wanted(comparison: Comparison) -> dict[tuple[str, str, str], Quantity]:
    """The results that are simulated, by function, option and name."""
    return {
        (group.key, result.key, name): result.metrics[name]
        for group in groups_of(comparison)
        for result in group.results.values()
        for name in RESULTS
        if name in result.metrics
    }


def simulate(comparison: Comparison, trials: int, seed: int, compute: Compute = map) -> Simulation:
    """Simulate a comparison; the same seed gives the same trials, whatever computes their parts, one after the other.

    Raises NothingUncertain.
    """
    results = wanted(comparison)
    drawing = Drawing([*results.values()], comparison, trials, seed)
    if not drawing.inputs and not drawing.events.risks:
        raise NothingUncertain
    made = drawing.gathered(compute(drawing.part, drawing.parts))
    return _told(comparison, trials, seed, dict(zip(results, made.results, strict=True)), drawing.inputs, made.risks)


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
