"""What must hold of every scenario: sums that add up, scenarios that must give the same, or more, or as many times."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from math import fsum, isfinite, isnan
from typing import Any

import pytest
from generated import Section, legs_of, made

from bpocalc.about import Input
from bpocalc.comparison import Comparison, Group, Result, compare
from bpocalc.model.run import run
from bpocalc.notes import reasons
from bpocalc.quantity import Quantity
from bpocalc.scenario.currencies import CURRENCIES
from bpocalc.scenario.loading import load_text
from bpocalc.summary import summary
from bpocalc.views import json as json_view

COUNT = 15
"""So many different scenarios there are to choose from."""
Numbers = dict[str, float]


@pytest.fixture(params=range(COUNT))
def scenario(request: pytest.FixtureRequest) -> Section:
    """One of the scenarios, the smallest first."""
    found: Section = json.loads(made(COUNT)[request.param])
    return found


@cache
def compared_text(text: str, overrides: tuple[str, ...] = (), case: str = "") -> Comparison:
    return compare(run(load_text(text.encode(), "made.yaml", list(overrides), case)))


def compared(scenario: Section, *overrides: str, case: str = "") -> Comparison:
    return compared_text(json.dumps(scenario), overrides, case)


# Reading a comparison.


def groups(comparison: Comparison) -> list[Group]:
    return [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]


def results(comparison: Comparison) -> Iterator[tuple[Group, Result]]:
    for group in groups(comparison):
        for result in group.results.values():
            yield group, result


def rows(comparison: Comparison) -> dict[str, tuple[float, ...]]:
    """What every option costs by month, and by category; its discounted cost; how its saving adds up."""
    out = {}
    for _, result in results(comparison):
        stream = result.stream
        out[f"{result.address}.cost"], out[f"{result.address}.discounted"] = stream.cost.row, stream.discounted.row
        out |= {f"{result.address}.{name}": pair[0].row for name, pair in stream.by_category.items()}
        out |= {f"{result.address}.{name}": q.row for name, q in result.metrics.items() if q.is_row}
    return out


def numbers(comparison: Comparison) -> Numbers:
    """Every result that is one number."""
    return {
        f"{result.address}.{name}": q.figure
        for _, result in results(comparison)
        for name, q in result.metrics.items()
        if not q.is_row
    }


def units(comparison: Comparison) -> dict[str, str]:
    """The unit of every result that is one number."""
    out = {}
    for _, result in results(comparison):
        for name, q in result.metrics.items():
            if not q.is_row:
                out[f"{result.address}.{name}"] = getattr(q.about, "unit", "")
    return out


def same(a: Comparison, b: Comparison, factor: float = 1.0) -> None:
    """Both give the same numbers, money as many times."""
    mine, yours = rows(a), rows(b)
    assert mine.keys() == yours.keys()
    scale = max((abs(x) for row in mine.values() for x in row), default=0.0)
    for name, row in mine.items():
        assert yours[name] == pytest.approx([x * factor for x in row], rel=1e-9, abs=1e-11 * scale * factor), name
    counted, other = numbers(a), numbers(b)
    assert counted.keys() == other.keys()
    for name, value in counted.items():
        money = units(a)[name].partition("/")[0] in CURRENCIES
        expected = value * factor if money else value
        close = pytest.approx(expected, rel=1e-6, abs=1e-9 * scale * factor if money else 1e-9, nan_ok=True)
        assert other[name] == close, name


def added(many: Iterator[tuple[float, ...]]) -> list[float]:
    return [fsum(month) for month in zip(*many, strict=True)]


# Sums.


def test_the_lines_the_categories_and_the_total_add_up_to_the_same(scenario: Section) -> None:
    comparison = compared(scenario)
    for group, result in results(comparison):
        stream = result.stream
        lines = [entry.quantity.row for _, entry, _ in stream.lines]
        if group is comparison.total:
            mix = comparison.mixes[result.key].options
            lines += [comparison.functions[key].results[option].stream.cost.row for key, option in mix.items()]
        categories = [nominal.row for nominal, _ in stream.by_category.values()]
        assert added(iter(lines)) == pytest.approx(added(iter(categories)), rel=1e-9, abs=1e-6)
        assert stream.cost.row == pytest.approx(added(iter(categories)), rel=1e-9, abs=1e-6)
        assert result.metrics["total_cost"].figure == pytest.approx(fsum(fsum(row) for row in lines), rel=1e-9)


def test_the_present_value_of_a_sum_is_the_sum_of_present_values(scenario: Section) -> None:
    """Each line is discounted by itself: at its own instant, by the rate as the scenario states it."""
    comparison = compared(scenario)
    discounting = scenario["discount_rate"]
    rate = float(discounting["rate"].rstrip("%")) / 100
    later = {"start": 1.0, "mid": 0.5, "end": 0.0}

    def worth(result: Result) -> float:
        out = []
        for _, entry, _ in result.stream.lines:
            before = later[entry.instant or discounting.get("timing", "end")]
            for month, amount in enumerate(entry.quantity.row, 1):
                if discounting.get("compounding") == "monthly":
                    out.append(amount / (1 + rate / 12) ** (month - before))
                else:
                    out.append(amount / (1 + rate) ** ((month - before) / 12))
        return fsum(out)

    for group, result in results(comparison):
        whole = worth(result)
        if group is comparison.total:
            mix = comparison.mixes[result.key].options
            whole += fsum(worth(comparison.functions[key].results[option]) for key, option in mix.items())
        assert result.metrics["pv_cost"].figure == pytest.approx(whole, rel=1e-9)
        if result.key != group.baseline:
            base = group.results[group.baseline].metrics["pv_cost"].figure
            saved = result.metrics["npv_saving"].figure
            assert saved == pytest.approx(base - whole, rel=1e-9, abs=1e-9 * base)


def test_the_bridge_closes_in_every_month(scenario: Section) -> None:
    comparison = compared(scenario)
    for group, result in results(comparison):
        base = group.results[group.baseline].stream
        taken = comparison.bridges.steps(group.key, result.key)
        for nominal in (True, False):
            steps = [(one.nominal if nominal else one.discounted).row for one in taken]
            there, here = (s.cost.row if nominal else s.discounted.row for s in (base, result.stream))
            assert added(iter([there, *steps])) == pytest.approx(here, rel=1e-9, abs=1e-6), result.address


def test_kept_cost_is_work_that_stays_dual_running_and_stranded_cost(scenario: Section) -> None:
    comparison = compared(scenario)
    book = comparison.run.book.entries
    for key, ways in comparison.run.functions.items():
        for name, outcome in ways.outcomes.items():
            if outcome.split is None:
                continue
            kept = [e.quantity.row for line, e in outcome.costs.items() if line in ways.full.found and not e.once]
            parts = [
                book[address].quantity.row
                for below in ("", "soft.")
                for word in ("work_that_stays", "dual_running", "stranded")
                if (address := f"{key}.{name}.{below}{word}") in book
            ]
            assert len(parts) in (3, 6)
            assert added(iter(parts)) == pytest.approx(added(iter(kept)), rel=1e-9, abs=1e-6)


def test_where_all_goes_at_once_nothing_runs_twice_and_nothing_is_stranded(scenario: Section) -> None:
    for function in scenario["functions"].values():
        home = function["in_house"]
        parts = [*home["teams"].values(), *home["costs"].values(), *home.get("workplace", {}).values()]
        for part in parts:
            part.pop("removal", None)
            if "price" not in part:
                part["avoidable"] = "100%"
        for option in function["options"].values():
            for leg in legs_of(option):
                leg.get("transition", {}).pop("parallel", None)
            for word in ("retained", "governance"):  # their people would sit on stranded seats
                option.pop(word, None)
            option.get("contract", {}).pop("rebuild", None)
    comparison = compared(scenario)
    for address, entry in comparison.run.book.entries.items():
        if address.endswith((".dual_running", ".stranded")):
            assert entry.quantity.row == pytest.approx([0.0] * scenario["months"], abs=1e-6), address


def test_people_who_leave_less_those_who_join_are_what_a_team_shrinks_by(scenario: Section) -> None:
    comparison = compared(scenario)
    book = {address: entry.quantity for address, entry in comparison.run.book.entries.items()}
    seen = 0
    for address, gone in book.items():
        way, _, team = address.partition(".dismissed.")
        if not team:
            continue
        seen += 1
        heads = book[f"{way}.headcount.{team}" if f"{way}.headcount.{team}" in book else _improving(way, team, book)]
        before, left, came = (book[f"{way}.{name}.{team}"].row for name in ("before", "leavers", "joiners"))
        opening, closing = before[0], heads.row[-1]
        assert fsum([*gone.row, *left]) - fsum(came) == pytest.approx(opening - closing, rel=1e-9, abs=1e-9), address
        assert before[1:] == heads.row[:-1]
    assert seen


def _improving(way: str, team: str, book: Mapping[str, Quantity]) -> str:
    address = f"{way}.improving.headcount.{team}"
    assert address in book
    return address


# Scenarios that must give the same.


def outsourced(scenario: Section) -> Iterator[tuple[str, Section, str, Section]]:
    """Every outsourced option with its function."""
    for key, function in scenario["functions"].items():
        for name, option in list(function["options"].items()):
            if "in_house" not in option:
                yield key, function, name, option


def equal(comparison: Comparison, function: str, one: str, other: str, *, exactly: bool = False) -> None:
    """Two options of a function cost the same in every month, nominal and discounted."""
    mine, yours = (comparison.functions[function].results[key].stream for key in (one, other))
    for a, b in ((mine.cost.row, yours.cost.row), (mine.discounted.row, yours.discounted.row)):
        assert b == (a if exactly else pytest.approx(a, rel=1e-9, abs=1e-6)), f"{function}.{other}"


def test_two_equal_options_differ_by_exactly_nothing(scenario: Section) -> None:
    for function in scenario["functions"].values():
        for name, option in list(function["options"].items()):
            function["options"][f"{name}_again"] = deepcopy(option)
        function["options"]["unchanged"] = {"in_house": {}}
        function["baseline"] = "far"
    comparison = compared(scenario)
    for key, function in scenario["functions"].items():
        for name in ("near", "better", "far"):
            if name in function["options"]:
                equal(comparison, key, name, f"{name}_again", exactly=True)
        equal(comparison, key, "in_house", "unchanged")
        again = comparison.functions[key].results["far_again"].metrics
        assert set(again["saving"].row) | set(again["saving_discounted"].row) == {0.0}
        assert again["total_saving"].figure == again["npv_saving"].figure == again["one_off"].figure == 0.0


LEG = ("location", "share", "charges", "quality", "risks", "automation", "payment_terms")


def in_legs(option: Section) -> Section:
    """A flat option, written with one leg."""
    out = deepcopy(option)
    leg = {key: out.pop(key) for key in LEG if key in out}
    if "communication" in out:
        leg["communication"] = out.pop("communication")
    way = out.pop("transition", {})
    if "severance" in way:
        out["transition"] = {"severance": way.pop("severance")}
    return {**out, "legs": {"only": {**leg, "transition": way}}}


def test_an_option_written_flat_is_that_with_one_leg(scenario: Section) -> None:
    flat = [(key, function, name) for key, function, name, option in outsourced(scenario) if "legs" not in option]
    for _, function, name in flat:
        function["options"][f"{name}_in_legs"] = in_legs(function["options"][name])
    comparison = compared(scenario)
    for key, _, name in flat:
        equal(comparison, key, name, f"{name}_in_legs")


PROPORTIONAL = {"per_unit", "per_minute", "outcome", "per_hour", "per_fte"}
NOT_PROPORTIONAL = ("minimum", "settled", "elasticity", "learning", "fte")


def proportional(leg: Section, function: Section) -> Section:
    """A leg with that only which follows its share of the work."""
    kinds = {key: charge for key, charge in leg["charges"].items() if charge["kind"] in PROPORTIONAL}
    charges = {key: {k: x for k, x in c.items() if k not in NOT_PROPORTIONAL} for key, c in kinds.items()}
    charges["more"] = {"kind": "per_unit", "price": 2} | ({"for": "calls"} if "calls" in function["demand"] else {})
    out = {**deepcopy(leg), "charges": charges}
    out.get("transition", {}).pop("costs", None)
    out.get("communication", {}).pop("coordination", None)
    for once in ("build", "licence"):
        out.get("automation", {}).pop(once, None)
    return out | ({"risks": {}} if "risks" in function["in_house"] else {})


def test_two_legs_of_equal_terms_are_one_leg_of_their_summed_share(scenario: Section) -> None:
    options = list(outsourced(scenario))
    for _, function, name, option in options:
        whole = option if "legs" in option else in_legs(option)
        leg = proportional(next(iter(whole["legs"].values())), function)
        for split in ((1.0,), (0.3, 0.7)):
            share = float(leg["share"].rstrip("%")) / 100
            legs = {f"leg_{number}": {**leg, "share": share * part} for number, part in enumerate(split)}
            function["options"][f"{name}_{len(split)}"] = {**deepcopy(whole), "legs": legs}
    comparison = compared(scenario)
    for key, _, name, _ in options:
        equal(comparison, key, f"{name}_1", f"{name}_2")


def test_a_slip_by_0_changes_nothing(scenario: Section) -> None:
    """Months that are not stated are stated as 0, and growth as inflation."""
    before = compared(scenario)
    for function in scenario["functions"].values():
        home = function["in_house"]
        for part in [*home["teams"].values(), *home["costs"].values(), *home.get("workplace", {}).values()]:
            if "price" not in part and "month" not in part:
                part.setdefault("removal", 0)
        for part in [*home.get("workplace", {}).values(), home["costs"]["postage"], home.get("quality")]:
            if part is not None and (part is not home.get("quality") or isinstance(scenario["inflation"], str)):
                part.setdefault("growth", scenario["inflation"])
        for option in function["options"].values():
            for part in [option, *legs_of(option)]:
                way = part.setdefault("transition", {})
                if "legs" not in part:
                    way.setdefault("ramp", 0)
                    way.setdefault("parallel", 0)
                    if (cost := way.get("costs", {}).get("selection")) is not None:
                        cost.setdefault("after", 0)
    same(before, compared(scenario))


def reordered(node: Any) -> Any:
    """The same with the keys of every section in the opposite order; a list keeps its own."""
    if isinstance(node, dict):
        return {key: reordered(value) for key, value in reversed(node.items())}
    return [reordered(item) for item in node] if isinstance(node, list) else node


def test_the_order_of_functions_and_keys_changes_nothing(scenario: Section) -> None:
    same(compared(scenario), compared(reordered(scenario)))


def written(about: Input, value: float, currency: str = "") -> str:
    """A figure as an override states it, in its own unit or currency, or in another."""
    if is_money(about):
        return f"{value!r} {currency or about.unit.partition('/')[0]}"
    if about.unit in ("hours", "months", "weeks"):
        return f"{value!r} {about.unit}"
    return f"{value * 100!r}%" if about.unit in ("share", "per year") and abs(value) > 1 else f"{value!r}"


def is_money(about: Input) -> bool:
    return about.unit.partition("/")[0] in CURRENCIES


def stated(scenario: Section) -> dict[str, tuple[Input, float]]:
    """The figures that the scenario states, by address."""
    inputs = compared(scenario).run.loaded.inputs
    return {a: (q.about, q.figure) for a, q in inputs.items() if isinstance(q.about, Input) and q.about.stated}


def test_overrides_with_the_values_that_are_there_change_nothing(scenario: Section) -> None:
    sets = [f"{address}={written(*figure)}" for address, figure in stated(scenario).items()]
    same(compared(scenario), compared(scenario, *sets))


def test_a_case_gives_what_overrides_with_the_same_values_give(scenario: Section) -> None:
    moved = {
        address: written(about, value * 1.02)
        for address, (about, value) in stated(scenario).items()
        if is_money(about) or about.unit in ("units", "hours", "weeks")
    }
    by_case = {**scenario, "cases": {"other": {"set": moved}}}
    sets = [f"{address}={value}" for address, value in moved.items()]
    same(compared(scenario, *sets), compared(by_case, case="other"))
    same(compared(scenario), compared(by_case))


def test_another_currency_with_its_rate_changes_nothing(scenario: Section) -> None:
    """Every amount in dollars is written in Swiss francs, at 0.8 francs for a dollar."""
    sets = [
        f"{address}={written(about, value * 0.8, 'CHF')}"
        for address, (about, value) in stated(scenario).items()
        if about.unit.partition("/")[0] == "USD"
    ]
    scenario["fx"]["CHF"] = 1.25
    same(compared(scenario), compared(scenario, *sets))


def test_reported_in_another_currency_every_amount_is_worth_the_same(scenario: Section) -> None:
    before = compared(scenario)
    sets = [
        f"{address}={written(about, value)}"
        for address, (about, value) in stated(scenario).items()
        if about.unit.partition("/")[0] == "USD"
    ]
    euro = {**scenario["fx"]["EUR"], "rate": scenario["fx"]["EUR"]["rate"] * 0.8}
    reported = {**scenario, "currency": "CHF", "fx": {"EUR": euro, "USD": 0.8}}
    same(before, compared(reported, *sets), 0.8)


# More of something.


def test_with_all_money_so_many_times_every_amount_is_so_many_times(scenario: Section) -> None:
    """This finds constants hidden in formulas; what is no money stays."""
    sets = [
        f"{address}={written(about, value * 7)}"
        for address, (about, value) in stated(scenario).items()
        if is_money(about)
    ]
    same(compared(scenario), compared(scenario, *sets), 7)


def test_more_demand_never_costs_less(scenario: Section) -> None:
    """Where nothing falls in steps: slices and not whole tiers, no whole people, no gain shared twice."""
    for provider in scenario["providers"].values():
        provider["volume_discount"]["by"] = "slice"
    for function in scenario["functions"].values():
        sides = [function["in_house"]]
        for option in function["options"].values():
            for leg in legs_of(option):
                leg["charges"] = {key: c for key, c in leg["charges"].items() if c.get("of") != "run"}
                for charge in leg["charges"].values():
                    charge |= {"by": "slice"} if charge["kind"] == "tiered" else {}
                    charge |= {"excess_over": "edge"} if charge["kind"] == "banded" else {}
                    sides += [charge] if charge["kind"] == "cost_plus" else []
        for side in sides:
            for team in side["teams"].values():
                team.pop("whole", None)
    costs = []
    for times in (1.0, 1.03, 1.6):
        sets = [
            f"{address}={value * times!r}"
            for address, (about, value) in stated(scenario).items()
            if ".demand." in address and ".volume" in address
        ]
        assert sets
        comparison = compared(scenario, *sets)
        fees = {a: fsum(row) for a, row in rows(comparison).items() if a.endswith(".fees")}
        found = {a: x for a, x in numbers(comparison).items() if a.endswith("_cost")} | fees
        costs.append({a: x for a, x in found.items() if not a.startswith("total.best.")})  # another mix may be best
    for less, more in pairwise(costs):
        assert {address: (less[address], x) for address, x in more.items() if x < less[address] - 1e-6} == {}


OWN = (
    "payment_terms",
    "transition.",
    "retained.",
    "governance.",
    "shortfall.",
    "volume_discount.",
    "shared.",
    "exit.",
    "severance.",
)
"""What an option costs however little of the work it takes."""


def test_a_share_of_nothing_costs_what_in_house_costs_and_what_the_option_itself_costs(scenario: Section) -> None:
    for _, function, _, option in outsourced(scenario):
        option.pop("costs", None)
        for leg in legs_of(option):
            minimums = {key: x["minimum"] for key, x in leg["charges"].items() if "minimum" in x}
            leg |= {**proportional(leg, function), "share": "0%"}
            for key in minimums.keys() & leg["charges"].keys():
                leg["charges"][key]["minimum"] = minimums[key]
    comparison = compared(scenario)
    for key, _, name, option in outsourced(scenario):
        home, away = (comparison.run.functions[key].outcomes[way].costs for way in ("in_house", name))
        seated = "retained" in option or "teams" in option.get("governance", {})
        for line, entry in away.items():
            own = line.partition(".")[2] if line.partition(".")[0] in option.get("legs", {}) else line
            if own.startswith(OWN) or own.startswith(("quality.", "risk.")):
                continue
            if line in ("facilities", "technology") and seated:
                continue
            expected = home[line].quantity.row if line in home else (0.0,) * scenario["months"]
            assert entry.quantity.row == pytest.approx(expected, rel=1e-9, abs=1e-6), f"{key}.{name}.{line}"
        here, there = (comparison.functions[key].results[way].stream.by_category for way in ("in_house", name))
        for topic in {"quality", "risk"} & here.keys():
            assert there[topic][0].row == pytest.approx(here[topic][0].row, rel=1e-9)


def test_a_slip_moves_the_work_and_what_is_paid_on_the_way_by_as_many_months(scenario: Section) -> None:
    slip = 2
    for _, function, _, option in outsourced(scenario):
        function.pop("baseline", None)
        option.pop("contract", None)
        for leg in legs_of(option):
            if leg.get("transition", {}).get("costs", {}).get("selection", {}).get("at") in ("signature", "end"):
                del leg["transition"]["costs"]["selection"]
    later = deepcopy(scenario)
    for _, _, _, option in outsourced(later):
        for leg in legs_of(option):
            leg.setdefault("transition", {}).setdefault("start", 1)
            leg["transition"]["start"] += slip
    before, after = (
        {address: entry.quantity for address, entry in compared(one).run.book.entries.items()}
        for one in (scenario, later)
    )
    ways = tuple(f"{function}.{name}." for function, _, name, _ in outsourced(scenario))
    moved = [a for a in before if a.startswith(ways) and (a.endswith((".taken", ".ramp")) or ".transition." in a)]
    assert moved
    for address in moved:
        row = before[address].row
        assert after[address].row == pytest.approx([*[0.0] * slip, *row[:-slip]], rel=1e-9, abs=1e-9), address


# What is shown.


def test_every_figure_of_the_summary_is_finite_or_has_a_reason(scenario: Section) -> None:
    """With the figures as they are, with nothing to do, and with nothing that costs anything."""
    figures = stated(scenario)
    nothing_to_do = [f"{a}=0" for a in figures if ".demand." in a and ".volume" in a]
    for_free = [
        f"{a}={written(about, 0.0)}" for a, (about, _) in figures.items() if is_money(about) and ".tiers." not in a
    ]
    for sets in ([], nothing_to_do, for_free):
        comparison = compared(scenario, *sets)
        months = comparison.run.book.clock.months
        for group in groups(comparison):
            known = [reasons(result, months) for result in group.results.values()]
            for row in summary(comparison, group).rows:
                named = zip(row.values, row.sources or [None] * len(row.values), known, strict=True)
                for (value, source, why), result in zip(named, group.results.values(), strict=True):
                    if isinstance(value, float):
                        assert isfinite(value), row.label
                    elif source is not None and isnan(source.figure):
                        names = [name for name, q in result.metrics.items() if q is source]
                        assert names, row.label
                        assert all(why.get(name) for name in names), row.label
        text = json_view.render([comparison], ["made.yaml"], ["0" * 64])
        assert json.loads(text)["format"] == "bpocalc.comparison"
