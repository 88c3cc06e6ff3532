"""The scenario files that come with bpocalc: they load, they compute, and they show what their comments say."""

from functools import cache
from math import isfinite
from pathlib import Path

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.scenario.charges import KINDS
from bpocalc.scenario.loading import Loaded, load_text
from bpocalc.scenario.option import Outsourced

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


@pytest.mark.parametrize("kind", KINDS)
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
