"""Formulas in words: written from what was computed, short enough to read, every name an address of the book."""

from pathlib import Path

import pytest

from bpocalc.about import Input, Line
from bpocalc.comparison import Comparison, compare
from bpocalc.model.run import run
from bpocalc.notation import write
from bpocalc.quantity import Quantity, apply, at_least, constant, named, previous, sum_of, where
from bpocalc.scenario.loading import load_text
from bpocalc.trace import walk

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
LONGEST = 160
LISTS = ("sum_of", "pick")
"""Words whose arguments are a list by nature, a dozen months or all lines of a category."""


def figure(value: float, address: str) -> Quantity:
    return Quantity(value, about=Input(address, ""))


def row(address: str, *months: float) -> Quantity:
    return Quantity(tuple(months), about=Line(address, "", ""))


MONTHS = row("month", 1, 2)
A, B, C = figure(1, "f.o.a"), figure(2, "f.o.b"), figure(3, "f.o.c")


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (A + B * C, "a + b × c"),
        ((A + B) * C, "(a + b) × c"),
        (A - (B - C), "a − (b − c)"),
        (A - B - C, "a − b − c"),
        (A / (B * C), "a ÷ (b × c)"),
        ((A**B) ** C, "(a ^ b) ^ c"),
        (A ** (B**C), "a ^ (b ^ c)"),
        (0 - A**B, "0 − a ^ b"),
        (at_least(A - B, 0), "at least(a − b, 0)"),
        (where(A > B, C, constant(float("nan"))), "if(a > b, c, never)"),
        (sum_of([A, B, C]) * A, "(a + b + c) × a"),
        (apply("erlang_c", A * B, C, A, B, C, *[A] * 4), "Erlang C(a × b, c, a … a)"),
        (apply("series", MONTHS, A, B, C), "month by month(month, a … c)"),
    ],
)
def test_a_formula_is_written_with_the_brackets_it_needs(quantity: Quantity, text: str) -> None:
    assert write(quantity) == text


def test_a_line_is_written_as_what_it_stands_for() -> None:
    heads = row("care.manila.headcount.agents", 5, 4)
    line = named(heads * A, Line("care.manila.pay.agents", "", ""), MONTHS)
    assert write(line) == "headcount.agents × a"


def test_a_figure_that_is_spread_over_the_months_is_written_as_the_figure() -> None:
    assert write(named(A * B, Line("care.manila.rent", "", ""), MONTHS)) == "a × b"


def test_what_is_in_another_section_says_so() -> None:
    full = row("care.in_house.headcount.agents", 5, 4)
    own = row("care.manila.headcount.agents", 5, 4)
    line = named(own - full, Line("care.manila.change.agents", "", ""), MONTHS)
    assert write(line) == "headcount.agents − in_house.headcount.agents"


def test_two_inputs_that_end_alike_show_more_of_their_addresses() -> None:
    one, two = figure(1, "f.pay.rate"), figure(2, "f.rent.rate")
    assert write(one * two) == "pay.rate × rent.rate"


def test_an_item_of_a_list_is_known_by_more_than_its_number() -> None:
    assert write(figure(1, "f.demand.seasonality.3") * A) == "seasonality.3 × a"


def test_the_month_before_is_written_as_such() -> None:
    line = row("care.manila.headcount.agents", 5, 4)
    assert write(previous(line, A)) == "month before(care.manila.headcount.agents, a)"


@pytest.fixture(params=SCENARIOS, ids=lambda path: path.stem)
def comparison(request: pytest.FixtureRequest) -> Comparison:
    path: Path = request.param
    return compare(run(load_text(path.read_bytes(), path.name)))


def test_every_formula_is_short_enough_to_read(comparison: Comparison) -> None:
    lines = {a: e.quantity for a, e in comparison.run.book.entries.items() if e.quantity.word == "line"}
    long = {a: text for a, q in lines.items() if q.args[0].word not in LISTS and len(text := write(q)) > LONGEST}
    assert long == {}


def test_every_line_that_can_be_reached_is_in_the_book(comparison: Comparison) -> None:
    entries = comparison.run.book.entries
    reached = [q for q in walk([e.quantity for e in entries.values()]) if isinstance(q.about, Line)]
    names = {q.about.name for q in reached if isinstance(q.about, Line)}
    assert {name for name in names if not name.startswith("functions.")} <= entries.keys()  # steps keep their path


def test_every_line_has_the_months_of_the_scenario_or_is_a_figure(comparison: Comparison) -> None:
    months = comparison.run.book.clock.months
    for address, entry in comparison.run.book.entries.items():
        assert entry.quantity.is_row == (entry.kind != "figure"), address
        assert not entry.quantity.is_row or len(entry.quantity.row) == months, address
