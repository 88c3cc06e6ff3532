"""Volumes month by month, several demands, overtime and queues in the workbook: live, and what is not says so."""

from collections.abc import Mapping
from functools import cache

import pytest
from recalculation import (
    ADDRESS,
    FIRST_MONTH,
    INPUTS,
    Cells,
    cells_of,
    differences,
    input_cells,
    lines_of,
    office,
    poke,
    recalculate,
)

from bpocalc.comparison import Comparison, compare
from bpocalc.formulas import is_stated
from bpocalc.model.run import run
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import load_text
from bpocalc.trace import walk
from bpocalc.views import xlsx

__all__ = ["office"]

CASE = """\
title: Calls, mails and a queue
currency: USD
start: 2027-01
months: 14
discount_rate: 8%
inflation: 2%
functions:
  care:
    demand:
      calls: {volume: [900, 1_100, 700, 0, 950, 1_000, 1_050, 900, 800, 1_200, 1_000, 990, 1_300, 700], unit: call}
      mails: {volume: 4_000, growth: 6%, unit: mail}
    in_house:
      paid_hours: 1_900
      burden: 20%
      teams:
        phone:
          {for: calls, units_per_fte: 90, salary: 42_000, staffing: average, overtime: {premium: 40%}, avoidable: 80%}
        post: {for: mails, handling_time: 9 min, wage: 19}
      costs:
        overhead: {rate: 10%, of: personnel, avoidable: 50%}
        line: {amount: 0.4, per: unit, for: calls, avoidable: 100%}
      quality: {error_rate: 2%, cost_per_error: 9, for: mails}
    options:
      better:
        in_house: {teams: {phone: {units_per_fte: 110, overtime: {premium: 30%}}}}
        transition: {start: 2, months: 2, ramp: 3}
      buy:
        location: PH
        share: 60%
        transition: {start: 2, months: 2, ramp: 2, parallel: 1}
        charges:
          talk: {kind: per_unit, price: 4, for: calls}
          write: {kind: per_hour, price: 12, handling_time: 8 min, for: mails}
        quality: {error_rate: 3%}
  desk:
    demand: {volume: 9_000, unit: call, growth: 12%}
    in_house:
      paid_hours: 1_900
      teams:
        agents:
          handling_time: 5 min
          shrinkage: 30%
          wage: 21
          erlang:
            {answer_within: 20 s, target: 80%, occupancy_cap: 85%, interval: 4 h,
             days_per_month: 21, pattern: [60%, 40%]}
    options: {buy: {location: PH, share: 50%, price: 3, per: unit, transition: {months: 2, ramp: 2}}}
"""
CALLS = "functions.care.demand.calls.volume"
MOVED = {
    f"{CALLS}.2": "1_500", f"{CALLS}.4": "90", f"{CALLS}.13": "10",
    "functions.care.in_house.teams.phone.overtime.premium": "75%",
    "functions.care.in_house.teams.phone.avoidable": "55%",
    "functions.care.options.better.in_house.teams.phone.overtime.premium": "5%",
    "functions.care.demand.mails.growth": "-3%",
    "functions.care.options.buy.transition.parallel": "2.5",
    "functions.desk.in_house.teams.agents.wage": "30",
    "functions.desk.demand.volume": "12_000",
}  # fmt: skip


@cache
def compared(*overrides: str) -> Comparison:
    return compare(run(load_text(CASE.encode(), "case.yaml", list(overrides))))


@cache
def workbook() -> bytes:
    return xlsx.render(compared(), "case.yaml")


def stated_below(comparison: Comparison) -> set[str]:
    """The lines that hang on one that is stated, that one among them."""
    found = set()
    for address, q in lines_of(comparison).items():
        reached: list[Quantity] = walk([q])
        if any(is_stated(one) for one in reached):
            found.add(address)
    return found


def row_of(cells: Cells, address: str) -> Mapping[int, object]:
    return next(
        r for sheet, rows in cells.items() if sheet != INPUTS for r in rows.values() if r.get(ADDRESS) == address
    )


def test_a_queue_is_stated_and_all_else_is_a_formula() -> None:
    names = {address for address, q in lines_of(compared()).items() if is_stated(q)}
    assert names == {f"desk.{state}headcount.agents" for state in ("in_house.", "buy.freed.", "buy.staying.")}
    cells = cells_of(workbook())
    row = row_of(cells, "desk.in_house.headcount.agents")
    assert row[2] == "People that the work needs (stated, not live)"
    people = compared().run.book.entries["desk.in_house.headcount.agents"].quantity
    assert row[FIRST_MONTH] == pytest.approx(people.row[0], rel=1e-15)
    about = [value for row in cells["About"].values() for value in row.values()]
    assert "What is stated and not live" in about
    assert "desk.in_house.headcount.agents" in str(about)


def test_a_workbook_without_a_queue_says_nothing_of_it() -> None:
    plain = CASE.partition("  desk:\n")[0]
    made = xlsx.render(compare(run(load_text(plain.encode(), "case.yaml"))), "case.yaml")
    assert "What is stated and not live" not in [v for row in cells_of(made)["About"].values() for v in row.values()]


def test_the_months_of_a_volume_stand_below_each_other() -> None:
    cells = input_cells(workbook())
    rows = [int(cells[f"{CALLS}.{month}"][1:]) for month in range(1, 15)]
    assert rows == list(range(rows[0], rows[0] + 14))


def test_recalculated_the_workbook_gives_the_same_as_it_is_and_with_other_inputs(office: None) -> None:
    values = {a: compared(*[f"{a}={v}" for a, v in MOVED.items()]).run.loaded.inputs[a].figure for a in MOVED}
    cells = recalculate({"as it is": workbook(), "moved": poke(workbook(), values)})
    assert [str(one) for one in differences(cells["as it is"], compared()) if not one.holds] == []
    after = compared(*[f"{address}={value}" for address, value in MOVED.items()])
    apart = stated_below(after)
    assert 0 < len(apart) < len(lines_of(after)) / 2
    wrong = [one for one in differences(cells["moved"], after) if not one.holds and one.address not in apart]
    assert [str(one) for one in wrong] == []


@pytest.mark.parametrize("address", ["desk.in_house.pay.agents", "desk.buy.total_saving", "total.best.total_cost"])
def test_what_hangs_on_a_queue_is_live_for_all_other_inputs(address: str, office: None) -> None:
    wage = "functions.desk.in_house.teams.agents.wage"
    after = compared(f"{wage}=30")
    cells = recalculate({"moved": poke(workbook(), {wage: 30.0})})["moved"]
    assert next(one for one in differences(cells, after) if one.address == address).holds
