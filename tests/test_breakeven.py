"""`breakeven`: where a result meets a target as one input moves, or two, by hand and in every format.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_breakeven.py` writes them anew.
"""

import csv
import gc
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpocalc.cli.app import run as run_command
from bpocalc.cli.exit import Code
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.replay import Replay
from bpocalc.scenario.loading import load_text
from bpocalc.studies.breakeven import BreakEven, Curve, breakeven, curve
from bpocalc.studies.levers import find_lever, levers
from bpocalc.studies.metric import metric_of

GOLDEN = Path(__file__).parent / "golden"

# In-house two people at 500 a month, 2,000 in two months; the provider takes 9 a unit, 100 units a month, 1,800.
CASE = """\
title: A fixed team and a price
currency: USD
months: 2
discount_rate: 0%
inflation: 0%
functions:
  desk:
    demand: {volume: 100, unit: claim}
    in_house: {teams: {clerks: {fte: 2, salary: 6_000}}}
    options: {buy: {location: PH, price: {value: 9, low: 8, high: 12}, per: unit}}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    yield
    gc.enable()


def compared(text: str, *overrides: str) -> Comparison:
    return compare(run(load_text(text.encode(), "case.yaml", list(overrides))))


def of_input(name: str, text: str = CASE, target: float = 0) -> BreakEven:
    comparison = compared(text)
    metric = metric_of(comparison)
    known = levers(comparison, Replay([metric.quantity]), 0.25)
    return breakeven(comparison, metric, find_lever(comparison, known, name, metric.address), target)


def of_pair(name: str, along: str, text: str = CASE, target: float = 0) -> Curve:
    comparison = compared(text)
    metric = metric_of(comparison)
    known = levers(comparison, Replay([metric.quantity]), 0.25)
    first, second = (find_lever(comparison, known, one, metric.address) for one in (name, along))
    return curve(comparison, metric, first, second, target)


@pytest.mark.parametrize(("name", "target", "at"), [("price", 0, 10), ("price", 100, 9.5), ("clerks.fte", 0, 1.8)])
def test_one_input_breaks_even_where_both_cost_the_same(name: str, target: float, at: float) -> None:
    (one,) = of_input(name, target=target).crossings
    assert one.at == pytest.approx(at, rel=1e-12)


def test_the_result_is_shown_from_low_to_high_and_at_the_break_even() -> None:
    points = dict(of_input("price").points)
    assert {8, 9, 12} < set(points)
    assert [points[x] for x in (8, 9, 12)] == pytest.approx([400, 200, -400])
    assert min(abs(y) for y in points.values()) < 1e-9


def test_the_price_that_breaks_even_falls_as_the_volume_rises() -> None:
    made = of_pair("price", "volume")
    assert (made.stops[0].along, made.stops[-1].along) == (75, 125)
    for stop in made.stops:
        assert [one.at for one in stop.crossings] == [pytest.approx(1_000 / stop.along)]


def test_each_stop_of_a_curve_is_what_a_run_under_set_gives() -> None:
    for stop in of_pair("price", "volume").stops[::4]:
        (one,) = stop.crossings
        sets = [f"functions.desk.demand.volume={stop.along!r}", f"functions.desk.options.buy.price={one.at!r}"]
        assert abs(metric_of(compared(CASE, *sets)).quantity.figure) < 1e-9 * 200


def test_where_nothing_breaks_even_the_stop_is_empty() -> None:
    made = of_pair("price", "share", CASE.replace("salary: 6_000", "salary: 6_000, avoidable: 0%"))
    assert {stop.crossings for stop in made.stops} == {()}


def test_months_break_even_at_a_whole_one() -> None:
    # what is saved, 100 a month after go-live, against 450 at signature: months 20 to 24 are five
    text = CASE.replace("months: 2", "months: 24").replace(
        "per: unit", "per: unit, transition: {months: 4, costs: {legal: {amount: 450, per: once, at: signature}}}"
    )
    made = of_input("transition.months", text)
    (one,) = made.crossings
    assert (one.at, one.before, one.jump) == (20, 19, True)


# The command


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("breakeven.txt", []),
        ("breakeven.40.txt", ["40"]),
        ("breakeven.pair.80.txt", ["desk.demand.volume", "80"]),
        ("breakeven.md", ["-f", "markdown"]),
        ("breakeven.csv", ["-f", "csv"]),
        ("breakeven.json", ["-f", "json"]),
        ("breakeven.pair.json", ["desk.demand.volume", "-f", "json"]),
    ],
)
def test_the_golden_files_hold(
    name: str, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [argument for argument in arguments if argument.isdigit()]
    if columns:
        monkeypatch.setenv("COLUMNS", columns[0])
    Path("case.yaml").write_text((GOLDEN / "case.yaml").read_text("utf-8"), encoding="utf-8")
    args = [argument for argument in arguments if not argument.isdigit()]
    assert run_command(["breakeven", "case.yaml", "orders.price", *args]) == Code.FINE
    out = capsys.readouterr().out
    if columns:
        assert max(len(line) for line in out.splitlines()) <= int(columns[0])
    if os.environ.get("BPOCALC_UPDATE"):
        (GOLDEN / name).write_text(out, encoding="utf-8")
    assert out == (GOLDEN / name).read_text("utf-8")


def test_the_same_figures_in_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["volume"]):
        assert run_command(["breakeven", "case.yaml", "price", *more, "-f", "json"]) == Code.FINE
        made = json.loads(capsys.readouterr().out)
        assert run_command(["breakeven", "case.yaml", "price", *more, "-f", "csv"]) == Code.FINE
        _, *lines = csv.reader(io.StringIO(capsys.readouterr().out))
        if more:
            assert [float(line[1]) for line in lines] == [one["break_even"][0]["value"] for one in made["curve"]]
        else:
            assert [float(line[0]) for line in lines if line[2] == "True"] == [made["break_even"][0]["value"]]


def test_an_input_that_does_not_bring_it_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["breakeven", "case.yaml", "buy.share"]) == Code.FINE
    assert "buy.share does not bring it to 0: no crossing from 0 % to 100 %." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["price", "price"], "breakeven: functions.desk.options.buy.price is given twice"),
        (["a", "b", "c"], "breakeven takes one input or two, not 3"),
        (["months"], "'months' decides which formulas there are, and cannot be moved while they stay: "
         "compare two runs, with --set months=…"),
        (["functions.desk.options.buy.pric"], "there is no input 'functions.desk.options.buy.pric': did you mean "
         "'functions.desk.options.buy.price' or 'functions.desk.options.buy.share'?"),
        (["price", "--swing", "200%"], "--swing '200%' is not a share above 0 and up to 100%"),
        (["price", "-f", "xlsx"], "--format 'xlsx' is not known: known here: csv, json, markdown, text"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_usage_error(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["breakeven", "case.yaml", *args]) == Code.USAGE
    assert capsys.readouterr().err == f"bpocalc: {said}\n"
