"""The command `simulate`: its formats against golden files, its bounds, what it says where it cannot do its work.

After a change of format: BPOCALC_UPDATE=1 python -m pytest tests/test_simulate.py
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpocalc.cli import main
from bpocalc.cli.exit import Code
from bpocalc.cli.output import PLAIN

GOLDEN = Path(__file__).parent / "golden"
CASE = "simulation.yaml"
COMMAND = ("simulate", CASE, "--trials", "400")
FILES: dict[str, tuple[tuple[str, ...], str]] = {
    "simulation.txt": ((), ""),
    "simulation.40.txt": ((), "40"),
    "simulation.80.txt": ((), "80"),
    "simulation.200.txt": ((), "200"),
    "simulation.md": (("-f", "markdown"), ""),
    "simulation.json": (("-f", "json"), ""),
    "simulation.csv": (("-f", "csv", "--trials", "100"), ""),
}
MINIMAL = """title: Ten people
currency: USD
months: 12
discount_rate: 8%
functions:
  orders:
    in_house: {teams: {clerks: {fte: 10, salary: 46_400}}}
    options: {manila: {location: PH, price: {value: 3_200, low: 3_000, high: 3_600}, per: fte_month}}
"""


@pytest.fixture(autouse=True)
def plain_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(GOLDEN)
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    return iter(())


def ended(*args: str) -> object:
    with pytest.raises(SystemExit) as found:
        main(list(args))
    return found.value.code


def rounded(text: str) -> object:
    """JSON with its numbers to ten digits: numpy's powers differ in the last one between processors."""
    return json.loads(text, parse_float=lambda number: f"{float(number):.10g}")


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_is_what_the_golden_file_holds(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    more, columns = FILES[name]
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    assert ended(*COMMAND, *more) == Code.FINE
    shown, path = capsys.readouterr().out, GOLDEN / name
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(shown, encoding="utf-8")
    expected = path.read_text("utf-8")
    if name.endswith(".json"):
        assert rounded(shown) == rounded(expected)
    elif name.endswith(".csv"):
        cells = [[[f"{float(c):.10g}" if n else c for c in row] for n, row in enumerate(csv.reader(io.StringIO(text)))]
                 for text in (shown, expected)]  # fmt: skip
        assert cells[0] == cells[1]
    else:
        assert shown == expected
    if columns:
        assert max(map(len, shown.splitlines())) <= int(columns)


def test_a_terminal_of_few_signs_shows_the_bars_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    ended(*COMMAND)
    shown = capsys.readouterr().out
    assert set(shown) & set("▁▂▃▄▅▆▇█░")
    assert not set(shown.translate(PLAIN)) & set("▁▂▃▄▅▆▇█░")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(capsys: pytest.CaptureFixture[str]) -> None:
    def shown(*more: str) -> str:
        ended(*COMMAND, *more, "-f", "json")
        return capsys.readouterr().out

    first = shown()
    assert shown() == first
    assert shown("--seed", "2") != first


def test_one_and_two_processes_give_the_same_bytes() -> None:
    command = [sys.executable, "-m", "bpocalc", "simulate", CASE, "--trials", "2500", "-f", "json", "-j"]
    one, two = (subprocess.run([*command, n], capture_output=True, check=True) for n in "12")
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr == b""


def test_all_draws_are_written_with_full_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "draws.csv"
    assert ended(*COMMAND, "-o", str(target)) == Code.FINE
    heads, *rows = csv.reader(io.StringIO(target.read_text("utf-8")))
    assert len(rows) == 400
    assert heads[:4] == ["trial", "claims.in_house.pv_cost", "claims.better.pv_cost", "claims.better.npv_saving"]
    assert {"inflation", "functions.claims.in_house.risks.flood"} <= {*heads}
    for row in rows:
        values = dict(zip(heads, map(float, row), strict=True))
        saving = values["claims.in_house.pv_cost"] - values["claims.manila.pv_cost"]
        assert values["claims.manila.npv_saving"] == pytest.approx(saving, abs=1e-4)
    assert "wrote" in capsys.readouterr().err


def test_the_plain_run_stands_beside_the_trials(capsys: pytest.CaptureFixture[str]) -> None:
    ended(*COMMAND, "-f", "json")
    options = json.loads(capsys.readouterr().out)["groups"][0]["options"]
    ended("compare", CASE, "-f", "json")
    plain = {o["key"]: o["metrics"] for o in json.loads(capsys.readouterr().out)["functions"][0]["options"]}
    for option in options[1:]:
        assert option["npv_saving"]["plain"] == plain[option["key"]]["npv_saving"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--trials", "1000000000"), "bpocalc: --trials 1000000000 is not from 100 to 250,000\n"),
        (("--trials", "99"), "bpocalc: --trials 99 is not from 100 to 250,000\n"),
        (("--trials", "many"), "bpocalc: --trials 'many' is not a whole number\n"),
        (("--seed", "-1"), "bpocalc: --seed -1 is not from 0 to 9,223,372,036,854,775,808\n"),
        (("-j", "0"), "bpocalc: --workers '0' is not a number from 1 to 64\n"),
        (("-f", "xlsx"), "bpocalc: --format 'xlsx' is not known: known here: csv, json, markdown, text\n"),
        (("--option", "manilla"), "bpocalc: --option 'manilla' is in no file: did you mean 'manila'?\n"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_drawn(
    args: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("simulate", CASE, *args) == Code.USAGE
    assert capsys.readouterr() == ("", said)


def test_a_scenario_without_a_range_is_told_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ten.yaml"
    path.write_text(MINIMAL, "utf-8")
    assert ended("simulate", str(path)) == Code.FINE
    capsys.readouterr()
    assert ended("simulate", str(path), "--set", "functions.orders.options.manila.price=3_200") == Code.USAGE
    assert capsys.readouterr().err == (
        "bpocalc: ten.yaml has no uncertain figure and no risk on which a result hangs"
        " (a value that --set or a case puts in place of a range is certain)\n"
        "give a figure its range:  price: {value: 3.10, low: 2.80, high: 3.50}\n"
    )


def test_no_progress_is_shown_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    ended(*COMMAND)
    assert capsys.readouterr().err == ""


def test_progress_is_drawn_on_a_terminal_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    ended("simulate", CASE, "--trials", "2000")
    shown = capsys.readouterr().err
    assert shown.startswith("\rsimulating [###############               ]  50%\r")
    assert shown.endswith(" \r")


def test_an_interruption_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bpocalc.cli.run_simulate.simulate", interrupted)
    assert ended(*COMMAND) == 130
    assert capsys.readouterr() == ("", "")


def test_a_correlation_of_what_is_certain_is_said_to_have_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    ended(*COMMAND, "--set", "inflation=2%")
    said = "The correlation prices has no effect: inflation is certain, or moves no result here."
    assert said in capsys.readouterr().out


def test_there_is_no_golden_file_that_nothing_renders() -> None:
    assert {path.name for path in GOLDEN.glob("simulation.*")} == {CASE, *FILES}
