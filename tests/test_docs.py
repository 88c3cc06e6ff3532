"""The documentation says what the program does: generated parts are fresh, commands run, pieces load, links lead on.

What the program itself writes into the documentation is refreshed by either of

    python docs/generate.py
    BPOCALC_UPDATE=1 python -m pytest tests/test_docs.py
"""

import gc
import importlib.util
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.main import get_command

from bpocalc.cli.app import application, run
from bpocalc.cli.compare import FORMATS, READINGS
from bpocalc.cli.exit import Code
from bpocalc.cli.run_compare import SUFFIXES
from bpocalc.comparison import compare
from bpocalc.expectations import judge
from bpocalc.locations import location_keys, roles
from bpocalc.model.run import run as run_model
from bpocalc.problems import CATALOGUE
from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.parts import Part
from bpocalc.tables import tables
from bpocalc.words import WORDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
REFRESH = "refresh it with: BPOCALC_UPDATE=1 python -m pytest tests/test_docs.py"
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def generator() -> ModuleType:
    """The script docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = generator()


@pytest.fixture(autouse=True)
def _plain_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No colour and no width from outside; the garbage collector as it was, which a command turns off."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
    gc.enable()


def commands() -> list[Any]:
    """Every `bpocalc …` line of the fenced sh blocks, with the page it stands on."""
    found = []
    for page in PAGES:
        for language, block in FENCE.findall(page.read_text("utf-8")):
            lines = block.replace("\\\n", " ").splitlines() if language == "sh" else []
            found += [pytest.param(line, id=f"{page.name}: {line}") for line in lines if line.startswith("bpocalc ")]
    return found


def sections() -> list[type[Part]]:
    """Every part that the scenario is made of."""
    waiting, found = [Part], []
    while waiting:
        waiting += (part := waiting.pop()).__subclasses__()
        found.append(part)
    return [part for part in found if part is not Part and part.__module__.startswith("bpocalc.")]


def result_of(scenario: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What `compare -f json` says of a scenario."""
    monkeypatch.chdir(ROOT)
    assert run(["compare", f"scenarios/{scenario}", "-f", "json"]) == Code.FINE
    return json.loads(capsys.readouterr().out)


def test_the_generated_parts_are_fresh() -> None:
    if os.environ.get("BPOCALC_UPDATE"):
        GENERATE.update()
    assert [str(page.relative_to(ROOT)) for page in GENERATE.stale()] == [], REFRESH


def test_the_check_of_the_generator_tells_a_stale_page_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- generated: begin exit-codes -->\nyesterday\n<!-- generated: end -->\n")
    monkeypatch.setattr(GENERATE, "ROOT", tmp_path)
    monkeypatch.setattr(GENERATE, "PAGES", [page])
    assert GENERATE.main(["--check"]) == 1
    assert "page.md: stale" in capsys.readouterr().out
    assert "yesterday" in page.read_text()
    assert GENERATE.main([]) == 0
    assert "yesterday" not in page.read_text()
    assert GENERATE.main(["--check"]) == 0


def test_every_part_that_can_be_generated_is_used_once() -> None:
    names = [name for page in PAGES for _, name, _ in GENERATE.BLOCK.findall(page.read_text("utf-8"))]
    assert sorted(names) == sorted(GENERATE.PARTS)


def test_every_field_of_the_scenario_has_a_docstring() -> None:
    bare = {
        f"{part.__name__}.{name}" for part in sections() for name, text in GENERATE.field_docs(part).items() if not text
    }
    assert {name for name in bare if not name.endswith(".kind")} == set()


def test_every_section_of_the_scenario_is_in_the_reference() -> None:
    assert {part.__name__ for part in sections()} == {section.part.__name__ for section in GENERATE.sections()}


def test_every_line_of_the_model_says_what_it_is() -> None:
    functions = [function for module in GENERATE.line_modules() for function in GENERATE.lines_in(module)]
    assert len(functions) > 100
    assert [function.name for function in functions if not function.label] == []


def test_lines_are_told_apart_by_their_labels() -> None:
    labels = [function.label for module in GENERATE.line_modules() for function in GENERATE.lines_in(module)]
    assert sorted(labels) == sorted(set(labels))


def test_the_pieces_of_the_scenario_language_make_one_valid_case() -> None:
    loaded = GENERATE.sample()
    assert loaded.warnings == []
    compared = compare(run_model(loaded))
    assert all(result.metrics["total_cost"].figure > 0 for result in compared.functions["care"].results.values())


def test_what_the_pieces_expect_of_the_case_holds() -> None:
    judgement = judge(compare(run_model(GENERATE.sample())))
    assert judgement.problems == []
    assert {judged.verdict for judged in judgement.judged} == {"pass"}


def test_each_kind_of_charge_is_shown_in_a_case() -> None:
    kinds = {GENERATE.heading_of(part).removeprefix("Charge ") for part in sections() if "kind" in fields_of(part)}
    assert {kind for kind in kinds if f"`{kind}`" not in text_of("docs/scenario.md")} == set()


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_documentation_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(command, comments=True)[1:]) == Code.FINE, capsys.readouterr().err


def test_the_picture_in_the_readme_is_what_the_command_prints() -> None:
    block = next(block for _, block in FENCE.findall(text_of("README.md")) if block.startswith("$ bpocalc compare"))
    command, _, shown = block.partition("\n")
    assert shown.rstrip() == GENERATE.output_of(command.removeprefix("$ ")), REFRESH
    assert max(map(len, shown.splitlines())) <= 100


def test_the_minimal_scenario_in_the_readme_is_the_file() -> None:
    blocks = [block for language, block in FENCE.findall(text_of("README.md")) if language == "yaml"]
    assert blocks == [text_of("scenarios/minimal.yaml")], REFRESH


def test_the_readme_has_one_line_that_installs_and_compares_and_one_that_runs_the_tests() -> None:
    setups = [block for _, block in FENCE.findall(text_of("README.md")) if "pip install" in block]
    assert [len(block.splitlines()) for block in setups] == [1, 1]
    assert re.search(r"bpocalc compare (scenarios/\S+)$", setups[0])
    assert re.findall(r"^<!-- test -->\n```sh\n(.*)\n```$", text_of("README.md"), re.MULTILINE) == [setups[1].strip()]
    assert setups[1].rstrip().endswith("python -m pytest -n auto --dist loadfile")


def test_the_documentation_names_every_option_exit_code_format_and_reading() -> None:
    whole = "\n".join(page.read_text("utf-8") for page in PAGES)
    group: Any = get_command(application())
    options = {name for param in group.commands["compare"].params for name in param.opts if name.startswith("-")}
    assert "--set" in options
    assert {name for name in options if name not in whole} == set()
    assert {f"`{code.value}`" for code in Code if f"| `{code.value}` |" not in text_of("README.md")} == set()
    words = {*FORMATS, *READINGS, *SUFFIXES}
    assert {word for word in words if f"`{word}`" not in text_of("docs/results.md")} == set()


def test_the_documentation_names_every_problem_code_location_role_and_word() -> None:
    assert {code for code in CATALOGUE if f"### {code}\n" not in text_of("docs/problems.md")} == set()
    assert {x for x in {*location_keys(), *roles()} if f"`{x}`" not in text_of("docs/locations.md")} == set()
    infix = {name for name in WORDS if not name[0].isalpha()} | {"sum_of"}
    readers = {word.reader for name, word in WORDS.items() if name not in infix}
    assert {word for word in readers if f"`{word}" not in text_of("docs/model.md")} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_row_of_the_summary_is_defined(path: Path) -> None:
    compared = compare(run_model(load_text(path.read_bytes(), path.name)))
    page = text_of("docs/results.md")
    names = {
        name for group in compared.functions.values() for r in group.results.values() for name in r.stream.by_category
    }
    names |= {factor.title or key for key, factor in compared.run.loaded.scenario.qualitative.items()}
    rows = {row.label for table in tables(compared, "summary") for row in table.rows if row.label} - names
    assert {row for row in rows if not row.startswith("cost per ") and f"| {row} |" not in page} == set()


@pytest.mark.parametrize("scenario", ["customer-support.yaml", "it-service-desk.yaml"])
def test_every_key_of_the_json_is_explained(
    scenario: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = {"options", "reasons"}  # maps whose keys are names

    def keys(node: Any, above: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                if above != "best_mix.options" and above != "reasons":
                    yield key
                inside = f"{above}.{key}" if above == "best_mix" else key
                yield from keys(value, inside)
        elif isinstance(node, list):
            for item in node:
                yield from keys(item)

    page = text_of("docs/results.md")
    found = set(keys(result_of(scenario, capsys, monkeypatch)))
    assert found > free
    assert {key for key in found if f"`{key}`" not in page} == set()


def test_the_columns_of_the_csv_are_explained() -> None:
    from bpocalc.views.facts import COLUMNS

    assert {column for column in COLUMNS if f"`{column}`" not in text_of("docs/results.md")} == set()


def test_every_source_that_asks_for_a_credit_has_one_in_the_notice() -> None:
    credit = re.compile("credit|Open Government Licence|CC BY")
    sources = [about for about in GENERATE.data("sources.yaml").values() if credit.search(about["licence"])]
    assert len(sources) > 5
    assert {s["publisher"] for s in sources if s["publisher"] not in text_of("NOTICE")} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_a_page_and_a_heading_that_exist(page: Path) -> None:
    lost = []
    for target in LINK.findall(re.sub(r"`[^`]*`", "", page.read_text("utf-8"))):
        path, _, anchor = target.partition("#")
        if re.match(r"\w+:", target):
            continue
        file = (page.parent / path).resolve() if path else page
        headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE) if file.suffix == ".md" else []
        if not file.exists() or (anchor and anchor not in {GENERATE.slug(heading) for heading in headings}):
            lost.append(target)
    assert lost == []
