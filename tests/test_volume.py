"""`compare --volume`: the comparison at other volumes, by hand, in every format."""

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpocalc.cli.app import run as run_command
from bpocalc.cli.exit import Code
from bpocalc.cli.volume import factors_of
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.loading import load_text
from bpocalc.studies.volume import Strained, overrides_of, strained
from bpocalc.tables import by_volume

# In-house two people at 500 a month whatever the volume; the provider takes 9 a unit, 100 units a month.
CASE = """\
title: A fixed team and a price
currency: USD
months: 2
discount_rate: 0%
functions:
  desk:
    demand: {volume: 100, unit: claim}
    in_house: {teams: {clerks: {fte: 2, salary: 6_000}}}
    options: {buy: {location: PH, price: 9, per: unit}}
"""
PLAIN = CASE.replace("demand: {volume: 100, unit: claim}", "").replace("per: unit", "per: month")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    yield
    gc.enable()


def compared(text: str, overrides: list[str] | None = None) -> Comparison:
    return compare(run(load_text(text.encode(), "case.yaml", overrides)))


def at(text: str, *factors: float) -> list[Strained]:
    return strained(compared(text), factors, lambda more: compared(text, more))


def volumes(comparison: Comparison, function: str = "desk") -> tuple[float, ...]:
    volume = comparison.run.functions[function].volume
    assert volume is not None
    return volume.row


def test_a_unit_price_follows_the_volume_and_a_fixed_team_does_not() -> None:
    # in-house 2 · 500 · 2 months; the provider 9 · 200 · factor
    made = at(CASE, 0.7, 1, 1.3)
    groups = [one.comparison.functions["desk"] for one in made]
    costs = [{key: result.metrics["total_cost"].figure for key, result in group.results.items()} for group in groups]
    assert costs == [
        {"in_house": 2_000, "buy": pytest.approx(1_260)},
        {"in_house": 2_000, "buy": 1_800},
        {"in_house": 2_000, "buy": pytest.approx(2_340)},
    ]
    assert [group.best for group in groups] == ["buy", "buy", "in_house"]


def test_the_table_shows_cost_cost_per_unit_saving_and_the_best() -> None:
    (table,) = by_volume(at(CASE, 0.5, 1.3))
    assert [column[0] for column in table.columns] == ["50 %", "130 %"]
    rows = [(row.label, row.values) for row in table.rows]
    assert rows == [
        ("in-house", ("", "best")),
        ("cost", (2_000, 2_000)),
        ("cost per claim", (20, pytest.approx(2_000 / 260))),
        ("buy", ("best", "")),
        ("cost", (900, pytest.approx(2_340))),
        ("cost per claim", (9, 9)),
        ("saving", (1_100, pytest.approx(-340))),
    ]


@pytest.mark.parametrize(
    ("volume", "row"),
    [
        ("volume: 100", (150, 150)),
        ("volume: {value: 100, low: 90, high: 120, source: plan, owner: me}", (150, 150)),
        ("volume: 1_200, per: year", (150, 150)),
        ("volume: {1: 100, 2: 999}", (150, 150)),
        ("volume: [100, {value: 40, source: plan}]", (150, 60)),
        ("volume: 0", (0, 0)),
    ],
)
def test_a_volume_is_multiplied_however_it_is_written(volume: str, row: tuple[float, ...]) -> None:
    text = CASE.replace("volume: 100", volume)
    assert volumes(at(text, 1.5)[0].comparison) == pytest.approx(row)


def test_every_function_is_multiplied_and_what_has_no_demand_stays() -> None:
    other = CASE.partition("  desk:\n")[2]
    text = CASE + "  second:\n" + other + "  third:\n" + PLAIN.partition("  desk:\n")[2]
    (made,) = at(text, 0.5)
    assert volumes(made.comparison) == volumes(made.comparison, "second") == (50, 50)
    assert [table.title for table in by_volume([made])] == [
        "desk · at other volumes",
        "second · at other volumes",
        "whole scenario · at other volumes",
    ]


def test_a_demand_that_two_functions_share_by_an_alias_is_multiplied_once_in_both() -> None:
    other = CASE.partition("  desk:\n")[2].replace("{volume: 100, unit: claim}", "*work")
    text = CASE.replace("demand: {", "demand: &work {") + "  second:\n" + other
    (made,) = at(text, 0.5)
    assert volumes(made.comparison) == volumes(made.comparison, "second") == (50, 50)


def test_it_is_what_an_override_of_the_volume_gives() -> None:
    (made,) = at(CASE, 1.3)
    by_hand = compared(CASE, ["functions.desk.demand.volume=130"])
    for key, result in made.comparison.functions["desk"].results.items():
        for name, q in by_hand.functions["desk"].results[key].metrics.items():
            assert result.metrics[name].value == pytest.approx(q.value, nan_ok=True)


def test_without_demand_there_is_nothing_to_multiply() -> None:
    assert overrides_of(compared(PLAIN), 2) == []
    assert at(PLAIN, 2) == []
    assert by_volume([]) == []


# The command


@pytest.mark.parametrize(
    ("text", "factors"),
    [("70%,100%", [0.7, 1]), ("0.5", [0.5]), (" 115 % , 115%", [1.15]), ("0%", [0]), ("1000%", [10])],
)
def test_shares_are_read(text: str, factors: list[float]) -> None:
    assert factors_of(text) == pytest.approx(factors)


@pytest.mark.parametrize(
    "text", ["", "70", "-10%", "a", "70%,", "70%;80%", "1001%", "nan", "1e1", ",".join(["5%"] * 21)]
)
def test_what_is_no_share_is_a_usage_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", "case.yaml", f"--volume={text}"]) == Code.USAGE
    assert capsys.readouterr().err.startswith("bpocalc: --volume ")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_table_stands_below_the_others(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", "case.yaml", "--volume", "70%,130%", "-f", form]) == Code.FINE
    out = capsys.readouterr().out
    assert out.index("at other volumes") > out.index("total")
    assert "130 %" in out
    assert "1,260" in out


def test_json_has_a_key_for_it_only_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", "case.yaml", "-f", "json", "--volume", "70%,130%"]) == Code.FINE
    found = json.loads(capsys.readouterr().out)
    assert [one["factor"] for one in found["stress"]] == [0.7, 1.3]
    group = found["stress"][1]["groups"][0]
    assert (group["key"], group["best"]) == ("desk", "in_house")
    assert group["options"][1]["total_cost"] == pytest.approx(2_340)
    assert group["options"][1]["total_saving"] == pytest.approx(-340)
    assert run_command(["compare", "case.yaml", "-f", "json"]) == Code.FINE
    plain = json.loads(capsys.readouterr().out)
    assert plain == {key: value for key, value in found.items() if key != "stress"}


def test_csv_is_the_same_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", "case.yaml", "-f", "csv"]) == Code.FINE
    plain = capsys.readouterr().out
    assert run_command(["compare", "case.yaml", "-f", "csv", "--volume", "70%"]) == Code.FINE
    assert capsys.readouterr().out == plain


def test_an_override_holds_at_every_volume(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["compare", "case.yaml", "-f", "json", "--volume", "200%", "--set", "functions.desk.demand.volume=10"]
    assert run_command(args) == Code.FINE
    (one,) = json.loads(capsys.readouterr().out)["stress"]
    assert one["groups"][0]["options"][1]["total_cost"] == pytest.approx(9 * 20 * 2)


def test_a_case_without_demand_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["compare", "plain.yaml", "--volume", "70%"]) == Code.FINE
    shown = capsys.readouterr()
    assert shown.err == "bpocalc: --volume has no effect on plain.yaml: it has no demand\n"
    assert "at other volumes" not in shown.out


def test_a_volume_beyond_all_bounds_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(CASE.replace("volume: 100", "volume: 9e12"), encoding="utf-8")
    assert run_command(["compare", "case.yaml", "--volume", "200%"]) == Code.INVALID
    assert "at a volume of --volume the scenario is invalid: volume is larger than 1e+13" in capsys.readouterr().err
