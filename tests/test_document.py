"""Reading YAML: scalars, places of what was written, anchors, and what is not taken from a stranger's file."""

import math
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpocalc.about import Place
from bpocalc.document import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    Map,
    Origin,
    Seq,
    decode,
    read,
    read_value,
)
from bpocalc.problems import Problem
from bpocalc.scalars import spelling

TEXT = """\
title: Customer care
functions:
  care: {fte: 10, wages: [19.50, 280 PHP]}
  "help desk":
    fte:
      value: 12
"""


def value(text: str) -> Any:
    """The one value of a text that has no problems."""
    found, problems = read_value(text, "x.yaml")
    assert problems == []
    return found


def document(text: str) -> Map:
    """A document that has no problems."""
    made, problems = read(text, "x.yaml")
    assert problems == []
    return made


def problem(text: str) -> Problem:
    """The one problem of a text."""
    _, problems = read(text, "x.yaml")
    (only,) = problems
    return only


def problem_codes(text: str) -> list[str]:
    """The codes of all problems of a text."""
    return [p.code for p in read(text, "x.yaml")[1]]


def where(text: str) -> tuple[str, int, int, int]:
    """Code and place of the one problem of a text."""
    found = problem(text)
    return found.code, found.place.line, found.place.column, found.place.width


def dig(node: Any, *path: str | int) -> Any:
    """What stands below some keys and positions."""
    for step in path:
        node = node[step]
    return node


def places(node: Any) -> dict[str, Origin]:
    """The origin of everything in a document by its address."""
    out: dict[str, Origin] = {}
    pairs: list[tuple[Origin, Any]] = []
    if isinstance(node, Map):
        pairs = [(node.origin[key], child) for key, child in node.items()]
    elif isinstance(node, Seq):
        pairs = list(zip(node.origin, node, strict=True))
    for origin, child in pairs:
        out[origin.address] = origin
        out |= places(child)
    return out


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("7", 7), ("-7", -7), ("+7", 7), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e6", 1e6), ("1E6", 1e6),
        ("1.5e-3", 0.0015), ("-2e+2", -200.0), ("100_000", 100_000), ("1_000.5", 1000.5), ("2_080", 2080),
        ("0.0172", 0.0172),
    ],
)  # fmt: skip
def test_a_number_is_read_as_yaml_1_2_does(text: str, number: float) -> None:
    assert value(text) == number
    assert isinstance(value(text), int | float)


@pytest.mark.parametrize(
    "text",
    [
        "010", "00", "-010", "1,200", "12:30", "1:30:00", "0x10", "0o10", "0b1", "1__0", "1_", "_1", "1e", "e5", ".",
        "1.2.3", "--5", "yes", "no", "on", "off", "Yes", "NO", "y", "n", ".inf", "-.inf", ".nan", ".NaN", "inf", "nan",
        "Infinity", "2027-01", "2027-01-15", "35%", "280 PHP", "8.5 min", "²", "١٢", "=", "1 200",
    ],
)  # fmt: skip
def test_what_yaml_1_1_would_turn_into_something_else_stays_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(text: str) -> None:
    assert value(f"x: {text}") == {"x": None}


@pytest.mark.parametrize("text", ["true", "True", "TRUE"])
def test_true_is_true(text: str) -> None:
    assert value(text) is True


@pytest.mark.parametrize("text", ["false", "False", "FALSE"])
def test_false_is_false(text: str) -> None:
    assert value(text) is False


@pytest.mark.parametrize("text", ["'7'", '"7"', "'true'", "''", "'~'", "|-\n  7"])
def test_what_is_quoted_is_text(text: str) -> None:
    assert isinstance(value(f"x: {text}")["x"], str)


def test_a_number_beyond_floats_is_infinite_and_left_to_the_figure_to_refuse() -> None:
    assert value("1e400") == math.inf
    assert value("1" + "0" * 5000) == math.inf


@pytest.mark.parametrize("text", ["40.000", "-2.500", "140.250"])
def test_a_number_whose_point_may_part_thousands_knows_how_it_was_written(text: str) -> None:
    assert value(text) == float(text)
    assert spelling(value(text)) == text
    assert spelling(value(text.rstrip("0"))) == ""


def test_norway_stays_norway() -> None:
    assert value("{NO: 1, locations: [NO, SE]}") == {"NO": 1, "locations": ["NO", "SE"]}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert list(value("{1: a, true: b, 010: c, null: d, 1.5: e}")) == ["1", "true", "010", "null", "1.5"]


def test_the_origin_of_a_key_tells_its_address_its_place_and_that_of_the_value() -> None:
    doc = document(TEXT)
    assert doc.origin["title"] == Origin("title", "x.yaml", 1, 1, 5, 1, 8, 13)
    assert dig(doc, "functions", "care").origin["fte"] == Origin("functions.care.fte", "x.yaml", 3, 10, 3, 3, 15, 2)
    assert doc.origin["title"].key == Place("x.yaml", 1, 1, 5)
    assert doc.origin["title"].value == Place("x.yaml", 1, 8, 13)


def test_the_width_of_a_quoted_key_holds_its_quotes() -> None:
    origin = dig(document(TEXT), "functions").origin["help desk"]
    assert (origin.line, origin.column, origin.width) == (4, 3, 11)


def test_items_of_a_list_are_addressed_from_one() -> None:
    wages = dig(document(TEXT), "functions", "care", "wages")
    assert [origin.address for origin in wages.origin] == ["functions.care.wages.1", "functions.care.wages.2"]
    assert wages.origin[1].value == wages.origin[1].key == Place("x.yaml", 3, 34, 7)


def test_a_section_knows_where_it_stands_in_a_section_and_in_a_list() -> None:
    doc = document("a:\n  b: {c: 1}\nd:\n  - {e: 1}\n")
    assert dig(doc, "a", "b").at.address == "a.b"
    assert dig(doc, "a", "b").at.key == Place("x.yaml", 2, 3, 1)
    assert dig(doc, "d", 0).at.address == "d.1"
    assert dig(doc, "d", 0).at.key.line == 4


def test_the_document_itself_has_the_empty_address_in_its_file() -> None:
    assert (document("a: 1").at.address, document("a: 1").at.file) == ("", "x.yaml")


def test_a_value_over_several_lines_is_one_column_wide() -> None:
    origin = document("a: [1,\n  2]\nb: |\n  text\n").origin
    assert (origin["a"].value_width, origin["b"].value_width) == (1, 1)


def test_columns_count_characters_not_bytes() -> None:
    assert document('{"ü😀": 1, b: 2}').origin["b"].column == 11


def test_the_document_is_the_same_whatever_the_line_ends() -> None:
    for end in ("\r\n", "\r"):
        assert document(TEXT.replace("\n", end)) == document(TEXT)
        assert places(document(TEXT.replace("\n", end))) == places(document(TEXT))


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    text, problems = decode(b"\xef\xbb\xbftitle: x\n", "x.yaml")
    assert problems == []
    assert document(text).origin["title"].column == 1


def test_an_alias_stands_for_the_value_and_is_addressed_where_it_is_used() -> None:
    doc = document("day: &day {hours: 8, breaks: [10, 15]}\nnight: *day\n")
    assert doc["night"] == doc["day"] == {"hours": 8, "breaks": [10, 15]}
    assert doc["night"].at.address == "night"
    assert doc["night"].origin["hours"].address == "night.hours"
    assert doc["night"]["breaks"].origin[1].address == "night.breaks.2"


def test_an_aliased_value_is_placed_where_it_was_written() -> None:
    doc = document("day: &day {hours: 8}\nnight: *day\n")
    assert doc["night"].origin["hours"].value == doc["day"].origin["hours"].value == Place("x.yaml", 1, 19, 1)
    assert doc.origin["night"].key.line == 2


def test_two_uses_of_an_alias_share_nothing() -> None:
    doc = document("a: &a {x: {y: 1}}\nb: *a\n")
    doc["b"]["x"]["y"] = 2
    assert doc["a"]["x"]["y"] == 1


def test_a_later_anchor_of_the_same_name_replaces_the_earlier() -> None:
    assert document("a: &x 1\nb: &x 2\nc: *x\n")["c"] == 2


def test_an_anchor_may_stand_on_a_scalar() -> None:
    assert document("a: &x 35%\nb: [*x, *x]\n")["b"] == ["35%", "35%"]


@pytest.mark.parametrize("text", ["a: *x\n", "a: &x [*x]\n", "a: &x {b: {c: *x}}\n", "a: *x\nb: &x 1\n"])
def test_an_alias_before_the_end_of_its_anchor_is_an_error(text: str) -> None:
    assert problem(text).code == "BPO001"


def test_a_copied_section_leaves_the_first_as_it_was() -> None:
    first = document("a: 1\nb: 2\n")
    second = first.copy()
    del second["a"], second.origin["a"]
    assert list(first) == list(first.origin) == ["a", "b"]


def test_each_repetition_of_a_key_is_a_problem_that_names_the_line_before() -> None:
    _, problems = read("a: 1\nb: 2\na: 3\nc: {d: 1, 'd': 2}\n", "x.yaml")
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [("BPO007", 3, 1), ("BPO007", 4, 11)]
    assert "line 1" in problems[0].hint


def test_keys_that_differ_in_case_are_not_repeated() -> None:
    assert document("a: 1\nA: 2\n") == {"a": 1, "A": 2}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a: !!str 5\n", 4),
        ("a: !secret 5\n", 4),
        ("a: !!python/object:os.system {}\n", 4),
        ("a: !!set {x: 1}\n", 4),
        ("!!map\na: 1\n", 1),
    ],
)
def test_tags_are_not_allowed(text: str, column: int) -> None:
    assert where(text)[:3] == ("BPO008", 1, column)


def test_a_tag_on_a_key_is_not_allowed_either() -> None:
    assert problem("!!str a: 1\n").code == "BPO008"


def test_merge_keys_are_not_allowed_and_a_quoted_one_is_a_plain_key() -> None:
    assert where("a: &a {b: 1}\nc: {<<: *a}\n")[:3] == ("BPO008", 2, 5)
    assert document("a: {'<<': 1}\n")["a"] == {"<<": 1}


@pytest.mark.parametrize("text", ["[a]: 1\n", "{a: 1}: 1\n", "? [a]\n: 1\n", "a: &x b\n*x : 1\n", "{a: {[b]: 1}}\n"])
def test_a_key_is_a_plain_word(text: str) -> None:
    assert problem(text).code == "BPO008"


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "---\na: 1\n...\n---\n...\n", "a: 1\n---\n"])
def test_a_second_document_is_a_problem(text: str) -> None:
    assert problem(text).code == "BPO009"


def test_one_document_may_have_its_marks_and_a_directive() -> None:
    assert document("%YAML 1.2\n---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize("text", ["", "\n \n", "# to be written\n", "---\n", "null\n"])
def test_a_file_without_a_value_is_empty(text: str) -> None:
    assert where(text) == ("BPO019", 1, 1, 1)


@pytest.mark.parametrize("text", ["- a\n- b\n", "care\n", "5\n", "true\n"])
def test_a_document_is_a_mapping(text: str) -> None:
    assert where(text) == ("BPO005", 1, 1, 1)


def test_a_tab_in_the_indentation_is_an_error_with_the_cure() -> None:
    for text in ("a:\n\tb: 1\n", "a: 1\n\tb: 1\n"):
        assert where(text) == ("BPO001", 2, 1, 1)
        assert problem(text).hint == "indent with spaces, not tabs"


def test_a_tab_within_a_line_is_fine() -> None:
    assert document("a: 1 \t# one\n") == {"a": 1}


@pytest.mark.parametrize("text", ["a: x\x07y\n", "a: 1\nb: x\x00\n", "a: \x1b[31m\n", "a: x\x0cy\n", "a: x\ufffey\n"])
def test_a_control_character_is_an_error_at_its_place(text: str) -> None:
    found = problem(text)
    at = next(i for i, c in enumerate(text) if c != "\n" and not c.isprintable())
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    assert (found.code, found.place.line, found.place.column) == ("BPO001", line, column)
    assert "control character" in found.message


def test_an_error_of_form_names_its_place() -> None:
    assert where("a: b: c\n") == ("BPO001", 1, 5, 1)
    assert where("a: 1\n  b: 2\n")[:2] == ("BPO001", 2)


@pytest.mark.parametrize("text", ["a: [1, 2\n", "a: 'x\n", "a: {b: 1\n", 'a: 1\nb: "x\ny: 2\n'])
def test_what_is_left_open_is_shown_within_the_text(text: str) -> None:
    found = problem(text)
    assert found.code == "BPO001"
    assert found.place.line <= text.count("\n")


def test_problems_of_form_are_gathered_while_reading_can_go_on() -> None:
    _, problems = read("a: !!str 1\na: 2\n<<: {}\nb: !x 1\n", "x.yaml")
    assert [p.code for p in problems] == ["BPO008", "BPO007", "BPO008", "BPO008"]


def test_bytes_that_are_not_utf_8_are_shown_where_they_stand() -> None:
    text, (found,) = decode("title: x\nname: Zoë\n".encode("latin-1"), "x.yaml")
    assert text == ""
    assert (found.code, found.place) == ("BPO002", Place("x.yaml", 2, 9, 1))
    assert "0xeb" in found.message


def test_the_column_of_a_bad_byte_counts_characters_before_it() -> None:
    _, (found,) = decode("ü€😀".encode() + b"\xff", "x.yaml")
    assert found.place.column == 4


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_not_guessed(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "x.yaml")[1][0].code == "BPO002"


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    assert decode(b"#" * MOST_BYTES, "x.yaml")[1] == []
    (found,) = decode(b"#" * (MOST_BYTES + 1), "x.yaml")[1]
    assert (found.code, found.place) == ("BPO010", Place("x.yaml", 1, 1, 1))


def nested(depth: int) -> str:
    """Lists in lists below a key, so many deep."""
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1)


def test_nesting_is_bounded() -> None:
    assert problem_codes(nested(MOST_DEPTH)) == []
    assert problem_codes(nested(MOST_DEPTH + 1)) == ["BPO010"]


def test_nesting_without_end_is_refused_at_the_bound_and_not_by_the_stack() -> None:
    assert where("a: " + "[" * 100_000) == ("BPO010", 1, 3 + MOST_DEPTH, 1)
    assert problem_codes("a: " + "{a: " * 100_000) == ["BPO010"]
    assert problem_codes("".join(f"{' ' * n}a:\n" for n in range(1000))) == ["BPO010"]


def test_the_number_of_values_is_bounded() -> None:
    assert problem_codes("a: [" + "1," * (MOST_NODES - 2) + "]") == []
    assert problem_codes("a: [" + "1," * (MOST_NODES - 1) + "]") == ["BPO010"]


def test_aliases_count_each_time_they_are_used() -> None:
    bomb = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    bomb += "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = problem(bomb)
    assert (found.code, found.place.line) == ("BPO010", 6)
    assert "aliases" in found.hint


def test_aliases_nested_in_aliases_do_not_escape_the_bound_of_the_depth() -> None:
    wrapped = "[" * 36, "]" * 36
    text = "a0: &a0 1\n" + "".join(f"a{n}: &a{n} {wrapped[0]}*a{n - 1}{wrapped[1]}\n" for n in range(1, 60))
    assert problem_codes(text) == ["BPO010"]


SAMPLES = [
    TEXT,
    "a: &a {b: [1, {c: 2}], d: 'x'}\ne: *a\nf: [*a, *a]\n",
    "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: 'it''s'\nd: \"\\u00fc\\n\"\n",
    "? a\n: 1\n? b\n: [x]\n",
    "# first\na: 1 # second\n\n\nb:\n- 1\n-   - 2\n    - 3\n",
    "---\n{a: ~, b: '', c: [], d: {}}\n...\n",
    "{漢字: [1e6, 010, 12:30, yes, NO, .inf], ü: 1}\r\n",
    (Path(__file__).parent.parent / "src/bpocalc/locations/US.yaml").read_text(encoding="utf-8"),
]


@pytest.mark.parametrize("text", SAMPLES)
def test_without_libyaml_the_document_and_its_places_are_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = document(text)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = document(text)
    assert slow == fast
    assert list(places(slow).items()) == list(places(fast).items())


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c\n", "a:\n\tb: 1\n", "a: 1\n\tb: 1\n", "a: [1\n", "a: 'x\n", "a: @x\n", "a: *\n", "a: x\x07y\n",
        ": 1\n", "a: *x\n", "a: &x [*x]\n", "a: !t 1\n", "a: 1\na: 2\n", "[a]: 1\n", "a: 1\n---\nb: 1\n", "", "- 1\n",
        "a: " + "[" * 100, "a: !e!x 1\n",
    ],
)  # fmt: skip
def test_without_libyaml_the_problems_are_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read(text, "x.yaml")[1]
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = read(text, "x.yaml")[1]
    assert [(p.code, p.place, p.hint) for p in slow] == [(p.code, p.place, p.hint) for p in fast]
