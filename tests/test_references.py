"""The reference figures that results hang on: age, grade, and where the scenario asked for them."""

from pathlib import Path

import pytest

from bpocalc.about import Place
from bpocalc.cli.app import run as cli
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.references import Figure, figures, footnotes, used
from bpocalc.scenario.loading import load_text

CASE = """title: Two places
currency: USD
start: 2027-01
months: 12
discount_rate: 0%
functions:
  care:
    in_house:
      location: {location}
      paid_hours: 2_000
      teams:
        agents: {{role: {role}, fte: 10}}
    options: {{away: {{location: {location}, price: 9_000, per: month}}}}
"""


def compared(location: str = "ES", role: str = "customer_service_rep", more: str = "") -> Comparison:
    text = CASE.format(location=location, role=role) + more
    return compare(run(load_text(text.encode(), "case.yaml")))


def figures_of(comparison: Comparison) -> list[Figure]:
    return figures(used(comparison), comparison.run.loaded)


def notes_of(comparison: Comparison) -> list[str]:
    return list(footnotes(used(comparison), comparison.run.loaded))


def by_address(comparison: Comparison) -> dict[str, Figure]:
    return {figure.about.address: figure for figure in figures_of(comparison)}


def test_every_reference_figure_that_a_result_hangs_on_is_there_with_its_age() -> None:
    found = by_address(compared())
    assert list(found) == [
        "fx.per_euro.USD",
        *(f"locations.ES.burden.{part}.{field}" for part in ("common", "fogasa", "mei", "training", "unemployment")
          for field in ("rate", "up_to")),
        "locations.ES.wage_growth",
        "locations.ES.wages.clerical_support",
    ]  # fmt: skip
    wage = found["locations.ES.wages.clerical_support"]
    assert (wage.value, wage.age, wage.topic, wage.stale) == (11.70, 51, "wages", True)  # 2022-10 to 2027-01
    rate = found["fx.per_euro.USD"]
    assert (rate.value, rate.age, rate.topic, rate.stale) == (1.15792, 3, "per_euro", False)
    assert found["locations.ES.burden.common.rate"].topic == "burden"


def test_the_scenario_knows_where_it_asked_for_a_figure() -> None:
    taken = compared().run.loaded.taken
    assert taken["locations.ES.wages.clerical_support"] == Place("case.yaml", 12, 24, 20)
    assert taken["locations.ES.burden.common.up_to"] == Place("case.yaml", 12, 24, 20)
    assert taken["fx.per_euro.USD"] == Place("case.yaml", 2, 11, 3)


def test_what_is_stated_is_no_reference_figure() -> None:
    more = "fx: {EUR: 1.1}\nlocations: {ES: {wages: {customer_service_rep: 20 EUR}, burden: 30%, wage_growth: 2%}}\n"
    assert figures_of(compared(more=more)) == []


# What is taken only where it is asked for


def pay(comparison: Comparison) -> float:
    return comparison.run.book.entries["care.in_house.monthly_pay.agents"].quantity.row[0]


def test_a_declared_step_carries_a_wage_to_the_start_and_is_a_line_of_its_own() -> None:
    # 20.03 EUR an hour of October 2022, 2,000 hours, 105.0 to 120.0: 20.03 · 2,000 · 1.1429 / 12 = 3,815.38 a month
    comparison = compared("DE", more="fx: {EUR: 1}\nlocations: {DE: {uprating: reference}}\n")
    assert pay(comparison) == pytest.approx(3_815.3811, abs=1e-3)
    assert "care.in_house.uprated_pay.agents" in comparison.run.book.entries
    found = by_address(comparison)
    assert not found["locations.DE.wages.clerical_support"].stale
    assert found["locations.DE.uprating"].about.source.text.startswith("Eurostat: Labour cost index")


def test_a_step_may_be_stated_with_its_source() -> None:
    step = "fx: {EUR: 1}\nlocations: {PT: {uprating: {value: 1.2, source: an index, as_of: 2026-06}}}\n"
    comparison = compared("PT", more=step)
    assert pay(comparison) == pytest.approx(7.06 * 2_000 * 1.2 / 12)
    assert not by_address(comparison)["locations.PT.wages.clerical_support"].stale


def test_a_wage_that_the_scenario_states_is_not_carried_anywhere() -> None:
    more = "locations: {DE: {uprating: reference, wages: {customer_service_rep: 24}}}\n"
    assert pay(compared("DE", more=more)) == pytest.approx(24 * 2_000 / 12)


def test_an_optional_wage_takes_the_place_of_that_of_the_group() -> None:
    comparison = compared("DE", more="fx: {EUR: 1}\nlocations: {DE: {use: clerical_support_n}}\n")
    assert pay(comparison) == pytest.approx(16.67 * 2_000 / 12)
    assert "locations.DE.wages.clerical_support_n" in by_address(comparison)


def test_optional_charges_are_added_or_stand_in_place_of_all() -> None:
    def rate(location: str, use: str) -> float:
        more = f"fx: {{EUR: 1}}\nlocations: {{{location}: {{use: {use}}}}}\n"
        comparison = compared(location, more=more)
        return comparison.run.book.entries["care.in_house.burden_rate.agents"].quantity.row[0]

    assert rate("NL", "[]") == pytest.approx(0.08)
    assert rate("NL", "[burden]") == pytest.approx(0.08 + 0.1849)
    assert rate("NL", "[zvw]") == pytest.approx(0.08 + 0.061)
    assert rate("US", "[all_benefits_observed]") == pytest.approx(0.429)
    # 22.40 · 2,000 = 44,800 a year: 6.2 % + 1.45 % + 0.6 % of 7,000 / 44,800
    assert rate("US", "[]") == pytest.approx(0.062 + 0.0145 + 0.006 * 7_000 / 44_800)


# Footnotes


def test_footnotes_tell_source_period_age_and_grade_of_each_figure_used() -> None:
    ecb = "European Central Bank: Euro foreign exchange reference rates, daily, to 30 October 2026"
    ses = "Eurostat: Structure of Earnings Survey 2022, mean hourly earnings by sex, occupation and activity"
    lci = "Eurostat: Labour cost index, annual, wages and salaries, 2020 = 100 (LC_LCI_R2_A)"
    law = "Boletín Oficial del Estado: LGSS (RDL 8/2015) and Orden PJC/297/2026, contributions 2026"
    assert notes_of(compared()) == [
        "Reference figures used (edition 2026.11): 13, the oldest of 2022-10.",
        f"1.15792 USD/EUR · {ecb} · 2026-10 · 3 months old at the start · grade A",
        "ES: common 23.6 %, fogasa 0.2 %, mei 0.75 %, training 0.6 %, unemployment 5.5 % · "
        f"{law} · 2026-01 · 12 months old at the start · grade B",
        f"ES: wage growth 3.01 % a year · {lci} · 2025-12 · 13 months old at the start · grade A · stale",
        f"ES: clerical support 11.7 EUR/hour · {ses} (EARN_SES22_47) · 2022-10 · 51 months old at the start · "
        "grade B · stale: not carried to the start, see uprating of ES",
    ]


def test_footnotes_tell_rate_cards_apart() -> None:
    card = (
        "location,role,metric,value,unit,period,source\n"
        "ES,customer_service_rep,wage,1_900,EUR/month,2026-11,Vendor X\nES,,burden,31%,share of pay,2024,\n"
    )
    text = (
        CASE.format(location="ES", role="customer_service_rep") + "fx: {EUR: 1.1}\nlocations: {ES: {wage_growth: 2%}}\n"
    )
    comparison = compare(run(load_text(text.encode(), "case.yaml", cards=[("card.csv", card.encode())])))
    assert notes_of(comparison) == [
        "Figures of rate cards used: 2, the oldest of 2024.",
        "ES: burden 31 % · no source · 2024 · 25 months old at the start · stale",
        "ES: customer service rep salary 1,900 EUR/month · Vendor X · 2026-11 · 2 months old at the start",
    ]


def test_a_scenario_of_its_own_figures_has_no_footnotes() -> None:
    more = "fx: {EUR: 1.1}\nlocations: {ES: {wages: {customer_service_rep: 20 EUR}, burden: 30%, wage_growth: 2%}}\n"
    assert notes_of(compared(more=more)) == []


def test_an_explanation_tells_age_and_staleness_and_the_hours_a_month_and_a_year_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    address = "care.in_house.monthly_pay.agents"
    (tmp_path / "es.yaml").write_text(CASE.format(location="ES", role="customer_service_rep"), encoding="utf-8")
    (tmp_path / "ph.yaml").write_text(CASE.format(location="PH", role="general_office_clerk"), encoding="utf-8")
    assert cli(["explain", "es.yaml", address]) == 0
    hourly = capsys.readouterr().out
    assert '(EARN_SES22_47)", 2022-10, 51 months old at the start, stale, grade B\n' in hourly
    assert "clerical_support × rate.EUR × paid_hours ÷ 12" in hourly
    assert cli(["explain", "ph.yaml", address]) == 0
    assert "274,836 PHP/year  PH.yaml:10 of the reference data  written 22903 PHP/month, 12 of them a year" in " ".join(
        capsys.readouterr().out.replace("      ", " ").split("   ")
    )
