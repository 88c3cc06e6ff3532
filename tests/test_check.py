"""`bpocalc check`: which files it reads, what it tells of each, and how it ends."""

import io
import os
import shutil
from pathlib import Path

import pytest

from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.cli.gather import gather

SCENARIO = """\
title: Care
currency: USD
months: 12
discount_rate: 0%
home: US
functions:
  care:
    in_house: {location: US, teams: {agents: {fte: 10, salary: 50_000, paid_hours: 2_080}}}
    options:
      manila: {location: PH, price: 2_000, per: fte_month}
"""
WRONG = SCENARIO.replace("months: 12", "mnths: 12")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def write(name: str, text: str = SCENARIO) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def concise(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str]]:
    """The exit code and the lines of `check -f concise`."""
    code = run(["check", "-f", "concise", *args])
    return code, capsys.readouterr().out.splitlines()


def test_a_valid_file_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", write("a.yaml")]) == Code.FINE
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 file passes")


def test_a_mistake_is_shown_with_its_line_and_a_caret_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", write("a.yaml", WRONG)]) == Code.INVALID
    assert capsys.readouterr().out == (
        "a.yaml:3:1: error BPO003: 'mnths' is not a field of a scenario\n"
        "3 | mnths: 12\n"
        "  | ^^^^^\n"
        "  = did you mean 'months'?\n"
        "1 file fails · 1 error\n"
    )


def test_the_concise_format_takes_one_line_for_each_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert concise(capsys, write("a.yaml", WRONG)) == (
        Code.INVALID,
        ["a.yaml:3:1: error BPO003: 'mnths' is not a field of a scenario", "1 file fails · 1 error"],
    )


def test_no_file_stops_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", "\x00")
    Path("b.yaml").write_bytes(b"\xff\xfe")
    write("c.yaml", WRONG)
    write("d.yaml")
    Path("e.yaml").symlink_to("gone.yaml")
    code, lines = concise(capsys, "a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml")
    assert code == Code.FAILED
    assert [line.split(":")[0] for line in lines[:-1] if "warning" not in line and "note" not in line] == [
        "a.yaml", "b.yaml", "c.yaml", "e.yaml"
    ]  # fmt: skip
    assert lines[-1].startswith("1 of 5 files passes · 3 errors")
    assert lines[-1].endswith("1 unreadable")


def test_what_cannot_be_read_weighs_more_than_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = concise(capsys, write("a.yaml", WRONG), "nowhere.yaml")
    assert code == Code.FAILED
    assert "nowhere.yaml: cannot be read: there is no such file" in lines


def test_a_file_named_twice_is_checked_once() -> None:
    write("a.yaml")
    Path("link.yaml").symlink_to("a.yaml")
    absolute = str(Path("a.yaml").resolve())
    assert gather(["a.yaml", "./a.yaml", "link.yaml", absolute, "*.yaml", "."]) == {"a.yaml": ""}


def test_a_directory_is_searched_for_scenarios_without_hidden_folders_and_other_files() -> None:
    for name in ("cases/b.yaml", "cases/a.yml", "cases/deep/c.yaml", "cases/.git/d.yaml", "cases/e.txt"):
        write(name)
    assert list(gather(["cases"])) == ["cases/a.yml", "cases/b.yaml", "cases/deep/c.yaml"]


def test_links_that_go_round_in_a_circle_are_no_trap() -> None:
    write("cases/a.yaml")
    Path("cases/again").symlink_to(Path("cases").resolve())
    Path("cases/self.yaml").symlink_to("self.yaml")
    assert list(gather(["cases"])) == ["cases/a.yaml"]
    assert list(gather(["**/*.yaml"])) == ["cases/a.yaml"]


def test_a_link_to_itself_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("self.yaml").symlink_to("self.yaml")
    code, lines = concise(capsys, "self.yaml")
    assert (code, lines[0]) == (Code.FAILED, "self.yaml: cannot be read: too many levels of symbolic links")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.yaml", ["a.yaml", "b.yaml"]),
        ("?.yaml", ["a.yaml", "b.yaml"]),
        ("[!b].yaml", ["a.yaml"]),
        ("[a-c].yaml", ["a.yaml", "b.yaml"]),
        ("*/*.yaml", ["x/c.yaml"]),
        ("**/*.yaml", ["a.yaml", "b.yaml", "x/c.yaml", "x/y/d.yaml"]),
        ("x/**", ["x/c.yaml", "x/y/d.yaml"]),
        ("x/*/d.y*ml", ["x/y/d.yaml"]),
    ],
)
def test_a_pattern_that_the_shell_left_alone_is_matched(pattern: str, found: list[str]) -> None:
    for name in ("a.yaml", "b.yaml", "x/c.yaml", "x/y/d.yaml"):
        write(name)
    assert list(gather([pattern])) == found


def test_a_pattern_from_the_root_of_the_disk_is_shown_from_here() -> None:
    write("x/a.yaml")
    assert list(gather([f"{Path.cwd()}/x/*.yaml"])) == ["x/a.yaml"]


def test_a_pattern_or_directory_without_a_file_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    code, lines = concise(capsys, "none-*.yaml", "empty", write("a.yaml"))
    assert code == Code.FAILED
    assert "none-*.yaml: cannot be read: no file matches" in lines
    assert "empty: cannot be read: the directory holds no .yaml or .yml file" in lines


def test_a_file_that_vanishes_or_may_not_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = concise(capsys, "x" * 300)
    assert code == Code.FAILED
    assert lines[0].endswith(": cannot be read: file name too long")


def test_standard_input_is_checked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    code, lines = concise(capsys, "-")
    assert (code, lines[0]) == (Code.INVALID, "<stdin>:3:1: error BPO003: 'mnths' is not a field of a scenario")
    assert run(["check", "-", "-"]) == Code.USAGE


CASES = """\
cases:
  fine: {set: {months: 24, inflation: 2%}}
  slow: {set: {functions.care.options.manila.transition.months: 20}}
  broad: {set: {functions.care.options.manila.share: 120%}}
"""


def test_every_case_of_a_scenario_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = concise(capsys, write("a.yaml", SCENARIO + CASES))
    assert code == Code.INVALID
    assert [line for line in lines if " error " in line] == [
        "a.yaml:13:65: error BPO022: the option goes live in month 21 of 12, in case slow",
        "a.yaml:14:54: error BPO006: share is 120 %, it must be at most 100 %, in case broad",
    ]


def test_what_is_wrong_in_every_case_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = concise(capsys, write("a.yaml", SCENARIO.replace("fte: 10", "fte: -10") + CASES))
    assert sum("fte is -10" in line for line in lines) == 1


def test_overrides_are_made_in_every_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = concise(capsys, write("a.yaml"), write("b.yaml"), "--set", "months=0")
    assert code == Code.INVALID
    assert sum("months is 0, it must be from 1 to" in line for line in lines) == 2
    assert run(["check", "a.yaml", "--set", "months"]) == Code.USAGE


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_without_leave_to_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path(write("a.yaml")).chmod(0)
    code, lines = concise(capsys, "a.yaml")
    assert (code, lines[0]) == (Code.FAILED, "a.yaml: cannot be read: permission denied")


def test_the_scenarios_of_the_project_are_valid(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(Path(__file__).parent.parent / "scenarios", "scenarios")
    assert run(["check", "scenarios"]) == Code.FINE, capsys.readouterr().out
