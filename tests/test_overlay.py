"""Changing a document: one value by its address, or a section laid over another."""

from typing import Any

import pytest

from bpocalc.document import NOWHERE, Map, Origin, read, read_value
from bpocalc.overlay import is_figure, lay_over, put, unit_of

BY = Origin("", "--set", 1, 1, 5, 1, 7, 3)
TEXT = """\
months: 60
fx: {PHP: 0.0172}
functions:
  care:
    title: Customer care
    agents:
      wage: {value: 280 PHP, low: 250, high: 300, source: payroll}
      fee: {1: 100 PHP, 3: 80 PHP}
      time: 8.5 min
      attrition: 35%
      salary: 66_000
    overhead: {rate: 11%, of: personnel}
    nothing:
    tiers:
      - {above: 0, price: 3.10 EUR}
      - {above: 8_000, price: 2.90 EUR}
    hours: [8, 9 h]
"""


def document(text: str, file: str = "case.yaml") -> Map:
    made, problems = read(text, file)
    assert problems == []
    return made


def get(doc: Any, address: str) -> Any:
    """What stands at an address; items of lists are counted from 1."""
    for key in address.split("."):
        doc = doc[key] if isinstance(doc, Map) else doc[int(key) - 1]
    return doc


def origin(doc: Any, address: str) -> Origin:
    """Where a key or an item was written."""
    section, _, key = address.rpartition(".")
    holder = get(doc, section) if section else doc
    made = holder.origin[key] if isinstance(holder, Map) else holder.origin[int(key) - 1]
    assert isinstance(made, Origin)
    return made


def after(address: str, value: Any) -> Map:
    return put(document(TEXT), address, value, BY)


def test_a_value_is_replaced_and_the_document_before_is_left_alone() -> None:
    before = document(TEXT)
    made = put(before, "functions.care.agents.salary", 70_000, BY)
    assert get(made, "functions.care.agents.salary") == 70_000
    assert before == document(TEXT)


def test_what_is_not_touched_is_shared() -> None:
    before = document(TEXT)
    made = put(before, "functions.care.agents.salary", 70_000, BY)
    assert get(made, "functions.care.tiers") is get(before, "functions.care.tiers")


def test_the_new_value_has_the_address_in_the_document_and_the_place_of_the_override() -> None:
    made = origin(after("functions.care.agents.salary", 70_000), "functions.care.agents.salary")
    assert made == BY._replace(address="functions.care.agents.salary")


def test_the_sections_on_the_way_keep_their_places() -> None:
    made = after("functions.care.agents.salary", 70_000)
    assert origin(made, "functions.care") == origin(document(TEXT), "functions.care")


@pytest.mark.parametrize(
    ("address", "new", "kept"),
    [
        ("functions.care.agents.wage", 300, "300 PHP"),
        ("functions.care.agents.wage", 2.5, "2.5 PHP"),
        ("functions.care.agents.fee", 90, "90 PHP"),
        ("functions.care.agents.time", 7, "7 min"),
        ("functions.care.tiers.2.price", 2, "2 EUR"),
        ("functions.care.hours.2", 7, "7 h"),
        ("functions.care.agents.attrition", 0.4, 0.4),
        ("functions.care.agents.salary", 70_000, 70_000),
        ("months", 36, 36),
    ],
)
def test_a_bare_number_keeps_currency_and_unit_and_drops_the_range(address: str, new: float, kept: Any) -> None:
    assert get(after(address, new), address) == kept


@pytest.mark.parametrize("new", ["300 USD", "7 h", "40%", True, None, "many"])
def test_what_is_no_bare_number_replaces_as_it_is(new: Any) -> None:
    assert get(after("functions.care.agents.wage", new), "functions.care.agents.wage") == new


def test_a_section_put_in_place_brings_its_own_range() -> None:
    value, _ = read_value("{value: 5 USD, low: 4, high: 6}", "--set", "functions.care.agents.wage")
    made = after("functions.care.agents.wage", value)
    assert get(made, "functions.care.agents.wage") == {"value": "5 USD", "low": 4, "high": 6}
    assert origin(made, "functions.care.agents.wage.low").address == "functions.care.agents.wage.low"
    assert get(made, "functions.care.agents.wage").at == origin(made, "functions.care.agents.wage")


def test_a_part_of_a_figure_is_replaced_by_its_own_address() -> None:
    made = after("functions.care.agents.wage.high", 320)
    assert get(made, "functions.care.agents.wage")["value"] == "280 PHP"
    assert get(made, "functions.care.agents.wage")["high"] == 320


def test_one_step_of_a_figure_keeps_its_currency() -> None:
    assert get(after("functions.care.agents.fee.3", 70), "functions.care.agents.fee") == {"1": "100 PHP", "3": "70 PHP"}


def test_a_number_put_over_a_section_with_a_rate_becomes_the_rate() -> None:
    made = after("functions.care.overhead", "12%")
    assert get(made, "functions.care.overhead") == {"rate": "12%", "of": "personnel"}
    assert origin(made, "functions.care.overhead.rate").address == "functions.care.overhead.rate"
    assert origin(made, "functions.care.overhead").file == "case.yaml"


def test_what_else_is_said_beside_a_figure_stays() -> None:
    text = "discount_rate: {value: 9%, timing: mid}\nfx: {PHP: {value: 0.0172, low: 0.016, high: 0.0185, drift: 1%}}\n"
    made = put(put(document(text), "discount_rate", "8%", BY), "fx.PHP", 0.02, BY)
    assert get(made, "discount_rate") == {"value": "8%", "timing": "mid"}
    assert get(made, "fx.PHP") == {"value": 0.02, "drift": "1%"}


@pytest.mark.parametrize("address", ["locations.PH.wage_growth", "functions.care.nothing.share", "functions.it.title"])
def test_sections_that_are_missing_on_the_way_are_made(address: str) -> None:
    made = after(address, "5%")
    assert get(made, address) == "5%"
    assert origin(made, address).address == address
    section = address.rpartition(".")[0]
    assert get(made, section).at.address == section
    assert origin(made, section).address == section


def test_an_item_of_a_list_is_addressed_from_one() -> None:
    made = after("functions.care.tiers.1.price", 3)
    assert get(made, "functions.care.tiers.1.price") == "3 EUR"
    assert get(made, "functions.care.tiers.2") == {"above": 8_000, "price": "2.90 EUR"}
    assert origin(made, "functions.care.tiers.1.price").address == "functions.care.tiers.1.price"


def test_a_whole_item_of_a_list_is_replaced() -> None:
    made = after("functions.care.hours.1", "7 h")
    assert get(made, "functions.care.hours") == ["7 h", "9 h"]
    assert origin(made, "functions.care.hours.1") == BY._replace(address="functions.care.hours.1")
    assert get(document(TEXT), "functions.care.hours") == [8, "9 h"]


@pytest.mark.parametrize(
    "address",
    ["functions.care.hours.0", "functions.care.hours.3", "functions.care.hours.first", "functions.care.hours.-1"],
)
def test_an_item_that_is_not_there_cannot_be_replaced(address: str) -> None:
    with pytest.raises(KeyError, match=address.rpartition(".")[2]):
        after(address, 7)


@pytest.mark.parametrize(
    ("address", "dead_end"),
    [
        ("months.count", "months"),
        ("functions.care.title.text.more", "title"),
        ("functions.care.agents.time.value", "time"),
        ("functions.care.hours.1.value", "1"),
    ],
)
def test_a_way_through_a_plain_value_names_that_value(address: str, dead_end: str) -> None:
    with pytest.raises(KeyError) as error:
        after(address, 7)
    assert error.value.args == (dead_end,)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("280 PHP", "PHP"), ("280PHP", "PHP"), ("-1.5e3 EUR/hour", "EUR/hour"), ("8.5 min", "min"),
        ("2_400 PHP", "PHP"), ("35%", ""), ("2027-01", ""), ("280", ""), ("PHP", ""), ("", ""), ("about 5 PHP", ""),
    ],
)  # fmt: skip
def test_the_unit_of_a_written_figure_is_what_follows_the_number(text: str, unit: str) -> None:
    assert unit_of(text) == unit


def test_the_unit_of_a_figure_in_full_or_in_steps_is_that_of_its_value() -> None:
    assert unit_of(Map({"low": 1, "value": "2 EUR"})) == "EUR"
    assert unit_of(Map({"1": "2 EUR", "2": 3})) == "EUR"
    assert unit_of(Map()) == unit_of(5) == unit_of(None) == unit_of(True) == ""


BELOW = document(
    """\
location: US
teams:
  agents: {wage: 21.53, handling_time: {value: 9 min, low: 8 min, high: 10 min}, fee: {1: 5, 2: 6}, growth: 3%}
  leads: {salary: 66_000}
tiers: [1, 2]
"""
)


def over(text: str) -> Map:
    return lay_over(BELOW, document(text, "above.yaml"))


def test_sections_are_merged_key_by_key() -> None:
    made = over("teams: {agents: {wage: 20}, coaches: {fte: 2}}\n")
    assert get(made, "teams.agents.wage") == 20
    assert get(made, "teams.agents.growth") == "3%"
    assert list(made["teams"]) == ["agents", "leads", "coaches"]
    assert made["location"] == "US"


def test_null_removes_a_key_with_its_origin() -> None:
    made = over("teams: {leads: null, agents: {wage: ~}}\ntiers:\n")
    assert list(made) == list(made.origin) == ["location", "teams"]
    assert list(made["teams"]) == list(made["teams"].origin) == ["agents"]
    assert "wage" not in get(made, "teams.agents")


def test_null_for_what_is_not_there_is_left_to_be_noticed() -> None:
    assert over("teams: {planners: null}\n")["teams"]["planners"] is None


@pytest.mark.parametrize(
    ("above", "key"),
    [
        ("{value: 7 min}", "handling_time"),
        ("7 min", "handling_time"),
        ("{1: 4}", "fee"),
        ("{value: 4}", "fee"),
        ("{2: 4}", "handling_time"),
        ("{value: 20, low: 18, high: 22}", "wage"),
    ],
)
def test_a_figure_is_replaced_whole_however_it_is_written(above: str, key: str) -> None:
    made = over(f"teams: {{agents: {{{key}: {above}}}}}\n")
    assert get(made, f"teams.agents.{key}") == get(document(f"x: {above}\n"), "x")


def test_a_list_is_replaced_whole() -> None:
    assert over("tiers: [3]\n")["tiers"] == [3]


def test_a_section_may_take_the_place_of_a_plain_value_and_the_other_way_round() -> None:
    assert over("location: {a: 1}\n")["location"] == {"a": 1}
    assert over("teams: none\n")["teams"] == "none"


def test_origins_travel_with_their_keys() -> None:
    made = over("teams: {agents: {wage: 20}}\n")
    assert origin(made, "teams.agents.wage").file == "above.yaml"
    assert origin(made, "teams.agents.growth") == origin(BELOW, "teams.agents.growth")
    assert origin(made, "teams.leads") == origin(BELOW, "teams.leads")
    assert get(made, "teams.leads") is get(BELOW, "teams.leads")


def test_laying_over_changes_neither_of_the_two() -> None:
    before, text = dict(BELOW), "teams: {agents: {wage: 20}, leads: null}\n"
    above = document(text, "above.yaml")
    lay_over(BELOW, above)
    assert dict(BELOW) == before
    assert above == document(text, "above.yaml")
    assert "leads" in BELOW["teams"].origin


def test_nothing_laid_over_is_the_same_and_laid_over_nothing_is_itself() -> None:
    assert lay_over(BELOW, Map()) == BELOW
    assert lay_over(Map(), BELOW) == BELOW


@pytest.mark.parametrize("text", ["{value: 5}", "{value: 5, low: 4, high: 6}", "{1: 5}", "{1: 5, 3: 6}", "{10: 5}"])
def test_a_figure_in_full_and_a_figure_in_steps_are_figures(text: str) -> None:
    assert is_figure(get(document(f"x: {text}\n"), "x"))


@pytest.mark.parametrize("text", ["{}", "{rate: 5}", "{low: 5, high: 6}", "{1: 5, note: x}", "{²: 5}"])
def test_other_sections_are_no_figures(text: str) -> None:
    assert not is_figure(get(document(f"x: {text}\n"), "x"))


def test_a_document_without_an_origin_is_nowhere() -> None:
    assert Map().at == NOWHERE
