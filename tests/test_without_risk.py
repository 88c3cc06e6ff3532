"""Results with and without the risk lines: the saving, its present value, and which option is best."""

import json

import pytest

from bpocalc.answers import answers
from bpocalc.comparison import Comparison, compare
from bpocalc.explain.addresses import sections
from bpocalc.model.run import run
from bpocalc.notes import notes
from bpocalc.scenario.loading import load_text
from bpocalc.tables import tables
from bpocalc.views import json as as_json

HEADER = """
title: With and without risk
currency: USD
months: 12
discount_rate: {rate: 21%, timing: end}
"""
# in-house 10,000 a month and a risk of 12 % · 50,000 = 500; away 9,800 and 100; near 9,900 and none
CARE = """
  care:
    in_house:
      costs: {people: {amount: 10_000, per: month, avoidable: 100%}}
      risks: {outage: {probability: 12%, impact: 50_000}}
    options:
      away: {location: PH, price: AWAY, per: month, risks: {strike: {probability: 12%, impact: 10_000}}}
      near: {location: PL, price: NEAR, per: month, risks: {}}
"""
PLAIN = """
  desk:
    in_house: {costs: {people: {amount: 5_000, per: month, avoidable: 100%}}}
    options: {away: {location: PH, price: 4_000, per: month}}
"""


def compared(functions: str, header: str = HEADER) -> Comparison:
    return compare(run(load_text(f"{header}functions:{functions}".encode(), "case.yaml")))


def care(away: str = "9_800", near: str = "9_900") -> str:
    return CARE.replace("AWAY", away).replace("NEAR", near)


def figure(comparison: Comparison, address: str) -> float:
    return comparison.run.book.entries[address].quantity.figure


def rows_of(comparison: Comparison) -> dict[str, tuple[float | str | None, ...]]:
    return {row.label: row.values for row in tables(comparison, "summary")[-1].rows}


# --- the figures -----------------------------------------------------------------------------------------------------


def test_the_saving_without_risk_leaves_out_the_risks_of_both_sides() -> None:
    # with: 10,500 − 9,900 and 10,500 − 9,900; without: 10,000 − 9,800 and 10,000 − 9,900, twelve times
    made = compared(care())
    assert figure(made, "care.away.total_saving") == pytest.approx(7_200)
    assert figure(made, "care.near.total_saving") == pytest.approx(7_200)
    assert figure(made, "care.away.without_risk.total_saving") == pytest.approx(2_400)
    assert figure(made, "care.near.without_risk.total_saving") == pytest.approx(1_200)


def test_its_present_value_is_discounted_month_by_month() -> None:
    # 200 at the end of each of 12 months, at 21 % a year
    expected = sum(200 / 1.21 ** (month / 12) for month in range(1, 13))
    made = compared(care())
    assert figure(made, "care.away.without_risk.npv_saving") == pytest.approx(expected)


def test_a_cost_line_of_the_category_risk_is_left_out_at_its_own_instant() -> None:
    # 6,000 at signature count in full; without them 12 · 100 a month are saved
    functions = """
  care:
    in_house: {costs: {people: {amount: 1_000, per: month, avoidable: 100%}}}
    options:
      away:
        location: PH
        price: 900
        per: month
        costs: {reserve: {amount: 6_000, at: signature, category: risk}}
"""
    made = compared(functions)
    worth = sum(100 / 1.21 ** (month / 12) for month in range(1, 13))
    assert figure(made, "care.away.total_saving") == pytest.approx(1_200 - 6_000)
    assert figure(made, "care.away.npv_saving") == pytest.approx(worth - 6_000)
    assert figure(made, "care.away.without_risk.total_saving") == pytest.approx(1_200)
    assert figure(made, "care.away.without_risk.npv_saving") == pytest.approx(worth)


def test_against_another_baseline() -> None:
    # away is the baseline: in-house costs 10,000 and near 9,900, away 9,800
    made = compared(care().replace("in_house:", "baseline: away\n    in_house:", 1))
    assert figure(made, "care.in_house.without_risk.total_saving") == pytest.approx(-2_400)
    assert figure(made, "care.near.without_risk.total_saving") == pytest.approx(-1_200)
    assert "care.away.without_risk.total_saving" not in made.run.book.entries


def test_the_whole_scenario_is_shown_without_risk_as_well() -> None:
    # care without risk 200 with away; desk has no risks and saves 1,000 a month
    made = compared(care(near="9_901") + PLAIN)
    assert made.best.options == {"care": "away", "desk": "away"}
    assert figure(made, "total.best.total_saving") == pytest.approx(12 * 1_600)
    assert figure(made, "total.best.without_risk.total_saving") == pytest.approx(12 * 1_200)
    assert "desk.away.without_risk.total_saving" not in made.run.book.entries


def test_without_risk_lines_there_is_nothing_of_it() -> None:
    made = compared(PLAIN)
    assert not any("without_risk" in address for address in made.run.book.entries)
    assert made.mix_without_risk is None
    assert "saving without risk" not in rows_of(made)
    assert "risk" not in " ".join([*answers(made), *notes(made, "summary", "case.yaml")])


# --- where it is shown -----------------------------------------------------------------------------------------------


def test_the_summary_has_a_row_for_the_saving_and_one_for_its_present_value() -> None:
    made = compared(care())
    rows = rows_of(made)
    assert rows["saving without risk"][0] is None
    assert rows["saving without risk"][1:] == pytest.approx((2_400, 1_200))
    assert rows["NPV without risk"][1] == pytest.approx(figure(made, "care.away.without_risk.npv_saving"))
    labels = list(rows)
    assert labels.index("saving") < labels.index("saving without risk") < labels.index("NPV of the saving")
    assert labels.index("NPV without risk") == labels.index("NPV of the saving") + 1


def test_json_has_both_figures_among_the_metrics() -> None:
    made = compared(care() + PLAIN)
    shown = json.loads(as_json.render([made], ["case.yaml"], ["0"]))
    of = {o["key"]: o["metrics"] for o in shown["functions"][0]["options"]}
    assert of["away"]["total_saving_without_risk"] == pytest.approx(2_400)
    assert of["away"]["npv_saving_without_risk"] == figure(made, "care.away.without_risk.npv_saving")
    assert "total_saving_without_risk" not in of["in_house"]
    assert not any("risk" in name for o in shown["functions"][1]["options"] for name in o["metrics"])
    assert any("total_saving_without_risk" in o["metrics"] for o in shown["total"]["options"])


def test_explain_lists_them_among_the_results() -> None:
    found = [item for section in sections(compared(care())) for item in section.items if "without_risk" in item.address]
    results = [item.address for item in found if item.kind == "result"]
    assert results == [
        f"care.{option}.without_risk.{metric}"
        for option in ("away", "near")
        for metric in ("total_saving", "npv_saving")
    ]


def test_the_answer_says_what_the_best_option_saves_without_risk() -> None:
    said = answers(compared(care(away="9_799")))
    assert said == [
        "Outsourcing care to away saves 7,212 over 12 months, 5.7 % of the 126 k it costs in-house (NPV +6,514), "
        "and is ahead from the first month. Without the risk lines: +2,412."
    ]


def test_the_answer_says_what_the_next_best_option_would_cost_without_risk() -> None:
    # 10,500 in-house; away 10,600 with and 10,500 without risk against 10,000; near 10,700
    said = answers(compared(care(away="10_500", near="10_700")))[0]
    assert said.startswith(
        "Keeping care in-house is cheapest; away, the next best, would cost 1,200 more over 12 months"
    )
    assert said.endswith("Without the risk lines it would cost 6,000 more.")


def test_the_answer_of_the_whole_scenario_says_it_too() -> None:
    said = answers(compared(care(away="9_799") + PLAIN))
    assert said[0].endswith(" Without the risk lines: +14 k.")
    assert "risk" not in said[2]


# --- what would be best ----------------------------------------------------------------------------------------------


def of_risk(comparison: Comparison) -> list[str]:
    return [note for note in notes(comparison, "summary", "case.yaml") if note.startswith("Without risk")]


def test_a_note_says_which_option_would_be_best_without_risk() -> None:
    # with risk near 9,890 beats away 9,900; without, away 9,800 does
    made = compared(care(near="9_890"))
    assert made.functions["care"].best == "near"
    assert of_risk(made) == ["Without risk away would be best for care."]


def test_a_note_says_that_nothing_would_be_outsourced_without_risk() -> None:
    assert of_risk(compared(care(away="10_001", near="10_001"))) == ["Without risk in-house would be best for care."]


def test_no_note_where_the_same_option_is_best() -> None:
    assert of_risk(compared(care(near="9_901"))) == []


def test_a_tie_without_risk_goes_to_the_baseline_and_says_so() -> None:
    assert of_risk(compared(care(away="10_000", near="10_000"))) == ["Without risk in-house would be best for care."]


def test_the_best_mix_without_risk_is_named_where_it_is_another() -> None:
    assert of_risk(compared(care(near="9_890") + PLAIN)) == [
        "Without risk away would be best for care.",
        "Without risk the best mix would be care: away; desk: away.",
    ]
    assert of_risk(compared(care(near="9_901") + PLAIN)) == []
