"""The answer in words: a sentence for each function and one for the whole scenario."""

from __future__ import annotations

from collections.abc import Sequence

from bpocalc.comparison import Comparison, Group, Result, nearest
from bpocalc.mixes import joint_savings
from bpocalc.scenario.option import Improved
from bpocalc.summary import joint_discounts, mix_in_words, named_mix, shared_costs
from bpocalc.table import clean, number
from bpocalc.words import HALF_CENT

UNITS = ((999_500_000, 1e9, 2, "B"), (999_500, 1e6, 2, "M"), (9_995, 1e3, 0, "k"))
"""From what size on money in a sentence is said in a unit, with how many decimals."""
CENTS_BELOW = 99.995


def answers(comparison: Comparison) -> list[str]:
    """What the comparison says."""
    out = []
    if comparison.total is not None:
        out.append(_whole(comparison, comparison.total))
    out.extend(_answer(comparison, group) for group in comparison.functions.values())
    return [clean(text) for text in out]


def _answer(comparison: Comparison, group: Group) -> str:
    rival = nearest(group)
    cost = group.results[group.baseline].metrics["total_cost"].figure
    if rival is None:
        return f"{group.title} costs {money(cost)} over {_months(comparison)}; there is no option to compare it with."
    where = "in-house" if group.baseline == "in_house" else f"with {group.results[group.baseline].title}"
    best = group.results[group.best]
    if group.tie:
        said = _tie(comparison, group, group.title)
        if group.baseline in group.tie:
            return said
        return f"{said} {best.title} {_worth(comparison, best, cost, where)}."
    if best.key != group.baseline:
        said = f"{how(comparison, group, best)} {_worth(comparison, best, cost, where)}."
        return said + _without_risk(best) + _by_the_rule(best)
    npv = rival.metrics["npv_saving"].figure
    name = rival.title
    if abs(npv) < HALF_CENT:
        return f"{name} and {where} cost the same for {group.title} over {_months(comparison)}."
    dearer = 0 - rival.metrics["total_saving"].figure
    change = f"{_more(dearer)} over {_months(comparison)}"
    share = number(rival.metrics["saving_share"])
    on = f"against {money(cost)}" if share is None else f"{-share * 100:+.1f} % on {money(cost)}".replace("-", "−")
    saved = number(rival.metrics.get("total_saving_without_risk"))
    calm = "" if saved is None else f" Without the risk lines it would cost {_more(0 - saved)}."
    second = ", the next best," if len(group.results) > 2 else ""
    return (
        f"Keeping {group.title} {where} is cheapest; {name}{second} would cost {change}: "
        f"{on} {where} (NPV {signed(npv)}).{calm}"
    )


def _tie(comparison: Comparison, group: Group, what: str) -> str:
    """Which options differ by nothing material."""
    tied = [group.results[key] for key in group.tie]
    names = [f"the {r.title}" if group.key == "total" else r.title for r in tied]
    names[0] = names[0].replace("the ", "The ", 1) if group.key == "total" else names[0]
    costs = [r.metrics["pv_cost"].figure for r in tied]
    gap, decision = tied[0].metrics["material_gap"].figure, comparison.run.loaded.scenario.decision
    share = decision.materiality.figure if decision and decision.materiality is not None else 0.0
    said = f"{listed(names)} are a tie for {what}"
    least = money(max(costs) - min(costs))
    small = f"{money(gap)} ({share * 100:g} % of the baseline's)"
    return f"{said}: their present values of cost differ by {least}, and less than {small} is not material."


def _by_the_rule(result: Result) -> str:
    """Whether an option meets the decision rule, where there is one."""
    meets = number(result.metrics.get("meets_rule"))
    return "" if meets is None else f" It {'meets' if meets else 'does not meet'} the decision rule."


def _more(dearer: float) -> str:
    return f"{money(abs(dearer))} {'more' if dearer > 0 else 'less'}"


def how(comparison: Comparison, group: Group, result: Result) -> str:
    """The way of an option, as a sentence begins."""
    option = comparison.run.functions[group.key].function.options.get(result.key)
    if option is None:
        return f"Running {group.title} in-house"
    if isinstance(option, Improved):
        return f"Improving {group.title} in-house ({result.title})"
    to = f"to {result.key}" if result.title == result.key else f"({result.title})"
    return f"Outsourcing {group.title} {to}"


def _whole(comparison: Comparison, group: Group) -> str:
    best, mix = group.results["best"], comparison.best
    cost = group.results["in_house"].metrics["total_cost"].figure
    if group.tie:
        said = f"{_tie(comparison, group, 'the whole scenario')} The best mix is"
        return f"{said} ({mix_in_words(comparison, mix.options)}).{_joint(comparison, best)}"
    if mix.options == {key: g.baseline for key, g in comparison.functions.items()}:
        return f"No mix of options is cheaper than the baseline of {money(cost)} over {_months(comparison)}."
    named = ", the one that the file names" if mix.options == named_mix(comparison) else ""
    how = "" if mix.exhaustive else ", found by changing one function at a time"
    worth = _worth(comparison, best, cost, "at the baseline")
    said = f"The best mix ({mix_in_words(comparison, mix.options)}{named}{how}) {worth}."
    return said + _without_risk(best) + _joint(comparison, best)


def _without_risk(result: Result) -> str:
    """What an option saves without the risk lines of either side, where there are any."""
    saved = number(result.metrics.get("total_saving_without_risk"))
    return "" if saved is None else f" Without the risk lines: {signed(saved)}."


def _joint(comparison: Comparison, best: Result) -> str:
    """What joint discounts and shared costs are worth: first those that the best options alone have less of."""
    found = {("bundle_discount", provider): 0 - q.figure for provider, q in joint_discounts(best).items()}
    found |= {("shared_costs", provider): 0 - q.figure for provider, q in shared_costs(best).items()}
    alone = {key: group.best for key, group in comparison.functions.items()}
    before = found if alone == comparison.best.options else joint_savings(alone, comparison.run)
    reasons, others = [], []
    for (kind, provider), saved in found.items():
        if abs(saved) < HALF_CENT:
            continue
        said, less = f"{_saving_of(kind, provider, comparison)} {money(saved)}", before.get((kind, provider), 0.0)
        if saved - less < HALF_CENT:
            others.append(said)
        else:
            reasons.append(said + (f" ({money(less)} with the best option of each function)" if less else ""))
    said = f" It is best because {listed(reasons)}." if reasons else ""
    return f"{said} In it {listed(others)}." if others else said


def _saving_of(kind: str, provider: str, comparison: Comparison) -> str:
    """What saves money with a provider that serves several functions."""
    name = comparison.run.loaded.scenario.providers[provider].title or provider
    if kind == "bundle_discount":
        owner = f"{name}'" if name.endswith("s") else f"{name}'s"
        return f"{owner} joint volume discount is worth"
    return f"paying for {name} only once is worth"


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence as a list."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _worth(comparison: Comparison, result: Result, cost: float, where: str) -> str:
    saved = result.metrics["total_saving"].figure
    npv = result.metrics["npv_saving"].figure
    verb = "saves" if saved >= 0 else "costs"
    more = "" if saved >= 0 else " more"
    said = f"{verb} {money(abs(saved))}{more} over {_months(comparison)}, {_share(result, cost, where)}"
    return f"{said} (NPV {signed(npv)}), and {_pays_back(result)}"


def _share(result: Result, cost: float, where: str) -> str:
    share = number(result.metrics["saving_share"])
    if share is None:
        return f"against {money(cost)} {where}"
    return f"{abs(share) * 100:.1f} % of the {money(cost)} it costs {where}"


def _pays_back(result: Result) -> str:
    month = number(result.metrics["payback_cash"])
    if month is None:
        return "does not pay back within these months"
    if month <= 1:
        return "is ahead from the first month"
    return f"has paid for itself by month {month:g}"


def _months(comparison: Comparison) -> str:
    months = comparison.run.book.clock.months
    return f"{months} month{'' if months == 1 else 's'}"


def money(value: float) -> str:
    """Money in a sentence, in the unit of its size."""
    size = abs(value)
    sign = "−" if value < 0 else ""
    for least, unit, digits, name in UNITS:
        if size >= least:
            return f"{sign}{size / unit:,.{digits}f} {name}"
    return f"{sign}{size:,.{0 if size < HALF_CENT or size >= CENTS_BELOW else 2}f}"


def signed(value: float) -> str:
    """Money in a sentence with its sign."""
    return money(value) if value < 0 else f"+{money(value)}"
