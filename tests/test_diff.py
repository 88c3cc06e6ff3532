"""`bpocalc diff`: what changed between two versions, what each change did by hand, and that it all adds up.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_diff.py` writes them anew.
"""

import csv
import gc
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bpocalc.cli.app import application
from bpocalc.cli.app import run as cli
from bpocalc.cli.diff import FORMATS
from bpocalc.cli.exit import Code
from bpocalc.scenario.loading import open_text, prepared
from bpocalc.studies.changes import version_of
from bpocalc.studies.difference import Difference, Moved, difference
from bpocalc.views.layout import width

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))

# in-house 30,000 a year; the provider handles 100 units a month at 10: 12,000
CASE = """
title: Two versions
currency: USD
months: 12
discount_rate: 0%
functions:
  work:
    title: The work
    demand: {volume: 100, unit: unit}
    in_house: {costs: {all: {amount: 2_500, per: month, avoidable: 100%}}}
    options:
      away: {title: Far away, location: PH, charges: {units: {kind: per_unit, price: 10}}}
"""

Diff = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _plain_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
    gc.enable()


@pytest.fixture
def diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Diff:
    """Run the command in a directory with the old and the new version; its code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(CASE, encoding="utf-8")

    def command(*args: str, new: str = CASE) -> tuple[int, str, str]:
        Path("new.yaml").write_text(new, encoding="utf-8")
        code = cli(["diff", *args])
        return code, *capsys.readouterr()

    return command


def between(new: str, metric: str = "npv_saving", old: str = CASE) -> Difference:
    before, after = (version_of(prepared(open_text(text.encode(), "case.yaml"))) for text in (old, new))
    return difference(before, after, metric)


def moved(made: Difference, function: str = "work", option: str = "away") -> Moved:
    return next(one for one in made.results if (one.function, one.option) == (function, option))


def effects(made: Difference, one: Moved) -> dict[str, float | None]:
    return {change.address: effect for change, effect in zip(made.changes, one.effects, strict=True)}


def gap(one: Moved) -> float:
    """What lies between the old value with all steps added and the new value."""
    assert one.before is not None
    assert one.after is not None
    return one.before + sum(e for e in one.effects if e) + one.other_mix + one.interaction - one.after


PRICE, VOLUME = "functions.work.options.away.charges.units.price", "functions.work.demand.volume"


def test_each_figure_does_what_it_does_alone_and_the_rest_is_interaction() -> None:
    # price 10 → 12 alone: −2 · 1,200; volume 100 → 150 alone: −600 · 10; both: 30,000 − 150 · 12 · 12, so −2 · 600 more
    made = between(CASE.replace("price: 10", "price: 12").replace("volume: 100", "volume: 150"))
    one = moved(made)
    assert (one.before, one.after) == pytest.approx((18_000, 8_400))
    assert effects(made, one) == pytest.approx({VOLUME: -6_000, PRICE: -2_400})
    assert one.interaction == pytest.approx(-1_200)
    assert gap(one) == pytest.approx(0, abs=1e-9)


def test_a_cost_rises_by_what_a_saving_falls() -> None:
    made = between(CASE.replace("price: 10", "price: 12"), "total_cost")
    assert effects(made, moved(made)) == pytest.approx({PRICE: 2_400})
    assert effects(made, moved(made, option="in_house")) == {PRICE: 0}
    assert moved(made).interaction == pytest.approx(0, abs=1e-9)


def test_months_are_structure_and_the_model_is_run_anew_for_them() -> None:
    # 1,500 a month saved for 18 months instead of 12
    made = between(CASE.replace("months: 12", "months: 18\ninflation: 0%"))
    assert [(c.address, c.kind, c.old, c.new) for c in made.changes] == [
        ("months", "structure", "12", "18"),
        ("inflation", "remark", "", "0%"),  # it was nothing before it was stated
    ]
    assert effects(made, moved(made))["months"] == pytest.approx(9_000)


def test_a_section_that_comes_or_goes_is_one_change_of_structure() -> None:
    more = CASE.replace("price: 10}}", "price: 10}}, governance: {rate: 10%}")
    made = between(more)
    ((address, kind, old, new),) = [(c.address, c.kind, c.old, c.new) for c in made.changes]
    assert (address, kind, old, new) == ("functions.work.options.away.governance", "structure", "", "1 field")
    assert effects(made, moved(made)) == pytest.approx({address: -1_200})
    back = between(CASE, old=more)
    assert [(c.kind, c.old, c.new) for c in back.changes] == [("structure", "1 field", "")]
    assert effects(back, moved(back)) == pytest.approx({address: 1_200})


def test_a_word_is_structure() -> None:
    old = CASE.replace("kind: per_unit, price: 10", "kind: fixed, amount: 900, per: month")
    made = between(old.replace("per: month}}}", "per: year}}}"), old=old)
    assert [(c.address, c.kind) for c in made.changes] == [
        ("functions.work.options.away.charges.units.per", "structure")
    ]
    assert moved(made).effects == pytest.approx((9_900,))  # 900 a year instead of 10,800


def test_a_figure_in_steps_instead_of_one_is_structure() -> None:
    made = between(CASE.replace("price: 10", "price: {1: 11}"))
    assert [(c.address, c.kind, c.old, c.new) for c in made.changes] == [(PRICE, "structure", "10", "1: 11")]
    assert moved(made).effects == pytest.approx((-1_200,))


def test_another_currency_of_a_figure_is_structure() -> None:
    made = between(CASE.replace("price: 10", "price: 10 EUR") + "fx: {EUR: 1.1}\n")
    assert [(c.address, c.kind) for c in made.changes] == [(PRICE, "structure"), ("fx", "structure")]
    one = moved(made)
    assert one.after == pytest.approx(18_000 - 1_200)
    assert gap(one) == pytest.approx(0, abs=1e-9)


def test_an_exchange_rate_is_a_figure() -> None:
    old = CASE.replace("price: 10", "price: 10 EUR") + "fx: {EUR: 1.1}\n"
    made = between(old.replace("EUR: 1.1", "EUR: 1.2"), old=old)
    assert effects(made, moved(made)) == pytest.approx({"fx.EUR": -1_200})


def test_what_was_not_stated_and_now_is_counts_as_a_figure() -> None:
    made = between(CASE.replace("location: PH,", "location: PH, share: 50%,"))
    ((address, kind, old, new),) = [(c.address, c.kind, c.old, c.new) for c in made.changes]
    assert (address, kind, old, new) == ("functions.work.options.away.share", "figure", "not stated", "50%")
    assert moved(made).effects == pytest.approx((-9_000,))  # half of 18,000


def test_titles_sources_ranges_and_expectations_move_nothing() -> None:
    new = CASE.replace("price: 10", "price: {value: 10, low: 9, high: 12, source: bid}").replace("Far away", "Manila")
    made = between(new + "expect: [work.away.npv_saving > 0]\n")
    assert {c.kind for c in made.changes} == {"remark"}
    assert len(made.changes) == 3
    assert not made.differs
    assert moved(made).effects == (0, 0, 0)


def test_what_cannot_be_made_alone_is_in_the_interaction() -> None:
    # a tax on tools that are not there names a line that is none
    old = CASE.replace("price: 10}}", "price: 10}}, costs: {travel: {amount: 50, per: month}}")
    more = "50, per: month}, tools: {amount: 100, per: month}, tax: {rate: 10%, of: tools}"
    made = between(old.replace("50, per: month}", more), old=old)
    assert effects(made, moved(made)) == {
        "functions.work.options.away.costs.tools": pytest.approx(-1_200),
        "functions.work.options.away.costs.tax": None,
    }
    assert moved(made).interaction == pytest.approx(-120)
    assert gap(moved(made)) == pytest.approx(0, abs=1e-9)


def test_an_option_that_is_new_or_gone_has_one_value_and_no_effects() -> None:
    new = CASE + "      near: {location: PL, charges: {units: {kind: per_unit, price: 9}}}\n"
    made = between(new)
    assert moved(made, option="near") == Moved("work", "near", None, 19_200)
    assert moved(made).effects == (0,)
    assert moved(between(CASE, old=new), option="near") == Moved("work", "near", 19_200, None)


def test_a_run_rate_that_there_is_not_has_no_effects() -> None:
    late = CASE.replace("price: 10}}", "price: 10}}, transition: {months: 11, ramp: 9}")
    made = between(late, "run_rate")
    assert moved(made) == Moved("work", "away", 18_000, None)


TWO = (
    CASE
    + """
  desk:
    in_house: {costs: {all: {amount: 2_000, per: month, avoidable: 100%}}}
    options:
      acme: {location: PH, price: 1_000, per: month}
      rival: {location: PH, price: 1_100, per: month}
"""
)


def test_that_another_mix_is_best_is_a_step_of_its_own() -> None:
    # acme becomes dearer than rival: with acme the mix saves 2,400 less, with rival 100 · 12 = 1,200 more than that
    made = between(TWO.replace("price: 1_000", "price: 1_200"), old=TWO)
    one = moved(made, "total", "best")
    assert (one.before, one.after) == pytest.approx((30_000, 28_800))
    assert effects(made, one) == pytest.approx({"functions.desk.options.acme.price": -2_400})
    assert one.other_mix == pytest.approx(1_200)
    assert one.interaction == pytest.approx(0, abs=1e-9)


CHANGES = ["inflation=3%", "discount_rate=7%"]
STRUCTURE = {"shared-services": "mix={payroll: bureau}"}
"""Volumes are listed for its 60 months; in the others the months change."""


@pytest.mark.parametrize("path", [p for p in SCENARIOS if p.stem != "minimal"], ids=lambda path: path.stem)
def test_the_steps_add_up_for_every_scenario(path: Path) -> None:
    opened = open_text(path.read_bytes(), path.name)
    old = version_of(prepared(opened))
    addresses = sorted(a for a in old.inputs if a.endswith((".price", ".ramp", ".volume", ".attrition", ".fte")))[:6]
    sets = [f"{a}={old.inputs[a].figure * 1.25!r}" for a in addresses if ".ramp" not in a and "." in a]
    structure = STRUCTURE.get(path.stem, "months=47")
    new = version_of(prepared(opened, [*CHANGES, *sets, structure]))
    made = difference(old, new, "npv_saving")
    assert any(change.kind == "figure" for change in made.changes)
    for one in made.results:
        assert one.effects
        assert gap(one) == pytest.approx(0, abs=1e-6)


def test_a_case_of_both_versions_is_compared() -> None:
    cases = f"{CASE}cases: {{dear: {{set: {{{PRICE}: 15}}}}}}\n"
    before, after = (
        version_of(prepared(open_text(text.encode(), "case.yaml"), None, "dear"))
        for text in (cases, cases.replace(": 15}", ": 16}"))
    )
    made = difference(before, after, "npv_saving")
    assert [(c.address, c.kind, c.old, c.new) for c in made.changes if c.kind == "figure"] == [
        (PRICE, "figure", "15 USD", "16 USD")
    ]
    assert moved(made).after == pytest.approx(30_000 - 1_200 * 16)


# The command


def test_two_equal_files_differ_in_nothing(diff: Diff) -> None:
    code, out, err = diff("old.yaml", "new.yaml", "--exit-code")
    assert (code, err) == (Code.FINE, "")
    assert "\n  Nothing differs.\n" in out
    assert "What changed" not in out


def test_the_answer_says_how_the_best_option_moved_and_which_is_best_now(diff: Diff) -> None:
    new = CASE.replace("price: 10", "price: 24") + "      near: {location: PL, price: 1_500, per: month}\n"
    _, out, _ = diff("old.yaml", "new.yaml", new=new)
    assert "  Changed: 1 figure and 1 change of structure.\n" in out
    said = "  The work: the NPV of the saving with Far away falls from 18 k to 1,200 (−17 k)."
    assert f"{said} Best is near now (12 k); it was Far away.\n" in out


def test_what_nothing_moves_is_left_out_and_named(diff: Diff) -> None:
    Path("old.yaml").write_text(TWO, encoding="utf-8")
    _, out, _ = diff("old.yaml", "new.yaml", new=TWO.replace("price: 1_100", "price: 1_200"))
    assert "  desk: the NPV of the saving with acme stays at 12 k.\n  Nothing moves for The work.\n" in out
    assert out.count("NPV of the saving\n") == 2  # the second line, and the table of desk
    moved = TWO.replace("price: 10}", "price: 10, minimum: 1}")
    assert "\n  No result moves.\n" in diff("old.yaml", "new.yaml", new=moved)[1]
    said = "  Changed, and moves no result: functions.work.options.away.charges.units.minimum.\n"
    assert said in diff("old.yaml", "new.yaml", new=moved)[1]


def test_a_new_option_is_not_said_to_move_nothing() -> None:
    assert between(CASE + "      near: {location: PL, price: 900, per: month}\n").idle == []
    assert [c.address for c in between(CASE.replace("price: 10", "price: 10, minimum: 1")).idle] == [
        "functions.work.options.away.charges.units.minimum"
    ]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (CASE, Code.FINE),
        (CASE.replace("price: 10", "price: 11"), Code.UNMET),
        (CASE.replace("Far away", "Manila"), Code.FINE),
        (CASE.replace("location: PH", "location: IN"), Code.UNMET),
    ],
)
def test_with_exit_code_the_command_ends_with_4_where_anything_of_weight_differs(
    diff: Diff, new: str, code: int
) -> None:
    assert diff("old.yaml", "new.yaml", new=new)[0] == Code.FINE
    assert diff("old.yaml", "new.yaml", "--exit-code", new=new)[0] == code


def test_all_formats_show_the_same_figures(diff: Diff) -> None:
    new = CASE.replace("price: 10", "price: 12").replace("volume: 100", "volume: 150")
    text = diff("old.yaml", "new.yaml", new=new)[1]
    markdown = diff("old.yaml", "new.yaml", "-f", "markdown", new=new)[1]
    made = json.loads(diff("old.yaml", "new.yaml", "-f", "json", new=new)[1])
    rows = list(csv.DictReader(io.StringIO(diff("old.yaml", "new.yaml", "-f", "csv", new=new)[1])))
    (result,) = made["results"]
    assert (made["format"], made["version"], made["differs"]) == ("bpocalc.difference", 1, True)
    amounts = [result["before"], *(e["amount"] for e in result["effects"]), result["interaction"], result["after"]]
    assert [float(row["amount"]) for row in rows if row["step"] != "other_mix"] == amounts
    for amount in amounts:
        shown = f"{abs(amount):,.0f}"
        assert shown in text
        assert shown in markdown
    assert markdown.startswith("### Two versions\n")


def test_a_file_is_written_whole_and_by_its_suffix(diff: Diff) -> None:
    code, out, err = diff("old.yaml", "new.yaml", "-o", "d.md", "-o", "d.json")
    assert (code, out, err) == (Code.FINE, "", "wrote d.md, d.json\n")
    assert Path("d.md").read_text("utf-8").startswith("### Two versions")


def test_set_changes_both_versions(diff: Diff) -> None:
    new = CASE.replace("price: 10", "price: 11")
    made = json.loads(diff("old.yaml", "new.yaml", "--set", f"{VOLUME}=200", "-f", "json", new=new)[1])
    assert [change["address"] for change in made["changes"]] == [PRICE]
    assert made["results"][0]["effects"][0]["amount"] == pytest.approx(-2_400)


ONE_FILE = "--git compares one file with its version at a revision: give one file"
METRICS = "max_exposure, npv_saving, one_off, pv_cost, run_rate, total_cost, total_saving"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["old.yaml"], "diff compares two files, or with --git REV one with its version at a revision"),
        (["-", "-"], "standard input can be read only once: give - once"),
        (["old.yaml", "new.yaml", "--git", "HEAD"], ONE_FILE),
        (["-", "--git", "HEAD"], ONE_FILE),
        (["old.yaml", "--git", ""], "--git '' is no revision"),
        (["old.yaml", "--git=--help"], "--git '--help' is no revision"),
        (["old.yaml", "new.yaml", "--metric", "npv"], f"--metric 'npv' is not known: known here: {METRICS}"),
        (["old.yaml", "new.yaml", "-f", "xlsx"], "--format 'xlsx' is not known: known here: csv, json, markdown, text"),
        (["old.yaml", "new.yaml", "--case", "x"], "--case 'x' is not in old.yaml: it has no cases"),
        (["old.yaml", "new.yaml", "--set", "price"], "--set 'price' is not an address, '=' and a value"),
    ],
)
def test_2_a_wrong_command_line(diff: Diff, args: list[str], said: str) -> None:
    assert diff(*args) == (Code.USAGE, "", f"bpocalc: {said}\n")


def test_2_versions_in_two_currencies_are_not_told_apart(diff: Diff) -> None:
    code, out, err = diff("old.yaml", "new.yaml", new=CASE.replace("currency: USD", "currency: EUR"))
    said = "bpocalc: old.yaml is in USD and new.yaml in EUR: their results cannot be told apart by change\n"
    assert (code, out, err) == (Code.USAGE, "", said)


def test_1_all_problems_of_both_files_are_told(diff: Diff) -> None:
    Path("old.yaml").write_text(CASE.replace("price: 10", "prise: 10"), encoding="utf-8")
    code, out, err = diff("old.yaml", "new.yaml", new=CASE.replace("months: 12", "months: 0"))
    assert (code, out) == (Code.INVALID, "")
    assert "old.yaml:" in err
    assert "BPO003" in err
    assert "new.yaml:4:9: error BPO006: months is 0" in err


def test_3_a_file_that_is_not_there(diff: Diff) -> None:
    assert diff("old.yaml", "gone.yaml") == (Code.FAILED, "", "bpocalc: cannot read gone.yaml: there is no such file\n")


# By revision


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which case.yaml was committed and then changed, with a file beside it that was not."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "repository"
    (folder / "cases").mkdir(parents=True)
    path = folder / "cases" / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for args in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *args], cwd=folder, check=True)
    path.write_text(CASE.replace("price: 10", "price: 12"), encoding="utf-8")
    (folder / "cases" / "other.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


@needs_git
def test_a_file_is_compared_with_its_version_at_a_revision(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["diff", "cases/case.yaml", "--git", "HEAD"]) == Code.FINE
    out = capsys.readouterr().out
    assert out.splitlines()[1] == "cases/case.yaml@HEAD → cases/case.yaml · USD · NPV of the saving"
    assert "−2,400" in out


@needs_git
@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["cases/case.yaml", "--git", "v9"], Code.USAGE, "--git 'v9' is no revision of the repository of {0}"),
        (["cases/case.yaml", "--git", "HEAD:x"], Code.USAGE, "--git 'HEAD:x' is no revision of the repository of {0}"),
        (["cases/other.yaml", "--git", "HEAD"], Code.FAILED, "--git: there is no {0} at HEAD"),
        (["../case.yaml", "--git", "HEAD"], Code.FAILED, "--git: {0} lies in no git repository"),
        (["gone/case.yaml", "--git", "HEAD"], Code.FAILED, "cannot read {0}: there is no such file"),
    ],
)
def test_what_git_cannot_find_is_told_without_a_traceback(
    repository: Path, capsys: pytest.CaptureFixture[str], args: list[str], code: int, said: str
) -> None:
    assert cli(["diff", *args]) == code
    assert capsys.readouterr() == ("", f"bpocalc: {said.format(args[0])}\n")


def test_3_without_git_the_command_says_so(diff: Diff, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert diff("old.yaml", "--git", "HEAD") == (
        Code.FAILED, "", "bpocalc: --git needs git, which cannot be run here\n",
    )  # fmt: skip


# How it looks

FILES: dict[str, tuple[str, ...]] = {
    "diff.txt": (),
    "diff.40.txt": (),
    "diff.80.txt": (),
    "diff.200.txt": (),
    "diff.cost.txt": ("--metric", "total_cost"),
    "diff.md": ("-f", "markdown"),
    "diff.csv": ("-f", "csv"),
    "diff.json": ("-f", "json"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_is_what_the_golden_file_holds(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    columns = name.split(".")[1]
    if columns.isdigit():
        monkeypatch.setenv("COLUMNS", columns)
    assert cli(["diff", "case.yaml", "diff.yaml", *FILES[name]]) == Code.FINE
    found = capsys.readouterr().out
    if name == "diff.json":
        found = json.dumps(json.loads(found) | {"engine": "0"}, indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / name
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")
    if columns.isdigit():
        assert max(map(width, found.splitlines())) <= int(columns)


def test_there_is_no_golden_file_that_nothing_renders() -> None:
    assert {path.name for path in GOLDEN.glob("diff.*")} == {*FILES, "diff.yaml"}


def test_the_documentation_shows_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    monkeypatch.setenv("COLUMNS", "100")
    assert cli(["diff", "case.yaml", "diff.yaml"]) == Code.FINE
    shown = f"```text\n$ bpocalc diff case.yaml diff.yaml\n{capsys.readouterr().out}```"
    path = ROOT / "docs" / "diff.md"
    page = path.read_text("utf-8")
    made = re.sub(r"```text\n\$ bpocalc diff (?:.*\n)*?```", lambda _: shown, page, count=1)
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(made, encoding="utf-8", newline="\n")
    assert shown in made
    assert made == path.read_text("utf-8")


def test_the_documentation_names_every_option_metric_format_key_and_column() -> None:
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    group: Any = get_command(application())
    options = {name for param in group.commands["diff"].params for name in param.opts if name.startswith("-")}
    made = json.loads((GOLDEN / "diff.json").read_text("utf-8"))
    change, result = made["changes"][0], made["results"][0]
    keys = {*made, *made["old"], *change, *change["old_place"], *result, *result["effects"][0]}
    columns = (GOLDEN / "diff.csv").read_text("utf-8").partition("\n")[0].split(",")
    names = {*options, *METRICS.split(", "), *FORMATS, *keys, *columns}
    assert {name for name in names if f"`{name}" not in page} == set()


def test_telling_versions_apart_needs_neither_arrays_nor_other_formats(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    code = "import sys; from bpocalc.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "diff", "case.yaml", "case.yaml"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = {*ended.stderr.split()}
    assert (
        loaded & {"numpy", "rich", "xlsxwriter", "bpocalc.views.difference.csv", "bpocalc.views.difference.json"}
        == set()
    )
