"""Risk by hand: what may go wrong costs its average, in-house, at a provider, and with an improved side."""

from collections.abc import Callable, Mapping
from math import fsum
from pathlib import Path

import pytest

from bpocalc.comparison import compare
from bpocalc.model.book import Entry
from bpocalc.model.run import Run, run
from bpocalc.scenario.loading import load_text

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# 12 % a year of 100,000: 1,000 a month
HOME = """
in_house:
  costs: {{people: {{amount: 9_000, per: month, avoidable: 100%}}}}
  risks: {home}
options:
  {options}
"""
OUTAGE = "{outage: {probability: 12%, impact: 100_000}}"
AWAY = "away: {{location: PH, price: 5_000, per: month, risks: {risks}{more}}}"
SAME = AWAY.format(risks="same", more="")
# a year ends at 6,000 (50 %), at 12,000 (30 %) or at 24,000 (20 %): 3,000 + 3,600 + 4,800 = 11,400, 950 a month
OUTCOMES = (
    "outcomes: [{cost: 6_000, probability: 50%}, {cost: 12_000, probability: 30%}, {cost: 24_000, probability: 20%}]"
)


def risks(book: Book, options: str = SAME, home: str = OUTAGE, **about: object) -> Mapping[str, tuple[float, ...]]:
    return book(HOME.format(home=home, options=options), **about)


# --- in-house --------------------------------------------------------------------------------------------------------


def test_a_risk_costs_its_probability_times_its_impact(book: Book) -> None:
    assert risks(book)["work.in_house.risk.outage"] == pytest.approx((1_000, 1_000, 1_000))


def test_each_risk_is_a_line_of_its_own(book: Book) -> None:
    home = "{outage: {probability: 12%, impact: 100_000}, fraud: {probability: 100%, impact: 2_400}}"
    rows = risks(book, home=home)
    assert rows["work.in_house.risk.outage"] == pytest.approx((1_000, 1_000, 1_000))
    assert rows["work.in_house.risk.fraud"] == pytest.approx((200, 200, 200))


def test_the_impact_moves_with_inflation(book: Book) -> None:
    assert risks(book, months=13, inflation="4%")["work.in_house.risk.outage"][11:] == pytest.approx((1_000, 1_040))


def test_a_growth_of_its_own_takes_the_place_of_inflation(book: Book) -> None:
    same = "probability: 12%, impact: 100_000"
    home = f"{{outage: {{{same}, growth: 10%}}, fraud: {{{same}, growth: 0%}}}}"
    rows = risks(book, home=home, months=25, inflation="4%")
    assert rows["work.in_house.risk.outage"][11:13] == pytest.approx((1_000, 1_100))
    assert rows["work.in_house.risk.outage"][24] == pytest.approx(1_210)
    assert rows["work.in_house.risk.fraud"][24] == pytest.approx(1_000)


def test_an_impact_in_another_currency(book: Book) -> None:
    # 1,000,000 PHP at 0.02: 20,000 · 12 % / 12
    home = "{outage: {probability: 12%, impact: 1_000_000 PHP}}"
    rows = risks(book, home=home, top="fx: {PHP: 0.02}")
    assert rows["work.in_house.risk.outage"] == pytest.approx((200, 200, 200))


@pytest.mark.parametrize(
    "home", ["{outage: {probability: 0%, impact: 100_000}}", "{outage: {probability: 12%, impact: 0}}"]
)
def test_what_never_happens_or_does_not_matter_costs_nothing(book: Book, home: str) -> None:
    assert risks(book, home=home)["work.in_house.risk.outage"] == (0, 0, 0)


def test_no_risks_are_no_lines(book: Book) -> None:
    rows = risks(book, AWAY.format(risks="{}", more=""), home="{}")
    assert not any("risk" in name for name in rows)


# --- outcomes --------------------------------------------------------------------------------------------------------


def test_a_risk_with_several_outcomes_costs_their_mean(book: Book) -> None:
    rows = risks(book, home=f"{{overrun: {{{OUTCOMES}}}}}")
    assert rows["work.in_house.risk_mean.overrun"] == pytest.approx((11_400,) * 3)
    assert rows["work.in_house.risk.overrun"] == pytest.approx((950, 950, 950))


def test_outcomes_move_with_growth_as_well(book: Book) -> None:
    # 950 · 1.04, and 950 · 1.1
    home = f"{{a: {{{OUTCOMES}}}, b: {{{OUTCOMES}, growth: 10%}}}}"
    rows = risks(book, home=home, months=13, inflation="4%")
    assert rows["work.in_house.risk.a"][12] == pytest.approx(988)
    assert rows["work.in_house.risk.b"][12] == pytest.approx(1_045)


def test_outcomes_at_a_provider_and_in_the_work_that_stays(book: Book) -> None:
    # moved 0, 40 %, 80 %; ramp 0, 1/2, 1; the provider bears 60 %
    option = AWAY.format(
        risks=f"{{overrun: {{{OUTCOMES}, provider_bears: 60%}}}}",
        more=", share: 80%, transition: {months: 1, ramp: 2}",
    )
    rows = risks(book, option, home=f"{{overrun: {{{OUTCOMES}}}}}")
    assert rows["work.away.risk.overrun"] == pytest.approx((0, 190, 380))
    assert rows["work.away.risk.staying.overrun"] == pytest.approx((950, 570, 190))


# --- outsourced ------------------------------------------------------------------------------------------------------


def test_a_risk_of_a_leg_comes_with_its_ramp_and_not_with_its_share(book: Book) -> None:
    # 80 % moves in months 2 and 3; 24 % of 50,000 is 1,000 a month, half of it borne by the provider
    option = AWAY.format(
        risks="{outage: {probability: 24%, impact: 50_000, provider_bears: 50%}}",
        more=", share: 80%, transition: {months: 1, ramp: 2}",
    )
    rows = risks(book, option, months=4)
    assert rows["work.away.risk.outage"] == pytest.approx((0, 250, 500, 500))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((1_000, 600, 200, 200))


def test_the_same_risks_are_those_of_the_in_house_side_as_they_stand(book: Book) -> None:
    # all the work moves in month 1, and then half of it
    rows = risks(book)
    assert rows["work.away.risk.outage"] == pytest.approx((1_000, 1_000, 1_000))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((0, 0, 0))
    rows = risks(book, AWAY.format(risks="same", more=", share: 50%"))
    assert rows["work.away.risk.outage"] == pytest.approx((1_000, 1_000, 1_000))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((500, 500, 500))


def test_the_same_risks_hang_on_the_same_inputs(case: Callable[..., Run]) -> None:
    made = case(HOME.format(home=OUTAGE, options=SAME))
    inputs = [address for address in made.loaded.inputs if "risks" in address]
    assert sorted(inputs) == [f"functions.work.in_house.risks.outage.{word}" for word in ("impact", "probability")]


def test_risks_of_a_leg_are_not_laid_over_those_of_the_in_house_side(book: Book) -> None:
    rows = risks(book, AWAY.format(risks="{strike: {probability: 6%, impact: 100_000}}", more=""))
    assert rows["work.away.risk.strike"] == pytest.approx((500, 500, 500))
    assert "work.away.risk.outage" not in rows


def test_a_provider_without_risks_leaves_those_of_the_work_that_stays(book: Book) -> None:
    rows = risks(book, AWAY.format(risks="{}", more=", share: 25%"))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((750, 750, 750))
    assert "work.away.risk.outage" not in rows


def test_a_provider_with_risks_where_there_were_none(book: Book) -> None:
    rows = risks(book, AWAY.format(risks=OUTAGE, more=""), home="{}")
    assert rows["work.away.risk.outage"] == pytest.approx((1_000, 1_000, 1_000))
    assert "work.away.risk.staying.outage" not in rows


def test_a_provider_that_bears_all(book: Book) -> None:
    option = AWAY.format(risks="{outage: {probability: 12%, impact: 100_000, provider_bears: 100%}}", more="")
    assert risks(book, option)["work.away.risk.outage"] == (0, 0, 0)


def test_a_go_live_within_a_month(book: Book) -> None:
    rows = risks(book, AWAY.format(risks="same", more=", transition: {months: 0.5}"))
    assert rows["work.away.risk.outage"] == pytest.approx((500, 1_000, 1_000))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((500, 0, 0))


LEGS = """away:
    legs:
      near: {location: PL, share: 30%, price: 2_000, per: month, risks: {strike: {probability: 6%, impact: 20_000}}}
      far:
        location: PH
        share: 50%
        price: 2_000
        per: month
        transition: {months: 1, ramp: 2}
        risks: {strike: {probability: 12%, impact: 60_000, provider_bears: 25%, growth: 10%}}
"""


def test_each_leg_has_its_own_risks(book: Book) -> None:
    # near 100 a month from month 1; far 600 · 75 % with 0, 1/2, 1; staying 70, 45, 20 % of 1,000
    rows = risks(book, LEGS)
    assert rows["work.away.near.risk.strike"] == pytest.approx((100, 100, 100))
    assert rows["work.away.far.risk.strike"] == pytest.approx((0, 225, 450))
    assert rows["work.away.risk.staying.outage"] == pytest.approx((700, 450, 200))


def test_the_risks_of_legs_grow_each_by_its_own_rate(book: Book) -> None:
    rows = risks(book, LEGS, months=13, inflation="4%")
    assert rows["work.away.near.risk.strike"][12] == pytest.approx(104)
    assert rows["work.away.far.risk.strike"][12] == pytest.approx(495)
    assert rows["work.away.risk.staying.outage"][12] == pytest.approx(208)


# --- improved --------------------------------------------------------------------------------------------------------

BETTER = "better: {{in_house: {{risks: {risks}}}, transition: {{months: 1, ramp: 2}}}}"


def test_a_probability_that_falls_comes_with_the_ramp(book: Book) -> None:
    # 12 % to 6 %: 1,000, half of the way to 500, 500
    rows = risks(book, BETTER.format(risks="{outage: {probability: 6%}}"))
    assert rows["work.better.risk.outage"] == pytest.approx((1_000, 750, 500))


def test_a_risk_that_is_new_comes_and_one_that_is_removed_goes_with_the_ramp(book: Book) -> None:
    rows = risks(book, BETTER.format(risks="{outage: null, build: {probability: 12%, impact: 20_000}}"))
    assert rows["work.better.risk.outage"] == pytest.approx((1_000, 500, 0))
    assert rows["work.better.risk.build"] == pytest.approx((0, 100, 200))


def test_the_ends_of_an_improvement_grow_each_by_its_own_rate(book: Book) -> None:
    # in month 13 the improvement is whole: 500 · 1.1
    rows = risks(book, BETTER.format(risks="{outage: {probability: 6%, growth: 10%}}"), months=13, inflation="4%")
    assert rows["work.better.risk.outage"][11:] == pytest.approx((500, 550))


def test_outcomes_take_the_place_of_a_probability(book: Book) -> None:
    # 1,000, half of the way to 950, 950
    overlay = f"{{outage: {{probability: null, impact: null, {OUTCOMES}}}}}"
    assert risks(book, BETTER.format(risks=overlay))["work.better.risk.outage"] == pytest.approx((1_000, 975, 950))


def test_a_risk_that_an_overlay_leaves_alone_is_one_line(book: Book) -> None:
    home = f"{{outage: {{probability: 12%, impact: 100_000}}, overrun: {{{OUTCOMES}}}}}"
    rows = risks(book, BETTER.format(risks="{outage: {impact: 40_000}}"), home=home)
    assert rows["work.better.risk.outage"] == pytest.approx((1_000, 700, 400))
    assert rows["work.better.risk.overrun"] == pytest.approx((950, 950, 950))
    assert "work.better.risk.outage.today" in rows
    assert "work.better.risk.overrun.today" not in rows


# --- what it is in the book ------------------------------------------------------------------------------------------


def test_risks_are_of_their_own_category_under_their_titles(entries: Callable[..., Mapping[str, Entry]]) -> None:
    home = "{outage: {title: Site outage, probability: 12%, impact: 100_000}}"
    options = f"{LEGS}  {BETTER.format(risks='{outage: {probability: 6%}}')}"
    found = entries(HOME.format(home=home, options=options))
    costs = {name: entry for name, entry in found.items() if entry.kind == "cost" and ".risk." in name}
    assert {name: entry.title for name, entry in costs.items()} == {
        "work.in_house.risk.outage": "Site outage",
        "work.better.risk.outage": "Site outage",
        "work.away.risk.staying.outage": "Site outage",
        "work.away.near.risk.strike": "strike",
        "work.away.far.risk.strike": "strike",
    }
    assert {entry.category for entry in costs.values()} == {"risk"}
    assert not any(entry.once or entry.soft for entry in costs.values())


def test_the_risk_of_all_the_work_can_be_avoided(case: Callable[..., Run]) -> None:
    # 9,000 and 1,000 a month in-house; with the provider 5,000 and 1,000: 4,000 of 10,000
    result = compare(case(HOME.format(home=OUTAGE, options=SAME))).functions["work"].results["away"]
    assert result.metrics["saving_share_of_avoidable"].figure == pytest.approx(0.4)


# --- a full case, in which an independent evaluator let no cost of an error and no impact grow -----------------------

REFERENCE = Path(__file__).parent.parent / "reference_case.yaml"
CARE = "functions.care"
MANILA, BOGOTA = (f"{CARE}.options.manila_bogota.legs.{leg}" for leg in ("manila", "bogota"))
TOPICS = (
    f"{CARE}.in_house.quality={{error_rate: 2.6%, cost_per_error: 14, growth: 0%}}",
    f"{CARE}.in_house.risks={{site_outage: {{probability: 4%, impact: 700_000, growth: 0%}}}}",
    f"{CARE}.options.improved.in_house.quality.error_rate=2.3%",
    f"{MANILA}.quality={{error_rate: 3.4%}}",
    f"{BOGOTA}.quality={{error_rate: 3.0%}}",
    f"{MANILA}.risks={{outage: {{probability: 6%, impact: 900_000, provider_bears: 40%, growth: 0%}}}}",
    f"{BOGOTA}.risks={{outage: {{probability: 4%, impact: 500_000, provider_bears: 40%, growth: 0%}}}}",
)


@pytest.fixture(scope="module")
def full() -> Run:
    return run(load_text(REFERENCE.read_bytes(), REFERENCE.name, list(TOPICS)))


@pytest.mark.parametrize(
    ("option", "quality", "risk"),
    [("in_house", 2_069_093, 140_000), ("improved", 1_861_469, 140_000), ("manila_bogota", 2_475_964, 229_500)],
)
def test_quality_and_risk_of_a_full_case_agree(full: Run, option: str, quality: float, risk: float) -> None:
    costs = full.functions["care"].outcomes[option].costs.values()
    for category, expected in (("quality", quality), ("risk", risk)):
        assert round(fsum(fsum(e.quantity.row) for e in costs if e.category == category)) == expected
