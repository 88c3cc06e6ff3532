"""Published worked examples: each file of tests/cases is a scenario with the results that its source prints.

To add a case, write a scenario as NAME.yaml into tests/cases; no Python is needed.

1. Begin with a comment: what the case is, and a line `# Source: …` that says who published it.
2. Write the scenario as for `bpocalc compare`, as small as the case allows: one scenario in one file.
3. End with the part `expected:`, addresses and what the source prints for them, with the arithmetic in a comment:

       expected:
         part.buy.total_saving: 20_000               # 650,000 - 630,000
         part.buy.saving_share: 36.67%
         part.best: buy
         work.outlay.irr: null                       # there is none, and the report says why
         fuels.in_house.year.2.cost: {value: 553_255, not: 553_225}

A figure agrees when it lies within half a unit of the last digit that is written: 15_122.89 within half a cent, 297
within a half, 36.67% within 0.005 points. `{value: …, within: …}` states another tolerance, `not` a figure that must
not come out: a known misprint, or the result of a known mistake. Write what the source prints, never what bpocalc says.

| address | is |
|---|---|
| `FUNCTION.best` | the option of least present cost |
| `FUNCTION.OPTION.METRIC` | a result, by its name in the JSON output: `total_cost`, `npv_saving`, `payback_cash` … |
| `FUNCTION.OPTION.category.NAME` | the cost of a category |
| `FUNCTION.OPTION.year.2.cost` | a contract year: `cost`, `discounted`, `saving`, `saving_discounted` |
| any line of the book, such as `care.buy.charges.calls` | its total over the months, or its figure |
| a line with `@3` or `@year2` behind it | its third month, its second contract year |
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bpocalc.comparison import Comparison, compare
from bpocalc.document import Map, Origin, read
from bpocalc.model.run import run
from bpocalc.problems import Invalid, nearest, show_all
from bpocalc.scenario.loading import load
from bpocalc.views import json

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.iterdir())
FIGURE = re.compile(r"[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?\s*(%?)", re.IGNORECASE)
PART_OF_LINE = re.compile(r"(.+)@(year)?(\d+)")
WORDS = ("value", "within", "not")


class Malformed(Exception):
    """A case file that cannot be checked."""


class Figure(NamedTuple):
    """A figure as it is written, with half a unit of its last digit."""

    text: str
    value: float
    within: float

    def holds(self, other: float) -> bool:
        return abs(other - self.value) <= self.within * (1 + 1e-9)


class Expected(NamedTuple):
    """What one address must give: a figure, a word, or nothing (None) with a reason."""

    address: str
    line: int
    want: Figure | str | None
    never: Figure | None = None


class Case(NamedTuple):
    """A scenario, compared, and what is expected of it."""

    comparison: Comparison
    expected: list[Expected]


def read_case(text: str, file: str) -> Case:
    """The case that a text holds. Raises Malformed, saying what to do, or Invalid with the problems of the scenario."""
    comment = list(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    if not any(line.startswith("# Source: ") for line in comment):
        raise Malformed(f"{file} does not begin with a comment that holds a line '# Source: …'")
    doc, problems = read(text, file)
    if problems:
        raise Invalid(problems, {file: text})
    node = doc.pop("expected", None)
    if not isinstance(node, Map) or not node:
        raise Malformed(f"{file} has no part 'expected:' with addresses and figures")
    loaded = load(doc, {file: text})
    expected = [read_expected(address, value, node.origin[address], text) for address, value in node.items()]
    return Case(compare(run(loaded)), expected)


def read_expected(address: str, node: Any, at: Origin, text: str) -> Expected:
    """What one line of `expected` asks for."""
    if not isinstance(node, Map):
        return Expected(address, at.line, read_wanted(address, node, at, text))
    if "value" not in node or not set(node) <= set(WORDS):
        raise Malformed(f"{at.file}:{at.line}: {address} is a section of {', '.join(node)}; write {', '.join(WORDS)}")
    figures = {word: read_figure(f"'{word}' of {address}", node[word], node.origin[word], text) for word in node}
    want = figures["value"]
    if "within" in figures:
        want = want._replace(within=figures["within"].value)
    return Expected(address, at.line, want, figures.get("not"))


def read_wanted(address: str, node: Any, at: Origin, text: str) -> Figure | str | None:
    """A figure, a word (the name of an option), or None."""
    if node is None and written(at, text) in ("null", "~"):
        return None
    if isinstance(node, str) and re.fullmatch(r"[a-z][a-z0-9_]*", node):
        return node
    return read_figure(address, node, at, text)


def read_figure(name: str, node: Any, at: Origin, text: str) -> Figure:
    """A figure with the tolerance that its last digit stands for."""
    shown = node if isinstance(node, str) else written(at, text)
    found = FIGURE.fullmatch(shown)
    if isinstance(node, bool | None) or not found:
        raise Malformed(f"{at.file}:{at.line}: {name} is '{shown}', neither a figure nor the name of an option")
    scale = 100 if found[3] else 1
    number = Decimal(shown.removesuffix("%").strip())
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Figure(shown, float(number) / scale, 0.5 * 10.0**exponent / scale)


def written(at: Origin, text: str) -> str:
    """A value as it stands in the file, with the zeros at its end."""
    line = text.splitlines()[at.value_line - 1]
    return line[at.value_column - 1 :][: at.value_width]


class Results:
    """All results of a comparison by address; what is printed is taken from the JSON view."""

    def __init__(self, comparison: Comparison) -> None:
        self.years = comparison.run.book.clock.year.row
        self.lines = comparison.run.book.entries
        self.reasons: dict[str, str] = {}
        self.known: dict[str, float | str | None] = {}
        shown = json.result(comparison, "", "")
        for group in [*shown["functions"], *([shown["total"]] if shown["total"] else [])]:
            self.known[f"{group['key']}.best"] = group["best"]
            for option in group["options"]:
                prefix = f"{group['key']}.{option['key']}."
                self.known |= {prefix + below: value for below, value in results_of(option)}
                self.reasons |= {prefix + name: reason for name, reason in option["reasons"].items()}

    def get(self, address: str) -> float | str | None:
        """The result at an address; LookupError, with the nearest address, for one that is not there."""
        if address in self.known:
            return self.known[address]
        found = PART_OF_LINE.fullmatch(address)
        name = found[1] if found else address
        if name not in self.lines:
            near = nearest(name, {*self.known, *self.lines})
            raise LookupError(f"there is no such result{f'; did you mean {near!r}?' if near else ''}")
        q = self.lines[name].quantity
        if found is None:
            return sum(q.row) if q.is_row else q.figure
        if not q.is_row:
            raise LookupError(f"{name} is one figure and has no months")
        what, number = found[2] or "month", int(found[3])
        counted = self.years if found[2] else range(1, len(q.row) + 1)
        if not 1 <= number <= max(counted):
            raise LookupError(f"there is no {what} {number}; the last is {what} {max(counted):g}")
        return sum([amount for amount, at in zip(q.row, counted, strict=True) if at == number])


def results_of(option: dict[str, Any]) -> Iterator[tuple[str, float | None]]:
    """The results of one option of the JSON view, by their address below it."""
    yield from option["metrics"].items()
    for row in option["categories"]:
        yield f"category.{row['category']}", row["cost"]
    for row in option["years"]:
        for name, value in row.items():
            if name != "year":
                yield f"year.{row['year']}.{name}", value


def difference(one: Expected, results: Results) -> str:
    """What is wrong with one result; empty if it is as expected."""
    try:
        got = results.get(one.address)
    except LookupError as error:
        return str(error)
    if one.want is None:
        if got is not None:
            return f"expected none, got {shown_figure(got)}"
        return "" if results.reasons.get(one.address) else "there is none, but no reason is given"
    if isinstance(one.want, str) or isinstance(got, str):
        want = one.want.text if isinstance(one.want, Figure) else one.want
        return "" if got == want else f"expected {want}, got {shown_figure(got)}"
    if got is None:
        reason = results.reasons.get(one.address, "no reason is given")
        return f"expected {one.want.text}, got none: {reason}"
    if one.never is not None and one.never.holds(got):
        return f"{one.never.text} must not come out, got {shown_figure(got)}"
    if not one.want.holds(got):
        return f"expected {one.want.text} (within {one.want.within:g}), got {shown_figure(got)}"
    return ""


def shown_figure(got: float | str | None) -> str:
    """A result with all its digits."""
    return f"{got:_}" if isinstance(got, float) else f"{got}"


def failures(text: str, file: str) -> str:
    """All that is wrong with a case, a line for each result; empty if it closes."""
    try:
        case = read_case(text, file)
    except Malformed as error:
        return str(error)
    except Invalid as invalid:
        return show_all(invalid)
    results = Results(case.comparison)
    found = [(one, wrong) for one in case.expected if (wrong := difference(one, results))]
    return "\n".join(f"{file}:{one.line}: {one.address}: {wrong}" for one, wrong in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_published_case_closes(path: Path) -> None:
    assert path.suffix == ".yaml", f"{path.name} would not be found: call it NAME.yaml"
    if wrong := failures(path.read_text(encoding="utf-8"), path.name):
        pytest.fail(wrong, pytrace=False)


CASE = """\
# A small case.
# Source: none
title: A small case
currency: USD
months: 24
discount_rate: 0%
inflation: 0%
functions:
  care:
    in_house: {costs: {people: {amount: 90, per: month, avoidable: 100%}}}
    options: {buy: {location: US, price: 60, per: month}}
expected:
"""


def said(*expected: str) -> str:
    """What is said of a small case that costs 90 a month in-house and 60 outside, over two years."""
    return failures(CASE + "".join(f"  {line}\n" for line in expected), "case.yaml")


def test_every_kind_of_address_is_understood() -> None:
    assert not said(
        "care.best: buy",
        "care.buy.total_saving: 720",  # 24 × 30
        "care.buy.saving_share: 33.33%",
        "care.buy.category.fees: 1_440",  # 24 × 60
        "care.buy.year.2.saving: 360.00",
        "care.buy.charges.price: 1_440",
        "care.buy.charges.price@3: 60",
        "care.buy.cumulative_cash@year1: {value: 2_340, not: 360}",  # 30 × (1 + … + 12)
        "care.buy.irr: null",
        "scenario.inflation@13: 1",
    )


@pytest.mark.parametrize("written", ["720", "720.00", "72e1", "{value: 700, within: 20}", "{value: 719, within: 1.0}"])
def test_a_figure_agrees_within_half_a_unit_of_its_last_digit_or_as_stated(written: str) -> None:
    assert not said(f"care.buy.total_saving: {written}")


@pytest.mark.parametrize("written", ["719", "719.99", "{value: 700, within: 19.9}"])
def test_a_figure_beyond_its_last_digit_differs(written: str) -> None:
    assert "got 720.0" in said(f"care.buy.total_saving: {written}")


def test_a_difference_says_address_expected_and_got() -> None:
    assert said("care.buy.total_saving: 720", "care.buy.total_cost: 1_500") == (
        "case.yaml:14: care.buy.total_cost: expected 1_500 (within 0.5), got 1_440.0"
    )
    assert said("care.best: in_house") == "case.yaml:13: care.best: expected in_house, got buy"
    assert said("care.buy.total_saving: null") == "case.yaml:13: care.buy.total_saving: expected none, got 720.0"
    assert said("care.buy.irr: 12%").startswith("case.yaml:13: care.buy.irr: expected 12%, got none: the saving so far")


def test_a_misprint_that_comes_out_is_noticed() -> None:
    # Both figures hold, since one is given a wide berth.
    wrong = said("care.buy.total_saving: {value: 700, within: 50, not: 720}")
    assert wrong == "case.yaml:13: care.buy.total_saving: 720 must not come out, got 720.0"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("care.buy.total_savings", "there is no such result; did you mean 'care.buy.total_saving'?"),
        ("care.buy.charge.price@3", "there is no such result; did you mean 'care.buy.charges.price'?"),
        ("care.buy.charges.price@25", "there is no month 25; the last is month 24"),
        ("care.buy.charges.price@year3", "there is no year 3; the last is year 2"),
        ("care.buy.total_saving@3", "care.buy.total_saving is one figure and has no months"),
        ("xylophone", "there is no such result"),
    ],
)
def test_an_unknown_address_is_told_with_the_nearest(address: str, hint: str) -> None:
    assert hint in said(f"{address}: 1")


@pytest.mark.parametrize(
    ("expected", "hint"),
    [
        ("care.best: Buy it", "case.yaml:13: care.best is 'Buy it', neither a figure nor the name of an option"),
        ("care.best: [buy]", "care.best is '[', neither"),
        ("care.best: true", "care.best is 'true', neither"),
        ("care.best:", "care.best is '', neither"),
        ("care.buy.total_saving: 1,000", "care.buy.total_saving is '1,000', neither"),
        ("care.buy.total_saving: {value: 720, give: 2}", "is a section of value, give; write value, within, not"),
        ("care.buy.total_saving: {within: 2}", "is a section of within; write value, within, not"),
        ("care.buy.total_saving: {value: 720, within: a cent}", "'within' of care.buy.total_saving is 'a cent'"),
        ("care.best: buy\n  care.best: buy", "'care.best' is written twice"),
    ],
)
def test_a_malformed_expectation_is_told_with_its_line(expected: str, hint: str) -> None:
    assert hint in said(expected)


def test_the_problems_of_a_scenario_are_shown() -> None:
    assert "error BPO003: 'monthly' is not a field of a scenario" in failures(
        CASE.replace("title:", "monthly: 1\ntitle:") + "  care.best: buy\n", "case.yaml"
    )


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("# Source: none", "# No source", "does not begin with a comment that holds a line '# Source: …'"),
        ("expected:\n", "", "has no part 'expected:'"),
        ("functions:", "functions: [", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_case_is_told(old: str, new: str, hint: str) -> None:
    assert hint in failures(CASE.replace(old, new), "case.yaml")
