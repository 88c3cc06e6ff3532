"""Qualitative factors beside the money: weights, the scores of each option, and their weighted mean."""

from __future__ import annotations

from bpocalc.comparison import Comparison, Group
from bpocalc.quantity import Quantity
from bpocalc.scenario.qualitative import Factor
from bpocalc.table import Row, Table, heads, results_row, title_of

WEIGHT = "weight"


def factors_of(comparison: Comparison, group: Group) -> dict[str, Factor]:
    """The factors in which the options of a function are scored, by name."""
    found = comparison.run.loaded.scenario.qualitative
    return {key: factor for key, factor in found.items() if any(scores_of(comparison, group, factor).values())}


def scores_of(comparison: Comparison, group: Group, factor: Factor) -> dict[str, list[Quantity]]:
    """The score of each option of a function, in a list; an empty one where it has none."""
    alone = len(comparison.run.loaded.scenario.functions) == 1
    found = {key: factor.score(group.key, key, alone=alone) for key in group.results}
    return {key: [] if score is None else [score] for key, score in found.items()}


def qualitative(comparison: Comparison, group: Group) -> list[Table]:
    """The table of the factors of a function, never blended with its money; none without factors."""
    factors = factors_of(comparison, group)
    if not factors:
        return []
    rows: list[Row] = []
    for key, factor in factors.items():
        scores = [next(iter(score), None) for score in scores_of(comparison, group, factor).values()]
        rows.append(results_row(factor.title or key, "score", [factor.weight, *scores]))
    means = [result.metrics.get("qualitative_score") for result in group.results.values()]
    rows.append(results_row("weighted mean", "score", [None, *means], "total"))
    columns = [(column[0],) for column in heads(comparison, group)]
    title = f"{title_of(comparison, group)} · qualitative factors, 1 poor to 5 good, not in the money"
    return [Table(title, ((WEIGHT,), *columns), tuple(rows))]
