"""Checks of cases, of the decision and of qualitative factors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bpocalc.document import Map, Seq
from bpocalc.problems import did_you_mean
from bpocalc.scenario.cases import MOST_CASES
from bpocalc.scenario.check_parts import RESERVED, check_name
from bpocalc.scenario.context import Loading
from bpocalc.scenario.decision import CATEGORIES, COST, FEES, SIDES, THRESHOLD, Decision
from bpocalc.scenario.qualitative import Factor
from bpocalc.scenario.scenario import Scenario

BASE_CASE = "base"
FIGURES = ("saving_at_least", "of", "capped_at")


def check_decision(scenario: Scenario, loading: Loading) -> None:
    """Names and number of cases, the rule with its figures, and who is scored."""
    if len(scenario.cases) > MOST_CASES:
        said = f"{len(scenario.cases)} cases, at most {MOST_CASES} are computed"
        loading.note("BPO010", said, scenario.origin("cases"), key=True)
    for key in scenario.cases:
        check_name(key, "a case", scenario.written.get("cases"), loading, taken=RESERVED | {BASE_CASE})
    if scenario.decision:
        _check_rule(scenario.decision, scenario, loading)
    for key, factor in scenario.qualitative.items():
        check_name(key, "a factor", scenario.written.get("qualitative"), loading)
        _check_factor(key, factor, scenario, loading)


def _check_rule(decision: Decision, scenario: Scenario, loading: Loading) -> None:
    """There is a rule where it has figures, and its share and base are known."""
    if not decision.said("rule", *FIGURES, "materiality"):
        hint = "write rule: threshold, or materiality: 0.5%"
        loading.note("BPO004", "the decision says nothing", decision.written.at, hint, key=True)
    elif decision.rule is None and not decision.said("rule"):
        for name in FIGURES:
            if name in decision.written:
                hint = f"write rule: {THRESHOLD}"
                loading.note("BPO021", f"'{name}' stands without a 'rule'", decision.origin(name), hint, key=True)
                break
    if decision.rule == THRESHOLD:
        for name, hint in (("saving_at_least", "write saving_at_least: 10%"), ("of", "write of: in_house.cost")):
            if not decision.said(name):
                said = f"a threshold needs '{name}'"
                loading.note("BPO004", said, decision.origin("rule"), hint, key=True)
    if decision.rule == "any_saving":
        for name in FIGURES:
            if name in decision.written:
                said = f"any saving passes: '{name}' says nothing"
                loading.note("BPO021", said, decision.origin(name), f"write rule: {THRESHOLD}", key=True)
                break
    if decision.rule is None or not decision.base:
        return
    side, _, category = decision.base.rpartition(".")
    known = {*CATEGORIES, *_categories(scenario.written), COST}
    if (side and side not in SIDES) or category not in known or (not side and category != FEES):
        words = {f"{side}.{word}" for side in SIDES for word in known} | {FEES}
        said = f"'{decision.base}' is nothing that a rule can be a share of"
        loading.note("BPO023", said, decision.origin("of"), did_you_mean(decision.base, words))


def _categories(node: Any) -> Iterator[str]:
    """The categories that are named anywhere in a document."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map):
            if isinstance(node.get("category"), str):
                yield node["category"]
            waiting.extend(node.values())
        elif isinstance(node, Seq):
            waiting.extend(node)


def _check_factor(key: str, factor: Factor, scenario: Scenario, loading: Loading) -> None:
    """Every score is that of an option, and a function in which one way is scored has scores for all."""
    ways = {name: ["in_house", *sorted(f.names("options"))] for name, f in scenario.functions.items()}
    alone = len(ways) == 1
    full = {f"{function}.{way}": (function, way) for function, there in ways.items() for way in there}
    short = {way: (function, way) for function, there in ways.items() for way in there}
    scored: dict[str, set[str]] = {}
    unread = scenario.names("functions") - scenario.functions.keys()
    for name in factor.scores or {}:
        if name.partition(".")[0] in unread:
            continue
        found = full.get(name) or (short.get(name) if alone else None)
        origin = factor.score_origin(name)
        if found is None and name in short:
            options = [one for one in full if one.endswith(f".{name}")]
            said = f"'{name}' is no option without its function, since there are several"
            loading.note("BPO023", said, origin, f"write {' or '.join(options[:2])}", key=True)
        elif found is None:
            hint = did_you_mean(name, [*short, *full] if alone else full)
            loading.note("BPO023", f"'{name}' is no option that could be scored", origin, hint, key=True)
        elif found[1] in scored.setdefault(found[0], set()):
            hint = "keep one of the two"
            loading.note("BPO007", f"the score of '{name}' is written twice", origin, hint, key=True)
        else:
            scored[found[0]].add(found[1])
    if not factor.scores:
        hint = "write in_house: 3, and a score for each option"
        loading.note("BPO004", f"{key} scores no option", factor.written.at, hint, key=True)
    for function, ones in scored.items():
        missing = [way if alone else f"{function}.{way}" for way in ways[function] if way not in ones]
        if missing and len(factor.scores or {}) == sum(len(known) for known in scored.values()):
            said = f"{key} has no score for {' and '.join(missing)}"
            hint = "score every way to run the function, from 1 to 5: a mean of other factors is no comparison"
            loading.note("BPO004", said, factor.written.at, hint, key=True)
