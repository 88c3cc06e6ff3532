"""Checks of expectations: that they are understood, and what can be told of their results before those are computed."""

from __future__ import annotations

from collections.abc import Iterator

from bpocalc.document import Origin
from bpocalc.problems import did_you_mean
from bpocalc.scenario.cases import Case
from bpocalc.scenario.context import Loading
from bpocalc.scenario.expectation import Expectation
from bpocalc.scenario.expression import DRAWN, PROBABILITY, Expression, Figure, Misread, Name, figure_of, parse
from bpocalc.scenario.figures import is_share
from bpocalc.scenario.results import RESULTS
from bpocalc.scenario.scenario import Scenario

MOST_EXPECTATIONS = 1000
WITHOUT_RISK = "without_risk"


def check_expectations(scenario: Scenario, loading: Loading) -> None:
    """Note what is wrong with the expectations of a scenario and of its cases."""
    owners: list[Scenario | Case] = [scenario, *scenario.cases.values()]
    for owner in owners:
        if len(owner.expect) > MOST_EXPECTATIONS:
            said = f"{len(owner.expect):,} expectations, at most {MOST_EXPECTATIONS:,} are judged"
            loading.note("BPO010", said, owner.origin("expect"), key=True)
            continue
        for expectation in owner.expect:
            if expectation.that:
                _check(expectation, scenario, loading)
            if expectation.tolerance is not None and not _is_tolerance(expectation.tolerance):
                said = f"'{expectation.tolerance}' is no tolerance"
                hint = "write a figure in the unit of the result, or a share of what is expected, as 1%"
                loading.note("BPO040", said, expectation.origin("tolerance"), hint)


def _is_tolerance(text: str) -> bool:
    found = figure_of(text)
    return found is not None and found.value >= 0


def place_in(origin: Origin, text: str, start: int, end: int) -> Origin:
    """Where a part of a text was written; where the whole text was, if it is not written on one line as it is."""
    quotes = (origin.value_width - len(text)) / 2
    if quotes not in (0, 1):
        return origin
    at = origin.value_column + int(quotes)
    start = min(start, len(text) - 1)
    return origin._replace(value_column=at + start, value_width=max(1, end - start))


def _check(expectation: Expectation, scenario: Scenario, loading: Loading) -> None:
    """One expectation: its form, then its names and units, as far as they are known."""
    origin, text = expectation.origin("that"), expectation.that
    try:
        found = parse(text)
    except Misread as wrong:
        place = place_in(origin, text, wrong.start, wrong.end)
        loading.note("BPO040", wrong.message, place, wrong.hint)
        return
    for name in names_in(found):
        if wrong_name := _stray(name, scenario):
            loading.note("BPO041", wrong_name[0], place_in(origin, text, name.start, name.end), wrong_name[1])
    for one in (found, *([found.left.inside] if found.left.inside else [])):
        result = one.left.address.rpartition(".")[2]
        known = RESULTS.get(result) if one.left.function in ("", *DRAWN) else None
        unit = "share" if one.left.inside else known and known.replace("$", loading.currency)
        called = f"{PROBABILITY}(…)" if one.left.inside else result
        if isinstance(one.right, Figure) and unit and (wrong_unit := misfit(one.right, unit, called)):
            place = place_in(origin, text, one.right.start, one.right.end)
            loading.note("BPO042", wrong_unit[0], place, wrong_unit[1])


def names_in(expression: Expression) -> Iterator[Name]:
    """The results that an expression names."""
    for side in (expression.left, expression.right):
        if isinstance(side, Name):
            yield from names_in(side.inside) if side.inside else (side,)


def _stray(name: Name, scenario: Scenario) -> tuple[str, str] | None:
    """What is wrong with the address of a result, and a hint; None where that is not known before it is computed."""
    *above, result = name.address.split(".")
    if result not in RESULTS:
        return None
    functions, example = scenario.functions, "write function.option.result, such as care.manila.npv_saving"
    if len(above) < 2:
        return f"'{name.address}' does not say of which option it is", example
    function, option, *rest = above
    if rest not in ([], [WITHOUT_RISK]):
        return f"'{name.address}' is no result", example
    if scenario.names("functions") - functions.keys():
        return None  # noted where the functions are read
    if function == "total":
        if len(functions) < 2:
            return "there is no 'total' of one function", did_you_mean(function, functions)
        mixes = ["in_house", "best", *(["mix"] if scenario.mix else [])]
        return (f"there is no mix '{option}'", did_you_mean(option, mixes)) if option not in mixes else None
    if function not in functions:
        return f"there is no function '{function}'", did_you_mean(function, functions)
    ways = {"in_house", *functions[function].names("options")}
    return (f"there is no option '{option}' of {function}", did_you_mean(option, ways)) if option not in ways else None


def misfit(figure: Figure, unit: str, name: str) -> tuple[str, str] | None:
    """What is wrong with a figure that a result in some unit is held against, and a hint; None where nothing is."""
    if figure.percent and not is_share(unit):
        return f"{name} is in {unit}, not in per cent", "write the figure without %"
    if is_share(unit) and not figure.percent and 1 < abs(figure.value) < float("inf"):
        said = f"{name} is a share, and {figure.value:g} of it is {figure.value * 100:g} %"
        return said, f"did you mean {figure.value:g}%?"
    return None
