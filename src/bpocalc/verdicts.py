"""Verdicts: what the decision rule of a scenario asks for, and whether each option meets it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bpocalc.answers import money
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.scenario.decision import FEES, Decision, rule_of
from bpocalc.words import HALF_CENT

OWN = ("saving_at_least", "of", "capped_at")
"""What a scenario may say in place of a published rule."""
MOST_TOLD = 6
"""Of more options than these only those that fail a rule are named."""
SIDES = {"in_house": "in-house {}", "baseline": "the baseline's {}", "option": "its own {}"}


class Verdict(NamedTuple):
    """What the rule says of one option."""

    group: Group
    result: Result
    sentence: str

    @property
    def passes(self) -> bool:
        """Whether the option meets the rule."""
        return bool(self.result.metrics["meets_rule"].figure)


def verdicts(comparison: Comparison) -> list[Verdict]:
    """What the rule says of each option beside the baseline."""
    decision = comparison.run.loaded.scenario.decision
    return [
        Verdict(group, result, _sentence(decision, group, result))
        for group in comparison.functions.values()
        for result in group.results.values()
        if decision and "meets_rule" in result.metrics
    ]


def _sentence(decision: Decision, group: Group, result: Result) -> str:
    saved, asked, margin, meets = (
        result.metrics[name].figure for name in ("total_saving", "required_saving", "rule_margin", "meets_rule")
    )
    name, says = result.title, "passes" if meets else "fails"
    saves = f"saves {money(saved)}" if saved >= 0 else f"costs {money(0 - saved)} more"
    if decision.saving_at_least is None:
        return f"{name} {says} for {group.title}: it {saves}"
    if abs(margin) <= HALF_CENT:
        return f"{name} {says} for {group.title}: it {saves}, exactly what is required"
    more = f"{money(margin)} beyond" if margin > 0 else f"{money(0 - margin)} short of"
    return f"{name} {says} for {group.title}: it {saves}, {more} the required {money(asked)}"


def rule_in_words(decision: Decision) -> str:
    """What the rule asks for, and what it is modelled on."""
    rule = rule_of(decision.rule or "")
    if decision.saving_at_least is None:
        asked = "any saving against the baseline"
    else:
        cap = "" if decision.capped_at is None else f", but no more than {money(decision.capped_at.figure)}"
        share = f"{decision.saving_at_least.figure * 100:g} %"
        asked = f"a saving of at least {share} of {base_in_words(decision.base)}{cap}"
    tie = "passes" if rule.at_tie else "fails"
    said = f"every option but the baseline must bring {asked}, over all months; one that just brings it {tie}"
    if not rule.published:
        return said
    own = ", with figures of the scenario in place of its own" if any(name in decision.written for name in OWN) else ""
    return f"{said}. Modelled on: {rule.title} ({rule.source}; {rule.edition}){own}; no finding of compliance"


def base_in_words(of: str) -> str:
    """What a share is of."""
    side, _, category = of.rpartition(".")
    if of == FEES:
        return "the fees"
    return SIDES[side].format(category)


def rule_notes(comparison: Comparison) -> Iterator[str]:
    """The rule, then what it says of each option; of many options only those that fail."""
    decision, found = comparison.run.loaded.scenario.decision, verdicts(comparison)
    if not decision or not found:
        return
    yield f"Decision rule: {rule_in_words(decision)}."
    failing = [verdict for verdict in found if not verdict.passes]
    if len(found) > MOST_TOLD and len(failing) < len(found):
        but = f" but these: {'; '.join(verdict.sentence for verdict in failing)}" if failing else ""
        yield f"By this rule all {len(found)} options pass{but}."
        return
    for group in comparison.functions.values():
        said = [verdict.sentence for verdict in found if verdict.group is group]
        if said:
            yield f"By this rule {'; '.join(said)}."
