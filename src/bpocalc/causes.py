"""The tables of the bridge: what leads from the cost of the baseline to that of each option, cause by cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bpocalc.arbitrage import PERSONNEL, TITLES, parts
from bpocalc.bridge import PRICE, WORK_MOVED, Step, ordered
from bpocalc.comparison import Comparison, Group, Result, nearest
from bpocalc.quantity import Quantity, total
from bpocalc.table import Row, Table, heads, results_row, shown_key, title_of
from bpocalc.words import HALF_CENT

WORTHS = (("nominal", "total_cost"), ("discounted", "pv_cost"))
"""How a row of a step is called, and the result that it adds up to."""


def by_cause(comparison: Comparison, group: Group, *, whole: bool = False) -> list[Table]:
    """What each option costs and why that is not the cost of the baseline, nominal and discounted.

    With `whole`, causes that change nothing are shown too. No table where there is no option.
    """
    rivals = [r for r in group.results.values() if r.key != group.baseline]
    if not rivals:
        return []
    steps = {r.key: {one.cause: one for one in comparison.bridges.steps(group.key, r.key)} for r in rivals}
    titles = {cause: one.title for found in steps.values() for cause, one in found.items()}
    moved = [cause for cause in ordered(titles) if whole or any(_counts(found.get(cause)) for found in steps.values())]
    base, out = group.results[group.baseline], []
    columns = tuple(head for head, key in zip(heads(comparison, group), group.results, strict=True) if key in steps)
    split = {r.key: {one.cause: one for one in parts(comparison.bridges, group.key, r.key)} for r in rivals}
    for word, metric in WORTHS:
        rows = [results_row(f"cost {_with(base, group)}", "money", [base.metrics[metric]] * len(rivals))]
        for cause in moved:
            rows.append(results_row(titles[cause], "change", [_sum(steps[r.key].get(cause), word) for r in rivals]))
            if cause in (PRICE, PERSONNEL):
                here = {key: found for key, found in split.items() if (WORK_MOVED in steps[key]) == (cause == PRICE)}
                rows += _split("of work and price: " if cause == PRICE else "of which ", here, rivals, word)
        rows.append(results_row("cost of the option", "money", [r.metrics[metric] for r in rivals], "total"))
        out.append(Table(f"{title_of(comparison, group)} · by cause, {word}", columns, tuple(rows)))
    return out


def _split(of: str, split: Mapping[str, Mapping[str, Step]], rivals: Sequence[Result], word: str) -> list[Row]:
    """What of the steps above is labor rate and what productivity."""
    rows = [
        results_row(f"{of}{title}", "change", [_sum(split.get(r.key, {}).get(part), word) for r in rivals], "sub")
        for part, title in TITLES.items()
    ]
    return [row for row in rows if not row.empty]


def waterfall(comparison: Comparison, group: Group) -> list[Table]:
    """The way from the cost of the baseline to that of the best option beside it, as bars; none without an option."""
    option = nearest(group)
    if option is None:
        return []
    base = group.results[group.baseline]
    steps = [one for one in comparison.bridges.steps(group.key, option.key) if _counts(one)]
    rows = [
        results_row(name_of(base, group), "money", [base.metrics["total_cost"]]),
        *(results_row(one.title, "change", [total(one.nominal)]) for one in steps),
        results_row(name_of(option, group), "money", [option.metrics["total_cost"]]),
    ]
    return [Table(f"{title_of(comparison, group)} · {title_to(option, group)}", (("",),), tuple(rows), drawn=True)]


def title_to(option: Result, group: Group) -> str:
    """What the way to an option is called."""
    base = group.results[group.baseline]
    return f"from {_the(base, group)} to {_the(option, group)}, by cause"


def name_of(result: Result, group: Group) -> str:
    """What a result is called in a row of its own."""
    return result.title if group.key == "total" else shown_key(result.key)


def _the(result: Result, group: Group) -> str:
    return f"the {result.title}" if group.key == "total" else result.title


def _with(base: Result, group: Group) -> str:
    if group.key == "total":
        return "of the baseline"
    return base.title if base.key == "in_house" else f"with {base.title}"


def _sum(step: Step | None, word: str) -> Quantity | None:
    if step is None:
        return None
    return total(step.nominal if word == "nominal" else step.discounted)


def _counts(step: Step | None) -> bool:
    """Whether a step changes anything."""
    return step is not None and any(abs(total(row).figure) >= HALF_CENT for row in (step.nominal, step.discounted))
