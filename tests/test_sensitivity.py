"""`sensitivity`: what moves a result, and where it meets its target, by hand, in every format, and fed back by --set.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_sensitivity.py` writes them anew.
"""

import csv
import gc
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from math import inf, isclose, nan, sin
from pathlib import Path

import pytest

from bpocalc.cli.app import run as run_command
from bpocalc.cli.exit import Code
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.replay import Replay
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.overrides import override_of
from bpocalc.studies.crossings import Crossing, crossings
from bpocalc.studies.levers import NoLever, find_lever, levers, short_names
from bpocalc.studies.metric import NoMetric, metric_of
from bpocalc.studies.sensitivity import Moved, Sensitivity, sensitivity, two_way

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
GOLDEN = Path(__file__).parent / "golden"

# In-house two people at 500 a month whatever the volume, 2,000 in two months; the provider takes 9 a unit, 100 units a
# month, 1,800: a saving of 200.
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
BUY = "functions.desk.options.buy."


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


def studied(comparison: Comparison, metric: str = "npv_saving", target: float = 0, swing: float = 0.1) -> Sensitivity:
    of = metric_of(comparison, metric)
    return sensitivity(comparison, of, levers(comparison, Replay([of.quantity]), swing), swing, target)


def moved(found: Sensitivity, name: str) -> Moved:
    (one,) = [one for one in found.inputs if one.lever.address.endswith(name)]
    return one


# Crossings


def found(function: Callable[[float], float], *points: float, origin: float = 0, whole: bool = False) -> list[Crossing]:
    return crossings(function, points, [function(x) for x in points], origin, whole=whole)


def test_a_straight_line_crosses_where_it_should() -> None:
    (one,) = found(lambda x: 3 * x - 1, -1, 0, 1)
    assert one.at == pytest.approx(1 / 3, abs=1e-15)
    assert not one.jump


def test_of_several_crossings_the_nearest_comes_first() -> None:
    pi = 3.141592653589793
    made = found(sin, 1, 2, 4, 5, 7, 8, 10, origin=6)
    assert [one.at for one in made] == pytest.approx([2 * pi, pi, 3 * pi])


def test_a_leap_over_the_target_is_said_to_be_one() -> None:
    (one,) = found(lambda x: -1 if x < 0.3 else 1, 0, 1)
    assert one.jump
    assert one.before < 0.3 <= one.at
    assert one.at - one.before < 1e-15


def test_whole_numbers_cross_at_the_first_one_on_the_other_side() -> None:
    assert found(lambda x: x - 2.5, 0, 1, 2, 3, 4, whole=True) == [Crossing(3, 2, True)]
    assert found(lambda x: x - 2.5, 0, 1, 2, 3, 4, origin=4, whole=True) == [Crossing(2, 3, True)]
    assert found(lambda x: x - 2, 0, 1, 2, 3, 4, whole=True) == [Crossing(2, 2, False)]


def test_where_a_function_only_touches_the_target_or_has_a_gap_nothing_crosses() -> None:
    assert found(lambda x: x * x, -1, 0, 1) == []
    assert found(lambda x: nan if abs(x) < 2 else x, -3, -1, 1, 3) == []
    assert found(lambda x: inf if x == 0 else x, 0, 1) == []
    assert found(lambda x: nan if abs(x) < 1 else x, -1, 1) == []


# Levers


def test_a_name_is_the_shortest_end_of_two_parts_that_no_other_has() -> None:
    assert short_names(["a.x.price", "b.x.price", "c.y.price", "rate"]) == {
        "a.x.price": "a.x.price", "b.x.price": "b.x.price", "c.y.price": "y.price", "rate": "rate",
    }  # fmt: skip


def test_low_and_high_are_those_of_the_file_else_a_swing_within_the_bounds() -> None:
    made = studied(compared(CASE))
    price, share, fte = (moved(made, name).lever for name in (".price", "buy.share", "clerks.fte"))
    assert (price.low, price.high, price.ranged) == (8, 12, True)
    assert (share.low, share.high, share.ranged) == (0.9, 1, False)
    assert [fte.low, fte.high] == pytest.approx([1.8, 2.2])


def test_months_are_moved_in_whole_numbers() -> None:
    text = CASE.replace("months: 2", "months: 24").replace("per: unit", "per: unit, transition: {months: 4}")
    months = moved(studied(compared(text)), "transition.months").lever
    assert (months.low, months.value, months.high, months.whole, months.most) == (3, 4, 5, True, 24)


# Switching values by hand


@pytest.mark.parametrize(
    ("name", "at_low", "at_high", "flips"),
    [
        ("clerks.salary", 0, 400, 5_400),  # 2 · salary / 12 · 2 months = 1,800
        ("clerks.fte", 0, 400, 1.8),
        ("buy.price", 400, -400, 10),
        ("demand.volume", 380, 20, 2_000 / 18),
    ],
)
def test_an_input_flips_where_cost_and_price_are_the_same(
    name: str, at_low: float, at_high: float, flips: float
) -> None:
    one = moved(studied(compared(CASE)), name)
    assert [one.at_low, one.at_high] == pytest.approx([at_low, at_high], abs=1e-9)
    assert [crossing.at for crossing in one.crossings] == [pytest.approx(flips, rel=1e-12)]


def test_another_target_is_met_elsewhere() -> None:
    one = moved(studied(compared(CASE), target=100), "buy.price")
    assert [crossing.at for crossing in one.crossings] == [pytest.approx(9.5)]


def test_an_input_that_cannot_turn_it_around_says_what_was_searched() -> None:
    one = moved(studied(compared(CASE)), "buy.share")
    assert one.crossings == ()
    assert (one.lever.least, one.lever.most) == (0, 1)


def test_those_that_move_the_result_most_come_first() -> None:
    made = studied(compared(CASE))
    spans = [one.span for one in made.inputs]
    assert made.inputs[0].lever.name == "buy.price"
    assert spans == sorted(spans, reverse=True)


def test_a_grid_of_two_inputs_holds_the_result_at_each_pair() -> None:
    comparison = compared(CASE)
    metric = metric_of(comparison)
    known = levers(comparison, Replay([metric.quantity]), 0.5)
    price, volume = (find_lever(comparison, known, name, "it") for name in ("buy.price", "demand.volume"))
    made = two_way(comparison, metric, price, volume)
    assert made.rows == (8, 8.5, 9, 10.5, 12)
    assert made.columns == (50, 75, 100, 125, 150)
    assert [row[0] for row in made.values] == pytest.approx([2_000 - 2 * 50 * p for p in made.rows])
    assert made.values[2][2] == 200


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_switching_value_fed_back_by_set_meets_the_target(path: Path) -> None:
    """Within 1e-9 of the scale of the result; a leap has its two sides instead."""
    data = path.read_bytes()

    def at(*overrides: str) -> float:
        comparison = compare(run(load_text(data, path.name, list(overrides))))
        return comparison.run.book.entries[address].quantity.figure

    comparison = compare(run(load_text(data, path.name)))
    metric = metric_of(comparison)
    address = metric.address
    known = [one for one in levers(comparison, Replay([metric.quantity]), 0.1) if one.about.stated]
    known = [one for one in known if not one.address.startswith(("locations.", "fx.per_euro."))]
    if len(known) > 300:
        known = [one for one in known if one.address.endswith(".price")]
    made = sensitivity(comparison, metric, known, 0.1)
    flips = [(one.lever, crossing) for one in made.inputs for crossing in one.crossings][:6]
    assert flips
    for lever, crossing in flips:
        there = at(override_of(lever.address, lever.about, crossing.at))
        if crossing.jump:
            assert (there > 0) != (at(override_of(lever.address, lever.about, crossing.before)) > 0)
        else:
            assert isclose(there, 0, abs_tol=1e-9 * abs(made.value)), lever.address


# What cannot be moved


def refused(asked: str, text: str = CASE) -> str:
    comparison = compared(text)
    metric = metric_of(comparison)
    with pytest.raises(NoLever) as caught:
        find_lever(comparison, levers(comparison, Replay([metric.quantity]), 0.1), asked, metric.address)
    return str(caught.value)


def test_an_input_is_found_by_an_end_of_its_address() -> None:
    comparison = compared(CASE)
    known = levers(comparison, Replay([metric_of(comparison).quantity]), 0.1)
    assert find_lever(comparison, known, "price", "it").address == f"{BUY}price"


def test_months_and_kinds_decide_which_formulas_there_are() -> None:
    said = (
        "'{}' decides which formulas there are, and cannot be moved while they stay: compare two runs, with --set {}=…"
    )
    for name in ("months", "currency", f"{BUY}location"):
        assert refused(name) == said.format(name, name)


def test_what_is_not_stated_may_change_which_formulas_there_are() -> None:
    text = CASE.replace("per: unit", "per: unit, costs: {audit: {amount: 5, per: once, month: 1}}")
    assert refused(f"{BUY}costs.audit.after", text) == (
        f"'{BUY}costs.audit.after' is not stated, and desk.buy.npv_saving has no formula with it: which formulas there "
        "are may change once it is; write it into the file, or add it with --set"
    )


def test_an_input_without_effect_is_said_to_have_none() -> None:
    text = CASE.replace("salary: 6_000}", "salary: 6_000, shrinkage: 10%}")
    assert refused("functions.desk.in_house.teams.clerks.shrinkage", text) == (
        "'functions.desk.in_house.teams.clerks.shrinkage' has no effect on desk.buy.npv_saving: nothing that it is "
        "computed from hangs on it"
    )


def test_a_line_is_no_input() -> None:
    assert refused("desk.buy.saving") == (
        "'desk.buy.saving' is computed, not an input: bpocalc explain shows what it is made of"
    )


def test_an_unknown_input_has_near_ones() -> None:
    assert refused("functions.desk.options.buy.prize") == (
        f"there is no input 'functions.desk.options.buy.prize': did you mean '{BUY}price' or '{BUY}share'?"
    )
    assert refused("buy.prize") == f"there is no input 'buy.prize': did you mean '{BUY}price'?"
    assert refused("nothing.at.all") == "there is no input 'nothing.at.all': bpocalc explain lists them all"


def test_an_end_that_several_have_is_refused() -> None:
    said = refused("wage_growth", CASE.replace("buy: {", "buy: {retained: {teams: {lead: {fte: 1, salary: 1}}}, "))
    assert said.startswith("'wage_growth' is the end of 2 inputs: functions.desk.in_house.teams.clerks.wage_growth, ")


@pytest.mark.parametrize(
    ("name", "option", "said"),
    [
        ("npv_savings", "", "desk.buy has no result 'npv_savings': did you mean 'npv_saving'?"),
        ("npv_saving", "bye", "there is no option 'bye': known here: desk.buy, desk.in_house"),
        ("npv_saving", "in_house", "desk.in_house is the baseline, or has nothing to compare it with"),
    ],
)
def test_a_result_that_is_not_there_is_refused(name: str, option: str, said: str) -> None:
    with pytest.raises(NoMetric) as caught:
        metric_of(compared(CASE), name, option)
    assert str(caught.value) == said


def test_a_result_is_found_by_its_address_too() -> None:
    comparison = compared(CASE)
    assert metric_of(comparison, "desk.buy.total_saving").address == "desk.buy.total_saving"
    assert metric_of(comparison, "total_saving", "buy").address == "desk.buy.total_saving"


# The command


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("sensitivity.txt", []),
        ("sensitivity.40.txt", ["COLUMNS=40"]),
        ("sensitivity.80.txt", ["COLUMNS=80"]),
        ("sensitivity.200.txt", ["COLUMNS=200"]),
        ("sensitivity.md", ["-f", "markdown"]),
        ("sensitivity.csv", ["-f", "csv"]),
        ("sensitivity.json", ["-f", "json"]),
    ],
)
def test_the_golden_files_hold(
    name: str, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for argument in arguments:
        if argument.startswith("COLUMNS="):
            monkeypatch.setenv("COLUMNS", argument.partition("=")[2])
    args = [argument for argument in arguments if "=" not in argument]
    Path("case.yaml").write_text((GOLDEN / "case.yaml").read_text("utf-8"), encoding="utf-8")
    assert run_command(["sensitivity", "case.yaml", "--top", "12", "--with", "orders.price", *args]) == Code.FINE
    out = capsys.readouterr().out
    if "COLUMNS" in os.environ:
        assert max(len(line) for line in out.splitlines()) <= int(os.environ["COLUMNS"])
    if os.environ.get("BPOCALC_UPDATE"):
        (GOLDEN / name).write_text(out, encoding="utf-8")
    assert out == (GOLDEN / name).read_text("utf-8")


def test_all_formats_have_the_same_inputs_in_the_same_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["sensitivity", "case.yaml", "-f", "json"]) == Code.FINE
    made = json.loads(capsys.readouterr().out)
    assert run_command(["sensitivity", "case.yaml", "-f", "csv"]) == Code.FINE
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [line["input"] for line in lines] == [one["address"] for one in made["inputs"]]
    assert float(lines[0]["switching_value"]) == made["inputs"][0]["switching"][0]["value"]
    assert run_command(["sensitivity", "case.yaml", "-f", "markdown", "--top", "all"]) == Code.FINE
    out = capsys.readouterr().out
    places = [out.index(one["address"]) for one in made["inputs"]]
    assert places == sorted(places)


@pytest.mark.parametrize("command", [["sensitivity", "case.yaml"], ["breakeven", "case.yaml", "price"]])
def test_colour_changes_no_word(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_command(command) == Code.FINE
    plain = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run_command(command) == Code.FINE
    colored = capsys.readouterr().out
    assert "\x1b[" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain


def test_the_override_of_a_switching_value_is_in_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["sensitivity", "case.yaml", "-f", "json", "--input", "buy.price"]) == Code.FINE
    (one,) = json.loads(capsys.readouterr().out)["inputs"]
    assert abs(studied(compared(CASE, one["switching"][0]["set"])).value) < 1e-9


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--swing", "0"], "--swing '0' is not a share above 0 and up to 100%"),
        (["--swing", "ten"], "--swing 'ten' is not a number"),
        (["--target", "nan"], "--target 'nan' is not a number"),
        (["--top", "0"], "--top '0' is neither a number from 1 on nor all"),
        (["--metric", "npv_savings"], "desk.buy has no result 'npv_savings': did you mean 'npv_saving'?"),
        (["--input", "months"], "'months' decides which formulas there are, and cannot be moved while they stay: "
         "compare two runs, with --set months=…"),
        (["--with", "price", "--with", "price"], f"--with {BUY}price: there is no second input for a table"),
        (["--with", "a", "--with", "b", "--with", "c"], "--with makes a table of two inputs, not of 3"),
        (["-f", "xlsx"], "--format 'xlsx' is not known: known here: csv, json, markdown, text"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_usage_error(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["sensitivity", "case.yaml", *args]) == Code.USAGE
    assert capsys.readouterr().err == f"bpocalc: {said}\n"


def test_a_scenario_without_an_option_has_nothing_to_follow(capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(CASE.rpartition("    options:")[0], encoding="utf-8")
    assert run_command(["sensitivity", "case.yaml"]) == Code.USAGE
    assert capsys.readouterr().err == "bpocalc: desk has no option to compare it with\n"
