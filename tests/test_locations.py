"""`bpocalc locations`: what is listed, found and refused, in every format; and what reading the figures costs.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_locations.py` writes them anew.
"""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bpocalc.cli.app import run
from bpocalc.cli.exit import Code
from bpocalc.locations import location_keys, read_location
from bpocalc.locations.listing import age, entries, number, search, wage_of

GOLDEN = Path(__file__).parent / "golden"


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["locations", *args]) == Code.FINE
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = run(["locations", *args])
    out, err = capsys.readouterr()
    assert out == ""
    return code, err


@pytest.mark.parametrize(
    ("name", "columns", "args"),
    [
        ("locations.txt", "", ()),
        ("locations.40.txt", "40", ("PH",)),
        ("locations.80.txt", "80", ("PH",)),
        ("locations.200.txt", "200", ("PH",)),
        ("locations.role.txt", "80", ("--role", "customer_service_rep")),
        ("locations.sources.txt", "80", ("PH", "--sources")),
        ("locations.md", "", ("MY", "-f", "markdown")),
        ("locations.csv", "", ("MY", "-f", "csv")),
        ("locations.json", "", ("MY", "-f", "json")),
        ("locations.sources.csv", "", ("MY", "--sources", "-f", "csv")),
    ],
)
def test_the_list_is_what_the_golden_file_holds(
    name: str, columns: str, args: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    made = shown(capsys, *args)
    if os.environ.get("BPOCALC_UPDATE") == "1":
        (GOLDEN / name).write_text(made, encoding="utf-8")
    assert made == (GOLDEN / name).read_text(encoding="utf-8")
    if columns:
        assert max(map(len, made.splitlines())) <= int(columns)


def test_a_location_is_found_by_its_key_or_a_part_of_its_name() -> None:
    assert (search("ph"), search("PHIL"), search("united")) == (["PH"], ["PH"], ["GB", "US"])
    assert search("atlantis") == []


def test_every_location_is_shown_with_all_its_figures_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(capsys, "-f", "csv"))))
    made = json.loads(shown(capsys, "-f", "json"))
    figures = {
        (place["key"], f["section"], f["name"]): f["value"] for place in made["locations"] for f in place["figures"]
    }
    assert {(row["location"], row["section"], row["name"]): float(row["value"]) for row in rows} == figures
    assert len(figures) == sum(1 for key in location_keys() for _ in entries(key))
    assert made["edition"] == "2026.11"
    assert {f["source"] for place in made["locations"] for f in place["figures"]} == made["sources"].keys()
    text = shown(capsys, "US")
    assert all(entry.name in text for entry in entries("US"))


def test_a_file_takes_its_format_from_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "PH", "-o", str(tmp_path / "ph.md")) == ""
    assert (tmp_path / "ph.md").read_text(encoding="utf-8").startswith("# Philippines\n")


def test_a_role_without_a_citable_wage_is_refused_with_the_lines_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "IN", "--role", "accountant") == (
        Code.INVALID,
        "bpocalc: there is no citable wage for accountant in India. Write your own into the scenario, an hour's pay:\n"
        "locations:\n"
        '  IN: {wages: {accountant: {value: … INR, source: "…", as_of: 2026-11}}}\n',
    )


def test_a_location_without_figures_is_refused_with_the_lines_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = refused(capsys, "Polland")
    assert code == Code.USAGE
    assert said.startswith("bpocalc: there are no figures for 'Polland'. did you mean 'PL'? Write your own into")
    assert said.endswith(
        "locations:\n"
        '  XX: {title: Polland, burden: {value: …, source: "…", as_of: 2026-11}, '
        'wages: {accountant: {value: …, source: "…", as_of: 2026-11}}}\n'
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--role", "acountant"), "bpocalc: 'acountant' is no known role: did you mean 'accountant'?\n"),
        (("--sources", "--role", "buyer"), "bpocalc: --sources lists publications: leave --role out\n"),
        (("-f", "jsn"), "bpocalc: --format 'jsn' is not known: did you mean 'json'?\n"),
    ],
)
def test_a_wrong_command_line_says_what_to_write(
    args: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, *args) == (Code.USAGE, said)


def test_an_age_counts_from_the_end_of_a_period_to_the_edition() -> None:
    assert [age(text) for text in ("2026-11", "2025-12", "2025", "2026-10-30")] == [0, 11, 11, 1]


def test_figures_are_read_as_they_are_written() -> None:
    assert [number(text) for text in ("6.2%", "184_500", 22.4, "5_101.20")] == [0.062, 184_500, 22.4, 5_101.2]


@pytest.mark.parametrize("key", sorted(location_keys()))
def test_what_is_listed_is_what_a_team_gets(key: str) -> None:
    listed = {entry.name: entry for entry in entries(key) if entry.section == "wages"}
    taken = read_location(key).wages
    assert listed.keys() == taken.keys()
    for role, term in taken.items():
        amount, _, unit = term.node["value"].partition(" ")
        assert number(amount) == listed[role].value
        assert unit in (listed[role].unit, listed[role].unit.removesuffix("/hour"))
        entry = wage_of(key, role)
        assert entry is not None
        assert entry.grade == term.node["grade"]


# What reading costs

PLAIN = """title: No place
currency: USD
months: 12
discount_rate: 0%
functions:
  care:
    in_house: {teams: {t: {fte: 10, salary: 40_000}}}
    options: {improved: {in_house: {teams: {t: {fte: 9}}}}}
"""


@pytest.mark.parametrize(
    ("text", "times"), [(PLAIN, 0), (PLAIN.replace("in_house: {teams", "in_house: {location: US, teams", 1), 1)]
)
def test_the_figures_are_read_once_and_only_for_a_scenario_that_names_a_location(
    text: str, times: int, tmp_path: Path
) -> None:
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    code = (
        "import sys\nread = []\n"
        "sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == 'open' else None)\n"
        "from bpocalc.cli.app import run\nrun(sys.argv[1:])\n"
        "there = [name.rpartition('bpocalc/locations/')[2] for name in read if 'bpocalc/locations/' in name]\n"
        "print([name for name in there if name.endswith(('.json', '.yaml')) and '/' not in name], file=sys.stderr)\n"
        "print([name for name in sys.modules if name.startswith('bpocalc.locations.')], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "compare", str(tmp_path / "case.yaml")],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    *_, files, modules = done.stderr.splitlines()
    assert (files, modules) == (str(["reference.json"] * times), "[]")
