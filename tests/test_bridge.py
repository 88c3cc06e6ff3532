"""The bridge: from the cost of the baseline to that of every option, cause by cause, in every month.

A small case is worked out by hand; that the steps add up is tried on every scenario, published case and reading.
"""

import json
import re
from functools import cache
from itertools import pairwise
from math import log2
from pathlib import Path
from textwrap import dedent

import pytest
from test_cases import read_case

from bpocalc.arbitrage import parts
from bpocalc.bridge import Step
from bpocalc.cli.app import run as cli
from bpocalc.cli.output import PLAIN
from bpocalc.comparison import Comparison, Group, compare, nearest
from bpocalc.explain.addresses import find, sections
from bpocalc.model.run import run
from bpocalc.notation import write
from bpocalc.report import report
from bpocalc.scenario.loading import load_text
from bpocalc.views import json as json_view
from bpocalc.views import markdown, text
from bpocalc.views.layout import width

HERE = Path(__file__).parent
SCENARIOS = sorted((HERE.parent / "scenarios").glob("*.yaml"))
FILES = [
    *SCENARIOS,
    HERE / "reference_case.yaml",
    HERE / "golden" / "case.yaml",
    *sorted((HERE / "cases").glob("*.yaml")),
]
REFERENCE = HERE / "reference_case.yaml"

# Three months; half of the work goes in month 2, people are free of it in month 3; 1 % a month
CASE = """
title: A bridge by hand
currency: USD
months: 3
discount_rate: {rate: 12%, compounding: monthly}
providers: {acme: {volume_discount: {by: whole, tiers: [{above: 100, rate: 10%}]}}}
functions:
  work:
    demand: {volume: 100, unit: unit}
    in_house:
      teams: {people: {fte: 10, salary: 12_000}}
      costs:
        rent: {amount: 600, per: month, avoidable: 50%}
        licence: {amount: 1_200, per: year, paid: start, avoidable: 100%}
        audit: {amount: 300, per: once, month: 2}
        move: {amount: 200, per: once, month: 3, avoidable: 100%}
        goodwill: {amount: 50, per: month, avoidable: 100%, soft: true}
      quality: {error_rate: 2%, cost_per_error: 10}
    options:
      away:
        provider: acme
        location: PH
        share: 50%
        charges: {units: {kind: per_unit, price: 40, minimum: 5_000}}
        transition: {months: 1, parallel: 1, costs: {legal: {amount: 700, at: signature}}}
        retained: {teams: {manager: {fte: 1, salary: 12_000, from: 2}}}
        governance: {rate: 10%}
        quality: {error_rate: 3%, cost_per_error: 10}
      cheap:
        legs:
          one: {location: PH, share: 20%, price: 100, per: month, quality: {error_rate: 2%, cost_per_error: 10}}
          two:
            location: IN
            share: 30%
            price: 200
            per: month
            transition: {months: 2}
            costs: {net: {amount: 9, per: month, category: price}}
            quality: {error_rate: 2%, cost_per_error: 10}
      better:
        in_house: {teams: {people: {fte: 8}}}
        transition: {months: 1, costs: {build: {amount: 400}}}
"""


def compared(scenario: str = CASE, *, soft: bool = False) -> Comparison:
    return compare(run(load_text(dedent(scenario).encode(), "case.yaml")), soft=soft)


@cache
def of_file(path: Path, *, soft: bool = False) -> Comparison:
    if path.parent.name != "cases":
        return compare(run(load_text(path.read_bytes(), path.name)), soft=soft)
    made = read_case(path.read_text("utf-8"), path.name).comparison
    return compare(run(made.run.loaded), soft=True) if soft else made


def groups(comparison: Comparison) -> list[Group]:
    return [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]


def steps(comparison: Comparison, option: str, function: str = "work") -> dict[str, Step]:
    return {one.cause: one for one in comparison.bridges.steps(function, option)}


def months(comparison: Comparison, option: str) -> dict[str, tuple[float, ...]]:
    return {cause: one.nominal.row for cause, one in steps(comparison, option).items()}


def open_gaps(comparison: Comparison) -> list[str]:
    """What the steps leave open, nominal or discounted, in any month of any option."""
    found = []
    for group in groups(comparison):
        base = group.results[group.baseline].stream
        for key, result in group.results.items():
            taken = comparison.bridges.steps(group.key, key)
            for which, there, here in (
                ("nominal", base.cost, result.stream.cost),
                ("discounted", base.discounted, result.stream.discounted),
            ):
                rows = [getattr(one, which).row for one in taken]
                for month, (start, end) in enumerate(zip(there.row, here.row, strict=True)):
                    gap = start + sum(row[month] for row in rows) - end
                    if abs(gap) > 1e-9 * max(1, abs(start), abs(end)):
                        found.append(f"{result.address}, {which}, month {month + 1}: {gap}")
    return found


# By hand


def test_each_step_by_hand() -> None:
    # at home: pay 10,000 and rent 600 a month, licence 1,200 · 3/12 = 300 in month 1; half of it moves in month 2
    found = months(compared(), "away")
    assert found.pop("work_moved") == pytest.approx((0, -5_300, -5_300))
    assert found.pop("dual_running") == pytest.approx((0, 5_300, 0))
    assert found.pop("stranded") == pytest.approx((0, 0, 150))  # half of the half of the rent
    assert found.pop("price") == pytest.approx((0, 2_000, 2_000))  # 50 units at 40
    assert found.pop("minimum") == pytest.approx((0, 3_000, 3_000))  # up to 5,000
    assert found.pop("scale") == pytest.approx((0, -500, -500))  # 10 % of 5,000
    assert found.pop("retained") == pytest.approx((0, 1_000, 1_000))
    assert found.pop("governance") == pytest.approx((0, 450, 450))  # 10 % of 4,500
    # legal work, paid once; the audit is paid on both sides, half of the move is saved
    assert found.pop("transition") == pytest.approx((700, 0, -100))
    # at home 100 units · 2 % · 10; with the provider 50 of them at 3 %
    assert found.pop("quality") == pytest.approx((0, 5, 5))
    assert found == {}


def test_a_step_is_discounted_at_the_instants_at_which_its_lines_are_paid() -> None:
    found = steps(compared(), "away")
    assert sum(found["work_moved"].discounted.row) == pytest.approx(-5_300 / 1.01**2 - 5_300 / 1.01**3)
    assert sum(found["transition"].discounted.row) == pytest.approx(700 - 100 / 1.01**3)  # at signature: in full


def test_soft_lines_are_in_the_steps_when_they_are_counted() -> None:
    # goodwill of 50: half of it moves in month 2 and is gone in month 3
    found = months(compared(soft=True), "away")
    assert found["work_moved"] == pytest.approx((0, -5_325, -5_325))
    assert found["dual_running"] == pytest.approx((0, 5_325, 0))
    assert found["stranded"] == pytest.approx((0, 0, 150))


def test_dual_running_of_soft_lines_is_no_run_cost_only_where_they_are_counted() -> None:
    # run cost of month 2: stays 5,300, fees 4,500, retained 1,000, governance 450, quality 25; soft: 25 more
    for soft, run_cost in ((False, 11_275), (True, 11_300)):
        stream = compared(soft=soft).functions["work"].results["away"].stream
        assert stream.run.row[1] == pytest.approx(run_cost)


LABOR = """
title: Rate and productivity
currency: USD
months: 2
discount_rate: {rate: 12%%, compounding: monthly}
functions:
  work:
    demand: {volume: 1_000, unit: unit}
    in_house:
      %s
      teams: {people: {fte: 10, salary: 48_000}}
      costs: {rent: {amount: 5_000, per: month, avoidable: 100%%}}
    options:
      away: {location: PH, charges: {%s}%s}
      better: {in_house: {teams: {people: {fte: 8, salary: 51_000}}}}
"""


def labor(charges: str, more: str = "", home: str = "", option: str = "away") -> dict[str, tuple[float, float]]:
    """Nominal and discounted parts of the work of both months."""
    made = compared(LABOR % (home, charges, more))
    return {one.cause: (sum(one.nominal.row), sum(one.discounted.row)) for one in parts(made.bridges, "work", option)}


MONTH_1, MONTH_2 = 1 / 1.01, 1 / 1.01**2


def test_rate_and_productivity_by_the_head() -> None:
    # 10 people cost 40,000 and their rent 5,000: 4,500 each. The provider bills 12 at 2,000.
    # rate: 10 · (2,000 − 4,500); productivity: (12 − 10) · 2,000
    found = labor("fee: {kind: per_fte, price: 2_000, fte_ratio: 1.2}")
    assert found["labor_rate"] == pytest.approx((-50_000, -25_000 * (MONTH_1 + MONTH_2)))
    assert found["productivity"] == pytest.approx((8_000, 4_000 * (MONTH_1 + MONTH_2)))
    assert found.keys() == {"labor_rate", "productivity"}


def test_rate_and_productivity_by_the_hour() -> None:
    # in-house 10 · 1,800 / 12 = 1,500 paid hours at 30; the provider bills 1,000 · 0.9 / 75 % = 1,200 at 20
    fee = "fee: {kind: per_hour, price: 20, handling_time: 0.9 h, utilisation: 75%}"
    found = labor(fee, home="paid_hours: 1_800")
    assert found["labor_rate"][0] == pytest.approx(2 * 1_500 * (20 - 30))
    assert found["productivity"][0] == pytest.approx(2 * (1_200 - 1_500) * 20)


def test_rate_and_productivity_of_cost_plus_and_what_is_charged_beside() -> None:
    # six people at 1,000 with a margin of 20 % are 7,200; 10 at 1,200 against 45,000; the platform is 500
    charges = "own: {kind: cost_plus, margin: 20%, teams: {them: {fte: 6, salary: 12_000}}}, "
    charges += "platform: {kind: fixed, amount: 500}"
    found = {cause: nominal for cause, (nominal, _) in labor(charges).items()}
    assert found == pytest.approx(
        {"labor_rate": 2 * (12_000 - 45_000), "productivity": 2 * -4 * 1_200, "other_charges": 1_000}
    )


def test_before_go_live_there_is_nothing_to_tell_apart() -> None:
    # the work moves in month 2: 9,000 for 10 that were 45,000
    found = labor("fee: {kind: per_fte, price: 900}", ", transition: {months: 1}")
    assert found["labor_rate"] == pytest.approx((-36_000, -36_000 * MONTH_2))
    assert found["productivity"] == pytest.approx((0, 0))


def test_rate_and_productivity_of_an_improved_side_are_those_of_its_personnel() -> None:
    # 8 people at 4,250 instead of 10 at 4,000
    found = labor("fee: {kind: per_fte, price: 900}", option="better")
    assert found["labor_rate"][0] == pytest.approx(2 * 10 * 250)
    assert found["productivity"][0] == pytest.approx(2 * -2 * 4_250)


@pytest.mark.parametrize(
    "charges",
    [
        "fee: {kind: per_unit, price: 9}",
        "fee: {kind: per_fte, price: 900}, more: {kind: per_unit, price: 1}",
        "fee: {kind: per_fte, price: 900}, more: {kind: per_hour, price: 20, hours: 10}",
        "fee: {kind: fixed, amount: 900}",
        "fee: {kind: per_hour, price: 20, hours: 10}",  # nobody says how many hours are paid in-house
    ],
)
def test_what_cannot_be_told_apart_is_not_made_up(charges: str) -> None:
    assert labor(charges) == {}


def test_the_baseline_another_baseline_and_a_mix_have_no_rate_and_productivity() -> None:
    made = compared(LABOR % ("", "fee: {kind: per_fte, price: 900}", "") + "    baseline: away\n")
    assert [parts(made.bridges, "work", option) for option in ("in_house", "away", "better")] == [[], [], []]
    assert parts(made.bridges, "total", "best") == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rate_productivity_and_other_charges_add_up_to_the_work(path: Path) -> None:
    made = of_file(path)
    for group in groups(made):
        for option in group.results:
            if not (found := parts(made.bridges, group.key, option)):
                continue
            own = {one.cause: one for one in made.bridges.steps(group.key, option)}
            whole = [own[cause] for cause in ("work_moved", "price") if cause in own] or [own["personnel"]]
            for which in ("nominal", "discounted"):
                rows = [[getattr(one, which).row for one in some] for some in (found, whole)]
                for here, there in zip(zip(*rows[0], strict=True), zip(*rows[1], strict=True), strict=True):
                    assert sum(here) == pytest.approx(sum(there), rel=1e-9, abs=1e-6)


def test_rate_and_productivity_stand_below_the_price_and_in_the_explanation() -> None:
    made = compared(LABOR % ("", "fee: {kind: per_fte, price: 2_000, fte_ratio: 1.2}", ""))
    shown = text.render(report(made, "cause", "case.yaml"))
    assert re.search(r"\n  provider price +\+48,000 +–\n    of work and price: labor rate +−50,000 +–\n", shown)
    rate = find(made, "work.away.bridge_parts.labor_rate")
    assert rate is not None
    assert write(rate) == "at_other_rate − (0 − bridge.work_moved)"
    (away,) = [
        o for o in json.loads(json_view.render([made], ["a"], ["b"]))["functions"][0]["options"] if o["key"] == "away"
    ]
    assert [part["cause"] for part in away["bridge_parts"]] == ["labor_rate", "productivity"]


def test_several_legs_and_a_category_that_has_the_name_of_a_cause() -> None:
    # a fifth moves in month 1, half in month 3; 9 a month under `price` from month 1
    found = months(compared(), "cheap")
    assert found["work_moved"] == pytest.approx((-2_180, -2_120, -5_300))
    assert found["price"] == pytest.approx((109, 109, 309))
    assert "minimum" not in found


def test_an_improved_side_goes_by_categories() -> None:
    # two people less from month 2 on, and what that takes
    found = months(compared(), "better")
    assert found["personnel"] == pytest.approx((0, -2_000, -2_000))
    assert found["transition"] == pytest.approx((400, 0, 0))
    assert {cause for cause, row in found.items() if any(row)} == {"personnel", "transition"}


def test_the_baseline_has_no_steps() -> None:
    assert compared().bridges.steps("work", "in_house") == []


@pytest.mark.parametrize("baseline", ["away", "cheap", "better"])
def test_any_option_may_be_the_baseline(baseline: str) -> None:
    text = CASE.replace("    demand:", f"    baseline: {baseline}\n    demand:")
    for soft in (False, True):
        made = compared(text, soft=soft)
        assert open_gaps(made) == []
        assert {*steps(made, "in_house")} == {*steps(compared(), baseline)}
    found = months(made, "in_house")
    there = months(compared(soft=True), baseline)
    for cause, row in found.items():
        assert row == pytest.approx([-value for value in there[cause]]), cause


def test_between_two_providers_all_the_work_is_left_out() -> None:
    made = compared(CASE.replace("    demand:", "    baseline: away\n    demand:"))
    # cheap moves a fifth in month 1 already, in month 2 less than away
    assert months(made, "cheap")["work_moved"] == pytest.approx((-2_180, 3_180, 0))
    assert "all_work" not in write(steps(made, "cheap")["work_moved"].nominal)


# 500 units of 1,000 in month 2, all of them from month 3 on
FEES = """
title: Fees by hand
currency: USD
months: 4
discount_rate: 0%
functions:
  work:
    demand: {{volume: {volume}, unit: unit}}
    in_house: {{costs: {{people: {{amount: 9_000, per: month, avoidable: 100%}}}}}}
    options: {{away: {{location: PH, charges: {{fee: {{{charge}}}}}, transition: {{months: 1, ramp: 2}}}}}}
"""


def fees(charge: str, volume: str = "1_000") -> dict[str, tuple[float, ...]]:
    found = months(compared(FEES.format(charge=charge, volume=volume)), "away")
    del found["work_moved"], found["dual_running"], found["stranded"]
    return found


def test_what_bands_add_is_no_price() -> None:
    # contracted 400 and 800 units for 1,000 and 2,000: 100 and 200 more at 3
    found = fees("kind: banded, baseline: 800, amount: 2_000, arc: 3, rrc: 1, excess_over: edge")
    assert found == {
        "price": pytest.approx((0, 1_000, 2_000, 2_000)),
        "minimum": pytest.approx((0, 300, 600, 600)),
    }


def test_a_credit_for_units_below_the_band_is_taken_off() -> None:
    # indexed or not, the parts keep their proportion: 400 units fewer at 1
    found = fees("kind: banded, baseline: 1_400, amount: 2_000, arc: 3, rrc: 1, excess_over: edge")
    assert found["minimum"] == pytest.approx((0, -200, -400, -400))


def test_what_volume_takes_off_the_price_is_scale() -> None:
    # (250 / 1,000)^0.5 = a half
    found = fees("kind: per_unit, price: 2, elasticity: {exponent: 0.5, at: 250}")
    assert found == {
        "price": pytest.approx((0, 1_000, 2_000, 2_000)),
        "scale": pytest.approx((0, -500, -1_000, -1_000)),
    }


def test_what_learning_takes_off_the_price_is_scale() -> None:
    # the average of the first 500, 1,500 and 2,500 units falls to 80 % with each doubling from 100 on
    found = fees("kind: per_unit, price: 2, learning: {rate: 80%, first: 100, curve: cumulative_average}")
    spent = [2 * units * 0.8 ** log2(units / 100) for units in (500, 1_500, 2_500)]
    paid = [after - before for before, after in pairwise([0.0, *spent])]
    assert found["price"] == pytest.approx((0, 1_000, 2_000, 2_000))
    assert found["scale"] == pytest.approx((0, *(a - b for a, b in zip(paid, (1_000, 2_000, 2_000), strict=True))))


def test_without_volume_there_are_no_parts() -> None:
    for charge in (
        "kind: per_unit, price: 2, elasticity: {exponent: 0.5, at: 250}",
        "kind: per_unit, price: 2, learning: {rate: 80%, first: 100, curve: unit}",
    ):
        assert fees(charge, "0") == {"price": (0, 0, 0, 0), "scale": (0, 0, 0, 0)}


def test_the_reference_case_agrees_with_the_independent_evaluator() -> None:
    """Its totals of price, discounts and retained people agree to the dollar; those of the in-house lines to 0.1 %."""
    found = {cause: sum(one.nominal.row) for cause, one in steps(of_file(REFERENCE), "manila_bogota", "care").items()}
    exact = {"price": 14_562_012, "scale": -211_452, "retained": 3_402_439, "governance": 430_517, "security": 192_177}
    for cause, amount in exact.items():
        assert found[cause] == pytest.approx(amount, abs=0.6), cause
    close = {"work_moved": -46_429_546, "dual_running": 1_331_998, "stranded": 6_355_840}
    for cause, amount in close.items():
        assert found[cause] == pytest.approx(amount, rel=1e-3), cause


# Everywhere


@pytest.mark.parametrize("soft", [False, True], ids=["money", "soft"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_steps_add_up_in_every_month(path: Path, soft: bool) -> None:
    assert open_gaps(of_file(path, soft=soft)) == []


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_book_holds_a_line_that_says_so(path: Path) -> None:
    comparison = of_file(path)
    comparison.bridges.complete()
    entries = comparison.run.book.entries
    gaps = [entry.quantity for name, entry in entries.items() if name.endswith(("bridge_gap", "bridge_discounted_gap"))]
    rivals = sum(len(group.results) - 1 for group in groups(comparison))
    assert len(gaps) == 2 * rivals
    assert all(abs(month) < 1e-6 for gap in gaps for month in gap.row)


def test_a_mix_adds_up_the_steps_of_its_functions_and_the_joint_discount() -> None:
    comparison = of_file(HERE / "golden" / "case.yaml")
    joint = sum(sum(e.quantity.row) for name, e in comparison.run.book.entries.items() if "mix.bundle_discount" in name)
    assert joint < 0
    alone = [steps(comparison, option, function) for function, option in comparison.mixes["mix"].options.items()]
    found = steps(comparison, "mix", "total")
    assert sum(found["scale"].nominal.row) == pytest.approx(
        joint + sum(sum(one["scale"].nominal.row) for one in alone if "scale" in one)
    )
    assert sum(found["price"].nominal.row) == pytest.approx(sum(sum(one["price"].nominal.row) for one in alone))


def test_nothing_is_put_into_the_book_before_it_is_asked_for() -> None:
    comparison = compared()
    assert not any("bridge" in name for name in comparison.run.book.entries)
    assert find(comparison, "work.away.bridge.price") is not None
    assert find(comparison, "work.away.bridge.nothing") is None


def test_what_the_baselines_had_jointly_at_a_provider_is_in_the_bridge_of_a_mix_without_it() -> None:
    # three months at 300: one function spends 900, below 5,000 · 3/12 = 1,250; both spend 1,800, and 10 % of 550 is 55
    work = "{in_house: {teams: {people: {fte: 1, salary: 1_200}}}, baseline: away, options: {away: OPTION}}"
    work = work.replace("OPTION", "{provider: acme, location: PH, price: 300, per: month}")
    made = compared(
        f"""
title: Two at one provider
currency: USD
months: 3
discount_rate: 0%
providers: {{acme: {{volume_discount: {{by: slice, tiers: [{{above: 5_000, rate: 10%}}]}}}}}}
functions: {{one: {work}, two: {work}}}
"""
    )
    assert made.best.options == {"one": "in_house", "two": "in_house"}
    found = {one.cause: sum(one.nominal.row) for one in made.bridges.steps("total", "best")}
    assert found["price"] == pytest.approx(-1_800)
    assert found["scale"] == pytest.approx(55)
    assert open_gaps(made) == []


def test_the_steps_can_be_listed() -> None:
    (section,) = sections(compared(), "work.away.bridge")
    assert "work.away.bridge.dual_running" in [item.address for item in section.items]


# What is shown


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("path", [*SCENARIOS, HERE / "golden" / "case.yaml"], ids=lambda path: path.stem)
def test_bars_fit_every_width_and_no_figure_is_cut(path: Path, columns: int) -> None:
    comparison = of_file(path)
    lines = text.render(report(comparison, "cause", path.name), columns).splitlines()
    assert [line for line in lines if width(line) > columns or line != line.rstrip()] == []
    drawn = [line for line in lines if re.search("[█▓░]", line)]
    wholes = [line for line in drawn if "█" in line]
    with_options = [group for group in groups(comparison) if nearest(group)]
    assert len(wholes) == 2 * len(with_options)
    assert all(re.search(r"\d  ", line) for line in drawn)


def test_a_bar_begins_where_the_one_before_ends() -> None:
    found = text.render(report(compared(), "cause", "case.yaml"), 100)
    block = [line for line in found.splitlines() if re.search("[█▓░]", line)]
    spans = [(bar.start(), bar.end(), bar[0][0]) for line in block if (bar := re.search("[█▓░]+", line))]
    level = spans[0][1]
    for start, end, sign in spans[1:-1]:
        assert abs((start if sign == "▓" else end) - level) <= 1
        level = end if sign == "▓" else start
    assert abs(spans[-1][1] - level) <= 1


def test_the_signs_of_bars_have_others_in_their_place() -> None:
    assert "█▓░".translate(PLAIN) == "#+-"


def test_markdown_has_the_tables_without_bars() -> None:
    found = markdown.render(report(compared(), "cause", "case.yaml"))
    assert not re.search("[█▓░]", found)
    assert "| work moved | −10,600 |" in found.replace("| – |", "|")


def test_json_has_the_steps_of_every_option() -> None:
    made = compared()
    data = json.loads(json_view.render([made], ["case.yaml"], ["0"]))
    for option in data["functions"][0]["options"]:
        assert [one["cause"] for one in option["bridge"]] == [*steps(made, option["key"])]
        assert sum(one["nominal"] for one in option["bridge"]) == pytest.approx(
            option["metrics"]["total_cost"] - data["functions"][0]["options"][0]["metrics"]["total_cost"]
        )


def test_a_function_without_options_has_no_bridge(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "alone.yaml"
    path.write_text(dedent(CASE).partition("    options:")[0])
    assert cli(["compare", str(path), "--by", "cause"]) == 0
    assert "by cause" not in capsys.readouterr().out.replace("--by cause", "")
