"""Each mistake has a file in tests/problems that makes it, and beside it the exact text that a user then reads.

A comment `# --set ADDRESS=VALUE` at the head of a file is an override, and `# --rates FILE` names a rate card. After a
change of wording write the texts again, and read what changed as a user would:

    BPOCALC_UPDATE=1 python -m pytest tests/test_problems.py
"""

import os
import re
from pathlib import Path

import pytest

from bpocalc.about import Place
from bpocalc.problems import CATALOGUE, Invalid, Problem, did_you_mean, nearest, show, show_all
from bpocalc.scenario.loading import load_text

FOLDER = Path(__file__).parent / "problems"
FILES = sorted(FOLDER.glob("*.yaml"))
SEVERAL = {"ten-mistakes": 10, "delivery-against-the-clock": 2, "set-twice-wrong": 2, "teams-in-a-circle": 2}
"""How many problems a file has; one if it is not named here."""
WORKINGS = re.compile(r"'None'|\bvalue error\b|\binput should\b|\bvalidation\b|\bliteral\b|[{[]'|unable to|<class")
"""Words of the machinery, which say nothing to the author of a scenario."""


def found_in(file: Path) -> Invalid:
    """What is wrong with a file of the folder, named as if it lay in the current directory."""
    data = file.read_bytes()
    overrides = [line[8:].decode() for line in data.splitlines() if line.startswith(b"# --set ")]
    names = [line[10:].decode() for line in data.splitlines() if line.startswith(b"# --rates ")]
    with pytest.raises(Invalid) as found:
        load_text(data, file.name, overrides, cards=[(name, (FOLDER / name).read_bytes()) for name in names])
    return found.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_gives_exactly_its_text(file: Path) -> None:
    shown = show_all(found_in(file)) + "\n"
    expected = file.with_suffix(".txt")
    if os.environ.get("BPOCALC_UPDATE"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_one_mistake_is_reported_once(file: Path) -> None:
    assert len(found_in(file).problems) == SEVERAL.get(file.stem, 1)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_problem_is_said_in_the_words_of_the_scenario(file: Path) -> None:
    said = [problem.message for problem in found_in(file).problems]
    assert [message for message in said if WORKINGS.search(message) or "\n" in message] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_problem_points_into_what_the_user_wrote(file: Path) -> None:
    invalid = found_in(file)
    for problem in invalid.problems:
        lines = invalid.sources[problem.place.file].split("\n")
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1 or not any(lines)


def test_every_code_of_the_catalogue_has_a_file() -> None:
    texts = "".join(file.with_suffix(".txt").read_text(encoding="utf-8") for file in FILES)
    assert set(re.findall(r"(?:error|warning) (BPO\d+)", texts)) == set(CATALOGUE)


def test_every_text_has_its_file() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in FILES}


def test_ten_mistakes_are_ten_different_problems_in_the_order_of_the_file() -> None:
    problems = found_in(FOLDER / "ten-mistakes.yaml").problems
    assert len({problem.message for problem in problems}) == 10
    assert len({problem.code for problem in problems}) >= 8
    places = [(problem.place.line, problem.place.column) for problem in problems]
    assert places == sorted(places)


HERE = Place("case.yaml", 2, 5, 3)


def test_problems_at_one_place_keep_the_order_in_which_they_were_found() -> None:
    found = [Problem("BPO004", f"the scenario has no '{name}'", HERE) for name in "qwertyuiop"]
    assert [p.message for p in Invalid(found, {}).problems] == [p.message for p in found]


def test_problems_stand_in_the_order_of_the_files_and_lines() -> None:
    second, third = HERE._replace(line=10), HERE._replace(line=10, column=6)
    other = HERE._replace(file="zoo.yaml", line=1)
    found = [Problem("BPO003", "x", place) for place in (other, third, second, HERE)]
    assert [p.place for p in Invalid(found, {}).problems] == [HERE, second, third, other]


def test_the_same_problem_found_twice_is_one() -> None:
    assert len(Invalid([Problem("BPO003", "x", HERE), Problem("BPO003", "x", HERE)], {}).problems) == 1


def test_a_problem_is_shown_with_its_line_its_caret_and_its_hint() -> None:
    problem = Problem("BPO003", "'abc' is not a field", HERE, "did you mean 'abd'?")
    assert show(problem, "title: x\n    abc: 1\n").splitlines() == [
        "case.yaml:2:5: error BPO003: 'abc' is not a field",
        "2 |     abc: 1",
        "  |     ^^^",
        "  = did you mean 'abd'?",
    ]


def test_the_margin_is_as_wide_as_the_number_of_the_line() -> None:
    problem = Problem("BPO003", "x", HERE._replace(line=12), "y")
    assert show(problem, "a\n" * 12).splitlines()[2:] == ["   |     ^", "   = y"]


def test_a_caret_never_runs_beyond_the_end_of_the_line() -> None:
    assert show(Problem("BPO003", "x", Place("f", 1, 2, 50)), "abc").splitlines()[-1] == "  |  ^^"


def test_a_tab_in_the_line_is_shown_as_one_blank_so_that_the_caret_fits() -> None:
    assert show(Problem("BPO001", "x", Place("f", 1, 3, 1)), "\ta\tb").splitlines()[1:] == ["1 |  a b", "  |   ^"]


def test_of_a_long_line_the_part_around_the_caret_is_shown() -> None:
    shown = show(Problem("BPO003", "x", Place("f", 1, 501, 3)), "a" * 500 + "xyz" + "b" * 500).splitlines()
    at = shown[2].index("^")
    assert shown[1][at : at + 3] == "xyz"
    assert shown[1].startswith("1 | …a")
    assert shown[1].endswith("b…")
    assert max(len(line) for line in shown) < 120


def test_a_problem_beyond_the_last_line_is_shown_without_an_excerpt() -> None:
    assert show(Problem("BPO001", "x", Place("f", 9, 1, 1), "y"), "a\n").splitlines() == [
        "f:9:1: error BPO001: x",
        "  = y",
    ]


def test_no_control_character_of_a_file_reaches_the_terminal() -> None:
    with pytest.raises(Invalid) as found:
        load_text(b'title: x\ncurrency: "\\e[31mred\\nagain"\nmonths: 12\ndiscount_rate: 9%\nfunctions: {}\n', "x.yaml")
    assert all(line.isprintable() for line in show_all(found.value).split("\n"))
    assert len(show_all(found.value).split("\n")) == 8


def test_a_very_long_value_is_not_repeated_in_full() -> None:
    with pytest.raises(Invalid) as found:
        load_text(b"title: x\ncurrency: " + b"x" * 100_000, "x.yaml")
    assert len(show_all(found.value)) < 5_000


def test_the_closing_line_counts_the_problems_and_names_the_files() -> None:
    one = Problem("BPO003", "x", HERE)
    assert show_all(Invalid([one], {})).splitlines()[-1] == "1 problem in case.yaml"
    two = [one, Problem("BPO006", "x", HERE._replace(file="--set"))]
    assert show_all(Invalid(two, {})).splitlines()[-1] == "2 problems in --set and case.yaml"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("sallary", "salary"), ("Salary", "salary"), ("cost-per-hire", "cost_per_hire"), ("colour", ""), ("", "")],
)
def test_the_nearest_word_is_offered_if_it_is_near(word: str, meant: str) -> None:
    assert nearest(word, ["salary", "cost_per_hire", "fte"]) == meant


def test_where_no_word_is_near_the_known_ones_are_listed_in_order() -> None:
    assert did_you_mean("colour", ["fte", "bonus"]) == "known here: bonus, fte"
    assert did_you_mean("colour", []) == ""
    assert did_you_mean("colour", [f"n{i:02}" for i in range(14)]).endswith(", n11, …")
