"""What docs/ci.md and .pre-commit-hooks.yaml hand out for continuous integration: it is YAML, and its commands run."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpocalc.cli.app import run
from bpocalc.cli.check import FORMATS
from bpocalc.cli.exit import Code
from bpocalc.cli.run_check import SUFFIXES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
SNIPPETS = re.findall(r"^```yaml workflow\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def texts(node: Any) -> Iterator[str]:
    """Every text within a document."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from texts(item)
    elif isinstance(node, str):
        yield node


def test_there_is_a_snippet_for_each_system() -> None:
    assert len(SNIPPETS) == 3
    assert all(isinstance(yaml.safe_load(snippet), dict) for snippet in SNIPPETS)


def test_the_commands_of_the_snippets_pass_on_the_scenarios_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    found = [text for snippet in SNIPPETS for text in texts(yaml.safe_load(snippet)) if text.startswith("bpocalc ")]
    assert len(found) == 2
    assert [run(shlex.split(command)[1:]) for command in found] == [Code.FINE, Code.FINE]


def test_the_hook_of_the_snippet_is_one_that_there_is() -> None:
    (used,) = yaml.safe_load(SNIPPETS[2])["repos"][0]["hooks"]
    assert used["id"] in {hook["id"] for hook in HOOKS}


def test_a_hook_runs_a_command_on_the_files_that_are_handed_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    (hook,) = HOOKS
    assert run([*shlex.split(hook["entry"])[1:], "scenarios/minimal.yaml", "scenarios/payroll-hr.yaml"]) == Code.FINE


def test_every_format_and_suffix_is_in_the_table() -> None:
    assert {name for name in FORMATS if f"| `{name}` |" not in PAGE} == set()
    assert {suffix for suffix in SUFFIXES if f"`{suffix}`" not in PAGE} - {".markdown"} == set()
