"""Replay against whole runs; run by hand: python tests/benchmarks/replaying.py [SCENARIO] [--all].

The sensitivity of all inputs, switching values included, in full evaluations (load, run and compare). With --all also
the agreement of a replay with a run under --set, for every input in turn, which takes minutes.
"""

import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bpocalc.about import Input
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.problems import Invalid
from bpocalc.quantity import Quantity
from bpocalc.replay import Replay
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.overrides import override_of
from bpocalc.studies.levers import levers
from bpocalc.studies.metric import metric_of
from bpocalc.studies.sensitivity import sensitivity

ROUNDS = 5
DEFAULT = Path(__file__).parent.parent.parent / "scenarios" / "shared-services.yaml"
OVERLAID = ("locations.", "fx.per_euro.")
"""An override of one of these replaces more than that figure."""


def whole(path: Path, *overrides: str) -> Comparison:
    """One full evaluation."""
    return compare(run(load_text(path.read_bytes(), path.name, list(overrides))))


def ratio(path: Path) -> tuple[float, float, int]:
    """Seconds of the sensitivity of all inputs, how many full evaluations take as long, and the number of inputs."""
    comparison = whole(path)
    metric = metric_of(comparison)
    taken, ratios, inputs = [], [], 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        whole(path)
        middle = time.perf_counter()
        known = levers(comparison, Replay([metric.quantity]), 0.1)
        inputs = len(sensitivity(comparison, metric, known, 0.1).inputs)
        end = time.perf_counter()
        taken.append(end - middle)
        ratios.append((end - middle) / (middle - start))
    return median(taken), median(ratios), inputs


def results(comparison: Comparison) -> dict[str, Quantity]:
    """All results of the options by address; not those of the best mix, which another value may change."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    found = [r for group in groups for key, r in group.results.items() if key != "best"]
    return {f"{r.address}.{name}": q for r in found for name, q in r.metrics.items() if q.word}


def disagreements(path: Path) -> Iterator[str]:
    """Every result that a replay gives otherwise than a run under --set, to the last bit; and how many inputs agree."""
    plain = whole(path)
    found = results(plain)
    replay = Replay(list(found.values()))
    agreed = refused = 0
    for address, q in plain.run.loaded.inputs.items():
        if address not in replay or address.startswith(OVERLAID):
            continue
        assert isinstance(q.about, Input)
        value = q.figure * 0.96875 if q.figure else 0.015625
        try:
            again = results(whole(path, override_of(address, q.about, value)))
        except Invalid:
            refused += 1
            continue
        made = replay.plan([address]).floats({address: value})
        wrong = [name for name, mine in zip(found, made, strict=True) if repr(mine) != repr(again[name].value)]
        yield from (f"{address}: {name}" for name in wrong)
        agreed += not wrong
    yield f"{agreed} inputs agree to the last bit in all {len(found)} results; of {refused} the other value is refused"


def main() -> None:
    """Print the ratio, and with --all the agreement."""
    paths = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("--")] or [DEFAULT]
    gc.disable()
    for path in paths:
        seconds, runs, inputs = ratio(path)
        print(f"{path.name}: sensitivity of {inputs} inputs {seconds:.2f} s, {runs:.1f} full evaluations")
        if "--all" in sys.argv:
            for said in disagreements(path):
                print(f"  {said}")


if __name__ == "__main__":
    main()
