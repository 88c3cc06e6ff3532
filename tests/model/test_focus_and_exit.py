"""Focus and exit, by hand: management time that is freed, and what it costs to leave."""

from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

from bpocalc.comparison import compare
from bpocalc.model.book import Entry
from bpocalc.model.exit import early_charge
from bpocalc.model.run import Run, run
from bpocalc.quantity import Quantity
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.option import Outsourced

Book = Callable[..., Mapping[str, tuple[float, ...]]]
Entries = Callable[..., Mapping[str, Entry]]
Case = Callable[..., Run]

FOCUS = """
in_house:
  teams: {t: {fte: 10, salary: 48_000}}
  focus: {management_hours: 60, value_per_hour: 95, realised: 50%}
options:
  away: {location: PH, share: 80%, price: 1, per: month, transition: {months: 1, ramp: 2}}
  two:
    legs:
      a: {location: PH, share: 50%, price: 1, per: month}
      b: {location: GB, share: 20%, price: 1, per: month}
  better: {in_house: {teams: {t: {fte: 8}}}}
"""


def test_freed_management_time_follows_the_work(book: Book) -> None:
    # 60 hours · 40 %, then 80 % · 95 · half of it: 1,140 and 2,280; the two legs 70 % at once: 1,995
    found = book(FOCUS)
    assert found["work.away.focus"] == pytest.approx((0, -1_140, -2_280))
    assert found["work.two.focus"] == pytest.approx((-1_995,) * 3)


def test_it_grows_with_inflation_or_as_it_says(book: Book) -> None:
    own = FOCUS.replace("realised: 50%", "realised: 50%, growth: 10%")
    assert book(FOCUS, months=13, inflation="2%")["work.away.focus"][12] == pytest.approx(-2_280 * 1.02)
    assert book(own, months=13, inflation="2%")["work.away.focus"][12] == pytest.approx(-2_280 * 1.1)


def test_it_is_soft_and_only_where_work_leaves(entries: Entries) -> None:
    found = entries(FOCUS)
    assert found["work.away.focus"].soft
    assert [name for name in found if name.endswith(".focus")] == ["work.away.focus", "work.two.focus"]


def test_it_is_in_no_total_unless_asked(case: Case) -> None:
    def saved(*, soft: bool) -> float:
        result = compare(case(FOCUS), soft=soft).functions["work"].results["two"]
        assert result.metrics["soft"].figure == pytest.approx(-5_985)
        return result.metrics["total_saving"].figure

    assert saved(soft=True) - saved(soft=False) == pytest.approx(5_985)


# Ten people cost 40,000 a month; the provider 15,000 from month 3 on, 60,000 for the set-up, 45,000 for leaving.
EXIT = """
in_house: {teams: {t: {fte: 10, salary: 48_000}}}
options:
  away:
    location: PH
    price: 15_000
    per: month
    transition: {months: 2, costs: {setup: {amount: 60_000}}}
    exit: {at_end: 45_000, early: {1: 90_000, 13: 50_000, 25: 0}}
"""


def test_the_exit_at_the_end_is_paid_in_the_last_month_and_does_not_grow(book: Book) -> None:
    assert book(EXIT)["work.away.exit.at_end"] == (0, 0, 45_000)
    assert book(EXIT, months=25, inflation="10%")["work.away.exit.at_end"][-2:] == (0, 45_000)


def test_the_exit_is_one_off_cost_of_its_own_category(entries: Entries) -> None:
    entry = entries(EXIT)["work.away.exit.at_end"]
    assert (entry.category, entry.once, entry.soft) == ("exit", True, False)


def test_static_payback_and_investment_go_without_the_exit(case: Case) -> None:
    # saving 25,000 a month once it runs; 60,000 / 25,000 = 2.4 months, with the exit it would be 4.2
    metrics = compare(case(EXIT, months=20)).functions["work"].results["away"].metrics
    assert metrics["one_off"].figure == pytest.approx(105_000)
    assert metrics["one_off_without_exit"].figure == pytest.approx(60_000)
    assert metrics["run_rate"].figure == pytest.approx(300_000)
    assert metrics["payback_static"].figure == pytest.approx(2.4)
    assert metrics["investment"].figure == pytest.approx(60_000)
    assert metrics["payback_investment"].figure == pytest.approx(2.4)
    # −60,000 in month 1, then 25,000 a month from month 3 on: −10,000 after month 4, 15,000 after month 5
    assert metrics["payback_cash"].figure == pytest.approx(5)


def test_without_an_exit_nothing_is_said_of_one(case: Case) -> None:
    made = case(EXIT.replace("    exit:", "    #"))
    assert "one_off_without_exit" not in compare(made).functions["work"].results["away"].metrics
    assert not [name for name in made.book.entries if "exit" in name]


def test_the_exit_of_the_baseline_counts_as_well(case: Case) -> None:
    # against the option the in-house side saves its set-up and its exit
    made = case(f"baseline: away\n{EXIT}", months=20)
    metrics = compare(made).functions["work"].results["in_house"].metrics
    assert metrics["one_off"].figure == pytest.approx(-105_000)
    assert metrics["one_off_without_exit"].figure == pytest.approx(-60_000)


def test_the_whole_scenario_adds_the_exits_up() -> None:
    text = """
    title: Two functions
    currency: USD
    months: 12
    discount_rate: 0%
    functions:
      a: {in_house: &one {teams: {t: {fte: 1, salary: 12_000}}},
          options: {away: {location: PH, price: 500, per: month, exit: {at_end: 2_000}}}}
      b: {in_house: *one, options: {away: {location: PH, price: 400, per: month, exit: {at_end: 1_000}}}}
      c: {in_house: *one, options: {away: {location: PH, price: 300, per: month}}}
    """
    total = compare(run(load_text(dedent(text).encode(), "case.yaml"))).total
    assert total is not None
    metrics = total.results["best"].metrics
    assert metrics["one_off"].figure == pytest.approx(3_000)
    assert metrics["one_off_without_exit"].figure == pytest.approx(0)
    assert metrics["payback_static"].figure == 0


@pytest.mark.parametrize(("month", "charge"), [(1, 90_000), (12, 90_000), (12.5, 90_000), (13, 50_000), (30, 0)])
def test_a_termination_charge_holds_until_the_next(case: Case, month: float, charge: float) -> None:
    made = case(EXIT)
    option = made.functions["work"].function.options["away"]
    assert isinstance(option, Outsourced)
    assert option.exit is not None
    assert early_charge(option.exit, Quantity(month), made.book.clock).figure == charge


def test_termination_charges_stand_in_the_order_of_their_months(case: Case) -> None:
    made = case(EXIT.replace("{1: 90_000, 13: 50_000, 25: 0}", "{13: 5, 2: 7, 1: 9}"))
    option = made.functions["work"].function.options["away"]
    assert isinstance(option, Outsourced)
    assert option.exit is not None
    found = [early_charge(option.exit, Quantity(float(month)), made.book.clock).figure for month in (1, 2, 13)]
    assert found == [9, 7, 5]
