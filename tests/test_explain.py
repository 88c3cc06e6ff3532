"""Explaining a figure: which terms are read when, how a tree is written, and what the command answers.

The golden files stand in tests/golden; `BPOCALC_UPDATE=1 python -m pytest tests/test_explain.py` writes them anew.
"""

import gc
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bpocalc.about import Input, Line
from bpocalc.cli.app import application
from bpocalc.cli.app import run as cli
from bpocalc.cli.exit import Code
from bpocalc.cli.explain import FORMATS
from bpocalc.comparison import Comparison, compare
from bpocalc.explain.addresses import find, is_flow, nearest, sections, span_of, used_by
from bpocalc.explain.formula import in_numbers, is_linear
from bpocalc.explain.spans import ACROSS, Span, month, value
from bpocalc.explain.tree import Step, explain
from bpocalc.model.run import run
from bpocalc.notation import digits, write
from bpocalc.quantity import (
    NEVER,
    Quantity,
    apply,
    at_least,
    compounded,
    constant,
    highest,
    in_year,
    irr,
    lowest,
    named,
    named_figure,
    pick,
    previous,
    ratio,
    running_total,
    sum_of,
    total,
    where,
    worth,
    year_peak,
    year_total,
)
from bpocalc.scenario.loading import load_text
from bpocalc.scenario.results import RESULTS
from bpocalc.summary import summary
from bpocalc.views.explanation import text
from bpocalc.views.explanation.wording import Subject, unit_in
from bpocalc.views.layout import width
from bpocalc.words import OF_LINES, WORDS

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
RANGE = "give 1 to 24 or 2027-01 to 2028-12"
SMALL = """
title: Small
currency: USD
start: 2027-01
months: 24
discount_rate: 10%
inflation: 0%
functions:
  desk:
    in_house:
      paid_hours: 2_000
      teams:
        clerks:
          title: Clerks
          fte: 2
          wage: {value: 6, low: 5, high: 8, source: "Payroll, \\e[31mred", as_of: 2026-09, owner: Ann, note: a | note}
          wage_growth: 10%
      costs: {telephony: {rate: 10%, of: pay, avoidable: 100%}}
    options:
      out:
        location: PL
        charges: {work: {kind: per_fte, price: 150 EUR, minimum: 250}}
        transition: {months: 3, ramp: 2}
fx: {EUR: 1.10}
"""
PRICE = "functions.desk.options.out.charges.work.price"
WAGE = "functions.desk.in_house.teams.clerks.wage"

# Quantities to explain: a year has two months here

MONTHS = Quantity((1.0, 2.0, 3.0, 4.0), about=Line("month", "month", "Month"))
YEARS = Quantity((1.0, 1.0, 2.0, 2.0), about=Line("year", "year", "Contract year"))


def figure(number: float, address: str) -> Quantity:
    return Quantity(number, about=Input(address, ""))


def row(address: str, *months: float) -> Quantity:
    return line(Quantity(tuple(months)), address)


def line(q: Quantity, address: str) -> Quantity:
    return named(q, Line(address, "USD/month", "A line"), MONTHS)


def result(q: Quantity) -> Quantity:
    return named_figure(q, Line("f.o.result", "USD", "A result"))


A, B = row("f.o.a", 10, 20, 30, 40), row("f.o.b", 1, 5, 2, 5)
F, G = figure(3, "x.f"), figure(0.5, "x.g")
ALL = Span(1, 4)


def terms(q: Quantity, span: Span | None) -> list[tuple[str, Span | None]]:
    """Give the terms of a formula by name, each with the span in which it is read."""
    return [(step.name, step.span) for step in explain(q, span, 1).steps]


def formula(q: Quantity, span: Span | None) -> tuple[str, str]:
    """Give the formula in names and in numbers."""
    made = explain(q, span, 0).formula
    assert made is not None
    return made.names, made.numbers


def test_a_row_in_a_month_is_explained_by_its_terms_in_that_month() -> None:
    q = line(A * F, "f.o.c")
    assert value(q, month(2)) == 60
    assert terms(q, month(2)) == [("a", month(2)), ("f", None)]
    assert formula(q, month(2)) == ("a × f", "20 × 3")


def test_a_term_that_stands_twice_in_a_formula_is_explained_once() -> None:
    assert terms(line(A * A, "f.o.c"), month(2)) == [("a", month(2))]


def test_time_is_written_in_the_formula_and_is_no_term() -> None:
    q = line(F * MONTHS, "f.o.c")
    assert formula(q, month(4)) == ("f × month", "3 × 4")
    assert terms(q, month(4)) == [("f", None)]


def test_the_month_before_is_read_one_month_back_and_in_month_1_its_first_value_is() -> None:
    q = line(previous(A, F) * G, "f.o.c")
    assert terms(q, month(3)) == [("a", month(2)), ("g", None)]
    assert formula(q, month(3)) == ("month before(a, f) × g", "20 × 0.5")
    assert terms(q, month(1)) == [("f", None), ("g", None)]
    assert formula(q, month(1))[1] == "3 × 0.5"


def test_the_first_value_of_the_month_before_may_be_a_row() -> None:
    assert terms(line(previous(A, B), "f.o.c"), month(1)) == [("b", month(1))]


@pytest.mark.parametrize(
    ("lag", "months"), [(0.0, [3]), (1.0, [2]), (1.5, [1, 2]), (0.25, [2, 3]), (2.5, [1]), (7.0, [])]
)
def test_what_is_paid_later_is_read_in_the_months_it_comes_from(lag: float, months: list[int]) -> None:
    q = line(apply("delayed", A, MONTHS, figure(lag, "f.o.terms")), "f.o.c")
    assert terms(q, month(3)) == [*(("a", month(m)) for m in months), ("terms", None)]


def test_a_product_taken_off_nothing_is_no_sum_and_is_shown_in_its_largest_month() -> None:
    q = line(0 - A * B, "f.o.c")
    step = explain(q, Span(1, 4), 1)
    assert step.formula is not None
    assert step.formula.is_monthly
    assert [(below.is_example, below.span) for below in step.steps] == [(True, month(4))]


def test_what_has_come_together_so_far_is_a_sum_up_to_the_month() -> None:
    q = line(running_total(A), "f.o.c")
    assert terms(q, month(3)) == [("a", Span(1, 3))]
    assert explain(q, month(3), 1).steps[0].value == 10 + 20 + 30


def test_a_total_is_the_sum_of_all_months() -> None:
    assert terms(result(total(A)), None) == [("a", ALL)]
    assert formula(result(total(A)), None) == ("total(a)", "")


def test_a_year_s_total_is_the_sum_of_the_contract_year_of_the_month() -> None:
    q = line(year_total(A, YEARS), "f.o.c")
    assert terms(q, month(1)) == [("a", Span(1, 2))]
    assert terms(q, month(4)) == [("a", Span(3, 4))]


def test_the_sum_of_one_year_is_that_of_its_months_and_there_is_none_of_a_year_beyond() -> None:
    assert terms(result(in_year(A, YEARS, 2)), None) == [("a", Span(3, 4))]
    assert terms(result(in_year(A, YEARS, 7)), None) == []


def test_a_highest_or_lowest_month_is_the_first_in_which_it_is_reached() -> None:
    assert terms(result(highest(B)), None) == [("b", month(2))]  # 5 in months 2 and 4
    assert terms(result(lowest(B)), None) == [("b", month(1))]
    assert terms(line(year_peak(B, YEARS), "f.o.c"), month(3)) == [("b", month(4))]


def test_a_highest_month_that_is_never_leads_to_the_first_month_without_a_value() -> None:
    broken = row("f.o.n", 1, 2, float("nan"), 4)
    assert terms(result(highest(broken)), None) == [("n", month(3))]


def test_a_compounded_rate_is_read_in_the_first_month_of_each_year_that_counts() -> None:
    rate = row("f.o.rate", 0.1, 9, -0.2, 9)
    q = line(compounded(rate, YEARS, 1), "f.o.c")
    assert value(q, month(4)) == pytest.approx(1.1 * 0.8)
    assert terms(q, month(4)) == [("rate", month(1)), ("rate", month(3))]
    assert formula(q, month(4)) == ("compounded(rate, year, 1)", "(1 + 0.1) × (1 − 0.2)")
    assert formula(q, month(2))[1] == "1 + 0.1"


def test_a_rate_that_does_not_compound_yet_makes_one() -> None:
    rate = row("f.o.rate", 0.1, 0.1, 0.1, 0.1)
    q = line(compounded(rate, YEARS, figure(2, "x.first_year")) * A, "f.o.c")
    assert formula(q, month(2))[1] == "1 × 20"
    assert terms(q, month(2)) == [("first_year", None), ("a", month(2))]


def test_a_rate_that_is_the_same_in_several_years_is_explained_once() -> None:
    rate = row("f.o.rate", 0.1, 0.1, 0.1, 0.1)
    q = line(compounded(rate, YEARS, 1), "f.o.c")
    assert terms(q, month(4)) == [("rate", month(1))]
    assert formula(q, month(4))[1] == "(1 + 0.1) × (1 + 0.1)"


def test_a_rate_of_return_rests_on_all_months() -> None:
    flows = row("f.o.flows", -100, 50, 50, 50)
    q = result((1 + irr(flows)) ** 12 - 1)
    assert terms(q, None) == [("flows", ALL)]
    assert formula(q, None) == ("(1 + internal rate of return(flows)) ^ 12 − 1", f"(1 + {digits(0.2337519)}) ^ 12 − 1")


def test_a_present_value_rests_on_all_months_of_the_row() -> None:
    assert terms(result(worth(A, B)), None) == [("a", ALL), ("b", month(4))]


def test_of_a_choice_by_number_only_the_chosen_item_is_a_term() -> None:
    q = line(pick(YEARS, [F, G]), "f.o.c")
    assert terms(q, month(4)) == [("g", None)]
    assert formula(q, month(4)) == ("pick(year, f, g)", "pick(2, 3, 0.5)")
    assert terms(line(pick(YEARS, [F]), "f.o.c"), month(4)) == [("f", None)]  # the last one continues


def test_a_choice_by_a_number_that_is_never_leads_to_that_number() -> None:
    nowhere = named_figure(NEVER, Line("f.o.n", "", ""))
    assert terms(result(pick(nowhere, [F, G])), None) == [("n", None)]


def test_of_two_branches_the_one_taken_is_followed_and_both_are_shown() -> None:
    q = line(where(A > F * 5, B, G), "f.o.c")  # 10 > 15 is false, 20 > 15 is true
    assert formula(q, month(1)) == ("if(a > f × 5, b, g)", "if(10 > 3 × 5, 1, 0.5)")
    assert terms(q, month(1)) == [("a", month(1)), ("f", None), ("g", None)]
    assert terms(q, month(2)) == [("a", month(2)), ("f", None), ("b", month(2))]


def test_a_ratio_is_followed_to_what_stands_in_for_it_only_where_it_is_divided_by_zero() -> None:
    zero = figure(0, "x.zero")
    assert terms(result(ratio(F, G, zero)), None) == [("f", None), ("g", None)]
    assert terms(result(ratio(F, zero, G)), None) == [("zero", None), ("g", None)]


def test_every_word_that_looks_across_months_can_be_explained() -> None:
    assert {*ACROSS} == OF_LINES


# Sums over months


def test_a_sum_of_rows_is_the_sum_of_their_sums_the_largest_first_with_their_shares() -> None:
    step = explain(line(B + A, "f.o.c"), ALL, 1)
    assert step.value == 113
    assert formula(line(B + A, "f.o.c"), ALL) == ("a + b", "100 + 13")
    assert [(s.name, s.value, s.share) for s in step.steps] == [("a", 100, 100 / 113), ("b", 13, 13 / 113)]


def test_a_difference_keeps_its_order_and_has_no_shares() -> None:
    step = explain(line(B - A, "f.o.c"), ALL, 1)
    assert formula(line(B - A, "f.o.c"), ALL) == ("b − a", "13 − 100")
    assert [(s.name, s.value, s.share) for s in step.steps] == [("b", 13, None), ("a", 100, None)]


def test_a_row_times_a_figure_is_its_sum_times_the_figure() -> None:
    assert formula(line(F * A / G, "f.o.c"), ALL) == ("f × a ÷ g", "3 × 100 ÷ 0.5")
    assert terms(line(F * A / G, "f.o.c"), ALL) == [("f", None), ("a", ALL), ("g", None)]


def test_a_figure_spread_over_the_months_is_counted_as_often_as_there_are_months() -> None:
    assert formula(line(F, "f.o.c"), Span(2, 4)) == ("3 × f", "3 × 3")
    assert formula(line(F + G, "f.o.c"), ALL) == ("4 × (f + g)", "4 × (3 + 0.5)")


def test_a_product_of_rows_has_no_formula_of_sums_and_is_explained_by_its_largest_month() -> None:
    step = explain(line(A * B, "f.o.c"), ALL, 2)  # 10, 100, 60, 200
    assert (step.value, step.formula and step.formula.names) == (370, "a × b")
    (example,) = step.steps
    assert (example.is_example, example.span, example.value) == (True, month(4), 200)
    assert [(s.name, s.value) for s in example.steps] == [("a", 40), ("b", 5)]


def test_the_largest_month_is_the_one_farthest_from_zero() -> None:
    assert explain(line(A * row("f.o.b", 1, -9, 2, 1), "f.o.c"), ALL, 1).steps[0].span == month(2)


def test_in_a_sum_a_product_of_rows_is_explained_by_its_own_largest_month() -> None:
    step = explain(line(sum_of([A, A * B]), "f.o.c"), ALL, 2)
    assert (step.formula and step.formula.numbers) == "370 + 100"
    product, plain = step.steps
    assert (product.name, product.value, product.steps[0].span) == ("a × b", 370, month(4))
    assert (plain.name, plain.value) == ("a", 100)


def test_what_is_linear_is_a_formula_of_sums() -> None:
    zero = constant(0)
    linear = [A + B, A - zero, F * A, A / F, sum_of([A * F, B])]
    assert [is_linear(q) for q in linear] == [True] * 5
    others = [A * B, F / A, A + F, at_least(A, 0), A * MONTHS / B, previous(A, 0), A - 1]
    assert [is_linear(q) for q in others] == [False] * 7


def test_of_a_long_sum_the_largest_terms_are_named_and_the_others_added_up() -> None:
    rows = [row(f"f.o.r{n}", 0, n, 0, 0) for n in range(11)]
    step = explain(line(sum_of(rows), "f.o.c"), month(2), 1)
    assert [s.name for s in step.steps] == [f"r{n}" for n in (10, 9, 8, 7, 6, 5, 4, 3)]
    assert step.formula is not None
    assert step.formula.rest == (3, 0 + 1 + 2)
    assert step.formula.names == "r10 + r9 + r8 + r7 + r6 + r5 + r4 + r3 + 3 more"
    assert step.formula.numbers == "10 + 9 + 8 + 7 + 6 + 5 + 4 + 3 + 3"


def test_in_a_sum_over_months_nothing_is_said_of_what_is_always_zero() -> None:
    q = line(sum_of([A, row("f.o.z", 0, 0, 0, 0), B]), "f.o.c")
    assert formula(q, ALL) == ("a + b + 1 more", "100 + 13 + 0")
    assert formula(q, month(1)) == ("a + z + b", "10 + 0 + 1")


def test_a_sum_of_nothing_but_zeros_names_them() -> None:
    zeros = [row("f.o.y", 0, 0, 0, 0), row("f.o.z", 0, 0, 0, 0)]
    assert formula(line(sum_of(zeros), "f.o.c"), ALL) == ("y + z", "0 + 0")


def test_a_sum_is_shown_by_contract_year_of_twelve_months() -> None:
    months = Quantity(tuple(float(m + 1) for m in range(30)), about=Line("month", "month", "Month"))
    q = named(Quantity(tuple([1.0] * 12 + [2.0] * 12 + [3.0] * 6)), Line("f.o.c", "USD/month", ""), months)
    assert explain(q, Span(1, 30), 0).years == ((1, 12), (2, 24), (3, 18))
    assert explain(q, Span(11, 14), 0).years == ((1, 2), (2, 4))
    assert explain(q, Span(1, 12), 0).years == ()


# The tree


def test_a_depth_of_0_shows_the_formula_alone_and_each_more_one_level() -> None:
    q = line(line(A * F, "f.o.c") * G, "f.o.d")
    top = explain(q, month(2), 0)
    assert (top.formula and top.formula.numbers, top.steps, top.state) == ("60 × 0.5", (), "cut")
    first = explain(q, month(2), 1).steps
    assert [(s.name, s.state, len(s.steps)) for s in first] == [("c", "cut", 0), ("g", "", 0)]
    assert [s.name for s in explain(q, month(2), 2).steps[0].steps] == ["a", "f"]


def test_what_is_explained_above_is_not_explained_again() -> None:
    c = line(A * F, "f.o.c")
    tree = explain(line(line(c * F, "f.o.d") + c, "f.o.e"), month(2), 5)
    assert [(s.name, s.state) for s in tree.steps] == [("d", ""), ("c", "above")]
    inner = tree.steps[0].steps
    assert [(s.name, s.state) for s in inner] == [("c", ""), ("f", "above")]


def test_what_was_cut_is_explained_where_the_depth_allows_it() -> None:
    c = line(A * F, "f.o.c")
    tree = explain(line(line(c * G, "f.o.d") + c, "f.o.e"), month(2), 2)
    assert [(s.name, s.state) for s in tree.steps[0].steps] == [("c", "cut"), ("g", "")]
    assert (tree.steps[1].name, tree.steps[1].state, len(tree.steps[1].steps)) == ("c", "", 2)


def test_the_same_row_in_another_month_is_another_thing_to_explain() -> None:
    tree = explain(line(A - previous(A, 0), "f.o.c"), month(2), 3)
    assert [(s.name, s.span, s.state) for s in tree.steps] == [("a", month(2), ""), ("a", month(1), "")]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1234567.89, "1,234,568"),
        (26294386.4, "26,294,386"),
        (4319.285, "4,319.28"),
        (0.1416666, "0.141667"),
        (0.0123456789, "0.0123457"),
        (12.0, "12"),
        (-831.745, "−831.745"),
        (5e-7, "5e-07"),
        (float("nan"), "never"),
    ],
)
def test_a_number_in_a_formula_has_six_digits_and_its_whole_part_in_full(number: float, shown: str) -> None:
    assert digits(number) == shown


def test_a_negative_number_in_a_formula_is_in_brackets_where_it_follows_a_sign() -> None:
    minus = figure(-2, "x.minus")
    texts = {"f × minus": F * minus, "f − minus": F - minus, "minus + f": minus + F, "minus ^ f": minus**F}
    numbers = {name: in_numbers(result(q), None) for name, q in texts.items()}
    assert numbers == {
        "f × minus": "3 × (−2)",
        "f − minus": "3 − (−2)",
        "minus + f": "−2 + 3",
        "minus ^ f": "(−2) ^ 3",
    }


# Addresses and units


def test_what_flows_in_a_month_is_added_up_and_what_is_there_is_not() -> None:
    assert [is_flow(unit) for unit in ("USD/month", "units/month", "USD/FTE/month", "FTE", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    people = named(Quantity((1.0, 2.0, 3.0, 4.0)), Line("f.o.people", "FTE", ""), MONTHS)
    assert (span_of(A), span_of(people), span_of(people, 2), span_of(F)) == (ALL, month(4), month(2), None)


def test_a_unit_is_that_of_the_span() -> None:
    assert unit_in("USD/month", month(2)) == "USD"
    assert unit_in("USD/month", None) == "USD/month"
    assert (unit_in("FTE", month(2)), unit_in("FTE", ALL), unit_in("share", ALL)) == ("FTE", "FTE-months", "share")
    assert unit_in("USD/FTE/month", month(2)) == "USD/FTE/month"


def test_a_wrong_address_is_answered_with_those_that_end_alike_then_those_that_look_alike() -> None:
    known = ["desk.out.category.fees", "desk.out.fees", "desk.in_house.pay"]
    assert nearest("fees", known) == ["desk.out.fees", "desk.out.category.fees"]
    assert nearest("desk.out.fee", known)[0] == "desk.out.fees"
    assert nearest("nothing like it", known) == []


# The scenarios


@cache
def compared(path: Path) -> Comparison:
    return compare(run(load_text(path.read_bytes(), path.name)))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_address_is_listed_once_and_can_be_explained(path: Path) -> None:
    comparison = compared(path)
    subject = Subject(path.name, "", comparison, ())
    items = [item for section in sections(comparison) for item in section.items]
    addresses = [item.address for item in items]
    assert sorted(addresses) == sorted({*comparison.run.book.entries, *comparison.run.loaded.inputs})
    for item in items:
        assert find(comparison, item.address) is item.quantity
        root = explain(item.quantity, span_of(item.quantity), 1)
        assert text.render(root, subject, None).startswith(f"{item.address} = ")


def test_every_result_that_a_comparison_shows_is_listed_as_a_result() -> None:
    comparison = compared(ROOT / "scenarios" / "customer-support.yaml")
    (group,) = comparison.functions.values()
    sources = [q for r in summary(comparison, group).rows for q in r.sources if q is not None]
    shown = {q.about.name for q in sources if isinstance(q.about, Line)}
    listed = {i.address for section in sections(comparison) for i in section.items if i.kind == "result"}
    assert shown <= listed
    assert {address.rpartition(".")[2] for address in listed} <= {*RESULTS, "idle_pay_total"}


def as_python(numbers: str) -> str:
    """Turn the signs of a formula into those of Python."""
    for sign, python in {"−": "-", "×": "*", "÷": "/", "^": "**", ",": ""}.items():
        numbers = numbers.replace(sign, python)
    return numbers


def steps_of(step: Step) -> Iterator[Step]:
    yield step
    for below in step.steps:
        yield from steps_of(below)


def test_the_numbers_of_every_infix_formula_give_the_value_that_is_shown() -> None:
    comparison = compared(ROOT / "scenarios" / "customer-support.yaml")
    checked = 0
    for address, entry in comparison.run.book.entries.items():
        q = entry.quantity
        for span in (month(14), span_of(q)) if q.is_row else (None,):
            step = explain(q, span, 0)
            numbers = step.formula.numbers if step.formula else ""
            if numbers and re.search("[a-z]", numbers) is None and not re.search("[>≥]", numbers):
                operands = [abs(float(n.replace(",", ""))) for n in re.findall(r"[0-9][0-9.,]*", numbers)]
                found = eval(as_python(numbers))
                assert isclose(found, step.value, rel_tol=1e-4, abs_tol=1e-5 * max(operands)), (address, numbers)
                checked += 1
    assert checked > 700


def test_an_input_names_the_lines_that_point_at_it() -> None:
    comparison = compared(ROOT / "scenarios" / "minimal.yaml")
    price = comparison.run.loaded.inputs["functions.orders.options.manila.price"]
    assert used_by(comparison, price) == ["orders.manila.base.price"]


# The command


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand beside the small scenario, in an environment that says nothing about the screen."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, encoding="utf-8")
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    gc.enable()


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Give what the command prints, and nothing else does it print."""
    assert cli(["explain", *args]) == Code.FINE
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], *args: str, code: Code = Code.USAGE) -> str:
    """Give what the command says on stderr when it does not answer."""
    assert cli(["explain", *args]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


FEES_IN_MONTH_4 = """\
desk.out.fees = 165 USD in month 4 (2027-04)      Provider fees: all charges, with minimum charges and volume discounts
  = charges.work + shortfall.work
  = 165 + 0
  charges.work = 165 USD                          work: Charge of the provider: base charge × indexation × productivity
    = base.work …
  shortfall.work = 0 USD                          work, short of its minimum: What the charge falls short of its \
minimum, month by month or settled at the end of the contract year
    = at least(floor.work − charges.work, 0) = at least(125 − 165, 0) …

… goes on with a greater --depth, or from there: bpocalc explain small.yaml desk.out.charges.work --month 4
"""


def test_a_figure_is_explained_by_names_by_numbers_and_by_its_terms(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "small.yaml", "desk.out.fees", "--month", "4", "--depth", "1") == FEES_IN_MONTH_4


def test_a_month_may_be_given_by_its_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "small.yaml", "desk.out.fees", "--month", "2027-04", "--depth", "1") == FEES_IN_MONTH_4


def test_a_figure_is_explained_down_to_the_line_of_the_file_and_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.in_house.pay.clerks", "--month", "13")
    # 2 people at 6 an hour, 2,000 hours a year, a rise of 10 % in year 2: 2 × 6 × 2,000 ÷ 12 × 1.1 = 2,200
    assert out.splitlines() == [
        "desk.in_house.pay.clerks = 2,200 USD in month 13 (2028-01)  Clerks: Salaries of the people on the team",
        "  = headcount.clerks × monthly_pay.clerks",
        "  = 2 × 1,100",
        "  headcount.clerks = 2 FTE                        People that the work needs",
        "    = fte",
        "    fte = 2 FTE                                   small.yaml:15",
        "  monthly_pay.clerks = 1,100 USD/FTE/month        Pay of one full-time equivalent; wages move once a year",
        "    = wage × paid_hours ÷ 12 × (1 + wage_growth) ^ (year − 1) = 6 × 2,000 ÷ 12 × (1 + 0.1) ^ (2 − 1)",
        '    wage = 6 USD/hour                             small.yaml:16  "Payroll,  [31mred", 2026-09',
        "    paid_hours = 2,000 hours/year                 small.yaml:11",
        "    wage_growth = 0.1 per year                    small.yaml:17  written 10%",
    ]


def test_a_flow_is_explained_as_the_sum_of_all_months_by_year_and_largest_month(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = shown(capsys, "small.yaml", "desk.in_house.cost", "--depth", "1")
    # 2 × 1,000 × 12 = 24,000 and 2 × 1,100 × 12 = 26,400; a tenth of it for telephony
    assert out.splitlines() == [
        "desk.in_house.cost = 55,440 USD in all 24 months  Cost of all categories",
        "  = category.personnel + category.other",
        "  = 50,400 + 5,040",
        "  year 1, from 2027-01  26,400",
        "  year 2, from 2028-01  29,040",
        "  category.personnel = 50,400 USD, 90.9 %         Cost of a category",
        "    = pay.clerks + 2 more = 50,400 + 0 …",
        "  category.other = 5,040 USD, 9.1 %               Cost of a category",
        "    = costs.telephony …",
        "  largest in month 13 (2028-01): 2,420 USD",
        "",
        "One month: bpocalc explain small.yaml desk.in_house.cost --month 13",
        "… goes on with a greater --depth, or from there: bpocalc explain small.yaml desk.in_house.category.personnel",
    ]


def test_anything_else_is_explained_in_its_last_month(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.in_house.headcount.clerks")
    assert out.startswith("desk.in_house.headcount.clerks = 2 FTE in month 24 (2028-12)  ")
    assert out.endswith("\nAnother month: bpocalc explain small.yaml desk.in_house.headcount.clerks --month 1\n")


def test_a_figure_in_another_currency_shows_its_exchange_rate(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.out.base.work", "--month", "9")
    assert "  = billed_fte.work × price × EUR\n  = 2 × 150 × 1.1\n" in out
    assert "  price = 150 EUR                                 small.yaml:22  written 150 EUR\n" in out
    assert "  EUR = 1.1                                       small.yaml:24\n" in out


def test_what_nobody_stated_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.out.ramp", "--month", "4")
    assert "  start = month 1                                 not stated: taken as neutral\n" in out


def test_what_was_set_on_the_command_line_says_so_and_the_next_command_sets_it_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = shown(capsys, "small.yaml", "desk.out.base.work", "--depth", "1", "--set", f"{PRICE}=99", "--soft")
    assert "  price = 99 EUR                                  set by --set  written 99 EUR\n" in out
    assert out.endswith(f"bpocalc explain small.yaml desk.out.billed_fte.work --set {PRICE}=99 --soft\n")


def test_a_figure_of_the_reference_data_names_file_line_source_date_and_grade() -> None:
    comparison = compared(ROOT / "scenarios" / "customer-support.yaml")
    wage = comparison.run.loaded.inputs["locations.US.wages.customer_service_rep"]
    out = text.render(explain(wage, None, 4), Subject("case.yaml", "", comparison, ()), None)
    assert re.search(r"\n  where    US\.yaml:\d+ of the reference data\n", out)
    assert re.search(r"\n  source   US Bureau of Labor Statistics: [^\n]*\n  as of    2025-05\n  grade    A\n", out)
    assert "\n  covers   SOC 43-4051 Customer Service Representatives; mean, all industries\n" in out


def test_an_input_is_shown_with_all_that_is_known_of_it_and_the_lines_that_use_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(capsys, "small.yaml", WAGE).splitlines() == [
        f"{WAGE} = 6 USD/hour",
        "  where   small.yaml:16",
        "  source  Payroll,  [31mred",
        "  as of   2026-09",
        "  owner   Ann",
        "  note    a | note",
        "  range   5 to 8 (split_normal)",
        "  bounds  at least 0",
        "  used by 1 line",
        "    desk.in_house.monthly_pay.clerks  Pay of one full-time equivalent; wages move once a year",
    ]


def test_what_never_happens_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.out.irr", "--depth", "0")
    assert out.startswith("desk.out.irr = never: the saving so far is never below zero: nothing is invested  ")


def test_steps_and_inputs_in_steps_can_be_asked_for() -> None:
    comparison = compared(ROOT / "scenarios" / "customer-support.yaml")
    address = "functions.support.options.manila.charges.contacts.productivity"
    steps = find(comparison, address)
    assert steps is not None
    assert [(s.name, s.value) for s in explain(steps, month(14), 4).steps] == [("productivity.2", 0.03)]
    assert find(comparison, f"{address}.2") is not None


def test_a_section_lists_what_lies_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "small.yaml", "desk.in_house.category").splitlines() == [
        "desk · in-house",
        "  desk.in_house.category.personnel = 50,400 USD  Cost of a category",
        "  desk.in_house.category.other = 5,040 USD       Cost of a category",
        "",
        "Amounts of a month are added up over all months; any other row is that of the last month.",
        "Where one comes from: bpocalc explain small.yaml ADDRESS",
    ]


def test_a_list_may_be_that_of_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.in_house.category", "--month", "2")
    assert "  desk.in_house.category.other = 200 USD        Cost of a category\n" in out
    assert "\nRows in month 2 (2027-02).\n" in out


def test_without_an_address_results_come_first_and_inputs_last(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "small.yaml").splitlines()
    assert lines[0] == "desk · in-house"
    assert lines[1].startswith("  desk.in_house.total_cost = 55,440 USD  ")
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads[:4] == ["desk · in-house", "desk · out", "all functions", "inputs"]
    assert [line.split() for line in lines if line.startswith(f"  {PRICE} =")] == [
        [PRICE, "=", "150", "EUR", "small.yaml:22"]
    ]


def test_standard_input_is_read_for_a_dash(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    out = shown(capsys, "-", "desk.in_house.headcount.clerks")
    assert "<stdin>:15\n" in out
    assert "bpocalc explain - desk.in_house.headcount.clerks --month 1\n" in out


def test_an_absolute_path_is_never_shown(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    out = shown(capsys, str(here / "small.yaml"), "desk.in_house.headcount.clerks")
    assert "  small.yaml:15\n" in out
    assert str(here) not in out


def test_files_are_written_in_the_format_of_their_suffix(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    assert cli(["explain", "small.yaml", "desk.out.fees", "-o", "a.txt", "-o", "a.md", "-o", "a.json"]) == Code.FINE
    assert capsys.readouterr() == ("", "wrote a.txt, a.md, a.json\n")
    assert Path("a.txt").read_text("utf-8").startswith("desk.out.fees = ")
    assert Path("a.md").read_text("utf-8").startswith("# desk.out.fees = ")
    assert json.loads(Path("a.json").read_text("utf-8"))["address"] == "desk.out.fees"


@pytest.mark.parametrize("suffix", ["txt", "md", "json"])
def test_a_list_is_written_in_each_format(suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["explain", "small.yaml", "-o", f"a.{suffix}"]) == Code.FINE
    capsys.readouterr()
    assert "desk.out.npv_saving" in Path(f"a.{suffix}").read_text("utf-8")


def test_the_command_that_goes_on_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "small.yaml", "desk.out.fees", "--depth", "1", "--set", f"{PRICE}=150 EUR")
    command = out.splitlines()[-1].partition("bpocalc explain ")[2]
    assert command == f"small.yaml desk.out.charges.work --set '{PRICE}=150 EUR'"
    assert shown(capsys, *shlex.split(command)).startswith("desk.out.charges.work = ")


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("args", [("desk.out.npv_saving", "--depth", "9"), (WAGE,), (), ("desk.out.irr",)])
def test_nothing_is_wider_than_the_window_and_nothing_is_lost(
    columns: int, args: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shown(capsys, "small.yaml", *args)
    monkeypatch.setenv("COLUMNS", str(columns))
    narrow = shown(capsys, "small.yaml", *args)
    assert max(map(width, narrow.splitlines())) <= columns
    assert sorted(re.sub(r"\s", "", narrow)) == sorted(re.sub(r"\s", "", whole))


# What is refused


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("desk.out.irrr",), "there is no 'desk.out.irrr' in small.yaml: did you mean 'desk.out.irr'?"),
        (("cost",), "there is no 'cost' in small.yaml: did you mean 'desk.in_house.cost' or 'desk.out.cost'?"),
        (("xyzzy",), "there is no 'xyzzy' in small.yaml: list all of them with: bpocalc explain small.yaml"),
        (("desk.out.fees", "--month", "25"), f"--month '25' is not a month of the scenario: {RANGE}"),
        (("desk.out.fees", "--month", "0"), f"--month '0' is not a month of the scenario: {RANGE}"),
        (("desk.out.fees", "--month", "2029-01"), f"--month '2029-01' is not a month of the scenario: {RANGE}"),
        (("desk.out.fees", "--month", "2027-13"), f"--month '2027-13' is not a month: {RANGE}"),
        (("desk.out.irr", "--month", "3"), "desk.out.irr is one figure, it has no months: leave --month out"),
        (("desk.out.fees", "--depth", "51"), "--depth '51' is not a number from 0 to 50"),
        (("desk.out.fees", "--depth", "x"), "--depth 'x' is not a number from 0 to 50"),
        (("--depth", "2"), "--depth goes with an ADDRESS"),
        (("desk.out.fees", "--assumptions"), "--assumptions lists all inputs: leave ADDRESS out"),
        (("--assumptions", "--month", "3"), "--assumptions lists all inputs: leave --month out"),
        (("--assumptions", "--depth", "3"), "--assumptions lists all inputs: leave --depth out"),
        (("--set", "x"), "--set 'x' is not an address, '=' and a value"),
        (("-f", "jsn"), "--format 'jsn' is not known: did you mean 'json'?"),
        (("-o", "a.pdf"), "no format goes with 'a.pdf': end it with .json, .markdown, .md, .txt, or give --format"),
    ],
)  # fmt: skip
def test_a_question_that_has_no_answer_is_refused_with_what_to_do(
    args: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, "small.yaml", *args) == f"bpocalc: {said}\n"


def test_without_a_start_a_month_is_given_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    Path("small.yaml").write_text(SMALL.replace("start: 2027-01\n", ""), encoding="utf-8")
    assert shown(capsys, "small.yaml", "desk.out.fees", "--month", "4").startswith(
        "desk.out.fees = 165 USD in month 4 "
    )
    said = refused(capsys, "small.yaml", "desk.out.fees", "--month", "2027-04")
    assert said == "bpocalc: --month '2027-04' is not a month of the scenario: give 1 to 24\n"


def test_an_invalid_scenario_is_refused_with_its_problems(capsys: pytest.CaptureFixture[str]) -> None:
    Path("small.yaml").write_text(SMALL.replace("fte: 2", "ftee: 2"), encoding="utf-8")
    said = refused(capsys, "small.yaml", "desk.out.fees", code=Code.INVALID)
    assert said.startswith("small.yaml:15:11: error BPO003: 'ftee' is not a field of ")


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "gone.yaml", code=Code.FAILED)
    assert said == "bpocalc: cannot read gone.yaml: there is no such file\n"


# Markdown and JSON


def test_in_markdown_texts_of_the_file_split_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert "- note: a \\| note\n" in shown(capsys, "small.yaml", WAGE, "-f", "markdown")


def explanation(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(shown(capsys, "small.yaml", *args, "-f", "json"), parse_constant=refuse)


def test_the_nodes_of_the_json_point_at_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    made = explanation(capsys, "desk.out.npv_saving", "--depth", "50")
    nodes = {node["id"]: node for node in made["nodes"]}
    assert (made["format"], made["version"], made["month"]) == ("bpocalc.explanation", 1, None)
    assert made["scenario"]["path"] == "small.yaml"
    assert len(nodes) == len(made["nodes"])
    assert made["nodes"][0]["id"] == made["address"] == "desk.out.npv_saving"
    below = {i for node in nodes.values() for i in [*node["inputs"], *([node["example"]] if node["example"] else [])]}
    assert below == {*nodes} - {"desk.out.npv_saving"}
    assert not any(node["more"] for node in nodes.values())


def test_a_node_of_the_json_says_what_it_is_and_how_it_comes_about(capsys: pytest.CaptureFixture[str]) -> None:
    made = explanation(capsys, "desk.in_house.pay.clerks", "--month", "13")
    node = made["nodes"][0]
    assert (made["month"], node["id"]) == (13, "desk.in_house.pay.clerks@13")
    assert (node["month"], node["from"], node["to"], node["unit"]) == (13, None, None, "USD")
    assert node["value"] == pytest.approx(2200)
    assert (node["formula"], node["numbers"]) == ("headcount.clerks × monthly_pay.clerks", "2 × 1,100")
    assert node["inputs"] == ["desk.in_house.headcount.clerks@13", "desk.in_house.monthly_pay.clerks@13"]


def test_an_input_of_the_json_says_where_it_was_set(capsys: pytest.CaptureFixture[str]) -> None:
    (node,) = explanation(capsys, WAGE)["nodes"]
    assert {key: node[key] for key in ("value", "unit", "file", "line", "column", "set_by", "low", "high", "dist")} == {
        "value": 6, "unit": "USD/hour", "file": "small.yaml", "line": 16, "column": 17, "set_by": "scenario",
        "low": 5, "high": 8, "dist": "split_normal",
    }  # fmt: skip
    assert (node["source"], node["as_of"], node["owner"]) == ("Payroll, \x1b[31mred", "2026-09", "Ann")
    assert node["used_by"] == ["desk.in_house.monthly_pay.clerks"]
    (changed,) = explanation(capsys, WAGE, "--set", f"{WAGE}=7")["nodes"]
    assert (changed["value"], changed["set_by"], changed["file"], changed["line"]) == (7, "--set", None, None)


def test_the_json_of_what_never_happens_is_null_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    node = explanation(capsys, "desk.out.irr")["nodes"][0]
    assert (node["value"], node["reason"]) == (None, "the saving so far is never below zero: nothing is invested")


def test_without_an_address_the_json_lists_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    made = explanation(capsys)
    assert (made["format"], made["address"]) == ("bpocalc.addresses", None)
    kinds = list(dict.fromkeys(item["kind"] for item in made["addresses"]))
    assert kinds == ["result", "line", "input"]
    first = {"address": "desk.in_house.total_cost", "kind": "result", "section": "desk · in-house", "value": 55440.0}
    assert first.items() <= made["addresses"][0].items()


# Golden files, documentation, start-up

FILES: dict[str, tuple[str, ...]] = {
    "explain.txt": ("desk.cebu.fees", "--month", "10"),
    "explain.40.txt": ("desk.cebu.fees", "--month", "10"),
    "explain.80.txt": ("desk.cebu.fees", "--month", "10"),
    "explain.200.txt": ("desk.cebu.fees", "--month", "10"),
    "explain.md": ("desk.cebu.fees", "--month", "10", "-f", "markdown"),
    "explain.json": ("desk.cebu.fees", "--month", "10", "-f", "json"),
    "explain.total.txt": ("total.best.npv_saving",),
    "explain.list.txt": ("desk.cebu",),
    "explain.list.md": ("ledger.cebu", "-f", "markdown"),
}


def rounded(node: Any) -> Any:
    """Round every number to ten significant digits: the last ones differ between machines."""
    if isinstance(node, float):
        return float(f"{node:.10g}")
    if isinstance(node, dict):
        return {key: rounded(item) for key, item in node.items()}
    return [rounded(item) for item in node] if isinstance(node, list) else node


def steady(name: str, found: str) -> str:
    if not name.endswith(".json"):
        return found
    made = rounded(json.loads(found)) | {"engine": "the version of the program"}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_is_what_the_golden_file_holds(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    columns = name.split(".")[1]
    if columns.isdigit():
        monkeypatch.setenv("COLUMNS", columns)
    found = steady(name, shown(capsys, "case.yaml", *FILES[name]))
    path = GOLDEN / name
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


def test_there_is_no_golden_file_that_nothing_renders() -> None:
    assert {path.name for path in GOLDEN.glob("explain.*")} == {*FILES}


def test_the_documentation_names_every_option_format_word_and_key(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "explain.md").read_text("utf-8")
    group: Any = get_command(application())
    options = {name for param in group.commands["explain"].params for name in param.opts if name.startswith("-")}
    node = explanation(capsys, WAGE)["nodes"][0]
    keys = {*node, *explanation(capsys, WAGE), *explanation(capsys), *explanation(capsys)["addresses"][0]}
    words = {word.reader for name, word in WORDS.items() if name in OF_LINES}
    assert {name for name in {*options, *FORMATS, *keys} if f"`{name}`" not in page} == set()
    assert {word for word in words if f"`{word}" not in page} == set()


def test_the_tree_in_the_documentation_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    path = ROOT / "docs" / "explain.md"
    page = path.read_text("utf-8")
    block = re.compile(r"^```text\n\$ bpocalc explain (.*)\n(?:.*\n)*?```$", re.MULTILINE)

    def fresh(found: re.Match[str]) -> str:
        return f"```text\n$ bpocalc explain {found[1]}\n{shown(capsys, *shlex.split(found[1]))}```"

    made, count = block.subn(fresh, page)
    if os.environ.get("BPOCALC_UPDATE") == "1":
        path.write_text(made, encoding="utf-8", newline="\n")
    assert count > 1
    assert made == path.read_text("utf-8")


def test_explaining_imports_nothing_that_it_does_not_need() -> None:
    code = "import sys; from bpocalc.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "explain", "small.yaml", "desk.out.fees"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = {name.removeprefix("bpocalc.") for name in ended.stderr.split()}
    assert "explain.tree" in ours
    assert not ours & {"rich", "summary", "tables", "answers", "notes", "report", "assumptions", "views.json"}


@pytest.mark.parametrize("args", [("--help",), (), ("--no-such-option",)])
def test_its_help_and_usage_errors_import_nothing_heavy(args: tuple[str, ...]) -> None:
    code = "import sys; from bpocalc.cli.app import run; run(sys.argv[1:]); print('modules:', *sys.modules)"
    command = [sys.executable, "-c", code, "explain", *args]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    modules = set(ended.stdout.rpartition("modules:")[2].split())
    assert "bpocalc.cli.explain" in modules
    assert not modules & {"pydantic", "pydantic_core", "yaml", "rich", "bpocalc.comparison"}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_titles_of_the_file_cannot_steer_the_terminal(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    evil = SMALL.replace("title: Clerks", 'title: "Cl\\e[31merks"').replace(
        "  desk:", '  desk:\n    title: "De\\e[0msk"'
    )
    Path("small.yaml").write_text(evil, encoding="utf-8")
    out = shown(capsys, "small.yaml", "-f", form) + shown(capsys, "small.yaml", "desk.in_house.cost", "-f", form)
    assert "Cl [31merks" in out
    assert "\x1b" not in out


def test_a_formula_is_written_alike_in_the_explanation_and_in_the_results() -> None:
    for entry in compared(ROOT / "scenarios" / "minimal.yaml").run.book.entries.values():
        step = explain(entry.quantity, span_of(entry.quantity, 3), 0)
        if step.formula is not None and step.formula.rest is None:
            assert step.formula.names == write(entry.quantity)


def test_a_word_of_one_figure_is_explained_by_it() -> None:
    assert terms(result(apply("round_up", F)), None) == [("f", None)]


def test_a_formula_may_nest_deeper_than_python_does() -> None:
    price: Quantity = F
    for _ in range(2000):
        price = where(A > 15, G, price)
    assert terms(line(price, "f.o.c"), month(2)) == [("a", month(2)), ("g", None)]
    assert formula(line(price, "f.o.c"), month(1))[1].startswith("if(10 > 15, 0.5, if(10 > 15, 0.5, ")
