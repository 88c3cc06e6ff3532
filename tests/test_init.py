"""Templates: complete, valid, judged without a warning, and never written over a file."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.cli.init import TEMPLATES
from bpocalc.cli.run_init import text_of
from bpocalc.comparison import compare
from bpocalc.expectations import judge
from bpocalc.model.run import run as run_model
from bpocalc.scenario.loading import load_text
from bpocalc.schema.scenario import schema

FOLDER = Path(__file__).parent.parent / "src" / "bpocalc" / "templates"


def test_every_template_is_listed_with_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*TEMPLATES}
    assert run(["init", "--list"]) == Code.FINE
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*TEMPLATES]
    assert all(len(line.split()) > 5 and line.endswith((".", "?")) for line in lines)


def test_the_list_fits_a_narrow_screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["init", "--list"]) == Code.FINE
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 40


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_passes_check_without_a_warning(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(FOLDER / f"{template}.yaml"), "--strict"]) == Code.FINE
    assert "warning" not in capsys.readouterr().out


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_template_expects_holds(template: str) -> None:
    judgement = judge(compare(run_model(load_text(text_of(template).encode(), f"{template}.yaml"))))
    assert judgement.problems == []
    assert judgement.judged
    assert {judged.verdict for judged in judgement.judged} == {"pass"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_points_at_the_schema_and_fits_it(template: str) -> None:
    jsonschema: Any = pytest.importorskip("jsonschema")
    assert text_of(template).startswith("# yaml-language-server: $schema=scenario.schema.json\n# ")
    document = yaml.safe_load(text_of(template))
    for charge in _maps(document):
        for key in [key for key in charge if isinstance(key, int)]:
            charge[str(key)] = charge.pop(key)
    assert [error.message for error in jsonschema.Draft7Validator(schema()).iter_errors(document)] == []


def _maps(node: Any) -> list[dict[Any, Any]]:
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return [*([node] if isinstance(node, dict) else []), *(found for item in below for found in _maps(item))]


def test_a_template_is_printed_or_written_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "payroll"]) == Code.FINE
    assert capsys.readouterr().out == text_of("payroll")
    target = tmp_path / "case.yaml"
    assert run(["init", "-o", str(target)]) == Code.FINE
    assert target.read_text("utf-8") == text_of("minimal")
    assert capsys.readouterr().err == f"wrote {target}\nnext: bpocalc compare {target}\n"
    assert run(["compare", str(target)]) == Code.FINE


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_what_exists_is_never_overwritten(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "case.yaml"
    if kind == "file":
        target.write_text("mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "gone.yaml")
    assert run(["init", "payroll", "-o", str(target)]) == Code.FAILED
    assert capsys.readouterr().err == f"bpocalc: {target} exists: init never overwrites a file\n"
    assert target.is_symlink() or target.is_dir() or target.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_an_unknown_template_is_told_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "pyroll"]) == Code.USAGE
    assert capsys.readouterr().err == "bpocalc: TEMPLATE 'pyroll' is not known: did you mean 'payroll'?\n"
