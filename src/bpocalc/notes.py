"""What stands below the tables: what is missing, what came from the reference data, what misleads, where to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from shlex import quote

from bpocalc.about import Input
from bpocalc.answers import money
from bpocalc.comparison import Comparison, Group, Result, nearest
from bpocalc.references import Used, footnotes, used
from bpocalc.scenario.places import RULE
from bpocalc.summary import mix_in_words
from bpocalc.table import By, clean, delivery_of, number
from bpocalc.verdicts import rule_notes
from bpocalc.words import HALF_CENT

MORE = ("category", "cause", "year", "month", "line")


def missing(inputs: Iterable[Used]) -> list[Input]:
    """Those of the inputs that nobody stated, and that are taken as neutral."""
    return [one.about for one in inputs if not one.about.stated]


def _groups(comparison: Comparison) -> list[Group]:
    return [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]


def reasons(result: Result, months: int) -> dict[str, str]:
    """Why a result of an option has no value, by the name of the result."""
    out: dict[str, str] = {}
    for name, q in result.metrics.items():
        if q.is_row or not isnan(q.figure):
            continue
        if name == "irr":
            out[name] = _no_return(result, months)
        elif name in ("payback_cash", "payback_discounted"):
            out[name] = f"the saving so far is still below zero in month {months}"
        elif name == "payback_first":
            out[name] = "the saving so far does not fall below zero and come back"
        elif name in ("payback_static", "payback_investment"):
            out[name] = "there is no yearly saving to pay it back from"
        elif name == "run_rate":
            out[name] = "the option is never fully in place in the last twelve months"
        elif name == "max_exposure_month":
            out[name] = "the saving so far never falls below zero"
        else:
            out[name] = "its base is not above zero"
    return out


def _no_return(result: Result, months: int) -> str:
    if result.metrics["irr_last_below"].figure == 0:
        return "the saving so far is never below zero: nothing is invested"
    if result.metrics["irr_first_above"].figure > months:
        return "the saving so far never rises above zero"
    if result.metrics["irr_last_below"].figure >= months:
        return "the saving so far is below zero in the end"
    return "the saving so far changes its sign more than once"


def notes(comparison: Comparison, by: By, path: str, changes: Sequence[str] = ()) -> list[str]:
    """All notes, the next commands at their end; `changes` are the options that changed the scenario."""
    out = [*rule_notes(comparison), *_without_risk(comparison), *_soft(comparison), *_naive(comparison)]
    out.extend(_refused(comparison))
    inputs = used(comparison)
    counted = Counter(item.address.rpartition(".")[2].replace("_", " ") for item in missing(inputs))
    if counted:
        listed = ", ".join(f"{topic} ({count})" if count > 1 else topic for topic, count in sorted(counted.items()))
        out.append(f"Taken as neutral because the file says nothing: {listed}.")
    out.extend(footnotes(inputs, comparison.run.loaded))
    out.extend(_distance(comparison))
    first, *others = [word for word in MORE if word != by]
    case = " ".join(quote(word) for word in (path, *changes))
    out.append(f"More detail: bpocalc compare {case} --by {first}   (or {', '.join(others)})")
    out.append(f"Where a figure comes from: bpocalc explain {case} {_asked(comparison, by)}")
    out.append(f"Every input with its source and age: bpocalc explain {case} --assumptions")
    if any(nearest(group) for group in _groups(comparison)):
        out.append(f"What would turn the answer around: bpocalc sensitivity {case}   (or breakeven, simulate)")
    return [clean(text) for text in out]


def _asked(comparison: Comparison, by: By) -> str:
    """The address of the figure that a reader asks for first."""
    all_there = comparison.run.loaded.scenario.functions.keys() == comparison.functions.keys() and all(
        ways.function.options.keys() < ways.outcomes.keys() for ways in comparison.run.functions.values()
    )  # a mix of some of the options is not the one that 'explain' finds
    group = (comparison.total if all_there else None) or next(iter(comparison.functions.values()))
    result = nearest(group)
    if result is None:
        return f"{group.results[group.baseline].address}.total_cost"
    return f"{result.address}.{'bridge' if by == 'cause' else 'npv_saving'}"


def _with(group: Group, result: Result) -> str:
    """An option with its function."""
    if group.key == "total":
        return f"the {result.title}"
    return f"{group.title} {'in-house' if result.key == 'in_house' else f'with {result.title}'}"


def _without_risk(comparison: Comparison) -> Iterator[str]:
    """What would be best without the risk lines, where that is something else."""
    for group in comparison.functions.values():
        if group.best_without_risk != group.best:
            calm = group.results[group.best_without_risk].title
            yield f"Without risk {calm} would be best for {group.title}."
    mix = comparison.mix_without_risk
    if comparison.total is not None and mix is not None and mix.options != comparison.best.options:
        yield f"Without risk the best mix would be {mix_in_words(comparison, mix.options)}."


def _distance(comparison: Comparison) -> Iterator[str]:
    """What the words for distance mean, where one is shown."""
    groups = comparison.functions.values()
    if any(delivery_of(comparison, group, key) for group in groups for key in group.results):
        yield RULE


def _soft(comparison: Comparison) -> Iterator[str]:
    softs = [
        f"{money(abs(value))} {'of benefit' if value < 0 else 'of cost'} for {_with(group, result)}"
        for group in comparison.functions.values()
        for result in group.results.values()
        if abs(value := result.metrics["soft"].figure) >= HALF_CENT
    ]
    if softs and not comparison.soft:
        yield f"Soft, not counted: {'; '.join(softs)}. Count it with --soft."


def _naive(comparison: Comparison) -> Iterator[str]:
    """What the best option would promise if its fees were set against the full cost, where that misleads."""
    said = []
    for group in comparison.functions.values():
        best = nearest(group)
        if best is None or "naive_saving" not in best.metrics:
            continue
        promised, saved = best.metrics["naive_saving"].figure, best.metrics["total_saving"].figure
        if abs(promised - saved) > abs(saved) * 0.1:
            said.append(f"{money(promised)} for {_with(group, best)}")
    if said:
        yield f"Full cost minus fees would promise {', '.join(said)}; that leaves out what stays and the move."


def _refused(comparison: Comparison) -> Iterator[str]:
    """Why there is no run rate, or no rate of return of what saves money; options with the same reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    for group in _groups(comparison):
        for result in group.results.values():
            said = reasons(result, comparison.run.book.clock.months)
            saves = (number(result.metrics.get("total_saving")) or 0) > HALF_CENT
            for metric, name in (("run_rate", "run rate"), ("irr", "rate of return")):
                if metric in said and (saves or metric == "run_rate"):
                    found.setdefault((name, said[metric]), []).append(_with(group, result))
    for (name, why), options in found.items():
        yield f"No {name} for {', '.join(options)}, because {why}."
