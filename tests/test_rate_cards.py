"""Rate cards: what may stand in them, what goes before what, and what is said of a card that is wrong."""

from pathlib import Path

import pytest

from bpocalc.about import Input
from bpocalc.cli.app import run as cli
from bpocalc.problems import Invalid, show_all
from bpocalc.quantity import Quantity
from bpocalc.scenario.labor import Team
from bpocalc.scenario.loading import CardFile, Loaded, load_text

CASE = """title: By rate card
currency: PHP
months: 12
discount_rate: 9%
functions:
  care:
    in_house:
      location: PH
      paid_hours: 2_000
      teams:
        clerks: {role: general_office_clerk, fte: 10}
"""
HEAD = "location,role,metric,value,unit,period,source,note\n"
ROW = 'PH,general_office_clerk,wage,32_000,PHP/month,2026-10,"Vendor X, card v3",night shift\n'


def load(*cards: str | bytes, text: str = CASE, file: str = "case.yaml", kind: str = "csv") -> Loaded:
    given: list[CardFile] = [
        (f"card{number}.{kind}", card if isinstance(card, bytes) else card.encode())
        for number, card in enumerate(cards, 1)
    ]
    return load_text(text.encode(), file, cards=given)


def clerks(loaded: Loaded) -> Team:
    return loaded.scenario.functions["care"].in_house.teams["clerks"]


def about(q: Quantity | None) -> Input:
    assert q is not None
    assert isinstance(q.about, Input)
    return q.about


def value(q: Quantity | None) -> object:
    return None if q is None else q.value


def said(card: str | bytes, text: str = CASE) -> str:
    with pytest.raises(Invalid) as found:
        load(card, text=text)
    return show_all(found.value)


def test_a_row_goes_before_the_reference_data_and_says_where_it_stands() -> None:
    salary = clerks(load(HEAD + ROW)).salary
    known = about(salary)
    assert salary is not None
    assert salary.value == 32_000 * 12
    assert (known.address, known.unit, known.written) == (
        "rates.PH.general_office_clerk.salary", "PHP/year", "32_000 PHP/month",
    )  # fmt: skip
    assert known.place is not None
    assert (known.place.file, known.place.line, known.place.column) == ("card1.csv", 2, 30)
    source = known.source
    assert (source.text, source.as_of, source.note) == ("Vendor X, card v3", "2026-10", "night shift")
    assert (source.card, source.reference) == (True, False)


def test_what_the_card_does_not_say_comes_from_the_reference_data() -> None:
    team = clerks(load(HEAD + ROW))
    assert team.burden_parts is not None
    assert about(team.burden_parts["sss"].rate).source.reference


def test_the_scenario_goes_before_the_card() -> None:
    stated = clerks(load(HEAD + ROW, text=CASE.replace("fte: 10", "fte: 10, salary: 300_000")))
    assert value(stated.salary) == 300_000
    text = CASE + "locations: {PH: {wages: {general_office_clerk: 250}, wage_growth: 3%}}\n"
    team = clerks(load(HEAD + ROW + "PH,,wage_growth,6%,per year,,,\n", text=text))
    assert (team.salary, value(team.wage), team.wage_growth.value) == (None, 250, 0.03)


def test_the_last_card_comes_first() -> None:
    later = HEAD + "PH,general_office_clerk,wage,160,PHP/hour,,,\n"
    team = clerks(load(HEAD + ROW + "PH,,attrition,40%,per year,,,\n", later))
    assert (team.salary, value(team.wage), team.attrition.value) == (None, 160, 0.4)


def test_a_row_of_the_role_goes_before_one_of_all_roles() -> None:
    rows = "PH,,attrition,40%,per year,,,\nPH,general_office_clerk,attrition,20,%,,,\nPH,accountant,attrition,1,%,,,\n"
    assert clerks(load(HEAD + rows)).attrition.value == 0.2


def test_all_that_a_card_can_say() -> None:
    rows = "PH,,burden,18%,share of pay,,,\nPH,,wage_growth,0.05,1/year,,,\nPH,,paid_hours,2112,hours/year,,,\n"
    team = clerks(load(HEAD + rows, text=CASE.replace("      paid_hours: 2_000\n", "")))
    assert team.paid_hours is not None
    assert (team.burden.value, team.wage_growth.value, team.paid_hours.value) == (0.18, 0.05, 2112)


def test_columns_may_stand_in_any_order_and_some_be_missing() -> None:
    card = "Unit,Value,Metric,Location,Role\n\nPHP/year,400000,wage,PH,general_office_clerk\n,,,,\n"
    assert about(clerks(load(card)).salary).source.text == ""


def test_a_table_as_spreadsheets_save_it_in_europe() -> None:
    card = '\ufefflocation;role;metric;value;unit;note\r\nPH;general_office_clerk;wage;160,50;PHP/hour;"a; b ""c"""\r\n'
    wage = clerks(load(card.encode())).wage
    assert wage is not None
    assert wage.value == 160.5
    assert about(wage).source.note == 'a; b "c"'


def test_a_card_in_yaml_has_the_same_rows() -> None:
    rows = (
        "- {location: PH, role: general_office_clerk, metric: wage, value: 32_000, unit: PHP/month, period: 2026-10}\n"
    )
    for card in (rows, "rates:\n" + rows):
        known = about(clerks(load(card, kind="yaml")).salary)
        assert (known.source.as_of, known.place and known.place.file) == ("2026-10", "card1.yaml")


def test_a_role_of_its_own_is_one_that_the_scenario_names() -> None:
    rows = "PH,voice_agent,wage,150,PHP/hour,,,\n"
    team = clerks(load(HEAD + rows, text=CASE.replace("general_office_clerk", "voice_agent")))
    assert team.wage is not None
    assert "'voice_agent' is no known role" in said(HEAD + rows)


def test_a_card_beside_the_scenario_is_named_in_it(tmp_path: Path) -> None:
    (tmp_path / "card.csv").write_text(HEAD + ROW)
    made = load(text=CASE + "rates: card.csv\n", file=str(tmp_path / "case.yaml"))
    place = about(clerks(made).salary).place
    assert place is not None
    assert place.file == "card.csv"
    over = HEAD + "PH,general_office_clerk,wage,160,PHP/hour,,,\n"
    assert clerks(load(over, text=CASE + "rates: card.csv\n", file=str(tmp_path / "case.yaml"))).salary is None


def test_the_same_row_twice_is_a_warning() -> None:
    (warning,) = load(HEAD + ROW + ROW).warnings
    assert (warning.code, warning.severity, warning.place.line) == ("BPO031", "warning", 3)
    assert warning.message == "line 3 says the same as line 2"


def test_a_currency_without_a_rate_is_shown_in_the_card() -> None:
    found = said(HEAD + "PH,general_office_clerk,wage,32000,VND/month,,,\n")
    assert found.startswith("card1.csv:2:30: error BPO011: no exchange rate for VND\n")


# One mistake in a row each, with the text that a user then reads.
@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("PH,general_ofice_clerk,wage,1,PHP/hour,,,",
         "card1.csv:2:4: error BPO013: 'general_ofice_clerk' is no known role\n"
         "  = did you mean 'general_office_clerk'?"),
        ("PG,buyer,wage,1,PHP/hour,,,",
         "card1.csv:2:1: error BPO012: 'PG' is no known location\n"
         "  = known here: AR, AU, BG, BR, CA, CN, CO, CR, CZ, DE, EG, ES, …"),
        ("PH,buyer,wages,1,PHP/hour,,,",
         "card1.csv:2:10: error BPO017: 'wages' is nothing that a rate card says\n  = did you mean 'wage'?"),
        ("PH,buyer,wage,1,,,,",
         "card1.csv:2:1: error BPO032: the row has no 'unit'\n  = write PHP/hour, PHP/month or PHP/year"),
        ("PH,buyer,wage,1,PHP/day,,,",
         "card1.csv:2:17: error BPO032: 'PHP/day' is no unit for wage\n  = write PHP/hour, PHP/month or PHP/year"),
        ("PH,,attrition,35%,PHP,,,",
         "card1.csv:2:19: error BPO032: 'PHP' is no unit for attrition\n  = write %, per year"),
        ("PH,buyer,wage,=B2*12,PHP/hour,,,",
         "card1.csv:2:15: error BPO033: '=B2*12' is a formula\n  = write its value"),
        ("PH,buyer,wage,1,PHP/hour,,=HYPERLINK(1),",
         "card1.csv:2:27: error BPO033: '=HYPERLINK(1)' is a formula\n  = write its value"),
        ('PH,buyer,wage,"32,000",PHP/month,,,',
         "card1.csv:2:15: error BPO016: '32,000' is not a number\n"
         "  = the decimal sign is a point, and no comma separates thousands"),
        ("PH,buyer,wage,much,PHP/month,,,",
         "card1.csv:2:15: error BPO016: 'much' is not a number\n  = write a number"),
        ("PH,buyer,wage,1,PHP/month,October,,",
         "card1.csv:2:27: error BPO016: the period 'October' is not a year, month or day\n  = write it as 2026-09"),
        ("PH,,wage,1,PHP/month,,,", "card1.csv:2:5: error BPO004: a wage needs a 'role'"),
        ("PH,buyer,wage,,PHP/month,,,", "card1.csv:2:1: error BPO004: the row has no 'value'"),
        ("PH,buyer,wage,1,PHP/month,,,,more",
         "card1.csv:2:30: error BPO034: the row has 9 cells, the first line names 8\n"
         '  = put a text with commas in quotes: "a, b"'),
        ('PH,buyer,wage,1,PHP/month,,"open,',
         "card1.csv:2:28: error BPO034: a quote is not closed in its line\n  = close it"),
        ("PH,buyer,wage,1,PHP/hour,,,\nPH,accountant,wage,9,PHP/hour,,,\nPH,buyer,wage,2,PHP/month,,,",
         "card1.csv:4:15: error BPO031: line 2 says 1 PHP, line 4 says 2 PHP/month\n  = keep one of the two"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_its_line_though_nobody_asks_for_it(row: str, problem: str) -> None:
    head, *rest = problem.split("\n")
    *shown, count = said(f"{HEAD}{row}\n").split("\n")
    assert [shown[0], *shown[3:]] == [head, *rest]
    assert count == "1 problem in card1.csv"


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        ("", "card1.csv:1:1: error BPO019: the rate card is empty"),
        ("sep=;\n", "card1.csv:1:1: error BPO019: the rate card is empty"),
        ('location,"role\n', "card1.csv:1:10: error BPO034: a quote is not closed in its line"),
        ("location,metrics,value,unit\n", "card1.csv:1:10: error BPO034: 'metrics' is no column of a rate card"),
        ("location,role\n", "card1.csv:1:1: error BPO034: there is no column 'metric' or 'value' or 'unit'"),
        ("location,unit,metric,value,unit\n", "card1.csv:1:28: error BPO034: the column 'unit' is there twice"),
        ("location;metric;value;unit;role\nPH;wage;32.000;PHP/month;buyer\n",
         "card1.csv:2:9: error BPO016: '32.000' may mean 32.000 or 32000"),
    ],
)  # fmt: skip
def test_a_table_that_is_none_says_what_is_missing(card: str, problem: str) -> None:
    assert said(card).startswith(problem)


def test_what_is_no_text_is_refused() -> None:
    assert said(b"\xff\xfe").startswith("card1.csv:1:1: error BPO002: byte 0xff is not UTF-8 text")


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        ("PH: 5\n", "card1.yaml:1:1: error BPO034: a rate card is a list of rows"),
        ("- {place: PH}\n", "card1.yaml:1:4: error BPO034: 'place' is no column of a rate card"),
        ("- {location: [PH]}\n", "card1.yaml:1:14: error BPO005: location is one word or number"),
        ("- {location: PH\n", "card1.yaml:1:16: error BPO001"),
    ],
)
def test_a_card_in_yaml_may_be_wrong_as_well(card: str, problem: str) -> None:
    with pytest.raises(Invalid) as found:
        load(card, kind="yaml")
    assert show_all(found.value).startswith(problem)


@pytest.mark.parametrize(
    "command", [["sensitivity"], ["breakeven", "clerks.fte"], ["simulate", "--trials", "100"], ["simulate", "-j", "2"]]
)
def test_a_card_of_the_command_line_counts_where_a_result_is_studied(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, card = tmp_path / "case.yaml", tmp_path / "card.csv"
    fee = "{value: 200_000, low: 150_000, high: 300_000}"
    option = f"    options: {{buy: {{location: PH, price: {fee}, per: month}}}}\n"
    case.write_text(CASE + option, encoding="utf-8")
    card.write_text(HEAD + ROW, encoding="utf-8")
    name, *rest = command
    assert cli([name, str(case), *rest, "-f", "json"]) == 0
    without = capsys.readouterr().out
    assert cli([name, str(case), *rest, "-f", "json", "--rates", str(card)]) == 0
    assert capsys.readouterr().out != without
