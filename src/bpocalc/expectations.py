"""Expectations judged: what was expected of a result, what it is, and how much room is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf, isfinite, isinf
from typing import Literal, NamedTuple

from bpocalc.about import Place
from bpocalc.comparison import Comparison
from bpocalc.document import Origin
from bpocalc.explain.addresses import NoMetric, find, meant, metric, unit_of
from bpocalc.problems import Problem
from bpocalc.quantity import Quantity, highest, lowest, total
from bpocalc.scenario.check_expectations import misfit, place_in
from bpocalc.scenario.expectation import Expectation
from bpocalc.scenario.expression import DRAWN, Expression, Figure, Misread, Name, figure_of, parse
from bpocalc.scenario.figures import is_share
from bpocalc.scenario.results import EVER
from bpocalc.words import ROUNDING

Verdict = Literal["pass", "warn", "fail"]
FUNCTIONS: dict[str, Callable[[Quantity], Quantity]] = {"total": total, "highest": highest, "lowest": lowest}
"""What each function makes of a row."""


class Judged(NamedTuple):
    """One expectation and how it was met; figures in the unit of the result, None for never and for what is missing."""

    that: str
    why: str
    place: Place
    actual: float | None
    expected: float | None
    unit: str
    margin: float | None
    """How far the result may move before the verdict changes, negative where the expectation is missed by so much."""
    verdict: Verdict


class Judgement(NamedTuple):
    """All expectations of a comparison, and what is wrong with those that could not be judged."""

    judged: list[Judged]
    problems: list[Problem]


class _Held(NamedTuple):
    """A result held against what is expected of it."""

    actual: float
    expected: float
    unit: str
    margin: float
    holds: bool | None
    """None where there is no such figure, so that nothing can be told."""


def judge(comparison: Comparison) -> Judgement:
    """Judge what the scenario expects: of a case what that case says, else what stands at the top."""
    loaded = comparison.run.loaded
    owner = loaded.scenario.cases[loaded.case] if loaded.case else loaded.scenario
    return _judgement(comparison, owner.expect)


def fails(comparison: Comparison, text: str, file: str = "--fail-if") -> Judgement:
    """Judge a gate such as `care.manila.npv_saving < 0`: it fails if that holds, or if it cannot be told."""
    place = Origin("", file, 1, 1, 1, 1, 1, max(1, len(text)))
    problems: list[Problem] = []
    held = _held(comparison, text, place, None, problems)
    if held is None:
        return Judgement([], problems)
    verdict: Verdict = "pass" if held.holds is False else "fail"
    return Judgement([_judged(text, "", place.value, held._replace(margin=-held.margin), verdict)], [])


def _judgement(comparison: Comparison, expectations: Iterable[Expectation]) -> Judgement:
    judged: list[Judged] = []
    problems: list[Problem] = []
    for expectation in expectations:
        origin = expectation.origin("that")
        tolerance = figure_of(expectation.tolerance) if expectation.tolerance is not None else None
        held = _held(comparison, expectation.that, origin, tolerance, problems)
        if held is not None:
            verdict = "pass" if held.holds else expectation.severity
            judged.append(_judged(expectation.text, expectation.why, origin.value, held, verdict))
    return Judgement(judged, problems)


def _judged(that: str, why: str, place: Place, held: _Held, verdict: Verdict) -> Judged:
    actual, expected, margin = (x if isfinite(x) else None for x in (held.actual, held.expected, held.margin))
    return Judged(that, why, place, actual, expected, held.unit, margin, verdict)


def _held(
    comparison: Comparison, text: str, origin: Origin, tolerance: Figure | None, problems: list[Problem]
) -> _Held | None:
    """A result held against an expectation; None where a problem was noted."""

    def note(code: str, message: str, start: int, end: int, hint: str) -> None:
        problems.append(Problem(code, message, place_in(origin, text, start, end).value, hint))

    try:
        found = parse(text)
    except Misread as wrong:
        note("BPO040", wrong.message, wrong.start, wrong.end, wrong.hint)
        return None
    sides: list[Quantity] = []
    for name in (found.left, found.right):
        if isinstance(name, Name):
            try:
                sides.append(_read(comparison, name))
            except NoMetric as none:
                note("BPO041", none.message, name.start, name.end, none.hint)
    if len(sides) < 1 + isinstance(found.right, Name):
        return None
    unit, right = unit_of(sides[0]), found.right
    if isinstance(right, Figure):
        wrong_unit = misfit(right, unit, found.left.address)
    else:
        other = unit_of(sides[1])
        said = f"{found.left.address} is in {unit}, {right.address} in {other}"
        wrong_unit = (said, "") if unit != other else None
    if wrong_unit:
        note("BPO042", wrong_unit[0], right.start, right.end, wrong_unit[1])
        return None
    return _compare(found, [_or_never(q.figure) for q in sides], unit, tolerance)


def _read(comparison: Comparison, name: Name) -> Quantity:
    """The figure that is meant by a name; NoMetric where there is none."""
    if name.inside or name.function in DRAWN:
        from bpocalc.chances import chance, drawn  # only these need numpy

        return chance(comparison, name.inside) if name.inside else drawn(comparison, name.address, name.function)
    if not name.function:
        return metric(comparison, name.address)
    row = find(comparison, name.address)
    if row is None:
        raise NoMetric(f"there is no '{name.address}'", meant(comparison, name.address))
    if not row.is_row:
        raise NoMetric(f"{name.address} is one figure, it has no months", f"leave {name.function}(…) out")
    return FUNCTIONS[name.function](row)


def _or_never(value: float) -> float:
    return inf if value != value else value


def _compare(found: Expression, values: list[float], unit: str, tolerance: Figure | None) -> _Held:
    """Compare a result with what is expected; both are infinite where they are never."""
    right = found.right
    actual, expected = values[0], right.value if isinstance(right, Figure) else values[1]
    room = 0.0
    if tolerance is not None:
        of = abs(expected) if tolerance.percent and not is_share(unit) and not isinf(expected) else 1.0
        room = tolerance.value * of
    elif found.sign == "==":
        room = right.rounding if isinstance(right, Figure) else ROUNDING
    if isinf(actual) and isinf(expected):
        return _Held(actual, expected, unit, 0.0, "=" in found.sign)
    if isinf(actual) and unit not in EVER and found.sign != "==" and not isinf(expected):
        return _Held(actual, expected, unit, -inf, None)
    over = actual - expected
    margin = room + {">": over, "<": -over, "=": -abs(over)}[found.sign[0]]
    holds = margin >= -ROUNDING if "=" in found.sign else margin > ROUNDING
    return _Held(actual, expected, unit, margin, holds)
