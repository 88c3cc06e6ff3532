"""The decision rule, the qualitative factors and the cases of a comparison as plain values, for JSON."""

from __future__ import annotations

from typing import Any

from bpocalc.cases import SHOWN
from bpocalc.comparison import Comparison, Group
from bpocalc.factors import factors_of, scores_of
from bpocalc.scenario.decision import rule_of
from bpocalc.table import number
from bpocalc.verdicts import rule_in_words, verdicts

METRICS = ("required_saving", "total_saving", "rule_margin")
IN_CASES = ("pv_cost", "saving_share", "required_saving", "rule_margin")
"""What JSON has of each case beside what is shown."""


def decision(comparison: Comparison) -> dict[str, Any] | None:
    """The rule with its source, its figures, and what it says of each option; null without one."""
    said = comparison.run.loaded.scenario.decision
    if said is None:
        return None
    rule = rule_of(said.rule) if said.rule else None
    return {
        "rule": said.rule,
        "title": rule and rule.title,
        "source": (rule and rule.source) or None,
        "edition": (rule and rule.edition) or None,
        "text": rule_in_words(said) if said.rule else None,
        "saving_at_least": number(said.saving_at_least),
        "of": said.base or None,
        "capped_at": number(said.capped_at),
        "at_tie": rule and ("passes" if rule.at_tie else "fails"),
        "materiality": number(said.materiality),
        "verdicts": [
            {"function": one.group.key, "incumbent": one.group.baseline, "option": one.result.key}
            | {name: number(one.result.metrics[name]) for name in METRICS}
            | {"passes": one.passes, "sentence": one.sentence}
            for one in verdicts(comparison)
        ],
    }


def qualitative(comparison: Comparison) -> list[dict[str, Any]]:
    """The factors of each function with their weights and the scores of the options."""
    return [
        {
            "function": group.key,
            "factor": key,
            "title": factor.title or key,
            "weight": number(factor.weight),
            "scores": {
                name: number(next(iter(score), None)) for name, score in scores_of(comparison, group, factor).items()
            },
        }
        for group in comparison.functions.values()
        for key, factor in factors_of(comparison, group).items()
    ]


def in_case(comparison: Comparison) -> dict[str, Any]:
    """The main results of a comparison under its case."""
    loaded = comparison.run.loaded
    return {
        "case": loaded.case,
        "title": loaded.scenario.cases[loaded.case].title if loaded.case else "",
        "functions": [_group(group) for group in comparison.functions.values()],
        "total": _group(comparison.total) if comparison.total else None,
        "best_mix": {"options": comparison.best.options, "exhaustive": comparison.best.exhaustive},
    }


def _group(group: Group) -> dict[str, Any]:
    names = [metric for _, _, metric in SHOWN] + list(IN_CASES)
    return {
        "key": group.key,
        "baseline": group.baseline,
        "best": group.best,
        "tie": list(group.tie),
        "options": [
            {"key": key, "metrics": {name: number(r.metrics[name]) for name in names if name in r.metrics}}
            for key, r in group.results.items()
        ],
    }
