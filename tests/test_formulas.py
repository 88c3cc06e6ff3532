"""Formulas: every word as a spreadsheet reads it, brackets, constants, and the columns of a row."""

import ast
import re
from collections.abc import Sequence

import pytest

from bpocalc.about import Input, Line
from bpocalc.formulas import BEFORE, HERE, Cells, constant, in_column, is_stated, write
from bpocalc.quantity import (
    NEVER,
    ONE,
    ZERO,
    Quantity,
    apply,
    at_least,
    between,
    named,
    named_figure,
    pick,
    previous,
    ratio,
    round_up,
    sum_of,
    total,
    where,
    worth,
)
from bpocalc.quantity import constant as number
from bpocalc.words import CONSTANTS, FIRST_STEP, HALF, MONTHS, OF_LINES, WEEKS, WORDS

MONTH = Quantity((1.0, 2.0, 3.0), about=Line("month", "month", "Month"))
YEAR = Quantity((1.0, 1.0, 2.0), about=Line("year", "year", "Contract year"))
X = Quantity((5.0, 6.0, 7.0), about=Line("x", "USD/month", "X"))
Y = Quantity((8.0, 9.0, 1.0), about=Line("y", "factor", "Y"))
A, B, C = (Quantity(float(value), about=Input(name, "share")) for name, value in (("a", 2), ("b", 3), ("c", 4)))
ROWS = {"month": 4, "year": 5, "x": 7, "y": 8}
OWN = 9


class Sheet:
    """A sheet whose months are the columns F to H; a figure is known by its name."""

    month = MONTH

    def refer(self, q: Quantity, mark: str = HERE) -> str:
        if isinstance(q.about, Line) and q.is_row:
            return f"{mark}{ROWS[q.about.name]}"
        assert q.about is not None
        return q.about.address if isinstance(q.about, Input) else q.about.name

    def across(self, q: Quantity) -> str:
        assert isinstance(q.about, Line)
        return f"$F${ROWS[q.about.name]}:$H${ROWS[q.about.name]}"

    def up_to_here(self, q: Quantity) -> str:
        assert isinstance(q.about, Line)
        return f"$F{ROWS[q.about.name]}:{HERE}{ROWS[q.about.name]}"

    def block(self, items: Sequence[Quantity]) -> str:
        rows = ["abc".index(q.about.address) + 1 for q in items if isinstance(q.about, Input)]
        assert rows == list(range(rows[0], rows[-1] + 1))
        return f"Inputs!$E${rows[0]}:$E${rows[-1]}"

    def own(self, mark: str) -> str:
        return f"{mark}{OWN}"


SHEET: Cells = Sheet()


def shown(q: Quantity) -> str:
    """The formula in column G, whose month before is in column F."""
    return in_column(write(q, SHEET), "G", "F")


GAINS, COSTS = 'SUMIF($F$7:$H$7,">0")', 'SUMIF($F$7:$H$7,"<0")'
GAIN_MONTH = f"SUMPRODUCT(($F$7:$H$7>0)*$F$7:$H$7,$F$4:$H$4)/{GAINS}"
COST_MONTH = f"SUMPRODUCT(($F$7:$H$7<0)*$F$7:$H$7,$F$4:$H$4)/{COSTS}"
GUESSED = f"IRR($F$7:$H$7,IFERROR(({GAINS}/(0-{COSTS}))^(1/({GAIN_MONTH}-{COST_MONTH}))-1,0))"
CASES: list[tuple[str, tuple[Quantity, ...], str]] = [
    ("+", (A, X), "a+G7"),
    ("-", (A, B), "a-b"),
    ("*", (X, Y), "G7*G8"),
    ("/", (A, B), "a/b"),
    ("**", (A, B), "a^b"),
    ("log", (X,), "LN(G7)"),
    ("log", (A,), "LN(a)"),
    (">", (A, B), "IF(a-b>comparison_tolerance,1,0)"),
    (">=", (X, B), "IF(G7-b>0-comparison_tolerance,1,0)"),
    ("where", (A, B, C), "IF(a,b,c)"),
    ("ratio", (A, B, C), "IF(b=0,c,a/b)"),
    ("at_least", (A, X), "MAX(a,G7)"),
    ("at_most", (A, B), "MIN(a,b)"),
    ("between", (A, B, C), "MIN(MAX(a,b),c)"),
    ("round_up", (X,), "(0-INT(rounding_tolerance-G7))"),
    ("sum_of", (A, X, C), "a+G7+c"),
    ("pick", (A, B, C), "CHOOSE(a,b,c)"),
    ("series", (MONTH, A, B, C), "INDEX(Inputs!$E$1:$E$3,G4)"),
    ("spread", (A, X), "a"),
    ("chance", (A, X), "a"),
    ("previous", (X, A), "IF(G4=1,a,F7)"),
    ("previous", (X, Y), "IF(G4=1,G8,F7)"),
    (
        "delayed",
        (X, MONTH, A),
        "(SUMIF($F$4:$H$4,G4-INT(a),$F$7:$H$7)*(1-a+INT(a))+SUMIF($F$4:$H$4,G4-INT(a)-1,$F$7:$H$7)*(a-INT(a)))",
    ),
    ("running_total", (X,), "SUM($F7:G7)"),
    ("total", (X,), "SUM($F$7:$H$7)"),
    ("lowest", (X,), "MIN($F$7:$H$7)"),
    ("highest", (X,), "MAX($F$7:$H$7)"),
    ("year_total", (X, YEAR), "SUMIF($F$5:$H$5,G5,$F$7:$H$7)"),
    (
        "year_peak",
        (X, YEAR),
        "MAX(INDEX($F$7:$H$7,MATCH(G5,$F$5:$H$5,0)):INDEX($F$7:$H$7,MATCH(G5,$F$5:$H$5,1)))",
    ),
    ("in_year", (X, YEAR, A), "SUMIF($F$5:$H$5,a,$F$7:$H$7)"),
    ("worth", (X, Y), "SUMPRODUCT($F$7:$H$7,$F$8:$H$8)"),
    ("compounded", (X, YEAR, A), "IF(G5=F5,F9,IF(F5=0,1,F9)*IF(G5>=a,1+G7,1))"),
    (
        "irr",
        (X,),
        f"IF(IFERROR({GUESSED},0)>0,{GUESSED},IFERROR(IRR($F$7:$H$7,0),IFERROR({GUESSED},NA())))",
    ),
]
"""Each word with its arguments, and its formula in column G."""


@pytest.mark.parametrize(("word", "args", "text"), CASES)
def test_a_word_is_written_as_a_spreadsheet_reads_it(word: str, args: tuple[Quantity, ...], text: str) -> None:
    assert shown(apply(word, *args)) == text


def test_what_no_spreadsheet_computes_is_stated_and_never_written() -> None:
    queue = apply("erlang_c", X, *[A] * 7)
    assert is_stated(queue)
    assert is_stated(named(at_least(queue / B, 0), Line("y", "FTE", "Y"), MONTH))
    assert not is_stated(named(queue, Line("y", "FTE", "Y"), MONTH) * B)  # what hangs on it is live
    assert not is_stated(X * B)
    with pytest.raises(ValueError, match="no spreadsheet computes Erlang C"):
        write(queue * B, SHEET)


def test_every_word_of_the_vocabulary_is_tested_here() -> None:
    assert {case[0] for case in CASES} == {word for word, entry in WORDS.items() if entry.sheet}
    assert {word for word, entry in WORDS.items() if "_row}" in entry.sheet or "_far}" in entry.sheet} < OF_LINES


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ((A - B) - C, "a-b-c"),
        (A - (B - C), "a-(b-c)"),
        (A - (B + C), "a-(b+c)"),
        (A + (B - C), "a+(b-c)"),
        (A - sum_of([B, C]), "a-(b+c)"),
        (sum_of([A, B, C]) - A, "a+b+c-a"),
        (sum_of([A - B, B - C, C * A]), "a-b+(b-c)+c*a"),
        (sum_of([A, B]) * C, "(a+b)*c"),
        ((A / B) / C, "a/b/c"),
        (A / (B * C), "a/(b*c)"),
        (A / (B / C), "a/(b/c)"),
        (A * B + C, "a*b+c"),
        ((A + B) * (A - C), "(a+b)*(a-c)"),
        ((A**B) ** C, "(a^b)^c"),
        (A ** (B**C), "a^(b^c)"),
        ((A * B) ** (ZERO - C), "(a*b)^(0-c)"),
        (ZERO - A**B, "0-a^b"),
        ((ZERO - A) ** B, "(0-a)^b"),
        (A * apply("spread", B + C, X), "a*(b+c)"),
        (ratio(A - B, B + C, A + C), "IF((b+c)=0,a+c,(a-b)/(b+c))"),
        (round_up(A - B), "(0-INT(rounding_tolerance-(a-b)))"),
        (apply("log", A + B) / apply("log", ONE + ONE), "LN(a+b)/LN(1+1)"),
        (A - round_up(B), "a-(0-INT(rounding_tolerance-b))"),
        (between(A + B, A - C, C), "MIN(MAX(a+b,a-c),c)"),
        (at_least(A, B) ** C, "MAX(a,b)^c"),
        (apply("compounded", X, YEAR, ONE), "IF(G5=F5,F9,IF(F5=0,1,F9)*IF(G5>=1,1+G7,1))"),
    ],
)
def test_brackets_stand_where_they_are_needed_and_nowhere_else(q: Quantity, text: str) -> None:
    assert shown(q) == text


BIG = "IF(a-b>comparison_tolerance,1,0)"


@pytest.mark.parametrize(
    ("q", "text"),
    [
        (where(A > B, A, C), "IF(a-b>comparison_tolerance,a,c)"),
        (where(A >= B, A > B, C), f"IF(a-b>0-comparison_tolerance,{BIG},c)"),
        (where(where(A > B, ONE, ZERO), A, C), "IF(IF(a-b>comparison_tolerance,1,0),a,c)"),
        (where((A > B) * (B > A), A, C), f"IF({BIG}*IF(b-a>comparison_tolerance,1,0),a,c)"),
        (C * (A > B), f"c*{BIG}"),
        (sum_of([A > B, A > B]), f"{BIG}+{BIG}"),
        ((A > B) > C, f"IF({BIG}-c>comparison_tolerance,1,0)"),
        ((A + B) > (B - C), "IF((a+b)-(b-c)>comparison_tolerance,1,0)"),
        (A < B, "IF(b-a>comparison_tolerance,1,0)"),
        (at_least(A > B, C), f"MAX({BIG},c)"),
    ],
)
def test_a_comparison_is_bare_as_a_condition_and_a_number_everywhere_else(q: Quantity, text: str) -> None:
    assert shown(q) == text


# Columns


def test_the_columns_are_put_in_last() -> None:
    text = write(previous(X, Y) - total(X), SHEET)
    assert text == f"IF({HERE}4=1,{HERE}8,{BEFORE}7)-SUM($F$7:$H$7)"
    assert in_column(text, "AA", "Z") == "IF(AA4=1,AA8,Z7)-SUM($F$7:$H$7)"
    assert in_column("a+b", "AA", "Z") == "a+b"


def test_what_has_a_name_is_referred_to_and_at_the_top_written_out() -> None:
    line = named(A + B, Line("y", "USD/month", "Y"), MONTH)
    assert shown(line) == "a+b"
    assert shown(line * C) == "G8*c"
    figure = named_figure(total(line), Line("figure", "USD", "Figure"))
    assert shown(figure) == "SUM($F$8:$H$8)"
    assert shown(figure + 1) == "figure+1"
    assert shown(worth(line, Y)) == "SUMPRODUCT($F$8:$H$8,$F$8:$H$8)"


def test_months_without_a_formula_are_refused() -> None:
    with pytest.raises(ValueError, match="unnamed constant has months and no formula"):
        write(A + Quantity((1.0, 2.0, 3.0)), SHEET)


# Picking


def test_the_last_item_is_repeated_as_often_as_the_index_needs_it() -> None:
    index = Quantity((1.0, 3.0, 4.0), about=Line("year", "year", "Year"))
    assert shown(pick(index, [A, X])) == "CHOOSE(G5,a,G7,G7,G7)"
    assert shown(pick(YEAR, [A, B, C])) == "CHOOSE(G5,a,b)"
    assert shown(pick(C, [A])) == "CHOOSE(c,a,a,a,a)"
    assert shown(pick(A, [A + B, B > C])) == "CHOOSE(a,a+b,IF(b-c>comparison_tolerance,1,0))"


# Constants


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (1, "1"), (-0.0, "0"), (float("nan"), "NA()")])
def test_nought_one_and_never_stand_as_themselves(value: float, text: str) -> None:
    assert constant(number(value).figure) == text
    assert shown(A + value) == f"a+{text}"


def test_never_is_no_reference() -> None:
    assert shown(where(A > B, NEVER, A)) == "IF(a-b>comparison_tolerance,NA(),a)"


@pytest.mark.parametrize(("value", "name"), [(value, name) for value, (name, _) in CONSTANTS.items()])
def test_every_other_constant_stands_by_its_name(value: float, name: str) -> None:
    assert constant(value) == name
    assert shown(A * number(value)) == f"a*{name}"


def test_the_constants_of_the_model_have_names() -> None:
    assert {MONTHS, WEEKS, HALF, FIRST_STEP} <= set(CONSTANTS)
    names = [name for name, _ in CONSTANTS.values()]
    assert len({*names}) == len(names)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", name) and meaning for name, meaning in CONSTANTS.values())


@pytest.mark.parametrize("value", [-1.0, 3.0, 100.0, 0.1, float("inf")])
def test_a_number_without_a_name_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=f"the constant {value} has no name"):
        constant(value)
    with pytest.raises(ValueError, match="has no name"):
        write(A + Quantity(value), SHEET)


PYTHON = {word: entry.python for word, entry in WORDS.items() if isinstance(entry.python, str)}


@pytest.mark.parametrize("word", PYTHON)
def test_a_number_in_what_python_computes_has_a_name(word: str) -> None:
    found = [node.value for node in ast.walk(ast.parse(PYTHON[word])) if isinstance(node, ast.Constant)]
    assert [value for value in found if value not in (0, 1) and value not in CONSTANTS] == []


@pytest.mark.parametrize("word", WORDS)
def test_no_number_but_nought_and_one_stands_in_what_a_spreadsheet_computes(word: str) -> None:
    assert set(re.findall(r"[0-9.]+", WORDS[word].sheet)) <= {"0", "1"}
