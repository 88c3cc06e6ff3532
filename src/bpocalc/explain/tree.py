"""The tree of an explanation: a quantity, then each term of its formula, down to what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bpocalc.about import Input
from bpocalc.explain.formula import Formula, Term, formula
from bpocalc.explain.spans import Span, is_clock, largest, month, value
from bpocalc.quantity import Quantity, describe
from bpocalc.timeline import MONTHS


class Step(NamedTuple):
    """One quantity in a span, explained by the steps below it."""

    quantity: Quantity
    span: Span | None
    """None for a figure; several months mean their sum."""
    name: str
    unit: str
    """That of one month; a part of a sum has that of the sum."""
    value: float
    formula: Formula | None
    """None for what was read, and for time."""
    steps: tuple[Step, ...]
    state: Literal["", "above", "cut"]
    """Whether it is explained above already, or would go on at a greater depth."""
    share: float | None
    """The share of the sum that it is a term of."""
    years: tuple[tuple[int, float], ...]
    """Of a sum over several contract years, what it comes to in each."""
    is_example: bool
    """Whether it is one month of the sum above it."""

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum over several months."""
        return self.span is not None and not self.span.is_month

    @property
    def key(self) -> tuple[int, Span | None]:
        """What it explains."""
        return id(self.quantity), self.span


def explain(q: Quantity, span: Span | None, depth: int) -> Step:
    """The tree of a quantity in a span, formulas of formulas to a depth; 0 gives its own formula only."""
    return _Tree(depth).step(Term(q, span, describe(q)), 0)


def is_read(q: Quantity) -> bool:
    """Whether a quantity has no formula: an input, or a row that counts time."""
    return isinstance(q.about, Input) or is_clock(q)


def years_of(q: Quantity, span: Span | None) -> tuple[tuple[int, float], ...]:
    """What a sum over several contract years comes to in each; empty for anything else."""
    if span is None or not q.is_row:
        return ()
    years = range((span.first - 1) // MONTHS, (span.last - 1) // MONTHS + 1)
    spans = [Span(max(span.first, y * MONTHS + 1), min(span.last, y * MONTHS + MONTHS)) for y in years]
    return tuple((y + 1, value(q, s)) for y, s in zip(years, spans, strict=True)) if len(spans) > 1 else ()


class _Tree:
    """The steps made so far, so that nothing is explained twice."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.whole: set[tuple[int, Span | None]] = set()
        self.cut: set[tuple[int, Span | None]] = set()

    def step(self, term: Term, level: int, above: Step | None = None, *, is_example: bool = False) -> Step:
        """A term of the step above explained as far as the depth reaches."""
        made = self._alone(term, above)._replace(is_example=is_example)
        if made.key in self.whole or (made.key in self.cut and level >= self.depth):
            return made._replace(state="above")
        goes_on = made.formula is not None and (made.formula.terms or made.formula.is_monthly)
        if goes_on and level >= self.depth:
            self.cut.add(made.key)
            return made._replace(state="cut")
        self.whole.add(made.key)
        return made._replace(steps=tuple(self._below(term, made, level + 1)))

    def _alone(self, term: Term, above: Step | None) -> Step:
        """A term with its formula."""
        q, span, name, _ = term
        found = value(q, span)
        whole = above.value if above and above.is_sum and above.formula and above.formula.adds else 0
        return Step(
            q,
            span,
            name,
            q.about.unit if q.about else above.unit if above else "",
            found,
            None if is_read(q) else formula(term),
            (),
            "",
            found / whole if whole else None,
            years_of(q, span),
            False,
        )

    def _below(self, term: Term, made: Step, level: int) -> Iterator[Step]:
        """The terms of the formula; of a sum that is no formula of sums, its largest month."""
        if made.formula is None:
            return
        for below in made.formula.terms:
            yield self.step(below, level, made)
        if made.formula.is_monthly:
            assert made.span is not None
            example = term._replace(span=month(largest(made.quantity, made.span)))
            yield self.step(example, level, made, is_example=True)
