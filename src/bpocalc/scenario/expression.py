"""The grammar of an expectation: two operands, one of them at least a result, and a sign between them.

expression = operand sign operand           sign = >=  <=  >  <  ==
operand    = figure | address | function ( address ) | prob ( expression )
figure     = a number, which may carry %, or never

Addresses are those of `bpocalc explain`; what they lead to is known only when the scenario has been computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf, isfinite
from typing import NamedTuple

from bpocalc.problems import did_you_mean
from bpocalc.scenario.results import RESULTS

FUNCTIONS = ("total", "highest", "lowest")
"""What a row is read as: its sum, its highest or its lowest month."""
DRAWN = ("p10", "p50", "p90", "mean")
"""What is read of a result in a simulation."""
PROBABILITY = "prob"
"""How likely an expectation holds, in a simulation."""
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "="}
"""The signs, and how they are shown."""
TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "=="}
SLIPS = {"=>": ">=", "=<": "<=", "=": "==", "≥": ">=", "≤": "<=", "!=": "==", "<>": "=="}
TOKEN = re.compile(
    r"(?P<figure>[-+]?[0-9]+(?:_[0-9]+)*(?P<decimals>\.[0-9]+)?(?P<exponent>[eE][-+]?[0-9]{1,3})?\s*%?)"
    r"|(?P<name>[A-Za-z]\w*(?:\.\w+)*)|(?P<sign>[<>=!≥≤]+)|(?P<bracket>[()])",
    re.ASCII,
)
MOST = 1000
"""Characters of an expectation at most."""
EXAMPLE = "care.manila.saving_share >= 15%"


class Misread(Exception):
    """An expectation cannot be understood; carries what is wrong, from where to where in the text, and a hint."""

    def __init__(self, message: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.hint = message, start, end, hint


class Figure(NamedTuple):
    """A figure that is expected; infinite for `never`."""

    value: float
    percent: bool
    rounding: float
    """Half a unit of the last digit written: so exact it is meant to be."""
    start: int
    end: int


class Name(NamedTuple):
    """A result or line by its address, and the function it stands in, if it does."""

    address: str
    function: str
    start: int
    end: int
    inside: Expression | None = None
    """Of a probability what is to hold, beginning with that address."""


class Expression(NamedTuple):
    """An expectation that was understood; a result stands on the left."""

    left: Name
    sign: str
    right: Name | Figure


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def parse(text: str) -> Expression:
    """The expression in a text; Misread where there is none."""
    if len(text) > MOST:
        raise Misread(f"an expectation has at most {MOST:,} characters, not {len(text):,}", 0, len(text))
    tokens = list(_tokens(text))
    made, rest = _expression(tokens, text)
    if rest:
        hint = "money is in the scenario's currency, time in months: leave the unit out"
        hint = hint if rest[0].kind == "name" else "one expectation compares two figures; write a second one"
        raise Misread(f"'{rest[0].text}' stands after the end of the expectation", rest[0].start, rest[-1].end, hint)
    return made


def _expression(tokens: list[_Token], text: str) -> tuple[Expression, list[_Token]]:
    """The expression that the tokens begin with, and what comes after it."""
    left, rest = _operand(tokens, text)
    if not rest:
        raise Misread("the expectation has no sign", len(text.rstrip()), len(text), f"write it as  {EXAMPLE}")
    sign, *rest = rest
    if sign.kind != "sign" or sign.text not in SIGNS:
        hint = did_you_mean(sign.text, SIGNS) if sign.text not in SLIPS else f"write {SLIPS[sign.text]}"
        raise Misread(f"'{sign.text}' stands where a sign should", sign.start, sign.end, hint)
    right, rest = _operand(rest, text)
    if isinstance(left, Name):
        return Expression(left, sign.text, right), rest
    if isinstance(right, Name):
        return Expression(right, TURNED[sign.text], left), rest
    hint = f"results: {', '.join(RESULTS)}"
    raise Misread("both sides are figures: one must be a result", left.start, right.end, hint)


def figure_of(text: str) -> Figure | None:
    """The figure that a text consists of; None where it does not."""
    found = TOKEN.fullmatch(text.strip())
    return _figure(found, 0) if found and found["figure"] else None


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while (at := len(text) - len(text[at:].lstrip())) < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            hint = f"write it as  {EXAMPLE}"
            if text[at] == "," and text[at - 1 : at].isdigit():
                hint = "write 1_000: a comma does not separate thousands"
            raise Misread(f"'{text[at]}' has no meaning in an expectation", at, at + 1, hint)
        kind = next(kind for kind in ("figure", "name", "sign", "bracket") if found[kind])
        yield _Token(kind, found[0], at, found.end())
        at = found.end()


def _operand(tokens: list[_Token], text: str) -> tuple[Name | Figure, list[_Token]]:
    """The operand that the tokens begin with, and what comes after it."""
    end = len(text.rstrip())
    if not tokens:
        raise Misread("the expectation is not complete", end, end, f"write it as  {EXAMPLE}")
    first, *rest = tokens
    if first.kind == "figure":
        found = TOKEN.fullmatch(first.text)
        assert found is not None
        return _figure(found, first.start), rest
    if first.kind != "name":
        hint = f"results: {', '.join(RESULTS)}"
        raise Misread(f"'{first.text}' stands where a result or a figure should", first.start, first.end, hint)
    if first.text == "never":
        return Figure(inf, False, 0, first.start, first.end), rest
    if not rest or rest[0].text != "(":
        return Name(first.text, "", first.start, first.end), rest
    if first.text == PROBABILITY:
        return _probability(first, rest[1:], text)
    if first.text not in FUNCTIONS + DRAWN:
        hint = did_you_mean(first.text, (*FUNCTIONS, *DRAWN, PROBABILITY))
        raise Misread(f"'{first.text}' is no function of an expectation", first.start, first.end, hint)
    inside = rest[1:3]
    if [token.kind for token in inside] != ["name", "bracket"] or inside[1].text != ")":
        at = inside[0] if inside else first
        raise Misread(
            f"{first.text}(…) takes one address", at.start, at.end, f"write {first.text}(care.manila.headcount.agents)"
        )
    return Name(inside[0].text, first.text, first.start, inside[1].end), rest[3:]


def _probability(first: _Token, inside: list[_Token], text: str) -> tuple[Name, list[_Token]]:
    """A probability, from what stands after its opening bracket, and what comes after it."""
    found, rest = _expression(inside, text)
    within = [found.left, *([found.right] if isinstance(found.right, Name) else [])]
    wrong = next((name for name in within if name.function), None)
    if wrong is not None:
        said = "a probability is that of a result"
        raise Misread(said, wrong.start, wrong.end, f"write {PROBABILITY}(care.manila.npv_saving > 0)")
    if not rest or rest[0].text != ")":
        at = rest[0] if rest else inside[-1]
        raise Misread(f"{PROBABILITY}(…) is not closed", at.start, at.end, "write ) after what is to hold")
    return Name(found.left.address, PROBABILITY, first.start, rest[0].end, found), rest[1:]


def _figure(found: re.Match[str], start: int) -> Figure:
    percent = found[0].endswith("%")
    value = float(found["figure"].rstrip("% ")) / (100 if percent else 1)
    if not isfinite(value):
        raise Misread("every figure must be finite", start, start + len(found[0]))
    digits = int((found["exponent"] or "e0")[1:]) - len((found["decimals"] or ".")[1:])
    rounding = 0.5 * 10.0 ** max(min(digits, 0), -300) / (100 if percent else 1)
    return Figure(value, percent, rounding, start, start + len(found[0]))
