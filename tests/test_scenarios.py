"""The scenario files that come with bpocalc: they load, they compute, and they show what their comments say."""

from collections.abc import Iterator
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, get_args

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.charges import CHARGES
from bpocalc.scenario.declared import fields_of
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.scenario.option import Outsourced
from bpocalc.scenario.parts import Part
from bpocalc.scenario.scenario import Scenario

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
NAMES = [path.stem for path in FILES]
LONGEST_MINIMAL = 12


@cache
def loaded(name: str) -> Loaded:
    """The scenario of a file."""
    path = ROOT / "scenarios" / f"{name}.yaml"
    return load_text(path.read_bytes(), path.name)


@cache
def compared(name: str) -> Comparison:
    """The scenario of a file, compared."""
    return compare(run(loaded(name)))


def cost(name: str, function: str, option: str) -> float:
    """Nominal cost of an option over all months, soft lines left out."""
    lines = compared(name).run.functions[function].outcomes[option].costs.values()
    rows = [entry.quantity for entry in lines if not entry.soft]
    months = loaded(name).clock.months
    return sum(sum(q.row) if q.is_row else q.figure * months for q in rows)


def saving(name: str, function: str, option: str) -> float:
    """Cost of today's in-house side less that of an option."""
    return cost(name, function, "in_house") - cost(name, function, option)


def options(name: str) -> list[tuple[str, str]]:
    """Every function of a file with every option of it, the in-house side among them."""
    functions = loaded(name).scenario.functions
    return [(key, option) for key, function in functions.items() for option in ("in_house", *function.options)]


def outsourced(name: str) -> list[Outsourced]:
    """The outsourced options of a file."""
    functions = loaded(name).scenario.functions.values()
    return [option for function in functions for option in function.options.values() if isinstance(option, Outsourced)]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_loads_without_problems_or_warnings(name: str) -> None:
    assert not loaded(name).warnings


@pytest.mark.parametrize("name", NAMES)
def test_the_cost_of_every_option_is_finite_and_positive(name: str) -> None:
    costs = {where: cost(name, *where) for where in options(name)}
    assert all(isfinite(total) and total > 0 for total in costs.values()), costs


@pytest.mark.parametrize("name", [name for name in NAMES if name != "minimal"])
def test_a_scenario_says_where_and_when_and_names_a_process_and_titles(name: str) -> None:
    scenario = loaded(name).scenario
    assert scenario.home
    assert scenario.start == "2027-01"
    for function in scenario.functions.values():
        assert function.title
        assert function.process
        assert all(option.title for option in function.options.values())


def test_the_minimal_scenario_stays_minimal() -> None:
    text = (ROOT / "scenarios" / "minimal.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) <= LONGEST_MINIMAL


def test_the_tutorial_gives_the_advantage_of_the_published_case() -> None:
    assert cost("payroll-tutorial", "payroll", "in_house") == pytest.approx(307_600)
    assert saving("payroll-tutorial", "payroll", "processor") == pytest.approx(47_200)


def test_the_tutorial_page_shows_the_lines_of_the_scenario_file() -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    text = (ROOT / "scenarios" / "payroll-tutorial.yaml").read_text(encoding="utf-8")
    shown = [block.partition("```")[0] for block in page.split("```yaml\n")[1:]]
    of_file = {line.partition(" #")[0].rstrip() for line in text.splitlines()}
    lines = [line for block in shown for line in block.splitlines()]
    assert lines
    assert [line for line in lines if line not in of_file] == []


def test_outsourcing_accounts_payable_loses_and_improving_it_wins() -> None:
    assert saving("accounts-payable", "payables", "india") < 0
    assert saving("accounts-payable", "payables", "e_invoicing") > 0


def test_an_open_book_costs_more_than_the_price_a_head_in_inside_sales() -> None:
    assert cost("inside-sales", "sales", "krakow_open_book") > cost("inside-sales", "sales", "krakow")


def test_a_joint_discount_takes_field_coordination_away_from_its_best_option() -> None:
    comparison = compared("it-service-desk")
    assert {key: group.best for key, group in comparison.functions.items()} == {
        "service_desk": "poland",
        "field": "india",
    }
    assert comparison.best.options == {"service_desk": "poland", "field": "poland"}


def test_an_insurer_has_six_functions_with_three_options_each() -> None:
    functions = loaded("shared-services").scenario.functions.values()
    assert [len(function.options) for function in functions] == [3] * 6
    assert [function.side for function in functions] == ["front office"] * 3 + ["back office"] * 3


def test_of_the_insurer_one_option_does_not_pay_and_the_best_save_a_plausible_share() -> None:
    comparison = compared("shared-services")
    saves = {
        (key, option): result.metrics["saving_share"].figure
        for key, group in comparison.functions.items()
        for option, result in group.results.items()
        if option != group.baseline
    }
    assert [where for where, share in saves.items() if share < 0] == [("payroll", "bureau")]
    best = {key: saves[key, group.best] for key, group in comparison.functions.items()}
    assert all(0.15 < share < 0.35 for share in best.values()), best


def test_the_mix_of_the_insurer_is_better_than_the_best_of_each_function() -> None:
    comparison = compared("shared-services")
    alone = {key: group.best for key, group in comparison.functions.items()}
    assert comparison.run.loaded.scenario.mix == alone
    assert {key for key in alone if comparison.best.options[key] != alone[key]} == {"desk"}
    assert comparison.total is not None
    assert not comparison.total.tie


@pytest.mark.parametrize(("case", "sign"), [("pessimistic", -1), ("optimistic", 1)])
def test_a_case_of_the_insurer_is_what_it_is_called(case: str, sign: int) -> None:
    path = ROOT / "scenarios" / "shared-services.yaml"
    other = compare(run(load_text(path.read_bytes(), path.name, case=case)))
    assert (npv_of_best(other) - npv_of_best(compared("shared-services"))) * sign > 0


def npv_of_best(comparison: Comparison) -> float:
    """Present value of what the best mix saves."""
    assert comparison.total is not None
    return comparison.total.results["best"].metrics["npv_saving"].figure


def kinds_of(annotation: Any) -> Iterator[type[Part]]:
    """The sections that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from kinds_of(inner)


def sections() -> list[type[Part]]:
    """Every kind of section that a scenario may hold."""
    found: list[type[Part]] = [Scenario]
    for section in found:
        inner = {kind for field in fields_of(section).values() for kind in kinds_of(field.type)}
        found += sorted(inner - {*found}, key=lambda kind: kind.__name__)
    return found


def written_in(part: Any) -> Iterator[type[Part]]:
    """The kinds of sections that are written in a part of a scenario."""
    if isinstance(part, Part):
        if part.written:
            yield type(part)
        for field in fields_of(type(part)).values():
            yield from written_in(getattr(part, field.name))
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from written_in(inner)


@cache
def shown() -> frozenset[type[Part]]:
    """The kinds of sections that some file shows."""
    return frozenset(kind for name in NAMES for kind in written_in(loaded(name).scenario))


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.__name__)
def test_each_kind_of_section_is_used_somewhere(section: type[Part]) -> None:
    assert section in shown()


@pytest.mark.parametrize("kind", CHARGES)
def test_each_kind_of_pricing_is_used_somewhere(kind: str) -> None:
    legs = [leg for name in NAMES for option in outsourced(name) for leg in option.parts.values()]
    assert kind in {charge.kind for leg in legs for charge in leg.charges.values()}


@pytest.mark.parametrize("way", ["rate", "teams", "by_fte"])
def test_each_way_to_give_governance_is_used_somewhere(way: str) -> None:
    given = [option.governance for name in NAMES for option in outsourced(name) if option.governance]
    assert any(getattr(governance, way) is not None for governance in given)


@pytest.mark.parametrize("staffing", ["follow", "average", "peak"])
def test_each_way_to_staff_is_used_somewhere(staffing: str) -> None:
    functions = [function for name in NAMES for function in loaded(name).scenario.functions.values()]
    assert staffing in {team.staffing for function in functions for team in function.in_house.teams.values()}
