"""What `bpocalc check` writes in every format, compared with tests/golden/check; after a change read what changed:

BPOCALC_UPDATE=1 python -m pytest tests/test_check_formats.py
"""

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from bpocalc import __version__
from bpocalc.cli.app import run
from bpocalc.cli.check import FORMATS
from bpocalc.cli.exit import Code
from bpocalc.lints.registry import RULES
from bpocalc.problems import CATALOGUE

GOLDEN = Path(__file__).parent / "golden" / "check"
SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))
SUFFIX = {
    "text": "txt", "concise": "concise.txt", "json": "json", "github": "github.txt", "sarif": "sarif", "junit": "xml",
    "markdown": "md",
}  # fmt: skip
FILES = ["fine.yaml", "poor.yaml", "wrong.yaml", "gone.yaml"]
GATE = ["--fail-if", "care.manila.npv_saving > 1_000_000"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in GOLDEN.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    run(["check", *(args or FILES)])
    return capsys.readouterr().out


def sarif(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    return json.loads(shown(capsys, *(args or FILES), "-f", "sarif"))["runs"][0]


def steady(text: str) -> str:
    """A report without what changes with every version or new code: the version, and the rules that are known."""
    return re.sub(r'"rules":\[.*?\]\}\},"column', '"rules":[]}},"column', text).replace(f'"{__version__}"', '"VERSION"')


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_shows_what_its_golden_file_shows(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = steady(shown(capsys, *FILES, *GATE, "-f", name))
    expected = GOLDEN / f"check.{SUFFIX[name]}"
    if os.environ.get("BPOCALC_UPDATE"):
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text("utf-8")


def test_all_formats_tell_the_same_findings(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, *FILES, "-f", "json"))
    findings = [f for file in told["files"] for f in file["findings"]]
    open_ones = [f for f in findings if not f["accepted"]]
    assert len(sarif(capsys)["results"]) == len(findings)
    concise = shown(capsys, *FILES, "-f", "concise")
    assert sum(": cannot be read: " in line for line in concise.splitlines()) == 1
    assert len(concise.splitlines()) == len(open_ones) + 2
    annotations = [line for line in shown(capsys, *FILES, "-f", "github").splitlines() if line.startswith("::")]
    assert len(annotations) == len(open_ones) + 1
    markdown = shown(capsys, *FILES, "-f", "markdown")
    assert {f["code"] for f in open_ones if f["code"] not in markdown} - {"BPO192"} == set()


def test_sarif_meets_the_official_schema(capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(shown(capsys, *FILES, *GATE, "-f", "sarif"))
    Draft7Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []


def test_sarif_of_nothing_wrong_meets_the_schema_too(capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(shown(capsys, "fine.yaml", "-f", "sarif"))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []
    assert log["runs"][0]["invocations"] == [{"executionSuccessful": True}]


def test_sarif_describes_every_code_and_what_is_accepted_is_suppressed(capsys: pytest.CaptureFixture[str]) -> None:
    made = sarif(capsys)
    known = {rule["id"] for rule in made["tool"]["driver"]["rules"]}
    assert known == {rule.code for rule in RULES} | CATALOGUE.keys() | {"BPO191", "BPO192"}
    assert {result["ruleId"] for result in made["results"]} <= known
    reasons = {s["justification"] for result in made["results"] for s in result.get("suppressions", ())}
    assert reasons == {'a small case, "as is" & <no more>'}
    assert made["invocations"] == [{"executionSuccessful": False}]


def test_sarif_names_files_as_a_uri(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a case#1.yaml").write_text(Path("wrong.yaml").read_text())
    (uri,) = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(capsys, "a case#1.yaml")["results"]
    }
    assert uri == "a%20case%231.yaml"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_told_in_every_format(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    Path(name).write_text(Path("wrong.yaml").read_text())
    for format_ in FORMATS:
        assert run(["check", name, "-f", format_]) == Code.INVALID
        assert b"BPO003" in capsysbinary.readouterr().out


def test_junit_has_a_test_for_each_file_and_each_expectation(capsys: pytest.CaptureFixture[str]) -> None:
    suites = ElementTree.fromstring(shown(capsys, *FILES, "-f", "junit"))
    found = {
        f"{case.get('classname')}: {case.get('name')}": [child.tag for child in case if child.tag != "system-out"]
        for case in suites.iter("testcase")
    }
    assert found == {
        "fine.yaml: scenario": [],
        "fine.yaml: care.manila.total_saving >= 250_000": [],
        "fine.yaml: care.manila.payback_cash <= 24": [],
        "poor.yaml: scenario": [],
        "poor.yaml: care.manila.saving_share >= 90%": ["failure"],
        "poor.yaml: care.manila.npv_saving >= 0 [dear]": ["failure"],
        "wrong.yaml: scenario": ["failure"],
        "gone.yaml: scenario": ["error"],
    }
    assert [suite.attrib for suite in suites][1] == {
        "name": "poor.yaml", "tests": "3", "failures": "2", "errors": "0"
    }  # fmt: skip


def test_warnings_fail_in_junit_too_when_the_check_is_strict(capsys: pytest.CaptureFixture[str]) -> None:
    suites = ElementTree.fromstring(shown(capsys, "poor.yaml", "--strict", "-f", "junit"))
    (scenario,) = [case for case in suites.iter("testcase") if case.get("name") == "scenario"]
    assert [child.tag for child in scenario] == ["failure", "system-out"]


def test_a_control_character_in_a_file_does_no_harm_to_xml_or_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    Path("odd.yaml").write_text('title: "\\x01\\nsecond line"\ncurrency: "U\\x02\\r\\nD"\n')
    assert ElementTree.fromstring(shown(capsys, "odd.yaml", "-f", "junit")).tag == "testsuites"
    lines = shown(capsys, "odd.yaml", "-f", "github").splitlines()
    assert all(line.startswith("::") for line in lines[:-1])


def test_several_reports_are_written_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["check", *FILES, "-o", "out.sarif", "-o", "out.xml", "-o", "out.json", "-o", "out.md", "-o", "out.txt"])
    captured = capsys.readouterr()
    assert code == Code.FAILED
    assert captured.err == "wrote out.sarif, out.xml, out.json, out.md, out.txt\n"
    for name, path in (("sarif", "out.sarif"), ("junit", "out.xml"), ("json", "out.json"), ("text", "out.txt")):
        assert Path(path).read_text("utf-8") == shown(capsys, *FILES, "-f", name)
    assert captured.out == Path("out.txt").read_text("utf-8")


def test_a_report_takes_its_format_from_the_suffix_and_else_from_the_option(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", "fine.yaml", "-f", "concise", "-o", "out.json", "-o", "out.log"]) == Code.FINE
    assert json.loads(Path("out.json").read_text())["format"] == "bpocalc.check"
    assert Path("out.log").read_text("utf-8") == "1 file passes · 6 accepted · 2 of 2 expectations hold\n"
    capsys.readouterr()
    assert run(["check", "fine.yaml", "-o", "out.log"]) == Code.USAGE
    assert "no format goes with 'out.log'" in capsys.readouterr().err


def test_a_scenario_is_never_overwritten_by_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("fine.yaml").read_bytes()
    assert run(["check", "fine.yaml", "-f", "text", "-o", "fine.yaml"]) == Code.USAGE
    assert Path("fine.yaml").read_bytes() == before


def test_the_closing_line_goes_to_stderr_beside_a_format_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "fine.yaml", "-f", "json"])
    assert capsys.readouterr().err == "1 file passes · 6 accepted · 2 of 2 expectations hold\n"


def test_annotations_are_chosen_under_github_actions_and_a_summary_is_appended(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("summary.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert run(["check", "wrong.yaml"]) == Code.INVALID
    assert capsys.readouterr().out.startswith("::error file=wrong.yaml,line=3,col=1,endColumn=6,title=BPO003::")
    summary = Path("summary.md").read_text("utf-8")
    assert summary.startswith("before\n## bpocalc check\n")
    assert summary.endswith("1 file fails · 3 errors\n")
    run(["check", "wrong.yaml", "-f", "text"])
    assert Path("summary.md").read_text("utf-8") == summary


def test_a_summary_that_cannot_be_written_fails_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "nowhere/summary.md")
    assert run(["check", "fine.yaml", "-f", "github"]) == Code.FINE
    assert "cannot append to GITHUB_STEP_SUMMARY: No such file or directory" in capsys.readouterr().err


def test_a_summary_that_is_too_long_is_cut(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpocalc.cli.reports.MOST_SUMMARY", 200)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    run(["check", "poor.yaml", "-f", "github"])
    summary = Path("summary.md").read_text("utf-8")
    assert len(summary) < 300
    assert summary.endswith("\n\nThere is more than can be shown here.\n")


def test_the_same_files_give_the_same_bytes_and_no_absolute_path(capsys: pytest.CaptureFixture[str]) -> None:
    for name in FORMATS:
        first = shown(capsys, *FILES, "-f", name)
        assert first == shown(capsys, *FILES, "-f", name)
        assert first == shown(capsys, *(str(Path.cwd() / path) for path in FILES), "-f", name)
        assert not re.search(r"/tmp|/home", first)
