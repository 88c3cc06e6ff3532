"""The formula of a quantity in a span: in names, in numbers, and the terms on which its value hangs."""

from __future__ import annotations

from typing import NamedTuple

from bpocalc.explain.spans import Point, Span, points, rate_months, value
from bpocalc.notation import LISTED, TIGHTEST, Said, Say, body, digits, in_names, names_in, said, written
from bpocalc.quantity import Quantity
from bpocalc.words import OF_LINES, WORDS, added

MOST_TERMS = 8
"""Of a longer sum the largest terms are named, and the others added up."""
SUMS = ("+", "-", "sum_of")


class Term(NamedTuple):
    """Something that a formula points at: a named quantity, or a part of a sum."""

    quantity: Quantity
    span: Span | None
    name: str
    names: dict[int, str] | None = None
    """Of a part, the short names in the formula that it stands in."""


class Formula(NamedTuple):
    """How a value comes about."""

    names: str
    numbers: str
    """Empty where it is the value alone."""
    terms: tuple[Term, ...]
    is_monthly: bool = False
    """Whether it holds month by month only, and not for the sum of several."""
    adds: bool = False
    """Whether the value is the sum of its terms, none of them subtracted."""
    rest: tuple[int, float] | None = None
    """How many terms of a long sum are not named, and what they come to."""


def formula(term: Term) -> Formula:
    """The formula of a term; without terms of its own where a sum over months is no formula of sums."""
    q, span = term.quantity, term.span
    inner, names = body(q), term.names or names_in(q)
    naming = in_names(q, names)
    if span is None or span.is_month:
        return _whole(inner, span, naming, names)
    if not inner.is_row:
        return _repeated(inner, span, naming, names)
    if is_linear(inner) or _adds_rows(inner):
        return _whole(inner, span, naming, names)
    return Formula(written(inner, naming)[0], "", (), is_monthly=True)


def in_numbers(q: Quantity, span: Span | None) -> str:
    """The formula of a quantity with numbers in it; what looks across months is the number that it comes to."""
    return written(body(q), _numbers(span))[0]


def is_linear(row: Quantity) -> bool:
    """Whether the sum of a row over months is its formula of the sums of the rows in it."""
    if row.about is not None or not row.word:
        return row.word != "" and row.is_row
    args = row.args
    if row.word in SUMS:
        return all(is_zero(a) or (a.is_row and is_linear(a)) for a in args)
    if row.word == "*":
        return args[0].is_row != args[1].is_row and is_linear(args[0] if args[0].is_row else args[1])
    return row.word == "/" and not args[1].is_row and is_linear(args[0])


def _adds_rows(row: Quantity) -> bool:
    """Whether a row is a sum of several rows, whatever they are."""
    parts = [part for _, part in _parts(row) if not is_zero(part)]
    return row.about is None and len(parts) > 1 and all(part.is_row for part in parts)


def is_zero(q: Quantity) -> bool:
    """Whether it is the constant 0."""
    return q.about is None and not q.word and q.value == 0


def _numbers(span: Span | None) -> Say:
    """How a formula is written in numbers; over several months, what is no formula of sums as what it comes to."""
    several = span is not None and not span.is_month

    def say(q: Quantity) -> Said | None:
        if several and q.is_row and q.word not in SUMS and not is_linear(q):
            return said(value(q, span))
        if q.word == "compounded":
            assert span is not None
            return _product([q.args[0].row[m - 1] for m in rate_months(q, span.first)])
        if q.about is not None or not q.word or q.word in OF_LINES or q.word in LISTED:
            return said(value(q, span))
        return None

    return say


def _product(rates: list[float]) -> Said:
    """The factors of a compounded rate."""
    factors = [f"(1 + {digits(rate)})" if rate >= 0 else f"(1 − {digits(0 - rate)})" for rate in rates]
    if len(factors) < 2:
        return (factors[0][1:-1], WORDS["+"].binds) if factors else ("1", TIGHTEST)
    return " × ".join(factors), WORDS["*"].binds


def _unless_alone(numbers: str, whole: float) -> str:
    """The numbers, unless they are the value itself."""
    return "" if numbers == digits(whole) else numbers


def _whole(inner: Quantity, span: Span | None, naming: Say, names: dict[int, str]) -> Formula:
    """A formula as it stands, or a long sum cut to its largest terms."""
    parts = [(sign, part) for sign, part in _parts(inner) if not is_zero(part)]
    several = span is not None and not span.is_month
    if len(parts) > MOST_TERMS or (several and len(parts) > 1):
        return _sum(inner, parts, span, naming, names)
    found = _terms(inner, span, names)
    numbers = written(inner, _numbers(span))[0]
    return Formula(written(inner, naming)[0], _unless_alone(numbers, value(inner, span)), found)


def _terms(inner: Quantity, span: Span | None, names: dict[int, str]) -> tuple[Term, ...]:
    found: dict[tuple[int, Span | None], Point] = {}
    for q, when in points(inner, span):
        found.setdefault((id(q), when), (q, when))
    return tuple(Term(q, when, names[id(q)]) for q, when in found.values())


def _parts(q: Quantity, sign: int = 1) -> list[tuple[int, Quantity]]:
    """What a sum adds up, each with its sign; anything else is its only part."""
    if q.about is None and q.word in SUMS:
        signs = (sign, -sign) if q.word == "-" else (sign,) * len(q.args)
        return [part for s, arg in zip(signs, q.args, strict=True) for part in _parts(arg, s)]
    return [(sign, q)]


def _sum(
    inner: Quantity, parts: list[tuple[int, Quantity]], span: Span | None, naming: Say, names: dict[int, str]
) -> Formula:
    """A sum by its terms; where they are many, or all added, the largest come first and nothing is said of zeros."""
    adds = all(sign > 0 for sign, _ in parts)
    values = {id(part): value(part, span) for _, part in parts}
    if adds or len(parts) > MOST_TERMS:
        parts = sorted(parts, key=lambda p: -abs(values[id(p[1])]))
        nothing = not any(values.values())
        kept = [p for p in parts[:MOST_TERMS] if values[id(p[1])] or nothing]
    else:
        kept = parts
    left = parts[len(kept) :]
    texts = {id(part): written(part, naming) for _, part in kept}
    rest = (len(left), added([sign * values[id(part)] for sign, part in left])) if left else None
    numbers = _joined([(sign, written(part, _numbers(span))) for sign, part in kept], rest and said(rest[1]))
    return Formula(
        _joined([(sign, texts[id(part)]) for sign, part in kept], rest and (f"{rest[0]} more", TIGHTEST)),
        _unless_alone(numbers, value(inner, span)),
        tuple(_part(part, span, texts[id(part)][0], names) for _, part in kept),
        adds=adds,
        rest=rest,
    )


def _part(q: Quantity, span: Span | None, name: str, names: dict[int, str]) -> Term:
    return Term(q, span if q.is_row else None, name, names if q.about is None else None)


def _joined(parts: list[tuple[int, Said]], rest: Said | None) -> str:
    """Texts added and subtracted, with the brackets they need."""
    out = ""
    for sign, (text, binds) in [*parts, *([(1, rest)] if rest else [])]:
        word = WORDS["+" if sign > 0 else "-"]
        text = text if binds > word.binds or (not out and sign > 0) else f"({text})"
        out = f"{out} {word.reader} {text}" if out else text if sign > 0 else f"0 {word.reader} {text}"
    return out


def _repeated(inner: Quantity, span: Span, naming: Say, names: dict[int, str]) -> Formula:
    """A figure that is the same in every month, added up over some."""
    months = digits(span.last - span.first + 1)

    def times(say: Say) -> str:
        text, binds = written(inner, say)
        return f"{months} × {text}" if binds > WORDS["*"].binds else f"{months} × ({text})"

    return Formula(times(naming), times(_numbers(None)), _terms(inner, None, names))
