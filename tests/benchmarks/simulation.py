"""Ratios of simulating; run by hand: python tests/benchmarks/simulation.py [--memory].

The trials of one option of the rich scenario, computed by replay against the same case written by hand with numpy, on
the same draws and to the same results; against monaco with the fastest scalar form of the model inside, where it is
installed; and with --memory the peak of 100,000 trials of the whole scenario against that of 10,000.
"""

import io
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bpocalc.arrays import Array
from bpocalc.comparison import compare
from bpocalc.model.run import run
from bpocalc.replay import Plan, Replay
from bpocalc.scenario.loading import load_text
from bpocalc.studies.simulation import sample

SCENARIO = Path(__file__).parent.parent.parent / "scenarios" / "shared-services.yaml"
FUNCTION, OPTION = "marketing", "agency"
TRIALS, ROUNDS, OF_MONACO = 10_000, 11, 500
M = np.arange(1.0, 61.0)[:, None]
YEAR = np.ceil(M / 12)
SEASON = np.tile([0.90, 0.92, 1.02, 0.98, 0.98, 0.94, 0.82, 0.86, 1.12, 1.22, 1.20, 1.04], 5)[:, None]
VOLUME = np.choose(YEAR.astype(int) - 1, [3400.0, 3400.0, 3800.0, 3800.0, 4000.0]) / 12 * SEASON
PEAK = np.repeat(VOLUME.reshape(5, 12).max(axis=1), 12)[:, None]
INFLATION = np.choose(YEAR.astype(int) - 1, np.cumprod([1, 1.025, 1.025, 1.023, 1.023]).tolist())
HOURS = 2080 / 12 * (1 - 0.19) * 0.84
MOVED = 4.0
"""The month before go-live."""


def ramp(lag: float) -> Array:
    """The share of the work that has moved, some months after it is taken over."""
    made: Array = 0.7 * np.clip((M - MOVED - lag) / 3, 0, 1)
    return made


def before(heads: Array, first: Array) -> Array:
    """The heads of the month before."""
    return np.concatenate([np.broadcast_to(first, (1, heads.shape[1])), heads[:-1]])


def hired(heads: Array, first: Array, attrition: float, cost: float) -> Array:
    """Cost of hiring: who joins, since people leave or more are needed."""
    was = before(heads, first)
    made: Array = np.maximum(heads - was + was * (attrition / 12), 0) * (cost * INFLATION)
    return made


class Case:
    """Marketing operations in-house and with the agency, as one would write it for this case alone."""

    def __init__(self, draws: Mapping[str, Array]) -> None:
        short = {name.rpartition("functions.marketing.")[2]: x for name, x in draws.items()}
        self.time = short["in_house.teams.specialists.handling_time"] / HOURS
        self.burden = 1 + short["in_house.burden"]
        wages = (1 + short["in_house.wage_growth"]) ** (YEAR - 1)
        self.pay = {"specialists": 71_000 / 12 * wages, "managers": 98_000 / 12 * wages, "desk": 78_000 / 12 * wages}
        self.seat = short["in_house.workplace.facilities.per_seat"]
        self.onshore = short["options.agency.charges.hours.parts.onshore.rate"]
        self.end = 1 / (1 + short["discount_rate"]) ** (M / 12)
        self.start = 1 / (1 + short["discount_rate"]) ** ((M - 1) / 12)
        self.full = np.maximum(PEAK * self.time, 6)

    def at(self, lag: float) -> Array:
        """Specialists for the work that stays."""
        made: Array = np.maximum(PEAK * (1 - ramp(lag)) * self.time, 6)
        return made

    def personnel(self, specialists: Array) -> Array:
        """Pay, burden and hiring of specialists and their managers."""
        managers, first = specialists / 8, self.full[:1]
        made: Array = (
            specialists * self.pay["specialists"] * self.burden + hired(specialists, first, 0.14, 9_000)
            + managers * self.pay["managers"] * self.burden + hired(managers, first / 8, 0.08, 14_000)
        )  # fmt: skip
        return made

    def in_house(self) -> tuple[Array, Array, Array]:
        """Personnel, cost at the end of each month, and at its start."""
        personnel = self.personnel(self.full)
        suite = 148_000 * (M % 12 == 1) * INFLATION
        return personnel, personnel * 1.09 + self.full * 1.125 * (self.seat + 210) * INFLATION, suite

    def agency(self, full: Array) -> Array:
        """Cost at the end of each month; `full` is the personnel of all the work."""
        kept = self.at(1)
        desk = 2 * np.clip(M - 4, 0, 1)
        there = kept * 1.125 + desk
        seats = [
            np.maximum(1.125 * (self.full - part * (self.full - self.at(1 + lag))), there)
            for part, lag in ((0.7, 18), (0.8, 1))
        ]
        workplace = (seats[0] * self.seat + seats[1] * 210) * INFLATION
        overhead = 0.09 * (full - 0.15 * (full - self.personnel(self.at(13))))
        second = YEAR > 1
        blended = np.where(second, 0.3, 0.45) * self.onshore + np.where(second, 0.7, 0.55) * 34
        fees = VOLUME * ramp(0) * (7.9 / 0.92) * blended * 1.035 ** np.maximum(YEAR - 2, 0)
        handover = 95_000 / 3 * ((M >= 2) & (M <= 4))
        made: Array = (
            self.personnel(kept) + desk * self.pay["desk"] * self.burden + workplace + overhead + fees * 1.04 + handover
        )
        return made


def by_hand(draws: Mapping[str, Array]) -> list[Array]:
    """Present values of both costs, of the saving, and the saving so far."""
    case = Case(draws)
    personnel, cost, suite = case.in_house()
    other = case.agency(personnel)
    first = (suite * case.start).sum(0)
    base, option = (cost * case.end).sum(0) + first, (other * case.end).sum(0) + first
    return [base, option, base - option, (cost - other).cumsum(0)]


def in_chunks(draws: Mapping[str, Array], chunk: int) -> list[Array]:
    """The same, some trials at a time: what fits into the cache is faster."""
    parts = [by_hand({n: x[at : at + chunk] for n, x in draws.items()}) for at in range(0, TRIALS, chunk)]
    return [np.concatenate(some, axis=-1) for some in zip(*parts, strict=True)]


def taken(call: Callable[[], object]) -> float:
    """Seconds of a call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def with_monaco(plan: Plan, draws: Mapping[str, Array]) -> float:
    """Seconds that monaco takes for one trial."""
    monaco: Any = import_module("monaco")
    names = list(draws)

    def preprocess(case: Any) -> tuple[Any, ...]:
        return tuple(case.invals[name].val for name in names)

    def evaluate(*values: float) -> list[object]:
        return list(plan.floats(dict(zip(names, values, strict=True))))

    def postprocess(case: Any, *found: object) -> None:
        case.addOutVal("saving", found[2])

    logging.disable()
    functions = {"preprocess": preprocess, "run": evaluate, "postprocess": postprocess}
    sim = monaco.Sim("sim", OF_MONACO, functions, singlethreaded=True, verbose=False, savecasedata=False,
                     savesimdata=False, samplemethod="random", seed=1)  # fmt: skip
    uniform = import_module("scipy.stats").uniform
    for name, x in draws.items():
        sim.addInVar(name=name, dist=uniform, distkwargs={"loc": float(x.min()), "scale": float(np.ptp(x))})
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return taken(sim.runSim) / OF_MONACO


MEASURED = """
import resource, sys
from bpocalc.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def peak(trials: int) -> float:
    """Megabytes that `bpocalc simulate` takes at most."""
    command = [sys.executable, "-c", MEASURED, "simulate", str(SCENARIO), "--trials", str(trials), "-f", "json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(ended.stderr.split()[-1]) / 1024


def main() -> None:
    """Print all ratios."""
    loaded = load_text(SCENARIO.read_bytes(), SCENARIO.name)
    group = compare(run(loaded, [FUNCTION], [OPTION])).functions[FUNCTION]
    option = group.results[OPTION].metrics
    results = [group.results["in_house"].metrics["pv_cost"], *(option[n] for n in ("pv_cost", "npv_saving"))]
    replay = Replay([*results, option["cumulative_cash"]])
    uncertain = {n: q for n, q in loaded.inputs.items() if n in replay and getattr(q.about, "spread", None)}
    draws = sample(uncertain, [], TRIALS, 1)
    plan = replay.plan(draws)
    for mine, theirs in zip(plan.arrays(draws), by_hand(draws), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-3)
    chunk = min((100, 250, 500, 1000, TRIALS), key=lambda n: min(taken(lambda: in_chunks(draws, n)) for _ in range(3)))
    pairs = [(taken(lambda: plan.arrays(draws)), taken(lambda: in_chunks(draws, chunk))) for _ in range(ROUNDS)]
    ours, ratio = median(p[0] for p in pairs), median(p[0] / p[1] for p in pairs)
    print(f"{FUNCTION}.{OPTION}: {len(draws)} uncertain inputs, {len(plan.steps)} formulas, {TRIALS:,} trials")
    shown("replay", ours * 1e6 / TRIALS, f"by hand with numpy, {chunk} at a time", ratio, "<= 2.0")
    if find_spec("monaco"):
        monaco = with_monaco(plan, draws)
        shown("monaco, one process", monaco * 1e6, "replay", monaco / (ours / TRIALS), ">= 30")
    if "--memory" in sys.argv:
        small, large = peak(TRIALS), peak(10 * TRIALS)
        print(
            f"peak of {10 * TRIALS:,} trials of the whole scenario {large:.0f} MB, of {TRIALS:,} {small:.0f} MB", end=""
        )
        print(f" {large / small:8.2f}   goal <= 2.5")


def shown(what: str, microseconds: float, yardstick: str, found: float, goal: str) -> None:
    """Print one ratio."""
    print(f"{what:20} {microseconds:8.1f} us a trial / {yardstick:36} {found:8.2f}   goal {goal}")


if __name__ == "__main__":
    main()
