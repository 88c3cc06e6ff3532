"""The summary of a function, or of the whole scenario: cost by category, then what each option is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bpocalc.comparison import Comparison, Group, Result
from bpocalc.quantity import Quantity, sum_of, total
from bpocalc.table import (
    Kind,
    Row,
    Table,
    categories,
    category_row,
    heads,
    mark_of,
    number,
    results_row,
    shown_key,
    title_of,
    total_row,
)
from bpocalc.timeline import MONTHS


def summary(comparison: Comparison, group: Group) -> Table:
    """The comparison of a group; rows without any figure are left out."""
    results = list(group.results.values())
    rows = []
    for name in categories(group):
        rows.append(category_row(name, results, 0))
        if name == "fees" and group.key == "total":
            rows.append(results_row("joint volume discount", "money", [_joint(r) for r in results], "sub"))
    rows += [total_row(results, "total_cost"), _once(results)]
    rows += [_metric(results, "of which idle capacity", "money", "idle_pay", "sub"), *_worth(results)]
    unit = unit_of(comparison, group)
    rows.append(_metric(results, f"cost per {unit}", "price", "cost_per_unit"))
    rows.append(_metric(results, "cost per FTE and year", "whole", "cost_per_fte"))
    if len(results) > 1:
        rows.append(Row("", "text", tuple(mark_of(group, r.key) for r in results)))
    shown = tuple(row for row in rows if not row.empty)
    return Table(title_of(comparison, group), heads(comparison, group), shown, about(comparison, group))


def _worth(results: list[Result]) -> list[Row]:
    """What each option is worth against the baseline."""
    months = [number(r.metrics.get("run_rate_months")) for r in results]
    few = any(count is not None and 0 < count < MONTHS for count in months)
    differs = [_differs(r) for r in results]
    firsts = [r.metrics.get("payback_first") if d else None for r, d in zip(results, differs, strict=True)]
    return [
        _metric(results, "saving", "saving", "total_saving"),
        _metric(results, "of the baseline", "share", "saving_share", "sub"),
        _metric(results, "of what is avoidable", "share", "saving_share_of_avoidable", "sub"),
        _metric(results, "saving without risk", "saving", "total_saving_without_risk", "sub"),
        _metric(results, "NPV of the saving", "saving", "npv_saving"),
        _metric(results, "NPV without risk", "saving", "npv_saving_without_risk", "sub"),
        _metric(results, "run rate, saving / year", "saving", "run_rate"),
        Row("mean of", "text", tuple(_months(count) if few else None for count in months), "sub"),
        _metric(results, "one-off cost", "money", "one_off"),
        _metric(results, "pays back (cash)", "payback", "payback_cash"),
        results_row("first above water", "month", firsts, "sub"),
        _metric(results, "pays back (discounted)", "payback", "payback_discounted"),
        _metric(results, "pays back (static)", "recovery", "payback_static"),
        results_row("maximum exposure", "saving", [_minus(r.metrics.get("max_exposure")) for r in results]),
        _metric(results, "reached in", "month", "max_exposure_month", "sub"),
        _metric(results, "rate of return / year", "return", "irr"),
        _metric(results, "required by the rule", "money", "required_saving"),
        _metric(results, "saving beyond that", "saving", "rule_margin", "sub"),
        _metric(results, "meets the rule", "verdict", "meets_rule", "sub"),
    ]


def _metric(results: list[Result], label: str, kind: Kind, metric: str, style: Literal["", "total", "sub"] = "") -> Row:
    return results_row(label, kind, [r.metrics.get(metric) for r in results], style)


def _joint(result: Result) -> Quantity | None:
    """What the joint volume discounts of a mix come to; None where there are none."""
    discounts = joint_discounts(result)
    return sum_of(discounts.values()) if discounts else None


def _once(results: list[Result]) -> Row:
    """What is saved by costs that several functions at one provider pay only once."""
    saved = [list(shared_costs(r).values()) for r in results]
    values = [sum_of(parts) if parts else None for parts in saved]
    return results_row("provider costs paid once", "money", values, "sub")


def shared_costs(result: Result) -> dict[str, Quantity]:
    """What a mix saves by paying a provider's own costs only once, by provider, as negative cost."""
    found: dict[str, list[Quantity]] = {}
    for name, entry, _ in result.stream.lines:
        word, _, rest = name.partition(".")
        if word == "shared_costs":
            found.setdefault(rest.partition(".")[0], []).append(total(entry.quantity))
    return {provider: sum_of(parts) for provider, parts in found.items()}


def joint_discounts(result: Result) -> dict[str, Quantity]:
    """The joint volume discounts of a mix by provider, as negative cost."""
    return {
        name.partition(".")[2]: total(entry.quantity)
        for name, entry, _ in result.stream.lines
        if name.startswith("bundle_discount.")
    }


def _months(count: float | None) -> str | None:
    return None if not count else f"{count:g} month{'' if count == 1 else 's'}"


def _differs(result: Result) -> bool:
    first, last = number(result.metrics.get("payback_first")), number(result.metrics.get("payback_cash"))
    return first is not None and first != last


def _minus(q: Quantity | None) -> Quantity | None:
    return None if q is None else 0 - q


def unit_of(comparison: Comparison, group: Group) -> str:
    """What one unit of the work of a group is called."""
    ways = comparison.run.functions.get(group.key)
    return ways.function.demand.unit if ways and ways.function.demand else "unit"


def mix_in_words(comparison: Comparison, options: dict[str, str]) -> str:
    """What a mix consists of."""
    return "; ".join(f"{function}: {option}" for function, option in _titles(comparison, options))


def _titles(comparison: Comparison, options: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each function of a mix with its option, by their titles."""
    for key, option in options.items():
        group = comparison.functions[key]
        yield group.title, group.results[option].title


def named_mix(comparison: Comparison) -> dict[str, str] | None:
    """The mix that the scenario names; None where it names none, or an option that was left out."""
    named = comparison.run.loaded.scenario.mix
    full = {key: named.get(key, group.baseline) for key, group in comparison.functions.items()}
    there = all(option in comparison.functions[key].results for key, option in full.items())
    return full if named and there else None


def about(comparison: Comparison, group: Group) -> tuple[str, ...]:
    """The title of each option that has one, or what each mix consists of."""
    if group.key == "total":
        mixes = [comparison.mixes[key].options for key in group.results]
        return tuple(
            ", ".join(f"{option} for {function}" for function, option in _titles(comparison, mix))
            if {*mix.values()} != {"in_house"}
            else ""
            for mix in mixes
        )
    return tuple("" if r.title in (key, shown_key(key)) else r.title for key, r in group.results.items())
