"""How the work grows, counted in operations and not in seconds; and what is loaded for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bpocalc.document import Map, read
from bpocalc.model.run import Run, run
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import load, load_text
from bpocalc.trace import walk

SUPPORT = Path(__file__).parent.parent / "scenarios" / "customer-support.yaml"
HEAVY = ("rich", "numpy", "xlsxwriter", "jinja2", "openpyxl")


def operations(made: Run) -> list[Quantity]:
    """Everything that was computed: each word applied once."""
    return [q for q in walk([entry.quantity for entry in made.book.entries.values()]) if q.word]


def test_more_months_are_not_more_operations() -> None:
    data = SUPPORT.read_bytes()
    short, long = (run(load_text(data, SUPPORT.name, [f"months={months}"])) for months in (60, 120))
    assert len(operations(short)) == len(operations(long))


def test_twice_the_functions_are_twice_the_operations() -> None:
    text = SUPPORT.read_text("utf-8")
    once = len(operations(run(load(read(text, "once.yaml")[0], {}))))
    doc, _ = read(text, "twice.yaml")
    functions: Map = doc["functions"]
    for key in list(functions):
        functions[f"{key}_again"], functions.origin[f"{key}_again"] = functions[key], functions.origin[key]
    twice = len(operations(run(load(doc, {}))))
    assert twice == pytest.approx(2 * once, rel=0.02)


def test_what_a_line_is_computed_from_is_computed_once() -> None:
    made = run(load_text(SUPPORT.read_bytes(), SUPPORT.name))
    lines = [entry.quantity for entry in made.book.entries.values()]
    assert len({id(q) for q in lines}) == len(lines)


@pytest.mark.parametrize("format_", ["json", "csv", "markdown", "text"])
def test_nothing_heavy_is_loaded_for_a_pipe(format_: str) -> None:
    code = (
        "import sys; from bpocalc.cli.app import run\n"
        f"code = run(['compare', '-f', '{format_}', r'{SUPPORT}'])\n"
        f"print(code, [m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0 []"
