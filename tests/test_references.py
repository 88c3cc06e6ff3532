"""The reference figures that results hang on: age, grade, and where the scenario asked for them."""

from bpocalc.about import Place
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.references import Figure, beyond, figures
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


def by_address(comparison: Comparison) -> dict[str, Figure]:
    return {figure.about.address: figure for figure in figures(comparison)}


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


def test_a_figure_says_where_the_scenario_asked_for_it() -> None:
    found = by_address(compared())
    assert found["locations.ES.wages.clerical_support"].asked == Place("case.yaml", 12, 24, 20)
    assert found["locations.ES.burden.common.up_to"].asked == Place("case.yaml", 12, 24, 20)
    assert found["fx.per_euro.USD"].asked == Place("case.yaml", 2, 11, 3)


def test_what_is_stated_is_no_reference_figure() -> None:
    more = "fx: {EUR: 1.1}\nlocations: {ES: {wages: {customer_service_rep: 20 EUR}, burden: 30%, wage_growth: 2%}}\n"
    assert figures(compared(more=more)) == []


def test_weak_and_old_figures_can_be_told() -> None:
    found = figures(compared())
    assert beyond(found) == []
    assert {figure.topic for figure in beyond(found, "A")} == {"wages", "burden"}
    assert [figure.topic for figure in beyond(found, max_age=13)] == ["wages"]
    assert [figure.age for figure in beyond(found, max_age=50)] == [51]
    assert beyond(found, max_age=51) == []
