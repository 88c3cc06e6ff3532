"""The schemas take what the program takes and writes, and refuse the usual mistakes; completion in shells."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpocalc.cli import main
from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.document import read
from bpocalc.scenario.pricing import PerUnit
from bpocalc.schema import rendered, result, scenario
from bpocalc.schema.described import all_docs

jsonschema: Any = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parent.parent
VALID = [*sorted((ROOT / "scenarios").glob("*.yaml")), *sorted((ROOT / "tests" / "golden").glob("*.yaml"))]
VALID += [ROOT / "tests" / "reference_case.yaml", *sorted((ROOT / "tests" / "cases").rglob("*.yaml"))]
SCHEMA = scenario.schema()
SCENARIO = jsonschema.Draft7Validator(SCHEMA)
MODELINE = "# yaml-language-server: $schema=scenario.schema.json\n"


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `44_000` is a text, and keys are texts."""


Core.yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def as_json(node: Any) -> Any:
    """A value with texts for keys."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    return [as_json(item) for item in node] if isinstance(node, list) else node


def in_editor(text: str) -> Any:
    return as_json(yaml.load(text, Core))


def wrong(document: Any) -> list[str]:
    """Where a document does not fit the schema, each place with what is said of it."""
    found = []
    for error in SCENARIO.iter_errors(document):
        while error.context:
            error = max(error.context, key=lambda inner: len(inner.absolute_path))
        found.append(f"{'.'.join(map(str, error.absolute_path))}: {error.message}")
    return found


def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in VALID}


@pytest.mark.parametrize(("name", "text"), texts().items(), ids=texts())
def test_a_valid_scenario_fits_as_an_editor_reads_it_and_as_the_program_does(name: str, text: str) -> None:
    for document in (in_editor(text), as_json(read(text, name)[0])):
        document.pop("expected", None)  # what the cases of the tests are held against
        assert wrong(document) == []


def test_the_pieces_of_the_scenario_language_fit() -> None:
    pieces = re.findall(r"^```yaml ?\S*\n(.*?)^```$", (ROOT / "docs" / "scenario.md").read_text("utf-8"), re.M | re.S)
    whole = in_editor(pieces[0])
    for piece in map(in_editor, pieces[1:]):
        if isinstance(piece, dict) and piece.keys() <= SCHEMA["properties"].keys() - {"functions"}:
            assert wrong({**whole, **piece}) == []


SMALL = """title: a desk
currency: USD
months: 24
discount_rate: {value: 8%, source: treasury, timing: mid}
fx: {PHP: {value: 0.017, drift: 1%}, EUR: 1.1}
functions:
  desk:
    process: customer_support
    demand: {volume: 4_000, per: month, unit: call, growth: 2%}
    in_house:
      burden: {social: {rate: 12%, up_to: 60_000}}
      teams:
        agents: {handling_time: 8.5 min, salary: {1: 40_000, 3: {value: 42_000, low: 41_000, high: 44_000}}}
        leads: {one_per: {agents: 12}, whole: true, wage: 280 PHP/hour}
      quality: {error_rate: 2%, cost_per_error: 11}
    options:
      better: {in_house: {teams: {agents: {handling_time: 7 min}, leads: null}}}
      manila:
        location: PH
        charges: {calls: {kind: per_unit, price: 3.10, indexation: {rate: 4%}}}
        quality: same
        risks: {}
      quick: {location: PH, price: 2_400, per: fte_month, quality: {error_rate: 3%}}
qualitative: {control: {weight: 2, in_house: 4, better: 4, manila: 3, quick: 3}}
cases: {bad: {set: {functions.desk.options.manila.share: 80%}, expect: [desk.manila.npv_saving > 0]}}
expect: [desk.manila.saving_share >= 15%, {that: desk.manila.payback_cash <= 24, why: the board, severity: warn}]
"""


def test_every_form_of_writing_fits() -> None:
    assert wrong(in_editor(SMALL)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months: 24", "moths: 24"),
        ("months: 24", "months: 0"),
        ("months: 24", "months: a year"),
        ("currency: USD", "currency: usd"),
        ("title: a desk\n", ""),
        ("timing: mid", "timing: middle"),
        ("process: customer_support", "process: customer_suport"),
        ("per: month, unit", "per: weekly, unit"),
        ("growth: 2%", "growth: 2"),
        ("growth: 2%", "growth: two"),
        ("handling_time: 8.5 min", "handling_time: 8.5"),
        ("handling_time: 8.5 min", "handling_time: '12:30'"),
        ("salary: {1:", "salary: {0:"),
        ("low: 41_000", "lo: 41_000"),
        ("40_000", "'40,000'"),
        ("40_000", "-40_000"),
        ("whole: true", "whole: yes"),
        ("rate: 12%, up_to", "rate: 12%, upto"),
        ("agents: {handling_time: 8.5 min", "Agents: {handling_time: 8.5 min"),
        ("one_per: {agents: 12}", "one_per: 12"),
        ("kind: per_unit", "kind: per_call"),
        ("kind: per_unit, ", ""),
        ("kind: per_unit, price: 3.10", "kind: per_unit"),
        ("indexation: {rate: 4%}", "indexation: 4%"),
        ("quality: same", "quality: equal"),
        ("location: PH, price", "price"),
        ("price: 2_400, per: fte_month", "price: 2_400"),
        ("price: 2_400, per: fte_month", "price: 2_400, per: head"),
        ("quality: {error_rate: 3%}", "quality: {eror_rate: 3%}"),
        ("{in_house: {teams", "{in_house: {tems"),
        ("weight: 2, ", ""),
        ("{set: {functions", "{sets: {functions"),
        ("saving_share >= 15%", "saving_share at least 15%"),
        ("severity: warn", "severity: warning"),
        ("EUR: 1.1", "euro: 1.1"),
    ],
)
def test_a_usual_mistake_is_refused(old: str, new: str) -> None:
    assert old in SMALL
    assert wrong(in_editor(SMALL.replace(old, new, 1))) != []


def test_every_field_has_its_description_and_every_figure_its_unit() -> None:
    team = SCHEMA["definitions"]["Team"]["properties"]
    assert team["wage"]["description"].startswith("Gross pay for a paid hour. A figure in money/hour, at least 0")
    assert "If missing: 0" in team["attrition"]["description"]
    bare = {
        f"{name}.{field}"
        for name, part in SCHEMA["definitions"].items()
        for field, about in part.get("properties", {}).items()
        if not about.get("description")
    }
    assert bare <= {"Charge.kind", *(name for name in bare if name.endswith(".kind"))}


def test_the_schema_is_a_schema_that_names_itself() -> None:
    for made in (SCHEMA, result.schema()):
        jsonschema.Draft7Validator.check_schema(made)
        assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
        assert re.fullmatch(r"urn:bpocalc:\w+:\d+", made["$id"])


def test_every_shipped_scenario_points_at_the_schema_beside_it() -> None:
    shipped = (ROOT / "scenarios").glob("*.yaml")
    assert [path.name for path in shipped if not path.read_text("utf-8").startswith(MODELINE)] == []
    assert (ROOT / "scenarios" / "scenario.schema.json").read_text("utf-8") == rendered(SCHEMA)


def closed(schema: Any) -> Any:
    """A schema in which nothing may stand that it does not describe."""
    if isinstance(schema, dict):
        made = {key: closed(value) for key, value in schema.items()}
        open_ = made.get("type") == "object" and "properties" in made and "additionalProperties" not in made
        return made | ({"additionalProperties": False} if open_ else {})
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


def comparisons() -> Iterator[Any]:
    for path in ("customer-support", "accounts-payable", "shared-services"):
        for more in ([], ["--volume", "70%,130%"], *([["--all-cases"]] if path == "shared-services" else [])):
            yield pytest.param([f"scenarios/{path}.yaml", *more], id=" ".join([path, *more]))


@pytest.mark.parametrize("args", list(comparisons()))
def test_the_result_holds_what_its_schema_says_and_nothing_else(
    args: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    schema = closed(copy.deepcopy(result.schema()))
    schema["anyOf"] = schema["anyOf"][:1]  # one object, so that what is wrong is told
    assert run(["compare", *args, "-f", "json"]) == Code.FINE
    made = json.loads(capsys.readouterr().out)
    made["facts"] = made["facts"][:50]
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(made)] == []


def test_the_schemas_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == Code.FINE
    assert capsys.readouterr().out == rendered(SCHEMA)
    assert run(["schema", "result", "-o", str(tmp_path / "result.json")]) == Code.FINE
    assert (tmp_path / "result.json").read_text("utf-8") == rendered(result.schema())
    assert run(["schema", "results"]) == Code.USAGE
    assert "bpocalc: WHAT 'results' is not known: did you mean 'result'?" in capsys.readouterr().err


def test_a_field_of_a_base_is_described_too() -> None:
    assert {"kind", "price", "minimum"} <= all_docs(PerUnit).keys()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script_for_completion(
    shell: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_BPOCALC_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == Code.FINE
    assert "bpocalc" in capsys.readouterr().out


def test_a_shell_is_told_what_may_come_next(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, answer in (("bpocalc ", "compare"), ("bpocalc compare --s", "--set")):
        monkeypatch.setenv("_BPOCALC_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
        with pytest.raises(SystemExit):
            main([])
        assert answer in capsys.readouterr().out.split()
