"""The decision as lines: what a rule requires of an option, what is too small to matter, scores of what has no price.

A rule is applied against the baseline, the incumbent: every other option must save what the rule requires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bpocalc.metrics import Metrics, total_of
from bpocalc.model.book import Book, Lines, line
from bpocalc.paybacks import LEAST
from bpocalc.quantity import ZERO, Quantity, at_least, at_most, sum_of, where
from bpocalc.scenario.decision import COST, FEES, Decision, rule_of
from bpocalc.scenario.scenario import Scenario
from bpocalc.streams import Stream
from bpocalc.words import HALF_CENT


@line("$")
def required_saving(share: Quantity | None, base: Quantity, cap: Quantity | None) -> Quantity:
    """Saving that the decision rule requires: a share of its base, up to an amount."""
    if share is None:
        return ZERO
    asked = share * at_least(base, 0)
    return asked if cap is None else at_most(asked, cap)


@line("$")
def rule_margin(saving: Quantity, required: Quantity) -> Quantity:
    """Saving beyond the one that the decision rule requires."""
    return saving - required


@line("share")
def meets_rule(margin: Quantity, at_tie: bool) -> Quantity:
    """1 where the option meets the decision rule; half a cent more or less counts as a tie."""
    return where(margin >= LEAST, 1, 0) if at_tie else where(margin > HALF_CENT, 1, 0)


@line("$")
def material_gap(share: Quantity, cost: Quantity) -> Quantity:
    """Materiality: a smaller gap in present value is a tie."""
    return share * cost


@line("factor")
def total_weight(weights: Iterable[Quantity]) -> Quantity:
    """Weight of all qualitative factors together."""
    return sum_of(weights)


@line("points")
def weighted_score(weight: Quantity, score: Quantity) -> Quantity:
    """Score in a qualitative factor, times its weight."""
    return weight * score


@line("points")
def qualitative_score(scores: Iterable[Quantity], weight: Quantity) -> Quantity:
    """Weighted mean of the qualitative scores; never blended with money."""
    return sum_of(scores) / weight


def _base_of(of: str, option: Stream, streams: Mapping[str, Stream], baseline: str) -> Quantity | None:
    """The monthly cost that a rule's share is of; None where the option has none of it.

    Fees are those of the option; of the baseline where the option has none, as when work comes back in-house.
    """
    side, _, category = of.rpartition(".")
    if not side:
        found = option.by_category.get(FEES) or streams[baseline].by_category.get(FEES)
        return found[0] if found else None
    stream = {"in_house": streams["in_house"], "baseline": streams[baseline], "option": option}[side]
    if category == COST:
        return stream.cost
    return stream.by_category[category][0] if category in stream.by_category else None


def decide(
    scenario: Scenario,
    function: str,
    baseline: str,
    streams: Mapping[str, Stream],
    metrics: Mapping[str, Metrics],
    book: Book,
) -> tuple[str, ...]:
    """Add to the results of a function what the decision rule and the scores say of them; the options that tie."""
    decision = scenario.decision
    if decision and decision.rule:
        for option, made in metrics.items():
            if option != baseline:
                base = _base_of(decision.base, streams[option], streams, baseline)
                _judge(decision, base, made, book.lines(f"{function}.{option}"))
    alone = len(scenario.functions) == 1
    factors = [f for f in scenario.qualitative.items() if f[1].score(function, "in_house", alone=alone) is not None]
    if factors:
        weight = book.lines(function).figure(total_weight, [factor.weight for _, factor in factors])
        for option, made in metrics.items():
            lines = book.lines(f"{function}.{option}")
            each = [
                lines.figure(weighted_score, factor.weight, points, of=key)
                for key, factor in factors
                if (points := factor.score(function, option, alone=alone)) is not None
            ]
            made["qualitative_score"] = lines.figure(qualitative_score, each, weight)
    return tied(decision, baseline, metrics, book.lines(f"{function}.{baseline}"))


def _judge(decision: Decision, base: Quantity | None, made: Metrics, lines: Lines) -> None:
    """What the rule requires of an option, how far it is beyond that, and whether it meets the rule."""
    whole = ZERO if base is None else lines.figure(total_of, base, name="rule_base")
    made["required_saving"] = lines.figure(required_saving, decision.saving_at_least, whole, decision.capped_at)
    made["rule_margin"] = lines.figure(rule_margin, made["total_saving"], made["required_saving"])
    made["meets_rule"] = lines.figure(meets_rule, made["rule_margin"], rule_of(decision.rule or "").at_tie)


def tied(decision: Decision | None, baseline: str, metrics: Mapping[str, Metrics], lines: Lines) -> tuple[str, ...]:
    """The keys of the results whose present value of cost is materially that of the least; none where it is alone.

    The gap becomes a result of each.
    """
    if decision is None or decision.materiality is None:
        return ()
    costs = {key: made["pv_cost"].figure for key, made in metrics.items()}
    gap = lines.figure(material_gap, decision.materiality, metrics[baseline]["pv_cost"])
    for made in metrics.values():
        made["material_gap"] = gap
    least = min(costs.values())
    found = tuple(key for key, cost in costs.items() if cost - least < gap.figure)
    return found if len(found) > 1 else ()
