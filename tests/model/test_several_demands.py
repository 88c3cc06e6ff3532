"""Several demands of one function by hand: what is for which, and what stays as it is for a single one."""

import json
from collections.abc import Callable, Mapping

import pytest

from bpocalc.comparison import compare
from bpocalc.model.run import Run
from bpocalc.views import json as as_json

Book = Callable[..., Mapping[str, tuple[float, ...]]]

# calls 100, 140, 60 (mean 100), mails 1,200 a year: 100 a month, growing by 21 % a year
CASE = """
demand:
  calls: {{volume: [100, 140, 60], unit: call}}
  mails: {{volume: 1_200, per: year, unit: mail, growth: 21%}}
in_house:
  teams:
    phone: {{for: calls, units_per_fte: 10, salary: 12_000, staffing: average}}
    post: {{for: mails, units_per_fte: 50, salary: 12_000}}
    lead: {{one_per: {{phone: 12, post: 6}}, salary: 24_000}}
  costs:
    line: {{amount: 2, per: unit, for: calls, avoidable: 100%}}
    stamps: {{amount: 1, per: unit, for: mails, avoidable: 50%}}
  {rest}
options:
  buy:
    location: PH
    share: 40%
    charges:
      talk: {{kind: per_unit, price: 3, for: calls}}
      write: {{kind: per_hour, price: 10, handling_time: 6 min, for: mails}}
      desk: {{kind: fixed, amount: 5}}
    costs: {{scan: {{amount: 0.5, per: unit, for: mails}}}}
    {option}
"""


@pytest.fixture
def rows(book: Book) -> Mapping[str, tuple[float, ...]]:
    return book(CASE.format(rest="", option=""))


def test_each_demand_has_a_volume_of_its_own(rows: Mapping[str, tuple[float, ...]]) -> None:
    # 21 % a year: 1.21^(1/12) a month
    assert rows["work.volume.calls"] == (100, 140, 60)
    assert rows["work.volume.mails"] == pytest.approx([100 * 1.21 ** (m / 12) for m in range(3)])
    assert rows["work.staffed_average.calls"] == (100, 100, 100)
    assert "work.volume" not in rows


def test_a_team_is_there_for_its_demand(rows: Mapping[str, tuple[float, ...]]) -> None:
    # 100 / 10; mails / 50; 10 / 12 + 2 / 6 in month 1
    assert rows["work.in_house.headcount.phone"] == (10, 10, 10)
    assert rows["work.in_house.headcount.post"] == pytest.approx([2 * 1.21 ** (m / 12) for m in range(3)])
    assert rows["work.in_house.headcount.lead"][0] == pytest.approx(10 / 12 + 2 / 6)
    assert rows["work.in_house.idle.phone"] == (0, 0, 4)


def test_a_cost_per_unit_counts_the_units_of_its_demand(rows: Mapping[str, tuple[float, ...]]) -> None:
    # 2 · calls; 60 % of them stay; of the stamps 100 − 50 % · 40 % = 80 %; 40 % of the mails at 0.5 for scans
    assert rows["work.in_house.costs.line"] == (200, 280, 120)
    assert rows["work.buy.costs.line"] == pytest.approx((120, 168, 72))
    assert rows["work.buy.costs.stamps"][0] == pytest.approx(80)
    assert rows["work.buy.costs.scan"][0] == pytest.approx(20)


def test_a_charge_counts_the_units_of_its_demand(rows: Mapping[str, tuple[float, ...]]) -> None:
    # 40 % of the calls at 3; 40 mails of 0.1 h at 10; the fixed fee for neither
    assert rows["work.buy.charges.talk"] == pytest.approx((120, 168, 72))
    assert rows["work.buy.charges.write"][0] == pytest.approx(40)
    assert rows["work.buy.charges.desk"] == (5, 5, 5)
    assert rows["work.buy.units.calls"] == pytest.approx((40, 56, 24))


def test_the_errors_are_those_of_one_demand_and_a_leg_has_it_from_there(book: Book) -> None:
    # 2 % of the mails at 10 each in-house: 20 in month 1, of which 60 % stay; 3 % of 40 mails at the provider
    rows = book(CASE.format(rest="quality: {error_rate: 2%, cost_per_error: 10, for: mails}",
                            option="quality: {error_rate: 3%}"))  # fmt: skip
    assert rows["work.in_house.quality.errors"][0] == pytest.approx(20)
    assert rows["work.buy.quality.staying.errors"][0] == pytest.approx(12)
    assert rows["work.buy.quality.errors"][0] == pytest.approx(12)


def test_automation_runs_on_the_units_of_its_demand(book: Book) -> None:
    # a quarter of the 40 mails at 2 each; 40 mails of 6 minutes at 10 an hour, times 1 − 25 % · 50 %; calls as before
    part = "automation: {share: 25%, client_share: 50%, run: 2, for: mails}"
    rows = book(CASE.format(rest="", option=part))
    assert rows["work.buy.automation.run"][0] == pytest.approx(20)
    assert rows["work.buy.charges.write"][0] == pytest.approx(40 * 0.1 * 10 * 0.875)
    assert rows["work.buy.charges.talk"][0] == pytest.approx(120)


def test_one_demand_under_a_name_costs_what_it_costs_without(book: Book) -> None:
    one = "{volume: 90, growth: 5%}"
    text = """
    demand: %s
    in_house:
      teams: {t: {units_per_fte: 10, salary: 12_000%s}}
      costs: {c: {amount: 2, per: unit, avoidable: 100%%%s}}
    options: {buy: {location: PH, share: 30%%, charges: {c: {kind: per_unit, price: 3%s}}}}
    """
    plain = book(text % (one, "", "", ""))
    named = book(text % (f"{{all: {one}}}", *[", for: all"] * 3))
    assert {
        name.replace("volume.all", "volume").replace("units.all", "units"): row for name, row in named.items()
    } == plain


def test_the_short_form_of_a_charge_names_its_demand(book: Book) -> None:
    rows = book(
        """
        demand: {calls: {volume: 100}, mails: {volume: 7}}
        in_house: {teams: {t: {fte: 1, salary: 1}}}
        options: {buy: {location: PH, price: 3, per: unit, for: mails}}
        """
    )
    assert rows["work.buy.charges.price"] == (21, 21, 21)


def test_there_is_no_cost_per_unit_of_several_and_the_reason_is_said(case: Callable[..., Run]) -> None:
    made = compare(case(CASE.format(rest="", option="")))
    found = json.loads(as_json.render([made], ["case.yaml"], [""]))["functions"][0]
    assert found["unit"] is None
    for option in found["options"]:
        assert option["metrics"]["cost_per_unit"] is None
        assert option["reasons"]["cost_per_unit"] == "the function has several demands, and no one unit"
