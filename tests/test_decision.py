"""Decision rules, ties and qualitative factors, against typed numbers; the arithmetic stands beside them."""

import pytest
from recalculation import cells_of, differences, office, poke, recalculate

from bpocalc.about import Input
from bpocalc.answers import answers
from bpocalc.comparison import Comparison, Result, compare
from bpocalc.factors import qualitative
from bpocalc.model.run import run
from bpocalc.notes import notes
from bpocalc.quantity import describe
from bpocalc.scenario.decision import CATEGORIES, SIDES, Decision, rule_of
from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.loading import load_text
from bpocalc.streams import CATEGORIES as IN_REPORTS
from bpocalc.summary import summary
from bpocalc.table import mark_of
from bpocalc.verdicts import verdicts
from bpocalc.views import xlsx

__all__ = ["office"]

# In-house 12,000 a month for two years: 288,000, of which 240,000 are personnel. The provider takes all in month 4
# for 6,000 a month, set-up 18,000: 3 · 12,000 + 18,000 + 21 · (2,000 + 6,000) = 222,000. Saving 66,000; fees 126,000.
DESK = """
title: a case
currency: USD
inflation: 0%
months: 24
discount_rate: 0%
functions:
  desk:
    baseline: {baseline}
    in_house:
      costs:
        people: {{amount: 10_000, per: month, avoidable: 100%, category: personnel}}
        rent: {{amount: 2_000, per: month, avoidable: 0%}}
    options:
      manila:
        location: PH
        price: {price}
        per: month
        transition: {{start: 1, months: 3, costs: {{setup: {{amount: 18_000, month: 2}}}}}}
"""


def compared(more: str, *, price: str = "6_000", baseline: str = "in_house", sets: tuple[str, ...] = ()) -> Comparison:
    text = DESK.format(price=price, baseline=baseline) + more
    return compare(run(load_text(text.encode(), "case.yaml", list(sets))))


def figures(comparison: Comparison, option: str = "manila") -> list[float]:
    """What the rule requires, how far the option is beyond it, and whether it meets the rule."""
    metrics = comparison.functions["desk"].results[option].metrics
    return [metrics[name].figure for name in ("required_saving", "rule_margin", "meets_rule")]


def result(comparison: Comparison, option: str) -> Result:
    return comparison.functions["desk"].results[option]


def score(comparison: Comparison, option: str) -> float:
    return result(comparison, option).metrics["qualitative_score"].figure


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("{rule: any_saving}", [0, 66_000, 1]),
        ("{rule: us_a76}", [24_000, 42_000, 1]),  # 10 % of 240,000, less than 10,000,000
        ("{rule: us_a76, capped_at: 20_000}", [20_000, 46_000, 1]),
        ("{rule: vermont}", [28_800, 37_200, 1]),  # 10 % of 288,000
        ("{rule: maryland}", [25_200, 40_800, 1]),  # 20 % of 126,000, less than 200,000
        ("{rule: florida}", [20_160, 45_840, 1]),  # 7 % of 288,000
        ("{rule: texas}", [28_800, 37_200, 1]),
        ("{rule: market_110}", [22_200, 43_800, 1]),  # 10 % of 222,000: 288,000 is more than 110 % of it
        ("{rule: threshold, saving_at_least: 25%, of: in_house.cost}", [72_000, -6_000, 0]),
        ("{rule: threshold, saving_at_least: 25%, of: in_house.cost, capped_at: 50_000}", [50_000, 16_000, 1]),
        ("{rule: threshold, saving_at_least: 50%, of: fees}", [63_000, 3_000, 1]),
        ("{rule: threshold, saving_at_least: 50%, of: option.transition}", [9_000, 57_000, 1]),
        ("{rule: threshold, saving_at_least: 10%, of: baseline.other}", [4_800, 61_200, 1]),  # 24 · 2,000
        ("{rule: threshold, saving_at_least: 10%, of: in_house.workplace}", [0, 66_000, 1]),  # there is none
    ],
)
def test_a_rule_requires_a_share_of_its_base_up_to_its_cap(decision: str, expected: list[float]) -> None:
    assert figures(compared(f"decision: {decision}")) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("price", "decision", "meets"),
    [
        # The saving is 21 · (10,000 − price) − 18,000; at 8,000 it is 24,000, 10 % of the personnel cost.
        ("8_000", "us_a76", 1),  # a tie converts
        ("8_000.01", "us_a76", 0),  # 21 cents short
        ("9_142.857142857143", "any_saving", 0),  # saves nothing
        ("9_142.8", "any_saving", 1),  # 1.20
    ],
)
def test_at_a_tie_the_rule_says_who_stays(price: str, decision: str, meets: float) -> None:
    assert figures(compared(f"decision: {{rule: {decision}}}", price=price))[2] == meets


def test_against_110_percent_of_the_market_a_tie_is_not_enough() -> None:
    # The option costs 96,000 + 21 · price; 110 % of that is 288,000 at a price of (288,000 / 1.1 − 96,000) / 21.
    assert figures(compared("decision: {rule: market_110}", price="7_896.103896103896"))[2] == 0
    assert figures(compared("decision: {rule: market_110}", price="7_896.10"))[2] == 1


def test_the_rule_protects_the_incumbent_whoever_that_is() -> None:
    # The contract is the incumbent: coming back in-house costs 66,000 more. In-house personnel stays the base; fees are
    # those of the contract that would end.
    back = compared("decision: {rule: us_a76}", baseline="manila")
    assert figures(back, "in_house") == pytest.approx([24_000, -90_000, 0])
    assert "meets_rule" not in result(back, "manila").metrics
    assert figures(compared("decision: {rule: maryland}", baseline="manila"), "in_house")[0] == pytest.approx(25_200)
    dear = compared("decision: {rule: us_a76}", baseline="manila", price="12_000")  # costs 348,000
    assert figures(dear, "in_house") == pytest.approx([24_000, 36_000, 1])


def test_the_published_cap_is_in_its_own_currency() -> None:
    text = DESK.format(price="6_000_000", baseline="in_house").replace("USD", "EUR") + "fx: {USD: 0.5}\n"
    text = text.replace("10_000,", "10_000_000,") + "decision: {rule: maryland}"
    comparison = compare(run(load_text(text.encode(), "case.yaml")))
    assert figures(comparison)[0] == pytest.approx(100_000)  # 200,000 USD; 20 % of the fees would be 25,200,000


def test_a_hybrid_that_keeps_a_part_in_house_is_judged_like_any_other() -> None:
    # 60 % of the work goes: people cost 21 · 6,000 less, the fee, which grows with the share of nothing, stays 6,000.
    comparison = compared("decision: {rule: us_a76}", sets=("functions.desk.options.manila.share=60%",))
    assert result(comparison, "manila").metrics["total_saving"].figure == pytest.approx(21 * 6_000 - 126_000 - 18_000)
    assert figures(comparison) == pytest.approx([24_000, -42_000, 0])


def test_the_figures_of_a_rule_come_with_their_source_and_yield_to_the_scenario() -> None:
    inputs = compared("decision: {rule: us_a76, capped_at: 5_000}").run.loaded.inputs
    share, cap = inputs["decision.saving_at_least"].about, inputs["decision.capped_at"].about
    assert isinstance(share, Input)
    assert isinstance(cap, Input)
    assert share.source.reference
    assert share.source.as_of == "2003-05"
    assert "10 U.S.C. 2461" in share.source.text
    assert not cap.source.reference


@pytest.mark.parametrize("name", fields_of(Decision)["rule"].words)
def test_every_rule_that_may_be_named_is_in_the_table(name: str) -> None:
    rule = rule_of(name)
    assert rule.title
    assert rule.published == (name not in ("any_saving", "threshold"))
    assert not rule.published or (rule.of and rule.edition and rule.figures)


def test_every_category_of_reports_can_be_a_base() -> None:
    assert set(IN_REPORTS) <= set(CATEGORIES)
    assert SIDES == ("in_house", "baseline", "option")


def test_the_verdict_is_said_for_each_option_and_never_as_compliance() -> None:
    comparison = compared("decision: {rule: us_a76}")
    assert [(v.result.key, v.passes, v.sentence) for v in verdicts(comparison)] == [
        ("manila", True, "manila passes for desk: it saves 66 k, 42 k beyond the required 24 k")
    ]
    said = " ".join(notes(comparison, "summary", "case.yaml"))
    assert "Modelled on: US federal" in said
    assert "compliant" not in said
    assert answers(comparison)[0].endswith("It meets the decision rule.")
    rows = {row.label: row.values for row in summary(comparison, comparison.functions["desk"]).rows}
    assert rows["required by the rule"] == (None, 24_000)
    assert rows["meets the rule"] == (None, "yes")


def test_without_a_decision_nothing_is_said_of_one() -> None:
    comparison = compared("")
    metrics = result(comparison, "manila").metrics
    assert not {"required_saving", "meets_rule", "material_gap", "qualitative_score"} & metrics.keys()
    assert not [a for a in comparison.run.book.entries if "rule" in a or "material" in a or "score" in a]


# Ties. The gap in present value is 66,000 of 288,000: 22.9 %.


@pytest.mark.parametrize(("materiality", "tie"), [("22.9%", ()), ("23%", ("in_house", "manila")), ("0%", ())])
def test_a_gap_below_what_is_material_is_a_tie(materiality: str, tie: tuple[str, ...]) -> None:
    comparison = compared(f"decision: {{materiality: {materiality}}}")
    group = comparison.functions["desk"]
    assert group.tie == tie
    assert group.best == "manila"
    assert [mark_of(group, key) for key in group.results] == (["tie", "tie"] if tie else ["", "best"])
    assert (" tie " in answers(comparison)[0]) == bool(tie)


MORE = """
      cebu:
        {location: PH, price: 6_100, per: month, transition: {months: 3, costs: {setup: {amount: 18_000, month: 2}}}}
"""


def test_options_may_tie_ahead_of_the_baseline() -> None:
    comparison = compared(f"{MORE}decision: {{materiality: 1%}}")  # cebu costs 21 · 100 = 2,100 more; 1 % is 2,880
    assert comparison.functions["desk"].tie == ("manila", "cebu")
    said = answers(comparison)[0]
    assert said.startswith("manila and cebu are a tie for desk: their present values of cost differ by 2,100")
    assert "manila saves 66 k" in said


def test_a_tie_with_a_baseline_that_is_the_cheapest_is_said_without_a_saving() -> None:
    comparison = compared("decision: {materiality: 5%}", price="9_200")  # 21 · (10,000 − 9,200) − 18,000 = −1,200
    assert comparison.functions["desk"].best == "in_house"
    assert answers(comparison) == [
        "in-house and manila are a tie for desk: their present values of cost differ by 1,200, and less than 14 k "
        "(5 % of the baseline's) is not material."
    ]


def test_one_mix_under_two_names_is_no_tie() -> None:
    text = (
        DESK.format(price="16_000", baseline="in_house")
        + "  other:\n    in_house: {costs: {a: {amount: 9, per: month, "
    )
    text += "avoidable: 0%}}}\ndecision: {materiality: 5%}\n"
    total = compare(run(load_text(text.encode(), "case.yaml"))).total
    assert total is not None
    assert total.tie == ()
    assert total.best == "in_house"


def test_mixes_tie_as_options_do() -> None:
    text = (
        DESK.format(price="9_100", baseline="in_house") + "  other:\n    in_house: {costs: {a: {amount: 9, per: month, "
    )
    text += "avoidable: 0%}}}\ndecision: {materiality: 5%}\n"
    comparison = compare(run(load_text(text.encode(), "case.yaml")))
    assert comparison.total is not None
    assert comparison.total.tie == ("in_house", "best")
    assert answers(comparison)[0].startswith("The baseline and the best mix are a tie for the whole scenario")


# Qualitative factors.

FACTORS = """
qualitative:
  control: {weight: 3, in_house: 5, manila: 2}
  reach: {title: Reach, weight: 1, desk.in_house: 1, desk: {manila: 4}}
"""


def test_the_mean_of_scores_is_weighted() -> None:
    comparison = compared(FACTORS)
    assert score(comparison, "in_house") == pytest.approx(4)  # (3 · 5 + 1 · 1) / 4
    assert score(comparison, "manila") == pytest.approx(2.5)  # (3 · 2 + 1 · 4) / 4


def test_scores_and_weights_are_figures_like_any_other() -> None:
    sets = ("qualitative.reach.weight=5", "qualitative.reach.desk.manila=3", "qualitative.control.manila=4")
    comparison = compared(FACTORS, sets=sets)
    assert score(comparison, "manila") == pytest.approx(27 / 8)  # (3 · 4 + 5 · 3) / 8
    assert describe(result(comparison, "manila").metrics["qualitative_score"]) == "desk.manila.qualitative_score"


def test_the_factors_stand_in_a_table_of_their_own() -> None:
    comparison = compared(FACTORS)
    (table,) = qualitative(comparison, comparison.functions["desk"])
    assert table.columns == (("weight",), ("in-house",), ("manila",))
    assert [(row.label, row.values) for row in table.rows] == [
        ("control", (3, 5, 2)),
        ("Reach", (1, 1, 4)),
        ("weighted mean", (None, 4, 2.5)),
    ]
    assert result(comparison, "manila").metrics["npv_saving"].figure == pytest.approx(66_000)


def test_a_factor_may_be_about_some_functions_only() -> None:
    text = (
        DESK.format(price="6_000", baseline="in_house") + "  other:\n    in_house: {costs: {a: {amount: 9, per: month, "
    )
    text += "avoidable: 0%}}}\nqualitative: {control: {weight: 2, desk.in_house: 5, desk.manila: 1}}\n"
    comparison = compare(run(load_text(text.encode(), "case.yaml")))
    assert score(comparison, "manila") == 1
    assert "qualitative_score" not in comparison.functions["other"].results["in_house"].metrics
    assert qualitative(comparison, comparison.functions["other"]) == []


# The workbook.

ALL = f"decision: {{rule: us_a76, materiality: 1%}}\n{FACTORS}"
MOVED = {
    "functions.desk.options.manila.price": 9_100.0,  # the saving falls to 900: a tie, and no longer enough
    "decision.saving_at_least": 0.2,
    "decision.capped_at": 30_000.0,
    "qualitative.control.weight": 7.0,
    "qualitative.reach.desk.manila": 5.0,
}


@pytest.mark.usefixtures("office")
def test_rule_tie_and_scores_are_alive_in_the_workbook() -> None:
    before = compared(ALL)
    after = compared(ALL, sets=tuple(f"{address}={value!r}" for address, value in MOVED.items()))
    assert after.functions["desk"].tie == ("in_house", "manila")
    assert figures(after) == pytest.approx([30_000, -29_100, 0])
    workbook = xlsx.render(before, "case.yaml")
    cells = recalculate({"before": workbook, "after": poke(workbook, MOVED)})
    for name, comparison in (("before", before), ("after", after)):
        found = differences(cells[name], comparison)
        assert {"desk.manila.meets_rule", "desk.manila.qualitative_score"} <= {one.address for one in found}
        assert [str(one) for one in found if not one.holds] == []
        sheet = {row.get(1): row for row in cells[name]["Comparison"].values()}
        marks = [row for row in cells[name]["Comparison"].values() if {row.get(2), row.get(3)} & {"best", "tie"}]
        assert [(row.get(2), row.get(3)) for row in marks] == [("tie", "tie") if name == "after" else ("", "best")]
        assert sheet["   meets the rule"][3] == ("no" if name == "after" else "yes")
        assert sheet["weighted mean"][4] == pytest.approx(score(comparison, "manila"))


def test_the_workbook_shows_the_case_without_recalculation() -> None:
    cells = cells_of(xlsx.render(compared(ALL), "case.yaml"))
    rows = {row.get(1): row for row in cells["Comparison"].values()}
    assert rows["control"][2] == 3
    assert rows["   meets the rule"][3] == "yes"
