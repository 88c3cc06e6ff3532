"""Damaged scenarios are refused with problems or computed: never a traceback, and always an exit code of the table.

A long run, with time and memory: tests/benchmarks/damaged.py.
"""

from pathlib import Path

import pytest
from mutants import Mutant, mutant

from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.comparison import compare
from bpocalc.expectations import judge
from bpocalc.model.run import run as run_model
from bpocalc.problems import CATALOGUE, Invalid, show, show_all
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.scenario.overrides import NoCase
from bpocalc.views.json import render

BATCH = 25
LOADED, COMPUTED, COMMANDS = 400, 150, 60
"""How many mutants are loaded, how many of them computed where they are valid, how many run as commands."""


def outcome(one: Mutant, *, computed: bool = True) -> str:
    """What becomes of a mutant: refused, valid or computed; anything else is an exception."""
    try:
        loaded = load_text(one.data, "mutant.yaml", list(one.overrides), one.case)
    except NoCase:
        return "refused"
    except Invalid as error:
        invalid = error
    else:
        return _computed(loaded, one) if computed else "valid"
    assert {problem.code for problem in invalid.problems} <= {*CATALOGUE}
    assert show_all(invalid)
    return "refused"


def _computed(loaded: Loaded, one: Mutant) -> str:
    comparison = compare(run_model(loaded))
    assert render([comparison], ["mutant.yaml"], [""])
    judgement = judge(comparison)
    assert all(show(problem, one.data.decode("utf-8-sig")) for problem in judgement.problems)
    return "computed"


@pytest.mark.parametrize("first", range(0, LOADED, BATCH))
def test_a_mutant_is_refused_with_problems_or_computed(first: int) -> None:
    assert {outcome(mutant(n), computed=n < COMPUTED) for n in range(first, first + BATCH)} <= {
        "refused", "valid", "computed"
    }  # fmt: skip


def test_mutants_are_of_both_kinds() -> None:
    found = [outcome(mutant(number), computed=False) for number in range(100)]
    assert 0.4 < found.count("refused") / len(found) < 0.95


def test_a_mutant_is_made_from_its_number_alone() -> None:
    assert [mutant(number) for number in range(20)] == [mutant(number) for number in range(20)]


@pytest.mark.parametrize("command", ["check", "compare", "explain"])
def test_a_command_ends_with_a_code_of_the_table(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mutant.yaml"
    codes = set()
    for number in range(10_000, 10_000 + COMMANDS // 3):
        path.write_bytes(mutant(number).data)
        codes.add(run([command, str(path)]))
    capsys.readouterr()
    assert codes <= {Code.FINE, Code.INVALID, Code.UNMET}
