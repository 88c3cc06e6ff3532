"""The report of a comparison: the answer in words, the tables, and what the reader must know to trust them."""

from __future__ import annotations

from collections import Counter
from math import isnan
from typing import NamedTuple

from bpocalc.about import Input
from bpocalc.comparison import Comparison, Group, Result
from bpocalc.quantity import walk
from bpocalc.tables import By, Table, number, tables

MORE = ("category", "year", "month", "line")


class Report(NamedTuple):
    """A comparison ready to be rendered."""

    title: str
    basis: str
    """Currency, months, discounting: what every figure rests on."""
    answers: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    conventions: str


class Used(NamedTuple):
    """The inputs that the results hang on."""

    missing: list[Input]
    """Not stated in the scenario and taken as neutral."""
    reference: list[tuple[Input, float]]
    """Taken from the reference data."""


def used(comparison: Comparison) -> Used:
    """The inputs behind the results that nobody stated, and those that came from the reference data."""
    groups = [*comparison.functions.values(), *([comparison.total] if comparison.total else [])]
    roots = [result.metrics["pv_cost"] for group in groups for result in group.results.values()]
    missing, reference = [], []
    for q in walk(roots):
        if isinstance(q.about, Input):
            if not q.about.stated:
                missing.append(q.about)
            elif q.about.source.reference:
                reference.append((q.about, q.figure))
    return Used(sorted(missing, key=lambda i: i.address), sorted(reference, key=lambda r: r[0].address))


def report(comparison: Comparison, by: By, path: str) -> Report:
    """The report of a comparison in one of its readings."""
    scenario = comparison.run.loaded.scenario
    return Report(
        title=scenario.title,
        basis=basis(comparison),
        answers=tuple(answers(comparison)),
        tables=tuple(tables(comparison, by)),
        notes=tuple(notes(comparison, by, path)),
        conventions=(
            "Costs are positive, saving = baseline − option. Money is nominal where nothing else is said. Each option "
            "is computed as if it were chosen alone. What is paid at signature counts undiscounted."
        ),
    )


def basis(comparison: Comparison) -> str:
    """Currency, months and discounting in one line."""
    scenario, clock = comparison.run.loaded.scenario, comparison.run.book.clock
    rate = scenario.discount_rate
    start = f" from {clock.start}" if clock.start else ""
    monthly = ", a twelfth each month" if rate.compounding == "monthly" else ""
    at = {"end": "end of month", "mid": "middle of month", "start": "start of month"}[rate.timing]
    months = f"{clock.months} month{'' if clock.months == 1 else 's'}{start}"
    soft = " · soft lines counted" if comparison.soft else ""
    return (
        f"{scenario.currency} · {months} · discounted at {rate.rate.figure * 100:g} % ({at}{monthly}) · nominal{soft}"
    )


def answers(comparison: Comparison) -> list[str]:
    """What the comparison says, in a sentence for each function and one for the whole scenario."""
    out = []
    if comparison.total is not None:
        out.append(_whole(comparison, comparison.total))
    out.extend(_answer(comparison, group) for group in comparison.functions.values())
    return out


def _answer(comparison: Comparison, group: Group) -> str:
    rivals = [r for r in group.results.values() if r.key != group.baseline]
    base = group.results[group.baseline]
    cost = base.metrics["total_cost"].figure
    if not rivals:
        return f"{group.title} costs {_money(cost)} over {_months(comparison)}; there is no option to compare it with."
    best = group.results[group.best]
    where = "in-house" if group.baseline == "in_house" else f"with {group.baseline}"
    if best.key != group.baseline:
        return f"{_how(comparison, group, best)} {_worth(comparison, best, cost, where)}"
    nearest = min(rivals, key=lambda r: r.metrics["pv_cost"].figure)
    dearer = 0 - nearest.metrics["total_saving"].figure
    npv = number(nearest.metrics["npv_saving"]) or 0.0
    if abs(npv) < 0.005:
        return f"{nearest.key} and {where} cost the same for {group.title} over {_months(comparison)}."
    stays = f"Keeping {group.title} {where} is cheapest"
    change = f"{_money(abs(dearer))} {'more' if dearer > 0 else 'less'} over {_months(comparison)}"
    return f"{stays}: {nearest.key} costs {change}, {_share(nearest, cost, where)} (NPV {_signed(npv)})."


def _how(comparison: Comparison, group: Group, result: Result) -> str:
    ways = comparison.run.functions[group.key]
    kind = ways.function.options.get(result.key)
    if kind is None:
        return f"Running {group.title} in-house"
    return (
        f"Improving {group.title} in-house ({result.key})"
        if "in_house" in type(kind).model_fields
        else (f"Outsourcing {group.title} to {result.key}")
    )


def _whole(comparison: Comparison, group: Group) -> str:
    best = group.results["best"]
    cost = group.results["in_house"].metrics["total_cost"].figure
    options = comparison.best.options
    base = {key: g.baseline for key, g in comparison.functions.items()}
    if options == base:
        return f"No mix of options is cheaper than the baseline of {_money(cost)} over {_months(comparison)}."
    chosen = ", ".join(f"{key}: {'in-house' if o == 'in_house' else o}" for key, o in options.items())
    how = "" if comparison.best.exhaustive else ", found by changing one function at a time"
    return f"The best mix ({chosen}{how}) {_worth(comparison, best, cost, 'at the baseline')}"


def _worth(comparison: Comparison, result: Result, cost: float, where: str) -> str:
    saved = result.metrics["total_saving"].figure
    npv = result.metrics["npv_saving"].figure
    verb = "saves" if saved >= 0 else "costs"
    more = "" if saved >= 0 else " more"
    said = f"{verb} {_money(abs(saved))}{more} over {_months(comparison)}, {_share(result, cost, where)}"
    return f"{said} (NPV {_signed(npv)}), and {_pays_back(result)}."


def _share(result: Result, cost: float, where: str) -> str:
    share = number(result.metrics.get("saving_share"))
    if share is None:
        return f"against {_money(cost)} {where}"
    return f"{abs(share) * 100:.1f} % of the {_money(cost)} it costs {where}"


def _pays_back(result: Result) -> str:
    month = number(result.metrics["payback_cash"])
    if month is None:
        return "does not pay back within these months"
    if month <= 1:
        return "never costs more than it saves on the way"
    return f"has paid for itself by month {month:g}"


def _months(comparison: Comparison) -> str:
    months = comparison.run.book.clock.months
    return f"{months} month{'' if months == 1 else 's'}"


def _money(value: float) -> str:
    size = abs(value)
    sign = "−" if value < 0 else ""
    if size >= 999_500:
        return f"{sign}{size / 1_000_000:,.2f} M"
    if size >= 9_995:
        return f"{sign}{size / 1_000:,.0f} k"
    return f"{sign}{size:,.0f}"


def _signed(value: float) -> str:
    return _money(value) if value < 0 else f"+{_money(value)}"


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


def notes(comparison: Comparison, by: By, path: str) -> list[str]:
    """What stands below the tables: what is missing, what came from the reference data, where to look further."""
    out = []
    found = used(comparison)
    softs = [
        f"{_money(abs(value))} {'of benefit' if value < 0 else 'of cost'} with {result.key}"
        for group in comparison.functions.values()
        for result in group.results.values()
        if (value := result.metrics["soft"].figure)
    ]
    if softs and not comparison.soft:
        out.append(f"Soft, not counted: {'; '.join(softs)}. Count it with --soft.")
    counted = Counter(_topic(item.address) for item in found.missing)
    if counted:
        listed = ", ".join(f"{topic} ({count})" if count > 1 else topic for topic, count in sorted(counted.items()))
        out.append(f"Taken as neutral because the file says nothing: {listed}.")
    if found.reference:
        oldest = min(item.source.as_of for item, _ in found.reference)
        out.append(f"Reference figures used: {len(found.reference)}, the oldest of {oldest}; listed by -f json.")
    for key, group in comparison.functions.items():
        naive = [r for r in group.results.values() if "naive_saving" in r.metrics]
        for result in naive:
            gap = result.metrics["naive_saving"].figure - result.metrics["total_saving"].figure
            if group.key == key and abs(gap) > abs(result.metrics["total_saving"].figure) * 0.1:
                full = _money(result.metrics["naive_saving"].figure)
                out.append(
                    f"Full cost minus fees of {result.key} would say {full}; it leaves out what stays and the move."
                )
    others = " | ".join(word for word in MORE if word != by)
    out.append(f"More detail: bpocalc compare {path} --by {others}")
    return out


def _topic(address: str) -> str:
    """The field that an input is, without its path."""
    return address.rpartition(".")[2].replace("_", " ")
