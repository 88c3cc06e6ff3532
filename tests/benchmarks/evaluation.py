"""Ratios of reading and evaluating a scenario; run by hand: python tests/benchmarks/evaluation.py [SCENARIO].

Reading with positions against `yaml.load` with the C loader; a run against the same arithmetic on plain floats,
replayed without remembering anything; a run with twice the functions or months against one. Medians of paired rounds.
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml

from bpocalc.document import Map, read
from bpocalc.model.run import Run, run
from bpocalc.scenario.loading import Loaded, load, load_text
from bpocalc.trace import walk
from bpocalc.words import FUNCTIONS

ROUNDS = 21
DEFAULT = Path(__file__).parent.parent.parent / "scenarios" / "customer-support.yaml"


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Median time of ours in milliseconds, and the median ratio of rounds taken in turn."""
    times, ratios = [], []
    for _ in range(ROUNDS):
        taken = []
        for call in (ours, theirs):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
        times.append(taken[0])
        ratios.append(taken[0] / taken[1])
    return median(times) * 1000, median(ratios)


def without_memory(made: Run) -> Callable[[], object]:
    """The arithmetic of a run on plain floats: the same functions on the same values, nothing remembered."""
    nodes = walk([entry.quantity for entry in made.book.entries.values()])
    place = {id(q): number for number, q in enumerate(nodes)}
    start = [q.value for q in nodes]
    steps = []
    for number, q in enumerate(nodes):
        if q.word and q.word != "line":
            function = FUNCTIONS[(q.word, *(type(a.value) for a in q.args))]
            steps.append((number, function, [place[id(a)] for a in q.args]))

    def replay() -> object:
        values = list(start)
        for number, function, arguments in steps:
            values[number] = function(*[values[a] for a in arguments])
        return values

    return replay


def doubled(text: str, file: str) -> Loaded:
    """The scenario with every function twice."""
    doc, _ = read(text, file)
    functions: Map = doc["functions"]
    for key in list(functions):
        functions[f"{key}_again"] = functions[key]
        functions.origin[f"{key}_again"] = functions.origin[key]
    return load(doc, {file: text})


def main() -> None:
    """Print all ratios."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    data = path.read_bytes()
    text = data.decode()
    loaded = load_text(data, path.name)
    longer = load_text(data, path.name, [f"months={loaded.clock.months * 2}"])
    more = doubled(text, path.name)
    made = run(loaded)
    gc.disable()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = [
        (
            "reading with positions / yaml.load",
            *ratio(lambda: read(text, path.name), lambda: yaml.load(text, loader)),
            0.8,
        ),
        ("run / the same on plain floats", *ratio(lambda: run(loaded), without_memory(made)), 3.0),
        ("twice the months / once", *ratio(lambda: run(longer), lambda: run(loaded)), 2.2),
        ("twice the functions / once", *ratio(lambda: run(more), lambda: run(loaded)), 2.2),
    ]
    print(f"{path.name}: {len(text.splitlines())} lines of YAML, {len(made.book.entries)} lines in the book")
    for name, milliseconds, found, goal in rows:
        print(f"{name:36} {milliseconds:8.2f} ms {found:6.2f}   goal <= {goal}{'' if found <= goal else '   MISSED'}")


if __name__ == "__main__":
    main()
